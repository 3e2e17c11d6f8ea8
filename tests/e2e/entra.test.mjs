// @ts-check
/**
 * Microsoft Entra ID in real browsers, against a stand-in that is built from the public documents and holds the extension to
 * them. The hosts are Microsoft's own names: the browsers are led to the stand-in, the extension knows nothing of it.
 */
import { strict as assert } from "node:assert";
import { test } from "node:test";
import { withBrowser } from "./driver/index.mjs";
import { withLogo } from "./microsoft/logos.mjs";
import { StandIn, app, appId } from "./microsoft/stand-in.mjs";
import { alex, answerSignInWindow, chooseInAccountMenu, closePopup, folder, openMenu, popupAfterSignIn, popupSays, pressAndLeave, sections, signedIn, until } from "./person.mjs";
import { withPolicy, write } from "./policy.mjs";
import { startServers } from "./servers.mjs";

/** @typedef {import("./person.mjs").Browser} Browser */
/** @typedef {import("./person.mjs").Tab} Tab */
/** @typedef {import("./driver/interface.d.ts").Page} Page */

const browsers = /** @type {("chromium" | "firefox")[]} */ ((process.env.MY_APPS_BROWSERS ?? "chromium firefox").split(" "));
/** A page that is no app's. */
const SOMEWHERE = "https://myapps.microsoft.com/";

/**
 * One story in every browser, with a company's policy and a stand-in of its own.
 * @param {string} name
 * @param {(standIn: StandIn) => object} policy
 * @param {(browser: Browser, standIn: StandIn) => Promise<void>} tell
 * @param {("chromium" | "firefox")[]} [only]
 */
function story(name, policy, tell, only = browsers) {
  for (const browser of browsers.filter((browser) => only.includes(browser))) {
    test(`${browser}: Entra: ${name}`, { timeout: 300_000 }, async () => {
      const standIn = await new StandIn().start();
      try {
        standIn.apps = [app(1, "Wiki"), app(2, "Travel"), app(3, "Hidden", { tags: ["HideApp"] }), app(4, "Bank", { preferredSingleSignOnMode: "password", loginUrl: "https://bank.example/login" })];
        await withPolicy(browser, policy(standIn), () =>
          withBrowser({ browser, extension: folder(browser), name, impersonated: standIn.impersonated }, async (running) => {
            standIn.redirectUris = [await redirectUri(running)];
            await tell(running, standIn);
            assert.doesNotMatch(await running.consoleText(), /eyJ0\./, "no token is printed");
            standIn.check();
          }),
        );
      } finally {
        standIn.stop();
      }
    });
  }
}

/** The address that an administrator copies from the options page. @param {Browser} browser */
async function redirectUri(browser) {
  const options = await browser.extensionPage("options/options.html");
  await options.waitFor(() => document.documentElement.dataset.ready === "still", "the settings");
  const value = await options.evaluate(() => /** @type {HTMLInputElement} */ (document.querySelector("#redirect-uri")).value);
  await options.close();
  return value;
}

/** Chromium reads a policy a moment after the installation. @param {Browser} browser @param {Tab} tab */
async function signInPopup(browser, tab) {
  return until(async () => {
    const popup = (await browser.popupIfOpen()) ?? (await browser.clickIcon(tab));
    await popup.waitFor(() => document.documentElement.dataset.ready === "welcome", "the popup of somebody signed out");
    if ((await popup.text()).includes("Sign in to get started")) return popup;
    await popup.close();
    return false;
  }, "the policy is read and the popup offers to sign in");
}

/** @param {Browser} browser */
async function pickAccount(browser) {
  const window = await browser.authWindow();
  await window.waitForText("Pick an account");
  await window.click({ text: "Alex Wilber", role: "button" });
}

/** From nothing to the menu. @param {Browser} browser */
async function signIn(browser) {
  const tab = await browser.openTab(SOMEWHERE);
  await pressAndLeave(await signInPopup(browser, tab), "Sign in");
  await pickAccount(browser);
  return tab;
}

