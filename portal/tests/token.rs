//! Codes and tokens: what is not redeemed, what is revoked, and when a token stops working.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use common::{ALEX, REDIRECT, Server, VERIFIER, header, parameter};
use my_apps_portal::oauth::pkce::{fits, is_challenge};

#[track_caller]
fn check(challenge: &str, verifier: &str, expected: bool) {
    assert_eq!(fits(challenge, verifier), expected, "{challenge} {verifier}");
}

#[test]
fn only_the_verifier_of_the_challenge_fits() {
    check(common::CHALLENGE, "", false);
    check(common::CHALLENGE, common::CHALLENGE, false);
    check(common::CHALLENGE, &VERIFIER.to_uppercase(), false);
    check(common::CHALLENGE, &format!("{VERIFIER}A"), false);
    check(VERIFIER, VERIFIER, false); // method "plain"
    check("ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0", "abc", false); // right hash, too short
    check(common::CHALLENGE, VERIFIER, true);
    assert!(!is_challenge("") && !is_challenge("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM") && is_challenge(common::CHALLENGE));
}

/// Redeems a fresh code with one parameter changed (`""` removes it) and gives status and error.
async fn redeem_with(server: &Server, name: &str, value: &str) -> (u16, String) {
    let code = server.signed_in(ALEX).await.code().await;
    let mut form = vec![
        ("grant_type", "authorization_code"),
        ("code", &code),
        ("redirect_uri", REDIRECT),
        ("client_id", "my-apps-extension"),
        ("code_verifier", VERIFIER),
    ];
    form.retain(|(known, _)| *known != name);
    if !value.is_empty() {
        form.push((name, value));
    }
    let answer = server.post("/oauth/token", &form).await;
    assert_eq!(header(&answer, "cache-control"), "no-store");
    assert_eq!(header(&answer, "access-control-allow-origin"), "*");
    let status = answer.status().as_u16();
    let body: serde_json::Value = answer.json().await.unwrap();
    (status, body["error"].as_str().unwrap_or("granted").to_owned())
}

#[tokio::test]
async fn a_wrong_token_request_is_refused() {
    let server = Server::start().await;
    for (name, value, expected) in [
        ("grant_type", "", "invalid_request"),
        ("grant_type", "refresh_token", "unsupported_grant_type"),
        ("grant_type", "password", "unsupported_grant_type"),
        ("code", "", "invalid_request"),
        ("code", "unknown", "invalid_grant"),
        ("client_id", "", "invalid_client"),
        ("client_id", "someone-else", "invalid_client"),
        ("redirect_uri", "", "invalid_request"),
        ("redirect_uri", my_apps_portal::settings::DEFAULT_REDIRECT_URIS[1], "invalid_grant"),
        ("code_verifier", "", "invalid_request"),
        ("code_verifier", "wrong-wrong-wrong-wrong-wrong-wrong-wrong-wrong", "invalid_grant"),
        ("code_verifier", common::CHALLENGE, "invalid_grant"),
    ] {
        assert_eq!(redeem_with(&server, name, value).await, (400, expected.to_owned()), "{name}={value}");
    }
    assert_eq!(redeem_with(&server, "unused", "").await.1, "granted");
}

#[tokio::test]
async fn a_repeated_parameter_or_a_json_body_is_refused() {
    let server = Server::start().await;
    let twice = [("client_id", "my-apps-extension"), ("grant_type", "authorization_code"), ("code", "a"), ("code", "b")];
    assert_eq!(server.post("/oauth/token", &twice).await.status(), 400);
    let json = common::client().post(format!("{}/oauth/token", server.address)).json(&serde_json::json!({"code": "a"}));
    assert_eq!(json.send().await.unwrap().status(), 400);
}

#[tokio::test]
async fn a_wrong_verifier_spends_the_code() {
    let server = Server::start().await;
    let code = server.signed_in(ALEX).await.code().await;
    let wrong = [
        ("grant_type", "authorization_code"),
        ("code", &code),
        ("redirect_uri", REDIRECT),
        ("client_id", "my-apps-extension"),
        ("code_verifier", "wrong-wrong-wrong-wrong-wrong-wrong-wrong-wrong"),
    ];
    assert_eq!(server.post("/oauth/token", &wrong).await.status(), 400);
    assert_eq!(server.redeem(&code).await["error"], "invalid_grant");
}

#[tokio::test]
async fn a_second_use_of_a_code_revokes_the_first_token() {
    let server = Server::start().await;
    let code = server.signed_in(ALEX).await.code().await;
    let token = server.redeem(&code).await["access_token"].as_str().unwrap().to_owned();
    assert_eq!(server.api_status("GET", "me", &token).await, 200);
    assert_eq!(server.redeem(&code).await["error"], "invalid_grant");
    assert_eq!(server.api_status("GET", "me", &token).await, 401);
}

