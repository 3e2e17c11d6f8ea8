// @ts-check
/** A look that also says how each control is found again tomorrow, for an administrator who teaches a form. */
import { enumerate, locate } from "./collection.js";
import { attribute, formOf, localName, parentNode, typeOf } from "./dom.js";
import { probe } from "./probe.js";
import { BUTTONS, sortOf } from "./sort.js";

/** @import {ProbeCommand, Snapshot} from "../messages.js" */

/** A name that a program makes anew for every page finds nothing tomorrow. @param {string} name */
const lasts = (name) => name !== "" && name.length <= 60 && !/\d{4}|[0-9a-f]{8}|^:|:$/i.test(name);

/**
 * By its place among its neighbours, from the nearest element around it whose id lasts.
 * @param {Element} element @returns {string}
 */
function pathTo(element) {
  const name = CSS.escape(localName(element));
  if (lasts(attribute(element, "id"))) return `#${CSS.escape(attribute(element, "id"))}`;
  const parent = parentNode(element);
  const alike = parent ? Array.from(parent.children).filter((/** @type {Element} */ other) => localName(other) === localName(element)) : [];
  const step = alike.length > 1 ? `${name}:nth-of-type(${alike.indexOf(element) + 1})` : name;
  return parent instanceof Element ? `${pathTo(parent)} > ${step}` : step;
}

/** The selectors that find a control before anything else, best first. @param {Element} element */
function selectorsOf(element) {
  const by = (/** @type {Element} */ of, /** @type {string} */ name) => (lasts(attribute(of, name)) ? `[${name}="${CSS.escape(attribute(of, name))}"]` : "");
  const owner = formOf(element);
  const tag = `${owner ? `form${by(owner, "id") || by(owner, "name") || by(owner, "action")} ` : ""}${CSS.escape(localName(element))}`;
  const said = ["name", "autocomplete", "aria-label", "placeholder", ...(BUTTONS.has(typeOf(element)) ? ["value"] : []), "type"];
  const parts = said.map((name) => by(element, name)).filter((part) => part);
  const selectors = [...new Set([by(element, "id") ? pathTo(element) : "", ...parts.map((part) => tag + part), pathTo(element)])];
  return selectors.filter((selector) => selector && selector.length <= 500 && locate([selector]) === element).slice(0, 5);
}

/** @param {ProbeCommand["probe"]} request @returns {Snapshot} with the controls' selectors */
export function teach(request) {
  const seen = probe(request);
  const { controls } = enumerate(request.locators);
  // Every selector costs a look at the whole page, so that fields come first and the rest of a very long page gets none.
  let room = 100;
  for (const sort of ["field", "button", "drawn", "link"])
    for (const control of seen.controls) {
      const element = /** @type {Element} */ (controls[control.index]);
      if (control.visible && sortOf(element) === sort && room-- > 0) control.selectors = selectorsOf(element);
    }
  return seen;
}
