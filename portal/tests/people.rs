//! What the command line does to people, while a portal runs on the same database: it holds from the next request on.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use common::{ALEX, REDIRECT, SAM, Server, VERIFIER, location, program::refuses};
use my_apps_portal::{account, clock::now, session};

impl Server {
    /// Everything in the database that is a person's, by table.
    async fn rows_of(&self, account_id: i64) -> Vec<(String, i64)> {
        sqlx::query_as(
            "SELECT 'accounts', COUNT(*) FROM accounts WHERE id = $1
             UNION ALL SELECT 'assignments', COUNT(*) FROM assignments WHERE account_id = $1
             UNION ALL SELECT 'credentials', COUNT(*) FROM credentials WHERE account_id = $1
             UNION ALL SELECT 'known browsers', COUNT(*) FROM known_browsers WHERE account_id = $1
             UNION ALL SELECT 'sessions', COUNT(*) FROM sessions WHERE account_id = $1
             UNION ALL SELECT 'tokens', COUNT(*) FROM access_tokens JOIN sessions ON sessions.id = session_id WHERE account_id = $1
             UNION ALL SELECT 'codes', COUNT(*) FROM authorization_codes JOIN sessions ON sessions.id = session_id WHERE account_id = $1",
        )
        .bind(account_id)
        .fetch_all(self.database())
        .await
        .unwrap()
    }

    async fn count(&self, statement: &'static str) -> i64 {
        sqlx::query_scalar(statement).fetch_one(self.database()).await.unwrap()
    }

    /// Whether the sign-in page lets them in.
    async fn lets_in(&self, (username, password): (&str, &str)) -> bool {
        self.browser().post("/sign-in", &[("username", username), ("password", password)]).await.status() == 303
    }
}

#[tokio::test]
async fn who_is_removed_is_out_at_once_and_nothing_of_theirs_stays() {
    let server = Server::start().await;
    let sam = server.token(SAM).await;
    let mut browser = server.signed_in(ALEX).await;
    let first = browser.code().await;
    let token = server.redeem(&first).await["access_token"].as_str().unwrap().to_owned();
    let unredeemed = browser.code().await;
    let body = serde_json::json!({"outcome": "submitted", "reason": null, "host": "crm.localhost"});
    assert_eq!(server.api("POST", "apps/crm/outcome", &token).json(&body).send().await.unwrap().status(), 204);
    let before = server.rows_of(1).await;
    assert!(before.iter().all(|(_, rows)| *rows > 0), "{before:?}");
    let of_sam = server.rows_of(2).await;

    assert_eq!(
        server.done(&["user", "remove", " Alex@Contoso.example"], ""),
        "Removed. In the audit trail this is “Person 1 (removed)” from now on.\n"
    );

    for (method, path) in [("GET", "me"), ("GET", "apps"), ("POST", "apps/crm/credential")] {
        assert_eq!(server.api_status(method, path, &token).await, 401, "{path}");
    }
    assert_eq!(location(&browser.get("/").await), "/sign-in?next=%2F");
    let form = [
        ("grant_type", "authorization_code"),
        ("code", &unredeemed),
        ("redirect_uri", REDIRECT),
        ("client_id", "my-apps-extension"),
        ("code_verifier", VERIFIER),
    ];
    assert_eq!(server.post("/oauth/token", &form).await.status(), 400);
    assert!(!server.lets_in(ALEX).await);
    let after = server.rows_of(1).await;
    assert!(after.iter().all(|(_, rows)| *rows == 0), "{after:?}");
    assert_eq!(server.rows_of(2).await, of_sam);
    assert_eq!(server.api_status("POST", "apps/crm/credential", &sam).await, 200);
    let trail = server.signed_in(SAM).await.page("/audit").await;
    assert!(trail.contains("Person 1 (removed)") && !trail.contains("Alex Wilber"), "{trail}");

    // Somebody of the same name is somebody else.
    server.done(&["user", "add", ALEX.0, "--name", "Alexandra", "--password-stdin"], "another password\n");
    assert_eq!(
        server.done(&["user", "list"], ""),
        "3\talex@contoso.example\tAlexandra\t\n2\tsam@contoso.example\tSam Rivera\tadministrator\n"
    );
    assert!(server.lets_in((ALEX.0, "another password")).await);
    assert_eq!(server.api_status("GET", "me", &token).await, 401);
}

