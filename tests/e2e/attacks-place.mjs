// @ts-check
/** The wrong place: other hosts, ports, schemes and paths, what is no web page, and frames. Rows A of docs/threat-model.md. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { PLAIN, form, frame, page, quoted, script } from "../pages/hostile/parts.mjs";
import { SAYS } from "./attack.mjs";
import { until } from "./person.mjs";

/** @typedef {import("./attack.mjs").Row} Row */
/** @typedef {import("./attack.mjs").Scene} Scene */

/** Another page that nothing is said about. @param {string} row @param {string} url @param {Partial<Row>} [more] @returns {Row} */
const nothing = (row, url, more) => ({ row, url, expect: "nothing", ...more });
/** @param {string} row @param {string} url @param {string} says @param {Partial<Row>} [more] @returns {Row} */
const refused = (row, url, says, more) => ({ row, url, expect: "refused", says, ...more });

/** @type {import("./attack.mjs").Attempts} */
const attempts = {
  "another address than the app's is not filled": async (scene) => {
    const { sites } = scene;
    const { port, otherPort } = sites;
    const on = (/** @type {string} */ host, path = "/login") => `http://${host}:${port}${path}`;
    const careful = (/** @type {string} */ row, /** @type {string} */ host) => refused(row, on(host), `Careful: this is ${new URL(on(host)).hostname}, not Ledger`);
    const path = (/** @type {string} */ path) => nothing(`A8 ${path}`, sites.at("paths", path));
    /** @type {Row[]} */
    const rows = [
      // The right place, so that what follows is refused for the reason it should be.
      { row: "A0", url: sites.at("ledger", "/login"), expect: "filled" },
      careful("A1 in front", "ledger.localhost.evil.localhost"),
      careful("A1 with a hyphen", "ledger.localhost-login.localhost"),
      nothing("A1 in the path", on("evil.localhost", "/ledger.localhost/login")),
      nothing("A1 in the query", on("evil.localhost", "/login?ledger.localhost/login")),
      nothing("A2 before @", on("ledger.localhost@evil.localhost")),
      nothing("A2 with a port before @", on(`ledger.localhost:${port}@evil.localhost`)),
      careful("A3 glued", "evilledger.localhost"),
      careful("A3 with a hyphen", "my-ledger.localhost"),
      nothing("A3 below", on("my.ledger.localhost")),
      nothing("A3 above", on("localhost")),
      nothing("A4 another tenant", on("b.tenant.localhost", "/")),
      nothing("A4 the tenants' owner", on("tenant.localhost", "/")),
      nothing("A4 below a tenant", on("x.a.tenant.localhost", "/")),
      refused("A6 http for https", on("secure.localhost"), `Ledger signs in at https://secure.localhost:${port}. This address differs`),
      refused("A7 another port", `http://ledger.localhost:${otherPort}/login`, `Ledger signs in at http://ledger.localhost:${port}. This address differs`),
      refused("A8 longer", sites.at("paths", "/tenant-a/login-help"), "Ledger signs in at /tenant-a/login. This page is another one"),
      refused("A8 longer by a letter", sites.at("paths", "/tenant-a/loginx"), "This page is another one"),
      refused("A8 parameter", sites.at("paths", "/tenant-a/login;x"), "This page is another one"),
      refused("A8 encoded slash after", sites.at("paths", "/tenant-a/login%2f"), "This page is another one"),
      path("/tenant-ab/login"),
      path("/x/tenant-a/login"),
      path("/a/..%2ftenant-a/login"),
      path("//tenant-a/login"),
      path("/TENANT-A/login"),
      path("/tenant-a/LOGIN"),
      path("/tenant-a%2flogin"),
      path("/tenant-a/%6cogin"),
      path("/tenant-a//login"),
      path("/tenant-a/log"),
      // A9: letters of other alphabets, accents, digits; each is a host of its own.
      ...["lеdger", "lеdgеr", "ӏedger", "leԁger", "ledɡer", "ledgeг", "łedger", "lédger", "ledgér", "ledgẹr", "led\u0307ger", "лedger", "1edger", "iedger"].map(
        (name) => careful(`A9 ${name}`, `${name}.localhost`),
      ),
      refused("A10", on("xn--ledger-.localhost"), "Careful: this is xn--ledger-.localhost, not Ledger", { mayNotOpen: true }),
      nothing("A11 with a dot at the end", on("ledger.localhost."), { mayNotOpen: true }),
      ...["127.0.0.1", "2130706433", "0x7f.1", "0177.0.0.1", "127.1", "[::ffff:7f00:1]"].map((host) => nothing(`A11 ${host}`, on(host), { mayNotOpen: true })),
    ];
    await scene.tryAll(rows);
  },

  "what is no web page of its own site, and what comes from elsewhere, is not filled": async (scene) => {
    const { sites, browser, tab } = scene;
    const ledger = (/** @type {string} */ name) => sites.at("ledger", "/login", name);
    const evil = sites.at("evil", "/login");
    const folder = mkdtempSync(join(tmpdir(), "evil-sites-"));
    try {
      writeFileSync(join(folder, "login.html"), sites.recorded(PLAIN));
      /** A13, A14, A17: the form is in a frame, which has the focus. All of these fit into one page. @type {[string, string][]} */
      const framed = [
        ["foreign-frame", frame(`src="${evil}" autofocus`) + script("onload = () => document.querySelector('iframe').focus()")],
        ["own-frame", frame(`src="${ledger("form")}" autofocus`)],
        ["own-frame-sandboxed", frame(`sandbox="allow-scripts allow-forms" src="${ledger("form")}"`)],
        ["own-frame-sandboxed-same-origin", frame(`sandbox="allow-scripts allow-forms allow-same-origin" src="${ledger("form")}"`)],
        ["frame-3-deep", frame(`src="${ledger("frame-2-deep")}"`)],
        ["srcdoc", frame(`srcdoc="${quoted(page(form()))}"`)],
        ["srcdoc-3-deep", frame(`srcdoc="${quoted(page(frame(`srcdoc="${quoted(page(frame(`srcdoc="${quoted(page(form()))}"`)))}"`)))}"`)],
        ["about-blank", frame("") + script(`document.currentScript.previousElementSibling.contentDocument.body.innerHTML = ${JSON.stringify(form())}`)],
        ["object", `<object data="${ledger("form")}" width="600" height="300"></object>`],
      ];
      /** @type {[string, string | import("./evil-sites.mjs").HostilePage][]} */
      const pages = [
        ...["sandbox", "sandbox allow-scripts", "sandbox allow-forms", "sandbox allow-scripts allow-forms allow-popups allow-modals"].map(
          (policy, index) => /** @type {[string, object]} */ ([`sandbox-${index}`, { html: PLAIN, headers: { "content-security-policy": policy } }]),
        ),
        ...framed.map(([name, body]) => /** @type {[string, string]} */ ([name, page(body)])),
        ["frames", page(framed.map(([, body]) => body).join("<hr>"))],
        ["frame-2-deep", page(frame(`src="${ledger("own-frame")}"`))],
        ["frameset", `<!doctype html><html><meta charset="utf-8"><frameset cols="50%,50%"><frame src="${ledger("form")}"><frame src="${evil}"></frameset>`],
        // A15, A16: the real page, framed by an evil one.
        ["lure", page(`<h1>Win a prize</h1>${frame(`src="${ledger("form")}"`, "position:fixed;inset:0;width:100%;height:100%;opacity:0.01;border:0")}`)],
        ["sweep", page(`<h1>News</h1>${frame(`src="${ledger("light")}"`, "display:none").repeat(50)}`)],
        // A20
        ["redirect", { to: evil }],
        ["refresh", page("", { head: `<meta http-equiv="refresh" content="0;url=${evil}">` })],
        ["form", PLAIN],
        // Without the recorder, which has nothing to report where the portal is not asked.
        ["light", form()],
      ];
      for (const [name, hostile] of pages) sites.page(name, hostile);
      const inFrame = (/** @type {string} */ name) => refused(`A14 ${name}`, ledger(name), SAYS.noForm);
      await scene.tryAll([
        nothing("A12 file:", pathToFileURL(join(folder, "login.html")).href),
        nothing("A12 data:", `data:text/html,${encodeURIComponent(sites.recorded(PLAIN))}`),
        nothing("A12 view-source:", `view-source:${ledger("form")}`),
        nothing("A12 about:blank", "about:blank"),
        ...[0, 1, 2, 3].map((index) => refused(`A13 sandbox ${index}`, ledger(`sandbox-${index}`), SAYS.sandboxed)),
        { ...inFrame("frames"), parts: framed.map(([name]) => inFrame(name)) },
        inFrame("frameset"),
        nothing("A15 lure", sites.at("evil", "/", "lure")),
        nothing("A16 50 frames", sites.at("evil", "/", "sweep")),
        nothing("A20 redirect", ledger("redirect")),
      ]);
      scene.forget();
      await tab.goto(ledger("refresh"));
      await tab.waitFor((address) => location.href === address, "the page that was led to", evil);
      await scene.clickSays();
      // A12: documents without an address of their own that have the app's origin all the same.
      for (const [row, open] of /** @type {const} */ ([
        ["about:blank", 'const other = open("about:blank", "_blank"); other.document.body.innerHTML = form; other.document.title = "opened"'],
        ["blob:", 'open(URL.createObjectURL(new Blob([`<!doctype html><title>opened</title>${form}`], { type: "text/html" })), "_blank")'],
      ])) {
        sites.page("opener", page(`<button id="open">Open</button>${script(`const form = ${JSON.stringify(form())}; document.querySelector("#open").onclick = () => { ${open} }`)}`));
        await tab.goto(ledger("opener"));
        await tab.click("#open");
        const opened = await until(async () => {
          for (const other of await browser.tabs()) if (await other.evaluate(() => document.title === "opened").catch(() => false)) return other;
        }, `a document at ${row}`);
        await scene.clickSays(undefined, opened);
        await opened.close();
      }
      scene.assertNothing();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },

  // A5, E11: whatever the portal lists, a rule that is wider than one host is none.
  "rules that are too wide are not used, and the app stays in the menu": async (scene) => {
    const { sites, servers } = scene;
    const wide = ["*", "*://*/*", `http://*:${sites.port}/`, `http://*.localhost:${sites.port}/`, `http://evil.*:${sites.port}/`, "http://localhost/", `http://.localhost:${sites.port}/`,
      `http://ledger.localhost@evil.localhost:${sites.port}/login`, `http://EVIL.localhost:${sites.port}/`, `http://evil.localhost.:${sites.port}/`, `http://evil.localhost:${sites.port}/a/..`,
      `http://evil.localhost:${sites.port}/%2flogin`, `http://evil.localhost:${sites.port}/?`, `http://evil.localhost:${sites.port}`, "<all_urls>", "http://", "", "javascript:0", "http://(evil|ledger).localhost/"];
    const apps = wide.map((url, index) => ({ id: `wide-${index}`, name: `Wide ${index}`, mode: "password", credential: "stored", launch_url: sites.at("evil", "/"), sign_on_rules: [{ url, allow_http: true, allow_ip: true }] }));
    servers.difficult.misbehave("/api/v1/apps", servers.difficult.changed((body) => JSON.stringify({ ...JSON.parse(body), apps }), { etag: '"wide"' }));
    await scene.tab.goto(sites.at("elsewhere", "/"));
    const popup = await scene.click();
    await popup.waitForText(`Wide ${wide.length - 1}`);
    await popup.close();
    await scene.tryAll(["evil", "ledger", "elsewhere"].map((host) => nothing(`A5 ${host}`, sites.at(host, "/login"))));
    // The person's own list again.
    servers.difficult.behave();
    const after = await scene.click();
    await after.waitForText("Second Ledger");
    await after.close();
  },
};

export default attempts;
