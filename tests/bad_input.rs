//! A portal on a bad day: every bad answer to every request ends in a sentence, and costs nothing that was there before.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that can not go on fails")]

mod common;

use std::fmt::Write as _;

use common::{NOON, World, answer, check, signed_in, signed_out, through_storage, traces};
use my_apps_sign_in::catalogue::{Catalogue, MOST_APPS};
use my_apps_sign_in::event::Event;
use my_apps_sign_in::memory::{Memory, PendingNotice};
use my_apps_sign_in::options;
use my_apps_sign_in::popup::{self, Body};
use my_apps_sign_in::state::Screen;

const HERE: &str = "popup https://evil.test/";
const FILL: &str = "popup https://crm.test/login > see d1 https://crm.test/login login";

/// The same sentence, whatever was asked for.
const fn always(key: &'static str) -> [&'static str; 6] {
    [key; 6]
}

/// What a person reads when a request was answered so: the portal's description in a sign-in and when it is chosen, the token,
/// the name, the list, the credential.
#[rustfmt::skip]
const ANSWERS: [(&str, [&str; 6]); 12] = [
    ("unreachable",   always("portalUnreachable")),
    // Silence, and one byte a second.
    ("timeout",       always("portalTimeout")),
    // Sent to another origin.
    ("not-for-us",    always("portalIsNone")),
    // 50 MB, or a connection that broke off after the headers.
    ("unreadable", always("portalMalformed")),
    ("garbage",       ["portalIsNone", "portalIsNone", "portalMalformed", "portalMalformed", "portalMalformed", "portalMalformed"]),
    ("half",          ["portalIsNone", "portalIsNone", "portalMalformed", "portalMalformed", "portalMalformed", "portalMalformed"]),
    ("403",           ["portalIsNone", "portalIsNone", "signInRefused", "portalForbids", "portalForbids", "appNotAssignedAnyMore"]),
    ("404",           ["portalIsNone", "portalIsNone", "signInRefused", "portalFailed", "portalFailed", "portalFailed"]),
    ("429",           always("portalBusy")),
    ("429-after-120", always("portalBusy")),
    ("500",           always("portalFailed")),
    ("503-after-120", always("portalBusy")),
];

/// The key of what the popup says, without its button.
fn key(world: &World) -> String {
    world.said().split(' ').next().unwrap_or_default().to_owned()
}

/// What a popup says that opens after this worker.
fn next_popup(world: &World) -> String {
    let mut popup = World::popup(through_storage(&world.state.memory));
    popup.tell(HERE);
    key(&popup)
}

/// What the popup shows in place of the list.
fn instead_of_apps(world: &World) -> Option<&'static str> {
    let Screen::Popup(popup) = &world.state.screen else { panic!("not a popup") };
    let Body::Menu(menu) = popup::view(&world.state, popup, world.now).body else { panic!("not the menu") };
    menu.empty.map(|text| text.key)
}

fn without_list() -> Memory {
    Memory { catalogue: Default::default(), catalogue_tag: Default::default(), ..signed_in("anna") }
}

#[test]
fn a_sign_in_that_fails_says_why_and_signs_nobody_in() {
    for (answer, sentences) in ANSWERS {
        for (asked, before, place) in [
            ("discovery", "", 0),
            ("token", "discovery ok > proof > redirect ok > ", 2),
            ("account", "discovery ok > proof > redirect ok > token ok > ", 3),
        ] {
            let mut world = World::worker(signed_out());
            let told = world.tell(&format!("ask-sign-in > {before}{asked} {answer}"));
            assert!(told.ends_with("open popup"), "{asked} {answer}: {told}");
            assert_eq!(next_popup(&world), sentences[place], "{asked} {answer}");
            assert!(!traces(&world.state.memory).contains("token-of"), "{asked} {answer}: a token is left");
            // Pressing the button once more gets there.
            world.tell("ask-sign-in > discovery ok > proof > redirect ok > token ok > account ok");
            assert!(world.state.memory.session.is_some(), "{asked} {answer}");
        }
    }
}

