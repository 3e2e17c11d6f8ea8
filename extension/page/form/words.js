// @ts-check
/** What a person reads in and around a control: its words, its labels, the text beside it. Short, whatever the page holds. */
import { all, attribute, closest, firstChild, getAttribute, getRoot, getter, lastChild, localName, matches, method, nodeType, outer, parentNode, textOf } from "./dom.js";
import { FIELDS } from "./sort.js";

/** Letters: enough for a label, and nothing that a page can make long. */
const SHORT = 120;

/**
 * No more of a text than this. A letter that was cut in two is no text any more, and Firefox would hand on the half.
 * @param {string} text @param {number} [limit]
 */
export const cut = (text, limit = SHORT) => text.slice(0, limit).toWellFormed();

/** A text on one line, no longer than this. @param {unknown} text @param {number} [limit] */
export function clamp(text, limit = SHORT) {
  const string = String(text ?? "");
  return string === "" ? "" : cut(string.slice(0, limit * 4).replace(/\s+/g, " ").trim(), limit);
}

/** An attribute, no longer than this. @param {Element} element @param {string} name */
export const short = (element, name) => cut(attribute(element, name));

/** What stands in these is not read. */
const SILENT = new Set(["script", "style", "noscript", "template", "select", "option", "textarea", "datalist", "iframe"]);

/**
 * The words inside an element, without those of lists and scripts.
 * @param {Element} element @param {number} [limit]
 */
export function wordsOf(element, limit = SHORT) {
  // Most hold one text and nothing else.
  let home = element;
  let only = firstChild(home);
  while (only && only === lastChild(home) && nodeType(only) === 1) only = firstChild((home = only));
  if (!only) return "";
  if (only === lastChild(home)) return nodeType(only) === 3 && !SILENT.has(localName(home)) ? clamp(textOf(only), limit) : "";
  let text = "";
  const walker = Document.prototype.createTreeWalker.call(document, home, NodeFilter.SHOW_TEXT);
  for (let steps = 0; steps < 200 && text.length < limit * 2; steps += 1) {
    const node = walker.nextNode();
    if (!node) break;
    const data = textOf(node);
    if (/\S/.test(data) && !SILENT.has(localName(parentNode(node)) ?? "")) text += ` ${data.slice(0, limit * 2)}`;
  }
  return clamp(text, limit);
}

/** What a button without words shows. @param {Element} element */
export function pictureOf(element) {
  const [picture] = all(element, "img[alt],svg[aria-label],[aria-label]");
  return picture ? clamp(getAttribute(picture, "alt") ?? getAttribute(picture, "aria-label")) : "";
}

/**
 * What a control is called: by its label elements, by ARIA, by its title.
 * @param {Element} element @param {HTMLFormElement | null} owner @param {Element[]} [labels]
 */
export function labelOf(element, owner, labels = []) {
  // Pages with two forms like to use an id twice; a label inside of another form is not about this control.
  const own = labels.filter((label) => !owner || (closest(label, "form") ?? owner) === owner);
  const parts = [...own.map((label) => wordsOf(label)), attribute(element, "aria-label")];
  for (const id of attribute(element, "aria-labelledby").split(/\s+/).slice(0, 4)) {
    const root = id && getRoot(element);
    const other = root && method(nodeType(root) === 11 ? DocumentFragment : Document, "getElementById")(root, id);
    if (other) parts.push(wordsOf(other));
  }
  return clamp([...parts, attribute(element, "title")].join(" "));
}

/**
 * The text that stands before a field: in its cell, in the cell to the left or in the cell above.
 * @param {Element} element
 */
export function textBefore(element) {
  const before = neighbour(element, "previousNode");
  if (before) return before;
  const cell = closest(element, "td,th");
  if (!(cell instanceof HTMLTableCellElement)) return "";
  const row = closest(cell, "tr");
  const above = row && getter(Element, "previousElementSibling")(row);
  const over = above instanceof HTMLTableRowElement ? above.cells[cell.cellIndex] : null;
  return over && all(over, FIELDS).length === 0 ? wordsOf(over) : "";
}

/** The next text on that side, if no other control comes first. @param {Element} element @param {"previousNode" | "nextNode"} step */
export function neighbour(element, step) {
  const root = getRoot(element);
  const walker = Document.prototype.createTreeWalker.call(document, root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  walker.currentNode = element;
  for (let steps = 0; steps < 25; steps += 1) {
    const node = walker[step]();
    if (!node) return "";
    if (nodeType(node) === 3) {
      const data = textOf(node);
      const text = /[^\s*:()|.,-]/.test(data) ? clamp(data) : "";
      const home = text && outer(node);
      if (home && /[^\s*:()|.,-]/.test(text) && !SILENT.has(localName(home))) return text;
    } else if (matches(node, `${FIELDS},button`)) return "";
  }
  return "";
}
