//! Which portal is the one in use: chosen in the icon's menu or typed on the options page.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that can not go on fails")]

mod common;

use common::{World, check, expired, signed_in, signed_out, through_storage};
use my_apps_sign_in::effect::Effect;
use my_apps_sign_in::event::Event;
use my_apps_sign_in::memory::Memory;
use my_apps_sign_in::options;
use my_apps_sign_in::portal_url::PortalUrl;
use my_apps_sign_in::state::Screen;

fn portal(world: &World) -> &str {
    world.state.memory.settings.portal.as_str()
}

#[test]
fn a_portal_that_is_none_is_not_chosen() {
    for (answer, error) in
        [("unreachable", "portalUnreachable"), ("garbage", "portalIsNone"), ("404", "portalIsNone"), ("503", "portalFailed")]
    {
        let world = check(
            World::worker(signed_out()),
            &format!("choose https://other.test > portal {answer}"),
            "ask portal https://other.test, menu on, lights 0, arrivals 0, no alarm > open popup",
        );
        assert_eq!(portal(&world), "https://portal.test");
        let mut popup = World::popup(through_storage(&world.state.memory));
        popup.tell("popup https://evil.test/");
        assert_eq!(popup.said(), format!("{error} [OpenAddress(https://other.test)]"));
        popup.tell("press SignIn");
    }
}

#[test]
fn a_portal_is_chosen_and_the_one_before_stays_in_the_list() {
    let world = check(
        World::worker(signed_out()),
        "choose https://other.test > portal ok",
        "ask portal https://other.test, menu on, lights 0, arrivals 0, no alarm > -",
    );
    assert_eq!(portal(&world), "https://other.test");
    assert_eq!(
        world.state.memory.settings.used_portals.iter().map(|portal| portal.as_str()).collect::<Vec<&str>>(),
        ["https://other.test", "https://portal.test"]
    );
    let world = check(World::worker(signed_out()), "choose https://myapps.microsoft.com", "menu on, lights 0, arrivals 0, no alarm");
    assert_eq!(portal(&world), "https://myapps.microsoft.com");
}

#[test]
fn a_page_of_the_portal_is_enough() {
    for answer in ["garbage", "404", "not-for-us"] {
        let mut world = World::options(signed_out());
        world.tell("type-portal https://other.test/apps/crm?x=1");
        assert_eq!(world.tell(&format!("portal {answer}")), "ask portal https://other.test", "{answer}");
        assert_eq!(world.tell("portal ok"), "-");
        assert_eq!(portal(&world), "https://other.test");
    }
    for answer in ["unreachable", "timeout", "503"] {
        let mut world = World::options(signed_out());
        assert_eq!(world.tell(&format!("type-portal https://other.test/apps > portal {answer}")), "ask portal https://other.test/apps > -");
        assert_eq!(portal(&world), "https://portal.test");
    }
    let mut world = World::options(signed_out());
    assert_eq!(world.tell("type-portal https://other.test/apps > portal ok"), "ask portal https://other.test/apps > -");
    assert_eq!(portal(&world), "https://other.test/apps", "a portal may have a path");
    let mut menu = World::worker(signed_out());
    assert!(menu.tell("choose https://other.test/contoso > portal 404").ends_with("open popup"), "no other portal is chosen in its place");
    assert_eq!(portal(&menu), "https://portal.test");
}

#[test]
fn the_last_choice_counts() {
    let mut world = World::worker(signed_out());
    world.tell("choose https://slow.test > choose https://other.test");
    world.tell("portal ok");
    assert_eq!(portal(&world), "https://portal.test", "the first answer came too late to count");
    world.tell("portal ok");
    assert_eq!(portal(&world), "https://other.test");
    // Back to the one in use, which is not asked anything.
    let mut world = World::worker(signed_out());
    world.tell("choose https://slow.test > choose https://portal.test");
    assert_eq!((world.tell("portal ok").as_str(), portal(&world)), ("-", "https://portal.test"));
}

