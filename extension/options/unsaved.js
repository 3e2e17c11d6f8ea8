// @ts-check
// What was typed and not saved outlives a page that is made anew, as in another language.

/** By the field's id. Only what was typed here: what else stands there may be another when the page is there again. @type {Map<string, string>} */
const typed = new Map();
document.addEventListener("input", ({ target }) => {
  const field = /** @type {HTMLInputElement} */ (target);
  if (field.matches("form input")) typed.set(field.id, field.value);
});

/** Makes the page anew. @param {boolean} wasOnLanguage whether the focus is to go where the language is chosen */
export function renew(wasOnLanguage) {
  history.replaceState({ typed, wasOnLanguage }, "");
  location.reload();
}

/** Once everything else is there. */
export function putBack() {
  for (const [id, value] of history.state?.typed ?? []) {
    Object.assign(document.getElementById(id) ?? {}, { value });
    typed.set(id, value);
  }
  history.replaceState(null, "");
}
