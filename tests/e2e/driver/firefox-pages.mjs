// @ts-check
// Firefox's tabs and popup.
import { FirefoxPage } from "./firefox-page.mjs";
import { hasText, isGrown } from "./page.mjs";
import { until } from "./until.mjs";

/** @typedef {import('./firefox.mjs').FirefoxBrowser} FirefoxBrowser */

/** A tab, or the sign-in window. */
export class FirefoxTab extends FirefoxPage {
  /** @param {number} id @param {FirefoxBrowser} browser @param {{name?: string, isPrivate?: boolean}} [options] */
  constructor(id, browser, { name = "the tab", isPrivate = false } = {}) {
    super(id, browser, name);
    this.isPrivate = isPrivate;
  }

  /** Whether its place in the window is there: between two documents a tab holds none. @override @returns {Promise<boolean>} */
  isOpen() {
    return this.browser.marionette.chrome((id) => Boolean(BrowsingContext.getCurrentTopByBrowserId(id)?.embedderElement?.isConnected), this.id);
  }

  /** @override */
  url() {
    return this.browser.marionette.chrome(
      (id) => BrowsingContext.getCurrentTopByBrowserId(id)?.currentWindowGlobal?.documentURI.spec ?? "",
      this.id,
    );
  }

  /** Opens `url` and waits until it is loaded. @param {string} url */
  async goto(url) {
    await this.#load("load", url);
  }

  async back() {
    await this.#load("back", "");
  }

  /** @param {'load' | 'back'} how @param {string} url */
  async #load(how, url) {
    const { marionette } = this.browser;
    const before = await marionette.chrome(
      (id, howToLoad, address) => {
        const { embedderElement: browser, currentWindowGlobal } = BrowsingContext.getCurrentTopByBrowserId(id);
        const triggeringPrincipal = Services.scriptSecurityManager.getSystemPrincipal();
        const skipUntouchedPages = false; // Which ones count as touched would be up to chance.
        if (howToLoad === "back") browser.goBack(skipUntouchedPages);
        else browser.fixupAndLoadURIString(address, { triggeringPrincipal });
        return currentWindowGlobal.innerWindowId;
      },
      this.id,
      how,
      url,
    );
    const arrived = () =>
      marionette.chrome(
        (id, previous, wanted) => {
          const { currentWindowGlobal, webProgress, embedderElement } = BrowsingContext.getCurrentTopByBrowserId(id);
          const address = currentWindowGlobal.documentURI.spec;
          const isNew = currentWindowGlobal.innerWindowId !== previous;
          const isPartOfPage = wanted.includes("#") && embedderElement.currentURI.spec === wanted;
          // On its way to another process a tab is empty for a moment.
          const isBetween = address === "about:blank" && wanted !== address;
          return !webProgress.isLoadingDocument && !isBetween && (isNew || isPartOfPage) && address;
        },
        this.id,
        before,
        url,
      );
    const what = url ? `${url} is loaded` : "the page before is loaded";
    const address = await until(arrived, what, { instead: () => this.describe() });
    if (/^about:(neterror|certerror|blocked|httpsonlyerror)/.test(address)) {
      throw new Error(
        `${url || "the page before"} did not load: Firefox says ${new URL(address).searchParams.get("e")}.`,
      );
    }
    await this.waitFor(() => document.readyState === "complete", what);
  }

  /** Brings it to the front. */
  async activate() {
    await this.browser.marionette.chrome(async (id) => {
      const { embedderElement: browser, topChromeWindow: win } = BrowsingContext.getCurrentTopByBrowserId(id);
      const tab = win.gBrowser.getTabForBrowser(browser);
      if (win.gBrowser.selectedTab !== tab) {
        const switched = new Promise((resolve) =>
          win.gBrowser.addEventListener("TabSwitchDone", resolve, { once: true }),
        );
        win.gBrowser.selectedTab = tab;
        await switched;
      }
      win.focus();
    }, this.id);
  }

  /** Types into the element. @param {string} selector @param {string} text */
  async type(selector, text) {
    await this.click(selector);
    await this.typeInto(selector, text);
    await this.waitFor(hasText, "the text that was typed", selector, text);
  }

  async close() {
    await this.browser.marionette.chrome((id) => {
      const context = BrowsingContext.getCurrentTopByBrowserId(id);
      if (!context) return;
      const { embedderElement: browser, topChromeWindow: win } = context;
      if (win.gBrowser.tabs.length === 1) win.close();
      else win.gBrowser.removeTab(win.gBrowser.getTabForBrowser(browser), { animate: false });
    }, this.id);
    await this.waitForClose();
  }

  /** The person closes the window. */
  closeByUser() {
    return this.close();
  }
}

/** The extension's popup. */
export class FirefoxPopup extends FirefoxPage {
  closesForGood = true;

  /** @param {number} id @param {FirefoxBrowser} browser */
  constructor(id, browser) {
    super(id, browser, "the popup");
  }

  /** @override @param {import('./page.mjs').Target} target */
  async click(target) {
    await this.waitFor(isGrown, "all of the page");
    await super.click(target);
  }

  /** Types into whatever has the focus. @param {string} text */
  async type(text) {
    await this.pressAll([...text]);
  }

  /**
   * Firefox has read a popup's page before it shows it. Until then, keys go to what was there before.
   *
   * @override
   * @param {string[]} keys
   */
  async pressAll(keys) {
    const state = () =>
      this.browser.marionette.chrome(
        (id) => BrowsingContext.getCurrentTopByBrowserId(id)?.embedderElement?.closest("panel")?.state,
        this.id,
      );
    await until(() => this.look(async () => (await state()) === "open"), "the popup is on the screen");
    await super.pressAll(keys);
  }

  /** Its inner size. */
  size() {
    return this.evaluate(() => ({ width: innerWidth, height: innerHeight }));
  }

  /** Closes it, as a click beside it would. */
  async close() {
    await this.browser.marionette.chrome(
      (id) => BrowsingContext.getCurrentTopByBrowserId(id)?.embedderElement?.closest("panel")?.hidePopup(),
      this.id,
    );
    await this.waitForClose();
  }
}