/** The token ends. Not before the list is there, with which the extension writes the session once more. @param {Browser} browser */
async function aDayPasses(browser) {
  const session = await until(async () => {
    const session = JSON.parse((await browser.storage.get("session", "session")).session);
    return session.fresh_until > 0 && session;
  }, "the list is there");
  // What the popup shows first would end with the token, too.
  await browser.storage.set("session", { session: JSON.stringify({ ...session, expires_at: 1 }), glimpse: "" });
}

const registered = (/** @type {StandIn} */ standIn) => ({ clientId: standIn.clientId, tenant: standIn.tenant });

story("nothing to choose: sign in, search, launch, recently used, sign out", registered, async (browser, standIn) => {
  const tab = await signIn(browser);
  let popup = await popupAfterSignIn(browser);
  assert.deepEqual(await sections(popup), { "All apps": ["Wiki", "Travel", "Bank"] });
  await popup.waitForText("Not filled: Microsoft keeps this password", "why a password is not filled");
  await popup.type("wik");
  await popup.waitFor(() => document.querySelectorAll("[role=option]").length === 1, "one app is found");
  await popup.press("Enter");
  const launched = await browser.waitForTab((url) => url.includes("launcher.myapps"), "the launched app");
  await launched.waitForText("Wiki");
  assert.equal(await launched.url(), `https://launcher.myapps.microsoft.com/api/signin/${appId(1)}?tenantId=${standIn.tenant}`);
  await launched.close();
  popup = await openMenu(browser, tab);
  assert.deepEqual((await sections(popup))["Recently Used"], ["Wiki"]);
  assert.equal(standIn.lists.length, 1, "the list was asked for once");
  await chooseInAccountMenu(popup, "Sign out");
  const goodbye = await browser.waitForTab((url) => url.includes("/logout"), "Microsoft's page for signing out");
  await goodbye.waitForText("You signed out of your account");
  assert.equal((await browser.storage.get("session", "session")).session, undefined);
});

story("after a day: silently while Microsoft knows the person, else with one click", registered, async (browser, standIn) => {
  const tab = await signIn(browser);
  await (await popupAfterSignIn(browser)).close();
  await aDayPasses(browser);
  await (await openMenu(browser, tab)).close();
  standIn.signIn.sessions.clear();
  await aDayPasses(browser);
  const popup = await popupSays(browser, tab, "Sign in again");
  await pressAndLeave(popup, "Sign in");
  await pickAccount(browser);
  await (await popupAfterSignIn(browser)).close();
});

story("what Microsoft refuses is said in words, with the code to look up", registered, async (browser, standIn) => {
  const tab = await browser.openTab(SOMEWHERE);
  for (const [error, code, words] of [
    ["consent_required", 65001, "Your company has to approve My Apps first"],
    ["access_denied", 53003, "A rule of your company does not allow signing in from here"],
    ["access_denied", 50105, "has not assigned My Apps to you yet"],
  ]) {
    standIn.signIn.refusal = { error: `${error}`, description: `AADSTS${code}: In Microsoft's own words.` };
    await pressAndLeave(await signInPopup(browser, tab), "Sign in");
    const popup = await popupSays(browser, tab, `${words}`);
    assert.ok((await popup.text()).includes(`AADSTS${code}`));
    await popup.close();
  }
  standIn.signIn.refusal = undefined;
  await signIn(browser);
  await popupAfterSignIn(browser);
});

/** The letters and the logos of the menu, as a person sees them: an app's letter, or nothing where its logo covers it. @param {Page} popup */
const seen = (popup) =>
  popup.evaluate(() =>
    [...document.querySelectorAll("[role=option]")].map((row) => {
      const letter = /** @type {HTMLElement} */ (row.querySelector(".letter"));
      const logo = letter.querySelector("img");
      const isDrawn = logo?.complete && logo.naturalWidth === 64 && logo.offsetWidth === 32;
      const isLetter = getComputedStyle(letter).color === "rgb(255, 255, 255)";
      return `${row.querySelector(".name")?.textContent} ${isDrawn ? "logo" : ""}${isLetter ? letter.textContent : ""} ${row.clientHeight}`;
    }),
  );

