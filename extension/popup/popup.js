// @ts-check
import init, { open_popup } from "../wasm/my_apps_sign_in.js";
import { browser } from "../browser.js";

await init();
await open_popup(browser);
