//! The log: a whole sign-in, stored password and fetched credential leave none of their secrets in it, and what an operator must
//! know stands there.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use std::{
    io,
    sync::{Arc, LazyLock, Mutex},
};

use common::{ALEX, CHALLENGE, Server, VERIFIER, authorization, parameter};

#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl io::Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What all tests of this program have written: there is one log for each process.
static WRITTEN: LazyLock<Written> = LazyLock::new(|| {
    let written = Written::default();
    let writer = written.clone();
    // Everything any library says, and not only what the program would show.
    tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_ansi(false).with_writer(move || writer.clone()).init();
    written
});

fn log() -> String {
    String::from_utf8_lossy(&WRITTEN.0.lock().unwrap()).into_owned()
}

#[tokio::test]
async fn the_log_holds_no_secret() {
    LazyLock::force(&WRITTEN);
    let server = Server::start().await;
    let mut browser = server.browser();
    let request = authorization(&[("state", "the-state-of-this-request")]);
    browser.get(&format!("/oauth/authorize?{request}")).await;
    browser.post("/sign-in", &[("username", ALEX.0), ("password", "a-wrong-password"), ("request", &request)]).await;
    let answer = browser.post("/sign-in", &[("username", ALEX.0), ("password", ALEX.1), ("request", &request)]).await;
    let code = parameter(&answer, "code").unwrap();
    let token = server.redeem(&code).await["access_token"].as_str().unwrap().to_owned();
    let form_token = browser.form_token("/apps/expenses/password").await;
    let form = [("form_token", form_token.as_str()), ("field.username", "alex"), ("field.password", "expenses-Demo-1!")];
    browser.post("/apps/expenses/password", &form).await;
    for app in ["crm", "expenses", "payroll", "nothing"] {
        server.api_status("POST", &format!("apps/{app}/credential"), &token).await;
    }
    server.api_status("GET", "me", "a-token-that-is-none").await;
    server.sql("UPDATE credentials SET sealed = X'00'").await;
    assert_eq!(server.api_status("POST", "apps/crm/credential", &token).await, 500);
    let form = [("token", token.as_str()), ("client_id", "my-apps-extension")];
    server.post("/oauth/revoke", &form).await;
    let own = browser.form_token("/account/password").await;
    for current in ["another-wrong-password", ALEX.1] {
        let form = [("form_token", own.as_str()), ("current", current), ("new", "a-new-password"), ("again", "a-new-password")];
        browser.post("/account/password", &form).await;
    }
    let log = log();
    assert!(log.contains("/apps/{id}/password") && log.contains("a stored credential can't be read"), "the log says what happened");
    let ours: Vec<_> = log.lines().filter(|line| !line.contains("hyper") && !line.contains("reqwest")).collect();
    let ours = ours.join("\n");
    for secret in [
        ALEX.1,
        "a-wrong-password",
        "another-wrong-password",
        "a-new-password",
        "expenses-Demo-1!",
        "crm-Demo-1!",
        &code,
        &token,
        &form_token,
        "a-token-that-is-none",
        &browser.cookie("my_apps_session"),
        &browser.cookie("my_apps_known"),
        VERIFIER,
        CHALLENGE,
        "the-state-of-this-request",
    ] {
        assert!(!ours.contains(secret), "{secret}");
    }
}

async fn knock(server: &Server, headers: &[(&str, &str)]) {
    let headers = [&[("Sec-Fetch-Site", "same-origin")], headers].concat();
    server.browser().post_from("/sign-in", &[("username", "nobody"), ("password", "wrong")], &headers).await;
}

#[tokio::test]
async fn a_proxy_that_is_set_up_wrongly_is_told_once() {
    LazyLock::force(&WRITTEN);
    let silent = "--behind-proxy is set, but a request came without an address";
    let unknown = "requests come through a proxy, but --behind-proxy is not set";
    let proxied = Server::start_with(|settings| settings.behind_proxy = true).await;
    let direct = Server::start().await;
    knock(&proxied, &[("X-Forwarded-For", "198.51.100.7:50123")]).await;
    assert!(!log().contains(silent));
    for headers in [&[][..], &[("X-Forwarded-For", "unknown")]] {
        knock(&proxied, headers).await;
        assert_eq!(log().matches(silent).count(), 1);
    }
    assert!(!log().contains(unknown));
    for _ in 0..2 {
        knock(&direct, &[("X-Forwarded-For", "198.51.100.7")]).await;
        assert_eq!(log().matches(unknown).count(), 1);
    }
}

#[tokio::test]
async fn who_guesses_is_told_by_address_and_never_by_name() {
    LazyLock::force(&WRITTEN);
    let server = Server::start_with(|settings| settings.behind_proxy = true).await;
    let address = ("X-Forwarded-For", "192.0.2.77");
    let lines = |words: &str| log().lines().filter(|line| line.contains(words) && line.contains("address=192.0.2.77")).count();
    for number in 1..=10 {
        knock(&server, &[address]).await;
        assert_eq!(lines("WARN my_apps_portal::http::password_check: a sign-in was refused"), number);
    }
    knock(&server, &[address]).await;
    assert_eq!(lines("a sign-in was refused"), 10);
    assert_eq!(lines("WARN my_apps_portal::http::password_check: a sign-in must wait"), 1);
    let ours: Vec<_> = log().lines().filter(|line| line.contains("my_apps_portal")).map(str::to_owned).collect();
    assert!(!ours.join("\n").contains("nobody"));
}

#[test]
fn debug_output_holds_no_secret() {
    let token = my_apps_portal::token::SecretToken::random().unwrap();
    assert!(!format!("{token:?}").contains(token.reveal()));
    let secret = zeroize::Zeroizing::new("crm-Demo-1!".to_owned());
    let fields = my_apps_portal::credential::Fields([("password".to_owned(), secret)].into());
    assert_eq!(format!("{fields:?}"), "{\"password\"}");
}
