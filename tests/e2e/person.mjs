// @ts-check
/** What a person does again and again in the stories, in words; each step waits for what the person would see. */
import { strict as assert } from "node:assert";
import { after, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { keepEvidence, startBrowser, until } from "./driver/index.mjs";
import { alex, sam, startServers } from "./servers.mjs";

/** @typedef {import("./driver/interface.d.ts").Browser} Browser */
/** @typedef {import("./driver/interface.d.ts").BrowserOptions} BrowserOptions */
/** @typedef {import("./driver/interface.d.ts").Tab} Tab */
/** @typedef {import("./driver/interface.d.ts").Popup} Popup */
/** @typedef {Awaited<ReturnType<typeof startServers>>} Servers */

/** @typedef {typeof alex} Person */

/** What every password for a sample app contains, whose ever it is. */
const APP_PASSWORD = "-Demo-";

/** The browsers to tell the stories in: `MY_APPS_BROWSERS=firefox` tells them in one. */
const browsers = /** @type {("chromium" | "firefox")[]} */ ((process.env.MY_APPS_BROWSERS ?? "chromium firefox").split(" "));

/** @param {"chromium" | "firefox"} browser */
export const folder = (browser) => fileURLToPath(new URL(`../../dist/${browser === "firefox" ? "firefox" : "chrome"}`, import.meta.url));

/**
 * What browsers print by themselves: that an address does not answer, which some stories are about; that a page may not open
 * what is ours; that a page was left before it heard an answer; and that the popup was closed while it waited for the browser,
 * which a person may do at any time: in Chromium, for the icon that is put back.
 */
const OF_THE_BROWSER =
  /Failed to load resource|CORS policy|NetworkError|net::ERR|from script denied$|^Promise (resolved|rejected) (after context unloaded|while context is inactive)|^Could not load action icon/;

/**
 * @typedef {object} Story
 * @property {string} name
 * @property {(browser: Browser, servers: Servers, test: import("node:test").TestContext) => Promise<void>} tell
 * @property {"chromium" | "firefox"} [only]
 * @property {{arguments?: string[], difficult?: boolean, empty?: boolean}} servers
 * @property {Partial<BrowserOptions>} wishes  of the browser; without any it is told in the one of the story before
 * @property {number} timeout
 */
/** @type {Story[]} */
const stories = [];

/**
 * One story, told in every browser against servers of its own. Nothing of ours may complain on any console, and no secret
 * of anybody may be printed there or by the portal. Who gives access to sites wishes `granted: []`: without a screen, Chromium lets it be
 * given by a line in its profile that does not outlive the extension of one story.
 * @param {string} name
 * @param {Story["tell"]} tell
 * @param {Partial<BrowserOptions> & {only?: "chromium" | "firefox", portal?: string[], difficult?: boolean, empty?: boolean, timeout?: number}} [options]
 */
export function story(name, tell, options = {}) {
  const { only, portal, difficult, empty, timeout = 400_000, ...wishes } = options;
  if (stories.length === 0) queueMicrotask(tellAll);
  stories.push({ name, tell, only, servers: { arguments: portal, difficult, empty }, wishes, timeout });
}

/** All stories of the files that were loaded: first in one browser, then in the other, so that no two are open at once. */
function tellAll() {
  const loaded = stories.splice(0);
  for (const name of browsers) {
    describe(name, () => {
      const lent = new Lent(name);
      after(() => lent.close());
      const own = (/** @type {Story} */ { wishes }) => Object.keys(wishes).length;
      const told = loaded.filter(({ only }) => !only || only === name).sort((one, other) => own(one) - own(other));
      for (const story of told) it(`${name}: ${story.name}`, { timeout: story.timeout }, (test) => tellOnce(lent, story, /** @type {any} */ (test)));
    });
  }
}

/** The browser of the story before, made as new; or a new one, where that story failed or this one wants it otherwise. */
class Lent {
  /** @type {Browser | undefined} */
  #browser;
  #isPlain = false;

  /** @param {"chromium" | "firefox"} name */
  constructor(name) {
    this.name = name;
  }

  /** @param {Partial<BrowserOptions>} wishes */
  async browser(wishes) {
    const isPlain = Object.keys(wishes).length === 0;
    if (this.#browser && this.#isPlain && isPlain) await this.#browser.renew();
    else {
      await this.close();
      this.#browser = await startBrowser({ browser: this.name, extension: folder(this.name), ...wishes });
      this.#isPlain = isPlain;
    }
    return this.#browser;
  }

  async close() {
    const browser = this.#browser;
    this.#browser = undefined;
    await browser?.close();
  }
}

/** @param {Lent} lent @param {Story} story @param {import("node:test").TestContext} test */
async function tellOnce(lent, { name, tell, servers: wanted, wishes }, test) {
  // They start side by side, and a browser that did not is heard of below.
  const lending = lent.browser(wishes);
  lending.catch(() => undefined);
  const servers = await startServers(wanted);
  try {
    const browser = await lending;
    try {
      await tell(browser, servers, test);
      await assertSilent(browser, servers);
    } catch (error) {
      await keepEvidence(browser, { name }, /** @type {Error} */ (error));
      throw error;
    }
  } catch (error) {
    await lent.close();
    throw error;
  } finally {
    await servers.stop();
  }
}

/** Nothing was printed that may not be. @param {Browser} browser @param {Servers} servers */
async function assertSilent(browser, servers) {
  const printed = (await browser.consoleText()) + servers.portal.log();
  for (const secret of [alex.password, sam.password, APP_PASSWORD]) {
    assert.ok(!printed.includes(secret), `a password was printed:\n${printed}`);
  }
  const ours = (await browser.consoleErrors()).filter((entry) => /-extension:\/\/|^My Apps/.test(`${entry.source} ${entry.text}`));
  const serious = ours.filter((entry) => !OF_THE_BROWSER.test(entry.text));
  assert.deepEqual(serious, [], "the extension complained on a console");
}

/** Opens the options page, types a portal's address and saves. @param {Browser} browser @param {string} address */
export async function typePortal(browser, address) {
  const options = await browser.extensionPage("options/options.html");
  await options.waitFor(() => document.documentElement.dataset.ready === "still", "the settings");
  await options.evaluate(() => (/** @type {HTMLInputElement} */ (document.querySelector("#portal")).value = ""));
  await options.type("#portal", address);
  await options.click("#save-portal");
  return options;
}

/** Makes the portal of this story the one in use. @param {Browser} browser @param {Servers} servers */
export async function choosePortal(browser, servers) {
  const options = await typePortal(browser, servers.portal.url);
  await options.waitFor(() => document.querySelector("#portal-result .success"), "the portal is kept");
  await options.close();
}

/** Fills in the portal's sign-in window and sends it. @param {Browser} browser @param {Person} [person] @param {Tab} [open] */
export async function answerSignInWindow(browser, person = alex, open) {
  const window = open ?? (await browser.authWindow());
  await window.waitFor(() => document.querySelector("[name=password]"), "the portal's sign-in form");
  await window.type("[name=username]", person.username);
  await window.type("[name=password]", person.password);
  await window.click({ text: "Sign in", role: "button" });
  return window;
}

/** From signed out to signed in, through the popup. Leaves no popup open. @param {Browser} browser @param {Tab} tab @param {Person} [person] */
export async function signIn(browser, tab, person = alex) {
  const popup = await browser.clickIcon(tab);
  await popup.waitFor(() => document.querySelector(".welcome .primary"), "the invitation to sign in");
  await pressAndLeave(popup, ".welcome .primary");
  await answerSignInWindow(browser, person);
  await (await popupAfterSignIn(browser)).close();
}

/** Presses a button, by its words or a selector, that opens something which may close the popup, even before the click is over. @param {Popup} popup @param {string} button */
export async function pressAndLeave(popup, button) {
  await popup.click(/^[.#[]/.test(button) ? button : { text: button, role: "button" }).catch(async (error) => {
    if (await popup.isOpen()) throw error;
  });
}

/** Waits until the extension holds a token and the list of apps. @param {Browser} browser */
export async function signedIn(browser) {
  await until(
    async () => (await browser.storage.get("session", "session")).session && (await browser.storage.get("local", "catalogue_tag")).catalogue_tag,
    "being signed in",
  );
}

/** The popup that opens by itself when the sign-in is done. @param {Browser} browser */
export async function popupAfterSignIn(browser) {
  await signedIn(browser);
  const popup = await browser.waitForPopup("the menu after the sign-in");
  await popup.waitFor(() => document.documentElement.dataset.ready === "menu" && document.querySelector("[role=option]"), "the menu with apps");
  return popup;
}

/**
 * The popup, over whatever it stands: the one that opened by itself, even in the moment of the click, or that of the click.
 * @param {Browser} browser @param {Tab} tab
 */
export function popupOrClick(browser, tab) {
  return until(async () => (await browser.popupIfOpen()) ?? browser.clickIcon(tab), "the popup", { instead: () => browser.describe() });
}

/**
 * Reads the popup after something happened in another window: it opens by itself where the browser allows that, else the
 * person clicks the icon.
 * @param {Browser} browser @param {Tab} tab @param {string} words
 */
export async function popupSays(browser, tab, words) {
  await until(async () => !(await signingIn(browser)), "the sign-in is over");
  return until(
    async () => {
      // Not by `popupOrClick`: what it goes on with after this look was given up would click beside the next.
      const popup = (await browser.popupIfOpen()) ?? (await browser.clickIcon(tab));
      return (await popup.text()).includes(words) && popup;
    },
    `the words “${words}”, in the popup`,
    { instead: () => browser.describe() },
  );
}

/** Whether a sign-in waits for an answer. @param {Browser} browser */
async function signingIn(browser) {
  const stored = (await browser.storage.get("session", "sign_in")).sign_in;
  return stored !== undefined && !stored.includes("Failed");
}

/** Chooses in the menu behind the button with the person's name. @param {Popup} popup @param {string} words */
export async function chooseInAccountMenu(popup, words) {
  await popup.click("#account-button");
  await popup.waitFor(() => document.querySelector("#account-panel:popover-open [role=menuitem]"), "the account's menu");
  await popup.click({ text: words, role: "button" });
}

/** Closes the popup if one is open. @param {Browser} browser */
export async function closePopup(browser) {
  const popup = await browser.popupIfOpen();
  if (popup) await popup.close().catch(() => undefined);
}

/** What the choice of a portal left in the storage, by browser. @type {Map<string, {portal: string, local: object, session: object}>} */
const chosen = new Map();

/**
 * As `choosePortal`, for stories about something else: chosen in the settings once in each browser, and from then on what that left in
 * the storage is put there. @param {Browser} browser @param {Servers} servers
 */
async function portalIsChosen(browser, servers) {
  const { name, storage } = browser;
  const { url } = servers.portal;
  const before = chosen.get(name);
  if (before) {
    const { local, session } = JSON.parse(JSON.stringify(before).replaceAll(before.portal, url));
    await storage.set("local", local);
    return storage.set("session", session);
  }
  await choosePortal(browser, servers);
  chosen.set(name, { portal: url, local: await storage.get("local", "settings"), session: await storage.get("session", "epoch") });
}

/** A browser with the portal chosen and the person signed in, on a page that is nobody's. @param {Browser} browser @param {Servers} servers @param {Person} [person] */
export async function atWork(browser, servers, person = alex) {
  await portalIsChosen(browser, servers);
  const tab = await browser.openTab(servers.sample("wiki", "/"));
  await signIn(browser, tab, person);
  return tab;
}

/**
 * The person allows access to sites of their apps, and the extension hears of pages that arrive there. What opens before that is no
 * arrival, and nobody is as quick as that.
 *
 * @param {Browser} browser @param {string[]} origins with "/*", as the browser grants them.
 */
export async function allowSites(browser, origins) {
  await browser.grant(origins);
  /** @type {() => Promise<string[]>} */
  const watched = () => browser.worker.evaluate(async () => (await chrome.scripting.getRegisteredContentScripts()).flatMap((/** @type {any} */ script) => script.matches));
  await until(async () => {
    const patterns = await watched();
    return origins.every((origin) => patterns.some((pattern) => pattern.startsWith(origin.slice(0, -1))));
  }, `the extension hears of arrivals at ${origins.join(" and ")}`);
}

/** Opens the popup over a tab and waits for the menu. @param {Browser} browser @param {Tab} tab */
export async function openMenu(browser, tab) {
  const popup = await browser.clickIcon(tab);
  await popup.waitFor(() => document.documentElement.dataset.ready === "menu" && document.querySelector("[role=option]"), "the menu with apps");
  return popup;
}

/** The names in the menu, section by section. @param {Popup} popup @returns {Promise<Record<string, string[]>>} */
export function sections(popup) {
  return popup.evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll("[role=group]")].map((group) => [
        /** @type {HTMLElement} */ (group.querySelector(".section")).innerText,
        [...group.querySelectorAll(".row .name")].map((name) => /** @type {HTMLElement} */ (name).innerText),
      ]),
    ),
  );
}

/** Saves a password on the portal's page, as the person does. @param {Tab} page @param {string} username @param {string} password */
export async function savePassword(page, username, password) {
  if (/\/sign-in/.test(await page.url())) {
    await page.type("[name=username]", alex.username);
    await page.type("[name=password]", alex.password);
    await page.click({ text: "Sign in", role: "button" });
    await page.waitFor(() => location.pathname.endsWith("/password"), "the page for the app's password");
  }
  await page.type('[name="field.username"]', username);
  await page.type('[name="field.password"]', password);
  await page.click({ text: "Save", role: "button" });
  await page.waitFor(() => document.querySelector(".notice.done"), "the portal says that the password is saved");
}

export { alex, sam, until };
