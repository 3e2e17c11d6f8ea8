// @ts-check
/**
 * On a low screen, or where text is magnified, the browser gives a popup less height than it asks for, and would cut off its end.
 * Then the page takes what there is, and the list scrolls. What is lower than most screens leave is usually a popup that grows,
 * from nothing or from one of the pages that are never so high: it counts when it has stopped growing.
 */
const LOWEST = 440;
/** Milliseconds. A popup grows within a few frames. */
const GROWN = 400;

/** @type {ReturnType<typeof setTimeout> | undefined} */
let waiting;

function fit() {
  const { documentElement: root, body } = document;
  if (innerHeight < body.offsetHeight) root.style.setProperty("--height", `${innerHeight}px`);
}

addEventListener("resize", () => {
  clearTimeout(waiting);
  if (innerHeight >= LOWEST) fit();
  else waiting = setTimeout(fit, GROWN);
});
