//! A fill, a story per line: nothing is asked of the portal before a page of this very app shows a form, what was asked for
//! goes into the document that was looked at or into none, and every end says why.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that can not go on fails")]

mod common;

use common::{World, judged, signed_in, snapshot, through_storage};
use my_apps_sign_in::effect::Effect;
use my_apps_sign_in::event::Event;
use my_apps_sign_in::memory::Memory;
use my_apps_sign_in::secret::Secret;
use std::rc::Rc;

/// The popup over the sign-on page of the app called crm.
const OPEN: &str = "popup https://crm.test/login";
const SEE: &str = "see d1 https://crm.test/login login";
const NOTHING: &str = "see d1 https://crm.test/login nothing";

/// Tells the story to a popup of Anna's; what was done after the popup opened, and what it says in the end.
#[track_caller]
fn check(story: &str, effects: &str, said: &str) {
    let mut world = World::popup(signed_in("anna"));
    assert_eq!(world.tell(OPEN), "look 1, ask apps");
    assert_eq!((world.tell(story).as_str(), world.said().as_str()), (effects, said), "{story}");
}

/// The story ends in a refusal, and no credential was asked for and nothing was written on the way.
#[track_caller]
fn refused(story: &str, said: &str) {
    let mut world = World::popup(signed_in("anna"));
    world.tell(OPEN);
    let effects = world.tell(story);
    assert_eq!(world.said(), said, "{story}");
    assert!(!effects.contains("credential") && !effects.contains("write") && !effects.contains("press"), "{story}: {effects}");
    assert!(world.state.fills.is_empty(), "{story}: it goes on");
}

#[test]
fn nothing_is_asked_for_on_a_page_of_somebody_else() {
    refused("see d1 https://evil.test/login login", "pageMoved");
    refused("see d1 https://crm.test.evil.test/login login", "pageMoved");
    refused("see d1 http://crm.test/login login", "pageMoved");
    refused("see d1 https://crm.test:8443/login login", "pageMoved");
    refused("see d1 https://crm.test/login-help login", "pageMoved");
    refused("see d1 https://crm.test/help login", "pageMoved");
    refused("see d1 https://crm.test./login login", "pageMoved");
    refused("see d1 about:blank login", "pageMoved");
    refused("see d1 blob:https://crm.test/login login", "pageMoved");
    // A page of another app of the same person.
    refused("see d1 https://wiki.test/login login", "pageMoved");
}

#[test]
fn nothing_is_asked_for_in_a_document_that_is_not_what_it_seems() {
    refused("see d1 https://crm.test/login sandboxed", "pageSandboxed");
    refused("see d1 https://crm.test/login framed", "pageSandboxed");
    refused("no-access", "pageOffLimits");
    refused("see d1 https://crm.test/login sign-up", "formSignUp");
    refused("see d1 https://crm.test/login new-password", "formNewPassword");
    refused("see d1 https://crm.test/login code", "formOneTimeCode");
}

#[test]
fn nothing_is_asked_for_before_a_form_is_there() {
    check("see d1 https://crm.test/login nothing", "wait", "formMissing");
    check("see d1 https://crm.test/login hidden", "wait", "formMissing");
    check("see d1 https://crm.test/login prerendering", "wait", "formMissing");
    check("gone", "wait", "formMissing");
    refused("see d1 https://crm.test/login nothing > waited > after 8000 > see d1 https://crm.test/login nothing", "formMissing");
    refused("see d1 https://crm.test/login prerendering > waited > after 8000 > see d1 https://crm.test/login prerendering", "formMissing");
    refused("gone > waited > after 8000 > gone", "pageGone");
    refused("see d1 https://crm.test/login nothing > waited > see d1 https://evil.test/login login", "pageMoved");
    // What was said of it is over when it has come.
    check("see d1 https://crm.test/login nothing > waited > see d1 https://crm.test/login login", "wait > look 1 > ask credential crm", "");
}

#[test]
fn what_a_fill_saw_that_was_given_up_says_nothing_to_the_next() {
    let late = SEE.replace("see", "see-late");
    check(&format!("press Back > press FillAgain crm > {late} > {SEE}"), "- > look 1 > - > ask credential crm", "");
    // Nor does its pause end the next one's.
    let again = format!("{NOTHING} > press Back > press FillAgain crm > {NOTHING}");
    check(&format!("{again} > waited-late > waited"), "wait > - > look 1 > wait > - > look 1", "formMissing");
}

