// @ts-check
/** What a person sets, and that it is followed: on the options page, with keys as well as with the mouse. */
import { strict as assert } from "node:assert";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "./driver/processes.mjs";
import { atWork, choosePortal, folder, openMenu, pressAndLeave, sections, story, until } from "./person.mjs";

/** @typedef {import("./person.mjs").Browser} Browser */
/** @typedef {import("./person.mjs").Tab} Tab */

/** Opens the options page. @param {Browser} browser */
async function openSettings(browser) {
  const options = await browser.extensionPage("options/options.html");
  await options.waitFor(() => document.documentElement.dataset.ready === "still", "the settings");
  return options;
}

/** Moves the focus to an element as a person does with the Tab key. @param {Tab} page @param {string} id */
async function tabTo(page, id) {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.press("Tab");
    if ((await page.evaluate(() => document.activeElement?.id)) === id) return;
  }
  assert.fail(`#${id} can't be reached with the Tab key`);
}

/** What was set, from the storage. @param {Browser} browser */
const kept = async (browser) => JSON.parse((await browser.storage.get("local", "settings")).settings ?? "{}");

/** Opens an app from the menu. @param {Browser} browser @param {Tab} tab @param {string} name */
async function launch(browser, tab, name) {
  await tab.activate();
  const popup = await openMenu(browser, tab);
  await popup.type(name);
  await popup.waitFor((typed) => document.querySelector("[aria-selected=true] .name")?.textContent?.toLowerCase().includes(typed), "the app that is meant", name);
  await popup.press("Enter");
  await popup.waitForClose();
  await tab.activate();
}

story("settings are set with keys alone, kept, and followed", async (browser, servers) => {
  const tab = await atWork(browser, servers);
  let options = await openSettings(browser);
  assert.deepEqual(await options.accessibility(), [], "axe has nothing to complain about");
  assert.equal(await options.evaluate(() => document.activeElement?.tagName), "BODY", "who has gone nowhere yet begins at the top");

  // Automatic submit off: the form is filled, and stays for the person to send.
  await tabTo(options, "submits");
  await options.press("Space");
  await until(async () => (await kept(browser)).submits === false, "the switch is kept");
  const crm = await browser.openTab(servers.sample("crm"));
  let popup = await browser.clickIcon(crm);
  await popup.waitForText("is filled in");
  await popup.close();
  const filled = await crm.evaluate(() => [...document.querySelectorAll("input")].filter((input) => input.type === "password" && input.value !== "").length);
  assert.equal(filled, 1, "the password is in the form");
  assert.deepEqual(await servers.attempts("crm"), { attempts: 0, succeeded: 0 });
  await crm.click({ text: "Sign in", role: "button" });
  await crm.waitForText("Signed in as");
  assert.deepEqual(await servers.attempts("crm"), { attempts: 1, succeeded: 1 });
  await crm.close();

  // Recently Used: three, or as many as one likes, or none.
  for (const name of ["wiki", "help desk", "travel"]) await launch(browser, tab, name);
  popup = await openMenu(browser, tab);
  assert.equal((await sections(popup))["Recently Used"].length, 3);
  await popup.close();
  await options.activate();
  await tabTo(options, "recents");
  await options.press("ArrowDown");
  await until(async () => (await kept(browser)).recents === 4, "one more is kept");
  popup = await openMenu(browser, tab);
  assert.deepEqual((await sections(popup))["Recently Used"].at(-1), "Contoso CRM", "the fourth was not forgotten");
  await popup.close();
  await options.activate();
  await options.press("Home");
  await until(async () => (await kept(browser)).recents === 0, "none is kept");
  popup = await openMenu(browser, tab);
  assert.deepEqual(Object.keys(await sections(popup)), ["All apps"]);
  await popup.close();

  // Colours: worn at once, by every page, from its first frame.
  await options.activate();
  await tabTo(options, "theme");
  await options.press("End");
  await options.waitFor(() => document.documentElement.dataset.theme === "contrast", "high contrast");
  assert.deepEqual(await options.accessibility(), [], "axe has nothing to complain about in high contrast");
  await options.close();
  popup = await openMenu(browser, tab);
  assert.equal(await popup.evaluate(() => getComputedStyle(document.body).backgroundColor), "rgb(0, 0, 0)");
  assert.deepEqual(await popup.accessibility(), [], "nor in the menu");
  await popup.close();

  // Everything survives the browser.
  await browser.restart();
  options = await openSettings(browser);
  assert.equal(await options.evaluate(() => /** @type {HTMLSelectElement} */ (document.querySelector("#theme")).value), "contrast");
  assert.equal((await kept(browser)).submits, false);

  await tabTo(options, "theme");
  await options.press("Home");
  await options.waitFor(() => document.documentElement.dataset.theme === "system", "the colours of the system again");

  // Twice as large, nothing is cut off and nothing scrolls sideways.
  await options.evaluate(() => (document.documentElement.style.fontSize = "200%"));
  const overflow = await options.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(overflow <= 0, `the page is ${overflow} pixels too wide`);
});

