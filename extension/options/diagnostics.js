// @ts-check
import init, { open_diagnostics } from "../wasm/desk.js";
import { browser } from "../browser.js";
import "../focus.js";
import { speak } from "../language.js";
import "./renewed.js";

await Promise.all([init(), speak()]);
await open_diagnostics(browser);
