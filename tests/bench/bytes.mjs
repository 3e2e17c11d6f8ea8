// @ts-check
// What the download is made of: the module's functions by the crate or module they come from, and the files of the package.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const NAME_SECTION = 0;
const IMPORT_SECTION = 2;
const CODE_SECTION = 10;
const DATA_SECTION = 11;
const FUNCTION_NAMES = 1;

/** Reads a WebAssembly module's sections, its numbers being little-endian base 128. */
class Reader {
  /** @param {Uint8Array} bytes */
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }
  byte() {
    return this.bytes[this.at++];
  }
  number() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  }
  text() {
    const length = this.number();
    this.at += length;
    return Buffer.from(this.bytes.subarray(this.at - length, this.at)).toString();
  }
}

/** Sizes of a module's functions by name, and of its data. @param {Uint8Array} module with a section of names */
export function functionSizes(module) {
  const reader = new Reader(module, 8);
  let imported = 0;
  let data = 0;
  /** @type {number[]} */
  const sizes = [];
  /** @type {Map<number, string>} */
  const names = new Map();
  while (reader.at < module.length) {
    const kind = reader.byte();
    const end = reader.number() + reader.at;
    if (kind === IMPORT_SECTION) {
      // All imports of ours are functions, and the table and memory are the module's own.
      imported = reader.number();
    } else if (kind === CODE_SECTION) {
      for (let left = reader.number(); left > 0; left -= 1) {
        const size = reader.number();
        sizes.push(size);
        reader.at += size;
      }
    } else if (kind === DATA_SECTION) {
      data = end - reader.at;
    } else if (kind === NAME_SECTION && reader.text() === "name") {
      while (reader.at < end) {
        const namesOf = reader.byte();
        const sectionEnd = reader.number() + reader.at;
        if (namesOf === FUNCTION_NAMES) for (let left = reader.number(); left > 0; left -= 1) names.set(reader.number(), reader.text());
        reader.at = sectionEnd;
      }
    }
    reader.at = end;
  }
  return { data, functions: sizes.map((size, index) => ({ size, name: names.get(index + imported) ?? "a function without a name" })) };
}

/** The room a function lives in: `my_apps_sign_in::form`, `alloc`. @param {string} name demangled */
function room(name) {
  const path = name.replace(/\[[0-9a-f]+\]/g, "");
  const ours = /my_apps_sign_in(?:_shell)?::\w+/.exec(path);
  if (ours) return ours[0];
  return /\b(serde_wasm_bindgen|serde_core|serde|gloo_\w+|wasm_bindgen|js_sys|web_sys|rlsf|alloc|std|core)\b/.exec(path)?.[0] ?? "glue";
}

/** @param {{root: string, options: string[]}} build the folder of the product, and wasm-opt's options */
export function bytes({ root, options }) {
  const made = join(root, "target/wasm-package");
  const named = join(made, "named.wasm");
  execFileSync("wasm-opt", [...options, "-g", join(made, "my_apps_sign_in_bg.wasm"), "-o", named], { stdio: ["ignore", "ignore", "inherit"] });
  const { data, functions } = functionSizes(readFileSync(named));
  const rooms = new Map([["constants and tables", data]]);
  for (const { name, size } of functions) rooms.set(room(name), (rooms.get(room(name)) ?? 0) + size);
  const shipped = readFileSync(join(made, "shipped.wasm"));
  const packages = join(root, "packages");
  return {
    sizes: [
      { what: "Wasm", bytes: shipped.length },
      { what: "Wasm, gzipped", bytes: execFileSync("gzip", ["-9"], { input: shipped }).length },
      { what: "glue", bytes: readFileSync(join(made, "shipped.js")).length },
      ...readdirSync(packages)
        .filter((file) => file.endsWith(".zip"))
        .map((file) => ({ what: file, bytes: readFileSync(join(packages, file)).length })),
    ],
    contributors: [...rooms].map(([what, size]) => ({ what, bytes: size })).sort((one, other) => other.bytes - one.bytes).slice(0, 10),
  };
}
