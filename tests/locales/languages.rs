//! Every language says the same, with the plurals that it has.

use std::collections::{BTreeMap, BTreeSet};

use super::{check, messages, root, sources, stem};

/// What sets numbers apart in one language or another, by the names that Unicode's CLDR has for it.
pub(super) const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// Our languages: folder, name as a language tag, the categories that its plurals have by CLDR, and whether `one` means other
/// numbers than 1 too, so that it has to say which.
const LANGUAGES: [(&str, &str, &str, bool); 22] = [
    ("ar", "ar", "zero one two few many other", false),
    ("cs", "cs", "one few many other", false),
    ("da", "da", "one other", false),
    ("de", "de", "one other", false),
    ("en", "en", "one other", false),
    ("es", "es", "one many other", false),
    ("fi", "fi", "one other", false),
    ("fr", "fr", "one many other", false),
    ("he", "he", "one two other", false),
    ("hi", "hi", "one other", false),
    ("it", "it", "one many other", false),
    ("ja", "ja", "other", false),
    ("ko", "ko", "other", false),
    ("nb", "nb", "one other", false),
    ("nl", "nl", "one other", false),
    ("pl", "pl", "one few many other", false),
    ("pt_BR", "pt-BR", "one many other", false),
    ("sv", "sv", "one other", false),
    ("tr", "tr", "one other", false),
    // 1, 21, 31 …
    ("uk", "uk", "one few many other", true),
    ("zh_CN", "zh-CN", "other", false),
    ("zh_TW", "zh-TW", "other", false),
];

/// The `$n` of a message.
fn placeholders(message: &str) -> BTreeSet<char> {
    message.match_indices('$').map(|(at, _)| message[at + 1..].chars().next().unwrap()).collect()
}

/// Each message of a language that is one of a family, with its category.
fn category(key: &str) -> Option<&str> {
    key.strip_prefix(stem(key))?.strip_prefix('_')
}

