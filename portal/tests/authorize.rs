//! The authorization endpoint: who is refused, to whom a refusal is told, and what a granted request brings.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use common::{ALEX, CHALLENGE, REDIRECT, SAM, Server, authorization, header, location, parameter};
use my_apps_portal::{
    address::PublicUrl,
    oauth::request::{Refusal, parse},
    settings::Settings,
};

#[track_caller]
fn check(changes: &[(&str, &str)], expected: &str) {
    check_query(&authorization(changes), expected);
}

#[track_caller]
fn check_query(query: &str, expected: &str) {
    let settings = Settings::new(PublicUrl::parse("http://portal.localhost:8080").unwrap());
    let found = match parse(query, &settings) {
        Ok(_) => "granted",
        Err(Refusal::UnknownClient | Refusal::UnknownRedirectUri(_)) => "page",
        Err(Refusal::Redirect(back, error)) => {
            assert_eq!(back.redirect_uri, REDIRECT);
            error.as_str()
        }
    };
    assert_eq!(found, expected, "{query}");
}

#[test]
fn unknown_clients_and_redirect_uris_are_never_redirected() {
    check(&[("client_id", "")], "page");
    check(&[("client_id", "someone-else")], "page");
    check(&[("client_id", "my-apps-extension ")], "page");
    check(&[("redirect_uri", "")], "page");
    check(&[("redirect_uri", "https://evil.example/")], "page");
    check(&[("redirect_uri", REDIRECT.trim_end_matches('/'))], "page");
    check(&[("redirect_uri", &format!("{REDIRECT}/"))], "page");
    check(&[("redirect_uri", &format!("{REDIRECT}?more=1"))], "page");
    check(&[("redirect_uri", &format!("{REDIRECT}#more"))], "page");
    check(&[("redirect_uri", &REDIRECT.to_uppercase())], "page");
    check(&[("redirect_uri", &REDIRECT.replace("https://", "https://user@"))], "page");
    check(&[("redirect_uri", &REDIRECT.replace(".org", ".org.evil.example"))], "page");
    check(&[("redirect_uri", &REDIRECT.replace("https", "http"))], "page");
    check(&[("redirect_uri", "javascript:alert(1)")], "page");
    check_query("", "page");
    check_query(&format!("{}&client_id=someone-else", authorization(&[])), "page");
    check_query(&format!("{}&redirect_uri=https%3A%2F%2Fevil.example%2F", authorization(&[])), "page");
    // An unknown client is not redirected even with every other mistake in the request.
    check(&[("client_id", "someone-else"), ("code_challenge", ""), ("response_type", "token")], "page");
}

#[test]
fn wrong_requests_are_told_to_the_client() {
    check(&[("response_type", "")], "invalid_request");
    check(&[("response_type", "token")], "unsupported_response_type");
    check(&[("response_type", "code token")], "unsupported_response_type");
    check(&[("scope", "admin")], "invalid_scope");
    check(&[("scope", "apps admin")], "invalid_scope");
    check(&[("code_challenge", "")], "invalid_request");
    check(&[("code_challenge", "short")], "invalid_request");
    check(&[("code_challenge", &format!("{CHALLENGE}="))], "invalid_request");
    check(&[("code_challenge_method", "")], "invalid_request");
    check(&[("code_challenge_method", "plain")], "invalid_request");
    check(&[("code_challenge_method", "s256")], "invalid_request");
    check(&[("prompt", "none login")], "invalid_request");
    check(&[("prompt", "consent")], "invalid_request");
    check_query(&format!("{}&state=other", authorization(&[])), "invalid_request");
    check_query(&format!("{}&code_challenge={CHALLENGE}", authorization(&[])), "invalid_request");
}

#[test]
fn right_requests_are_granted() {
    check(&[], "granted");
    check(&[("scope", "")], "granted");
    check(&[("state", "")], "granted");
    check(&[("prompt", "none")], "granted");
    check(&[("prompt", "login")], "granted");
    check(&[("ui_locales", "de")], "granted");
}

