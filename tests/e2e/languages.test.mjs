// @ts-check
/** Our pages in other languages: in their words, their direction, and with room for them. */
import { strict as assert } from "node:assert";
import { choosePortal, closePopup, openMenu, signIn, story, typePortal } from "./person.mjs";
import { sentences } from "./sentences.mjs";

/** @typedef {import("./driver/interface.d.ts").Page} Page */

/** Runs in a page: what of its words can't be read whole. */
function cutOff() {
  const shown = (/** @type {Element} */ element) => element.checkVisibility() && !element.closest(".unseen");
  const own = (/** @type {Element} */ element) => [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.nodeValue?.trim());
  const pen = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
  const wrong = [];
  for (const element of document.body.querySelectorAll("*")) {
    if (!shown(element)) continue;
    const { left, right } = element.getBoundingClientRect();
    const isWider = element.clientWidth > 0 && element.scrollWidth > element.clientWidth;
    if (own(element) && (isWider || left < 0 || right > innerWidth)) wrong.push(element.textContent);
    if (element instanceof HTMLInputElement && element.placeholder) {
      const style = getComputedStyle(element);
      pen.font = style.font;
      const room = element.clientWidth - parseFloat(style.paddingInlineStart) - parseFloat(style.paddingInlineEnd);
      if (pen.measureText(element.placeholder).width > room) wrong.push(element.placeholder);
    }
  }
  const { scrollWidth } = document.documentElement;
  if (scrollWidth > innerWidth) wrong.push(`the page is ${scrollWidth} wide, the window ${innerWidth}`);
  return wrong;
}

/** Runs in a page: how many pixels apart the lines of the first site begin, its address and the names of its apps. */
function apart() {
  const side = document.documentElement.dir === "rtl" ? "right" : "left";
  const [address, apps] = [...document.querySelectorAll("#sites li:first-child label span")].map((words) => {
    const range = document.createRange();
    range.selectNodeContents(words);
    return range.getBoundingClientRect()[side];
  });
  return Math.abs(address - apps);
}

/** @param {Page} page @param {string} what @param {string} language @param {string} direction */
async function check(page, what, language, direction) {
  assert.deepEqual(await page.evaluate(cutOff), [], `${what}: words are cut off`);
  const root = await page.evaluate(() => ({ lang: document.documentElement.lang, dir: document.documentElement.dir, flows: getComputedStyle(document.body).direction }));
  assert.deepEqual(root, { lang: language, dir: direction, flows: direction }, what);
}

for (const [language, direction] of [
  ["de", "ltr"],
  ["ar", "rtl"],
  ["ja", "ltr"],
]) {
  const say = sentences(language);
  story(`in ${language}, every word has room, and the page its direction`, async (browser, servers) => {
    let options = await browser.extensionPage("options/options.html");
    await options.waitFor(() => document.documentElement.dataset.ready === "still", "the settings");
    await options.evaluate(() => (/** @type {HTMLInputElement} */ (document.querySelector("#portal")).value = ""));
    await options.type("#portal", "typed.example");
    // The person finds the language by its own name; the page is made anew in it, and nothing that was typed is lost.
    await options.evaluate((language) => {
      const select = /** @type {HTMLSelectElement} */ (document.querySelector("#language"));
      select.value = language;
      select.dispatchEvent(new Event("change"));
    }, language);
    await options.waitForText(say("optionsPortalHelp"));
    await options.waitFor(() => /** @type {HTMLInputElement} */ (document.querySelector("#portal")).value === "typed.example", "what was typed and not saved");
    await check(options, "the settings", language, direction);
    assert.equal(await options.evaluate(() => /** @type {HTMLSelectElement} */ (document.querySelector("#language")).value), language);
    await options.close();

    const tab = await browser.openTab(servers.sample("wiki", "/"));
    let popup = await browser.clickIcon(tab);
    await popup.waitForText(say("buttonChangePortal"));
    await check(popup, "the first popup", language, direction);
    await popup.close();
    options = await typePortal(browser, "http://portal.contoso.example/");
    await options.waitForText(say("portalNotHttps"));
    await check(options, "the settings after a bad address", language, direction);
    await options.close();

    await choosePortal(browser, servers);
    await signIn(browser, tab);
    popup = await openMenu(browser, tab);
    await popup.waitForText(say("offerDetail"));
    await check(popup, "the menu", language, direction);
    await popup.close();
    options = await browser.extensionPage("options/options.html");
    await options.waitForText(say("portalLocked"));
    await check(options, "the settings of somebody signed in", language, direction);
    assert.ok((await options.evaluate(apart)) < 2, "an address begins elsewhere than the lines around it");
    await options.close();

    for (const [address, key] of [
      [`http://crm.localhost.evil.localhost:${servers.samples.port}/login`, "lookAlike"],
      [servers.sample("crm", "/login-help"), "otherPath"],
      [servers.sample("payroll"), "appNotAssigned"],
      [servers.sample("expenses"), "noPasswordStored"],
    ]) {
      await tab.goto(address);
      popup = await browser.clickIcon(tab);
      await popup.waitForText(say(key));
      await check(popup, key, language, direction);
      await popup.close();
    }
    await closePopup(browser);
  });
}

story("in a language that there are no words for, English is not mirrored", async (browser) => {
  // A Firefox without a language pack is in English whatever is asked of it, so there it is English for that reason.
  const page = await browser.extensionPage("options/options.html");
  await page.waitForText(sentences("en")("optionsPortalHelp"));
  assert.deepEqual(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir]), ["en", "ltr"]);
}, { language: "fa" });

story("the browser's language is the extension's, with all its plurals", async (browser) => {
  const page = await browser.extensionPage("options/options.html");
  await page.waitForText(sentences("ar")("optionsPortalHelp"));
  await check(page, "the settings", "ar", "rtl");
  const counted = await page.evaluate(() => [0, 1, 2, 3, 11, 100].map((number) => /** @type {any} */ (globalThis).sentence("appsFound_other", [String(number)])));
  assert.equal(new Set(counted.map((sentence) => sentence.replace(/[\d٠-٩]+/g, ""))).size, 6, `six plurals: ${counted}`);
}, { language: "ar", only: "chromium" });
