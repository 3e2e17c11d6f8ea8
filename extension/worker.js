// @ts-check
/**
 * The worker (Firefox: event page). Listeners are registered in the first turn, because the browser starts the worker for
 * an event and forgets the event if nobody listens by then; each waits for the module, which loads once.
 */
import init, { Worker } from "./wasm/worker.js";
import { browser, once } from "./browser.js";
import prepareFinder, * as finding from "./wasm/finder.js";
import { speak } from "./language.js";
import { light } from "./lights.js";
import { keepLinks } from "./links.js";
import { look, run } from "./pages.js";
import { authorize, closeWindow } from "./sign-in-window.js";

/** The search for the address bar. In its own way, because a worker must not load a script later; the module it may. */
const finder = once(async () => {
  await prepareFinder();
  return finding;
});

const load = once(async () => {
  await init();
  return new Worker({ ...browser, authorize, closeWindow, light, look, run, finder, keepLinks });
});

/** The core, with words in the language that is chosen by now. */
async function core() {
  const [worker] = await Promise.all([load(), speak()]);
  return worker;
}

chrome.runtime.onInstalled.addListener(async () => {
  const worker = await core();
  await worker.started();
});

chrome.runtime.onStartup.addListener(async () => {
  const worker = await core();
  await worker.started();
});

chrome.contextMenus.onClicked.addListener(async (/** @type {{menuItemId: string | number}} */ item) => {
  const worker = await core();
  await worker.menu_chosen(String(item.menuItemId));
});

chrome.permissions.onAdded.addListener(async () => {
  const worker = await core();
  await worker.host_access_changed();
});

chrome.permissions.onRemoved.addListener(async () => {
  const worker = await core();
  await worker.host_access_changed();
});

chrome.storage.managed.onChanged.addListener(async () => {
  const worker = await core();
  await worker.policy_changed();
});

chrome.alarms.onAlarm.addListener(async (/** @type {{name: string}} */ { name }) => {
  const worker = await core();
  await worker.alarm_rang(name);
});

// Heard while the worker runs; while it does not, the alarm comes soon enough.
addEventListener("online", async () => {
  const worker = await core();
  await worker.came_online();
});

chrome.omnibox.onInputChanged.addListener(async (/** @type {string} */ typed, /** @type {(suggestions: { content: string; description: string }[]) => void} */ suggest) => {
  const worker = await core();
  // Firefox's own function is none of this realm's, and would not be known for a function.
  await worker.address_typed(typed, (/** @type {{ content: string; description: string }[]} */ rows) => suggest(rows));
});

chrome.omnibox.onInputEntered.addListener(async (/** @type {string} */ typed, /** @type {string} */ disposition) => {
  const worker = await core();
  await worker.address_entered(typed, disposition);
});

chrome.runtime.onMessage.addListener((/** @type {unknown} */ message, /** @type {unknown} */ sender, /** @type {() => void} */ answer) => {
  // The answer comes when the work is done; until then the browser keeps the worker alive.
  core().then((worker) => worker.message(message, sender)).finally(() => answer());
  return true;
});
