//! The administrative templates, held against the schema of the policy and against how each browser reads the registry.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that can not go on fails")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use regex::Regex;
use serde_json::Value;

/// Where each browser looks. The ids are those of an extension that is not from a store; `tests/manifests.rs` holds them.
const BROWSERS: [(&str, &str); 3] = [
    ("Chrome", r"Software\Policies\Google\Chrome\3rdparty\extensions\bgnbokhkffgobgapaaedoojiloflbndl\policy"),
    ("Edge", r"Software\Policies\Microsoft\Edge\3rdparty\extensions\bgnbokhkffgobgapaaedoojiloflbndl\policy"),
    ("Firefox", r"Software\Policies\Mozilla\Firefox\3rdparty\Extensions\my-apps-sign-in@my-apps.example"),
];

fn text(path: &str) -> String {
    std::fs::read_to_string(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

fn admx() -> String {
    text("docs/policy/MyApps.admx")
}

fn adml() -> String {
    text("docs/policy/en-US/MyApps.adml")
}

fn decisions() -> BTreeMap<String, Value> {
    let schema: Value = serde_json::from_str(&text("manifest/policy.json")).unwrap();
    schema["properties"].as_object().unwrap().clone().into_iter().collect()
}

/// What is found by the first group of a pattern.
fn found(pattern: &str, text: &str) -> BTreeSet<String> {
    Regex::new(pattern).unwrap().captures_iter(text).map(|found| found[1].to_owned()).collect()
}

/// The value of an attribute of the element that the text begins with.
fn attribute(name: &str, element: &str) -> Option<String> {
    let (_, value) = element.split('>').next()?.split_once(&format!(" {name}=\""))?;
    value.split('"').next().map(str::to_owned)
}

/// Every element of that name, with what is in it.
fn elements(name: &str, text: &str) -> Vec<String> {
    let pattern = format!(r"(?s)<{name}(?: [^>]*)?(?:/>|>.*?</{name}>)");
    Regex::new(&pattern).unwrap().find_iter(text).map(|found| found.as_str().to_owned()).collect()
}

/// The control and what it writes, for a value that this browser then reads as the schema's type.
fn expected(browser: &str, key: &str, name: &str, decision: &Value) -> String {
    match (decision["type"].as_str().unwrap(), decision["items"]["type"].as_str()) {
        // Numbers, which Chromium reads as true and false by the schema, and `src/policy.rs` for Firefox.
        ("boolean", None) => {
            r#"<enabledValue><decimal value="1"/></enabledValue><disabledValue><decimal value="0"/></disabledValue>"#.to_owned()
        }
        ("string", None) => format!(r#"<elements><text id="{name}" valueName="{name}" required="true" maxLength="1024"/></elements>"#),
        ("integer", None) => {
            format!(r#"<elements><decimal id="{name}" valueName="{name}" required="true" minValue="0" maxValue="9999"/></elements>"#)
        }
        // A key of its own with the values 1, 2, 3.
        ("array", Some("string")) => format!(r#"<elements><list id="{name}" key="{key}\{name}" valuePrefix=""/></elements>"#),
        // JSON: Chromium takes it from one text only, Firefox from several lines only.
        ("array", Some("object")) => {
            let element = if browser == "Firefox" { "multiText" } else { "text" };
            format!(r#"<elements><{element} id="{name}" valueName="{name}" required="true" maxLength="1000000"/></elements>"#)
        }
        other => panic!("{name} is {other:?}: how is that entered, and how do the browsers read it?"),
    }
}

#[test]
fn every_browser_finds_every_decision_where_it_looks_and_in_the_type_of_the_schema() {
    let admx = admx();
    let mut policies: BTreeMap<String, String> =
        elements("policy", &admx).into_iter().map(|policy| (attribute("name", &policy).unwrap(), policy)).collect();
    for (browser, key) in BROWSERS {
        for (name, decision) in decisions() {
            let policy = policies
                .remove(&format!("{browser}_{name}"))
                .unwrap_or_else(|| panic!("{name} is missing for {browser}; run: node scripts/policy-templates.mjs"));
            assert_eq!(attribute("key", &policy).unwrap(), key, "{browser} {name}");
            let (_, inside) = policy.split_once("/>\n      <supportedOn").unwrap();
            let (_, inside) = inside.split_once("/>").unwrap();
            assert_eq!(inside.replace("</policy>", "").trim(), expected(browser, key, &name, &decision), "{browser}");
            let is_switch = decision["type"] == "boolean";
            assert_eq!(attribute("valueName", &policy), is_switch.then(|| name.clone()), "{browser}");
            assert_eq!(attribute("presentation", &policy), (!is_switch).then(|| format!("$(presentation.{browser}_{name})")));
            assert_eq!(attribute("displayName", &policy).unwrap(), format!("$(string.{name})"));
            assert_eq!(attribute("explainText", &policy).unwrap(), format!("$(string.{name}_Explain)"));
        }
    }
    assert!(policies.is_empty(), "these are in no schema: {:?}", policies.keys());
}

#[test]
fn whatever_is_referred_to_exists_and_nothing_else_does() {
    let (admx, adml) = (admx(), adml());
    assert_eq!(found(r"\$\(string\.(\w+)\)", &admx), found(r#"<string id="(\w+)">"#, &adml));
    assert_eq!(found(r"\$\(presentation\.(\w+)\)", &admx), found(r#"<presentation id="(\w+)">"#, &adml));
    assert_eq!(found(r#"<parentCategory ref="(\w+)"/>"#, &admx), found(r#"<category name="(\w+)""#, &admx));
    assert_eq!(found(r#"<supportedOn ref="(\w+)"/>"#, &admx), found(r#"<definition name="(\w+)""#, &admx));
    // Every control writes the element of its own policy, with the one that goes with it.
    let presentations: BTreeMap<String, String> =
        elements("presentation", &adml).into_iter().map(|shown| (attribute("id", &shown).unwrap(), shown)).collect();
    let controls = [("text", "textBox"), ("multiText", "multiTextBox"), ("list", "listBox"), ("decimal", "decimalTextBox")];
    for policy in elements("policy", &admx) {
        let Some(inside) = elements("elements", &policy).pop() else { continue };
        let presentation = &presentations[&attribute("name", &policy).unwrap()];
        let (element, control) = controls.iter().find(|(element, _)| inside.contains(&format!("<{element} "))).unwrap();
        let id = found(&format!(r#"<{element} id="(\w+)""#), &inside);
        assert_eq!(found(&format!(r#"<{control} refId="(\w+)""#), presentation), id, "{presentation}");
    }
}

#[test]
fn the_editor_shows_the_words_of_the_schema() {
    let strings: BTreeMap<String, String> =
        elements("string", &adml()).into_iter().map(|string| (attribute("id", &string).unwrap(), string)).collect();
    for (name, decision) in decisions() {
        let said = |key: &str| decision[key].as_str().unwrap_or_else(|| panic!("{name} has no {key}")).to_owned();
        assert!(strings[&name].contains(&format!(">{}<", said("title"))), "{name}: {}", strings[&name]);
        assert!(strings[&format!("{name}_Explain")].contains(&format!(">{}\n", said("description"))), "{name}");
    }
}

#[test]
fn intune_takes_it() {
    let (admx, adml) = (admx(), adml());
    for file in [&admx, &adml] {
        assert!(file.len() < 1024 * 1024);
        // It wants what is used to be imported first, and refuses combo boxes.
        assert!(!file.contains("<using ") && !file.contains("comboBox"));
    }
}
