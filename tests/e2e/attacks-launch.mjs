// @ts-check
/**
 * Where the person lets apps sign in by themselves: pages that would like to be the one that was launched, and pages that
 * try to find out about the extension or to trigger it. Rows A18, B3–B6, B9, B10, B15, C4 and C9 of docs/threat-model.md.
 */
import { strict as assert } from "node:assert";
import { frame, form, page, script } from "../pages/hostile/parts.mjs";
import { times } from "./attack.mjs";
import { allowSites, openMenu, until } from "./person.mjs";

/** @typedef {import("./attack.mjs").Scene} Scene */
/** @typedef {import("./person.mjs").Tab} Tab */

/** The person turned automatic sign-in on. @param {Scene} scene */
const grant = ({ browser }) => allowSites(browser, ["http://ledger.localhost/*", "http://twin.localhost/*"]);

/** Launches an app from the menu. @param {Scene} scene @param {string} name */
async function launch(scene, name) {
  await scene.tab.activate();
  const popup = await openMenu(scene.browser, scene.tab);
  await popup.type(name);
  await popup.waitFor((wanted) => document.querySelector("[aria-selected=true] .name")?.textContent?.toLowerCase() === wanted, "the app that is meant", name);
  await popup.press("Enter");
  await until(async () => !(await scene.browser.popupIfOpen()), "the popup is closed");
}

/** Lets everything happen that is about to: what was asked for after it has been answered. @param {Scene} scene @param {Tab} tab */
async function settled(scene, tab) {
  // An arrival is told when the document is idle; another page's badge, shown after it, says that it was dealt with.
  scene.sites.page("nothing", page("<p>Nothing to sign in to"));
  const witness = await scene.browser.openTab(scene.sites.at("ledger", "/login", "nothing"));
  await until(async () => (await scene.browser.icon(witness)).badgeText === "1", "a later arrival was noticed");
  await witness.close();
  await tab.activate();
}

/** @param {Scene} scene @param {string} start */
const tabAt = (scene, start) => scene.browser.waitForTab((url) => url.startsWith(start), `a tab at ${start}`);

