//! What a page says to the password that was sent: let in, asked again, asked for a code. A form that comes back is never
//! filled by itself, the person and the portal are told once, and a click after that does what it is asked for.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that can not go on fails")]

mod common;

use common::{NOON, World, plan_of, signed_in, through_storage, traces};
use my_apps_sign_in::memory::Memory;
use my_apps_sign_in::sent::{Recently, SENT_LIFETIME};

const OPEN: &str = "popup https://crm.test/login";
/// The password is sent, and the popup waits to look what the page says.
const SENT: &str = "popup https://crm.test/login > see d1 https://crm.test/login login > credential ok > written submitted > waited";

/// What follows from the story after the password was sent, and what the popup says in the end.
#[track_caller]
fn check(story: &str, effects: &str, said: &str) -> Memory {
    let mut world = World::popup(signed_in("anna"));
    assert!(world.tell(SENT).ends_with("report submitted crm, no badge, wait > look 1"));
    assert_eq!(world.said(), "done submitted", "nobody waits for a page to hear that the password was sent");
    assert_eq!((world.tell(story).as_str(), world.said().as_str()), (effects, said), "{story}");
    assert!(world.state.fills.iter().all(|fill| !fill.is_in_the_way()));
    world.state.memory
}

/// The click after the password was sent, in a popup that knows only what was stored, and then the story.
#[track_caller]
fn click(memory: &Memory, later: u64, story: &str, effects: &str, said: &str) -> Memory {
    let mut world = World::popup(through_storage(memory));
    world.now = NOON + later;
    assert_eq!((world.tell(story).as_str(), world.said().as_str()), (effects, said), "{story}");
    world.state.memory
}

/// The password was sent and the popup died in that moment.
fn sent() -> Memory {
    let mut world = World::popup(signed_in("anna"));
    world.tell(SENT);
    world.state.memory
}

#[test]
fn who_is_let_in_sees_the_popup_close() {
    check("see d2 https://crm.test/home nothing", "close", "done submitted");
    check("see d2 https://crm.test/home login", "close", "done submitted");
    check("see d2 https://other.test/ nothing", "close", "done submitted");
    check("see d1 https://crm.test/home nothing", "close", "done submitted");
    check("gone > waited > see d2 https://crm.test/ nothing", "wait > look 1 > close", "done submitted");
}

#[test]
fn where_the_browser_does_not_let_us_look_the_popup_closes_as_well() {
    check("no-access", "close", "done submitted");
    check("gone > waited > no-access", "wait > look 1 > close", "done submitted");
}

#[test]
fn a_page_that_takes_its_time_is_not_waited_for_longer_than_three_seconds() {
    for form in ["sent", "nothing", "hidden", "prerendering"] {
        let mut world = World::popup(signed_in("anna"));
        world.tell(SENT);
        let mut looks = 1;
        loop {
            world.now += 250;
            match world.tell(&format!("see d1 https://crm.test/login {form}")).as_str() {
                "wait" => assert_eq!(world.tell("waited"), "look 1"),
                end => break assert_eq!(end, "close", "{form}"),
            }
            looks += 1;
        }
        assert_eq!((looks, world.said().as_str()), (12, "done submitted"), "{form}");
    }
}

#[test]
fn a_form_that_comes_back_is_told_to_the_person_and_the_portal() {
    let told = "passwordAskedAgain [EnterPassword(crm)]";
    let report = "report refused crm wrong-password";
    check("see d2 https://crm.test/login login", report, told);
    check("see d2 https://crm.test/login password", report, told);
    check("see d2 https://crm.test/login?error=1 user", report, told);
    check("gone > waited > see d2 https://crm.test/login login", &format!("wait > look 1 > {report}"), told);
    // In the same document the form empties in any case; only one that stays so was refused.
    check("see d1 https://crm.test/login login", "wait", "done submitted");
    check("see d1 https://crm.test/login login > waited > see d1 https://crm.test/home nothing", "wait > look 1 > close", "done submitted");
    check(
        "see d1 https://crm.test/login login > after 3000 > waited > see d1 https://crm.test/login login",
        &format!("wait > - > look 1 > {report}"),
        told,
    );
}

#[test]
fn a_code_that_is_asked_for_is_said_wherever_the_app_asks_for_it() {
    let report = "report refused crm one-time-code";
    check("see d2 https://crm.test/login/code code", report, "formOneTimeCode");
    check("see d2 https://crm.test/second-factor code", report, "formOneTimeCode");
    check("see d1 https://crm.test/login code", report, "formOneTimeCode");
    check("see d2 https://crm.test/login new-password", "report refused crm change-password", "formNewPassword");
    check("see d2 https://crm.test/settings new-password", "close", "done submitted");
    check("see d2 https://crm.test/login accounts", "report refused crm choose-account", "formChooseAccount");
}