#[tokio::test]
async fn of_many_simultaneous_uses_at_most_one_is_granted() {
    let server = Server::start().await;
    let code = server.signed_in(ALEX).await.code().await;
    let answers = tokio::join!(server.redeem(&code), server.redeem(&code), server.redeem(&code), server.redeem(&code));
    let answers = [answers.0, answers.1, answers.2, answers.3];
    let tokens: Vec<_> = answers.iter().filter_map(|answer| answer["access_token"].as_str()).collect();
    assert_eq!(tokens.len(), 1);
    assert_eq!(server.api_status("GET", "me", tokens[0]).await, 401, "the other uses revoked it");
}

#[tokio::test]
async fn a_code_works_for_sixty_seconds() {
    let server = Server::start().await;
    let code = server.signed_in(ALEX).await.code().await;
    let lives: i64 = sqlx::query_scalar("SELECT expires_at - $1 FROM authorization_codes")
        .bind(my_apps_portal::clock::now())
        .fetch_one(server.database())
        .await
        .unwrap();
    assert!((58..=60).contains(&lives));
    server.sql("UPDATE authorization_codes SET expires_at = expires_at - 60").await;
    assert_eq!(server.redeem(&code).await["error"], "invalid_grant");
}

#[tokio::test]
async fn revoked_and_expired_tokens_are_refused() {
    let server = Server::start().await;
    let token = server.token(ALEX).await;
    let wrong_client = [("token", token.as_str()), ("client_id", "someone-else")];
    assert_eq!(server.post("/oauth/revoke", &wrong_client).await.status(), 400);
    assert_eq!(server.api_status("GET", "me", &token).await, 200);
    for _ in 0..2 {
        let answer = server.post("/oauth/revoke", &[("token", &token), ("client_id", "my-apps-extension")]).await;
        assert_eq!(answer.status(), 200, "also for a token that is revoked already");
    }
    assert_eq!(server.api_status("GET", "me", &token).await, 401);
    let token = server.token(ALEX).await;
    server.sql("UPDATE access_tokens SET expires_at = expires_at - 28800").await;
    assert_eq!(server.api_status("GET", "me", &token).await, 401);
}

#[tokio::test]
async fn a_token_ends_with_its_browser_session() {
    let server = Server::start_with(|settings| settings.session_lifetime = 600).await;
    let mut browser = server.signed_in(ALEX).await;
    let tokens = server.redeem(&browser.code().await).await;
    assert!(tokens["expires_in"].as_i64().unwrap() <= 600, "a token does not outlive the sign-in");
    let token = tokens["access_token"].as_str().unwrap();
    server.sql("UPDATE sessions SET expires_at = expires_at - 600").await;
    assert_eq!(server.api_status("GET", "me", token).await, 401);
    assert_eq!(browser.get("/").await.status(), 303);
}

#[tokio::test]
async fn deleting_the_session_ends_every_token_and_the_browser_session() {
    let server = Server::start().await;
    let mut browser = server.signed_in(ALEX).await;
    let first = server.redeem(&browser.code().await).await["access_token"].as_str().unwrap().to_owned();
    let second = server.redeem(&browser.code().await).await["access_token"].as_str().unwrap().to_owned();
    let pending = browser.code().await;
    let elsewhere = server.token(ALEX).await;
    assert_eq!(browser.get("/").await.status(), 200);
    assert_eq!(server.api_status("DELETE", "session", &first).await, 204);
    assert_eq!(server.api_status("GET", "me", &first).await, 401);
    assert_eq!(server.api_status("GET", "me", &second).await, 401);
    assert_eq!(server.redeem(&pending).await["error"], "invalid_grant");
    assert_eq!(browser.get("/").await.status(), 303);
    let silent = browser.authorize(&[("prompt", "none")]).await;
    assert_eq!(parameter(&silent, "error").unwrap(), "login_required");
    assert_eq!(server.api_status("GET", "me", &elsewhere).await, 200, "another browser stays signed in");
}

#[tokio::test]
async fn no_code_token_or_session_is_stored_in_the_clear() {
    let server = Server::start().await;
    let mut browser = server.signed_in(ALEX).await;
    let code = browser.code().await;
    let token = server.redeem(&code).await["access_token"].as_str().unwrap().to_owned();
    let session = browser.cookie_header().split("my_apps_session=").nth(1).unwrap().split(';').next().unwrap().to_owned();
    for file in ["portal.db", "portal.db-wal"] {
        let bytes = std::fs::read(server.file(file)).unwrap();
        for secret in [&code, &token, &session] {
            assert_eq!(secret.len(), 43);
            assert!(!bytes.windows(secret.len()).any(|window| window == secret.as_bytes()), "{file}");
        }
    }
}
