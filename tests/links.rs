//! Internal addresses that lead to external ones: which entries of a map count, and what the browser is told.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice, clippy::panic, reason = "a test that can not go on fails")]

use my_apps_sign_in::host_access::HostAccess;
use my_apps_sign_in::json::Named;
use my_apps_sign_in::links::{self, LONGEST_PATH, Link, MOST_LINKS, MOST_PATTERNS, Map, Network, Off, Refusal};
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
    for internal in
        ["", "intranet", "intranet/hr/", "ftp://intranet/", "*://intranet/", "<all_urls>", "http:/intranet/", " http://intranet/"]
    {
        refused(internal, OUT, Refusal::InternalScheme);
    }
    for internal in [
        "http://",
        "http://in tranet/",
        "http://Intranet/",
        "HTTP://intranet/",
        "http://intranet:80/",
        "http://a@intranet/",
        "http://intranet/?x",
        "http://intranet/#x",
        "http://intranet/a*b/",
        "http://intranet/a|b/",
        "http://in*tranet/",
        "http://*/",
        "http://intranet/../hr/",
        "http://intranet.*/",
        "http://[::1]/",
        "http://*.*.contoso.test/",
    ] {
        refused(internal, OUT, Refusal::Internal);
    }
    let long = "a".repeat(LONGEST_PATH);
    refused(&format!("http://intranet/{long}"), OUT, Refusal::InternalTooLong);
    refused("http://intranet/", &format!("https://x.example/{long}"), Refusal::ExternalTooLong);
    refused(&format!("http://intranet/{long}?x"), OUT, Refusal::Internal);
    for external in ["https://", "HTTPS://x.example/", "https://user@x.example/", "https://x.example/?next="] {
        refused("http://intranet/", external, Refusal::External);
    }
    let no_https = ["", "contoso.example", "javascript:alert(1)", "data:text/html,x", "http://hr.contoso.example/"];
    for external in [no_https.as_slice(), &["http://10.0.0.7/", "http://localhost.evil.example/"]].concat() {
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
    // The more exact one wins, wherever it stands: a longer host below a wildcard, the host itself, a longer path.
    let mut nested = [
        ("http://*.corp.example/", "https://*.apps.example/"),
        ("http://*.hr.corp.example/", "https://*.hr-apps.example/"),
        ("http://x.hr.corp.example/", "https://x.example/"),
        ("http://*.corp.example/a/long/path", "https://*.long.example/a/long/path"),
    ];
    for _ in 0..2 {
        check(&nested, "http://x.corp.example/", "https://x.apps.example/");
        check(&nested, "http://y.hr.corp.example/", "https://y.hr-apps.example/");
        check(&nested, "http://x.hr.corp.example/", "https://x.example/");
        check(&nested, "http://y.hr.corp.example/a/long/path", "https://y.hr-apps.example/a/long/path");
        check(&nested, "http://x.corp.example/a/long/path", "https://x.long.example/a/long/path");
        nested.reverse();
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
