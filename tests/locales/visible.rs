//! No sentence that a person can see is written in the code.

use super::{check, texts};

/// The code without comments and without what only tests see.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]").next().unwrap_or_default();
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("//") && !line.trim_start().starts_with(['*', '/']));
    lines.map(|line| line.split(" // ").next().unwrap_or_default()).collect::<Vec<&str>>().join("\n")
}

/// What the browser says to us, in English whatever the person's language is.
const OF_THE_BROWSER: [&str; 1] = ["Cannot access"];

/// Several words, the first with a capital.
fn is_sentence(literal: &str) -> bool {
    let mut words = literal.split(' ');
    let first = words.next().unwrap_or_default();
    let is_word = |word: &str| word.chars().filter(|letter| letter.is_alphabetic()).count() > 1 && !word.contains(['{', '=', '/', '_']);
    !OF_THE_BROWSER.contains(&literal) && first.starts_with(char::is_uppercase) && is_word(first) && words.any(is_word)
}

#[test]
fn the_code_holds_no_sentence() {
    let mut wrong = Vec::new();
    for (folder, end) in [("src", ".rs"), ("shell/src", ".rs"), ("extension", ".js")] {
        for (place, text) in texts(folder, end) {
            for line in code(&text).lines() {
                // For whoever looks at the console, and for programmers.
                if ["log_error(", "reason = ", "#[", "Error(", "expect("].iter().any(|word| line.contains(word)) {
                    continue;
                }
                wrong.extend(
                    line.split(['"', '`'])
                        .skip(1)
                        .step_by(2)
                        .filter(|literal| is_sentence(literal))
                        .map(|literal| format!("{place}: {literal}")),
                );
            }
        }
    }
    check(&wrong);
}

#[test]
fn pages_hold_no_words_but_names() {
    let mut wrong = Vec::new();
    for (place, text) in texts("extension", ".html") {
        let mut rest = text.as_str();
        while let Some((words, after)) = rest.split_once('<') {
            let is_comment = after.starts_with("!--");
            let Some((tag, behind)) = after.split_once(if is_comment { "-->" } else { ">" }) else { break };
            wrong.extend(words_of(words).map(|words| format!("{place}: {words}")));
            for attribute in ["title=\"", "placeholder=\"", "aria-label=\"", "alt=\"", "label=\""] {
                let value = tag.split(&[" ", attribute].concat()).nth(1).and_then(|value| value.split('"').next());
                wrong.extend(
                    value.and_then(|value| words_of(value).next()).filter(|_| !is_comment).map(|words| format!("{place}: {words}")),
                );
            }
            // A language is called by its own name, and the product by its.
            let is_name = tag.starts_with("title") || (tag.starts_with("option") && tag.contains(" lang="));
            rest = if is_name { &behind[behind.find('<').unwrap_or_default()..] } else { behind };
        }
    }
    check(&wrong);
}

fn words_of(text: &str) -> impl Iterator<Item = &str> {
    Some(text.trim()).filter(|words| words.chars().any(char::is_alphabetic)).into_iter()
}
