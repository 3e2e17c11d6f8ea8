//! What is typed, what is asked of the finder, and what is shown until it answers.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that can not go on fails")]

mod common;

use std::rc::Rc;

use common::words;
use common::{World, apps_document, expired, signed_in, signed_out};
use my_apps_sign_in::catalogue::Catalogue;
use my_apps_sign_in::effect::Effect;
use my_apps_sign_in::event::{Event, InjectionError, Move};
use my_apps_sign_in::finding::List;
use my_apps_sign_in::memory::Memory;
use my_apps_sign_in::popup::{Body, Menu, Popup, view};
use my_apps_sign_in::search::Finder;
use my_apps_sign_in::state::Screen;
use proptest::prelude::*;

/// A page, the numbers of what it asked, and in which list last.
struct Page {
    world: World,
    numbers: Vec<u32>,
    list: Option<List>,
}

impl Page {
    /// A popup over a page that is nobody's.
    fn opened(memory: Memory) -> Page {
        let mut page = Page::of(World::popup(memory));
        page.send(Event::PopupOpened { tab: None, is_back: false });
        page
    }

    fn of(world: World) -> Page {
        Page { world, numbers: Vec::new(), list: None }
    }

    /// What is asked of the finder, in words.
    fn send(&mut self, event: Event) -> Vec<String> {
        let effects = self.world.send_without_finder(event);
        let mut said = Vec::new();
        for effect in effects.iter().filter(|effect| matches!(effect, Effect::Find { .. } | Effect::Select(..))) {
            said.push(words(effect));
            if let Effect::Find { list, number, .. } = effect {
                self.numbers.push(*number);
                if self.list.replace(list.clone()).as_ref() != Some(list) {
                    said.push("in another list".to_owned());
                }
            }
        }
        said
    }

    fn types(&mut self, text: &str) -> Vec<String> {
        self.send(Event::Typed(text.to_owned()))
    }

    /// The finder says to the last question, or to one so many before it, that the apps at these places were found.
    fn answered(&mut self, before: usize, places: &[usize]) -> Vec<String> {
        let number = self.numbers[self.numbers.len() - 1 - before];
        let (count, places) = (places.len(), places.iter().map(|place| format!(",{place},0")).collect::<String>());
        self.send(Event::Found { number, answer: format!("[{count}{places}]") })
    }

