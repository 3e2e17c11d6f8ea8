// @ts-check
/** The menu with keys alone: favourites, digits, where an app opens, the account's menu; and nothing for axe to complain about. */
import { strict as assert } from "node:assert";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { after } from "node:test";
import { atWork, chooseInAccountMenu, openMenu, pressAndLeave, sections, story, until } from "./person.mjs";

/** @typedef {import("./person.mjs").Popup} Popup */
/** @typedef {import("./person.mjs").Browser} Browser */

/** The company's own pages about an account, which the portal names. */
const server = createServer((_, answer) => answer.end("About your account"));
await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
const pages = `http://127.0.0.1:${/** @type {import("node:net").AddressInfo} */ (server.address()).port}`;
after(() => server.close());

/** Waits until the focus is where it should be. @param {Popup} popup @param {string} selector @param {string} what */
const focused = (popup, selector, what) => popup.waitFor((selector) => document.activeElement?.matches(selector), what, selector);

/** The name of the selected app. @param {Popup} popup */
const selected = (popup) => popup.evaluate(() => document.querySelector("[aria-selected=true] .name")?.textContent);

/** How many tabs show an app. @param {Browser} browser @param {string} address */
const shown = async (browser, address) => (await Promise.all((await browser.tabs()).map((tab) => tab.url()))).filter((url) => url.startsWith(address)).length;

story(
  "the menu is used with keys alone: favourites, digits, tabs behind, windows, and the account",
  async (browser, servers) => {
    const tab = await atWork(browser, servers);
    let popup = await openMenu(browser, tab);
    await focused(popup, "#search", "the focus is in the search");

    // Control and D keeps an app at the top; the row that is selected stays the one that was.
    await popup.press("ArrowDown");
    const name = await selected(popup);
    await popup.press("Control+d");
    await popup.waitFor(() => document.querySelector(".section")?.textContent === "Favourites", "a favourite");
    assert.equal(await selected(popup), name, "the selection stays on the app");
    assert.deepEqual((await sections(popup)).Favourites, [name]);
    await popup.waitFor((name) => document.querySelector("#said")?.textContent === `${name} is a favourite now.`, "it is said aloud", name);
    assert.deepEqual(await popup.accessibility(), [], "axe has nothing to complain about");
    // The star does the same for the mouse.
    await popup.click("[data-app=wiki] .star");
    await popup.waitFor(() => document.querySelectorAll("[role=group]:first-child [role=option]").length === 2, "two favourites");
    await focused(popup, "#search", "the focus is still in the search");

    // Control and Enter: behind this tab, and the menu stays; Escape empties the search, and closes the menu.
    await popup.type("wiki");
    await popup.waitFor(() => document.querySelectorAll("[role=option]").length === 1, "the wiki alone");
    const before = await shown(browser, servers.sample("wiki", "/"));
    await popup.press("Control+Enter");
    await until(async () => (await shown(browser, servers.sample("wiki", "/"))) === before + 1, "the wiki, behind");
    assert.ok(await popup.isOpen(), "the menu stays");
    // Firefox closes a popup at the first Escape, whatever the page in it would do.
    if (browser.name === "chromium") {
      await popup.press("Escape");
      await popup.waitFor(() => /** @type {HTMLInputElement} */ (document.querySelector("#search")).value === "", "an empty search");
    }
    await popup.press("Escape");
    await popup.waitForClose("the menu closes");

    // The digits show while the key is held, and open the row of that number.
    popup = await openMenu(browser, tab);
    assert.deepEqual((await sections(popup)).Favourites, [name, "Contoso Wiki"], "kept");
    const address = servers.sample("wiki", "/");
    const wikis = await shown(browser, address);
    await pressKey(popup, "Alt+2");
    await popup.waitForClose("the menu closes when it opened something");
    await until(async () => (await shown(browser, address)) === wikis + 1, "the second row");

    // Shift and Enter: a window of its own.
    await tab.activate();
    popup = await openMenu(browser, tab);
    await popup.type("wiki");
    await popup.waitFor(() => document.querySelectorAll("[role=option]").length === 1, "the wiki alone");
    const windows = await browser.worker.evaluate(async () => (await chrome.windows.getAll()).length);
    await pressKey(popup, "Shift+Enter");
    await until(async () => (await browser.worker.evaluate(async () => (await chrome.windows.getAll()).length)) === windows + 1, "a new window");
  },
  { headless: false },
);

