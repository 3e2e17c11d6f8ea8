// @ts-check
// The extension as Firefox holds it: its event page, its storage and its permissions.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { EXTENSION_UUID, extensionAddress } from "./firefox-preferences.mjs";
import { runIn } from "./firefox-page.mjs";
import { until } from "./until.mjs";

/** @typedef {import('./firefox.mjs').FirefoxBrowser} FirefoxBrowser */
/** @typedef {'local' | 'session'} Area */

export class FirefoxExtension {
  /** @param {FirefoxBrowser} browser */
  constructor(browser) {
    this.browser = browser;
    this.worker = new FirefoxEventPage(browser);
    this.storage = new FirefoxStorage(browser);
  }

  /** Installs the extension, unless the profile has it already. @param {FirefoxBrowser} browser */
  static async load(browser) {
    const { marionette, id, folder, options, temporary } = browser;
    const extension = new FirefoxExtension(browser);
    if (!(await marionette.chrome((wanted) => Boolean(WebExtensionPolicy.getByID(wanted)), id))) {
      await extension.#addPermissions(
        options.granted ?? [],
        options.privateAllowed ? ["internal:privateBrowsingAllowed"] : [],
      );
      // A packed installation lasts, so that a restart is a real one. A temporary one would be gone.
      const path = join(temporary.path, "extension.xpi");
      if (!existsSync(path)) execFileSync("/usr/bin/python3", ["-m", "zipfile", "-c", path, "."], { cwd: folder.path });
      await marionette.send("Addon:Install", { path, temporary: false });
    }
    await until(() => extension.worker.running(), "the extension’s event page starts after loading");
    await extension.worker.watch();
    return extension;
  }

  /** Takes it out of the browser, with all that it keeps and may. */
  async unload() {
    const { marionette, id } = this.browser;
    await marionette.send("Addon:Uninstall", { id });
    // With the extension, its fixed address goes.
    await marionette.chrome((value) => Services.prefs.setStringPref("extensions.webextensions.uuids", value), extensionAddress(id));
  }

  /** The address of one of its pages. @param {string} path */
  address(path) {
    return `moz-extension://${EXTENSION_UUID}/${path}`;
  }

  /** The hosts granted now. @returns {Promise<string[]>} */
  grantedOrigins() {
    return this.browser.marionette.chrome((id) => {
      /** @type {Array<{pattern: string}>} */
      const patterns = WebExtensionPolicy.getByID(id).allowedOrigins.patterns;
      return patterns.map(({ pattern }) => pattern).filter((pattern) => !pattern.startsWith("moz-extension:"));
    }, this.browser.id);
  }

  /** @param {string[]} origins */
  async grant(origins) {
    await this.#addPermissions(origins, []);
  }

  /** @param {string[]} origins */
  async revoke(origins) {
    await this.browser.marionette.chrome(
      async (id, unwanted) => {
        const { ExtensionPermissions } = ChromeUtils.importESModule(
          "resource://gre/modules/ExtensionPermissions.sys.mjs",
        );
        await ExtensionPermissions.remove(
          id,
          { permissions: [], origins: unwanted },
          WebExtensionPolicy.getByID(id).extension,
        );
      },
      this.browser.id,
      origins,
    );
  }

  /** @param {string[]} origins @param {string[]} permissions */
  async #addPermissions(origins, permissions) {
    await this.browser.marionette.chrome(
      async (id, hosts, others) => {
        const { ExtensionPermissions } = ChromeUtils.importESModule(
          "resource://gre/modules/ExtensionPermissions.sys.mjs",
        );
        const wanted = { permissions: others, origins: hosts, data_collection: [] };
        await ExtensionPermissions.add(id, wanted, WebExtensionPolicy.getByID(id)?.extension);
      },
      this.browser.id,
      origins,
      permissions,
    );
  }
}

/** The event page. */
class FirefoxEventPage {
  /** @param {FirefoxBrowser} browser */
  constructor(browser) {
    this.browser = browser;
  }

