// @ts-check
/** Plans beside labels: what was right, and what would have done harm. */
import { readFileSync } from "node:fs";

/**
 * @typedef {import("./labels.mjs").Page} Page
 * @typedef {import("./browse.mjs").Seen} Seen
 * @typedef {[good: number, of: number]} Share
 * @typedef {Record<string, Share>} Counts
 * @typedef {{page: Page, seen: Seen, counts: Counts}} Judged
 */

/** What a page adds to every score. @param {Page} page @param {Seen} seen @returns {Counts} */
export function count(page, { truth, plan }) {
  const is = (/** @type {string} */ role, /** @type {number | undefined | null} */ at) => typeof at === "number" && (truth[role] ?? []).includes(at);
  const written = (/** @type {string} */ field) => plan.fields.find((filled) => filled.field === field)?.at;
  const right = (/** @type {string} */ field) => !truth[field]?.length || is(field, written(field));
  const leaks = plan.fields.some(({ field, at }) => field === "password" && is("newPassword", at));
  /** @type {Counts} */
  const counts = {};
  /** @param {string} score @param {boolean} good */
  const add = (score, good) => {
    counts[score] = [good ? 1 : 0, 1];
  };
  if (page.kind === "login") {
    const both = right("username") && right("password");
    add("username", right("username"));
    add("password", right("password"));
    add("both", both);
    const open = (/** @type {string} */ field) => page.truth[field]?.some(({ visible, disabled }) => visible !== false && !disabled) ?? true;
    if (open("username") && open("password")) add("both, where one can type", both);
    add("one_form", both && plan.fields.every(({ at }) => is("username", at) || is("password", at)));
  } else if (page.kind === "login-step-username") add("step_username", is("username", written("username")));
  else if (page.kind === "login-step-password") add("step_password", is("password", written("password")));
  else if (page.kind === "signup") {
    add("signup_false_fill", leaks);
    add("signup_identity_fill", plan.fields.some(({ at }) => is("signupIdentity", at)));
  } else if (page.kind === "change-password") add("change_false_fill", leaks);
  else add("other_fill", plan.fields.length > 0);
  if (truth.submit?.length) {
    add("submit_found", is("submit", plan.button));
    add("submit_wrong", typeof plan.button === "number" && !is("submit", plan.button));
  }
  if (plan.fields.length > 0) add("asked_first", Boolean(plan.doubt));
  return counts;
}

const KEYS = ["both", "one_form", "step_username", "signup_false_fill", "change_false_fill", "other_fill", "submit_found", "submit_wrong"];

/** @param {Judged[]} judged @returns {Record<string, Share>} */
function sums(judged) {
  /** @type {Record<string, Share>} */
  const sums = {};
  for (const { counts } of judged)
    for (const [score, [good, of]] of Object.entries(counts)) {
      const sum = (sums[score] ??= [0, 0]);
      sum[0] += good;
      sum[1] += of;
    }
  return sums;
}

/** @param {Judged[]} judged @param {number} part */
function milliseconds(judged, part) {
  const times = judged.map(({ seen }) => seen.probed + (seen.planned ?? 0)).sort((one, other) => one - other);
  return times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0;
}

/** The scores as they are kept: shares of one and milliseconds. @param {Judged[]} judged @returns {Record<string, number>} */
export function scores(judged) {
  const all = sums(judged);
  const shares = KEYS.map((key) => [key, all[key] ? all[key][0] / all[key][1] : 0]);
  return { pages: judged.length, ...Object.fromEntries(shares), ms_median: milliseconds(judged, 0.5), ms_p99: milliseconds(judged, 0.99) };
}

