// @ts-check
/** The wrong time: pages that change while the password is on its way, and forms that lead elsewhere. Rows B of docs/threat-model.md. */
import { strict as assert } from "node:assert";
import { BUTTON, PASSWORD, form, page, script } from "../pages/hostile/parts.mjs";
import { SAYS, notice, times } from "./attack.mjs";
import { closePopup, until } from "./person.mjs";

/** @typedef {import("./attack.mjs").Row} Row */
/** @typedef {import("./attack.mjs").Scene} Scene */

const CREDENTIAL = "/api/v1/apps/ledger/credential";

/** @param {Scene} scene @param {{asked: Promise<unknown>}} held */
async function isAsked(scene, held) {
  let asked = false;
  void held.asked.then(() => (asked = true));
  await until(() => asked, "the portal is asked for the password", { instead: () => scene.browser.describe() });
}

/** Clicks on the page and holds the password back until the page has done something. @param {Scene} scene @param {() => Promise<unknown>} meanwhile */
async function meanwhile(scene, meanwhile) {
  const { difficult } = scene.servers;
  const held = difficult.held();
  difficult.misbehave(CREDENTIAL, held.behaviour);
  const popup = await scene.click();
  await isAsked(scene, held);
  await meanwhile();
  held.letGo();
  difficult.misbehave(CREDENTIAL, difficult.pass);
  return popup;
}

