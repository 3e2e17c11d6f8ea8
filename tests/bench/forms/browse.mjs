// @ts-check
/** Looks at pages in a real Chromium with the extension's page function, and has the core plan them there. */
import { createServer } from "node:http";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import puppeteer from "puppeteer-core";
import { form } from "../../page-function.mjs";
import { Unusable } from "./labels.mjs";
import { manyControls } from "./many-controls.mjs";
import { plannerIn, servePlanner } from "./planner.mjs";
import { CHURNING, wait } from "./waiting.mjs";

/**
 * @typedef {import("./labels.mjs").Page} Page
 * @typedef {import("../../../extension/page/messages.js").Snapshot} Snapshot
 * @typedef {object} Seen
 * @property {string} id
 * @property {Snapshot} snapshot
 * @property {Record<string, (number | null)[]>} truth  the labelled controls; null for what the probe does not list
 * @property {number} probed   milliseconds
 * @property {number} [planned]  milliseconds
 * @property {import("./planner.mjs").Plan} plan
 */

const MANY = 5000;
const LOOKS = 9;

/**
 * @typedef {object} Browsed
 * @property {Seen[]} seen
 * @property {number} many  milliseconds that the look at a page of many controls takes
 * @property {Record<string, import("./waiting.mjs").Waited>} waited  for every page that never goes quiet
 */

/** @param {string} folder @param {Page[]} pages @returns {Promise<Browsed>} */
export async function browse(folder, pages) {
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    const page = pages[Number(/^\/p\/(\d+)$/.exec(path)?.[1] ?? -1)];
    const ours = path === "/many" ? manyControls(MANY) : Object.values(CHURNING)[Number(/^\/churn\/(\d+)$/.exec(path)?.[1] ?? -1)];
    if (!page && !ours) return servePlanner(path, response);
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
    response.end(page ? readFileSync(join(folder, page.file)) : ours);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const origin = `http://127.0.0.1:${/** @type {import("node:net").AddressInfo} */ (server.address()).port}`;
  const browser = await puppeteer.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
    defaultViewport: { width: 1366, height: 900 },
  });
  try {
    const plan = await plannerIn(await browser.newPage(), origin);
    const tab = await browser.newPage();
    const session = await tab.createCDPSession();
    /** @type {Seen[]} */
    const seen = [];
    for (const [number, page] of pages.entries()) {
      const targets = Object.entries(page.truth).flatMap(([role, list]) => list.map((target) => ({ role, target })));
      const { snapshot, probed, located } = await open(tab, session, `${origin}/p/${number}`, targets.map(({ target }) => target)).catch((error) => {
        throw new Unusable(`the page ${page.id} (${page.file}) could not be loaded: ${error.message}`);
      });
      /** @type {Seen["truth"]} */
      const truth = {};
      for (const [place, { role, target }] of targets.entries()) {
        const at = located[place] ?? null;
        if (at === null) console.error(`bench forms: on the page ${page.id} nothing fits the label ${target.path ?? target.selector} under ${role}.`);
        (truth[role] ??= []).push(at !== null && at < snapshot.controls.length ? at : null);
      }
      seen.push({ id: page.id, snapshot, truth, probed, ...(await plan(snapshot)) });
    }
    const looks = [];
    for (let look = 0; look < LOOKS; look += 1) looks.push((await open(tab, session, `${origin}/many`, [])).probed);
    looks.sort((one, other) => one - other);
    /** @type {Browsed["waited"]} */
    const waited = {};
    for (const [number, name] of Object.keys(CHURNING).entries()) waited[name] = await wait(tab, session, `${origin}/churn/${number}`, plan);
    return { seen, many: looks[(LOOKS - 1) / 2] ?? 0, waited };
  } finally {
    await browser.close();
    server.close();
  }
}

/**
 * Opens a page and looks at it in a world of its own, as an extension's code has it.
 * @param {import("puppeteer-core").Page} tab @param {import("puppeteer-core").CDPSession} session
 * @param {string} address @param {import("./labels.mjs").Target[]} targets
 * @returns {Promise<{snapshot: Snapshot, probed: number, located: (number | null)[]}>}
 */
async function open(tab, session, address, targets) {
  await tab.goto(address, { waitUntil: "load", timeout: 30_000 });
  await tab.bringToFront();
  const { frameTree } = await session.send("Page.getFrameTree");
  const { executionContextId } = await session.send("Page.createIsolatedWorld", { frameId: frameTree.frame.id });
  const { result, exceptionDetails } = await session.send("Runtime.evaluate", {
    contextId: executionContextId, awaitPromise: true, returnByValue: true,
    expression: `(${look})(${form}, ${resolve}, ${JSON.stringify(targets)})`,
  });
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value;
}

/** Runs in the page. @param {typeof form} probe @param {typeof resolve} resolve @param {import("./labels.mjs").Target[]} targets */
async function look(probe, resolve, targets) {
  await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(() => painted(undefined))));
  const before = performance.now();
  const snapshot = /** @type {Snapshot} */ (probe({ probe: {} }));
  const probed = performance.now() - before;
  const { located } = /** @type {Snapshot} */ (probe({ probe: { locators: targets.map(resolve) } }));
  return { snapshot, probed, located };
}

/** Runs in the page: the selectors of the control that a label means. @param {import("./labels.mjs").Target} target @returns {string[]} */
function resolve(target) {
  const CONTROLS = "input,select,textarea,button,a,[role=button]";
  const selectors = [target.path, target.selector].filter((selector) => typeof selector === "string");
  /** @type {Element | null} */
  let element = null;
  for (const selector of selectors)
    try {
      element ??= document.querySelector(selector);
    } catch {
      // no selector: the next one may be
    }
  if (!element || element.matches(CONTROLS)) return selectors;
  const inside = element.querySelectorAll(CONTROLS);
  const meant = inside.length === 1 ? inside[0] : element.closest(CONTROLS);
  if (!meant) return selectors;
  let path = "";
  for (let at = /** @type {Element | null | undefined} */ (meant); at?.parentElement; at = at.parentElement)
    path = `>${at.localName}:nth-child(${Array.from(at.parentElement.children).indexOf(at) + 1})${path}`;
  return [`html${path}`];
}
