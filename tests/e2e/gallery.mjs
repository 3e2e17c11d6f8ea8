// @ts-check
/**
 * A picture of every state of every page of ours, in both browsers, in several languages, light, dark and in the person's own
 * few colours, to be looked at: `./build.sh pictures`. They lie in target/gallery, named browser-language-look-state. It fails
 * where a state can't be reached and where axe finds something wrong with a look of one; the rest is for the eye.
 * `MY_APPS_LANGUAGES="de"` takes those of one language, the portal's pages are in English alone.
 */
import { mkdirSync } from "node:fs";
import { startBrowser } from "./driver/index.mjs";
import { answerSignInWindow, chooseInAccountMenu, choosePortal, closePopup, folder, openMenu, popupOrClick, pressAndLeave, sam, savePassword, signedIn, signIn, typePortal, until } from "./person.mjs";
import { sentences } from "./sentences.mjs";
import { startServers } from "./servers.mjs";

/** @typedef {import("./person.mjs").Browser} Browser */
/** @typedef {import("./person.mjs").Servers} Servers */
/** @typedef {import("./person.mjs").Tab} Tab */
/** @typedef {import("./driver/interface.d.ts").Page} Page */
/** @typedef {(page: Page, state: string, looks?: readonly import("./driver/interface.d.ts").Look[]) => Promise<void>} Photographer */
/** @typedef {(key: string) => string} Say  what to wait for, by the key of a sentence */

const gallery = new URL("../../target/gallery/", import.meta.url).pathname;
const browsers = /** @type {("chromium" | "firefox")[]} */ ((process.env.MY_APPS_BROWSERS ?? "chromium firefox").split(" "));
const languages = (process.env.MY_APPS_LANGUAGES ?? "en de ar ja").split(" ");
const LOOKS = /** @type {const} */ (["light", "dark", "contrast"]);

/** @param {Browser} browser @param {Servers} servers @param {Tab} tab @param {Say} say @param {Photographer} picture */
async function signedOut(browser, servers, tab, say, picture) {
  let popup = await browser.clickIcon(tab);
  await popup.waitForText(say("buttonChangePortal"));
  await picture(popup, "popup-first-run");
  await popup.close();
  const options = await typePortal(browser, "http://portal.contoso.example/");
  await options.waitForText(say("portalNotHttps"));
  await picture(options, "settings-refused");
  await options.close();
  await choosePortal(browser, servers);
  popup = await browser.clickIcon(tab);
  await popup.waitForText(say("signInToGetStarted"));
  await picture(popup, "popup-signed-out");
  await pressAndLeave(popup, ".welcome .primary");
  const window = await browser.authWindow();
  await window.waitFor(() => document.querySelector("[name=password]"), "the portal's sign-in form");
  await picture(window, "portal-sign-in");
  popup = await popupOrClick(browser, tab);
  await popup.waitForText(say("buttonCancel"));
  await picture(popup, "popup-signing-in");
  await closePopup(browser);
  await window.closeByUser();
  await until(async () => ((await browser.storage.get("session", "sign_in")).sign_in ?? "").includes("Failed"), "the sign-in is over");
  popup = await popupOrClick(browser, tab);
  await popup.waitForText(say("signInCancelled"));
  await picture(popup, "popup-cancelled");
  await popup.close();
}

