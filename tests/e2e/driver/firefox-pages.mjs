// @ts-check
// Firefox's tabs and popup. All are reached through the browser process by the id of the <browser> that shows them.
import { writeFile } from 'node:fs/promises';
import { accessibilityViolations, findTarget, Page } from './page.mjs';
import { axeSource } from './axe.mjs';
import { keyActions } from './firefox-keys.mjs';
import { until } from './until.mjs';

/** @typedef {import('./page.mjs').Target} Target */
/** @typedef {import('./firefox.mjs').FirefoxBrowser} FirefoxBrowser */

class FirefoxPage extends Page {
  /** @param {number} id @param {FirefoxBrowser} browser @param {string} name */
  constructor(id, browser, name) {
    super(name);
    this.id = id;
    this.browser = browser;
  }

  /** @type {Page['evaluate']} */
  evaluate(fn, ...args) {
    return runIn(this.browser.marionette, this.id, fn, args);
  }

  isOpen() {
    return this.browser.marionette.chrome((id) => Boolean(BrowsingContext.getCurrentTopByBrowserId(id)?.currentWindowGlobal), this.id);
  }

  /** A real click on it. @param {Target} target */
  async click(target) {
    const wanted = typeof target === 'string' ? target : `“${target.text}”`;
    await until(() => this.evaluate(/** @type {any} */ (new Function('target', `(${findTarget})(target); return true;`)), target), `${wanted} to click, in ${this.name}`, {
      instead: () => this.describe(),
    });
    await this.#withElement(target, 'clickElement');
  }

  /** @param {Target} target @param {'clickElement' | 'sendKeysToElement'} action @param {string} [text] */
  async #withElement(target, action, text) {
    await this.browser.marionette.chrome(async (id, find, what, name, keys) => {
      const actor = BrowsingContext.getCurrentTopByBrowserId(id).currentWindowGlobal.getActor('MarionetteCommands');
      const element = await actor.executeScript(`return (${find})(...arguments)`, [what], { timeout: 5000 });
      const capabilities = { toJSON: () => ({ 'moz:webdriverClick': true, 'moz:accessibilityChecks': false }) };
      // A click may close the page before its own answer is on the way.
      const gone = (/** @type {Error} */ error) => {
        if (!/AbortError|actor|NoSuchWindow|destroyed/i.test(`${error.name} ${error.message}`)) throw error;
      };
      await (name === 'clickElement' ? actor.clickElement(element, capabilities) : actor.sendKeysToElement(element, keys, capabilities)).catch(gone);
    }, this.id, String(findTarget), target, action, text ?? '');
  }

  /** Types into the element. @param {string} selector @param {string} text */
  async typeInto(selector, text) {
    await this.#withElement(selector, 'sendKeysToElement', text);
  }

  /** Presses one key, with modifiers in front: `Enter`, `ArrowDown`, `Control+1`. @param {string} key */
  async press(key) {
    await this.pressAll([key]);
  }

  /**
   * Presses keys in the browser's window, which hands them to what has the focus there, as a keyboard does.
   *
   * @param {string[]} keys
   */
  async pressAll(keys) {
    const { marionette } = this.browser;
    // On a screen without a window manager nobody gives the popup the window's focus. Which element in it has
    // the focus is left to the page.
    await marionette.chrome((id) => BrowsingContext.getCurrentTopByBrowserId(id)?.embedderElement?.focus(), this.id);
    await marionette.send('WebDriver:PerformActions', { actions: [keyActions(...keys)] });
    await marionette.send('WebDriver:ReleaseActions');
  }

  /** @param {string} file */
  async screenshot(file) {
    const picture = await this.browser.marionette.chrome(async (id) => {
      const context = BrowsingContext.getCurrentTopByBrowserId(id);
      const { width, height } = context.embedderElement.getBoundingClientRect();
      const bitmap = await context.currentWindowGlobal.drawSnapshot(new DOMRect(0, 0, width, height), 1, 'white');
      const canvas = /** @type {HTMLCanvasElement} */ (document.createElementNS('http://www.w3.org/1999/xhtml', 'canvas'));
      Object.assign(canvas, { width: bitmap.width, height: bitmap.height });
      canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
      return canvas.toDataURL('image/png').split(',')[1];
    }, this.id);
    await writeFile(file, Buffer.from(picture, 'base64'));
  }

  /** What axe finds wrong. */
  accessibility() {
    return accessibilityViolations(this, axeSource());
  }
}

