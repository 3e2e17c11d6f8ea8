// @ts-check
// What a built extension's folder says about itself.
import { createHash } from "node:crypto";
import { readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";

/**
 * @typedef {object} ExtensionFolder
 * @property {string} path absolute.
 * @property {any} manifest
 * @property {string} popup path of the popup's page.
 */

/** Reads the manifest of the extension in `path`. @param {string} path @returns {ExtensionFolder} */
export function readExtension(path) {
  const absolute = realpathSync(path);
  const manifest = JSON.parse(readFileSync(join(absolute, "manifest.json"), "utf8"));
  return { path: absolute, manifest, popup: manifest.action?.default_popup ?? "" };
}

/** The id Chromium derives from the manifest's `key`. @param {ExtensionFolder} extension */
export function chromiumId({ path, manifest }) {
  if (!manifest.key)
    throw new Error(`${path}/manifest.json has no "key", so its Chromium id would change with its path.`);
  const digest = createHash("sha256").update(Buffer.from(manifest.key, "base64")).digest("hex");
  return [...digest.slice(0, 32)].map((digit) => String.fromCharCode(97 + parseInt(digit, 16))).join("");
}

/** The id Firefox reads from the manifest. @param {ExtensionFolder} extension @returns {string} */
export function geckoId({ path, manifest }) {
  const id = manifest.browser_specific_settings?.gecko?.id;
  if (!id) throw new Error(`${path}/manifest.json has no browser_specific_settings.gecko.id.`);
  return id;
}
