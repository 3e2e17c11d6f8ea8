//! What is written can be read again; what is damaged, newer or somebody else's is left out and never believed.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice, clippy::panic, reason = "a test that can not go on fails")]

mod common;

use std::collections::BTreeMap;

use common::{NOON, PORTAL, World, apps_document, discovery_of, expired, signed_in, signed_out, through_storage, traces};
use my_apps_sign_in::event::Event;
use my_apps_sign_in::json;
use my_apps_sign_in::memory::{KnownAccount, Memory, PendingNotice, SCHEMA, Session};
use my_apps_sign_in::portal_url::PortalUrl;
use my_apps_sign_in::provider::PortalError;
use my_apps_sign_in::secret::Secret;
use my_apps_sign_in::sign_in::SignIn;
use my_apps_sign_in::storage::{self, Area, KEYS, Values, attach_catalogue};
use my_apps_sign_in::teach::Draft;
use proptest::prelude::*;

type Texts = BTreeMap<&'static str, String>;

fn values(texts: &Texts) -> Values {
    let mut values = Values::default();
    texts.iter().for_each(|(key, text)| values.add(key, text.clone()));
    values.add(storage::POLICY, r#"{"vaultUrl": "https://vault.test"}"#.to_owned());
    values
}

fn save(memory: &Memory) -> Texts {
    let values = storage::save(memory);
    KEYS.iter().filter_map(|(_, key)| values.get(key).map(|text| (*key, text.to_owned()))).collect()
}

fn load(texts: &Texts) -> Memory {
    storage::load(&values(texts))
}

fn is_from_newer_version(texts: &Texts) -> bool {
    storage::is_from_newer_version(&values(texts))
}

/// Something under every key.
fn everything() -> Memory {
    let mut memory = World::worker(expired("anna"));
    memory.tell("ask-sign-in > discovery ok > proof > redirect ok > token ok");
    let mut memory = memory.state.memory;
    memory.session = signed_in("anna").session;
    memory.vault = signed_in("anna").session.map(|session| Session { discovery: discovery_of("https://vault.test"), ..session });
    memory.used("crm", NOON);
    memory.favourites.toggle("wiki");
    memory.names = json::read(r#"["wiki Notes"]"#).unwrap();
    memory.fill_log.add(NOON, "submitted", "crm");
    memory.launches.promise(1, "crm", NOON);
    memory.filled.add("document-1");
    memory.sent.add(1, "crm", "document-1", &common::plan_of("username+password"), NOON);
    memory.sent.add(1, "crm", "document-2", &common::plan_of("branch"), NOON);
    memory.draft = Some(Draft { account: "7".into(), app: "crm".into(), ..Draft::default() }.write());
    memory.settings.declined_hosts.push("https://crm.test/*".into());
    memory.settings.used_portals.push(PortalUrl::new("https://other.test").unwrap());
    memory.notice =
        Some(PendingNotice::PortalProblem { portal: PortalUrl::new("https://other.test").unwrap(), error: PortalError::Failed(503) });
    memory
}

/// What is left when one key holds this text (or is missing).
fn with_key(key: &'static str, text: Option<&str>) -> Memory {
    let mut values = save(&everything());
    assert!(values.contains_key(key), "{key} is not tried");
    match text {
        Some(text) => values.insert(key, text.to_owned()),
        None => values.remove(key),
    };
    load(&values)
}

/// Writes these keys only; what is left of them after reading?
#[track_caller]
fn check(memory: &Memory, expected: &[&str]) {
    let left: Vec<&str> = save(memory).into_keys().collect();
    assert_eq!(left, expected);
}

/// The keys that are read; the glimpse is derived anew after every event (`tests/glimpse.rs`).
fn documents() -> impl Iterator<Item = (Area, &'static str)> {
    KEYS.into_iter().filter(|(_, key)| *key != "glimpse")
}

#[test]
fn every_key_is_written_and_read() {
    let values = save(&everything());
    let mut keys: Vec<&str> = documents().map(|(_, key)| key).collect();
    keys.sort_unstable();
    assert_eq!(values.keys().copied().collect::<Vec<&str>>(), keys);
    assert_eq!(save(&load(&values)), values);
    let glimpsed = save(&Memory { glimpse: Some("{}".into()), ..everything() });
    assert_eq!(glimpsed.len(), values.len() + 1);
    assert_eq!(save(&load(&glimpsed)), values);
}

#[test]
fn nothing_is_written_for_somebody_new() {
    check(&Memory::default(), &[]);
    check(&load(&Texts::new()), &[]);
}

#[test]
fn the_token_and_the_sign_in_never_outlive_the_browser() {
    let values = save(&everything());
    for (area, key) in documents() {
        let text = &values[key];
        if area == Area::Local {
            for secret in ["token-of", "verifier", "state-1", "code-1"] {
                assert!(!text.contains(secret), "{key} holds {secret}");
            }
        }
    }
    assert!(values["session"].contains("token-of-anna"));
    assert!(KEYS.iter().all(|(area, key)| (*area == Area::Session)
        != ["settings", "account", "catalogue_tag", "favourites", "names", "recent", "fill_log", "frecency"].contains(key)));
}

#[test]
fn a_damaged_key_costs_itself_and_what_hangs_on_it() {
    let whole = save(&everything());
    let all: Vec<&str> = whole.keys().copied().collect();
    for (_, key) in documents() {
        let lost: &[&str] = match key {
            // Without its portal or its person nothing can be trusted to belong together.
            "settings" => &[
                "settings",
                "account",
                "catalogue_tag",
                "favourites",
                "fill_log",
                "frecency",
                "names",
                "recent",
                "sent",
                "session",
                "vault",
                "sign_in",
                "launches",
                "draft",
            ],
            "account" => &[
                "account",
                "catalogue_tag",
                "favourites",
                "fill_log",
                "frecency",
                "names",
                "recent",
                "sent",
                "session",
                "vault",
                "launches",
                "draft",
            ],
            _ => &[key],
        };
        let expected: Vec<&str> = all.iter().copied().filter(|key| !lost.contains(key)).collect();
        let text = &whole[key];
        let half = &text[..text.len() / 2];
        let padded = format!("{text}\u{0}\u{0}");
        // A number is one key's good value; for that key it is cut to nothing.
        for damaged in [
            None,
            Some(""),
            Some("\u{0}\u{0}"),
            Some("<html>"),
            Some("[1.5]"),
            Some("{"),
            Some(padded.as_str()),
            Some(half).filter(|half| half.parse::<u32>().is_err()),
        ] {
            check(&with_key(key, damaged), &expected);
        }
    }
}

#[test]
fn a_value_of_another_type_counts_as_absent() {
    for (_, key) in documents() {
        // Whatever another text says, it is not what is shown.
        for text in ["null", "true", "-1", "\"text\"", "[null]", "{\"a\": 1}", "[[[[]]]]", "1e400", "18446744073709551616"] {
            let memory = with_key(key, Some(text));
            let is_one = key == "shown" && text == "\"text\"";
            assert!(is_one || save(&memory).get(key).is_none_or(|written| written != text), "{key} kept {text}");
        }
    }
    assert!(matches!(with_key("sign_in", Some("\"Idle\"")).sign_in, SignIn::Idle));
    assert!(matches!(with_key("sign_in", Some("{\"Discovering\": \"Interactive\", \"Idle\": null}")).sign_in, SignIn::Idle));
}

#[test]
fn what_a_newer_version_wrote_is_not_touched_and_not_believed() {
    let mut values = save(&everything());
    assert!(!is_from_newer_version(&values));
    values.insert("settings", format!("{{\"schema\": {}, \"portal\": {{\"new\": \"shape\"}}, \"rating\": 4.5}}", SCHEMA + 1));
    assert!(is_from_newer_version(&values));
    let memory = load(&values);
    assert_eq!(memory.notice, Some(PendingNotice::NewerVersion));
    check(&memory, &["notice"]);
    assert!(!is_from_newer_version(&Texts::from([("settings", "{\"schema\": \"2\"}".to_owned())])));
    // Every version leaves its mark, also where nothing was ever set.
    let account = signed_in("anna").account.map(|known| KnownAccount { portal: PortalUrl::default(), ..known });
    assert!(save(&Memory { account, ..Memory::default() })["settings"].contains(&format!("\"schema\":{SCHEMA}")));
}

#[test]
fn a_field_of_a_later_version_of_the_same_schema_does_no_harm() {
    let mut values = save(&everything());
    for key in ["settings", "account", "catalogue_tag", "recent", "frecency", "session"] {
        let text = values[key].replacen('{', "{\"later\": [1.5, {\"deep\": null}], ", 1);
        values.insert(key, text);
    }
    assert_eq!(save(&load(&values)), save(&everything()));
}

#[test]
fn another_portals_person_is_a_stranger() {
    let mut memory = everything();
    memory.settings.portal = PortalUrl::new("https://other.test").unwrap();
    let read = through_storage(&memory);
    assert!(read.account.is_none() && read.session.is_none() && read.recent.ids().is_empty() && read.catalogue_tag.stamp.is_empty());
    assert!(!traces(&read).contains("token-of-anna") && !traces(&read).contains("name-of-anna"));
}

#[test]
fn another_persons_apps_and_recents_are_left_out() {
    let mut values = save(&everything());
    let ben = save(&signed_in("ben"));
    values.insert("account", ben["account"].clone());
    let memory = load(&values);
    assert_eq!(memory.account.as_ref().unwrap().account.name, "name-of-ben");
    assert!(memory.recent.ids().is_empty() && memory.catalogue_tag.stamp.is_empty() && memory.catalogue.apps.is_empty());
}

#[test]
fn another_portals_token_is_left_out() {
    let mut values = save(&everything());
    let session = values["session"].replace(PORTAL, "https://other.test");
    values.insert("session", session);
    assert!(load(&values).session.is_none());
}

#[test]
fn another_persons_token_is_left_out() {
    // The browser took the one key, and had no room for the other.
    let mut anna = save(&everything());
    let ben = save(&Memory { vault: signed_in("ben").session, ..signed_in("ben") });
    for key in ["session", "vault"] {
        anna.insert(key, ben[key].clone());
    }
    let memory = load(&anna);
    assert_eq!(memory.account.as_ref().unwrap().account.name, "name-of-anna");
    assert!(memory.session.is_none() && memory.vault.is_none());
}

#[test]
fn a_list_that_cannot_be_read_is_asked_for_again() {
    let mut memory = load(&save(&everything()));
    assert!(memory.catalogue_tag.etag.is_some());
    attach_catalogue(&mut memory, None);
    assert!(memory.catalogue_tag.etag.is_none() && memory.catalogue_tag.stamp.is_empty());
}

#[test]
fn nothing_secret_is_printed() {
    let printed = |things: &[&dyn std::fmt::Debug]| things.iter().map(|thing| format!("{thing:?}")).collect::<String>();
    let mut story = World::worker(signed_out());
    let mut said = printed(&[&Event::Authorized { epoch: 1, redirect: Ok(Secret::new("https://extension.test/?code=code-1".into())) }]);
    for step in [
        "ask-sign-in",
        "discovery ok",
        "proof",
        "redirect ok",
        "token ok",
        "account ok",
        "apps ok",
        "launched crm",
        "arrive https://crm.test/login",
        "see d1 https://crm.test/login login",
    ] {
        story.tell(step);
        said += &printed(&[&story.state, &story.open]);
    }
    let answered = Event::Answered {
        purpose: story.open.pop().unwrap().1,
        epoch: story.state.memory.epoch,
        exchange: common::answer(200, &common::credential_document("anna", "crm")),
    };
    said += &printed(&[&answered]);
    let effects = story.send(answered);
    said += &printed(&[&effects, &story.state]);
    assert!(said.contains("Write {") && said.contains("name-of-anna"), "the story went to its end");
    for secret in ["token-of-anna", "password-anna", "user-anna", "verifier", "code-1"] {
        assert!(!said.contains(secret), "{secret} can be printed");
    }
}

#[test]
fn no_credential_is_ever_remembered() {
    let mut story = World::worker(signed_in("anna"));
    for step in [
        "launched crm",
        "arrive https://crm.test/login",
        "see d1 https://crm.test/login login",
        "credential ok",
        "written waiting",
        "waited",
        "written submitted",
    ] {
        story.tell(step);
        assert!(!traces(&story.state.memory).contains("password-anna") && !traces(&story.state.memory).contains("user-anna"), "{step}");
    }
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z0-9 ]{0,8}", any::<String>(), Just("\u{0}\"\\\n\u{2028}😀".to_owned())]
}

