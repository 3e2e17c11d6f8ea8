// @ts-check
/** Pages that put something of their own in the place of what a script would read (row C8), and fields of other kinds (C10). */
import { BUTTON, PASSWORD, USER, form, page, script } from "./parts.mjs";

/** Wherever a text is cut, at 80, 120 or 600, one of its letters falls apart, and no JSON may hold the half. */
const HALVES = `x${"😀".repeat(400)}`;

/** Hidden controls of these names in the form. @type {Record<string, string[]>} */
const IN_FORM = {
  "action": ["action"],
  "method and submit": ["method", "submit", "requestSubmit", "reset"],
  "elements and length": ["elements", "length"],
  "id and name": ["id", "name", "className"],
  "parentNode": ["parentNode", "parentElement", "isConnected", "ownerDocument", "getRootNode"],
  "attributes": ["getAttribute", "attributes", "matches", "closest", "localName", "tagName"],
  "listeners": ["addEventListener", "dispatchEvent", "noValidate", "checkValidity"],
  "looks": ["getBoundingClientRect", "checkVisibility", "style", "offsetParent", "clientWidth"],
  "children": ["querySelectorAll", "querySelector", "children", "contains", "shadowRoot"],
};
/** Elements of these names in the document. @type {Record<string, string[]>} */
const IN_DOCUMENT = {
  "document.querySelectorAll": ["querySelectorAll", "getElementById"],
  "document.body": ["body", "documentElement", "head"],
  "document.activeElement": ["activeElement", "hasFocus", "title", "prerendering", "URL"],
  "document.createTreeWalker": ["createTreeWalker", "defaultView", "baseURI", "elementFromPoint"],
};
/** The page's own code, before the form is there. @type {Record<string, string>} */
const CODE = {
  "the value's setter": 'Object.defineProperty(HTMLInputElement.prototype, "value", { get: () => "nothing", set() { throw new Error("no") }, configurable: true });',
  "queries": "Document.prototype.querySelectorAll = () => []; Element.prototype.matches = () => false; Element.prototype.getBoundingClientRect = () => ({ width: 0 });",
  "lists": 'Array.prototype.map = () => []; Array.prototype.find = () => undefined; String.prototype.slice = () => "x"; Object.prototype.secret = true; JSON.stringify = () => "{}";',
  "events": "EventTarget.prototype.dispatchEvent = () => { throw new Error('no') }; HTMLElement.prototype.click = () => {}; HTMLFormElement.prototype.requestSubmit = () => {};",
  "promises": "Promise.prototype.then = () => { throw new Error('no') }; window.Promise = undefined; window.setTimeout = undefined;",
};
/** Properties of the fields themselves. @type {Record<string, string>} */
const PROPERTIES = {
  "the value of the field": 'Object.defineProperty(password, "value", { get: () => "nothing", set() {} });',
  "the type of the field": 'Object.defineProperty(user, "type", { get: () => "password" }); Object.defineProperty(password, "type", { get: () => "text" });',
};

const inForm = (/** @type {string[]} */ names) => page(form({ before: names.map((name) => `<input type="hidden" name="${name}" value="https://evil.test/">`).join("") }));
const inDocument = (/** @type {string[]} */ names) => page(names.map((name) => `<img name="${name}" alt=""><form name="${name}"></form>`).join("") + form());
const before = (/** @type {string[]} */ code) => page(form(), { head: script(code.join(" ")) });
const after = (/** @type {string[]} */ code) => page(form() + script(code.join(" ")));

/** @param {Record<string, any>} parts @param {(all: any[]) => string} made @returns {[string, Record<string, string>]} */
const together = (parts, made) => [made(Object.values(parts).flat()), Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, made([part].flat())]))];
/** All of a kind in one page, and the pages with one of them. @type {Record<string, [string, Record<string, string>]>} */
export const TOGETHER = {
  "controls in the form": together(IN_FORM, inForm),
  "elements in the document": together(IN_DOCUMENT, inDocument),
  "code": together(CODE, before),
  "properties of the fields": together(PROPERTIES, after),
};