/** A key that opens something may close the popup before it is over. @param {Popup} popup @param {string} key */
async function pressKey(popup, key) {
  await popup.press(key).catch(async (error) => {
    if (await popup.isOpen()) throw error;
  });
}

story("an app has the name that its person gives it, and is found by both", async (browser, servers) => {
  const tab = await atWork(browser, servers);
  let popup = await openMenu(browser, tab);
  const nameOf = (/** @type {Popup} */ popup) => popup.evaluate(() => document.querySelector("[data-app=crm] .name")?.textContent);
  await popup.type("crm");
  await popup.waitFor(() => document.querySelector("[aria-selected=true]")?.matches("[data-app=crm]"), "the app is selected");
  const before = await nameOf(popup);
  await popup.press("F2");
  await focused(popup, "#own-name", "its name can be typed");
  await popup.waitForText(`Your own name for “${before}”`);
  assert.deepEqual(await popup.accessibility(), [], "axe has nothing to complain about");
  await popup.type("Zebra");
  await popup.press("Enter");
  await popup.waitFor(() => document.querySelector("[data-app=crm] .name")?.textContent === "Zebra", "the new name, found by the portal's");
  await focused(popup, "#search", "the focus is in the search again");
  await popup.close();

  popup = await openMenu(browser, tab);
  assert.ok((await sections(popup))["All apps"].includes("Zebra"), "the name stays");
  await popup.type("zeb");
  await popup.waitFor(() => document.querySelector("[data-app=crm] mark")?.textContent === "Zeb", "the new name is found too");
  if (browser.name === "chromium") {
    // Firefox closes a popup at the first Escape, whatever the page in it would do.
    await popup.press("F2");
    await focused(popup, "#own-name", "its name can be typed");
    await popup.press("Escape");
    await focused(popup, "#search", "nothing but the question is gone");
    assert.equal(await nameOf(popup), "Zebra");
  }
  // The pencil does the same for the mouse, and one name leaves the others alone.
  await popup.click("#search");
  await popup.evaluate(() => /** @type {HTMLInputElement} */ (document.querySelector("#search")).select());
  await popup.type("wiki");
  await popup.waitFor(() => document.querySelector("[data-app=wiki]"), "the wiki");
  await popup.click("[data-app=wiki] .pencil");
  await focused(popup, "#own-name", "its name can be typed");
  await popup.type("Zebu");
  await popup.waitFor(() => /** @type {HTMLInputElement} */ (document.querySelector("#own-name")).value === "Zebu", "all of the name");
  // Who clicked beside the question and presses Enter opens nothing behind it.
  await popup.evaluate(() => /** @type {HTMLElement} */ (document.activeElement).blur());
  await popup.press("Enter");
  assert.ok(await popup.evaluate(() => /** @type {HTMLDialogElement} */ (document.querySelector("#rename")).open), "the question is still there");
  await popup.click("#own-name");
  await popup.press("Enter");
  await popup.waitFor(() => document.querySelector("[data-app=wiki] .name")?.textContent === "Zebu", "the wiki's name");
  await focused(popup, "#search", "the focus is in the search again");
  await popup.evaluate(() => /** @type {HTMLInputElement} */ (document.querySelector("#search")).select());
  await popup.type("zeb");
  await popup.waitFor(() => document.querySelectorAll("[role=option] mark").length === 2, "both of them");
  await popup.type("ra");
  await popup.waitFor(() => document.querySelector("[aria-selected=true]")?.matches("[data-app=crm]"), "the app is selected");
  await popup.click("[data-app=crm] .pencil");
  await popup.click({ text: "Use the portal's name", role: "button" });
  await popup.waitFor(() => !document.querySelector("[data-app=crm]"), "it is no longer called so");
  await popup.close();
  popup = await openMenu(browser, tab);
  assert.equal(await nameOf(popup), before);
});

