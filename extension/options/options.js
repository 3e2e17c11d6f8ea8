// @ts-check
import init, { open_options } from "../wasm/desk.js";
import { browser } from "../browser.js";
import "../focus.js";
import { speak } from "../language.js";
import "./escape.js";
import { putBack } from "./unsaved.js";

await Promise.all([init(), speak()]);
await open_options(browser);
putBack();
