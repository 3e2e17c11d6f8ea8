//! What this repository promises about itself: its layers, its sizes, and what never stands in it.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice, clippy::panic, reason = "a test that can not go on fails")]

use std::path::{Path, PathBuf};

/// Files may be this long; longer ones are two things.
const LONGEST: usize = 420;

/// Where a secret is looked at. Each is a place for a review.
const REVEALING: [&str; 9] = [
    "shell/src/http.rs",
    "shell/src/page.rs",
    "src/provider/api.rs",
    "src/provider/discovery.rs",
    "src/provider/entra/mod.rs",
    "src/provider/entra/page.rs",
    "src/provider/oauth.rs",
    "src/sign_in.rs",
    "src/storage.rs",
];

/// Reads the theme, so that no page is ever painted in the wrong colours.
const THEME: &str = "style/theme.js";
/// The scripts that a page waits for: that one, and the one that asks for what the popup shows first.
const WAITED_FOR: [&str; 2] = [THEME, "\"ask.js\""];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Our own files below a folder that end so: path from the root, text.
fn files(folder: &str, ends: &[&str]) -> Vec<(String, String)> {
    fn walk(folder: &Path, ends: &[&str], found: &mut Vec<(String, String)>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            if path.is_dir() {
                if !["target", "node_modules", "dist", "artifacts"].contains(&name) && !name.starts_with('.') {
                    walk(&path, ends, found);
                }
            } else if ends.iter().any(|end| name.ends_with(end)) {
                let place = path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/");
                found.push((place, std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let mut found = Vec::new();
    walk(&root().join(folder), ends, &mut found);
    found.sort();
    assert!(!found.is_empty(), "nothing in {folder}");
    found
}

/// No line of these files holds one of the words.
#[track_caller]
fn check(files: &[(String, String)], words: &[&str]) {
    let mut wrong = Vec::new();
    for (place, text) in files {
        for (number, line) in text.lines().enumerate() {
            wrong.extend(words.iter().filter(|word| line.contains(**word)).map(|word| format!("{place}:{}: {word}", number + 1)));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_core_knows_no_browser_no_clock_and_no_chance() {
    let words = [
        "wasm_bindgen",
        "js_sys",
        "web_sys",
        "gloo",
        "JsValue",
        "std::time",
        "SystemTime",
        "Instant",
        "rand::",
        "getrandom",
        "std::fs",
        "std::net",
        "std::env",
        "std::thread",
        "std::process",
        "std::io",
        "println!",
        "eprintln!",
        "dbg!",
        "unsafe ",
        "static mut",
        "thread_local!",
        "async ",
    ];
    check(&files("src", &[".rs"]), &words);
}

#[test]
fn only_the_shell_knows_a_browser() {
    for folder in ["portal/src", "samples/src"] {
        check(&files(folder, &[".rs"]), &["wasm_bindgen", "js_sys", "web_sys"]);
    }
}

#[test]
fn files_are_one_thing() {
    let mut long = Vec::new();
    for (place, text) in files("", &[".rs", ".mjs", ".js", ".sh"]) {
        let lines = text.lines().count();
        if lines > LONGEST {
            long.push(format!("{place} has {lines} lines, {LONGEST} at most"));
        }
    }
    assert!(long.is_empty(), "{long:#?}");
}

#[test]
fn every_module_says_what_it_is_for() {
    for folder in ["src", "shell/src", "portal/src", "samples/src", "tests"] {
        for (place, text) in files(folder, &[".rs"]) {
            let first = text.lines().next().unwrap_or_default();
            assert!(first.starts_with("//! ") && first.len() > 12, "{place} begins with {first:?}");
        }
    }
}

#[test]
fn what_is_left_to_do_has_a_date() {
    let word = ["TO", "DO"].concat();
    for (place, text) in files("", &[".rs", ".mjs", ".js", ".sh", ".html", ".css"]) {
        for line in text.lines().filter(|line| line.contains(&word)) {
            let date = line.split_once(&format!("{word} [")).map(|(_, date)| &date[..date.len().min(11)]).unwrap_or_default();
            let dated = date.len() == 11 && date.ends_with(']') && date.bytes().filter(u8::is_ascii_digit).count() == 8;
            assert!(dated, "{place}: {line}");
        }
    }
    let never = [["FIX", "ME"].concat(), ["X", "XX:"].concat(), ["HA", "CK:"].concat()];
    check(&files("", &[".rs", ".mjs", ".js", ".sh"]), &never.iter().map(String::as_str).collect::<Vec<&str>>());
}

#[test]
fn the_extension_runs_no_text_as_code_and_writes_no_log() {
    let words = [
        "console.",
        "eval(",
        "new Function",
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "setTimeout(\"",
        "debugger",
        "importScripts",
        "XMLHttpRequest",
        "WebSocket",
        "sendBeacon",
        "postMessage",
        "onMessageExternal",
        "onConnectExternal",
        "\"MAIN\"",
    ];
    check(&files("extension", &[".js", ".html"]), &words);
    // A page reads its theme before it is painted, and nothing else is kept there.
    let others: Vec<(String, String)> = files("extension", &[".js"]).into_iter().filter(|(place, _)| !place.ends_with(THEME)).collect();
    check(&others, &["localStorage"]);
    let (_, theme) = files("extension", &["theme.js"]).remove(0);
    let read = "const wear = () => (document.documentElement.dataset.theme = localStorage.getItem(\"theme\") ?? \"system\");";
    assert_eq!(code(&theme), [read, "wear();", "addEventListener(\"storage\", wear);"]);
    check(
        &files("shell/src", &[".rs"]),
        &["set_inner_html", "set_outer_html", "insert_adjacent_html", "onMessageExternal", "onConnectExternal", "\"MAIN\"", "js_sys::eval"],
    );
    // Frames are looked into where an administrator named one, and nowhere else.
    let shell = files("shell/src", &[".rs"]);
    let lines: Vec<&str> = shell.iter().flat_map(|(_, text)| text.lines()).filter(|line| line.contains("allFrames")).collect();
    assert!(lines.len() == 1 && lines[0].contains("if frame.is_empty() { target } else"), "{lines:#?}");
}

#[test]
fn what_is_read_in_a_page_is_read_through_prototypes() {
    // `<input name="matches">` in a form takes the place of the form's own.
    let shadowed = [
        ".getAttribute(",
        ".hasAttribute(",
        ".querySelector",
        ".matches(",
        ".closest(",
        ".contains(",
        ".parent",
        ".firstChild",
        ".nextElementSibling",
        ".elements",
        ".textContent",
        ".innerText",
        ".click(",
        ".focus(",
        ".submit(",
        ".requestSubmit(",
        ".dispatchEvent(",
        "document.activeElement",
        "document.title",
        "document.body",
        "document.forms",
    ];
    let modules: Vec<(String, String)> =
        files("extension/page/form", &[".js"]).into_iter().filter(|(place, _)| !place.ends_with("/dom.js")).collect();
    check(&modules, &shadowed);
}

#[test]
fn our_pages_hold_no_code_and_nothing_from_elsewhere() {
    for (place, text) in files("extension", &[".html"]) {
        for tag in text.split('<').skip(1) {
            let inside = tag.split('>').next().unwrap();
            assert!(
                !inside.contains(" on") && !inside.contains(" style=") && !inside.contains("://") && !inside.contains("javascript:"),
                "{place}: <{inside}>"
            );
            assert!(
                !inside.starts_with("script")
                    || (inside.contains("src=\"")
                        && (inside.contains("type=\"module\"") || WAITED_FOR.iter().any(|script| inside.contains(script)))),
                "{place}: <{inside}>"
            );
            assert!(!inside.contains("type=\"password\""), "{place}: nobody types a password into the extension");
        }
    }
    for (place, text) in files("extension", &[".css"]) {
        assert!(!text.contains("url(http") && !text.contains("@import"), "{place}");
    }
}

/// The lines without comments.
fn code(text: &str) -> Vec<&str> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with("//") && !line.starts_with("/*") && !line.starts_with('*'))
        .collect()
}

#[test]
fn the_worker_registers_listeners_and_decides_nothing() {
    let (_, text) = files("extension", &["worker.js"]).remove(0);
    // But for loading the module, which `core` does once.
    let (head, rest) = text.split_once("function core() {").unwrap();
    let text = format!("{head}{}", rest.split_once("\n}\n").unwrap().1);
    let lines = code(&text);
    assert!(lines.len() <= 64, "{} lines", lines.len());
    for line in lines.iter().filter(|line| !line.starts_with("chrome.storage.managed.onChanged.addListener(")) {
        for word in ["if (", "switch", "for (", "while", "case ", " ? ", "&&", "||", "===", "fetch", "storage", "tabs."] {
            assert!(!line.contains(word), "the worker decides: {line}");
        }
    }
    // All listeners are there in the first turn: outside of every function.
    let listeners = text.lines().filter(|line| line.contains(".addListener(")).count();
    assert_eq!(text.lines().filter(|line| line.starts_with("chrome.") && line.contains(".addListener(")).count(), listeners);
    assert!(listeners >= 6 && !text.contains("tabs.on") && !text.contains("webNavigation"), "the worker sleeps while people browse");
    for page in ["popup.js", "teaching.js", "options.js", "diagnostics.js"] {
        let (_, text) = files("extension", &[page]).remove(0);
        let lines = code(&text);
        assert!(lines.len() <= 16, "{page} loads the module, and what it needs beside it");
        for word in ["if (", " ? ", "&&", "||", "==="] {
            assert!(lines.iter().all(|line| !line.contains(word)), "{page} decides: {word}");
        }
    }
    let (_, arrival) = files("extension", &["arrival.js"]).remove(0);
    assert_eq!(
        code(&arrival),
        ["chrome.runtime.sendMessage(\"arrived\").catch(() => undefined);"],
        "it says that it is there and nothing else"
    );
}

#[test]
fn secrets_are_looked_at_in_few_places() {
    let mut revealing: Vec<String> = ["src", "shell/src"]
        .iter()
        .flat_map(|folder| files(folder, &[".rs"]))
        .filter(|(_, text)| text.contains(".reveal()"))
        .map(|(place, _)| place)
        .collect();
    revealing.sort();
    assert_eq!(revealing, REVEALING);
    let (_, secret) = files("src", &["secret.rs"]).remove(0);
    for never in ["Display", "Serialize", "PartialEq", "Deref", "AsRef", "Hash", "derive(Debug"] {
        assert!(
            !secret.contains(&format!("impl {never}")) && !secret.contains(&format!("{never},")) && !secret.contains(&format!(", {never}")),
            "a secret is no {never}"
        );
    }
}

#[test]
fn no_machine_of_ours_is_mentioned() {
    let folders = [["/ro", "ot/"].concat(), ["/ho", "me/"].concat(), ["C:\\", "Users"].concat()];
    check(
        &files("", &[".rs", ".mjs", ".js", ".sh", ".md", ".json", ".toml", ".html", ".css", ".tsv"]),
        &folders.iter().map(String::as_str).collect::<Vec<&str>>(),
    );
}

#[test]
fn every_story_is_told() {
    let script = std::fs::read_to_string(root().join("scripts/test.sh")).unwrap();
    let (_, list) = script.split_once("stories=\"").unwrap();
    let told: Vec<&str> = list.split_once('"').unwrap().0.split(' ').collect();
    for file in std::fs::read_dir(root().join("tests/e2e")).unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        if let Some(story) = name.strip_suffix(".test.mjs") {
            assert!(told.contains(&story), "scripts/test.sh does not tell {story}");
        }
    }
}
