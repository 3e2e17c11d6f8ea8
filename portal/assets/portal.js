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

/** Password fields in a .secret can be looked at while they are typed. */
for (const field of document.querySelectorAll(".secret")) {
  const input = field.querySelector("input");
  if (!input) continue;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet";
  const show = (/** @type {boolean} */ shown) => {
    input.type = shown ? "text" : "password";
    button.textContent = shown ? "Hide" : "Show";
    button.setAttribute("aria-pressed", String(shown));
  };
  button.addEventListener("click", () => show(input.type === "password"));
  // Browsers offer to remember what is submitted as text.
  input.form?.addEventListener("submit", () => show(false));
  show(false);
  field.append(button);
}

/** Where a map is pasted, a file can be chosen instead: its text goes where the pasted one would. */
const pasted = document.querySelector("#map");
if (pasted instanceof HTMLTextAreaElement) {
  const label = document.createElement("label");
  label.textContent = "Read it from a file";
  const chooser = document.createElement("input");
  chooser.type = "file";
  chooser.accept = ".json,application/json";
  const wrong = document.createElement("p");
  wrong.className = "wrong";
  wrong.setAttribute("role", "alert");
  chooser.addEventListener("change", async () => {
    const file = chooser.files?.[0];
    if (!file) return;
    const isSmall = file.size <= Number(pasted.dataset.largest);
    const text = isSmall ? await file.text().catch(() => undefined) : undefined;
    wrong.textContent = !isSmall ? "This file is too large to be a map." : text === undefined ? "This file can't be read." : "";
    if (text !== undefined) pasted.value = text;
    // So that the same file can be chosen again when it was changed.
    chooser.value = "";
  });
  label.append(chooser);
  pasted.form?.querySelector(".actions")?.before(label, wrong);
}