/** In Chromium, access is allowed beforehand in a browser of its own only. */
const OWN_BROWSER = { granted: [] };

story("access to sites is turned on and off one by one, and everything is cleared after a question", async (browser, servers) => {
  const tab = await atWork(browser, servers);
  const options = await openSettings(browser);
  await options.waitForText("On for 0 of 8 apps");
  const first = await options.evaluate(() => document.querySelector("#sites .name")?.textContent);
  await options.click("#site-0");
  await browser.acceptPermissionPrompt();
  await options.waitForText("On for 1 of 8 apps");
  assert.deepEqual((await browser.grantedOrigins()).length, 1);
  assert.ok((await browser.grantedOrigins())[0]?.includes(String(first).replace("http://", "")), `${first} it is`);
  await options.click("#turn-all-on");
  await browser.acceptPermissionPrompt();
  await options.waitForText("On for 8 of 8 apps");
  assert.deepEqual(await options.accessibility(), [], "axe has nothing to complain about");
  await options.click("#site-0");
  await options.waitForText("On for 7 of 8 apps");
  await options.click("#turn-all-off");
  await options.waitForText("On for 0 of 8 apps");
  await until(async () => (await browser.grantedOrigins()).length === 0, "no access is left");

  await options.click("#clear");
  await options.waitForText("Clear everything that My Apps keeps");
  assert.equal(await options.evaluate(() => document.activeElement?.id), "keep", "the focus is on the harmless answer");
  assert.deepEqual(await options.accessibility(), [], "axe has nothing to complain about in the question");
  await options.press("Escape");
  await options.waitFor(() => document.activeElement?.id === "clear", "nothing was cleared");
  await options.press("Enter");
  await options.click({ text: "Clear everything", role: "button" });
  await options.waitForText("Everything is cleared");
  await until(async () => Object.keys(await browser.storage.get("local")).length === 0, "nothing is left");
  await options.close();
  // The portal was told: it asks for the password, as it asks anybody.
  await choosePortal(browser, servers);
  const popup = await browser.clickIcon(tab);
  await popup.waitForText("Sign in to get started");
  await pressAndLeave(popup, "Sign in");
  const window = await browser.authWindow();
  await window.waitFor(() => document.querySelector("[name=password]"), "the portal asks for the password again");
  await window.closeByUser();
}, OWN_BROWSER);

story("the language is chosen by keys, when the choice is made and not on the way to it, and everything is in it", async (browser) => {
  const options = await openSettings(browser);
  const another = await openSettings(browser);
  const help = await browser.extensionPage("options/diagnostics.html");
  const shown = () => [document.documentElement.lang, /** @type {HTMLSelectElement} */ (document.querySelector("#language")).value, document.activeElement?.id].join(" ");
  await options.activate();
  await tabTo(options, "language");
  // Čeština comes first, Dansk after it.
  await options.press("ArrowDown");
  await options.press("ArrowDown");
  assert.equal(await options.evaluate(shown), "en da language");
  await options.press("Enter");
  await options.waitFor(() => document.documentElement.lang === "da" && document.activeElement?.id === "language", "the settings in Danish, and the focus where it was");
  await another.waitFor(() => document.documentElement.lang === "da", "the other settings in Danish");
  await help.waitFor(() => document.documentElement.lang === "da" && document.documentElement.dataset.ready === "still", "Help in Danish");
  assert.notEqual(await options.evaluate(() => document.title), "My Apps: settings");
});

