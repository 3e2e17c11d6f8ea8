//! What a person sets: kept, within limits, and followed.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that can not go on fails")]

mod common;

use common::{PORTAL, World, check, expired, signed_in, signed_out, through_storage, traces};
use my_apps_sign_in::catalogue::Catalogue;
use my_apps_sign_in::event::Event;
use my_apps_sign_in::host_access::HostAccess;
use my_apps_sign_in::json;
use my_apps_sign_in::links::{self, Map, Network, Off};
use my_apps_sign_in::memory::{Memory, PendingNotice};
use my_apps_sign_in::options::{self, Act, Clearing, Decision, View};
use my_apps_sign_in::portal_url::PortalUrl;
use my_apps_sign_in::settings::Settings;
use my_apps_sign_in::state::Screen;

fn view(world: &World) -> View {
    let Screen::Options(options) = &world.state.screen else { panic!("the options page") };
    options::view(&world.state, options, world.now)
}

/// Decides one after the other on the options page; the settings after they were stored and read.
#[track_caller]
fn decided(memory: Memory, decisions: &[Decision]) -> Settings {
    let mut world = World::options(memory);
    for decision in decisions {
        world.send(Event::Chosen(decision.clone()));
    }
    through_storage(&world.state.memory).settings
}

#[test]
fn what_is_set_is_kept() {
    for memory in [signed_out(), signed_in("anna"), expired("anna")] {
        let settings = decided(memory, &[Decision::Recents(7), Decision::Submits(false)]);
        assert_eq!((settings.recents, settings.submits), (7, false));
    }
    assert_eq!(decided(signed_out(), &[Decision::Recents(0)]).recents, 0);
    assert_eq!(decided(signed_out(), &[Decision::Recents(40)]).recents, 9, "as many as there are digits");
    let fresh = Settings::default();
    assert_eq!((fresh.recents, fresh.submits), (3, true));
}

