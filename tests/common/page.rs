//! Pages by name: what the probe would see in them.

use my_apps_sign_in::event::Sight;
use my_apps_sign_in::form::{Control, Descriptor, Examination, FieldId, FieldPlan, FillPlan, Form, Judgement, Snapshot, locators};
use my_apps_sign_in::json;

/// A page with one of these: `login`, `user`, `password`, `nothing`, `hidden`, `sign-up`, `new-password`, `code`, `several`,
/// `covered`, `company`, `company-secret` and `branch` with a field of that name, `branch-password` with two, `company-login` with the first one filled above `login`, `foreign`, `foreign-too`, `user-foreign`, `sandboxed`, `prerendering`, `framed`; `sent` is `login` with values in it, `accounts` asks to choose one, and
/// `frame` has nothing but a frame.
pub(crate) fn snapshot(url: &str, form: &str) -> Snapshot {
    let lines: &[&str] = match form {
        "user" | "user-foreign" => &["email E-mail", "submit Next"],
        "password" => &["password Password", "submit Sign in"],
        "company" => &["text Company ID", "submit Next"],
        "company-login" => &["+text Company ID", "submit Next", "text User name", "password Password", "submit Sign in"],
        "branch-password" => &["text Branch", "password Password", "submit Sign in"],
        "branch" => &["text Branch", "submit Go on"],
        "company-secret" => &["password Company secret", "submit Next"],
        "nothing" => &[],
        "hidden" => &["-password Password"],
        "sign-up" => &["text E-mail", "password Choose a password", "password Repeat password", "submit Create account"],
        "new-password" => &["password Current password", "password New password", "password Confirm", "submit Save"],
        "code" => &["text Verification code", "submit Verify"],
        "accounts" | "frame" => &[],
        "several" => &["text User name", "password Password", "submit Sign in", "text User name", "password Password", "submit Sign in"],
        "login" | "sent" | "covered" | "foreign" | "foreign-too" | "sandboxed" | "prerendering" | "framed" => {
            &["text User name", "password Password", "submit Sign in"]
        }
        other => panic!("there is no form called {other}"),
    };
    let origin = url.splitn(4, '/').take(3).collect::<Vec<&str>>().join("/");
    let action_origin = match form {
        "foreign" | "user-foreign" => "https://evil.test".to_owned(),
        "foreign-too" => "https://worse.test".to_owned(),
        _ => origin.clone(),
    };
    let controls = lines.iter().enumerate().map(|(place, line)| {
        let visible = !line.starts_with('-');
        let (kind, said) = line.trim_start_matches(['-', '+']).split_once(' ').unwrap();
        let button = kind == "submit";
        Control {
            index: u32::try_from(place).unwrap(),
            fingerprint: format!("print-{place}"),
            tag: if button { "button".into() } else { "input".into() },
            r#type: kind.into(),
            form: Some(u32::from(form == "several" && place > 2)),
            autocomplete: if kind == "email" { "username".into() } else { String::new() },
            label: if button { String::new() } else { said.into() },
            text: if button { said.into() } else { String::new() },
            visible,
            filled: (form == "sent" || line.starts_with('+')) && !button,
            covered: form == "covered" && kind == "password",
            width: 100,
            height: 20,
            r#box: 0,
            ..Control::default()
        }
    });
    Snapshot {
        origin: if form == "sandboxed" { "null".into() } else { origin },
        href: url.to_owned(),
        title: if form == "accounts" { "Choose an account".into() } else { "Sign in".into() },
        ready_state: "complete".into(),
        top: form != "framed",
        sandboxed: form == "sandboxed",
        prerendering: form == "prerendering",
        controls: controls.collect(),
        forms: vec![Form { action_origin, method: "post".into(), ..Form::default() }; 2],
        boxes: vec![-1],
        frame_origin: if form == "frame" { "https://sso.test".into() } else { String::new() },
        ..Snapshot::default()
    }
}

/// The same, judged in a document. `description` is what the look was asked with.
pub(crate) fn sight(document: &str, url: &str, form: &str, description: &str) -> Sight {
    let mut snapshot = snapshot(url, form);
    if let Some(descriptor) = json::read::<Descriptor>(description) {
        // What stands on it is found by `#company-id`, `#user-name`, `#next`.
        let called = |control: &&Control, selector: &str| {
            let words = [control.label.as_str(), &control.text].concat().to_lowercase().replace(' ', "-");
            control.visible && selector.strip_prefix('#') == Some(&words)
        };
        let found = |selector: &String| snapshot.controls.iter().find(|control| called(control, selector)).map(|control| control.index);
        snapshot.located = locators(&descriptor).iter().map(|selectors| selectors.iter().find_map(found)).collect();
    }
    judged(document, &snapshot, description)
}

/// What writes these fields, joined by `+`.
pub(crate) fn plan_of(fields: &str) -> FillPlan {
    let field = |id: &str| FieldPlan { value: FieldId::new(id), secret: id == "password", ..FieldPlan::default() };
    FillPlan { fields: fields.split('+').map(field).collect(), ..FillPlan::default() }
}

/// A page as the extension's two modules hand it from one to the other.
pub(crate) fn judged(document: &str, snapshot: &Snapshot, description: &str) -> Sight {
    let judgement = Judgement::of(snapshot, json::read::<Descriptor>(description).as_ref());
    let page = json::read(&judgement.write()).unwrap();
    assert_eq!(judgement, page, "what is written is what is read");
    Sight { document: document.to_owned(), page, above: None }
}

/// A page as it is looked at to be taught: every control can be found again.
pub(crate) fn lesson_page(url: &str, form: &str) -> Snapshot {
    let mut snapshot = snapshot(url, form);
    for control in &mut snapshot.controls {
        control.selectors = vec![format!("#control-{}", control.index)];
    }
    snapshot
}

/// The same, judged and examined in a document.
pub(crate) fn examined(document: &str, snapshot: &Snapshot) -> (Sight, String) {
    let examination = Examination::of(snapshot);
    let written = examination.write();
    assert_eq!(Some(examination), json::read(&written), "what is written is what is read");
    (judged(document, snapshot, ""), written)
}
