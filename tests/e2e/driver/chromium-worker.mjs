// @ts-check
// The extension's service worker in Chromium.
import { listenToSession } from "./chromium-console.mjs";
import { attach, evaluateIn } from "./chromium-targets.mjs";
import { until } from "./until.mjs";

/** @typedef {import('puppeteer-core').CDPSession} CDPSession */
/** @typedef {import('./chromium.mjs').ChromiumBrowser} ChromiumBrowser */

/** The service worker. Nothing stays attached to it, so it falls asleep as it would in life. */
export class ChromiumWorker {
  /** @type {import('puppeteer-core').Protocol.ServiceWorker.ServiceWorkerVersion[]} */
  #versions = [];
  #starts = 0;
  #stops = 0;
  /** @type {Set<string>} What of its console is in the log already. */
  #heard = new Set();

  /**
   * @param {ChromiumBrowser} browser
   * @param {CDPSession} session that may ask about workers.
   * @param {() => Promise<void>} letProcessEnd
   */
  constructor(browser, session, letProcessEnd) {
    this.browser = browser;
    this.session = session;
    this.letProcessEnd = letProcessEnd;
  }

  async watch() {
    this.session.on("ServiceWorker.workerVersionUpdated", ({ versions }) => {
      for (const version of versions) {
        if (!version.scriptURL.includes(this.browser.id)) continue;
        const before = this.#versions.find(({ versionId }) => versionId === version.versionId)?.runningStatus;
        if (version.runningStatus === "starting" && before !== "starting") this.#starts += 1;
        if (version.runningStatus === "stopped" && before !== "stopped") this.#stops += 1;
        this.#versions = [...this.#versions.filter(({ versionId }) => versionId !== version.versionId), version];
      }
    });
    await this.session.send("ServiceWorker.enable");
  }

  /** Whether it is awake: its script has run and it was not stopped since. */
  async running() {
    return this.#versions.some(({ runningStatus, status }) => runningStatus === "running" && status === "activated");
  }

  async starts() {
    return this.#starts;
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
      await this.session.send("ServiceWorker.startWorker", { scopeURL: `chrome-extension://${this.browser.id}/` });
      await until(() => this.running(), "the extension’s worker wakes up");
    }
    return this.#attached((session) => evaluateIn(session, fn, args));
  }

  /** Stops it as the browser does when it is idle. Any event starts it again. */
  async kill() {
    await this.harvest();
    await this.letProcessEnd();
    const targetId = await this.#targetId();
    if (!targetId) return;
    const stops = this.#stops;
    await this.browser.session.send("Target.closeTarget", { targetId });
    // An event may have started it again already, as the same target.
    const gone = async () => this.#stops > stops || (await this.#targetId()) !== targetId;
    await until(gone, "the extension’s worker stops");
  }

  /** Puts what it printed so far into the log, with levels. */
  async harvest() {
    if (await this.running())
      await this.#attached((session) => listenToSession(session, this.browser.log, () => "the worker", this.#heard));
  }

  async #targetId() {
    const { targetInfos } = await this.browser.session.send("Target.getTargets");
    return targetInfos.find(({ type, url }) => type === "service_worker" && url.includes(this.browser.id))?.targetId;
  }

  /** @template R @param {(session: CDPSession) => Promise<R>} use */
  async #attached(use) {
    const targetId = await until(() => this.#targetId(), "the extension’s worker can be attached to");
    const { session } = this.browser;
    const worker = await attach(session, targetId);
    try {
      return await use(worker);
    } finally {
      // Only the session that attached can detach, and a worker that stays attached to can't start again after a stop.
      if (worker.connection()) await session.send("Target.detachFromTarget", { sessionId: worker.id() });
    }
  }
}
