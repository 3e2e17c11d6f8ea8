// @ts-check
/** Where elements lie, and what those around them do to them. Whatever was asked is remembered until the page may have changed. */
import { assignedSlot, getter, localName, outer, rectOf } from "./dom.js";

/**
 * @typedef {{left: number, top: number, right: number, bottom: number}} Area  in the window, in CSS pixels
 * @typedef {Area & {width: number, height: number}} Box
 * @typedef {object} Shade  what is done to what is inside of an element
 * @property {number} opacity
 * @property {boolean} hidden
 * @property {boolean} cut      by a shape, so that only the points themselves tell
 * @property {boolean} veiled   by a picture, which nobody can ask
 * @property {Area} inner       where a person can see it
 * @property {Area} held        the same for what is placed absolutely
 * @property {Area} fixed       the same for what is fixed
 * @typedef {{element: Element, box: Box, top: boolean}} Layer  what may lie over the page; `top` in the browser's top layer
 */

const nothing = () => ({
  /** @type {Map<Element, Box>} */ boxes: new Map(),
  /** @type {Map<Element, Shade>} */ shades: new Map(),
  /** @type {ReturnType<typeof measure> | undefined} */ extent: undefined,
  /** @type {Layer[] | undefined} */ layers: undefined,
});
/** What was asked so far. */
export let known = nothing();

/** The page may have changed. */
export const forget = () => {
  known = nothing();
};

/** Where an element lies; asked once for each look. @param {Element} element @returns {Box} */
export function boxOf(element) {
  const asked = known.boxes.get(element);
  if (asked) return asked;
  const { left, top, width, height } = rectOf(element);
  const box = { left, top, width, height, right: left + width, bottom: top + height };
  known.boxes.set(element, box);
  return box;
}

const OPEN = { opacity: 1, hidden: false, cut: false, veiled: false };

/** What two areas have in common. @param {Area} one @param {Area} other @returns {Area} */
export const shared = (one, other) =>
  ({ left: Math.max(one.left, other.left), top: Math.max(one.top, other.top), right: Math.min(one.right, other.right), bottom: Math.min(one.bottom, other.bottom) });

/** Whether a person can see something in it. @param {Area} area */
export const isRoomy = (area) => area.right - area.left >= 6 && area.bottom - area.top >= 6;

/**
 * What an element and all around it do to what is inside: opacity, clipping.
 * @param {Element} element @returns {Shade}
 */
export function shadeOf(element) {
  const { shades } = known;
  /** @type {Element[]} */ const pending = [];
  /** @type {Element | null} */ let at = element;
  while (at && !shades.has(at)) {
    pending.push(at);
    at = assignedSlot(at) ?? outer(at);
  }
  const extent = extentOf();
  const page = { left: -1e9, top: -1e9, right: extent.width - extent.x, bottom: extent.height - extent.y };
  // What is fixed to the window can't be scrolled into it.
  let shade = (at && shades.get(at)) || { ...OPEN, inner: page, held: page, fixed: { left: 0, top: 0, right: innerWidth, bottom: innerHeight } };
  for (const node of pending.reverse()) shades.set(node, (shade = shadeIn(node, shade)));
  return shade;
}

/** What one element does, beside what all around it do. @param {Element} node @param {Shade} around @returns {Shade} */
function shadeIn(node, around) {
  const style = getComputedStyle(node);
  const { filter, position } = style;
  const veil = filter === "none" ? null : /opacity\(([\d.]+)(%?)\)/.exec(filter);
  const blur = filter === "none" ? null : /blur\(([\d.]+)px\)/.exec(filter);
  const rect = position === "absolute" || position === "fixed" ? style.clip : "auto";
  const inner = innerOf(node, style, position === "fixed" ? around.fixed : position === "absolute" ? around.held : around.inner);
  const anchor = style.transform !== "none" || filter !== "none";
  return {
    opacity: around.opacity * Number(style.opacity) * (veil ? Number(veil[1]) / (veil[2] ? 100 : 1) : 1),
    hidden: around.hidden || (blur !== null && Number(blur[1]) > 12)
      || (rect !== "auto" && rect !== "" && !/[2-9]\d*px|\d\dpx|auto/.test(rect)),
    cut: around.cut || style.clipPath !== "none",
    veiled: around.veiled || (style.maskImage ?? "none") !== "none" || filter.includes("url("),
    inner,
    held: anchor || position !== "static" ? inner : around.held,
    fixed: anchor ? inner : around.fixed,
  };
}

/** Where a person can see what is inside of an element. @param {Element} node @param {CSSStyleDeclaration} style @param {Area} base where they can see the element */
function innerOf(node, style, base) {
  const name = localName(node);
  // The document's element scrolls the window, and leaves it to the body if it says nothing itself.
  const isWindow = name === "html" || (name === "body" && getComputedStyle(outer(node) ?? node).overflowX === "visible");
  if (name === "input" || isWindow || style.overflowX === "visible") return base;
  const inner = style.display === "contents" || style.display === "inline" ? base : shared(base, boxOf(node));
  // What is inside of a window can be scrolled into it, if there is room to see it in.
  if (!/auto|scroll/.test(style.overflowX + style.overflowY) || !isRoomy(inner)) return inner;
  const size = (/** @type {string} */ name) => getter(Element, name)(node);
  const across = /auto|scroll/.test(style.overflowX) ? size("scrollWidth") - size("clientWidth") : 0;
  const down = /auto|scroll/.test(style.overflowY) ? size("scrollHeight") - size("clientHeight") : 0;
  return { left: inner.left - across, top: inner.top - down, right: inner.right + across, bottom: inner.bottom + down };
}

function measure() {
  const [width, height] = ["scrollWidth", "scrollHeight"].map((name) => getter(Element, name)(getter(Document, "documentElement")(document)));
  return { x: scrollX, y: scrollY, width: Math.max(width, innerWidth), height: Math.max(height, innerHeight) };
}

/** How far the page reaches, and where the window is in it. Asked for only if there is something to see: a page that is changing has to be laid out for it. */
export const extentOf = () => (known.extent ??= measure());

/** Whether one lies over all of the other. @param {Area} outside @param {Area} inside */
export const spans = (outside, inside) =>
  outside.left <= inside.left && outside.right >= inside.right && outside.top <= inside.top && outside.bottom >= inside.bottom;
