//! Which fields of which forms are filled. Refusals come first; whole pages are in `tests/form_pages.rs`.

#![allow(clippy::unwrap_used, reason = "a test that can not go on fails")]

use my_apps_sign_in::form::{
    Concept, Control, Descriptor, DescriptorField, DescriptorStep, Doubt, Form, Heading, Judgement, Outcome, Place, Reason, Refusal,
    Report, Role, Scenario, Snapshot, Submit, ValueType, Vocabulary, explain, fold, locators, plan, roles,
};
use my_apps_sign_in::json;

fn page(controls: Vec<Control>) -> Snapshot {
    let mut page = Snapshot {
        origin: "https://app.test".into(),
        href: "https://app.test/login".into(),
        ready_state: "complete".into(),
        top: true,
        forms: vec![Form { action_origin: "https://app.test".into(), method: "post".into(), ..Form::default() }; 3],
        boxes: vec![-1],
        controls,
        ..Snapshot::default()
    };
    for (place, control) in page.controls.iter_mut().enumerate() {
        control.index = u32::try_from(place).unwrap();
        control.fingerprint = format!("{place}");
    }
    page
}

/// `form tag:type "what is said about it"`, and flags: `@autocomplete`, `hidden`, `off` (disabled), `covered`, `read-only`, `filled`.
fn control(line: &str) -> Control {
    let (head, said) = line.split_once('"').map_or((line, ""), |(head, said)| (head, said.trim_end_matches('"')));
    let mut words = head.split_whitespace();
    let form = words.next().and_then(|word| word.parse().ok());
    let (tag, kind) = words.next().and_then(|word| word.split_once(':')).unwrap_or(("input", "text"));
    let flags: Vec<&str> = words.collect();
    let pressed = matches!(tag, "button" | "a") || matches!(kind, "submit" | "button" | "image");
    Control {
        tag: tag.into(),
        r#type: kind.into(),
        form,
        r#box: 0,
        autocomplete: flags.iter().find_map(|flag| flag.strip_prefix('@')).unwrap_or_default().into(),
        label: if pressed { String::new() } else { said.into() },
        text: if pressed { said.into() } else { String::new() },
        href: if tag == "a" { "/somewhere".into() } else { String::new() },
        visible: !flags.contains(&"hidden"),
        disabled: flags.contains(&"off"),
        covered: flags.contains(&"covered"),
        read_only: flags.contains(&"read-only"),
        filled: flags.contains(&"filled"),
        width: 100,
        height: 20,
        ..Control::default()
    }
}

fn controls(lines: &str) -> Snapshot {
    page(lines.split('\n').map(str::trim).filter(|line| !line.is_empty()).map(control).collect())
}

#[track_caller]
fn refused(lines: &str, expected: Refusal) {
    assert_eq!(plan(&controls(lines), None).map(|plan| plan.fields), Err(expected));
}

/// Places of user name, password and button; -1 for none.
#[track_caller]
fn filled(lines: &str, expected: [i32; 3]) {
    assert_eq!(places(&controls(lines), None), expected);
}

#[track_caller]
fn places(snapshot: &Snapshot, descriptor: Option<&Descriptor>) -> [i32; 3] {
    let plan = plan(snapshot, descriptor).unwrap();
    let of = |id: &str| plan.fields.iter().find(|field| field.value.as_str() == id).map_or(-1, |field| i32::try_from(field.index).unwrap());
    let button = match plan.submit {
        Submit::Button { index, .. } => i32::try_from(index).unwrap(),
        Submit::Request | Submit::Enter => -1,
    };
    [of("username"), of("password"), button]
}

