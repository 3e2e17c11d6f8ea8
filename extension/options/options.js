// @ts-check
import init, { open_options } from "../wasm/desk.js";
import { browser } from "../browser.js";

await init();
await open_options(browser);
