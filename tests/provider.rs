//! The portal's documents: what is sent, and which answers are refused.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice, clippy::panic, reason = "a test that can not go on fails")]

mod common;

use common::{PORTAL, REDIRECT, account_document, answer, discovery_document, discovery_of};
use my_apps_sign_in::portal_url::PortalUrl;
use my_apps_sign_in::provider::api::{self, Apps, Outcome};
use my_apps_sign_in::provider::discovery::{self, Discovery};
use my_apps_sign_in::provider::oauth::{self, AuthorizeError, Prompt, Proof};
use my_apps_sign_in::provider::{Answer, Body, Exchange, Method, NetworkError, PortalError, Request};
use my_apps_sign_in::secret::Secret;
use proptest::prelude::*;
use sha2::{Digest, Sha256};

// ---- discovery ----------------------------------------------------------------------------------------------------------

fn discover(version: &str, exchange: Exchange) -> Result<Discovery, PortalError> {
    discovery::read(&PortalUrl::new(PORTAL).unwrap(), version, exchange)
}

/// Reads the document with `from` replaced by `to`.
#[track_caller]
fn check(from: &str, to: &str, expected: Result<(), PortalError>) {
    let document = discovery_document(PORTAL);
    assert!(from.is_empty() || document.contains(from), "{from} is not in the document");
    assert_eq!(discover("0.1.0", answer(200, &document.replace(from, to))).map(drop), expected, "{from} → {to}");
}

#[test]
fn what_is_no_portal_is_refused() {
    let refused = Err(PortalError::NotAPortal);
    for body in ["", "{}", "[]", "null", "<!doctype html><title>Welcome to the hotel</title>", "{\"my_apps\": 1}"] {
        assert_eq!(discover("0.1.0", answer(200, body)).map(drop), refused, "{body}");
    }
    check("\"my_apps\": 1", "\"my_apps\": 2", refused);
    check("\"my_apps\": 1", "\"my_apps\": \"1\"", refused);
    check("\"my_apps\": 1,", "", refused);
    check("\"client_id\": \"my-apps-extension\",", "", refused);
    // Somebody else's description.
    check("\"issuer\": \"https://portal.test\"", "\"issuer\": \"https://evil.test\"", refused);
    check("\"issuer\": \"https://portal.test\"", "\"issuer\": \"https://portal.test/\"", refused);
    check("\"issuer\": \"https://portal.test\"", "\"issuer\": \"https://PORTAL.test\"", refused);
    check("\"issuer\": \"https://portal.test\"", "\"issuer\": \"https://portal.test.evil.test\"", refused);
    check("\"issuer\": \"https://portal.test\"", "\"issuer\": null", refused);
    // Endpoints in the clear, of another kind, or spelled oddly.
    for endpoint in ["https://portal.test/api/v1/", "https://portal.test/oauth/authorize", "https://portal.test/oauth/token"] {
        for bad in [
            "http://portal.test/api/v1/",
            "javascript:alert(1)//",
            "data:text/html,/",
            "/api/v1/",
            "//portal.test/",
            "https://portal.test:443/",
            "https://me@portal.test/",
            "https://PORTAL.test/",
            "https://portal.test/../",
        ] {
            check(&format!("\"{endpoint}\""), &format!("\"{bad}\""), refused);
        }
    }
    check("/api/v1/\"", "/api/v1\"", refused);
}

#[test]
fn a_portal_that_does_not_answer_is_told_apart() {
    for (exchange, expected) in [
        (Err(NetworkError::Unreachable), PortalError::Network(NetworkError::Unreachable)),
        (Err(NetworkError::Timeout), PortalError::Network(NetworkError::Timeout)),
        (Err(NetworkError::NotForUs), PortalError::NotAPortal),
        (Err(NetworkError::Unreadable), PortalError::Network(NetworkError::Unreadable)),
        (answer(404, ""), PortalError::NotAPortal),
        (answer(401, &discovery_document(PORTAL)), PortalError::NotAPortal),
        (answer(301, &discovery_document(PORTAL)), PortalError::NotAPortal),
        (answer(204, ""), PortalError::NotAPortal),
        (answer(429, ""), PortalError::TooManyRequests),
        (answer(500, ""), PortalError::Failed(500)),
        (answer(503, &discovery_document(PORTAL)), PortalError::Failed(503)),
    ] {
        assert_eq!(discover("0.1.0", exchange).map(drop), Err(expected));
    }
}

