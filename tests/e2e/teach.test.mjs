// @ts-check
/** An administrator teaches the portal how an app's form is filled; everybody else is signed in by it. */
import { strict as assert } from "node:assert";
import { chooseInAccountMenu, alex, atWork, openMenu, sam, sections, signIn, story, until } from "./person.mjs";

/** @typedef {import("./person.mjs").Browser} Browser */
/** @typedef {import("./person.mjs").Tab} Tab */
/** @typedef {import("./person.mjs").Popup} Popup */

/** The rows of the lesson: what the page calls each control, and what it is for. @param {Popup} popup @returns {Promise<Record<string, string>>} */
const parts = (popup) =>
  popup.evaluate(() =>
    Object.fromEntries([...document.querySelectorAll("#teach-rows li")].map((row) => [row.querySelector(".name")?.textContent, row.querySelector("select")?.value])),
  );

/** Chooses an entry of the list beside a word. @param {Popup} popup @param {string} label @param {string} value */
async function choose(popup, label, value) {
  await popup.evaluate(
    (label, value) => {
      const row = [...document.querySelectorAll("#teach-rows li")].find((row) => row.querySelector(".name")?.textContent === label);
      const select = /** @type {HTMLSelectElement} */ (row?.querySelector("select"));
      select.focus();
      select.value = value;
      select.dispatchEvent(new Event("change", { bubbles: true }));
    },
    label,
    value,
  );
}

/** Clicks the icon and waits until the page was looked at. @param {Browser} browser @param {Tab} tab @param {string} label a control of the page */
async function lesson(browser, tab, label) {
  const popup = await browser.clickIcon(tab);
  await popup.waitFor((label) => [...document.querySelectorAll("#teach-rows .name")].some((name) => name.textContent === label), `“${label}”, in the lesson`, label);
  return popup;
}

/** Begins on a page that is no app's, where a click fills nothing. @param {Browser} browser @param {Tab} tab */
async function begin(browser, tab) {
  const popup = await openMenu(browser, tab);
  await chooseInAccountMenu(popup, "Teach this sign-in form");
  await popup.waitForText("This page shows no field");
  await popup.close();
}

/** What the extension knows of an app's form. @param {Browser} browser @param {string} app @returns {Promise<string>} */
async function known(browser, app) {
  const list = JSON.parse((await browser.storage.get("local", "catalogue")).catalogue);
  return JSON.stringify(list.apps.find((/** @type {{id: string}} */ entry) => entry.id === app).form);
}

/** Saves, and waits until the popup has read the new list. @param {Browser} browser @param {Popup} popup */
async function save(browser, popup) {
  const list = async () => (await browser.storage.get("local", "catalogue_tag")).catalogue_tag;
  const before = await list();
  await popup.click({ text: "Save for everyone", role: "button" });
  await popup.waitForText("Saved. From now on");
  await until(async () => (await list()) !== before, "the list with the new form");
  await popup.close();
}

/** @param {Tab} tab */
const values = (tab) => tab.evaluate(() => [...document.querySelectorAll("input")].filter((input) => input.type !== "hidden").map((input) => input.value));

