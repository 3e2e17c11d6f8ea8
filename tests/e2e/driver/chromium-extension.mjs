// @ts-check
// The extension as Chromium holds it: its worker, its storage and its permissions.
import { listenToSession } from './chromium-console.mjs';
import { until } from './until.mjs';

/** @typedef {import('puppeteer-core').CDPSession} CDPSession */
/** @typedef {import('./chromium.mjs').ChromiumBrowser} ChromiumBrowser */
/** @typedef {'local' | 'session'} Area */

export class ChromiumExtension {
  /** @param {ChromiumBrowser} browser @param {CDPSession} watch */
  constructor(browser, watch) {
    this.browser = browser;
    this.worker = new ChromiumWorker(browser, watch);
    this.storage = new ChromiumStorage(this);
  }

  /** Loads the extension and waits until its worker has run once. @param {ChromiumBrowser} browser */
  static async load(browser) {
    const { session, folder, id, options } = browser;
    const watch = await hiddenPage(session, 'about:blank');
    const extension = new ChromiumExtension(browser, watch.session);
    await extension.worker.watch();
    const { extensions } = await session.send('Extensions.getExtensions');
    const alreadyLoaded = extensions.some((other) => other.id === id && other.path === folder.path);
    if (!alreadyLoaded) {
      const enableInIncognito = options.privateAllowed ?? false;
      const loaded = await session.send(/** @type {any} */ ('Extensions.loadUnpacked'), { path: folder.path, enableInIncognito });
      if (loaded.id !== id) throw new Error(`Chromium gave the extension another id: ${loaded.id}.`);
      await until(() => extension.worker.running(), 'the extension’s worker starts after loading');
    }
    return extension;
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
    const { session } = this.browser;
    const page = await hiddenPage(session, this.address('manifest.json'));
    try {
      return await evaluateIn(page.session, fn, args);
    } finally {
      await session.send('Target.closeTarget', { targetId: page.targetId });
    }
  }

  /** The hosts granted now. @returns {Promise<string[]>} */
  grantedOrigins() {
    return this.backstage(async () => (await chrome.permissions.getAll()).origins ?? []);
  }

  /** @param {string[]} origins */
  async grant(origins) {
    if (!this.browser.allowsWithoutPrompt) return this.grantByPrompt(origins);
    const granted = await this.backstage((wanted) => chrome.permissions.request({ origins: wanted }), origins);
    if (!granted) throw new Error(`Chromium did not grant ${origins.join(', ')}.`);
  }

  /** @param {string[]} origins */
  async grantByPrompt(origins) {
    const before = await this.browser.currentTab();
    const page = await this.browser.pages.openTab(this.address('manifest.json'));
    const session = await page.page.createCDPSession();
    let answered = false;
    const answer = evaluateIn(session, (wanted) => chrome.permissions.request({ origins: wanted }), [origins]).finally(() => (answered = true));
    // What was granted once and revoked is granted again without a question.
    await until(async () => answered || (await this.browser.window?.asksForAccess()), 'the browser asks, or grants');
    if (!answered) await this.browser.acceptPermissionPrompt();
    if (!(await answer)) throw new Error(`Chromium did not grant ${origins.join(', ')}.`);
    await page.close();
    await before.activate();
  }

  /** @param {string[]} origins */
  async revoke(origins) {
    const revoked = await this.backstage((unwanted) => chrome.permissions.remove({ origins: unwanted }), origins);
    if (!revoked) throw new Error(`Chromium did not revoke ${origins.join(', ')}.`);
  }

  /** What a click on the icon does, without the mouse. @param {import('./chromium-pages.mjs').ChromiumTab} tab */
  async triggerAction(tab) {
    const extension = (await this.browser.puppeteer.extensions()).get(this.browser.id);
    if (!extension) throw new Error('The extension is not loaded.');
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
      const [title, badgeText, enabled] = await Promise.all([action.getTitle({ tabId }), action.getBadgeText({ tabId }), action.isEnabled(tabId)]);
      return { title, badgeText, enabled };
    }, windowId);
  }
}

