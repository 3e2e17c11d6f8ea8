//! The pages: forged posts, a person's apps, storing passwords, and what browsers are told about pages.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use std::{
    convert::Infallible,
    net::SocketAddr,
    pin::Pin,
    task::{Context, Poll},
};

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::ConnectInfo,
    http::Request,
};
use common::{ALEX, SAM, Server, header, location};
use hyper::{
    body::{self, Frame},
    service::Service,
};
use hyper_util::service::TowerToHyperService;
use my_apps_portal::http::router;

#[tokio::test]
async fn a_form_without_the_sessions_token_is_refused() {
    let server = Server::start().await;
    let mut alex = server.signed_in(ALEX).await;
    let of_sam = server.signed_in(SAM).await.form_token("/").await;
    for path in ["/sign-out", "/apps/crm/password", "/apps/crm/password/remove"] {
        for token in ["", "wrong", of_sam.as_str()] {
            let form = [("form_token", token), ("field.username", "eve"), ("field.password", "eve")];
            assert_eq!(alex.post(path, &form).await.status(), 403, "{path} {token}");
        }
        let stranger = server.browser().post(path, &[("form_token", of_sam.as_str())]).await;
        assert!(location(&stranger).starts_with("/sign-in"), "{path}");
    }
    assert!(alex.page("/apps/crm/password").await.contains("value=\"alex\""), "nothing was changed");
}

#[tokio::test]
async fn the_home_page_shows_a_persons_apps_and_searches_them() {
    let server = Server::start().await;
    let mut alex = server.signed_in(ALEX).await;
    let page = alex.page("/").await;
    assert!(page.contains("href=\"http://crm.localhost:8081/login\""));
    assert!(page.contains("class=\"launch\" href=\"/apps/expenses/password\""), "no password yet: first store one");
    assert!(page.contains("http://travel.localhost:8081/") && !page.contains("payroll"));
    for odd in ["/?q=a&q=b", "/?q=%ff", "/apps/crm/password?done=nonsense", "/apps/crm/password?done=removed"] {
        let answer = alex.get(odd).await;
        assert_eq!(answer.status(), 200, "{odd}");
        assert!(!answer.text().await.unwrap().contains("Removed."));
    }
    for (query, shown, hidden) in [
        ("CRM", "crm.localhost", "wiki.localhost"),
        ("sales", "crm.localhost", "wiki.localhost"),
        ("contoso+trips", "travel.localhost", "crm.localhost"),
        ("qqq", "No app fits this search", "localhost:8081"),
    ] {
        let page = alex.page(&format!("/?q={query}")).await;
        assert!(page.contains(shown) && !page.contains(hidden), "{query}");
    }
}

#[tokio::test]
async fn a_password_is_stored_changed_and_removed_but_never_shown() {
    let server = Server::start().await;
    let mut alex = server.signed_in(ALEX).await;
    let path = "/apps/expenses/password";
    let form_token = alex.form_token(path).await;
    let form = |username, password| [("form_token", form_token.clone()), ("field.username", username), ("field.password", password)];
    for (username, password, missing) in [("", "x", "User name"), ("  ", "x", "User name"), ("x", "", "Password")] {
        let form = form(username.to_owned(), password.to_owned());
        let answer = alex.post(path, &form.each_ref().map(|(name, value)| (*name, value.as_str()))).await;
        assert_eq!(answer.status(), 400);
        let page = answer.text().await.unwrap();
        assert!(page.contains(&format!("id=\"wrong\">Nothing was saved: “{missing}” is empty.</p>")), "{page}");
        let field = if missing == "Password" { "field.password" } else { "field.username" };
        let input = page.split(&format!("<input id=\"{field}\"")).nth(1).unwrap().split('>').next().unwrap();
        assert!(input.contains("aria-describedby=\"wrong\" aria-invalid=\"true\" autofocus"), "{input}");
        assert_eq!((page.matches("role=\"alert\"").count(), page.matches("autofocus").count()), (1, 1), "{page}");
    }
    assert!(!alex.page(&format!("{path}?done=saved")).await.contains("Saved."), "a notice does not lie");
    let form = form(" alex ".to_owned(), " expenses-Demo-1! ".to_owned());
    let answer = alex.post(path, &form.each_ref().map(|(name, value)| (*name, value.as_str()))).await;
    assert_eq!(location(&answer), "/apps/expenses/password?done=saved");
    let page = alex.page(&location(&answer)).await;
    assert!(page.contains("Saved.") && page.contains("Open Contoso Expenses") && page.contains("http://expenses.localhost:8081/login"));
    assert!(page.contains("value=\"alex\"") && !page.contains("expenses-Demo-1!"));
    let token = server.token(ALEX).await;
    let stored: serde_json::Value = server.api("POST", "apps/expenses/credential", &token).send().await.unwrap().json().await.unwrap();
    assert_eq!(stored["fields"]["password"], " expenses-Demo-1! ", "a password is stored as it was typed");
    assert_eq!(stored["fields"]["username"], "alex");
    let (_, question) = page.split_once("<summary>Remove stored password</summary>").unwrap();
    assert!(
        question.contains("action=\"/apps/expenses/password/remove\"") && page.matches("/remove\"").count() == 1,
        "asked first: {page}"
    );
    let answer = alex.post("/apps/expenses/password/remove", &[("form_token", &form_token)]).await;
    assert!(alex.page(&location(&answer)).await.contains("Removed."));
    assert_eq!(server.api_status("POST", "apps/expenses/credential", &token).await, 404);
}

