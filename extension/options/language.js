// @ts-check
// The choice of a language, kept where every one of our contexts reads it. The page is made anew in it.
import { askLanguage, decided, sentence, speak } from "../language.js";

const select = /** @type {HTMLSelectElement} */ (document.querySelector("#language"));
const asked = askLanguage();
const [[company, { language = "" }]] = await Promise.all([asked, speak(asked)]);
const fixed = decided(company);
// One that we do not have is among what has no effect.
const isFixed = [...select.options].some(({ value }) => value !== "" && value === fixed);
select.value = isFixed ? fixed : language;
select.disabled = isFixed;
const reason = /** @type {HTMLElement} */ (document.querySelector("#language-fixed"));
reason.hidden = !isFixed;
reason.textContent = isFixed ? sentence("fixedByCompany", []) : "";
// Another page of ours may choose it, or forget everything.
chrome.storage.local.onChanged.addListener((/** @type {Record<string, {newValue?: string}>} */ { language: changed }) => {
  if (changed && !isFixed && (changed.newValue ?? "") !== select.value) location.reload();
});
select.addEventListener("change", async () => {
  await chrome.storage.local.set({ language: select.value });
  // The icon's menu is in that language too.
  chrome.runtime.sendMessage("language");
  location.reload();
});
