//! What is tried against OAuth: other redirect addresses, tampered states, weak proofs, and codes in the wrong hands.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use common::{ALEX, CHALLENGE, REDIRECT, SAM, Server, VERIFIER, authorization, client, location, parameter};
use my_apps_portal::{
    address::PublicUrl,
    oauth::request::{Refusal, parse},
    settings::{DEFAULT_REDIRECT_URIS, Settings},
};

/// The loopback address of a developer's own build, registered in these tests beside the default ones.
const LOOPBACK: &str = "http://localhost:8400/done";

fn settings() -> Settings {
    let mut settings = Settings::new(PublicUrl::parse("http://portal.localhost:8080").unwrap());
    settings.add_redirect_uri(LOOPBACK).unwrap();
    settings
}

/// Only an address that is registered to the letter is ever sent an answer, be it a code or a refusal.
#[track_caller]
fn is_never_sent_to(address: &str) {
    for more in [&[][..], &[("response_type", "token")], &[("prompt", "none")]] {
        let query = authorization(&[&[("redirect_uri", address)], more].concat());
        let refused = matches!(parse(&query, &settings()), Err(Refusal::UnknownRedirectUri(_)));
        assert!(refused, "{address:?} {more:?}");
    }
}

#[test]
fn an_address_that_only_looks_registered_gets_nothing() {
    let host = REDIRECT.trim_start_matches("https://").trim_end_matches('/');
    for address in [
        // Case
        REDIRECT.replace("https", "HTTPS"),
        REDIRECT.replace(".org", ".ORG"),
        REDIRECT.replacen('b', "B", 1),
        // Suffix and prefix
        REDIRECT.trim_end_matches('/').to_owned(),
        format!("{REDIRECT}/"),
        format!("{REDIRECT}?"),
        format!("{REDIRECT}#"),
        format!("{REDIRECT} "),
        format!(" {REDIRECT}"),
        format!("{REDIRECT}\0"),
        format!("{REDIRECT}\n"),
        format!("https://{host}.evil.example/"),
        format!("https://evil{host}/"),
        format!("https://{host}./"),
        // Path
        format!("{REDIRECT}evil"),
        format!("{REDIRECT}."),
        format!("{REDIRECT}../"),
        format!("{REDIRECT}%2e%2e/"),
        format!("{REDIRECT};evil"),
        format!("https://evil.example/{REDIRECT}"),
        format!("https://evil.example\\@{host}/"),
        // User info and port
        format!("https://user@{host}/"),
        format!("https://{host}@evil.example/"),
        format!("https://{host}:443@evil.example/"),
        format!("https://{host}:443/"),
        format!("https://{host}:8443/"),
        // Query and fragment
        format!("{REDIRECT}?next=https://evil.example/"),
        format!("{REDIRECT}#@evil.example/"),
        format!("https://evil.example/#{REDIRECT}"),
        format!("https://evil.example/?{REDIRECT}"),
        // Written in another way
        REDIRECT.replace("//", "/"),
        REDIRECT.replace("//", "\\\\"),
        REDIRECT.replace("https:", ""),
        REDIRECT.replace('/', "%2F"),
        REDIRECT.replacen('o', "%6f", 1),
        REDIRECT.replacen('o', "\u{43e}", 1),
        format!("view-source:{REDIRECT}"),
        "about:blank".to_owned(),
        "data:text/html,x".to_owned(),
        "urn:ietf:wg:oauth:2.0:oob".to_owned(),
        "*".to_owned(),
        "null".to_owned(),
    ] {
        is_never_sent_to(&address);
    }
}

