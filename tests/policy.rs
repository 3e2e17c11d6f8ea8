//! What a company decided: what is fixed, what is offered, and what of it cannot be read.

#![allow(clippy::unwrap_used, reason = "a test that can not go on fails")]

mod common;

use common::microsoft::{CLIENT, portal};
use common::{NOON, PORTAL, World, signed_out};
use my_apps_sign_in::effect::Purpose;
use my_apps_sign_in::memory::{Memory, Settings};
use my_apps_sign_in::policy::Policy;
use my_apps_sign_in::portal_url::PortalUrl;
use my_apps_sign_in::{json, setup};

#[test]
fn a_policy_fixes_and_offers_and_what_cannot_be_read_is_said() {
    let read = |text: &str| json::read::<Policy>(text).unwrap();
    let load = |text: &str| {
        let mut values = my_apps_sign_in::storage::save(&signed_out());
        values.add("policy", text.to_owned());
        my_apps_sign_in::storage::load(&values)
    };
    assert_eq!(read("{}"), Policy::default());
    let memory = load(r#"{"portalUrl": "https://myapps.microsoft.com/contoso.com", "clientId": "x"}"#);
    assert_eq!(memory.settings.portal.as_str(), "https://myapps.microsoft.com/contoso.com");
    let menu = my_apps_sign_in::menu::Menu::of(&memory, NOON);
    assert!(!menu.enabled);
    let memory = load(r#"{"portals": ["https://one.test", "https://two.test/"]}"#);
    let menu = my_apps_sign_in::menu::Menu::of(&memory, NOON);
    let offered: Vec<&str> = menu.portals.iter().map(PortalUrl::as_str).collect();
    assert_eq!((menu.enabled, offered), (true, vec!["https://myapps.microsoft.com", "https://one.test", PORTAL, "https://two.test"]));
    let policy = read(
        r#"{"portalUrl": "http://portal.test", "portals": ["x"], "clientId": 7, "tenant": "a/b", "domainHint": [], "vaultUrl": "x", "automaticSubmit": "yes", "recentCount": -1}"#,
    );
    assert_eq!(policy.ignored, ["portalUrl", "portals", "clientId", "domainHint", "vaultUrl", "automaticSubmit", "recentCount", "tenant"]);
    let settings = Settings { client_id: "mine".into(), ..Settings::default() };
    let policy = read(&format!(r#"{{"clientId": "{CLIENT}", "vaultUrl": "{PORTAL}", "automaticSubmit": false, "tenant": "/"}}"#));
    let memory = Memory { settings, policy, ..Memory::default() };
    let decided: Vec<&str> = setup::decided(&memory.policy).iter().map(|(name, _)| *name).collect();
    assert_eq!(decided, ["clientId", "vaultUrl", "automaticSubmit"]);
    let idle = |memory: &Memory| setup::idle(memory).iter().map(|text| text.values.join(" ")).collect::<Vec<String>>();
    assert_eq!(idle(&memory), ["tenant"]);
    let elsewhere = Memory { settings: Settings { portal: portal(PORTAL), ..memory.settings.clone() }, ..memory.clone() };
    assert_eq!(idle(&elsewhere), ["tenant", "vaultUrl"], "that portal keeps its own passwords");
    assert_eq!(memory.registration().client_id, CLIENT);
}

#[test]
fn a_portal_that_the_policy_fixes_stays() {
    let policy = Policy { portal: Some(portal(PORTAL)), ..Policy::default() };
    let mut memory = Memory { policy, ..Memory::default() };
    memory.policy.clone().apply(&mut memory.settings);
    let mut world = World::options(memory);
    world.tell("type-portal other.test");
    assert_eq!(world.state.memory.settings.portal.as_str(), PORTAL);
    assert!(world.open.iter().all(|(_, purpose, _)| !matches!(purpose, Purpose::ChoosePortal(_))));
}
