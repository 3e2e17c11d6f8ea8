//! What is typed, what is asked of the finder, and what is shown until it answers.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that can not go on fails")]

mod common;

use std::rc::Rc;

use common::story::words;
use common::{World, apps_document, expired, signed_in, signed_out, through_storage};
use my_apps_sign_in::catalogue::Catalogue;
use my_apps_sign_in::effect::Effect;
use my_apps_sign_in::event::{Event, Move};
use my_apps_sign_in::memory::Memory;
use my_apps_sign_in::popup::{Body, Menu, Popup, view};
use my_apps_sign_in::search::Finder;
use my_apps_sign_in::state::Screen;
use proptest::prelude::*;

const POPUP: &str = "popup https://news.test/";

/// A popup over a page that is nobody's.
fn opened(memory: Memory) -> World {
    let mut world = World::popup(memory);
    world.tell(POPUP);
    world
}

/// What is asked of the finder, in words.
fn asked(effects: &[Effect]) -> Vec<String> {
    effects.iter().filter(|effect| matches!(effect, Effect::Find { .. } | Effect::Select(_))).map(words).collect()
}

fn send(world: &mut World, event: Event) -> Vec<String> {
    asked(&world.send_without_finder(event))
}

fn typed(text: &str) -> Event {
    Event::Typed(text.to_owned())
}

/// The finder's word that these apps were found, by their places.
fn found(typed: &str, places: &[usize]) -> Event {
    let count = places.len();
    let places: String = places.iter().map(|place| format!(",{place},0")).collect();
    Event::Found { typed: typed.to_owned(), answer: format!("[{count}{places}]") }
}

fn menu(world: &World) -> Menu {
    let Screen::Popup(popup) = &world.state.screen else { panic!("a popup") };
    match view(&world.state, popup, world.now).body {
        Body::Menu(menu) => menu,
        other => panic!("{other:?} in place of the menu"),
    }
}

/// The menu in a line: the ids of its rows, and which is selected.
fn shown(world: &World) -> String {
    let menu = menu(world);
    let rows: Vec<&str> = menu.sections.iter().flat_map(|section| &section.rows).map(|row| row.id.as_str()).collect();
    format!("{} {:?}", rows.join(" "), menu.selected)
}

const ALL: &str = "crm wiki mail team bank hr";

