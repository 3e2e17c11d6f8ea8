//! Signing in, a story per line: what is asked for in which order, and where the person stands in the end.

#![allow(clippy::unwrap_used, reason = "a test that can not go on fails")]

mod common;

use common::{EIGHT_HOURS, NOON, World, expired, signed_in, signed_out, through_storage, traces};
use my_apps_sign_in::effect::{Effect, Job};
use my_apps_sign_in::event::Event;
use my_apps_sign_in::memory::{Memory, Standing};
use my_apps_sign_in::options::{Act, Decision};
use my_apps_sign_in::secret::Secret;
use my_apps_sign_in::sign_in::SignIn;

/// Where the person stands, and what was left of the sign-in.
fn stands(world: &World) -> String {
    let standing = match world.state.memory.standing(world.now) {
        Standing::SignedOut => "out".to_owned(),
        Standing::SignedIn(known, _) => format!("in as {}", known.account.username),
        Standing::Expired(known) => format!("expired as {}", known.account.username),
    };
    match &world.state.memory.sign_in {
        SignIn::Idle => standing,
        SignIn::Failed(problem) => format!("{standing}, {problem:?}"),
        _ => format!("{standing}, waiting"),
    }
}

/// Tells the story to the worker.
#[track_caller]
fn check(memory: Memory, story: &str, effects: &str, end: &str) {
    let mut world = World::worker(memory);
    assert_eq!((world.tell(story).as_str(), stands(&world).as_str()), (effects, end), "{story}");
}

/// The same, as far as it goes well: the last step is the one of interest.
#[track_caller]
fn check_last(memory: Memory, story: &str, effects: &str, end: &str) {
    let mut world = World::worker(memory);
    let told = world.tell(story);
    assert_eq!((told.rsplit(" > ").next().unwrap(), stands(&world).as_str()), (effects, end), "{story}");
}

const ALL: &str = "ask-sign-in > discovery ok > proof > redirect ok > token ok > account ok";

#[test]
fn a_portal_that_is_none_ends_it_at_once() {
    check(signed_out(), "ask-sign-in > discovery unreachable", "ask discovery > open popup", "out, Portal(Network(Unreachable))");
    check(signed_out(), "ask-sign-in > discovery timeout", "ask discovery > open popup", "out, Portal(Network(Timeout))");
    check(signed_out(), "ask-sign-in > discovery not-for-us", "ask discovery > open popup", "out, Portal(NotAPortal)");
    check(signed_out(), "ask-sign-in > discovery garbage", "ask discovery > open popup", "out, Portal(NotAPortal)");
    check(signed_out(), "ask-sign-in > discovery 404", "ask discovery > open popup", "out, Portal(NotAPortal)");
    check(signed_out(), "ask-sign-in > discovery 503", "ask discovery > open popup", "out, Portal(Failed(503))");
    check(Memory::default(), "ask-sign-in", "-", "out");
}

#[test]
fn a_forged_answer_signs_nobody_in() {
    for (redirect, problem) in [
        ("forged-state", "Forged"),
        ("wrong-issuer", "Forged"),
        ("unknown-client", "Refused"),
        ("denied", "Cancelled"),
        ("cancelled", "Cancelled"),
        ("login-required", "LoginRequired"),
    ] {
        check_last(
            signed_out(),
            &format!("ask-sign-in > discovery ok > proof > redirect {redirect}"),
            "open popup",
            &format!("out, Authorize({problem})"),
        );
    }
}

#[test]
fn a_token_that_is_refused_signs_nobody_in() {
    for (token, problem) in [
        ("400", "Authorize(Refused)"),
        ("401", "Authorize(Refused)"),
        ("403", "Authorize(Refused)"),
        ("429", "Portal(TooManyRequests)"),
        ("500", "Portal(Failed(500))"),
        ("garbage", "Portal(Malformed)"),
        ("unreachable", "Portal(Network(Unreachable))"),
    ] {
        check_last(
            signed_out(),
            &format!("ask-sign-in > discovery ok > proof > redirect ok > token {token}"),
            "open popup",
            &format!("out, {problem}"),
        );
    }
    for (account, problem) in [("401", "Portal(SignedOut)"), ("500", "Portal(Failed(500))"), ("garbage", "Portal(Malformed)")] {
        let mut world = World::worker(signed_out());
        world.tell(&format!("ask-sign-in > discovery ok > proof > redirect ok > token ok > account {account}"));
        assert_eq!(stands(&world), format!("out, {problem}"));
        assert!(!traces(&world.state.memory).contains("token-of"), "the token belongs to nobody");
    }
}

