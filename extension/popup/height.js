// @ts-check
/**
 * On a low screen the browser gives a popup less height than it asks for, and would cut off its end. Then the page takes what
 * there is, and the list scrolls. What is lower than this is a popup that grows, from nothing or from one of the pages that are
 * never so high, and says nothing about the screen.
 */
const LOWEST = 440;

addEventListener("resize", () => {
  const { documentElement: root, body } = document;
  if (innerHeight >= LOWEST && innerHeight < body.offsetHeight) root.style.setProperty("--height", `${innerHeight}px`);
});
