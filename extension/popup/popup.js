// @ts-check
// What the first frame is made of is asked for before anything else, and found while the module is on its way.
const asked = Promise.all([
  chrome.tabs.query({ active: true, currentWindow: true }),
  chrome.storage.local.get(["settings", "account", "catalogue_tag", "recent", "glimpse"]),
  chrome.storage.session.get(null),
]).then(([[tab], local, session]) => ({ tab, local, session }));

const { default: init, open_popup } = await import("../wasm/my_apps_sign_in.js");
await init();
// What is done in pages is needed after the first frame at the earliest.
const page = import("../page/form.js").then(({ form }) => form);
await open_popup(page, asked);
