//! Every sentence that is asked for exists, and every one that exists is asked for.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{check, messages, root, sources, stem};

/// Everything in quotes, in order.
fn literals(text: &str) -> Vec<&str> {
    text.split('"').skip(1).step_by(2).collect()
}

/// The text up to the comma or bracket that ends the first argument.
fn first_argument(text: &str) -> &str {
    let mut depth = 0;
    let mut quoted = false;
    for (at, letter) in text.char_indices() {
        match letter {
            '"' => quoted = !quoted,
            '(' | '[' | '{' if !quoted => depth += 1,
            ')' | ']' | '}' if !quoted && depth == 0 => return &text[..at],
            ')' | ']' | '}' if !quoted => depth -= 1,
            ',' if !quoted && depth == 0 => return &text[..at],
            _ => {}
        }
    }
    text
}

/// Keys that are asked for, with how many values they are given, as far as can be seen.
fn asked_for() -> BTreeSet<(String, usize)> {
    let rust = sources(&["src", "shell/src"], ".rs");
    let mut asked = BTreeSet::new();
    for (call, values) in [
        ("Text::plain(", 0),
        ("text::plain(", 0),
        ("text::message(", 0),
        ("welcome(", 0),
        ("Text::with(", 1),
        ("refused(", 1),
        ("again(", 1),
        ("Text::with_two(", 2),
        ("Text { key: ", 3),
    ] {
        for (at, _) in rust.match_indices(call) {
            // Part of a longer name, or the definition.
            if rust[..at].ends_with(|letter: char| letter.is_alphanumeric() || letter == '_') || rust[..at].ends_with("fn ") {
                continue;
            }
            asked.extend(literals(first_argument(&rust[at + call.len()..])).into_iter().map(|key| (key.to_owned(), values)));
        }
    }
    for (text, before) in [(sources(&["extension"], ".html"), "data-text=\""), (sources(&["manifest"], ".json"), "__MSG_")] {
        for (at, _) in text.match_indices(before) {
            let key: String = text[at + before.len()..].chars().take_while(|letter| letter.is_ascii_alphanumeric()).collect();
            asked.insert((key, 0));
        }
    }
    asked
}

/// The highest `$n` of a message.
fn highest_placeholder(message: &str) -> usize {
    message
        .match_indices('$')
        .map(|(at, _)| message[at + 1..].chars().next().and_then(|digit| digit.to_digit(10)).unwrap() as usize)
        .max()
        .unwrap_or(0)
}

#[test]
fn every_sentence_that_is_asked_for_exists() {
    let (asked, messages) = (asked_for(), messages("en"));
    assert!(asked.len() > 80, "only {} were found in the sources", asked.len());
    check(&asked.iter().filter(|(key, _)| !messages.contains_key(key)).map(|(key, _)| key.clone()).collect::<Vec<String>>());
}

/// The audit trail's reason and whether a fill was good are read off the sentence: one that bears another name would change both without a word.
#[test]
fn what_follows_from_a_sentence_follows_from_one_that_exists() {
    let messages = messages("en");
    let between = |file: &str, from: &str, to: &str| {
        let text = std::fs::read_to_string(root().join(file)).unwrap();
        text.split(from).nth(1).and_then(|rest| rest.split(to).next()).unwrap().to_owned()
    };
    let reasons = between("src/fill/report.rs", "const REASONS", "];");
    let reasons = reasons.match_indices("(\"").map(|(at, _)| literals(&reasons[at..])[0]);
    let good = between("src/fill_log.rs", "matches!(key, ", ")");
    let keys: Vec<&str> = reasons.chain(literals(&good)).collect();
    assert!(keys.len() > 15, "{keys:?}");
    check(&keys.into_iter().filter(|key| !messages.contains_key(*key)).map(str::to_owned).collect::<Vec<String>>());
}

#[test]
fn every_sentence_is_asked_for() {
    let everything = [
        sources(&["src", "shell/src"], ".rs"),
        sources(&["extension"], ".html"),
        sources(&["extension"], ".js"),
        sources(&["manifest"], ".json"),
    ]
    .concat();
    let used = |key: &str| everything.contains(&format!("\"{key}\"")) || everything.contains(&format!("__MSG_{key}__"));
    check(&messages("en").into_keys().filter(|key| !used(key) && !used(&[stem(key), "_other"].concat())).collect::<Vec<String>>());
}

#[test]
fn every_placeholder_is_given_its_value() {
    let messages = messages("en");
    let short =
        asked_for().into_iter().filter(|(key, values)| messages.get(key).is_some_and(|message| highest_placeholder(message) > *values));
    check(&short.map(|(key, values)| format!("{key} is given {values}: {}", messages[&key])).collect::<Vec<String>>());
}

#[test]
fn placeholders_are_numbered_without_gaps_and_explained() {
    let text = std::fs::read_to_string(root().join("extension/_locales/en/messages.json")).unwrap();
    let entries: BTreeMap<String, Value> = serde_json::from_str(&text).unwrap();
    let mut wrong = Vec::new();
    for (key, entry) in &entries {
        let message = entry["message"].as_str().unwrap();
        for number in 1..=highest_placeholder(message) {
            let explained = entry["description"].as_str().is_some_and(|description| description.contains(&format!("${number}")));
            if !message.contains(&format!("${number}")) || !explained {
                wrong.push(format!("{key} ${number}"));
            }
        }
    }
    check(&wrong);
}
