// @ts-check
/**
 * Gives an app a name of the person's own: F2 for the row that is selected, or the pencil of any. It is kept with the account's
 * other choices; what counts as a name, and where it shows, is src/names.rs's to decide, which hears of it by the storage.
 */
import { sentence } from "../language.js";

const element = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.querySelector(`#${id}`));
const dialog = /** @type {HTMLDialogElement} */ (element("rename"));
const input = /** @type {HTMLInputElement} */ (element("own-name"));

/** @typedef {{account?: string, lines: string[]}} Kept */
/** What is being renamed: the app's id, the name it has, and what was kept when that began. */
let renamed = { app: "", shown: "", kept: /** @type {Promise<Kept>} */ (Promise.resolve({ lines: [] })) };

/** What is kept, of which a damaged part counts as absent. @returns {Promise<Kept>} */
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

const isOf = (/** @type {string} */ app) => (/** @type {unknown} */ line) => String(line).startsWith(`${app} `);

/** @param {HTMLElement} row */
async function begin(row) {
  const app = row.dataset.app ?? "";
  const shown = row.querySelector(".name")?.textContent ?? "";
  renamed = { app, shown, kept: kept() };
  element("rename-title").textContent = sentence("renameTitle", [shown]);
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (dialog.querySelectorAll("[data-text]"))) button.textContent = sentence(button.dataset.text ?? "", []);
  element("portal-name").hidden = true;
  input.value = shown;
  // At once: what is typed next is a name, and no search.
  dialog.showModal();
  input.select();
  element("portal-name").hidden = !(await renamed.kept).lines.some(isOf(app));
}

/** Keeps a name, or takes it back by an empty one; then the question is over. @param {string} name */
async function end(name) {
  const { app, shown, kept: before } = renamed;
  const { account } = await before;
  if (name !== shown) {
    // Alone, as all that changes what is remembered.
    await navigator.locks.request("memory", async () => {
      const now = await kept();
      // Somebody may have signed out meanwhile.
      if (!account || now.account !== account) return;
      const others = now.lines.filter((line) => !isOf(app)(line));
      const apps = name ? [`${app} ${name}`, ...others] : others;
      // The rows for a first frame have the old name; without them, the next popup waits for the list.
      await chrome.storage.session.remove("glimpse");
      await chrome.storage.local.set({ names: JSON.stringify({ account, apps }) });
    });
  }
  dialog.close();
}

document.addEventListener(
  "keydown",
  (event) => {
    if (dialog.open) {
      // What is pressed now is no way through the list behind it, wherever the focus is. The browser would close the popup.
      if (event.key !== "Escape") return event.stopPropagation();
      event.preventDefault();
      if (!event.isComposing) dialog.close();
      return;
    }
    const row = event.key === "F2" && document.querySelector('#list [aria-selected="true"]');
    if (!row) return;
    event.preventDefault();
    begin(/** @type {HTMLElement} */ (row));
  },
  true,
);

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

// What is typed here is no search.
dialog.addEventListener("input", (event) => event.stopPropagation());
element("rename-form").addEventListener("submit", (event) => {
  // It closes when the name is kept.
  event.preventDefault();
  end(input.value.trim());
});
element("portal-name").addEventListener("click", () => end(""));
element("keep-name").addEventListener("click", () => dialog.close());