#[test]
fn the_portal_stays_while_somebody_is_known() {
    for (memory, shown) in
        [(signed_in("anna"), "menu off, lights 4, arrivals 0, alarm"), (expired("anna"), "menu off, lights 0, arrivals 0, no alarm")]
    {
        let world = check(World::worker(memory), "choose https://other.test", shown);
        assert_eq!(portal(&world), "https://portal.test");
    }
    // Somebody signed in while the other portal was asked.
    let mut world = World::worker(signed_out());
    world.tell("choose https://other.test");
    let epoch = world.state.memory.epoch;
    world.state.memory = Memory { epoch, ..signed_in("anna") };
    assert_eq!(world.tell("portal ok"), "menu off, lights 4, arrivals 0, alarm");
    assert_eq!(portal(&world), "https://portal.test");
}

#[test]
fn the_options_page_stops_checking_when_another_context_decided() {
    let signs_in = |memory: &mut Memory| *memory = Memory { epoch: memory.epoch, ..signed_in("anna") };
    let chooses = |memory: &mut Memory| memory.change_portal(PortalUrl::new("https://third.test").unwrap());
    for (elsewhere, left) in [(&signs_in as &dyn Fn(&mut Memory), "https://portal.test"), (&chooses, "https://third.test")] {
        let mut world = World::options(signed_out());
        world.tell("type-portal other.test");
        let checking = |world: &World| matches!(&world.state.screen, Screen::Options(options) if options::view(&world.state, options, world.now).checking);
        assert!(checking(&world));
        elsewhere(&mut world.state.memory);
        world.tell("portal ok");
        assert!(!checking(&world), "the page waits for nothing any more");
        assert_eq!(portal(&world), left);
    }
}

#[test]
fn the_options_page_says_how_the_choice_went() {
    let said = |memory: Memory, story: &str| {
        let mut world = World::options(memory);
        world.tell(story);
        let Screen::Options(options) = &world.state.screen else { panic!("the options page") };
        let view = options::view(&world.state, options, world.now);
        (
            view.result.map(|(good, text)| format!("{} {}", if good { "good" } else { "bad" }, text.key)).unwrap_or_default(),
            view.checking,
            view.portal.fixed.is_some(),
        )
    };
    let result = |text: &str, checking, locked| (text.to_owned(), checking, locked);
    assert_eq!(said(signed_out(), "type-portal javascript:alert(1)"), result("bad portalNotUrl", false, false));
    assert_eq!(said(signed_out(), "type-portal"), result("bad portalNotUrl", false, false));
    assert_eq!(said(signed_out(), "type-portal http://other.test"), result("bad portalNotHttps", false, false));
    assert_eq!(said(signed_out(), "type-portal other.test"), result("", true, false));
    assert_eq!(said(signed_out(), "type-portal other.test > portal garbage"), result("bad portalIsNone", false, false));
    assert_eq!(said(signed_out(), "type-portal other.test > portal unreachable"), result("bad portalUnreachable", false, false));
    assert_eq!(said(signed_out(), "type-portal other.test > portal ok"), result("good portalSaved", false, false));
    assert_eq!(said(signed_out(), "type-portal slow.test > type-portal other.test > portal ok"), result("", true, false));
    assert_eq!(said(signed_out(), "type-portal myapps.microsoft.com"), result("good portalNeedsEntra", false, false));
    assert_eq!(said(signed_in("anna"), "type-portal other.test"), result("bad portalLocked", false, true));
    assert_eq!(said(expired("anna"), "type-portal other.test"), result("bad portalLocked", false, true));
}

#[test]
fn the_icons_menu_follows_the_language_that_was_chosen() {
    let effects = World::worker(signed_out()).send(Event::LanguageChanged);
    assert!(matches!(effects.as_slice(), [Effect::ShowOutside { .. }]), "{effects:?}");
}