/** @type {import("./attack.mjs").Attempts} */
const attempts = {
  "a page that went on or changed while the password was on its way gets nothing": async (scene) => {
    const { sites, tab } = scene;
    const ledger = sites.at("ledger", "/login");
    const evil = sites.at("evil", "/login");
    sites.page("stays", page(form() + script('addEventListener("submit", (event) => event.preventDefault())')));
    /** What the page does, and what the person reads. @type {[string, string, string][]} */
    const scripts = [
      ["B2 another path", 'history.pushState(null, "", "/elsewhere")', SAYS.wentOn],
      ["B2 below the rule", 'history.pushState(null, "", "/login/other")', SAYS.wentOn],
      ["B2 replaced", 'history.replaceState(null, "", "/login?other")', SAYS.wentOn],
      ["B2 fragment", 'location.hash = "other"', SAYS.wentOn],
      ["B11 shown as text", "password.type = 'text'", SAYS.changed],
      ["B11 made a text box", "password.outerHTML = '<input id=password name=password>'", SAYS.changed],
      ["B11 made a text area", "password.outerHTML = '<textarea id=password name=password></textarea>'", SAYS.changed],
      ["B11 made an element of the page's own", "password.outerHTML = '<x-password id=password name=password></x-password>'", SAYS.changed],
      ["B11 taken out", "password.remove()", SAYS.changed],
      ["B11 the form is taken out", "login.remove()", SAYS.changed],
      ["B11 into a frame", "document.body.append(document.createElement('iframe')); frames[0].document.body.append(login)", SAYS.changed],
      ["B11 into a closed root", "const host = document.body.appendChild(document.createElement('div')); host.attachShadow({ mode: 'closed' }).append(login)", SAYS.changed],
      ["B11 into another form", "const other = document.createElement('form'); other.id = 'other'; document.body.append(other); other.append(password)", SAYS.changed],
      ["B11 renamed", "password.name = 'comment'", SAYS.changed],
      ["B11 for a new one", "password.autocomplete = 'new-password'", SAYS.changed],
      ["B11 disabled", "password.disabled = true", SAYS.changed],
      ["B11 inert type", "user.type = 'hidden'", SAYS.changed],
      ["B11 faded", "login.style.opacity = 0", SAYS.changed],
      ["B11 moved out of the window", "login.style.cssText = 'position:absolute;left:-4000px'", SAYS.changed],
      ["B12 sent elsewhere", `login.action = "${evil}"`, SAYS.changed],
      ["B12 the button sends elsewhere", `send.formAction = "${evil}"`, SAYS.changed],
      ["B12 the base leads elsewhere", `login.action = "session"; document.head.append(Object.assign(document.createElement("base"), { href: "${evil}" }))`, SAYS.changed],
    ];
    const failed = [];
    for (const [row, code, says] of scripts) {
      scene.forget();
      await tab.goto(`${ledger}?page=stays`);
      try {
        const popup = await meanwhile(scene, () => tab.evaluate((run) => void new Function(run)(), code));
        await scene.says(popup, says);
        scene.assertUnseen();
      } catch (error) {
        failed.push(`${row}: ${/** @type {Error} */ (error).message}`);
      }
      await closePopup(scene.browser);
    }
    assert.deepEqual(failed, []);
    // B1: another document, on the same address or elsewhere.
    for (const elsewhere of [evil, ledger]) {
      scene.forget();
      await tab.goto(`${ledger}?page=stays`);
      const popup = await meanwhile(scene, () => tab.goto(elsewhere));
      await scene.says(popup, SAYS.wentOn);
      await popup.close();
      scene.assertUnseen();
    }
  },

  // B1: the same at any moment; what must not be is the same whoever is faster.
  "a page that goes to an evil one at any moment takes nothing along": async (scene) => {
    const { sites, servers } = scene;
    const evil = sites.at("evil", "/login");
    sites.page("goes", page(form() + script(`const after = Number(new URLSearchParams(location.search).get("after"));
      addEventListener("submit", (event) => event.preventDefault());
      addEventListener("blur", () => setTimeout(() => location.href = "${evil}", after), { once: true });`)));
    // The worst moments are those around the answer: half of the runs are there.
    for (let run = 0; run < times(12, 1000); run += 1) {
      scene.forget();
      const pause = (20 * run) % 5000;
      servers.difficult.misbehave(CREDENTIAL, (question, answer) => void setTimeout(() => servers.difficult.pass(question, answer), pause));
      await scene.anotherTab(`${sites.at("ledger", "/login", "goes")}&after=${(run * 53) % 400}`);
      const { tab } = scene;
      const popup = await scene.click();
      // Without a screen a page does not always hear that it lost the focus.
      await tab.evaluate(() => dispatchEvent(new Event("blur"))).catch(() => undefined);
      await tab.waitFor((address) => location.href === address && document.readyState === "complete", "the evil page", evil);
      // The menu without a word: the page had gone on before the popup looked at it.
      const isOver = async () => !(await popup.isOpen()) || (await notice(popup)) !== undefined;
      await until(isOver, "the popup closes, or shows the menu", { instead: () => scene.browser.describe() });
      await closePopup(scene.browser);
      for (const { page: where, type, value } of sites.sightings(scene.secret).fields) {
        assert.ok(value === scene.secret && type === "password" && where.startsWith(sites.at("ledger", "/login")), `run ${run}: seen on ${where}`);
      }
      assert.deepEqual(sites.sightings(scene.secret).requests, [], `run ${run}: nothing was sent`);
    }
  },

  // B11: what the page does in answer to what it hears while it is filled, before the password is there.
  "a page that changes while it is written gets no password into anything but a password field": async (scene) => {
    const { sites } = scene;
    /** @param {string} on @param {string} run */
    const when = (on, run) => page(form() + script(`document.querySelector("#${on.split(" ")[0]}").addEventListener("${on.split(" ")[1]}", () => { ${run} })`));
    const other = "const other = document.body.appendChild(document.createElement('form')); other.append(password)";
    const schedules = [
      ["user focus", "password.type = 'text'"],
      ["user keydown", "password.type = 'text'"],
      ["user input", "password.type = 'text'"],
      ["user change", "password.type = 'text'"],
      ["user blur", "password.type = 'text'"],
      ["user input", "password.remove()"],
      ["user input", "password.outerHTML = '<input id=password name=password>'"],
      ["user input", "password.outerHTML = '<x-password id=password></x-password>'"],
      ["user input", "login.style.opacity = 0"],
      ["user input", "password.style.display = 'none'"],
      ["user input", "history.pushState(null, '', '/elsewhere')"],
      ["user input", other],
      ["password focus", "password.type = 'text'"],
      ["password keydown", "password.type = 'text'"],
      ["password keydown", "password.remove()"],
      ["password keydown", other],
      ["password keypress", "password.type = 'text'"],
      ["password focus", "history.pushState(null, '', '/elsewhere')"],
      ["password keydown", "throw new Error('on purpose')"],
    ];
    for (const [index, [on, run]] of schedules.entries()) sites.page(`schedule-${index}`, when(on, run));
    await scene.tryAll(schedules.map(([on, run], index) => /** @type {Row} */ ({ row: `B11 ${on}: ${run}`, page: `schedule-${index}`, expect: "safe" })));
  },

  "a form that leads elsewhere, and a form that is no sign-in form, get no password": async (scene) => {
    const { sites } = scene;
    const evil = sites.at("evil", "/session");
    const onSubmit = (/** @type {string} */ run) => page(form() + script(`login.addEventListener("submit", () => { ${run} })`));
    const onClick = (/** @type {string} */ run) => page(form() + script(`send.addEventListener("click", () => { ${run} })`));
    const other = `<form id="other" method="post" action="${evil}"></form>`;
    /** @type {[string, string, Row["expect"], string?][]} */
    const pages = [
      ["B12 the form", page(form({ attributes: `action="${evil}"` }).replace('action="/session" ', "")), "refused", SAYS.foreign],
      ["B12 another port", page(form().replace("/session", `http://ledger.localhost:${sites.otherPort}/session`)), "refused", SAYS.foreign],
      ["B12 https", page(form().replace("/session", "https://ledger.localhost/session")), "refused", SAYS.foreign],
      ["B12 before @", page(form().replace("/session", `http://ledger.localhost:${sites.port}@evil.localhost:${sites.port}/session`)), "refused", SAYS.foreign],
      ["B12 the button", page(form({ button: `<button id="send" formaction="${evil}">Sign in</button>` })), "refused", SAYS.foreign],
      ["B12 the base", page(form().replace("/session", "session"), { head: `<base href="${evil}">` }), "refused", SAYS.foreign],
      ["B12 a field of another form", page(other + form({ password: PASSWORD.replace("<input", '<input form="other"') })), "safe"],
      ["B12 a button of another form", page(other + form({ button: BUTTON.replace("<button", '<button form="other"') })), "safe"],
      ["B12 changed when it is sent", onSubmit(`login.action = "${evil}"`), "refused", SAYS.changed],
      ["B12 changed when it is pressed", onClick(`login.action = "${evil}"`), "refused", SAYS.changed],
      ["B12 the button's changed when it is pressed", onClick(`send.formAction = "${evil}"`), "refused", SAYS.changed],
      ["B12 the base changed when it is pressed", page(form().replace("/session", "session") + script(`send.onclick = () => document.head.append(Object.assign(document.createElement("base"), { href: "${evil}" }))`)), "refused", SAYS.changed],
    ];
    for (const [index, [, html]] of pages.entries()) sites.page(`form-${index}`, html);
    const rows = pages.map(([row, , expect, says], index) => /** @type {Row} */ ({ row, page: `form-${index}`, expect, says }));
    const late = /** @param {Row} row */ (row) => row.says === SAYS.changed;
    await scene.tryAll(rows.filter((row) => !late(row)));
    // These looked right until they were sent: what was written is cleared, and nothing goes elsewhere.
    for (const { row, page } of rows.filter(late)) {
      scene.forget();
      await scene.open(page);
      const popup = await scene.click();
      await scene.says(popup, SAYS.changed, row);
      await popup.close();
      assert.deepEqual(sites.sightings(scene.secret).requests, [], `${row}: nothing is sent`);
      assert.deepEqual(await scene.tab.evaluate(() => [...document.querySelectorAll("input")].map((input) => input.value)), ["", ""], `${row}: nothing is left`);
    }

    // B13: forms for something else.
    const field = (/** @type {string} */ label, /** @type {string} */ attributes) => `<p><label>${label} <input ${attributes}></label>`;
    const asks = (/** @type {string} */ title, /** @type {string} */ fields, /** @type {string} */ button) =>
      page(`<h1>${title}</h1><form method="post" action="/session">${fields}<p><button>${button}</button></form>`, { title });
    /** @type {[string, string, string][]} */
    const wrong = [
      ["B13 a new account", asks("Create an account", field("E-mail", 'name="email" type="email"') + field("Choose a password", 'name="password" type="password"') + field("Repeat it", 'name="again" type="password"'), "Create account"), SAYS.signUp],
      ["B13 a new account, briefly", asks("Join us", field("E-mail", 'name="email" type="email"') + field("Password", 'name="password" type="password" autocomplete="new-password"'), "Sign up"), SAYS.signUp],
      ["B13 another password", asks("Change your password", field("Current password", 'name="old" type="password"') + field("New password", 'name="new" type="password"') + field("Repeat the new password", 'name="again" type="password"'), "Change password"), SAYS.newPassword],
      ["B13 a reset", asks("Set a new password", field("New password", 'name="new" type="password"') + field("Repeat the new password", 'name="again" type="password"'), "Save"), SAYS.newPassword],
      ["B13 a code", asks("Check your phone", field("Verification code", 'name="code" inputmode="numeric" autocomplete="one-time-code"'), "Verify"), SAYS.code],
      ["B13 a search", asks("Find a customer", field("Search", 'name="q" type="search"'), "Search"), SAYS.noForm],
      ["B13 a newsletter", asks("News", field("Your e-mail", 'name="email" type="email"'), "Subscribe"), SAYS.noForm],
      ["B13 a server's settings", asks("Mail server", field("Server", 'name="host"') + field("Port", 'name="port" type="number"') + field("Sender's name", 'name="sender"') + field("Relay secret", 'name="secret" type="password" autocomplete="off"') + field("Timeout", 'name="timeout" type="number"'), "Save settings"), ""],
    ];
    for (const [index, [, html]] of wrong.entries()) sites.page(`wrong-${index}`, html);
    await scene.tryAll(wrong.map(([row, , says], index) => ({ row, page: `wrong-${index}`, expect: "refused", says: says || "Ledger" })));
  },

  "a fill stays in its tab, goes into a page once, and is over with it": async (scene) => {
    const { sites, browser, servers } = scene;
    let { tab } = scene;
    const ledger = sites.at("ledger", "/login");
    sites.page("stays", page(form() + script('addEventListener("submit", (event) => event.preventDefault())')));

    // B7: the person turns to another tab meanwhile; what was clicked is filled, or nothing is.
    await tab.goto(`${ledger}?page=stays`);
    const other = await browser.openTab(`${ledger}?page=stays&other`);
    const held = servers.difficult.held();
    servers.difficult.misbehave(CREDENTIAL, held.behaviour);
    await scene.click(tab);
    await isAsked(scene, held);
    await other.activate();
    held.letGo();
    servers.difficult.behave();
    await closePopup(browser);
    assert.ok(sites.sightings(scene.secret).fields.every(({ page: where }) => !where.endsWith("other")), "the other tab stays as it was");
    assert.deepEqual(await other.evaluate(() => [...document.querySelectorAll("input")].map((input) => input.value)), ["", ""]);
    await other.close();

    // B14: a click too many fills once.
    await scene.anotherTab();
    scene.forget();
    ({ tab } = scene);
    await tab.goto(`${ledger}?page=stays&double`);
    await tab.evaluate(() => {
      sessionStorage.setItem("sent", "0");
      addEventListener("submit", () => sessionStorage.setItem("sent", String(Number(sessionStorage.getItem("sent")) + 1)), true);
    });
    for (let round = 0; round < 3; round += 1) {
      const popup = await scene.click();
      await until(async () => !(await popup.isOpen()) || (await notice(popup)), "it is filled, or was", { instead: () => browser.describe() });
      await closePopup(browser);
    }
    assert.equal(await tab.evaluate(() => sessionStorage.getItem("sent")), "1", "it is sent once");
    assert.equal(scene.askedForPassword, 1, "the portal is asked once");

    // B8: the next site asks for the password of the one before.
    scene.forget();
    await tab.goto(sites.at("evil", "/login"));
    await scene.clickSays();
    scene.assertNothing();

    // B10: back to the page that was filled; nothing is filled again by itself.
    await scene.anotherTab();
    scene.forget();
    ({ tab } = scene);
    await tab.goto(ledger);
    await scene.click();
    await scene.assertSent();
    await tab.waitForText("Received");
    await closePopup(browser);
    scene.forget();
    await tab.back();
    await tab.waitFor(() => document.querySelector("#password"), "the form again");
    await tab.goto(sites.at("evil", "/login"));
    assert.equal(scene.askedForPassword, 0, "going back asks for nothing");
    assert.deepEqual(sites.sightings(scene.secret).requests, []);
  },
};

export default attempts;
