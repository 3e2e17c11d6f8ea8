//! Internal addresses that lead to external ones: which entries of a map count, what the browser is told, and when it is not.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that can not go on fails")]

mod common;

use common::{NOON, World, signed_in, signed_out};
use my_apps_sign_in::effect::{Effect, Job};
use my_apps_sign_in::event::Event;
use my_apps_sign_in::host_access::HostAccess;
use my_apps_sign_in::json::{self, Named};
use my_apps_sign_in::links::{self, Duty, Keeper, Link, MOST_LINKS, MOST_PATTERNS, Map, Network, Off, Refusal};
use proptest::prelude::*;
use regex::RegexBuilder;
use serde_json::{Value, json};

fn map(entries: &[(&str, &str)]) -> Map {
    let links: Vec<Value> = entries.iter().map(|(internal, external)| json!({"internal": internal, "external": external})).collect();
    Map::read(None, Some(&json!({ "links": links }).to_string()))
}

#[track_caller]
fn refused(internal: &str, external: &str, refusal: Refusal) {
    assert_eq!(Link::read(internal, external), Err(refusal), "{internal} {external}");
}

#[test]
fn entries_that_are_ambiguous_too_wide_or_go_in_circles_do_not_count() {
    const OUT: &str = "https://hr.contoso.example/";
    for internal in [
        "",
        "intranet",
        "ftp://intranet/",
        "http://",
        "http://in tranet/",
        "http://Intranet/",
        "http://intranet:80/",
        "http://a@intranet/",
        "http://intranet/?x",
        "http://intranet/#x",
        "http://intranet/a*b/",
        "http://intranet/a|b/",
        "http://in*tranet/",
        "http://*/",
        "http://intranet/../hr/",
        "*://intranet/",
        "<all_urls>",
        "http://intranet.*/",
        "http://[::1]/",
        "http://*.*.contoso.test/",
    ] {
        refused(internal, OUT, Refusal::Internal);
    }
    refused(&format!("http://intranet/{}", "a".repeat(200)), OUT, Refusal::Internal);
    for external in [
        "",
        "contoso.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "https://",
        "https://user@x.example/",
        "https://x.example/?next=",
    ] {
        refused("http://intranet/", external, Refusal::External);
    }
    for external in ["http://hr.contoso.example/", "http://10.0.0.7/", "http://localhost.evil.example/"] {
        refused("http://intranet/", external, Refusal::NotHttps);
    }
    for (internal, external) in [
        ("http://*.com/", OUT),
        ("https://*.local/", OUT),
        ("http://*.10.0.0.7/", OUT),
        ("http://intranet/", "https://*.contoso.example/"),
        ("http://*.contoso.test/", "https://*.example/"),
    ] {
        refused(internal, external, Refusal::Wildcard);
    }
    refused("https://hr.contoso.example/", OUT, Refusal::Same);
    refused("https://hr.contoso.example", "https://hr.contoso.example/*", Refusal::Same);
    for (internal, external) in [
        ("https://contoso.example/", "https://contoso.example/hr/"),
        ("https://contoso.example/hr/old", "https://contoso.example/hr"),
        ("https://*.contoso.example/", OUT),
        ("https://contoso.example/HR/", "https://contoso.example/hr/x"),
        ("https://*.contoso.example/", "https://*.hr.contoso.example/"),
        ("http://*.x.localhost/", "http://a.x.localhost/"),
    ] {
        refused(internal, external, Refusal::Loop);
    }
}

#[test]
fn every_refusal_has_a_name_of_its_own() {
    for (name, refusal) in Refusal::NAMES {
        assert_eq!(Refusal::named(name), Some(*refusal));
    }
}

