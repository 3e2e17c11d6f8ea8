//! What a company decided: what is fixed, what is offered, and what of it cannot be read.

#![allow(clippy::unwrap_used, reason = "a test that can not go on fails")]

mod common;

use common::microsoft::{CLIENT, portal};
use common::{NOON, PORTAL, World, answer, apps_document, signed_in, signed_out};
use my_apps_sign_in::effect::Purpose;
use my_apps_sign_in::event::Event;
use my_apps_sign_in::memory::{Memory, Settings};
use my_apps_sign_in::policy::{Fixed, Policy};
use my_apps_sign_in::portal_url::PortalUrl;
use my_apps_sign_in::storage::Values;
use my_apps_sign_in::{json, setup};

#[test]
fn what_a_person_chose_is_theirs_again_when_the_policy_goes() {
    const FIXED: &str = r#"{"portalUrl": "https://company.test", "recentCount": 20, "automaticSubmit": false}"#;
    let chosen = Settings { portal: portal("https://own.test"), recents: 5, ..Settings::default() };
    let stored = my_apps_sign_in::storage::save(&Memory { settings: chosen.clone(), ..Memory::default() });
    let under = |policy: &str, stored: &Values| {
        let mut values = stored.clone();
        values.add("policy", policy.to_owned());
        my_apps_sign_in::storage::load(&values)
    };
    let memory = under(FIXED, &stored);
    let Settings { portal, recents, submits, .. } = &memory.settings;
    assert_eq!((portal.as_str(), *recents, *submits), ("https://company.test", 9, false));
    // Whatever happens under the policy and is stored, also a sign-out and another setting.
    let mut world = World::options(memory);
    world.state.memory.forget_account();
    world.state.memory.settings.client_id = CLIENT.to_owned();
    let stored = my_apps_sign_in::storage::save(&world.state.memory);
    assert_eq!(under("{}", &stored).settings, Settings { client_id: CLIENT.to_owned(), ..chosen });
    assert_eq!(under(FIXED, &stored).settings.portal.as_str(), "https://company.test");
}

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
        r#"{"portalUrl": "http://portal.test", "portals": ["x"], "clientId": 7, "tenant": "a/b", "domainHint": [], "vaultUrl": "x", "automaticSubmit": "yes", "recentCount": -1, "httpHosts": "intranet", "logLevel": "requests", "language": 7, "linksProbe": "http://inside.contoso.test/"}"#,
    );
    let all = [
        "portalUrl",
        "portals",
        "clientId",
        "domainHint",
        "vaultUrl",
        "automaticSubmit",
        "recentCount",
        "httpHosts",
        "logLevel",
        "language",
        "linksProbe",
        "tenant",
    ];
    assert_eq!(policy.ignored, all);
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
fn what_has_no_effect_is_said() {
    let idle = |policy: &str| {
        let memory = Memory { policy: json::read(policy).unwrap(), ..signed_out() };
        setup::idle(&memory).iter().map(|text| text.values.join(" ")).collect::<Vec<String>>().join(" ")
    };
    for (policy, expected) in [
        (r#"{"language": "de"}"#, ""),
        (r#"{"language": "pt-BR"}"#, ""),
        (r#"{"language": "xx"}"#, "language"),
        (r#"{"language": "../de"}"#, "language"),
        (r#"{"httpHosts": ["intranet", "hr.corp.example"]}"#, ""),
        (r#"{"httpHosts": ["http://intranet/"]}"#, "httpHosts"),
        (r#"{"httpHosts": ["Intranet"]}"#, "httpHosts"),
        (r#"{"httpHosts": ["intranet:8080"]}"#, "httpHosts"),
        (r#"{"httpHosts": ["hr_portal"]}"#, ""),
        (r#"{"httpHosts": [""]}"#, "httpHosts"),
        (r#"{"httpHosts": ["intranet", 7]}"#, "httpHosts"),
        (r#"{"portals": ["https://one.test", "ftp://two.test"]}"#, "portals"),
    ] {
        assert_eq!(idle(policy), expected, "{policy}");
    }
    let half: Policy = json::read(r#"{"httpHosts": ["intranet", 7], "portals": ["https://one.test", "ftp://two.test"]}"#).unwrap();
    assert!(half.http_hosts.is_empty() && half.portals.is_empty(), "half of a list is none");
}

#[test]
fn true_and_false_are_read_as_each_browser_finds_them_in_the_registry() {
    let read = |value: &str| json::read::<Policy>(&format!(r#"{{"automaticSubmit": {value}}}"#)).unwrap();
    for refused in ["2", "-1", r#""true""#, r#""1""#, "[true]"] {
        assert_eq!((read(refused).fixed.submits, read(refused).ignored), (None, vec!["automaticSubmit"]), "{refused}");
    }
    for (value, expected) in [("true", true), ("1", true), ("false", false), ("0", false)] {
        assert_eq!((read(value).fixed.submits, read(value).ignored), (Some(expected), vec![]), "{value}");
    }
}

#[test]
fn a_company_says_which_fills_are_written_down() {
    const GOOD: &str = "popup https://crm.test/login > see d1 https://crm.test/login login > credential ok > written submitted";
    const BAD: &str = "popup https://crm.test/login > see d2 https://crm.test/login login > credential no-credential";
    let kept = |memory: &Memory| memory.fill_log.entries().map(|entry| entry.key).collect::<Vec<String>>().join(" ");
    for (level, expected) in [("none", ""), ("problems", "noPasswordStored"), ("fills", "noPasswordStored submitted")] {
        let policy: Policy = json::read(&format!(r#"{{"logLevel": "{level}"}}"#)).unwrap();
        assert_eq!(setup::decided(&policy), [("logLevel", level.to_owned())]);
        let told = |policy: Policy| {
            let mut first = World::popup(Memory { policy, ..signed_in("anna") });
            first.tell(GOOD);
            let mut second = World::popup(first.state.memory.clone());
            second.state.memory.sent = Default::default();
            second.tell(BAD);
            second.state.memory
        };
        assert_eq!(kept(&told(policy)), expected);
        // What was kept before the company decided otherwise is forgotten.
        let mut values = my_apps_sign_in::storage::save(&told(Policy::default()));
        values.add("policy", format!(r#"{{"logLevel": "{level}"}}"#));
        assert_eq!(kept(&my_apps_sign_in::storage::load(&values)), expected);
    }
}

#[test]
fn a_host_that_the_company_vouches_for_is_filled_without_a_mark_of_the_portal() {
    let apps = apps_document("anna").replace("https://crm.test/login", "http://crm.intranet.test/login");
    let page = "http://crm.intranet.test/login";
    for (hosts, filled) in [(r#"["crm.intranet.test"]"#, true), ("[]", false)] {
        let policy: Policy = json::read(&format!(r#"{{"httpHosts": {hosts}}}"#)).unwrap();
        let mut world = World::worker(Memory { policy, ..signed_in("anna") });
        world.tell("popup https://news.test/");
        let (_, purpose, epoch) = world.open.remove(0);
        world.send(Event::Answered { purpose, epoch, exchange: answer(200, &apps) });
        let mut popup = World::popup(world.state.memory.clone());
        assert_eq!(popup.tell(&format!("popup {page}")).contains("look"), filled, "{hosts}");
    }
}

#[test]
fn a_portal_that_the_policy_fixes_stays() {
    let policy = Policy { fixed: Fixed { portal: Some(portal(PORTAL)), ..Fixed::default() }, ..Policy::default() };
    let mut memory = Memory { policy, ..Memory::default() };
    memory.chosen = memory.policy.fixed.replace(&mut memory.settings);
    let mut world = World::options(memory);
    world.tell("type-portal other.test");
    assert_eq!(world.state.memory.settings.portal.as_str(), PORTAL);
    assert!(world.open.iter().all(|(_, purpose, _)| !matches!(purpose, Purpose::ChoosePortal(_))));
}
