//! What has expired is removed: all of it, nothing else, and while nobody has to wait.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use std::time::{Duration, Instant};

use common::{ALEX, Server};
use my_apps_portal::{clock::now, database::sweep, outcome};

async fn codes(server: &Server) -> i64 {
    sqlx::query_scalar("SELECT COUNT(*) FROM authorization_codes").fetch_one(server.database()).await.unwrap()
}

/// Sessions of a large company, each with the codes of its days: of that size, a search through the whole table for each session
/// takes the better part of a minute, in which nobody else could write.
#[tokio::test]
async fn nobody_waits_while_many_sessions_end() {
    let server = Server::start().await;
    server
        .sql(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000)
             INSERT INTO sessions (id, token_hash, account_id, expires_at) SELECT 1000 + i, CAST('s' || i AS BLOB), 1, i % 2 * 9999999999 FROM n",
        )
        .await;
    server
        .sql(
            "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 199999)
             INSERT INTO authorization_codes (code_hash, session_id, client_id, redirect_uri, code_challenge, expires_at, used_at)
             SELECT CAST('c' || i AS BLOB), 1001 + i % 4000, '', '', '', 9999999999, 1 FROM n",
        )
        .await;
    let begun = Instant::now();
    sweep(server.database(), now()).await.unwrap();
    let took = begun.elapsed();
    assert_eq!(codes(&server).await, 100_000);
    assert!(took < Duration::from_secs(3), "{took:?}");
}

/// A year of lines is removed at once where a portal is told to keep them for a month only.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn others_write_while_many_lines_are_removed() {
    let server = Server::start().await;
    server
        .sql(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000)
             INSERT INTO outcomes (recorded_at, account_id, app_id, outcome, host) SELECT i, i % 97, 'app-' || i % 89, 'submitted', 'h' FROM n",
        )
        .await;
    let database = server.database().clone();
    let sweeping = tokio::spawn(async move { outcome::sweep(&database, 400_000).await.unwrap() });
    let (mut longest, mut written) = (Duration::ZERO, 0);
    while !sweeping.is_finished() {
        let begun = Instant::now();
        server.sql("UPDATE assignment_changes SET number = number + 1").await;
        longest = longest.max(begun.elapsed());
        written += 1;
    }
    assert_eq!(sweeping.await.unwrap(), 300_000);
    assert!(written > 300, "{written} in 30 steps, the longest wait was {longest:?}");
}

#[tokio::test]
async fn a_used_code_stays_for_as_long_as_its_token() {
    let server = Server::start().await;
    let mut alex = server.signed_in(ALEX).await;
    let (unused, used) = (alex.code().await, alex.code().await);
    let token = server.redeem(&used).await["access_token"].as_str().unwrap().to_owned();
    assert_eq!(codes(&server).await, 2, "{unused}");
    sweep(server.database(), now() + 61).await.unwrap();
    assert_eq!(codes(&server).await, 1);
    assert_eq!(server.redeem(&used).await["error"], "invalid_grant");
    assert_eq!(server.api_status("GET", "me", &token).await, 401, "a code that comes again takes its token back");

    server.redeem(&alex.code().await).await;
    sweep(server.database(), now() + 8 * 3600 + 1).await.unwrap();
    assert_eq!(codes(&server).await, 0, "in a session that goes on");
    assert_eq!(alex.get("/").await.status(), 200);
}
