//! A companion portal beside Microsoft's: it keeps the passwords, for the person who is signed in, and whatever it answers costs
//! nothing that was there before.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that can not go on fails")]

mod common;

use common::microsoft::{
    CLIENT, FIRST, apps_page, at_microsoft, go_on_to_sign_in, names, portal, reply, requests, sign_in, throttled, through_window, urls,
};
use common::{PORTAL, World, account_document, answer, apps_document, discovery_document, signed_in, through_storage};
use my_apps_sign_in::catalogue::{CredentialState, Mode};
use my_apps_sign_in::effect::Effect;
use my_apps_sign_in::event::Event;
use my_apps_sign_in::listing;
use my_apps_sign_in::memory::{Memory, PendingNotice};
use my_apps_sign_in::provider::oauth::{AuthorizeError, Prompt};
use my_apps_sign_in::provider::{NetworkError, PortalError};
use my_apps_sign_in::sign_in::{SignIn, SignInProblem};

#[test]
fn signing_out_ends_it_at_microsoft_and_at_the_companion() {
    let mut world = World::worker(at_microsoft(Some(PORTAL)));
    sign_in(&mut world);
    sign_in_at_companion(&mut world, "anna");
    let mut popup = World::popup(world.state.memory.clone());
    let told = popup.tell("popup https://news.test/ > press SignOut");
    assert!(told.contains("end session, open https://login.microsoftonline.com/organizations/oauth2/v2.0/logout"), "{told}");
    let memory = &popup.state.memory;
    assert!(memory.vault.is_none() && memory.session.is_none() && memory.catalogue.apps.is_empty());
    assert_eq!(memory.policy.vault, Some(portal(PORTAL)), "the company's decisions stay");
    popup.tell("end unreachable");
    let here_only = PendingNotice::SignedOutHereOnly { portal: portal(PORTAL) };
    assert_eq!(popup.state.memory.notice, Some(here_only), "the companion did not hear of it");
    assert_eq!(common::discovery_of(PORTAL).sign_out_page(), None);
}

#[test]
fn a_list_on_its_way_is_nobody_elses() {
    let mut world = World::worker(at_microsoft(Some(PORTAL)));
    sign_in(&mut world);
    sign_in_at_companion(&mut world, "anna");
    let effects = reply(&mut world, "ask apps", apps_page(&["of-anna"], None));
    assert_eq!(urls(&effects), ["https://portal.test/api/v1/apps"], "the last part is on its way");
    // She signs out, and somebody signs in at a portal of our own protocol while the worker is still alive.
    let mut popup = World::popup(world.state.memory.clone());
    popup.tell("popup https://news.test/ > press SignOut");
    let epoch = popup.state.memory.epoch;
    world.open.clear();
    world.state.memory = Memory { epoch, ..signed_in("ben") };
    world.tell("popup https://news.test/");
    reply(&mut world, "ask apps", answer(200, &apps_document("ben")));
    assert!(!names(&world).contains(&"of-anna") && !names(&world).is_empty(), "{:?}", names(&world));
}

