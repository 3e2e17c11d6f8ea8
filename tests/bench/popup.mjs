// @ts-check
// How soon the popup with 1,000 apps shows them, and how soon a click has sent a sign-in form.
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startBrowser, until } from "../e2e/driver/index.mjs";
import { atWork } from "../e2e/person.mjs";
import { alex, programs, startServers } from "../e2e/servers.mjs";
import { turnOnEverything } from "./access.mjs";
import { empty, measured } from "./extensions.mjs";
import { compared } from "./numbers.mjs";

/** @typedef {import("../e2e/driver/interface.d.ts").Browser} Browser */
/** @typedef {import("../e2e/driver/interface.d.ts").Tab} Tab */

export const APPS = 1000;
/** Ours and the peer take turns, so that a slow minute of the machine hits both. */
export const TURNS = 3;
const ROUNDS = 7;
const LIMITS = { chromium: { shown: 1.3, sent: 2 }, firefox: { shown: 3.5, sent: 5 } };

/** A portal whose person has so many apps beside the sample apps. @param {number} count */
export async function portalWithManyApps(count) {
  const servers = await startServers();
  const apps = Array.from({ length: count }, (_, index) => ({
    id: `department-${index}`,
    name: `Department ${index}`,
    description: "What the department needs every day",
    mode: "linked",
    launch_url: servers.sample("wiki", `/?${index}`),
    assigned_to: [alex.username],
  }));
  const file = join(servers.folder, "apps.json");
  writeFileSync(file, JSON.stringify(apps));
  execFileSync(join(programs, "my-apps-portal"), ["app", "import", file, "--database", join(servers.folder, "portal.db")]);
  return servers;
}

/** Opens the popup again and again with the worker asleep, as it usually is. @param {Browser} browser @param {Tab} tab */
export async function timesToShow(browser, tab) {
  const times = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await browser.worker.kill();
    const popup = await browser.clickIcon(tab);
    times.push(Number(await popup.waitFor(() => document.documentElement.dataset.shown, "the first app's name")));
    await popup.close();
    await until(async () => !(await browser.popupIfOpen()), "the popup is closed");
  }
  return times;
}

/** From the popup's beginning to the form being sent, on the plain sample app. @param {Browser} browser @param {Awaited<ReturnType<typeof startServers>>} servers */
async function timesToSend(browser, servers) {
  const times = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const page = await browser.openTab(servers.sample("crm", "/logout"));
    await page.goto(servers.sample("crm"));
    await page.evaluate(() => {
      addEventListener("submit", () => sessionStorage.setItem("sent", String(performance.timeOrigin + performance.now())), true);
    });
    await browser.worker.kill();
    await browser.clickIcon(page).catch(() => undefined); // It may be done and gone already.
    await page.waitForText("Signed in as");
    const sent = Number(await page.evaluate(() => sessionStorage.getItem("sent")));
    await until(async () => !(await browser.popupIfOpen()), "the popup closes by itself");
    const ours = await browser.extensionPage("options/options.html");
    const begun = Number(await ours.evaluate(() => localStorage.getItem("begun")));
    await ours.close();
    await page.close();
    times.push(sent - begun);
  }
  return times;
}

/**
 * @param {"chromium" | "firefox"} name @param {string} dist the built extension @param {string} folder for copies of it
 * @returns {Promise<import("./numbers.mjs").Row[]>}
 */
export async function popup(name, dist, folder) {
  mkdirSync(folder, { recursive: true });
  const ours = measured(dist, join(folder, "ours"));
  const peer = empty(dist, join(folder, "empty"));
  /** @type {Record<"shown" | "sent" | "empty", number[]>} */
  const times = { shown: [], sent: [], empty: [] };
  const servers = await portalWithManyApps(APPS);
  try {
    for (let turn = 0; turn < TURNS; turn += 1) {
      const nothing = await startBrowser({ browser: name, extension: peer });
      try {
        times.empty.push(...(await timesToShow(nothing, await nothing.openTab(servers.sample("wiki", "/")))));
      } finally {
        await nothing.close();
      }
      const browser = await startBrowser({ browser: name, extension: ours });
      try {
        const tab = await atWork(browser, servers);
        await turnOnEverything(browser);
        await until(async () => (await browser.storage.get("session", "glimpse")).glimpse, "the popup's first rows are kept");
        times.shown.push(...(await timesToShow(browser, tab)));
        times.sent.push(...(await timesToSend(browser, servers)));
      } finally {
        await browser.close();
      }
    }
  } finally {
    await servers.stop();
  }
  const against = { browser: name, unit: "ms", peer: "empty static popup", peers: times.empty };
  return [
    compared({ what: `popup with ${APPS.toLocaleString("en")} apps: first name in a frame`, values: times.shown, limit: LIMITS[name].shown, ...against }),
    compared({ what: "popup begun → form sent", values: times.sent, limit: LIMITS[name].sent, ...against }),
  ];
}