story("the account's menu opens, moves and closes as menus do, and offers what the portal names", async (browser, servers) => {
  const tab = await atWork(browser, servers);
  let popup = await openMenu(browser, tab);
  await popup.press("Tab");
  await popup.waitFor(() => document.activeElement, "somewhere");
  for (let presses = 0; presses < 20 && !(await popup.evaluate(() => document.activeElement?.id === "account-button")); presses += 1) await popup.press("Tab");
  await popup.press("ArrowDown");
  await focused(popup, "[role=menuitem]:first-child", "the first item");
  assert.deepEqual(await popup.accessibility(), [], "axe has nothing to complain about in the menu");
  assert.equal(await popup.evaluate(() => document.querySelector("#account-button")?.getAttribute("aria-expanded")), "true");
  await popup.press("ArrowUp");
  await focused(popup, "[role=menuitem]:last-child", "round to the last");
  await popup.press("Home");
  await popup.press("h");
  await focused(popup, "[data-button=h]", "the item with that letter");
  if (browser.name === "chromium") {
    await popup.press("Escape");
    await focused(popup, "#account-button", "the focus comes back");
    assert.ok(await popup.isOpen(), "Escape closed the menu alone");
    await popup.press("ArrowDown");
  }
  await popup.press("Tab");
  await popup.waitFor(() => !document.querySelector("#account-panel:popover-open"), "Tab leaves the menu, which closes");
  const items = await popup.evaluate(() => [...document.querySelectorAll("[role=menuitem]")].map((item) => item.textContent));
  assert.deepEqual(items, ["Open portal", "Add an app", "Groups", "Reset your password", "Register for password reset", "Settings", "Help", "Sign out"]);
  await chooseInAccountMenu(popup, "Groups").catch(async (error) => {
    if (await popup.isOpen()) throw error;
  });
  await browser.waitForTab((url) => url === `${pages}/groups`, "the portal's page");
  await tab.activate();
  popup = await openMenu(browser, tab);
  await chooseInAccountMenu(popup, "Sign out");
  await popup.waitForText("Sign in to get started");
  assert.deepEqual(await popup.accessibility(), [], "nor signed out");
  const left = await popup.evaluate(() => [...document.querySelectorAll("[role=menuitem]")].map((item) => item.textContent));
  assert.deepEqual(left, ["Settings", "Help"]);
  await popup.click("#account-button");
  await pressAndLeave(popup, "Settings");
  await browser.waitForTab((url) => url.endsWith("/options/options.html"), "the settings");

  // Help is opened once, and comes to the front afterwards.
  const isHelp = (/** @type {string} */ url) => url.endsWith("/options/diagnostics.html");
  for (const time of ["first", "second"]) {
    await tab.activate();
    popup = await browser.clickIcon(tab);
    await popup.click("#account-button");
    await pressAndLeave(popup, "Help");
    await until(async () => isHelp(await (await browser.currentTab()).url()), `Help is in front the ${time} time`);
  }
  const addresses = await Promise.all((await browser.tabs()).map((one) => one.url()));
  assert.equal(addresses.filter(isHelp).length, 1, addresses.join(" "));
}, { portal: ["add-app", "groups", "reset-password", "register-for-reset"].flatMap((page) => [`--${page}-url`, `${pages}/${page}`]) });