#[test]
fn a_page_that_never_says_what_became_of_writing_keeps_nobody_from_filling_it_again() {
    let written = format!("{SEE} > credential ok > after 8000 > press FillAgain crm");
    check(&written, "ask credential crm > write 1 d1 username+password > - > look 1", "");
    // What it says at last is about the one before.
    let effects = "ask credential crm > write 1 d1 username+password > - > look 1 > - > ask credential crm";
    check(&format!("{written} > written-late submitted > {SEE}"), effects, "");
}

#[test]
fn what_is_launched_where_another_app_was_looked_at_is_filled() {
    let sent = format!("{SEE} > credential ok > written submitted");
    // Looked for in vain, its next page awaited, its reply read: the person is somewhere else by now.
    for before in [NOTHING, "see d1 https://crm.test/login user > credential ok > written submitted", &sent] {
        let mut world = World::worker(signed_in("anna"));
        world.tell(&format!("launched crm > arrive https://crm.test/login > {before}"));
        assert!(!world.state.fills.is_empty());
        world.tell("launched wiki");
        let effects = world.tell("arrive https://wiki.test/login > see d2 https://wiki.test/login login");
        assert_eq!(effects, "badge passwordAvailable, look 1 > ask credential wiki", "{before}");
    }
    // The older one sees that page first, and ends with it: what was promised to the other is not its to use up.
    let mut world = World::worker(signed_in("anna"));
    world.tell(&format!("launched crm > arrive https://crm.test/login > {NOTHING} > launched wiki > waited"));
    world.tell("see d2 https://wiki.test/login login");
    assert!(world.state.fills.is_empty());
    assert_eq!(world.tell("arrive https://wiki.test/login"), "badge passwordAvailable, look 1");
}

#[test]
fn what_the_portal_answers_badly_is_not_written() {
    let story = |answer: &str| format!("{SEE} > credential {answer}");
    let ended = "ask credential crm > report refused crm, no badge";
    check(&story("no-credential"), &ended.replace("crm,", "crm no-credential,"), "noPasswordStored [EnterPassword(crm)]");
    let taken = &ended.replace("crm,", "crm not-assigned,");
    check(&story("403"), taken, "appNotAssignedAnyMore");
    check(&story("no-such-app"), taken, "appNotAssignedAnyMore");
    // Stored before the administrator described another field.
    check(&story("password-only"), &ended.replace("crm,", "crm no-credential,"), "noPasswordStored [EnterPassword(crm)]");
    check(&story("429"), ended, "portalBusy [FillAgain(crm)]");
    check(&story("500"), ended, "portalFailed [FillAgain(crm)]");
    check(&story("unreachable"), ended, "portalUnreachable [FillAgain(crm)]");
    check(&story("timeout"), ended, "portalTimeout [FillAgain(crm)]");
    check(&story("garbage"), ended, "portalMalformed [FillAgain(crm)]");
}

#[test]
fn a_token_that_ends_in_the_middle_is_renewed_silently() {
    let story = format!("{SEE} > credential 401");
    check(&story, "ask credential crm > report refused crm, no badge, ask discovery, lights 0, no alarm", "");
}

#[test]
fn a_filled_form_is_sent_and_told_about() {
    check(
        &format!("{SEE} > credential ok > written submitted"),
        "ask credential crm > write 1 d1 username+password > report submitted crm, no badge, wait",
        "done submitted",
    );
    check(
        &format!("{SEE} > credential ok > written filled"),
        "ask credential crm > write 1 d1 username+password > report filled crm, no badge",
        "filledOnly",
    );
}

#[test]
fn every_end_of_a_writing_is_told() {
    for (outcome, said, reason) in [
        ("moved", "pageMoved [FillAgain(crm)]", "page-changed"),
        ("gone", "pageMoved [FillAgain(crm)]", "page-changed"),
        ("changed", "formChanged [FillAgain(crm)]", "form-changed"),
        ("hidden", "formChanged [FillAgain(crm)]", "form-changed"),
        ("not-kept", "formChanged [FillAgain(crm)]", "form-changed"),
        ("failed", "formChanged [FillAgain(crm)]", "form-changed"),
        ("cleared", "formChanged [FillAgain(crm)]", "form-changed"),
        ("refused", "formChanged [FillAgain(crm)]", "form-changed"),
        ("too-long", "valueDoesNotFit", "value-does-not-fit"),
        ("no-option", "valueDoesNotFit", "value-does-not-fit"),
        ("no-access", "pageMoved [FillAgain(crm)]", "page-changed"),
    ] {
        check(
            &format!("{SEE} > credential ok > written {outcome}"),
            &format!("ask credential crm > write 1 d1 username+password > report refused crm {reason}, no badge"),
            said,
        );
    }
}