#[test]
fn what_is_no_sign_in_form_is_refused() {
    refused("", Refusal::NoForm);
    refused("0 input:search \"Search\"\n0 button:submit \"Search\"", Refusal::NoForm);
    refused("0 input:email \"Your e-mail\"\n0 button:submit \"Subscribe\"", Refusal::NoForm);
    refused(
        "0 input:text \"Your name\"\n0 input:email \"E-mail\"\n0 textarea:textarea \"Message\"\n0 button:submit \"Send\"",
        Refusal::NoForm,
    );
    refused("0 input:text \"User name\"\n0 input:password hidden \"Password\"\n0 button:submit \"Search\"", Refusal::Hidden);
    refused(
        "0 input:email \"E-mail\"\n0 input:password \"Password\"\n0 input:password \"Repeat password\"\n0 button:submit \"Sign up\"",
        Refusal::SignUp,
    );
    refused("0 input:email \"E-mail\"\n0 input:password \"Choose a password\"\n0 button:submit \"Create account\"", Refusal::SignUp);
    refused(
        "0 input:text \"Vorname\"\n0 input:email \"E-Mail\"\n0 input:password \"Passwort\"\n0 button:submit \"Registrieren\"",
        Refusal::SignUp,
    );
    refused("0 input:email \"邮箱\"\n0 input:password \"密码\"\n0 input:password \"确认密码\"\n0 button:submit \"注册\"", Refusal::SignUp);
    refused(
        "0 input:password \"Current password\"\n0 input:password \"New password\"\n0 input:password \"Confirm\"\n0 button:submit \"Save\"",
        Refusal::ChangePassword,
    );
    refused(
        "0 input:password \"New password\"\n0 input:password \"Confirm password\"\n0 button:submit \"Reset password\"",
        Refusal::ChangePassword,
    );
    // The button opens an account, and who has one is sent elsewhere.
    refused("0 input:text \"User name\"\n0 input:password \"Password\"\n0 button:submit \"Register\"\n0 a: \"Sign in\"", Refusal::SignUp);
    refused("0 input:text \"Verification code\"\n0 button:submit \"Verify\"", Refusal::OneTimeCode);
}

#[test]
fn a_document_that_is_not_shown_is_refused() {
    let good = controls("0 input:text \"User name\"\n0 input:password \"Password\"\n0 button:submit \"Sign in\"");
    assert!(plan(&good, None).is_ok());
    for bad in [
        Snapshot { top: false, ..good.clone() },
        Snapshot { sandboxed: true, ..good.clone() },
        Snapshot { prerendering: true, ..good.clone() },
    ] {
        assert_eq!([plan(&bad, None), plan(&bad, Some(&Descriptor::default()))], [Err(Refusal::Document), Err(Refusal::Document)]);
    }
}

#[test]
fn user_name_password_and_button_are_found() {
    filled("0 input:text \"User name\"\n0 input:password \"Password\"\n0 button:submit \"Sign in\"", [0, 1, 2]);
    filled(
        "1 input:text \"Search\"\n1 button:submit \"Go\"\n0 input:text \"User\"\n0 input:password \"Password\"\n0 button:submit \"OK\"",
        [2, 3, 4],
    );
    filled("- input:text \"User name\"\n- input:password \"Password\"\n- button:button \"Sign in\"", [0, 1, 2]);
    filled("0 input:tel \"Phone\"\n0 input:password \"Password\"\n0 button:submit \"Sign in\"", [0, 1, 2]);
    filled("0 input:text \"Company\"\n0 input:text \"User name\"\n0 input:password \"Password\"\n0 button:submit \"Sign in\"", [1, 2, 3]);
    filled("0 input:text \"User name\"\n0 input:password \"Password\"\n0 input:text \"Captcha\"\n0 button:submit \"Sign in\"", [0, 1, 3]);
    // Words of other languages.
    filled("0 input:text \"Benutzername\"\n0 input:password \"Kennwort\"\n0 input:submit \"Anmelden\"", [0, 1, 2]);
    filled("0 input:text \"Identifiant\"\n0 input:password \"Mot de passe\"\n0 input:submit \"Se connecter\"", [0, 1, 2]);
    filled("0 input:text \"Логин\"\n0 input:password \"Пароль\"\n0 input:submit \"Войти\"", [0, 1, 2]);
    filled("0 select:select-one \"User\"\n0 input:password \"Password\"\n0 input:submit \"Sign in\"", [0, 1, 2]);
    filled("0 select:select-one \"User type\"\n0 input:text \"ID\"\n0 input:password \"Password\"\n0 input:submit \"Sign in\"", [1, 2, 3]);
    filled("0 input:text \"User name\"\n0 input:password \"User code\"\n0 input:submit \"Sign in\"", [0, 1, 2]);
    filled("0 input:text \"用户名\"\n0 input:password \"密码\"\n0 input:submit \"登录\"", [0, 1, 2]);
    filled("0 input:text \"اسم المستخدم\"\n0 input:password \"كلمة المرور\"\n0 input:submit \"تسجيل الدخول\"", [0, 1, 2]);
}

