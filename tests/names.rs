//! Names of a person's own for apps: shown and said in the place of the portal's, found beside them, and one account's.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that can not go on fails")]

mod common;

use std::rc::Rc;

use common::{World, apps_document, signed_in};
use my_apps_sign_in::catalogue::{Catalogue, Reading};
use my_apps_sign_in::event::Event;
use my_apps_sign_in::json;
use my_apps_sign_in::memory::Memory;
use my_apps_sign_in::names::Names;
use my_apps_sign_in::storage;
use proptest::prelude::*;

fn named(lines: &[&str]) -> Reading {
    Reading { names: json::read(&serde_json::to_string(lines).unwrap()).unwrap(), ..Reading::default() }
}

/// What the list calls its first app under these names, and what the portal calls it if that is another name.
fn crm(lines: &[&str]) -> (String, String) {
    let catalogue = Catalogue::read_as(&apps_document("anna"), &named(lines)).unwrap();
    let app = catalogue.app("crm").unwrap();
    (app.name.clone(), app.portal_name.clone())
}

#[test]
fn what_is_no_name_changes_nothing() {
    let portals = crm(&[]);
    assert_eq!(portals.1, "");
    for lines in [&["crm"][..], &["crm "], &["crm  \u{200b} "], &[" Customers"], &["nobody Customers"], &["CRM Customers"], &[""]] {
        assert_eq!(crm(lines), portals, "{lines:?}");
    }
    let same = format!("crm {}", portals.0);
    assert_eq!(crm(&[&same]), portals);
}

#[test]
fn a_name_stands_in_the_place_of_the_portals() {
    let (portals, _) = crm(&[]);
    assert_eq!(crm(&["wiki Notes", "crm My customers"]), ("My customers".into(), portals));
    assert_eq!(crm(&["crm Newest", "crm Older"]).0, "Newest");
    let long = format!("crm {}", "x".repeat(5_000));
    assert!(crm(&[&long]).0.len() <= 200, "a name has an end");
}

#[test]
fn both_names_are_found_and_the_own_one_is_said() {
    let body = apps_document("anna");
    let reading = named(&["crm Zebra"]);
    let memory = Memory { catalogue: Rc::new(Catalogue::read_as(&body, &reading).unwrap()), names: reading.names, ..signed_in("anna") };
    let portals = crm(&[]).0;
    for typed in ["zebra", "zbera", &portals] {
        let mut world = World::popup(memory.clone());
        world.tell("popup https://news.test/");
        world.send(Event::Typed(typed.to_owned()));
        let rows = &world.state.popup().unwrap().finding.found.as_ref().unwrap().rows;
        assert_eq!(rows.first().map(|row| row.name.as_str()), Some("Zebra"), "{typed}");
    }
    let mut world = World::popup(memory);
    world.tell("popup https://crm.test/login > see d1 https://crm.test/login login > credential ok > written submitted");
    assert!(format!("{:?}", world.state.popup().unwrap().dialog).contains("Zebra"));
}

#[test]
fn a_list_that_comes_later_is_read_with_them() {
    let mut world = World::popup(Memory { names: named(&["crm Zebra"]).names, ..signed_in("anna") });
    world.tell("popup https://news.test/ > apps ok");
    assert_eq!(world.state.memory.catalogue.name_of("crm"), "Zebra");
}

#[test]
fn they_are_one_accounts_and_end_with_it() {
    let stored = |account: &str| {
        let mut values = storage::save(&signed_in("anna"));
        values.add("names", format!(r#"{{"account": "{account}", "apps": ["crm Zebra"]}}"#));
        storage::load(&values)
    };
    let account = signed_in("anna").account.unwrap().account.id;
    let memory = stored(&account);
    assert_eq!(memory.names.entries().collect::<Vec<_>>(), [("crm", "Zebra")]);
    assert!(stored("somebody else").names.is_empty());
    let mut world = World::popup(memory);
    world.tell("popup https://news.test/ > press SignOut");
    assert!(world.state.memory.names.is_empty());
}

#[test]
fn no_more_are_kept_than_a_list_can_be_read_with_at_once() {
    let lines: Vec<String> = (0..5_000).map(|number| format!("app-{number} Name {number}")).collect();
    let names: Names = json::read(&json::texts(&lines)).unwrap();
    assert_eq!(names.entries().count(), 200);
    assert_eq!(json::read::<Names>(&names.write()).unwrap(), names);
}

proptest! {
    #[test]
    fn whatever_is_kept_the_list_keeps_its_apps(lines in prop::collection::vec("(crm|wiki|mail|x)? ?\\PC{0,20}", 0..6)) {
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let plain = Catalogue::read(&apps_document("anna")).unwrap();
        let read = Catalogue::read_as(&apps_document("anna"), &named(&lines)).unwrap();
        for (app, before) in read.apps.iter().zip(&plain.apps) {
            prop_assert_eq!((&app.id, &app.launch_url), (&before.id, &before.launch_url));
            prop_assert!(app.name == before.name || app.portal_name == before.name);
            prop_assert!(!app.name.is_empty());
        }
        prop_assert_eq!(read.apps.len(), plain.apps.len());
    }
}