/** Each needs a page of its own. @type {Record<string, string>} */
export const CLOBBERED = {
  "letters of two halves": page(form({ before: `<p>${HALVES}</p>`, user: `<label>User name ${HALVES}<input id="user" name="user" placeholder="${HALVES}"></label>` }), { title: HALVES }),
  "a button called submit": page(form({ button: '<button id="send" name="submit">Sign in</button>' })),
  "a button called action": page(form({ button: '<button id="send" name="action" value="x">Sign in</button>' })),
  "a password called form": page(form({ password: '<label>Password <input id="form" name="password" type="password"></label>' })),
  "window.self": page(["self", "top", "location", "origin", "chrome", "browser"].map((id) => `<a id="${id}" href="https://evil.test/"></a>`).join("") + form()),
  "a frame called top": page('<iframe name="top"></iframe><iframe name="parent"></iframe><iframe name="origin"></iframe>' + form()),
  "two of an id": page('<input id="user" type="hidden"><input id="password" type="hidden">' + form() + '<input id="send" type="hidden">'),
};

/** A host whose root is made by a script. @param {"open" | "closed"} mode @param {string} html */
const inRoot = (mode, html, rest = "") =>
  page(`<div id="host"></div>${script(`const root = host.attachShadow({ mode: "${mode}" }); root.innerHTML = ${JSON.stringify(html)}; ${rest}`)}`);
const element = (name = "x-password") =>
  script(`customElements.define("${name}", class extends HTMLElement { static formAssociated = true; #value = ""; get value() { return this.#value } set value(value) { this.#value = value } get type() { return "password" } });`);

/** @type {import("../../e2e/attack.mjs").Expected} */
const NO_FORM = { expect: "refused", says: "shows no sign-in form" };
/** What can be verified is filled, the rest is not. A form whose password can't be seen asks for the user name first. @type {Record<string, [import("../../e2e/attack.mjs").Expected, string]>} */
export const ROOTED = {
  "a closed root": [NO_FORM, inRoot("closed", form())],
  "a closed root, declared": [NO_FORM, page(`<div><template shadowrootmode="closed">${form()}</template></div>`)],
  "a closed root in an open one": [NO_FORM, inRoot("open", "<div></div>", `root.firstChild.attachShadow({ mode: "closed" }).innerHTML = ${JSON.stringify(form())}`)],
  "the password in a closed root": [{ expect: "no-password" }, page(`<form method="post" action="/session">${USER}<div id="host"></div>${BUTTON}</form>${script(`host.attachShadow({ mode: "closed" }).innerHTML = ${JSON.stringify(PASSWORD)}`)}`)],
  "an element that says it is a password field": [{ expect: "no-password" }, page(element() + form({ password: '<label>Password <x-password id="password" name="password" style="display:inline-block;width:200px;height:20px;border:1px solid"></x-password></label>' }))],
  "an open root": [{ expect: "filled" }, inRoot("open", form())],
};

const other = (label = "", more = "") => `<input name="other" placeholder="${label}" ${more}>`;
const hide = (html = "") => `<div style="position:absolute;left:-5000px" aria-hidden="true">${html}</div>`;

/** Exactly the two fields are filled, whatever else would take a value (rows C6 and C7). @type {Record<string, string>} */
export const DECOYS = {
  "hidden e-mail, phone and card": page(form({ before: hide(other("E-mail", 'type="email" autocomplete="email"') + other("Phone", 'type="tel" autocomplete="tel"') + other("Card number", 'autocomplete="cc-number"')) })),
  "a second, hidden password": page(form({ after: hide('<input name="other" type="password" autocomplete="current-password">') })),
  "a hidden user name before": page(form({ before: hide('<input name="other" autocomplete="username">') })),
  "hidden twins": page(form({ before: hide('<input name="user2" placeholder="User name"><input name="password2" type="password" placeholder="Password">') })),
  "a trap for robots": page(form({ before: '<div style="opacity:0;height:0;overflow:hidden"><label>Leave this empty <input name="website"></label></div>' })),
  "a search before": page(`<form action="/search"><input type="search" name="q" placeholder="Search"><button>Search</button></form>${form()}`),
  "a newsletter after": page(`${form()}<form action="/news"><input type="email" name="mail" placeholder="Your e-mail"><button>Subscribe</button></form>`),
  "a hidden form before": page(hide(form().replaceAll(/id="[a-z]+"/g, "")) + form()),
  "a faded form over it": page(`<div style="opacity:0.01;position:absolute;inset:0;pointer-events:none">${form().replaceAll(/id="[a-z]+"/g, "").replaceAll('name="', 'name="trap-')}</div>${form()}`),
  "a new account beside it": page(`<form method="post" action="/register"><h2>Create an account</h2><input name="mail" type="email" placeholder="E-mail"><input name="new" type="password" placeholder="Choose a password" autocomplete="new-password"><button>Create account</button></form>${form()}`),
  "a captcha": page(form({ after: '<p><label>Type the letters <input name="captcha"></label>' }).replace(BUTTON, "").replace("</form>", `${BUTTON}</form>`)),
};
