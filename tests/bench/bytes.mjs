// @ts-check
// What the download is made of: the module's functions by the crate or module they come from, and the files of the package.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { functions } from "../../scripts/wasm-sections.mjs";

/** The room a function lives in: `my_apps_sign_in::form`, `alloc`. @param {string} name demangled */
function room(name) {
  const path = name.replace(/\[[0-9a-f]+\]/g, "");
  const ours = /my_apps_sign_in(?:_shell|_judge|_finder|_links)?::\w+/.exec(path);
  if (ours) return ours[0];
  return /\b(serde_wasm_bindgen|serde_core|serde|gloo_\w+|wasm_bindgen|js_sys|web_sys|rlsf|alloc|std|core)\b/.exec(path)?.[0] ?? "glue";
}

/** The modules of the extension. */
const MODULES = ["worker", "popup", "desk", "judge", "finder", "links"];

/** @param {string} root the folder of the product, built */
export function bytes(root) {
  /** @type {Map<string, number>} */
  const rooms = new Map();
  const sizes = MODULES.flatMap((module) => {
    const made = join(root, "target/wasm-package", module);
    const { data, bodies, names } = functions(readFileSync(join(made, "named.wasm")));
    const count = (/** @type {string} */ where, /** @type {number} */ size) => rooms.set(where, (rooms.get(where) ?? 0) + size);
    count("constants and tables", data);
    for (const [index, { length }] of bodies.entries()) count(room(names[index]), length);
    const shipped = readFileSync(join(made, "shipped.wasm"));
    return [
      { what: `Wasm of the ${module}`, bytes: shipped.length },
      { what: `Wasm of the ${module}, gzipped`, bytes: execFileSync("gzip", ["-9"], { input: shipped }).length },
      { what: `glue of the ${module}`, bytes: readFileSync(join(made, "shipped.js")).length },
    ];
  });
  const packages = join(root, "packages");
  return {
    sizes: [
      ...sizes,
      ...readdirSync(packages)
        .filter((file) => file.endsWith(".zip"))
        .map((file) => ({ what: file, bytes: readFileSync(join(packages, file)).length })),
    ],
    contributors: [...rooms].map(([what, size]) => ({ what, bytes: size })).sort((one, other) => other.bytes - one.bytes).slice(0, 10),
  };
}
