//! Which fields of which pages are filled: every page in `tests/pages` has its snapshot in `tests/fixtures/forms`, made by
//! `node tests/snapshot-forms.mjs`.

#![allow(clippy::unwrap_used, reason = "a test that can not go on fails")]

mod common;

use common::refusal_words;
use my_apps_sign_in::form::{Doubt, Snapshot, Submit, plan};
use my_apps_sign_in::json;

/// Every page of `tests/pages`: what is written where, as `field=id`, then what is pressed and what to ask about.
const PAGES: &[(&str, &str)] = &[
    ("no-form", "no form"),
    ("newsletter", "no form"),
    ("sign-up", "sign-up"),
    ("sign-up-short", "sign-up"),
    ("sign-up-beside-sign-in", "sign-up"),
    ("sign-up-step", "sign-up"),
    ("change-password", "change password"),
    ("reset", "reset"),
    ("one-time-code", "one-time code"),
    ("plain", "username=user password=password press send"),
    ("user-name", "username=user press send"),
    ("letters-apart", "username=user press send"),
    ("password", "password=password press send"),
    ("controlled", "username=user password=password press send"),
    ("table", "username=user password=password press send"),
    ("table-above", "username=user password=password press send"),
    ("two-forms", "username=user password=password press send"),
    ("one-big-form", "username=user password=password press send"),
    ("no-form-element", "username=user password=password press send"),
    ("enter-only", "username=user password=password enter"),
    ("shadow", "username=user password=password press send"),
    ("components", "username=user password=password press send"),
    ("clobbered", "username=user password=password press send"),
    ("hidden-traps", "username=user password=password press send"),
    ("covered", "username=user password=password press send, covered"),
    ("max-length", "username=user password=password press send"),
    ("read-only", "username=user password=password press send"),
    ("foreign-action", "username=user password=password press send"),
    ("late-foreign-action", "username=user password=password press send"),
    ("company", "username=user password=password press send"),
    ("wiped", "username=user password=password press send"),
    ("retyped", "username=user password=password press send"),
    ("required", "username=user password=password press send"),
    ("vertical", "username=user password=password press send"),
];

fn fixture(name: &str) -> Snapshot {
    let path = format!("{}/tests/fixtures/forms/{name}.json", env!("CARGO_MANIFEST_DIR"));
    json::read(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn told(snapshot: &Snapshot) -> String {
    let id = |index: u32| snapshot.control(index).map(|control| control.id.clone()).unwrap_or_default();
    match plan(snapshot, None) {
        Ok(plan) => {
            let mut words: Vec<String> = plan.fields.iter().map(|field| format!("{}={}", field.value.as_str(), id(field.index))).collect();
            words.push(match plan.submit {
                Submit::Button { index, .. } => format!("press {}", id(index)),
                Submit::Request => "request".into(),
                Submit::Enter => "enter".into(),
            });
            let doubt = match plan.doubt {
                None => "",
                Some(Doubt::Covered) => ", covered",
                Some(Doubt::SeveralForms) => ", several forms",
                Some(Doubt::Weak) => ", weak",
                Some(Doubt::Purpose) => ", purpose",
            };
            words.join(" ") + doubt
        }
        Err(refusal) => refusal_words(refusal).into(),
    }
}

#[test]
fn pages_are_planned_as_expected() {
    for (name, expected) in PAGES {
        assert_eq!((*name, told(&fixture(name)).as_str()), (*name, *expected));
    }
}

#[test]
fn every_page_has_a_snapshot_and_an_expectation() {
    let folder = |path: &str, ending: &str| {
        let mut names: Vec<String> = std::fs::read_dir(format!("{}/tests/{path}", env!("CARGO_MANIFEST_DIR")))
            .unwrap()
            .filter_map(|entry| entry.unwrap().file_name().into_string().unwrap().strip_suffix(ending).map(str::to_owned))
            .collect();
        names.sort_unstable();
        names
    };
    let mut expected: Vec<String> = PAGES.iter().map(|(name, _)| (*name).to_owned()).collect();
    expected.sort_unstable();
    assert_eq!(folder("fixtures/forms", ".json"), expected);
    for name in &expected {
        assert!(folder("pages", ".html").contains(name), "{name}");
    }
    // The same pages are labelled for the bench.
    let labels: serde_json::Value = serde_json::from_str(include_str!("pages/labels.json")).unwrap();
    let labelled = labels["pages"].as_array().unwrap().iter().map(|page| page["id"].as_str().unwrap_or_default().to_owned());
    let mut labelled: Vec<String> = labelled.collect();
    labelled.sort_unstable();
    assert_eq!(labelled, expected);
}
