// @ts-check
// What is written into a Chromium profile before the browser starts: the pinned icon, and which hosts are granted.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * Pins the icon, grants `browser.granted`, and, where a prompt could not be answered, allows later requests beforehand.
 * In a profile that knows the extension already, everything stays as the person left it.
 *
 * @param {import('./chromium.mjs').ChromiumBrowser} browser
 */
export async function seedProfile({ profile, id, folder, options, allowsWithoutPrompt }) {
  const path = join(profile, "Default", "Preferences");
  const preferences = (await readJson(path)) ?? {};
  const known = preferences.extensions?.settings?.[id];
  if (known) {
    // Chromium forgets an extension loaded over the debugging pipe. Without this flag it is an installed one:
    // it starts with the browser, and its permissions, menus and rules are still there.
    known.creation_flags &= ~LOADED_FOR_ONE_SESSION;
    await writeFile(path, JSON.stringify(preferences));
    return;
  }

  const { permissions, optional_host_permissions: optional = [] } = folder.manifest;
  const granted = options.granted ?? [];
  // Nobody offers to keep the passwords that are typed into the test pages.
  preferences.credentials_enable_service = false;
  preferences.extensions = {
    pinned_extensions: options.unpinned ? [] : [id],
    ui: { developer_mode: true }, // Without it Chromium switches unpacked extensions off at the next start.
    settings: {
      [id]: {
        active_permissions: permissionSet(granted, permissions),
        runtime_granted_permissions: permissionSet(allowsWithoutPrompt ? optional : granted, []),
      },
    },
  };
  await mkdir(join(profile, "Default"), { recursive: true });
  await writeFile(path, JSON.stringify(preferences));
}

/** A bit of `creation_flags`, seen in Chromium 156. */
const LOADED_FOR_ONE_SESSION = 1 << 15;

/** @param {string[]} origins @param {string[]} permissions */
function permissionSet(origins, permissions) {
  return { api: permissions, explicit_host: origins, manifest_permissions: [], scriptable_host: [] };
}

/** @param {string} path */
async function readJson(path) {
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "ENOENT") return undefined;
    throw error;
  }
}
