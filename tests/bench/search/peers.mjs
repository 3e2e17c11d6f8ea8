// @ts-check
/**
 * Runs in the page: ours and the peers, each as a function from what was typed to the places of the first hits. Every peer as
 * its own documentation sets it up for such a list: all fields, diacritics folded, words in any order, typos, where it can.
 */

/** @typedef {{id: string, name: string, keywords?: string[], description?: string, launch_url?: string}} App */
/** @typedef {(typed: string) => number[]} Search */

/** Rows that are painted at first. */
export const SHOWN = 30;

/** @type {Record<string, (apps: App[]) => Promise<Search>>} */
export const searches = {
  ours: async (apps) => {
    const { prepare, find } = await finder();
    prepare(list(apps));
    return (typed) => places(JSON.parse(find(typed, SHOWN)));
  },

  // fusejs.io/api/options: the whole name counts, not only its beginning; a name weighs more than a keyword.
  "Fuse.js": async (apps) => {
    const { default: Fuse } = await import(/** @type {any} */ ("/modules/fuse.js/dist/fuse.mjs"));
    const fuse = new Fuse(apps, { keys: [{ name: "name", weight: 2 }, { name: "keywords", weight: 1 }], ignoreLocation: true, ignoreDiacritics: true, threshold: 0.4 });
    return (typed) => fuse.search(typed.trim(), { limit: SHOWN }).map((/** @type {{refIndex: number}} */ hit) => hit.refIndex);
  },

  // Its README: one mistake in a term, words in any order, Latin letters without diacritics.
  uFuzzy: (apps) => uFuzzy(apps, {}),

  // As before, with the README's settings for other alphabets.
  "uFuzzy, Unicode": (apps) =>
    uFuzzy(apps, {
      unicode: true,
      interSplit: "[^\\p{L}\\d']+",
      intraSplit: "\\p{Ll}\\p{Lu}",
      intraBound: "\\p{L}\\d|\\d\\p{L}|\\p{Ll}\\p{Lu}",
      intraChars: "[\\p{L}\\d']",
      intraContr: "'\\p{L}{1,2}\\b",
    }),

  // lucaong.github.io/minisearch: prefixes, mistakes in a fifth of the letters, names before keywords; all words first.
  MiniSearch: async (apps) => {
    const { default: MiniSearch } = await import(/** @type {any} */ ("/modules/minisearch/dist/es/index.js"));
    const processTerm = (/** @type {string} */ term) => term.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
    const index = new MiniSearch({ fields: ["name", "keywords"], idField: "place", processTerm, searchOptions: { prefix: true, fuzzy: 0.2, boost: { name: 2 }, combineWith: "AND" } });
    index.addAll(apps.map(({ name, keywords = [] }, place) => ({ place, name, keywords: keywords.join(" ") })));
    return (typed) => index.search(typed).slice(0, SHOWN).map((/** @type {{id: number}} */ hit) => hit.id);
  },

  // fzf.netlify.app: words in any order (extended match), shorter names first.
  "fzf-for-js": async (apps) => {
    const { Fzf, extendedMatch, byLengthAsc, byStartAsc } = await import(/** @type {any} */ ("/modules/fzf/dist/fzf.es.js"));
    const places = apps.map((_, place) => place);
    const fzf = new Fzf(places, { selector: (/** @type {number} */ place) => text(apps[place]), match: extendedMatch, tiebreakers: [byLengthAsc, byStartAsc], casing: "case-insensitive", limit: SHOWN });
    return (typed) => fzf.find(typed.trim()).map((/** @type {{item: number}} */ hit) => hit.item);
  },

  // Its README, "match many words across multiple fields".
  "match-sorter": async (apps) => {
    await import(/** @type {any} */ ("/modules/match-sorter/dist/match-sorter.umd.js"));
    const { matchSorter } = /** @type {any} */ (globalThis).matchSorter;
    const items = apps.map(({ name, keywords }, place) => ({ place, name, keywords }));
    return (typed) =>
      typed.trim().split(/\s+/).reduceRight((found, word) => matchSorter(found, word, { keys: ["name", "keywords"] }), items).slice(0, SHOWN).map(({ place }) => place);
  },
};

/** The module as it ships, with all that it answers: the popup is told what to mark, too. @returns {Promise<typeof import("../../../extension/wasm/finder.js")>} */
export async function finder() {
  const module = await import(/** @type {any} */ ("/shipped.js"));
  await module.default({ module_or_path: "/shipped.wasm" });
  return module;
}

/** The list as the popup hands it over, of apps that nobody renamed; see `List::write` in src/finding.rs. @param {App[]} apps */
export function list(apps) {
  const line = (/** @type {App} */ { name, launch_url = "", description = "", keywords = [] }) => ["0", name, "", launch_url, description, ...keywords];
  return apps.map((app) => `${line(app).map((field) => field.replace(/\s+/g, " ")).join("\t")}\n`).join("");
}

/** The places in an answer; see src/search/finder.rs. @param {number[]} answer */
function places(answer) {
  const found = [];
  for (let at = 1; at < answer.length; at += 2 + 2 * (answer[at + 1] ?? 0)) found.push(answer[at] ?? 0);
  return found;
}

/** @param {App | undefined} app */
const text = (app) => [app?.name, ...(app?.keywords ?? [])].join(" ");

/** @param {App[]} apps @param {object} alphabet @returns {Promise<Search>} */
async function uFuzzy(apps, alphabet) {
  const { default: UFuzzy } = await import(/** @type {any} */ ("/modules/@leeoniya/ufuzzy/dist/uFuzzy.mjs"));
  const fuzzy = new UFuzzy({ intraMode: 1, intraIns: 1, intraSub: 1, intraTrn: 1, intraDel: 1, ...alphabet });
  const haystack = UFuzzy.latinize(apps.map(text));
  return (typed) => {
    const [places, info, order] = fuzzy.search(haystack, UFuzzy.latinize([typed.trim()])[0], 5, 1000);
    if (!places) return [];
    return order ? order.slice(0, SHOWN).map((/** @type {number} */ at) => info.idx[at]) : places.slice(0, SHOWN);
  };
}
