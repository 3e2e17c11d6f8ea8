//! What the page finds out, and that it names nobody.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that can not go on fails")]

mod common;

use std::rc::Rc;

use common::{
    NOON, PORTAL, World, answer, apps_document, discovery_document, expired, microsoft, signed_in, signed_out, through_storage, traces,
    words,
};
use my_apps_sign_in::catalogue::{Catalogue, Reading};
use my_apps_sign_in::diagnostics::{Act, Check, Diagnostics, Facts, Level, checks, lines};
use my_apps_sign_in::event::Event;
use my_apps_sign_in::fill_log::FillLog;
use my_apps_sign_in::host_access::HostAccess;
use my_apps_sign_in::json;
use my_apps_sign_in::memory::Memory;
use my_apps_sign_in::policy::{Fixed, Policy};
use my_apps_sign_in::portal_url::PortalUrl;
use my_apps_sign_in::provider::{Exchange, NetworkError};
use my_apps_sign_in::state::Screen;
use proptest::prelude::*;

fn facts() -> Facts {
    Facts { browser: "Chrome".into(), version: 150, minimum: 120, is_on_toolbar: Some(true), bytes: 2048, most_bytes: 10_000_000 }
}

fn page(world: &World) -> &Diagnostics {
    let Screen::Diagnostics(page) = &world.state.screen else { panic!("the page") };
    page
}

/// The page after it opened and the portal answered.
fn opened(memory: Memory, facts: Facts, exchange: Exchange, date: Option<u64>) -> World {
    let mut world = World::diagnostics(memory);
    let asked: Vec<String> = world.send(Event::DiagnosticsOpened { facts }).iter().map(words).collect();
    assert_eq!(asked, ["ask whether portal"]);
    world.send(Event::PortalChecked { exchange, date });
    world
}

fn found(world: &World) -> Vec<Check> {
    checks(&world.state, page(world), world.now)
}

/// How this question is answered.
#[track_caller]
fn check(world: &World, title: &str, level: Level, finding: &str) {
    let found = found(world);
    let check = found.iter().find(|check| check.title.key == title).unwrap();
    assert_eq!((check.level, check.finding.key), (level, finding), "{title}");
}

#[test]
fn a_storage_that_the_browser_refuses_is_found() {
    let mut world = opened(signed_in("anna"), facts(), good(), None);
    check(&world, "diagnoseStorage", Level::Good, "diagnoseStorageGood");
    world.send(Event::NotRead);
    check(&world, "diagnoseStorage", Level::Bad, "notStored");
}

fn good() -> Exchange {
    answer(200, &discovery_document(PORTAL))
}

#[test]
fn on_a_good_day_everything_is_good() {
    let mut world = opened(signed_in("anna"), facts(), good(), Some(NOON + 2_000));
    world.state.granted = HostAccess::new(vec!["https://*/*".into()]);
    assert!(found(&world).iter().all(|check| check.level == Level::Good), "{:?}", found(&world));
}

#[test]
fn each_question_has_its_bad_answers() {
    let portal = |exchange: Exchange| opened(signed_in("anna"), facts(), exchange, None);
    check(&portal(Err(NetworkError::Unreachable)), "diagnosePortal", Level::Bad, "portalUnreachable");
    check(&portal(answer(200, "<html>")), "diagnosePortal", Level::Bad, "portalIsNone");
    check(&opened(Memory::default(), facts(), good(), None), "diagnosePortal", Level::Bad, "portalNeedsEntra");
    let too_old = discovery_document(PORTAL).replace("0.1.0", "99.0.0");
    check(&portal(answer(200, &too_old)), "diagnosePortal", Level::Good, "diagnosePortalGood");
    check(&portal(answer(200, &too_old)), "diagnoseExtension", Level::Bad, "extensionTooOld");
    let with = |facts: Facts| opened(signed_in("anna"), facts, good(), None);
    check(&with(Facts { version: 119, ..facts() }), "diagnoseBrowser", Level::Bad, "diagnoseBrowserOld");
    check(&with(Facts { is_on_toolbar: Some(false), ..facts() }), "diagnoseIcon", Level::Warning, "pinIcon");
    check(&with(Facts { is_on_toolbar: None, ..facts() }), "diagnoseIcon", Level::Unknown, "diagnoseIconUnknown");
    check(&with(Facts { bytes: 9_000_000, ..facts() }), "diagnoseStorage", Level::Warning, "diagnoseStorageFull");
    check(&with(Facts { bytes: u32::MAX, most_bytes: 0, ..facts() }), "diagnoseStorage", Level::Good, "diagnoseStorageGood");
    for (memory, level, finding) in [
        (signed_in("anna"), Level::Good, "diagnoseSignedIn"),
        (expired("anna"), Level::Warning, "diagnoseExpired"),
        (signed_out(), Level::Warning, "diagnoseSignedOut"),
    ] {
        check(&opened(memory, facts(), good(), None), "diagnoseSignIn", level, finding);
    }
    let mut failed = World::worker(signed_out());
    failed.tell("ask-sign-in > discovery unreachable");
    check(&opened(failed.state.memory, facts(), good(), None), "diagnoseSignIn", Level::Bad, "diagnoseSignInFailed");
    check(&World::diagnostics(signed_in("anna")), "diagnosePortal", Level::Unknown, "optionsChecking");
}

