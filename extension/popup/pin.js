// @ts-check
/**
 * Nobody sees the state of an icon that is hidden behind the puzzle piece, so whoever is not signed in yet is told how to get it
 * out of there.
 */
import { sentence, speak } from "../language.js";

const hint = /** @type {HTMLElement} */ (document.querySelector("#pin"));
// A browser that does not tell shows it.
const { isOnToolbar = true } = (await chrome.action.getUserSettings?.()) ?? {};
if (!isOnToolbar) {
  await speak();
  hint.textContent = sentence(hint.dataset.text ?? "", []);
  hint.hidden = false;
}
