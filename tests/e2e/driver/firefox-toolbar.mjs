// @ts-check
// Firefox's toolbar: the extension's button, its menu and the permission prompt, as the browser's own window shows them.
import { writeFile } from "node:fs/promises";
import { until } from "./until.mjs";

/** @typedef {import('./firefox.mjs').FirefoxBrowser} FirefoxBrowser */
/** @typedef {import('./firefox-pages.mjs').FirefoxTab} FirefoxTab */
/** @typedef {import('./icon-menu.mjs').MenuItem} MenuItem */

const MENU = "toolbar-context-menu";

export class FirefoxToolbar {
  /** @param {FirefoxBrowser} browser */
  constructor(browser) {
    this.browser = browser;
    this.widget = browser.id.toLowerCase().replace(/[^a-z0-9_-]/g, "_");
    this.button = `#${this.widget}-BAP`;
  }

  /** Puts the icon on the toolbar, where a person would pin it. */
  async pin() {
    await this.browser.marionette.chrome((id) => {
      const { CustomizableUI } = ChromeUtils.importESModule(
        "moz-src:///browser/components/customizableui/CustomizableUI.sys.mjs",
      );
      CustomizableUI.addWidgetToArea(id, "nav-bar");
    }, `${this.widget}-browser-action`);
    await until(
      () =>
        this.browser.marionette.chrome(
          (selector) => Boolean(document.querySelector(selector)?.getBoundingClientRect().width),
          this.button,
        ),
      "the icon is on the toolbar",
    );
  }