/// What the browser would make of an address: the rule that counts is the one with the highest priority.
fn led(rules: &str, address: &str) -> Option<String> {
    let rules: Vec<Value> = serde_json::from_str(rules).unwrap();
    let hit = |rule: &Value| match rule["condition"]["urlFilter"].as_str() {
        Some(filter) => {
            let start = filter.trim_start_matches('|').trim_end_matches('^');
            let rest = address.get(start.len()..).filter(|_| address[..start.len()].eq_ignore_ascii_case(start));
            let next = rest.and_then(|rest| rest.chars().next());
            rest.is_some() && (!filter.ends_with('^') || next.is_none_or(|next| !(next.is_ascii_alphanumeric() || "_-.%".contains(next))))
        }
        None => pattern(rule).is_match(address),
    };
    let rule = rules.iter().filter(|rule| hit(rule)).max_by_key(|rule| rule["priority"].as_i64())?;
    let redirect = &rule["action"]["redirect"];
    Some(match redirect["regexSubstitution"].as_str() {
        Some(substitution) => {
            let substitution = substitution.replace("\\1", "${1}").replace("\\2", "${2}");
            pattern(rule).replace(address, substitution.as_str()).into_owned()
        }
        None => {
            let transform = &redirect["transform"];
            let (host, port) = (transform["host"].as_str().unwrap(), transform["port"].as_str().unwrap());
            let path = &address[address.find("://").unwrap() + 3..];
            let colon = if port.is_empty() { "" } else { ":" };
            format!("{}://{host}{colon}{port}{}", transform["scheme"].as_str().unwrap(), path.find('/').map_or("", |slash| &path[slash..]))
        }
    })
}

fn pattern(rule: &Value) -> regex::Regex {
    RegexBuilder::new(rule["condition"]["regexFilter"].as_str().unwrap()).case_insensitive(true).build().unwrap()
}

/// With access to everything.
fn rules(map: &Map) -> String {
    links::rules(map, &Off::default(), &Network::default(), &everywhere())
}

fn everywhere() -> HostAccess {
    HostAccess::new(vec!["https://*/*".into(), "http://*/*".into()])
}

#[track_caller]
fn check(entries: &[(&str, &str)], address: &str, expected: &str) {
    let map = map(entries);
    assert!(map.entries.iter().all(|entry| entry.link.is_ok()), "{map:?}");
    assert_eq!(led(&rules(&map), address).as_deref(), (!expected.is_empty()).then_some(expected), "{address}");
}

#[test]
fn an_internal_address_leads_to_the_external_one_and_no_other_does() {
    let whole = [("http://intranet", "https://intranet.contoso.example")];
    check(&whole, "http://intranet/", "https://intranet.contoso.example/");
    check(&whole, "http://intranet/a/b?c=d", "https://intranet.contoso.example/a/b?c=d");
    for other in [
        "https://intranet/",
        "http://intranet:8080/",
        "http://intranet.evil.example/",
        "http://my-intranet/",
        "http://evil.example/http://intranet/",
        "http://evil.example/?http://intranet/",
    ] {
        check(&whole, other, "");
    }
    let port = [("http://intranet:8080/", "https://intranet.contoso.example:444/")];
    check(&port, "http://intranet:8080/x", "https://intranet.contoso.example:444/x");
    check(&port, "http://intranet:80801/x", "");
    let path = [("http://intranet/hr/", "https://intranet.contoso.example/hr/")];
    check(&path, "http://intranet/hr", "https://intranet.contoso.example/hr");
    check(&path, "http://intranet/HR/x?y", "https://intranet.contoso.example/HR/x?y");
    check(&path, "http://intranet/hr?y", "https://intranet.contoso.example/hr?y");
    for other in ["http://intranet/", "http://intranet/hr-old/", "http://intranet/hr2", "http://intranet/x/hr/", "http://intranet/?/hr/"] {
        check(&path, other, "");
    }
    let moved = [("http://intranet/hr/*", "https://hr.contoso.example/*")];
    check(&moved, "http://intranet/hr/x?y#z", "https://hr.contoso.example/x?y#z");
    check(&moved, "http://intranet/hr", "https://hr.contoso.example");
    for other in ["http://intranet/hr-old/", "http://intranet2/hr/", "http://sub.intranet/hr/", "http://evil.example/http://intranet/hr/"] {
        check(&moved, other, "");
    }
    let dotted = [("http://in.tranet/a+b/", "https://x.contoso.example/")];
    check(&dotted, "http://in.tranet/a+b/c", "https://x.contoso.example/c");
    check(&dotted, "http://in-tranet/a+b/c", "");
    check(&dotted, "http://in.tranet/aab/c", "");
}

