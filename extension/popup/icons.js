// @ts-check
/**
 * Draws the apps' icons over their letters. They are not needed to find an app, so nothing waits for them; mostly they are read
 * before the first rows are there. Where there is none, the letter stands. What they are is src/icons.rs's to decide: small
 * pictures, or addresses of Microsoft's, whose pictures the browser fetches for the rows that are seen.
 */
const main = /** @type {HTMLElement} */ (document.querySelector("#main"));

/** By the app's id; what was damaged counts as absent. @returns {Promise<Record<string, string>>} */
async function read() {
  try {
    return Object(JSON.parse((await chrome.storage.local.get("icons")).icons ?? "{}"));
  } catch {
    return {};
  }
}
let reading = read();
/** What was drawn once is there at once when its row is painted anew. */
const drawn = new Set();
/** What did not come, or was no picture: the next popup tries again, this one does not. */
const missing = new Set();

async function draw() {
  const icons = await reading;
  for (const row of /** @type {NodeListOf<HTMLElement>} */ (main.querySelectorAll("[data-app]:not(:has(img))"))) {
    const { app = "" } = row.dataset;
    const place = row.querySelector(".letter");
    if (place && Object.hasOwn(icons, app) && !missing.has(icons[app])) place.append(picture(icons[app]));
  }
}

/** @param {string} url */
function picture(url) {
  const image = new Image();
  image.alt = "";
  // In the frame of its row, not in one after it.
  image.decoding = "sync";
  // Whoever sends it learns nothing of where it is drawn; and it is not asked for before its row is seen. Until it is there, the
  // attribute keeps the letter in sight.
  image.referrerPolicy = "no-referrer";
  if (/^https:/.test(url) && !drawn.has(url)) image.loading = "lazy";
  image.addEventListener("load", () => {
    drawn.add(url);
    image.removeAttribute("loading");
  });
  image.addEventListener("error", () => {
    missing.add(url);
    image.remove();
  });
  image.src = url;
  return image;
}

new MutationObserver(() => main.querySelector("[data-app]") && draw()).observe(main, { childList: true, subtree: true });

chrome.storage.local.onChanged.addListener((/** @type {Record<string, unknown>} */ { icons }) => {
  if (!icons) return;
  reading = read();
  for (const image of main.querySelectorAll(".letter img")) image.remove();
  draw();
});
