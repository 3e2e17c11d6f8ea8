// @ts-check
/** Bad input: a portal that answers anything at all, a storage that was damaged or is full, two windows at once. */
import { strict as assert } from "node:assert";
import { cutOff, half, html, huge, manyApps, oneByteASecond, refuses, sendsTo, silence } from "./difficult-portal.mjs";
import { chooseInAccountMenu, atWork, openMenu, story, until } from "./person.mjs";

/** @typedef {import("./person.mjs").Browser} Browser */
/** @typedef {import("./person.mjs").Servers} Servers */
/** @typedef {import("./person.mjs").Tab} Tab */
/** @typedef {import("./difficult-portal.mjs").Behaviour} Behaviour */

const APPS = "/api/v1/apps";
const CREDENTIAL = "/api/v1/apps/crm/credential";
const UNCLEAR = "gave an answer that can't be understood";
const ELSEWHERE = "answers, but it is not a My Apps portal";

/** That no field of the page holds anything. @param {Tab} tab @param {string} when */
async function assertUntouched(tab, when) {
  const filled = await tab.evaluate(() => [...document.querySelectorAll("input")].filter((input) => /text|email|password/.test(input.type) && input.value).map((input) => input.name));
  assert.deepEqual(filled, [], `${when}: nothing was filled in`);
}

/** Clicks the icon, reads a sentence and closes the popup. @param {Browser} browser @param {Tab} tab @param {string} words @param {string} when */
async function iconSays(browser, tab, words, when) {
  const popup = await browser.clickIcon(tab);
  await popup.waitForText(words, `“${words}” ${when}`);
  const text = await popup.text();
  await popup.close();
  return text;
}

/** The popup's page in a tab of its own: a second window's popup, as far as the extension can tell. @param {Browser} browser */
async function secondPopup(browser) {
  const page = await browser.extensionPage("popup/popup.html");
  await page.waitFor(() => document.documentElement.dataset.ready === "menu" && document.querySelector("[role=option]"), "the menu in the second window");
  return page;
}

/** Presses a button without bringing its window to the front. @param {Tab} page @param {string} words */
function pressInBackground(page, words) {
  return page.evaluate((words) => {
    const button = [...document.querySelectorAll("button")].find((button) => button.textContent === words);
    if (!button) throw new Error(`There is no button “${words}”.`);
    button.click();
  }, words);
}

/** Lets the token be of no use, so that the next popup signs in again without a window. @param {Browser} browser */
const endToken = (browser) => browser.storage.set("session", { session: "damaged" });

/** The extension forgets that the portal asked for patience. @param {Browser} browser */
async function forgetPatience(browser) {
  const { session } = await browser.storage.get("session", "session");
  await browser.storage.set("session", { session: JSON.stringify({ ...JSON.parse(session), not_before: 0 }) });
}