/** The service worker. Nothing stays attached to it, so it falls asleep as it would in life. */
class ChromiumWorker {
  /** @type {import('puppeteer-core').Protocol.ServiceWorker.ServiceWorkerVersion[]} */
  #versions = [];
  /** @type {Set<string>} What of its console is in the log already. */
  #heard = new Set();

  /** @param {ChromiumBrowser} browser @param {CDPSession} session that may ask about workers. */
  constructor(browser, session) {
    this.browser = browser;
    this.session = session;
  }

  async watch() {
    this.session.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
      for (const version of versions) {
        if (!version.scriptURL.includes(this.browser.id)) continue;
        this.#versions = [...this.#versions.filter(({ versionId }) => versionId !== version.versionId), version];
      }
    });
    await this.session.send('ServiceWorker.enable');
  }

  /** Whether it is awake: its script has run and it was not stopped since. */
  async running() {
    return this.#versions.some(({ runningStatus, status }) => runningStatus === 'running' && status === 'activated');
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
    if (!(await this.running())) {
      await this.session.send('ServiceWorker.startWorker', { scopeURL: `chrome-extension://${this.browser.id}/` });
      await until(() => this.running(), 'the extension’s worker wakes up');
    }
    return this.#attached((session) => evaluateIn(session, fn, args));
  }

  /** Stops it as the browser does when it is idle. Any event starts it again. */
  async kill() {
    await this.harvest();
    const targetId = await this.#targetId();
    if (targetId) await this.browser.session.send('Target.closeTarget', { targetId });
    await until(async () => !(await this.running()) && !(await this.#targetId()), 'the extension’s worker stops');
  }

  /** Puts what it printed so far into the log, with levels. */
  async harvest() {
    if (await this.running()) await this.#attached((session) => listenToSession(session, this.browser.log, () => 'the worker', this.#heard));
  }

  async #targetId() {
    const { targetInfos } = await this.browser.session.send('Target.getTargets');
    return targetInfos.find(({ type, url }) => type === 'service_worker' && url.includes(this.browser.id))?.targetId;
  }

  /** @template R @param {(session: CDPSession) => Promise<R>} use */
  async #attached(use) {
    const targetId = await until(() => this.#targetId(), 'the extension’s worker can be attached to');
    const { session } = this.browser;
    const worker = await attach(session, targetId);
    try {
      return await use(worker);
    } finally {
      // Only the session that attached can detach, and a worker that stays attached to can't start again after a stop.
      if (worker.connection()) await session.send('Target.detachFromTarget', { sessionId: worker.id() });
    }
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

/** @param {CDPSession} session @param {string} targetId */
async function attach(session, targetId) {
  const { sessionId } = await session.send('Target.attachToTarget', { targetId, flatten: true });
  const attached = session.connection()?.session(sessionId);
  if (!attached) throw new Error('Chromium attached to nothing.');
  return attached;
}

/** @param {CDPSession} session @param {string} url */
async function hiddenPage(session, url) {
  const { targetId } = await session.send(/** @type {any} */ ('Target.createTarget'), { url: 'about:blank', hidden: true });
  const page = await attach(session, targetId);
  if (url !== 'about:blank') {
    await page.send('Page.enable');
    const loaded = new Promise((resolve) => page.once('Page.loadEventFired', resolve));
    await page.send('Page.navigate', { url });
    await loaded;
  }
  return { targetId, session: page };
}

/**
 * @template {unknown[]} A
 * @template R
 * @param {CDPSession} session
 * @param {(...args: A) => R} fn
 * @param {A} args
 * @returns {Promise<Awaited<R>>}
 */
async function evaluateIn(session, fn, args) {
  const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
    expression: `(${fn})(...${JSON.stringify(args)})`,
    awaitPromise: true,
    returnByValue: true,
    userGesture: true,
  });
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value;
}
