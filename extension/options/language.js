// @ts-check
// The choice of a language, kept where every one of our contexts reads it. The page is made anew in it, and the focus stays.
import { askLanguage, decided, sentence, speak } from "../language.js";
import { renew } from "./unsaved.js";

const select = /** @type {HTMLSelectElement} */ (document.querySelector("#language"));
/** Whether the focus was here when the page was made anew. */
const wasHere = Boolean(history.state?.wasOnLanguage);
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
  if (changed && !isFixed && (changed.newValue ?? "") !== select.value) renew(document.activeElement === select);
});

/** Whether it was chosen by keys, which choose every language on the way to the one that is meant. */
let isOnTheWay = false;

async function choose() {
  if (isFixed || select.value === language) return;
  await chrome.storage.local.set({ language: select.value });
  // The icon's menu is in that language too.
  await chrome.runtime.sendMessage("language").catch(() => undefined);
  renew(document.activeElement === select);
}

select.addEventListener("pointerdown", () => (isOnTheWay = false));
select.addEventListener("keydown", ({ key }) => {
  isOnTheWay = key !== "Enter";
  if (!isOnTheWay) choose();
});
select.addEventListener("change", () => isOnTheWay || choose());
select.addEventListener("blur", choose);
if (wasHere) select.focus();