/** @param {Judged[]} judged @param {Record<string, number>} total @param {Partial<import("./browse.mjs").Browsed>} found */
export function table(judged, total, { many, waited = {} }) {
  const rows = Object.entries(sums(judged)).map(([score, [good, of]]) => [score.replaceAll("_", " "), `${((100 * good) / of).toFixed(1)} % (${good} of ${of})`]);
  rows.push(["probe and plan", `median ${total.ms_median?.toFixed(1)} ms, p99 ${total.ms_p99?.toFixed(1)} ms`]);
  if (many !== undefined) rows.push(["probe of 5,000 controls", `${many.toFixed(1)} ms`]);
  for (const [page, { script, looks, seen }] of Object.entries(waited))
    rows.push([`waiting five seconds, ${page}`, `${script.toFixed(0)} ms of script in ${looks} looks; a form is seen after ${seen.toFixed(0)} ms`]);
  return ["| score | value |", "|---|---|", ...rows.map((row) => `| ${row.join(" | ")} |`)].join("\n");
}

const HALVES = 200;

/** How far the scores of random halves lie apart: what other pages of the same sources may differ by. @param {Judged[]} judged */
export function folds(judged) {
  // The same halves each time, so that two versions can be compared.
  let state = 1;
  const random = () => (state = (state * 48271) % 2147483647) / 2147483647;
  /** @type {Record<string, number[]>} */
  const values = {};
  for (let half = 0; half < HALVES; half += 1)
    for (const [key, [good, of]] of Object.entries(sums(judged.filter(() => random() < 0.5))))
      if (KEYS.includes(key)) (values[key] ??= []).push((100 * good) / of);
  const rows = Object.entries(values).map(([key, list]) => {
    list.sort((one, other) => one - other);
    const at = (/** @type {number} */ part) => `${(list[Math.floor((list.length - 1) * part)] ?? 0).toFixed(1)} %`;
    return `| ${key.replaceAll("_", " ")} | ${at(0.05)} | ${at(0.5)} | ${at(0.95)} |`;
  });
  return [`| ${HALVES} random halves | 5 of 100 are below | middle | 5 of 100 are above |`, "|---|---|---|---|", ...rows].join("\n");
}

/** The names of an enumeration, in its order. @param {string} file @param {string} name */
function names(file, name) {
  const source = readFileSync(new URL(`../../../src/form/${file}.rs`, import.meta.url), "utf8");
  const body = new RegExp(`pub enum ${name} \\{([^}]*)\\}`).exec(source)?.[1] ?? "";
  return Array.from(body.matchAll(/^ {4}(\w+),$/gm), (match) => match[1]);
}
const CLUES = names("clue", "Clue");
const SCENARIOS = names("scenario", "Scenario");

/** What was chosen on a page and why. @param {Judged} judged */
export function details({ page, seen, counts }) {
  const { plan, snapshot } = seen;
  const brief = (/** @type {number | null} */ at) => {
    const control = at === null ? undefined : snapshot.controls[at];
    return control ? [at, control.tag, control.type, control.name, control.id, control.label, control.text].filter((part) => part !== undefined).join(" ") : null;
  };
  const good = { username: 1, password: 1, both: 1, "both, where one can type": 1, one_form: 1, step_username: 1, step_password: 1, submit_found: 1, asked_first: 0 };
  return {
    id: page.id, kind: page.kind,
    wrong: Object.entries(counts).filter(([score, [value]]) => score !== "asked_first" && value !== (good[/** @type {keyof typeof good} */ (score)] ?? 0)).map(([score]) => score),
    filled: plan.fields.map(({ field, at }) => ({ field, control: brief(at) })), button: brief(plan.button),
    ...(plan.doubt ? { doubt: plan.doubt } : {}), ...(plan.refusal ? { refusal: plan.refusal } : {}),
    labelled: Object.fromEntries(Object.entries(seen.truth).map(([role, list]) => [role, list.map(brief)])),
    groups: plan.groups.map((/** @type {any} */ group) => ({
      ...group, scenario: SCENARIOS[group.scenario],
      clues: group.clues.map((/** @type {number[]} */ [clue, times, weight]) => `${CLUES[clue ?? -1]}×${times} ${weight}`),
    })),
    probed: seen.probed, planned: seen.planned,
  };
}