#[tokio::test]
async fn an_unknown_client_gets_a_page() {
    let server = Server::start().await;
    let mut browser = server.signed_in(ALEX).await;
    let answer = browser.authorize(&[("client_id", "someone-else")]).await;
    assert_eq!((answer.status().as_u16(), location(&answer)), (200, String::new()), "an error status closes the extension's window");
    assert!(answer.text().await.unwrap().contains("not registered with this portal"));
}

#[tokio::test]
async fn prompt_none_never_shows_a_page() {
    let server = Server::start().await;
    let mut stranger = server.browser();
    let answer = stranger.authorize(&[("prompt", "none")]).await;
    assert_eq!(answer.status(), 303);
    assert_eq!(parameter(&answer, "error").unwrap(), "login_required");
    assert_eq!(parameter(&answer, "state").unwrap(), "the state & more");
    assert_eq!(parameter(&answer, "iss").unwrap(), server.public_url);
    let mut alex = server.signed_in(ALEX).await;
    let answer = alex.authorize(&[("prompt", "none")]).await;
    assert!(location(&answer).starts_with(REDIRECT));
    assert!(parameter(&answer, "code").is_some());
}

#[tokio::test]
async fn a_code_comes_with_state_and_issuer() {
    let server = Server::start().await;
    let mut browser = server.signed_in(ALEX).await;
    let answer = browser.authorize(&[]).await;
    assert_eq!(answer.status(), 303);
    assert!(location(&answer).starts_with(REDIRECT));
    assert_eq!(parameter(&answer, "code").unwrap().len(), 43);
    assert_eq!(parameter(&answer, "state").unwrap(), "the state & more");
    assert_eq!(parameter(&answer, "iss").unwrap(), server.public_url);
    assert_eq!(header(&answer, "cache-control"), "no-store");
    assert!(header(&answer, "set-cookie").starts_with("my_apps_extension=1;"));
    let answer = browser.authorize(&[("state", "")]).await;
    assert_eq!(parameter(&answer, "state"), None);
}

#[tokio::test]
async fn signing_in_goes_on_with_the_request() {
    let server = Server::start().await;
    let mut browser = server.browser();
    let page = browser.authorize(&[]).await;
    assert_eq!(page.status(), 200);
    assert!(header(&page, "content-security-policy").contains("https://bgnbokhkffgobgapaaedoojiloflbndl.chromiumapp.org"));
    let page = page.text().await.unwrap();
    assert!(page.contains("error=access_denied"), "the page has a way to cancel");
    let request = authorization(&[]);
    let wrong = browser.post("/sign-in", &[("username", ALEX.0), ("password", "wrong"), ("request", &request)]).await;
    assert_eq!(wrong.status(), 200);
    let page = wrong.text().await.unwrap();
    assert!(page.contains("name=\"request\"") && page.contains("id=\"cancel\""), "a wrong password keeps the request");
    let answer = browser.post("/sign-in", &[("username", ALEX.0), ("password", ALEX.1), ("request", &request)]).await;
    assert_eq!(answer.status(), 303);
    let tokens = server.redeem(&parameter(&answer, "code").unwrap()).await;
    assert_eq!(tokens["token_type"], "Bearer");
    assert_eq!(tokens["expires_in"], 28800);
    assert_eq!(tokens["scope"], "apps");
}

#[tokio::test]
async fn a_request_changed_in_the_page_is_refused() {
    let server = Server::start().await;
    let mut browser = server.browser();
    let request = authorization(&[("redirect_uri", "https://evil.example/")]);
    let answer = browser.post("/sign-in", &[("username", ALEX.0), ("password", ALEX.1), ("request", &request)]).await;
    assert_eq!((answer.status().as_u16(), location(&answer)), (200, String::new()), "an error status closes the extension's window");
    assert_eq!(browser.cookie_header(), "");
    let page = answer.text().await.unwrap();
    assert!(page.contains("its redirect URI is not registered") && page.contains("https://evil.example/"));
}

