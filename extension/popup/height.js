// @ts-check
/**
 * On a low screen, or where text is magnified, there is less height for a popup than it asks for, and its end would be cut off. Then
 * the page takes what there is, and the list scrolls. Chromium gives the popup less; there, what is lower than most screens leave is
 * usually a popup that grows, from nothing or from one of the pages that are never so high, and counts when it has stopped growing.
 * Firefox gives it all of it, below the end of the screen, and says where it begins once it is there.
 */
const LOWEST = 440;
/** Milliseconds. A popup grows within a few frames. */
const GROWN = 400;
/** CSS pixels. Whatever is told, less than this is no place that a popup is put in. */
const LEAST = 200;

/** Where the page begins on the screen; Firefox alone tells. @type {{mozInnerScreenY?: number}} */
const { mozInnerScreenY: tells } = /** @type {any} */ (globalThis);

/** @type {ReturnType<typeof setTimeout> | undefined} */
let waiting;

/** CSS pixels. */
function room() {
  if (tells === undefined) return innerHeight;
  const { screen, mozInnerScreenY } = /** @type {any} */ (globalThis);
  return Math.max(LEAST, Math.floor(screen.availTop + screen.availHeight - mozInnerScreenY));
}

function fit() {
  const { documentElement: root, body } = document;
  if (room() < body.offsetHeight) root.style.setProperty("--height", `${room()}px`);
}

function look() {
  clearTimeout(waiting);
  if (innerHeight >= LOWEST) fit();
  else waiting = setTimeout(fit, GROWN);
}

addEventListener("resize", look);
if (tells !== undefined) addEventListener("focus", look);
