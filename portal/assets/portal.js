// What the pages gain from a script; all of them work without it.
// @ts-check

/** The home page: tiles are filtered while one types. */
const search = document.querySelector("#search");
const tiles = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("#tiles > .tile"));
const nothing = /** @type {HTMLElement | null} */ (document.querySelector("#nothing"));

// With ?q= the server has left tiles out; then every search must go to the server.
if (search instanceof HTMLInputElement && nothing && search.defaultValue === "") {
  const filter = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const tile of tiles) {
      tile.hidden = !words.every((word) => tile.dataset.words?.includes(word));
      shown += tile.hidden ? 0 : 1;
    }
    nothing.hidden = shown > 0 || tiles.length === 0;
  };
  search.addEventListener("input", filter);
  search.form?.addEventListener("submit", (event) => {
    event.preventDefault();
    const fitting = [...tiles].filter((tile) => !tile.hidden);
    if (search.value !== "" && fitting.length === 1) fitting[0].querySelector("a")?.click();
  });
  filter(); // the browser may have kept the text of an earlier visit
}

/** What one field must have to do with another one is told before anything is sent: no page gets a password back. */
for (const input of /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("input[data-wrong]"))) {
  const { sameAs, otherThan, wrong = "" } = input.dataset;
  const other = document.querySelector(`#${sameAs ?? otherThan}`);
  input.form?.addEventListener("input", () => {
    const isWrong = other instanceof HTMLInputElement && input.value !== "" && (input.value === other.value) !== (sameAs !== undefined);
    input.setCustomValidity(isWrong ? wrong : "");
  });
}

/** Password fields in a .secret can be looked at while they are typed. */
for (const field of document.querySelectorAll(".secret")) {
  const input = field.querySelector("input");
  if (!input) continue;
  const label = input.labels?.[0]?.textContent ?? "";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet";
  const show = (/** @type {boolean} */ shown) => {
    input.type = shown ? "text" : "password";
    button.textContent = shown ? "Hide" : "Show";
    // There may be several on a page. The words say what it does next, so there is no aria-pressed beside them.
    button.setAttribute("aria-label", `${button.textContent} ${label}`);
  };
  button.addEventListener("click", () => show(input.type === "password"));
  // Browsers offer to remember what is submitted as text.
  input.form?.addEventListener("submit", () => show(false));
  show(false);
  field.append(button);
}