#[test]
fn a_portal_may_want_a_newer_extension() {
    let minimum =
        |minimum: &str, ours: &str| discover(ours, answer(200, &discovery_document(PORTAL).replace("\"0.1.0\"", minimum))).map(drop);
    let old = Err(PortalError::ExtensionTooOld);
    assert_eq!(minimum("\"0.1.1\"", "0.1.0"), old);
    assert_eq!(minimum("\"0.10.0\"", "0.9.9"), old);
    assert_eq!(minimum("\"1\"", "0.9.9"), old);
    assert_eq!(minimum("\"99999999999999\"", "0.1.0"), Ok(()), "a strange minimum locks nobody out");
    assert_eq!(minimum("\"0.1.0.0\"", "0.1.0"), Ok(()), "nor does the same one in other words");
    for fine in ["\"0.1.0\"", "\"0.1\"", "\"0.0.9\"", "\"\"", "\"v2\"", "null"] {
        assert_eq!(minimum(fine, "0.1.0"), Ok(()), "{fine}");
    }
}

#[test]
fn a_portal_may_say_more_or_less() {
    check("", "", Ok(()));
    check("\"scope\"", "\"rating\": 4.5, \"later\": {\"a\": [null]}, \"scope\"", Ok(()));
    check("\"links\": {", "\"ignored\": {", Ok(()));
    check("\"https://portal.test/api/v1/\"", "\"https://api.test/v1/\"", Ok(()));
    let local = PortalUrl::new("http://portal.localhost:8080").unwrap();
    assert!(discovery::read(&local, "0.1.0", answer(200, &discovery_document(local.as_str()))).is_ok());
}

#[test]
fn links_are_followed_only_where_it_is_safe() {
    let links = |links: &str| {
        discover("0.1.0", answer(200, &discovery_document(PORTAL).replace("\"links\": {", &format!("\"links\": {links}, \"ignored\": {{"))))
            .unwrap()
    };
    let good = discovery_of(PORTAL);
    assert_eq!((good.home(), good.app_password("crm").as_str()), ("https://portal.test/", "https://portal.test/apps/crm/password"));
    for bad in [
        "{}",
        "{\"home\": null}",
        "{\"home\": \"javascript:alert(1)\", \"app_password\": \"data:text/html,{id}\"}",
        "{\"home\": \"http://portal.test/\", \"app_password\": \"http://portal.test/{id}\"}",
    ] {
        let discovery = links(bad);
        assert_eq!((discovery.home(), discovery.app_password("crm").as_str()), (PORTAL, PORTAL), "{bad}");
    }
}

// ---- sign-in ------------------------------------------------------------------------------------------------------------

fn proof() -> Proof {
    Proof { verifier: "verifier-1".into(), challenge: "challenge-1".into(), state: "state-1".into() }
}

#[track_caller]
fn redirect(url: &str, expected: Result<&str, AuthorizeError>) {
    let found = oauth::read_redirect(url, REDIRECT, &discovery_of(PORTAL), &proof());
    assert_eq!(found.as_ref().map(Secret::reveal).map_err(|error| *error), expected, "{url}");
}

#[test]
fn an_answer_to_another_question_is_refused() {
    use AuthorizeError::Forged;
    const GOOD: &str = "https://extension.test/?code=c&state=state-1&iss=https%3A%2F%2Fportal.test";
    redirect(GOOD, Ok("c"));
    for (from, to) in [
        // Another place.
        ("https://extension.test/", "https://evil.test/"),
        ("https://extension.test/", "https://extension.test.evil.test/"),
        ("https://extension.test/", "https://extension.test/other/"),
        ("https://extension.test/?", "https://extension.test/#"),
        ("https://extension.test/?", "https://extension.test/"),
        // Another attempt.
        ("state=state-1", "state=state-2"),
        ("state=state-1", "state="),
        ("state=state-1", "state=STATE-1"),
        ("state=state-1", "state=state-1x"),
        ("state=state-1&", ""),
        ("state=state-1", "state=x&state=state-1"),
        ("state=state-1", "State=state-1"),
        ("?code=c&state=state-1&iss=https%3A%2F%2Fportal.test", "?code=c#state=state-1&iss=https%3A%2F%2Fportal.test"),
        // Another portal.
        ("iss=https%3A%2F%2Fportal.test", "iss=https%3A%2F%2Fevil.test"),
        ("iss=https%3A%2F%2Fportal.test", "iss=https%3A%2F%2Fportal.test%2F"),
        ("&iss=https%3A%2F%2Fportal.test", ""),
        ("code=c&", "error=access_denied&iss=https%3A%2F%2Fevil.test&"),
    ] {
        assert!(GOOD.contains(from));
        redirect(&GOOD.replace(from, to), Err(Forged));
    }
    redirect("", Err(Forged));
}

