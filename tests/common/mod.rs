//! A portal, two people and their pages, as plain values; and a way to tell a story to one context in a line.

#![allow(dead_code, unused_imports, reason = "every test file uses another part")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice, reason = "a test fails by panicking")]

pub(crate) mod microsoft;
mod page;
mod search;
pub(crate) mod story;
mod words;

pub(crate) use page::{examined, judged, lesson_page, plan_of, sight, snapshot};
pub(crate) use search::Search;
pub(crate) use story::{World, check};
pub(crate) use words::{heard, outside_words, question, refusal_words, words};

use std::rc::Rc;

use my_apps_sign_in::Millis;
use my_apps_sign_in::catalogue::Catalogue;
use my_apps_sign_in::effect::Effect;
use my_apps_sign_in::event::Event;
use my_apps_sign_in::host_access::HostAccess;
use my_apps_sign_in::memory::{CatalogueTag, KnownAccount, Memory, Session, Settings};
use my_apps_sign_in::portal_url::PortalUrl;
use my_apps_sign_in::provider::discovery::{self, Discovery};
use my_apps_sign_in::provider::{Answer, Exchange, api};
use my_apps_sign_in::secret::Secret;
use my_apps_sign_in::state::{Environment, Screen, State};
use my_apps_sign_in::storage::{self, Values};

/// The portal of every story.
pub(crate) const PORTAL: &str = "https://portal.test";
/// Where its sign-in ends.
pub(crate) const REDIRECT: &str = "https://extension.test/";
/// When every story begins.
pub(crate) const NOON: Millis = 1_800_000_000_000;
/// How long a token lasts.
pub(crate) const EIGHT_HOURS: Millis = 8 * 60 * 60 * 1000;

/// An answer of the portal.
pub(crate) fn answer(status: u16, body: &str) -> Exchange {
    Ok(Answer { status, etag: None, retry_after: None, body: Secret::new(body.to_owned()) })
}

/// How the portal at this address introduces itself.
pub(crate) fn discovery_document(portal: &str) -> String {
    format!(
        r#"{{"my_apps": 1, "issuer": "{portal}", "product_name": "Contoso My Apps", "minimum_extension_version": "0.1.0",
        "api_url": "{portal}/api/v1/", "authorization_endpoint": "{portal}/oauth/authorize", "token_endpoint": "{portal}/oauth/token",
        "client_id": "my-apps-extension", "scope": "apps",
        "links": {{"home": "{portal}/", "app_password": "{portal}/apps/{{id}}/password"}}}}"#
    )
}

/// The same, read.
pub(crate) fn discovery_of(portal: &str) -> Discovery {
    discovery::read(&PortalUrl::new(portal).unwrap(), "0.1.0", answer(200, &discovery_document(portal))).unwrap()
}