/// The companion's sign-in, which has been started.
fn sign_in_at_companion(world: &mut World, person: &str) -> Vec<Effect> {
    reply(world, "ask discovery", answer(200, &discovery_document(PORTAL)));
    through_window(world, "&iss=https%3A%2F%2Fportal.test");
    reply(world, "ask token", answer(200, r#"{"token_type": "Bearer", "access_token": "vault-token", "expires_in": 28800}"#));
    reply(world, "ask account", answer(200, &account_document(person)))
}

#[test]
fn the_companion_knows_the_passwords() {
    let mut world = World::worker(at_microsoft(Some(PORTAL)));
    let effects = sign_in(&mut world);
    assert_eq!(urls(&effects), ["https://portal.test/.well-known/my-apps"], "the list waits for what it says");
    assert_eq!(urls(&sign_in_at_companion(&mut world, "anna")), [FIRST]);
    let effects = reply(&mut world, "ask apps", apps_page(&["crm", "other"], None));
    assert_eq!(urls(&effects), ["https://portal.test/api/v1/apps"]);
    assert_eq!(requests(&effects)[0].bearer.as_ref().unwrap().reveal(), "vault-token");
    reply(&mut world, "ask apps", answer(200, &apps_document("anna")));
    let catalogue = &world.state.memory.catalogue;
    assert_eq!(names(&world), ["crm", "other"], "its own apps are not listed");
    let crm = catalogue.app("crm").unwrap();
    assert_eq!((crm.name.as_str(), crm.mode, crm.credential), ("crm at work", Mode::Password, CredentialState::Stored));
    assert_eq!(crm.launch_url, "https://crm.test/login");
    assert!(catalogue.app("other").unwrap().sign_on_rules.is_empty());

    let mut popup = World::popup(through(&world));
    let told = popup.tell("popup https://crm.test/login > see d1 https://crm.test/login login");
    assert!(told.contains("ask credential crm"), "{told}");
    let session = popup.state.memory.password_session().unwrap();
    assert_eq!(session.access_token.reveal(), "vault-token");
    // Its token is refused: it is asked again silently, and Microsoft's stays.
    let told = popup.tell("credential 401");
    assert!(told.contains("ask discovery"), "{told}");
    assert!(popup.state.memory.vault.is_none() && popup.state.memory.session.is_some());
    assert!(matches!(&popup.state.memory.sign_in, SignIn::Discovering(Prompt::Silent, at) if at.as_str() == PORTAL));
}

/// Signed in at both, with the companion's word about one app; then the quarter of an hour has passed and the list comes anew, with
/// another app, until the companion is asked.
fn asking_companion_again() -> World {
    let mut world = World::worker(at_microsoft(Some(PORTAL)));
    sign_in(&mut world);
    sign_in_at_companion(&mut world, "anna");
    reply(&mut world, "ask apps", apps_page(&["crm"], None));
    reply(&mut world, "ask apps", answer(200, &apps_document("anna")));
    world.now += 16 * 60_000;
    ask_companion(&mut world);
    world
}

fn ask_companion(world: &mut World) {
    assert_eq!(urls(&world.send(Event::ListRequested)), [FIRST]);
    let effects = reply(world, "ask apps", apps_page(&["crm", "new"], None));
    assert_eq!(urls(&effects), ["https://portal.test/api/v1/apps"]);
}

/// What is said, and whose the problem is.
fn problem(world: &World) -> Option<(&str, PortalError)> {
    match &world.state.memory.notice {
        Some(PendingNotice::PortalProblem { portal, error }) => Some((portal.as_str(), *error)),
        _ => None,
    }
}

#[test]
fn every_bad_answer_of_the_companion_leaves_the_list_that_is_known_and_says_so() {
    for (exchange, error) in [
        (answer(500, "{}"), PortalError::Failed(500)),
        (answer(403, "{}"), PortalError::NotAssigned),
        (answer(404, "{}"), PortalError::Failed(404)),
        (answer(304, ""), PortalError::Malformed),
        (answer(200, "<html>"), PortalError::Malformed),
        (answer(200, r#"{"apps": 7}"#), PortalError::Malformed),
        (Err(NetworkError::Timeout), PortalError::Network(NetworkError::Timeout)),
        (Err(NetworkError::Unreachable), PortalError::Network(NetworkError::Unreachable)),
    ] {
        let mut world = asking_companion_again();
        assert!(reply(&mut world, "ask apps", exchange).is_empty(), "{error:?}: the icons stay lit, and arrivals are heard of");
        assert_eq!(world.state.memory.catalogue.app("crm").unwrap().credential, CredentialState::Stored, "{error:?}");
        assert_eq!(problem(&world), Some((PORTAL, error)));
        assert_eq!(world.state.memory.vault.as_ref().unwrap().not_before, 0);
        // Not every popup that opens begins anew; a person who wants it does, and so does whoever asks a minute later.
        assert!(urls(&world.send(Event::ListRequested)).is_empty(), "{error:?}: it has just been asked");
        let mut popup = World::popup(world.state.memory.clone());
        popup.now = world.now;
        assert_eq!(popup.tell("popup https://news.test/ > press Refresh"), "- > ask worker for list", "{error:?}");
        assert!(listing::is_due(&popup.state.memory, world.now), "{error:?}");
        world.now += 60_000;
        // They get all of it, and what was wrong is not said again.
        ask_companion(&mut world);
        reply(&mut world, "ask apps", answer(200, &apps_document("anna")));
        assert_eq!((names(&world), problem(&world)), (vec!["crm", "new"], None), "{error:?}");
        assert!(urls(&world.send(Event::ListRequested)).is_empty(), "{error:?}: it is fresh");
    }
}

#[test]
fn a_list_without_the_companions_word_is_better_than_none() {
    for exchange in [answer(500, "{}"), answer(401, "{}"), throttled("100"), Err(NetworkError::Timeout)] {
        let mut world = World::worker(at_microsoft(Some(PORTAL)));
        sign_in(&mut world);
        sign_in_at_companion(&mut world, "anna");
        reply(&mut world, "ask apps", apps_page(&["crm"], None));
        let is_refused = matches!(&exchange, Ok(answer) if answer.status == 401);
        reply(&mut world, "ask apps", exchange);
        assert_eq!(names(&world), ["crm"], "it can be opened");
        assert_eq!((problem(&world).is_none(), world.state.memory.missing_vault(world.now).is_some()), (is_refused, is_refused));
        assert!(listing::is_due(&world.state.memory, world.now + 60_000), "and is asked for again");
    }
}

#[test]
fn a_companion_that_knows_the_token_no_more_is_asked_for_another_one() {
    let mut world = asking_companion_again();
    assert!(reply(&mut world, "ask apps", answer(401, "{}")).is_empty());
    assert_eq!(world.state.memory.catalogue.app("crm").unwrap().credential, CredentialState::Stored);
    assert_eq!((problem(&world), world.state.memory.session.is_some()), (None, true));
    let mut popup = World::popup(through_storage(&world.state.memory));
    popup.now = world.now;
    popup.state.memory.policy = world.state.memory.policy.clone();
    popup.state.memory.vault = world.state.memory.vault.clone();
    // Without a window first; the person is asked if that is not enough.
    assert_eq!(popup.tell("popup https://news.test/ > discovery ok > proof"), "ask discovery > draw proof > authorize silently");
    popup.tell("redirect login-required");
    assert_eq!(popup.said(), "vaultOffer [SignIn]");
}

#[test]
fn a_companion_that_asks_for_patience_gets_it_and_microsoft_does_not() {
    // A short one is waited for.
    let mut world = asking_companion_again();
    let effects = reply(&mut world, "ask apps", throttled("3"));
    assert!(matches!(effects.as_slice(), [Effect::WaitToList(3000)]), "{effects:?}");
    assert!(!world.state.memory.session.as_ref().unwrap().is_patient(world.now));
    assert!(urls(&world.send(Event::ListRequested)).is_empty(), "not before the time has come");
    world.now += 3000;
    assert_eq!(urls(&world.send(Event::ListRequested)), ["https://portal.test/api/v1/apps"], "it goes on where it was");
    reply(&mut world, "ask apps", answer(200, &apps_document("anna")));
    assert_eq!((names(&world), problem(&world)), (vec!["crm", "new"], None));
    // A long one ends it; until it is over, half a list is not asked for.
    let mut world = asking_companion_again();
    assert!(reply(&mut world, "ask apps", throttled("100")).is_empty());
    assert_eq!(problem(&world), Some((PORTAL, PortalError::TooManyRequests)));
    assert!(!world.state.memory.session.as_ref().unwrap().is_patient(world.now));
    world.now += 99_999;
    assert!(urls(&world.send(Event::ListRequested)).is_empty());
    world.now += 1;
    ask_companion(&mut world);
    // A fill was told to wait while the first part came.
    let mut world = asking_companion_again();
    reply(&mut world, "ask apps", answer(500, "{}"));
    world.now += 60_000;
    world.send(Event::ListRequested);
    world.state.memory.vault.as_mut().unwrap().not_before = world.now + 100_000;
    assert!(reply(&mut world, "ask apps", apps_page(&["crm"], None)).is_empty());
    assert_eq!(problem(&world), Some((PORTAL, PortalError::TooManyRequests)));
}

#[test]
fn a_companion_that_lets_nobody_in_for_now_keeps_nobody_from_microsoft() {
    for asked in ["ask discovery", "ask token", "ask account"] {
        let mut world = World::worker(at_microsoft(Some(PORTAL)));
        sign_in(&mut world);
        if asked != "ask discovery" {
            reply(&mut world, "ask discovery", answer(200, &discovery_document(PORTAL)));
            through_window(&mut world, "&iss=https%3A%2F%2Fportal.test");
        }
        if asked == "ask account" {
            reply(&mut world, "ask token", answer(200, r#"{"token_type": "Bearer", "access_token": "vault-token", "expires_in": 28800}"#));
        }
        assert_eq!(urls(&reply(&mut world, asked, throttled("100"))), [FIRST], "{asked}");
    }
}

fn through(world: &World) -> Memory {
    let values = my_apps_sign_in::storage::save(&world.state.memory);
    let mut values = values;
    values.add("policy", format!(r#"{{"clientId": "{CLIENT}", "vaultUrl": "{PORTAL}"}}"#));
    let mut memory = my_apps_sign_in::storage::load(&values);
    my_apps_sign_in::storage::attach_catalogue(&mut memory, Some(std::rc::Rc::clone(&world.state.memory.catalogue)));
    assert!(memory.vault.is_some());
    memory
}

/// Signed in at both, with one app's password at the companion, whose token ends at this moment.
fn at_the_end_of_its_token() -> World {
    let mut world = asking_companion_again();
    reply(&mut world, "ask apps", answer(200, &apps_document("anna")));
    world.state.memory.vault.as_mut().unwrap().expires_at = world.now;
    world
}

fn popup_of(world: &World) -> World {
    let mut popup = World::popup(world.state.memory.clone());
    popup.now = world.now;
    popup
}

#[test]
fn a_page_waits_for_the_companion_that_is_asked_anew() {
    let crm = "popup https://crm.test/login";
    let mut refused = at_the_end_of_its_token();
    refused.state.memory.vault.as_mut().unwrap().expires_at += 60_000;
    let mut both_ended = at_the_end_of_its_token();
    both_ended.state.memory.session = None;
    for (world, click, is_at_both) in [
        (at_the_end_of_its_token(), crm.to_owned(), false),
        (refused, format!("{crm} > see d1 https://crm.test/login login > credential 401"), false),
        (both_ended, crm.to_owned(), true),
    ] {
        let mut popup = popup_of(&world);
        assert!(popup.tell(&click).contains("ask discovery"), "{click}");
        popup.open.retain(|(asked, ..)| asked == "ask discovery");
        if is_at_both {
            go_on_to_sign_in(&mut popup);
        }
        // The browser tells a context of what it wrote itself, too.
        assert_eq!(popup.tell("changed"), "-", "{click}");
        assert_eq!(popup.said(), "", "{click}");
        let effects = sign_in_at_companion(&mut popup, "anna");
        assert!(effects.iter().any(|effect| matches!(effect, Effect::Probe { .. })), "{click}");
    }
}

#[test]
fn a_popup_leaves_the_companions_window_alone() {
    let world = at_the_end_of_its_token();
    let mut worker = World::worker(world.state.memory.clone());
    worker.now = world.now;
    worker.tell("ask-sign-in > discovery ok > proof");
    let mut popup = popup_of(&worker);
    assert_eq!(popup.tell("popup https://crm.test/login"), "-");
    assert_eq!(popup.state.memory.epoch, worker.state.memory.epoch);
    assert_eq!(popup.tell("let-go"), "look 1", "the worker is gone: what can be filled without it is looked at");
}

#[test]
fn the_companion_of_somebody_else_is_left_alone() {
    let mut world = World::worker(at_microsoft(Some(PORTAL)));
    sign_in(&mut world);
    let effects = sign_in_at_companion(&mut world, "ben");
    assert_eq!(urls(&effects), [FIRST], "the apps come all the same");
    assert!(world.state.memory.vault.is_none());
    assert!(matches!(world.state.memory.sign_in, SignIn::Failed(SignInProblem::Authorize(AuthorizeError::OtherPerson))));
}

#[test]
fn a_companion_that_failed_is_named_and_offered_again() {
    let said = |world: &World| {
        let mut popup = World::popup(world.state.memory.clone());
        popup.tell("popup https://news.test/");
        popup.said_in_full()
    };
    let mut world = World::worker(at_microsoft(Some(PORTAL)));
    sign_in(&mut world);
    let down = World::worker(world.state.memory.clone());
    sign_in_at_companion(&mut world, "ben");
    assert_eq!(said(&world), "vaultOtherPerson [SignIn]");
    let mut world = down;
    world.send(Event::SignInRequested);
    reply(&mut world, "ask discovery", Err(NetworkError::Unreachable));
    assert_eq!(said(&world), format!("portalUnreachable {PORTAL} [SignIn]"), "not Microsoft's");
}

#[test]
fn without_its_session_the_companion_is_offered() {
    let mut world = World::worker(at_microsoft(Some(PORTAL)));
    sign_in(&mut world);
    sign_in_at_companion(&mut world, "anna");
    reply(&mut world, "ask apps", apps_page(&["crm"], None));
    reply(&mut world, "ask apps", answer(200, &apps_document("anna")));
    world.state.memory.vault = None;
    let mut popup = World::popup(world.state.memory.clone());
    popup.tell("popup https://news.test/");
    assert_eq!(popup.said(), "vaultOffer [SignIn]");
    popup.tell("press Back > popup https://crm.test/login > see d1 https://crm.test/login login");
    assert_eq!(popup.said(), "vaultOffer [SignIn]");
    // The button's sign-in is at the companion, as long as Microsoft's holds.
    let mut worker = World::worker(world.state.memory.clone());
    assert_eq!(urls(&worker.send(Event::SignInRequested)), ["https://portal.test/.well-known/my-apps"]);
}
