// @ts-check
/** What a company decides, in the browsers' real policy files: the language, what is written down, and hosts of its network. */
import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { PLAIN } from "../pages/hostile/parts.mjs";
import { withBrowser } from "./driver/index.mjs";
import { EvilSites } from "./evil-sites.mjs";
import { alex, choosePortal, closePopup, folder, openMenu, savePassword, signIn, until } from "./person.mjs";
import { withPolicy, write } from "./policy.mjs";
import { sentences } from "./sentences.mjs";
import { programs, startServers } from "./servers.mjs";

/** @typedef {import("./person.mjs").Browser} Browser */
/** @typedef {import("./person.mjs").Servers} Servers */
/** @typedef {import("./person.mjs").Tab} Tab */

const browsers = /** @type {("chromium" | "firefox")[]} */ ((process.env.MY_APPS_BROWSERS ?? "chromium firefox").split(" "));

const german = sentences("de");

/** The portal learns an app at an address that nobody but the company could know. @param {Servers} servers @param {string} page */
function importApp(servers, page) {
  const app = { id: "personnel", name: "Personnel", mode: "password", launch_url: page, sign_on_rules: [{ url: page, allow_http: true }], assigned_to: [alex.username] };
  const file = join(servers.folder, "apps.json");
  writeFileSync(file, JSON.stringify([app]));
  execFileSync(join(programs, "my-apps-portal"), ["app", "import", file, "--database", join(servers.folder, "portal.db")]);
}

/** The settings, in whatever language. @param {Browser} browser */
async function settings(browser) {
  const options = await browser.extensionPage("options/options.html");
  await options.waitFor(() => document.documentElement.dataset.ready === "still", "the settings");
  return options;
}

/** @param {Tab} options */
const choiceOfLanguage = (options) =>
  options.evaluate(() => {
    const select = /** @type {HTMLSelectElement} */ (document.querySelector("#language"));
    const reason = /** @type {HTMLElement} */ (document.querySelector("#language-fixed"));
    return { lang: document.documentElement.lang, value: select.value, disabled: select.disabled, reason: reason.hidden ? "" : reason.innerText };
  });

for (const name of browsers) {
  test(`${name}: a company decides the language, what is written down, and which hosts of its network count`, { timeout: 300_000 }, async () => {
    const sites = new EvilSites();
    await sites.start();
    sites.page("", PLAIN);
    const page = `http://intranet:${sites.port}/login`;
    const servers = await startServers();
    importApp(servers, page);
    // As Firefox finds it in the registry of Windows. Chromium has the schema.
    const automaticSubmit = name === "firefox" ? 1 : true;
    const policy = { language: "de", logLevel: "problems", httpHosts: ["intranet"], automaticSubmit, vaultUrl: "nowhere", linksProbe: "nowhere" };
    try {
      await withPolicy(name, policy, () =>
        withBrowser({ browser: name, extension: folder(name), name: "policy", hosts: { intranet: "127.0.0.1" } }, async (browser) => {
          // Chromium reads a policy a moment after the installation.
          await until(async () => {
            const options = await settings(browser);
            const { lang } = await choiceOfLanguage(options);
            await options.close();
            return lang === "de";
          }, "the company's language");
          await choosePortal(browser, servers);
          const tab = await browser.openTab(servers.sample("wiki", "/"));
          await signIn(browser, tab);
          const portal = await browser.openTab(`${servers.portal.url}/apps/personnel/password`);
          await savePassword(portal, "alex", "canary-password");
          await portal.close();

          await tab.goto(page);
          await tab.activate();
          await browser.clickIcon(tab);
          await until(() => sites.sent.length > 0, "the form of the intranet is sent", { instead: () => browser.describe() });
          assert.equal(sites.sent[0].body, "user=alex&password=canary-password");
          await closePopup(browser);

          const options = await settings(browser);
          assert.deepEqual(await choiceOfLanguage(options), { lang: "de", value: "de", disabled: true, reason: german("fixedByCompany") });
          assert.match(await options.text(), /automaticSubmit\s+true[^]*httpHosts\s+intranet[^]*logLevel\s+problems[^]*language\s+de/);
          assert.deepEqual(await options.accessibility(), [], "axe has nothing to complain about");
          await options.close();
          const diagnostics = await browser.extensionPage("options/diagnostics.html");
          await diagnostics.waitForText(german("diagnoseFillsProblems"));
          assert.equal(await diagnostics.evaluate(() => document.querySelectorAll("#fills li").length), 0, "what went well is not written down");
          await diagnostics.close();
          assert.ok(!(await browser.consoleText()).includes("canary"), "no password is printed");

          // Firefox reads its file when it starts.
          if (name === "firefox") return;
          // Whoever looks at what is wrong sees that there is less of it.
          const help = await browser.extensionPage("options/diagnostics.html");
          const questions = () => help.evaluate(() => [...document.querySelectorAll("#checks li")].map((question) => question.textContent ?? ""));
          const refused = async () => (await questions()).filter((question) => /vaultUrl|linksProbe|language/.test(question)).length;
          await until(async () => (await refused()) === 2, "two settings that have no effect", { instead: () => help.text() });
          const before = (await questions()).length;
          write(name, { language: "xx" });
          await until(async () => (await refused()) === 1, "one that has none", { instead: () => help.text() });
          assert.equal((await questions()).length, before - 1, "no question stays that nobody asks any more");
          await help.close();
          const later = await until(async () => {
            const options = await settings(browser);
            const { lang } = await choiceOfLanguage(options);
            return lang === "en" ? options : (await options.close(), undefined);
          }, "the browser's language");
          assert.deepEqual(await choiceOfLanguage(later), { lang: "en", value: "", disabled: false, reason: "" });
          assert.match(await later.text(), /language in your company.s settings has no effect/);
          await later.close();
          const other = await browser.openTab(page);
          assert.deepEqual(await (await openMenu(browser, other)).evaluate(() => document.querySelector("#notice")?.textContent), "", "the page is nobody's now");
        }),
      );
    } finally {
      await servers.stop();
      sites.stop();
    }
  });
}
