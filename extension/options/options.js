// @ts-check
import init, { open_options } from "../wasm/my_apps_sign_in.js";
import { browser } from "../browser.js";

await init();
await open_options(browser);
