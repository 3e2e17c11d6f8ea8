// @ts-check
/**
 * The section about internal addresses, on the settings page and on the one that finds out what is wrong. It shows what the worker
 * wrote down about every entry, and hands on what is switched; what follows from it is the worker's.
 */

import { sentence, speak } from "../language.js";

/** @typedef {{internal: string, external: string, source: "policy" | "portal", state: string, counts: boolean}} Entry */
/** @typedef {{entries: Entry[], missing: string[], off: boolean, inside: boolean, probed: boolean}} Report */

/** What each state is called. Whatever else there is are reasons why an entry does not count. @type {Record<string, string>} */
const STATES = { on: "linkOn", off: "linkOff", "no-access": "linkNoAccess", inside: "linkInside", unreachable: "linkUnreachable", "too-many": "linkTooMany" };
const SOURCES = { policy: "linkFromPolicy", portal: "linkFromPortal" };
/** So many are shown; the others are found by typing. */
const MOST = 100;

const say = (/** @type {string} */ key, /** @type {string[]} */ ...values) => sentence(key, values);
const find = (/** @type {string} */ selector) => /** @type {any} */ (document.querySelector(selector));
const [section, list, none, state, access, everything, search, template] = ["", "-list", "-none", "-state", "-access", "-on", "-find", "-entry"].map((end) => find(`#links${end}`));

/** @type {Report} */
let report = { entries: [], missing: [], off: false, inside: false, probed: false };

async function load() {
  const { links_report } = await chrome.storage.session.get("links_report");
  report = links_report ? JSON.parse(links_report) : { ...report, entries: [] };
  paint();
}

/** What the person switched off, as the worker reads it: what was damaged counts as absent. @returns {Promise<{all: boolean, links: string[]}>} */
async function off() {
  const nothing = { all: false, links: [] };
  try {
    return { ...nothing, ...JSON.parse((await chrome.storage.local.get("links_off")).links_off ?? "{}") };
  } catch {
    return nothing;
  }
}

/** @param {(before: {all: boolean, links: string[]}) => {all: boolean, links: string[]}} change */
async function keep(change) {
  // Alone: another page of ours may switch something at the same time.
  await navigator.locks.request("memory", async () => chrome.storage.local.set({ links_off: JSON.stringify(change(await off())) }));
  await chrome.runtime.sendMessage("links");
}

/** Whether an entry is meant by what was typed: a part of it, or an address below it. @param {Entry} entry @param {string} typed */
function isMeant({ internal, external }, typed) {
  const core = internal.replace(/^.*?:\/\/(\*\.)?/, "");
  return internal.includes(typed) || external.includes(typed) || typed.includes(core) || `${typed}/`.endsWith(core);
}

function paint() {
  section.hidden = report.entries.length === 0;
  if (everything) everything.checked = !report.off;
  if (access) access.hidden = report.missing.length === 0;
  state.textContent = report.inside ? say("linksInside") : report.missing.length > 0 ? say("linksNoAccess") : "";
  state.hidden = !state.textContent;
  const meant = report.entries.filter((entry) => isMeant(entry, search.value.trim())).slice(0, MOST);
  const focused = document.activeElement?.id;
  // Rows that stay are not made anew: a click on a switch may be half done.
  if (meant.length !== list.children.length || meant.some(({ internal }, index) => internal !== list.children[index].dataset.internal)) list.replaceChildren(...meant.map(row));
  meant.forEach((entry, index) => write(list.children[index], entry));
  list.hidden = meant.length === 0;
  none.textContent = list.hidden && search.value ? say("linksNone", search.value.trim()) : "";
  if (focused?.startsWith("link-")) document.getElementById(focused)?.focus();
}

/** @param {Entry} entry @param {number} index */
function row({ internal }, index) {
  const item = template.content.cloneNode(true).firstElementChild;
  item.dataset.internal = internal;
  const input = item.querySelector("input");
  if (!input) return item;
  input.id = item.querySelector("label").htmlFor = `link-${index}`;
  input.addEventListener("change", () => {
    const { checked } = input;
    keep((before) => {
      const others = before.links.filter((link) => link !== internal);
      return { ...before, links: checked ? others : [...others, internal] };
    });
  });
  return item;
}

/** @param {Element} item @param {Entry} entry */
function write(item, { internal, external, source, state, counts }) {
  const [name, detail] = item.querySelectorAll(".name, .detail");
  name.textContent = `${internal} → ${external}`;
  detail.textContent = `${STATES[state] ? say(STATES[state]) : say("linkRefused", state)} ${say(SOURCES[source])}`;
  const input = item.querySelector("input");
  if (input) Object.assign(input, { checked: counts && state !== "off", disabled: !counts || report.off });
}

search.addEventListener("input", paint);
everything?.addEventListener("change", () => {
  const { checked } = everything;
  keep((before) => ({ ...before, all: !checked }));
});
// In the very turn of the click: the browser wants its question there.
access?.querySelector("button").addEventListener("click", () => chrome.permissions.request({ origins: report.missing }));
chrome.storage.session.onChanged.addListener((/** @type {object} */ changes) => {
  if ("links_report" in changes) load();
});
await speak();
await load();
