// @ts-check
/**
 * What the extension does on pages that are no sign-on pages: nothing. Counted are the bytes of its scripts in the pages and
 * the starts of its worker; the pages' own work is compared with the same browser after the extension was taken out.
 */
import { startBrowser, until } from "../e2e/driver/index.mjs";
import { atWork } from "../e2e/person.mjs";
import { startServers } from "../e2e/servers.mjs";
import { compared } from "./numbers.mjs";

/** @typedef {import("../e2e/driver/chromium.mjs").ChromiumBrowser} ChromiumBrowser */
/** @typedef {import("../e2e/driver/chromium-pages.mjs").ChromiumTab} ChromiumTab */
/** @typedef {import("../e2e/driver/firefox.mjs").FirefoxBrowser} FirefoxBrowser */
/** @typedef {import("../e2e/driver/firefox-pages.mjs").FirefoxTab} FirefoxTab */
/** @typedef {ChromiumBrowser | FirefoxBrowser} Browser */
/** @typedef {ChromiumTab | FirefoxTab} Tab */
/** @typedef {{bytes: number, work: number[], memory: number[]}} Measured */

const NAVIGATIONS = 100;
/** Sites of no app, pages of an app beside its sign-on page, and forms that are not for signing in. */
const PAGES = [["wiki", "/"], ["crm", "/forgot"], ["newsletter", "/login"], ["travel", "/"], ["signup", "/login"]];
/** No more than noise: "equal" within what medians of this many pages differ by. */
const EQUAL = 1.1;

/** Watches pages of Chromium over its debugging protocol. */
class ChromiumMeter {
  unit = { work: "ms of its thread", memory: "KiB of heap" };
  bytes = 0;

  /** @param {ChromiumBrowser} browser @param {ChromiumTab} tab */
  static async open(browser, tab) {
    const meter = new ChromiumMeter();
    meter.browser = browser;
    meter.session = await tab.page.createCDPSession();
    const ours = browser.extension.address("");
    // Also scripts of an isolated world, which a content script of ours would be.
    meter.session.on("Debugger.scriptParsed", ({ url, length = 0 }) => (meter.bytes += url.startsWith(ours) ? length : 0));
    await meter.session.send("Debugger.enable");
    await meter.session.send("Performance.enable");
    return meter;
  }

  /** What the page that shows now has cost; the browser begins to count anew with every page. */
  async read() {
    const { metrics } = await this.session.send("Performance.getMetrics");
    const { usedSize } = await this.session.send("Runtime.getHeapUsage");
    const busy = metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN;
    return { bytes: this.bytes, work: busy * 1000, memory: usedSize / 1024 };
  }

  async takeExtensionOut() {
    await this.browser.session.send("Extensions.uninstall", { id: this.browser.id });
  }

  /** @type {ChromiumBrowser} */ browser = /** @type {any} */ (undefined);
  /** @type {import("puppeteer-core").CDPSession} */ session = /** @type {any} */ (undefined);
}

/** Asks Firefox about the processes that show pages, and its debugger about scripts in them. */
class FirefoxMeter {
  unit = { work: "ms of its process", memory: "KiB of its process" };

  /** @param {FirefoxBrowser} browser @param {FirefoxTab} tab */
  static async open(browser, tab) {
    const meter = new FirefoxMeter();
    meter.browser = browser;
    meter.tab = tab;
    return meter;
  }

  /** What the page has cost since the last look: its process goes on from page to page. @returns {Promise<{bytes: number, work: number, memory: number}>} */
  async read() {
    const now = await this.#look();
    const work = now.work - this.#worked;
    this.#worked = now.work;
    return { ...now, work };
  }

  #worked = 0;

