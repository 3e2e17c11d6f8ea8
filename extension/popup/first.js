// @ts-check
/**
 * The popup's first frame: the menu's first rows, painted while the module is on its way. What they are, and when the menu is
 * what is due, was written down by the core (src/glimpse.rs); where nothing is, or something else, the module paints. It goes on
 * with what it finds here, so this makes what shell/src/pages/ would.
 */
import { askLanguage, sentence, speak } from "../language.js";

/** @typedef {{id: string, name: string, initial: string, shade: number, description: string, remark?: string, favourite: boolean}} Row */
/** @typedef {{until: number, pages: string[], heading: string, name: string, username: string, count: number, sections: {title: string, rows: Row[]}[]}} Glimpse */

const { documentElement: root } = document;

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
/** @param {string} id of a template */
const copy = (id) => /** @type {HTMLElement} */ (/** @type {HTMLTemplateElement} */ (element(id)).content.firstElementChild?.cloneNode(true));
/** @param {string} key */
const words = (key) => sentence(key, []);

/** @typedef {[{url?: string, incognito: boolean}[], {glimpse?: unknown}]} Found the tab under the popup, and what to show over it */
/** What ask.js asked for. @type {{found: Promise<Found>, language: ReturnType<typeof askLanguage>}} */
const { found, language } = /** @type {any} */ (globalThis).asked;

/** What the module is given: the tab under the popup. */
export const asked = found.then(([[tab]]) => tab);

/** The menu, if it is due. */
const due = found
  .then(([[tab], { glimpse }]) => {
    const menu = read(glimpse);
    return menu && isMenuDue(menu, tab) ? menu : undefined;
  })
  .catch(() => undefined);

/** Kept when the first frame is on the screen, if the menu is due; whether it is. */
export const shown = Promise.all([due, speak(language)])
  .then(([menu]) => {
    if (!menu) return false;
    paint(menu);
    return new Promise(afterFrame);
  })
  .catch(() => false);

/** Kept where it is not due, and never where it is: there may be a page that is going to be filled. */
export const elsewhere = due.then((menu) => menu && new Promise(() => {}));

/** Callbacks for a frame run before it is painted. @param {(isMenu: true) => void} done */
function afterFrame(done) {
  requestAnimationFrame(() => setTimeout(() => done(true)));
}

// Letters are the search's also where the list has the focus, which scrolls by keys.
addEventListener("keydown", ({ key, target, ctrlKey, altKey, metaKey }) => {
  if (key.length === 1 && key !== " " && !ctrlKey && !altKey && !metaKey && target === element("list")) element("search").focus();
});

/** What was damaged counts as absent. @param {unknown} text @returns {Glimpse | undefined} */
function read(text) {
  try {
    return JSON.parse(String(text));
  } catch {
    return undefined;
  }
}

/** @param {Glimpse} menu @param {{url?: string, incognito: boolean}} [tab] under the popup */
function isMenuDue({ until, pages }, tab) {
  if (!tab?.url || tab.incognito || !(Date.now() < until)) return false;
  const { hostname, pathname } = new URL(tab.url);
  return !pages.some((page) => (hostname + pathname).startsWith(page));
}

/** @param {Glimpse} menu */
function paint({ heading, name, username, count, sections }) {
  root.dataset.ready = "menu";
  element("heading").textContent = heading || words("extensionName");
  element("name").textContent = name;
  element("username").textContent = username;
  element("account").hidden = false;
  element("main").append(copy("menu"));
  element("keys").textContent = words("menuKeys");
  const search = /** @type {HTMLInputElement} */ (element("search"));
  search.placeholder = search.ariaLabel = words("searchApps");
  element("empty").hidden = true;
  element("list").ariaLabel = words("allApps");
  element("list").append(...sections.map(group));
  for (const [index, row] of element("list").querySelectorAll(".row").entries()) Object.assign(row, { id: `row-${index}`, ariaPosInSet: String(index + 1), ariaSetSize: String(count) });
  element("row-0").ariaSelected = "true";
  search.setAttribute("aria-activedescendant", "row-0");
  search.focus();
  // Firefox takes the page into the popup after this, and the focus inside of it is lost on the way.
  addEventListener("focus", () => document.activeElement === document.body && search.focus());
}

/** @param {Glimpse["sections"][number]} section @param {number} number */
function group({ title, rows }, number) {
  const [group, heading] = [document.createElement("div"), document.createElement("div")];
  Object.assign(heading, { className: "section", id: `section-${number}`, role: "presentation", textContent: words(title) });
  group.role = "group";
  group.setAttribute("aria-labelledby", heading.id);
  group.append(heading, ...rows.map(row));
  return group;
}

/** @param {Row} app */
function row({ id, name, initial, shade, description, remark, favourite }) {
  const row = copy("row");
  const write = (/** @type {string} */ part, /** @type {string} */ text) => (/** @type {HTMLElement} */ (row.querySelector(part)).textContent = text);
  Object.assign(row.dataset, { app: id, shade }, favourite && { favourite: "" });
  write(".letter", initial.toUpperCase());
  row.querySelector(".name")?.append(Object.assign(document.createElement("span"), { textContent: name }));
  write(".detail", remark ? words(remark) : description);
  return row;
}
