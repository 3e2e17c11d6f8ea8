// @ts-check
/**
 * The page against the extension itself: what a fill leaves in a page, what of the extension a page can reach, and how long
 * a password stands in a field. Rows C1–C3, C11 and C12 of docs/threat-model.md.
 */
import { strict as assert } from "node:assert";
import { readdirSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { form, page, script } from "../pages/hostile/parts.mjs";
import { closePopup, folder, until } from "./person.mjs";

/** @param {string} at @returns {string[]} */
const filesIn = (at) => readdirSync(at).flatMap((name) => (statSync(join(at, name)).isDirectory() ? filesIn(join(at, name)) : [join(at, name)]));

/** @type {import("./attack.mjs").Attempts} */
const attempts = {
  "a fill leaves two values in the page and nothing else": async (scene) => {
    const { sites, tab } = scene;
    const watch = `
      const globals = () => Object.getOwnPropertyNames(window);
      let before;
      const changes = [];
      addEventListener("load", () => {
        before = { html: document.documentElement.outerHTML, globals: globals(), styles: document.styleSheets.length + document.adoptedStyleSheets.length };
        new MutationObserver((records) => changes.push(...records.map(({ type, target }) => type + " " + target.nodeName))).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
      });
      addEventListener("submit", (event) => event.preventDefault());
      window.found = () => ({
        changes,
        html: document.documentElement.outerHTML === before.html,
        globals: globals().filter((name) => !before.globals.includes(name)),
        styles: document.styleSheets.length + document.adoptedStyleSheets.length - before.styles,
        layers: document.querySelectorAll(":popover-open, :modal").length,
      });`;
    sites.page("watch", page(form(), { head: script(watch) }));
    await tab.goto(sites.at("ledger", "/login", "watch"));
    await scene.click();
    await until(() => sites.sightings(scene.secret).fields.length > 0, "the form is filled", { instead: () => scene.browser.describe() });
    await closePopup(scene.browser);
    scene.assertInPlace();
    assert.deepEqual(await tab.evaluate(() => /** @type {any} */ (window).found()), { changes: [], html: true, globals: [], styles: 0, layers: 0 });
  },

  "no file of the extension can be reached by a page": async (scene) => {
    const { sites, tab, browser } = scene;
    const root = folder(browser.name);
    const own = await browser.extensionPage("options/options.html");
    const base = new URL("/", await own.url()).href;
    // C3: no page of ours asks for a password.
    await own.waitFor(() => document.documentElement.dataset.ready === "still", "the settings");
    assert.equal(await own.evaluate(() => document.querySelectorAll("[type=password]").length), 0);
    await own.close();
    const popup = await scene.click();
    await popup.waitFor(() => document.documentElement.dataset.ready === "menu", "the menu");
    assert.equal(await popup.evaluate(() => document.querySelectorAll("[type=password]").length), 0);
    await popup.close();

    const files = filesIn(root).map((file) => relative(root, file).replaceAll("\\", "/"));
    assert.ok(files.includes("popup/popup.html") && files.some((file) => file.endsWith(".wasm")), "the package is there");
    await tab.goto(sites.at("evil", "/login"));
    const reached = await tab.evaluate(
      async (addresses) => {
        /** @param {string} tag @param {string} attribute @param {string} address @returns {Promise<boolean>} */
        const loads = (tag, attribute, address) =>
          new Promise((resolve) => {
            const element = document.createElement(tag);
            if (tag === "link") element.setAttribute("rel", "stylesheet");
            element.addEventListener("load", () => resolve(true));
            element.addEventListener("error", () => resolve(false));
            element.setAttribute(attribute, address);
            document.head.append(element);
          });
        /** A frame's page that can be read is the frame's empty first one; else the address was really opened. @param {string} address */
        const opens = async (address) => {
          const frame = document.createElement("iframe");
          frame.src = address;
          document.body.append(frame);
          let greeted = false;
          addEventListener("message", () => (greeted = true));
          await new Promise((resolve) => {
            frame.onload = resolve;
            setTimeout(resolve, 300);
          });
          const inside = frame.contentWindow?.length ?? 0;
          frame.remove();
          return greeted || inside > 0;
        };
        /** @type {string[]} */
        const found = [];
        await Promise.all(
          addresses.map(async (address) => {
            const ways = await Promise.all([
              fetch(address).then(() => true, () => false),
              fetch(address, { mode: "no-cors" }).then(() => true, () => false),
              loads("script", "src", address), loads("img", "src", address), loads("link", "href", address),
              import(address).then(() => true, () => false), opens(address),
              new Promise((resolve) => {
                try {
                  const worker = new Worker(address);
                  worker.onerror = () => resolve(false);
                } catch {
                  resolve(false);
                }
              }),
            ]);
            if (ways.includes(true)) found.push(`${address} ${ways}`);
          }),
        );
        return found;
      },
      files.map((file) => base + file),
    );
    assert.deepEqual(reached, []);
    // As a page of its own, from a click.
    sites.page("opens", page(`<button id="open">Open</button>${script(`document.querySelector("#open").onclick = () => { open("${base}popup/popup.html"); open("${base}options/options.html", "_self"); }`)}`));
    await tab.goto(sites.at("evil", "/", "opens"));
    await tab.click("#open");
    await until(async () => !/blank$/.test(await tab.url()), "the page after the click");
    for (const other of await browser.tabs()) assert.ok(!(await other.url()).startsWith(base), "a page of the extension was opened");
  },

  // C11: nothing stays when it fails after something was written.
  "what can not be finished is taken back": async (scene) => {
    const { sites, tab } = scene;
    /** What the page does, as soon as it has the password. @type {Record<string, string>} */
    const pages = {
      "the user name is not kept": 'user.addEventListener("change", () => user.value = "")',
      "the password is not kept": 'password.addEventListener("input", () => password.value = password.value && "short")',
      "it is shown as text": 'password.addEventListener("input", () => password.type = "text")',
      "the page goes on": 'password.addEventListener("input", () => history.pushState(null, "", "/elsewhere"))',
      "the form goes": 'password.addEventListener("change", () => login.remove())',
    };
    for (const [name, code] of Object.entries(pages)) {
      sites.page("late", page(form() + script(`window.fields = [user, password]; ${code}; addEventListener("submit", (event) => event.preventDefault())`)));
      scene.forget();
      await tab.goto(sites.at("ledger", "/login", "late"));
      const popup = await scene.click();
      await popup.waitFor(() => document.querySelector("#notice")?.textContent, `a sentence when ${name}`);
      await popup.close();
      const left = await tab.evaluate(() => /** @type {any} */ (window).fields.map((/** @type {HTMLInputElement} */ field) => field.value));
      assert.ok(!left.join().includes(scene.secret), `${name}: the password is still in the page`);
      assert.deepEqual(sites.sightings(scene.secret).requests, [], `${name}: nothing is sent`);
    }
  },

  // C12: other scripts of the page can read what is filled. They get as little time for it as can be.
  "from the last letter to the sending there are milliseconds": async (scene, test) => {
    const { sites } = scene;
    // Every page that was filled took the time. If few were before this, more are now.
    while (sites.exposures.length < 20) {
      scene.forget();
      await scene.anotherTab(sites.at("ledger", "/login"));
      await scene.click();
      await scene.assertSent();
      await closePopup(scene.browser);
    }
    const slow = (/** @type {number} */ most) => sites.exposures.filter(({ exposed }) => exposed > most).map(({ exposed, page }) => `${Math.round(exposed)} ms on ${page}`);
    const all = sites.exposures.length;
    assert.ok(slow(50).length <= all / 2, `half of ${all} are sent within 50 ms; these are not: ${slow(50).join(", ")}`);
    // The extension waits for two frames, and for 100 ms at most. What a busy machine adds to them is not ours.
    assert.ok(slow(100).length <= all / 20, `19 of 20 of ${all} are sent within 100 ms; these are not: ${slow(100).join(", ")}`);
    test.diagnostic(`19 of 20 of ${all} were sent within ${Math.round(sites.exposures.map(({ exposed }) => exposed).sort((one, other) => one - other)[Math.ceil(all * 0.95) - 1])} ms`);
  },
};

export default attempts;