#[test]
fn a_portal_that_fails_is_not_chosen() {
    for (answer, sentences) in ANSWERS {
        let mut world = World::options(signed_out());
        world.tell(&format!("type-portal https://other.test > portal {answer}"));
        let Screen::Options(options) = &world.state.screen else { panic!("not the options page") };
        let (good, text) = options::view(&world.state, options, world.now).result.unwrap();
        assert_eq!((good, text.key), (false, sentences[1]), "{answer}");
        assert_eq!(world.state.memory.settings.portal.as_str(), "https://portal.test");
    }
}

#[test]
fn a_list_that_cannot_be_had_says_why_and_leaves_the_old_one() {
    for (answer, sentences) in ANSWERS {
        for memory in [signed_in("anna"), without_list()] {
            let known = memory.catalogue.apps.len();
            let mut world = World::popup(memory);
            let told = world.tell(&format!("{HERE} > apps {answer}"));
            if told.contains("ask discovery") {
                // Where the API is gone, the portal is asked once where it is now.
                world.tell("discovery ok > proof > redirect ok > token ok > account ok > apps 404");
            }
            assert_eq!((key(&world).as_str(), world.state.memory.catalogue.apps.len()), (sentences[4], known), "{answer}");
            assert!(world.said().ends_with("[Refresh]"), "{answer}: nothing to do about it");
            assert_eq!(instead_of_apps(&world), None, "{answer}: it says that the list is on its way, and it is not");
        }
    }
}

#[test]
fn a_credential_that_cannot_be_had_fills_nothing_and_says_why() {
    for (answer, sentences) in ANSWERS {
        let mut world = World::popup(signed_in("anna"));
        let told = world.tell(&format!("{FILL} > credential {answer}"));
        assert!(!told.contains("write"), "{answer}: {told}");
        assert_eq!(key(&world), sentences[5], "{answer}");
        assert!(answer == "403" || world.said().ends_with("[FillAgain(crm)]"), "{answer}: nothing to do about it");
        assert!(world.state.fills.is_empty(), "{answer}");
    }
}

#[test]
fn a_portal_that_does_not_say_it_heard_of_the_sign_out_has_not() {
    for (answer, _) in ANSWERS.into_iter().chain([("200", always("")), ("304", always(""))]) {
        let mut world = World::popup(signed_in("anna"));
        world.tell(&format!("press SignOut > end {answer}"));
        assert_eq!(key(&world), "signedOutHereOnly", "{answer}");
    }
}

#[test]
fn a_report_that_is_lost_is_no_concern_of_the_person() {
    for (how, _) in ANSWERS {
        let mut world = World::popup(signed_in("anna"));
        world.tell(&format!("{FILL} > credential ok > written submitted"));
        let before = traces(&world.state.memory);
        let patience = how.contains("429") || how.contains("503");
        assert_eq!(world.tell(&format!("report {how}")), "-", "{how}");
        assert_eq!(world.said(), "done submitted", "{how}");
        assert!(patience || traces(&world.state.memory) == before, "{how}");
    }
}

#[test]
fn what_did_not_change_is_no_list_for_somebody_who_has_none() {
    let world = check(World::popup(without_list()), &format!("{HERE} > apps 304"), "ask apps > -");
    assert_eq!((world.said().as_str(), instead_of_apps(&world)), ("portalMalformed [Refresh]", None));
}