// Neither browser's address bar can be typed into from here; Chromium lets its events be raised in the worker, which is all that
// differs from a person's typing.
story(
  "a keyword in the address bar suggests apps and opens them",
  async (browser, servers) => {
    await atWork(browser, servers);
    // The first letters wake the worker, and the next come while it loads the search.
    await browser.worker.kill();
    const suggested = await browser.worker.evaluate(async () => {
      const { onInputChanged } = /** @type {any} */ (chrome).omnibox;
      for (const typed of ["c", "co", "con", "cont"]) onInputChanged.dispatch(typed, () => undefined);
      await new Promise((resolve) => onInputChanged.dispatch("cairo", resolve));
      return new Promise((resolve) => {
        onInputChanged.dispatch("contoso", (/** @type {{description: string}[]} */ rows) => rows.some(({ description }) => description.includes("Contoso<")) && resolve(rows));
      });
    });
    const names = /** @type {{content: string, description: string}[]} */ (suggested);
    assert.ok(names.length > 2, "several below the best");
    assert.ok(names.every(({ content, description }) => content.startsWith("Contoso ") && description.startsWith("<match>Contoso</match>")), JSON.stringify(names));
    // The name that a suggestion puts into the address bar, and letters that were typed.
    for (const [typed, app] of [["Contoso Wiki", "wiki"], ["wik", "wiki"]]) {
      const before = await shown(browser, servers.sample(app, "/"));
      await browser.worker.evaluate((typed) => /** @type {any} */ (chrome).omnibox.onInputEntered.dispatch(typed, "newForegroundTab"), typed);
      await until(async () => (await shown(browser, servers.sample(app, "/"))) === before + 1, `${app} opens`);
    }

    // What is suggested first stays in the browser's own preferences, also when it starts anew; but not for the next person.
    const { profile, id } = /** @type {import("./driver/chromium.mjs").ChromiumBrowser} */ (/** @type {unknown} */ (browser));
    const kept = async () => {
      const { extensions } = JSON.parse(await readFile(join(profile, "Default", "Preferences"), "utf8"));
      return String(extensions.settings[id].omnibox_default_suggestion?.description);
    };
    await until(async () => (await kept()).startsWith("Contoso "), "the browser keeps it", { instead: kept });
    await chooseInAccountMenu(await openMenu(browser, (await browser.tabs())[0]), "Sign out");
    await until(async () => (await kept()) === "Search your apps", "the browser forgets it", { instead: kept });
  },
  { only: "chromium" },
);

story(
  "in Firefox's address bar, the keyword and a few letters suggest apps, and Enter opens the best",
  async (browser, servers) => {
    await atWork(browser, servers);
    await browser.openTab(servers.sample("crm", "/forgot"));
    const { marionette } = /** @type {import("./driver/firefox.mjs").FirefoxBrowser} */ (/** @type {unknown} */ (browser));
    await marionette.chrome(() => window.gURLBar.search("app contoso w"));
    const rows = () => [...window.document.querySelectorAll(".urlbarView-row")].map((row) => row.textContent);
    await until(async () => (await marionette.chrome(rows)).some((row) => row.includes("Contoso Wiki")), "the wiki is suggested", {
      instead: async () => JSON.stringify(await marionette.chrome(rows)),
    });
    const before = await shown(browser, servers.sample("wiki", "/"));
    await marionette.chrome(() => window.gURLBar.handleNavigation({ event: new window.KeyboardEvent("keydown", { key: "Enter" }) }));
    await until(async () => (await shown(browser, servers.sample("wiki", "/"))) === before + 1, "the wiki opens");
  },
  { only: "firefox" },
);

