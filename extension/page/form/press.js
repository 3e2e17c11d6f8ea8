// @ts-check
/** Sends a form that was filled. */
import { enumerate } from "./collection.js";
import { attribute, formOf, getAttribute, getRoot, getter, matches, nodeType, property, typeOf } from "./dom.js";
import { painted, strike } from "./events.js";
import { find } from "./fingerprint.js";
import { isInAddress, refusal, stays } from "./refusal.js";
import { isRadio, wipe } from "./values.js";

/** @import {Place, Result, Submit, Target} from "../messages.js" */

/**
 * Presses the button, if the form still leads where it may and there is something to press.
 * @param {Place & {submit: Submit}} request @param {Element[]} filled  @param {boolean} home  whether it led home before
 * @returns {Promise<Result>}
 */
export async function press(request, filled, home) {
  const last = /** @type {Element} */ (filled[filled.length - 1]);
  const { submit, origins } = request;
  if (submit === "none") return { outcome: "filled", reason: "not-asked" };
  const button = typeof submit === "object" ? find(enumerate(request.locators).controls, submit.button) : null;
  if (typeof submit === "object" && !button) return { outcome: "filled", reason: "no-button" };
  const owner = formOf(last) ?? (button ? formOf(button) : null);
  if (!stays(button, owner, origins)) {
    if (home) wipe(filled);
    return { outcome: home ? "cleared" : "filled", reason: "foreign-action" };
  }
  if (button && (matches(button, ":disabled") || attribute(button, "aria-disabled") === "true")) return { outcome: "waiting" };
  const sends = owner && (submit === "request" || (button && (typeOf(button) === "submit" || typeOf(button) === "image")));
  if (sends && !getter(HTMLFormElement, "noValidate")(owner) && !(button && getAttribute(button, "formnovalidate") !== null) && matches(owner, ":invalid"))
    return { outcome: "filled", reason: "incomplete" };

  // What the page does about the press is seen by the last listener of all; out of a component the event does not come. It may still change
  // the address; and where the script that sends the form has not come yet, the browser would write the password into an address.
  const outermost = owner && nodeType(getRoot(owner)) === 11 ? getRoot(owner) : window;
  const isComplete = () => getter(Document, "readyState")(document) === "complete";
  const early = !isComplete();
  /** @type {Result} */ let result = { outcome: "submitted" };
  /** @param {any} event */
  const guard = (event) => {
    if (!owner || event.target !== owner) return;
    if (!stays(button, owner, origins)) result = { outcome: "cleared", reason: "foreign-action" };
    else if (!event.defaultPrevented && isInAddress(owner, event.submitter) && filled.some((element) => typeOf(element) === "password")) result = { outcome: "filled" };
    else return;
    event.preventDefault();
  };
  outermost.addEventListener("submit", guard);
  try {
    if (button) HTMLElement.prototype.click.call(button);
    else if (owner && submit === "request") HTMLFormElement.prototype.requestSubmit.call(owner);
    else for (const type of ["keydown", "keypress", "keyup"]) strike(last, type, "Enter");
  } finally {
    outermost.removeEventListener("submit", guard);
  }
  // It looked right until the last moment: nothing of ours stays in such a form.
  if (result.outcome === "cleared") wipe(filled);
  // With all of its scripts it is pressed once more, and then no more.
  for (const began = performance.now(); early && result.outcome === "filled" && performance.now() - began < 3000; ) {
    await painted();
    if (isComplete()) return { outcome: "waiting" };
  }
  return result;
}

/**
 * Presses the button of a form that was filled before, once the page has enabled it. Carries no secret.
 * @param {Place & {fields: Target[], submit: Submit}} request @returns {Promise<Result>}
 */
export async function submit(request) {
  const stop = refusal(request);
  if (stop) return { outcome: stop };
  const { controls } = enumerate(request.locators);
  const found = request.fields.map((target) => find(controls, target)).filter((element) => element !== null);
  if (found.length === 0 || found.length < request.fields.length) return { outcome: "changed" };
  if (found.some((element) => !isRadio(element) && !property(element, "value"))) return { outcome: "not-kept" };
  return press(request, found, true);
}
