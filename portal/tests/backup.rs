//! The way back from a backup: what is restored is the backup and nothing else, whatever lay beside the database before.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use common::{
    ALEX, Browser, SAM, Server,
    program::{Running, done, is_refusal, refuses, run_without_room},
};

fn files(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn people(folder: &Path) -> String {
    done(folder, &["user", "list"], "").lines().map(|line| line.split('\t').nth(1).unwrap()).collect::<Vec<_>>().join(" ")
}

fn add(folder: &Path, username: &str) {
    done(folder, &["user", "add", username, "--name", "Kim", "--password-stdin"], "long enough\n");
}

/// A portal that was killed leaves the log of its newest writes beside the database; SQLite would write it over whatever
/// file is put there.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_is_restored_over_what_a_killed_portal_left() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let mut portal = Running::start(folder);
    add(folder, "early");
    done(folder, &["backup", "--to", "backup.db"], "");
    assert_eq!(fs::metadata(folder.join("backup.db")).unwrap().permissions().mode() & 0o777, 0o600);
    let backup = fs::read(folder.join("backup.db")).unwrap();
    add(folder, "late");
    refuses(folder, &["restore", "--from", "backup.db"], "", "portal.db is in use; stop the portal");
    portal.kill();
    assert!(fs::metadata(folder.join("portal.db-wal")).unwrap().len() > 0, "the trap is set");
    let before = fs::read(folder.join("portal.db")).unwrap();

    // By hand, it closes.
    let by_hand = tempfile::tempdir().unwrap();
    fs::copy(folder.join("portal.db-wal"), by_hand.path().join("portal.db-wal")).unwrap();
    fs::write(by_hand.path().join("portal.db"), &before).unwrap();
    fs::write(by_hand.path().join("portal.db"), &backup).unwrap();
    let opened = common::program::run(by_hand.path(), &["user", "list"], "");
    let trapped = !opened.status.success() || String::from_utf8_lossy(&opened.stdout).contains("late");
    assert!(trapped, "else this test proves nothing");

    done(folder, &["restore", "--from", "backup.db"], "");
    assert_eq!(files(folder), ["backup.db", "log", "portal.db", "portal.db-lock", "portal.key"]);
    assert_eq!(fs::metadata(folder.join("portal.db")).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(fs::read(folder.join("backup.db")).unwrap(), backup, "the backup is as it was");
    assert_eq!(people(folder), "alex@contoso.example early sam@contoso.example");
    let portal = Running::start(folder);
    let mut browser = Browser::at(&portal.address);
    assert_eq!(browser.post("/sign-in", &[("username", ALEX.0), ("password", ALEX.1)]).await.status(), 303);
    let page = browser.page("/apps/crm/password").await;
    assert!(page.contains("value=\"alex\""), "the key still opens what is stored: {page}");
}

/// Somebody copied the files of a portal that was killed, or of one that ran on, all of them.
#[test]
fn a_copy_with_its_log_beside_it_is_restored_with_what_the_log_has() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let mut portal = Running::start(folder);
    add(folder, "late");
    portal.kill();
    fs::create_dir(folder.join("copy")).unwrap();
    for name in ["portal.db", "portal.db-wal"] {
        fs::copy(folder.join(name), folder.join("copy").join(name)).unwrap();
    }
    add(folder, "later");
    done(folder, &["restore", "--from", "copy/portal.db"], "");
    assert_eq!(people(folder), "alex@contoso.example late sam@contoso.example");
    assert_eq!(files(&folder.join("copy")), ["portal.db", "portal.db-wal"]);
}

