// @ts-check
/** What a form may be like: hidden, clobbered, in a root of its own, among decoys. Rows C5–C8 and C10 of docs/threat-model.md. */
import { CLOBBERED, DECOYS, ROOTED } from "../pages/hostile/clobbered.mjs";
import { HALF_HIDDEN, HIDDEN } from "../pages/hostile/hidden.mjs";
import { form, page } from "../pages/hostile/parts.mjs";
import { SAYS, attacks } from "./attack.mjs";

/** @typedef {import("./attack.mjs").Row} Row */
/** @typedef {import("./attack.mjs").Scene} Scene */

/** Not as they should be. This list may only shrink. @type {string[]} */
const KNOWN_FAILURES = [];

/**
 * Serves the pages, and says what is expected of each.
 * @param {Scene} scene @param {string} row @param {Record<string, string>} pages @param {(name: string) => import("./attack.mjs").Expected} expected @returns {Row[]}
 */
function rows({ sites }, row, pages, expected) {
  return Object.entries(pages).map(([name, html], index) => {
    const page = `${row.replaceAll(/\W+/g, "-")}-${index}`;
    sites.page(page, html);
    return { row: `${row} ${name}`, url: sites.at("ledger", "/login", page), ...expected(name) };
  });
}

attacks("what a form may be like", {
  "what a person can't see is not filled": async (scene) => {
    // What lies over a form may be meant for it, and only the person knows.
    const asked = /covered|behind|mask/;
    await scene.tryAll(
      [
        ...rows(scene, "C5", HIDDEN, (name) => ({ expect: "refused", says: asked.test(name) ? SAYS.doubtful : SAYS.noForm })),
        ...rows(scene, "C5 the password only:", HALF_HIDDEN, () => ({ expect: "no-password" })),
      ],
      KNOWN_FAILURES,
    );
  },

  "whatever a page calls its elements, the right form is filled or none": async (scene) => {
    await scene.tryAll(rows(scene, "C8", CLOBBERED, () => ({ expect: "safe" })), KNOWN_FAILURES);
  },

  "exactly the two fields are filled, and among equals the person decides": async (scene) => {
    const rooted = Object.fromEntries(Object.entries(ROOTED).map(([name, [, html]]) => [name, html]));
    const three = page([1, 2, 3].map((number) => form().replaceAll(/id="([a-z]+)"/g, `id="$1${number}"`)).join(""));
    await scene.tryAll(
      [
        ...rows(scene, "C6", DECOYS, () => ({ expect: "filled" })),
        ...rows(scene, "C7", { "three of the same": three }, () => ({ expect: "refused", says: SAYS.several })),
        ...rows(scene, "C10", rooted, (name) => ROOTED[name][0]),
      ],
      KNOWN_FAILURES,
    );
  },
});
