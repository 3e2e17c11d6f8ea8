// @ts-check
/**
 * A person at work whose password somebody is after. The portal is the real one; the password is a random one, so that
 * wherever it turns up it came from a fill. Everything is tried one after the other in one browser.
 */
import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { PLAIN } from "../pages/hostile/parts.mjs";
import { keepEvidence } from "./driver/index.mjs";
import { EvilSites } from "./evil-sites.mjs";
import { alex, atWork, closePopup, savePassword, story, until } from "./person.mjs";
import { programs } from "./servers.mjs";

/** @typedef {import("./person.mjs").Browser} Browser */
/** @typedef {import("./person.mjs").Tab} Tab */
/** @typedef {import("./person.mjs").Popup} Popup */
/** @typedef {import("./person.mjs").Servers} Servers */

/**
 * @typedef {object} Row
 * @property {string} row     of the threat model, and which variant: "A3 glued"
 * @property {string} [url]   what is opened before the icon is clicked
 * @property {string} [page]  instead of an address: a page of the sites, where an app of the person's signs in
 * @property {"nothing" | "refused" | "filled" | "safe" | "no-password"} expect  the menu and no word; a sentence; the right
 *   fields of the right form; either of the last two, with nothing in the
 *   wrong place; or whatever, but without the password
 * @property {string} [says]  a part of the sentence
 * @property {"chromium" | "firefox"} [only]  where there is such a thing
 * @property {boolean} [mayNotOpen]  the browser may refuse the address itself
 * @property {Row[]} [parts]  what is on this page at once; if it fails, each is tried alone, to tell which it is
 */

/** @typedef {Partial<Row> & Pick<Row, "expect">} Expected */
/** @typedef {Record<string, (scene: Scene, test: import("node:test").TestContext) => Promise<void>>} Attempts */

/** Where the portal gives out the passwords of the apps that pages are tried with one after the other. */
const PASSWORDS = ["ledger", "second"].map((app) => `/api/v1/apps/${app}/credential`);

/** Words of each sentence that may be the answer to a form nobody should fill. */
export const SAYS = {
  noForm: "shows no sign-in form",
  signUp: "opens a new account",
  newPassword: "asks for a new password",
  code: "asks for a one-time code",
  doubtful: "does not look quite like the sign-in form",
  several: "several sign-in forms that look alike",
  foreign: "sends what you type to",
  sandboxed: "locked away from its own site",
  wentOn: "The page went on before it could be filled",
  changed: "The form changed while it was being filled",
  offLimits: "does not let extensions fill this page",
};

/**
 * Attacks on one person, one after the other in one browser: a start takes longer than most of them. Each is tried, whatever
 * became of those before. `MY_APPS_ATTACKS="form time"` tries some of the chapters only.
 * @param {Record<string, Attempts>} chapters
 */
export function attacks(chapters) {
  const wanted = process.env.MY_APPS_ATTACKS?.split(" ") ?? Object.keys(chapters);
  story(
    "attacks",
    async (browser, servers, test) => {
      const sites = new EvilSites();
      await sites.start();
      try {
        sites.page("", PLAIN);
        const scene = new Scene(browser, servers, sites);
        await scene.begin();
        for (const [chapter, attempts] of Object.entries(chapters).filter(([chapter]) => wanted.includes(chapter))) {
          await test.test(chapter, async (test) => {
            for (const [attempt, tell] of Object.entries(attempts)) {
              await test.test(attempt, async (test) => {
                try {
                  await scene.afresh();
                  await tell(scene, test);
                } catch (error) {
                  await keepEvidence(browser, { name: attempt }, /** @type {Error} */ (error));
                  throw error;
                }
              });
            }
          });
        }
        await scene.assertKeptNowhere();
      } finally {
        sites.stop();
      }
    },
    { difficult: true, granted: [] },
  );
}

/** The sentence above the menu, if the menu is there. @param {Popup} popup @returns {Promise<string | undefined>} */
export const notice = (popup) =>
  popup.evaluate(() => {
    const isMenu = document.documentElement.dataset.ready === "menu" && document.querySelector("[role=option]");
    return isMenu ? (document.querySelector("#notice")?.textContent ?? undefined) : undefined;
  });

/**
 * How often something is tried whose moment is up to chance: rarely, or as often as `./build.sh test long` has time for.
 * @param {number} few @param {number} many
 */
export const times = (few, many) => (Number(process.env.MY_APPS_ROUNDS) >= 50 ? many : few);

/** A row that fails should not hold up the others for long. A form is waited for 8 s by the extension itself. */
const ROW_PATIENCE = 10_000;
const NOT_OPENED = "";
/** With so many failures it is the tests that fail, or the machine. */
const ENOUGH = 8;

export class Scene {
  secret = `canary${randomBytes(9).toString("hex")}`;
  username = `user${randomBytes(4).toString("hex")}`;
  /** Of two accounts with the same sign-on page. */
  twins = { one: `canary${randomBytes(9).toString("hex")}`, two: `canary${randomBytes(9).toString("hex")}` };
  tab = /** @type {Tab} */ (/** @type {unknown} */ (undefined));
  /** The app whose password was sent in this tab a moment ago; `undefined` where it may have been any. @type {string | undefined} */
  #sentTo = "";