#[test]
fn the_next_click_recognises_what_the_popup_did_not_live_to_see() {
    let told = "passwordAskedAgain [EnterPassword(crm)]";
    let report = "look 1, ask apps > report refused crm wrong-password, no badge";
    click(&sent(), 5_000, &format!("{OPEN} > see d2 https://crm.test/login login"), report, told);
    click(&sent(), 59_999, &format!("{OPEN} > see d2 https://crm.test/login login"), report, told);
    click(&sent(), 5_000, &format!("{OPEN} > see d1 https://crm.test/login login"), report, told);
    click(
        &sent(),
        5_000,
        &format!("{OPEN} > see d1 https://crm.test/login sent"),
        "look 1, ask apps > no badge",
        "alreadyFilled [FillAgain(crm)]",
    );
    let code = format!("{OPEN} > see d1 https://crm.test/login code");
    click(&sent(), 5_000, &code, "look 1, ask apps > report refused crm one-time-code, no badge", "formOneTimeCode");
    // A code at an address that is none of the app's rules.
    let code = "popup https://crm.test/second-factor > see d2 https://crm.test/second-factor code";
    click(&sent(), 5_000, code, "look 1, ask apps > -", "formOneTimeCode");
    click(&sent(), 5_000, "popup https://crm.test/home > see d2 https://crm.test/home nothing", "look 1, ask apps > -", "");
    click(&sent(), 60_000, "popup https://crm.test/second-factor", "ask apps", "");
    // Much later, or before the clock was set back, it is a page like any other.
    for later in [60_000, 3_600_000] {
        click(&sent(), later, &format!("{OPEN} > see d2 https://crm.test/login login"), "look 1, ask apps > ask credential crm", "");
    }
}

#[test]
fn who_was_told_gets_what_they_click_for_and_is_told_again() {
    let refused =
        check("see d2 https://crm.test/login login", "report refused crm wrong-password", "passwordAskedAgain [EnterPassword(crm)]");
    let again = format!(
        "{OPEN} > see d2 https://crm.test/login login > credential ok > written submitted > waited > see d3 https://crm.test/login login"
    );
    click(
        &refused,
        10_000,
        &again,
        "look 1, ask apps > ask credential crm > write 1 d2 username+password > report submitted crm, no badge, wait > look 1 > report refused crm wrong-password",
        "passwordAskedAgain [EnterPassword(crm)]",
    );
}

#[test]
fn the_button_opens_the_page_of_this_apps_password() {
    let mut world = World::popup(signed_in("anna"));
    world.tell(&format!("{SENT} > see d2 https://crm.test/login login"));
    assert_eq!(world.tell("press EnterPassword crm"), "open https://portal.test/apps/crm/password");
}

#[test]
fn a_page_after_signing_out_is_filled_on_request_only() {
    let accepted = check("see d2 https://crm.test/home nothing", "close", "done submitted");
    let open = format!("{OPEN} > see d3 https://crm.test/login login");
    let told = click(&accepted, 20_000, &open, "look 1, ask apps > no badge", "signedOutAgain [FillAgain(crm)]");
    click(&told, 21_000, &open, "look 1, ask apps > ask credential crm", "");
    click(
        &accepted,
        20_000,
        &format!("{open} > press FillAgain crm > see d3 https://crm.test/login login"),
        "look 1, ask apps > no badge > look 1 > ask credential crm",
        "",
    );
}

#[test]
fn nothing_is_filled_by_itself_in_a_tab_that_was_filled_within_a_minute() {
    for story in ["", " > see d2 https://crm.test/home nothing", " > see d2 https://crm.test/login login"] {
        let mut world = World::popup(signed_in("anna"));
        world.tell(&format!("{SENT}{story}"));
        let mut memory = through_storage(&world.state.memory);
        memory.launches.promise(1, "crm", NOON);
        let mut worker = World::worker(memory);
        worker.now = NOON + 59_000;
        let told = worker.tell("arrive https://crm.test/login > see d9 https://crm.test/login login");
        assert!(told.starts_with("badge passwordAvailable, look 1 > ") && !told.contains("credential"), "{story}: {told}");
    }
}

