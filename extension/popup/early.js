// @ts-check
/**
 * What a quick person does before the module hears it: keys, letters and clicks on rows of the first frame. It is kept, and told
 * to the module once that is there. A click elsewhere is the browser's, which opens the account's menu by itself.
 */
const KINDS = ["keydown", "input", "click"];

/** @type {Event[]} */
const early = [];

/** @param {Event} event */
function keep(event) {
  if (event.type === "click" && !(/** @type {Element} */ (event.target).closest(".row"))) return;
  event.stopImmediatePropagation();
  early.push(event);
}

for (const kind of KINDS) addEventListener(kind, keep, true);

/** The module listens. */
export function tellEarly() {
  for (const kind of KINDS) removeEventListener(kind, keep, true);
  for (const event of early) {
    const Kind = /** @type {new (kind: string, like: Event) => Event} */ (event.constructor);
    place(/** @type {Element} */ (event.target)).dispatchEvent(new Kind(event.type, event));
  }
}

/** Where it happened; its row may have been painted anew. @param {Element} target */
function place(target) {
  const row = /** @type {HTMLElement | null} */ (target.closest(".row"));
  const now = row && document.querySelector(`.row[data-app="${CSS.escape(row.dataset.app ?? "")}"]`);
  return (target.className && now?.querySelector(`.${target.className}`)) || now || target;
}