story("the page that finds out what is wrong says so, question by question, and names nobody", async (browser, servers) => {
  const tab = await atWork(browser, servers);
  const crm = await browser.openTab(servers.sample("crm"));
  let popup = await browser.clickIcon(crm);
  await crm.waitForText("Signed in as");
  await popup.waitForClose();
  await crm.goto(servers.sample("crm", "/login/no-form"));
  popup = await browser.clickIcon(crm);
  await popup.waitForText("no sign-in form");
  await until(async () => ((await browser.storage.get("local", "fill_log")).fill_log ?? "").includes("formMissing"), "the fill is remembered");
  await popup.close();
  await crm.close();

  const page = await browser.extensionPage("options/diagnostics.html");
  await page.waitFor(() => document.documentElement.dataset.ready === "still", "the answers");
  /** @returns {Promise<Record<string, string>>} */
  const levels = () =>
    page.evaluate(() => Object.fromEntries([...document.querySelectorAll("#checks li")].map((check) => [check.querySelector(".name")?.textContent, /** @type {HTMLElement} */ (check).dataset.level])));
  const found = await levels();
  for (const question of ["Portal", "Browser", "Extension", "Sign-in", "Clock", "Storage", "Cookies of the portal"]) assert.equal(found[question], "good", question);
  assert.equal(found["Automatic sign-in"], "warning");
  assert.deepEqual(await page.accessibility(), [], "axe has nothing to complain about");
  const text = await page.text();
  assert.match(text, /Contoso CRM[^]*shows no sign-in form[^]*Contoso CRM[^]*was filled and sent/);
  for (const name of ["Alex", "alex", "crm.localhost"]) assert.ok(!text.includes(name), `${name} is named`);

  const copied = () => page.evaluate(() => document.querySelector("#copied")?.textContent);
  await page.click({ text: "Copy report", role: "button" });
  await page.waitForText("Copied.");

  // The one thing to do about it, from here.
  await page.click({ text: "Turn all on", role: "button" });
  await browser.acceptPermissionPrompt();
  await until(async () => (await levels())["Automatic sign-in"] === "good", "access to the sites");
  assert.equal(await copied(), "", "what was copied is not this");

  // The portal goes away, and it shows.
  await servers.portal.stop();
  await page.click({ text: "Check again", role: "button" });
  await until(async () => (await levels()).Portal === "bad", "the portal is missed");
  await page.waitForText("can't be reached");
  assert.ok(await tab.isOpen());
}, OWN_BROWSER);

/** The extension as a company builds it for itself, with access to one of its apps from the start. */
function companyBuild() {
  const { path } = temporaryFolder("company-build");
  cpSync(folder("chromium"), path, { recursive: true });
  const manifest = join(path, "manifest.json");
  writeFileSync(manifest, JSON.stringify({ ...JSON.parse(readFileSync(manifest, "utf8")), host_permissions: ["http://crm.localhost/*"] }));
  return path;
}

// In Firefox people may take back what came with the installation, too.
story(
  "what came with a company's own build stays, and all else is turned off",
  async (browser, servers) => {
    await atWork(browser, servers);
    await browser.grant(["http://people.localhost/*", "http://inventory.localhost/*"]);
    const options = await openSettings(browser);
    await options.waitForText("On for 3 of 8 apps");
    await options.click("#turn-all-off");
    await options.waitForText("On for 1 of 8 apps");
    assert.deepEqual(await browser.grantedOrigins(), ["http://crm.localhost/*"]);
  },
  { only: "chromium", extension: companyBuild() },
);
