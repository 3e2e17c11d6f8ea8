// @ts-check
// A page without a choice of its own is made anew in the language that was chosen on another one.
chrome.storage.local.onChanged.addListener((/** @type {Record<string, unknown>} */ { language }) => language && location.reload());
