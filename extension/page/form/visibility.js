// @ts-check
/** Whether a person sees an element. */
import { isCovered } from "./cover.js";
import { isRendered, outer, typeOf } from "./dom.js";
import { boxOf, extentOf, isRoomy, shadeOf, shared, spans } from "./layout.js";
import { WRITABLE } from "./sort.js";

/** @import {Box} from "./layout.js" */

const DRAWN_AT_ALL = { visibilityProperty: true, opacityProperty: true };

/**
 * Rendered and not transparent; enough for what is never written into.
 * @param {Element} element @param {Box} box
 */
export function isShown(element, box) {
  if (box.width < 6 || box.height < 6) return false;
  const extent = extentOf();
  return box.right + extent.x > 3 && box.bottom + extent.y > 3 && isRendered(element, DRAWN_AT_ALL);
}

/** Rendered, opaque, large enough and not outside of the page. @param {Element} element @param {Box} box */
export function isVisible(element, box) {
  if (!isShown(element, box)) return false;
  const shade = shadeOf(element);
  if (shade.hidden || shade.opacity < 0.2 || !isRoomy(shared(shade.inner, box))) return false;
  return !shade.cut || !isCovered(element, box, true);
}

/**
 * Whether a field is transparent as long as nobody is in it, as where its label lies there until then: in something visible
 * that is hardly larger.
 * @param {Element} element @param {Box} box
 */
export function isFaint(element, box) {
  if (!WRITABLE.has(typeOf(element)) || !isRendered(element, { visibilityProperty: true }) || isRendered(element, DRAWN_AT_ALL)) return false;
  let home = outer(element);
  for (let steps = 0; home && steps < 4 && !isRendered(home, DRAWN_AT_ALL); steps += 1) home = outer(home);
  return home !== null && spans(boxOf(home), box) && boxOf(home).height < 3 * box.height + 10 && isVisible(home, boxOf(home));
}
