// Runs on sign-on pages of the person's own apps, where they turned automatic sign-in on. It says that the page was
// reached and nothing about it: which page that is, the browser tells by itself.
chrome.runtime.sendMessage("arrived");
