// @ts-check
/** The controls of a page, its headings and its labels, in document order and through open shadow roots. */
import { closest, formOf, getAttribute, localName, named, orderOf, outer, select, shadowRoot } from "./dom.js";
import { destinations } from "./fingerprint.js";
import { COMPONENTS, DRAWN, FIELDS, HEADINGS, PRESSED, sortOf } from "./sort.js";

/** What may hold a shadow root, as far as names tell: most elements of a large page may not. The most frequent names first, on either side. */
const HOSTS = "div,span,p,h2,h3,section,:not(td,a,li,option,tr,input,img,label,ul,script,b,i,strong,link,meta,br,button,select,style,tbody,table,form,em,small,th,iframe,dd,dt,dl,fieldset,ol,optgroup,picture,source,textarea,thead,col,svg,svg *)";

/** No page makes us look at more than this; of `covered` fields is asked what lies over them. */
export const MAXIMUM = { fields: 500, buttons: 400, links: 400, headings: 80, covered: 4 };

/** A page with more inputs than this is looked at around its passwords only: so many of them, and so many elements on either side. */
const LARGE = { inputs: 500, passwords: 8, around: 40 };
const PLAIN = "input:not([type=hidden i]),select,textarea,button,a,label,h1,h2";

/** Whether the page has more than anybody signs in with. */
export const large = named(document, "input").length > LARGE.inputs;

/**
 * What stands around the first passwords of a large page; without one, what stands first.
 * @returns {Element[]}
 */
function around() {
  const list = select(document, PLAIN);
  const passwords = select(document, "input[type=password i]");
  /** @type {Element[]} */ const found = [];
  let next = 0;
  for (const middle of Array.prototype.slice.call(passwords.length > 0 ? passwords : list, 0, LARGE.passwords)) {
    // The list is in document order, and touching all of it would take longer than everything else.
    let [from, to] = [next, list.length];
    while (from < to) {
      const at = (from + to) >> 1;
      if (orderOf(list[at], middle) & Node.DOCUMENT_POSITION_FOLLOWING) from = at + 1;
      else to = at;
    }
    for (next = Math.max(next, from - LARGE.around); next < from + LARGE.around && next < list.length; next += 1) found.push(/** @type {Element} */ (list[next]));
  }
  return found;
}

/** Everything of interest in document order, open shadow roots in the place of their hosts. */
function everything() {
  // What is frequent first; the buttons among inputs are inputs.
  const selector = `${FIELDS},label,a,button,[role=button],${HEADINGS},${DRAWN},${COMPONENTS}`;
  /** @type {Element[]} */ const found = [];
  /** @param {any} root @param {number} depth */
  const visit = (root, depth) => {
    const hosts = rootsIn(root);
    // Where there is nothing to fill, nothing else is looked for but what the page says.
    const here = select(root, depth === 0 && hosts.length === 0 && select(root, FIELDS).length === 0 ? HEADINGS : selector);
    let [next, count] = [0, here.length];
    // Both lists are in document order; merge them, so that a host's content stands where the host stands.
    if (depth < 20)
      for (const host of hosts) {
        for (; next < count; next += 1) {
          const element = /** @type {Element} */ (here[next]);
          if (element !== host && !(orderOf(element, host) & Node.DOCUMENT_POSITION_FOLLOWING)) break;
          found.push(element);
        }
        visit(shadowRoot(host), depth + 1);
      }
    for (; next < count; next += 1) found.push(/** @type {Element} */ (here[next]));
  };
  visit(document, 0);
  return found;
}

/** The elements with a shadow root that is open. @param {any} root @returns {Element[]} */
function rootsIn(root) {
  /** @type {Element[]} */ const found = [];
  const hosts = select(root, HOSTS);
  for (let next = 0, count = hosts.length; next < count; next += 1) if (shadowRoot(hosts[next])) found.push(/** @type {Element} */ (hosts[next]));
  return found;
}

/** What counts of a page. Links do only where fields are. */
function collect() {
  const found = large ? around() : everything();
  /** @type {Element[]} */ const controls = [];
  /** @type {{element: Element, at: number}[]} */ const headings = [];
  /** @type {Element[]} */ const labels = [];
  const room = { ...MAXIMUM };
  const sorts = found.map(sortOf);
  const nearField = nearness(found.filter((_, place) => sorts[place] === "field"));
  for (let place = 0; place < found.length; place += 1) {
    const element = /** @type {Element} */ (found[place]);
    const sort = sorts[place];
    if (sort === "label") labels.push(element);
    if (sort === "field" && room.fields-- > 0) controls.push(element);
    else if (sort === "component") {
      // One that is made of native controls is there with those.
      const inside = [element, shadowRoot(element)].some((root) => root && select(root, `${FIELDS},${PRESSED}`).length > 0);
      if (!inside && room.fields-- > 0) controls.push(element);
    } else if (sort === "heading" && room.headings-- > 0) headings.push({ element, at: controls.length });
    else if (sort === "button" && room.buttons-- > 0) controls.push(element);
    else if (sort === "link" && nearField(element) && room.links-- > 0) controls.push(element);
    else if (sort === "drawn" || (sort === "label" && getAttribute(element, "onclick") !== null)) {
      // An element drawn as a button: only if it is no wrapper of real controls and not a part of one.
      if (nearField(element) && select(element, `${FIELDS},${PRESSED}`).length === 0 && !closest(element, `${PRESSED},${DRAWN}`)
        && room.buttons-- > 0) controls.push(element);
    }
  }
  return { controls, headings, labels };
}

/**
 * Whether an element is where fields are: within a few steps of what is within a few steps of one.
 * @param {Element[]} fields @returns {(element: Element) => boolean}
 */
function nearness(fields) {
  /** @type {Map<Element, number>} */ const steps = new Map();
  for (const element of fields) {
    let at = outer(element);
    for (let step = 0; at && step < 7 && !steps.has(at) && localName(at) !== "body"; step += 1, at = outer(at)) steps.set(at, 0);
    const owner = formOf(element);
    const beyond = owner && outer(owner);
    if (owner) steps.set(owner, 0);
    if (beyond && localName(beyond) !== "body") steps.set(beyond, 0);
  }
  return (element) => {
    /** @type {Element[]} */ const pending = [];
    /** @type {Element | null} */ let at = element;
    for (; at && !steps.has(at); at = outer(at)) pending.push(at);
    let count = (at && steps.get(at)) ?? 100;
    while (pending.length > 0) steps.set(/** @type {Element} */ (pending.pop()), (count += 1));
    return (steps.get(element) ?? 100) <= 6;
  };
}

/**
 * The first element that one of the selectors finds, through open shadow roots.
 * @param {string[]} selectors
 */
export function locate(selectors) {
  /** @type {any[]} */ const roots = [document];
  for (let next = 0; next < roots.length && roots.length < 200; next += 1)
    for (const host of rootsIn(roots[next])) roots.push(shadowRoot(host));
  for (const selector of selectors)
    for (const root of roots)
      try {
        const [element] = select(root, selector);
        if (element) return element;
      } catch {
        break; // not a selector: the next one may be
      }
  return null;
}

/**
 * The controls, those that locators find among them even if nothing else would.
 * @param {string[][]} [locators]  selectors for each, best first
 */
export function enumerate(locators = []) {
  destinations.clear();
  const { controls, headings, labels } = collect();
  const located = locators.map((selectors) => {
    const element = locate(selectors);
    if (!element) return null;
    const known = controls.indexOf(element);
    return known >= 0 ? known : controls.push(element) - 1;
  });
  return { controls, headings, labels, located };
}