#[tokio::test]
async fn a_described_form_asks_for_its_own_fields() {
    let server = Server::start().await;
    server
        .sql(
            r##"UPDATE apps SET form = '{"steps": [{"fields": [{"field_id": "company", "label": "Company <code>", "type": "text"},
             {"field_id": "pin", "label": "PIN", "type": "password"}]}]}' WHERE id = 'expenses'"##,
        )
        .await;
    let mut alex = server.signed_in(ALEX).await;
    let page = alex.page("/apps/expenses/password").await;
    assert!(page.contains("field.company") && page.contains("field.pin") && !page.contains("field.username"));
    assert!(page.contains("Company &#60;code&#62;"));
    let form_token = alex.form_token("/apps/expenses/password").await;
    let form = [("form_token", form_token.as_str()), ("field.company", "contoso"), ("field.pin", "1234"), ("field.more", "x")];
    assert_eq!(alex.post("/apps/expenses/password", &form).await.status(), 303);
    let token = server.token(ALEX).await;
    let stored: serde_json::Value = server.api("POST", "apps/expenses/credential", &token).send().await.unwrap().json().await.unwrap();
    assert_eq!(stored["fields"], serde_json::json!({"company": "contoso", "pin": "1234"}));
}

#[tokio::test]
async fn pages_that_are_not_ones_own_say_so() {
    let server = Server::start().await;
    let mut alex = server.signed_in(ALEX).await;
    for (path, status, sentence) in [
        ("/apps/payroll/password", 403, "not assigned to you"),
        ("/apps/nothing/password", 404, "no app at this address"),
        ("/apps/wiki/password", 404, "needs no stored password"),
        ("/nothing", 404, "no page at this address"),
        ("/sign-out", 405, "can’t be opened like that"),
    ] {
        let answer = alex.get(path).await;
        assert_eq!(answer.status(), status, "{path}");
        assert_eq!(header(&answer, "x-frame-options"), "DENY", "{path}");
        assert!(answer.text().await.unwrap().contains(sentence), "{path}");
    }
    let form_token = alex.form_token("/").await;
    let form = [("form_token", form_token.as_str()), ("field.username", "alex"), ("field.password", "x")];
    assert_eq!(alex.post("/apps/payroll/password", &form).await.status(), 403);
    let stored: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM credentials WHERE account_id = 1 AND app_id = 'payroll'")
        .fetch_one(server.database())
        .await
        .unwrap();
    assert_eq!(stored, 0);
}

/// What reads requests refuses some before any page sees them. Nobody is left in front of an empty window.
#[tokio::test]
async fn whatever_is_refused_is_refused_in_words() {
    let server = Server::start().await;
    let mut alex = server.signed_in(ALEX).await;
    let form_token = alex.form_token("/").await;
    let long = "x".repeat(3 << 20);
    let form = [("form_token", form_token.as_str()), ("field.username", "alex"), ("field.password", long.as_str())];
    let too_large = alex.post("/apps/crm/password", &form).await;
    assert_eq!(too_large.status(), 413);
    let (policy, page) = (header(&too_large, "content-security-policy"), too_large.text().await.unwrap());
    assert!(policy.contains("default-src 'none'") && page.contains("larger than this page takes") && page.contains("Go to your apps"));
    let no_form = alex.upload("/sign-out", &[], &[("Sec-Fetch-Site", "same-origin")]).await;
    assert_eq!(no_form.status(), 400);
    assert!(no_form.text().await.unwrap().contains("can’t read what was sent"));
    for (path, kind, sentence) in
        [("/assets/portal.css", "text/html; charset=utf-8", "can’t be opened like that"), ("/health", "application/problem+json", "method")]
    {
        let answer = alex.post(path, &[]).await;
        assert_eq!((answer.status().as_u16(), header(&answer, "content-type").as_str()), (405, kind), "{path}");
        assert!(header(&answer, "allow").contains("GET"), "{path}");
        assert!(answer.text().await.unwrap().contains(sentence), "{path}");
    }
}

