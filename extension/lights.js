// @ts-check
/** The icon on all pages at once: lit by rules that the browser follows by itself, and put back. For the worker alone. */
import { SIZES, show } from "./browser.js";

/** @typedef {{scheme: string, host: string, port: number, path: string}} Page */

/**
 * Lights the icon on exactly these pages, where the browser can. Where there are none, what was shown tab by tab is of somebody who
 * is not signed in any more.
 * @param {Page[]} pages
 */
export async function light(pages) {
  if (chrome.declarativeContent) await declare(pages);
  if (pages.length === 0) await putBack();
}

/** Makes Chromium light the icon: on the page itself, and everything below it. @param {Page[]} pages */
async function declare(pages) {
  const { onPageChanged, PageStateMatcher, SetIcon } = chrome.declarativeContent;
  /** @type {Record<string, ImageData>} */
  const imageData = {};
  try {
    for (const size of pages.length > 0 ? SIZES : []) imageData[size] = await pixels(size);
  } catch {
    return; // Our own file can only be missing because the extension is being taken away.
  }
  const conditions = pages.flatMap(({ scheme, host, port, path }) => {
    const page = { hostEquals: host, schemes: [scheme], ports: [port] };
    const ways = path.endsWith("/") ? [{ pathPrefix: path }] : [{ pathEquals: path }, { pathPrefix: `${path}/` }];
    return ways.map((way) => new PageStateMatcher({ pageUrl: { ...page, ...way } }));
  });
  const rules = conditions.length > 0 ? [{ conditions, actions: [new SetIcon({ imageData })] }] : [];
  // In one turn, because this worker may end before the next, and every page would stay dark. By callback: these functions
  // promise nothing.
  await Promise.all([
    new Promise((resolve) => onPageChanged.removeRules(undefined, () => resolve(undefined))),
    new Promise((resolve) => onPageChanged.addRules(rules, resolve)),
  ]);
}

/** One of our pictures as pixels, which is all that `SetIcon` takes. The files are made by scripts/icons.mjs. @param {number} size */
async function pixels(size) {
  const response = await fetch(chrome.runtime.getURL(`icons/lit-${size}.rgba`));
  return new ImageData(new Uint8ClampedArray(await response.arrayBuffer()), size, size);
}

/** Puts the icon back on every tab that shows something. */
async function putBack() {
  for (const { id } of await chrome.tabs.query({})) {
    // A tab may be gone by now.
    const shown = await chrome.action.getBadgeText({ tabId: id }).catch(() => "");
    if (shown) show(id, "");
  }
}
