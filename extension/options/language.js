// @ts-check
// The choice of a language, kept where every one of our contexts reads it. The page is made anew in it.
const select = /** @type {HTMLSelectElement} */ (document.querySelector("#language"));
const { language = "" } = await chrome.storage.local.get("language");
select.value = language;
select.addEventListener("change", async () => {
  await chrome.storage.local.set({ language: select.value });
  location.reload();
});
