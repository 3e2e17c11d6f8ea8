//! Changes of the map of internal addresses: what is refused, and that nothing is undone that was not seen.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use common::Server;
use my_apps_portal::{
    link_change::{Change, Hosts, NotChanged},
    link_map::{self, LinkMap, LinkMapError, Pair},
};
use my_apps_sign_in::links::Refusal;

fn pair(internal: &str, external: &str) -> Pair {
    Pair { internal: internal.to_owned(), external: external.to_owned() }
}

fn map(links: &[Pair]) -> LinkMap {
    LinkMap { links: links.to_vec(), probe: None }
}

fn add(entry: &Pair) -> Change {
    Change::Entry { seen: None, entry: entry.clone() }
}

fn turn(seen: &Pair, entry: &Pair) -> Change {
    Change::Entry { seen: Some(seen.clone()), entry: entry.clone() }
}

#[test]
fn what_is_wrong_is_said_about_the_entry_that_is_changed() {
    let intranet = pair("http://intranet/", "https://intranet.contoso.com/");
    let hr = pair("http://intranet/hr/", "https://hr.contoso.com/");
    let both = map(&[intranet.clone(), hr.clone()]);
    for (entry, refusal) in [
        (pair("intranet", "https://a.example/"), Refusal::InternalScheme),
        (pair("http://in tranet/", "https://a.example/"), Refusal::Internal),
        (pair("http://a/", "https://a@a.example/"), Refusal::External),
        (pair("http://a/", "http://a.example/"), Refusal::NotHttps),
        (pair("http://*.com/", "https://a.example/"), Refusal::Wildcard),
        (pair("https://a.example/", "https://a.example/"), Refusal::Same),
        (pair("https://a.example/", "https://a.example/b/"), Refusal::Loop),
        (pair("http://intranet/hr", "https://a.example/"), Refusal::Repeated),
    ] {
        assert_eq!(add(&entry).apply(&both), Err(NotChanged::Entry(refusal)), "{entry:?}");
    }
    let repeating = turn(&intranet, &pair("http://intranet/hr/", "https://other.contoso.com/"));
    assert_eq!(repeating.apply(&both), Err(NotChanged::Entry(Refusal::Repeated)), "not about the one that comes later in the map");
    let crossing = add(&pair("https://hr.contoso.com/", "https://b.example/"));
    assert_eq!(crossing.apply(&both), Err(NotChanged::Other(hr.clone())));
    let many: Vec<Pair> = (0..5000).map(|n| pair(&format!("http://s{n}/"), &format!("https://s{n}.contoso.com/"))).collect();
    let full = map(&many);
    assert_eq!(add(&hr).apply(&full), Err(NotChanged::Entry(Refusal::TooMany)));
    let changed = turn(&many[0], &pair("http://first/", "https://first.contoso.com/")).apply(&full).unwrap();
    assert_eq!((changed.links.len(), changed.check()), (5000, Ok(())), "a full map can still be changed");
}

#[test]
fn whatever_is_changed_an_accepted_map_is_followed_whole() {
    let pool = [
        pair("http://intranet/", "https://a.example/"),
        pair("http://intranet/hr/", "https://b.example/"),
        pair("http://intranet/hr", "https://c.example/"),
        pair("https://b.example/", "https://d.example/"),
        pair("http://*.corp.example/", "https://*.apps.example/"),
        pair("https://x.apps.example/", "https://e.example/"),
        pair("https://*.apps.example/", "https://f.example/"),
    ];
    let (mut accepted, mut refused) = (0, 0);
    for subset in 0..1_u32 << pool.len() {
        let links: Vec<Pair> = pool.iter().zip(0..).filter(|(_, bit)| subset & (1 << bit) != 0).map(|(pair, _)| pair.clone()).collect();
        let before = map(&links);
        if before.check().is_err() {
            continue;
        }
        let changes = pool.iter().map(add).chain(pool.iter().cloned().map(Change::Removal));
        let changes = changes.chain(pool.iter().flat_map(|seen| pool.iter().map(|entry| turn(seen, entry))));
        for change in changes {
            match change.apply(&before) {
                Ok(after) => {
                    accepted += 1;
                    assert_eq!(after.check(), Ok(()), "{change:?} of {before:?}");
                    let kept = before.links.iter().filter(|pair| after.links.contains(pair)).count();
                    assert!(kept + 1 >= before.links.len(), "one entry at most is another: {change:?}");
                }
                Err(why) => {
                    refused += 1;
                    let unseen = matches!(&change, Change::Removal(seen) | Change::Entry { seen: Some(seen), .. } if !links.contains(seen));
                    assert_eq!(why == NotChanged::Meanwhile, unseen, "{change:?} of {before:?}");
                }
            }
        }
    }
    assert!(accepted > 100 && refused > 100, "{accepted} {refused}");
}