story(
  "whatever the portal answers, a sentence says what to do, nothing is filled, and the next try works",
  async (browser, servers) => {
    const portal = servers.difficult;
    const wiki = await atWork(browser, servers);
    const patience = refuses(429, { "retry-after": "90" });

    // The list of apps: the one that is known stays.
    /** @type {[string, Behaviour, string][]} */
    const lists = [
      ["HTML", html, UNCLEAR],
      ["half a document", half, UNCLEAR],
      ["a connection that ends", cutOff, UNCLEAR],
      ["50 MB", huge, UNCLEAR],
      ["403", refuses(403), "does not let you in"],
      ["500", refuses(500), "has a problem of its own (error 500)"],
      ["another origin", sendsTo(servers.sample("wiki", "/")), ELSEWHERE],
      ["429", patience, "asks for a little patience"],
    ];
    for (const [name, behaviour, words] of lists) {
      portal.misbehave(APPS, behaviour);
      const text = await iconSays(browser, wiki, words, `when the list is answered with ${name}`);
      assert.ok(text.includes("Contoso CRM") && text.includes("Try again"), `${name}: the apps stay, and there is something to do:\n${text}`);
      assert.match(text, /^All apps, as of .*\d:\d\d/m, `${name}: how old they are`);
    }
    // Whoever asked for patience is left alone, even when the person presses the button.
    const asked = portal.times(APPS);
    const impatient = await openMenu(browser, wiki);
    await impatient.click({ text: "Try again", role: "button" });
    await impatient.waitForText("asks for a little patience");
    await impatient.close();
    assert.equal(portal.times(APPS), asked, "the portal was left alone");
    await forgetPatience(browser);

    // A document is what it says, whatever it is called.
    portal.misbehave(APPS, portal.changed((body) => body.replace("Contoso Wiki", "Renamed Wiki"), { "content-type": "text/html", etag: '"other"' }));
    await iconSays(browser, wiki, "Renamed Wiki", "when the list has the wrong content type");
    // The portal's API moves while the person is signed in.
    portal.behave();
    portal.misbehave(APPS, refuses(404));
    portal.misbehave("/.well-known/my-apps", portal.changed((body) => body.replace("/api/v1/", "/api/v2/")));
    await iconSays(browser, wiki, "Contoso Wiki", "when the API has moved");
    await until(() => portal.times("/api/v2/apps") > 0, "the list is asked for where the API is now");
    portal.behave();
    await endToken(browser);
    await (await openMenu(browser, wiki)).close();

    // A password: nothing is filled.
    const crm = await browser.openTab(servers.sample("crm"));
    /** @type {[string, Behaviour, string][]} */
    const credentials = [
      ["HTML", html, UNCLEAR],
      ["half a document", half, UNCLEAR],
      ["50 MB", huge, UNCLEAR],
      ["403", refuses(403), "no longer among yours"],
      ["500", refuses(500), "has a problem of its own (error 500)"],
      ["another origin", sendsTo(servers.sample("crm", "/")), "can't be reached"],
      ["429", patience, "asks for a little patience"],
    ];
    for (const [name, behaviour, words] of credentials) {
      portal.misbehave(CREDENTIAL, behaviour);
      await iconSays(browser, crm, words, `when the password is answered with ${name}`);
      await assertUntouched(crm, name);
    }
    await forgetPatience(browser);
    portal.behave();

    // Silence and one byte a second, in two windows, so that it is waited for once.
    portal.misbehave(APPS, portal.first(oneByteASecond));
    portal.misbehave(CREDENTIAL, silence);
    const slow = await secondPopup(browser);
    await until(() => portal.times(APPS) === 1, "the list is on its way");
    await crm.activate();
    const silent = await browser.clickIcon(crm);
    await Promise.all([silent.waitForText("did not answer in time"), slow.waitForText("did not answer in time")]);
    await silent.close();
    await slow.close();
    await assertUntouched(crm, "silence");
    assert.deepEqual(await servers.attempts("crm"), { attempts: 0, succeeded: 0 });
    portal.behave();

    // Signing in again, without a window: nobody is signed in, and the next popup gets there.
    /** @type {[string, string, Behaviour, string][]} */
    const signIns = [
      ["the description with HTML", "/.well-known/my-apps", html, ELSEWHERE],
      ["the description with 50 MB", "/.well-known/my-apps", huge, UNCLEAR],
      ["the token with half a document", "/oauth/token", half, UNCLEAR],
      ["the token with 429", "/oauth/token", patience, "asks for a little patience"],
      ["the name with 403", "/api/v1/me", refuses(403), "does not let you in"],
      ["the name with a connection that ends", "/api/v1/me", cutOff, UNCLEAR],
    ];
    for (const [name, path, behaviour, words] of signIns) {
      await endToken(browser);
      portal.misbehave(path, behaviour);
      const text = await iconSays(browser, wiki, words, `when ${name}`);
      assert.ok(text.includes("Sign in again"), `${name}: there is something to do:\n${text}`);
      portal.behave();
    }
    await (await openMenu(browser, wiki)).close();

    // Many apps, one of them malformed: each can be found, also by the next popup.
    for (const count of [10_000, 50_000]) {
      portal.misbehave(APPS, manyApps(count, servers.sample("wiki", "/")));
      await iconSays(browser, wiki, "Department 0", `with ${count} apps`);
      const again = await openMenu(browser, wiki);
      await again.type(`department ${count - 2}`);
      await again.waitFor((last) => document.querySelector("[role=option] .name")?.textContent === last, "the last app", `Department ${count - 2}`);
      await again.close();
    }
    portal.behave();
    assert.match(await iconSays(browser, wiki, "Contoso CRM", "when the portal is itself again"), /^All apps$/m);
    await crm.goto(servers.sample("crm"));
    await browser.clickIcon(crm);
    await crm.waitForText("Signed in as alex");

    // The end of the session.
    portal.misbehave("/api/v1/session", html);
    const popup = await openMenu(browser, wiki);
    await chooseInAccountMenu(popup, "Sign out");
    await popup.waitForText("The portal could not be told");
  },
  { difficult: true },
);

