//! Every sentence that is asked for exists in every language, none is written anywhere else, and our pages can be mirrored.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice, clippy::panic, reason = "a test that can not go on fails")]

mod keys;
mod languages;
mod mirrored;
mod visible;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path, end: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, end));
        } else if path.to_str().unwrap().ends_with(end) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The files below a folder that end so: path from the root, text.
fn texts(folder: &str, end: &str) -> Vec<(String, String)> {
    let found = files(&root().join(folder), end);
    assert!(!found.is_empty(), "nothing in {folder}");
    let named = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).unwrap();
        (path.strip_prefix(root()).unwrap().to_str().unwrap().to_owned(), text)
    };
    found.into_iter().map(named).collect()
}

fn sources(folders: &[&str], end: &str) -> String {
    folders.iter().flat_map(|folder| texts(folder, end)).map(|(_, text)| text).collect::<Vec<String>>().join("\n")
}

/// Key → message, of one language.
fn messages(language: &str) -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(root().join("extension/_locales").join(language).join("messages.json")).unwrap();
    let entries: BTreeMap<String, Value> = serde_json::from_str(&text).unwrap();
    entries.into_iter().map(|(key, entry)| (key, entry["message"].as_str().unwrap().to_owned())).collect()
}

/// What a key and the others of its family have in common; the whole of a key that has none.
fn stem(key: &str) -> &str {
    languages::CATEGORIES.iter().find_map(|category| key.strip_suffix(category)?.strip_suffix('_')).unwrap_or(key)
}

#[track_caller]
fn check(wrong: &[String]) {
    assert!(wrong.is_empty(), "{wrong:#?}");
}
