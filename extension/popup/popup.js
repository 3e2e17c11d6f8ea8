// @ts-check
import init, { open_popup } from "../wasm/my_apps_sign_in.js";
import { form } from "../page/form.js";

await init();
await open_popup(form);
