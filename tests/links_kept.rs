//! When the rules for internal addresses are in force: access, switches, network, and whose map it is.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that can not go on fails")]

mod common;

use common::{NOON, World, expired, signed_in, signed_out};
use my_apps_sign_in::effect::{Effect, Job};
use my_apps_sign_in::event::Event;
use my_apps_sign_in::host_access::HostAccess;
use my_apps_sign_in::json;
use my_apps_sign_in::links::{self, Keeper, Map, Network, Off};
use serde_json::{Value, json};

fn map(entries: &[(&str, &str)]) -> Map {
    let links: Vec<Value> = entries.iter().map(|(internal, external)| json!({"internal": internal, "external": external})).collect();
    Map::read(None, Some(&json!({ "links": links }).to_string()))
}

fn everywhere() -> HostAccess {
    HostAccess::new(vec!["https://*/*".into(), "http://*/*".into()])
}

/// The state of each entry in the report.
fn reported(map: &Map, off: &Off, network: &Network, granted: &HostAccess) -> Vec<String> {
    let report: Value = serde_json::from_str(&links::report(map, off, network, granted, &[])).unwrap();
    report["entries"].as_array().unwrap().iter().map(|entry| entry["state"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_rule_is_in_force_only_where_it_should_be() {
    let map = map(&[("http://a/", "https://a.test/"), ("http://*.b.test/", "https://b.test/"), ("http://a", "https://c.test/")]);
    let some = HostAccess::new(vec!["http://a/*".into()]);
    let (off, network) = (Off::default(), Network::default());
    let count = |off: &Off, network: &Network, granted: &HostAccess| {
        serde_json::from_str::<Vec<Value>>(&links::rules(&map, off, network, granted)).unwrap().len()
    };
    assert_eq!(reported(&map, &off, &network, &some), ["on", "no-access", "repeated"]);
    assert_eq!(count(&off, &network, &some), 1);
    assert_eq!(count(&off, &network, &everywhere()), 2);
    let one = Off { all: false, links: vec!["http://*.b.test/".into()] };
    assert_eq!(reported(&map, &one, &network, &everywhere()), ["on", "off", "repeated"]);
    let all = Off { all: true, links: Vec::new() };
    assert_eq!(count(&all, &network, &everywhere()), 0);
    let inside = Network { is_inside: true, ..Network::default() };
    assert_eq!((reported(&map, &off, &inside, &everywhere())[0].as_str(), count(&off, &inside, &everywhere())), ("inside", 0));
    let down = Network { down: vec!["https://a.test".into()], ..Network::default() };
    assert_eq!(reported(&map, &off, &down, &everywhere()), ["unreachable", "on", "repeated"]);
    let report: Value = serde_json::from_str(&links::report(&map, &off, &network, &HostAccess::default(), &[])).unwrap();
    assert_eq!(report["missing"], json!(["http://*.b.test/*", "http://a/*"]));
    assert_eq!(links::report(&Map::default(), &off, &network, &some, &[]), "", "nothing to show");
    let report: Value = serde_json::from_str(&links::report(&map, &off, &network, &everywhere(), &[2])).unwrap();
    assert_eq!(report["entries"][1]["state"], "too-long");
}

#[test]
fn what_was_found_out_about_the_network_is_used_and_asked_again() {
    let document = json!({"probe": "https://inside.test/", "links": [
        {"internal": "http://a/", "external": "https://a.test/x"}, {"internal": "http://b/", "external": "https://b.test/"},
        {"internal": "http://*.c.test/", "external": "https://*.d.test/"}]});
    let map = Map::read(None, Some(&document.to_string()));
    let mut network = Network::default();
    let questions = network.questions(&map, NOON);
    assert_eq!(questions, ["https://inside.test/", "https://a.test/", "https://b.test/"]);
    network.learned(&map, &questions, &[true, false, false], NOON);
    assert!(network.is_inside);
    assert_eq!(network.questions(&map, NOON + 60_000), Vec::<String>::new(), "not again a minute later");
    let later = NOON + 15 * 60_000;
    let questions = network.questions(&map, later);
    network.learned(&map, &questions, &[false, true, false], later);
    assert_eq!((network.is_inside, network.down.as_slice()), (false, ["https://b.test".to_owned()].as_slice()));
    network.learned(&map, &network.questions(&map, later * 2), &[false, false, false], later * 2);
    assert_eq!(network.down, ["https://b.test"], "who is offline blames nobody, and forgets nothing");
    assert_eq!(network.questions(&map, later * 2).len(), 3, "and has not asked");
    assert_eq!(json::read::<Network>(&network.write()), Some(network.clone()));
    assert_eq!(Network::default().questions(&Map::default(), NOON), Vec::<String>::new(), "without a map nobody is asked");
    // Many have their turn one after the other, and those that were down come first.
    let links: Vec<Value> =
        (100..150).map(|n| json!({"internal": format!("http://s{n}/"), "external": format!("https://s{n}.test/")})).collect();
    let map = Map::read(None, Some(&json!({ "links": links }).to_string()));
    let mut network = Network::default();
    let mut asked = Vec::new();
    for round in 1..=3 {
        let questions = network.questions(&map, NOON * round);
        assert!(questions.len() <= 20);
        let answers: Vec<bool> = questions.iter().map(|question| question != "https://s105.test/").collect();
        network.learned(&map, &questions, &answers, NOON * round);
        asked.extend(questions);
    }
    assert_eq!(asked.iter().filter(|question| *question == "https://s105.test/").count(), 3);
    asked.sort_unstable();
    asked.dedup();
    assert_eq!((asked.len(), network.down), (50, vec!["https://s105.test".to_owned()]));
}

/// Whose map is kept, and which address is asked for it.
fn duty(memory: my_apps_sign_in::memory::Memory) -> (String, Option<String>) {
    let mut world = World::worker(memory);
    match world.send(Event::LinksDue).as_slice() {
        [Effect::KeepLinks { account, request, .. }, ..] => (account.clone(), request.as_ref().map(|request| request.url.clone())),
        other => panic!("{other:?}"),
    }
}

#[test]
fn whoever_is_signed_in_has_a_portal_to_ask() {
    assert_eq!(duty(signed_out()), (String::new(), None));
    let asked = Some("https://portal.test/api/v1/links".to_owned());
    assert_eq!(duty(signed_in("anna")), ("https://portal.test 7".to_owned(), asked));
}

const MAP: &str = r#"{"links": [{"internal": "http://a/", "external": "https://a.test/"}], "probe": "https://inside.test/"}"#;

/// What is kept after a look, key by key; what was empty is gone.
type Storage = std::collections::BTreeMap<String, String>;

fn keeper(account: &str, storage: &Storage, now: u64) -> Keeper {
    let mut keeper = Keeper::new(account.into(), vec!["http://*/*".into()], now);
    for (key, text) in storage {
        keeper.found(key, text.clone());
    }
    keeper
}

fn kept(keeper: &Keeper) -> Storage {
    let kept: Storage = serde_json::from_str(&keeper.kept()).unwrap();
    kept.into_iter().filter(|(_, text)| !text.is_empty()).collect()
}

#[test]
fn the_portal_is_asked_politely() {
    let mut first = keeper("anna", &Storage::new(), NOON);
    assert_eq!(first.question().as_deref(), Some(""));
    first.answered(200, Some("\"1\"".into()), MAP.into());
    let storage = kept(&first);
    assert_eq!(storage["links"], MAP);
    assert_eq!(keeper("anna", &storage, NOON + 59 * 60_000).question(), None, "not within the hour");
    let later = NOON + 60 * 60_000;
    // The same map, an error, something that is none: what is known stays, and nobody asks again for an hour.
    for (status, body) in [(304, ""), (500, "{}"), (429, "{}"), (401, "{}"), (200, "<html>"), (200, ""), (0, "")] {
        let mut next = keeper("anna", &storage, later);
        assert_eq!(next.question().as_deref(), Some("\"1\""));
        next.answered(status, None, body.into());
        assert_eq!(kept(&next)["links"], MAP, "{status} {body}");
        assert_eq!(keeper("anna", &kept(&next), later + 60_000).question(), None);
    }
    let mut without = keeper("anna", &storage, later);
    without.question();
    without.answered(404, None, String::new());
    assert_eq!(kept(&without).keys().collect::<Vec<_>>(), ["links_tag"], "a portal without a map");
}

#[test]
fn one_persons_map_is_never_anothers() {
    let mut anna = keeper("anna", &Storage::new(), NOON);
    anna.question();
    anna.answered(200, Some("\"1\"".into()), MAP.into());
    let mut storage = kept(&anna);
    storage.insert("links_off".into(), r#"{"all": true, "links": ["http://a/"]}"#.into());
    let mut ben = keeper("ben", &storage, NOON);
    assert_eq!(ben.question().as_deref(), Some(""), "asked anew, without the other's tag");
    assert!(!kept(&ben).contains_key("links"));
    assert_eq!(kept(&ben)["links_off"], r#"{"all":true,"links":[]}"#, "nor with the addresses that the other switched off");
    assert_eq!(ben.addresses(), "[]");
    let mut nobody = keeper("", &storage, NOON);
    assert_eq!(nobody.question(), None);
    assert_eq!(kept(&nobody), Storage::from([("links_off".into(), r#"{"all":true,"links":[]}"#.into())]), "only what a person set stays");
    let policy = r#"{"links": [{"internal": "http://a", "external": "https://policy.test/"}]}"#;
    storage.insert("policy".into(), policy.into());
    let mut policy = keeper("", &storage, NOON);
    policy.question();
    assert!(!kept(&policy).contains_key("links_off"), "what the policy says is there for everybody: what was switched off stays");
    nobody.addresses();
    assert_eq!((nobody.rules().as_str(), nobody.report(&[]).as_str()), ("[]", ""));
}

#[test]
fn what_is_switched_while_the_portal_is_asked_stays_so() {
    // As the settings write it: switched off, and on again.
    for off in [r#"{"all":false,"links":[]}"#, r#"{"all":true,"links":["http://a/"]}"#, r#"{"links":[],"all":false}"#, "{"] {
        let storage = Storage::from([("links_off".to_owned(), off.to_owned())]);
        let mut anna = keeper("anna", &storage, NOON);
        anna.question();
        anna.answered(200, None, MAP.into());
        let written: Storage = serde_json::from_str(&anna.kept()).unwrap();
        assert_eq!(written.get("links_off"), None, "{off}");
    }
}

#[test]
fn a_look_ends_with_the_rules_of_the_moment() {
    let mut storage =
        Storage::from([("policy".to_owned(), r#"{"links": [{"internal": "http://b/", "external": "https://b.test/"}]}"#.to_owned())]);
    let look = |storage: &Storage, now: u64, answers: &[bool]| {
        let mut keeper = keeper("anna", storage, now);
        if keeper.question().is_some() {
            keeper.answered(200, None, MAP.into());
        }
        let asked: Vec<String> = serde_json::from_str(&keeper.addresses()).unwrap();
        assert_eq!(asked.len(), answers.len());
        keeper.learned(answers);
        (serde_json::from_str::<Vec<Value>>(&keeper.rules()).unwrap().len(), keeper.network())
    };
    let (count, network) = look(&storage, NOON, &[false, true, true]);
    assert_eq!(count, 2);
    storage.insert("links_network".into(), network);
    assert_eq!(look(&storage, NOON + 1, &[]).0, 2, "what is known a moment later");
    assert_eq!(look(&storage, NOON + 15 * 60_000, &[true, true, true]).0, 0, "inside");
    assert_eq!(look(&storage, NOON + 15 * 60_000, &[false, true, false]).0, 1, "one of them is down");
    storage.insert("links_off".into(), r#"{"all": false, "links": ["http://a/"]}"#.into());
    assert_eq!(look(&storage, NOON + 1, &[]).0, 1);
}

#[test]
fn in_another_network_it_is_asked_anew() {
    let mut first = keeper("anna", &Storage::new(), NOON);
    first.question();
    first.answered(200, None, MAP.into());
    assert_eq!(first.addresses(), r#"["https://inside.test/","https://a.test/"]"#);
    first.learned(&[true, true]);
    assert_eq!(first.rules(), "[]", "inside");
    let mut storage = kept(&first);
    storage.insert("links_network".into(), first.network());
    assert_eq!(keeper("anna", &storage, NOON + 1).addresses(), "[]", "a moment ago");
    let mut elsewhere = keeper("anna", &storage, NOON + 1);
    elsewhere.came_online();
    assert_eq!(elsewhere.addresses(), r#"["https://inside.test/","https://a.test/"]"#);
    elsewhere.learned(&[false, true]);
    assert!(elsewhere.rules().contains("http://a/"), "outside");

    let is_anew = |event| match World::worker(signed_in("anna")).send(event).as_slice() {
        [Effect::KeepLinks { is_network_new, .. }] => *is_network_new,
        other => panic!("{other:?}"),
    };
    assert_eq!((is_anew(Event::CameOnline), is_anew(Event::LinksDue)), (true, false));
}

#[test]
fn whoever_signs_in_or_out_anywhere_has_the_worker_look() {
    let asks = |mut world: World, event: Event, job: Job| {
        world.send_without_finder(event).iter().any(|effect| matches!(effect, Effect::AskWorker(asked) if *asked == job))
    };
    use my_apps_sign_in::popup::Button;
    for memory in [signed_in("anna"), expired("anna")] {
        assert!(asks(World::popup(memory), Event::Pressed(Button::SignOut), Job::Outside));
    }
    // Which then asks itself, whenever what the browser shows may be of somebody else.
    let mut unseen = World::worker(signed_in("anna"));
    unseen.state.memory.epoch += 1;
    assert!(asks(unseen, Event::OutsideDue, Job::Links));
    for event in [Event::Started, Event::PolicyChanged, Event::AlarmRang, Event::HostAccessChanged] {
        assert!(asks(World::worker(signed_in("anna")), event, Job::Links));
    }
    assert!(!asks(World::worker(signed_in("anna")), Event::LinksDue, Job::Links), "it would never end");
    assert!(!asks(World::popup(signed_in("anna")), Event::Typed("x".into()), Job::Outside));
}