#[test]
fn the_list_is_given_once_and_before_anything_is_typed() {
    let mut world = World::popup(signed_in("anna"));
    let event = Event::PopupOpened { tab: None, sign_in_alive: false, is_back: false };
    assert_eq!(send(&mut world, event), [r#"find "" 30 in another list"#]);
    assert_eq!(send(&mut world, typed("w")), [r#"find "w" 30"#]);
    assert_eq!(send(&mut world, typed("w")), [""; 0], "it was asked for already");
    assert_eq!(send(&mut world, Event::MemoryChanged), [""; 0]);
    world.state.memory.catalogue = Rc::new(Catalogue::read(&apps_document("anna")).unwrap());
    assert_eq!(send(&mut world, Event::MemoryChanged), [r#"find "w" 30 in another list"#]);
    for memory in [signed_out(), expired("anna")] {
        let mut world = World::worker(memory);
        assert_eq!(send(&mut world, Event::Started), [""; 0]);
    }
}

#[test]
fn while_a_page_is_being_filled_the_finder_waits() {
    let mut world = World::popup(signed_in("anna"));
    assert!(!world.tell("popup https://crm.test/login").contains("find"));
    assert!(world.state.fills.len() == 1);
    assert_eq!(send(&mut world, typed("c")), [r#"find "c" 30 in another list"#], "whoever types waits for it");
}

#[test]
fn what_was_there_stays_until_the_answer_and_no_row_of_it_is_selected() {
    let mut world = opened(signed_in("anna"));
    assert_eq!(shown(&world), format!("{ALL} Some(0)"));
    send(&mut world, typed("w"));
    assert_eq!(shown(&world), format!("{ALL} None"));
    send(&mut world, found("w", &[1]));
    assert_eq!(shown(&world), "wiki Some(0)");
    send(&mut world, typed("wx"));
    assert_eq!(shown(&world), "wiki None");
    send(&mut world, found("wx", &[]));
    assert_eq!(menu(&world).empty.unwrap().key, "nothingFound");
    send(&mut world, typed(" "));
    assert_eq!(shown(&world), format!("{ALL} Some(0)"), "everything shows without the finder");
}

#[test]
fn an_answer_to_something_else_changes_nothing() {
    let mut world = opened(signed_in("anna"));
    send(&mut world, typed("w"));
    send(&mut world, typed("wi"));
    for late in [found("w", &[0]), found("", &[0]), found("wiki", &[0])] {
        send(&mut world, late);
        assert_eq!(shown(&world), format!("{ALL} None"));
    }
    send(&mut world, found("wi", &[1, 99]));
    assert_eq!(shown(&world), "wiki Some(0)", "there is no app at that place");
    send(&mut world, typed(""));
    send(&mut world, found("wi", &[1]));
    assert_eq!(shown(&world), format!("{ALL} Some(0)"));
}

#[test]
fn enter_waits_for_the_answer_and_opens_what_is_selected_then() {
    let mut world = opened(signed_in("anna"));
    send(&mut world, typed("w"));
    assert_eq!(send(&mut world, Event::Entered), [""; 0]);
    assert_eq!(send(&mut world, found("w", &[1, 5])), ["select wiki"]);
    assert_eq!(send(&mut world, found("w", &[1, 5])), [""; 0], "once");
    send(&mut world, typed("wi"));
    send(&mut world, Event::Entered);
    send(&mut world, Event::Moved(Move::Down));
    assert_eq!(send(&mut world, found("wi", &[1, 5])), ["select hr"]);
    send(&mut world, typed("wik"));
    send(&mut world, Event::Entered);
    assert_eq!(send(&mut world, found("wik", &[])), [""; 0], "nothing is there to be opened");
    send(&mut world, typed("w"));
    send(&mut world, Event::Entered);
    send(&mut world, typed("wi"));
    assert_eq!(send(&mut world, found("wi", &[1])), [""; 0], "who goes on typing does not mean it any more");
}

#[test]
fn what_is_typed_over_the_glimpse_is_found_in_the_whole_list() {
    let mut memory = signed_in("anna");
    memory.settings.declined_hosts = memory.catalogue.host_patterns();
    let mut world = World::worker(memory.clone());
    world.tell("changed");
    let mut glimpsed = World::popup(Memory { catalogue: Rc::default(), ..through_storage(&world.state.memory) });
    let tab = my_apps_sign_in::event::Tab { id: 1, url: Some("https://news.test/".into()), private: false };
    assert!(my_apps_sign_in::glimpse::show(&mut glimpsed.state, Some(&tab), glimpsed.now));
    assert_eq!(send(&mut glimpsed, typed("wi")), [""; 0], "there is nothing to be asked yet");
    send(&mut glimpsed, Event::Entered);
    assert!(shown(&glimpsed).ends_with("None"));
    glimpsed.state.memory = memory;
    let event = Event::PopupOpened { tab: Some(tab), sign_in_alive: false, is_back: false };
    assert_eq!(send(&mut glimpsed, event), [r#"find "wi" 30 in another list"#]);
    assert_eq!(send(&mut glimpsed, found("wi", &[1])), ["select wiki"]);
}

#[test]
fn without_a_finder_everything_stays_and_the_next_letter_asks_anew() {
    for answer in ["", "null", "{}", "[\"a\"]", "[-1]"] {
        let mut world = opened(signed_in("anna"));
        send(&mut world, typed("w"));
        assert_eq!(send(&mut world, Event::Found { typed: "w".into(), answer: answer.into() }), [""; 0], "{answer}");
        assert_eq!(shown(&world), format!("{ALL} None"));
        assert_eq!(send(&mut world, typed("wi")), [r#"find "wi" 30 in another list"#]);
    }
}

#[test]
fn more_rows_are_asked_for_when_the_end_comes_near() {
    let mut world = opened(signed_in("anna"));
    send(&mut world, typed("w"));
    send(&mut world, found("w", &[1]));
    assert_eq!(send(&mut world, Event::ScrolledToEnd), [r#"find "w" 60"#]);
    assert_eq!(shown(&world), "wiki Some(0)");
    assert_eq!(send(&mut world, typed("wi")), [r#"find "wi" 30"#]);
}

#[test]
fn what_was_found_is_gone_with_the_person() {
    let mut world = opened(signed_in("anna"));
    world.tell("type wi");
    assert_eq!(shown(&world), "wiki Some(0)");
    world.state.memory = signed_in("ben");
    send(&mut world, Event::MemoryChanged);
    assert!(menu(&world).sections.iter().flat_map(|section| &section.rows).all(|row| row.name.ends_with("of ben")));
    world.tell("press SignOut");
    let Screen::Popup(Popup { finding, .. }) = &world.state.screen else { panic!("a popup") };
    assert!(finding.found.is_none() && finding.typed.is_empty());
}

proptest! {
    /// Whatever stands in a list, every app keeps its place, and what is marked lies in its name.
    #[test]
    fn any_list_can_be_given(list in "([0-9]{0,3}(\t[a-zä é🎉]{0,6}){0,5}\n?){0,9}", typed in "[a-zäé ]{0,4}", most in 0_usize..5) {
        let answer: Vec<usize> = serde_json::from_str(&Finder::new(list.clone()).find(&typed, most)).unwrap();
        let lines: Vec<&str> = list.split_terminator('\n').collect();
        let mut numbers = answer.into_iter();
        let count = numbers.next().unwrap();
        prop_assert!(count <= lines.len());
        let mut rows = 0;
        while let Some(place) = numbers.next() {
            let name = lines.get(place).and_then(|line| line.split('\t').nth(1)).unwrap_or_default();
            for _ in 0..numbers.next().unwrap() {
                prop_assert!(name.get(numbers.next().unwrap()..numbers.next().unwrap()).is_some_and(|marked| !marked.is_empty()));
            }
            rows += 1;
        }
        prop_assert_eq!(rows, count.min(most));
    }
}
