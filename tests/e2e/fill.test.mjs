// @ts-check
/** Filling and, above all, not filling. */
import { strict as assert } from "node:assert";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { allowSites, atWork, chooseInAccountMenu, closePopup, openMenu, story, until } from "./person.mjs";

/** @typedef {import("./person.mjs").Browser} Browser */
/** @typedef {import("./person.mjs").Tab} Tab */

/** Clicks the icon and waits for a sentence on top of the menu. @param {Browser} browser @param {Tab} tab @param {string} words */
async function clickSays(browser, tab, words) {
  const popup = await browser.clickIcon(tab);
  await popup.waitForText(words);
  await popup.close();
}

/** That no field of the page holds anything. @param {Tab} tab */
async function assertUntouched(tab) {
  const filled = await tab.evaluate(() => [...document.querySelectorAll("input")].filter((input) => /text|email|tel|password/.test(input.type) && input.value).map((input) => input.name));
  assert.deepEqual(filled, [], "nothing was filled in");
}

story("where nothing is filled, a sentence says why", async (browser, servers) => {
  const tab = await atWork(browser, servers);
  const port = servers.samples.port;
  /** @type {[string, string][]} */
  const pages = [
    [`http://crm.localhost.evil.localhost:${port}/login`, "Careful: this is crm.localhost.evil.localhost, not Contoso CRM"],
    [servers.sample("crm", "/login-help"), "Contoso CRM signs in at /login. This page is another one"],
    [servers.sample("payroll"), "Contoso Payroll is not among your apps"],
  ];
  for (const [address, words] of pages) {
    await tab.goto(address);
    await clickSays(browser, tab, words);
    await assertUntouched(tab);
  }
  assert.deepEqual(await servers.attempts("crm"), { attempts: 0, succeeded: 0 });
  // A page of an app that shows no form: the menu, and one line.
  await tab.goto(servers.sample("crm", "/login/no-form"));
  await clickSays(browser, tab, "shows no sign-in form");
  assert.ok(!servers.portal.log().includes("/credential"), "the portal was never asked for a password");
});

story("a form that opens an account gets no password", async (browser, servers) => {
  const tab = await atWork(browser, servers);
  await tab.goto(servers.sample("crm"));
  // The same address now shows a form to register with.
  await tab.evaluate(() => {
    document.title = "Create your account";
    document.body.innerHTML = `<h1>Create an account</h1><form action="/register" method="post">
      <label>Full name <input name="fullname"></label><label>E-mail <input name="email" type="email"></label>
      <label>Choose a password <input name="password1" type="password" autocomplete="new-password"></label>
      <label>Repeat the password <input name="password2" type="password" autocomplete="new-password"></label>
      <button>Create account</button></form>`;
  });
  await clickSays(browser, tab, "This form opens a new account");
  await assertUntouched(tab);
  assert.ok(!servers.portal.log().includes("/credential"), "the portal was never asked for a password");
});

story("a yes to a form that sends elsewhere counts for that address, and not for the next", async (browser, servers) => {
  const tab = await atWork(browser, servers);
  await tab.goto(servers.sample("crm"));
  /** @param {string} app the form's, from now on */
  const leadTo = (app) => tab.evaluate((address) => document.querySelector("form:has([type=password])")?.setAttribute("action", address), servers.sample(app));
  await leadTo("wiki");
  const popup = await browser.clickIcon(tab);
  await popup.waitForText(`sends what you type to http://wiki.localhost:${servers.samples.port}`);
  // While the person reads that, the page has another idea.
  await leadTo("payroll");
  await popup.click({ text: "Fill anyway", role: "button" });
  await popup.waitForText(`sends what you type to http://payroll.localhost:${servers.samples.port}`);
  await assertUntouched(tab);
  assert.ok(!servers.portal.log().includes("/credential"), "the portal was never asked for a password");
  await popup.click({ text: "Fill anyway", role: "button" });
  await popup.waitForText("Contoso CRM is filled in. Press the page's button to go on");
  assert.equal(await tab.evaluate(() => /** @type {HTMLInputElement} */ (document.querySelector("[name=username]")).value), "alex");
});