/** @param {Browser} browser @param {Servers} servers @param {Tab} tab @param {Say} say @param {Photographer} picture */
async function menu(browser, servers, tab, say, picture) {
  let popup = await openMenu(browser, tab);
  await popup.waitFor(() => document.querySelector(".letter img"), "the icons");
  await picture(popup, "popup-menu-first");
  await popup.type("wi");
  await popup.waitFor(() => document.querySelectorAll("[role=option]").length < 5, "fewer apps");
  await picture(popup, "popup-search");
  await popup.type("zzz");
  await popup.waitFor(() => document.querySelectorAll("[role=option]").length === 0, "no app");
  await picture(popup, "popup-nothing-found");
  await popup.close();
  for (const name of ["wiki", "help desk", "travel"]) {
    popup = await openMenu(browser, tab);
    await popup.type(name);
    await popup.waitFor((typed) => document.querySelector("[aria-selected=true] .name")?.textContent?.toLowerCase().includes(typed), "the app that is meant", name);
    await popup.press("Enter");
    await popup.waitForClose();
    await tab.activate();
  }
  popup = await openMenu(browser, tab);
  await popup.click({ text: say("buttonNotNow"), role: "button" });
  await popup.waitFor(() => !document.querySelector(".card"), "the offer is gone");
  await popup.press("ArrowDown");
  await picture(popup, "popup-recently-used");
  await popup.press("Control+d");
  await popup.waitFor(() => document.querySelector("[data-favourite]"), "a favourite");
  await popup.evaluate(() => (document.documentElement.dataset.held = "yes"));
  await picture(popup, "popup-favourites-numbered");
  await popup.evaluate(() => (document.documentElement.dataset.held = "no"));
  await popup.press("F2");
  await popup.waitFor(() => document.activeElement?.id === "own-name", "a name can be typed");
  await picture(popup, "popup-own-name");
  await popup.click({ text: say("buttonCancel"), role: "button" });
  await popup.click("#account-button");
  await popup.waitFor(() => document.querySelector("#account-panel:popover-open"), "the account's menu");
  await picture(popup, "popup-account-menu");
  await popup.close();
  const options = await browser.extensionPage("options/options.html");
  await options.waitForText(say("portalLocked"));
  await picture(options, "settings-signed-in");
  await options.click("#clear");
  await options.waitForText(say("clearQuestion"));
  await options.evaluate(() => (document.documentElement.dataset.theme = "contrast"));
  await picture(options, "settings-clear-high-contrast");
  await options.close();
  const diagnostics = await browser.extensionPage("options/diagnostics.html");
  await diagnostics.waitFor(() => document.documentElement.dataset.ready === "still", "the answers");
  await picture(diagnostics, "diagnostics");
  await diagnostics.close();
  await tab.activate();
}

/** @param {Browser} browser @param {Servers} servers @param {Tab} tab @param {Say} say @param {Photographer} picture */
async function pages(browser, servers, tab, say, picture) {
  /** @type {[string, string, string][]} */
  const said = [
    ["look-alike", `http://crm.localhost.evil.localhost:${servers.samples.port}/login`, say("lookAlike")],
    ["other-path", servers.sample("crm", "/login-help"), say("otherPath")],
    ["not-assigned", servers.sample("payroll"), say("appNotAssigned")],
    ["no-form", servers.sample("crm", "/login/no-form"), say("formMissing")],
    ["no-password", servers.sample("expenses"), say("noPasswordStored")],
  ];
  for (const [state, address, words] of said) {
    await tab.goto(address);
    const popup = await browser.clickIcon(tab);
    await popup.waitForText(words);
    await picture(popup, `popup-${state}`);
    await popup.close();
  }
  // It closes after a moment: a look each, in a tab of its own, because one where a password was just sent is not filled again.
  for (const look of LOOKS) {
    await browser.clearCookies("crm.localhost");
    const crm = await browser.openTab(servers.sample("crm"));
    const popup = await browser.clickIcon(crm);
    await popup.waitForText(say("submitted"));
    await picture(popup, "popup-filled", [look]);
    await closePopup(browser);
    await crm.close();
  }
  await tab.activate();
}

/** @param {Browser} browser @param {Servers} servers @param {Photographer} picture */
async function portal(browser, servers, picture) {
  const page = await browser.openTab(`${servers.portal.url}/`);
  await page.waitForText("Contoso CRM");
  await picture(page, "portal-home");
  await page.goto(`${servers.portal.url}/apps/expenses/password`);
  await picture(page, "portal-password");
  await savePassword(page, "alex", "expenses-Demo-1!");
  await picture(page, "portal-password-saved");
  await page.goto(`${servers.portal.url}/account/password`);
  await picture(page, "portal-own-password");
  await page.goto(`${servers.portal.url}/audit`).catch(() => undefined); // For administrators only; others see why not.
  await picture(page, "portal-audit");
  await page.close();
}

/** What administrators see. @param {Browser} browser @param {Servers} servers @param {Tab} tab @param {Say} say @param {Photographer} picture */
async function administration(browser, servers, tab, say, picture) {
  await tab.goto(servers.sample("wiki", "/"));
  let popup = await openMenu(browser, tab);
  await chooseInAccountMenu(popup, say("buttonSignOut"));
  await popup.waitForText(say("signInToGetStarted"));
  await popup.close();
  await signIn(browser, tab, sam);
  popup = await openMenu(browser, tab);
  await chooseInAccountMenu(popup, say("buttonTeach"));
  await popup.waitForText(say("teachEmpty"));
  await picture(popup, "popup-teach-nothing");
  await popup.close();
  await tab.goto(servers.sample("benefits"));
  popup = await browser.clickIcon(tab);
  await popup.waitForText("Company ID");
  await picture(popup, "popup-teach");
  await popup.click({ text: say("buttonSaveForm"), role: "button" });
  await popup.waitForText(say("teachSaved"));
  await picture(popup, "popup-taught");
  await popup.close();
}

