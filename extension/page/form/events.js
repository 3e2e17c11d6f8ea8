// @ts-check
/** What a page is told while somebody is in a field. */
import { dispatch } from "./dom.js";

/** How the events of a person bubble, out of components too. */
export const calm = { bubbles: true, composed: true };

/**
 * A key. Listeners read `key`, and some throw where it is missing; nothing of the value is told.
 * @param {Element} element @param {string} type @param {string} [key]
 */
export const strike = (element, type, key = "Unidentified") =>
  dispatch(element, new KeyboardEvent(type, { ...calm, cancelable: true, key, code: key === "Enter" ? key : "", keyCode: key === "Enter" ? 13 : 0, which: key === "Enter" ? 13 : 0 }));

/** A value is new. @param {Element} element */
export const announce = (element) => dispatch(element, new InputEvent("input", { ...calm, inputType: "insertReplacementText", data: null }));

/** Focus events do not fire by themselves in a window that is not in front. @param {Element} element */
export function enter(element) {
  HTMLElement.prototype.focus.call(element, { preventScroll: true });
  if (!Document.prototype.hasFocus.call(document)) {
    dispatch(element, new FocusEvent("focus", { composed: true }));
    dispatch(element, new FocusEvent("focusin", calm));
  }
}

/** As `enter`. @param {Element} element */
export function leave(element) {
  const front = Document.prototype.hasFocus.call(document);
  HTMLElement.prototype.blur.call(element);
  if (!front) {
    dispatch(element, new FocusEvent("blur", { composed: true }));
    dispatch(element, new FocusEvent("focusout", calm));
  }
}

/** Two frames, or a tenth of a second where nothing is drawn: time enough for frameworks to paint anew. */
export const painted = () =>
  new Promise((resolve) => {
    setTimeout(resolve, 100);
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, 0)));
  });
