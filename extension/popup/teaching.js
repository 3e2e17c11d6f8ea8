// @ts-check
import init, { open_teaching } from "../wasm/desk.js";
import { browser } from "../browser.js";
import { look, run } from "../pages.js";

await init();
await open_teaching({ ...browser, look, run });