#[tokio::test]
async fn who_is_not_registered_is_told_what_to_do_in_the_window() {
    let server = Server::start().await;
    for (uri, is_extension) in [
        ("https://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org/", true),
        ("https://0123456789abcdef0123456789abcdef01234567.extensions.allizom.org/", true),
        ("https://evil.example/", false),
        ("https://abc.chromiumapp.org.evil.example/", false),
        ("https://abc.chromiumapp.org/more", false),
        ("https://evil.example/.chromiumapp.org/", false),
        ("https://.chromiumapp.org/", false),
        ("http://abc.chromiumapp.org/", false),
        // What is copied into a shell must not do anything else there.
        ("https://abc.chromiumapp.org/$(id)/", false),
        ("https://$(id).chromiumapp.org/", false),
        ("https://a b.chromiumapp.org/", false),
        ("<script>alert(1)</script>", false),
    ] {
        let answer = server.browser().authorize(&[("redirect_uri", uri)]).await;
        assert_eq!((answer.status().as_u16(), location(&answer)), (200, String::new()), "{uri}");
        let page = answer.text().await.unwrap();
        assert!(page.contains("its redirect URI is not registered"), "{uri}");
        let shown = uri.replace('<', "&#60;").replace('>', "&#62;");
        let option = if is_extension { "--redirect-uri " } else { "" };
        assert!(page.contains(&format!("<code class=\"address\">{option}{shown}</code>")), "{uri}: {page}");
        assert_eq!(page.contains("--redirect-uri"), is_extension, "{uri}");
    }
    for (changes, sentence) in [
        (("redirect_uri", ""), "does not say where to return to"),
        (("client_id", "someone-else"), "The program that asked to sign in is not registered"),
    ] {
        let answer = server.browser().authorize(&[changes]).await;
        assert_eq!((answer.status().as_u16(), location(&answer)), (200, String::new()));
        assert!(answer.text().await.unwrap().contains(sentence));
    }
}

#[tokio::test]
async fn a_failure_is_readable_in_the_window_too() {
    let server = Server::start().await;
    server.sql("DROP TABLE authorization_codes").await;
    server.sql("DROP TABLE assignments").await;
    let mut browser = server.signed_in(ALEX).await;
    assert_eq!(browser.get("/").await.status(), 500, "elsewhere a failure is one");
    let answer = browser.authorize(&[]).await;
    assert_eq!(answer.status(), 200);
    assert!(answer.text().await.unwrap().contains("The portal could not answer."));
    let request = authorization(&[]);
    let answer = browser.post("/sign-in", &[("username", ALEX.0), ("password", ALEX.1), ("request", &request)]).await;
    assert_eq!((answer.status().as_u16(), location(&answer)), (200, String::new()));
    assert!(answer.text().await.unwrap().contains("The portal could not answer."));
}

#[tokio::test]
async fn prompt_login_asks_again_and_keeps_the_tokens_of_the_same_person() {
    let server = Server::start().await;
    let mut browser = server.signed_in(ALEX).await;
    let token = server.redeem(&browser.code().await).await["access_token"].as_str().unwrap().to_owned();
    let page = browser.authorize(&[("prompt", "login")]).await;
    assert_eq!(page.status(), 200);
    assert!(page.text().await.unwrap().contains("value=\"alex@contoso.example\""));
    let request = authorization(&[("prompt", "login")]);
    let before = browser.cookie_header();
    let answer = browser.post("/sign-in", &[("username", ALEX.0), ("password", ALEX.1), ("request", &request)]).await;
    assert!(parameter(&answer, "code").is_some());
    assert_ne!(browser.cookie_header(), before, "a new sign-in has a new session secret");
    assert_eq!(server.api_status("GET", "me", &token).await, 200);
    // Another person in the same browser ends what was there.
    browser.post("/sign-in", &[("username", SAM.0), ("password", SAM.1), ("request", &request)]).await;
    assert_eq!(server.api_status("GET", "me", &token).await, 401);
}
