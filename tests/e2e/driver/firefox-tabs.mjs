// @ts-check
// Finds Firefox's tabs, the popup and the sign-in window.
import { FirefoxPopup, FirefoxTab } from "./firefox-pages.mjs";
import { until } from "./until.mjs";

/** @typedef {import('./firefox.mjs').FirefoxBrowser} FirefoxBrowser */

export class FirefoxTabs {
  /** @param {FirefoxBrowser} browser */
  constructor(browser) {
    this.browser = browser;
  }

  /** @param {string} url */
  async openTab(url) {
    const id = await this.browser.marionette.chrome(() => {
      const { gBrowser } = window;
      const tab = gBrowser.addTab("about:blank", {
        triggeringPrincipal: Services.scriptSecurityManager.getSystemPrincipal(),
      });
      gBrowser.selectedTab = tab;
      return tab.linkedBrowser.browserId;
    });
    const tab = new FirefoxTab(id, this.browser);
    await tab.goto(url);
    return tab;
  }

  async tabs() {
    return (await this.#list())
      .filter(({ isSignIn }) => !isSignIn)
      .map(({ id, isPrivate }) => new FirefoxTab(id, this.browser, { isPrivate }));
  }

  async currentTab() {
    const { id, isPrivate } = await until(
      async () => (await this.#list()).find(({ inFront }) => inFront),
      "a tab in front",
    );
    return new FirefoxTab(id, this.browser, { isPrivate });
  }

  /** @param {string} url */
  async openPrivateTab(url) {
    const before = new Set((await this.#list()).map(({ id }) => id));
    await this.browser.marionette.send("WebDriver:NewWindow", { type: "window", private: true, focus: true });
    const isNew = (/** @type {{id: number, isPrivate: boolean}} */ { id, isPrivate }) => isPrivate && !before.has(id);
    const { id } = await until(async () => (await this.#list()).find(isNew), "a private window opens");
    const tab = new FirefoxTab(id, this.browser, { isPrivate: true });
    await tab.goto(url);
    return tab;
  }

  /** @returns {Promise<FirefoxPopup | undefined>} */
  async popupIfOpen() {
    const id = await this.browser.marionette.chrome((extensionId) => {
      const views = [...(WebExtensionPolicy.getByID(extensionId)?.extension.views ?? [])];
      const shown = views.find(
        ({ viewType, xulBrowser }) => viewType === "popup" && xulBrowser?.closest("panel")?.state === "open",
      );
      return shown?.xulBrowser.browserId;
    }, this.browser.id);
    if (!id) return undefined;
    const popup = new FirefoxPopup(id, this.browser);
    // It may close while it is looked at.
    const isLoaded = await popup
      .evaluate(() => document.readyState === "complete" && location.href !== "about:blank")
      .catch(() => false);
    return isLoaded ? popup : undefined;
  }

  /** @param {string} [what] */
  authWindow(what = "the sign-in window opens") {
    return until(() => this.authWindowIfOpen(), what, { instead: () => this.browser.describe() });
  }

  /** @returns {Promise<FirefoxTab | undefined>} */
  async authWindowIfOpen() {
    const found = (await this.#list()).find(({ isSignIn, url }) => isSignIn && url !== "about:blank");
    return found && new FirefoxTab(found.id, this.browser, { name: "the sign-in window" });
  }

  /** @returns {Promise<Array<{id: number, url: string, isSignIn: boolean, isPrivate: boolean, inFront: boolean}>>} */
  #list() {
    return this.browser.marionette.chrome(() => {
      const windows = [...Services.wm.getEnumerator("navigator:browser")].filter(({ gBrowser }) => gBrowser);
      const isSignIn = (/** @type {any} */ win) => win.name === "launchWebAuthFlow_dialog";
      const recent = Services.wm.getMostRecentWindow("navigator:browser");
      const front = isSignIn(recent) ? window : recent;
      return windows.flatMap((win) =>
        [...win.gBrowser.tabs].map(({ linkedBrowser, selected }) => ({
          id: linkedBrowser.browserId,
          url: linkedBrowser.currentURI.spec,
          isSignIn: isSignIn(win),
          isPrivate: linkedBrowser.loadContext.usePrivateBrowsing,
          inFront: win === front && selected,
        })),
      );
    });
  }
}
