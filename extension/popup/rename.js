// @ts-check
/**
 * Gives an app a name of the person's own: F2 for the row that is selected, or the pencil of any. It is kept with the account's
 * other choices; what counts as a name, and where it shows, is src/names.rs's to decide, which hears of it by the storage.
 */
import { sentence } from "../language.js";

const element = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.querySelector(`#${id}`));
const dialog = /** @type {HTMLDialogElement} */ (element("rename"));
const input = /** @type {HTMLInputElement} */ (element("own-name"));
/** The app that is being renamed, by its id. */
let app = "";

/** What is kept, of which a damaged part counts as absent. @returns {Promise<{account?: string, lines: string[]}>} */
async function kept() {
  const stored = await chrome.storage.local.get(["account", "names"]);
  const [known, names] = [stored.account, stored.names].map((text) => {
    try {
      return Object(JSON.parse(text));
    } catch {
      return {};
    }
  });
  const account = known.account?.id;
  return { account, lines: names.account === account && Array.isArray(names.apps) ? names.apps : [] };
}

const isOfApp = (/** @type {unknown} */ line) => String(line).startsWith(`${app} `);

/** @param {HTMLElement} row */
async function begin(row) {
  app = row.dataset.app ?? "";
  const shown = row.querySelector(".name")?.textContent ?? "";
  element("rename-title").textContent = sentence("renameTitle", [shown]);
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (dialog.querySelectorAll("[data-text]"))) button.textContent = sentence(button.dataset.text ?? "", []);
  element("portal-name").hidden = !(await kept()).lines.some(isOfApp);
  input.value = shown;
  if (!dialog.open) dialog.showModal();
  input.select();
}

/** An empty name takes it back. Alone, as all that changes what is remembered. @param {string} name */
const keep = (name) =>
  navigator.locks.request("memory", async () => {
    const { account, lines } = await kept();
    // Somebody may have signed out meanwhile.
    if (!account) return;
    const others = lines.filter((line) => !isOfApp(line));
    const apps = name ? [`${app} ${name}`, ...others] : others;
    await chrome.storage.local.set({ names: JSON.stringify({ account, apps }) });
  });

document.addEventListener("keydown", (event) => {
  const row = event.key === "F2" && !dialog.open && document.querySelector('#list [aria-selected="true"]');
  if (!row) return;
  event.preventDefault();
  begin(/** @type {HTMLElement} */ (row));
});

// Before the row itself hears of it, and opens its app.
document.addEventListener(
  "click",
  (event) => {
    const target = /** @type {Element} */ (event.target);
    const row = target.className === "pencil" && target.closest("[data-app]");
    if (!row) return;
    event.stopPropagation();
    begin(/** @type {HTMLElement} */ (row));
  },
  true,
);

element("rename-form").addEventListener("submit", () => keep(input.value.trim()));
element("portal-name").addEventListener("click", () => {
  keep("");
  dialog.close();
});
element("keep-name").addEventListener("click", () => dialog.close());

// What is typed and pressed here is neither a search nor a way through the list.
for (const kind of ["keyup", "input"]) dialog.addEventListener(kind, (event) => event.stopPropagation());
dialog.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return event.stopPropagation();
  // The browser would close the popup.
  event.preventDefault();
  dialog.close();
});