#[test]
fn a_clock_that_is_wrong_is_noticed_in_both_directions() {
    for (seconds, level, finding) in [
        (0, Level::Good, "diagnoseClockGood"),
        (60, Level::Good, "diagnoseClockGood"),
        (61, Level::Warning, "diagnoseClockOff"),
        (300, Level::Warning, "diagnoseClockOff"),
        (301, Level::Bad, "diagnoseClockOff"),
        (86_400, Level::Bad, "diagnoseClockOff"),
    ] {
        for date in [NOON + seconds * 1000, NOON - seconds * 1000] {
            check(&opened(signed_out(), facts(), good(), Some(date)), "diagnoseClock", level, finding);
        }
    }
    for date in [None, Some(u64::MAX)] {
        check(&opened(signed_out(), facts(), good(), date), "diagnoseClock", Level::Unknown, "diagnoseClockUnknown");
    }
}

#[test]
fn what_the_company_decided_is_named_and_what_has_no_effect_as_well() {
    let with = |policy: Policy| opened(Memory { policy, ..signed_in("anna") }, facts(), good(), None);
    check(&with(Policy::default()), "decidedTitle", Level::Good, "diagnosePolicyNone");
    let portals = vec![PortalUrl::new(PORTAL).unwrap(), PortalUrl::new("https://other.test").unwrap()];
    let world = with(Policy { portals, fixed: Fixed { recents: Some(5), ..Fixed::default() }, ..Policy::default() });
    check(&world, "decidedTitle", Level::Good, "diagnosePolicyGood");
    assert_eq!(found(&world).iter().find(|check| check.title.key == "decidedTitle").unwrap().finding.values, ["portals, recentCount"]);
    check(
        &with(Policy { ignored: vec!["tenant"], fixed: Fixed { recents: Some(5), ..Fixed::default() }, ..Policy::default() }),
        "decidedTitle",
        Level::Warning,
        "policyIgnored",
    );
    let ignored = with(Policy { ignored: vec!["tenant", "recentCount"], ..Policy::default() });
    let named = found(&ignored).into_iter().filter(|check| check.title.key == "decidedTitle").map(|check| check.finding.values.concat());
    assert_eq!(named.collect::<Vec<String>>(), ["tenant", "recentCount"]);
}

#[test]
fn a_portal_of_microsofts_is_asked_at_microsoft_once_it_knows_us() {
    let at_microsoft = |policy: Policy, exchange| opened(Memory { policy, ..Memory::default() }, facts(), exchange, None);
    let registered = || Policy { registration: microsoft::registration(), ..Policy::default() };
    let login = "https://login.microsoftonline.com/";
    check(&at_microsoft(Policy::default(), microsoft::configuration(login)), "diagnosePortal", Level::Bad, "portalNeedsEntra");
    check(&at_microsoft(registered(), microsoft::configuration(login)), "diagnosePortal", Level::Good, "diagnosePortalGood");
    check(&at_microsoft(registered(), Err(NetworkError::Unreachable)), "diagnosePortal", Level::Bad, "portalUnreachable");
}

