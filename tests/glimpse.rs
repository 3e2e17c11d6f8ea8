//! The popup's first frame: the rows that the whole list will show, or nothing.

#![allow(clippy::unwrap_used, clippy::string_slice, reason = "a test fails by panicking")]

mod common;

use std::rc::Rc;

use common::{NOON, World, expired, signed_in, signed_out};
use my_apps_sign_in::catalogue::Catalogue;
use my_apps_sign_in::event::Tab;
use my_apps_sign_in::glimpse;
use my_apps_sign_in::memory::Memory;
use my_apps_sign_in::popup::{Body, Popup, Section, view};
use my_apps_sign_in::state::Screen;
use my_apps_sign_in::storage;
use proptest::prelude::*;

const ELSEWHERE: &str = "https://news.test/";

/// Everything the person was offered is decided, as it is after the first day.
fn settled(mut memory: Memory) -> Memory {
    memory.settings.declined_hosts = memory.catalogue.host_patterns();
    memory
}

/// What another popup finds in the storage after an event here, without the list of apps.
fn stored(memory: Memory) -> Memory {
    let mut world = World::worker(memory);
    world.tell("changed");
    storage::load(&storage::save(&world.state.memory))
}

/// The sections of the popup's first frame over a tab; none if it waits for the whole list.
fn first_frame(memory: Memory, tab: Option<Tab>) -> Option<Vec<Section>> {
    let mut world = World::popup(memory);
    glimpse::show(&mut world.state, tab.as_ref(), NOON).then(|| sections(&world))
}

fn sections(world: &World) -> Vec<Section> {
    let Screen::Popup(popup) = &world.state.screen else { return Vec::new() };
    match view(&world.state, popup, NOON).body {
        Body::Menu(menu) => menu.sections,
        _ => Vec::new(),
    }
}

fn tab(url: &str) -> Option<Tab> {
    Some(Tab { id: 1, url: Some(url.to_owned()), private: false })
}

#[test]
fn it_waits_where_something_else_than_the_menu_may_be_due() {
    let good = || stored(settled(signed_in("anna")));
    assert!(first_frame(good(), tab(ELSEWHERE)).is_some(), "the others are refused for their own reason");
    for url in ["https://crm.test/login", "https://crm.test/other", "https://mail.test/"] {
        assert_eq!(first_frame(good(), tab(url)), None, "{url}");
    }
    assert_eq!(first_frame(good(), None), None);
    assert_eq!(first_frame(good(), Some(Tab { private: true, ..tab(ELSEWHERE).unwrap() })), None);
    assert_eq!(first_frame(stored(settled(expired("anna"))), tab(ELSEWHERE)), None);
    assert_eq!(first_frame(stored(signed_out()), tab(ELSEWHERE)), None);
    assert_eq!(first_frame(stored(signed_in("anna")), tab(ELSEWHERE)), None, "an offer stands above the list");
}

#[test]
fn what_cannot_be_read_is_not_shown() {
    let good = stored(settled(signed_in("anna"))).glimpse.unwrap();
    for damaged in ["", "null", "{}", "[]", "{\"apps\": 1}", &good[..good.len() / 2]] {
        let memory = Memory { glimpse: Some(damaged.to_owned()), ..stored(settled(signed_in("anna"))) };
        assert_eq!(first_frame(memory, tab(ELSEWHERE)), None, "{damaged}");
    }
}

#[test]
fn signing_out_and_another_list_change_it_at_once() {
    let mut world = World::popup(settled(signed_in("anna")));
    world.tell("popup https://news.test/");
    assert!(world.state.memory.glimpse.as_ref().is_some_and(|glimpse| glimpse.contains("crm of anna")));
    world.tell("person ben > apps ok");
    assert!(world.state.memory.glimpse.as_ref().is_none_or(|glimpse| !glimpse.contains("of anna")));
    world.tell("press SignOut");
    assert_eq!(world.state.memory.glimpse, None);
}

proptest! {
    /// No row moves or changes when the whole list takes its place.
    #[test]
    fn it_is_the_beginning_of_the_menu(apps in 1_usize..60, used in prop::collection::vec(0_usize..60, 0..5)) {
        let app = |number: usize| {
            let mode = if number.is_multiple_of(3) { "password" } else { "linked" };
            format!(r#"{{"id": "app-{number}", "name": "App {number}", "description": "Number {number}", "mode": "{mode}", "launch_url": "https://a.test/"}}"#)
        };
        let list: Vec<String> = (0..apps).map(app).collect();
        let catalogue = Rc::new(Catalogue::read(&format!(r#"{{"apps": [{}]}}"#, list.join(","))).unwrap());
        let mut memory = Memory { catalogue, ..signed_in("anna") };
        for number in used.iter().filter(|number| **number < apps) {
            memory.recent.used(&format!("app-{number}"));
        }
        let glimpsed = first_frame(stored(memory.clone()), tab(ELSEWHERE)).unwrap();
        let mut world = World::popup(memory);
        world.state.screen = Screen::Popup(Popup::new(tab(ELSEWHERE)));
        let whole = sections(&world);
        prop_assert_eq!(glimpsed.len(), whole.len());
        for (short, long) in glimpsed.iter().zip(&whole) {
            prop_assert_eq!(&short.title, &long.title);
            prop_assert_eq!(&short.rows[..], &long.rows[..short.rows.len()]);
        }
        let rows = |sections: &[Section]| sections.iter().map(|section| section.rows.len()).sum::<usize>();
        prop_assert!(rows(&glimpsed) >= rows(&whole).min(12), "as many as are seen at once");
    }
}
