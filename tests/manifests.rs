//! What the browsers are asked for, browser by browser and word by word. A new permission needs a change of this file.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that can not go on fails")]

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

const BROWSERS: [&str; 3] = ["chrome", "edge", "firefox"];
/// The extension's id in Chromium while it is not from a store; portals know its redirect address.
const ID: &str = "bgnbokhkffgobgapaaedoojiloflbndl";

fn text(path: &str) -> String {
    std::fs::read_to_string(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// As `scripts/extension.sh` does with jq: objects merge, everything else is replaced.
fn merge(base: &mut Value, overlay: Value) {
    match (base, overlay) {
        (Value::Object(base), Value::Object(overlay)) => {
            overlay.into_iter().for_each(|(key, value)| merge(base.entry(key).or_insert(Value::Null), value))
        }
        (base, overlay) => *base = overlay,
    }
}

fn manifest(browser: &str) -> Value {
    let mut manifest: Value = serde_json::from_str(&text("manifest/base.json")).unwrap();
    merge(&mut manifest, serde_json::from_str(&text(&format!("manifest/{browser}.json"))).unwrap());
    manifest
}

#[track_caller]
fn check(browser: &str, key: &str, expected: &Value) {
    assert_eq!(&manifest(browser)[key], expected, "{key} of {browser}");
}

#[test]
fn it_is_merged_as_the_build_does_it() {
    let script = text("scripts/extension.sh");
    assert!(
        script.contains("'.[0] * .[1] | .version = $version'")
            && script.contains("\"$ROOT/manifest/base.json\" \"$ROOT/manifest/$browser.json\"")
    );
    // Arrays are replaced, so none may stand in both files.
    for browser in BROWSERS {
        let overlay: Value = serde_json::from_str(&text(&format!("manifest/{browser}.json"))).unwrap();
        let base: Value = serde_json::from_str(&text("manifest/base.json")).unwrap();
        for (key, value) in overlay.as_object().unwrap() {
            assert!(base.get(key).is_none() || value.is_object(), "{key} of {browser} replaces what base.json says");
        }
    }
}

#[test]
fn nothing_else_is_asked_for() {
    let chromium = [
        "action",
        "background",
        "commands",
        "content_security_policy",
        "default_locale",
        "description",
        "externally_connectable",
        "icons",
        "key",
        "manifest_version",
        "minimum_chrome_version",
        "name",
        "omnibox",
        "optional_host_permissions",
        "optional_permissions",
        "options_ui",
        "permissions",
        "storage",
    ];
    let firefox = [
        "action",
        "background",
        "browser_specific_settings",
        "commands",
        "content_security_policy",
        "default_locale",
        "description",
        "icons",
        "manifest_version",
        "name",
        "omnibox",
        "optional_host_permissions",
        "optional_permissions",
        "options_ui",
        "permissions",
    ];
    for browser in BROWSERS {
        let manifest = manifest(browser);
        let mut keys: Vec<&str> = manifest.as_object().unwrap().keys().map(String::as_str).collect();
        keys.sort_unstable();
        let expected: &[&str] = if browser == "firefox" { &firefox } else { &chromium };
        assert_eq!(keys, expected, "{browser}");
        for never in [
            "host_permissions",
            "content_scripts",
            "web_accessible_resources",
            "sandbox",
            "devtools_page",
            "chrome_url_overrides",
            "declarative_net_request",
        ] {
            assert!(manifest.get(never).is_none(), "{never} of {browser}");
        }
    }
}

#[test]
fn permissions_are_the_ones_that_show_no_warning() {
    // For internal addresses (`src/links`). It shows no warning, and does nothing on a host before the person gives access to it.
    // Firefox refuses it as an optional permission. Chromium takes it as one, but then `updateSessionRules` promises forever
    // until the browser is started again (seen in Chromium 156): so it stands here in all three.
    const LINKS: &str = "declarativeNetRequestWithHostAccess";
    let chromium = json!(["activeTab", "alarms", "contextMenus", "declarativeContent", LINKS, "identity", "scripting", "storage"]);
    check("chrome", "permissions", &chromium);
    check("edge", "permissions", &chromium);
    check("firefox", "permissions", &json!(["activeTab", "alarms", "contextMenus", LINKS, "identity", "scripting", "storage"]));
    for browser in BROWSERS {
        check(browser, "optional_host_permissions", &json!(["https://*/*", "http://*/*"]));
        // Asked for when a person clears the portal's cookies, and given back at once.
        check(browser, "optional_permissions", &json!(["browsingData"]));
    }
}

#[test]
fn the_only_command_opens_the_popup() {
    for browser in BROWSERS {
        check(browser, "commands", &json!({"_execute_action": {"suggested_key": {"default": "Alt+Shift+M"}}}));
    }
}

#[test]
fn one_word_in_the_address_bar() {
    for browser in BROWSERS {
        check(browser, "omnibox", &json!({"keyword": "app"}));
    }
}

#[test]
fn our_pages_run_our_own_code_only() {
    let policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: https://aadcdn.msftauthimages.net https://aadcdn.msauthimages.net https://secure.aadcdn.microsoftonline-p.com https://aadcdn.msftauthimages.us https://aadcdn.msauthimages.us https://aadcdn.msftauthimages.cn https://aadcdn.msauthimages.cn https://secure.aadcdn.partner.microsoftonline-p.cn; connect-src 'self' https: http://localhost:* http://*.localhost:* http://127.0.0.1:*; base-uri 'none'; form-action 'none'; frame-src 'none'; frame-ancestors 'none'; object-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
    for browser in BROWSERS {
        check(browser, "content_security_policy", &json!({ "extension_pages": policy }));
        check(browser, "manifest_version", &json!(3));
    }
    for browser in ["chrome", "edge"] {
        check(browser, "externally_connectable", &json!({"ids": []}));
    }
}

#[test]
fn pictures_from_elsewhere_come_from_the_hosts_of_microsofts_logos() {
    let source = text("src/provider/entra/cloud.rs");
    let (_, table) = source.split_once("const LOGOS").unwrap();
    let (table, _) = table.split_once("\n];").unwrap();
    let known: BTreeSet<&str> = table.split('"').skip(1).step_by(2).collect();
    let manifest = manifest("chrome");
    let policy = manifest["content_security_policy"]["extension_pages"].as_str().unwrap();
    let pictures = policy.split("; ").find_map(|directive| directive.strip_prefix("img-src 'self' data: ")).unwrap();
    let allowed: BTreeSet<&str> = pictures.split(' ').map(|source| source.strip_prefix("https://").unwrap()).collect();
    assert_eq!(allowed, known);
}

#[test]
fn the_worker_is_what_each_browser_knows() {
    for browser in ["chrome", "edge"] {
        check(browser, "background", &json!({"service_worker": "worker.js", "type": "module"}));
        check(browser, "minimum_chrome_version", &json!("120"));
    }
    check("firefox", "background", &json!({"scripts": ["worker.js"], "type": "module"}));
    let gecko = json!({"gecko": {"id": "my-apps-sign-in@my-apps.example", "strict_min_version": "153.0", "data_collection_permissions": {"required": ["authenticationInfo"]}}});
    check("firefox", "browser_specific_settings", &gecko);
}

#[test]
fn every_file_that_is_named_exists() {
    fn files(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::String(text) if [".png", ".js", ".html"].iter().any(|end| text.ends_with(end)) => found.push(text.clone()),
            Value::Array(items) => items.iter().for_each(|item| files(item, found)),
            Value::Object(entries) => entries.values().for_each(|item| files(item, found)),
            _ => {}
        }
    }
    for browser in BROWSERS {
        let mut found = Vec::new();
        files(&manifest(browser), &mut found);
        assert!(found.len() >= 8, "{found:?}");
        for file in found {
            assert!(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("extension").join(&file).is_file(), "{file} of {browser}");
        }
    }
}

fn base64(text: &str) -> Vec<u8> {
    let value = |letter: u8| match letter {
        b'A'..=b'Z' => letter - b'A',
        b'a'..=b'z' => letter - b'a' + 26,
        b'0'..=b'9' => letter - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        other => panic!("{other} is no base64"),
    };
    let mut bytes = Vec::new();
    for group in text.trim_end_matches('=').as_bytes().chunks(4) {
        let bits = group.iter().fold(0_u32, |bits, &letter| bits << 6 | u32::from(value(letter))) << (6 * (4 - group.len()));
        bytes.extend(bits.to_be_bytes().iter().skip(1).take(group.len() - 1));
    }
    bytes
}

#[test]
fn the_key_gives_the_id_that_portals_know() {
    for browser in ["chrome", "edge"] {
        let digest = Sha256::digest(base64(manifest(browser)["key"].as_str().unwrap()));
        // Chromium writes the first half of the digest in the letters a to p.
        let id: String = digest.iter().take(16).flat_map(|byte| [byte >> 4, byte & 15]).map(|digit| char::from(b'a' + digit)).collect();
        assert_eq!(id, ID, "{browser}");
    }
    assert!(manifest("firefox").get("key").is_none());
    assert!(text("portal/src/settings.rs").contains(&format!("https://{ID}.chromiumapp.org/")), "the portal accepts the answer's address");
}

#[test]
fn one_version_for_everything() {
    let line = text("Cargo.toml").lines().find(|line| line.starts_with("version = ")).unwrap().to_owned();
    assert_eq!(line, format!("version = \"{}\"", env!("CARGO_PKG_VERSION")));
    assert!(text("shell/Cargo.toml").contains("version.workspace = true"));
    let parts: Vec<u32> = env!("CARGO_PKG_VERSION").split('.').map(|part| part.parse().unwrap()).collect();
    assert!(parts.len() == 3 && parts.iter().all(|part| *part < 65536), "browsers want up to four numbers");
    for browser in BROWSERS {
        assert!(manifest(browser).get("version").is_none(), "the build writes it");
    }
}

/// Every value of a company's policy has its place in the schema, which Chromium checks, and in the guide.
#[test]
fn the_policy_is_described_where_the_browser_and_people_read_it() {
    let schema: Value = serde_json::from_str(&text("manifest/policy.json")).unwrap();
    let mut described: Vec<&str> = schema["properties"].as_object().unwrap().keys().map(String::as_str).collect();
    described.sort_unstable();
    let source = text("src/policy.rs");
    let mut known: Vec<&str> = source.lines().filter(|line| line.contains("take(\"")).filter_map(|line| line.split('"').nth(1)).collect();
    // The map may be as large as that of a portal, so the worker alone reads it; of the probe all say whether it proves anything.
    known.extend(my_apps_sign_in::links::POLICY);
    known.sort_unstable();
    known.dedup();
    assert_eq!(described, known);
    let guide = text("docs/admin.md");
    for name in described {
        assert!(guide.contains(&format!("`{name}`")), "docs/admin.md says nothing of {name}");
    }
    for browser in ["chrome", "edge"] {
        check(browser, "storage", &json!({"managed_schema": "policy.json"}));
    }
}
