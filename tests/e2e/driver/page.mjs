// @ts-check
// What a tab, the popup and a sign-in window have in common, whichever browser shows them.
import { Hopeless, PATIENCE, until } from "./until.mjs";

/**
 * @typedef {string | {text: string, role?: string}} Target
 * What to click: a CSS selector, or the words on it, with a role such as "button" where the words alone are not enough.
 */

/** Marks of direction are no words, and Firefox leaves them out of what can be read. */
const INVISIBLE = /[\u200e\u200f\u2066-\u2069]/g;

/** A document on the screen. The two browsers fill in how to reach it. */
export class Page {
  /** Whether a closed one stays closed. A tab can seem closed for a moment, while it gets another process. */
  closesForGood = false;

  /** @param {string} name it has in error messages: "the popup", "the tab". */
  constructor(name) {
    this.name = name;
  }

  /**
   * Runs `fn` in the document and returns its (JSON) result; promises are awaited.
   *
   * @template {unknown[]} A
   * @template R
   * @param {(...args: A) => R} _fn may use nothing from outside itself.
   * @param {A} _args
   * @returns {Promise<Awaited<R>>}
   */
  evaluate(_fn, ..._args) {
    throw new Error("each browser brings its own");
  }

  /** Whether it is still on the screen. @returns {Promise<boolean>} */
  isOpen() {
    throw new Error("each browser brings its own");
  }

  /** The document's address. @returns {Promise<string>} */
  url() {
    return this.evaluate(() => location.href);
  }

  /** The words a person can see in it. @returns {Promise<string>} */
  async text() {
    return (await this.evaluate(visibleText)).replace(INVISIBLE, "");
  }

  /**
   * Waits until `fn`, run in the document, answers with something truthy; returns that.
   *
   * @template {unknown[]} A
   * @template R
   * @param {(...args: A) => R} fn
   * @param {string} what
   * @param {A} args
   * @returns {Promise<import('./interface.d.ts').Truthy<Awaited<R>>>}
   */
  waitFor(fn, what, ...args) {
    return until(() => this.look(() => this.evaluate(fn, ...args)), `${what}, in ${this.name}`, {
      instead: () => this.describe(),
    });
  }

  /** Nothing is waited for in a page that closed and can't come back. @template R @param {() => Promise<R>} probe */
  async look(probe) {
    try {
      return await probe();
    } catch (error) {
      if (this.closesForGood && !(await this.isOpen())) throw new Hopeless(`${this.name} closed`);
      throw error;
    }
  }

  /** Waits until `text` can be read in it. @param {string} text @param {string} [what] */
  waitForText(text, what = `the words “${text}”`) {
    const words = text.replace(INVISIBLE, "");
    return until(() => this.look(async () => (await this.text()).includes(words)), `${what}, in ${this.name}`, {
      instead: () => this.describe(),
    });
  }

  /** Waits until it is gone from the screen. @param {string} [what] @param {number} [ms] */
  async waitForClose(what = `${this.name} closes`, ms = PATIENCE) {
    await until(async () => !(await this.isOpen()), what, { ms, instead: () => this.describe() });
  }

  /** One sentence for error messages. */
  async describe() {
    if (!(await this.isOpen())) return `${this.name} is closed.`;
    const text = (await this.text()).replace(/\s+/g, " ").trim().slice(0, 400);
    return `${this.name} shows ${await this.url()} with the words “${text}”.`;
  }
}

/**
 * Runs in a popup: whether it has grown to hold its page. A browser opens it small, and what had to be scrolled to meanwhile is
 * elsewhere by the time of the click. No browser makes one higher than 600 pixels, and a part of a pixel is cut off.
 */
export function isGrown() {
  const { scrollHeight, scrollWidth } = document.documentElement;
  return (scrollHeight <= innerHeight + 1 && scrollWidth <= innerWidth + 1) || innerHeight * devicePixelRatio > 590;
}

