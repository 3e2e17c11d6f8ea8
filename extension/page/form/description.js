// @ts-check
/** What is told of one control: what it is, where it stands and what a person reads there, never what is in it. */
import { leadsTo, originOf } from "./address.js";
import { attribute, closest, formOf, getAttribute, localName, matches, property, typeOf } from "./dom.js";
import { fingerprint } from "./fingerprint.js";
import { boxOf } from "./layout.js";
import { BUTTONS, componentOf, sortOf } from "./sort.js";
import { isFaint, isShown, isVisible } from "./visibility.js";
import { clamp, labelOf, neighbour, pictureOf, short, textBefore, wordsOf } from "./words.js";

/** @import {Control} from "../messages.js" */

/**
 * What belongs to the page and not to one control.
 * @typedef {object} Page
 * @property {Map<HTMLFormElement, number>} forms    the forms met so far, with their indexes
 * @property {Map<Element, Element[]>} labels        the label elements of a control
 * @property {(number | null)[]} located             the controls that locators found
 * @property {Element | null} focused
 * @property {(element: Element) => number} branch   where it stands among the others
 */

/** An absent property is false, empty or null. @param {any} control @param {Record<string, unknown>} properties */
function put(control, properties) {
  for (const [key, value] of Object.entries(properties))
    if (value !== "" && value !== false && value !== null && value !== undefined) control[key] = value;
}

const isTick = (/** @type {string} */ type) => type === "checkbox" || type === "radio";

/** Of all that is described, what may be written into and what lies over it may have to be known. @param {Control} control */
export const isWritable = ({ tag, type = "", visible }) => Boolean(visible) && tag === "input" && !isTick(type) && !BUTTONS.has(type);

/** @param {Element} element @param {number} index @param {Page} page @returns {Control} */
export function describe(element, index, { forms, labels, located, focused, branch }) {
  const type = typeOf(element);
  const box = boxOf(element);
  const sort = sortOf(element);
  const pressed = sort !== "field" && sort !== "component";
  const visible = pressed && !BUTTONS.has(type) ? isShown(element, box) : isVisible(element, box) || isFaint(element, box);
  const owner = formOf(element);
  if (owner && !forms.has(owner)) forms.set(owner, forms.size);
  /** @type {Control} */
  const control = {
    index, tag: localName(element), fingerprint: fingerprint(element, owner), box: branch(element), width: Math.round(box.width), height: Math.round(box.height),
  };
  put(control, { type: sort === "component" ? sort : type, visible, form: owner && forms.get(owner) });
  // Of what a person can't see, no more is asked; but ticks may be drawn by other means, and a form's buttons may be for its next step.
  if (!visible && !isTick(type) && !(pressed && (owner || BUTTONS.has(type))) && !located.includes(index)) return control;
  const component = componentOf(element);
  put(control, {
    name: short(element, "name") || (component && short(component, "name")),
    id: short(element, "id"),
    focused: element === focused,
    disabled: matches(element, ":disabled") || attribute(element, "aria-disabled") === "true",
    label: labelOf(element, owner, labels.get(element)) || (component && (labelOf(component, owner, labels.get(component)) || short(component, "label"))),
  });
  if (pressed) put(control, button(element, component));
  else put(control, field(element, component, control));
  return control;
}

/** @param {Element} element @param {Element | null} component */
function button(element, component) {
  const tag = localName(element);
  const type = typeOf(element);
  const drawn = type === "submit" || type === "button" || type === "reset" ? attribute(element, "value") : attribute(element, "alt");
  return {
    classes: short(element, "class"),
    text: (tag === "input" ? clamp(drawn) : wordsOf(element) || pictureOf(element)) || clamp(drawn) || (component && wordsOf(component)),
    href: tag === "a" && getAttribute(element, "href") !== null && leadsTo(element),
    actionOrigin: getAttribute(element, "formaction") !== null && originOf(attribute(element, "formaction")),
  };
}

/** @param {Element} element @param {Element | null} component @param {Control} control what is known of it */
function field(element, component, { type = "", visible, label }) {
  const part = closest(element, "main,article,dialog,header,nav");
  const length = property(element, "maxLength");
  const near = () => (isTick(type) ? neighbour(element, "nextNode") : textBefore(element) || (component && textBefore(component)));
  return {
    autocomplete: (short(element, "autocomplete") || (component ? short(component, "autocomplete") : "")).trim().toLowerCase(),
    placeholder: clamp(attribute(element, "placeholder") || (component && attribute(component, "placeholder"))),
    aside: part !== null && matches(part, "header,nav"),
    readOnly: Boolean(property(element, "readOnly")),
    required: Boolean(property(element, "required")),
    maxLength: typeof length === "number" && length >= 0 && length,
    filled: isTick(type) ? property(element, "checked") : String(property(element, "value") ?? "").length > 0,
    near: visible && !label && near(),
  };
}
