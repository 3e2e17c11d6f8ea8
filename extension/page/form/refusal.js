// @ts-check
/** Why a document, a field or a form must not be touched, or not any more. */
import { originOf } from "./address.js";
import { attribute, formOf, getAttribute, getter, inputType, isConnected, matches, property } from "./dom.js";
import { boxOf, forget } from "./layout.js";
import { WRITABLE } from "./sort.js";
import { isRadio, labelsOf } from "./values.js";
import { isVisible } from "./visibility.js";

/** @import {Outcome, Place} from "../messages.js" */

/** Why this document must not be touched, or not any more. @param {Place} place @returns {Outcome | null} */
export function refusal(place) {
  if ((window !== window.top) !== Boolean(place.framed) || self.origin === "null" || getter(Document, "prerendering")(document)) return "refused";
  return place.origin !== self.origin || place.href !== location.href ? "moved" : null;
}

/** Why nothing may be written there; a secret only where the browser masks it. @param {Element} element @param {boolean} secret @returns {Outcome | null} */
export function unfit(element, secret) {
  if (!isConnected(element) || matches(element, ":disabled")) return "changed";
  if (element instanceof HTMLSelectElement || isRadio(element)) {
    if (secret) return "changed";
  } else if (!(element instanceof HTMLInputElement) || !WRITABLE.has(inputType(element))) return "changed";
  else if (secret && inputType(element) !== "password") return "changed";
  // The page may have changed.
  forget();
  // Many a radio button is drawn by its label.
  const seen = isRadio(element) ? [element, ...labelsOf(element)] : [element];
  return seen.some((one) => isVisible(one, boxOf(one))) ? null : "hidden";
}

/**
 * Where the form would be sent, asked as late as possible.
 * @param {Element | null} button @param {HTMLFormElement | null} owner @param {string[]} origins
 */
export function stays(button, owner, origins) {
  const own = button && getAttribute(button, "formaction") !== null ? originOf(attribute(button, "formaction")) : null;
  if (own && !origins.includes(own)) return false;
  const link = button instanceof HTMLAnchorElement && getter(HTMLAnchorElement, "href")(button);
  if (link && !origins.includes(originOf(link))) return false;
  // A button may belong to another form, and sends that one.
  return own !== null || [owner, button && formOf(button)].every((form) => !form || origins.includes(originOf(getter(HTMLFormElement, "action")(form))));
}

/**
 * Whether what stands in the fields of a form would be sent in an address.
 * @param {HTMLFormElement} owner @param {Element | null} submitter
 */
export const isInAddress = (owner, submitter) =>
  ((submitter && property(submitter, "formMethod")) || getter(HTMLFormElement, "method")(owner)) === "get"
  && /^http/.test(submitter && getAttribute(submitter, "formaction") !== null ? property(submitter, "formAction") : getter(HTMLFormElement, "action")(owner));
