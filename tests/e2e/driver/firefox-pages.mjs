// @ts-check
// Firefox's tabs and popup.
import { FirefoxPage } from "./firefox-page.mjs";

/** @typedef {import('./firefox.mjs').FirefoxBrowser} FirefoxBrowser */

/** A tab, or the sign-in window. */
export class FirefoxTab extends FirefoxPage {
  /** @param {number} id @param {FirefoxBrowser} browser @param {{name?: string, isPrivate?: boolean}} [options] */
  constructor(id, browser, { name = "the tab", isPrivate = false } = {}) {
    super(id, browser, name);
    this.isPrivate = isPrivate;
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
  #load(how, url) {
    return this.browser.marionette.chrome(
      (id, howToLoad, address) =>
        new Promise((resolve, reject) => {
          const browser = BrowsingContext.getCurrentTopByBrowserId(id).embedderElement;
          const {
            STATE_START,
            STATE_STOP,
            STATE_IS_WINDOW,
            LOCATION_CHANGE_SAME_DOCUMENT,
            LOCATION_CHANGE_ERROR_PAGE,
          } = Ci.nsIWebProgressListener;
          let started = false;
          const finish = (/** @type {number} */ status) => {
            browser.removeProgressListener(listener);
            if (Components.isSuccessCode(status)) resolve(undefined);
            else
              reject(
                new Error(
                  `${address || "the page before"} did not load (${Object.keys(Cr).find((name) => Cr[name] === status) ?? status})`,
                ),
              );
          };
          const listener = {
            QueryInterface: ChromeUtils.generateQI(["nsIWebProgressListener", "nsISupportsWeakReference"]),
            onStateChange(
              /** @type {any} */ progress,
              /** @type {unknown} */ _request,
              /** @type {number} */ flags,
              /** @type {number} */ status,
            ) {
              if (!progress.isTopLevel || !(flags & STATE_IS_WINDOW)) return;
              if (flags & STATE_START) started = true;
              if (flags & STATE_STOP && started) finish(status);
            },
            onLocationChange(
              /** @type {any} */ progress,
              /** @type {unknown} */ _request,
              /** @type {unknown} */ _location,
              /** @type {number} */ flags,
            ) {
              if (!progress.isTopLevel) return;
              if (flags & LOCATION_CHANGE_SAME_DOCUMENT) finish(0);
              if (flags & LOCATION_CHANGE_ERROR_PAGE) finish(Cr.NS_ERROR_CONNECTION_REFUSED);
            },
          };
          window.driverListener = listener; // Firefox holds it weakly.
          browser.addProgressListener(listener);
          const triggeringPrincipal = Services.scriptSecurityManager.getSystemPrincipal();
          if (howToLoad === "back") browser.goBack();
          else browser.fixupAndLoadURIString(address, { triggeringPrincipal });
        }),
      this.id,
      how,
      url,
    );
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
  /** @param {number} id @param {FirefoxBrowser} browser */
  constructor(id, browser) {
    super(id, browser, "the popup");
  }

  /** Types into whatever has the focus. @param {string} text */
  async type(text) {
    await this.pressAll([...text]);
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
