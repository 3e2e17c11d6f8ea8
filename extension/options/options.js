// @ts-check
import init, { open_options } from "../wasm/desk.js";
import { browser } from "../browser.js";
import "../focus.js";
import { speak } from "../language.js";

await Promise.all([init(), speak()]);
await open_options(browser);

// Made anew in another language (language.js).
for (const [id, value] of history.state?.typed ?? []) Object.assign(document.getElementById(id) ?? {}, { value });
history.replaceState(null, "");

// As No, wherever the focus is.
addEventListener("keydown", ({ key }) => key === "Escape" && /** @type {HTMLElement | null} */ (document.querySelector("#clear-question:not([hidden]) #keep"))?.click());
