// @ts-check
// Firefox, driven over Marionette. Its toolbar, menu and questions are in firefox-toolbar.mjs.
import { mkdirSync, rmSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { BaseBrowser } from "./browser.mjs";
import { ConsoleLog } from "./console-log.mjs";
import { openDisplay } from "./display.mjs";
import { geckoId } from "./extension-folder.mjs";
import { collectConsole, takeConsole } from "./firefox-console.mjs";
import { FirefoxExtension } from "./firefox-extension.mjs";
import { preferencesFile } from "./firefox-preferences.mjs";
import { FirefoxTabs } from "./firefox-tabs.mjs";
import { FirefoxToolbar } from "./firefox-toolbar.mjs";
import { IconMenu } from "./icon-menu.mjs";
import { Marionette } from "./marionette.mjs";
import { startProcess } from "./processes.mjs";

/** @typedef {import('./interface.d.ts').BrowserOptions} BrowserOptions */
/** @typedef {import('./firefox-pages.mjs').FirefoxTab} FirefoxTab */

export class FirefoxBrowser extends BaseBrowser {
  name = /** @type {const} */ ("firefox");
  log = new ConsoleLog();
  // What follows is there once the browser has started.
  marionette = /** @type {Marionette} */ (/** @type {unknown} */ (undefined));
  extension = /** @type {FirefoxExtension} */ (/** @type {unknown} */ (undefined));
  /** @type {import('./display.mjs').Display | undefined} Only with a screen. */
  display;

  /** @param {BrowserOptions} options */
  constructor(options) {
    super(options);
    this.id = geckoId(this.folder);
    this.pages = new FirefoxTabs(this);
    this.toolbar = new FirefoxToolbar(this);
  }

  async start() {
    if (!this.headless) this.display ??= await openDisplay(this.size);
    mkdirSync(this.profile, { recursive: true });
    await writeFile(join(this.profile, "user.js"), preferencesFile(this.options, this.id));
    rmSync(join(this.profile, "MarionetteActivePort"), { force: true }); // An earlier run's port would mislead us.
    this.process = startProcess(this.options.executable ?? "/usr/bin/firefox-esr", this.#arguments(), {
      env: {
        ...process.env,
        ...this.display?.environment,
        MOZ_CRASHREPORTER_DISABLE: "1",
        TMPDIR: this.temporary.path,
      },
    });
    this.marionette = await Marionette.connect(this.profile, this.process.output);
    await collectConsole(this.marionette);
    if (this.options.impersonated) await this.#trust(this.options.impersonated.authority);
    this.extension = await FirefoxExtension.load(this);
    await this.toolbar.pin();
  }

  /** @param {string} authority a certificate that signs others, as PEM */
  #trust(authority) {
    const certificate = authority.replace(/-----[A-Z ]+-----|\s/g, "");
    return this.marionette.chrome((certificate) => {
      const { Cc, Ci } = /** @type {any} */ (globalThis);
      Cc["@mozilla.org/security/x509certdb;1"].getService(Ci.nsIX509CertDB).addCertFromBase64(certificate, "CT,,");
    }, certificate);
  }

  async quit() {
    if (!this.process) return;
    if (this.extension) await this.readConsole().catch(() => {}); // After a crash there is nothing left to ask.
    this.marionette?.send("Marionette:Quit", { flags: ["eForceQuit"] }).catch(() => {}); // It answers by going away.
    await this.process.stop();
    this.marionette?.close();
  }

  async renew() {
    const empty = await this.openTab("about:blank");
    for (const page of [await this.popupIfOpen(), await this.authWindowIfOpen(), ...(await this.tabs())]) {
      if (page && /** @type {FirefoxTab} */ (page).id !== empty.id) await page.close();
    }
    await this.extension.unload();
    await this.marionette.chrome(() => Services.cookies.removeAll());
    await this.readConsole();
    this.log.entries = [];
    this.extension = await FirefoxExtension.load(this);
    await this.toolbar.pin();
  }

  /** Closes the browser and everything that was started for it. */
  async close() {
    await this.quit();
    await this.display?.close();
    this.temporary.remove();
  }

  #arguments() {
    const { width, height } = this.size;
    const window = this.headless ? ["-headless"] : [];
    return [
      ...window,
      "-no-remote",
      "-profile",
      this.profile,
      "-marionette",
      "-remote-allow-system-access",
      "--width",
      `${width}`,
      "--height",
      `${height}`,
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

  /** @param {FirefoxTab} tab */
  pressIcon(tab) {
    return this.toolbar.click(tab);
  }

  /** @param {FirefoxTab} tab */
  async icon(tab) {
    await tab.activate();
    const { title, badgeText, enabled } = await this.toolbar.icon(tab);
    return { title, badgeText, enabled };
  }

  /** @param {FirefoxTab} tab */
  async iconIsLit(tab) {
    await tab.activate();
    const { image } = await this.toolbar.icon(tab);
    const plain = Object.values(this.folder.manifest.action.default_icon ?? this.folder.manifest.icons);
    return !plain.some((path) => image === this.extension.address(path.replace(/^\//, "")));
  }

  /** @param {FirefoxTab} tab @param {string} file */
  async screenshotIcon(tab, file) {
    await tab.activate();
    await this.toolbar.screenshotIcon(tab, file);
  }

  /** @param {FirefoxTab} [tab] */
  async iconMenu(tab) {
    await tab?.activate();
    const items = await this.toolbar.openMenu(tab ?? (await this.currentTab()));
    return new IconMenu(items, {
      choose: (path) => this.toolbar.choose(path),
      close: () => this.toolbar.closeMenu(),
      screenshot: (file) => this.screenshotWindow(file),
    });
  }

  async acceptPermissionPrompt() {
    if (this.options.prompts !== "allow") await this.toolbar.answerPrompt("accept");
  }

  async denyPermissionPrompt() {
    if (this.options.prompts === "allow") throw new Error('With prompts: "allow" there is no question to say no to.');
    await this.toolbar.answerPrompt("deny");
  }

  /** @param {string} host */
  async clearCookies(host) {
    await this.marionette.chrome((name) => {
      for (const cookie of Services.cookies.getCookiesFromHost(name, {})) {
        Services.cookies.remove(cookie.host, cookie.name, cookie.path, cookie.originAttributes);
      }
    }, host);
  }

  /** @param {string} file */
  async screenshotWindow(file) {
    if (this.display) await this.display.screenshot(file);
    else await this.toolbar.screenshot(file);
  }

  async readConsole() {
    this.log.entries.push(...(await takeConsole(this.marionette)));
  }
}