#[tokio::test]
async fn another_password_ends_what_the_one_before_began() {
    let server = Server::start().await;
    let token = server.token(ALEX).await;
    let mut browser = server.signed_in(ALEX).await;
    for _ in 0..10 {
        assert!(!server.lets_in((ALEX.0, "a wrong one")).await);
    }
    assert!(!server.lets_in(ALEX).await, "there is a pause");

    assert_eq!(server.done(&["user", "password", "ALEX@contoso.example", "--password-stdin"], "a new password\r\n"), "");

    assert_eq!(server.api_status("GET", "me", &token).await, 401);
    assert_eq!(location(&browser.get("/").await), "/sign-in?next=%2F");
    let rows = server.rows_of(1).await;
    for (table, count) in &rows {
        let gone = ["known browsers", "sessions", "tokens", "codes"].contains(&table.as_str());
        assert_eq!(*count == 0, gone, "{rows:?}");
    }
    assert!(!server.lets_in(ALEX).await);
    let token = server.token((ALEX.0, "a new password")).await;
    assert_eq!(server.api_status("POST", "apps/crm/credential", &token).await, 200, "stored passwords are still there");
}

/// Judging a password takes its time, and many at once wait for each other.
#[tokio::test]
async fn a_sign_in_that_was_on_its_way_does_not_outlive_the_password_or_the_person() {
    let server = Server::start().await;
    let judged = account::sign_in_record(server.database(), ALEX.0).await.unwrap().unwrap();
    let cookie = server.signed_in(ALEX).await.cookie("my_apps_session");
    let begin = async |record, previous| session::begin(server.database(), record, previous, false, now() + 60).await.unwrap();
    assert!(begin(&judged, Some(&cookie)).await.is_some());
    server.done(&["user", "password", ALEX.0, "--password-stdin"], "a new password\n");
    assert!(begin(&judged, None).await.is_none());
    assert!(begin(&judged, Some(&cookie)).await.is_none());
    let judged = account::sign_in_record(server.database(), ALEX.0).await.unwrap().unwrap();
    assert!(begin(&judged, None).await.is_some());
    server.done(&["user", "remove", ALEX.0], "");
    assert!(begin(&judged, None).await.is_none());
    assert_eq!(server.count("SELECT COUNT(*) FROM sessions").await, 0);
}

#[tokio::test]
async fn somebody_always_administrates() {
    let server = Server::start().await;
    let mut sam = server.signed_in(SAM).await;
    let only = "sam@contoso.example is the only administrator";
    server.refuses(&["user", "remove", SAM.0], "", only);
    server.refuses(&["user", "administrator", SAM.0, "off"], "", only);
    assert_eq!(sam.get("/audit").await.status(), 200);
    server.done(&["user", "administrator", ALEX.0, "off"], "");
    server.done(&["user", "administrator", ALEX.0, "on"], "");
    assert_eq!(server.signed_in(ALEX).await.get("/audit").await.status(), 200);
    server.done(&["user", "administrator", SAM.0, "off"], "");
    assert_eq!(sam.get("/audit").await.status(), 404, "in the session that began before");
    server.refuses(&["user", "administrator", ALEX.0, "off"], "", "alex@contoso.example is the only administrator");
    server.done(&["user", "remove", SAM.0], "");
    server.refuses(&["user", "remove", ALEX.0], "", "alex@contoso.example is the only administrator");
}

