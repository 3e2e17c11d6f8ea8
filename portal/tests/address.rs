//! Which addresses are accepted: the portal's own, redirect URIs, launch URLs and sign-on rules.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use my_apps_portal::{
    address::{PublicUrl, SignOnRule, check_launch_url, redirect_origin},
    app::App,
};

#[track_caller]
fn public(text: &str, expected: Option<&str>) {
    assert_eq!(PublicUrl::parse(text).ok().as_ref().map(PublicUrl::as_str), expected, "{text}");
}

#[test]
fn the_public_url_is_a_safe_origin() {
    public("", None);
    public("apps.contoso.example", None);
    public("ftp://apps.contoso.example", None);
    public("http://apps.contoso.example", None);
    public("http://127.0.0.2:8080", None);
    public("http://[::1]:8080", None);
    public("http://localhost.evil.example", None);
    public("https://user@apps.contoso.example", None);
    public("https://user:pass@apps.contoso.example", None);
    public("https://apps.contoso.example/portal", None);
    public("https://apps.contoso.example/?", None);
    public("https://apps.contoso.example/#", None);
    public("https://apps.contoso.example", Some("https://apps.contoso.example"));
    public("https://Apps.Contoso.example:443/", Some("https://apps.contoso.example"));
    public("http://portal.localhost:8080/", Some("http://portal.localhost:8080"));
    public("http://localhost:8080", Some("http://localhost:8080"));
    public("http://127.0.0.1:8080", Some("http://127.0.0.1:8080"));
}

#[track_caller]
fn rule(url: &str, allow_http: bool, allow_ip: bool, expected: bool) {
    let rule = SignOnRule { url: url.to_owned(), allow_http, allow_ip };
    assert_eq!(rule.check().is_ok(), expected, "{url}");
}

#[test]
fn a_sign_on_rule_is_canonical_and_allowed() {
    rule("https://crm.example/login?next=1", false, false, false);
    rule("https://crm.example/login#top", false, false, false);
    rule("https://user@crm.example/login", false, false, false);
    rule("https://crm.example", false, false, false);
    rule("https://CRM.example/login", false, false, false);
    rule("https://crm.example:443/login", false, false, false);
    rule("https://crm.example/a/../login", false, false, false);
    rule("http://crm.example/login", false, false, false);
    rule("https://10.0.0.1/login", false, false, false);
    rule("https://[::1]/login", false, true, false);
    rule("javascript:alert(1)", true, true, false);
    rule("https://crm.example/login", false, false, true);
    rule("http://crm.example/login", true, false, true);
    rule("https://10.0.0.1:8443/login", false, true, true);
}

#[test]
fn redirect_uris_and_launch_urls() {
    assert!(redirect_origin("http://evil.example/").is_err());
    assert!(redirect_origin("https://id.chromiumapp.org/#x").is_err());
    for never_met in ["https://id.chromiumapp.org", "https://ID.chromiumapp.org/", " https://id.chromiumapp.org/", "https://a.example:443/"]
    {
        assert!(redirect_origin(never_met).is_err(), "{never_met}");
    }
    assert_eq!(redirect_origin("https://id.chromiumapp.org/cb?x=1").unwrap(), "https://id.chromiumapp.org");
    for refused in ["", "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "https://a@b.example/", "HTTPS://b.example/"] {
        assert!(check_launch_url(refused).is_err(), "{refused}");
    }
    assert!(check_launch_url("https://wiki.example/start?page=1#top").is_ok());
}

#[track_caller]
fn app(change: &str, expected: bool) {
    let text = r#"{"id": "crm", "name": "CRM", "mode": "password", "launch_url": "https://crm.example/login",
        "sign_on_rules": [{"url": "https://crm.example/login"}]}"#;
    let mut value: serde_json::Value = serde_json::from_str(text).unwrap();
    let change: serde_json::Value = serde_json::from_str(change).unwrap();
    for (name, changed) in change.as_object().unwrap() {
        value.as_object_mut().unwrap().insert(name.clone(), changed.clone());
    }
    let accepted = serde_json::from_value::<App>(value).is_ok_and(|app| app.check().is_ok());
    assert_eq!(accepted, expected, "{change}");
}

#[test]
fn an_app_is_what_the_protocol_says() {
    app(r#"{"id": ""}"#, false);
    app(r#"{"id": ".."}"#, false);
    app(r#"{"id": "a/b"}"#, false);
    app(r#"{"id": "ä"}"#, false);
    app(&format!(r#"{{"id": "{}"}}"#, "x".repeat(65)), false);
    app(r#"{"name": " "}"#, false);
    app(r#"{"mode": "magic"}"#, false);
    app(r#"{"mode": "saml"}"#, false);
    app(r#"{"sign_on_rules": []}"#, false);
    app(r#"{"sign_on_rules": [{"url": "http://crm.example/login"}]}"#, false);
    app(r#"{"sign_on_rules": [{"url": "https://crm.example/login", "regex": true}]}"#, false);
    app(r#"{"launch_url": "javascript:alert(1)"}"#, false);
    app(r#"{"form": {"steps": []}}"#, false);
    app(r#"{"form": {"steps": [{"fields": []}]}}"#, false);
    app(r#"{"form": {"steps": [{"fields": [{"field_id": "a b", "label": "A", "type": "text"}]}]}}"#, false);
    app(r#"{"form": {"steps": [{"fields": [{"field_id": "pin", "label": "PIN", "type": "number"}]}]}}"#, false);
    app("{}", true);
    app(r#"{"id": "A.b_c-9"}"#, true);
    app(r#"{"mode": "saml", "sign_on_rules": []}"#, true);
    app(r#"{"form": {"steps": [{"fields": [{"field_id": "pin", "label": "PIN", "type": "password"}]}]}}"#, true);
}