  /** The portal gives out sixty passwords a minute in each session. What it answered once is as good another time. */
  #remembered;

  /** @param {Browser} browser @param {Servers} servers @param {EvilSites} sites */
  constructor(browser, servers, sites) {
    this.browser = browser;
    this.servers = servers;
    this.sites = sites;
    this.#remembered = Object.fromEntries(PASSWORDS.map((path) => [path, servers.difficult.remembered()]));
  }

  /** The portal learns the apps, and the person stores the passwords and is signed in. */
  async begin() {
    const { port } = this.sites;
    const plain = (/** @type {string} */ url) => ({ url, allow_http: true });
    const app = (/** @type {string} */ id, /** @type {string} */ name, /** @type {string} */ launch_url, /** @type {object[]} */ sign_on_rules) => ({
      id, name, mode: "password", sign_on_rules, launch_url, assigned_to: [alex.username],
    });
    const apps = [
      app("ledger", "Ledger", this.sites.at("ledger", "/login", "launch"), [
        plain(this.sites.at("ledger", "/login")),
        plain(this.sites.at("a.tenant", "/")),
        plain(this.sites.at("paths", "/tenant-a/login")),
        { url: `https://secure.localhost:${port}/login` },
      ]),
      app("second", "Second Ledger", this.sites.at("second", "/login"), [plain(this.sites.at("second", "/login"))]),
      // Two accounts with the same sign-on page.
      ...["One", "Two"].map((name) => app(`twin-${name.toLowerCase()}`, `Twin ${name}`, this.sites.at("twin", "/login"), [plain(this.sites.at("twin", "/login"))])),
    ];
    const file = join(this.servers.folder, "apps.json");
    writeFileSync(file, JSON.stringify(apps));
    execFileSync(join(programs, "my-apps-portal"), ["app", "import", file, "--database", join(this.servers.folder, "portal.db")]);
    this.tab = await atWork(this.browser, this.servers);
    const page = await this.browser.openTab(this.servers.portal.url);
    for (const [id, username, secret] of [["ledger", this.username, this.secret], ["second", this.username, this.secret], ["twin-one", "one", this.twins.one], ["twin-two", "two", this.twins.two]]) {
      await page.goto(`${this.servers.portal.url}/apps/${id}/password`);
      await savePassword(page, username, secret);
    }
    await page.close();
    await this.tab.activate();
    this.forget();
  }

