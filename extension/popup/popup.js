// @ts-check
import { tellEarly } from "./early.js";
import { asked, elsewhere, shown } from "./first.js";

/** The way into pages; most popups need none. */
const pages = () => import("../pages.js");
/** @type {typeof import("../pages.js").look} */
const look = async (details, description) => (await pages()).look(details, description);
/** @type {typeof import("../pages.js").run} */
const run = async (details) => (await pages()).run(details);
const here = { look, run };

// The module keeps a page busy while it starts, so it does not begin before the first frame is on the screen; nor does what nobody
// needs before they have seen that frame.
await Promise.race([shown, elsewhere]);
const beside = [import("../focus.js"), import("./account-menu.js"), import("./rename.js"), import("./pin.js")];
const module = Promise.all([import("../wasm/popup.js"), import("../browser.js"), Promise.allSettled(beside)]);
// What a look needs comes with the module, and from then on a look begins without waiting for a turn.
elsewhere.then(pages).then((way) => Object.assign(here, way).load()).catch(() => undefined);
const [{ default: init, open_popup }, { browser }] = await module;
await init();
await shown;
await open_popup(Object.assign(here, browser), asked);
tellEarly();
