// @ts-check
// Chromium's own window on a screen: the toolbar button, its menu and the permission question. They are found the
// way a screen reader finds them, and used with the mouse.
import { walk } from "./accessibility-tree.mjs";
import { openDisplay } from "./display.mjs";
import { pause, until } from "./until.mjs";

/** @typedef {import('./accessibility-tree.mjs').AccessibleNode} AccessibleNode */
/** @typedef {import('./display.mjs').Rectangle} Rectangle */
/** @typedef {import('./icon-menu.mjs').MenuItem} MenuItem */

/**
 * Chromium ignores clicks on a question for half a second, lest somebody answers it by accident, and begins to count
 * again at every click it ignored. So there is one click, well after that.
 */
const PROTECTED_FROM_CLICKS = 1000;

export class ChromiumWindow {
  /** @type {Buffer | undefined} The icon as it is when no page has changed it. */
  #plainIcon;

  /** @param {import('./display.mjs').Display} display */
  constructor(display) {
    this.display = display;
    this.environment = display.environment;
  }

  /** Brings up a screen for the browser. @param {{width: number, height: number}} [size] */
  static async open(size) {
    return new ChromiumWindow(await openDisplay(size, { accessibility: true }));
  }

  /** Remembers how the icon looks on an empty page. */
  async learnPlainIcon() {
    this.#plainIcon = await this.#iconPixels();
  }