#[test]
fn a_loopback_address_is_no_licence_for_other_loopback_addresses() {
    assert!(parse(&authorization(&[("redirect_uri", LOOPBACK)]), &settings()).is_ok());
    for address in [
        "http://localhost/done",
        "http://localhost:8401/done",
        "http://localhost:08400/done",
        "http://localhost:8400/",
        "http://localhost:8400/done/more",
        "http://LOCALHOST:8400/done",
        "http://localhost.:8400/done",
        "http://localhost.evil.example:8400/done",
        "http://evil.localhost:8400/done",
        "http://127.0.0.1:8400/done",
        "http://127.1:8400/done",
        "http://0.0.0.0:8400/done",
        "http://2130706433:8400/done",
        "http://[::1]:8400/done",
        "https://localhost:8400/done",
        "http://localhost:8400@evil.example/done",
    ] {
        is_never_sent_to(address);
    }
    for unsafe_address in [
        "http://localhost.evil.example/",
        "http://127.0.0.2/",
        "http://[::1]/",
        "http://localhost@evil.example/",
        "https://user@id.chromiumapp.org/",
        "https://id.chromiumapp.org/#x",
        "javascript:alert(1)",
    ] {
        assert!(settings().add_redirect_uri(unsafe_address).is_err(), "{unsafe_address}");
    }
}

#[tokio::test]
async fn a_state_comes_back_as_it_went_and_adds_nothing() {
    let server = Server::start().await;
    let mut browser = server.signed_in(ALEX).await;
    let long = "x".repeat(2000);
    for state in [
        "a&code=stolen&iss=https://evil.example",
        "a#code=stolen",
        "a\r\nLocation: https://evil.example/",
        "%26code%3Dstolen",
        "\u{202e}\0\"'<script>",
        "+ %20",
        &long,
    ] {
        for prompt in ["none", "nonsense"] {
            let answer = browser.authorize(&[("state", state), ("prompt", prompt)]).await;
            assert!(location(&answer).starts_with(REDIRECT), "{state}");
            assert!(!location(&answer).contains('#'), "{state}");
            assert_eq!(parameter(&answer, "state").unwrap(), state);
            assert_eq!(parameter(&answer, "iss").unwrap(), server.public_url);
            assert_ne!(parameter(&answer, "code").as_deref(), Some("stolen"));
            let names = location(&answer).matches("state=").count();
            assert_eq!(names, 1, "one state, one answer: {state}");
        }
    }
    // Which of two states is the true one can't be known: there is no code, and neither is handed back.
    let twice = format!("/oauth/authorize?{}&state=other", authorization(&[]));
    let answer = browser.get(&twice).await;
    assert_eq!(parameter(&answer, "error").unwrap(), "invalid_request");
    assert_eq!((parameter(&answer, "state"), parameter(&answer, "code")), (None, None));
    // A state belongs to the client, which refuses one it did not draw; the portal gives each use its own code.
    let codes = [browser.code().await, browser.code().await];
    assert_ne!(codes[0], codes[1]);
}

#[tokio::test]
async fn parameters_of_other_protocols_change_nothing() {
    let server = Server::start().await;
    let mut browser = server.signed_in(ALEX).await;
    for (name, value) in [
        ("request", "eyJhbGciOiJub25lIn0.e30."),
        ("request_uri", "https://evil.example/request"),
        ("response_mode", "fragment"),
        ("response_mode", "form_post"),
        ("REDIRECT_URI", "https://evil.example/"),
        ("redirect_uri[]", "https://evil.example/"),
        ("login_hint", "sam@contoso.example"),
        ("id_token_hint", "x"),
    ] {
        let answer = browser.authorize(&[(name, value)]).await;
        assert_eq!(answer.status(), 303, "{name}");
        assert!(location(&answer).starts_with(&format!("{REDIRECT}?code=")), "{name}");
        let tokens = server.redeem(&parameter(&answer, "code").unwrap()).await;
        let token = tokens["access_token"].as_str().unwrap();
        let me: serde_json::Value = server.api("GET", "me", token).send().await.unwrap().json().await.unwrap();
        assert_eq!(me["username"], ALEX.0, "{name}");
    }
    let posted = browser.post("/oauth/authorize", &[("client_id", "my-apps-extension")]).await;
    assert_eq!(posted.status(), 405);
}