story(
  "the page that went on between click and fill gets nothing",
  async (browser, servers) => {
    const tab = await atWork(browser, servers);
    await tab.goto(servers.sample("crm"));
    // The portal takes its time; meanwhile the page goes elsewhere.
    const slow = servers.difficult.held();
    servers.difficult.misbehave("/api/v1/apps/crm/credential", slow.behaviour);
    const popup = await browser.clickIcon(tab);
    await slow.asked;
    await tab.goto(servers.sample("signup"));
    slow.letGo();
    await popup.waitForText("The page went on before it could be filled");
    await popup.close();
    await assertUntouched(tab);
    assert.deepEqual(await servers.attempts("crm"), { attempts: 0, succeeded: 0 });
    // The next attempt works.
    await tab.goto(servers.sample("crm"));
    servers.difficult.behave();
    const again = await browser.clickIcon(tab);
    await tab.waitForText("Signed in as alex");
    await again.waitForClose();
  },
  { difficult: true },
);

/** The files below a folder that hold a text, as a browser may write it. @param {string} folder @param {string} text */
function filesWith(folder, text) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name));
  return files.filter((file) => [Buffer.from(text), Buffer.from(text, "utf16le")].some((bytes) => readFileSync(file).includes(bytes)));
}

story(
  "no password and no token is on the disk, even where the portal does not forbid to keep them",
  async (browser, servers) => {
    for (const path of ["/oauth/token", "/api/v1/apps/crm/credential"]) {
      servers.difficult.misbehave(path, (question, answer) => {
        const writeHead = answer.writeHead.bind(answer);
        answer.writeHead = (/** @type {number} */ status, /** @type {any} */ { "cache-control": _, ...headers }) => writeHead(status, headers);
        return servers.difficult.pass(question, answer);
      });
    }
    await atWork(browser, servers);
    const { access_token: token } = JSON.parse((await browser.storage.get("session", "session")).session);
    const page = await browser.openTab(servers.sample("crm"));
    const popup = await browser.clickIcon(page);
    await page.waitForText("Signed in as alex");
    await popup.waitForClose();

    const parts = /** @type {import("./driver/chromium.mjs").ChromiumBrowser} */ (/** @type {unknown} */ (browser));
    await parts.quit();
    assert.ok(filesWith(parts.profile, new URL(servers.sample("crm")).host).length > 0, "what a browser keeps is seen, such as where the person was");
    for (const secret of ["crm-Demo-1!", token]) assert.deepEqual(filesWith(parts.profile, secret), [], "no file of the browser holds the password or the token");
    await parts.start();
  },
  { difficult: true },
);

story("a token that ends in the middle is renewed without a word, and the fill goes on", async (browser, servers) => {
  const tab = await atWork(browser, servers);
  const session = JSON.parse((await browser.storage.get("session", "session")).session);
  session.access_token = "no-longer-good";
  await browser.storage.set("session", { session: JSON.stringify(session) });
  await tab.goto(servers.sample("crm"));
  const popup = await browser.clickIcon(tab);
  await tab.waitForText("Signed in as alex");
  await popup.waitForClose();
});

story("the portal is down: a sentence, a button, and the apps that are known stay", async (browser, servers) => {
  const tab = await atWork(browser, servers);
  await servers.portal.stop();
  const popup = await openMenu(browser, tab);
  await popup.waitForText("can't be reached");
  await popup.waitForText("Try again");
  await popup.waitForText("Contoso CRM");
  await popup.close();
  await tab.goto(servers.sample("crm"));
  await clickSays(browser, tab, "can't be reached");
  await assertUntouched(tab);
});

