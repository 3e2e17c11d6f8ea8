// @ts-check
// What was typed and not saved outlives a page that is made anew, as in another language.

/** Makes the page anew. @param {boolean} wasOnLanguage whether the focus is to go where the language is chosen */
export function renew(wasOnLanguage) {
  const typed = Array.from(document.querySelectorAll("form input"), (input) => [input.id, /** @type {HTMLInputElement} */ (input).value]);
  history.replaceState({ typed, wasOnLanguage }, "");
  location.reload();
}

/** Once everything else is there. */
export function putBack() {
  for (const [id, value] of history.state?.typed ?? []) Object.assign(document.getElementById(id) ?? {}, { value });
  history.replaceState(null, "");
}
