// @ts-check
/** Which elements are controls, and of what sort. */
import { getAttribute, getRoot, inputType, localName, matches, nodeType, select } from "./dom.js";

/** What something may be written into or chosen in. */
export const FIELDS = "input:not([type=hidden i]),select,textarea";

/** Beside native controls only components that take part in forms are enabled or disabled; others say by ARIA that they are fields. */
export const COMPONENTS = ":is(:enabled,:disabled,[role=textbox],[role=searchbox],[role=combobox]):not(input,select,textarea,button,fieldset,optgroup,option,[role=button])";

/** What is pressed. */
export const PRESSED = "button,a,[role=button],input[type=submit i],input[type=image i],input[type=button i]";

/** What is drawn as a button, by names as people write them: looking for letters of either case takes three times as long. */
export const DRAWN = ":is(div,span,li,td,p,img,label):is([onclick],[class*=btn],[class*=utton],[class*=ubmit],[class*=Btn],[class*=BTN],[class*=BUTTON],[class*=SUBMIT])";

/** What says what a part of the page is about. */
export const HEADINGS = "h1,h2,h3,h4,h5,h6,legend,[role=heading],caption";
/** The types of inputs that are buttons. */
export const BUTTONS = new Set(["submit", "image", "button", "reset"]);
/** The types of inputs that a person types into. */
export const WRITABLE = new Set(["text", "email", "tel", "number", "search", "url", "password"]);

/** @param {Element} element @returns {"field" | "button" | "link" | "heading" | "label" | "component" | "drawn"} */
export function sortOf(element) {
  const name = localName(element);
  if (name === "input") return BUTTONS.has(inputType(element)) ? "button" : "field";
  if (name === "select" || name === "textarea") return "field";
  if (name === "button") return "button";
  const role = getAttribute(element, "role");
  if (role === "button") return "button";
  if (name === "a") return "link";
  if (name === "label") return "label";
  if (role === "heading" || name === "legend" || name === "caption" || /^h[1-6]$/.test(name)) return "heading";
  return matches(element, COMPONENTS) ? "component" : "drawn";
}

/**
 * The component that is made of a control: what is said about the control is said there.
 * @param {Element} element
 */
export function componentOf(element) {
  const root = getRoot(element);
  if (nodeType(root) !== 11) return null;
  const fields = select(root, FIELDS);
  const only = fields.length > 0 ? fields : select(root, PRESSED);
  return only.length === 1 && only[0] === element ? /** @type {Element} */ (root.host) : null;
}
