// @ts-check
// A page in Firefox, reached through the browser process by the id of the <browser> that shows it.
import { writeFile } from "node:fs/promises";
import { accessibilityViolations, findTarget, Page } from "./page.mjs";
import { axeSource } from "./axe.mjs";
import { keyActions } from "./firefox-keys.mjs";
import { until } from "./until.mjs";

/** @typedef {import('./page.mjs').Target} Target */
/** @typedef {import('./firefox.mjs').FirefoxBrowser} FirefoxBrowser */

/** What tabs and the popup have in common. */
export class FirefoxPage extends Page {
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
    return this.browser.marionette.chrome(
      (id) => Boolean(BrowsingContext.getCurrentTopByBrowserId(id)?.currentWindowGlobal),
      this.id,
    );
  }

  /** A real click on it. @param {Target} target */
  async click(target) {
    const wanted = typeof target === "string" ? target : `“${target.text}”`;
    await until(
      () => this.look(() => this.evaluate(/** @type {any} */ (new Function("target", `(${findTarget})(target); return true;`)), target)),
      `${wanted} to click, in ${this.name}`,
      {
        instead: () => this.describe(),
      },
    );
    await this.#withElement(target, "clickElement");
  }

  /** @param {Target} target @param {'clickElement' | 'sendKeysToElement'} action @param {string} [text] */
  async #withElement(target, action, text) {
    await this.browser.marionette.chrome(
      async (id, find, what, name, keys) => {
        const actor = BrowsingContext.getCurrentTopByBrowserId(id).currentWindowGlobal.getActor("MarionetteCommands");
        const element = await actor.executeScript(`return (${find})(...arguments)`, [what], { timeout: 5000 });
        const capabilities = { toJSON: () => ({ "moz:webdriverClick": true, "moz:accessibilityChecks": false }) };
        // A click may close the page before its own answer is on the way.
        const gone = (/** @type {Error} */ error) => {
          if (!/AbortError|actor|NoSuchWindow|destroyed/i.test(`${error.name} ${error.message}`)) throw error;
        };
        await (
          name === "clickElement"
            ? actor.clickElement(element, capabilities)
            : actor.sendKeysToElement(element, keys, capabilities)
        ).catch(gone);
      },
      this.id,
      String(findTarget),
      target,
      action,
      text ?? "",
    );
  }

  /** Types into the element. @param {string} selector @param {string} text */
  async typeInto(selector, text) {
    await this.#withElement(selector, "sendKeysToElement", text);
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
    await marionette.send("WebDriver:PerformActions", { actions: [keyActions(...keys)] });
    await marionette.send("WebDriver:ReleaseActions");
  }

  /** Does it while the page looks that way. @template T @param {import('./interface.d.ts').Look | undefined} look @param {() => Promise<T>} work */
  async #looking(look, work) {
    if (!look) return work();
    const { marionette } = this.browser;
    const override = (/** @type {string} */ scheme, /** @type {string} */ colours) =>
      marionette.chrome(
        (id, prefersColorSchemeOverride, forcedColorsOverride) =>
          void Object.assign(BrowsingContext.getCurrentTopByBrowserId(id), { prefersColorSchemeOverride, forcedColorsOverride }),
        this.id,
        scheme,
        colours,
      );
    await override(look === "dark" ? "dark" : "light", look === "contrast" ? "active" : "none");
    try {
      return await work();
    } finally {
      await override("none", "none");
    }
  }

  /** @param {string} file @param {import('./interface.d.ts').Look} [look] */
  async screenshot(file, look) {
    const picture = await this.#looking(look, () =>
      this.browser.marionette.chrome(async (id) => {
        const context = BrowsingContext.getCurrentTopByBrowserId(id);
        const { width, height } = context.embedderElement.getBoundingClientRect();
        const bitmap = await context.currentWindowGlobal.drawSnapshot(new DOMRect(0, 0, width, height), 1, "white");
        const canvas = /** @type {HTMLCanvasElement} */ (
          document.createElementNS("http://www.w3.org/1999/xhtml", "canvas")
        );
        Object.assign(canvas, { width: bitmap.width, height: bitmap.height });
        canvas.getContext("2d")?.drawImage(bitmap, 0, 0);
        return canvas.toDataURL("image/png").split(",")[1];
      }, this.id),
    );
    await writeFile(file, Buffer.from(picture, "base64"));
  }

  /** What axe finds wrong. @param {import('./interface.d.ts').Look} [look] */
  accessibility(look) {
    return this.#looking(look, () => accessibilityViolations(this, axeSource()));
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
  const answer = await marionette.chrome(
    async (browserId, source, list) => {
      const actor =
        BrowsingContext.getCurrentTopByBrowserId(browserId)?.currentWindowGlobal?.getActor("MarionetteCommands");
      if (!actor) throw new Error("it is not open");
      const script = `const [args, done] = arguments;
      Promise.resolve()
        .then(() => (${source})(...args))
        .then((value) => done({ json: JSON.stringify(value) }), (error) => done({ error: String(error) }));`;
      return actor.executeScript(script, [list], { async: true, timeout: 30_000 });
    },
    id,
    String(fn),
    args,
  );
  if (answer.error) throw new Error(answer.error.replace(/^Error: /, ""));
  return answer.json === undefined || answer.json === null ? /** @type {any} */ (undefined) : JSON.parse(answer.json);
}