/// Redeems with these parameters in place of the right ones; the error, or `granted`.
async fn redeemed(server: &Server, code: &str, changes: &[(&str, &str)]) -> String {
    let mut form = vec![
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", REDIRECT),
        ("client_id", "my-apps-extension"),
        ("code_verifier", VERIFIER),
    ];
    for (name, value) in changes {
        form.retain(|(known, _)| known != name);
        form.push((name, value));
    }
    let answer: serde_json::Value = server.post("/oauth/token", &form).await.json().await.unwrap();
    answer["error"].as_str().unwrap_or("granted").to_owned()
}

#[tokio::test]
async fn only_the_whole_proof_redeems_a_code() {
    let server = Server::start().await;
    let mut browser = server.signed_in(ALEX).await;
    let shorter = VERIFIER.get(..42).unwrap();
    let longest = "v".repeat(129);
    for verifier in [
        CHALLENGE,
        shorter,
        &longest,
        &format!("{VERIFIER}="),
        &format!("{VERIFIER}\0"),
        &format!(" {VERIFIER}"),
        &VERIFIER.replacen('-', "+", 1),
        &VERIFIER.to_lowercase(),
    ] {
        let code = browser.code().await;
        assert_eq!(redeemed(&server, &code, &[("code_verifier", verifier)]).await, "invalid_grant", "{verifier}");
        assert_eq!(redeemed(&server, &code, &[]).await, "invalid_grant", "a wrong proof spends the code");
    }
    // A code that was cut out of one sign-in and pasted into another, which has a proof of its own.
    let other = "another-verifier-another-verifier-another-verifier";
    let code = browser.code().await;
    assert_eq!(redeemed(&server, &code, &[("code_verifier", other)]).await, "invalid_grant");
    let code = browser.code().await;
    let method = [("code_challenge", CHALLENGE), ("code_challenge_method", "plain"), ("code_verifier", CHALLENGE)];
    assert_eq!(redeemed(&server, &code, &method).await, "invalid_grant", "the proof can't be weakened afterwards");
    let code = browser.code().await;
    assert_eq!(redeemed(&server, &code, &[]).await, "granted");
}

#[tokio::test]
async fn a_code_is_of_one_address_and_one_client() {
    let server = Server::start_with(|settings| settings.add_redirect_uri(LOOPBACK).unwrap()).await;
    let mut browser = server.signed_in(ALEX).await;
    for address in [DEFAULT_REDIRECT_URIS[1], LOOPBACK, "https://evil.example/", &REDIRECT.to_uppercase()] {
        let code = browser.code().await;
        assert_eq!(redeemed(&server, &code, &[("redirect_uri", address)]).await, "invalid_grant", "{address}");
        assert_eq!(redeemed(&server, &code, &[]).await, "invalid_grant", "{address}");
    }
    // There is one client today. The code knows whose it is, so that a second one could not take it.
    let code = browser.code().await;
    server.sql("UPDATE authorization_codes SET client_id = 'another-client'").await;
    assert_eq!(redeemed(&server, &code, &[]).await, "invalid_grant");
    for client_id in ["another-client", "MY-APPS-EXTENSION", "my-apps-extension ", ""] {
        let code = browser.code().await;
        assert_eq!(redeemed(&server, &code, &[("client_id", client_id)]).await, "invalid_client", "{client_id:?}");
        assert_eq!(redeemed(&server, &code, &[]).await, "granted", "who names no client has not used the code");
    }
}