#[test]
fn a_list_that_can_not_be_asked_for_again_says_how_old_it_is() {
    let title = |world: &World| {
        let Screen::Popup(popup) = &world.state.screen else { panic!("not a popup") };
        let Body::Menu(menu) = popup::view(&world.state, popup, world.now).body else { panic!("not the menu") };
        let title = &menu.sections.last().unwrap().title;
        (title.key, title.values.first().and_then(|moment| moment.parse::<u64>().ok()))
    };
    let mut world = World::popup(signed_in("anna"));
    world.now += 60_000;
    world.tell(HERE);
    assert_eq!(title(&world), ("allApps", None));
    world.tell("apps unreachable");
    assert_eq!(title(&world), ("allAppsAsOf_moment", Some(NOON)));
    world.tell("press Refresh");
    assert_eq!(title(&world), ("allApps", None));
    // Confirmed, and written down no more often than is of use.
    for (minutes, confirmed) in [(1, 0), (9, 11), (5, 11), (5, 21)] {
        world.now += minutes * 60_000;
        world.tell("apps 304 > press Refresh > apps unreachable");
        assert_eq!(title(&world), ("allAppsAsOf_moment", Some(NOON + confirmed * 60_000)));
        world.tell("press Refresh");
    }
}

#[test]
fn the_content_decides_and_not_what_it_is_called() {
    // The core is never told the content type: what reads as the document is the document, everything else is none.
    let world = check(World::popup(without_list()), &format!("{HERE} > apps ok"), "ask apps > ask worker for icons, lights 4");
    assert_eq!(world.state.memory.catalogue.apps.len(), 6);
}

// ---- patience -------------------------------------------------------------------------------------------------------------

/// How many seconds the portal is left alone after this answer.
#[track_caller]
fn patience(status: u16, retry_after: Option<&str>, expected: Option<u64>) {
    let mut found = answer(status, "{}").unwrap();
    found.retry_after = retry_after.map(str::to_owned);
    assert_eq!(found.patience(), expected, "{status} {retry_after:?}");
}

#[test]
fn retry_after_is_read_with_care() {
    patience(200, Some("30"), None);
    patience(500, Some("30"), None);
    patience(503, None, None);
    patience(503, Some("Fri, 31 Dec 2027 23:59:59 GMT"), None);
    patience(429, None, Some(60));
    patience(429, Some(""), Some(60));
    patience(429, Some("soon"), Some(60));
    patience(429, Some("-5"), Some(60));
    patience(429, Some("Fri, 31 Dec 2027 23:59:59 GMT"), Some(60));
    patience(429, Some("0"), Some(0));
    patience(429, Some("7"), Some(7));
    patience(503, Some("7"), Some(7));
    // A slip of the portal keeps nobody out for a day.
    patience(429, Some("86400"), Some(900));
    patience(429, Some("99999999999"), Some(900));
    patience(429, Some("99999999999999999999999"), Some(60));
}

#[test]
fn a_portal_that_asks_for_patience_is_left_alone_until_then() {
    let begin = format!("{HERE} > apps 429-after-120");
    // Neither the person nor another popup asks before that.
    let world = check(
        World::popup(signed_in("anna")),
        &format!("{begin} > press Refresh > after 119000 > press Refresh"),
        "ask apps > - > - > - > -",
    );
    assert_eq!(world.said(), "portalBusy [Refresh]");
    let mut next = World::popup(through_storage(&world.state.memory));
    next.now = NOON + 119_999;
    assert_eq!((next.tell(HERE).as_str(), key(&next).as_str()), ("-", "portalBusy"));
    // A credential is part of it.
    let told = next.tell("popup https://crm.test/login > see d1 https://crm.test/login login");
    assert_eq!((told.as_str(), next.said().as_str()), ("look 1 > no badge", "portalBusy [FillAgain(crm)]"));
    next.now += 1;
    assert_eq!(next.tell("press FillAgain crm > see d1 https://crm.test/login login"), "look 1 > ask credential crm");
    assert_eq!(next.tell("press Refresh"), "ask apps");
    // Another person, or the same after a new sign-in, starts without it.
    let mut memory = through_storage(&world.state.memory);
    memory.session = None;
    let mut again = World::popup(memory);
    let told = again.tell(&format!("{HERE} > discovery ok > proof > redirect ok > token ok > account ok"));
    assert!(told.contains("ask apps"), "{told}");
}

// ---- discovery changes under a signed-in person ---------------------------------------------------------------------------

