//! Pages by name: what the probe would see in them.

use my_apps_sign_in::event::Sight;
use my_apps_sign_in::form::{Control, Descriptor, Examination, Form, Judgement, Snapshot};
use my_apps_sign_in::json;

/// A page with one of these: `login`, `user`, `password`, `nothing`, `hidden`, `sign-up`, `new-password`, `code`, `several`,
/// `covered`, `foreign`, `foreign-too`, `user-foreign`, `sandboxed`, `prerendering`, `framed`; `sent` is `login` with values in it, `accounts` asks to choose one, and
/// `frame` has nothing but a frame.
pub(crate) fn snapshot(url: &str, form: &str) -> Snapshot {
    let lines: &[&str] = match form {
        "user" | "user-foreign" => &["email E-mail", "submit Next"],
        "password" => &["password Password", "submit Sign in"],
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
        let (kind, said) = line.trim_start_matches('-').split_once(' ').unwrap();
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
            filled: form == "sent" && !button,
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
    judged(document, &snapshot(url, form), description)
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
