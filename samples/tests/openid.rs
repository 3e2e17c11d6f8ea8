//! Signing in to one app with the account of another: what is refused on the way, and the way.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use std::time::{Duration, Instant};

use common::{App, Samples};
use my_apps_samples::code::{Codes, Grant, LIFETIME};

const PROJECTS: &str = "http://projects.localhost:8081";
const ACCOUNTS: &str = "http://accounts.localhost:8081";
const CALLBACK: &str = "http://projects.localhost:8081/callback";
const SAM: [(&str, &str); 2] = [("username", "sam@contoso.example"), ("password", "accounts-Demo-2!")];

/// One browser, which keeps the cookies of both hosts.
struct Browser<'a> {
    projects: App<'a>,
    accounts: App<'a>,
}

fn browser(samples: &Samples) -> Browser<'_> {
    Browser { projects: samples.app("projects"), accounts: samples.app("accounts") }
}

/// The rest of an address that must begin so.
#[track_caller]
fn below(address: &str, origin: &str) -> String {
    address.strip_prefix(origin).unwrap_or_else(|| panic!("{address} is not at {origin}")).to_owned()
}

/// A parameter of an address.
fn parameter(address: &str, name: &str) -> String {
    let query = address.split_once('?').unwrap().1;
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).unwrap();
    pairs.into_iter().find(|(known, _)| known == name).map(|(_, value)| value).unwrap_or_default()
}

/// The address with another value of a parameter.
fn with(address: &str, name: &str, value: &str) -> String {
    let (path, query) = address.split_once('?').unwrap();
    let mut pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).unwrap();
    pairs.iter_mut().filter(|(known, _)| known == name).for_each(|pair| value.clone_into(&mut pair.1));
    format!("{path}?{}", serde_urlencoded::to_string(pairs).unwrap())
}

impl Browser<'_> {
    /// Opens the app and is sent to the accounts site: the path and query there.
    async fn begin(&mut self) -> String {
        let (status, location) = self.projects.get("/login").await;
        assert_eq!(status, 303);
        below(&location, ACCOUNTS)
    }

    /// Begins and signs in: the path and query that bring the code to the app.
    async fn code(&mut self) -> String {
        let request = self.begin().await;
        let (status, location) = self.accounts.post(&request, &SAM).await;
        assert_eq!(status, 303);
        below(&location, PROJECTS)
    }

    /// Begins once more, where the accounts site knows the person.
    async fn code_again(&mut self) -> String {
        let request = self.begin().await;
        below(&self.accounts.get(&request).await.1, PROJECTS)
    }

    /// That the app lets nobody in with this.
    async fn refused(&mut self, returned: &str) {
        assert_eq!(self.projects.get(returned).await, (403, String::new()), "{returned}");
        assert_eq!(self.projects.get("/").await, (303, "/login".to_owned()), "{returned}");
    }
}

#[tokio::test]
async fn whoever_is_not_the_app_gets_neither_form_nor_code() {
    let samples = Samples::start().await;
    let mut known = browser(&samples);
    known.code().await;
    let request = known.begin().await;
    for (name, value) in [
        ("client_id", "crm"),
        ("client_id", ""),
        ("redirect_uri", ""),
        ("redirect_uri", "/callback"),
        ("redirect_uri", "http://evil.localhost:8081/callback"),
        ("redirect_uri", "https://projects.localhost:8081/callback"),
        ("redirect_uri", "http://projects.localhost/callback"),
        ("redirect_uri", "http://projects.localhost:8082/callback"),
        ("redirect_uri", "http://projects.localhost:8081/callback/"),
        ("redirect_uri", "http://projects.localhost:8081/callback?next=/"),
        ("redirect_uri", "http://projects.localhost:8081/callback#"),
        ("redirect_uri", "http://projects.localhost:8081/x/../callback"),
        ("redirect_uri", "http://PROJECTS.localhost:8081/callback"),
        ("redirect_uri", "http://projects.localhost:8081@evil.example/callback"),
        ("redirect_uri", "http://projects.localhost:8081.evil.example/callback"),
    ] {
        let request = with(&request, name, value);
        assert_eq!(known.accounts.get(&request).await, (400, String::new()), "{name}={value}");
        let mut stranger = samples.app("accounts");
        assert_eq!(stranger.post(&request, &SAM).await, (400, String::new()), "{name}={value}");
        assert!(stranger.cookies.is_empty());
    }
    assert_eq!(known.accounts.get(&format!("{request}&client_id=projects")).await.0, 400, "said twice");
    assert_eq!(known.accounts.get("/login").await, (303, "/".to_owned()));
    assert_eq!(samples.app("accounts").get("/login").await.0, 404, "its form belongs to a request");
    assert_eq!(known.accounts.attempts().await, (1, 1), "no password was tried");
    for host in ["projects", "crm"] {
        assert_eq!(samples.app(host).get(&request).await.0, 404, "{host} signs nobody in for others");
        assert_eq!(samples.app(host).post(&request, &SAM).await.0, 404);
    }
}

