//! What the browser is told: one rule of `declarativeNetRequest` for each entry that is in force.

use super::link::{Link, Place};
use crate::address::Origin;
use crate::decimal::decimal;
use crate::find::split_once;
use crate::json::Object;

/// What a host counts against a path: an exact host is more than any path, and of two wildcards the longer host is. A host has at
/// most 253 letters (RFC 1035).
const EXACT_HOST: i64 = 254;
const LONGEST_PATH: i64 = 1000;

/// The rule, as JSON; `id` is its number. Only what a person opens is led elsewhere: typed, linked, or from a bookmark. A form
/// that is sent stays where it was sent to.
pub fn write(link: &Link, id: i64) -> String {
    let Place { origin, path, is_wild } = &link.internal;
    let length = |text: &str| i64::try_from(text.len()).unwrap_or_default();
    let host = if *is_wild { length(&origin.host) } else { EXACT_HOST };
    let priority = 1 + length(path) + LONGEST_PATH * host;
    let condition = if link.is_pattern() {
        Object::default().text("regexFilter", &pattern(link))
    } else {
        Object::default().text("urlFilter", &["|", &start(&link.internal), if link.internal.path.is_empty() { "/" } else { "^" }].concat())
    };
    let redirect = if link.is_pattern() {
        Object::default().text("regexSubstitution", &substitution(link))
    } else {
        let Origin { scheme, host, port } = &link.external.origin;
        let is_usual = !link.external.origin.text().ends_with(&[":", &decimal((*port).into())].concat());
        let port = if is_usual { String::new() } else { decimal((*port).into()) };
        Object::default()
            .json("transform", &Object::default().text("scheme", scheme.as_str()).text("host", host).text("port", &port).done())
    };
    let condition = condition.json("resourceTypes", "[\"main_frame\"]").json("requestMethods", "[\"get\"]");
    let action = Object::default().text("type", "redirect").json("redirect", &redirect.done());
    Object::default()
        .number("id", id)
        .number("priority", priority)
        .json("condition", &condition.done())
        .json("action", &action.done())
        .done()
}

/// Scheme, host, port and path.
fn start(place: &Place) -> String {
    [place.origin.text(), place.path.clone()].concat()
}

/// The whole address, with what a wildcard stands for first and what follows the path last.
fn pattern(link: &Link) -> String {
    let place = &link.internal;
    let text = start(place);
    let (scheme, rest) = split_once(&text, "://").unwrap_or_default();
    let below = match (place.is_wild, link.external.is_wild) {
        (false, _) => "",
        (true, true) => "([^/:?#]+)\\.",
        (true, false) => "[^/:?#]+\\.",
    };
    ["^", scheme, "://", below, &escaped(rest), "([/?#].*)?$"].concat()
}

fn substitution(link: &Link) -> String {
    let text = start(&link.external);
    let (scheme, rest) = split_once(&text, "://").unwrap_or_default();
    // A backslash is in no canonical address.
    if link.external.is_wild { [scheme, "://\\1.", rest, "\\2"].concat() } else { [scheme, "://", rest, "\\1"].concat() }
}

fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for letter in text.chars() {
        if matches!(letter, '.' | '+' | '?' | '(' | ')' | '[' | ']' | '$' | '*' | '|' | '^' | '{' | '}' | '\\') {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}