story(
  "on a low screen the search, the apps and the account are within the popup, and it does not scroll as a whole",
  async (browser, servers) => {
    const popup = await openMenu(browser, await atWork(browser, servers));
    // Firefox says where the popup is once it is there; until then it is as high as on any screen.
    await until(async () => (await popup.size()).height < 440, "the screen is a low one");
    await popup.waitFor(() => document.documentElement.scrollHeight <= innerHeight && Number(document.querySelector("#account")?.getBoundingClientRect().bottom) <= innerHeight, "the account, within the popup");
    await popup.waitFor(() => {
      // Firefox alone tells where a popup begins on the screen, and would let it hang over the end of it.
      const { screen, mozInnerScreenY: top = screen.availTop } = /** @type {any} */ (globalThis);
      return top + innerHeight <= screen.availTop + screen.availHeight + 1;
    }, "the end of the popup, on the screen");
    for (let row = 0; row < 4; row += 1) await popup.press("ArrowDown");
    // Of a part of a pixel nobody is robbed.
    await popup.waitFor(() => Number(document.querySelector("[aria-selected=true]")?.getBoundingClientRect().bottom) <= Number(document.querySelector("#account")?.getBoundingClientRect().top) + 1, "the selected app, above the account");
  },
  { headless: false, size: { width: 1000, height: 460 } },
);

story("apps have their icons, those without one a letter, and what is not found is searched for in the portal", async (browser, servers) => {
  const tab = await atWork(browser, servers);
  const popup = await openMenu(browser, tab);
  const drawn = () => Object.fromEntries([...document.querySelectorAll("[data-app]")].map((row) => [row.getAttribute("data-app"), [...row.querySelectorAll("img")].filter((image) => image.complete && image.naturalWidth === 64 && image.offsetWidth === 32).length]));
  await popup.waitFor(() => document.querySelectorAll(".letter img").length === 8, "eight icons");
  const { crm, wiki, benefits, cairo } = await popup.evaluate(drawn);
  assert.deepEqual({ crm, wiki, benefits, cairo }, { crm: 1, wiki: 1, benefits: 0, cairo: 0 });
  assert.equal(await popup.evaluate(() => document.querySelector("[data-app=benefits] .letter")?.textContent), "B");
  const heights = await popup.evaluate(() => [...new Set([...document.querySelectorAll("[role=option]")].map((row) => row.clientHeight))]);
  assert.equal(heights.length, 1, "no row is another height for its icon");
  assert.deepEqual(await popup.accessibility(), [], "axe has nothing to complain about");

  // What is found has its icon as well, in a popup that has just opened.
  await popup.close();
  const again = await openMenu(browser, tab);
  await again.type("wiki");
  await again.waitFor(() => document.querySelectorAll("[role=option]").length === 1 && document.querySelector("[data-app=wiki] img"), "the wiki with its icon");
  await again.press("Control+a");
  await again.type("pension & more");
  await again.click({ text: "Search in the portal", role: "button" });
  await again.waitForClose("the popup closes");
  await until(async () => (await Promise.all((await browser.tabs()).map((tab) => tab.url()))).some((url) => url.endsWith("/?q=pension+%26+more")), "the portal searches on");
  const last = await openMenu(browser, tab);
  await chooseInAccountMenu(last, "Sign out");
  await last.waitForText("Sign in to get started");
  assert.deepEqual(await browser.storage.get("local", "icons"), {}, "nothing is kept of who has signed out");
});

story(
  "whoever does not see the icon is told how to keep it in sight",
  async (browser) => {
    const popup = await browser.extensionPage("popup/popup.html");
    await popup.waitForText("The icon is hidden behind the puzzle piece");
    assert.deepEqual(await popup.accessibility(), [], "axe has nothing to complain about");
  },
  { only: "chromium", unpinned: true },
);

story(
  "in the toolbar, the icon needs no hint",
  async (browser, servers) => {
    const popup = await browser.clickIcon(await browser.openTab(servers.sample("wiki", "/")));
    await popup.waitFor(() => document.documentElement.dataset.ready === "welcome", "the welcome");
    assert.ok(!(await popup.text()).includes("The icon is hidden behind the puzzle piece"));
  },
  // A browser of its own: one that was made as new has the icon behind the puzzle piece.
  { granted: [] },
);

