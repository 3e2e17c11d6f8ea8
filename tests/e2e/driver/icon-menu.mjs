// @ts-check
// The open menu of the icon, the same for both browsers.

/**
 * @typedef {object} MenuItem
 * @property {string} label
 * @property {'radio' | 'item' | 'separator' | 'submenu'} kind
 * @property {boolean} checked
 * @property {boolean} enabled
 * @property {MenuItem[]} [items] of an enabled submenu.
 */

/**
 * @typedef {object} MenuActions
 * @property {(path: string[]) => Promise<unknown>} choose
 * @property {() => Promise<unknown>} close
 * @property {(file: string) => Promise<unknown>} screenshot
 */

/** What the extension put into the menu that a right click on its icon opened. */
export class IconMenu {
  #actions;

  /** @param {MenuItem[]} items @param {MenuActions} actions */
  constructor(items, actions) {
    this.items = items;
    this.#actions = actions;
  }

  /** The item at a path of labels. @param {string[]} path */
  item(...path) {
    /** @type {MenuItem | undefined} */
    let found;
    let items = this.items;
    for (const label of path) {
      found = items.find((item) => item.label === label);
      if (!found)
        throw new Error(
          `The menu has no “${label}”; it has ${items.map((item) => `“${item.label || "—"}”`).join(", ")}.`,
        );
      items = found.items ?? [];
    }
    return /** @type {MenuItem} */ (found);
  }

  /** Clicks the item at a path of labels, which closes the menu. @param {string[]} path */
  async choose(...path) {
    if (!this.item(...path).enabled) throw new Error(`“${path.join(" › ")}” is disabled, so it can't be chosen.`);
    await this.#actions.choose(path);
  }

  /** Closes the menu without a choice. */
  async close() {
    await this.#actions.close();
  }

  /** A picture with the menu open; in Firefox without a window the menu is not in it. @param {string} file */
  async screenshot(file) {
    await this.#actions.screenshot(file);
  }
}
