// @ts-check
/**
 * What is compared: the extension as it ships with a stopwatch beside it, and a popup that is one static page, with the same
 * stopwatch. The stopwatch is added here; nothing of ours knows that it is measured.
 */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Runs in the popup before everything else: the moment the popup began, and the moment the first name of an app is in a frame.
 * The message follows the frame: callbacks of `requestAnimationFrame` run before it is painted.
 */
function stopwatch() {
  localStorage.setItem("begun", String(performance.timeOrigin));
  const painted = () => {
    const { port1, port2 } = new MessageChannel();
    port2.onmessage = () => (document.documentElement.dataset.shown = String(performance.now()));
    port1.postMessage(undefined);
  };
  const seen = () => document.querySelector("[role=option] .name") && requestAnimationFrame(painted);
  new MutationObserver((_, observer) => seen() && observer.disconnect()).observe(document, { childList: true, subtree: true });
}

const STOPWATCH = '<script src="stopwatch.js"></script>';

/** The built extension, with the stopwatch. @param {string} dist folder @param {string} folder to make */
export function measured(dist, folder) {
  cpSync(dist, folder, { recursive: true });
  const page = join(folder, "popup/popup.html");
  writeFileSync(page, readFileSync(page, "utf8").replace("<meta charset", `${STOPWATCH}<meta charset`));
  writeFileSync(join(folder, "popup/stopwatch.js"), `(${stopwatch})();\n`);
  return folder;
}

/** An extension that does nothing: a worker without a listener, and a popup that is there at once. @param {string} dist of the same browser @param {string} folder to make */
export function empty(dist, folder) {
  const { key, browser_specific_settings, background, icons } = JSON.parse(readFileSync(join(dist, "manifest.json"), "utf8"));
  mkdirSync(join(folder, "popup"), { recursive: true });
  cpSync(join(dist, "icons"), join(folder, "icons"), { recursive: true });
  const action = { default_popup: "popup/popup.html", default_icon: icons, default_area: browser_specific_settings ? "navbar" : undefined };
  const permissions = ["storage"];
  const manifest = { manifest_version: 3, name: "Nothing", version: "1", key, browser_specific_settings, background, icons, action, permissions };
  writeFileSync(join(folder, "manifest.json"), JSON.stringify(manifest));
  writeFileSync(join(folder, "worker.js"), "");
  writeFileSync(
    join(folder, "popup/popup.html"),
    `<!doctype html><html lang="en"><head>${STOPWATCH}<meta charset="utf-8"><title>Nothing</title></head>
    <body><ul role="listbox"><li role="option"><span class="name">An app</span></li></ul></body></html>`,
  );
  writeFileSync(join(folder, "popup/stopwatch.js"), `(${stopwatch})();\n`);
  return folder;
}

/** As `empty`, but its page shows our menu: the same rows in the same style, with nothing to ask and nothing to work out. @param {string} dist @param {string} page the menu's document @param {string} folder to make */
export function still(dist, page, folder) {
  empty(dist, folder);
  for (const styles of ["style/theme.css", "popup/popup.css"]) cpSync(join(dist, styles), join(folder, styles));
  writeFileSync(join(folder, "popup/popup.html"), `<!doctype html>${page.replace("<head>", `<head>${STOPWATCH}`)}`);
  return folder;
}
