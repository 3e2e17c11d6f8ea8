// @ts-check
import init, { open_teaching } from "../wasm/desk.js";
import { browser } from "../browser.js";
import "../focus.js";
import { speak } from "../language.js";
import { look, run } from "../pages.js";

await Promise.all([init(), speak()]);
await open_teaching({ ...browser, look, run });
