// @ts-check
// Chromium's tabs and popup.
import { accessibilityViolations, findTarget, hasText, isGrown, Page } from "./page.mjs";
import { axeSource } from "./axe.mjs";
import { until } from "./until.mjs";

/** @typedef {import('./page.mjs').Target} Target */

/** A key or a click may close the page it goes to before the browser confirms it. @param {Error} error */
function ignoreClosed(error) {
  if (!/Target closed|Session closed|detached/.test(error.message)) throw error;
}

/** Runs in the page: whether something of it has been on the screen. Frames are asked for and drawn before a window shows them. */
const painted = () => performance.getEntriesByName("first-contentful-paint").length > 0;

/** What a look means to style sheets. */
const FEATURES = {
  light: [{ name: "prefers-color-scheme", value: "light" }],
  dark: [{ name: "prefers-color-scheme", value: "dark" }],
  contrast: [{ name: "forced-colors", value: "active" }],
};

/** A page in Chromium, reached through puppeteer. */
class ChromiumPage extends Page {
  /**
   * @param {import('puppeteer-core').Page} page
   * @param {import('./chromium.mjs').ChromiumBrowser} browser
   * @param {string} name
   */
  constructor(page, browser, name) {
    super(name);
    this.page = page;
    this.browser = browser;
  }

  /** @type {Page['evaluate']} */
  async evaluate(fn, ...args) {
    const answer = this.page.evaluate(/** @type {any} */ (fn), ...args);
    // Puppeteer may wait for ever for the answer of a page that closes.
    let gone = () => {};
    const closed = new Promise((_, reject) => this.page.once("close", (gone = () => reject(new Error("it closed")))));
    return /** @type {any} */ (Promise.race([answer, closed]).finally(() => this.page.off("close", gone)));
  }

  async isOpen() {
    return !this.page.isClosed();
  }

  /** A real click on it. @param {Target} target */
  async click(target) {
    const wanted = typeof target === "string" ? target : `“${target.text}”`;
    // Chromium drops clicks and keys for a document that is not on the screen yet; nobody could have made them.
    await until(() => this.look(() => this.evaluate(painted)), `something to see, in ${this.name}`);
    const element = await until(
      () => this.look(() => this.page.evaluateHandle(findTarget, target)),
      `${wanted} to click, in ${this.name}`,
      {
        instead: () => this.describe(),
      },
    );
    // While a window takes its size, what is in it moves out of sight: then nothing was clicked.
    const isClicked = () =>
      element.click().then(
        () => true,
        (error) => !/not clickable/.test(error.message) && (ignoreClosed(error), true),
      );
    await until(isClicked, `${wanted} within the window, in ${this.name}`);
    await element.dispose().catch(() => {}); // The click may have closed the page.
  }

  /** Presses one key, with modifiers in front: `Enter`, `ArrowDown`, `Control+1`. @param {string} key */
  async press(key) {
    const keys = key.split("+");
    const last = keys.pop();
    for (const modifier of keys) await this.page.keyboard.down(/** @type {any} */ (modifier));
    await this.page.keyboard.press(/** @type {any} */ (last)).catch(ignoreClosed);
    for (const modifier of keys) if (!this.page.isClosed()) await this.page.keyboard.up(/** @type {any} */ (modifier));
  }

  /** Does it while the page looks that way. @template T @param {import('./interface.d.ts').Look | undefined} look @param {() => Promise<T>} work */
  async #looking(look, work) {
    if (!look) return work();
    const session = await this.page.createCDPSession();
    await session.send("Emulation.setEmulatedMedia", { features: FEATURES[look] });
    try {
      return await work();
    } finally {
      await session.detach(); // What was emulated ends with it.
    }
  }

  /** @param {string} file @param {import('./interface.d.ts').Look} [look] */
  async screenshot(file, look) {
    await this.#looking(look, () => this.page.screenshot({ path: /** @type {any} */ (file) }));
  }

  /** What axe finds wrong. @param {import('./interface.d.ts').Look} [look] */
  accessibility(look) {
    return this.#looking(look, () => accessibilityViolations(this, axeSource()));
  }

  async close() {
    if (!this.page.isClosed()) await this.page.close();
  }
}

/** A tab, or the sign-in window. */
export class ChromiumTab extends ChromiumPage {
  /**
   * @param {import('puppeteer-core').Page} page
   * @param {import('./chromium.mjs').ChromiumBrowser} browser
   * @param {{name?: string, isPrivate?: boolean}} [options]
   */
  constructor(page, browser, { name = "the tab", isPrivate = false } = {}) {
    super(page, browser, name);
    this.isPrivate = isPrivate;
  }

  /** Opens `url` and waits until it is loaded. @param {string} url */
  async goto(url) {
    await this.page.goto(url, { waitUntil: "load" });
  }

  async back() {
    await this.page.goBack({ waitUntil: "load" });
  }

  /** Brings it to the front. */
  async activate() {
    await this.page.bringToFront();
  }

  /** Types into the element. @param {string} selector @param {string} text */
  async type(selector, text) {
    // A window that has just come up takes no clicks for a moment. A person sees no cursor in the box, and clicks again.
    const ready = async () => {
      await this.click(selector);
      return this.evaluate((box) => document.activeElement === document.querySelector(box), selector);
    };
    await until(ready, `the cursor in ${selector}, in ${this.name}`, { instead: () => this.describe() });
    await this.page.keyboard.type(text);
    await this.waitFor(hasText, "the text that was typed", selector, text);
  }

  /** The person closes the window. */
  closeByUser() {
    return this.close();
  }
}

/** The extension's popup. */
export class ChromiumPopup extends ChromiumPage {
  closesForGood = true;

  /**
   * @param {import('puppeteer-core').Page} page
   * @param {import('./chromium.mjs').ChromiumBrowser} browser
   */
  constructor(page, browser) {
    super(page, browser, "the popup");
  }

  /** @override @param {import('./page.mjs').Target} target */
  async click(target) {
    await this.waitFor(isGrown, "all of the page");
    await super.click(target);
  }

  /** Types into whatever has the focus. @param {string} text */
  async type(text) {
    await this.page.keyboard.type(text);
  }

  /**
   * Presses one key. With a screen it is a real one; without, the browser itself gets no keys, and what it does with
   * Escape has to be done for it.
   *
   * @override
   * @param {string} key
   */
  async press(key) {
    if (this.browser.window) return this.browser.window.display.press(key);
    if (key !== "Escape") return super.press(key);
    await this.evaluate(() =>
      addEventListener(
        "keydown",
        (event) => (document.documentElement.dataset.keyTaken = String(event.defaultPrevented)),
        { once: true },
      ),
    );
    await super.press(key);
    const taken = await this.evaluate(() => document.documentElement.dataset.keyTaken === "true");
    if (!taken) await this.close();
  }

  /** Its inner size. */
  size() {
    return this.evaluate(() => ({ width: innerWidth, height: innerHeight }));
  }

  /** Closes it, as a click beside it would. */
  async close() {
    if (this.page.isClosed()) return;
    await this.evaluate(() => window.close()).catch(() => {}); // The document goes away before it can answer.
    await this.waitForClose();
  }
}
