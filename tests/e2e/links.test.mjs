// @ts-check
/** Internal addresses that lead to external ones: when they do, for whom, and when they don't. */
import { strict as assert } from "node:assert";
import { createServer } from "node:http";
import { test } from "node:test";
import { withBrowser } from "./driver/index.mjs";
import { atWork, chooseInAccountMenu, folder, openMenu, sam, story, until } from "./person.mjs";
import { withPolicy } from "./policy.mjs";

/** @typedef {import("./person.mjs").Browser} Browser */
/** @typedef {import("./person.mjs").Tab} Tab */

const browsers = /** @type {("chromium" | "firefox")[]} */ ((process.env.MY_APPS_BROWSERS ?? "chromium firefox").split(" "));

/** Sites of a company, one for each name, all on this machine; each page says where it is and links to the intranet. */
async function company() {
  const server = createServer((request, answer) => {
    const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
    answer.setHeader("content-type", "text/html");
    answer.end(`<title>${request.headers.host}</title><a href="http://intranet.localhost:${port}/linked?q=1">intranet</a>
      <form action="http://intranet.localhost:${port}/sent" method="post"><button>Send</button></form>`);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    /** @param {string} name @param {string} [path] */
    at: (name, path = "/") => `http://${name}.localhost:${port}${path}`,
    stop: () => (server.closeAllConnections(), server.close()),
  };
}

/** @typedef {Awaited<ReturnType<typeof company>>} Company */

/** What a person gives access to. */
const HOSTS = ["http://intranet.localhost/*", "http://*.corp.localhost/*"];

/** The map of these stories. @param {Company} sites */
const links = (sites) => [
  { internal: sites.at("intranet"), external: sites.at("outside") },
  { internal: sites.at("intranet", "/hr/"), external: sites.at("people") },
  { internal: sites.at("*.corp"), external: sites.at("*.cloud") },
];

/** How many rules the browser follows. @param {Browser} browser */
const rules = (browser) => browser.worker.evaluate(async () => (await chrome.declarativeNetRequest.getSessionRules()).length);

/** What the worker wrote down for our pages. @param {Browser} browser */
const report = async (browser) => JSON.parse((await browser.storage.get("session", "links_report")).links_report ?? "{}");

/** What a page of ours lists, also below the fold. @param {Tab} page */
const listed = (page) => page.evaluate(() => document.querySelector("#links-list")?.textContent ?? "");

/** Opens an address as if it were typed, and says where that led. @param {Tab} tab @param {string} address */
async function typed(tab, address) {
  await tab.goto(address);
  return tab.url();
}

for (const name of browsers) {
  test(`${name}: internal addresses of a company's policy lead to external ones`, { timeout: 300_000 }, async () => {
    const sites = await company();
    try {
      await withPolicy(name, { links: links(sites) }, () =>
        withBrowser({ browser: name, extension: folder(name), name: "links" }, async (browser) => {
          const tab = await browser.openTab(sites.at("somewhere"));
          await until(async () => (await report(browser)).missing?.length === 2, "the map of the policy");
          assert.equal(await typed(tab, sites.at("intranet", "/a?b")), sites.at("intranet", "/a?b"), "not without access");
          assert.equal(await rules(browser), 0);

          await browser.grant(HOSTS);
          await until(async () => (await rules(browser)) === 3, "three rules");
          assert.equal(await typed(tab, sites.at("intranet", "/a?b")), sites.at("outside", "/a?b"));
          assert.equal(await typed(tab, sites.at("intranet", "/hr/pay?b")), sites.at("people", "/pay?b"), "what is said more exactly wins");
          assert.equal(await typed(tab, sites.at("wiki.corp", "/x")), sites.at("wiki.cloud", "/x"));
          assert.equal(await typed(tab, sites.at("intranet2", "/")), sites.at("intranet2", "/"), "another host is another host");
          // A link, from a page that we have no access to.
          await tab.goto(sites.at("somewhere"));
          await tab.click("a");
          await tab.waitFor((there) => location.href === there, "where the link leads", sites.at("outside", "/linked?q=1"));
          // What is sent stays where it was sent to.
          await tab.goto(sites.at("somewhere"));
          await tab.click("button");
          await tab.waitFor((there) => location.href === there, "where the form is sent", sites.at("intranet", "/sent"));

          // The worker may be gone: the browser knows the rules.
          await browser.worker.kill();
          assert.equal(await typed(tab, sites.at("intranet")), sites.at("outside"));

          // One of them is switched off on the settings page, then all of them.
          const options = await browser.extensionPage("options/options.html");
          await options.waitFor(() => document.documentElement.dataset.ready === "still", "the settings");
          await options.waitFor(() => document.querySelectorAll("#links-list input").length === 3, "three switches");
          assert.deepEqual(await options.accessibility(), [], "axe has nothing to complain about");
          assert.match(await listed(options), /On\. From your company's settings\./);
          await options.click("#links-list li:nth-child(2) input");
          await until(async () => (await rules(browser)) === 2, "two rules are left");
          assert.ok(await options.evaluate(() => /** @type {HTMLInputElement} */ (document.querySelector("#submits")).checked), "forms are sent as before");
          await tab.activate();
          assert.equal(await typed(tab, sites.at("intranet", "/hr/pay")), sites.at("outside", "/hr/pay"), "the rule above it still holds");
          await options.activate();
          await options.click("#links-on");
          await until(async () => (await rules(browser)) === 0, "no rule is left");
          assert.equal(JSON.parse((await browser.storage.get("local", "settings")).settings ?? "{}").submits ?? true, true, "forms are sent as before");
          await tab.activate();
          assert.equal(await typed(tab, sites.at("intranet")), sites.at("intranet"));
          await options.activate();
          await options.click("#links-on");
          await until(async () => (await rules(browser)) === 2, "what was off stays off");
          await options.click("#links-list li:nth-child(2) input");
          await until(async () => (await rules(browser)) === 3, "all of them again");
          await options.close();

          // Why? The page that finds out what is wrong knows.
          const diagnostics = await browser.extensionPage("options/diagnostics.html");
          await diagnostics.waitFor(() => document.querySelectorAll("#links-list li").length === 3, "three addresses");
          await diagnostics.type("#links-find", sites.at("wiki.corp", "/x"));
          await diagnostics.waitFor(() => document.querySelectorAll("#links-list li").length === 1, "the one that is meant");
          assert.match(await listed(diagnostics), /corp\.localhost.*→.*cloud\.localhost[^]*On\. From your company's settings\./);
          await diagnostics.close();

          // Access is taken back, and with it everything.
          await browser.revoke(HOSTS);
          await until(async () => (await rules(browser)) === 0, "no rule without access");
          assert.equal(await typed(tab, sites.at("intranet")), sites.at("intranet"));
          await browser.grant(HOSTS);
          await until(async () => (await rules(browser)) === 3, "access again");

          // Nothing but the policy decided it, so the next start of the browser begins with it.
          await browser.restart();
          await until(async () => (await rules(browser)) === 3, "the rules after a restart");
          const later = await browser.openTab(sites.at("somewhere"));
          assert.equal(await typed(later, sites.at("intranet")), sites.at("outside"));
        }),
      );
    } finally {
      sites.stop();
    }
  });
}

/**
 * Makes a map at the portal's pages, as an administrator who is signed in: all but the last entry come from a file, after half of
 * it was pasted, and that one is added, at first with an address that is none. Ends in the list.
 * @param {Browser} browser @param {import("./person.mjs").Servers} servers @param {{links: {internal: string, external: string}[], probe: string}} map
 */
async function makeMap(browser, servers, { links, probe }) {
  const page = await browser.openTab(`${servers.portal.url}/`);
  await page.click("#addresses");
  await page.waitForText("There is no entry yet");
  await page.click("#import");
  await page.waitForText("The map is empty so far");
  const text = JSON.stringify({ links: links.slice(0, -1), probe });
  await page.type("#map", text.slice(0, 40));
  assert.deepEqual(await page.accessibility(), [], "axe has nothing to complain about where a map is imported");
  await page.click({ text: "Import", role: "button" });
  await page.waitForText("The text is not a map of internal addresses");
  assert.deepEqual(await page.accessibility(), [], "axe has nothing to complain about where a map is refused");
  await page.evaluate((text) => {
    const chosen = new DataTransfer();
    chosen.items.add(new File([text], "map.json", { type: "application/json" }));
    /** @type {HTMLInputElement} */ (document.querySelector("#file")).files = chosen.files;
  }, text);
  await page.click({ text: "Import", role: "button" });
  await page.waitForText("Replaced.");
  await page.click("#add");
  await page.waitFor(() => document.querySelector("#internal"), "the form of an entry");
  const { internal, external } = links[links.length - 1];
  await page.type("#internal", "nowhere");
  await page.type("#external", external);
  await page.click({ text: "Add", role: "button" });
  await page.waitFor(() => document.activeElement?.getAttribute("aria-describedby")?.includes("internal-wrong"), "the field that is wrong");
  assert.equal(await page.evaluate(() => /** @type {HTMLInputElement} */ (document.querySelector("#external")).value), external, "what was typed stays");
  assert.deepEqual(await page.accessibility(), [], "axe has nothing to complain about where an entry is refused");
  await page.evaluate(() => /** @type {HTMLInputElement} */ (document.querySelector("#internal")).select());
  await page.press("Delete");
  await page.type("#internal", internal);
  await page.click({ text: "Add", role: "button" });
  await page.waitForText("Saved.");
  assert.equal(await page.evaluate(() => document.querySelectorAll(".map li").length), links.length);
  assert.deepEqual(await page.accessibility(), [], "axe has nothing to complain about in the list");
  await page.close();
}

/** As if an hour had passed since the portal was asked: the worker looks again. @param {Browser} browser */
async function anHourPasses(browser) {
  const { links_tag } = await browser.storage.get("local", "links_tag");
  await browser.storage.set("local", { links_tag: JSON.stringify({ ...JSON.parse(links_tag), asked: 1 }) });
  const page = await browser.extensionPage("options/diagnostics.html");
  await page.evaluate(() => chrome.runtime.sendMessage("links"));
  await page.close();
}

story(
  "the portal's map holds while somebody is signed in, and not inside of the company's network",
  async (browser, servers) => {
    const sites = await company();
    const inside = await company();
    try {
      const tab = await atWork(browser, servers, sam);
      await until(async () => (await browser.storage.get("local", "links_tag")).links_tag, "the portal was asked");
      await makeMap(browser, servers, { links: [...links(sites), { internal: sites.at("broken"), external: "http://nowhere.localhost:9/" }], probe: inside.at("probe") });
      await browser.grant([...HOSTS, "http://broken.localhost/*"]);
      await anHourPasses(browser);
      await until(async () => (await report(browser)).inside, "the probe answers");
      assert.equal(await rules(browser), 0);
      assert.equal(await typed(tab, sites.at("intranet")), sites.at("intranet"), "inside, nobody is led elsewhere");

      inside.stop();
      await browser.worker.evaluate(() => void dispatchEvent(new Event("online")));
      await until(async () => (await rules(browser)) === 3, "outside, the rules hold, but for the one that leads nowhere");
      assert.equal((await report(browser)).entries[3].state, "unreachable");
      assert.equal(await typed(tab, sites.at("intranet", "/x")), sites.at("outside", "/x"));
      assert.equal(await typed(tab, sites.at("broken")), sites.at("broken"));

      await tab.goto(servers.sample("wiki", "/"));
      await chooseInAccountMenu(await openMenu(browser, tab), "Sign out");
      await until(async () => (await rules(browser)) === 0, "nothing is left of the map");
      assert.equal(await typed(tab, sites.at("intranet")), sites.at("intranet"));
      await until(async () => !(await browser.storage.get("local", "links")).links, "and nothing is kept of it");
    } finally {
      sites.stop();
      inside.stop();
    }
  },
  { granted: [] },
);
