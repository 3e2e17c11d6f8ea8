// @ts-check
/** One look at a page: what a person sees there, never what is in it. */
import { originOf, pathOf } from "./address.js";
import { branches } from "./branches.js";
import { enumerate, large, MAXIMUM } from "./collection.js";
import { isCovered } from "./cover.js";
import { describe, isWritable } from "./description.js";
import { attribute, getAttribute, getter, localName, named, shadowRoot } from "./dom.js";
import { destinationOf } from "./fingerprint.js";
import { boxOf, shadeOf } from "./layout.js";
import { isShown } from "./visibility.js";
import { clamp, wordsOf } from "./words.js";

/** @import {Control, Snapshot} from "../messages.js" */

/** @param {{locators?: string[][]}} request @returns {Snapshot} */
export function probe({ locators }) {
  const began = performance.now();
  const { controls, headings, labels, located } = enumerate(locators);
  const { branch, parents } = branches([...controls, ...headings.map(({ element }) => element)]);
  /** @type {Map<HTMLFormElement, number>} */ const forms = new Map();
  const page = { forms, labels: byControl(labels), located, focused: focusedElement(), branch };
  const described = controls.map((element, index) => describe(element, index, page));
  markCovered(described.filter(isWritable), controls);
  return {
    origin: self.origin,
    href: location.href,
    title: clamp(getter(Document, "title")(document)),
    readyState: getter(Document, "readyState")(document),
    top: window === window.top,
    sandboxed: self.origin === "null",
    prerendering: Boolean(getter(Document, "prerendering")(document)),
    controls: described,
    forms: [...forms].map(([owner, index]) => ({
      index,
      actionOrigin: destinationOf(owner),
      actionPath: clamp(pathOf(attribute(owner, "action"))),
      method: String(getter(HTMLFormElement, "method")(owner)),
      words: clamp(`${attribute(owner, "id")} ${attribute(owner, "name")} ${attribute(owner, "class")} ${attribute(owner, "aria-label")}`),
      text: wordsOf(owner, 600),
    })),
    boxes: parents,
    headings: headings
      .filter(({ element }) => isShown(element, boxOf(element)))
      .map(({ element, at }) => ({ text: wordsOf(element), level: Number(/^h([1-6])$/.exec(localName(element))?.[1] ?? 6), box: branch(element), at }))
      .filter(({ text }) => text !== ""),
    located,
    frameOrigin: frameOrigin(),
    took: Math.ceil(performance.now() - began),
  };
}

/** @param {Element[]} labels @returns {Map<Element, Element[]>} */
function byControl(labels) {
  /** @type {Map<Element, Element[]>} */ const found = new Map();
  const controlOf = labels.length > 0 ? getter(HTMLLabelElement, "control") : () => null;
  for (const label of labels) {
    const control = controlOf(label);
    if (control) found.set(control, [...(found.get(control) ?? []), label]);
  }
  return found;
}

/** The element that has the focus, inside of whatever components. */
function focusedElement() {
  let focused = null;
  for (let at = getter(Document, "activeElement")(document); at; at = shadowRoot(at) && getter(ShadowRoot, "activeElement")(shadowRoot(at))) focused = at;
  return focused;
}

/**
 * Asking what lies where is dear: passwords and what stands before them, in a large page passwords alone. A password that is
 * not asked about counts as covered.
 * @param {Control[]} fields @param {Element[]} elements of all controls
 */
function markCovered(fields, elements) {
  const passwords = fields.filter(({ type }) => type === "password");
  const asked = new Set((passwords.length > 0 ? passwords : fields).slice(0, MAXIMUM.covered));
  if (!large) for (const first of passwords.slice(0, MAXIMUM.covered))
    for (const field of fields.slice(0, fields.indexOf(first)).filter((field) => !passwords.includes(field)).slice(-2)) asked.add(field);
  for (const field of new Set([...passwords, ...asked])) {
    const element = /** @type {Element} */ (elements[field.index]);
    if (!asked.has(field) || shadeOf(element).veiled || isCovered(element, boxOf(element), false)) field.covered = true;
  }
}

/** Where the largest frame comes from. Small ones hold no form; what has no address of its own belongs to this page. */
function frameOrigin() {
  let [largest, origin] = [0, ""];
  if (window.length > 0) for (const frame of [...named(document, "iframe"), ...named(document, "frame")]) {
    const box = boxOf(frame);
    if (getAttribute(frame, "src") === null || box.width < 150 || box.height < 80 || box.width * box.height <= largest || !isShown(frame, box)) continue;
    largest = box.width * box.height;
    origin = originOf(attribute(frame, "src"));
  }
  return origin;
}
