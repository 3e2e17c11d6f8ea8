//! What the popup shows in each state, and where the arrow keys end.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that can not go on fails")]

mod common;

use std::rc::Rc;

use common::{World, expired, signed_in, signed_out, through_storage};
use my_apps_sign_in::catalogue::Catalogue;
use my_apps_sign_in::event::{Event, Move};
use my_apps_sign_in::memory::Memory;
use my_apps_sign_in::popup::{self, Body, Button, Popup, ROWS, View, row_count};
use my_apps_sign_in::state::Screen;
use proptest::prelude::*;

fn popup_of(world: &World) -> &Popup {
    let Screen::Popup(popup) = &world.state.screen else { panic!("a popup") };
    popup
}

fn view(world: &World) -> View {
    popup::view(&world.state, popup_of(world), world.now)
}

/// The screen in a line: what is on it, in words.
fn shown(world: &World) -> String {
    let view = view(world);
    let person = view.person.map(|person| format!("{}: ", person.username)).unwrap_or_default();
    let body = match view.body {
        Body::Welcome { title, detail, primary, others, .. } => {
            format!("welcome {} {} {primary:?} {others:?}", title.key, detail.map_or("-", |detail| detail.key))
        }
        Body::Busy { text, cancel } => format!("busy {} {cancel:?}", text.key),
        Body::Done(text) => format!("done {}", text.key),
        Body::Choice { title, rows, selected } => format!("choice {} {} of {}", title.key, selected, rows.len()),
        Body::Nothing => "nothing".to_owned(),
        Body::Menu(menu) => {
            let sections: Vec<String> =
                menu.sections.iter().map(|section| format!("{} {}", section.title.key, section.rows.len())).collect();
            let offer = menu.offer.map(|apps| format!(" offer {apps}")).unwrap_or_default();
            let empty = menu.empty.map(|text| format!(" {}", text.key)).unwrap_or_default();
            format!("menu{offer}{empty} {}", sections.join(", "))
        }
    };
    format!("{person}{}", body.trim_end())
}

/// Tells the story; what is shown then?
#[track_caller]
fn check(memory: Memory, story: &str, expected: &str) {
    let mut world = World::popup(memory);
    world.tell(story);
    assert_eq!(shown(&world), expected, "{story}");
}

