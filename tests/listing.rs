//! A person at Microsoft, told to one context: signed in, and the list page by page and once.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that can not go on fails")]

mod common;

use common::microsoft::{FIRST, apps_page, at_microsoft, names, reply, requests, sign_in, throttled, urls};
use common::{NOON, World, answer, through_storage};
use my_apps_sign_in::effect::Effect;
use my_apps_sign_in::event::Event;
use my_apps_sign_in::json;
use my_apps_sign_in::memory::{Memory, PendingNotice, Standing};
use my_apps_sign_in::provider::{Exchange, PortalError};

const NEXT: &str = "https://graph.microsoft.com/beta/me/appRoleAssignedResources?$skiptoken=2";
const NAMES: &str = "https://graph.microsoft.com/v1.0/me/appRoleAssignments?$top=999";

/// The address of an app's logo, of the length they have.
fn logo(app: &str) -> String {
    format!("https://aadcdn.msftauthimages.net/{}/appbranding/{app}/1033/bannerlogo?ts=637003628120591303", "t".repeat(100))
}

fn page_with_logos(ids: &[String], next: Option<&str>) -> Exchange {
    let entries = ids.iter().map(|id| format!(r#"{{"appId": "{id}", "displayName": "{id}", "info": {{"logoUrl": "{}"}}}}"#, logo(id)));
    let next = next.map(|next| format!(r#", "@odata.nextLink": "{next}""#)).unwrap_or_default();
    answer(200, &format!(r#"{{"value": {}{next}}}"#, json::list(entries)))
}

/// What is kept to be drawn, by the apps' ids.
fn icons(world: &World) -> std::collections::BTreeMap<String, String> {
    serde_json::from_str(world.state.memory.fresh_icons.as_ref().unwrap()).unwrap()
}

#[test]
fn without_a_registration_nothing_is_asked() {
    let mut world = World::worker(Memory::default());
    assert!(world.send(Event::SignInRequested).is_empty());
}

#[test]
fn signed_in_the_list_comes_page_by_page_and_once() {
    let mut world = World::worker(at_microsoft(None));
    let effects = sign_in(&mut world);
    assert_eq!(urls(&effects), [FIRST]);
    assert_eq!(requests(&effects)[0].header, Some(("ConsistencyLevel", "eventual".into())));
    let Standing::SignedIn(known, session) = world.state.memory.standing(NOON) else { panic!("signed in") };
    assert_eq!((known.account.name.as_str(), session.expires_at), ("anna@contoso.example", NOON + 3_599_000));
    // Whoever asks meanwhile gets the same list.
    assert!(urls(&world.send(Event::ListRequested)).is_empty());
    assert_eq!(urls(&reply(&mut world, "ask apps", apps_page(&["one", "two"], Some(NEXT)))), [NEXT]);
    assert!(names(&world).is_empty(), "half a list is none");
    assert!(urls(&reply(&mut world, "ask apps", apps_page(&["three"], None))).is_empty());
    assert!(urls(&world.send(Event::IconsRequested)).is_empty(), "there is no such route at Microsoft");
    assert_eq!(names(&world), ["one", "two", "three"]);
    assert_eq!(through_storage(&world.state.memory).catalogue.apps.len(), 3);
    // A quarter of an hour later it is asked for again, by a popup through the worker.
    assert!(urls(&world.send(Event::ListRequested)).is_empty());
    let mut popup = World::popup(world.state.memory.clone());
    assert!(!popup.tell("popup https://news.test/").contains("ask"));
    popup.now += 15 * 60_000;
    assert!(popup.tell("popup https://news.test/").contains("ask worker for list"));
}

#[test]
fn a_page_without_an_app_for_the_person_is_not_the_last() {
    let mut world = World::worker(at_microsoft(None));
    sign_in(&mut world);
    let hidden =
        answer(200, &format!(r#"{{"value": [{{"appId": "x", "displayName": "X", "tags": ["HideApp"]}}], "@odata.nextLink": "{NEXT}"}}"#));
    for nothing in [hidden, apps_page(&[], Some(NEXT))] {
        assert_eq!(urls(&reply(&mut world, "ask apps", nothing)), [NEXT]);
    }
    reply(&mut world, "ask apps", apps_page(&["one"], None));
    assert_eq!(names(&world), ["one"]);
    // But there is an end.
    world.now += 16 * 60_000;
    world.send(Event::ListRequested);
    reply(&mut world, "ask apps", apps_page(&["two"], Some(NEXT)));
    let asked = (0..1_000).take_while(|_| !urls(&reply(&mut world, "ask apps", apps_page(&[], Some(NEXT)))).is_empty()).count();
    assert_eq!((asked, names(&world)), (20, vec!["two"]));
}

#[test]
fn logos_are_kept_with_the_whole_list() {
    let mut world = World::worker(at_microsoft(None));
    sign_in(&mut world);
    reply(&mut world, "ask apps", page_with_logos(&["one".into()], Some(NEXT)));
    assert_eq!(world.state.memory.fresh_icons, None, "half a list is none");
    reply(&mut world, "ask apps", apps_page(&["two"], Some(NEXT)));
    reply(&mut world, "ask apps", page_with_logos(&["three".into()], None));
    let all = |apps: &[&str]| apps.iter().map(|app| ((*app).to_owned(), logo(app))).collect();
    assert_eq!(icons(&world), all(&["one", "three"]));
    // The next list has none: nothing of the one before is drawn.
    world.now += 16 * 60_000;
    world.send(Event::ListRequested);
    reply(&mut world, "ask apps", page_with_logos(&["one".into()], Some(NEXT)));
    reply(&mut world, "ask apps", answer(403, "{}"));
    reply(&mut world, "ask apps", answer(200, r#"{"value": [{"resourceId": "one", "resourceDisplayName": "Wiki"}]}"#));
    assert_eq!(icons(&world), all(&[]));
}

#[test]
fn of_logos_as_many_are_kept_as_there_is_room_for() {
    let ids: Vec<String> = (0..10_000).map(|number| format!("11111111-2222-4333-8444-{number:012}")).collect();
    let mut world = World::worker(at_microsoft(None));
    sign_in(&mut world);
    for (number, page) in ids.chunks(999).enumerate() {
        reply(&mut world, "ask apps", page_with_logos(page, (number < 10).then_some(NEXT)));
    }
    assert_eq!(names(&world).len(), 10_000);
    let icons = icons(&world);
    assert!((4000..5000).contains(&icons.len()), "{}", icons.len());
    assert!(icons.contains_key(&ids[0]) && !icons.contains_key(&ids[9999]), "the last ones have their letters");
    assert!(world.state.memory.fresh_icons.as_ref().unwrap().len() < 1100 * 1024);
}

#[test]
fn asked_for_patience_the_worker_waits_and_goes_on_where_it_was() {
    let mut world = World::worker(at_microsoft(None));
    sign_in(&mut world);
    reply(&mut world, "ask apps", apps_page(&["one"], Some(NEXT)));
    let effects = reply(&mut world, "ask apps", throttled("3"));
    assert!(matches!(effects.as_slice(), [Effect::WaitToList(3000)]), "{effects:?}");
    assert!(urls(&world.send(Event::ListRequested)).is_empty(), "not before the time has come");
    world.now += 3000;
    assert_eq!(urls(&world.send(Event::ListRequested)), [NEXT]);
    reply(&mut world, "ask apps", apps_page(&["two"], None));
    assert_eq!(names(&world), ["one", "two"]);
    // A wait that the worker would not survive ends it, and says so.
    let mut world = World::worker(at_microsoft(None));
    sign_in(&mut world);
    assert!(reply(&mut world, "ask apps", throttled("100")).is_empty());
    assert!(matches!(world.state.memory.notice, Some(PendingNotice::PortalProblem { error: PortalError::TooManyRequests, .. })));
}

#[test]
fn where_the_apps_are_not_to_be_had_their_names_are() {
    for status in [403, 404, 400] {
        let mut world = World::worker(at_microsoft(None));
        sign_in(&mut world);
        assert_eq!(urls(&reply(&mut world, "ask apps", answer(status, "{}"))), [NAMES], "{status}");
        reply(
            &mut world,
            "ask apps",
            answer(
                200,
                r#"{"value": [{"resourceId": "r-1", "resourceDisplayName": "Wiki"}, {"resourceId": "r-1", "resourceDisplayName": "Wiki"}]}"#,
            ),
        );
        assert_eq!(names(&world), ["r-1"]);
    }
}

#[test]
fn every_bad_page_leaves_the_list_that_is_known() {
    for exchange in [
        answer(500, "{}"),
        answer(200, "<html>"),
        answer(200, r#"{"value": 7}"#),
        answer(200, r#"{"value": [], "@odata.nextLink": "https://evil.test/"}"#),
    ] {
        let mut world = World::worker(at_microsoft(None));
        sign_in(&mut world);
        reply(&mut world, "ask apps", apps_page(&["one"], None));
        world.now += 16 * 60_000;
        world.send(Event::ListRequested);
        reply(&mut world, "ask apps", exchange);
        assert_eq!(names(&world), ["one"]);
        assert!(matches!(world.state.memory.notice, Some(PendingNotice::PortalProblem { .. })));
        world.send(Event::ListRequested);
        reply(&mut world, "ask apps", apps_page(&["two"], None));
        assert_eq!((names(&world), world.state.memory.notice.clone()), (vec!["two"], None), "and what was wrong is not said again");
    }
    let mut world = World::worker(at_microsoft(None));
    sign_in(&mut world);
    reply(&mut world, "ask apps", answer(401, "{}"));
    assert!(matches!(world.state.memory.standing(world.now), Standing::Expired(_)));
}

#[test]
fn a_clock_that_was_set_back_keeps_nobody_from_asking() {
    let mut world = World::worker(at_microsoft(None));
    sign_in(&mut world);
    reply(&mut world, "ask apps", apps_page(&["one"], None));
    world.now -= 24 * 60 * 60_000;
    assert_eq!(urls(&world.send(Event::ListRequested)), [FIRST], "what is fresh until tomorrow is not fresh");
    reply(&mut world, "ask apps", throttled("900"));
    assert!(urls(&world.send(Event::ListRequested)).is_empty());
    world.now -= 1;
    assert_eq!(urls(&world.send(Event::ListRequested)), [FIRST], "nobody is left alone for longer than a quarter of an hour");
}
