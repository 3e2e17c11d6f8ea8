// @ts-check
/** Signing in when it does not go well, and what stays after the browser was closed. */
import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { programs } from "./servers.mjs";
import { alex, answerSignInWindow, atWork, chooseInAccountMenu, choosePortal, openMenu, popupAfterSignIn, popupOrClick, popupSays, pressAndLeave, sections, signIn, signedIn, story, until } from "./person.mjs";

story("a wrong password is said on the portal's page, and the right one goes on", async (browser, servers) => {
  await choosePortal(browser, servers);
  const tab = await browser.openTab(servers.sample("wiki", "/"));
  const popup = await browser.clickIcon(tab);
  await popup.waitForText("Sign in to get started");
  await pressAndLeave(popup, "Sign in");
  const window = await answerSignInWindow(browser, { ...alex, password: "not the password" });
  await window.waitFor(() => document.querySelector("#refusal")?.textContent?.trim(), "the portal says that the password is wrong");
  assert.equal(await window.evaluate(() => /** @type {HTMLInputElement} */ (document.querySelector("#username")).value), alex.username, "the user name stays");
  await window.type("#password", alex.password);
  await window.click({ text: "Sign in", role: "button" });
  await (await popupAfterSignIn(browser)).waitForText(alex.name);
});

/** Fills in the portal's page for another password. @param {import("./person.mjs").Tab} page @param {string} current @param {string} next */
async function changePassword(page, current, next) {
  await page.waitFor(() => document.querySelector("[name=again]"), "the page for another password");
  await page.type("[name=current]", current);
  for (const field of ["new", "again"]) await page.type(`[name=${field}]`, next);
  await page.click({ text: "Change password", role: "button" });
}

story("who was given a password chooses another one in the sign-in window, and may do so again without being signed out", async (browser, servers) => {
  const nora = { username: "nora@contoso.example", password: "given for once", name: "Nora Paz" };
  const add = ["user", "add", nora.username, "--name", nora.name, "--password-stdin", "--must-change-password"];
  execFileSync(join(programs, "my-apps-portal"), [...add, "--database", join(servers.folder, "portal.db")], { input: nora.password });
  await choosePortal(browser, servers);
  const tab = await browser.openTab(servers.sample("wiki", "/"));
  await pressAndLeave(await browser.clickIcon(tab), ".welcome .primary");
  await changePassword(await answerSignInWindow(browser, nora), nora.password, "only Nora knows");
  await signedIn(browser);
  let popup = await browser.waitForPopup("the menu after the sign-in");
  await popup.waitForText(nora.name);

  // From the menu, to the portal's page.
  await chooseInAccountMenu(popup, "Reset your password");
  const page = await browser.waitForTab((url) => url.endsWith("/account/password"), "the portal's page for the password");
  await changePassword(page, "only Nora knows", "nobody else knows");
  await page.waitForText("You are still signed in here");
  await until(async () => !(await browser.popupIfOpen()), "the popup is closed");
  // The token has ended with the old password; another one comes without a window.
  const ended = await tokenOf(browser);
  popup = await browser.clickIcon(tab);
  await until(async () => ![undefined, ended].includes(await tokenOf(browser)), "another token");
  await popup.waitForText("No apps are assigned to you yet");
});

/** What the extension shows the portal. @param {import("./person.mjs").Browser} browser @returns {Promise<string | undefined>} */
async function tokenOf(browser) {
  return /"access_token":"([^"]+)"/.exec((await browser.storage.get("session", "session")).session ?? "")?.[1];
}

story("cancelled on the portal's page, or the window closed: a sentence, and the next try works", async (browser, servers) => {
  await choosePortal(browser, servers);
  const tab = await browser.openTab(servers.sample("wiki", "/"));
  for (const how of ["link", "window"]) {
    const popup = await popupOrClick(browser, tab);
    await popup.waitForText("Sign in to get started");
    await pressAndLeave(popup, "Sign in");
    const window = await browser.authWindow();
    await window.waitFor(() => document.querySelector("#cancel"), "the portal's sign-in form");
    if (how === "link") await window.click("#cancel");
    else await window.closeByUser();
    const said = await popupSays(browser, tab, "The sign-in was cancelled");
    await said.close();
  }
  await signIn(browser, tab);
});

