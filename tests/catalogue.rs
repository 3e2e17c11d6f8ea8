//! What is read from a portal's list of apps, what is left out, and what a page is to a person's apps.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice, clippy::panic, reason = "a test that can not go on fails")]

use my_apps_sign_in::address::Address;
use my_apps_sign_in::catalogue::{Catalogue, CredentialState, MOST_APPS, Mode, NotACatalogue, PageKind};
use proptest::prelude::*;
use serde_json::{Value, json};

fn app(id: &str) -> Value {
    json!({"id": id, "name": format!("App {id}"), "mode": "password", "credential": "stored", "launch_url": format!("https://{id}.test/login"), "sign_on_rules": [{"url": format!("https://{id}.test/login")}]})
}

fn with(id: &str, key: &str, value: Value) -> Value {
    let mut app = app(id);
    app[key] = value;
    app
}

fn without(id: &str, key: &str) -> Value {
    let mut app = app(id);
    app.as_object_mut().unwrap().remove(key);
    app
}

fn read(apps: &[Value]) -> Catalogue {
    Catalogue::read(&json!({ "apps": apps }).to_string()).unwrap()
}

/// The ids that are left of these entries, and how many were malformed.
#[track_caller]
fn check(apps: &[Value], expected: &[&str], malformed: usize) -> Catalogue {
    let catalogue = read(apps);
    let ids: Vec<&str> = catalogue.apps.iter().map(|app| app.id.as_str()).collect();
    assert_eq!((ids.as_slice(), catalogue.malformed), (expected, malformed));
    catalogue
}

