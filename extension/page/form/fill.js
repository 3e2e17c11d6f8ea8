// @ts-check
/** Writes a credential into the fields of one form, all of it or nothing. */
import { enumerate } from "./collection.js";
import { dispatch, formOf, isConnected, property } from "./dom.js";
import { announce, calm, enter, leave, painted, strike } from "./events.js";
import { find } from "./fingerprint.js";
import { boxOf } from "./layout.js";
import { press } from "./press.js";
import { refusal, stays, unfit } from "./refusal.js";
import { isChoice, isRadio, kept, optionOf, setValue, wipe } from "./values.js";
import { isFaint } from "./visibility.js";

/** @import {Field, Outcome, Place, Result, Submit} from "../messages.js" */

/** @typedef {{element: Element, field: Field}} Target  a field of the form, and what is to be written into it */

/**
 * Writes, looks whether everything stays there, and presses the button. What was written is cleared if anything fails.
 * @param {Place & {fields: Field[], submit: Submit}} request @returns {Promise<Result>}
 */
export async function fill(request) {
  const stop = refusal(request);
  if (stop) return { outcome: stop };
  const { controls } = enumerate(request.locators);
  const targets = targetsOf(request.fields, controls);
  if (typeof targets === "string") return { outcome: targets };
  const first = targets[0];
  const button = typeof request.submit === "object" ? find(controls, request.submit.button) : null;
  if (!first || (typeof request.submit === "object" && !button)) return { outcome: "changed" };
  // A form that leads elsewhere was allowed by the person, who sends it; one that comes to lead elsewhere was not.
  const home = stays(button, formOf(first.element), request.origins);

  /** @type {Element[]} */ const written = [];
  /** Frameworks put new elements in the place of those that they hear of; they hold what was written into the old ones. */
  const renew = () => {
    for (const target of targets) {
      const found = isConnected(target.element) ? null : find(enumerate(request.locators).controls, target.field);
      if (found && written.includes(target.element)) written.push(found);
      target.element = found ?? target.element;
    }
  };
  /** @param {Outcome} outcome @returns {Result} */
  const abort = (outcome) => {
    try {
      renew();
    } finally {
      wipe(written);
    }
    return { outcome };
  };
  try {
    // Before anything is written.
    if (!targets.every(({ element }) => opens(element))) return { outcome: "changed" };
    // Once to write, once for what the page did at once, once for what it did while it painted anew; perhaps with other elements.
    for (let round = 0; ; round += 1) {
      let lost = false;
      for (const target of targets) {
        if (isFaint(target.element, boxOf(target.element))) await appears(target);
        const moved = refusal(request);
        if (moved) return abort(moved);
        renew();
        const { element, field } = target;
        const owner = formOf(first.element);
        const bad = formOf(element) === owner ? unfit(element, field.secret) : "changed";
        if (bad) return abort(bad);
        if (round > 0 && kept(element, field)) continue;
        if (round > 2) return abort("not-kept");
        lost = true;
        if (!written.includes(element)) written.push(element);
        const failed = write(element, field, owner);
        if (failed && isConnected(element)) return abort(failed);
        leave(element);
      }
      if (!lost && round > 1) break;
      if (round > 0) await painted();
    }
    return await press(request, targets.map(({ element }) => element), home);
  } catch {
    return abort("failed");
  }
}

/**
 * The elements of the fields, or why nothing may be written.
 * @param {Field[]} fields @param {Element[]} controls @returns {Target[] | Outcome}
 */
function targetsOf(fields, controls) {
  /** @type {Target[]} */ const targets = [];
  // The password goes in last: what reads fields early reads less.
  for (const field of [...fields].sort((one, other) => Number(one.secret) - Number(other.secret))) {
    const element = find(controls, field);
    if (!element || targets.some((target) => target.element === element)) return "changed";
    if (targets[0] && formOf(element) !== formOf(targets[0].element)) return "changed";
    const bad = unfit(element, field.secret);
    if (bad && (bad !== "hidden" || !isFaint(element, boxOf(element)))) return bad;
    const longest = property(element, "maxLength");
    if (typeof longest === "number" && longest >= 0 && field.value.length > longest) return "too-long";
    if (isChoice(element) && optionOf(element, field.value) < 0) return "no-option";
    targets.push({ element, field });
  }
  return targets;
}

/** Some fields are read-only until they are touched. @param {Element} element */
function opens(element) {
  if (!property(element, "readOnly")) return true;
  enter(element);
  for (const type of ["pointerdown", "mousedown", "pointerup", "mouseup", "click"]) dispatch(element, new PointerEvent(type, { ...calm, cancelable: true }));
  return !property(element, "readOnly");
}

/** Some fields are transparent until somebody is in them, and then take their time. @param {Target} target */
async function appears({ element, field }) {
  for (let waits = 10; waits > 0 && unfit(element, field.secret) === "hidden"; waits -= 1) {
    enter(element);
    await painted();
  }
}

/**
 * As if a person typed it.
 * @param {Element} element @param {Field} field @param {HTMLFormElement | null} owner  the form it belongs to
 * @returns {Outcome | null}  why nothing was written
 */
function write(element, { value, secret }, owner) {
  if (isRadio(element)) {
    setValue(element, value);
    return null;
  }
  enter(element);
  strike(element, "keydown");
  strike(element, "keypress");
  // The page has heard of it by now, and may have put something else in the field's place.
  const bad = formOf(element) === owner ? unfit(element, secret) : "changed";
  if (bad) return bad;
  setValue(element, value);
  announce(element);
  strike(element, "keyup");
  dispatch(element, new Event("change", { bubbles: true }));
  return null;
}