#[tokio::test]
async fn the_app_learns_what_was_wrong_with_its_request() {
    let samples = Samples::start().await;
    let mut known = browser(&samples);
    known.code().await;
    let request = known.begin().await;
    for (name, value, error) in [
        ("response_type", "token", "unsupported_response_type"),
        ("response_type", "", "unsupported_response_type"),
        ("scope", "email openidx", "invalid_scope"),
        ("state", "", "invalid_request"),
        ("nonce", "", "invalid_request"),
    ] {
        let request = with(&request, name, value);
        let (status, location) = known.accounts.get(&request).await;
        assert_eq!((status, parameter(&location, "error").as_str()), (303, error), "{name}={value}");
        assert!(location.starts_with(&format!("{CALLBACK}?")) && parameter(&location, "code").is_empty());
        assert_eq!(parameter(&location, "state"), parameter(&request, "state"));
        known.refused(&below(&location, PROJECTS)).await;
    }
}

#[tokio::test]
async fn a_code_lets_nobody_in_but_the_browser_that_asked_for_it() {
    let samples = Samples::start().await;
    for value in ["", "x", "é", "%00"] {
        let mut person = browser(&samples);
        let returned = person.code().await;
        let begun = person.projects.cookies.clone();
        person.refused(&with(&returned, "code", value)).await;
        person.refused(&returned).await; // What was begun is over.
        person.projects.cookies = begun;
        assert_eq!(person.projects.get(&returned).await, (303, "/".to_owned()), "the code itself is good");

        let mut person = browser(&samples);
        let returned = person.code().await;
        let begun = person.projects.cookies.clone();
        person.refused(&with(&returned, "state", value)).await;
        person.projects.cookies = begun;
        person.refused(&returned).await; // Shown with another state, the code is used up.
    }
    for incomplete in ["/callback", "/callback?code=x", "/callback?state=x", "/callback?error=access_denied"] {
        let mut person = browser(&samples);
        person.begin().await;
        person.refused(incomplete).await;
    }

    // A link with somebody else's code signs nobody in as them: not where nothing was begun, and not where something was.
    let mut attacker = browser(&samples);
    let returned = attacker.code().await;
    browser(&samples).refused(&returned).await;
    let returned = attacker.code_again().await;
    let mut victim = browser(&samples);
    victim.begin().await;
    victim.refused(&returned).await;

    // Not even with the state that the victim's browser knows: the code was made for another nonce.
    let returned = attacker.code_again().await;
    let request = victim.begin().await;
    victim.refused(&with(&returned, "state", &parameter(&request, "state"))).await;
}

#[tokio::test]
async fn a_code_works_once() {
    let samples = Samples::start().await;
    let mut person = browser(&samples);
    let returned = person.code().await;
    let begun = person.projects.cookies.clone();
    assert_eq!(person.projects.get(&returned).await, (303, "/".to_owned()));
    let mut replay = browser(&samples);
    replay.projects.cookies = begun;
    replay.refused(&returned).await;
    assert!(person.projects.page("/").await.contains("Signed in as sam@contoso.example"));
}