/// A body that never comes to its end.
struct Endless;

impl body::Body for Endless {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Pending
    }
}

#[tokio::test]
async fn what_takes_too_long_is_ended_in_words() {
    let server = Server::start().await;
    let routes = TowerToHyperService::new(router(server.portal.clone()));
    tokio::time::pause();
    for (path, status, kind, sentence) in [
        // See `page::in_sign_in_window`.
        ("/sign-in", 200, "text/html; charset=utf-8", "could not answer in time"),
        ("/oauth/token", 408, "application/problem+json", "not answered in time"),
    ] {
        let request = Request::post(path)
            .header("Sec-Fetch-Site", "same-origin")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .extension(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 1))))
            .body(Body::new(Endless))
            .unwrap();
        let answer = routes.call(request).await.unwrap();
        let found = answer.headers()["content-type"].to_str().unwrap().to_owned();
        assert_eq!((answer.status().as_u16(), found.as_str()), (status, kind), "{path}");
        let body = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        assert!(String::from_utf8_lossy(&body).contains(sentence), "{path}");
    }
}

#[tokio::test]
async fn a_failure_is_told_under_the_portals_own_name() {
    let server = Server::start_with(|settings| settings.product_name = "Contoso Apps".to_owned()).await;
    let mut alex = server.signed_in(ALEX).await;
    server.sql("DROP TABLE assignments").await;
    server.sql("ALTER TABLE accounts RENAME TO lost").await;
    let browsers = [(alex.get("/").await, 500), (server.browser().post("/sign-in", &[("username", "a"), ("password", "b")]).await, 200)];
    for (answer, status) in browsers {
        assert_eq!((answer.status().as_u16(), header(&answer, "content-type").as_str()), (status, "text/html; charset=utf-8"));
        let page = answer.text().await.unwrap();
        assert!(page.contains("The portal could not answer.") && page.contains("Contoso Apps") && !page.contains("My Apps"), "{page}");
    }
}

#[tokio::test]
async fn names_are_text_and_not_markup() {
    let server = Server::start_with(|settings| settings.product_name = "<b>Portal</b>".to_owned()).await;
    server.sql("UPDATE apps SET name = '<img src=x onerror=alert(1)>', description = '\"><script>alert(1)</script>'").await;
    server.sql("UPDATE accounts SET name = '<svg onload=alert(1)>'").await;
    let mut alex = server.signed_in(ALEX).await;
    for path in ["/", "/?q=%22%3E%3Cscript%3E", "/apps/crm/password", "/apps/crm/password?done=saved", "/nothing"] {
        let page = alex.page(path).await;
        for markup in ["<img src=x", "<script>", "<svg onload", "<b>Portal"] {
            assert!(!page.contains(markup), "{path} {markup}");
        }
    }
    let wrong = [("username", "\"><script>alert(1)</script>"), ("password", "x")];
    assert!(!server.browser().post("/sign-in", &wrong).await.text().await.unwrap().contains("<script>alert"));
}

#[tokio::test]
async fn an_address_that_is_none_is_a_page_with_a_way_on() {
    let server = Server::start().await;
    for browser in [&mut server.browser(), &mut server.signed_in(ALEX).await] {
        for path in ["/nothing", "/apps", "/apps/crm", "/oauth", "/%ff", "/index.php?x=1"] {
            let answer = browser.get(path).await;
            assert_eq!((answer.status().as_u16(), header(&answer, "content-type").as_str()), (404, "text/html; charset=utf-8"), "{path}");
            let page = answer.text().await.unwrap();
            assert!(
                page.contains("There is no page at this address.") && page.contains("<a class=\"button\" href=\"/\">"),
                "{path}: {page}"
            );
        }
    }
    let answer = server.signed_in(ALEX).await.get("/apps/%ff/password").await;
    assert_eq!(answer.status(), 404);
    assert!(answer.text().await.unwrap().contains("<h1>No such app</h1>"));
}