#[test]
fn a_wildcard_stands_for_the_names_below_a_host() {
    let one = [("http://*.corp.test/", "https://gate.contoso.example/")];
    check(&one, "http://a.corp.test/x", "https://gate.contoso.example/x");
    check(&one, "http://a.b.corp.test/x", "https://gate.contoso.example/x");
    for other in [
        "http://corp.test/",
        "http://acorp.test/",
        "http://a.corp.test.evil.example/",
        "http://evil.example/a.corp.test/",
        "http://evil.example?.corp.test/",
        "http://a@x.corp.test:81/",
    ] {
        check(&one, other, "");
    }
    let carried = [("http://*.corp.test:81/old", "https://*.contoso.example/new/")];
    check(&carried, "http://a.corp.test:81/old/x?y", "https://a.contoso.example/new/x?y");
    check(&carried, "http://a.b.corp.test:81/old", "https://a.b.contoso.example/new");
    check(&carried, "http://a.corp.test/old", "");
}

#[test]
fn what_is_said_more_exactly_wins() {
    let both = [
        ("http://*.corp.test/", "https://gate.contoso.example/"),
        ("http://hr.corp.test/", "https://hr.contoso.example/"),
        ("http://hr.corp.test/pay/", "https://pay.contoso.example/"),
    ];
    check(&both, "http://wiki.corp.test/", "https://gate.contoso.example/");
    check(&both, "http://hr.corp.test/", "https://hr.contoso.example/");
    check(&both, "http://hr.corp.test/pay/x", "https://pay.contoso.example/x");
}

#[test]
fn only_what_a_person_opens_is_led() {
    let rules: Vec<Value> =
        serde_json::from_str(&rules(&map(&[("http://a.test/", "https://b.test/"), ("http://a.test/x", "https://c.test/")]))).unwrap();
    assert_eq!(rules.len(), 2);
    for rule in rules {
        assert_eq!(rule["condition"]["resourceTypes"], json!(["main_frame"]));
        assert_eq!(rule["condition"]["requestMethods"], json!(["get"]));
        assert_eq!(rule["action"]["type"], "redirect");
    }
}

fn states(map: &Map) -> Vec<Option<Refusal>> {
    map.entries.iter().map(|entry| entry.link.as_ref().err().copied()).collect()
}

#[test]
fn entries_hold_together_or_do_not_count() {
    assert_eq!(states(&map(&[("http://a/", "https://b.test/"), ("http://a", "https://c.test/")])), [None, Some(Refusal::Repeated)]);
    // Neither in a circle nor in a row.
    let row = map(&[("http://a/", "https://b.test/x"), ("https://b.test/", "https://c.test/")]);
    assert_eq!(states(&row), [Some(Refusal::Loop), None]);
    let wild = map(&[("http://a/", "https://b.c.test/"), ("https://*.c.test/", "https://d.test/")]);
    assert_eq!(states(&wild), [Some(Refusal::Loop), None]);
    let other = map(&[("http://a/", "https://b.test/x"), ("https://b.test/y", "https://c.test/"), ("http://b.test/", "https://b.test/")]);
    assert_eq!(states(&other), [None, None, Some(Refusal::Loop)], "`/y` is below `/`");
    let policy = json!({"links": [{"internal": "http://a/", "external": "https://policy.test/"}], "linksProbe": "https://inside.test/"});
    let portal = json!({"links": [{"internal": "http://a/", "external": "https://portal.test/"}, 7, {}, {"internal": "http://a/"}], "probe": "http://hotel.test/"});
    let both = Map::read(Some(&policy.to_string()), Some(&portal.to_string()));
    assert_eq!(states(&both), [None, Some(Refusal::Repeated)], "the policy's word counts");
    assert_eq!(both.probes, ["https://inside.test/"], "without encryption anybody could answer");
    for nothing in ["", "[]", "{", "{\"links\": 7}", "null"] {
        assert_eq!(Map::read(Some(nothing), Some(nothing)), Map::default());
    }
}

