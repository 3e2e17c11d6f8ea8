// @ts-check
import init, { open_teaching } from "../wasm/desk.js";
import { browser } from "../browser.js";
import { look } from "../judge.js";

await init();
await open_teaching({ ...browser, look });
