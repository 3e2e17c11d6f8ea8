// @ts-check
/** Internal addresses that lead to external ones: when they do, for whom, and when they don't. */
import { strict as assert } from "node:assert";
import { createServer } from "node:http";
import { test } from "node:test";
import { withBrowser } from "./driver/index.mjs";
import { folder, until } from "./person.mjs";
import { withPolicy, write } from "./policy.mjs";

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

          // The worker may be gone: the browser knows the rules. And the browser may: then they are set again.
          await browser.worker.kill();
          assert.equal(await typed(tab, sites.at("intranet")), sites.at("outside"));
        }),
      );
    } finally {
      sites.stop();
    }
  });
}
