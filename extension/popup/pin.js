// @ts-check
/**
 * Nobody sees the state of an icon that is hidden behind the puzzle piece, so whoever is not signed in yet is told how to get it
 * out of there.
 */
import { sentence, speak } from "../language.js";

// A browser that does not tell shows it.
chrome.action.getUserSettings?.().then(async ({ isOnToolbar = true }) => {
  if (isOnToolbar) return;
  await speak();
  const hint = /** @type {HTMLElement} */ (document.querySelector("#pin"));
  hint.textContent = sentence(hint.dataset.text ?? "", []);
  hint.hidden = false;
});
