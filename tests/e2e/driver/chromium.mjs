// @ts-check
// Chromium, driven over its debugging pipe. What needs a visible window is in chromium-window.mjs.
import { mkdirSync } from "node:fs";
import puppeteer from "puppeteer-core";
import { BaseBrowser } from "./browser.mjs";
import { ConsoleLog } from "./chromium-console.mjs";
import { ChromiumExtension } from "./chromium-extension.mjs";
import { seedProfile } from "./chromium-profile.mjs";
import { evaluateIn, hiddenPage } from "./chromium-targets.mjs";
import { ChromiumTabs } from "./chromium-tabs.mjs";
import { ChromiumWindow } from "./chromium-window.mjs";
import { chromiumId } from "./extension-folder.mjs";
import { IconMenu } from "./icon-menu.mjs";
import { killGroup, undoAtExit } from "./processes.mjs";
import { within } from "./until.mjs";

/** @typedef {import('./interface.d.ts').BrowserOptions} BrowserOptions */
/** @typedef {import('./chromium-pages.mjs').ChromiumTab} ChromiumTab */

export class ChromiumBrowser extends BaseBrowser {
  name = /** @type {const} */ ("chromium");
  log = new ConsoleLog();
  // What follows is there once the browser has started.
  puppeteer = /** @type {import('puppeteer-core').Browser} */ (/** @type {unknown} */ (undefined));
  /** To the browser itself. */
  session = /** @type {import('puppeteer-core').CDPSession} */ (/** @type {unknown} */ (undefined));
  pages = /** @type {ChromiumTabs} */ (/** @type {unknown} */ (undefined));
  extension = /** @type {ChromiumExtension} */ (/** @type {unknown} */ (undefined));
  /** @type {ChromiumWindow | undefined} Only with a screen. */
  window;
  /** @type {Awaited<ReturnType<typeof hiddenPage>> | undefined} The browser's page about extensions, kept because it takes long to open. */
  #browsersOwn;

  /** @param {BrowserOptions} options */
  constructor(options) {
    super(options);
    this.id = chromiumId(this.folder);
    /** Whether requests for host access are answered with "Allow" beforehand, without a question. */
    this.allowsWithoutPrompt = (options.prompts ?? (this.headless ? "allow" : "ask")) === "allow";
  }

  async start() {
    if (!this.headless) this.window ??= await ChromiumWindow.open(this.size);
    mkdirSync(this.profile, { recursive: true });
    await seedProfile(this);
    this.puppeteer = await puppeteer.launch({
      executablePath: this.options.executable ?? "/usr/bin/chromium",
      headless: this.headless,
      pipe: true,
      userDataDir: this.profile,
      enableExtensions: true,
      defaultViewport: null,
      ignoreDefaultArgs: ["--enable-automation"], // It shows a bar on top of every page.
      args: this.#arguments(),
      env: { ...process.env, ...this.window?.environment, LANGUAGE: this.#language.replace("-", "_"), TMPDIR: this.temporary.path },
      // An attached worker never falls asleep, so it is attached to only while something is asked of it.
      targetFilter: (target) => target.type() !== "service_worker",
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    });
    this.forget = undoAtExit(() => killGroup(this.puppeteer.process()?.pid));
    this.log.readWorkerLines(this.puppeteer.process()?.stderr, this.id);
    this.log.listenToPages(this.puppeteer);
    this.session = await this.puppeteer.target().createCDPSession();
    this.#browsersOwn = undefined;
    this.pages = await ChromiumTabs.open(this);
    this.extension = await ChromiumExtension.load(this);
    await this.window?.learnPlainIcon();
  }

  async quit() {
    if (!this.puppeteer) return;
    await this.extension?.worker.harvest().catch(() => {}); // After a crash there is nothing left to ask.
    const child = this.puppeteer.process();
    const gone = new Promise((resolve) =>
      child && child.exitCode === null ? child.once("exit", resolve) : resolve(0),
    );
    await this.puppeteer.close().catch(() => {});
    await within(gone, 10_000).catch(() => {});
    this.forget?.();
  }

  async renew() {
    const empty = await this.openTab("about:blank");
    for (const page of [await this.popupIfOpen(), await this.authWindowIfOpen(), ...(await this.tabs())]) {
      if (page && page !== empty) await page.close();
    }
    await this.extension.unload();
    this.allowsWithoutPrompt = false; // That was written into the profile, for the extension that is gone.
    await this.session.send("Storage.clearCookies");
    this.log.entries = [];
    this.extension = await ChromiumExtension.load(this);
    await this.#pin();
  }

  /** Chromium takes the icon of an extension that goes off the toolbar, and slides one that is not there into it at each click. */
  async #pin() {
    this.#browsersOwn ??= await hiddenPage(this.session, "chrome://extensions/");
    const pin = (/** @type {string} */ extensionId) => chrome.developerPrivate.updateExtensionConfiguration({ extensionId, pinnedToToolbar: true });
    await evaluateIn(this.#browsersOwn.session, pin, [this.id]);
  }

  /** Closes the browser and everything that was started for it. */
  async close() {
    await this.quit();
    await this.window?.close();
    this.temporary.remove();
  }

  get #language() {
    return this.options.language ?? "en-US";
  }

