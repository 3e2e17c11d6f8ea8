// @ts-check
// The driver, tried out on the fixture extension: each thing it can do, in each browser, with a screen and without.
//
// DRIVER_BROWSERS=chromium,firefox-screen picks some; all four one after the other otherwise.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { startSite } from "./fixture/site.mjs";
import { startBrowser, until, withBrowser } from "./index.mjs";
import { temporaryFolder } from "./processes.mjs";

const fixture = join(import.meta.dirname, "fixture");
const CASES = ["chromium", "firefox", "chromium-screen", "firefox-screen"];
const chosen = process.env.DRIVER_BROWSERS?.split(",") ?? CASES;

/** @type {Awaited<ReturnType<typeof startSite>>} */
let site;
const { path: pictures } = temporaryFolder("driver-pictures");
before(async () => {
  site = await startSite();
});
after(() => {
  site.close();
});

const isPicture = (/** @type {string} */ file) => readFileSync(file).subarray(1, 4).toString() === "PNG";
const shop = "http://shop.localhost/*";

for (const name of CASES.filter((one) => chosen.includes(one))) {
  const browserName = /** @type {'chromium' | 'firefox'} */ (name.split("-")[0]);
  const headless = !name.endsWith("-screen");
  const isChromium = browserName === "chromium";
  const options = { browser: browserName, extension: fixture, headless };
  /** Headless Chromium has no toolbar, so no menu and no question. */
  const hasToolbar = !(isChromium && headless);

  describe(name, () => {
    test("the popup: click, read, type, press, look, close", () =>
      withBrowser({ ...options, dark: true }, async (browser) => {
        const tab = await browser.openTab(site.url("/one"));
        let popup = await browser.clickIcon(tab);
        await popup.waitForText(site.url("/one"), "the popup knows the tab’s address");
        await popup.waitFor(() => document.activeElement?.id === "search", "the search box has the focus");

        await popup.type("fab");
        await popup.waitForText("> Fabrikam Mail");
        assert.ok(!(await popup.text()).includes("Contoso"));
        await popup.press("Enter");
        await popup.waitForText("launched Fabrikam Mail");
        for (let count = 0; count < 3; count += 1) await popup.press("Backspace");
        await popup.waitForText("> Contoso CRM");
        await popup.press("ArrowDown");
        await popup.waitForText("> Fabrikam Mail");
        await popup.press("Control+1");
        await popup.waitForText("first recent");

        assert.equal(await popup.evaluate((a, b) => a + b, 2, 3), 5);
        assert.equal(await popup.evaluate(async () => undefined), undefined);
        await assert.rejects(
          popup.evaluate(() => Promise.reject(new Error("no luck"))),
          /no luck/,
        );
        assert.equal(await popup.evaluate(() => matchMedia("(prefers-color-scheme: dark)").matches), true);
        assert.deepEqual(await popup.accessibility(), []);
        await popup.evaluate(() => document.querySelector("label")?.replaceWith(document.querySelector("input") ?? ""));
        assert.deepEqual(
          (await popup.accessibility()).map(({ id }) => id),
          ["label"],
        );
        assert.ok((await popup.size()).width >= 300);
        await popup.screenshot(join(pictures, `${name}-popup.png`));
        assert.ok(isPicture(join(pictures, `${name}-popup.png`)));

        await assert.rejects(browser.clickIcon(tab), /would close it/);
        await popup.press("Escape");
        await popup.waitForClose();
        assert.equal(await browser.popupIfOpen(), undefined);

        popup = await browser.clickIcon(tab);
        await popup.close();
        popup = await browser.clickIcon(tab);
        await popup.click({ text: "Fill the page", role: "button" });
        await popup.waitForClose("the popup closes when the page is filled");
        assert.equal(await tab.evaluate(() => document.querySelector("input")?.value), "filled");
      }));

    test("the sign-in window, and a popup the extension opens", () =>
      withBrowser(options, async (browser) => {
        const tab = await browser.openTab(site.url("/one"));
        const signIn = async () => {
          const popup = await browser.clickIcon(tab);
          await popup.click({ text: "Sign in to get started" });
          return browser.authWindow();
        };
        let window = await signIn();
        await window.waitForText("Sign in here");
        assert.equal((await browser.tabs()).length, 2, "the sign-in window is no tab");
        await window.click({ text: "Allow", role: "link" });
        await window.waitForClose("the sign-in window closes by itself");
        await until(
          async () => (await browser.storage.get("session")).signedIn === "?code=7",
          "the extension has the code",
        );
        await (await browser.popupIfOpen())?.close();

        window = await signIn();
        await window.closeByUser();
        await until(
          async () => /^refused/.test((await browser.storage.get("session")).signedIn),
          "the extension knows it was refused",
        );
        await (await browser.popupIfOpen())?.close();

        await tab.activate();
        await browser.worker.evaluate(() => (globalThis.browser ?? chrome).action.openPopup());
        const popup = await browser.waitForPopup("the extension opens its popup");
        await popup.waitForText("Fixture");
      }));

    test("the worker, the storage and a restart", () =>
      withBrowser({ ...options, granted: [shop] }, async (browser) => {
        const boot = await browser.worker.evaluate(() => globalThis.boot);
        assert.equal(await browser.worker.running(), true);
        await browser.worker.kill();
        assert.equal(await browser.worker.running(), false);

        await browser.storage.set("local", { kept: { names: ["Contoso"] } });
        await browser.storage.set("session", { lost: 1 });
        assert.deepEqual(await browser.storage.get("local", "kept"), { kept: { names: ["Contoso"] } });
        assert.equal((await browser.storage.get("session")).lost, 1);
        assert.equal(await browser.worker.running(), false, "looking at the storage does not wake the worker");
        assert.notEqual(await browser.worker.evaluate(() => globalThis.boot), boot);

        await browser.restart();
        assert.deepEqual(await browser.storage.get("local"), { kept: { names: ["Contoso"] } });
        assert.equal((await browser.storage.get("session")).lost, undefined);
        await until(async () => (await browser.storage.get("session")).startup, "the extension is told of the start");
        assert.deepEqual(await browser.grantedOrigins(), [shop]);
        const popup = await browser.clickIcon(await browser.openTab(site.url("/two")));
        await popup.waitForText(site.url("/two"));

        await browser.storage.clear("local");
        assert.deepEqual(await browser.storage.get("local"), {});
      }));

    test("the icon and its menu", () =>
      withBrowser({ ...options, granted: [shop] }, async (browser) => {
        const plain = await browser.openTab(site.url("/plain"));
        const { title, badgeText, enabled } = await browser.icon(plain);
        assert.deepEqual({ title, badgeText, enabled }, { title: "Driver fixture", badgeText: "", enabled: true });

        const lit = await browser.openTab(site.url("/sign-on"));
        if (isChromium && !headless) await until(() => browser.iconIsLit(lit), "the icon is lit on a sign-on page");
        await browser.worker.evaluate(async () => {
          const api = globalThis.browser ?? chrome;
          const [tab] = await api.tabs.query({ active: true, lastFocusedWindow: true });
          await globalThis.light(tab.id);
        });
        // Each is drawn in a frame of its own.
        await until(async () => {
          const { badgeText, title } = await browser.icon(lit);
          return badgeText === "1" && title === "Password available";
        }, "a badge and what it is for");
        if (hasToolbar) {
          await until(() => browser.iconIsLit(lit), "the icon is lit");
          await until(async () => !(await browser.iconIsLit(plain)), "the icon is plain in another tab");
          for (const [what, take] of /** @type {const} */ ([
            ["window", "screenshotWindow"],
            ["icon", "screenshotIcon"],
          ])) {
            const file = join(pictures, `${name}-${what}.png`);
            await (take === "screenshotIcon" ? browser.screenshotIcon(lit, file) : browser.screenshotWindow(file));
            assert.ok(isPicture(file));
          }
        } else {
          await assert.rejects(browser.iconIsLit(lit), /headless: false/);
          await assert.rejects(browser.iconMenu(lit), /headless: false/);
          return;
        }

        let menu = await browser.iconMenu(plain);
        const item = (/** @type {string} */ label, kind = "radio", checked = false) => ({
          label,
          kind,
          checked,
          enabled: true,
        });
        const portals = [
          item("https://myapps.microsoft.com", "radio", true),
          item("https://portal.example"),
          item("", "separator"),
          item("Other…", "item"),
        ];
        assert.deepEqual(menu.items, [{ ...item("My Apps URL", "submenu"), items: portals }]);
        await menu.screenshot(join(pictures, `${name}-menu.png`));
        await menu.choose("My Apps URL", "https://portal.example");
        await until(
          async () => (await browser.storage.get("session", "chosen")).chosen?.item === "company",
          "the extension knows the choice",
        );

        menu = await browser.iconMenu(plain);
        assert.equal(menu.item("My Apps URL", "https://portal.example").checked, true);
        assert.throws(() => menu.item("My Apps URL", "nothing"), /no “nothing”/);
        await menu.close();

        await browser.worker.evaluate(() =>
          (globalThis.browser ?? chrome).contextMenus.update("portal", { enabled: false }),
        );
        menu = await browser.iconMenu(plain);
        assert.equal(menu.item("My Apps URL").enabled, false);
        await assert.rejects(menu.choose("My Apps URL"), /disabled/);
        await menu.close();

        await browser.worker.evaluate(() =>
          (globalThis.browser ?? chrome).contextMenus.update("portal", { enabled: true }),
        );
        menu = await browser.iconMenu(plain);
        await menu.choose("My Apps URL", "Other…");
        const settings = await browser.waitForTab(
          (url) => url.endsWith("/options/options.html"),
          "the options open in a tab",
        );
        await settings.waitForText("Options");
      }));

    test("permissions", () =>
      withBrowser({ ...options, granted: ["http://early.localhost/*"] }, async (browser) => {
        assert.deepEqual(await browser.grantedOrigins(), ["http://early.localhost/*"]);
        const tab = await browser.openTab(site.url("/one"));
        const ask = async () => {
          const popup = await browser.clickIcon(tab);
          await popup.click({ text: "Turn on automatic sign-in" });
          return popup;
        };
        if (hasToolbar) {
          await ask();
          await browser.denyPermissionPrompt();
          assert.ok(!(await browser.grantedOrigins()).includes(shop));
          await (await browser.popupIfOpen())?.close();
        } else {
          await assert.rejects(browser.denyPermissionPrompt(), /no question/);
        }
        await ask();
        await browser.acceptPermissionPrompt();
        await until(
          async () => (await browser.storage.get("session")).granted?.[0] === shop,
          "the extension is told of the access",
        );
        assert.ok((await browser.grantedOrigins()).includes(shop));
        await (await browser.popupIfOpen())?.close();

        await browser.revoke([shop]);
        assert.ok(!(await browser.grantedOrigins()).includes(shop));
        await browser.grant([shop, "http://other.localhost/*"]);
        assert.ok((await browser.grantedOrigins()).includes("http://other.localhost/*"));
        assert.equal(await (await browser.currentTab()).url(), site.url("/one"), "the same tab is in front as before");
      }));

    test("tabs and private windows", () =>
      withBrowser(
        { ...options, privateAllowed: true, hosts: { "portal.test": `127.0.0.1:${site.port}` } },
        async (browser) => {
          const tab = await browser.openTab(site.url("/one"));
          await tab.type("input", "Ada");
          await tab.waitForText("Ada");
          await tab.click({ text: "Next page", role: "link" });
          await browser.waitForTab((url) => url === site.url("/next"), "the next page");
          await tab.waitForText("Page /next");
          await tab.back();
          assert.equal(await tab.url(), site.url("/one"));
          await tab.goto(`http://portal.test:${site.port}/named`);
          await tab.waitForText("Page /named");
          await assert.rejects(tab.goto("http://nothing.localhost:4/"), /did not load|ERR_/);
          await tab.goto(site.url("/one"));

          const settings = await browser.extensionPage("options/options.html");
          await settings.waitForText("Options");
          assert.equal(await (await browser.currentTab()).url(), await settings.url());
          await settings.close();
          assert.equal(await settings.isOpen(), false);
          await tab.activate();
          assert.equal(await (await browser.currentTab()).url(), site.url("/one"));
          await tab.screenshot(join(pictures, `${name}-tab.png`));
          assert.ok(isPicture(join(pictures, `${name}-tab.png`)));

          const secret = await browser.openPrivateTab(site.url("/private"));
          const popup = await browser.clickIcon(secret);
          await popup.waitForText("private");
          await popup.close();
          await secret.close();
        },
      ));

    test("the console", () =>
      withBrowser(options, async (browser) => {
        assert.deepEqual(await browser.consoleErrors(), []);
        const tab = await browser.openTab(site.url("/complain"));
        const popup = await browser.clickIcon(tab);
        await popup.click({ text: "Complain" });
        await popup.close();
        await browser.worker.evaluate(() => {
          console.error("the worker complains", { secret: "swordfish" });
          globalThis.fail();
        });
        const wanted = [
          "a complaint",
          "an uncaught complaint",
          "the page complains",
          "the worker complains",
          "thrown by the worker",
        ];
        await until(
          async () => {
            const errors = (await browser.consoleErrors()).map(({ text }) => text).join("\n");
            return wanted.every((words) => errors.includes(words));
          },
          "all five errors are heard",
          { instead: () => browser.consoleText() },
        );
        assert.equal((await browser.consoleErrors()).length, wanted.length);
        const text = await browser.consoleText();
        for (const words of ["plain words", "hunter2", "swordfish"]) assert.ok(text.includes(words), words);
      }));

    test("a failure says what was there instead, and leaves a picture", async () => {
      const failure = withBrowser({ ...options, name: "a failing story", artifacts: pictures }, async (browser) => {
        const popup = await browser.clickIcon(await browser.openTab(site.url("/one")));
        await until(async () => (await popup.text()).includes("signed in"), "the popup says signed in", {
          ms: 300,
          instead: () => popup.describe(),
        });
      });
      await assert.rejects(failure, (error) => {
        const { message } = /** @type {Error} */ (error);
        assert.match(message, /Waited 0.3 s for: the popup says signed in/);
        assert.match(message, /Instead: the popup shows .* “Fixture/);
        assert.match(message, /On the screen:\n.*Page \/one/s);
        return true;
      });
      assert.ok(existsSync(join(pictures, `a-failing-story-${browserName}-popup.png`)));
      assert.ok(existsSync(join(pictures, `a-failing-story-${browserName}-window.png`)));
    });
  });
}

test(
  "without permission for private windows there is no icon in them",
  { skip: !chosen.includes("chromium") },
  async () => {
    const browser = await startBrowser({ browser: "chromium", extension: fixture });
    await assert.rejects(
      browser.clickIcon(await browser.openPrivateTab(site.url("/private"))),
      /may not run in private windows/,
    );
    await browser.close();
  },
);