  /** As if nothing had been tried before: one tab, no popup, a portal that behaves. */
  async afresh() {
    const { difficult } = this.servers;
    difficult.behave();
    for (const path of PASSWORDS) difficult.misbehave(path, this.#remembered[path]);
    await closePopup(this.browser);
    await this.anotherTab();
    this.forget();
  }

  /** Another tab: in one where a password was sent a moment ago, the form that comes back is taken for an answer to it. */
  async anotherTab(url = this.sites.at("elsewhere", "/")) {
    const before = this.tab;
    this.tab = await this.browser.openTab(url);
    this.#sentTo = "";
    await before.close();
  }

  forget() {
    this.servers.difficult.asked = [];
    this.sites.forget();
  }

  get secrets() {
    return [this.secret, ...Object.values(this.twins)];
  }

  /** How often the portal was asked for a password. */
  get askedForPassword() {
    return this.servers.difficult.asked.filter((asked) => asked.endsWith("/credential")).length;
  }

  /**
   * Opens a page of an app's, and tells which. What was sent a moment ago is not sent again in the same tab, but another
   * app's password is.
   * @param {string} [page]
   */
  async open(page) {
    const app = this.#sentTo === "ledger" ? "second" : "ledger";
    await this.#goto(this.sites.at(app, "/login", page));
    return app;
  }

  /** @param {string} url */
  async #goto(url) {
    if (this.#sentTo === undefined) await this.anotherTab(url);
    else await this.tab.goto(url);
  }

  /** Clicks the icon. @param {Tab} [tab] */
  async click(tab = this.tab) {
    return this.browser.clickIcon(tab);
  }

  /** Clicks the icon, and waits for a sentence; without one, for the menu and no sentence. @param {string} [words] @param {Tab} [tab] */
  async clickSays(words, tab = this.tab) {
    const popup = await this.click(tab);
    await this.says(popup, words);
    if (!words) assert.equal(await notice(popup), "", "the page is nobody's");
    await popup.close();
  }

  /** Waits for a sentence; without one, for the menu. @param {Popup} popup @param {string} [words] @param {string} [when] */
  async says(popup, words, when = "") {
    const there = async () => {
      const shown = await notice(popup);
      return shown !== undefined && shown.includes(words ?? "");
    };
    const what = words ? `“${words}” in the popup` : "the menu";
    await until(there, `${what} ${when}`, { ms: ROW_PATIENCE, instead: async () => `it says “${await notice(popup)}”` });
  }

  /** No field of any page held anything of ours, and the portal was not asked. */
  assertNothing() {
    assert.equal(this.askedForPassword, 0, "the portal was asked for a password");
    this.assertUnseen();
  }

  /** Nothing of ours was in any field, and nothing was sent. */
  assertUnseen() {
    for (const secret of [...this.secrets, this.username]) {
      assert.deepEqual(this.sites.sightings(secret), { fields: [], requests: [] }, "something of ours was seen");
    }
  }

  /** Whatever was seen was in its own field, the password in a password field, and it was sent once at most. */
  assertInPlace({ user = "user", password = "password" } = {}) {
    for (const { value, type, name, connected, how } of this.sites.heard) {
      const expected = value === this.secret ? type === "password" && name === password && connected : value === this.username && name === user;
      assert.ok(expected, `“${how}” saw something else than it should in ${name} (${type})`);
    }
    const { requests } = this.sites.sightings(this.secret);
    assert.ok(requests.every(({ method }) => method === "POST"), "the password is in no address");
    assert.ok(requests.length <= 1, "it is sent once");
  }

  /** Waits for the form to be sent, and checks what arrived. */
  async assertSent(names = {}) {
    await until(() => this.sites.sent.length > 0, "the form is sent", { ms: ROW_PATIENCE, instead: () => this.browser.describe() });
    const { user = "user", password = "password" } = /** @type {{user?: string, password?: string}} */ (names);
    const [{ body }] = this.sites.sent;
    const fields = new URLSearchParams(body);
    assert.deepEqual([fields.get(user), fields.get(password)], [this.username, this.secret], "user name and password are sent as such");
    this.assertInPlace({ user, password });
    await until(() => this.sites.sightings(this.secret).fields.length > 0, "the page tells that it saw the password in its field", { ms: ROW_PATIENCE });
  }

  /** @param {Row} row */
  async #check({ url, page, expect, says, mayNotOpen }) {
    this.forget();
    const opened = (url ? this.#goto(url).then(() => undefined) : this.open(page)).catch((error) => {
      if (!mayNotOpen) throw error;
      return NOT_OPENED;
    });
    const app = await opened;
    if (app === NOT_OPENED) return;
    if (expect === "nothing" || expect === "refused") {
      await this.clickSays(says);
      return this.assertNothing();
    }
    const popup = await this.click();
    if (expect === "filled") await this.assertSent();
    else {
      const ended = async () => this.sites.sent.length > 0 || (await notice(popup));
      await until(ended, "it is filled or refused", { ms: ROW_PATIENCE, instead: () => this.browser.describe() });
      if (expect === "no-password") assert.deepEqual(this.sites.sightings(this.secret), { fields: [], requests: [] }, "the password was seen");
      else if (this.sites.sent.length > 0) await this.assertSent();
      else this.assertInPlace();
    }
    // A popup that is closed before it hears that the form was sent can't note it, and the next row would be an answer to an older one.
    if (this.sites.sightings(this.secret).requests.length > 0) await until(() => this.#isNoted(app), "the extension knows that the form was sent", { ms: ROW_PATIENCE });
    await closePopup(this.browser);
    this.#sentTo = undefined;
    if (this.sites.sent.length === 0) return;
    // Until then, the page that is opened next may not be the one that the tab shows when the icon is clicked.
    await this.tab.waitForText("Received", "the answer to the form");
    this.#sentTo = app;
  }

  /** Whether what was sent last is the app's password. @param {string | undefined} app */
  async #isNoted(app) {
    const { sent = "[]" } = await this.browser.storage.get("session", "sent");
    return app === undefined || JSON.parse(sent).toSorted((/** @type {{at: number}} */ one, /** @type {{at: number}} */ other) => other.at - one.at)[0]?.app === app;
  }

  /** Tries every row, and tells at the end of all that did not go as expected. @param {Row[]} rows */
  async tryAll(rows) {
    /** @type {string[]} */
    const failed = [];
    for (const row of rows.filter(({ only }) => !only || only === this.browser.name)) {
      if (failed.length >= ENOUGH) break;
      failed.push(...(await this.#complaints(row)));
    }
    assert.ok(failed.length === 0, `${failed.length} of ${rows.length} rows:\n${failed.join("\n")}`);
  }

  /** What there is to say against a row, and which part of the page is to blame. @param {Row} row @returns {Promise<string[]>} */
  async #complaints(row) {
    const complaint = await this.#check(row).catch((error) => error.message);
    if (!complaint) return [];
    await closePopup(this.browser);
    // What one row left open does not count against the next.
    this.#sentTo = undefined;
    const blamed = [];
    for (const part of row.parts ?? []) blamed.push(...(await this.#complaints(part)));
    return [`${row.row}: ${complaint}`, ...blamed];
  }

  /** In the end nothing of the passwords is in the extension's storage, on a console, or in the portal's log. */
  async assertKeptNowhere() {
    const kept = JSON.stringify([await this.browser.storage.get("local"), await this.browser.storage.get("session")]);
    const printed = (await this.browser.consoleText()) + this.servers.portal.log();
    for (const secret of this.secrets) {
      assert.ok(!kept.includes(secret), "a password is kept");
      assert.ok(!printed.includes(secret), "a password is printed");
    }
  }
}