story("a damaged storage costs what was in it and no more, and heals", async (browser, servers) => {
  const tab = await atWork(browser, servers);
  const whole = { local: await browser.storage.get("local"), session: await browser.storage.get("session") };
  const keys = { local: ["catalogue_tag", "catalogue", "icons", "recent"], session: ["sign_in", "launches", "filled", "notice", "epoch"] };
  const everything = { local: ["settings", "account", ...keys.local], session: ["session", ...keys.session] };
  /** @type {[string, {local: string[], session: string[]}, string][]} */
  const losses = [
    ["the person", { local: ["account"], session: [] }, "Sign in to get started"],
    ["the token and what hangs on it", { ...keys, session: ["session", ...keys.session] }, "Contoso CRM"],
    ["everything", everything, "Choose your portal to get started"],
  ];
  /** @type {[string, (text: string, place: number) => unknown][]} */
  const damages = [
    ["missing", () => undefined],
    ["of the wrong type", () => ({ some: ["thing", 7] })],
    ["truncated", (text) => text.slice(0, text.length / 2)],
    // 9 MB have room once in each area.
    ["9 MB", (text, place) => (place === 0 ? "[".padEnd(9 * 1024 * 1024, "x") : `${text}}`)],
  ];
  for (const [damage, change] of damages) {
    for (const [what, lost, words] of losses) {
      for (const area of /** @type {const} */ (["local", "session"])) {
        const damaged = { ...whole[area] };
        for (const [place, key] of lost[area].entries()) {
          const value = change(damaged[key] ?? "", place);
          if (value === undefined) delete damaged[key];
          else damaged[key] = value;
        }
        await browser.storage.clear(area);
        await browser.storage.set(area, damaged);
      }
      await iconSays(browser, tab, words, `when ${what} was ${damage}`);
      await until(async () => {
        const kept = { ...(await browser.storage.get("local")), ...(await browser.storage.get("session")) };
        return Object.values(kept).every((value) => typeof value === "string" && value.length < 1024 * 1024);
      }, `nothing damaged is left when ${what} was ${damage}`);
    }
  }
});

// Firefox sets no such limit to what an extension keeps on disk.
story(
  "a storage that takes no more is said once, what was kept before stays, and with room it goes on",
  async (browser, servers) => {
    const tab = await atWork(browser, servers);
    const filler = await browser.worker.evaluate(async () => {
      const keys = [];
      for (let length = 8 * 1024 * 1024; length >= 1; length /= 2) {
        // What has no room any more is refused; in the end not one letter has.
        await chrome.storage.local.set({ [`filler-${length}`]: "x".repeat(length) }).catch(() => undefined);
        keys.push(`filler-${length}`);
      }
      return keys;
    });
    let popup = await openMenu(browser, tab);
    await popup.click({ text: "Not now", role: "button" });
    await popup.waitForText("no room left");
    await popup.waitForText("Contoso CRM");
    await popup.close();
    await browser.worker.evaluate((keys) => chrome.storage.local.remove(keys), filler);
    await iconSays(browser, tab, "no room left", "in the popup after that");
    popup = await openMenu(browser, tab);
    assert.ok(!(await popup.text()).includes("no room left"), "it is said once");
    await popup.click({ text: "Not now", role: "button" });
    await until(async () => (await browser.storage.get("local", "settings")).settings.includes("crm.localhost"), "the answer is kept now");
    await popup.close();
  },
  { only: "chromium" },
);

story(
  "two windows at once: what one does shows in the other, and a sign-out ends a fill or comes after it",
  async (browser, servers) => {
    const portal = servers.difficult;
    await atWork(browser, servers);
    const options = await browser.extensionPage("options/options.html");
    await options.waitForText("Sign out first to change the portal.");
    const [first, second] = [await secondPopup(browser), await secondPopup(browser)];

    // The fill is faster: it is finished, and the sign-out that follows takes nothing back.
    const crm = await browser.openTab(servers.sample("crm"));
    const early = portal.held();
    portal.misbehave(CREDENTIAL, early.behaviour);
    let popup = await browser.clickIcon(crm);
    await early.asked;
    await popup.waitForText("Signing you in to Contoso CRM");
    early.letGo();
    await crm.waitForText("Signed in as alex");
    await popup.waitForClose();

    // The sign-out is faster: the password that arrives after it is filled nowhere.
    const people = await browser.openTab(servers.sample("people"));
    const late = portal.held();
    portal.misbehave("/api/v1/apps/people/credential", late.behaviour);
    popup = await browser.clickIcon(people);
    await late.asked;
    await pressInBackground(second, "Sign out");
    for (const window of [first, second, popup]) await window.waitForText("Sign in to get started");
    await options.waitFor(() => !(/** @type {HTMLInputElement} */ (document.querySelector("#portal")).disabled), "the portal can be changed again");
    late.letGo();
    // The answer has passed once something that was asked for after it is answered.
    await until(() => portal.times("/api/v1/session") === 1, "the portal was told");
    await popup.waitForText("Sign in to get started");
    await popup.close();
    await assertUntouched(people, "after the sign-out");
    assert.deepEqual(await servers.attempts("crm"), { attempts: 1, succeeded: 1 });
    assert.deepEqual(await servers.attempts("people"), { attempts: 0, succeeded: 0 });
    const stored = JSON.stringify({ ...(await browser.storage.get("local")), ...(await browser.storage.get("session")) });
    assert.ok(!/token|alex|crm/i.test(stored), `nothing of the person is kept: ${stored}`);
  },
  { difficult: true },
);