/** What people see and screen readers hear of a part of the page, with attributes in one order. In the page. @param {string[]} parts */
function painted(parts) {
  const told = (/** @type {Element} */ element, depth = 0) => {
    /** @type {string[]} */
    const lines = [`${" ".repeat(depth)}${element.localName} ${[...element.attributes].map(({ name, value }) => `${name}=${value}`).sort().join(" ")}`];
    for (const node of element.childNodes) {
      if (node instanceof HTMLImageElement) continue; // Icons come when they are there.
      if (node instanceof Element) lines.push(...told(node, depth + 1));
      else if (node.textContent?.trim()) lines.push(`${" ".repeat(depth + 1)}${node.textContent}`);
    }
    return lines;
  };
  return parts.flatMap((part) => told(/** @type {Element} */ (document.querySelector(part))));
}

story("the menu's first frame, which is there before the module, is what the module paints", async (browser, servers) => {
  const tab = await atWork(browser, servers);
  const menu = await openMenu(browser, tab);
  for (const name of ["travel", "wiki"]) {
    await menu.click(`[data-app=${name}] .star`);
    await menu.waitFor((name) => document.querySelector(`[data-app=${name}][data-favourite]`), "a favourite", name);
  }
  await menu.click({ text: "Not now", role: "button" });
  await menu.waitFor(() => !document.querySelector("#offer")?.hasChildNodes(), "the offer is gone");
  await menu.waitFor(() => document.activeElement?.id === "search", "the focus in the search, and not lost with the button");
  await menu.close();
  const page = await browser.extensionPage("popup/popup.html");
  await page.waitFor(() => document.querySelectorAll("#account-menu [role=menuitem]").length, "the module has painted");
  const parts = ["#heading", "#main", "#name", "#username"];
  const byModule = await page.evaluate(painted, parts);
  await page.evaluate(async () => {
    const main = /** @type {HTMLElement} */ (document.querySelector("#main"));
    main.textContent = "";
    for (const id of ["#heading", "#name", "#username"]) /** @type {HTMLElement} */ (document.querySelector(id)).textContent = "";
    // By another address it is loaded, and does its work, once more.
    const first = await import(chrome.runtime.getURL("popup/first.js?again"));
    await first.shown;
  });
  assert.deepEqual(await page.evaluate(painted, parts), byModule);
  // Within an app as well, where no password is asked for; but not where there is something to say about the page.
  for (const [path, isFirst] of /** @type {const} */ ([["/no-form", true], ["/login-help", false]])) {
    const popup = await openMenu(browser, await browser.openTab(servers.sample("crm", path)));
    const shown = await popup.evaluate(async () => (await import(chrome.runtime.getURL("popup/first.js?again"))).shown);
    assert.equal(shown, isFirst, `${path}: ${isFirst ? "the first rows, at once" : "nothing before the module"}`);
    await popup.close();
  }
});

story("what is typed before the module is there counts once it is, and Enter opens what was typed for", async (browser, servers) => {
  await atWork(browser, servers);
  const page = await browser.extensionPage("popup/popup.html");
  await page.waitFor(() => document.querySelectorAll("#account-menu [role=menuitem]").length, "the module has painted");
  const rows = await page.evaluate(() => document.querySelectorAll("[role=option]").length);
  // By another address it is loaded once more, and keeps everything from the module as it does before that is there.
  await page.evaluate(async () => {
    const { tellEarly } = await import(chrome.runtime.getURL("popup/early.js?again"));
    addEventListener("late", tellEarly);
  });
  await page.type("#search", "people");
  await page.press("Enter");
  assert.equal(await page.evaluate(() => document.querySelectorAll("[role=option]").length), rows, "the module has heard nothing");
  await page.evaluate(() => void dispatchEvent(new Event("late")));
  await browser.waitForTab((url) => url.startsWith(servers.sample("people", "/")), "the app that was typed for");
});
