//! The address bar: what is suggested to whom, and what Enter opens.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that can not go on fails")]

mod common;

use common::{World, answer, check, expired, signed_in, signed_out, words};
use my_apps_sign_in::catalogue::Catalogue;
use my_apps_sign_in::effect::Effect;
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
    check(World::worker(signed_out()), "address crm > enter-address crm", "suggest  > open popup");
    check(World::worker(expired("anna")), "address crm", "suggest ");
}

#[test]
fn enter_waits_for_a_token() {
    const RENEWED: &str = "discovery ok > proof > redirect ok > token ok > account ok";
    for (story, effects) in [
        ("enter-address crm of anna > discovery ok > proof > redirect login-required", "open popup"),
        ("enter-address crm of anna > discovery unreachable", "open popup"),
        ("ask-sign-in > enter-address crm of anna", "open popup"),
        (&format!("enter-address crm of anna > {RENEWED}"), "ask account > ask apps, select crm, lights 4, alarm"),
        // The last word counts.
        (&format!("enter-address crm > enter-address wi > {RENEWED}"), "ask account > ask apps, lights 4, alarm, select wiki"),
    ] {
        let mut world = World::worker(expired("anna"));
        let told = world.tell(story);
        assert!(told.ends_with(effects), "{story}: {told}");
    }
}

#[test]
fn what_was_shown_is_taken_back_when_nobody_is_signed_in() {
    let told = |mut world: World, event| world.send_without_finder(event).iter().map(words).collect::<Vec<String>>().join(", ");
    for (memory, menu) in [(signed_out(), "on"), (expired("anna"), "off")] {
        let gone = format!("suggest , menu {menu}, lights 0, arrivals 0, no alarm, ask worker for links");
        assert_eq!(told(World::worker(memory), Event::Started), gone);
    }
    let shown = "menu off, lights 4, arrivals 0, alarm, ask worker for links";
    assert_eq!(told(World::worker(signed_in("anna")), Event::Started), shown, "not from under somebody who types");
    for story in ["press SignOut", "apps 401"] {
        let mut popup = World::popup(signed_in("anna"));
        popup.tell("popup https://news.test/");
        let (_, purpose, epoch) = popup.open.remove(0);
        let event = match story {
            "apps 401" => Event::Answered { purpose, epoch, exchange: answer(401, "{}") },
            _ => Event::Pressed(Button::SignOut),
        };
        assert!(told(popup, event).contains("ask worker for outside"), "{story}");
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
    let Some(Effect::Suggest(rows)) = effects.last() else { panic!("{effects:?}") };
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
