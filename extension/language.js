// @ts-check
/**
 * The person's language: the browser's, as far as we have it, or the one that was chosen in the settings or decided by the
 * company. The module asks for every sentence here, by its global name and with the values to put in.
 *
 * Everything goes by the catalogue that is really read, which says itself what language it is in: a browser in a language that
 * we do not have gets English sentences, and those follow English rules and are not mirrored.
 */
Object.assign(globalThis, { sentence });

/** What was decided and what was chosen when the messages were read. */
let read = " ";
/** The messages of that language; none for the browser's, which the browser's own functions read. @type {Record<string, {message: string}> | undefined} */
let catalogue;

/**
 * Takes up the language that holds now, and has the page follow it: the company's, else the chosen one, else the browser's. The
 * choice lies where the worker can read it too. If it can't be read, it stays as it is. A page may have asked for both before
 * it had this script.
 */
export async function speak(asked = askLanguage()) {
  try {
    const [company, { language = "" }] = await asked;
    const fixed = decided(company);
    if (read !== `${fixed} ${language}`) {
      catalogue = (await messages(fixed).catch(() => undefined)) ?? (await messages(language));
      read = `${fixed} ${language}`;
    }
  } catch {
    // Nothing is lost but the choice: all sentences exist in the browser's language.
  }
  // The worker has no page.
  if (globalThis.document) Object.assign(document.documentElement, { lang: message("language"), dir: message("direction") });
}

/** What the company decided and what was chosen, as they are stored. Firefox has no such storage where there is no policy. */
export const askLanguage = () => Promise.all([chrome.storage.managed.get("language").catch(() => ({})), chrome.storage.local.get("language")]);

/** The language that the company decided, as `_locales` names it; empty if it decided none. @param {{language?: unknown}} company */
export const decided = ({ language }) => (typeof language === "string" ? language.replace("-", "_") : "");

/** Fails where we do not have it, or it can't be read. @param {string} language @returns {Promise<Record<string, {message: string}> | undefined>} nothing if it is none */
async function messages(language) {
  if (!/^[a-z]{2}(_[A-Z]{2})?$/.test(language)) return undefined;
  return (await fetch(chrome.runtime.getURL(`_locales/${language}/messages.json`))).json();
}

/** Letters that are written from right to left. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;

/**
 * The sentence under a key. The value of a key that ends in `_moment` is one, in milliseconds since 1970. A key that ends in
 * `_other` is one of a family, of which the first value, a number, decides: every language has its own for one, two, few or many.
 * @param {string} key @param {string[]} values
 */
export function sentence(key, values) {
  if (key.endsWith("_moment")) return message(key, values.map(moment));
  if (!key.endsWith("_other")) return message(key, values.map(isolated));
  const language = spoken();
  const category = new Intl.PluralRules(language).select(Number(values[0]));
  const numbers = values.map((value) => new Intl.NumberFormat(language).format(Number(value)));
  return message(key.replace(/other$/, category), numbers) || message(key, numbers);
}

/** A moment as one would say it. @param {string} value */
const moment = (value) => isolated(new Intl.DateTimeFormat(spoken(), { month: "short", day: "numeric", hour: "numeric", minute: "2-digit" }).format(Number(value)));

/** What the catalogue has under a key. @param {string} key @param {string[]} [values] @returns {string} */
function message(key, values = []) {
  if (!catalogue) return chrome.i18n.getMessage(key, values);
  return (catalogue[key]?.message ?? "").replace(/\$([1-9])/g, (_, number) => values[number - 1] ?? "");
}

/** The catalogue's language, in the browser's variety of it: Swiss German has its own way of writing numbers. */
function spoken() {
  const [language, browser] = [message("language"), chrome.i18n.getUILanguage()];
  return browser.startsWith(`${language}-`) ? browser : language;
}

/** A name or address that keeps its own direction among words of the other one. @param {string} value */
function isolated(value) {
  return RIGHT_TO_LEFT.test(value) || message("direction") === "rtl" ? `\u2068${value}\u2069` : value;
}
