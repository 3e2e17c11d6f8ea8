// @ts-check
/** The values of text fields, lists and groups of radio buttons. */
import { all, attribute, dispatch, formOf, getRoot, getter, inputType, property } from "./dom.js";
import { announce } from "./events.js";
import { wordsOf } from "./words.js";

/** @import {Field} from "../messages.js" */

/** Whether it is one of a group. @param {Element} element */
export const isRadio = (element) => element instanceof HTMLInputElement && inputType(element) === "radio";

/** The radio buttons of a group; the group's name is the browser's business. @param {Element} element */
const radiosOf = (element) =>
  all(getRoot(element), "input[type=radio i]").filter((other) =>
    attribute(other, "name") === attribute(element, "name") && formOf(other) === formOf(element));

/** The label elements, which are drawn where a radio button is not. @param {Element} element @returns {Element[]} */
export const labelsOf = (element) => Array.from(getter(HTMLInputElement, "labels")(element) ?? []);

/**
 * The choice with that value or that text, of a list or a group of radio buttons.
 * @param {Element} element @param {string} value
 */
export function optionOf(element, value) {
  const same = (/** @type {string} */ text) => text.trim().toLowerCase() === value.trim().toLowerCase();
  if (isRadio(element))
    return radiosOf(element).findIndex((radio) => same(String(property(radio, "value"))) || labelsOf(radio).some((label) => same(wordsOf(label))));
  const options = Array.from(getter(HTMLSelectElement, "options")(element));
  return options.findIndex((/** @type {any} */ option) => same(option.value) || same(option.text));
}

/** Whether a value is chosen and not typed. @param {Element} element */
export const isChoice = (element) => element instanceof HTMLSelectElement || isRadio(element);

/** Without a word to the page, but for radio buttons; an empty value takes back what was there. @param {Element} element @param {string} value */
export function setValue(element, value) {
  if (isRadio(element)) {
    const radios = radiosOf(element);
    const chosen = value === "" ? null : radios[optionOf(element, value)];
    // A press tells whoever listens; to take one back there is none.
    if (chosen) HTMLElement.prototype.click.call(chosen);
    else for (const radio of radios) Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "checked")?.set?.call(radio, false);
  } else if (element instanceof HTMLSelectElement) {
    Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, "selectedIndex")?.set?.call(element, value === "" ? -1 : optionOf(element, value));
  } else Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(element, value);
}

/** Takes back what was written, and tells the page. @param {Element[]} elements */
export function wipe(elements) {
  for (const element of elements)
    try {
      setValue(element, "");
      announce(element);
      dispatch(element, new Event("change", { bubbles: true }));
    } catch {} // The others must still be cleared.
}

/**
 * Pages may tidy a user name; a password has to stay as it is.
 * @param {Element} element @param {Field} field
 */
export function kept(element, field) {
  if (isRadio(element)) return Boolean(property(/** @type {Element} */ (radiosOf(element)[optionOf(element, field.value)] ?? element), "checked"));
  if (element instanceof HTMLSelectElement) return property(element, "selectedIndex") === optionOf(element, field.value);
  const value = String(property(element, "value") ?? "");
  if (value === field.value) return true;
  return !field.secret && value.trim().toLowerCase() === field.value.trim().toLowerCase();
}
