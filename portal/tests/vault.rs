//! Secrets at rest: what the database file holds, whose credential opens, and which key is taken.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use std::{fs, os::unix::fs::PermissionsExt, path::Path};

use common::{ALEX, SAM, Server};
use my_apps_portal::{database, key::Key, serve::open_vault};

const KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

#[tokio::test]
async fn no_password_is_in_the_database_file() {
    let server = Server::start().await;
    for file in ["portal.db", "portal.db-wal"] {
        let bytes = fs::read(server.file(file)).unwrap();
        for secret in ["crm-Demo-1!", "people-Demo-1!", "payroll-Demo-2!", "alex.wilber", "portal-demo-1", "portal-demo-2"] {
            assert!(!bytes.windows(secret.len()).any(|window| window == secret.as_bytes()), "{file} {secret}");
        }
    }
    for (file, mode) in [("portal.db", 0o600), ("portal.key", 0o600)] {
        assert_eq!(fs::metadata(server.file(file)).unwrap().permissions().mode() & 0o777, mode, "{file}");
    }
}

/// Whoever gets hold of the file finds nothing in it of what is no longer known.
#[tokio::test]
async fn what_was_removed_is_not_left_over_in_the_file() {
    let server = Server::start().await;
    let mut alex = server.signed_in(ALEX).await;
    let sealed: Vec<u8> = sqlx::query_scalar("SELECT sealed FROM credentials WHERE account_id = 1 AND app_id = 'crm'")
        .fetch_one(server.database())
        .await
        .unwrap();
    let hashed: String = sqlx::query_scalar("SELECT password_hash FROM accounts WHERE id = 1").fetch_one(server.database()).await.unwrap();
    let left_over = || async {
        // Then the log has become part of the file.
        sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(server.database()).await.unwrap();
        let bytes = fs::read(server.file("portal.db")).unwrap();
        [sealed.as_slice(), hashed.as_bytes()].map(|secret| bytes.windows(secret.len()).any(|window| window == secret))
    };
    assert_eq!(left_over().await, [true, true]);
    let form_token = alex.form_token("/").await;
    assert_eq!(alex.post("/apps/crm/password/remove", &[("form_token", form_token.as_str())]).await.status(), 303);
    assert_eq!(left_over().await, [false, true]);
    server.done(&["user", "remove", ALEX.0], "");
    assert_eq!(left_over().await, [false, false]);
}

#[tokio::test]
async fn a_row_moved_to_another_person_or_app_does_not_open() {
    let server = Server::start().await;
    let (alex, sam) = (server.token(ALEX).await, server.token(SAM).await);
    server
        .sql(
            "UPDATE credentials SET nonce = (SELECT nonce FROM credentials WHERE account_id = 2 AND app_id = 'crm'),
             sealed = (SELECT sealed FROM credentials WHERE account_id = 2 AND app_id = 'crm')
             WHERE account_id = 1 AND app_id = 'crm'",
        )
        .await;
    server
        .sql(
            "UPDATE credentials SET nonce = (SELECT nonce FROM credentials WHERE account_id = 2 AND app_id = 'people'),
             sealed = (SELECT sealed FROM credentials WHERE account_id = 2 AND app_id = 'people')
             WHERE account_id = 2 AND app_id = 'payroll'",
        )
        .await;
    assert_eq!(server.api_status("POST", "apps/crm/credential", &alex).await, 500);
    assert_eq!(server.api_status("POST", "apps/payroll/credential", &sam).await, 500);
    assert_eq!(server.api_status("POST", "apps/people/credential", &alex).await, 200);
}

#[tokio::test]
async fn the_same_password_is_sealed_differently_every_time() {
    let server = Server::start().await;
    let vault = &server.portal.vault;
    let (first, second) = (vault.seal(b"owner", b"secret").unwrap(), vault.seal(b"owner", b"secret").unwrap());
    assert_ne!(first.nonce, second.nonce);
    assert_ne!(first.sealed, second.sealed);
    assert_eq!(vault.open(b"owner", &first).unwrap().as_slice(), b"secret");
    assert!(vault.open(b"other", &first).is_err());
}

#[track_caller]
fn refuse_file(contents: &[u8], mode: u32, expected: &str) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("portal.key");
    fs::write(&path, contents).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
    let sentence = Key::from_file(&path, false).unwrap_err().to_string();
    assert!(sentence.contains(expected), "{sentence}");
    assert!(!sentence.contains(KEY));
    assert_eq!(fs::read(&path).unwrap(), contents, "a refused file is left alone");
}

#[test]
fn wrong_key_files_are_refused() {
    refuse_file(KEY.as_bytes(), 0o644, "can be read by other users");
    refuse_file(KEY.as_bytes(), 0o640, "can be read by other users");
    refuse_file(KEY.as_bytes(), 0o604, "can be read by other users");
    refuse_file(b"", 0o600, "must hold 32 bytes");
    refuse_file(b"short", 0o600, "must hold 32 bytes");
    refuse_file(&KEY.as_bytes()[..40], 0o600, "must hold 32 bytes");
    refuse_file(format!("{KEY}\n{KEY}").as_bytes(), 0o600, "must hold 32 bytes");
    refuse_file(&[0xff; 32], 0o600, "must hold 32 bytes");
}

#[tokio::test]
async fn a_key_that_is_not_the_databases_is_told_at_start() {
    let folder = tempfile::tempdir().unwrap();
    let (file, other) = (folder.path().join("portal.key"), folder.path().join("other.key"));
    let database = database::open(&folder.path().join("portal.db")).await.unwrap();
    let start = async |file: &Path, variable: Option<&str>| {
        open_vault(&database, file, variable.map(str::to_owned)).await.map_err(|error| error.to_string())
    };
    start(&file, None).await.unwrap();
    start(&file, None).await.unwrap();
    assert!(start(&other, None).await.unwrap_err().contains("is missing, but this database was made with one"));
    assert!(!other.exists(), "no new key is made for a database that has one");
    assert!(start(&file, Some(KEY)).await.unwrap_err().contains("does not fit this database"));
    assert!(start(&file, Some("short")).await.unwrap_err().contains("MY_APPS_PORTAL_KEY must hold"));
    fs::write(&file, KEY).unwrap();
    assert!(start(&file, None).await.unwrap_err().contains("does not fit this database"));
}
