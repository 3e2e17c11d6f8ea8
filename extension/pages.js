// @ts-check
/**
 * The way into pages: `look` runs the page function and has judged what it saw, by a module of its own that loads beside the
 * first look; `run` has it do something. What stands in a page goes no further than here: what is handed on says where it is
 * and what may be written into it.
 */
import init, { examine, judge, teach } from "./wasm/judge.js";
import { once } from "./browser.js";
import { form } from "./page/form.js";

/** @typedef {{target: object, args: object[]}} Details  where the page function runs and what for, as the browser takes it */

/** The judge with its words. */
export const load = once(async () => {
  const [words] = await Promise.all([fetch(chrome.runtime.getURL("words.txt")).then((response) => response.text()), init()]);
  teach(words);
});

/**
 * Runs the page function, the only one of ours that touches a page.
 * @param {Details} details
 * @returns {Promise<{documentId: string, result?: object}[]>}  for each document that it ran in
 */
export function run(details) {
  return chrome.scripting.executeScript({ ...details, func: form, injectImmediately: true });
}

/**
 * @param {Details} details
 * @param {string} description  what an administrator said about the app's form, as JSON; may be empty
 * @returns {Promise<{document: string, judgement?: string, examination?: string}[]>}  one for each document that showed
 *   something, and what it offers to be taught if that was asked for
 */
export async function look(details, description) {
  const [results] = await Promise.all([run(details), load()]);
  const isLesson = details.args.some((command) => "teach" in command);
  // A page function that returns nothing was stopped by the page's end, or is in a frame that is not asked.
  return results.flatMap(({ documentId, result }) => {
    if (!result) return [];
    const text = JSON.stringify(result);
    return [{ document: documentId, judgement: judge(text, description), examination: isLesson ? examine(text) : undefined }];
  });
}
