// @ts-check
/**
 * The focus is never lost. What is painted anew may take away the button that was just pressed; then the focus would begin again at
 * the top of the page, and letters would go nowhere. It goes to the search where there is one, else to what stands nearest.
 */
const FOCUSABLE = "a[href], button, input, select, [tabindex]";

/** What had the focus last, and what it stood in, from the inside; nothing where nobody has gone anywhere yet. @type {Element[]} */
let last = [];

/** @param {Element | null} element */
function remember(element) {
  last = [];
  if (element === document.body) return;
  for (let around = element; around; around = around.parentElement) last.push(around);
}
remember(document.activeElement);
addEventListener("focusin", ({ target }) => remember(/** @type {Element} */ (target)));

/** @param {Element} element */
const canHaveIt = (element) => element.matches(":enabled, a, [tabindex]") && element.checkVisibility({ visibilityProperty: true });

function keep() {
  const [had, ...around] = last;
  const { activeElement: active, body } = document;
  // Firefox leaves the focus for a while on what can't be seen any more. Who clicked beside everything wants it nowhere.
  if (!had || (active && active !== body && canHaveIt(active)) || (had.isConnected && canHaveIt(had))) return;
  const candidates = [document.querySelector("#search"), ...around.filter((place) => place.isConnected).flatMap((place) => [...place.querySelectorAll(FOCUSABLE)])];
  const next = candidates.find((element) => element && canHaveIt(element));
  if (next) /** @type {HTMLElement} */ (next).focus();
}

new MutationObserver(keep).observe(document, { childList: true, subtree: true, attributeFilter: ["hidden", "disabled"] });