#[test]
fn an_api_that_moved_is_found_again() {
    let mut world = World::popup(signed_in("anna"));
    assert!(world.tell(&format!("{HERE} > apps 404")).contains("ask discovery"));
    describe(&mut world, "/api/v1/", "/api/v2/");
    world.tell("proof > redirect ok > token ok");
    let effects = world.tell("account ok");
    assert!(effects.contains("ask apps"), "404");
    let memory = through_storage(&world.state.memory);
    assert_eq!(memory.session.unwrap().discovery.api_url, "https://portal.test/api/v2/");
    assert_eq!(memory.catalogue.apps.len(), 6, "404: the list is lost");
    // It is looked for once: where it leads nowhere again, that is said.
    world.tell("apps 404");
    assert_eq!(world.said(), "portalFailed [Refresh]");
    assert!(world.state.memory.session.is_some(), "404: the sign-in is lost");
}

/// The portal describes itself with `from` replaced by `to`.
fn describe(world: &mut World, from: &str, to: &str) {
    let (_, purpose, epoch) = world.open.remove(world.open.iter().position(|(words, ..)| words == "ask discovery").unwrap());
    let document = common::discovery_document(common::PORTAL).replace(from, to);
    world.send(Event::Answered { purpose, epoch, exchange: answer(200, &document) });
}

#[test]
fn a_portal_that_is_another_one_by_now_signs_nobody_in() {
    for (from, to, said) in [
        ("\"issuer\": \"https://portal.test\"", "\"issuer\": \"https://evil.test\"", "portalIsNone"),
        ("\"my_apps\": 1", "\"my_apps\": 2", "portalIsNone"),
        ("https://portal.test/api/v1/", "http://portal.test/api/v1/", "portalIsNone"),
        ("\"minimum_extension_version\": \"0.1.0\"", "\"minimum_extension_version\": \"9.0.0\"", "extensionTooOld"),
    ] {
        let mut world = World::popup(signed_in("anna"));
        world.tell(&format!("{HERE} > apps 404"));
        describe(&mut world, from, to);
        assert_eq!(key(&world), said, "{to}");
        assert!(world.state.memory.session.is_none() && world.state.memory.account.is_some(), "{to}");
        assert_eq!(world.state.memory.catalogue.apps.len(), 6, "{to}: the list is lost");
    }
}

// ---- many apps, and a storage that takes no more --------------------------------------------------------------------------

#[test]
fn ten_thousand_and_more_than_fifty_thousand_apps_are_read_in_time_that_grows_with_them() {
    for count in [10_000, MOST_APPS, MOST_APPS + 1_000] {
        let mut body = String::from("{\"apps\": [{\"id\": 7}");
        for number in 1..count {
            write!(
                body,
                ", {{\"id\": \"a{number}\", \"name\": \"App {number}\", \"mode\": \"linked\", \"launch_url\": \"https://a.test/{number}\"}}"
            )
            .unwrap();
        }
        body.push_str("]}");
        let catalogue = Catalogue::read(&body).unwrap();
        assert_eq!((catalogue.apps.len(), catalogue.malformed), (count.min(MOST_APPS) - 1, 1));
    }
}

#[test]
fn what_was_not_stored_is_said_once_by_whichever_popup_is_there() {
    let world = check(World::worker(signed_in("anna")), "not-stored", "-");
    assert_eq!(world.state.memory.notice, Some(PendingNotice::NotStored));
    let mut popup = World::popup(through_storage(&world.state.memory));
    popup.tell(HERE);
    assert_eq!(popup.said(), "notStored");
    assert_eq!(next_popup(&popup), "");
    // Also where nobody is signed in, because that was what could not be kept.
    assert_eq!(next_popup(&check(World::worker(signed_out()), "not-stored", "-")), "notStored");
    // The open popup says it at once, and does not claim to fetch a list.
    let open = check(World::popup(without_list()), &format!("{HERE} > not-stored"), "ask apps > -");
    assert_eq!((open.said().as_str(), instead_of_apps(&open)), ("notStored", None));
}