  /** @returns {Promise<{bytes: number, work: number, memory: number}>} */
  #look() {
    return this.browser.marionette.chrome(async (id, ours) => {
      const context = BrowsingContext.getCurrentTopByBrowserId(id);
      const actor = context.currentWindowGlobal.getActor("MarionetteCommands");
      const script = `
        const { addDebuggerToGlobal } = ChromeUtils.importESModule("resource://gre/modules/jsdebugger.sys.mjs");
        // It must not be in a compartment that it looks into.
        const apart = Cu.Sandbox(Services.scriptSecurityManager.getSystemPrincipal(), { freshCompartment: true });
        addDebuggerToGlobal(apart);
        const debug = new apart.Debugger();
        debug.addAllGlobalsAsDebuggees();
        const sources = new Map(debug.findSources().map((source) => [source.url, source.text.length]));
        debug.removeAllDebuggees();
        return [...sources].filter(([url]) => url?.startsWith(arguments[0])).reduce((sum, [, length]) => sum + length, 0);`;
      const bytes = await actor.executeScript(script, [ours], { sandboxName: "system", timeout: 20_000 });
      const { children } = await ChromeUtils.requestProcInfo();
      const process = children.find((/** @type {any} */ child) => child.pid === context.currentWindowGlobal.osPid);
      return { bytes, work: process.cpuTime / 1e6, memory: process.memory / 1024 };
    }, this.tab.id, this.browser.extension.address(""));
  }

  async takeExtensionOut() {
    await this.browser.marionette.send("Addon:Uninstall", { id: this.browser.id });
  }

  /** @type {FirefoxBrowser} */ browser = /** @type {any} */ (undefined);
  /** @type {FirefoxTab} */ tab = /** @type {any} */ (undefined);
}

/** @param {Browser} browser @param {Tab} tab */
const meterOf = (browser, tab) =>
  browser.name === "chromium"
    ? ChromiumMeter.open(/** @type {ChromiumBrowser} */ (browser), /** @type {ChromiumTab} */ (tab))
    : FirefoxMeter.open(/** @type {FirefoxBrowser} */ (browser), /** @type {FirefoxTab} */ (tab));

/** Goes from page to page, in five tabs one after the other. @param {Browser} browser @param {Awaited<ReturnType<typeof startServers>>} servers */
async function navigate(browser, servers) {
  /** @type {Measured} */
  const all = { bytes: 0, work: [], memory: [] };
  for (const [site, path] of PAGES) {
    const tab = /** @type {Tab} */ (await browser.openTab("about:blank"));
    const meter = await meterOf(browser, tab);
    for (let count = 0; count < NAVIGATIONS / PAGES.length; count += 1) {
      await tab.goto(servers.sample(site, path));
      const { work, memory } = await meter.read();
      // The first page of a process has its start in it.
      if (count === 0) continue;
      all.work.push(work);
      all.memory.push(memory);
    }
    all.bytes += (await meter.read()).bytes;
    await tab.close();
  }
  return all;
}

/** @param {"chromium" | "firefox"} name @param {string} dist the built extension @returns {Promise<import("./numbers.mjs").Row[]>} */
export async function foreignPages(name, dist) {
  const servers = await startServers();
  const browser = /** @type {Browser} */ (/** @type {unknown} */ (await startBrowser({ browser: name, extension: dist })));
  try {
    await atWork(/** @type {any} */ (browser), servers);
    const count = async () => {
      await browser.worker.kill();
      const starts = await browser.worker.starts();
      const measured = await navigate(browser, servers);
      return { ...measured, starts: (await browser.worker.starts()) - starts };
    };
    const without = await count();
    await browser.grant(["http://crm.localhost/*", "http://people.localhost/*", "http://expenses.localhost/*"]);
    const watches = () => browser.worker.evaluate(async () => (await chrome.scripting.getRegisteredContentScripts()).length);
    await until(async () => (await watches()) === 1, "the extension hears of arrivals");
    const granted = await count();
    // That the counting would notice: one page where the extension has something to do.
    const page = /** @type {Tab} */ (await browser.openTab("about:blank"));
    const meter = await meterOf(browser, page);
    await page.goto(servers.sample("crm"));
    const noticed = await until(async () => (await meter.read()).bytes, "the arrival script on a sign-on page is noticed");
    await page.close();
    await meter.takeExtensionOut();
    const nothing = await navigate(browser, servers);
    const against = { browser: name, peer: "without the extension", limit: EQUAL };
    const counted = (/** @type {string} */ what, /** @type {number} */ value) => ({ browser: name, what, unit: "", value, limit: 0 });
    const where = `${NAVIGATIONS} foreign pages`;
    return [
      counted(`${where}: bytes of ours, no host access`, without.bytes),
      counted(`${where}: starts of the worker, no host access`, without.starts),
      counted(`${where}: bytes of ours, host access`, granted.bytes),
      counted(`${where}: starts of the worker, host access`, granted.starts),
      { browser: name, what: "one sign-on page, host access: bytes of ours", unit: "", value: noticed },
      compared({ what: "a foreign page: work", unit: meter.unit.work, values: granted.work, peers: nothing.work, ...against }),
      compared({ what: "a foreign page: memory", unit: meter.unit.memory, values: granted.memory, peers: nothing.memory, ...against }),
    ];
  } finally {
    await browser.close();
    await servers.stop();
  }
}
