// Runs on sign-on pages of the person's own apps, where they turned automatic sign-in on. It says that the page was
// reached and nothing about it: which page that is, the browser tells by itself.
// A worker that ends meanwhile hears nothing; then a click does what the arrival would have done.
chrome.runtime.sendMessage("arrived").catch(() => undefined);