fn memory() -> impl Strategy<Value = Memory> {
    let people = (any::<bool>(), any::<bool>(), text(), text(), text());
    let lists = (
        prop::collection::vec(text(), 0..5),
        prop::collection::vec((any::<i32>(), text(), any::<u64>()), 0..5),
        prop::collection::vec(text(), 0..60),
        prop::collection::vec(text(), 0..4),
    );
    (people, lists, any::<u64>(), any::<u32>()).prop_map(
        |((known, has_token, id, name, token), (recent, launches, filled, declined), expires_at, epoch)| {
            let mut memory = if known { signed_in("anna") } else { signed_out() };
            if let Some(known) = &mut memory.account {
                known.account.id = id.clone();
                known.account.name = name;
                memory.catalogue_tag.account = id;
                recent.iter().for_each(|app| memory.recent.used(app));
            }
            memory.session = memory.session.filter(|_| has_token).map(|session| my_apps_sign_in::memory::Session {
                access_token: my_apps_sign_in::secret::Secret::new(token),
                expires_at,
                ..session
            });
            launches.iter().filter(|_| known).for_each(|(tab, app, now)| memory.launches.promise(*tab, app, *now));
            filled.iter().for_each(|document| memory.filled.add(document));
            memory.settings.declined_hosts = declined;
            memory.epoch = epoch;
            memory
        },
    )
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(memory in memory()) {
        prop_assert_eq!(save(&through_storage(&memory)), save(&memory));
    }

    #[test]
    fn damage_anywhere_is_survived(flips in prop::collection::vec((0_usize..10, any::<prop::sample::Index>(), any::<char>(), any::<bool>()), 1..4)) {
        let mut values = save(&everything());
        for (key, place, letter, cut) in flips {
            let (_, key) = KEYS[key];
            let mut letters: Vec<char> = values[key].chars().collect();
            if letters.is_empty() {
                continue;
            }
            let place = place.index(letters.len());
            if cut { letters.truncate(place) } else { letters[place] = letter };
            values.insert(key, letters.into_iter().collect());
        }
        let memory = load(&values);
        // What was believed is whole: it can be written and read again.
        prop_assert_eq!(save(&load(&save(&memory))), save(&memory));
        let mut world = World::popup(memory);
        world.tell("popup https://crm.test/login > press SignOut > started");
    }

    #[test]
    fn documents_of_any_kind_are_survived(text in any::<String>()) {
        for (_, key) in KEYS {
            let _ = load(&Texts::from([(key, text.clone())]));
        }
        let _ = my_apps_sign_in::catalogue::Catalogue::read(&format!("{}{text}", apps_document("anna")));
    }
}