#[tokio::test]
async fn pages_are_closed_to_frames_scripts_and_caches() {
    let server = Server::start().await;
    for path in ["/sign-in", "/", "/oauth/authorize", "/nothing"] {
        let answer = server.browser().get(path).await;
        let policy = header(&answer, "content-security-policy");
        for part in ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self' https://"]
        {
            assert!(policy.contains(part), "{path} {part}");
        }
        assert!(!policy.contains("unsafe"));
        assert_eq!(header(&answer, "x-frame-options"), "DENY");
        assert_eq!(header(&answer, "referrer-policy"), "no-referrer");
        assert_eq!(header(&answer, "x-content-type-options"), "nosniff");
        assert_eq!(header(&answer, "cache-control"), "no-store");
    }
    for (path, kind) in [("portal.css", "text/css; charset=utf-8"), ("portal.js", "text/javascript; charset=utf-8")] {
        let answer = server.browser().get(&format!("/assets/{path}")).await;
        assert_eq!(header(&answer, "content-type"), kind);
        assert!(header(&answer, "cache-control").contains("immutable"));
    }
    for path in ["/assets/nothing", "/assets/..%2fsrc%2flib.rs", "/assets/%ff", "/assets/", "/nothing"] {
        let answer = server.browser().get(path).await;
        assert_eq!((answer.status().as_u16(), header(&answer, "cache-control")), (404, "no-store".to_owned()), "{path}");
        assert!(answer.text().await.unwrap().contains("There is no page at this address."), "{path}");
    }
}

/// A key that was lost, or a damaged file: the guide to another key has the person remove it here.
#[tokio::test]
async fn what_does_not_open_is_stored_anew_or_removed() {
    let server = Server::start().await;
    let mut alex = server.signed_in(ALEX).await;
    let token = server.token(ALEX).await;
    let path = "/apps/crm/password";
    let form_token = alex.form_token(path).await;
    let form_token = ("form_token", form_token.as_str());
    let damage = "UPDATE credentials SET sealed = X'00'";
    server.sql(damage).await;
    let page = alex.page(&format!("{path}?done=saved")).await;
    assert!(
        page.contains("can no longer be read") && page.contains("Remove it now") && !page.contains("<strong>Saved.</strong>"),
        "{page}"
    );
    assert_eq!(alex.post(path, &[form_token, ("field.username", "alex")]).await.status(), 400, "it says which field is empty");
    assert_eq!(alex.post(path, &[form_token, ("field.username", "alex"), ("field.password", "crm-Demo-1!")]).await.status(), 303);
    assert_eq!(server.api_status("POST", "apps/crm/credential", &token).await, 200);
    server.sql(damage).await;
    assert_eq!(alex.post(&format!("{path}/remove"), &[form_token]).await.status(), 303);
    assert!(alex.page(&format!("{path}?done=removed")).await.contains("Removed."));
    assert_eq!(server.api_status("POST", "apps/crm/credential", &token).await, 404);
}

/// Characters are what a person counts, and not the bytes that they take.
#[tokio::test]
async fn a_long_password_is_as_long_as_it_looks() {
    let server = Server::start().await;
    let mut alex = server.signed_in(ALEX).await;
    let path = "/apps/crm/password";
    let form_token = alex.form_token(path).await;
    for (length, status) in [(1024, 303), (1025, 400)] {
        let form = [("form_token", form_token.as_str()), ("field.username", "alex"), ("field.password", &"ü".repeat(length))];
        assert_eq!(alex.post(path, &form).await.status(), status, "{length}");
    }
    let form_token = alex.form_token("/account/password").await;
    let long = "ü".repeat(1024);
    let form = [("form_token", form_token.as_str()), ("current", ALEX.1), ("new", &long), ("again", &long)];
    assert_eq!(alex.post("/account/password", &form).await.status(), 303);
    assert_eq!(server.browser().post("/sign-in", &[("username", ALEX.0), ("password", &long)]).await.status(), 303);
}

/// Millions of fields would take many times their length, before anybody has signed in.
#[tokio::test]
async fn of_a_form_with_too_many_fields_nothing_is_read() {
    let server = Server::start().await;
    let right = [("username", ALEX.0), ("password", ALEX.1)];
    let more: Vec<String> = (0..1000).map(|number| number.to_string()).collect();
    for (most, status) in [(998, 303), (999, 200)] {
        let form: Vec<(&str, &str)> = more[..most].iter().map(|name| (name.as_str(), "")).chain(right).collect();
        assert_eq!(server.browser().post("/sign-in", &form).await.status(), status, "{most}");
    }
}