  #arguments() {
    const { hosts = {}, impersonated } = this.options;
    const names = (impersonated?.names ?? []).map((name) => [name, `127.0.0.1:${impersonated?.port}`]);
    const rules = [...Object.entries(hosts), ...names].map(([name, address]) => `MAP ${name} ${address}`);
    return [
      "--no-sandbox", // Tests run as root in a container.
      "--test-type", // Without it a bar on top of every page warns of the line above.
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--disable-quic",
      `--lang=${this.#language}`,
      "--enable-logging=stderr", // The worker's console is read from there, so that nothing has to stay attached to it.
      "--v=0",
      `--window-size=${this.size.width},${this.size.height}`,
      "--window-position=0,0",
      ...(rules.length ? [`--host-resolver-rules=${rules.join(",")}`] : []),
      ...(impersonated ? [`--ignore-certificate-errors-spki-list=${impersonated.publicKey}`] : []),
      ...(this.options.dark ? ["--force-dark-mode"] : []),
      ...(this.window ? ["--force-renderer-accessibility"] : []),
    ];
  }

  /** @param {string} url */
  openTab(url) {
    return this.pages.openTab(url);
  }

  tabs() {
    return this.pages.tabs();
  }

  currentTab() {
    return this.pages.currentTab();
  }

  /** @param {string} url */
  openPrivateTab(url) {
    return this.pages.openPrivateTab(url);
  }

  popupIfOpen() {
    return this.pages.popupIfOpen();
  }

  /** @param {string} [what] */
  authWindow(what) {
    return this.pages.authWindow(what);
  }

  /** @param {ChromiumTab} tab */
  async pressIcon(tab) {
    if (tab.isPrivate && !this.options.privateAllowed) {
      throw new Error("There is no icon to click: the extension may not run in private windows."); // Asking crashes Chromium 156.
    }
    if (this.window && !tab.isPrivate) await this.window.clickIcon();
    else await this.extension.triggerAction(tab);
  }

  /** @param {ChromiumTab} tab */
  async icon(tab) {
    await tab.activate();
    return this.extension.actionIn(await this.pages.windowOf(tab.page.target()));
  }

  /** @param {ChromiumTab} tab */
  async iconIsLit(tab) {
    await tab.activate();
    return this.#onScreen("see the icon").iconIsLit();
  }

  /** @param {ChromiumTab} tab @param {string} file */
  async screenshotIcon(tab, file) {
    await tab.activate();
    await this.#onScreen("see the icon").screenshotIcon(file);
  }

  /** @param {ChromiumTab} [tab] */
  async iconMenu(tab) {
    const window = this.#onScreen("right-click the icon");
    await tab?.activate();
    return new IconMenu(await window.openMenu(), {
      choose: (path) => window.choose(path),
      close: () => window.closeMenu(),
      screenshot: (file) => this.screenshotWindow(file),
    });
  }

  async acceptPermissionPrompt() {
    if (this.allowsWithoutPrompt) return;
    await this.#onScreen("answer a question").answerPrompt("Allow", () => this.describe());
  }

  async denyPermissionPrompt() {
    if (this.allowsWithoutPrompt) throw new Error('With prompts: "allow" there is no question to say no to.');
    await this.#onScreen("answer a question").answerPrompt("Deny", () => this.describe());
  }

  /** @param {string} host */
  async clearCookies(host) {
    const { cookies } = await this.session.send("Storage.getCookies");
    const page = this.extension.worker.session;
    for (const { name, domain, path } of cookies.filter((cookie) => cookie.domain === host)) {
      await page.send("Network.deleteCookies", { name, domain, path });
    }
  }

  /** @param {string} file */
  async screenshotWindow(file) {
    if (this.window) await this.window.display.screenshot(file);
    else await (await this.currentTab()).screenshot(file);
  }

  async readConsole() {
    await this.extension.worker.harvest();
  }

  /** @param {string} what */
  #onScreen(what) {
    if (!this.window)
      throw new Error(`Chromium without a window has nothing to ${what} on; start it with headless: false.`);
    return this.window;
  }
}
