// @ts-check
// Reads the sections of a WebAssembly module, as its binary format describes them.

/** A module's bytes from some place on. Its numbers are little-endian base 128. */
export class Reader {
  /** @param {Uint8Array} bytes @param {number} at */
  constructor(bytes, at) {
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

  /** @param {number} length */
  take(length) {
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  text() {
    return Buffer.from(this.take(this.number())).toString();
  }
}

const CUSTOM = 0;
const IMPORTS = 2;
const CODE = 10;
const DATA = 11;
const FUNCTION_NAMES = 1;
/** The magic number and the version. */
const HEADER = 8;

/**
 * A module's functions with their names, if it has a section of names; how many functions it imports; its data's size. All
 * imports of ours are functions: memory and tables are the module's own.
 * @param {Uint8Array} module
 */
export function functions(module) {
  const reader = new Reader(module, HEADER);
  let imported = 0;
  let data = 0;
  /** @type {Uint8Array[]} */
  const bodies = [];
  /** @type {Map<number, string>} */
  const names = new Map();
  while (reader.at < module.length) {
    const kind = reader.byte();
    const end = reader.number() + reader.at;
    if (kind === IMPORTS) imported = reader.number();
    if (kind === DATA) data = end - reader.at;
    if (kind === CODE) for (let left = reader.number(); left > 0; left -= 1) bodies.push(reader.take(reader.number()));
    if (kind === CUSTOM && reader.text() === "name") {
      while (reader.at < end) {
        const about = reader.byte();
        const sectionEnd = reader.number() + reader.at;
        if (about === FUNCTION_NAMES) for (let left = reader.number(); left > 0; left -= 1) names.set(reader.number(), reader.text());
        reader.at = sectionEnd;
      }
    }
    reader.at = end;
  }
  return { imported, data, bodies, names: bodies.map((_, index) => names.get(index + imported) ?? "") };
}

/** The same module with other names: of the imported functions first, then of its own. @param {Uint8Array} module @param {string[]} names */
export function named(module, names) {
  const list = [...number(names.length), ...names.flatMap((name, index) => [...number(index), ...text(name)])];
  const section = [...text("name"), FUNCTION_NAMES, ...number(list.length), ...list];
  return Buffer.concat([module, Buffer.from([CUSTOM, ...number(section.length), ...section])]);
}

/** @param {number} value @returns {number[]} */
const number = (value) => (value < 128 ? [value] : [(value & 127) | 128, ...number(value >>> 7)]);

/** @param {string} value */
const text = (value) => [...number(Buffer.byteLength(value)), ...Buffer.from(value)];