story("in a private window there is a sentence and nothing else", async (browser, servers) => {
  await atWork(browser, servers);
  const secret = await browser.openPrivateTab(servers.sample("crm"));
  const popup = await browser.clickIcon(secret);
  await popup.waitForText("My Apps does not work in private windows");
  await popup.close();
  await assertUntouched(secret);
}, { privateAllowed: true });

story("what a newer version stored is kept for it, and this one starts afresh", async (browser, servers) => {
  const tab = await atWork(browser, servers);
  const before = (await browser.storage.get("local", "settings")).settings;
  const newer = JSON.stringify({ ...JSON.parse(before), schema: 99, something: "new" });
  await browser.storage.set("local", { settings: newer });
  const popup = await browser.clickIcon(tab);
  await popup.waitForText("made by a newer version");
  await popup.close();
  const kept = (await browser.storage.get("local", "newer_version")).newer_version;
  assert.equal(kept.settings, newer, "nothing of it is lost");
  await until(async () => !(await browser.storage.get("local", "account")).account, "the account of before is set aside");
});

story(
  "when somebody signs out, no open tab says any more that there is a password",
  async (browser, servers) => {
    const tab = await atWork(browser, servers);
    await allowSites(browser, ["people", "crm"].map((app) => servers.sample(app, "/*").replace(/:\d+/, "")));
    const apps = [];
    for (const app of ["people", "crm"]) {
      const page = await browser.openTab(servers.sample(app));
      await until(async () => (await browser.icon(page)).badgeText === "1", `the icon says that ${app} has a password`);
      apps.push(page);
    }
    await chooseInAccountMenu(await openMenu(browser, tab), "Sign out");
    await until(async () => !(await browser.storage.get("local", "account")).account, "nobody is signed in");
    // To look at a tab closes the popup, whatever it has still to do.
    for (const page of apps) await until(async () => isDeepStrictEqual(await browser.icon(page), await browser.icon(tab)), "the icon is as everywhere else");
    assert.equal((await browser.icon(tab)).badgeText, "", "and has no badge");
  },
  // In Chromium, access is allowed beforehand in a browser of its own only.
  { granted: [] },
);

story(
  "automatic sign-in: turned on once, a launched app signs in by itself and arrival shows a badge",
  async (browser, servers) => {
    const tab = await atWork(browser, servers);
    let popup = await openMenu(browser, tab);
    await popup.waitForText("Turn on automatic sign-in for your 8 apps");
    await popup.click({ text: "Turn on", role: "button" }).catch(() => undefined);
    await browser.acceptPermissionPrompt();
    await until(async () => (await browser.grantedOrigins()).length >= 8, "access to the eight apps' sites");
    await closePopup(browser);
    const watched = () => browser.worker.evaluate(async () => (await chrome.scripting.getRegisteredContentScripts()).length);
    await until(async () => (await watched()) === 1, "the extension hears of arrivals");

    // Opened by hand: badge and title say that a password is available; nothing is filled without a click.
    const people = await browser.openTab(servers.sample("people"));
    await until(async () => {
      const { badgeText, title } = await browser.icon(people);
      return badgeText === "1" && title === "Password available for Contoso People";
    }, "the icon says so");
    await assertUntouched(people);

    // Launched from the menu: signed in without another click, once.
    popup = await openMenu(browser, tab);
    assert.ok(!(await popup.text()).includes("Turn on automatic"), "the offer is gone");
    await popup.type("people");
    await popup.press("Enter");
    const launched = await browser.waitForTab((url) => url.startsWith(servers.sample("people", "/")) && !url.endsWith("/login"), "the People app goes on");
    await launched.waitForText("Signed in as");
    popup = await openMenu(browser, tab);
    await popup.type("crm");
    await popup.press("Enter");
    await until(async () => (await servers.attempts("crm")).succeeded === 1, "the CRM signed in");
    assert.deepEqual(await servers.attempts("crm"), { attempts: 1, succeeded: 1 });
  },
  { headless: false },
);
