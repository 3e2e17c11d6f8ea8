// @ts-check
/** The sentences of the extension, for stories that are told in several languages. */
import { readFileSync } from "node:fs";

/**
 * What to wait for, by the key of a sentence: of one with values, its longest piece between them.
 * @param {string} language the folder of a catalogue
 * @returns {(key: string) => string}
 */
export function sentences(language) {
  const catalogue = JSON.parse(readFileSync(new URL(`../../extension/_locales/${language}/messages.json`, import.meta.url), "utf8"));
  return (key) => {
    const pieces = /** @type {string[]} */ (catalogue[key].message.split(/\$\d/));
    return pieces.reduce((longest, piece) => (piece.length > longest.length ? piece : longest)).trim();
  };
}
