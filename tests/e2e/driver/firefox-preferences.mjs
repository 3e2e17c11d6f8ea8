// @ts-check
// The preferences Firefox starts with: quiet, local, and with the extension at a known address.

/** Where the extension's pages live; without a fixed one Firefox makes up an address for every installation. */
export const EXTENSION_UUID = "5f0c1a52-6f0e-4d7c-9a43-0c6b1f5b7e11";

/** The same as a preference. @param {string} id of the extension. */
export const extensionAddress = (id) => JSON.stringify({ [id]: EXTENSION_UUID });

/** @param {import('./index.mjs').BrowserOptions} options @param {string} id of the extension. */
export function preferencesFile({ dark, language = "en-US", hosts = {}, prompts, impersonated }, id) {
  const preferences = {
    // No window, page or question that has nothing to do with the story.
    "app.update.disabledForTesting": true,
    "browser.aboutwelcome.enabled": false,
    "browser.shell.checkDefaultBrowser": false,
    "browser.startup.homepage_override.mstone": "ignore",
    "browser.startup.page": 0,
    "browser.tabs.warnOnClose": false,
    "browser.toolbars.bookmarks.visibility": "never",
    "browser.translations.automaticallyPopup": false,
    "datareporting.policy.dataSubmissionEnabled": false,
    "datareporting.policy.firstRunURL": "",
    "signon.rememberSignons": false,
    "termsofuse.bypassNotification": true,
    "toolkit.telemetry.reportingpolicy.firstRun": false,
    "trailhead.firstrun.didSeeAboutWelcome": true,
    // Marionette picks a free port and does not add preferences of its own choice that change a later run.
    "marionette.port": 0,
    "remote.prefs.recommended": true,
    // The extension: unsigned, at a fixed address, not updated.
    "extensions.autoDisableScopes": 0,
    "extensions.update.enabled": false,
    "extensions.webextensions.uuids": extensionAddress(id),
    "xpinstall.signatures.required": false,
    "security.notification_enable_delay": 0, // A question can be answered as soon as it is there.
    "extensions.webextOptionalPermissionPrompts": prompts !== "allow",
    "intl.locale.requested": language,
    "ui.systemUsesDarkTheme": dark ? 1 : 0,
    "layout.css.prefers-color-scheme.content-override": dark ? 0 : 1,
    // Firefox has no way to give a name another port: only the names are used, and the port stays in the address.
    "network.dns.localDomains": Object.keys(hosts).join(","),
    ...(impersonated ? tunnelled(impersonated) : {}),
  };
  return Object.entries(preferences)
    .map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`)
    .join("");
}

/** These names, and no others, go through a tunnel. @param {{names: string[], tunnel: number}} impersonated */
function tunnelled({ names, tunnel }) {
  const script = `function FindProxyForURL(url, host) { return ${JSON.stringify(names)}.indexOf(host) < 0 ? "DIRECT" : "PROXY 127.0.0.1:${tunnel}"; }`;
  return {
    "network.proxy.type": 2,
    "network.proxy.autoconfig_url": `data:application/x-ns-proxy-autoconfig,${encodeURIComponent(script)}`,
    "security.cert_pinning.enforcement_level": 0,
  };
}