#[test]
fn an_answer_without_a_code_says_why() {
    let with = |query: &str| format!("https://extension.test/?{query}&state=state-1&iss=https://portal.test");
    redirect(&with("error=access_denied"), Err(AuthorizeError::Cancelled));
    redirect(&with("error=login_required"), Err(AuthorizeError::LoginRequired));
    redirect(&with("error=interaction_required"), Err(AuthorizeError::LoginRequired));
    for query in [
        "error=unauthorized_client",
        "error=invalid_scope",
        "error=server_error",
        "error=",
        "error=&code=c",
        "code=",
        "code",
        "x=1",
        "code=c&error=server_error",
    ] {
        redirect(&with(query), Err(AuthorizeError::Refused));
    }
    redirect(&with("code=c&error=access_denied"), Err(AuthorizeError::Cancelled));
    redirect(&with("code=a%2Bb+c%26d"), Ok("a+b c&d"));
    redirect(&format!("{}#_=_", with("code=c")), Ok("c"));
}

fn pairs(query: &str) -> Vec<(String, String)> {
    url::form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

#[test]
fn the_portal_is_asked_with_everything_that_binds_the_answer() {
    let discovery = discovery_of(PORTAL);
    let asked = |prompt| oauth::authorize_url(&discovery, "https://a.test/?x=1&y", &proof(), prompt, None);
    let (place, query) = asked(Prompt::Interactive).split_once('?').map(|(place, query)| (place.to_owned(), pairs(query))).unwrap();
    assert_eq!(place, "https://portal.test/oauth/authorize");
    let expected = [
        ("response_type", "code"),
        ("client_id", "my-apps-extension"),
        ("redirect_uri", "https://a.test/?x=1&y"),
        ("scope", "apps"),
        ("state", "state-1"),
        ("code_challenge", "challenge-1"),
        ("code_challenge_method", "S256"),
    ];
    assert_eq!(query, expected.map(|(key, value)| (key.to_owned(), value.to_owned())));
    assert!(asked(Prompt::Silent).ends_with("&prompt=none"));
    assert!(!asked(Prompt::Silent).contains("verifier-1"), "the verifier is for the token endpoint only");
    let with_query =
        discover("0.1.0", answer(200, &discovery_document(PORTAL).replace("/oauth/authorize", "/oauth/authorize?tenant=7"))).unwrap();
    assert!(
        oauth::authorize_url(&with_query, REDIRECT, &proof(), Prompt::Silent, None)
            .starts_with("https://portal.test/oauth/authorize?tenant=7&response_type=code&")
    );
}

#[test]
fn a_code_is_redeemed_with_the_verifier() {
    let request = oauth::token_request(&discovery_of(PORTAL), REDIRECT, &proof(), &Secret::new("c+d".into()));
    let Body::Form(form) = &request.body else { panic!("a token request is a form") };
    let expected = [
        ("grant_type", "authorization_code"),
        ("code", "c+d"),
        ("redirect_uri", REDIRECT),
        ("client_id", "my-apps-extension"),
        ("code_verifier", "verifier-1"),
    ];
    assert_eq!(pairs(form.reveal()), expected.map(|(key, value)| (key.to_owned(), value.to_owned())));
    assert_eq!((request.method, request.url.as_str(), request.bearer.is_none()), (Method::Post, "https://portal.test/oauth/token", true));
}

#[track_caller]
fn token(body: &str, expected: Result<(&str, u64), PortalError>) {
    let found = oauth::read_token(answer(200, body));
    assert_eq!(found.as_ref().map(|token| (token.access_token.reveal(), token.lifetime)).map_err(|error| *error), expected, "{body}");
}

#[test]
fn only_a_bearer_token_that_can_be_sent_is_taken() {
    for body in [
        "",
        "{}",
        r#"{"access_token": "t", "token_type": "Bearer"}"#,
        r#"{"access_token": "t", "expires_in": 60}"#,
        r#"{"token_type": "Bearer", "expires_in": 60}"#,
        r#"{"access_token": "", "token_type": "Bearer", "expires_in": 60}"#,
        r#"{"access_token": "t", "token_type": "mac", "expires_in": 60}"#,
        r#"{"access_token": "t", "token_type": "Bearer", "expires_in": -1}"#,
        r#"{"access_token": "t", "token_type": "Bearer", "expires_in": "60"}"#,
        r#"{"access_token": "a b", "token_type": "Bearer", "expires_in": 60}"#,
        r#"{"access_token": "a\r\nX: y", "token_type": "Bearer", "expires_in": 60}"#,
        r#"{"access_token": "tökén", "token_type": "Bearer", "expires_in": 60}"#,
        r#"{"access_token": 7, "token_type": "Bearer", "expires_in": 60}"#,
    ] {
        token(body, Err(PortalError::Malformed));
    }
    token(r#"{"access_token": "t", "token_type": "bearer", "expires_in": 60}"#, Ok(("t", 60_000)));
    token(r#"{"access_token": "t", "token_type": "Bearer", "expires_in": 0, "scope": "apps", "x": 1.5}"#, Ok(("t", 0)));
    token(r#"{"access_token": "t", "token_type": "Bearer", "expires_in": 18446744073709551615}"#, Ok(("t", 24 * 60 * 60 * 1000)));
    for (status, expected) in [
        (400, PortalError::Failed(400)),
        (401, PortalError::SignedOut),
        (403, PortalError::NotAssigned),
        (429, PortalError::TooManyRequests),
        (502, PortalError::Failed(502)),
    ] {
        assert_eq!(oauth::read_token(answer(status, "{}")).map(drop).err(), Some(expected));
    }
}

#[test]
fn the_challenge_is_that_of_rfc_7636_appendix_b() {
    let digest = Sha256::digest(b"dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
    assert_eq!(oauth::base64url(&digest), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    let verifier = [
        116, 24, 223, 180, 151, 153, 224, 37, 79, 250, 96, 125, 216, 173, 187, 186, 22, 212, 37, 77, 105, 214, 191, 240, 91, 88, 5, 88, 83,
        132, 141, 121,
    ];
    assert_eq!(oauth::base64url(&verifier), "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
    for (bytes, expected) in
        [("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"), ("foobar", "Zm9vYmFy")]
    {
        assert_eq!(oauth::base64url(bytes.as_bytes()), expected, "RFC 4648 section 10");
    }
    assert_eq!(oauth::base64url(&[0xfb, 0xff, 0xfe]), "-__-");
}

// ---- the API ------------------------------------------------------------------------------------------------------------

#[test]
fn every_call_carries_the_token_and_goes_to_the_portal() {
    let (discovery, secret) = (discovery_of(PORTAL), Secret::new("t".into()));
    let shown = |request: &Request| {
        (
            request.method.as_str(),
            request.url.clone(),
            request.bearer.as_ref().map(|token| token.reveal().to_owned()),
            request.header.clone().map(|(_, value)| value),
        )
    };
    let call = |method, path: &str, etag: Option<&str>| {
        (method, format!("https://portal.test/api/v1/{path}"), Some("t".to_owned()), etag.map(str::to_owned))
    };
    assert_eq!(shown(&api::account_request(&discovery, &secret)), call("GET", "me", None));
    assert_eq!(shown(&api::apps_request(&discovery, &secret, Some("\"e1\""))), call("GET", "apps", Some("\"e1\"")));
    // Without anything that makes a browser ask first whether it may be sent.
    let credential = api::credential_request(&discovery, &secret, "crm");
    let (method, address, _, _) = call("POST", "apps/crm/credential", None);
    assert_eq!(shown(&credential), (method, address, None, None));
    assert!(matches!(&credential.body, Body::Form(form) if form.reveal() == "access_token=t"));
    assert_eq!(shown(&api::end_session_request(&discovery, &secret)), call("DELETE", "session", None));
    let report = api::outcome_request(&discovery, &secret, "crm", Outcome::Submitted, Some("form-changed"), "crm.test");
    assert_eq!(shown(&report), call("POST", "apps/crm/outcome", None));
    let Body::Json(body) = &report.body else { panic!("a report is JSON") };
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(body).unwrap(),
        serde_json::json!({"outcome": "submitted", "reason": "form-changed", "host": "crm.test"})
    );
    let portal = discovery::request(&PortalUrl::new(PORTAL).unwrap());
    assert_eq!(shown(&portal), ("GET", format!("{PORTAL}/.well-known/my-apps"), None, None));
}

#[track_caller]
fn credential(status: u16, body: &str, expected: PortalError) {
    assert_eq!(api::read_credential(answer(status, body)).map(drop).err(), Some(expected), "{status} {body}");
}

#[test]
fn a_missing_credential_and_a_missing_app_are_told_apart() {
    credential(404, r#"{"type": "/problems/no-credential"}"#, PortalError::NoCredential);
    credential(404, r#"{"type": "https://portal.test/problems/no-credential", "status": 404}"#, PortalError::NoCredential);
    for body in ["", "<html>", "{}", r#"{"type": null}"#] {
        credential(404, body, PortalError::Failed(404));
    }
    for body in [
        r#"{"type": "/problems/no-such-app"}"#,
        r#"{"type": "about:blank"}"#,
        r#"{"type": "no-credential"}"#,
        r#"{"type": "/problems/no-credentials"}"#,
    ] {
        credential(404, body, PortalError::NotAssigned);
    }
    credential(401, "{}", PortalError::SignedOut);
    credential(403, "{}", PortalError::NotAssigned);
    credential(409, r#"{"type": "/problems/no-password-app"}"#, PortalError::Failed(409));
    credential(429, "{}", PortalError::TooManyRequests);
    credential(500, "{}", PortalError::Failed(500));
    for body in ["", "{}", "[]", r#"{"fields": null}"#, r#"{"fields": {"password": 7}}"#, r#"{"fields": ["x"]}"#] {
        credential(200, body, PortalError::Malformed);
    }
    assert_eq!(api::read_credential(Err(NetworkError::Timeout)).map(drop).err(), Some(PortalError::Network(NetworkError::Timeout)));
    let read = api::read_credential(answer(200, r#"{"fields": {"username": "u", "password": "p", "tenant": ""}}"#)).unwrap();
    let value = |id| read.field(id).map(Secret::reveal);
    assert_eq!((value("username"), value("password"), value("tenant"), value("other")), (Some("u"), Some("p"), Some(""), None));
}

#[test]
fn people_and_lists_are_read_or_refused() {
    for body in ["", "{}", r#"{"id": 7, "name": "Anna", "username": "anna"}"#, r#"{"id": "7", "name": "Anna"}"#] {
        assert_eq!(api::read_account(answer(200, body)).err(), Some(PortalError::Malformed), "{body}");
    }
    assert_eq!(api::read_account(answer(200, &account_document("anna"))).unwrap().id, "7");
    assert!(matches!(api::read_apps(answer(304, "")), Ok(Apps::Unchanged)));
    let new =
        api::read_apps(Ok(Answer { status: 200, etag: Some("\"e2\"".into()), retry_after: None, body: Secret::new("{}".into()) })).unwrap();
    assert!(matches!(new, Apps::New { etag: Some(etag), .. } if etag == "\"e2\""));
}

proptest! {
    #[test]
    fn no_answer_makes_it_panic(status in any::<u16>(), body in any::<String>()) {
        let exchange = || answer(status, &body);
        let _ = (discover("0.1.0", exchange()), oauth::read_token(exchange()), api::read_account(exchange()), api::read_apps(exchange()), api::read_credential(exchange()));
        let _ = oauth::read_redirect(&format!("{REDIRECT}?{body}"), REDIRECT, &discovery_of(PORTAL), &proof());
    }

    #[test]
    fn an_answer_is_taken_only_with_our_state_and_issuer(state in "(state-1|[a-z0-9-]{0,8})", issuer in "(https://portal\\.test|https://[a-z]{1,4}\\.test)", code in "[!-~]{1,20}") {
        let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("code", &code).append_pair("state", &state).append_pair("iss", &issuer).finish();
        let read = oauth::read_redirect(&format!("{REDIRECT}?{query}"), REDIRECT, &discovery_of(PORTAL), &proof());
        let expected = if state == "state-1" && issuer == PORTAL { Ok(code.as_str()) } else { Err(AuthorizeError::Forged) };
        prop_assert_eq!(read.as_ref().map(Secret::reveal).map_err(|error| *error), expected);
    }
}
