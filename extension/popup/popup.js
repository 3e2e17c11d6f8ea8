// @ts-check
import init, { open_popup } from "../wasm/front.js";
import { browser } from "../browser.js";

await init();
// Most popups look at no page.
/** @type {typeof import("../judge.js").look} */
const look = async (details, description) => (await import("../judge.js")).look(details, description);

await open_popup({ ...browser, look });