#[test]
fn settings_of_an_earlier_version_and_strange_ones_are_read() {
    let read = |rest: &str| {
        let text = format!(r#"{{"schema": 1, "portal": "https://portal.test"{rest}}}"#);
        json::read::<Settings>(&text).map(|settings| (settings.recents, settings.submits))
    };
    assert_eq!(read(""), Some((3, true)));
    assert_eq!(read(r#", "recents": 0, "submits": false"#), Some((0, false)));
    assert_eq!(read(r#", "recents": 4000000000"#), Some((9, true)));
    assert_eq!(read(r#", "recents": -1"#), None);
    assert_eq!(read(r#", "submits": "yes""#), None);
}

#[test]
fn a_sign_out_leaves_the_settings_alone() {
    let mut world = World::popup(signed_in("anna"));
    world.state.memory.settings.recents = 5;
    world.state.memory.settings.submits = false;
    world.tell("popup https://evil.test/ > press SignOut");
    assert_eq!((world.state.memory.settings.recents, world.state.memory.settings.submits), (5, false));
}

#[test]
fn who_wants_to_press_the_button_presses_it() {
    let mut memory = signed_in("anna");
    memory.settings.submits = false;
    let page = "popup https://crm.test/login > see d1 https://crm.test/login";
    let mut world = World::popup(memory.clone());
    let effects = world.tell(&format!("{page} login > credential ok > written filled"));
    assert!(effects.contains("write 1 d1 username+password") && effects.contains("filled"), "{effects}");
    assert_eq!(world.said(), "filledOnly");
    for form in ["login", "user"] {
        let mut world = World::popup(memory.clone());
        world.tell(&format!("{page} {form}"));
        let commands = format!("{:?}", world.send(answered(&world)));
        assert!(commands.contains("submit: None"), "{form}: {commands}");
    }
    // After the name the person pressed Next; the password is filled in the same document by the next click.
    let mut world = World::popup(memory);
    world.tell(&format!("{page} user > credential ok > written filled"));
    let again = world.tell("popup https://crm.test/login > see d1 https://crm.test/login password");
    assert!(again.contains("ask credential crm"), "{again}");
}

/// The portal's answer to what was asked for the credential.
fn answered(world: &World) -> Event {
    let (_, purpose, epoch) = world.open.iter().find(|(words, ..)| words.contains("credential")).unwrap().clone();
    Event::Answered { purpose, epoch, exchange: common::answer(200, &common::credential_document("anna", "crm")) }
}

#[test]
fn sites_are_switched_one_by_one_and_all_at_once() {
    let mut world = World::options(signed_in("anna"));
    world.state.granted = HostAccess::new(vec!["https://crm.test/*".into()]);
    let sites: Vec<(String, String, bool)> =
        view(&world).sites.value.unwrap().into_iter().map(|site| (site.name, site.apps.join("+"), site.is_on)).collect();
    let expected = [
        ("bank.test", "bank of anna", false),
        ("crm.test", "crm of anna", true),
        ("mail.test", "mail of anna+team of anna", false),
        ("wiki.test", "wiki of anna", false),
    ];
    assert_eq!(sites, expected.map(|(name, apps, on)| (name.to_owned(), apps.to_owned(), on)));
    let switched = |world: &mut World, pattern: &str, on| {
        let effects = world.send(Event::Chosen(Decision::Site { pattern: pattern.to_owned(), on }));
        effects.iter().map(|effect| format!("{effect:?}")).collect::<Vec<String>>().join(", ")
    };
    assert_eq!(switched(&mut world, "https://mail.test/*", true), r#"RequestHostAccess { patterns: ["https://mail.test/*"] }"#);
    assert_eq!(switched(&mut world, "https://crm.test/*", false), r#"GiveUpHostAccess { patterns: ["https://crm.test/*"] }"#);
    world.state.granted = HostAccess::new(vec!["https://crm.test/*".into(), "https://gone.test/*".into()]);
    let off = format!("{:?}", world.send(Event::Chosen(Decision::Act(Act::TurnAllOff))));
    assert_eq!(off, r#"[GiveUpHostAccess { patterns: ["https://crm.test/*", "https://gone.test/*"] }]"#);
    check(World::options(signed_in("anna")), "press TurnOnAutomatic", "request 4");
}

#[test]
fn turning_all_sites_off_leaves_access_for_internal_addresses_alone() {
    let entries = ["http://files/", "http://*.intra.test:8080/a/", "https://wiki.test/"];
    let links = entries.map(|internal| serde_json::json!({"internal": internal, "external": "https://outside.test/"}));
    let map = Map::read(None, Some(&serde_json::json!({ "links": links }).to_string()));
    let granted =
        HostAccess::new(["http://*.intra.test/*", "http://files/*", "https://gone.test/*", "https://wiki.test/*"].map(String::from).into());
    let links = links::report(&map, &Off::default(), &Network::default(), &granted, &[]);
    for (links, given_up) in [
        // What is a site of an app as well is given up with them.
        (links.as_str(), r#"["https://gone.test/*", "https://wiki.test/*"]"#),
        ("", r#"["http://*.intra.test/*", "http://files/*", "https://gone.test/*", "https://wiki.test/*"]"#),
        ("{", r#"["http://*.intra.test/*", "http://files/*", "https://gone.test/*", "https://wiki.test/*"]"#),
    ] {
        let mut world = World::options(signed_in("anna"));
        world.state.granted = granted.clone();
        world.send(Event::OptionsOpened { shortcut: String::new(), links: links.into() });
        let off = format!("{:?}", world.send(Event::Chosen(Decision::Act(Act::TurnAllOff))));
        assert_eq!(off, format!("[GiveUpHostAccess {{ patterns: {given_up} }}]"), "{links}");
    }
}

#[test]
fn what_the_browser_did_not_store_or_read_is_said_and_not_that_it_was_saved() {
    let said = |story: &str| {
        let mut world = World::options(signed_out());
        world.tell(story);
        view(&world).result.map(|(good, text)| (good, text.key))
    };
    assert_eq!(said("options"), None);
    assert_eq!(said("options > not-read"), Some((false, "notStored")));
    assert_eq!(said("type-portal https://other.test > portal ok"), Some((true, "portalSaved")));
    assert_eq!(said("type-portal https://other.test > portal ok > not-stored"), Some((false, "notStored")));
    // Until something else is decided, or a popup has said it.
    let mut world = World::options(signed_out());
    world.tell("type-portal https://other.test > portal ok > not-stored");
    world.send(Event::Chosen(Decision::Submits(false)));
    assert_eq!(view(&world).result, None);
}

#[test]
fn an_app_without_an_address_to_fill_at_is_not_waited_for() {
    let mut memory = signed_in("anna");
    let list = r#"{"apps": [{"id": "a", "name": "A", "mode": "password", "launch_url": "https://a.test/", "sign_on_rules": [{"url": "https://a.test/"}]},
        {"id": "b", "name": "B", "mode": "password", "launch_url": "https://b.test/", "sign_on_rules": [{"url": "http://b.test/"}]}]}"#;
    memory.catalogue = std::rc::Rc::new(Catalogue::read(list).unwrap());
    let mut world = World::options(memory);
    assert_eq!(view(&world).automatic, Some((0, 1)));
    world.state.granted = HostAccess::new(vec!["https://a.test/*".into()]);
    assert_eq!(view(&world).automatic, Some((1, 1)));
}

#[test]
fn who_turned_all_off_is_not_asked_in_the_menu() {
    let mut world = World::options(signed_in("anna"));
    world.send(Event::Chosen(Decision::Act(Act::TurnAllOff)));
    let mut popup = World::popup(through_storage(&world.state.memory));
    popup.state.memory.catalogue = world.state.memory.catalogue.clone();
    popup.tell("popup https://evil.test/");
    let Screen::Popup(shown) = &popup.state.screen else { panic!("a popup") };
    let my_apps_sign_in::popup::Body::Menu(menu) = my_apps_sign_in::popup::view(&popup.state, shown, popup.now).body else {
        panic!("the menu")
    };
    assert_eq!(menu.offer, None);
}

#[test]
fn a_permission_for_every_site_is_not_taken_back_for_one() {
    let mut world = World::options(signed_in("anna"));
    world.state.granted = HostAccess::new(vec!["https://*/*".into()]);
    assert!(view(&world).sites.value.unwrap().iter().all(|site| site.is_on && site.is_everywhere));
    world.state.granted = HostAccess::new(vec!["https://crm.test/*".into()]);
    assert!(view(&world).sites.value.unwrap().iter().all(|site| !site.is_everywhere));
    assert_eq!(view(&World::options(signed_out())).sites.value, None);
}

#[test]
fn the_portal_is_fixed_while_somebody_is_signed_in() {
    let fixed = |memory: Memory| view(&World::options(memory)).portal.fixed.map(|text| text.key);
    assert_eq!(fixed(signed_out()), None);
    assert_eq!(fixed(signed_in("anna")), Some("portalLocked"));
    assert_eq!(fixed(expired("anna")), Some("portalLocked"));
}

#[test]
fn clearing_takes_a_question_and_leaves_nothing() {
    let mut memory = signed_in("anna");
    memory.used("crm", common::NOON);
    memory.settings.recents = 9;
    let mut world = World::options(memory);
    let act = |world: &mut World, act| {
        format!("{:?}", world.send(Event::Chosen(Decision::Act(act))).iter().map(common::words).collect::<Vec<String>>())
    };
    assert_eq!(act(&mut world, Act::Clear), "[]");
    assert_eq!(view(&world).clearing, Clearing::Asked);
    assert_eq!(act(&mut world, Act::KeepAll), "[]");
    assert_eq!((view(&world).clearing, world.state.memory.settings.recents), (Clearing::No, 9));
    act(&mut world, Act::Clear);
    let done = act(&mut world, Act::ConfirmClear);
    assert!(done.contains("end session") && done.contains("clear storage"), "{done}");
    assert_eq!(view(&world).clearing, Clearing::Done);
    // Whoever sits down here next would be signed in without being asked, if the portal has not heard of it.
    let here_only = PendingNotice::SignedOutHereOnly { portal: PortalUrl::new(PORTAL).unwrap() };
    assert_eq!(world.state.memory.notice.as_ref(), Some(&here_only), "whoever waits for the answer may be gone before");
    let (_, purpose, epoch) = world.open[0].clone();
    world.tell("end 500");
    assert_eq!(world.state.memory.notice, Some(here_only));
    world.send(Event::Answered { purpose, epoch, exchange: common::answer(204, "") });
    assert_eq!(traces(&world.state.memory), "1", "the epoch alone, so that late answers are dropped");
    let mut ended = World::options(expired("anna"));
    act(&mut ended, Act::Clear);
    act(&mut ended, Act::ConfirmClear);
    assert!(ended.state.memory.notice.is_some(), "without a token it can't be told");
}

#[test]
fn the_shortcut_is_told() {
    let mut world = World::options(signed_out());
    assert_eq!(view(&world).shortcut.key, "shortcutNone");
    world.send(Event::OptionsOpened { shortcut: "Alt+Shift+M".into(), links: String::new() });
    assert_eq!((view(&world).shortcut.key, view(&world).shortcut.values), ("shortcutIs", vec!["Alt+Shift+M".to_owned()]));
}
