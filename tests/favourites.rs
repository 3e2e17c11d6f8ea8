//! Favourites: kept at the top by the person, of one account; and what the keys held while an app is chosen mean.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that can not go on fails")]

mod common;

use std::rc::Rc;

use common::{World, signed_in, through_storage};
use my_apps_sign_in::catalogue::Catalogue;
use my_apps_sign_in::favourites::Favourites;
use my_apps_sign_in::json;
use my_apps_sign_in::memory::Memory;
use my_apps_sign_in::opening::Opening;
use my_apps_sign_in::popup::{self, Body, Menu};
use my_apps_sign_in::state::Screen;
use proptest::prelude::*;

fn menu(world: &World) -> Menu {
    let Screen::Popup(popup) = &world.state.screen else { panic!("a popup") };
    let Body::Menu(menu) = popup::view(&world.state, popup, world.now).body else { panic!("the menu") };
    menu
}

/// The menu after a story, section by section.
#[track_caller]
fn check(memory: Memory, story: &str, expected: &str) -> World {
    let mut world = World::popup(memory);
    world.tell("popup https://evil.test/");
    world.tell(story);
    let ids = |rows: &[popup::Row]| rows.iter().map(|row| row.id.clone()).collect::<Vec<String>>().join(" ");
    let sections: Vec<String> =
        menu(&world).sections.iter().map(|section| format!("{}: {}", section.title.key, ids(&section.rows))).collect();
    assert_eq!(sections.join(", "), expected, "{story}");
    world
}

const ALL: &str = "allApps: crm wiki mail team bank hr";

#[test]
fn favourites_stand_above_recents_and_once_in_the_first_rows() {
    check(signed_in("anna"), "favourite wiki", &format!("favourites: wiki, {ALL}"));
    check(signed_in("anna"), "favourite wiki > favourite crm", &format!("favourites: wiki crm, {ALL}"));
    check(signed_in("anna"), "favourite wiki > favourite wiki", ALL);
    check(signed_in("anna"), "select-behind crm > favourite wiki", &format!("favourites: wiki, recentlyUsed: crm, {ALL}"));
    check(signed_in("anna"), "select-behind crm > select-behind hr > favourite crm", &format!("favourites: crm, recentlyUsed: hr, {ALL}"));
    check(signed_in("anna"), "favourite nobody", ALL);
    check(signed_in("anna"), "favourite wiki > type wi", "searchResults: wiki");
}

#[test]
fn as_many_recents_are_shown_as_are_wished() {
    let used = "select-behind crm > select-behind wiki > select-behind mail > select-behind team";
    for (recents, expected) in
        [(0, ALL.to_owned()), (1, format!("recentlyUsed: team, {ALL}")), (3, format!("recentlyUsed: team mail wiki, {ALL}"))]
    {
        let mut memory = signed_in("anna");
        memory.settings.recents = recents;
        let world = check(memory, used, &expected);
        assert_eq!(world.state.memory.recent.ids().is_empty(), recents == 0, "who wants none has none kept");
    }
}

#[test]
fn they_survive_the_browser_and_end_with_the_account() {
    let mut world = World::popup(signed_in("anna"));
    world.tell("popup https://evil.test/ > favourite wiki > favourite hr");
    let kept = through_storage(&world.state.memory);
    check(kept, "down", &format!("favourites: wiki hr, {ALL}"));
    world.tell("press SignOut");
    assert_eq!(world.state.memory.favourites, Favourites::default());
    assert!(!common::traces(&world.state.memory).contains("wiki"));
}

#[test]
fn an_app_taken_away_disappears() {
    let mut memory = signed_in("anna");
    memory.favourites.toggle("gone");
    memory.favourites.toggle("crm");
    check(memory.clone(), "down", &format!("favourites: crm, {ALL}"));
    memory.catalogue = Rc::new(Catalogue::read(r#"{"apps": []}"#).unwrap());
    check(memory, "down", "");
}

#[test]
fn the_arrow_keys_stay_on_the_app_when_rows_come_above_it() {
    let mut world = World::popup(signed_in("anna"));
    world.tell("popup https://evil.test/ > down > down > favourite mail");
    assert_eq!(menu(&world).selected, Some(3), "mail, one row lower");
    world.tell("favourite mail");
    assert_eq!(menu(&world).selected, Some(2));
    assert_eq!(menu(&world).said.unwrap().key, "favouriteRemoved");
}

#[test]
fn what_there_is_no_room_for_is_not_said_to_be_taken_away() {
    let mut world = World::popup(signed_in("anna"));
    (0..100).for_each(|number| world.state.memory.favourites.toggle(&format!("gone-{number}")));
    world.tell("popup https://evil.test/ > favourite crm");
    assert_eq!(menu(&world).said, None);
    assert!(!world.state.memory.favourites.contains("crm"));
}

#[test]
fn keys_open_an_app_as_they_open_a_link() {
    assert_eq!(Opening::of(false, false), Opening::Tab);
    assert_eq!(Opening::of(true, false), Opening::Background);
    assert_eq!(Opening::of(true, true), Opening::Background);
    assert_eq!(Opening::of(false, true), Opening::Window);
    let page = "popup https://evil.test/";
    let mut world = World::popup(signed_in("anna"));
    let effects = world.tell(&format!("{page} > select crm > select-behind wiki > select-window hr"));
    assert!(effects.ends_with("launch crm > launch wiki Background > launch hr Window"), "{effects}");
    assert_eq!(menu(&world).said.unwrap().values, ["hr of anna"]);
}

#[test]
fn a_promise_is_made_to_apps_with_a_password_alone() {
    let mut world = World::worker(signed_in("anna"));
    world.tell("launched@4 crm > launched@5 hr > launched@6 nobody");
    let launches = &world.state.memory.launches;
    assert_eq!([4, 5, 6].map(|tab| launches.app_in(tab, world.now)), [Some("crm"), None, None]);
}

proptest! {
    #[test]
    fn no_repeats_and_read_as_written(ids in prop::collection::vec("[a-z]{1,2}", 0..250)) {
        let mut favourites = Favourites::default();
        ids.iter().for_each(|id| favourites.toggle(id));
        let mut distinct = favourites.ids().to_vec();
        distinct.sort();
        distinct.dedup();
        prop_assert_eq!(distinct.len(), favourites.ids().len());
        prop_assert!(favourites.ids().len() <= 100);
        prop_assert_eq!(json::read::<Favourites>(&favourites.write()), Some(favourites));
        let stored = json::texts(&ids);
        prop_assert!(json::read::<Favourites>(&stored).is_some_and(|read| read.ids().len() <= 100));
    }
}