/** @type {import("./attack.mjs").Attempts} */
const attempts = {
  "what was launched is filled once, in its tab, on its page, and nothing else is": async (scene) => {
    const { sites, browser } = scene;
    await grant(scene);
    const evil = sites.at("evil", "/login");
    const ledger = sites.at("ledger", "/login");
    sites.page("launch", page(form() + script("document.title = opener === null ? 'no opener' : 'opener'; fetch('/' + document.title.replace(' ', '-'))")));

    // The launch as it should be. B9: nobody can lead the tab elsewhere.
    await launch(scene, "ledger");
    await scene.assertSent();
    const launched = await tabAt(scene, sites.at("ledger", "/"));
    await launched.waitForText("Received");
    assert.ok(sites.received.some(({ address }) => address === "/no-opener"), "the launched tab has no opener");

    // B5: later pages in that tab, with the app's own form or another's.
    scene.forget();
    for (const later of [ledger, evil, sites.at("twin", "/login")]) {
      await launched.goto(later);
      await settled(scene, launched);
    }
    scene.assertNothing();
    await launched.close();

    // B6, A18: other tabs at the address that was launched, while it is launched.
    sites.page("launch", page("<p>Nothing yet"));
    sites.page("sweep", page(`<button id="open">Open</button>${script(`document.querySelector("#open").onclick = () => setTimeout(() => { for (let n = 0; n < ${times(10, 50)}; n += 1) open("${ledger}?" + n, "_blank"); }, 200)`)}`));
    await launch(scene, "ledger");
    const slow = await tabAt(scene, `${ledger}?page=launch`);
    const sweep = await browser.openTab(sites.at("evil", "/", "sweep"));
    await sweep.click("#open");
    await tabAt(scene, `${ledger}?0`);
    const other = await browser.openTab(ledger);
    await settled(scene, other);
    for (const tab of await browser.tabs()) if (/login\?\d/.test(await tab.url())) await tab.close();
    scene.assertNothing();
    for (const tab of [slow, sweep, other]) await tab.close();

    // B4: what is launched leads to an evil page.
    for (const hostile of [{ to: evil }, { html: page("", { head: `<meta http-equiv="refresh" content="0;url=${evil}">` }) }]) {
      sites.page("launch", hostile);
      scene.forget();
      await launch(scene, "ledger");
      const astray = await tabAt(scene, evil);
      await astray.waitFor(() => document.readyState === "complete", "the evil page");
      await settled(scene, astray);
      scene.assertNothing();
      await astray.close();
    }

    // B3: an evil page in another tab leads to the app's page while a launch waits. Only what was launched counts.
    sites.page("launch", page("<p>Nothing yet"));
    sites.page("forced", { to: ledger });
    scene.forget();
    await launch(scene, "ledger");
    const waiting = await tabAt(scene, `${ledger}?page=launch`);
    const forced = await browser.openTab(sites.at("evil", "/", "forced"));
    await settled(scene, forced);
    scene.assertNothing();
    await forced.close();
    await waiting.close();
  },

  "two accounts with one sign-on page: each launch gets its own, and a click asks": async (scene) => {
    const { sites, browser, tab } = scene;
    await grant(scene);
    const twin = sites.at("twin", "/login");
    await tab.goto(twin);
    const popup = await scene.click();
    await popup.waitForText("Which app do you want to sign in to?");
    await popup.close();
    scene.assertNothing();
    for (const [first, second] of [["one", "two"], ["two", "one"], ["one", "two"]]) {
      scene.forget();
      await tab.goto(sites.at("elsewhere", "/"));
      await launch(scene, `twin ${first}`);
      await launch(scene, `twin ${second}`);
      await until(() => sites.sent.length === 2, "both are signed in", { instead: () => browser.describe() });
      const sent = sites.sent.map(({ body }) => Object.fromEntries(new URLSearchParams(body))).map(({ user, password }) => `${user} ${password}`);
      assert.deepEqual(sent.sort(), [`one ${scene.twins.one}`, `two ${scene.twins.two}`], "each account has its own password");
      for (const other of await browser.tabs()) if ((await other.url()).startsWith(sites.at("twin", "/"))) await other.close();
    }
  },

  "a page that is loaded beforehand is not filled": async (scene) => {
    const { sites, browser } = scene;
    if (browser.name === "firefox") return; // It loads no page beforehand.
    await grant(scene);
    const rules = JSON.stringify({ prerender: [{ urls: ["/login?page=beforehand"], eagerness: "immediate" }] });
    // Chromium loads nothing beforehand for a tab that nobody sees, and a launched tab is shown a moment after it began.
    const ask = `let asked = false;
    const ask = () => {
      if (asked || document.visibilityState !== "visible") return;
      asked = true;
      document.head.append(Object.assign(document.createElement("script"), { type: "speculationrules", textContent: ${JSON.stringify(rules)} }));
    };
    ask();
    document.addEventListener("visibilitychange", ask);`;
    sites.page("launch", page(`<p>Nothing yet<script>${ask}</script>`));
    sites.page("beforehand", page(form()));
    await launch(scene, "ledger");
    await until(() => sites.received.some(({ purpose }) => purpose.includes("prerender")), "the page is loaded beforehand");
    const tab = await tabAt(scene, sites.at("ledger", "/login", "launch"));
    await settled(scene, tab);
    scene.assertNothing();
    await tab.close();
  },

  "a page can neither trigger the extension nor find it": async (scene) => {
    const { sites, tab, browser, servers } = scene;
    await grant(scene);
    // What is in the page before anything of ours could be, and what is there afterwards.
    const detector = `
      const before = new Set(Object.getOwnPropertyNames(window));
      const changes = [];
      new MutationObserver((records) => changes.push(...records.map(({ type, target }) => type + " " + target.nodeName))).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
      const calls = [];
      for (const type of [EventTarget, Node, Element, Document, HTMLElement, HTMLInputElement, HTMLFormElement])
        for (const name of Object.getOwnPropertyNames(type.prototype)) {
          const property = Object.getOwnPropertyDescriptor(type.prototype, name);
          if (typeof property.value !== "function" || name === "constructor") continue;
          Object.defineProperty(type.prototype, name, { ...property, value(...details) { calls.push(name); return property.value.apply(this, details); } });
        }
      addEventListener("message", () => changes.push("message"));
      const sorted = (words) => [...new Set(words)].sort();
      window.found = () => ({
        changes: sorted(changes),
        globals: Object.getOwnPropertyNames(window).filter((name) => !before.has(name)),
        calls: sorted(calls),
        styles: document.styleSheets.length + document.adoptedStyleSheets.length,
        others: performance.getEntriesByType("resource").map(({ name }) => name).filter((name) => !name.startsWith("http")),
      });`;
    sites.page("detector", `<!doctype html><html lang="en"><meta charset="utf-8"><title>Detector</title><script>${detector}</script><body>${form()}`);
    const found = () => tab.evaluate(() => /** @type {any} */ (window).found());
    await tab.goto(sites.at("elsewhere", "/", "detector"));
    const elsewhere = await found();
    // C9: on the app's own page, where the arrival script runs, a page sees what it sees anywhere.
    for (let load = 0; load < times(25, 1000); load += 1) {
      await tab.goto(sites.at("ledger", "/login", "detector"));
      if (load % 8 === 0) await until(async () => (await browser.icon(tab)).badgeText === "1", "the extension has noticed the page");
      assert.deepEqual(await found(), elsewhere, `load ${load}`);
    }
    // C4: whatever a page pretends a person did.
    await tab.evaluate(() => {
      const kinds = [MouseEvent, KeyboardEvent, FocusEvent, InputEvent, SubmitEvent, CustomEvent, MessageEvent];
      const types = ["click", "mousedown", "keydown", "keypress", "focus", "input", "submit", "message", "arrived", "contextmenu"];
      const targets = [window, document, document.body, ...document.querySelectorAll("input, button, form")];
      for (let count = 0; count < 10_000; count += 1) {
        const event = new kinds[count % kinds.length](types[count % types.length], { bubbles: true, cancelable: true });
        event.preventDefault();
        if (event.type === "submit" || event.type === "click") document.addEventListener(event.type, (sent) => sent.preventDefault(), { once: true, capture: true });
        targets[count % targets.length].dispatchEvent(event);
        if (count % 10 === 0) postMessage({ type: "arrived", fill: true, count }, "*");
      }
    });
    await settled(scene, tab);
    scene.assertNothing();
    // A16 with access: 200 frames of the app's page in an evil one.
    sites.page("light", form());
    sites.page("sweep", page(frame(`src="${sites.at("ledger", "/login", "light")}"`, "display:none").repeat(200)));
    await tab.goto(sites.at("evil", "/", "sweep"));
    await settled(scene, tab);
    scene.assertNothing();
    assert.ok(!servers.difficult.asked.some((asked) => asked.endsWith("/outcome")), "nothing is reported either");
  },
};

export default attempts;
