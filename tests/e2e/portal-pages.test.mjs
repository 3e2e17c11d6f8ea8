// @ts-check
/** The portal's own pages, as people and administrators see them: on a narrow screen, in light and dark, and with a script. */
import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { alex, sam, story, until } from "./person.mjs";
import { programs } from "./servers.mjs";

/** @typedef {import("./person.mjs").Browser} Browser */
/** @typedef {import("./person.mjs").Servers} Servers */
/** @typedef {import("./person.mjs").Tab} Tab */

/** Somebody who has a password for the first sign-in only. */
const kim = { username: "kim@contoso.example", password: "first-sign-in-only", name: "Kim Akers" };

/** The width of a telephone, and of a window in which somebody enlarges everything to more than the threefold. */
const NARROW = 360;

/**
 * Looks at a tab that is enlarged until its window is that narrow for it: no browser makes a window itself so narrow.
 * @param {Browser} browser @param {Tab} tab @param {() => Promise<void>} look
 */
async function narrowly(browser, tab, look) {
  const width = await tab.evaluate(() => innerWidth);
  const enlarge = async (/** @type {number} */ factor) => {
    await browser.worker.evaluate(async (zoom) => {
      const [{ id }] = await chrome.tabs.query({ active: true });
      await chrome.tabs.setZoom(/** @type {number} */ (id), zoom);
    }, factor);
    const isWide = async () => Math.abs((await tab.evaluate(() => innerWidth)) - width / factor) <= 1;
    await until(isWide, `the page is ${width / factor} pixels wide`);
  };
  await enlarge(width / NARROW);
  await look();
  await enlarge(1);
}

/** Whatever is to be seen now fits, and axe finds nothing in either colours. @param {Tab} tab */
async function assertFits(tab) {
  const at = await tab.url();
  assert.equal(await tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0, `${at} scrolls sideways`);
  for (const look of /** @type {const} */ (["light", "dark"])) assert.deepEqual(await tab.accessibility(look), [], `axe, at ${at}, ${look}`);
}

/** @param {Tab} tab @param {Servers} servers @param {typeof alex} person */
async function signInAt(tab, servers, person) {
  await tab.goto(`${servers.portal.url}/sign-in`);
  await tab.type("[name=username]", person.username);
  await tab.type("[name=password]", person.password);
  await tab.click({ text: "Sign in", role: "button" });
  await tab.waitForText("Sign out");
}

/** What anybody may open; what a person may; and what an administrator may, with the words that show that it is that page. */
const PAGES = {
  nobody: [
    ["/sign-in", "User name"],
    ["/nowhere", "There is no page"],
    [
      `/oauth/authorize?client_id=my-apps-extension&redirect_uri=${encodeURIComponent(`https://${"a".repeat(32)}.chromiumapp.org/`)}`,
      "--redirect-uri",
    ],
  ],
  alex: [
    ["/", "Get it for"],
    ["/?q=nothing-like-it", "No app fits"],
    ["/apps/expenses/password", "Store your password"],
    ["/apps/crm/password", "Remove stored password"],
    ["/account/password", "New password again"],
  ],
  sam: [
    ["/", "Audit trail"],
    ["/audit", "Host"],
    ["/audit?outcome=refused", "No line fits"],
    ["/forms", "Contoso Suppliers"],
    ["/apps/suppliers/form", "In use"],
    ["/addresses", "payroll"],
    ["/addresses/entry", "Add an internal address"],
    ["/addresses/import", "Replace the map"],
    ["/addresses/probe", "Inside your network"],
  ],
};

/** @param {Browser} browser @param {Tab} tab @param {Servers} servers @param {keyof typeof PAGES} who */
const openAll = (browser, tab, servers, who) =>
  narrowly(browser, tab, async () => {
    for (const [path, words] of PAGES[who]) {
      await tab.goto(servers.portal.url + path);
      await tab.waitForText(words);
      await assertFits(tab);
    }
  });

const STORES = ["--chrome-store-url", "https://chrome.example/", "--firefox-store-url", "https://firefox.example/"];

story(
  "no page of the portal scrolls sideways on a narrow screen, and axe has nothing to complain about in light and dark",
  async (browser, servers) => {
    const tab = await browser.openTab(`${servers.portal.url}/sign-in`);
    await openAll(browser, tab, servers, "nobody");

    await signInAt(tab, servers, alex);
    await openAll(browser, tab, servers, "alex");
    await browser.clearCookies("portal.localhost");

    await signInAt(tab, servers, sam);
    await tab.goto(`${servers.portal.url}/addresses/entry`);
    await tab.type("#internal", "http://intranet.department.corp.contoso.example/human-resources/payroll/");
    await tab.type("#external", "https://hr.contoso.example/");
    await tab.click({ text: "Add", role: "button" });
    await tab.waitForText("Saved.");
    await openAll(browser, tab, servers, "sam");
  },
  { portal: STORES },
);

/** What the browser says is wrong with a field, before anything is sent. @param {Tab} tab @param {string} id */
const wrong = (tab, id) => tab.evaluate((field) => /** @type {HTMLInputElement} */ (document.getElementById(field)).validationMessage, id);

/** How often the portal was sent the form. @param {Servers} servers */
const sent = (servers) => servers.portal.log().match(/POST.*\/account\/password/g)?.length ?? 0;

story("new passwords that differ are told before anything is sent, and a password can be looked at", async (browser, servers) => {
  const add = ["user", "add", kim.username, "--name", kim.name, "--password-stdin", "--must-change-password", "--database", join(servers.folder, "portal.db")];
  execFileSync(join(programs, "my-apps-portal"), add, { input: kim.password });
  const tab = await browser.openTab(`${servers.portal.url}/sign-in`);
  await signInAt(tab, servers, kim);
  await narrowly(browser, tab, () => assertFits(tab));

  // The button says what it does next, of which field; a name that changes and a pressed state would contradict each other.
  const shown = () => {
    const field = /** @type {HTMLInputElement} */ (document.querySelector("#new"));
    const button = /** @type {HTMLElement} */ (field.parentElement?.querySelector("button"));
    return [field.type, button.innerText, button.getAttribute("aria-label"), button.getAttribute("aria-pressed")];
  };
  const button = ".secret:has(#new) button";
  await tab.type("#current", kim.password);
  await tab.type("#new", "a-new-password");
  assert.deepEqual(await tab.evaluate(shown), ["password", "Show", "Show New password", null]);
  await tab.click(button);
  assert.deepEqual(await tab.evaluate(shown), ["text", "Hide", "Hide New password", null]);
  assert.deepEqual(await tab.accessibility(), [], "axe has nothing to complain about");
  await tab.click(button);
  assert.deepEqual(await tab.evaluate(shown), ["password", "Show", "Show New password", null]);

  await tab.type("#again", "another-password");
  await tab.click({ text: "Change password", role: "button" });
  await tab.waitFor(() => document.activeElement?.id === "again", "the field that is wrong");
  assert.match(await wrong(tab, "again"), /not the same/);
  assert.equal(sent(servers), 0, "nothing was sent");
  // Whichever of the two is put right.
  await tab.evaluate(() => (/** @type {HTMLInputElement} */ (document.querySelector("#new")).value = ""));
  await tab.type("#new", "another-password");
  assert.equal(await wrong(tab, "again"), "");
  await tab.click(button);
  await tab.click({ text: "Change password", role: "button" });
  await tab.waitForText("Your apps");
  assert.equal(sent(servers), 1);
});
