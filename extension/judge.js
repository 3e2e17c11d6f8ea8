// @ts-check
/**
 * Looks at a page and has its forms judged, by a module of its own that loads beside the first look. What stands in the
 * page goes no further than here: what is handed on says where it is and what may be written into it.
 */
import init, { examine, judge, teach } from "./wasm/judge.js";

/** @type {Promise<void> | undefined} */
let loading;

/** The judge with its words, loaded on the first call. A failed load is tried again by the next look. */
function load() {
  if (!loading) {
    const words = fetch(chrome.runtime.getURL("words.txt")).then((response) => response.text());
    loading = Promise.all([words, init()]).then(([words]) => teach(words));
    loading.catch(() => (loading = undefined));
  }
  return loading;
}

/**
 * @param {{args: object[]}} details  where the page function looks and what for, as the browser takes it
 * @param {string} description  what an administrator said about the app's form, as JSON; may be empty
 * @returns {Promise<{document: string, judgement?: string, examination?: string}[]>}  one for each document that showed
 *   something, and what it offers to be taught if that was asked for
 */
export async function look(details, description) {
  const [results] = await Promise.all([chrome.scripting.executeScript(details), load()]);
  // A page function that returns nothing was stopped by the page's end, or is in a frame that is not asked.
  const seen = results.filter((/** @type {{result?: object}} */ { result }) => result);
  const isLesson = details.args.some((command) => "teach" in command);
  return seen.map((/** @type {{documentId: string, result: object}} */ { documentId, result }) => {
    const text = JSON.stringify(result);
    return { document: documentId, judgement: judge(text, description), examination: isLesson ? examine(text) : undefined };
  });
}