#[test]
fn steps_are_told_apart() {
    let step = |lines, fields: &[&str]| {
        let plan = plan(&controls(lines), None).unwrap();
        assert_eq!(plan.fields.iter().map(|field| field.value.as_str()).collect::<Vec<&str>>(), fields, "{lines}");
    };
    step("0 input:email \"E-mail\"\n0 button:submit \"Next\"\n0 a: \"Forgot e-mail?\"\n0 a: \"Create account\"", &["username"]);
    step("0 input:password \"Password\"\n0 button:submit \"Sign in\"", &["password"]);
    step("0 input:email read-only filled \"E-mail\"\n0 input:password \"Password\"\n0 button:submit \"Sign in\"", &["password"]);
    step(
        "0 input:email read-only \"E-mail\"\n0 input:password read-only \"Password\"\n0 button:submit \"Sign in\"",
        &["username", "password"],
    );
}

#[test]
fn the_other_button_is_not_pressed() {
    const FIELDS: &str = "0 input:text \"User name\"\n0 input:password \"Password\"\n";
    for (buttons, expected) in [
        ("0 button:submit \"Register\"\n0 button:submit \"Sign in\"", 3),
        ("0 button:submit \"Sign in\"\n0 button:submit \"Forgot password?\"", 2),
        ("0 button:button \"Show password\"\n0 button:button \"Log in\"", 3),
        ("0 button:button \"Sign in with Google\"\n0 button:submit \"Continue\"", 3),
        ("0 button:submit \"Cancel\"\n0 button:submit \"OK\"", 3),
        ("0 button:submit off \"Sign in\"", 2),
        ("0 input:image hidden \"\"", 2),
    ] {
        let found = places(&controls(&format!("{FIELDS}{buttons}")), None);
        assert_eq!(found, [0, 1, expected], "{buttons}");
    }
}