#[test]
fn what_is_no_backup_leaves_the_database_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    refuses(folder, &["backup", "--to", "backup.db"], "", "There is no database portal.db");
    add(folder, "kim");
    done(folder, &["backup", "--to", "backup.db"], "");
    refuses(folder, &["backup", "--to", "backup.db"], "", "backup.db is there already");
    refuses(folder, &["backup", "--to", "missing/backup.db"], "", "missing/backup.db can't be used");
    let good = fs::read(folder.join("backup.db")).unwrap();
    add(folder, "late");
    let mut damaged = good.clone();
    let middle = damaged.len() / 2;
    damaged[middle..].fill(0xa5);
    for (name, bytes) in [("empty.db", &b""[..]), ("text.db", b"no database"), ("half.db", &good[..middle]), ("damaged.db", &damaged)] {
        fs::write(folder.join(name), bytes).unwrap();
        refuses(folder, &["restore", "--from", name], "", &format!("{name} is no database of a portal, or it is damaged"));
    }
    refuses(folder, &["restore", "--from", "missing.db"], "", "missing.db can't be used");
    assert_eq!(people(folder), "kim late");
    let kept = ["backup.db", "damaged.db", "empty.db", "half.db", "portal.db", "portal.db-lock", "text.db"];
    let mut left = files(folder);
    left.retain(|name| !["portal.db-wal", "portal.db-shm"].contains(&name.as_str()));
    assert_eq!(left, kept);
}

/// Whoever is told that a good backup is none may throw it away.
#[tokio::test]
async fn where_there_is_no_room_the_backup_is_not_blamed() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    add(folder, "kim");
    is_refusal(run_without_room(folder, "64", &["backup", "--to", "backup.db"]), "The backup was not made");
    assert!(!folder.join("backup.db").exists(), "half a backup is none");
    done(folder, &["backup", "--to", "backup.db"], "");
    let before = people(folder);
    let restore = ["restore", "--from", "backup.db"];
    is_refusal(run_without_room(folder, "64", &restore), "backup.db can't be copied to portal.db-restoring: File too large");
    // It is copied, and what says that it is restored can't be written. SQLite's own words for a full disk.
    let full = my_apps_portal::database::open(&folder.join("backup.db")).await.unwrap();
    let refusal = "CREATE TRIGGER full BEFORE INSERT ON outcomes BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END";
    sqlx::query(refusal).execute(&full).await.unwrap();
    full.close().await;
    refuses(folder, &restore, "", "Nothing was restored: the database did not answer");
    assert_eq!(people(folder), before);
    assert!(!files(folder).iter().any(|name| name.contains("-restoring")), "{:?}", files(folder));
}

/// From a newer portal, the backup may hold what this one would lose.
#[tokio::test]
async fn a_backup_of_a_newer_portal_is_refused() {
    let server = Server::start().await;
    server.done(&["backup", "--to", "backup.db"], "");
    let newer = my_apps_portal::database::open(&server.file("backup.db")).await.unwrap();
    sqlx::query(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES (9999, 'newer', 1, X'00', 0)",
    )
    .execute(&newer)
    .await
    .unwrap();
    newer.close().await;
    let folder = tempfile::tempdir().unwrap();
    add(folder.path(), "kim");
    let backup: PathBuf = server.file("backup.db");
    refuses(folder.path(), &["restore", "--from", backup.to_str().unwrap()], "", "is it from a newer portal");
    assert_eq!(people(folder.path()), "kim");
}

/// On another computer there is nothing yet that could be in the way.
#[tokio::test]
async fn a_backup_is_restored_where_no_database_is() {
    let server = Server::start().await;
    server.done(&["backup", "--to", "backup.db"], "");
    let folder = tempfile::tempdir().unwrap();
    let backup: PathBuf = server.file("backup.db");
    done(folder.path(), &["restore", "--from", backup.to_str().unwrap(), "--database", "other.db"], "");
    fs::copy(server.file("portal.key"), folder.path().join("portal.key")).unwrap();
    assert_eq!(done(folder.path(), &["user", "list", "--database", "other.db"], "").lines().count(), 2);
    assert!(server.signed_in(SAM).await.page("/").await.contains("Sam Rivera"), "and the portal goes on");
}
