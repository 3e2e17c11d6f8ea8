// @ts-check
// The source of axe-core, read once.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/** @type {string | undefined} */
let source;

export function axeSource() {
  source ??= readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  return source;
}