#[test]
fn a_code_ends_soon_and_is_for_one_app_at_one_address() {
    let codes = Codes::default();
    let begun = Instant::now();
    let text = str::to_owned;
    let grant = Grant { client_id: text("projects"), redirect_uri: text(CALLBACK), nonce: text("n"), username: text("sam") };
    let issue = || codes.issue(begun, grant.clone()).unwrap();
    let soon = begun + LIFETIME - Duration::from_millis(1);
    for (code, now, client, address) in [
        ("x".to_owned(), soon, "projects", CALLBACK),
        (String::new(), soon, "projects", CALLBACK),
        (issue(), begun + LIFETIME, "projects", CALLBACK),
        (issue(), soon, "crm", CALLBACK),
        (issue(), soon, "projects", "http://projects.localhost:8081/callback/"),
    ] {
        assert_eq!(codes.redeem(now, &code, client, address), None);
        assert_eq!(codes.redeem(begun, &code, "projects", CALLBACK), None, "tried is used up");
    }
    let (code, other) = (issue(), issue());
    assert_ne!(code, other);
    assert_eq!(codes.redeem(soon, &code, "projects", CALLBACK), Some(grant));
    assert_eq!(codes.redeem(soon, &code, "projects", CALLBACK), None);
}

#[tokio::test]
async fn the_password_is_asked_for_once_until_the_person_signs_out() {
    let samples = Samples::start().await;
    let mut sam = browser(&samples);
    assert!(sam.accounts.page("/").await.contains("One account for many apps"));
    assert_eq!(sam.projects.get("/").await, (303, "/login".to_owned()));
    assert_eq!(sam.projects.post("/login", &SAM).await.0, 404, "the app takes no password itself");
    let request = sam.begin().await;
    let expected = [("response_type", "code"), ("client_id", "projects"), ("redirect_uri", CALLBACK), ("scope", "openid")];
    assert!(expected.iter().all(|(name, value)| parameter(&request, name) == *value), "{request}");
    assert_ne!(parameter(&request, "state"), parameter(&request, "nonce"));
    let page = sam.accounts.page(&request).await;
    assert!(page.contains("type=\"password\"") && page.contains("Contoso Projects"));

    for wrong in [("sam@contoso.example", "accounts-Demo-1!"), ("sam", "accounts-Demo-2!")] {
        let form = [("username", wrong.0), ("password", wrong.1)];
        assert_eq!(sam.accounts.post(&request, &form).await, (403, String::new()));
    }
    let (_, location) = sam.accounts.post(&request, &SAM).await;
    assert_eq!(sam.projects.get(&below(&location, PROJECTS)).await, (303, "/".to_owned()));
    assert!(sam.projects.page("/").await.contains("<span id=\"signed-in\">Signed in as sam@contoso.example</span>"));
    assert_eq!(sam.projects.get("/login").await, (303, "/".to_owned()));
    assert_eq!(sam.accounts.attempts().await, (3, 1));
    assert_eq!(sam.projects.attempts().await, (0, 0), "the password came to the accounts site");

    // Another visit, with the app's own session gone.
    sam.projects.cookies.clear();
    let returned = sam.code_again().await;
    assert_eq!(sam.projects.get(&returned).await, (303, "/".to_owned()));
    assert_eq!(sam.accounts.attempts().await, (3, 1), "nobody was asked");

    let (_, at_accounts) = sam.projects.get("/logout").await;
    assert_eq!(sam.projects.get("/").await, (303, "/login".to_owned()));
    assert_eq!(sam.accounts.get(&below(&at_accounts, ACCOUNTS)).await, (303, format!("{PROJECTS}/login")));
    let request = sam.begin().await;
    assert_eq!(sam.accounts.get(&request).await.0, 200, "asked again");
}

#[tokio::test]
async fn signing_out_leads_nowhere_else() {
    let samples = Samples::start().await;
    let mut sam = browser(&samples);
    for wanted in
        ["", "https://evil.example/", "//evil.example", "http://projects.localhost:8081/login/../x", "http://crm.localhost:8081/login"]
    {
        sam.code().await;
        assert!(sam.accounts.page("/").await.contains("Signed in as sam@contoso.example"));
        let query = serde_urlencoded::to_string([("post_logout_redirect_uri", wanted)]).unwrap();
        assert_eq!(sam.accounts.get(&format!("/logout?{query}")).await, (303, "/".to_owned()), "{wanted}");
        assert!(sam.accounts.page("/").await.contains("One account for many apps"));
        sam.projects.cookies.clear();
    }
}