#[test]
fn these_are_the_languages_and_they_say_so() {
    let folders = std::fs::read_dir(root().join("extension/_locales")).unwrap();
    let found: BTreeSet<String> = folders.map(|folder| folder.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(found, LANGUAGES.iter().map(|(folder, ..)| (*folder).to_owned()).collect());
    assert_eq!(found, my_apps_sign_in::setup::LANGUAGES.map(str::to_owned).into(), "a company can decide for any of them");
    for (folder, tag, ..) in LANGUAGES {
        let messages = messages(folder);
        assert_eq!(messages["language"], tag);
        assert_eq!(messages["direction"], if ["ar", "he"].contains(&folder) { "rtl" } else { "ltr" });
    }
}

#[test]
fn each_language_can_be_chosen() {
    let page = std::fs::read_to_string(root().join("extension/options/options.html")).unwrap();
    for (folder, tag, ..) in LANGUAGES {
        assert_eq!(page.matches(&format!("<option value=\"{folder}\" lang=\"{tag}\">")).count(), 1, "{folder}");
    }
    assert_eq!(page.matches(" lang=\"").count(), LANGUAGES.len() + 1, "the languages, and the page's own");
}

#[test]
fn every_language_says_the_same() {
    let english = messages("en");
    let stems: BTreeSet<&str> = english.keys().map(|key| stem(key)).collect();
    let mut wrong = Vec::new();
    for (folder, _, categories, _) in LANGUAGES {
        let expected: BTreeSet<String> = stems
            .iter()
            .flat_map(|stem| match english.contains_key(*stem) {
                true => vec![(*stem).to_owned()],
                false => categories.split(' ').map(|category| format!("{stem}_{category}")).collect(),
            })
            .collect();
        let found: BTreeSet<String> = messages(folder).into_keys().collect();
        wrong.extend(expected.difference(&found).map(|key| format!("{folder} lacks {key}")));
        wrong.extend(found.difference(&expected).map(|key| format!("{folder} has {key}, which nobody asks for")));
    }
    check(&wrong);
}

#[test]
fn every_language_has_the_same_placeholders() {
    let english = messages("en");
    let mut wrong = Vec::new();
    for (folder, _, _, one_is_more) in LANGUAGES {
        for (key, message) in messages(folder) {
            let all = [stem(&key), "_other"].concat();
            let Some(model) = english.get(&key).or_else(|| english.get(&all)) else { continue };
            let (expected, found) = (placeholders(english.get(&all).unwrap_or(model)), placeholders(&message));
            // A word can say how many as well, where it is clear.
            let says_so = match category(&key) {
                Some("one") => !one_is_more,
                Some("zero" | "two") => true,
                _ => false,
            };
            let missing: Vec<&char> = expected.difference(&found).filter(|number| !(says_so && **number == '1')).collect();
            let surplus: Vec<&char> = found.difference(&expected).collect();
            if !missing.is_empty() || !surplus.is_empty() {
                wrong.push(format!("{folder} {key} lacks {missing:?} and has {surplus:?} too: {message}"));
            }
        }
    }
    check(&wrong);
}

#[test]
fn all_files_have_the_same_order() {
    let order = |folder: &str| {
        let text = sources(&[&format!("extension/_locales/{folder}")], ".json");
        let keys = text.lines().filter_map(|line| line.strip_prefix("  \"")?.strip_suffix("\": {"));
        let mut stems: Vec<String> = keys.map(|key| stem(key).to_owned()).collect();
        stems.dedup();
        stems
    };
    for (folder, ..) in LANGUAGES {
        assert_eq!(order(folder), order("en"), "{folder}; scripts/sentences.mjs puts it in order");
    }
}

#[test]
fn sentences_are_written_with_care() {
    let mut wrong = Vec::new();
    for (folder, ..) in LANGUAGES {
        for (key, message) in messages(folder) {
            let several = [". ", "? ", "; ", "。", "؟ ", "। "].iter().any(|end| message.contains(end));
            let ends = message.ends_with(['.', '?', '…', '。', '？', '؟', '।', '！']);
            let tidy = !message.is_empty()
                && message.trim() == message
                && !message.contains("  ")
                && !message.contains("...")
                && !message.contains(['"', '<', '>', '\n', '\t', '!']);
            // Some scripts write a vowel behind its letter; it is none itself.
            let whole = message.ends_with(|letter: char| !letter.is_ascii_punctuation()) || message.ends_with([')', '）']) || ends;
            if !tidy || !whole || (several && !ends) {
                wrong.push(format!("{folder} {key}: {message}"));
            }
        }
    }
    check(&wrong);
}

#[test]
fn no_sentence_was_left_in_english() {
    let english = messages("en");
    // Names, and words that are the same in many languages.
    let same = |key: &str, message: &str| {
        !message.contains(' ') || key.starts_with("menuPortal") || key == "optionsPortalTitle" || key == "iconTitle"
    };
    let mut wrong = Vec::new();
    for (folder, ..) in LANGUAGES.iter().filter(|(folder, ..)| *folder != "en") {
        let left = messages(folder).into_iter().filter(|(key, message)| english.get(key) == Some(message) && !same(key, message));
        wrong.extend(left.map(|(key, message)| format!("{folder} {key}: {message}")));
    }
    check(&wrong);
}

#[test]
fn addresses_keep_their_direction() {
    let mut wrong = Vec::new();
    for folder in ["ar", "he"] {
        for (key, message) in messages(folder) {
            let bare = message.match_indices("http").any(|(at, _)| !message[..at].ends_with('\u{2066}'));
            wrong.extend(bare.then(|| format!("{folder} {key} needs U+2066 before an address and U+2069 after it")));
        }
    }
    check(&wrong);
}

#[test]
fn different_things_have_different_names() {
    for (folder, ..) in LANGUAGES {
        let messages = messages(folder);
        for names in [
            &["buttonSignIn", "buttonSignOut", "buttonCancel", "buttonChangePortal", "buttonOpenPortal", "buttonNotNow"][..],
            &["themeSystem", "themeLight", "themeDark"],
        ] {
            let different: BTreeMap<&str, &str> = names.iter().map(|key| (messages[*key].as_str(), *key)).collect();
            assert_eq!(different.len(), names.len(), "{folder}: {different:?}");
        }
    }
}

#[test]
fn names_fit_into_the_stores() {
    for (folder, ..) in LANGUAGES {
        let messages = messages(folder);
        assert!(messages["extensionName"].chars().count() <= 45, "{folder}");
        assert!(messages["extensionDescription"].chars().count() <= 132, "{folder}");
    }
}