#[test]
fn what_is_no_list_is_refused_as_a_whole() {
    let deep = format!(r#"{{"apps": {}{}}}"#, "[".repeat(200_000), "]".repeat(200_000));
    for body in [
        "",
        "null",
        "[]",
        "{}",
        "\"apps\"",
        "<!doctype html>",
        r#"{"apps": null}"#,
        r#"{"apps": {}}"#,
        r#"{"apps": ["#,
        r#"{"apps": []} x"#,
        "\u{feff}{\"apps\": []}",
        &deep,
    ] {
        assert_eq!(Catalogue::read(body).err(), Some(NotACatalogue), "{:.40}", body);
    }
    check(&[], &[], 0);
}

#[test]
fn one_malformed_app_costs_that_app() {
    for broken in [
        json!(null),
        json!(7),
        json!("crm"),
        json!([]),
        json!({}),
        without("bad", "id"),
        without("bad", "name"),
        without("bad", "mode"),
        without("bad", "launch_url"),
        with("bad", "id", json!(7)),
        with("bad", "name", json!(["x"])),
        with("bad", "name", json!("")),
        with("bad", "name", json!(" \u{200b}\u{202e}\t ")),
        with("bad", "name", json!("\u{200d}\u{200c}")),
        json!({"id": "bad", "name": "\u{202e}", "assigned": false, "sign_on_rules": [{"url": "https://bad.test/login"}]}),
        with("bad", "mode", json!("telepathy")),
        with("bad", "mode", json!({"password": 1})),
        with("bad", "credential", json!("perhaps")),
        with("bad", "assigned", json!("yes")),
        with("bad", "assigned", json!(null)),
        with("bad", "keywords", json!("sales")),
        with("bad", "keywords", json!([1])),
        with("bad", "sign_on_rules", json!({"url": "https://bad.test/"})),
        with("bad", "sign_on_rules", json!([{}])),
        with("bad", "sign_on_rules", json!([{"url": "https://bad.test/", "allow_http": "yes"}])),
        with("bad", "form", json!("form")),
        with("bad", "form", json!({"steps": [{"fields": 7}]})),
        with("bad", "launch_url", json!(["https://bad.test/"])),
    ] {
        check(&[app("a"), broken, app("b")], &["a", "b"], 1);
    }
}

#[test]
fn ids_are_those_that_fit_into_a_path() {
    for id in ["", " ", ".", "..", "a/b", "../a", "a b", "a?b", "a#b", "a%2fb", "ä", "a\u{0}", "a\\b", &"a".repeat(65)] {
        check(&[with("x", "id", json!(id)), app("b")], &["b"], 1);
    }
    for id in ["a", "A-b_c.9", "...", ".a", &"a".repeat(64)] {
        check(&[with("x", "id", json!(id))], &[id], 0);
    }
}

#[test]
fn the_second_of_two_equal_ids_is_left_out() {
    let catalogue = check(&[app("a"), with("a", "name", json!("Other")), app("b"), app("a")], &["a", "b"], 2);
    assert_eq!(catalogue.app("a").unwrap().name, "App a");
}

#[test]
fn nothing_but_a_web_page_is_launched() {
    for url in [
        "",
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "java\tscript:alert(1)",
        " javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "blob:https://a.test/1",
        "about:blank",
        "chrome://settings",
        "chrome-extension://abc/x.html",
        "moz-extension://abc/x.html",
        "view-source:https://a.test/",
        "ftp://a.test/",
        "mailto:a@a.test",
        "ms-settings:",
        "vbscript:x",
        "//a.test/",
        "/login",
        "a.test/login",
        "https:a.test",
        "HTTPS://a.test/",
        "\u{0}https://a.test/",
        "https://a.test/ x",
        "https://a.test/\n",
        "https://a.test/ä",
        "filesystem:https://a.test/x",
        "resource://x",
        "edge://settings",
        "intent://a.test/",
        "ws://a.test/",
        "tel:1",
        "steam://run/1",
        "x-apple:1",
        "jar:https://a.test/!/",
        "wyciwyg://a.test/",
        "magnet:?x",
        "irc://a.test",
        "javascript://https://a.test/%0aalert(1)",
        &format!("https://a.test/{}", "a".repeat(2048)),
    ] {
        check(&[with("bad", "launch_url", json!(url)), app("b")], &["b"], 1);
    }
    check(&[with("a", "launch_url", json!("http://a.test/x?y=1#z"))], &["a"], 0);
}

#[test]
fn names_are_made_harmless() {
    let shown = |name: &str| read(&[with("a", "name", json!(name))]).apps[0].name.clone();
    for (name, expected) in [
        ("Contoso  \t CRM\n", "Contoso CRM"),
        ("Contoso\u{202e}MRC", "ContosoMRC"),
        ("\u{2066}Contoso\u{2069} CRM", "Contoso CRM"),
        ("Con\u{200b}to\u{200d}so\u{feff}", "Contoso"),
        ("Con\u{61c}to\u{ad}so", "Contoso"),
        // Where it is spelling, and no disguise.
        ("\u{645}\u{6cc}\u{200c}\u{200c}\u{62e}\u{648} \u{200c}x", "\u{645}\u{6cc}\u{200c}\u{62e}\u{648} x"),
        ("👨\u{200d}👩\u{200d}👧 Family", "👨\u{200d}👩\u{200d}👧 Family"),
        ("Contoso\u{0}\u{7}\u{1b}[31m", "Contoso[31m"),
        ("Contoso\u{85}\u{2028}\u{2029}\u{a0}CRM", "Contoso CRM"),
        ("<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"),
        ("Ünïcode ✓ 日本語 עברית", "Ünïcode ✓ 日本語 עברית"),
    ] {
        assert_eq!(shown(name), expected);
    }
    assert_eq!(shown(&"ä".repeat(64 * 1024)).chars().count(), 120);
    let long = read(&[with("a", "description", json!("x".repeat(64 * 1024)))]);
    assert_eq!(long.apps[0].description.len(), 400);
    let many = read(&[with("a", "keywords", json!(vec!["w".repeat(500); 500]))]);
    assert_eq!((many.apps[0].keywords.len(), many.apps[0].keywords[0].len()), (20, 120));
}

#[test]
fn a_bad_rule_costs_the_rule_and_not_the_app() {
    let rules =
        json!([{"url": "https://*.test/"}, {"url": "http://a.test/"}, {"url": "https://10.0.0.5/"}, {"url": "https://a.test/login"}]);
    let catalogue = check(&[with("a", "sign_on_rules", rules)], &["a"], 0);
    assert_eq!(catalogue.apps[0].sign_on_rules.len(), 1);
    let marked = json!([{"url": "http://a.test/", "allow_http": true}, {"url": "https://10.0.0.5/", "allow_ip": true}]);
    assert_eq!(read(&[with("a", "sign_on_rules", marked)]).apps[0].sign_on_rules.len(), 2);
}

#[test]
fn only_password_apps_have_pages_to_fill() {
    for mode in ["saml", "oidc", "linked"] {
        let catalogue = read(&[with("a", "mode", json!(mode))]);
        assert!(catalogue.apps[0].sign_on_rules.is_empty(), "{mode}");
        assert!(catalogue.host_patterns().is_empty(), "{mode}");
        assert_eq!(catalogue.password_apps().count(), 0);
    }
}

#[test]
fn what_is_left_out_has_a_plain_meaning() {
    let bare = json!({"id": "a", "name": "A", "mode": "linked", "launch_url": "https://a.test/", "something": {"new": [1.5e300]}});
    let catalogue = check(&[bare], &["a"], 0);
    let app = &catalogue.apps[0];
    assert_eq!(
        (app.mode, app.credential, app.description.as_str(), app.keywords.len(), app.form.is_none()),
        (Mode::Linked, CredentialState::Missing, "", 0, true)
    );
}

#[test]
fn apps_that_are_not_assigned_are_known_and_not_listed() {
    let unassigned = json!({"id": "pay", "name": "Payroll", "assigned": false, "sign_on_rules": [{"url": "https://pay.test/login"}]});
    let catalogue = check(&[app("a"), unassigned], &["a"], 0);
    assert_eq!(catalogue.unassigned.len(), 1);
    assert!(catalogue.app("pay").is_none());
    assert_eq!(catalogue.host_patterns(), ["https://a.test/*"]);
}

#[test]
fn patterns_are_asked_for_once_and_in_order() {
    let rules = json!([{"url": "https://b.test/login"}, {"url": "https://b.test:8443/x"}, {"url": "https://a.test/"}]);
    assert_eq!(read(&[with("x", "sign_on_rules", rules), app("a")]).host_patterns(), ["https://a.test/*", "https://b.test/*"]);
}

#[test]
fn a_list_without_end_is_cut() {
    let small = r#"{"id":"x","name":"x"},"#.repeat(MOST_APPS + 10);
    let catalogue = Catalogue::read(&format!(r#"{{"apps":[{}]}}"#, small.trim_end_matches(','))).unwrap();
    assert_eq!((catalogue.apps.len(), catalogue.malformed), (0, MOST_APPS));
}

#[track_caller]
fn judged(page: &str, expected: &PageKind) {
    let apps = [
        app("crm"),
        app("shared"),
        with("team", "sign_on_rules", json!([{"url": "https://shared.test/login"}])),
        with("ports", "sign_on_rules", json!([{"url": "https://ports.test/a"}, {"url": "https://ports.test:8443/b"}])),
        with("contoso", "sign_on_rules", json!([{"url": "https://contoso.com/login"}])),
        json!({"id": "pay", "name": "Payroll", "assigned": false, "sign_on_rules": [{"url": "https://pay.test/login"}, {"url": "https://crm.test/login"}]}),
        with("hr", "mode", json!("saml")),
    ];
    assert_eq!(read(&apps).judge(&Address::parse(page).unwrap()), *expected, "{page}");
}

#[test]
fn half_a_letter_costs_that_letter_and_not_the_list() {
    let catalogue = Catalogue::read(
        r#"{"apps": [{"id": "a", "name": "Mail \ud83d", "mode": "linked", "launch_url": "https://a.test/"},
            {"id": "b", "name": "\udce7 \ud83d\ude00 \ud83d\u0041", "mode": "linked", "launch_url": "https://b.test/"}]}"#,
    );
    let names: Vec<String> = catalogue.unwrap().apps.into_iter().map(|app| app.name).collect();
    assert_eq!(names, ["Mail \u{fffd}", "\u{fffd} 😀 \u{fffd}A"]);
}

#[test]
fn a_page_is_told_what_it_is() {
    let name = |id: &str| format!("App {id}");
    let ids = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect();
    judged("https://evil.test/login", &PageKind::Elsewhere);
    judged("https://hr.test/login", &PageKind::Elsewhere);
    judged("https://crm.test/", &PageKind::Elsewhere);
    judged("https://crm.test/help", &PageKind::Elsewhere);
    judged("https://crm.test:8443/help", &PageKind::Elsewhere);
    judged("https://pay.test/help", &PageKind::Elsewhere);
    judged("https://crm.test/login-help", &PageKind::OtherPath { name: name("crm"), real: "/login".into() });
    judged("https://crm.test:8443/login", &PageKind::OtherOrigin { name: name("crm"), real: "https://crm.test".into() });
    judged("http://crm.test/login", &PageKind::OtherOrigin { name: name("crm"), real: "https://crm.test".into() });
    judged("http://ports.test/a", &PageKind::OtherOrigin { name: name("ports"), real: "https://ports.test".into() });
    judged("http://ports.test/b", &PageKind::OtherOrigin { name: name("ports"), real: "https://ports.test:8443".into() });
    judged(
        "https://contoso.com.evil.test/login",
        &PageKind::LookAlike { name: name("contoso"), real: "contoso.com".into(), host: "contoso.com.evil.test".into() },
    );
    judged("https://c0ntoso.com/", &PageKind::LookAlike { name: name("contoso"), real: "contoso.com".into(), host: "c0ntoso.com".into() });
    judged("https://pay.test/login", &PageKind::NotAssigned { name: "Payroll".into() });
    judged("https://crm.test/login", &PageKind::SignOn(ids(&["crm"])));
    judged("https://crm.test/login/step-2?x", &PageKind::SignOn(ids(&["crm"])));
    judged("https://shared.test/login", &PageKind::SignOn(ids(&["shared", "team"])));
    judged("https://ports.test:8443/b", &PageKind::SignOn(ids(&["ports"])));
}

fn entry() -> impl Strategy<Value = Value> {
    let text =
        prop::sample::select(vec!["", "a", "b", "password", "saml", "stored", "https://a.test/login", "javascript:x", "\u{202e}", "../x"]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        Just(json!(1.5)),
        text.prop_map(Value::from)
    ];
    let value = leaf.prop_recursive(2, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::btree_map("(url|steps|fields|allow_http)", inner, 0..3).prop_map(|map| json!(map))
        ]
    });
    let key = "(id|name|description|keywords|mode|assigned|credential|launch_url|sign_on_rules|form)";
    (prop::collection::btree_map(key, value, 0..4), any::<bool>()).prop_map(|(changes, from_good)| {
        let mut entry = if from_good { app("mutant") } else { json!({}) };
        for (key, value) in changes {
            entry[key] = value;
        }
        entry
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_malformed_app_among_a_thousand_costs_one(mutant in entry(), place in 0_usize..1000) {
        let mut apps: Vec<Value> = (0..999).map(|number| app(&format!("app-{number}"))).collect();
        apps.insert(place.min(apps.len()), mutant);
        let catalogue = read(&apps);
        prop_assert_eq!(catalogue.apps.iter().filter(|app| app.id.starts_with("app-")).count(), 999);
        prop_assert_eq!(catalogue.apps.len() + catalogue.unassigned.len() + catalogue.malformed, 1000);
    }

    #[test]
    fn no_document_makes_it_panic(body in any::<String>(), cut in 0_usize..400) {
        let _ = Catalogue::read(&body);
        let good = json!({"apps": [app("a"), app("b")]}).to_string();
        let cut: String = good.chars().take(cut).collect();
        let _ = Catalogue::read(&cut);
    }
}
