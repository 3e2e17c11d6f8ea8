// @ts-check
// What is the same in both browsers.
import { join } from "node:path";
import { readExtension } from "./extension-folder.mjs";
import { temporaryFolder } from "./processes.mjs";
import { until } from "./until.mjs";

/** @typedef {import('./interface.d.ts').BrowserParts} BrowserParts */
/** @typedef {import('./interface.d.ts').BrowserOptions} BrowserOptions */
/** @typedef {import('./interface.d.ts').Tab} Tab */

/** How long a popup may take to close once it has nothing more to do. */
const CLOSING = 5_000;

/** The parts of a browser that don't depend on which it is; interface.d.ts says what each is for. */
export class BaseBrowser {
  /** @param {BrowserOptions} options */
  constructor(options) {
    this.options = options;
    this.headless = options.headless ?? true;
    this.size = options.size ?? { width: 1200, height: 800 };
    this.folder = readExtension(options.extension);
    /** Holds the profile and whatever else the browser drops while it runs. */
    this.temporary = temporaryFolder(`driver-${options.browser}`);
    this.profile = options.profile ?? join(this.temporary.path, "profile");
  }

  /** @this {BrowserParts} */
  get worker() {
    return this.extension.worker;
  }

  /** @this {BrowserParts} */
  get storage() {
    return this.extension.storage;
  }

  /** @this {BrowserParts} */
  async restart() {
    await this.quit();
    await this.start();
  }

  /** @this {BrowserParts} @param {(url: string) => boolean} predicate @param {string} what */
  waitForTab(predicate, what) {
    return until(
      async () => {
        for (const tab of await this.tabs()) if (predicate(await tab.url())) return tab;
      },
      what,
      { instead: () => this.describe() },
    );
  }

  /** @this {BrowserParts} @param {string} path */
  extensionPage(path) {
    return this.openTab(this.extension.address(path));
  }

  /** @this {BrowserParts} @param {Tab} tab */
  async clickIcon(tab) {
    // One that has opened an app closes when the app's tab is shown.
    await until(async () => !(await this.popupIfOpen()), "the popup before closes; a click on the icon would close it", { ms: CLOSING });
    await tab.activate();
    await this.pressIcon(tab);
    return this.waitForPopup("the popup opens after the click on the icon");
  }

  /** @this {BrowserParts} @param {string} [what] */
  waitForPopup(what = "the popup opens") {
    return until(() => this.popupIfOpen(), what, { instead: () => this.describe() });
  }

  /** @this {BrowserParts} */
  authWindowIfOpen() {
    return this.pages.authWindowIfOpen();
  }

  /** @this {BrowserParts} @param {string[]} origins */
  grant(origins) {
    return this.extension.grant(origins);
  }

  /** @this {BrowserParts} @param {string[]} origins */
  revoke(origins) {
    return this.extension.revoke(origins);
  }

  /** @this {BrowserParts} */
  grantedOrigins() {
    return this.extension.grantedOrigins();
  }

  /** @this {BrowserParts} */
  async consoleErrors() {
    await this.readConsole();
    return this.log.errors();
  }

  /** @this {BrowserParts} */
  async consoleText() {
    await this.readConsole();
    return this.log.text();
  }

  /** @this {BrowserParts} */
  async describe() {
    const tabs = await this.tabs();
    const popup = await this.popupIfOpen();
    const signIn = await this.authWindowIfOpen().catch(() => undefined);
    const pages = [...tabs, ...(signIn ? [signIn] : []), ...(popup ? [popup] : [])];
    const sentences = await Promise.all(pages.map((page) => page.describe().catch(() => "a page that closes.")));
    return [...sentences, ...(popup ? [] : ["no popup is open."])].join("\n  ");
  }
}
