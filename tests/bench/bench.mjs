// @ts-check
/**
 * Measures the extension beside named peers in the same run: `./build.sh bench [--json FILE]`. Ends with 1 when a ratio or a
 * count is over its limit; times alone are never held to anything, because they are the machine's.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { folder } from "../e2e/person.mjs";
import { bytes } from "./bytes.mjs";
import { foreignPages } from "./foreign-pages.mjs";
import { links } from "./links.mjs";
import { isOver, table } from "./numbers.mjs";
import { popup } from "./popup.mjs";

const { values } = parseArgs({ options: { json: { type: "string" } } });
const browsers = /** @type {("chromium" | "firefox")[]} */ ((process.env.MY_APPS_BROWSERS ?? "chromium firefox").split(" "));
const say = (/** @type {string} */ text) => process.stderr.write(`${text}\n`);

const download = bytes(new URL("../..", import.meta.url).pathname);
/** @type {import("./numbers.mjs").Row[]} */
const rows = [];
const temporary = mkdtempSync(join(tmpdir(), "my-apps-bench-"));
try {
  for (const browser of browsers) {
    say(`▸ ${browser}: the popup`);
    rows.push(...(await popup(browser, folder(browser), join(temporary, browser))));
    say(`▸ ${browser}: foreign pages`);
    rows.push(...(await foreignPages(browser, folder(browser))));
    say(`▸ ${browser}: internal addresses`);
    rows.push(...(await links(browser, folder(browser))));
  }
} finally {
  rmSync(temporary, { recursive: true, force: true });
}

console.log(`${table(rows)}\n`);
const list = (/** @type {{what: string, bytes: number}[]} */ items) => items.map(({ what, bytes }) => `${bytes.toLocaleString("en").padStart(9)}  ${what}`).join("\n");
console.log(`Bytes\n${list(download.sizes)}\n\nWhat the module is made of\n${list(download.contributors)}`);
if (values.json) writeFileSync(values.json, `${JSON.stringify({ rows, ...download }, null, 2)}\n`);
const over = rows.filter(isOver);
for (const row of over) say(`Over its limit: ${row.browser}, ${row.what}`);
process.exitCode = over.length ? 1 : 0;