    fn found(&mut self, places: &[usize]) -> Vec<String> {
        self.answered(0, places)
    }
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
    let mut page = Page::of(World::popup(signed_in("anna")));
    let event = Event::PopupOpened { tab: None, is_back: false };
    assert_eq!(page.send(event), [r#"find "" 30"#, "in another list"]);
    assert_eq!(page.types("w"), [r#"find "w" 30"#]);
    assert_eq!(page.types("w"), [""; 0], "it was asked for already");
    assert_eq!(page.send(Event::MemoryChanged), [""; 0]);
    page.world.state.memory.catalogue = Rc::new(Catalogue::read(&apps_document("anna")).unwrap());
    assert_eq!(page.send(Event::MemoryChanged), [r#"find "w" 30"#, "in another list"]);
    for memory in [signed_out(), expired("anna")] {
        assert_eq!(Page::of(World::worker(memory)).send(Event::Started), [""; 0]);
    }
}

#[test]
fn while_a_page_is_being_filled_the_finder_waits() {
    let mut world = World::popup(signed_in("anna"));
    assert!(!world.tell("popup https://crm.test/login").contains("find"));
    assert!(world.state.fills.len() == 1);
    assert_eq!(Page::of(world).types("c"), [r#"find "c" 30"#, "in another list"], "whoever types waits for it");

    // It is filled and sent, the popup is about to close, and whoever reads that has no use for a search.
    let mut world = World::popup(signed_in("anna"));
    world.tell("popup https://crm.test/login > see d1 https://crm.test/login login > credential ok > written submitted > waited");
    let what_became_of_it = Event::Probed { tab: 1, number: world.question(1), sight: Err(InjectionError::NoAccess) };
    let mut page = Page::of(world);
    assert_eq!(page.send(what_became_of_it), [""; 0]);
    assert!(page.world.state.fills.is_empty(), "it is over");
    assert_eq!(page.types("c"), [r#"find "c" 30"#, "in another list"]);
}

#[test]
fn what_was_there_stays_until_the_answer_and_no_row_of_it_is_selected() {
    let mut page = Page::opened(signed_in("anna"));
    assert_eq!(shown(&page.world), format!("{ALL} Some(0)"));
    page.types("w");
    assert_eq!(shown(&page.world), format!("{ALL} None"));
    page.found(&[1]);
    assert_eq!(shown(&page.world), "wiki Some(0)");
    page.types("wx");
    assert_eq!(shown(&page.world), "wiki None");
    page.found(&[]);
    assert_eq!(menu(&page.world).empty.unwrap().key, "nothingFound");
    page.types(" ");
    assert_eq!(shown(&page.world), format!("{ALL} Some(0)"), "everything shows without the finder");
}

#[test]
fn an_answer_to_something_else_changes_nothing() {
    let mut page = Page::opened(signed_in("anna"));
    page.types("w");
    page.types("wi");
    for before in [1, 2] {
        page.answered(before, &[0]);
        assert_eq!(shown(&page.world), format!("{ALL} None"));
    }
    page.found(&[1, 99]);
    assert_eq!(shown(&page.world), "wiki Some(0)", "there is no app at that place");
    page.types("w");
    page.types("");
    page.found(&[1]);
    assert_eq!(shown(&page.world), format!("{ALL} Some(0)"));
    // The same letters, but the places are those of the list before.
    page.types("w");
    page.send(Event::Entered);
    page.world.state.memory.catalogue = Rc::new(Catalogue::read(&apps_document("anna")).unwrap());
    page.send(Event::MemoryChanged);
    assert_eq!(page.answered(1, &[3]), [""; 0]);
    assert_eq!(page.found(&[1]), ["select wiki"]);
}

#[test]
fn enter_waits_for_the_answer_and_opens_what_is_selected_then() {
    let mut page = Page::opened(signed_in("anna"));
    page.types("w");
    assert_eq!(page.send(Event::Entered), [""; 0]);
    assert_eq!(page.found(&[1, 5]), ["select wiki"]);
    assert_eq!(page.found(&[1, 5]), [""; 0], "once");
    page.types("wi");
    page.send(Event::Entered);
    page.send(Event::Moved(Move::Down));
    assert_eq!(page.found(&[1, 5]), ["select hr"]);
    page.types("wik");
    page.send(Event::Entered);
    assert_eq!(page.found(&[]), [""; 0], "nothing is there to be opened");
    page.types("w");
    page.send(Event::Entered);
    page.types("wi");
    assert_eq!(page.found(&[1]), [""; 0], "who goes on typing does not mean it any more");
}

#[test]
fn without_a_finder_everything_stays_and_the_next_letter_asks_again() {
    for answer in ["", "null", "{}", "[\"a\"]", "[-1]"] {
        let mut page = Page::opened(signed_in("anna"));
        page.types("w");
        assert_eq!(page.send(Event::Found { number: page.numbers[0], answer: answer.into() }), [""; 0], "{answer}");
        assert_eq!(shown(&page.world), format!("{ALL} None"), "{answer}");
        assert_eq!(page.types("wi"), [r#"find "wi" 30"#]);
        page.found(&[1]);
        assert_eq!(shown(&page.world), "wiki Some(0)");
    }
}

#[test]
fn more_rows_are_asked_for_when_the_end_comes_near() {
    let mut page = Page::opened(signed_in("anna"));
    page.types("w");
    page.found(&[1]);
    assert_eq!(page.send(Event::ScrolledToEnd), [r#"find "w" 60"#]);
    assert_eq!(shown(&page.world), "wiki Some(0)");
    assert_eq!(page.types("wi"), [r#"find "wi" 30"#]);
}

#[test]
fn what_was_found_is_gone_with_the_person() {
    let mut page = Page::opened(signed_in("anna"));
    page.types("wi");
    page.found(&[1]);
    page.world.state.memory = signed_in("ben");
    page.send(Event::MemoryChanged);
    assert!(menu(&page.world).sections.iter().flat_map(|section| &section.rows).all(|row| row.name.ends_with("of ben")));
    page.world.tell("press SignOut");
    let Screen::Popup(Popup { finding, .. }) = &page.world.state.screen else { panic!("a popup") };
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