#[test]
fn the_whole_way_signs_in() {
    check(
        signed_out(),
        &format!("{ALL} > apps ok"),
        "ask discovery > draw proof > authorize > ask token > ask account > ask apps, open popup, menu off, alarm > ask worker for icons, lights 4",
        "in as anna@contoso.example",
    );
}

#[test]
fn a_step_that_was_not_awaited_changes_nothing() {
    check(signed_out(), "proof > redirect ok", "- > -", "out");
    check(signed_out(), "ask-sign-in > redirect ok > proof", "ask discovery > - > -", "out, waiting");
    check(signed_out(), "ask-sign-in > discovery ok > redirect ok", "ask discovery > draw proof > -", "out, waiting");
    check(signed_in("anna"), "proof > redirect ok", "- > -", "in as anna@contoso.example");
    check_last(signed_out(), "ask-sign-in > discovery ok > proof > redirect forged-state > redirect ok", "-", "out, Authorize(Forged)");
    check_last(signed_out(), "ask-sign-in > discovery ok > proof > redirect ok > redirect ok", "-", "out, waiting");
    check_last(signed_out(), "ask-sign-in > discovery ok > proof > proof", "-", "out, waiting");
}

#[test]
fn an_answer_from_an_earlier_attempt_is_dropped() {
    // Each answer comes after another attempt began, or after somebody gave up.
    for late in ["discovery ok", "token ok", "account ok"] {
        let story = ALL.split_inclusive(late).next().unwrap();
        let before = story.trim_end_matches(late).trim_end_matches(" > ");
        for interruption in ["press CancelSignIn", "press SignOut", "choose https://other.test > portal ok"] {
            let mut world = World::worker(expired("anna"));
            if interruption.starts_with("choose") {
                world.state.memory = signed_out();
            }
            world.tell(before);
            world.tell(interruption);
            let memory = traces(&world.state.memory);
            assert_eq!(world.tell(late), "-", "{before} > {interruption} > {late}");
            assert_eq!(traces(&world.state.memory), memory, "{before} > {interruption} > {late}");
        }
    }
    let mut world = World::worker(signed_out());
    world.tell("ask-sign-in > discovery ok > proof");
    let epoch = world.state.memory.epoch;
    world.tell("press CancelSignIn > ask-sign-in > discovery ok > proof");
    let effects = world.send(Event::Authorized {
        epoch,
        redirect: Ok(Secret::new("https://extension.test/?code=c&state=state-1&iss=https%3A%2F%2Fportal.test".into())),
    });
    assert!(effects.is_empty(), "the window of the first attempt speaks for the first attempt only");
}

#[test]
fn whatever_ends_a_sign_in_takes_its_window_along() {
    let begun = "ask-sign-in > discovery ok > proof";
    for (memory, end) in
        [(expired("anna"), "press SignOut"), (signed_out(), "choose https://other.test"), (signed_out(), "choose https://portal.test")]
    {
        let mut world = World::worker(memory);
        world.tell(begun);
        assert!(world.tell(end).split(", ").any(|effect| effect == "ask worker for cancel"), "{end}");
        assert!(!world.state.memory.sign_in.is_under_way(), "{end}");
        let again = world.tell(end);
        assert!(!again.contains("cancel"), "{end}: there is none any more");
    }
    let mut world = World::worker(signed_out());
    world.tell(begun);
    let cleared = World::options(world.state.memory).send(Event::Chosen(Decision::Act(Act::ConfirmClear)));
    assert!(cleared.iter().any(|effect| matches!(effect, Effect::AskWorker(Job::Cancel))));
}