/// Somebody with so many apps.
fn with_apps(number: usize) -> Memory {
    let app =
        |number: usize| format!(r#"{{"id": "app-{number}", "name": "App {number}", "mode": "linked", "launch_url": "https://a.test/"}}"#);
    let apps: Vec<String> = (0..number).map(app).collect();
    Memory { catalogue: Rc::new(Catalogue::read(&format!(r#"{{"apps": [{}]}}"#, apps.join(","))).unwrap()), ..signed_in("anna") }
}

const PAGE: &str = "popup https://evil.test/";
const ANNA: &str = "anna@contoso.example: ";

#[test]
fn a_private_window_shows_nothing_of_anybody() {
    for memory in [signed_in("anna"), expired("anna"), signed_out()] {
        check(memory, "popup-private https://crm.test/login", "nothing");
    }
    let mut world = World::popup(signed_in("anna"));
    world.tell("popup-private https://crm.test/login");
    assert!(view(&world).heading.is_none() && view(&world).person.is_none());
}

#[test]
fn somebody_signed_out_is_welcomed() {
    check(Memory::default(), PAGE, "welcome choosePortal portalNeedsEntra ChangePortal []");
    check(signed_out(), PAGE, "welcome signInToGetStarted - SignIn [ChangePortal]");
    check(
        signed_out(),
        "popup https://crm.test/login > see d1 https://crm.test/login login",
        "welcome signInToGetStarted - SignIn [ChangePortal]",
    );
}

#[test]
fn a_sign_in_under_way_can_be_stopped() {
    check(signed_out(), "ask-sign-in > popup https://evil.test/", "busy signInUnderWay Some(CancelSignIn)");
    check(
        signed_out(),
        "ask-sign-in > popup https://evil.test/ > press CancelSignIn",
        "welcome signInToGetStarted - SignIn [ChangePortal]",
    );
    check(expired("anna"), PAGE, &format!("{ANNA}busy signInRenewing None"));
    let again = format!("{ANNA}welcome signInAgain sessionExpired SignIn [SignOut]");
    check(expired("anna"), &format!("{PAGE} > discovery unreachable"), &again);
    check(expired("anna"), &format!("{PAGE} > discovery ok > proof > redirect login-required"), &again);
}

#[test]
fn why_the_last_sign_in_failed_is_said() {
    let said = |story: &str| {
        let mut world = World::popup(signed_out());
        world.tell(story);
        world.said()
    };
    assert_eq!(said("ask-sign-in > discovery unreachable"), "portalUnreachable [OpenAddress(https://portal.test)]");
    assert_eq!(said("ask-sign-in > discovery garbage"), "portalIsNone [OpenAddress(https://portal.test)]");
    assert_eq!(said("ask-sign-in > discovery ok > proof > redirect cancelled"), "signInCancelled");
    assert_eq!(said("ask-sign-in > discovery ok > proof > redirect forged-state"), "signInForged");
    assert_eq!(said("ask-sign-in > discovery ok > proof > redirect unknown-client"), "signInRefused");
    assert_eq!(said("ask-sign-in > discovery unreachable > ask-sign-in"), "", "a new attempt makes the old news old");
}

#[test]
fn somebody_signed_in_finds_the_menu() {
    check(signed_in("anna"), PAGE, &format!("{ANNA}menu offer 5 allApps 6"));
    check(signed_in("anna"), &format!("{PAGE} > select wiki > select hr"), &format!("{ANNA}menu offer 5 recentlyUsed 2, allApps 6"));
    check(signed_in("anna"), &format!("{PAGE} > select wiki > type wi"), &format!("{ANNA}menu searchResults 1"));
    check(signed_in("anna"), &format!("{PAGE} > type nothing like it"), &format!("{ANNA}menu nothingFound"));
    check(signed_in("anna"), &format!("{PAGE} > press DeclineAutomatic"), &format!("{ANNA}menu allApps 6"));
    check(signed_in("anna"), &format!("{PAGE} > access https://*/*"), &format!("{ANNA}menu allApps 6"));
    check(signed_in("anna"), &format!("{PAGE} > access https://crm.test/*"), &format!("{ANNA}menu offer 4 allApps 6"));
    check(signed_in("anna"), "popup https://crm.test:8443/login", &format!("{ANNA}menu allApps 6"));
    check(with_apps(0), PAGE, &format!("{ANNA}menu noApps"));
    check(with_apps(0), &format!("{PAGE} > type x"), &format!("{ANNA}menu noApps"));
    let waiting = Memory { catalogue: Rc::default(), catalogue_tag: Default::default(), ..signed_in("anna") };
    check(waiting, PAGE, &format!("{ANNA}menu appsLoading"));
}

#[test]
fn a_new_host_brings_the_offer_back() {
    let mut memory = signed_in("anna");
    memory.settings.declined_hosts = vec!["https://crm.test/*".into()];
    check(memory, PAGE, &format!("{ANNA}menu offer 5 allApps 6"));
}

#[test]
fn a_fill_is_shown_until_it_is_over() {
    let page = "popup https://crm.test/login";
    let busy = format!("{ANNA}busy signingInTo Some(Back)");
    let menu = format!("{ANNA}menu offer 5 allApps 6");
    check(signed_in("anna"), page, &busy);
    check(signed_in("anna"), &format!("{page} > see d1 https://crm.test/login login > credential ok"), &busy);
    check(signed_in("anna"), &format!("{page} > see d1 https://crm.test/login nothing"), &menu.replace(" offer 5", ""));
    check(
        signed_in("anna"),
        &format!("{page} > see d1 https://crm.test/login login > credential ok > written submitted"),
        &format!("{ANNA}done submitted"),
    );
    check(signed_in("anna"), &format!("{page} > press Back"), &menu);
    check(signed_in("anna"), "popup https://mail.test/sign-in", &format!("{ANNA}choice whichApp 0 of 2"));
    check(signed_in("anna"), "popup https://mail.test/sign-in > down > down > down", &format!("{ANNA}choice whichApp 1 of 2"));
    check(signed_in("anna"), "popup https://mail.test/sign-in > press Back", &menu);
}

#[test]
fn rows_say_what_is_missing() {
    let mut world = World::popup(signed_in("anna"));
    world.tell(PAGE);
    let Body::Menu(menu) = view(&world).body else { panic!("the menu") };
    let remarks: Vec<(&str, bool)> = menu.sections.last().unwrap().rows.iter().map(|row| (row.id.as_str(), row.remark.is_some())).collect();
    assert_eq!(remarks, [("crm", false), ("wiki", false), ("mail", false), ("team", false), ("bank", true), ("hr", false)]);
    assert_eq!((menu.count, menu.more), (6, false));
}

#[test]
fn long_lists_are_painted_bit_by_bit() {
    let mut world = World::popup(with_apps(200));
    world.tell(PAGE);
    let rows = |world: &World| match view(world).body {
        Body::Menu(menu) => (menu.sections.iter().map(|section| section.rows.len()).sum::<usize>(), menu.more, menu.count),
        _ => panic!("the menu"),
    };
    assert_eq!(rows(&world), (ROWS, true, 200));
    world.send(Event::ScrolledToEnd);
    assert_eq!(rows(&world), (2 * ROWS, true, 200));
    world.send(Event::Moved(Move::Last));
    assert_eq!(rows(&world), (200, false, 200));
    assert_eq!(popup_of(&world).selected, 199);
    world.tell("type app 199");
    assert_eq!((rows(&world), popup_of(&world).selected), ((1, false, 1), 0));
    world.tell("type");
    assert_eq!(rows(&world), (ROWS, true, 200));
}

#[test]
fn of_what_fits_equally_well_the_most_used_comes_first() {
    let first = |memory: Memory| {
        let mut world = World::popup(memory);
        world.tell(&format!("{PAGE} > type app"));
        match view(&world).body {
            Body::Menu(menu) => menu.sections[0].rows[0].name.clone(),
            _ => panic!("the menu"),
        }
    };
    let mut memory = with_apps(20);
    assert_eq!(first(memory.clone()), first(memory.clone()));
    for app in memory.catalogue.apps.clone().iter().rev().take(3) {
        memory.used(&app.id, common::NOON);
        assert_eq!(first(through_storage(&memory)), app.name);
        memory.frecency = Default::default();
    }
}

#[test]
fn signing_out_empties_the_screen() {
    let mut world = World::popup(signed_in("anna"));
    world.tell("popup https://mail.test/sign-in > type secret plans > press SignOut");
    assert_eq!(shown(&world), "welcome signInToGetStarted - SignIn [ChangePortal]");
    assert_eq!((popup_of(&world).finding.typed.as_str(), view(&world).heading), ("", None));
}

#[test]
fn every_button_survives_being_painted() {
    for button in
        [Button::SignIn, Button::Back, Button::FillAgain("a\"b".into()), Button::OpenAddress("https://portal.test/?a=\"<>".into())]
    {
        assert_eq!(Button::read(&button.write()), Some(button));
    }
    for forged in ["", "null", "\"Nonsense\"", "{\"FillAgain\": \"a\", \"Back\": null}", "[\"Back\"]"] {
        assert_eq!(Button::read(forged), None, "{forged}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever is pressed and typed, the selected row exists and is painted.
    #[test]
    fn the_selected_row_is_always_there(apps in 0_usize..150, keys in prop::collection::vec((0_u8..6, "[a-z0-9 ]{0,3}"), 0..30)) {
        let mut world = World::popup(with_apps(apps));
        world.tell(PAGE);
        for (key, text) in keys {
            world.send(match key {
                0 => Event::Moved(Move::Down),
                1 => Event::Moved(Move::Up),
                2 => Event::Moved(Move::First),
                3 => Event::Moved(Move::Last),
                4 => Event::ScrolledToEnd,
                _ => Event::Typed(text),
            });
            let Body::Menu(menu) = view(&world).body else { panic!("the menu") };
            let painted: usize = menu.sections.iter().map(|section| section.rows.len()).sum();
            prop_assert_eq!(menu.count, row_count(&world.state));
            prop_assert!(menu.selected.is_some_and(|selected| selected < painted || menu.count == 0), "{:?} of {painted} is selected", menu.selected);
            prop_assert!(painted == menu.count || menu.more);
            prop_assert_eq!(menu.empty.is_some(), menu.count == 0);
        }
    }
}
