//! What holds for every plan, whatever the page is; `fuzz` asks the same of pages that are found by counting branches.

use my_apps_sign_in::form::{Control, Descriptor, DescriptorField, DescriptorStep, Form, Heading, Snapshot, ValueType, fold};
use proptest::prelude::*;

#[path = "common/plan_invariants.rs"]
mod plan_invariants;

fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        "\\PC{0,12}",
        proptest::sample::select(vec![
            "User name",
            "Password",
            "Sign in",
            "Register",
            "Confirm password",
            "E-mail",
            "Search",
            "Forgot password?",
            "one-time code",
            "新しいパスワード",
            "İstanbul ŞİFRE",
            "ß",
            "登录",
            "current-password",
            "new-password",
            "\u{0}\u{202e}",
        ])
        .prop_map(str::to_owned),
    ]
}

fn any_control() -> impl Strategy<Value = Control> {
    let tag = proptest::sample::select(vec!["input", "input", "input", "button", "a", "select", "textarea", "div", ""]);
    let kind = proptest::sample::select(vec![
        "text", "password", "password", "email", "submit", "image", "checkbox", "search", "hidden", "", "weird",
    ]);
    let texts = (words(), words(), words(), words(), words());
    let flags = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
    let places = (any::<u32>(), proptest::option::of(0u32..5), -3i32..12, any::<i32>(), any::<i32>());
    (tag, kind, texts, flags, places).prop_map(|(tag, kind, texts, flags, places)| Control {
        index: places.0,
        tag: tag.into(),
        r#type: kind.into(),
        name: texts.0,
        label: texts.1,
        text: texts.2,
        autocomplete: texts.3,
        classes: texts.4,
        form: places.1,
        r#box: places.2,
        width: places.3,
        height: places.4,
        visible: flags.0,
        disabled: flags.1,
        covered: flags.2,
        read_only: flags.3,
        filled: flags.4,
        ..Control::default()
    })
}

fn any_snapshot() -> impl Strategy<Value = Snapshot> {
    let forms = proptest::collection::vec((words(), words()).prop_map(|(words, text)| Form { words, text, ..Form::default() }), 0..4);
    let headings = proptest::collection::vec(
        (words(), any::<u32>(), -3i32..12).prop_map(|(text, at, r#box)| Heading { text, level: 1, r#box, at }),
        0..4,
    );
    let located = proptest::collection::vec(proptest::option::of(0u32..30), 0..8);
    (proptest::collection::vec(any_control(), 0..25), forms, proptest::collection::vec(-2i32..12, 0..10), headings, located, words())
        .prop_map(|(controls, forms, boxes, headings, located, title)| Snapshot {
            top: true,
            controls,
            forms,
            boxes,
            headings,
            located,
            title,
            ..Snapshot::default()
        })
}

/// One field of each kind, the password's as the administrator declared it.
fn any_descriptor() -> impl Strategy<Value = Descriptor> {
    proptest::sample::select(vec![ValueType::Password, ValueType::Text]).prop_map(|kind| {
        let field =
            |id: &str, r#type| DescriptorField { field_id: id.to_owned(), label: id.to_owned(), r#type, locators: vec![format!("#{id}")] };
        let fields = vec![field("company", ValueType::Text), field("username", ValueType::Text), field("password", kind)];
        Descriptor { steps: vec![DescriptorStep { fields, submit: vec!["#send".to_owned()] }], frame_origin: String::new() }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_plan_is_safe_whatever_the_page_is(snapshot in any_snapshot(), described in proptest::option::of(any_descriptor())) {
        plan_invariants::check(&snapshot, described.as_ref());
    }

    #[test]
    fn folding_twice_changes_nothing(text in "\\PC{0,40}") {
        prop_assert_eq!(fold(&fold(&text)), fold(&text));
    }
}