  /** @param {FirefoxTab} tab whose window's icon is clicked. @param {0 | 2} [button] of the mouse. */
  click(tab, button = 0) {
    return this.#inWindowOf(tab, async () => {
      const { marionette } = this.browser;
      const origin = (await marionette.send("WebDriver:FindElement", { using: "css selector", value: this.button }))
        .value;
      const actions = [
        { type: "pointerMove", duration: 0, x: 0, y: 0, origin },
        { type: "pointerDown", button },
        { type: "pointerUp", button },
      ];
      await marionette.send("WebDriver:PerformActions", {
        actions: [{ type: "pointer", id: "mouse", parameters: { pointerType: "mouse" }, actions }],
      });
      await marionette.send("WebDriver:ReleaseActions");
    });
  }

  /** What the button shows. @param {FirefoxTab} tab */
  icon(tab) {
    return this.browser.marionette.chrome(
      (id, selector) => {
        const { topChromeWindow } = BrowsingContext.getCurrentTopByBrowserId(id);
        const button = topChromeWindow.document.querySelector(selector);
        // The variable holds an image-set with one picture for each pixel density.
        const image = topChromeWindow.getComputedStyle(button).getPropertyValue("--webextension-toolbar-image");
        return {
          // The words a person sees are put together from this by the browser's translation, a moment later.
          title:
            JSON.parse(button.getAttribute("data-l10n-args") ?? "{}").extensionTitle ??
            button.getAttribute("label") ??
            "",
          badgeText: button.getAttribute("badge") ?? "",
          enabled: !button.disabled,
          image: /url\("([^"]*)"\)/.exec(image)?.[1] ?? image,
        };
      },
      tab.id,
      this.button,
    );
  }

  /** A right click on the icon. @param {FirefoxTab} tab @returns {Promise<MenuItem[]>} what the extension put into the menu. */
  async openMenu(tab) {
    await this.click(tab, 2);
    const { marionette } = this.browser;
    await until(
      () => marionette.chrome((id) => document.getElementById(id).state === "open", MENU),
      "the menu opens after the right click on the icon",
    );
    return marionette.chrome(
      async (id, prefix) => {
        const kindOf = (/** @type {any} */ item) => {
          if (item.localName === "menuseparator") return "separator";
          if (item.localName === "menu") return "submenu";
          return item.getAttribute("type") === "radio" ? "radio" : "item";
        };
        const read = async (/** @type {any} */ popup) => {
          /** @type {MenuItem[]} */
          const items = [];
          for (const item of popup.children) {
            const isOurs = popup.id !== id || item.id.startsWith(prefix);
            if (item.hidden || !isOurs) continue;
            const checked = item.hasAttribute("checked") && item.getAttribute("checked") !== "false";
            /** @type {MenuItem} */
            const entry = { label: item.label ?? "", kind: kindOf(item), checked, enabled: !item.disabled };
            if (entry.kind === "submenu" && entry.enabled) {
              const shown = new Promise((resolve) =>
                item.menupopup.addEventListener("popupshown", resolve, { once: true }),
              );
              item.openMenu(true);
              await shown;
              entry.items = await read(item.menupopup);
            }
            items.push(entry);
          }
          return items;
        };
        return read(document.getElementById(id));
      },
      MENU,
      `${this.widget}-menuitem`,
    );
  }

  /** Chooses an item of the open menu. @param {string[]} path of labels. */
  async choose(path) {
    await this.browser.marionette.chrome(
      (id, labels) => {
        let popup = document.getElementById(id);
        for (const [depth, label] of labels.entries()) {
          const item = [...popup.children].find((child) => child.label === label);
          if (!item) throw new Error(`the menu has no item “${label}”`);
          if (item.disabled) throw new Error(`the menu’s item “${label}” is disabled`);
          if (depth === labels.length - 1) popup.activateItem(item);
          else popup = item.menupopup;
        }
      },
      MENU,
      path,
    );
    await this.#menuClosed();
  }

  async closeMenu() {
    await this.browser.marionette.chrome((id) => document.getElementById(id).hidePopup(), MENU);
    await this.#menuClosed();
  }

  #menuClosed() {
    return until(
      () => this.browser.marionette.chrome((id) => document.getElementById(id).state === "closed", MENU),
      "the menu of the icon closes",
    );
  }

  /** Answers the browser's question whether the extension may have more access. @param {'accept' | 'deny'} answer */
  async answerPrompt(answer) {
    const { marionette } = this.browser;
    const words = await until(
      () =>
        marionette.chrome(() => {
          const panel = document.getElementById("notification-popup");
          const question = panel?.querySelector("popupnotification");
          return panel?.state === "open" && question?.button && question.textContent.replace(/\s+/g, " ").trim();
        }),
      "the browser asks whether the extension may have more access",
      { instead: () => this.browser.describe() },
    );
    await marionette.chrome(
      (button) => document.querySelector("#notification-popup popupnotification")[button].click(),
      answer === "accept" ? "button" : "secondaryButton",
    );
    await until(
      () => marionette.chrome(() => document.getElementById("notification-popup").state === "closed"),
      "the browser’s question goes away",
    );
    return words;
  }

  /** The window's own picture; without a screen it has no open menus or popups in it. @param {string} file */
  async screenshot(file) {
    const { value } = await this.browser.marionette.send("WebDriver:TakeScreenshot", { full: false, hash: false });
    await writeFile(file, Buffer.from(value, "base64"));
  }

  /** @param {FirefoxTab} tab @param {string} file */
  async screenshotIcon(tab, file) {
    await this.#inWindowOf(tab, async () => {
      const { marionette } = this.browser;
      const { value: button } = await marionette.send("WebDriver:FindElement", {
        using: "css selector",
        value: this.button,
      });
      const { value } = await marionette.send("WebDriver:TakeScreenshot", {
        id: Object.values(button)[0],
        full: false,
        hash: false,
      });
      await writeFile(file, Buffer.from(value, "base64"));
    });
  }

  /** @template R @param {FirefoxTab} tab @param {() => Promise<R>} act */
  async #inWindowOf(tab, act) {
    const { marionette } = this.browser;
    const [handle, first] = await marionette.chrome((id) => {
      const { NavigableManager } = ChromeUtils.importESModule(
        "chrome://remote/content/shared/NavigableManager.sys.mjs",
      );
      const { topChromeWindow } = BrowsingContext.getCurrentTopByBrowserId(id);
      return [topChromeWindow, window].map(({ browsingContext }) =>
        NavigableManager.getIdForBrowsingContext(browsingContext),
      );
    }, tab.id);
    if (handle === first) return act();
    await marionette.send("WebDriver:SwitchToWindow", { handle, focus: true });
    try {
      return await act();
    } finally {
      await marionette.send("WebDriver:SwitchToWindow", { handle: first, focus: false });
    }
  }
}