#[test]
fn a_button_that_wakes_up_late_is_pressed() {
    let begin = format!("{SEE} > credential ok > written waiting");
    let begun = "ask credential crm > write 1 d1 username+password > wait";
    check(
        &format!("{begin} > waited > written submitted"),
        &format!("{begun} > press 1 d1 > report submitted crm, no badge, wait"),
        "done submitted",
    );
    // The document went away with the press.
    check(
        &format!("{begin} > waited > written gone"),
        &format!("{begun} > press 1 d1 > report submitted crm, no badge, wait"),
        "done submitted",
    );
    let mut world = World::popup(signed_in("anna"));
    world.tell(&format!("{OPEN} > {begin}"));
    let presses = (0..100).take_while(|_| world.tell("waited > written waiting").ends_with("wait")).count();
    assert_eq!((presses, world.said().as_str()), (19, "filledOnly"), "a button that stays disabled is the person's");
}

#[test]
fn steps_that_were_not_awaited_change_nothing() {
    check("waited > written submitted > see@2 d1 https://crm.test/login login", "- > - > -", "");
    check(&format!("{SEE} > {SEE} > written submitted"), "ask credential crm > - > -", "");
    check(&format!("{SEE} > credential ok > {SEE} > waited"), "ask credential crm > write 1 d1 username+password > - > -", "");
    check(&format!("{SEE} > written@2 submitted > waited@2 > no-access@2"), "ask credential crm > - > - > -", "");
}

#[test]
fn a_double_click_fills_once() {
    // The second popup belongs to the same context only in this test; in a browser the memory tells.
    let mut world = World::popup(signed_in("anna"));
    world.tell(&format!("{OPEN} > {SEE}"));
    assert_eq!(world.tell("press FillAgain crm > press FillAnyway crm > popup https://crm.test/login"), "- > - > ask apps");
    assert_eq!(world.tell("credential ok"), "write 1 d1 username+password");
    assert_eq!(world.open.iter().filter(|(words, ..)| words.contains("credential")).count(), 0);
}

#[test]
fn a_late_credential_of_another_app_is_dropped() {
    let mut world = World::popup(signed_in("anna"));
    world.tell("popup https://mail.test/sign-in > select mail > see d1 https://mail.test/sign-in login");
    assert_eq!(world.tell("press Back > press FillAgain team"), "- > look 1");
    assert_eq!(world.tell("see d1 https://mail.test/sign-in login"), "ask credential team");
    assert_eq!(world.tell("credential ok"), "-", "the answer for the first app came after the second was asked for");
    let effects = world.tell("credential ok");
    assert_eq!(effects, "write 1 d1 username+password");
}

#[test]
fn the_values_belong_to_the_app_and_the_person() {
    let mut world = World::popup(signed_in("anna"));
    world.tell(&format!("{OPEN} > {SEE}"));
    let (_, purpose, epoch) = world.open.pop().unwrap();
    let effects =
        world.send(Event::Answered { purpose, epoch, exchange: common::answer(200, &common::credential_document("anna", "crm")) });
    let [Effect::Write { credential, command, .. }] = &effects[..] else { panic!("{effects:?}") };
    assert_eq!(credential.field("username").map(Secret::reveal), Some("user-anna-crm"));
    assert_eq!(credential.field("password").map(Secret::reveal), Some("password-anna-crm"));
    assert_eq!((command.place.href.as_str(), command.place.origin.as_str()), ("https://crm.test/login", "https://crm.test"));
    assert_eq!(command.place.origins, ["https://crm.test"], "the form may be sent to the app only");
    assert_eq!(command.fields.iter().map(|field| field.secret).collect::<Vec<bool>>(), [false, true]);
}

