//! A form that is in doubt is asked about, and a yes counts for what was asked and for nothing worse.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that can not go on fails")]

mod common;

use common::{World, signed_in};

/// The popup over the sign-on page of the app called crm.
const OPEN: &str = "popup https://crm.test/login";

/// Tells the story to a popup of Anna's over that page: what was done, and what it says in the end.
fn told(story: &str) -> (String, String) {
    let mut world = World::popup(signed_in("anna"));
    world.tell(OPEN);
    (world.tell(story), world.said())
}

/// The story ends with this question, and no credential was asked for on the way.
#[track_caller]
fn asked(story: &str, question: &str) {
    let (effects, said) = told(story);
    assert_eq!(said, question, "{story}");
    assert!(!effects.contains("credential"), "{story}: {effects}");
}

/// The page, looked at.
fn see(form: &str) -> String {
    format!("see d1 https://crm.test/login {form}")
}

/// The person says yes, and the page is looked at again.
fn anyway(form: &str) -> String {
    format!("press FillAnyway crm > {}", see(form))
}

const QUESTIONS: [(&str, &str, &str); 3] = [
    ("several", "formsSeveral [FillAnyway(crm)]", "ambiguous-form"),
    ("covered", "formDoubtful [FillAnyway(crm)]", "ambiguous-form"),
    ("foreign", "formForeign [FillAnyway(crm)]", "other-origin"),
];

#[test]
fn doubt_asks_the_person_before_the_portal_and_is_answered_once() {
    for (form, question, reason) in QUESTIONS {
        asked(&see(form), question);
        let done = format!("report refused crm {reason}, no badge > look 1 > ask credential crm > write 1 d1 username+password");
        assert_eq!(told(&format!("{} > {} > credential ok", see(form), anyway(form))), (done, String::new()), "{form}");
    }
}

#[test]
fn a_yes_counts_for_nothing_worse() {
    let foreign = "formForeign [FillAnyway(crm)]";
    asked(&format!("{} > {}", see("several"), anyway("foreign")), foreign);
    asked(&format!("{} > {}", see("covered"), anyway("foreign")), foreign);
    asked(&format!("{} > {}", see("foreign"), anyway("foreign-too")), foreign);
    assert!(told(&format!("{} > {}", see("foreign"), anyway("covered"))).0.ends_with("ask credential crm"), "the worst was told");
}

#[test]
fn to_try_again_is_no_yes() {
    for (form, question, _) in QUESTIONS {
        for failure in ["credential 500", "credential ok > written changed"] {
            let before = format!("{} > {failure} > press FillAgain crm", see("login"));
            let (effects, _) = told(&before);
            let (after, said) = told(&format!("{before} > {}", see(form)));
            assert_eq!(said, question, "{before}");
            assert!(!after.strip_prefix(&effects).unwrap().contains("credential"), "{before}: {after}");
        }
    }
}

#[test]
fn which_app_is_meant_says_nothing_of_the_form() {
    let mut world = World::popup(signed_in("anna"));
    world.tell("popup https://mail.test/sign-in > select team > see d1 https://mail.test/sign-in foreign");
    assert_eq!(world.said(), "formForeign [FillAnyway(team)]");
}

#[test]
fn a_yes_to_the_page_of_the_user_name_is_none_to_that_of_the_password() {
    let first = format!("{} > {} > credential ok > written submitted > waited", see("user-foreign"), anyway("user-foreign"));
    let (effects, _) = told(&first);
    let (after, said) = told(&format!("{first} > see d2 https://crm.test/login foreign"));
    assert_eq!(said, "formForeign [FillAnyway(crm)]");
    assert!(!after.strip_prefix(&effects).unwrap().contains("credential"), "{after}");
}
