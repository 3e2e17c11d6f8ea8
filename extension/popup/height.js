// @ts-check
/**
 * On a low screen the browser gives a popup less height than it asks for, and would cut off its end. Then the page takes what
 * there is, and the list scrolls. A popup begins very small and grows, which says nothing about the screen.
 */
const LOWEST = 200;

addEventListener("resize", () => {
  const { documentElement: root, body } = document;
  if (innerHeight >= LOWEST && innerHeight < body.offsetHeight) root.style.setProperty("--height", `${innerHeight}px`);
});
