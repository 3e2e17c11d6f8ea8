// @ts-check
/** Choosing the portal: what is refused, in which words, and that nothing is lost by it. */
import { strict as assert } from "node:assert";
import { createServer } from "node:http";
import { choosePortal, chooseInAccountMenu, closePopup, openMenu, popupSays, signIn, story, typePortal, until } from "./person.mjs";

/** A server that is no portal: answers everything with a page, or not at all. @param {"page" | "silence"} kind */
async function someServer(kind) {
  const server = createServer((_, answer) => {
    if (kind === "page") answer.setHeader("content-type", "text/html").end("<h1>Some web site</h1>");
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  const stop = () => (server.closeAllConnections(), server.close());
  return { url: `http://localhost:${port}`, stop };
}

story("a portal that cannot be is refused in words, and the one before stays", async (browser, servers) => {
  await choosePortal(browser, servers);
  const page = await someServer("page");
  const silence = await someServer("silence");
  try {
    const options = await typePortal(browser, "not a portal at all");
    await options.waitForText("This is not a web address.");
    const refusals = [
      ["javascript:alert(1)", "This is not a web address."],
      ["https://user:secret@portal.example/", "This is not a web address."],
      ["http://portal.contoso.example/", "begins with https://"],
      [page.url, "answers, but it is not a My Apps portal"],
      ["http://localhost:9", "can't be reached"],
      [silence.url, "did not answer in time"],
    ];
    for (const [typed, words] of refusals) {
      await options.evaluate(() => (/** @type {HTMLInputElement} */ (document.querySelector("#portal")).value = ""));
      await options.type("#portal", typed);
      await options.click("#save-portal");
      await options.waitForText(words, `“${words}” for ${typed}`);
      if (typed === "http://localhost:9") assert.ok(await options.evaluate(() => document.body.innerText.includes("Open the address")));
    }
    const settings = JSON.parse((await browser.storage.get("local", "settings")).settings);
    assert.equal(settings.portal, servers.portal.url, "the portal of before is still in use");
  } finally {
    page.stop();
    silence.stop();
  }
});

story(
  "a portal chosen from the menu that is gone leaves the radio where it was",
  async (browser, servers) => {
    const gone = await someServer("page");
    await choosePortal(browser, servers);
    const tab = await browser.openTab(servers.sample("wiki", "/"));
    // A portal that was used once and answers no more.
    const stored = JSON.parse((await browser.storage.get("local", "settings")).settings);
    stored.used_portals.push(gone.url);
    await browser.storage.set("local", { settings: JSON.stringify(stored) });
    gone.stop();
    // The browser starts again: the menu is painted from what is stored.
    await browser.restart();
    const again = await browser.openTab(servers.sample("wiki", "/"));
    await until(async () => {
      const menu = await browser.iconMenu(again);
      const labels = menu.item("My Apps URL").items?.map((item) => item.label) ?? [];
      if (!labels.includes(gone.url)) return menu.close().then(() => false);
      await menu.choose("My Apps URL", gone.url);
      return true;
    }, "the menu offers the portal that is gone");
    await popupSays(browser, again, "can't be reached");
    await closePopup(browser);
    const menu = await browser.iconMenu(again);
    const checked = menu.item("My Apps URL").items?.filter((item) => item.checked).map((item) => item.label);
    await menu.close();
    assert.deepEqual(checked, [servers.portal.url], "the portal in use is checked again");
    void tab;
  },
  { headless: false },
);

story(
  "signed in, the portal cannot be changed; signed out, changing it forgets everything of the one before",
  async (browser, servers) => {
    await choosePortal(browser, servers);
    const tab = await browser.openTab(servers.sample("wiki", "/"));
    await signIn(browser, tab);
    const menu = await browser.iconMenu(tab);
    const parent = menu.items.find((item) => item.label.startsWith("My Apps URL"));
    assert.deepEqual([parent?.label, parent?.enabled], ["My Apps URL (sign out first to change it)", false]);
    await menu.close();
    const options = await browser.extensionPage("options/options.html");
    await options.waitForText("Sign out first to change the portal.");
    assert.ok(await options.evaluate(() => /** @type {HTMLInputElement} */ (document.querySelector("#portal")).disabled));
    await options.close();

    const popup = await openMenu(browser, tab);
    await chooseInAccountMenu(popup, "Sign out");
    await popup.waitForText("Sign in to get started");
    await popup.close();
    const free = await browser.iconMenu(tab);
    await free.choose("My Apps URL", "https://myapps.microsoft.com");
    await until(async () => {
      const settings = (await browser.storage.get("local", "settings")).settings;
      return JSON.parse(settings).portal === "https://myapps.microsoft.com";
    }, "Microsoft's portal is in use");
    const kept = Object.keys({ ...(await browser.storage.get("local")), ...(await browser.storage.get("session")) });
    assert.deepEqual(kept.filter((key) => !["settings", "epoch", "shown"].includes(key)), [], "nothing of the portal before is kept");
  },
  { headless: false },
);