/** A tab, or the sign-in window. */
export class FirefoxTab extends FirefoxPage {
  /** @param {number} id @param {FirefoxBrowser} browser @param {{name?: string, isPrivate?: boolean}} [options] */
  constructor(id, browser, { name = 'the tab', isPrivate = false } = {}) {
    super(id, browser, name);
    this.isPrivate = isPrivate;
  }

  /** @override */
  url() {
    return this.browser.marionette.chrome((id) => BrowsingContext.getCurrentTopByBrowserId(id)?.currentWindowGlobal?.documentURI.spec ?? '', this.id);
  }

  /** Opens `url` and waits until it is loaded. @param {string} url */
  async goto(url) {
    await this.#load('load', url);
  }

  async back() {
    await this.#load('back', '');
  }

  /** @param {'load' | 'back'} how @param {string} url */
  #load(how, url) {
    return this.browser.marionette.chrome((id, howToLoad, address) => new Promise((resolve, reject) => {
      const browser = BrowsingContext.getCurrentTopByBrowserId(id).embedderElement;
      const { STATE_START, STATE_STOP, STATE_IS_WINDOW, LOCATION_CHANGE_SAME_DOCUMENT, LOCATION_CHANGE_ERROR_PAGE } = Ci.nsIWebProgressListener;
      let started = false;
      const finish = (/** @type {number} */ status) => {
        browser.removeProgressListener(listener);
        if (Components.isSuccessCode(status)) resolve(undefined);
        else reject(new Error(`${address || 'the page before'} did not load (${Object.keys(Cr).find((name) => Cr[name] === status) ?? status})`));
      };
      const listener = {
        QueryInterface: ChromeUtils.generateQI(['nsIWebProgressListener', 'nsISupportsWeakReference']),
        onStateChange(/** @type {any} */ progress, /** @type {unknown} */ _request, /** @type {number} */ flags, /** @type {number} */ status) {
          if (!progress.isTopLevel || !(flags & STATE_IS_WINDOW)) return;
          if (flags & STATE_START) started = true;
          if (flags & STATE_STOP && started) finish(status);
        },
        onLocationChange(/** @type {any} */ progress, /** @type {unknown} */ _request, /** @type {unknown} */ _location, /** @type {number} */ flags) {
          if (!progress.isTopLevel) return;
          if (flags & LOCATION_CHANGE_SAME_DOCUMENT) finish(0);
          if (flags & LOCATION_CHANGE_ERROR_PAGE) finish(Cr.NS_ERROR_CONNECTION_REFUSED);
        },
      };
      window.driverListener = listener; // Firefox holds it weakly.
      browser.addProgressListener(listener);
      const triggeringPrincipal = Services.scriptSecurityManager.getSystemPrincipal();
      if (howToLoad === 'back') browser.goBack();
      else browser.fixupAndLoadURIString(address, { triggeringPrincipal });
    }), this.id, how, url);
  }

  /** Brings it to the front. */
  async activate() {
    await this.browser.marionette.chrome(async (id) => {
      const { embedderElement: browser, topChromeWindow: win } = BrowsingContext.getCurrentTopByBrowserId(id);
      const tab = win.gBrowser.getTabForBrowser(browser);
      if (win.gBrowser.selectedTab !== tab) {
        const switched = new Promise((resolve) => win.gBrowser.addEventListener('TabSwitchDone', resolve, { once: true }));
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
    super(id, browser, 'the popup');
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
    await this.browser.marionette.chrome((id) => BrowsingContext.getCurrentTopByBrowserId(id)?.embedderElement?.closest('panel')?.hidePopup(), this.id);
    await this.waitForClose();
  }
}

/**
 * Runs `fn` in the document that the <browser> with this id shows.
 *
 * @template {unknown[]} A
 * @template R
 * @param {import('./marionette.mjs').Marionette} marionette
 * @param {number} id
 * @param {(...args: A) => R} fn
 * @param {A} args
 * @returns {Promise<Awaited<R>>}
 */
export async function runIn(marionette, id, fn, args) {
  const answer = await marionette.chrome(async (browserId, source, list) => {
    const actor = BrowsingContext.getCurrentTopByBrowserId(browserId)?.currentWindowGlobal?.getActor('MarionetteCommands');
    if (!actor) throw new Error('it is not open');
    const script = `const [args, done] = arguments;
      Promise.resolve().then(() => (${source})(...args)).then((value) => done({ json: JSON.stringify(value) }), (error) => done({ error: String(error) }));`;
    return actor.executeScript(script, [list], { async: true, timeout: 30_000 });
  }, id, String(fn), args);
  if (answer.error) throw new Error(answer.error.replace(/^Error: /, ''));
  return answer.json === undefined || answer.json === null ? /** @type {any} */ (undefined) : JSON.parse(answer.json);
}
