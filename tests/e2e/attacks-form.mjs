// @ts-check
/** What a form may be like: hidden, clobbered, in a root of its own, among decoys. Rows C5–C8 and C10 of docs/threat-model.md. */
import { CLOBBERED, DECOYS, ROOTED, TOGETHER } from "../pages/hostile/clobbered.mjs";
import { APART, HALF_HIDDEN, HIDDEN, allApart } from "../pages/hostile/hidden.mjs";
import { form, page } from "../pages/hostile/parts.mjs";
import { SAYS } from "./attack.mjs";

/** @typedef {import("./attack.mjs").Row} Row */
/** @typedef {import("./attack.mjs").Expected} Expected */
/** @typedef {import("./attack.mjs").Scene} Scene */

/**
 * Serves the pages, and says what is expected of each.
 * @param {Scene} scene @param {string} row @param {Record<string, string>} pages @param {(name: string) => Expected} expected @returns {Row[]}
 */
function rows({ sites }, row, pages, expected) {
  return Object.entries(pages).map(([name, html], index) => {
    const page = `${row.replaceAll(/\W+/g, "-")}-${index}`;
    sites.page(page, html);
    return { row: `${row} ${name}`, page, ...expected(name) };
  });
}

/** @type {import("./attack.mjs").Attempts} */
const attempts = {
  "what a person can't see is not filled": async (scene) => {
    /** @type {Expected} */
    const unseen = { expect: "refused", says: SAYS.noForm };
    const parts = rows(scene, "C5", Object.fromEntries(Object.entries(APART).map(([name, html]) => [name, page(html)])), () => unseen);
    const all = rows(scene, "C5 all of", { these: allApart(), "these, beside a form that can be seen": allApart(form()) }, (name) =>
      name === "these" ? unseen : { expect: "filled" });
    // What lies over a form may be meant for it, and only the person knows.
    const asked = /covered|behind|mask/;
    await scene.tryAll([
      ...all.map((row) => ({ ...row, parts })),
      ...rows(scene, "C5 alone", HIDDEN, (name) => (asked.test(name) ? { expect: "refused", says: SAYS.doubtful } : unseen)),
      ...rows(scene, "C5 the password only:", HALF_HIDDEN, () => ({ expect: "no-password" })),
    ]);
  },

  "whatever a page calls its elements, the right form is filled": async (scene) => {
    const together = Object.entries(TOGETHER).flatMap(([kind, [html, apart]]) =>
      rows(scene, `C8 ${kind}`, { together: html }, () => ({ expect: "filled" })).map((row) => ({
        ...row, parts: rows(scene, `C8 ${kind}, one`, apart, () => ({ expect: "filled" })),
      })));
    await scene.tryAll([...together, ...rows(scene, "C8", CLOBBERED, () => ({ expect: "filled" }))]);
  },

  "exactly the two fields are filled, and among equals the person decides": async (scene) => {
    const rooted = Object.fromEntries(Object.entries(ROOTED).map(([name, [, html]]) => [name, html]));
    const three = page([1, 2, 3].map((number) => form().replaceAll(/id="([a-z]+)"/g, `id="$1${number}"`)).join(""));
    await scene.tryAll([
      ...rows(scene, "C6", DECOYS, () => ({ expect: "filled" })),
      ...rows(scene, "C7", { "three of the same": three }, () => ({ expect: "refused", says: SAYS.several })),
      ...rows(scene, "C10", rooted, (name) => ROOTED[name][0]),
    ]);
  },
};

export default attempts;
