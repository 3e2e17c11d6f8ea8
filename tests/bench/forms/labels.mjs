// @ts-check
/** The labels of a folder of pages, or a sentence that says what is wrong with them. */
import { readFileSync, statSync } from "node:fs";
import { join, resolve, sep } from "node:path";

/** Nothing can be measured; the message is for a person. */
export class Unusable extends Error {}

/**
 * @typedef {"login" | "login-step-username" | "login-step-password" | "signup" | "change-password" | "other"} Kind
 * @typedef {{path?: string, selector?: string, visible?: boolean, disabled?: boolean | null}} Target
 * @typedef {{id: string, file: string, kind: Kind, truth: Record<string, Target[]>, known?: string}} Page  `known` says why it is judged wrongly
 */

const KINDS = ["login", "login-step-username", "login-step-password", "signup", "change-password", "other"];

/** The pages that count. @param {string} folder @returns {Page[]} */
export function readLabels(folder) {
  const place = join(folder, "labels.json");
  const labels = json(place);
  if (!Array.isArray(labels?.pages)) throw new Unusable(`${place} has no list of pages.`);
  const pages = labels.pages.filter((/** @type {any} */ page) => page?.scored);
  if (pages.length === 0) throw new Unusable(`${place} has no page that is scored.`);
  const known = new Set();
  for (const page of pages) {
    const wrong = flaw(folder, page) ?? (known.has(page.id) ? "is there twice" : undefined);
    if (wrong) throw new Unusable(`${place}: the page ${JSON.stringify(page.id ?? page.file ?? page)} ${wrong}.`);
    known.add(page.id);
  }
  return pages;
}

/** @param {string} place */
function json(place) {
  let text;
  try {
    text = readFileSync(place, "utf8");
  } catch {
    throw new Unusable(`there is no ${place}; name a folder of labelled pages.`);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Unusable(`${place} is not JSON: ${/** @type {Error} */ (error).message}.`);
  }
}

/** @param {string} folder @param {any} page @returns {string | undefined} */
function flaw(folder, page) {
  if (typeof page.id !== "string") return "has no id";
  if (typeof page.file !== "string") return "names no file";
  const file = resolve(folder, page.file);
  if (!file.startsWith(resolve(folder) + sep)) return "lies outside of the folder";
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return `names the file ${page.file}, which is not there`;
  if (!KINDS.includes(page.kind)) return `is of the kind ${JSON.stringify(page.kind)}; known are ${KINDS.join(", ")}`;
  if (typeof page.truth !== "object" || page.truth === null) return "has no truth";
  for (const [role, targets] of Object.entries(page.truth)) {
    if (!Array.isArray(targets)) return `has no list under ${role}`;
    for (const target of targets)
      if (typeof target?.path !== "string" && typeof target?.selector !== "string") return `has a target without path and selector under ${role}`;
  }
  return undefined;
}