#[test]
fn what_was_not_read_is_said_and_nobody_looks_signed_out() {
    for (world, story, effects, body) in [
        // A popup that could read nothing yet knows nobody; one that is open shows what it knows.
        (World::popup(Memory::default()), "not-read".to_owned(), "-", "nothing"),
        (World::popup(signed_in("anna")), format!("{HERE} > not-read"), "ask apps > -", "menu"),
    ] {
        let world = check(world, &story, effects);
        let Screen::Popup(popup) = &world.state.screen else { unreachable!("it is a popup") };
        let shown = match popup::view(&world.state, popup, world.now).body {
            Body::Nothing => "nothing",
            Body::Menu(_) => "menu",
            _ => "something else",
        };
        assert_eq!((world.said().as_str(), shown), ("notStored", body), "{story}");
    }
}

#[test]
fn a_fill_that_waits_for_what_was_not_read_is_over() {
    for world in [World::popup(signed_in("anna")), World::worker(signed_in("anna"))] {
        let here = if matches!(world.state.screen, Screen::Worker) { "launched crm > arrive" } else { "popup" };
        let mut world = world;
        world.tell(&format!("{here} https://crm.test/login > see d1 https://crm.test/login login > credential ok > not-read"));
        assert!(world.state.fills.is_empty());
        assert_eq!(world.tell("written submitted"), "-", "what comes after all is of nobody's fill");
    }
}

// ---- two at once ----------------------------------------------------------------------------------------------------------

#[test]
fn a_sign_out_in_one_window_ends_the_fill_in_the_other() {
    for (story, late) in [
        ("look 1, ask apps", "see d1 https://crm.test/login login"),
        ("look 1, ask apps > ask credential crm", "credential ok"),
        ("look 1, ask apps > ask credential crm", "credential 500"),
    ] {
        let mut filling = World::popup(signed_in("anna"));
        let begin = if story.ends_with("crm") { FILL } else { "popup https://crm.test/login" };
        assert_eq!(filling.tell(begin), story);
        let mut other = World::popup(through_storage(&filling.state.memory));
        other.tell(&format!("{HERE} > press SignOut"));
        // What the browser does before every event: the memory of all is read anew.
        filling.state.memory = through_storage(&other.state.memory);
        let told = filling.tell(late);
        assert!(!told.contains("write") && !told.contains("ask"), "{late}: {told}");
        assert!(filling.state.fills.is_empty(), "{late}: it goes on");
        let Screen::Popup(popup) = &filling.state.screen else { panic!("not a popup") };
        let Body::Welcome { title, .. } = popup::view(&filling.state, popup, filling.now).body else { panic!("{late}: no welcome") };
        assert_eq!(title.key, "signInToGetStarted", "{late}");
    }
}

#[test]
fn an_icon_does_not_offer_a_password_after_the_sign_out() {
    let mut worker = World::worker(signed_in("anna"));
    worker.tell("launched crm > arrive https://crm.test/login > see d1 https://crm.test/login login");
    let mut popup = World::popup(through_storage(&worker.state.memory));
    popup.tell("press SignOut");
    worker.state.memory = through_storage(&popup.state.memory);
    assert_eq!(worker.tell("credential ok"), "no badge");
}

#[test]
fn the_last_of_two_windows_to_choose_a_portal_wins() {
    let mut first = World::options(signed_out());
    first.tell("type-portal https://one.test");
    let mut second = World::options(through_storage(&first.state.memory));
    second.tell("type-portal https://two.test > portal ok");
    first.state.memory = through_storage(&second.state.memory);
    assert_eq!(first.tell("portal ok"), "-");
    assert_eq!(first.state.memory.settings.portal.as_str(), "https://two.test");
    let Screen::Options(options) = &first.state.screen else { panic!("not the options page") };
    let view = options::view(&first.state, options, first.now);
    assert_eq!((view.portal.value.as_str(), view.checking, view.result), ("https://two.test", false, None));
}