/** What administrators see at the portal. @param {Browser} browser @param {Servers} servers @param {Photographer} picture */
async function portalAdministration(browser, servers, picture) {
  const page = await browser.openTab(`${servers.portal.url}/forms`);
  await page.waitForText("Contoso Benefits");
  await picture(page, "portal-forms");
  await page.goto(`${servers.portal.url}/audit`);
  await picture(page, "portal-audit-administrator");
  await page.goto(`${servers.portal.url}/addresses`);
  await picture(page, "portal-addresses-none");
  await page.goto(`${servers.portal.url}/addresses/import`);
  await picture(page, "portal-addresses-import");
  await page.type("#map", '{"links": [{"internal": "intranet", "external": "https://hr.contoso.com/"}]}');
  await page.click({ text: "Import", role: "button" });
  await page.waitForText("Nothing was replaced");
  await picture(page, "portal-addresses-import-refused");
  await page.goto(`${servers.portal.url}/addresses/probe`);
  await picture(page, "portal-addresses-probe");
  await page.goto(`${servers.portal.url}/addresses/entry`);
  await page.type("#internal", "intranet/hr");
  await page.type("#external", "https://hr.contoso.com/");
  await page.click({ text: "Add", role: "button" });
  await page.waitForText("Not saved");
  await picture(page, "portal-addresses-refused");
  await page.goto(`${servers.portal.url}/addresses/entry`);
  await page.type("#internal", "http://intranet/hr/");
  await page.type("#external", "https://hr.contoso.com/");
  await page.click({ text: "Add", role: "button" });
  await page.waitForText("Saved.");
  await picture(page, "portal-addresses");
  await page.close();
}

/** @param {Browser} browser @param {Servers} servers @param {Tab} tab @param {Say} say @param {Photographer} picture */
async function endings(browser, servers, tab, say, picture) {
  await tab.goto(servers.sample("wiki", "/"));
  await browser.clearCookies("portal.localhost");
  const session = JSON.parse((await browser.storage.get("session", "session")).session);
  await browser.storage.set("session", { session: JSON.stringify({ ...session, access_token: "no-longer-good" }) });
  let popup = await browser.clickIcon(tab);
  await popup.waitForText(say("sessionExpired"));
  await picture(popup, "popup-expired");
  await pressAndLeave(popup, ".welcome .primary");
  await answerSignInWindow(browser);
  await signedIn(browser);
  await closePopup(browser);
  await servers.portal.stop();
  popup = await openMenu(browser, tab);
  await popup.waitForText(say("portalUnreachable"));
  await picture(popup, "popup-portal-down");
  await popup.close();
}

/** What axe finds wrong, and where. @type {string[]} */
const complaints = [];
mkdirSync(gallery, { recursive: true });
for (const name of browsers)
  for (const language of languages) {
    const servers = await startServers();
    const browser = await startBrowser({ browser: name, extension: folder(name) });
    const say = sentences(language);
    /** @type {Photographer} */
    const picture = async (page, state, looks = LOOKS) => {
      for (const look of looks) {
        await page.screenshot(`${gallery}${name}-${language}-${look}-${state}.png`, look);
        for (const { help, nodes } of await page.accessibility(look)) {
          complaints.push(`${name}, ${language}, ${look}, ${state}: ${help} (${nodes.join(", ")})`);
        }
      }
    };
    try {
      await browser.storage.set("local", { language });
      const tab = await browser.openTab(servers.sample("wiki", "/"));
      await signedOut(browser, servers, tab, say, picture);
      await signIn(browser, tab);
      await menu(browser, servers, tab, say, picture);
      await pages(browser, servers, tab, say, picture);
      if (language === "en") await portal(browser, servers, picture);
      await administration(browser, servers, tab, say, picture);
      if (language === "en") await portalAdministration(browser, servers, picture);
      await endings(browser, servers, tab, say, picture);
      console.log(`  ${name}, ${language}: ${gallery}`);
    } finally {
      await browser.close();
      await servers.stop().catch(() => undefined);
    }
  }
for (const complaint of complaints) console.error(`  ${complaint}`);
process.exitCode = complaints.length > 0 ? 1 : 0;
