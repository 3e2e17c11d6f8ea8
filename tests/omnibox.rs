//! The address bar: what is suggested to whom, and what Enter opens.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that can not go on fails")]

mod common;

use common::{World, answer, check, expired, signed_in, signed_out, words};
use my_apps_sign_in::catalogue::Catalogue;
use my_apps_sign_in::effect::{Effect, Job};
use my_apps_sign_in::event::Event;
use my_apps_sign_in::omnibox::marked;
use my_apps_sign_in::popup::Button;
use std::rc::Rc;

#[test]
fn apps_are_suggested_while_somebody_types() {
    check(World::worker(signed_in("anna")), "address cr", "suggest crm");
    check(World::worker(signed_in("anna")), "address wiki > address mail", "suggest wiki > suggest mail team");
    check(World::worker(signed_in("anna")), "address zzzz", "suggest ");
    check(World::worker(signed_in("anna")), "address cr > address", "suggest crm > suggest ");
}

#[test]
fn nobody_gets_suggestions_who_is_not_signed_in() {
    for memory in [signed_out(), expired("anna")] {
        check(World::worker(memory), "address crm > enter-address crm", "suggest  > open popup");
    }
}

#[test]
fn what_was_shown_is_taken_back_when_nobody_is_signed_in() {
    let takes_back = |memory, event| World::worker(memory).send(event).iter().map(words).any(|effect| effect == "suggest ");
    // What a sign-out in a popup, the end of a token and the browser's start ask of the worker.
    for memory in [signed_out(), expired("anna")] {
        let effects: Vec<String> = World::worker(memory).send(Event::LinksDue).iter().map(words).collect();
        assert_eq!(effects, ["keep links", "lights 0", "arrivals 0", "suggest "]);
    }
    assert!(!takes_back(signed_in("anna"), Event::LinksDue), "not from under somebody who types");
    for memory in [signed_out(), expired("anna"), signed_in("anna")] {
        let effects = World::worker(memory).send_without_finder(Event::Started);
        assert!(effects.iter().any(|effect| matches!(effect, Effect::AskWorker(Job::Links))));
    }
    for story in ["press SignOut", "apps 401"] {
        let mut popup = World::popup(signed_in("anna"));
        popup.tell("popup https://news.test/");
        let (_, purpose, epoch) = popup.open.remove(0);
        let event = match story {
            "apps 401" => Event::Answered { purpose, epoch, exchange: answer(401, "{}") },
            _ => Event::Pressed(Button::SignOut),
        };
        assert!(popup.send_without_finder(event).iter().any(|effect| matches!(effect, Effect::AskWorker(Job::Links))), "{story}");
    }
}

#[test]
fn enter_opens_the_app_that_was_chosen_or_the_best() {
    check(World::worker(signed_in("anna")), "enter-address crm of anna", "select crm Here");
    check(World::worker(signed_in("anna")), "address wi > enter-address wi", "suggest wiki > select wiki Here");
    check(World::worker(signed_in("anna")), "enter-address wi", "select wiki Here");
    check(World::worker(signed_in("anna")), "enter-address zzzz", "open https://portal.test/?q=zzzz");
    let world = check(World::worker(signed_in("anna")), "enter-address hr > select-behind hr", "select hr Here > launch hr Background");
    assert_eq!(world.state.memory.recent.ids(), ["hr"]);
}

#[test]
fn apps_of_one_name_are_told_apart() {
    let app = |id: &str, name: &str| format!(r#"{{"id": "{id}", "name": "{name}", "mode": "linked", "launch_url": "https://{id}.test/"}}"#);
    let list = [app("one", "Time"), app("two", "Times"), app("three", "Time"), app("four", "Time")].join(",");
    let mut memory = signed_in("anna");
    memory.catalogue = Rc::new(Catalogue::read(&format!(r#"{{"apps": [{list}]}}"#)).unwrap());
    for (entered, id) in [("Time", "one"), ("Times", "two"), ("Time (2)", "three"), ("Time (3)", "four")] {
        check(World::worker(memory.clone()), &format!("enter-address {entered}"), &format!("select {id} Here"));
    }
    let mut world = World::worker(memory);
    let effects = world.send(Event::AddressTyped("time".into()));
    let [Effect::Suggest(rows)] = effects.as_slice() else { panic!("{effects:?}") };
    let mut labels: Vec<(&str, &str)> = rows.iter().map(|row| (row.id.as_str(), row.name.as_str())).collect();
    labels.sort_unstable();
    assert_eq!(labels, [("four", "Time (3)"), ("one", "Time"), ("three", "Time (2)"), ("two", "Times")]);
}

#[test]
fn somebody_elses_apps_are_never_suggested() {
    let mut world = World::worker(signed_in("anna"));
    world.tell("address cr");
    world.state.memory = signed_in("ben");
    let effects = world.send(Event::AddressTyped("cr".into()));
    let [Effect::Suggest(rows)] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!(rows.iter().map(|row| row.name.as_str()).collect::<Vec<&str>>(), ["crm of ben"]);
}

#[test]
fn a_name_is_never_markup() {
    let name = r#"R&amp;D <url> \"x\" & 'y'"#;
    let list = format!(r#"{{"apps": [{{"id": "rd", "name": "{name}", "mode": "linked", "launch_url": "https://rd.test/"}}]}}"#);
    let mut memory = signed_in("anna");
    memory.catalogue = Rc::new(Catalogue::read(&list).unwrap());
    let mut world = World::worker(memory);
    let effects = world.send(Event::AddressTyped("url".into()));
    let [Effect::Suggest(rows)] = effects.as_slice() else { panic!("{effects:?}") };
    let shown: Vec<String> = rows.iter().map(marked).collect();
    assert_eq!(shown, ["R&amp;amp;D &lt;<match>url</match>&gt; &quot;x&quot; &amp; &apos;y&apos;"]);
}