#[tokio::test]
async fn a_code_that_comes_again_ends_its_token_whatever_comes_with_it() {
    let server = Server::start().await;
    let mut browser = server.signed_in(ALEX).await;
    let bystander = server.redeem(&browser.code().await).await["access_token"].as_str().unwrap().to_owned();
    for changes in
        [&[][..], &[("code_verifier", "wrong-wrong-wrong-wrong-wrong-wrong-wrong-wrong")], &[("redirect_uri", "https://evil.example/")]]
    {
        let code = browser.code().await;
        let token = server.redeem(&code).await["access_token"].as_str().unwrap().to_owned();
        assert_eq!(server.api_status("POST", "apps/crm/credential", &token).await, 200);
        assert_eq!(redeemed(&server, &code, changes).await, "invalid_grant");
        assert_eq!(server.api_status("POST", "apps/crm/credential", &token).await, 401, "{changes:?}");
    }
    assert_eq!(server.api_status("GET", "me", &bystander).await, 200, "other tokens of the session stay");
    // Also after the code itself has long expired, as long as its token could live.
    let code = browser.code().await;
    let token = server.redeem(&code).await["access_token"].as_str().unwrap().to_owned();
    server.sql("UPDATE authorization_codes SET expires_at = expires_at - 3600").await;
    my_apps_portal::database::sweep(server.database(), my_apps_portal::clock::now()).await.unwrap();
    assert_eq!(redeemed(&server, &code, &[]).await, "invalid_grant");
    assert_eq!(server.api_status("GET", "me", &token).await, 401);
}

#[tokio::test]
async fn a_code_ends_with_the_sign_out() {
    let server = Server::start().await;
    let mut browser = server.signed_in(ALEX).await;
    let code = browser.code().await;
    let form_token = browser.form_token("/").await;
    browser.post("/sign-out", &[("form_token", &form_token)]).await;
    assert_eq!(redeemed(&server, &code, &[]).await, "invalid_grant");
    // Another person who signs in to the same browser ends what the first one had begun there.
    let mut browser = server.signed_in(ALEX).await;
    let code = browser.code().await;
    browser.post("/sign-in", &[("username", SAM.0), ("password", SAM.1)]).await;
    assert_eq!(redeemed(&server, &code, &[]).await, "invalid_grant");
    // And so does the end of the session by itself.
    let code = browser.code().await;
    server.sql("UPDATE sessions SET expires_at = 0").await;
    assert_eq!(redeemed(&server, &code, &[]).await, "invalid_grant");
}

#[tokio::test]
async fn of_two_simultaneous_redemptions_exactly_one_wins() {
    let server = Server::start().await;
    let mut browser = server.signed_in(ALEX).await;
    for round in 0..20 {
        let code = browser.code().await;
        let (first, second) = tokio::join!(redeemed(&server, &code, &[]), redeemed(&server, &code, &[]));
        let mut answers = [first, second];
        answers.sort();
        assert_eq!(answers, ["granted", "invalid_grant"], "round {round}");
    }
}

#[tokio::test]
async fn the_token_endpoint_takes_forms_and_nothing_else() {
    let server = Server::start().await;
    let code = server.signed_in(ALEX).await.code().await;
    let form = authorization_code(&code);
    let ask = |method: reqwest::Method, path: String| client().request(method, format!("{}{path}", server.address));
    let in_address = ask(reqwest::Method::POST, format!("/oauth/token?{form}"));
    assert_eq!(in_address.send().await.unwrap().status(), 400, "an address is logged by proxies");
    let by_get = ask(reqwest::Method::GET, format!("/oauth/token?{form}"));
    assert_eq!(by_get.send().await.unwrap().status(), 405);
    for kind in ["text/plain", "multipart/form-data", "application/json", ""] {
        let request = ask(reqwest::Method::POST, "/oauth/token".to_owned());
        let answer = request.header("Content-Type", kind).body(form.clone()).send().await.unwrap();
        assert_eq!(answer.status(), 400, "{kind}");
    }
    let cookie = server.signed_in(ALEX).await.cookie_header();
    let request = ask(reqwest::Method::POST, "/oauth/token".to_owned());
    let request = request.header("Cookie", cookie).form(&[("grant_type", "authorization_code")]);
    assert_eq!(request.send().await.unwrap().status(), 400, "a cookie is no code");
    assert_eq!(redeemed(&server, &code, &[]).await, "granted", "none of this has used the code");
}

fn authorization_code(code: &str) -> String {
    let form = [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", REDIRECT)];
    let more = [("client_id", "my-apps-extension"), ("code_verifier", VERIFIER)];
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).extend_pairs(more).finish()
}
