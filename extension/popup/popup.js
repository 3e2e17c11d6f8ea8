// @ts-check
import { tellEarly } from "./early.js";
import { asked, elsewhere, shown } from "./first.js";

const [{ default: init, open_popup }, { browser }] = await Promise.all([import("../wasm/popup.js"), import("../browser.js")]);
await init();

/** The way into pages; most popups need none. */
const pages = () => import("../pages.js");
/** @type {typeof import("../pages.js").look} */
const look = async (details, description) => (await pages()).look(details, description);
/** @type {typeof import("../pages.js").run} */
const run = async (details) => (await pages()).run(details);
const here = { ...browser, look, run };

// What a look needs comes while the list of apps is read, and from then on a look begins without waiting for a turn.
elsewhere.then(pages).then((way) => Object.assign(here, way).load()).catch(() => undefined);

await shown;
await open_popup(here, asked);
tellEarly();