  /** Whether the icon looks different from how it looks on an empty page, the badge left aside. */
  async iconIsLit() {
    if (!this.#plainIcon) throw new Error("The plain icon has not been looked at.");
    return differ(await this.#iconPixels(), this.#plainIcon);
  }

  /** A click on the icon. @param {'left' | 'right'} [button] of the mouse. */
  async clickIcon(button = "left") {
    await this.display.click(rectangleOf(await this.#iconButton()), button);
  }

  /** A picture of the toolbar button. @param {string} file */
  async screenshotIcon(file) {
    await this.display.screenshot(file, rectangleOf(await this.#iconButton()));
  }

  /** Opens the icon's menu. @returns {Promise<MenuItem[]>} what the extension put into it, submenus opened one after the other. */
  async openMenu() {
    await this.clickIcon("right");
    const [menu] = await until(() => this.#menus(), "the menu opens after the right click on the icon");
    return this.#readItems(extensionItems(menu.children));
  }

  /** Clicks on an item of the open menu. @param {string[]} path of labels. */
  async choose(path) {
    for (const [depth, label] of path.entries()) {
      const item = await until(
        async () => (await this.#menus())[depth]?.children.find(({ name }) => name === label),
        `the menu’s item “${label}” is there`,
      );
      const isOpen = depth < path.length - 1 && (await this.#menus()).length > depth + 1;
      if (!isOpen) await this.display.click(rectangleOf(item));
    }
    await this.#menuCloses();
  }

  /** Closes the menu without a choice. */
  async closeMenu() {
    for (const _menu of await this.#menus()) await this.display.press("Escape");
    await this.#menuCloses();
  }

  /** Whether the browser asks if the extension may have more access. */
  async asksForAccess() {
    return Boolean(await this.#promptButton("Deny"));
  }

  /**
   * Answers the question whether the extension may have more access.
   *
   * @param {'Allow' | 'Deny'} answer
   * @param {() => Promise<string>} instead
   */
  async answerPrompt(answer, instead) {
    const what = "the browser asks whether the extension may have more access";
    const button = await until(() => this.#promptButton(answer), what, { instead });
    await pause(PROTECTED_FROM_CLICKS);
    await this.display.click(rectangleOf(button));
    await until(
      async () => !(await this.#promptButton(answer)),
      `the browser’s question goes away after a click on “${answer}”`,
    );
  }

  close() {
    return this.display.close();
  }

  /** @param {AccessibleNode[]} nodes @param {number} [depth] @returns {Promise<MenuItem[]>} */
  async #readItems(nodes, depth = 1) {
    /** @type {MenuItem[]} */
    const items = [];
    for (const node of nodes) {
      const item = menuItem(node);
      if (item.kind === "submenu" && item.enabled) {
        await this.display.click(rectangleOf(node));
        const submenu = await until(async () => (await this.#menus())[depth], `the menu “${item.label}” opens`);
        item.items = await this.#readItems(submenu.children, depth + 1);
      }
      items.push(item);
    }
    return items;
  }

  /** @param {'Allow' | 'Deny'} answer */
  async #promptButton(answer) {
    const buttons = [...walk(await this.display.tree())].filter(({ role }) => /button/.test(role));
    return buttons.some(({ name }) => name === "Deny") ? buttons.find(({ name }) => name === answer) : undefined;
  }

  /** The open menus, outermost first. */
  async #menus() {
    return [...walk(await this.display.tree())]
      .filter(({ role }) => role === "menu")
      .filter(({ children }) => children.length > 0);
  }

  #menuCloses() {
    return until(async () => (await this.#menus()).length === 0, "the menu of the icon closes");
  }

  /** The toolbar button: it stands beside the one for all extensions, and is the only one pinned. */
  #iconButton() {
    return until(async () => {
      const panel = [...walk(await this.display.tree())].find(({ children }) =>
        children.some(({ name }) => name === "Extensions"),
      );
      // Before the toolbar is laid out, everything in it is said to be in its corner.
      return panel?.children.find(({ role, name, rect }) => /button/.test(role) && name !== "Extensions" && (rect?.x ?? 0) > 0);
    }, "the icon is on the toolbar");
  }

  /** The upper half of the icon, where a badge never is, once both its place and its look have stopped changing. */
  async #iconPixels() {
    /** @type {Buffer | undefined} */
    let before;
    let there = "";
    return until(async () => {
      const { x, y, width, height } = rectangleOf(await this.#iconButton());
      await this.display.moveTo({ x: x - 400, y: y + 400, width: 0, height: 0 }); // Under the mouse the button has another colour.
      const now = await this.display.pixels({ x: x + 8, y: y + 8, width: width - 16, height: Math.round(height / 2) - 8 });
      const still = `${x} ${y}` === there && before?.equals(now);
      [before, there] = [now, `${x} ${y}`];
      return still && now;
    }, "the icon stops changing");
  }
}

/** Leaves out what Chromium itself puts before and after the extension's items. @param {AccessibleNode[]} nodes */
function extensionItems(nodes) {
  const isLine = (/** @type {AccessibleNode | undefined} */ node) => node?.role === "separator";
  const start = nodes.findIndex(isLine) + 1;
  let end = nodes.findIndex(({ name }, index) => index >= start && /site data$|^Remove from /.test(name));
  if (end > start && nodes[end - 1].name === "Options") end -= 1;
  while (end > start && isLine(nodes[end - 1])) end -= 1;
  return nodes.slice(start, end);
}

/** @param {AccessibleNode} node @returns {MenuItem} */
function menuItem({ role, name, states }) {
  const plain = states.includes("has_popup") ? "submenu" : "item";
  const kind = role === "separator" ? "separator" : role === "radio menu item" ? "radio" : plain;
  return { label: name, kind, checked: states.includes("checked"), enabled: states.includes("enabled") };
}

/** @param {AccessibleNode} node */
function rectangleOf({ rect, name }) {
  if (!rect) throw new Error(`“${name}” has no place on the screen.`);
  return rect;
}

/** Whether a good part of the pixels differs clearly. @param {Buffer} one @param {Buffer} other */
function differ(one, other) {
  if (one.length !== other.length) return true;
  let different = 0;
  for (let index = 0; index < one.length; index += 3) {
    const distance = [0, 1, 2].reduce(
      (sum, channel) => sum + Math.abs(one[index + channel] - other[index + channel]),
      0,
    );
    if (distance > 60) different += 1;
  }
  return different > one.length / 3 / 10;
}
