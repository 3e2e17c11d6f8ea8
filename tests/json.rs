//! Our JSON against `serde_json`: whatever the one reads the other reads, and whatever we write it reads.

#![allow(clippy::panic, reason = "a test that can not go on fails")]

use my_apps_sign_in::json::{self, Object, Value};
use proptest::prelude::*;
use serde_json::Value as Known;

/// As `serde_json` understands it. It refuses halves of letters, which are tried in `tests/catalogue.rs`.
fn known(text: &str) -> Option<Known> {
    serde_json::from_str(text).ok()
}

/// Whether both mean the same; a number that is not whole is only ever a number.
fn same(ours: &Value, known: &Known) -> bool {
    match (ours, known) {
        (Value::Null, Known::Null) => true,
        (Value::Flag(ours), Known::Bool(known)) => ours == known,
        (Value::Number(Some(i64::MAX)), Known::Number(known)) => known.as_i64().is_none_or(|known| known == i64::MAX),
        (Value::Number(Some(number)), Known::Number(known)) => known.as_i64().map_or(*number == -i64::MAX, |known| known == *number),
        (Value::Number(None), Known::Number(known)) => known.is_f64(),
        (Value::Text(ours), Known::String(known)) => ours == known,
        (Value::List(ours), Known::Array(known)) => {
            ours.len() == known.len() && ours.iter().zip(known).all(|(ours, known)| same(ours, known))
        }
        (Value::Object(_), Known::Object(known)) => known.iter().all(|(name, known)| ours.get(name).is_some_and(|ours| same(ours, known))),
        _ => false,
    }
}

#[track_caller]
fn check(text: &str) {
    match (json::parse(text), known(text)) {
        (None, None) => {}
        (Some(ours), Some(known)) => assert!(same(&ours, &known), "{text}: {ours:?} instead of {known:?}"),
        (ours, known) => panic!("{text}: {ours:?} instead of {known:?}"),
    }
}

#[test]
fn refuses_what_is_no_json() {
    for text in [
        "",
        " ",
        "nul",
        "nulll",
        "tru",
        "True",
        "'a'",
        "\"",
        "\"\\",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\u12g4\"",
        "\"\\u+123\"",
        "\"\t\"",
        "\"\0\"",
        "\"\\ud800\\",
        "[",
        "]",
        "[1",
        "[1,",
        "[1,]",
        "[,1]",
        "[1 2]",
        "{",
        "{}}",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{,}",
        "{a:1}",
        "{1:1}",
        "{\"a\" 1}",
        "{\"a\":1 \"b\":2}",
        "-",
        "+1",
        "01",
        "-01",
        "1.",
        ".5",
        "1e",
        "1e+",
        "1.e1",
        "0x1",
        "1 2",
        "--1",
        "NaN",
        "Infinity",
        "\u{feff}1",
        "\u{a0}1",
        "/**/1",
    ] {
        assert_eq!(json::parse(text), None, "{text}");
        check(text);
    }
}

#[test]
fn reads_what_is() {
    for text in [
        "null",
        " true ",
        "\r\n\tfalse",
        "0",
        "-0",
        "-0.0",
        "7",
        "-7",
        "1.5",
        "1e3",
        "1E-3",
        "-1.25e+2",
        "9223372036854775807",
        "9223372036854775808",
        "18446744073709551616",
        "-9223372036854775807",
        "\"\"",
        "\"ä€😀\"",
        "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
        "\"\\u00e4\\u20AC\\ud83d\\uDE00\\u0000\"",
        "[]",
        "[ ]",
        "[1,[2,[]],{}]",
        "{}",
        "{ }",
        "{\"a\":{\"b\":[null]},\"\":0}",
        "{\"a\":1,\"a\":2}",
        "\"\u{7f}\"",
    ] {
        assert!(json::parse(text).is_some(), "{text}");
        check(text);
    }
}

#[test]
fn is_not_led_too_deep() {
    for depth in [1, 100, 127, 128, 129, 100_000] {
        check(&format!("{}{}", "[".repeat(depth), "]".repeat(depth)));
        check(&"[".repeat(depth));
        check(&"{\"a\":".repeat(depth));
    }
}

fn document() -> impl Strategy<Value = Known> {
    let leaf = prop_oneof![
        Just(Known::Null),
        any::<bool>().prop_map(Known::from),
        any::<i64>().prop_map(Known::from),
        any::<u64>().prop_map(Known::from),
        any::<f64>().prop_map(Known::from),
        any::<String>().prop_map(Known::from),
    ];
    leaf.prop_recursive(5, 60, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Known::from),
            prop::collection::vec((any::<String>(), inner), 0..6).prop_map(|entries| Known::Object(entries.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn reads_every_document(document in document(), pretty in any::<bool>()) {
        let text = if pretty { serde_json::to_string_pretty(&document) } else { serde_json::to_string(&document) }.unwrap();
        check(&text);
    }

    /// A document with a place changed, which mostly is none any more.
    #[test]
    fn refuses_what_the_oracle_refuses(document in document(), place in any::<prop::sample::Index>(), letter in r#"["\\{}\[\],:0-9eE+.\-tfnu \n\t\x00a]"#) {
        let mut letters: Vec<String> = document.to_string().chars().map(String::from).collect();
        let place = place.index(letters.len());
        letters[place] = letter;
        let text = letters.concat();
        // The one difference: a number too large for a floating-point number is only not whole for us.
        prop_assume!(!text.contains(['e', 'E']) || known(&text).is_some() || json::parse(&text).is_none());
        check(&text);
    }

    #[test]
    fn never_stops_at_anything(text in any::<String>()) {
        check(&text);
    }

    #[test]
    fn writes_what_the_oracle_reads(name in any::<String>(), text in any::<String>(), number in any::<i64>(), flag in any::<bool>()) {
        let written = Object::default()
            .text(&name, &text)
            .number("1", number)
            .flag("2", flag)
            .optional_text("3", None)
            .json("4", &json::list([json::quoted(&text), json::tagged(&name, "[]")]))
            .done();
        let expected = serde_json::json!({ name.as_str(): text, "1": number, "2": flag, "3": null, "4": [text, { name.as_str(): [] }] });
        prop_assume!(!["1", "2", "3", "4"].contains(&name.as_str()));
        prop_assert_eq!(known(&written), Some(expected));
    }
}
