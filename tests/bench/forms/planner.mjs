// @ts-check
/** The core's judgement, in whatever runs JavaScript: in the browser beside the pages, or here for what was saved. */
import { readFileSync } from "node:fs";

/** @typedef {{at: number, field: string}} Filled */
/** @typedef {{fields: Filled[], button: number | null, doubt?: string | null, refusal?: string, groups: object[]}} Plan */

const root = new URL("../../..", import.meta.url);
const files = {
  "/planner.js": new URL("target/bench-planner/planner.js", root),
  "/planner.wasm": new URL("target/bench-planner/planner.wasm", root),
  "/words.txt": new URL("extension/words.txt", root),
};
const TYPES = /** @type {Record<string, string>} */ ({ js: "text/javascript", wasm: "application/wasm", txt: "text/plain; charset=utf-8" });

/** Answers the planner's own page and its files; a page apart from all others has the finer clock. @param {string} path @param {import("node:http").ServerResponse} response */
export function servePlanner(path, response) {
  const file = files[/** @type {keyof typeof files} */ (path)];
  response.writeHead(200, {
    "content-type": TYPES[path.split(".")[1] ?? ""] ?? "text/html",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
  });
  response.end(file ? readFileSync(file) : "<!doctype html><title>Planner</title>");
}

/** The planner in a tab. @param {import("puppeteer-core").Page} tab @param {string} origin @returns {Promise<(snapshot: object) => Promise<{plan: Plan, planned: number}>>} */
export async function plannerIn(tab, origin) {
  await tab.goto(`${origin}/planner`);
  await tab.evaluate(async () => {
    const planner = await import(/** @type {any} */ ("/planner.js"));
    await planner.default({ module_or_path: "/planner.wasm" });
    planner.teach(await (await fetch("/words.txt")).text());
    Object.assign(globalThis, { planner });
  });
  return (snapshot) =>
    tab.evaluate((snapshot) => {
      const { planner } = /** @type {any} */ (globalThis);
      const before = performance.now();
      const text = JSON.stringify(snapshot);
      planner.judge(text);
      return { planned: performance.now() - before, plan: JSON.parse(planner.details(text)) };
    }, snapshot);
}

/** The planner in this process. @returns {Promise<(snapshot: object) => {plan: Plan}>} */
export async function plannerHere() {
  const planner = await import(files["/planner.js"].href);
  planner.initSync({ module: readFileSync(files["/planner.wasm"]) });
  planner.teach(readFileSync(files["/words.txt"], "utf8"));
  return (snapshot) => ({ plan: JSON.parse(planner.details(JSON.stringify(snapshot))) });
}