#[test]
fn an_old_entry_that_counts_for_nothing_stands_in_nobodys_way() {
    let old = pair("HTTP://Intranet", "https://a.example/");
    let before = map(&[old.clone(), pair("http://b/", "https://b.example/")]);
    let more = add(&pair("http://c/", "https://c.example/")).apply(&before).unwrap();
    assert_eq!(more.links.len(), 3);
    assert_eq!(turn(&old, &pair("intranet", "https://a.example/")).apply(&before), Err(NotChanged::Entry(Refusal::InternalScheme)));
    assert_eq!(turn(&old, &pair("http://intranet/", "https://a.example/")).apply(&before).unwrap().check(), Ok(()));
    assert_eq!(Change::Removal(old).apply(&before).unwrap().check(), Ok(()));
}

#[test]
fn what_was_changed_meanwhile_is_not_undone() {
    let (old, new) = (pair("http://a/", "https://a.example/"), pair("http://a/", "https://b.example/"));
    let now = map(std::slice::from_ref(&new));
    let meanwhile = Err(NotChanged::Meanwhile);
    assert_eq!(turn(&old, &pair("http://a/", "https://c.example/")).apply(&now), meanwhile);
    assert_eq!(Change::Removal(old.clone()).apply(&now), meanwhile);
    let probe = |seen: Option<&str>, probe: Option<&str>| Change::Probe { seen: seen.map(str::to_owned), probe: probe.map(str::to_owned) };
    assert_eq!(probe(Some("https://inside.example/"), None).apply(&now), meanwhile);
    assert_eq!(probe(None, Some("http://inside.example/")).apply(&now), Err(NotChanged::Map(LinkMapError::Probe)));
    assert_eq!(probe(None, Some("https://inside.example/")).apply(&now).unwrap().probe.as_deref(), Some("https://inside.example/"));
    let whole = |seen: &LinkMap| Change::Whole { seen: seen.version(), map: LinkMap::default() };
    assert_eq!(whole(&map(&[old])).apply(&now), meanwhile);
    assert_eq!(whole(&now).apply(&now), Ok(LinkMap::default()));
}

#[test]
fn the_trail_gets_the_host_that_is_changed_and_the_one_it_was() {
    let [hr, pay] = ["http://intranet/hr/", "https://intranet:8443/"].map(|internal| pair(internal, "https://a.example/"));
    let [people, wild] = ["http://people/", "http://*.corp.contoso/"].map(|internal| pair(internal, "https://a.example/"));
    let elsewhere = pair("http://intranet/hr/", "https://b.example/");
    // What is no host gets nothing into the trail, neither as the new one nor as the old one.
    let [six, none] = ["http://[::1]/", "<b>\u{202e}"].map(|internal| pair(internal, "https://a.example/"));
    for (change, now, before) in [
        (add(&hr), "intranet", None),
        (add(&six), "", None),
        (turn(&hr, &people), "people", Some("intranet")),
        (turn(&people, &hr), "intranet", Some("people")),
        (turn(&people, &wild), "corp.contoso", Some("people")),
        (turn(&people, &six), "", Some("people")),
        (turn(&none, &people), "people", None),
        (turn(&six, &people), "people", None),
        (turn(&hr, &pay), "intranet", None),
        (turn(&hr, &elsewhere), "intranet", None),
        (Change::Removal(hr.clone()), "intranet", None),
        (Change::Removal(none.clone()), "", None),
        (Change::Probe { seen: None, probe: Some("https://inside.example/".to_owned()) }, "", None),
        (Change::Whole { seen: String::new(), map: map(std::slice::from_ref(&hr)) }, "", None),
    ] {
        assert_eq!(change.hosts(), Hosts { now: now.to_owned(), before: before.map(str::to_owned) }, "{change:?}");
    }
}

#[tokio::test]
async fn of_many_who_change_at_once_nobody_is_lost() {
    let server = Server::start().await;
    let entries: Vec<Pair> = (0..8).map(|n| pair(&format!("http://s{n}/"), &format!("https://s{n}.example/"))).collect();
    let tasks: Vec<_> = entries
        .iter()
        .map(|entry| {
            let (portal, change) = (server.portal.clone(), add(entry));
            tokio::spawn(async move { link_map::change(&portal.database, &change, 2, 0).await.unwrap() })
        })
        .collect();
    for task in tasks {
        assert_eq!(task.await.unwrap(), Ok(()));
    }
    let mut kept = link_map::find(server.database()).await.unwrap().map.links;
    kept.sort_by(|one, other| one.internal.cmp(&other.internal));
    assert_eq!(kept, entries);
}