story("apps show their logos, those without one a letter, and only what is seen is fetched", registered, async (browser, standIn) => {
  standIn.apps = [app(1, "Wiki", { info: withLogo(1) }), app(2, "Travel"), app(3, "Gone", { info: withLogo(3) }), app(4, "Late", { info: withLogo(4) })];
  standIn.apps.push(...Array.from({ length: 996 }, (_, number) => app(number + 5, `App number ${number}`, { info: withLogo(number + 5) })));
  standIn.logos.gone.add(withLogo(3).logoUrl ?? "");
  standIn.logos.withheld.add(withLogo(4).logoUrl ?? "");
  const tab = await signIn(browser);
  let popup = await popupAfterSignIn(browser);
  const asked = (/** @type {number} */ number) => standIn.logos.asked.filter((url) => url === withLogo(number).logoUrl).length;
  const areDrawn = () => document.querySelectorAll("#row-0 img:not([loading]), #row-4 img:not([loading])").length === 2;
  await popup.waitFor(areDrawn, "the logos");
  await until(() => asked(3) === 1, "the logo that is gone was asked for");
  await popup.waitFor(() => !document.querySelector("#row-2 img"), "its letter stands");
  assert.deepEqual((await seen(popup)).slice(0, 5), ["Wiki logo 48", "Travel T 48", "Gone G 48", "Late L 48", "App number 0 logo 48"]);
  assert.equal(await popup.evaluate(() => document.querySelectorAll("#row-3 img").length), 1, "what is on its way is waited for");
  assert.deepEqual(await popup.accessibility(), [], "axe has nothing to complain about");
  assert.ok(standIn.logos.asked.length <= 30, `of the 30 rows that are painted at first, ${standIn.logos.asked.length} logos were fetched`);
  // What is found is seen, and has its logo.
  await popup.type("995");
  await popup.waitFor(() => document.querySelector("[role=option] .name")?.textContent === "App number 995" && document.querySelector(".letter img:not([loading])"), "an app from the end, with its logo");
  await popup.press("Control+a");
  await popup.type("wiki");
  await popup.waitFor(() => document.querySelectorAll("[role=option]").length === 1 && document.querySelector(".letter img:not([loading])"), "the wiki with its logo");
  assert.deepEqual([asked(1), asked(3)], [1, 1], "whether it came or not, a row that is painted anew asks for nothing again");
  assert.ok(standIn.logos.asked.length <= 30 * 8, `by eight paintings of the list, ${standIn.logos.asked.length} logos were fetched`);
  await popup.close();

  popup = await openMenu(browser, tab);
  await popup.waitFor(areDrawn, "the logos, in a popup that has just opened");
  assert.equal(asked(1), 1, "the browser has kept it");
  assert.equal(JSON.parse((await browser.storage.get("local", "icons")).icons)[appId(1)], withLogo(1).logoUrl);
  await chooseInAccountMenu(popup, "Sign out");
  await browser.waitForTab((url) => url.includes("/logout"), "Microsoft's page for signing out");
  assert.deepEqual(await browser.storage.get("local", "icons"), {}, "nothing is kept of who has signed out");
});

story("ten thousand apps come once, page after page", registered, async (browser, standIn) => {
  standIn.apps = Array.from({ length: 10_000 }, (_, number) => app(number, `App number ${number}`));
  standIn.latency = 50;
  await signIn(browser);
  await until(() => standIn.lists.length > 0, "the first page is asked for");
  const since = performance.now();
  await signedIn(browser);
  const took = Math.round(performance.now() - since);
  const popup = await popupAfterSignIn(browser);
  await popup.type("9999");
  await popup.waitForText("App number 9999");
  assert.equal(standIn.lists.length, 11);
  assert.equal(new Set(standIn.lists).size, 11, "no page was asked for twice");
  assert.equal(standIn.mostAtOnce, 1, "one after the other");
  // How long it took depends on the machine; three seconds on a quiet one.
  console.log(`      10,000 apps in ${took} ms`);
});