story("given up in the popup: the portal's window closes, and the next sign-in has its own", async (browser, servers) => {
  await choosePortal(browser, servers);
  const tab = await browser.openTab(servers.sample("wiki", "/"));
  await pressAndLeave(await browser.clickIcon(tab), "Sign in");
  const window = await browser.authWindow();
  await window.waitFor(() => document.querySelector("#cancel"), "the portal's sign-in form");
  const busy = await popupOrClick(browser, tab);
  await busy.waitForText("Finish signing in");
  await busy.click({ text: "Cancel", role: "button" });
  await window.waitForClose("the portal's window, after Cancel");
  const again = await popupOrClick(browser, tab);
  await again.waitForText("Sign in to get started");
  await again.close();
  await signIn(browser, tab);
});

story(
  "the portal does not know this extension: its window stays, and says what the administrator has to do",
  async (browser, servers) => {
    await choosePortal(browser, servers);
    const tab = await browser.openTab(servers.sample("wiki", "/"));
    const popup = await browser.clickIcon(tab);
    await popup.waitForText("Sign in to get started");
    await pressAndLeave(popup, "Sign in");
    const window = await browser.authWindow();
    await window.waitFor(() => document.querySelector("#refusal")?.textContent?.includes("its redirect URI is not registered"), "the portal's refusal");
    const option = await window.evaluate(() => [...document.querySelectorAll("code")].at(-1)?.textContent ?? "");
    const options = await browser.extensionPage("options/options.html");
    const own = await options.evaluate(() => /** @type {any} */ (globalThis).chrome.identity.getRedirectURL());
    await options.close();
    assert.equal(option, `--redirect-uri ${own}`, "what is to be copied is this browser's");
    assert.ok(servers.portal.log().includes(`no --redirect-uri is ${own}`), "the log says so, too");
    await window.closeByUser();
    await popupSays(browser, tab, "The sign-in was cancelled");
  },
  { portal: ["--redirect-uri", "https://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org/"], empty: true },
);

story("the portal is down: a sentence and a button, no window that hangs", async (browser, servers) => {
  await choosePortal(browser, servers);
  const tab = await browser.openTab(servers.sample("wiki", "/"));
  await servers.portal.stop();
  const popup = await browser.clickIcon(tab);
  await popup.waitForText("Sign in to get started");
  await pressAndLeave(popup, "Sign in");
  const said = await popupSays(browser, tab, "can't be reached");
  assert.ok((await said.text()).includes("Open the address"));
});

story("the browser starts again: still the same person and recents, one silent renewal and no window", async (browser, servers) => {
  await choosePortal(browser, servers);
  const tab = await browser.openTab(servers.sample("wiki", "/"));
  const welcome = await browser.clickIcon(tab);
  await welcome.waitForText("Sign in to get started");
  await pressAndLeave(welcome, "Sign in");
  const window = await browser.authWindow();
  await window.waitFor(() => document.querySelector("[name=stay]"), "the portal's sign-in form");
  await window.click("[name=stay]");
  await answerSignInWindow(browser);
  let popup = await popupAfterSignIn(browser);
  for (const name of ["crm", "people", "travel", "help desk"]) {
    await popup.type(name);
    await popup.waitFor((typed) => document.querySelector("[aria-selected=true] .name")?.textContent?.toLowerCase().includes(typed), "the app that is meant, selected", name);
    await popup.press("Enter");
    popup = await openMenu(browser, tab);
  }
  const recents = ["Contoso Help Desk", "Contoso Travel", "Contoso People"];
  assert.deepEqual((await sections(popup))["Recently Used"], recents, "three different ones, newest first");
  await popup.close();

  await browser.restart();
  assert.equal((await browser.storage.get("session", "session")).session, undefined, "the token did not survive the browser");
  const again = await browser.openTab(servers.sample("wiki", "/"));
  popup = await openMenu(browser, again);
  assert.deepEqual((await sections(popup))["Recently Used"], recents);
  await popup.waitForText(alex.name);
});

