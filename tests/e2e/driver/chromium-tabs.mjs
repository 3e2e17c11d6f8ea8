// @ts-check
// Finds out which of Chromium's targets are tabs, which is the popup, and which is the sign-in window.
import { ChromiumPopup, ChromiumTab } from "./chromium-pages.mjs";
import { until, within } from "./until.mjs";

/** @typedef {import('puppeteer-core').Target} PuppeteerTarget */
/** @typedef {import('puppeteer-core').Page} PuppeteerPage */
/** @typedef {import('./chromium.mjs').ChromiumBrowser} ChromiumBrowser */

export class ChromiumTabs {
  /** @type {WeakMap<PuppeteerTarget, ChromiumTab>} */
  #known = new WeakMap();

  /** @param {ChromiumBrowser} browser @param {number} firstWindow */
  constructor(browser, firstWindow) {
    this.browser = browser;
    /** Windows with tabs in them; those of the popup and of the sign-in are none. */
    this.windows = new Set([firstWindow]);
  }

  /** @param {ChromiumBrowser} browser */
  static async open(browser) {
    const [page] = await browser.puppeteer.pages();
    return new ChromiumTabs(browser, await windowOf(browser, page.target()));
  }

  /** @param {string} url */
  async openTab(url) {
    const page = await this.browser.puppeteer.newPage();
    const tab = this.#tabOf(page);
    await tab.goto(url);
    return tab;
  }

  /** @returns {Promise<ChromiumTab[]>} */
  async tabs() {
    const tabs = await Promise.all(
      this.#pageTargets().map(async (target) => {
        const window = await this.windowOf(target).catch(() => undefined); // It closes just now.
        const page = window && this.windows.has(window) ? await target.page().catch(() => null) : null;
        return page ? [this.#tabOf(page)] : [];
      }),
    );
    return tabs.flat();
  }

  currentTab() {
    return until(async () => {
      const tabs = await this.tabs();
      const looks = await Promise.all(
        tabs.map((tab) =>
          tab
            .evaluate(() => {
              if (document.visibilityState !== "visible") return 0;
              return document.hasFocus() ? 2 : 1;
            })
            .catch(() => 0),
        ),
      );
      const best = Math.max(...looks);
      return best > 0 && tabs[looks.indexOf(best)];
    }, "a tab in front");
  }

  /** @param {string} url */
  async openPrivateTab(url) {
    const before = new Set(this.#pageTargets());
    await this.browser.extension.backstage(async (address) => {
      await chrome.windows.create({ incognito: true, url: address });
    }, url);
    const target = await until(() => this.#pageTargets().find((other) => !before.has(other)), "a private window opens");
    this.windows.add(await this.windowOf(target));
    const page = /** @type {PuppeteerPage} */ (await target.page());
    const tab = this.#tabOf(page, true);
    await tab.waitFor(
      (address) => location.href === address && document.readyState === "complete",
      `${url} is loaded`,
      new URL(url).href,
    );
    return tab;
  }

  /** @returns {Promise<ChromiumPopup | undefined>} */
  async popupIfOpen() {
    const target = this.browser.puppeteer.targets().find((other) => this.#isPopup(other));
    if (!target) return undefined;
    const popup = new ChromiumPopup(await target.asPage(), this.browser);
    // It may close while it is looked at.
    return (await popup.evaluate(() => document.readyState === "complete").catch(() => false)) ? popup : undefined;
  }

  /** @param {string} [what] */
  authWindow(what = "the sign-in window opens") {
    return until(() => this.authWindowIfOpen(), what, { instead: () => this.browser.describe() });
  }

  /** @returns {Promise<ChromiumTab | undefined>} */
  async authWindowIfOpen() {
    for (const target of this.browser.puppeteer.targets().filter((other) => this.#mayBeAuthWindow(other))) {
      // Before it is shown, its page is loaded without a window.
      const window = await this.windowOf(target).catch(() => undefined);
      if (!window || this.windows.has(window)) continue;
      // In the moment it is shown, Puppeteer may wait for an answer that never comes; the next look asks again.
      const page = await within(target.asPage(), 2000);
      if (page.url() !== "about:blank") return new ChromiumTab(page, this.browser, { name: "the sign-in window" });
    }
  }

  /** @param {PuppeteerTarget} target */
  windowOf(target) {
    return windowOf(this.browser, target);
  }

  /** Puppeteer keeps calling it "other", as it was before it was shown, if the change came early. @param {PuppeteerTarget} target */
  #mayBeAuthWindow(target) {
    return /^https?:/.test(target.url()) && ["page", "other"].includes(target.type());
  }

  #pageTargets() {
    return this.browser.puppeteer.targets().filter((target) => target.type() === "page" && !this.#isPopup(target));
  }

  /** It may turn into another page beside the first one. Such a page may be open in a tab as well, but only by us. @param {PuppeteerTarget} target */
  #isPopup(target) {
    const address = this.browser.extension?.address(this.browser.folder.popup);
    const isBeside = address && target.url().startsWith(new URL(".", address).href);
    return target.type() === "page" && isBeside && !this.#known.has(target);
  }

  /** @param {PuppeteerPage} page */
  #tabOf(page, isPrivate = false) {
    const target = page.target();
    const tab = this.#known.get(target) ?? new ChromiumTab(page, this.browser, { isPrivate });
    this.#known.set(target, tab);
    return tab;
  }
}

/** @param {ChromiumBrowser} browser @param {PuppeteerTarget} target @returns {Promise<number>} */
async function windowOf(browser, target) {
  const targetId = /** @type {any} */ (target)._targetId; // Puppeteer keeps it to itself.
  return (await browser.session.send("Browser.getWindowForTarget", { targetId })).windowId;
}
