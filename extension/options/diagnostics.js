// @ts-check
import init, { open_diagnostics } from "../wasm/desk.js";
import { browser } from "../browser.js";
import "../focus.js";
import { speak } from "../language.js";

await Promise.all([init(), speak()]);
await open_diagnostics(browser);

// The settings, in another tab, may choose another language.
chrome.storage.local.onChanged.addListener((/** @type {object} */ changes) => "language" in changes && location.reload());
