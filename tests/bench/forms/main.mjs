// @ts-check
/**
 * How pages are judged:
 * `./build.sh bench forms [FOLDER] [--json FILE] [--details FILE] [--folds] [--strict] [--save FILE | --from FILE]`.
 *
 * FOLDER, tests/pages if none is named, holds `labels.json` ({pages: [{id, file, kind, scored, truth}]}) and the pages it
 * names. Every page is served at an address that tells nothing, to a real Chromium without a way to the network.
 * `extension/page/form.js` looks at it in a world of its own, as in the extension, and the core, compiled with the
 * extension's options, plans in the same browser. Scores are shares of the pages with `scored: true`:
 *
 *   both, one_form     a labelled user name and a labelled password were chosen; and nothing else is filled (sign-in pages)
 *   step_username      a labelled user name was chosen (pages that ask for nothing else)
 *   signup_false_fill  the stored password went into a labelled new password; so for change_false_fill
 *   other_fill         anything was filled on a page of another kind
 *   submit_found       the labelled control was chosen, of the pages that label one; submit_wrong: another one was
 *
 * A plan counts as a fill whether or not a person would be asked first; how many would be is printed. A label that names a
 * wrapper or a part of one control means that control. Some labels name what nobody can type into, because it is hidden or
 * disabled; these are never filled and count as wrong, and the table says how it would be without those pages. Times are of
 * the look, after the page was painted, and of what the worker does with the answer: text, reading, plan. It is the first look
 * at the page by code that was never run, as it is for a person. Waiting is looking again and again, as the product does, at
 * pages of ours that change in every frame; the time is that of all looks in five seconds.
 *
 * `--strict` ends with 1 if a page is wrong that has no `known` reason in its label, or right in spite of one. `--folds`
 * prints how far the scores of random halves lie apart. `--save` keeps what was seen, `--from` plans it anew
 * without a browser. CHROMIUM names the browser.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { browse } from "./browse.mjs";
import { Unusable, readLabels } from "./labels.mjs";
import { plannerHere } from "./planner.mjs";
import { count, details, folds, scores, table } from "./score.mjs";

/** @typedef {import("./browse.mjs").Seen} Seen */

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: "string" }, details: { type: "string" }, save: { type: "string" }, from: { type: "string" }, folds: { type: "boolean" }, strict: { type: "boolean" } },
  });
  if (positionals.length > 1) throw new Unusable(`one folder at a time: ${positionals.join(", ")}.`);
  const folder = positionals[0] ?? new URL("../../pages", import.meta.url).pathname;
  const pages = readLabels(folder);

  /** @type {{seen: Seen[]} & Partial<import("./browse.mjs").Browsed>} */
  const found = values.from ? { seen: JSON.parse(readFileSync(values.from, "utf8")) } : await browse(folder, pages);
  if (values.save) writeFileSync(values.save, JSON.stringify(found.seen));
  if (values.from) {
    const planner = await plannerHere();
    for (const page of found.seen) Object.assign(page, planner(page.snapshot));
  }

  const judged = pages.map((page, place) => {
    const seen = found.seen[place];
    if (seen?.id !== page.id) throw new Unusable(`${values.from} was saved from another folder: it has ${seen?.id} where ${page.id} is labelled.`);
    return { page, seen, counts: count(page, seen) };
  });
  const total = scores(judged);
  console.log(table(judged, total, found));
  if (values.folds) console.log(`\n${folds(judged)}`);
  if (values.json) writeFileSync(values.json, `${JSON.stringify(total, null, 1)}\n`);
  const told = judged.map(details);
  if (values.details) writeFileSync(values.details, told.map((page) => `${JSON.stringify(page)}\n`).join(""));
  if (!values.strict) return;
  for (const [place, { id, wrong }] of told.entries()) {
    const known = pages[place]?.known;
    if (wrong.length > 0 === Boolean(known)) continue;
    console.error(known ? `bench forms: ${id} is right now; its label need not say otherwise.` : `bench forms: ${id} is wrong: ${wrong.join(", ")}.`);
    process.exitCode = 1;
  }
}

try {
  await main();
} catch (error) {
  const known = error instanceof Unusable || /** @type {any} */ (error).code?.startsWith("ERR_PARSE_ARGS") || /** @type {any} */ (error).code === "ENOENT";
  if (!known) throw error;
  console.error(`bench forms: ${/** @type {Error} */ (error).message}`);
  process.exitCode = 2;
}
