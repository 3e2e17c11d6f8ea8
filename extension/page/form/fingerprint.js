// @ts-check
/** What a control is known by again, between looking and writing. */
import { originOf } from "./address.js";
import { attribute, formOf, getAttribute, getter, localName, typeOf } from "./dom.js";
import { cut } from "./words.js";

/** @import {Target} from "../messages.js" */

/** Where forms are sent when they are looked at, by `action`; many controls share one. @type {Map<string, string>} */
export const destinations = new Map();

/** The origin that a form is sent to. @param {HTMLFormElement} owner */
export function destinationOf(owner) {
  const address = attribute(owner, "action");
  if (!destinations.has(address)) destinations.set(address, originOf(getter(HTMLFormElement, "action")(owner)));
  return destinations.get(address) ?? "";
}

/**
 * What must not change between looking and writing.
 * @param {Element} element @param {HTMLFormElement | null} [owner]
 */
export function fingerprint(element, owner = formOf(element)) {
  const own = getAttribute(element, "formaction");
  const parts = [localName(element), typeOf(element), attribute(element, "name"), attribute(element, "id"), attribute(element, "autocomplete"),
    owner ? `form ${attribute(owner, "id")} ${attribute(owner, "name")}` : "", own === null ? (owner ? destinationOf(owner) : "") : originOf(own)];
  return parts.map((part) => cut(part, 80)).join("|");
}

/**
 * The control a target meant: the same place, or the only one that looks the same.
 * @param {Element[]} controls @param {Target} target
 */
export function find(controls, target) {
  const element = controls[target.index];
  if (element && fingerprint(element) === target.fingerprint) return element;
  const alike = controls.filter((control) => fingerprint(control) === target.fingerprint);
  return alike.length === 1 ? alike[0] ?? null : null;
}
