// @ts-check
// What the first frame is made of is asked for before the page is read to its end. The answers are in first.js.
Object.assign(globalThis, {
  asked: {
    found: Promise.all([chrome.tabs.query({ active: true, currentWindow: true }), chrome.storage.session.get("glimpse")]),
    // Firefox has no such storage where there is no policy.
    language: Promise.all([chrome.storage.managed.get("language").catch(() => ({})), chrome.storage.local.get("language")]),
  },
});
