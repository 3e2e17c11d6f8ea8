// @ts-check
/**
 * What is shorter in the browser's own language than in the module: sending a request, the icon's states, opening a page of ours,
 * hearing of changes, loading the search. Nothing is decided here; the module says what to do, and within which limits.
 */

/** What every context hands to the module; the way into pages is in `pages.js`, because most popups need none. */
export const browser = { send, show, follow, openPage, finder: once(finder) };

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
  // Where a portal says nothing about it, Firefox writes answers to its disk, passwords as well.
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
export const SIZES = [16, 32];
/** The blue of the lit icon. */
const BADGE_COLOR = "#0b57d0";

/** Tells of what changes elsewhere: what is stored, and access, which also the browser's own page gives and takes. @param {() => void} changed */
function follow(changed) {
  const { storage, permissions } = chrome;
  for (const event of [storage.onChanged, permissions.onAdded, permissions.onRemoved]) event.addListener(changed);
}

/**
 * Opens one of our pages, which would be useless twice: where it is open, it comes to the front. Of tabs with our own pages the
 * browser tells without a permission for tabs.
 * @param {string} path
 */
async function openPage(path) {
  const { tabs, windows } = chrome;
  const url = chrome.runtime.getURL(path);
  const [tab] = await tabs.query({ url });
  if (!tab) return tabs.create({ url });
  await tabs.update(tab.id, { active: true });
  return windows.update(tab.windowId, { focused: true });
}

/**
 * Shows on one tab that a password is available, or puts its icon back. Nobody waits for it, and the tab may be gone by now;
 * then there is no icon either.
 * @param {number} tabId @param {string} title empty puts it back
 */
export function show(tabId, title) {
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