#[test]
fn two_steps_in_one_document_go_on_by_themselves() {
    check(
        "see d1 https://crm.test/login user > credential ok > written submitted > waited > see d1 https://crm.test/login user > waited > see d1 https://crm.test/login password > credential ok > written submitted",
        "ask credential crm > write 1 d1 username > wait > look 1 > wait > look 1 > ask credential crm > write 1 d1 password > report submitted crm, no badge, wait",
        "done submitted",
    );
}

#[test]
fn two_steps_in_two_documents_go_on_by_themselves() {
    check(
        "see d1 https://crm.test/login user > credential ok > written submitted > waited > gone > waited > see d2 https://crm.test/login/2 password > credential ok > written submitted",
        "ask credential crm > write 1 d1 username > wait > look 1 > wait > look 1 > ask credential crm > write 1 d2 password > report submitted crm, no badge, wait",
        "done submitted",
    );
}

#[test]
fn a_first_step_whose_button_wakes_up_late_goes_on_too() {
    let begin = "see d1 https://crm.test/login user > credential ok > written waiting > waited";
    let begun = "ask credential crm > write 1 d1 username > wait > press 1 d1";
    let rest = "waited > see d2 https://crm.test/login password > credential ok > written submitted";
    let done = "wait > look 1 > ask credential crm > write 1 d2 password > report submitted crm, no badge, wait";
    check(&format!("{begin} > written submitted > {rest}"), &format!("{begun} > {done}"), "done submitted");
    // Only the user name was sent when the document went away.
    check(&format!("{begin} > written gone > {rest}"), &format!("{begun} > {done}"), "done submitted");
}

#[test]
fn the_second_step_keeps_to_the_rules_of_the_first() {
    const FIRST: &str = "see d1 https://crm.test/login user > credential ok > written submitted > waited";
    let second = |story: &str| {
        let mut world = World::popup(signed_in("anna"));
        world.tell(&format!("{OPEN} > {FIRST}"));
        let effects = world.tell(story);
        assert!(!effects.contains("credential"), "{story}: {effects}");
        world.said()
    };
    assert_eq!(second("no-access"), "clickOnceMore");
    assert_eq!(
        second("see d2 https://evil.test/login password > waited > after 8000 > see d2 https://evil.test/login password"),
        "pageMoved"
    );
    assert_eq!(second("see d2 https://crm.test/login user"), "userNameNotTaken");
    assert_eq!(second("see d1 https://crm.test/login user > waited > after 8000 > see d1 https://crm.test/login user"), "userNameNotTaken");
    assert_eq!(second("see d2 https://crm.test/login sandboxed"), "pageSandboxed");
    assert_eq!(second("see d2 https://crm.test/login code"), "formOneTimeCode");
    assert_eq!(second("see d2 https://crm.test/login foreign > no-access"), "formForeign [FillAnyway(crm)]");
}

#[test]
fn a_click_once_more_finds_the_password_step() {
    let mut first = World::popup(signed_in("anna"));
    first.tell(&format!("{OPEN} > see d1 https://crm.test/login user > credential ok > written submitted > waited > no-access"));
    assert_eq!(first.said(), "clickOnceMore");
    let mut second = World::popup(through_storage(&first.state.memory));
    assert_eq!(
        second.tell(&format!("{OPEN} > see d2 https://crm.test/login password > credential ok > written submitted")),
        "look 1, ask apps > ask credential crm > write 1 d2 password > report submitted crm, no badge, wait"
    );
}

#[test]
fn a_launch_is_used_up_by_every_end() {
    for (story, left) in [
        (format!("{SEE} > credential ok > written submitted"), false),
        (format!("{SEE} > credential ok > written filled"), false),
        (format!("{SEE} > credential ok > written moved"), false),
        (format!("{SEE} > credential no-credential"), false),
        (format!("{SEE} > credential 500"), false),
        ("see d1 https://evil.test/login login".to_owned(), false),
        ("see d1 https://crm.test/login several".to_owned(), false),
        ("no-access".to_owned(), false),
        ("see d1 https://crm.test/login user > credential ok > written submitted".to_owned(), true),
    ] {
        let mut world = World::worker(signed_in("anna"));
        world.tell(&format!("launched crm > arrive https://crm.test/login > {story}"));
        assert_eq!(world.state.memory.launches.app_in(1, world.now).is_some(), left, "{story}");
        assert_eq!(world.state.memory.recent.ids().len(), 0, "a launch counts as used when it is launched");
    }
}

