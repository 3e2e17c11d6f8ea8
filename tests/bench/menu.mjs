// @ts-check
/**
 * The menu with many apps: how soon it shows the first, how soon a letter is followed by a frame, and what it costs in memory.
 * `./build.sh bench popup [--json FILE]`. Ends with 1 when a ratio or the memory is over its limit.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { parseArgs } from "node:util";
import { startBrowser, until } from "../e2e/driver/index.mjs";
import { atWork, folder, openMenu } from "../e2e/person.mjs";
import { turnOnEverything } from "./access.mjs";
import { empty, measured, still } from "./extensions.mjs";
import { compared, isOver, median, percentile, table } from "./numbers.mjs";
import { APPS, portalWithManyApps, timesToShow, TURNS } from "./popup.mjs";

/** @typedef {import("../e2e/driver/interface.d.ts").Browser} Browser */
/** @typedef {import("../e2e/driver/interface.d.ts").Tab} Tab */
/** @typedef {import("../e2e/person.mjs").Servers} Servers */
/** @typedef {import("./numbers.mjs").Row} Row */

/** So many apps, and how much longer than an empty popup the first name may take. */
const COUNTS = [
  { apps: APPS, limits: { chromium: 1.2, firefox: 2.5 } },
  { apps: 10_000, limits: { chromium: 1.4, firefox: 3 } },
];
/** Letters that find many, few, one and none, with a mistake among them. */
const TYPED = ["department 12", "dept 77", "9999", "deaprtment 4", "wiki", "what every", "zzzz"];
/** Between two letters, in milliseconds: 150 words a minute, as quick as people type for long. */
const PACE = 80;
/** In megabytes, above an empty page of an extension. */
const MEMORY = 40;

/** From each letter to the frame after it, at a person's pace. @param {Browser} browser @param {Tab} tab */
async function timesToFrame(browser, tab) {
  const popup = await openMenu(browser, tab);
  await popup.evaluate(() => {
    /** @type {number[]} */
    const frames = [];
    addEventListener("input", ({ timeStamp }) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        // Kept in the document: in Firefox, nothing else is the same from one look to the next.
        port2.onmessage = () => {
          frames.push(performance.now() - timeStamp);
          document.documentElement.dataset.frames = JSON.stringify(frames);
        };
        port1.postMessage(undefined);
      });
    });
  });
  let letters = 0;
  for (const text of TYPED) {
    for (const letter of text) {
      await popup.type(letter);
      await setTimeout(PACE);
    }
    letters += text.length;
    await popup.evaluate(() => {
      const search = /** @type {HTMLInputElement} */ (document.querySelector("#search"));
      search.select();
    });
  }
  const times = await popup.waitFor(
    (letters) => {
      /** @type {number[]} */
      const frames = JSON.parse(document.documentElement.dataset.frames ?? "[]");
      return frames.length >= letters && frames;
    },
    "a frame after each letter",
    letters,
  );
  await popup.close();
  return times;
}

/** The memory of the modules that the page has loaded, which no heap counts. In the page. */
async function modulesMemory() {
  let bytes = 0;
  for (const module of ["popup", "finder"]) {
    const { default: init } = await import(chrome.runtime.getURL(`wasm/${module}.js`));
    const memory = /** @type {WebAssembly.Memory} */ (Object.values(await init()).find((value) => value instanceof WebAssembly.Memory));
    bytes += memory.buffer.byteLength;
  }
  return bytes;
}

/** What a page of the extension takes of memory, that of its modules included. Chromium alone tells. @param {Browser} browser @param {boolean} hasApps */
async function memory(browser, hasApps) {
  const page = await browser.extensionPage("popup/popup.html");
  await page.waitFor(() => document.querySelector("[role=option]"), "a row");
  if (hasApps) {
    await page.evaluate(() => {
      const search = /** @type {HTMLInputElement} */ (document.querySelector("#search"));
      search.value = "department 9";
      search.dispatchEvent(new InputEvent("input", { bubbles: true }));
    });
    await page.waitFor(() => document.querySelector("mark"), "what was found");
  }
  const session = await /** @type {import("../e2e/driver/chromium-pages.mjs").ChromiumTab} */ (/** @type {unknown} */ (page)).page.createCDPSession();
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize, embedderHeapUsedSize = 0, backingStorageSize = 0 } = await /** @type {any} */ (session).send("Runtime.getHeapUsage");
  const modules = hasApps ? await page.evaluate(modulesMemory) : 0;
  await page.close();
  return (usedSize + embedderHeapUsedSize + backingStorageSize + modules) / 1e6;
}