#[tokio::test]
async fn what_is_not_there_is_told_and_changes_nothing() {
    let server = Server::start().await;
    let token = server.token(ALEX).await;
    let all = |server: Server| async move {
        let rows = (server.rows_of(1).await, server.rows_of(2).await, server.count("SELECT COUNT(*) FROM apps").await);
        (server, rows)
    };
    let (server, before) = all(server).await;
    let nobody = "There is no person with the user name nobody";
    server.refuses(&["user", "remove", "Nobody"], "", nobody);
    server.refuses(&["user", "password", "nobody", "--password-stdin"], "long enough\n", nobody);
    server.refuses(&["user", "administrator", "nobody", "on"], "", nobody);
    server.refuses(&["user", "administrator", "nobody", "off"], "", nobody);
    server.refuses(&["user", "password", ALEX.0, "--password-stdin"], "short\n", "8 to 1024 characters");
    server.refuses(&["user", "password", ALEX.0, "--password-stdin"], "", "8 to 1024 characters");
    server.refuses(&["app", "remove", "none"], "", "There is no app with the id none");
    let (server, after) = all(server).await;
    assert_eq!(before, after);
    assert!(server.lets_in(ALEX).await);
    assert_eq!(server.api_status("GET", "me", &token).await, 200);
}

/// In the wrong folder, nobody must believe that a person is no longer there.
#[test]
fn where_there_is_no_database_there_is_nobody_to_remove() {
    let folder = tempfile::tempdir().unwrap();
    for (arguments, input) in [
        (&["user", "list"][..], ""),
        (&["user", "remove", "kim"], ""),
        (&["user", "administrator", "kim", "off"], ""),
        (&["user", "password", "kim", "--password-stdin"], "long enough\n"),
        (&["app", "remove", "crm"], ""),
    ] {
        refuses(folder.path(), arguments, input, "There is no database portal.db; name it with --database.");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "{arguments:?}");
    }
}

#[tokio::test]
async fn an_app_is_removed_with_all_that_hangs_on_it() {
    let server = Server::start().await;
    let token = server.token(ALEX).await;
    server.sql("INSERT INTO form_versions (app_id, number) VALUES ('crm', 1)").await;
    server.done(&["app", "remove", "crm"], "");
    assert_eq!(server.api_status("POST", "apps/crm/credential", &token).await, 404);
    for statement in [
        "SELECT COUNT(*) FROM assignments WHERE app_id = 'crm'",
        "SELECT COUNT(*) FROM credentials WHERE app_id = 'crm'",
        "SELECT COUNT(*) FROM app_icons WHERE app_id = 'crm'",
        "SELECT COUNT(*) FROM form_versions WHERE app_id = 'crm'",
    ] {
        assert_eq!(server.count(statement).await, 0, "{statement}");
    }
    assert_eq!(server.api_status("POST", "apps/people/credential", &token).await, 200);
}

/// Each takes its turn: none fails because the portal has just written, which it does for every fill.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_portal_that_writes_all_the_time_is_in_nobodys_way() {
    let server = Server::start().await;
    let database = server.database().clone();
    let (stop, mut stopped) = tokio::sync::oneshot::channel::<()>();
    let writer = tokio::spawn(async move {
        let mut written = 0;
        while stopped.try_recv() == Err(tokio::sync::oneshot::error::TryRecvError::Empty) {
            sqlx::query("INSERT INTO outcomes (recorded_at, account_id, app_id, outcome, host) VALUES ($1, 2, 'crm', 'submitted', 'h')")
                .bind(now())
                .execute(&database)
                .await
                .unwrap();
            written += 1;
        }
        written
    });
    for round in 0..4 {
        let name = format!("kim{round}");
        server.done(&["user", "add", &name, "--name", "Kim", "--password-stdin"], "long enough\n");
        server.done(&["user", "administrator", &name, "on"], "");
        server.done(&["user", "password", &name, "--password-stdin"], "long enough as well\n");
        server.done(&["user", "remove", &name], "");
    }
    stop.send(()).unwrap();
    assert!(writer.await.unwrap() > 0);
}
