// @ts-check
/**
 * Runs in the page: ours and the peers, each as a function from what was typed to the places of the first hits. Every peer as
 * its own documentation sets it up for such a list: all fields, diacritics folded, words in any order, typos, where it can.
 */

/** @typedef {{id: string, name: string, keywords?: string[]}} App */
/** @typedef {(typed: string) => number[]} Search */

/** Rows that are painted at first. */
export const SHOWN = 30;

/** @type {Record<string, (apps: App[]) => Promise<Search>>} */
export const searches = {
  ours: async (apps) => {
    const core = await import(/** @type {any} */ ("/search.js"));
    await core.default({ module_or_path: "/search.wasm" });
    const bench = new core.Bench(JSON.stringify(apps));
    bench.prepare();
    return (typed) => Array.from(bench.search(typed, SHOWN));
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