#[test]
fn only_a_fill_by_click_counts_as_used() {
    let used = |story: &str| {
        let mut world = World::popup(signed_in("anna"));
        world.tell(&format!("{OPEN} > {story}"));
        world.state.memory.recent.ids().join(" ")
    };
    assert_eq!(used(&format!("{SEE} > credential ok > written moved")), "");
    assert_eq!(used(&format!("{SEE} > credential ok > written submitted")), "crm");
    assert_eq!(used(&format!("{SEE} > credential ok > written filled")), "crm");
}

#[test]
fn typing_gives_up_waiting_and_never_a_writing() {
    check("see d1 https://crm.test/login nothing > type wi > waited", "wait > - > -", "formMissing");
    check(
        &format!("{SEE} > type wi > credential ok > type x > written submitted"),
        "ask credential crm > - > write 1 d1 username+password > - > report submitted crm, no badge, wait",
        "done submitted",
    );
    check(&format!("{SEE} > press Back > credential ok"), "ask credential crm > - > -", "");
    check(
        &format!("{SEE} > credential ok > press Back > written submitted"),
        "ask credential crm > write 1 d1 username+password > - > report submitted crm, no badge, wait",
        "done submitted",
    );
}

#[test]
fn an_app_that_was_taken_away_is_not_filled() {
    let mut world = World::popup(signed_in("anna"));
    world.tell(OPEN);
    world.state.memory.catalogue = Rc::default();
    world.tell(SEE);
    assert_eq!(world.said(), "appNotAssignedAnyMore");
}

#[test]
fn another_persons_fill_is_not_finished() {
    for before in [String::new(), format!("{SEE} > "), "see d1 https://crm.test/login nothing > ".to_owned()] {
        let mut world = World::worker(signed_in("anna"));
        world.tell("launched crm > arrive https://crm.test/login");
        world.tell(&format!("{before}after 1"));
        let launched = world.state.clone();
        // Meanwhile, in other contexts, Anna signs out and Ben signs in.
        world.state.memory = Memory { epoch: launched.memory.epoch + 3, ..signed_in("ben") };
        world.person = "ben";
        let told = world.tell(&format!("waited > {SEE} > see d2 https://crm.test/login login"));
        assert!(!told.contains("credential"), "{before}: {told}");
    }
}

#[test]
fn a_page_without_a_form_is_looked_at_for_eight_seconds_four_times_a_second() {
    let mut world = World::popup(signed_in("anna"));
    world.tell(OPEN);
    let mut looks = 1;
    while world.tell("see d1 https://crm.test/login nothing") == "wait" {
        world.now += 250;
        assert_eq!(world.tell("waited"), "look 1");
        looks += 1;
    }
    assert_eq!((looks, world.said().as_str()), (33, "formMissing"));
    assert!(world.state.fills.is_empty());
}

#[test]
fn a_page_that_is_slow_to_look_at_has_more_time_for_itself_but_a_form_never_waits_longer_than_a_second() {
    for (took, pause) in [(0, 250), (5, 250), (8, 400), (20, 1_000), (90, 1_000), (u32::MAX, 1_000)] {
        let seen = my_apps_sign_in::form::Snapshot { took, ..snapshot("https://crm.test/login", "nothing") };
        let mut world = World::popup(signed_in("anna"));
        world.tell(OPEN);
        let effects = world.send(Event::Probed { tab: 1, number: world.question(1), sight: Ok(judged("d1", &seen, "")) });
        assert!(matches!(effects[..], [Effect::Wait { tab: 1, milliseconds, .. }] if milliseconds == pause), "{took}: {}", effects.len());
    }
}

#[test]
fn a_snapshot_of_nonsense_is_survived() {
    let mut seen = snapshot("https://crm.test/login", "login");
    seen.controls[0].form = Some(u32::MAX);
    seen.controls[1].index = u32::MAX;
    seen.located = vec![Some(u32::MAX)];
    seen.boxes = vec![7, -9, 0];
    let mut world = World::popup(signed_in("anna"));
    world.tell(OPEN);
    world.send(Event::Probed { tab: 1, number: world.question(1), sight: Ok(judged("d1", &seen, "")) });
}
