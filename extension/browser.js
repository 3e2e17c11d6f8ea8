// @ts-check
/**
 * What is shorter in the browser's own language than in the module: sending a request, and the icon's states. Nothing is
 * decided here; the module says what to do, and within which limits.
 */
/** What every context hands to the module; the way into pages is in `pages.js`, because most popups need none. */
export const browser = { send, light, show, follow, finder: once(finder) };

/**
 * Sends a request to a portal: without cookies, without cache, refusing redirects, within a time. In the browser's own
 * language because it is half as long there as in the module; what is asked and what the answer means is the core's.
 *
 * @param {{url: string, method: string, headers: Record<string, string>, body?: string, milliseconds: number, letters: number}} request
 *   it may take so long, and its answer may have so many letters
 * @returns {Promise<{status: number, etag: string | null, retry_after: string | null, date: number, body: string} | {error: "timeout" | "unreadable" | "unreachable" | "not-for-us"}>}
 */
export async function send({ url, method, headers, body, milliseconds, letters }) {
  const signal = AbortSignal.timeout(milliseconds);
  const failed = (/** @type {"unreadable" | "unreachable" | "not-for-us"} */ error) => ({ error: signal.aborted ? /** @type {const} */ ("timeout") : error });
  const hidden = /** @type {const} */ ({ credentials: "omit", cache: "no-store", signal });
  let response;
  try {
    // A popup may be gone before a report or a sign-out has been sent.
    response = await fetch(url, { method, headers, body, ...hidden, mode: "cors", redirect: "error", referrerPolicy: "no-referrer", keepalive: method !== "GET" });
  } catch {
    // The browser has one error for everything. A request without CORS tells whether something answers at all; for reading
    // requests alone, because nothing may happen twice.
    const answers = method === "GET" && (await fetch(url, { mode: "no-cors", ...hidden }).catch(() => undefined));
    return failed(answers ? "not-for-us" : "unreachable");
  }
  try {
    let text = "";
    // The size is counted while it comes: what the sender says about it may be wrong, and says nothing once it is compressed.
    const parts = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    for (let part = await parts?.read(); part && !part.done; part = await parts?.read()) {
      text += part.value;
      if (text.length > letters) return failed("unreadable");
    }
    return { status: response.status, etag: response.headers.get("etag"), retry_after: response.headers.get("retry-after"), date: Date.parse(response.headers.get("date") ?? ""), body: text };
  } catch {
    return failed("unreadable");
  }
}

/**
 * A function that loads on its first call and never twice: a module that is loaded again takes the place of the one before, and
 * knows nothing of what that was given. A failed load is tried again by the next call.
 * @template T @param {() => Promise<T>} load @returns {() => Promise<T>}
 */
export function once(load) {
  /** @type {Promise<T> | undefined} */
  let loading;
  return () => {
    if (!loading) {
      loading = load();
      loading.catch(() => (loading = undefined));
    }
    return loading;
  };
}

/**
 * The search, loaded when it is asked for first: a popup shows its apps before. For pages alone, because workers must not load
 * anything later.
 */
async function finder() {
  const search = await import("./wasm/finder.js");
  await search.default();
  return search;
}

/** The sizes browsers draw in a toolbar. */
const SIZES = [16, 32];
/** The blue of the lit icon. */
const BADGE_COLOR = "#0b57d0";

/** One of our pictures as pixels, which is all that `SetIcon` takes. The files are made by scripts/icons.mjs. @param {number} size */
async function pixels(size) {
  const response = await fetch(chrome.runtime.getURL(`icons/lit-${size}.rgba`));
  return new ImageData(new Uint8ClampedArray(await response.arrayBuffer()), size, size);
}

/**
 * Lights the icon on exactly these pages, where the browser can. Where there are none, what was shown tab by tab is of somebody who
 * is not signed in any more.
 * @param {Page[]} pages
 */
async function light(pages) {
  if (chrome.declarativeContent) await declare(pages);
  if (pages.length === 0) await putBack();
}

/** @typedef {{scheme: string, host: string, port: number, path: string}} Page */

/** Makes Chromium light the icon: on the page itself, and everything below it. @param {Page[]} pages */
async function declare(pages) {
  const { onPageChanged, PageStateMatcher, SetIcon } = chrome.declarativeContent;
  /** @type {Record<string, ImageData>} */
  const imageData = {};
  try {
    for (const size of pages.length > 0 ? SIZES : []) imageData[size] = await pixels(size);
  } catch {
    return; // Our own file can only be missing because this popup is closing.
  }
  const conditions = pages.flatMap(({ scheme, host, port, path }) => {
    const page = { hostEquals: host, schemes: [scheme], ports: [port] };
    const ways = path.endsWith("/") ? [{ pathPrefix: path }] : [{ pathEquals: path }, { pathPrefix: `${path}/` }];
    return ways.map((way) => new PageStateMatcher({ pageUrl: { ...page, ...way } }));
  });
  const rules = conditions.length > 0 ? [{ conditions, actions: [new SetIcon({ imageData })] }] : [];
  // In one turn, because this popup may close before the next, and every page would stay dark. By callback: these functions
  // promise nothing.
  await Promise.all([
    new Promise((resolve) => onPageChanged.removeRules(undefined, () => resolve(undefined))),
    new Promise((resolve) => onPageChanged.addRules(rules, resolve)),
  ]);
}

/** Tells of what changes elsewhere: what is stored, and access, which also the browser's own page gives and takes. @param {() => void} changed */
function follow(changed) {
  const { storage, permissions } = chrome;
  for (const event of [storage.onChanged, permissions.onAdded, permissions.onRemoved]) event.addListener(changed);
}

/** Puts the icon back on every tab that shows something. */
async function putBack() {
  for (const { id } of await chrome.tabs.query({})) {
    // A tab may be gone by now.
    const shown = await chrome.action.getBadgeText({ tabId: id }).catch(() => "");
    if (shown) show(id, "");
  }
}

/**
 * Shows on one tab that a password is available, or puts its icon back. Nobody waits for it, and the tab may be gone by now;
 * then there is no icon either.
 * @param {number} tabId @param {string} title empty puts it back
 */
function show(tabId, title) {
  const state = title ? "lit" : "idle";
  const path = Object.fromEntries(SIZES.map((size) => [size, `/icons/${state}-${size}.png`]));
  const { action } = chrome;
  const calls = [
    action.setIcon({ tabId, path }),
    action.setBadgeBackgroundColor({ tabId, color: BADGE_COLOR }),
    action.setBadgeText({ tabId, text: title ? "1" : "" }),
    // Firefox takes an empty one for no word at all, and says the extension's name.
    action.setTitle({ tabId, title: title || chrome.runtime.getManifest().action?.default_title || "" }),
  ];
  for (const call of calls) call.catch(() => undefined);
}
