// @ts-check
/** What lies over an element. */
import { large } from "./collection.js";
import { closest, contains, getRoot, getter, matches, method, nodeType, outer, select } from "./dom.js";
import { boxOf, known, shadeOf, spans } from "./layout.js";

/** @import {Box, Layer} from "./layout.js" */

/**
 * What may lie over the page although the pointer does not meet it: in the browser's top layer, or near the page's root.
 * @returns {Layer[]}
 */
function layersOf() {
  const childrenOf = getter(Element, "children");
  const body = getter(Document, "body")(document);
  const upper = [...select(document, "dialog,[popover]"), getter(Document, "fullscreenElement")(document)]
    .filter((element) => element && matches(element, ":popover-open,:modal,:fullscreen"));
  const lower = Array.from(body ? childrenOf(body) : []).slice(0, 200)
    .flatMap((/** @type {Element} */ child) => [child, ...childrenOf(child)]).slice(0, 400);
  return [...upper, ...lower].map((element, place) => ({ element, top: place < upper.length, box: boxOf(element) }));
}

/**
 * Whether a layer that the pointer does not meet hides what is under it. How it is drawn is dear to ask: where it lies was
 * asked before.
 * @param {Layer} layer
 */
function hides({ element, top }) {
  const style = getComputedStyle(element);
  if (style.pointerEvents !== "none" || shadeOf(element).opacity <= 0.5) return false;
  return top || (/absolute|fixed/.test(style.position) && Number(style.zIndex) > 0 && style.backgroundColor.startsWith("rgb("));
}

/**
 * Whether something else is met at most of the points of a control. Only points inside of the window can be asked;
 * `unknown` is the answer when there are none.
 * @param {Element} element @param {Box} box @param {boolean} unknown
 */
export function isCovered(element, box, unknown) {
  const layers = (known.layers ??= layersOf());
  if (layers.some((layer) => spans(layer.box, box) && !contains(layer.element, element) && hides(layer)) || isUnder(element, box)) return true;
  const root = getRoot(element);
  const pointed = method(nodeType(root) === 11 ? ShadowRoot : Document, "elementFromPoint");
  let [asked, met] = [0, 0];
  for (const [across, down] of POINTS) {
    const x = box.left + box.width * /** @type {number} */ (across);
    const y = box.top + box.height * /** @type {number} */ (down);
    if (x < 0 || y < 0 || x >= innerWidth || y >= innerHeight) continue;
    asked += 1;
    if (belongs(element, pointed(root, x, y))) met += 1;
    // Most of them decide.
    if (met * 2 > POINTS.length || (asked - met) * 2 > POINTS.length) break;
  }
  return asked === 0 ? unknown : met * 2 < asked;
}

// In a large page a question takes the browser milliseconds.
const POINTS = [[0.5, 0.5], [0.15, 0.3], [0.85, 0.7], ...(large ? [] : [[0.85, 0.3], [0.15, 0.7]])];

const beside = ["previousElementSibling", "nextElementSibling"].map((name) => getter(Element, name));

/**
 * Whether an opaque element lies over it that the pointer does not meet.
 * @param {Element} element @param {Box} box
 */
function isUnder(element, box) {
  for (let at = /** @type {Element | null} */ (element); at; at = outer(at))
    for (const next of beside)
      for (let other = next(at), steps = 0; other && steps < 100; other = next(other), steps += 1) {
        if (!spans(boxOf(other), box)) continue;
        const style = getComputedStyle(other);
        if (style.pointerEvents !== "none" || !(Number(style.zIndex) > (Number(getComputedStyle(at).zIndex) || 0))) continue;
        if (style.backgroundColor.startsWith("rgb(") && Number(style.opacity) > 0.9 && style.visibility === "visible") return true;
      }
  return false;
}

/**
 * A label or a see-through neighbour over a field hides nothing.
 * @param {Element} element @param {Element | null} top
 */
function belongs(element, top) {
  if (!top) return false;
  if (top === element || contains(element, top) || top instanceof HTMLLabelElement || closest(top, "label")) return true;
  if (contains(top, element)) return getComputedStyle(element).pointerEvents === "none";
  const home = outer(element);
  const near = home && (contains(home, top) || contains(outer(home) ?? home, top));
  if (!near) return false;
  const style = getComputedStyle(top);
  return /^(transparent|rgba\(.*, 0\))$/.test(style.backgroundColor) && style.backgroundImage === "none";
}