/** Runs in the page: what can be read on it, the contents of its text boxes included. */
export function visibleText() {
  if (!document.body) return "";
  const boxes = /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("input, textarea"));
  const shown = [...boxes].filter((box) => !["hidden", "password"].includes(box.type) && box.getClientRects().length);
  return [document.body.innerText, ...shown.map((box) => box.value)].join("\n").trim();
}

/** Runs in the page: whether the box holds the text. @param {string} selector @param {string} text */
export function hasText(selector, text) {
  return /** @type {HTMLInputElement | null} */ (document.querySelector(selector))?.value.includes(text);
}

/**
 * Runs in the page: the one element to click. The smallest visible one wins among several with the same words;
 * two different ones are an error, because a person would not know either.
 *
 * @param {Target} target
 * @returns {Element}
 */
export function findTarget(target) {
  const seen = (/** @type {Element} */ element) => element.getClientRects().length > 0;
  const wanted = typeof target === "string" ? target : `${target.role ?? "something"} “${target.text}”`;
  const found = typeof target === "string" ? [...document.querySelectorAll(target)] : byWords(target.text, target.role);
  const visible = found.filter(seen);
  if (visible.length === 0) {
    throw new Error(`nothing to click: ${wanted} ${found.length ? "is there but not visible" : "is not there"}`);
  }
  if (visible.length > 1 && typeof target !== "string") throw new Error(`${visible.length} of ${wanted} are there`);
  visible[0].scrollIntoView({ block: "nearest", inline: "nearest" });
  return visible[0];

  /** @param {string} text @param {string | undefined} role */
  function byWords(text, role) {
    const selectors = /** @type {Record<string, string>} */ ({
      button: "button, [role=button], input[type=submit], input[type=button], summary",
      link: "a[href], [role=link]",
      option: "option, [role=option]",
      checkbox: "input[type=checkbox], [role=checkbox], [role=switch]",
      textbox: "input:not([type=checkbox]):not([type=radio]), textarea, [role=searchbox], [role=combobox]",
    });
    const selector = role
      ? (selectors[role] ?? `[role="${role}"]`)
      : Object.values(selectors).join() + ", [role], label, li";
    const named = [...document.querySelectorAll(selector)].filter((element) => nameOf(element).includes(text));
    const exact = named.filter((element) => nameOf(element) === text);
    const best = exact.length ? exact : named;
    return best.filter((element) => !best.some((other) => other !== element && element.contains(other)));
  }

  /** @param {Element} element */
  function nameOf(element) {
    const box = /** @type {HTMLInputElement} */ (element);
    const labels = [...(box.labels ?? [])].map((label) => label.innerText).join(" ");
    const words =
      element.getAttribute("aria-label") || labels || /** @type {HTMLElement} */ (element).innerText || box.value;
    return (words || box.placeholder || element.getAttribute("title") || "").replace(/\s+/g, " ").trim();
  }
}

/**
 * Asks axe for what a person with assistive technology would stumble over.
 *
 * @param {Page} page
 * @param {string} axeSource
 * @returns {Promise<Array<{id: string, help: string, nodes: string[]}>>}
 */
export async function accessibilityViolations(page, axeSource) {
  // The source is evaluated by the driver, not by the page, so the page's content security policy does not apply.
  await page.evaluate(/** @type {any} */ (new Function(`${axeSource}; window.axe ??= axe;`)));
  return page.evaluate(async () => {
    // Where the person's own few colours are drawn, style sheets are not, but a text's computed colour is still theirs.
    const forced = matchMedia("(forced-colors: active)").matches;
    const { violations } = await /** @type {any} */ (window).axe.run(document, { rules: { "color-contrast": { enabled: !forced } } });
    return violations.map((/** @type {any} */ { id, help, nodes }) => ({
      id,
      help,
      nodes: nodes.map((/** @type {any} */ node) => node.target.join(" ")),
    }));
  });
}
