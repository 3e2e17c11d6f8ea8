// @ts-check
/**
 * Puts sentences into the catalogues of extension/_locales, for whoever adds or changes some in every language:
 *
 *   node scripts/sentences.mjs <FILE
 *
 * Each line of the file is a language, a key and the sentence, with tabs between them. English comes first, by hand, with what
 * translators should know; the others follow its order, and lose what it has no more. An empty file only puts them in order.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { text } from "node:stream/consumers";

/** @typedef {Record<string, {message: string, description?: string}>} Catalogue */

const catalogues = new URL("../extension/_locales/", import.meta.url);
/** The categories of plurals, in the order in which a family stands. */
const CATEGORIES = ["zero", "one", "two", "few", "many", "other"];

/** @param {string} language */
const file = (language) => new URL(`${language}/messages.json`, catalogues);
/** @param {string} language @returns {Catalogue} */
const read = (language) => JSON.parse(readFileSync(file(language), "utf8"));
/** A key, or all of its family. @param {string} key */
const family = (key) => key.replace(/_(zero|one|two|few|many|other)$/, "");

const languages = readdirSync(catalogues);
const all = Object.fromEntries(languages.map((language) => [language, read(language)]));
for (const line of (await text(process.stdin)).split("\n").filter((line) => line.trim())) {
  const [language, key, message, ...rest] = line.split("\t");
  if (!message || rest.length > 0) throw new Error(`This is not “language, key, sentence” with tabs between them: ${line}`);
  if (!all[language]) throw new Error(`There is no folder for the language ${language}.`);
  all[language][key] = { ...all[language][key], message: message.trim() };
}
const order = [...new Set(Object.keys(all.en).map(family))];
for (const [language, catalogue] of Object.entries(all)) {
  const keys = order.flatMap((key) => [key, ...CATEGORIES.map((category) => `${key}_${category}`)]);
  const sorted = Object.fromEntries(keys.filter((key) => catalogue[key]).map((key) => [key, catalogue[key]]));
  writeFileSync(file(language), `${JSON.stringify(sorted, null, 2)}\n`);
}