story("an administrator teaches a form, takes back what was wrong, and others are signed in by it", async (browser, servers) => {
  const tab = await atWork(browser, servers, sam);
  const original = await known(browser, "benefits");
  await begin(browser, tab);

  // A page of an app: what is on it, what it is for, and nothing filled.
  await tab.goto(servers.sample("benefits"));
  let popup = await lesson(browser, tab, "Company ID");
  assert.deepEqual(await parts(popup), { "Company ID": "extra", "User name": "username", "Password": "password", "Log in": "submit" });
  assert.equal(await popup.evaluate(() => document.querySelector("#a option:checked")?.textContent), "Contoso Benefits");
  assert.deepEqual(await popup.accessibility(), [], "nothing to complain about for axe");
  assert.deepEqual(await values(tab), ["", "", ""], "a click that goes on teaching fills nothing");

  // Made-up values go into the page and nowhere else.
  await popup.click({ text: "Try with made-up values", role: "button" });
  await popup.waitForText("The page took made-up values");
  assert.deepEqual(await values(tab), ["test", "test", "test"]);
  assert.deepEqual(await servers.attempts("benefits"), { attempts: 0, succeeded: 0 });
  await save(browser, popup);
  const taught = await known(browser, "benefits");
  assert.ok(taught !== original && taught.includes("companyId") && taught.includes("#log-in") && !taught.includes("test"), taught);

  // Something wrong: the company is left out.
  await begin(browser, await browser.openTab(servers.sample("wiki", "/")));
  await tab.goto(servers.sample("benefits"));
  popup = await lesson(browser, tab, "Company ID");
  await choose(popup, "Company ID", "unused");
  await until(async () => !(await browser.storage.get("session", "draft")).draft.includes("Company ID"), "the company is left out");
  await save(browser, popup);
  assert.ok(!(await known(browser, "benefits")).includes("companyId"), "what is wrong is everybody's, too");

  // On the portal, back to the version before.
  const portal = await browser.openTab(servers.portal.url);
  await portal.click({ text: "Sign-in forms", role: "link" });
  await portal.click({ text: "Contoso Benefits", role: "link" });
  await portal.waitForText("No field “Company ID” any more");
  await portal.waitForText("Sam Rivera");
  await portal.click("tr:nth-child(2) button");
  await portal.waitForText("Done.");
  await portal.close();

  // Somebody else: no entry for teaching, and one click signs in with the form that was taught.
  popup = await openMenu(browser, await browser.openTab(servers.sample("wiki", "/")));
  await chooseInAccountMenu(popup, "Sign out");
  await popup.waitForText("Sign in to get started");
  await popup.close();
  await tab.goto(servers.sample("wiki", "/"));
  await signIn(browser, tab, alex);
  popup = await openMenu(browser, tab);
  assert.ok((await sections(popup))["All apps"].includes("Contoso Benefits"));
  assert.ok(!(await popup.text()).includes("Teach"), "only administrators teach");
  await popup.close();
  assert.equal(await known(browser, "benefits"), taught, "the version before, for everybody");
  await tab.goto(servers.sample("benefits"));
  popup = await browser.clickIcon(tab);
  await tab.waitForText("Signed in as alex.wilber");
  await popup.waitForClose();
  assert.deepEqual(await servers.attempts("benefits"), { attempts: 1, succeeded: 1 });
});

story("a form of two pages is taught page by page", async (browser, servers) => {
  const tab = await atWork(browser, servers, sam);
  await begin(browser, tab);
  await tab.goto(servers.sample("people"));
  let popup = await lesson(browser, tab, "Next");
  await popup.close();
  // The person goes on by hand; what was taught before stays.
  await tab.type("[name=identifier]", "sam.rivera");
  await tab.click({ text: "Next", role: "button" });
  await tab.waitFor(() => document.querySelector("[type=password]"), "the second page");
  popup = await lesson(browser, tab, "Password");
  assert.equal(await popup.evaluate(() => document.querySelector("#o option:checked")?.textContent), "Step 2");
  await save(browser, popup);
  const form = JSON.parse(await known(browser, "people"));
  assert.deepEqual(
    form.steps.map((/** @type {{fields: {field_id: string}[]}} */ step) => step.fields.map((field) => field.field_id)),
    [["username"], ["password"]],
  );
});

story("a form in a frame of the page is taught where it stands", async (browser, servers) => {
  const tab = await atWork(browser, servers, sam);
  await begin(browser, tab);
  await tab.goto(servers.sample("crm", "/login/no-form"));
  await tab.evaluate(() => {
    document.body.innerHTML = `<h1>Our portal</h1><iframe src="/login" width="600" height="400"></iframe>`;
  });
  await tab.waitFor(() => document.querySelector("iframe")?.contentDocument?.querySelector("#password"), "the form in the frame");
  const popup = await lesson(browser, tab, "User name");
  await popup.click({ text: "Try with made-up values", role: "button" });
  await popup.waitForText("The page took made-up values");
  assert.equal(await tab.evaluate(() => /** @type {any} */ (document.querySelector("iframe"))?.contentDocument.querySelector("#username").value), "test");
  await save(browser, popup);
  assert.equal(JSON.parse(await known(browser, "crm")).frame_origin, new URL(servers.sample("crm")).origin);
});
