// Writes what `extension/page/form.js` sees in every page of tests/pages to tests/fixtures/forms, where
// tests/form_pages.rs reads it. Run it after a change of the page function or of a page, and read the difference.
//
//   node tests/snapshot-forms.mjs [NAME …]
//
// CHROMIUM names the browser.
import { createServer } from "node:http";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import puppeteer from "puppeteer-core";
import { form } from "./page-function.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const wanted = process.argv.slice(2);
const names = readdirSync(join(here, "pages")).filter((file) => file.endsWith(".html")).map((file) => file.replace(/\.html$/, "")).filter((name) => wanted.length === 0 || wanted.includes(name));

const server = createServer((request, response) => {
  const name = /^\/([\w-]+)\.html$/.exec(request.url ?? "")?.[1];
  response.writeHead(name ? 200 : 404, { "content-type": "text/html; charset=utf-8" });
  response.end(name ? readFileSync(join(here, "pages", `${name}.html`)) : "");
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
try {
  const tab = await browser.newPage();
  await tab.setViewport({ width: 1280, height: 800 });
  const session = await tab.createCDPSession();
  for (const name of names) {
    await tab.goto(`http://127.0.0.1:${server.address().port}/${name}.html`);
    // A world of its own, as an extension's code has it.
    const { frameTree } = await session.send("Page.getFrameTree");
    const { executionContextId } = await session.send("Page.createIsolatedWorld", { frameId: frameTree.frame.id });
    const { result } = await session.send("Runtime.evaluate", {
      contextId: executionContextId, returnByValue: true, expression: `(${form})(${JSON.stringify({ probe: {} })})`,
    });
    // The port and the time are others each time.
    const told = JSON.stringify({ ...result.value, took: 0 }, null, 1).replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, "http://app.localhost");
    writeFileSync(join(here, "fixtures/forms", `${name}.json`), `${told}\n`);
  }
} finally {
  await browser.close();
  server.close();
}
