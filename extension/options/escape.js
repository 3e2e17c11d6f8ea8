// @ts-check
// Escape is a No to the question, wherever the focus is.
addEventListener("keydown", ({ key }) => {
  if (key === "Escape") /** @type {HTMLElement | null} */ (document.querySelector("#clear-question:not([hidden]) #keep"))?.click();
});
