// @ts-check
import init, { open_diagnostics } from "../wasm/desk.js";
import { browser } from "../browser.js";

await init();
await open_diagnostics(browser);