#[test]
fn what_can_be_done_is_done() {
    let mut world = opened(signed_in("anna"), facts(), good(), None);
    let done = |world: &mut World, act| world.send(Event::Diagnosed(act)).iter().map(words).collect::<Vec<String>>().join(", ");
    assert_eq!(done(&mut world, Act::TurnOn), "request 4");
    assert_eq!(done(&mut world, Act::OpenPortal), format!("open {PORTAL}"));
    assert_eq!(done(&mut world, Act::ClearSiteData), format!("clear {PORTAL}"));
    world.send(Event::SiteDataCleared(false));
    check(&world, "diagnoseCookiesTitle", Level::Warning, "diagnoseCookiesKept");
    world.send(Event::SiteDataCleared(true));
    check(&world, "diagnoseCookiesTitle", Level::Good, "diagnoseCookiesCleared");
    assert_eq!(done(&mut world, Act::Again), "ask whether portal");
    check(&world, "diagnosePortal", Level::Unknown, "optionsChecking");
    check(&world, "diagnoseBrowser", Level::Good, "diagnoseBrowserGood");
}

#[test]
fn fills_are_told_in_the_words_that_were_said() {
    let page = "popup https://crm.test/login > see d1 https://crm.test/login";
    for (story, expected) in [
        (format!("{page} login > credential ok > written submitted"), "submitted"),
        (format!("{page} login > credential ok > written filled"), "filledOnly"),
        (format!("{page} login > credential no-credential"), "noPasswordStored"),
        (format!("{page} login > credential 503"), "portalFailed"),
        (format!("{page} login > credential 403"), "appNotAssignedAnyMore"),
        (format!("{page} login > credential ok > written moved"), "pageMoved"),
        (format!("{page} login > credential ok > written too-long"), "valueDoesNotFit"),
        (format!("{page} several"), "formsSeveral"),
        (format!("{page} foreign"), "formForeign"),
        (format!("{page} sandboxed"), "pageSandboxed"),
        ("popup https://crm.test/login > no-access".to_owned(), "pageOffLimits"),
    ] {
        let mut world = World::popup(signed_in("anna"));
        world.tell(&story);
        let memory = through_storage(&world.state.memory);
        let lines = lines(&memory);
        assert_eq!(
            lines.iter().map(|line| (line.text.key, line.app.as_str(), line.at)).collect::<Vec<_>>(),
            [(expected, "crm of anna", NOON)],
            "{story}"
        );
        let log = memory.fill_log.write();
        assert!(!log.contains("test") && !log.contains("password-") && !log.contains("user-"), "{log}");
    }
}

#[test]
fn nothing_on_the_page_names_anybody() {
    let mut memory = signed_in("anna");
    memory.fill_log.add(NOON, "formForeign", "crm");
    let reading = Reading { names: json::read(r#"["crm Doctor Huber"]"#).unwrap(), ..Reading::default() };
    memory.catalogue = Rc::new(Catalogue::read_as(&apps_document("anna"), &reading).unwrap());
    assert_eq!(memory.catalogue.name_of("crm"), "Doctor Huber");
    let world = opened(memory, facts(), good(), Some(NOON));
    let shown = format!("{:?}", found(&world));
    assert!(!shown.contains("anna") && !shown.contains("contoso.example") && !shown.contains("crm.test"), "{shown}");
    let lines = format!("{:?}", lines(&world.state.memory));
    assert!(!lines.contains("@contoso") && !lines.contains("https://") && !lines.contains("Huber"), "{lines}");
}

#[test]
fn the_log_ends_with_the_account() {
    let mut world = World::popup(signed_in("anna"));
    world.tell("popup https://crm.test/login > see d1 https://crm.test/login login > credential ok > written submitted > press SignOut");
    assert!(!traces(&world.state.memory).contains("submitted"));
}

proptest! {
    #[test]
    fn ten_at_most_and_whatever_is_stored_is_survived(added in prop::collection::vec((0_u64..100, "[a-z]{1,4}"), 0..30), stored in "\\PC{0,30}") {
        let mut log = FillLog::default();
        for (at, app) in added {
            log.add(at, "submitted", &app);
        }
        prop_assert!(log.entries().count() <= 10);
        prop_assert_eq!(json::read::<FillLog>(&log.write()), Some(log));
        let strange = json::read::<FillLog>(&json::texts(&[stored]));
        prop_assert!(strange.is_some_and(|log| log.entries().count() <= 1));
    }
}
