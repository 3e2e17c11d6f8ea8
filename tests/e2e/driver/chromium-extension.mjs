// @ts-check
// The extension as Chromium holds it: its worker, its storage and its permissions.
import { evaluateIn, hiddenPage } from "./chromium-targets.mjs";
import { ChromiumWorker } from "./chromium-worker.mjs";
import { until } from "./until.mjs";

/** @typedef {import('puppeteer-core').CDPSession} CDPSession */
/** @typedef {import('./chromium.mjs').ChromiumBrowser} ChromiumBrowser */
/** @typedef {'local' | 'session'} Area */

export class ChromiumExtension {
  /** @type {ReturnType<typeof hiddenPage> | undefined} Kept, because opening one takes longer than what is done in it. */
  #stage;

  /** @param {ChromiumBrowser} browser @param {Awaited<ReturnType<typeof hiddenPage>>} watch */
  constructor(browser, watch) {
    this.browser = browser;
    this.watch = watch;
    this.worker = new ChromiumWorker(browser, watch.session, () => this.leaveBackstage());
    this.storage = new ChromiumStorage(this);
  }

  /** Loads the extension and waits until its worker has run once. @param {ChromiumBrowser} browser */
  static async load(browser) {
    const { session, folder, id, options } = browser;
    const watch = await hiddenPage(session, "about:blank");
    const extension = new ChromiumExtension(browser, watch);
    await extension.worker.watch();
    const { extensions } = await session.send("Extensions.getExtensions");
    const alreadyLoaded = extensions.some((other) => other.id === id && other.path === folder.path);
    if (!alreadyLoaded) {
      const enableInIncognito = options.privateAllowed ?? false;
      const loaded = await session.send(/** @type {any} */ ("Extensions.loadUnpacked"), {
        path: folder.path,
        enableInIncognito,
      });
      if (loaded.id !== id) throw new Error(`Chromium gave the extension another id: ${loaded.id}.`);
      await until(() => extension.worker.running(), "the extension’s worker starts after loading");
    }
    return extension;
  }

  /** Takes it out of the browser, with all that it keeps and may. */
  async unload() {
    const { session, id } = this.browser;
    await this.leaveBackstage();
    await session.send("Target.closeTarget", { targetId: this.watch.targetId });
    await session.send(/** @type {any} */ ("Extensions.uninstall"), { id });
  }

  /** @param {string} path */
  address(path) {
    return `chrome-extension://${this.browser.id}/${path}`;
  }

  /**
   * Runs `fn` in a hidden page of the extension that contains none of its code, with a person's consent to what needs a click.
   *
   * @template {unknown[]} A
   * @template R
   * @param {(...args: A) => R} fn
   * @param {A} args
   * @returns {Promise<Awaited<R>>}
   */
  async backstage(fn, ...args) {
    this.#stage ??= hiddenPage(this.browser.session, this.address("manifest.json"));
    return evaluateIn((await this.#stage).session, fn, args);
  }

  /** Closes the hidden page, which keeps the extension's process alive. */
  async leaveBackstage() {
    const stage = await this.#stage;
    this.#stage = undefined;
    if (stage) await this.browser.session.send("Target.closeTarget", { targetId: stage.targetId });
  }

  /** The hosts granted now. @returns {Promise<string[]>} */
  grantedOrigins() {
    return this.backstage(async () => (await chrome.permissions.getAll()).origins ?? []);
  }

  /** @param {string[]} origins */
  async grant(origins) {
    if (!this.browser.allowsWithoutPrompt) return this.grantByPrompt(origins);
    const granted = await this.backstage((wanted) => chrome.permissions.request({ origins: wanted }), origins);
    if (!granted) throw new Error(`Chromium did not grant ${origins.join(", ")}.`);
  }

  /** @param {string[]} origins */
  async grantByPrompt(origins) {
    const before = await this.browser.currentTab();
    const page = await this.browser.pages.openTab(this.address("manifest.json"));
    const session = await page.page.createCDPSession();
    let answered = false;
    const answer = evaluateIn(session, (wanted) => chrome.permissions.request({ origins: wanted }), [origins]).finally(
      () => (answered = true),
    );
    answer.catch(() => undefined); // It is heard of below, and not where nobody was asked.
    // What was granted once and revoked is granted again without a question.
    await until(async () => answered || (await this.browser.window?.asksForAccess()), "the browser asks, or grants");
    if (!answered) await this.browser.acceptPermissionPrompt();
    if (!(await answer)) throw new Error(`Chromium did not grant ${origins.join(", ")}.`);
    await page.close();
    await before.activate();
  }

  /** @param {string[]} origins */
  async revoke(origins) {
    const revoked = await this.backstage((unwanted) => chrome.permissions.remove({ origins: unwanted }), origins);
    if (!revoked) throw new Error(`Chromium did not revoke ${origins.join(", ")}.`);
  }

  /** What a click on the icon does, without the mouse. @param {import('./chromium-pages.mjs').ChromiumTab} tab */
  async triggerAction(tab) {
    const extension = (await this.browser.puppeteer.extensions()).get(this.browser.id);
    if (!extension) throw new Error("The extension is not loaded.");
    await tab.page.triggerExtensionAction(extension);
  }

  /**
   * What the toolbar button says in the active tab of a window.
   *
   * @param {number} windowId
   */
  actionIn(windowId) {
    return this.backstage(async (id) => {
      const [tab] = await chrome.tabs.query({ active: true, windowId: id });
      const tabId = tab.id;
      const { action } = chrome;
      const [title, badgeText, enabled] = await Promise.all([
        action.getTitle({ tabId }),
        action.getBadgeText({ tabId }),
        action.isEnabled(tabId),
      ]);
      return { title, badgeText, enabled };
    }, windowId);
  }
}

/** The extension's storage, read and written without its own code. */
class ChromiumStorage {
  /** @param {ChromiumExtension} extension */
  constructor(extension) {
    this.extension = extension;
  }

  /** @param {Area} area @param {string | string[] | null} [keys] @returns {Promise<Record<string, any>>} */
  get(area, keys = null) {
    return this.extension.backstage((name, wanted) => chrome.storage[name].get(wanted), area, keys);
  }

  /** @param {Area} area @param {Record<string, unknown>} values */
  set(area, values) {
    return this.extension.backstage((name, items) => chrome.storage[name].set(items), area, values);
  }

  /** @param {Area} area */
  clear(area) {
    return this.extension.backstage((name) => chrome.storage[name].clear(), area);
  }
}
