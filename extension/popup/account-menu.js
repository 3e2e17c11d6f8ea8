// @ts-check
/**
 * The keys of the account's menu, as the ARIA practices describe a menu button. What is in it is painted by the module, which
 * also hears what is chosen; opening, closing and the way back of the focus are the browser's own.
 */
const button = /** @type {HTMLElement} */ (document.querySelector("#account-button"));
const panel = /** @type {HTMLElement} */ (document.querySelector("#account-panel"));

const items = () => /** @type {HTMLElement[]} */ ([...panel.querySelectorAll("[role=menuitem]")]);

panel.addEventListener("toggle", (event) => {
  const isOpen = /** @type {ToggleEvent} */ (event).newState === "open";
  button.setAttribute("aria-expanded", String(isOpen));
  if (isOpen && !panel.contains(document.activeElement)) items()[0]?.focus();
});

button.addEventListener("keydown", (event) => {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  event.preventDefault();
  panel.showPopover();
  items().at(event.key === "ArrowUp" ? -1 : 0)?.focus();
});

panel.addEventListener("keydown", (event) => {
  const all = items();
  const here = all.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const letter = event.key.length === 1 ? event.key.toLowerCase() : undefined;
  /** @type {Record<string, number>} */
  const places = { ArrowDown: here + 1, ArrowUp: here - 1 + all.length, Home: 0, End: all.length - 1 };
  // What is taken here does nothing in the rest of the popup, where Escape clears the search and arrows move in the list.
  if (event.key in places) {
    event.preventDefault();
    all[places[event.key] % all.length]?.focus();
  } else if (letter && letter !== " ") {
    const next = [...all.slice(here + 1), ...all].find((item) => item.textContent?.toLowerCase().startsWith(letter));
    next?.focus();
  } else if (event.key === "Escape" || event.key === "Tab") {
    if (event.key === "Escape") event.preventDefault();
    panel.hidePopover();
    button.focus();
  }
});

panel.addEventListener("click", () => panel.hidePopover());
