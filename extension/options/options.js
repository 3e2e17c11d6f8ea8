// @ts-check
import init, { open_options } from "../wasm/my_apps_sign_in.js";
import { form } from "../page/form.js";

await init();
await open_options(form);