  /** Whether it is awake and has run its script. @returns {Promise<boolean>} */
  running() {
    return this.browser.marionette.chrome((id) => {
      const extension = WebExtensionPolicy.getByID(id)?.extension;
      return (
        extension?.backgroundState === "running" &&
        [...extension.views].some(({ viewType }) => viewType === "background")
      );
    }, this.browser.id);
  }

  /** Begins to count its starts. */
  async watch() {
    await this.browser.marionette.chrome((id) => {
      window.driverStarts = 1;
      WebExtensionPolicy.getByID(id).extension.on("background-script-started", () => (window.driverStarts += 1));
    }, this.browser.id);
  }

  /** @returns {Promise<number>} */
  starts() {
    return this.browser.marionette.chrome(() => window.driverStarts);
  }

  /**
   * Runs `fn` in it, waking it if it sleeps.
   *
   * @template {unknown[]} A
   * @template R
   * @param {(...args: A) => R} fn
   * @param {A} args
   * @returns {Promise<Awaited<R>>}
   */
  async evaluate(fn, ...args) {
    const id = await this.browser.marionette.chrome(async (extensionId) => {
      const { extension } = WebExtensionPolicy.getByID(extensionId);
      await extension.wakeupBackground?.();
      return [...extension.views].find(({ viewType }) => viewType === "background").xulBrowser.browserId;
    }, this.browser.id);
    return runIn(this.browser.marionette, id, fn, args);
  }

  /** Stops it as the browser does when it is idle. Any event starts it again. */
  async kill() {
    await this.browser.marionette.chrome(async (id) => {
      await WebExtensionPolicy.getByID(id).extension.terminateBackground({
        ignoreDevToolsAttached: true,
        disableResetIdleForTest: true,
      });
    }, this.browser.id);
    await until(async () => !(await this.running()), "the extension’s event page stops");
  }
}

/** The extension's storage, read and written in the browser process, without its own code. */
class FirefoxStorage {
  /** @param {FirefoxBrowser} browser */
  constructor(browser) {
    this.browser = browser;
  }

  /** @param {Area} area @param {string | string[] | null} [keys] @returns {Promise<Record<string, any>>} */
  get(area, keys = null) {
    return this.#call(area, "get", keys);
  }

  /** @param {Area} area @param {Record<string, unknown>} values */
  async set(area, values) {
    await this.#call(area, "set", values);
  }

  /** @param {Area} area */
  async clear(area) {
    await this.#call(area, "clear");
  }

  /** @param {Area} area @param {'get' | 'set' | 'clear'} method @param {unknown[]} args @returns {Promise<any>} */
  #call(area, method, ...args) {
    return this.browser.marionette.chrome(
      async (id, areaName, methodName, list) => {
        const { extension } = WebExtensionPolicy.getByID(id);
        if (areaName === "session") {
          const { extensionStorageSession } = ChromeUtils.importESModule(
            "resource://gre/modules/ExtensionStorage.sys.mjs",
          );
          // Firefox keeps the values the way they cross processes.
          const pack = (/** @type {unknown} */ value) => new StructuredCloneHolder("driver", null, value);
          const packed = Object.fromEntries(Object.entries(list[0] ?? {}).map(([key, value]) => [key, pack(value)]));
          if (methodName !== "get") return void extensionStorageSession[methodName](extension, packed);
          const found = Object.entries(extensionStorageSession.get(extension, list[0]));
          const KEEP = true; // Otherwise reading would empty the storage.
          return Object.fromEntries(found.map(([key, value]) => [key, value.deserialize(globalThis, KEEP)]));
        }
        const { ExtensionStorageIDB } = ChromeUtils.importESModule(
          "resource://gre/modules/ExtensionStorageIDB.sys.mjs",
        );
        const principal = ExtensionStorageIDB.getStoragePrincipal(extension);
        const database = await ExtensionStorageIDB.open(principal, extension.hasPermission("unlimitedStorage"));
        const result = await database[methodName](...list);
        if (methodName === "get") return result;
        if (result) ExtensionStorageIDB.notifyListeners(id, result);
      },
      this.browser.id,
      area,
      method,
      args,
    );
  }
}