#[test]
fn the_worker_tells_the_portal_of_a_form_that_came_back_and_the_popup_tells_the_person() {
    let mut worker = World::worker(through_storage(&sent()));
    worker.now = NOON + 4_000;
    assert_eq!(
        worker.tell("arrive https://crm.test/login > see d2 https://crm.test/login login"),
        "badge passwordAvailable, look 1 > report refused crm wrong-password",
        "the badge stays: there is a form to fill"
    );
    let told = click(
        &worker.state.memory,
        8_000,
        &format!("{OPEN} > see d2 https://crm.test/login login"),
        "look 1, ask apps > no badge",
        "passwordAskedAgain [EnterPassword(crm)]",
    );
    let mut worker = World::worker(through_storage(&told));
    worker.now = NOON + 9_000;
    assert_eq!(worker.tell("arrive https://crm.test/login"), "badge passwordAvailable", "it is known");
}

#[test]
fn what_was_sent_concerns_its_own_tab_and_app() {
    let memory = sent();
    click(
        &memory,
        5_000,
        "popup@2 https://crm.test/login > see@2 d2 https://crm.test/login login",
        "look 2, ask apps > ask credential crm",
        "",
    );
    click(
        &memory,
        5_000,
        "popup https://wiki.test/login > see d2 https://wiki.test/login login",
        "look 1, ask apps > ask credential wiki",
        "",
    );
    // Of two apps that share a page, the one that was just sent a password is meant.
    let mut world = World::popup(signed_in("anna"));
    let page = "https://mail.test/sign-in";
    world.tell(&format!("popup {page} > select team > see d1 {page} login > credential ok > written submitted"));
    let told = click(
        &world.state.memory,
        5_000,
        &format!("popup {page} > see d2 {page} login"),
        "look 1, ask apps > report refused team wrong-password, no badge",
        "passwordAskedAgain [EnterPassword(team)]",
    );
    click(&told, 6_000, &format!("popup {page}"), "ask apps", "choice mail team");
}

#[test]
fn a_fill_that_was_not_sent_leaves_nothing_to_recognise() {
    for outcome in ["moved", "changed", "gone", "filled", "not-kept"] {
        let mut world = World::popup(signed_in("anna"));
        world.tell(&format!("{OPEN} > see d1 https://crm.test/login login > credential ok > written {outcome}"));
        click(
            &world.state.memory,
            1_000,
            &format!("{OPEN} > see d2 https://crm.test/login login"),
            "look 1, ask apps > ask credential crm",
            "",
        );
    }
    // Nor does a user name.
    let mut world = World::popup(signed_in("anna"));
    world.tell(&format!("{OPEN} > see d1 https://crm.test/login user > credential ok > written submitted > waited > no-access"));
    click(
        &world.state.memory,
        1_000,
        &format!("{OPEN} > see d2 https://crm.test/login password"),
        "look 1, ask apps > ask credential crm",
        "",
    );
}

#[test]
fn what_is_remembered_is_no_secret_and_ends_with_the_person() {
    let memory = sent();
    let traces = traces(&memory);
    assert!(traces.contains("\"d1\"") && !traces.contains("password-anna") && !traces.contains("user-anna"), "{traces}");
    let mut world = World::popup(memory);
    world.tell("press SignOut");
    assert!(!common::traces(&world.state.memory).contains("\"d1\""));
    assert!(world.state.fills.is_empty());
}

#[test]
fn one_password_is_remembered_for_each_tab_and_for_a_minute() {
    let login = &plan_of("username+password");
    let mut sent = Recently::default();
    sent.add(1, "crm", "d1", login, NOON);
    sent.add(2, "crm", "d2", login, NOON + 1);
    sent.add(1, "wiki", "d3", login, NOON + 2);
    let last = |tab, now| sent.last_in(tab, now).map(|sent| sent.document.as_str());
    assert_eq!((last(1, NOON + 2), last(2, NOON + 2), last(3, NOON + 2)), (Some("d3"), Some("d2"), None));
    assert_eq!(last(1, NOON + 1), None, "the clock was set back");
    assert_eq!((last(1, NOON + 1 + SENT_LIFETIME), last(1, NOON + 2 + SENT_LIFETIME)), (Some("d3"), None));
    assert_eq!(last(2, u64::MAX), None);
    let mut later = sent.clone();
    later.add(3, "crm", "d4", login, NOON + SENT_LIFETIME + 1);
    assert!(later.last_in(2, NOON + SENT_LIFETIME).is_none() && later.last_in(1, NOON + SENT_LIFETIME).is_some(), "old ones are dropped");
}
