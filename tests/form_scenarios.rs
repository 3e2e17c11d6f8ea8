//! What a control is for and what a form is for, each with the reason: one line for every role and every scenario.

use my_apps_sign_in::form::{Clue, Control, Evidence, Form, Role, Scenario, Snapshot, explain, roles};

/// `tag:type "what is said about it"`, what a button says included; a name in brackets is the `name` attribute, one with
/// an `@` is `autocomplete`.
fn control(line: &str) -> Control {
    let (head, said) = line.split_once('"').map_or((line, ""), |(head, said)| (head, said.trim_end_matches('"')));
    let mut words = head.split_whitespace();
    let (tag, kind) = words.next().and_then(|word| word.split_once(':')).unwrap_or(("input", "text"));
    let mut control = Control {
        tag: tag.to_owned(),
        r#type: kind.to_owned(),
        form: Some(0),
        r#box: 0,
        visible: true,
        width: 100,
        height: 20,
        ..Control::default()
    };
    for word in words {
        match word.strip_prefix('@') {
            Some(token) => control.autocomplete = token.to_owned(),
            None => control.name = word.trim_matches(['[', ']']).to_owned(),
        }
    }
    if tag == "button" || tag == "a" {
        control.text = said.to_owned();
        control.href = if tag == "a" { "/elsewhere".to_owned() } else { String::new() };
    } else {
        control.label = said.to_owned();
    }
    control
}

fn page(lines: &str) -> Snapshot {
    let controls = lines.split(';').map(|line| control(line.trim())).collect();
    Snapshot { top: true, forms: vec![Form::default()], boxes: vec![-1], controls, ..Snapshot::default() }.checked()
}

#[test]
fn every_role_has_its_reasons() {
    for (line, role, evidence) in [
        ("input:text @username \"Phone\"", Role::UserName, Evidence::Autocomplete),
        ("input:text \"User name\"", Role::UserName, Evidence::Label),
        ("input:text [txtUserName]", Role::UserName, Evidence::Identifier),
        ("input:text \"E-mail\"", Role::Email, Evidence::Label),
        ("input:email", Role::Email, Evidence::Type),
        ("input:tel", Role::Phone, Evidence::Type),
        ("input:password @current-password \"New password\"", Role::Password, Evidence::Autocomplete),
        ("input:password \"Password\"", Role::Password, Evidence::Label),
        ("input:password [pwd]", Role::Password, Evidence::Identifier),
        ("input:tel \"PIN\"", Role::Password, Evidence::Label),
        ("input:password", Role::Password, Evidence::Type),
        ("input:password @new-password", Role::NewPassword, Evidence::Autocomplete),
        ("input:password \"Repeat password\"", Role::NewPassword, Evidence::Label),
        ("input:password [new_password]", Role::NewPassword, Evidence::Identifier),
        ("input:text @one-time-code", Role::OneTimeCode, Evidence::Autocomplete),
        ("input:text \"Verification code\"", Role::OneTimeCode, Evidence::Label),
        ("input:text \"Company\"", Role::Tenant, Evidence::Label),
        ("input:text \"Domain\"", Role::Tenant, Evidence::Label),
        ("input:text [tenant]", Role::Tenant, Evidence::Identifier),
        ("input:text @organization", Role::Tenant, Evidence::Autocomplete),
        ("select:select-one \"Organization\"", Role::Tenant, Evidence::Label),
        ("input:checkbox \"Remember me\"", Role::Remember, Evidence::Label),
        ("input:checkbox [remember_me]", Role::Remember, Evidence::Identifier),
        ("input:checkbox \"I agree to the terms\"", Role::Terms, Evidence::Label),
        ("input:text \"Enter the characters in the image\"", Role::Captcha, Evidence::Label),
        ("input:search", Role::Search, Evidence::Type),
        ("input:text \"Search\"", Role::Search, Evidence::Label),
        ("input:text \"First name\"", Role::Person, Evidence::Label),
        ("input:text", Role::Other, Evidence::Nothing),
        ("x-rating:component \"Password\"", Role::Other, Evidence::Nothing),
        ("button:submit \"Sign in\"", Role::Action, Evidence::Type),
        ("a: \"Forgot password?\"", Role::Action, Evidence::Type),
    ] {
        assert_eq!(roles(&page(line)), [(role, evidence)], "{line}");
    }
}

#[test]
fn every_scenario_has_its_reasons() {
    for (lines, scenario, clue) in [
        ("input:text \"User name\"; input:password \"Password\"; button:submit \"Sign in\"", Scenario::SignIn, Clue::SignInButton),
        ("input:email \"E-mail\"; button:submit \"Next\"", Scenario::UserNameStep, Clue::NextButton),
        ("input:password \"Password\"; button:submit \"Sign in\"", Scenario::PasswordStep, Clue::NobodyNamed),
        ("input:email \"E-mail\"; input:password \"Password\"; button:submit \"Create account\"", Scenario::SignUp, Clue::SignUpButton),
        (
            "input:password \"Old password\"; input:password \"New password\"; input:password \"Repeat it\"; button:submit \"Save\"",
            Scenario::ChangePassword,
            Clue::Repeated,
        ),
        (
            "input:email \"E-mail\"; input:email \"Repeat e-mail\"; input:password \"Password\"; button:submit \"Send\"",
            Scenario::SignUp,
            Clue::Repeated,
        ),
        ("input:text \"User name\"; input:text \"Confirm the user name\"; button:submit \"Next\"", Scenario::Other, Clue::Repeated),
        (
            "input:text \"User name\"; input:password \"Password (at least 8 characters)\"; button:submit \"Sign in\"",
            Scenario::SignIn,
            Clue::PasswordRules,
        ),
        (
            "input:email \"E-mail\"; input:password \"Password\"; input:text \"Nickname\"; button:submit \"Register and sign in\"",
            Scenario::SignUp,
            Clue::TwoNames,
        ),
        ("input:email \"E-mail\"; button:submit \"Reset password\"", Scenario::Reset, Clue::ResetButton),
        ("input:text \"Verification code\"; button:submit \"Verify\"", Scenario::OneTimeCode, Clue::NobodyNamed),
        ("input:search \"Search\"; button:submit \"Search\"", Scenario::Search, Clue::OtherButton),
        ("input:email \"E-mail\"; button:submit \"Subscribe\"", Scenario::Other, Clue::OtherButton),
        // As Okta's second step is where nobody may set a new password.
        (
            "input:password @current-password \"Password\"; button:submit \"Verify\"; a: \"Back to sign in\"",
            Scenario::PasswordStep,
            Clue::CurrentPassword,
        ),
        ("input:password \"User name\"; input:password \"Password\"; button:submit \"Sign in\"", Scenario::Other, Clue::SecondPassword),
        ("select:select-one \"User\"; input:password \"Password\"; button:submit \"Sign in\"", Scenario::SignIn, Clue::SignInButton),
        ("input:email \"E-mail\"; input:tel \"PIN\"; button:submit \"Sign in\"", Scenario::Other, Clue::SignInButton),
    ] {
        let found = explain(&page(lines));
        assert_eq!(found.iter().map(|group| group.scenario).collect::<Vec<_>>(), [scenario], "{lines}: {found:?}");
        assert!(found.iter().any(|group| group.clues.iter().any(|weighed| weighed.clue == clue)), "{lines}: {found:?}");
    }
}