story("the sign-in has ended at the portal too: a sentence, one click, and everything is as before", async (browser, servers) => {
  const tab = await atWork(browser, servers);
  // What the portal's own sign-out does: no session any more, and no token.
  const portal = await browser.openTab(`${servers.portal.url}/`);
  await portal.click(".who button");
  await until(async () => /sign-in/.test(await portal.url()), "the portal's sign-in page");
  await tab.activate();
  let popup = await browser.clickIcon(tab);
  await popup.waitForText("Your sign-in has ended");
  await popup.waitForText(alex.name);
  await pressAndLeave(popup, "Sign in");
  await answerSignInWindow(browser);
  popup = await popupAfterSignIn(browser);
  await popup.waitForText(alex.name);
});

story("ten thousand apps, one of them malformed: found as one types, by keyboard alone", async (browser, servers) => {
  const tab = await atWork(browser, servers);
  const apps = Array.from({ length: 10_000 }, (_, index) => ({
    id: `app-${index}`,
    name: `Department ${index} portal`,
    mode: "linked",
    launch_url: servers.sample("wiki", `/?${index}`),
    assigned: true,
  }));
  const list = /** @type {object[]} */ (apps);
  list[500] = { id: "broken", name: 7 };
  const tag = JSON.parse((await browser.storage.get("local", "catalogue_tag")).catalogue_tag);
  await servers.portal.stop();
  await browser.storage.set("local", { catalogue: JSON.stringify({ apps: list }), catalogue_tag: JSON.stringify({ ...tag, stamp: "many" }) });
  const popup = await openMenu(browser, tab);
  await popup.type("department 9876");
  await popup.waitFor(() => document.querySelector("[role=option] .name")?.textContent === "Department 9876 portal", "the app that is meant, first");
  assert.equal(await popup.evaluate(() => document.querySelector("[aria-selected=true] .name")?.textContent), "Department 9876 portal");
  await popup.press("Control+a");
  await popup.press("Backspace");
  await popup.waitFor(() => document.querySelectorAll("[role=option]").length >= 30, "all apps again");
  assert.ok((await popup.evaluate(() => document.querySelectorAll("[role=option]").length)) < 500, "only what is near is painted");
  // Who scrolls down stays where they are when more rows come.
  const places = await popup.evaluate(async () => {
    const list = /** @type {HTMLElement} */ (document.querySelector("#list"));
    const count = () => list.querySelectorAll("[role=option]").length;
    const places = [];
    for (let step = 0; step < 5; step += 1) {
      const before = count();
      list.scrollTop = list.scrollHeight;
      while (count() === before) await new Promise((resolve) => requestAnimationFrame(resolve));
      places.push(list.scrollTop);
    }
    list.scrollTop = 0;
    return places;
  });
  assert.deepEqual(places, [...places].sort((one, other) => one - other), "further down with every step");
  assert.ok(places[0] > 0);
  for (let press = 0; press < 3; press += 1) await popup.press("ArrowDown");
  await popup.waitFor(() => document.querySelector("[aria-selected=true] .name")?.textContent === "Department 3 portal", "the fourth app is selected");
  await popup.press("Enter");
  await browser.waitForTab((url) => url === servers.sample("wiki", "/?3"), "its page");
  // As quickly as a hand can: nothing that is typed is lost, whatever is still on its way.
  const again = await openMenu(browser, tab);
  await again.type("department 7654");
  await again.press("Enter");
  await browser.waitForTab((url) => url === servers.sample("wiki", "/?7654"), "the page of what was typed for");
});