/// A person, as the portal tells: `anna` is 7, `ben` is 8.
pub(crate) fn account_document(person: &str) -> String {
    let id = if person == "anna" { 7 } else { 8 };
    format!(r#"{{"id": "{id}", "name": "name-of-{person}", "username": "{person}@contoso.example"}}"#)
}

/// The apps of a person. Ids are the same for everybody; the names are theirs.
pub(crate) fn apps_document(person: &str) -> String {
    let app = |id: &str, mode: &str, credential: &str, url: &str, rule: &str| {
        format!(
            r#"{{"id": "{id}", "name": "{id} of {person}", "mode": "{mode}", "credential": "{credential}",
            "launch_url": "{url}", "sign_on_rules": [{rule}]}}"#
        )
    };
    let rule = |url: &str| format!(r#"{{"url": "{url}"}}"#);
    let apps = [
        app("crm", "password", "stored", "https://crm.test/login", &rule("https://crm.test/login")),
        app("wiki", "password", "stored", "https://wiki.test/login", &rule("https://wiki.test/login")),
        app("mail", "password", "stored", "https://mail.test/", &rule("https://mail.test/sign-in")),
        app("team", "password", "stored", "https://mail.test/", &rule("https://mail.test/sign-in")),
        app("bank", "password", "missing", "https://bank.test/login", &rule("https://bank.test/login")),
        app("hr", "saml", "missing", "https://hr.test/start", ""),
        r#"{"id": "payroll", "name": "payroll", "assigned": false, "sign_on_rules": [{"url": "https://payroll.test/login"}]}"#.to_owned(),
    ];
    format!(r#"{{"apps": [{}]}}"#, apps.join(","))
}

/// The same with a description of the form of one of them: a step for each word, whose fields are joined by `+`. Fields that are
/// called a secret take passwords. `company-id user-name+password` is a form on two pages.
pub(crate) fn described_apps_document(person: &str, app: &str, steps: &str) -> String {
    let field = |name: &str| {
        let kind = if name == "password" || name.contains("secret") { "password" } else { "text" };
        let id = if name == "user-name" { "username" } else { name };
        format!(r##"{{"field_id": "{id}", "label": "the {name}", "type": "{kind}", "locators": ["#{name}"]}}"##)
    };
    let step = |step: &str| {
        let fields: Vec<String> = step.split('+').map(field).collect();
        format!(r##"{{"fields": [{}], "submit": []}}"##, fields.join(","))
    };
    let steps: Vec<String> = steps.split(' ').map(step).collect();
    let id = format!(r#""id": "{app}","#);
    apps_document(person).replace(&id, &format!(r#"{id} "form": {{"steps": [{}]}},"#, steps.join(",")))
}

/// The values of an app's credential, which name their owner.
pub(crate) fn credential_document(person: &str, app: &str) -> String {
    let values = ["username", "password", "company-id", "company-secret", "branch"].map(|field| {
        let name = if field == "username" { "user" } else { field };
        format!(r#""{field}": "{name}-{person}-{app}""#)
    });
    format!(r#"{{"fields": {{{}}}}}"#, values.join(", "))
}

/// Nobody is signed in, and the portal of the stories is chosen.
pub(crate) fn signed_out() -> Memory {
    Memory { settings: Settings { portal: PortalUrl::new(PORTAL).unwrap(), ..Settings::default() }, ..Memory::default() }
}

/// This person is signed in and the apps are there.
pub(crate) fn signed_in(person: &str) -> Memory {
    let portal = PortalUrl::new(PORTAL).unwrap();
    let account = api::read_account(answer(200, &account_document(person))).unwrap();
    Memory {
        catalogue: Rc::new(Catalogue::read(&apps_document(person)).unwrap()),
        catalogue_tag: CatalogueTag { account: account.id.clone(), stamp: "1".into(), etag: Some("e1".into()), confirmed: NOON },
        account: Some(KnownAccount { portal, product_name: "Contoso My Apps".into(), account }),
        session: Some(Session {
            access_token: Secret::new(format!("token-of-{person}")),
            expires_at: NOON + EIGHT_HOURS,
            discovery: discovery_of(PORTAL),
            not_before: 0,
            fresh_until: 0,
        }),
        ..signed_out()
    }
}

/// This person is known, and the token is gone.
pub(crate) fn expired(person: &str) -> Memory {
    Memory { session: None, ..signed_in(person) }
}

/// What handles the events of the context with this screen.
pub(crate) fn update_of(screen: &Screen) -> fn(State, Millis, Event) -> (State, Vec<Effect>) {
    match screen {
        Screen::Worker => my_apps_sign_in::worker::update,
        Screen::Popup(_) => my_apps_sign_in::update::update,
        Screen::Options(_) | Screen::Diagnostics(_) | Screen::Teaching(_) => my_apps_sign_in::desk::update,
    }
}

/// One context.
pub(crate) fn state(screen: Screen, memory: Memory) -> State {
    let environment = Environment { redirect_uri: REDIRECT.to_owned(), version: "0.1.0" };
    State {
        environment,
        memory,
        granted: HostAccess::default(),
        screen,
        omnibox: Default::default(),
        showing: String::new(),
        shows: 0,
        questions: 0,
        fills: Vec::new(),
        listing: None,
    }
}

/// What is written to the storage, as one text to look for traces in.
pub(crate) fn traces(memory: &Memory) -> String {
    storage::save(memory).values().cloned().collect::<Vec<String>>().join("\n")
}

/// What another context would read after this one wrote.
pub(crate) fn through_storage(memory: &Memory) -> Memory {
    let values: Values = storage::save(memory);
    let mut read = storage::load(&values);
    if !read.catalogue_tag.stamp.is_empty() {
        storage::attach_catalogue(&mut read, Some(Rc::clone(&memory.catalogue)));
    }
    read
}
