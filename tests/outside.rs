//! What the browser shows for us outside of our pages: menu, lit pages, arrivals, alarm.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that can not go on fails")]

mod common;

use common::{World, check, expired, signed_in, signed_out};
use my_apps_sign_in::effect::{Effect, Job};
use my_apps_sign_in::event::Event;

#[test]
fn everything_is_shown_anew_when_the_browser_may_have_forgotten() {
    check(World::worker(signed_in("anna")), "started", "menu off, lights 4, arrivals 0, alarm");
    check(World::worker(expired("anna")), "started", "menu off, lights 0, arrivals 0, no alarm");
    check(World::worker(signed_out()), "started", "menu on, lights 0, arrivals 0, no alarm");
    check(World::worker(signed_out()), "other", "open options");
}

#[test]
fn arrivals_follow_the_access_that_was_given() {
    let arrivals = |access: &str| {
        let mut world = World::worker(signed_in("anna"));
        let told = world.tell(&format!("access {access}"));
        told.split(", ").find(|words| words.starts_with("arrivals")).unwrap().to_owned()
    };
    assert_eq!(arrivals(""), "arrivals 0");
    assert_eq!(arrivals("https://crm.test/*"), "arrivals 3");
    assert_eq!(arrivals("https://evil.test/*"), "arrivals 0");
    assert_eq!(arrivals("http://*/*"), "arrivals 0");
    assert_eq!(arrivals("https://crm.test/* https://wiki.test/*"), "arrivals 6");
    for everywhere in ["https://*/*", "<all_urls>", "*://*/*"] {
        assert_eq!(arrivals(everywhere), "arrivals 12", "two of the five password apps share a page");
    }
    let mut world = World::worker(signed_in("anna"));
    let effects = world.send(Event::HostAccessChanged);
    assert!(effects.iter().all(|effect| !matches!(effect, Effect::OpenTab { .. } | Effect::Probe { .. })));
}

#[test]
fn what_is_not_shown_yet_is_asked_for_by_whoever_finds_it_until_it_is() {
    let unseen = |mut world: World| {
        world.state.memory.shown = "of another time".into();
        world
    };
    let asked = |world: &mut World, event| {
        let is_asked = |effect: &Effect| matches!(effect, Effect::AskWorker(Job::Outside));
        world.send_without_finder(event).iter().filter(|effect| is_asked(effect)).count()
    };
    let mut popup = unseen(World::popup(signed_in("anna")));
    assert_eq!(asked(&mut popup, Event::MemoryChanged), 1);
    assert_eq!(asked(&mut popup, Event::MemoryChanged), 0, "the worker may be unable to start");
    assert_eq!(asked(&mut unseen(World::options(signed_in("anna"))), Event::MemoryChanged), 1, "another page tries again");

    let mut stopped = unseen(World::worker(signed_in("anna")));
    assert_eq!(stopped.send_without_finder(Event::OutsideDue).len(), 2);
    let mut worker = unseen(World::worker(signed_in("anna")));
    let Effect::ShowOutside { number, .. } = worker.send_without_finder(Event::OutsideDue).remove(0) else {
        panic!("nobody said that it is")
    };
    assert!(worker.send_without_finder(Event::OutsideShown(number)).is_empty());
    assert!(worker.send_without_finder(Event::OutsideDue).is_empty(), "it is shown");
    // Access was given while another one was on its way.
    for _ in 0..2 {
        worker.send_without_finder(Event::HostAccessChanged);
    }
    worker.send_without_finder(Event::OutsideShown(number + 1));
    assert_eq!(worker.state.memory.shown, "", "the first is shown, and the second is due");
    worker.send_without_finder(Event::OutsideShown(number + 2));
    worker.state.showing.clear();
    assert!(worker.send_without_finder(Event::OutsideDue).is_empty(), "and the next worker knows");
}

#[test]
fn what_did_not_change_is_not_shown_again() {
    check(World::popup(signed_in("anna")), "popup https://evil.test/ > type x > down > changed > apps 304", "ask apps > - > - > - > -");
    check(World::popup(signed_in("anna")), "popup https://evil.test/ > apps ok", "ask apps > ask worker for icons");
}
