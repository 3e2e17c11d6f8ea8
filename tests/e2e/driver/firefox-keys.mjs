// @ts-check
// Key names as the DOM has them, in the code points that WebDriver wants.

const CODE_POINTS = /** @type {Record<string, string>} */ ({
  Alt: "\uE00A",
  ArrowDown: "\uE015",
  ArrowLeft: "\uE012",
  ArrowRight: "\uE014",
  ArrowUp: "\uE013",
  Backspace: "\uE003",
  Control: "\uE009",
  Delete: "\uE017",
  End: "\uE010",
  Enter: "\uE007",
  Escape: "\uE00C",
  F2: "\uE032",
  Home: "\uE011",
  Meta: "\uE03D",
  PageDown: "\uE00F",
  PageUp: "\uE00E",
  Shift: "\uE008",
  Space: " ",
  Tab: "\uE004",
});

/** The WebDriver actions that press these keys one after the other. @param {string[]} keys each like `a`, `Enter` or `Control+1`. */
export function keyActions(...keys) {
  const actions = keys.flatMap((key) => {
    const values = (key.length > 1 ? key.split("+") : [key]).map((name) => CODE_POINTS[name] ?? name);
    const down = values.map((value) => ({ type: "keyDown", value }));
    const up = [...values].reverse().map((value) => ({ type: "keyUp", value }));
    return [...down, ...up];
  });
  return { type: "key", id: "keyboard", actions };
}
