// @ts-check
/** The main job, from the first click to the second app, told once in each browser. Pictures go to target/pictures. */
import { strict as assert } from "node:assert";
import { mkdirSync } from "node:fs";
import { chooseInAccountMenu, answerSignInWindow, popupSays, openMenu, popupAfterSignIn, pressAndLeave, savePassword, sections, story, until } from "./person.mjs";

const pictures = new URL("../../target/pictures/", import.meta.url).pathname;
mkdirSync(pictures, { recursive: true });

story(
  "choose the portal by right-click, sign in, search, launch, fill",
  async (browser, servers) => {
    const picture = (/** @type {string} */ name) => `${pictures}${browser.name}-${name}.png`;
    const tab = await browser.openTab(servers.sample("wiki", "/"));

    // Signed out, with Microsoft's portal: one sentence, and a way on.
    let popup = await browser.clickIcon(tab);
    await popup.waitForText("Microsoft has to know My Apps");
    await popup.waitForText("Change portal");
    await popup.screenshot(picture("first-run"));
    await popup.close();

    // Right-click → My Apps URL.
    let menu = await browser.iconMenu(tab);
    const parent = menu.items.find((item) => item.label === "My Apps URL");
    assert.ok(parent?.enabled, `the menu offers My Apps URL: ${JSON.stringify(menu.items)}`);
    assert.deepEqual(
      parent.items?.map((item) => [item.kind, item.label, item.checked]),
      [
        ["radio", "https://myapps.microsoft.com", true],
        ["separator", "", false],
        ["item", "Other…", false],
      ],
    );
    await menu.screenshot(picture("right-click"));
    await menu.choose("My Apps URL", "Other…");
    const options = await browser.waitForTab((url) => url.includes("options/options.html"), "the settings");
    await options.waitFor(() => document.documentElement.dataset.ready === "still", "the settings");
    await options.evaluate(() => (/** @type {HTMLInputElement} */ (document.querySelector("#portal")).value = ""));
    await options.type("#portal", servers.portal.url);
    await options.click("#save-portal");
    await options.waitForText("Saved.");
    await options.screenshot(picture("settings"));
    await options.close();
    await tab.activate();
    menu = await browser.iconMenu(tab);
    const known = menu.item("My Apps URL").items ?? [];
    assert.deepEqual(known.filter((item) => item.checked).map((item) => item.label), [servers.portal.url]);
    await menu.close();

    // Click → Sign in to get started.
    popup = await browser.clickIcon(tab);
    await popup.waitForText("Sign in to get started");
    await popup.screenshot(picture("signed-out"));
    await pressAndLeave(popup, "Sign in");
    const window = await browser.authWindow();
    await window.waitFor(() => document.querySelector("[name=password]"), "the portal's sign-in form");
    await window.screenshot(picture("portal-sign-in"));
    await answerSignInWindow(browser);

    // The menu: everything assigned, nothing else; search; Enter launches.
    popup = await popupAfterSignIn(browser);
    await popup.waitForText("Alex Wilber");
    await popup.screenshot(picture("menu"));
    const all = await sections(popup);
    assert.deepEqual(Object.keys(all), ["All apps"], "nothing was used yet");
    assert.ok(!all["All apps"].includes("Contoso Payroll"), "an app of somebody else is not listed");
    assert.equal(await popup.evaluate(() => document.activeElement?.id), "search", "one can type at once");
    await popup.waitFor(() => Number(document.querySelector("#account")?.getBoundingClientRect().bottom) <= innerHeight, "who is signed in, within the popup");
    await popup.type("wik");
    await popup.waitFor(() => document.querySelectorAll("[role=option]").length === 1, "one result");
    await popup.screenshot(picture("search"));
    await popup.press("Enter");
    const wiki = await browser.waitForTab((url) => url.startsWith(servers.sample("wiki", "/")), "the wiki");
    if (browser.name === "chromium") assert.ok(!(await browser.iconIsLit(wiki)), "the icon is plain on an app without a password");

    // A password app: its page opens; one click signs in.
    popup = await openMenu(browser, tab);
    assert.deepEqual((await sections(popup))["Recently Used"], ["Contoso Wiki"]);
    await popup.type("crm");
    await popup.press("Enter");
    const crm = await browser.waitForTab((url) => url === servers.sample("crm"), "the CRM's sign-in page");
    if (browser.name === "chromium") {
      await until(() => browser.iconIsLit(crm), "the icon lights up");
      await browser.screenshotIcon(crm, picture("icon-lit"));
    }
    popup = await browser.clickIcon(crm);
    await popup.waitForText("was filled and sent");
    await popup.screenshot(picture("filled"));
    await crm.waitForText("Signed in as alex");
    await popup.waitForClose("the popup closes by itself");
    assert.deepEqual(await servers.attempts("crm"), { attempts: 1, succeeded: 1 });

    // Another app's page, opened by hand: the icon lights, one click; user name and password on two pages.
    const people = await browser.openTab(servers.sample("people"));
    if (browser.name === "chromium") await until(() => browser.iconIsLit(people), "the icon lights up");
    popup = await browser.clickIcon(people);
    if (browser.name === "firefox") {
      // Firefox withdraws the click's permission with every new document.
      await popup.waitForText("Click the icon once more");
      await popup.close();
      popup = await browser.clickIcon(people);
    }
    await people.waitForText("Signed in as");
    await popup.waitForClose("the popup closes by itself");

    // No password yet: say so, and lead to the portal's page; afterwards it works.
    const expenses = await browser.openTab(servers.sample("expenses"));
    popup = await browser.clickIcon(expenses);
    await popup.waitForText("No password for Contoso Expenses is stored yet");
    await popup.screenshot(picture("no-password"));
    await pressAndLeave(popup, "Enter password on the portal");
    const page = await browser.waitForTab((url) => url.startsWith(servers.portal.url), "the portal's page for the password");
    await savePassword(page, "alex", "expenses-Demo-1!");
    await expenses.activate();
    popup = await browser.clickIcon(expenses);
    await expenses.waitForText("Signed in as alex");
    await popup.waitForClose("the popup closes by itself");

    popup = await openMenu(browser, tab);
    assert.deepEqual((await sections(popup))["Recently Used"], ["Contoso Expenses", "Contoso People", "Contoso CRM"]);
    await popup.screenshot(picture("recently-used"));
    assert.deepEqual(await popup.accessibility(), [], "nothing to complain about for axe");

    // Sign out: everything of the person is gone, here and at the portal.
    await chooseInAccountMenu(popup, "Sign out");
    await popup.waitForText("Sign in to get started");
    // The map of internal addresses goes last: the worker takes its rules back as well.
    const kept = async () => Object.keys(await browser.storage.get("local")).join();
    await until(async () => (await kept()) === "settings", "only the settings are kept", { instead: kept });
    await pressAndLeave(popup, "Sign in");
    const again = await browser.authWindow();
    await again.waitFor(() => document.querySelector("[name=password]"), "the portal asks for the password again");
    await again.closeByUser();
    await popupSays(browser, tab, "The sign-in was cancelled");
  },
  { headless: false },
);
