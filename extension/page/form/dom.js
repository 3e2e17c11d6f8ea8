// @ts-check
/**
 * Reading without being misled: form elements and the document let a page shadow their properties by naming a control
 * (`<input name="action">`), therefore everything is read through the getters and methods of the prototypes.
 */

// Bound, not wrapped: a look makes thousands of these calls, before any of its code was compiled.
const call = Function.prototype.call;

/** How a property of a type is read, whatever an object of it says. @param {any} type @param {string} name @returns {(object: any) => any} */
export function getter(type, name) {
  const get = Object.getOwnPropertyDescriptor(type.prototype, name)?.get;
  return get ? call.bind(get) : () => undefined;
}

/** How a method of a type is called, likewise. @param {any} type @param {string} name @returns {(object: any, ...args: any[]) => any} */
export const method = (type, name) => call.bind(type.prototype[name]);

export const localName = getter(Element, "localName");
export const parentNode = getter(Node, "parentNode");
const parentElement = getter(Node, "parentElement");
export const firstChild = getter(Node, "firstChild");
export const lastChild = getter(Node, "lastChild");
export const nodeType = getter(Node, "nodeType");
export const textOf = getter(CharacterData, "data");
export const isConnected = getter(Node, "isConnected");
export const shadowRoot = getter(Element, "shadowRoot");
export const assignedSlot = getter(Element, "assignedSlot");
export const getAttribute = method(Element, "getAttribute");
export const matches = method(Element, "matches");
const innermost = method(Element, "closest");
export const contains = method(Node, "contains");
export const orderOf = method(Node, "compareDocumentPosition");
export const getRoot = method(Node, "getRootNode");
export const rectOf = method(Element, "getBoundingClientRect");
export const dispatch = method(EventTarget, "dispatchEvent");
export const inputType = getter(HTMLInputElement, "type");
export const isRendered = method(Element, "checkVisibility");
export const named = method(Document, "getElementsByTagName");
const inDocument = method(Document, "querySelectorAll");
const inFragment = method(DocumentFragment, "querySelectorAll");
const inElement = method(Element, "querySelectorAll");

/**
 * What a selector finds, not yet touched: every element that is touched costs.
 * @param {any} root @param {string} selector @returns {NodeListOf<Element>}
 */
export const select = (root, selector) => (root === document ? inDocument : nodeType(root) === 11 ? inFragment : inElement)(root, selector);

/** @param {any} root @param {string} selector @returns {Element[]} */
export const all = (root, selector) => Array.from(select(root, selector));

/** An attribute, empty without one. @param {Element} element @param {string} name @returns {string} */
export const attribute = (element, name) => getAttribute(element, name) ?? "";

/** The next element outwards, through shadow roots. @param {any} node @returns {Element | null} */
export function outer(node) {
  const parent = parentElement(node);
  if (parent) return parent;
  const root = parentNode(node);
  return root && nodeType(root) === 11 ? root.host ?? null : null;
}

/**
 * The innermost element around it that a selector fits, through shadow roots.
 * @param {Element} element @param {string} selector @returns {Element | null}
 */
export function closest(element, selector) {
  for (let at = outer(element); at; ) {
    const found = innermost(at, selector);
    if (found) return found;
    const root = getRoot(at);
    at = nodeType(root) === 11 ? root.host ?? null : null;
  }
  return null;
}

const KINDS = new Map(Object.entries({ input: HTMLInputElement, button: HTMLButtonElement, select: HTMLSelectElement, textarea: HTMLTextAreaElement }));
/** How properties are read, by name and by kind of element. @type {Map<string, Map<string, (object: any) => any>>} */
const properties = new Map();

/** A property of a native control; other elements have none. @param {Element} element @param {string} name */
export function property(element, name) {
  const kind = localName(element);
  const type = KINDS.get(kind);
  if (!type || !(element instanceof type)) return undefined;
  let known = properties.get(name);
  if (!known) properties.set(name, (known = new Map()));
  let get = known.get(kind);
  if (!get) known.set(kind, (get = getter(type, name)));
  return get(element);
}

/**
 * A control inside of a component belongs to the form that the component stands in.
 * @param {Element} element @returns {HTMLFormElement | null}
 */
export function formOf(element) {
  const own = property(element, "form");
  if (own || (own === null && nodeType(getRoot(element)) !== 11)) return own;
  return /** @type {any} */ (closest(element, "form"));
}

/** The type of a native control, empty for other elements. @param {Element} element @returns {string} */
export const typeOf = (element) => String(property(element, "type") ?? "");