story("asked for patience, it waits and goes on; and without the beta call there are still the names", registered, async (browser, standIn) => {
  standIn.apps = Array.from({ length: 1200 }, (_, number) => app(number, `App number ${number}`, { info: withLogo(number) }));
  standIn.graph.throttle = { times: 1, seconds: 2 };
  standIn.graph.hasResources = false;
  await signIn(browser);
  const popup = await popupAfterSignIn(browser);
  await popup.type("1199");
  await popup.waitForText("App number 1199");
  assert.equal(standIn.lists.filter((url) => url.includes("appRoleAssignments")).length, 3, "two pages, one of them asked for twice");
  assert.deepEqual(standIn.logos.asked, [], "of names alone nobody knows the logos");
  await popup.press("Enter");
  await browser.waitForTab((url) => url === SOMEWHERE, "Microsoft's own page, from where the app is launched");
});

story("set up by hand: the options page names this browser's address, and takes the application id", () => ({}), async (browser, standIn) => {
  const options = await browser.extensionPage("options/options.html");
  await options.waitFor(() => document.documentElement.dataset.ready === "still", "the settings");
  await options.waitForText("Single-page application");
  const type = async (/** @type {string} */ field, /** @type {string} */ value) => {
    await options.evaluate((field) => (/** @type {HTMLInputElement} */ (document.querySelector(field)).value = ""), field);
    await options.type(field, value);
    await options.press("Enter");
  };
  await type("#client-id", "not an id");
  await options.waitForText("This is not an application ID");
  await type("#client-id", standIn.clientId);
  await type("#portal", `https://myapps.microsoft.com/?tenantId=${standIn.tenant}`);
  await options.waitForText("Saved.");
  assert.deepEqual(await options.accessibility(), []);
  await options.close();
  await signIn(browser);
  await popupAfterSignIn(browser);
});

for (const browser of browsers) {
  test(`${browser}: Entra: passwords come from the companion portal`, { timeout: 300_000 }, async () => {
    const standIn = await new StandIn().start();
    const servers = await startServers();
    try {
      standIn.apps = [app(1, "Wiki"), app(2, "Our CRM", { appId: "crm" })];
      const policy = { ...registered(standIn), vaultUrl: servers.portal.url };
      await withPolicy(browser, policy, () =>
        withBrowser({ browser, extension: folder(browser), name: "companion", impersonated: standIn.impersonated }, async (running) => {
          standIn.redirectUris = [await redirectUri(running)];
          await signIn(running);
          const first = await popupAfterSignIn(running);
          assert.deepEqual((await sections(first))["All apps"], ["Wiki", "Our CRM"]);
          await first.close();
          const tab = await running.openTab(servers.sample("crm"));
          const offer = await popupSays(running, tab, `Sign in to ${servers.portal.url} as well`);
          await pressAndLeave(offer, "Sign in");
          await answerSignInWindow(running, alex);
          await until(async () => (await running.storage.get("local", "catalogue")).catalogue?.includes('"vault"'), "the companion's list");
          await closePopup(running);
          await running.clickIcon(tab);
          await until(async () => (await servers.attempts("crm")).succeeded === 1, "the app accepts the password");
          assert.deepEqual(await servers.attempts("crm"), { attempts: 1, succeeded: 1 });
          assert.ok(!(await running.consoleText()).includes("-Demo-"), "no password is printed");
          standIn.check();
        }),
      );
    } finally {
      standIn.stop();
      await servers.stop();
    }
  });
}

story(
  "a policy that changes counts at once",
  registered,
  async (browser, standIn) => {
    const tab = await browser.openTab(SOMEWHERE);
    await (await signInPopup(browser, tab)).close();
    write("chromium", { portalUrl: "https://portal.contoso.example" });
    const options = await browser.extensionPage("options/options.html");
    await options.waitForText("https://portal.contoso.example");
    await options.waitForText("Your company has decided this.");
    void standIn;
  },
  ["chromium"],
);
