// @ts-check
// What the first frame is made of is asked for before anything else, and found while the module is on its way.
const asked = Promise.all([
  chrome.tabs.query({ active: true, currentWindow: true }),
  chrome.storage.local.get(["settings", "account", "catalogue_tag", "favourites", "names", "recent", "fill_log", "frecency", "glimpse"]),
  chrome.storage.session.get(null),
  // Firefox has none where there is no policy.
  chrome.storage.managed.get(null).catch(() => undefined),
  navigator.locks.query(),
]).then(([[tab], local, session, managed, locks]) => ({ tab, local, session, managed, locks }));

const [{ default: init, open_popup }, { browser }, { speak }] = await Promise.all([import("../wasm/popup.js"), import("../browser.js"), import("../language.js")]);
await Promise.all([init(), speak()]);

/** The way into pages; most popups need none. */
const pages = () => import("../pages.js");
/** @type {typeof import("../pages.js").look} */
const look = async (details, description) => (await pages()).look(details, description);
/** @type {typeof import("../pages.js").run} */
const run = async (details) => (await pages()).run(details);
/** Brings what a look needs, while the list of apps is read; from then on it begins without waiting for a turn. */
const prepare = () => pages().then((way) => Object.assign(here, way).load()).catch(() => undefined);
const here = { ...browser, look, run, prepare };

await open_popup(here, asked);