#[test]
fn what_a_page_says_about_the_last_try_changes_no_field() {
    for (near, placeholder, is_filled) in [
        ("Repeat the password", "", false),
        ("Wrong password. Try again.", "Password", true),
        ("Přihlášení se nezdařilo. Zkuste to znovu.", "Heslo", true),
        ("Неверный пароль. Попробуйте ещё раз.", "Пароль", true),
    ] {
        let mut page = controls("0 input:text \"User name\"\n0 input:password \"\"\n0 button:submit \"Sign in\"");
        let password = page.controls.iter_mut().find(|control| control.r#type == "password").unwrap();
        (password.near, password.placeholder) = (near.into(), placeholder.into());
        assert_eq!(plan(&page, None).is_ok(), is_filled, "{near}");
    }
}

#[test]
fn a_password_alone_is_in_doubt_where_nothing_speaks_of_signing_in() {
    for (lines, doubt) in [
        ("0 input:password \"Password\"\n0 button:submit \"Save\"", Err(Refusal::ChangePassword)),
        ("0 input:password @current-password \"Password\"\n0 button:submit \"Delete account\"", Ok(Some(Doubt::Weak))),
        ("0 input:password @current-password \"Password\"\n0 button:submit \"Verify\"\n0 a: \"Back to sign in\"", Ok(Some(Doubt::Weak))),
        ("0 input:password @current-password \"Password\"\n0 button:submit \"Verify\"\n0 a: \"Forgot password?\"", Ok(None)),
        ("0 input:password @current-password \"Password\"\n0 button:submit \"Sign in\"", Ok(None)),
    ] {
        assert_eq!(plan(&controls(lines), None).map(|plan| plan.doubt), doubt, "{lines}");
    }
}

#[test]
fn only_one_form_is_filled() {
    let two = "0 input:email \"E-mail\"\n0 input:password \"Password\"\n0 input:password \"Repeat\"\n0 button:submit \"Register\"
        1 input:email \"E-mail\"\n1 input:password \"Password\"\n1 button:submit \"Log in\"";
    filled(two, [4, 5, 6]);
    let alike = "0 input:text \"User\"\n0 input:password \"Password\"\n0 button:submit \"Log in\"
        1 input:text \"User\"\n1 input:password \"Password\"\n1 button:submit \"Log in\"";
    assert_eq!(plan(&controls(alike), None).unwrap().doubt, Some(Doubt::SeveralForms));
    let modal = "0 input:text covered \"User\"\n0 input:password covered \"Password\"\n0 button:submit \"Log in\"
        1 input:text \"User\"\n1 input:password \"Password\"\n1 button:submit \"Log in\"";
    filled(modal, [3, 4, 5]);
    assert!(plan(&controls(modal), None).unwrap().doubt.is_none());
    let covered = "0 input:text covered \"User\"\n0 input:password covered \"Password\"\n0 button:submit \"Log in\"";
    assert_eq!(plan(&controls(covered), None).unwrap().doubt, Some(Doubt::Covered));
}

#[test]
fn words_around_decide_between_alike_forms() {
    let form = "0 input:email \"E-mail\"\n0 input:password \"Password\"\n0 button:submit \"Continue\"";
    let headed = |text: &str| Snapshot { headings: vec![Heading { text: text.into(), level: 1, r#box: -1, at: 0 }], ..controls(form) };
    assert!(plan(&headed("Sign in"), None).is_ok());
    assert_eq!(plan(&headed("Create an account"), None).map(|plan| plan.fields.len()), Err(Refusal::SignUp));
    assert_eq!(explain(&headed("Sign in")).iter().map(|group| group.scenario).collect::<Vec<_>>(), [Scenario::SignIn]);
}

fn descriptor(kind: ValueType) -> Descriptor {
    let field = |id: &str, label: &str, r#type| DescriptorField {
        field_id: id.into(),
        label: label.into(),
        r#type,
        locators: vec![format!("#{id}")],
    };
    let fields =
        vec![field("company", "Company", ValueType::Text), field("username", "User", ValueType::Text), field("password", "Password", kind)];
    Descriptor { steps: vec![DescriptorStep { fields, submit: vec!["#send".into()] }], ..Descriptor::default() }
}

#[test]
fn the_description_wins_and_falls_back() {
    let described = descriptor(ValueType::Password);
    assert_eq!(locators(&described), [["#company"], ["#username"], ["#password"], ["#send"]]);
    let mut page = controls(
        "0 input:text \"A\"\n0 input:text \"B\"\n0 input:password \"C\"\n0 button:submit \"Sign in\"\n0 button:submit \"D\"\n0 input:text \"Company\"",
    );
    page.located = vec![Some(0), Some(1), Some(2), Some(4)];
    let found = plan(&page, Some(&described)).unwrap();
    assert_eq!(
        found.fields.iter().map(|field| (field.value.as_str(), field.index)).collect::<Vec<_>>(),
        [("company", 0), ("username", 1), ("password", 2)]
    );
    assert_eq!((places(&page, Some(&described)), found.form_changed), ([1, 2, 4], false));

    // Selectors that find nothing: by label, by judgement.
    page.located = vec![None, Some(1), Some(2), None];
    let found = plan(&page, Some(&described)).unwrap();
    assert_eq!(found.fields.iter().map(|field| field.index).collect::<Vec<_>>(), [5, 1, 2]);
    assert!(found.form_changed);

    // All of them: as if there were no description.
    page.located = vec![None; 4];
    let found = plan(&page, Some(&described)).unwrap();
    assert_eq!((found.fields.len(), found.form_changed), (2, true));

    // A password never goes into a field that shows it, whoever says so.
    page.located = vec![Some(0), Some(2), Some(1), Some(4)];
    for kind in [ValueType::Password, ValueType::Text] {
        let found = plan(&page, Some(&descriptor(kind)));
        assert!(found.iter().flat_map(|plan| &plan.fields).all(|field| field.value.as_str() != "password" || field.index == 2));
    }
}

#[test]
fn commands_are_what_the_page_function_reads() {
    let page = controls("0 input:text \"User name\"\n0 input:password \"Password\"\n0 button:submit \"Sign in\"");
    let found = plan(&page, None).unwrap();
    let place = || Place::new(&Judgement::of(&page, None), vec!["https://app.test".into()], Vec::new());
    let common = r#""origin":"https://app.test","href":"https://app.test/login","origins":["https://app.test"],"locators":[]"#;
    let check = |command: serde_json::Value, rest: &str| {
        assert_eq!(command, serde_json::from_str::<serde_json::Value>(&format!("{{{common},\"framed\":false,{rest}}}")).unwrap());
    };
    check(
        serde_json::to_value(found.command(place(), true)).unwrap(),
        r#""fields":[{"index":0,"fingerprint":"0","secret":false,"field":"username"},{"index":1,"fingerprint":"1","secret":true,"field":"password"}],
           "submit":{"button":{"index":2,"fingerprint":"2"}}"#,
    );
    check(
        serde_json::to_value(found.submit_command(place())).unwrap(),
        r#""fields":[{"index":0,"fingerprint":"0"},{"index":1,"fingerprint":"1"}],"submit":{"button":{"index":2,"fingerprint":"2"}}"#,
    );
    let report: Report = json::read(r#"{"outcome":"filled","reason":"foreign-action"}"#).unwrap();
    assert_eq!(report, Report { outcome: Outcome::Filled, reason: Some(Reason::ForeignAction) });
    assert_eq!(json::read::<Report>(r#"{"outcome":"too-long"}"#).unwrap().outcome, Outcome::TooLong);
}

#[test]
fn roles_follow_autocomplete_then_label_then_name() {
    let role = |autocomplete: &str, label: &str, name: &str, kind: &str| {
        let control = Control { autocomplete: autocomplete.into(), name: name.into(), ..control(&format!("0 input:{kind} \"{label}\"")) };
        roles(&page(vec![control])).first().unwrap().0
    };
    assert_eq!(role("username", "Phone", "phone", "text"), Role::UserName);
    assert_eq!(role("", "E-mail", "user_name", "text"), Role::Email);
    assert_eq!(role("", "", "txtUserName", "text"), Role::UserName);
    assert_eq!(role("", "First name", "user[first_name]", "text"), Role::Person);
    assert_eq!(role("", "", "ctl00$login$txtEmail", "text"), Role::Email);
    assert_eq!(role("", "", "", "email"), Role::Email);
    assert_eq!(role("", "Enter the code sent to your e-mail: one-time code", "", "text"), Role::OneTimeCode);
    assert_eq!(role("", "Domain", "", "text"), Role::Tenant);
    assert_eq!(role("new-password", "Password", "", "password"), Role::NewPassword);
    assert_eq!(role("", "Confirm password", "", "password"), Role::NewPassword);
    assert_eq!(role("", "Passwort", "pw", "password"), Role::Password);
    assert_eq!(role("", "Remember me", "", "checkbox"), Role::Remember);
    assert_eq!(role("", "I agree to the terms", "", "checkbox"), Role::Terms);
}

#[test]
fn the_vocabulary_is_in_plain_spelling() {
    let mut concepts = Vec::new();
    for (concept, word) in Vocabulary::get().words() {
        assert_eq!(fold(word), word, "{concept:?}");
        assert!(Vocabulary::get().read(word).has(concept), "{word:?} is found");
        assert!(word.len() > 1 || Vocabulary::get().read(&format!("{word} and more")).has(concept), "{word:?} is found before a space");
        if !concepts.contains(&concept) {
            concepts.push(concept);
        }
    }
    assert_eq!(concepts.len(), Concept::ALL.len(), "every concept has words");
    let sections = include_str!("../extension/words.txt").lines().filter(|line| line.starts_with('['));
    assert_eq!(
        sections.collect::<Vec<_>>(),
        Concept::ALL.map(|concept| format!("[{concept:?}]")),
        "the sections stand in the module's order"
    );
}

#[test]
fn numbers_from_a_page_are_not_trusted() {
    let wild = r#"{"top":true,"controls":[{"index":99,"tag":"input","type":"password","form":77,"box":5,"visible":true},
        {"tag":"input","type":"text","box":-9,"form":0,"visible":true},{}],"forms":[{"index":9}],"boxes":[3,0,1,2,2147483647,-5],
        "headings":[{"box":4000,"at":4294967295}],"located":[7,null,4294967295]}"#;
    let snapshot: Snapshot = json::read(wild).unwrap();
    let _ = plan(&snapshot, Some(&descriptor(ValueType::Password)));
    let checked = snapshot.checked();
    assert_eq!(
        checked.controls.iter().map(|control| (control.index, control.form)).collect::<Vec<_>>(),
        [(0, None), (1, Some(0)), (2, None)]
    );
    assert_eq!(checked.located, [None, None, None]);
}