/** A browser with the extension, and a person at work in it. @param {"chromium" | "firefox"} name @param {string} extension @param {Servers} servers @param {(browser: Browser, tab: Tab) => Promise<void>} use */
async function working(name, extension, servers, use) {
  const browser = await startBrowser({ browser: name, extension });
  try {
    const tab = await atWork(browser, servers);
    await turnOnEverything(browser);
    await until(async () => (await browser.storage.get("session", "glimpse")).glimpse, "the popup's first rows are kept");
    await use(browser, tab);
  } finally {
    await browser.close();
  }
}

/** A browser with an extension that does nothing. @param {"chromium" | "firefox"} name @param {string} extension @param {Servers} servers @param {(browser: Browser, tab: Tab) => Promise<void>} use */
async function idle(name, extension, servers, use) {
  const browser = await startBrowser({ browser: name, extension });
  try {
    await use(browser, await browser.openTab(servers.sample("wiki", "/")));
  } finally {
    await browser.close();
  }
}

/** The menu as it is on the screen, without what made it. @param {Browser} browser @param {Tab} tab */
async function picture(browser, tab) {
  const popup = await openMenu(browser, tab);
  const page = await popup.evaluate(() => {
    for (const maker of document.querySelectorAll("script, link:not([rel=stylesheet])")) maker.remove();
    return document.documentElement.outerHTML;
  });
  await popup.close();
  return page;
}

/** @param {"chromium" | "firefox"} name @param {string} temporary @returns {Promise<Row[]>} */
async function menu(name, temporary) {
  mkdirSync(temporary, { recursive: true });
  const ours = measured(folder(name), join(temporary, "ours"));
  const peer = empty(folder(name), join(temporary, "empty"));
  /** @type {Row[]} */
  const rows = [];
  for (const { apps, limits } of COUNTS) {
    /** @type {Record<"shown" | "empty" | "still" | "frames" | "memory", number[]>} */
    const seen = { shown: [], empty: [], still: [], frames: [], memory: [] };
    const servers = await portalWithManyApps(apps);
    try {
      let page = "";
      await working(name, ours, servers, async (browser, tab) => {
        page = await picture(browser, tab);
      });
      const copy = still(folder(name), page, join(temporary, `still-${apps}`));
      for (let turn = 0; turn < TURNS; turn += 1) {
        await idle(name, peer, servers, async (browser, tab) => {
          seen.empty.push(...(await timesToShow(browser, tab)));
          if (name === "chromium") seen.memory.push(-(await memory(browser, false)));
        });
        await idle(name, copy, servers, async (browser, tab) => {
          seen.still.push(...(await timesToShow(browser, tab)));
        });
        await working(name, ours, servers, async (browser, tab) => {
          seen.shown.push(...(await timesToShow(browser, tab)));
          seen.frames.push(...(await timesToFrame(browser, tab)));
          if (name === "chromium") seen.memory.push((seen.memory.pop() ?? 0) + (await memory(browser, true)));
        });
      }
    } finally {
      await servers.stop();
    }
    const many = `with ${apps.toLocaleString("en")} apps`;
    const against = { browser: name, unit: "ms", peer: "empty static popup", peers: seen.empty };
    rows.push(compared({ what: `popup ${many}: first name in a frame`, values: seen.shown, ...against, limit: limits[name] }));
    // What of it is the price of showing a menu at all.
    rows.push(compared({ what: "a static page that shows the same rows", values: seen.still, ...against }));
    rows.push({ what: `letter → next frame, ${many}, p99`, browser: name, unit: "ms", value: percentile(seen.frames, 0.99), p95: percentile(seen.frames, 0.95) });
    if (name === "chromium") rows.push({ what: `memory above an empty page, ${many}`, browser: name, unit: "MB", value: median(seen.memory), limit: MEMORY });
  }
  return rows;
}

const { values } = parseArgs({ options: { json: { type: "string" } } });
const browsers = /** @type {("chromium" | "firefox")[]} */ ((process.env.MY_APPS_BROWSERS ?? "chromium firefox").split(" "));
/** @type {Row[]} */
const rows = [];
const temporary = mkdtempSync(join(tmpdir(), "my-apps-bench-"));
try {
  for (const browser of browsers) {
    process.stderr.write(`▸ ${browser}\n`);
    rows.push(...(await menu(browser, join(temporary, browser))));
  }
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
console.log(table(rows));
if (values.json) writeFileSync(values.json, `${JSON.stringify({ rows }, null, 2)}\n`);
const over = rows.filter(isOver);
for (const row of over) process.stderr.write(`Over its limit: ${row.browser}, ${row.what}\n`);
process.exitCode = over.length ? 1 : 0;