#[test]
fn browsers_take_so_many_and_no_more() {
    let many: Vec<(String, String)> = (0..=MOST_LINKS).map(|n| (format!("http://s{n}/"), format!("https://s{n}.test/"))).collect();
    let borrowed: Vec<(&str, &str)> = many.iter().map(|(one, other)| (one.as_str(), other.as_str())).collect();
    let all = map(&borrowed);
    assert_eq!(all.links().count(), MOST_LINKS);
    assert_eq!(states(&all).last(), Some(&Some(Refusal::TooMany)));
    let patterns: Vec<(String, String)> = (0..=MOST_PATTERNS).map(|n| (format!("http://s{n}/x"), format!("https://s{n}.test/"))).collect();
    let borrowed: Vec<(&str, &str)> =
        patterns.iter().map(|(one, other)| (one.as_str(), other.as_str())).chain([("http://last/", "https://last.test/")]).collect();
    let all = map(&borrowed);
    assert_eq!(states(&all)[MOST_PATTERNS], Some(Refusal::TooManyPatterns));
    assert_eq!(states(&all)[MOST_PATTERNS + 1], None, "the others still have room");
}

proptest! {
    /// Nothing that a rule leads to is led anywhere by any rule: no circle, no row, whatever the map.
    #[test]
    fn nobody_is_led_twice(
        entries in proptest::collection::vec(("(http|https)://(\\*\\.)?[ab](\\.[ab]){0,2}(:81)?(/[ab]){0,2}/?", "https://(\\*\\.)?[ab](\\.[ab]){0,2}(/[ab]){0,2}/?"), 0..12),
        address in "(http|https)://[ab](\\.[ab]){0,3}(:81)?(/[abAB]){0,3}/?(\\?x)?",
    ) {
        let borrowed: Vec<(&str, &str)> = entries.iter().map(|(one, other)| (one.as_str(), other.as_str())).collect();
        let rules = rules(&map(&borrowed));
        let slash = if address.matches('/').count() < 3 { "/" } else { "" };
        if let Some(first) = led(&rules, &[address.as_str(), slash].concat()) {
            prop_assert_ne!(&first, &address);
            let slash = if first.matches('/').count() < 3 { "/" } else { "" };
            prop_assert_eq!(led(&rules, &[first.as_str(), slash].concat()), None, "{} led to {}", address, first);
        }
    }

    /// Reading a map never panics, and keeps within the limits.
    #[test]
    fn whatever_is_written_is_read(internal in ".{0,40}", external in ".{0,40}") {
        let _ = Link::read(&internal, &external);
        let _ = Map::read(Some(&internal), Some(&external));
    }
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
    assert_eq!(network.down, Vec::<String>::new(), "who is offline blames nobody");
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

fn duty(memory: my_apps_sign_in::memory::Memory) -> Duty {
    let mut world = World::worker(memory);
    match world.send(Event::LinksDue).as_slice() {
        [Effect::KeepLinks(duty)] => (**duty).clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn whoever_is_signed_in_has_a_portal_to_ask() {
    let nobody = duty(signed_out());
    assert!(nobody.request.is_none() && nobody.account.is_empty());
    let duty = duty(signed_in("anna"));
    assert_eq!(duty.request.as_ref().unwrap().url, "https://portal.test/api/v1/links");
    assert_eq!(duty.account, "https://portal.test 7");
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
    assert_eq!(ben.addresses(), "[]");
    let mut nobody = keeper("", &storage, NOON);
    assert_eq!(nobody.question(), None);
    assert_eq!(kept(&nobody), Storage::from([("links_off".into(), r#"{"all":true,"links":[]}"#.into())]), "only what a person set stays");
    nobody.addresses();
    assert_eq!((nobody.rules().as_str(), nobody.report(&[]).as_str()), ("[]", ""));
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
fn whoever_signs_in_or_out_anywhere_has_the_worker_look() {
    let asks = |mut world: World, event: Event| {
        world.send_without_finder(event).iter().any(|effect| matches!(effect, Effect::AskWorker(Job::Links)))
    };
    use my_apps_sign_in::popup::Button;
    assert!(asks(World::popup(signed_in("anna")), Event::Pressed(Button::SignOut)));
    let mut expired = signed_in("anna");
    expired.session = None;
    assert!(asks(World::popup(expired), Event::Pressed(Button::SignOut)));
    for event in [Event::Started, Event::PolicyChanged, Event::AlarmRang] {
        assert!(asks(World::worker(signed_in("anna")), event));
    }
    assert!(asks(World::worker(signed_in("anna")), Event::HostAccessChanged));
    assert!(!asks(World::worker(signed_in("anna")), Event::LinksDue), "it would never end");
    assert!(!asks(World::popup(signed_in("anna")), Event::Typed("x".into())));
}
