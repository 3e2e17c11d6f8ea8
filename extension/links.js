// @ts-check
/**
 * Internal addresses that lead to external ones: asks the browser, the portal and the network what the module wants to know, and
 * does what it says. The module is one of its own, which most wakings of the worker do without.
 */
import { once, send } from "./browser.js";
import init, { Keeper } from "./wasm/links.js";

/** The alarm by which the network is looked at again; its name is the worker's job. */
const ALARM = "links";
const MINUTES = 15;
/** An address that has not answered by then does not answer. */
const PATIENCE = 3_000;
/** What a policy may say; all values, because Firefox has none where there is no policy. */
const POLICY = ["links", "linksProbe"];

const load = once(init);

/**
 * Looks at everything anew, and makes the browser lead where it should. One after the other: whatever was asked for last holds.
 * @param {string} account  empty if nobody is signed in
 * @param {Parameters<typeof send>[0] | null} request  for the portal's map
 * @param {boolean} isNetworkNew  what is known of the network is of another one
 */
export async function keepLinks(account, request, isNetworkNew) {
  await load();
  await navigator.locks.request("links", async () => {
    const { origins } = await chrome.permissions.getAll();
    await keep(new Keeper(account, JSON.stringify(origins), Date.now()), request, isNetworkNew);
  });
}

/** @param {Keeper} keeper @param {Parameters<typeof send>[0] | null} request @param {boolean} isNetworkNew */
async function keep(keeper, request, isNetworkNew) {
  const { local, session, managed } = chrome.storage;
  const [known, policy] = await Promise.all([session.get(["links_network", "links_report"]), managed.get(POLICY).catch(() => ({}))]);
  // Alone: what is forgotten with an account must not take along what is switched on a page of ours in this moment.
  const { etag, kept } = await navigator.locks.request("memory", async () => {
    const before = await local.get(["links", "links_tag", "links_off"]);
    for (const [key, text] of Object.entries({ ...before, ...known, policy: JSON.stringify(policy) })) keeper.found(key, String(text));
    if (isNetworkNew) keeper.came_online();
    const etag = keeper.question();
    const kept = JSON.parse(keeper.kept());
    await write(local, before, kept);
    return { etag, kept };
  });
  if (etag !== undefined && request) {
    if (etag) request.headers["If-None-Match"] = etag;
    const answer = await send(request);
    if ("error" in answer) keeper.answered(0, undefined, "");
    else keeper.answered(answer.status, answer.etag ?? undefined, answer.body);
    await write(local, kept, JSON.parse(keeper.kept()));
  }
  keeper.learned(JSON.stringify(await answers(JSON.parse(keeper.addresses()))));
  const unusable = await redirect(keeper.rules());
  const report = keeper.report(JSON.stringify(unusable));
  await (report ? chrome.alarms.create(ALARM, { periodInMinutes: MINUTES }) : chrome.alarms.clear(ALARM));
  await write(session, known, { links_network: report && keeper.network(), links_report: report });
  keeper.free();
}

/** Writes what differs; an empty text goes. @param {any} area @param {Record<string, string>} before @param {Record<string, string>} after */
async function write(area, before, after) {
  const changed = Object.entries(after).filter(([key, text]) => text !== (before[key] ?? ""));
  const gone = changed.filter(([, text]) => !text);
  await area.set(Object.fromEntries(changed.filter(([, text]) => text)));
  await area.remove(gone.map(([key]) => key));
}

/**
 * @typedef {object} Rule
 * @property {number} id
 * @property {number} priority
 * @property {{urlFilter?: string, regexFilter?: string}} condition
 * @property {{redirect?: {regexSubstitution?: string, transform?: {scheme?: string, host?: string, port?: string}}}} action
 */

/** What makes one rule of ours another than the others. @param {Rule} rule */
function sense({ id, priority, condition: { urlFilter, regexFilter }, action: { redirect: { regexSubstitution, transform } = {} } }) {
  return JSON.stringify([id, priority, urlFilter, regexFilter, regexSubstitution, transform?.scheme, transform?.host, transform?.port || ""]);
}

/**
 * Makes the browser follow exactly these rules until it ends. What is as it was is left alone.
 * @param {string} text  the rules, as JSON
 * @returns {Promise<number[]>}  the numbers of those that this browser finds too long, and leaves out
 */
async function redirect(text) {
  const { declarativeNetRequest: browser } = chrome;
  /** @type {Rule[]} */
  const wanted = JSON.parse(text);
  const patterns = wanted.filter(({ condition }) => condition.regexFilter);
  const answers = await Promise.all(patterns.map(({ condition }) => browser.isRegexSupported({ regex: condition.regexFilter, isCaseSensitive: false, requireCapturing: true })));
  const unusable = new Set(patterns.filter((_, index) => !answers[index].isSupported).map(({ id }) => id));
  /** @type {Rule[]} */
  const present = await browser.getSessionRules();
  const usable = wanted.filter(({ id }) => !unusable.has(id));
  const [before, after] = [new Set(present.map(sense)), new Set(usable.map(sense))];
  const removeRuleIds = present.filter((rule) => !after.has(sense(rule))).map(({ id }) => id);
  const addRules = usable.filter((rule) => !before.has(sense(rule)));
  if (removeRuleIds.length + addRules.length > 0) await browser.updateSessionRules({ removeRuleIds, addRules });
  return [...unusable];
}

/**
 * Which of these addresses answer, whatever they answer: nothing of it can be read. Nothing is sent that tells who asks.
 * @param {string[]} urls
 * @returns {Promise<boolean[]>}
 */
function answers(urls) {
  const signal = AbortSignal.timeout(PATIENCE);
  const silent = /** @type {const} */ ({ mode: "no-cors", credentials: "omit", cache: "no-store", referrerPolicy: "no-referrer", signal });
  return Promise.all(
    urls.map((url) =>
      fetch(url, silent).then(
        () => true,
        () => false,
      ),
    ),
  );
}