#[test]
fn giving_up_leaves_everything_as_it_was() {
    check_last(signed_out(), "ask-sign-in > discovery ok > proof > press CancelSignIn", "ask worker for cancel", "out");
    check_last(
        expired("anna"),
        "ask-sign-in > discovery ok > press CancelSignIn",
        "ask worker for cancel",
        "expired as anna@contoso.example",
    );
}

#[test]
fn the_same_person_finds_everything_again() {
    let mut world = World::worker(expired("anna"));
    world.state.memory.recent.used("crm");
    world.tell(ALL);
    assert_eq!(stands(&world), "in as anna@contoso.example");
    assert_eq!(world.state.memory.recent.ids(), ["crm"]);
    assert_eq!(world.state.memory.catalogue.apps.len(), 6);
}

#[test]
fn another_person_finds_nothing_of_the_one_before() {
    let mut world = World::worker(expired("anna"));
    world.state.memory.recent.used("crm");
    world.state.memory.filled.add("document-of-anna");
    world.state.memory.settings.declined_hosts = world.state.memory.catalogue.host_patterns();
    world.tell(&format!("person ben > {ALL}"));
    assert_eq!(stands(&world), "in as ben@contoso.example");
    let memory = through_storage(&world.state.memory);
    let traces = traces(&memory);
    for trace in ["anna", "document-of-anna", "crm.test", "\"e1\""] {
        assert!(!traces.contains(trace), "{trace} is left in {traces}");
    }
    assert!(memory.catalogue.apps.is_empty() && memory.recent.ids().is_empty());
}

#[test]
fn nobody_becomes_another_person_without_a_window() {
    let mut world = World::popup(expired("anna"));
    world.state.memory.recent.used("crm");
    let effects = world.tell("popup https://crm.test/login > person ben > discovery ok > proof > redirect ok > token ok > account ok");
    assert!(effects.contains("authorize silently"), "{effects}");
    assert_eq!(stands(&world), "expired as anna@contoso.example");
    assert_eq!(world.state.memory.recent.ids(), ["crm"], "what is hers stays");
    // Somebody who is there decides.
    let mut worker = World::worker(world.state.memory.clone());
    worker.tell(&format!("person ben > {ALL}"));
    assert_eq!(stands(&worker), "in as ben@contoso.example");
}

#[test]
fn another_persons_late_list_is_dropped() {
    let mut world = World::popup(signed_in("anna"));
    world.tell("popup https://news.test/ > press SignOut > person ben");
    world.open.retain(|(words, ..)| words == "ask apps");
    let late = world.open.pop().unwrap();
    world.tell(ALL);
    world.open.insert(0, late);
    world.person = "anna";
    assert_eq!(world.tell("apps ok"), "-");
    world.person = "ben";
    world.tell("apps ok");
    assert_eq!(world.state.memory.catalogue.apps[0].name, "crm of ben");
}

#[test]
fn the_token_ends_on_time_and_on_a_clock_that_was_moved() {
    let mut world = World::worker(signed_out());
    world.tell(ALL);
    let standing = |now| {
        let mut later = World::worker(world.state.memory.clone());
        later.now = now;
        stands(&later)
    };
    assert_eq!(standing(NOON + EIGHT_HOURS - 1), "in as anna@contoso.example");
    assert_eq!(standing(NOON + EIGHT_HOURS), "expired as anna@contoso.example");
    assert_eq!(standing(u64::MAX), "expired as anna@contoso.example");
    assert_eq!(standing(0), "in as anna@contoso.example", "the portal decides in the end");
}

#[test]
fn a_silent_attempt_that_needs_a_person_is_no_failure() {
    let silent = |story: &str| {
        let mut world = World::popup(expired("anna"));
        let told = world.tell(&format!("popup https://crm.test/login > discovery ok > proof > {story}"));
        (told.split(" > ").nth(2).unwrap().to_owned(), stands(&world))
    };
    let authorized = "authorize silently".to_owned();
    assert_eq!(silent("redirect login-required"), (authorized.clone(), "expired as anna@contoso.example".to_owned()));
    assert_eq!(silent("redirect cancelled"), (authorized.clone(), "expired as anna@contoso.example".to_owned()));
    assert_eq!(silent("redirect forged-state"), (authorized, "expired as anna@contoso.example, Authorize(Forged)".to_owned()));
}
