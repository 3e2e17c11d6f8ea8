//! Another key: everything opens with it and nothing with the one before, or nothing has happened.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::Path,
    sync::{Mutex, PoisonError},
};

use common::program::{Running, done, refuses};
use my_apps_portal::{
    act::NOBODY,
    audit::{Filter, read},
    credential, database,
    serve::open_vault,
};

const CHANGE: [&str; 4] = ["key", "change", "--new-key-file", "new.key"];

/// One test at a time: a program that another test starts has this one's locks as well, for the moment before it is itself.
static TURN: Mutex<()> = Mutex::new(());

/// With the runtime, whatever still has the database in use ends.
fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Runtime::new().unwrap().block_on(future)
}

/// What is sealed.
async fn sealed(folder: &Path) -> Vec<(Vec<u8>, Vec<u8>)> {
    let database = database::open(&folder.join("portal.db")).await.unwrap();
    let all = "SELECT nonce, sealed FROM credentials UNION ALL SELECT nonce, sealed FROM key_check ORDER BY 1";
    sqlx::query_as(all).fetch_all(&database).await.unwrap()
}

/// Every credential that opens with the key of a file, or why none does.
async fn opened(folder: &Path, key: &str) -> Result<Vec<String>, String> {
    let database = database::open(&folder.join("portal.db")).await.unwrap();
    let vault = open_vault(&database, &folder.join(key), None).await.map_err(|error| error.to_string())?;
    let rows: Vec<(i64, String)> =
        sqlx::query_as("SELECT account_id, app_id FROM credentials ORDER BY account_id, app_id").fetch_all(&database).await.unwrap();
    let mut passwords = Vec::new();
    for (account_id, app_id) in rows {
        let fields = credential::fetch(&database, &vault, account_id, &app_id).await.unwrap().unwrap();
        passwords.push(fields.0["password"].to_string());
    }
    Ok(passwords)
}

#[test]
fn everything_is_sealed_with_the_other_key() {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let mut portal = Running::start(folder);
    refuses(folder, &CHANGE, "", "portal.db is in use; stop the portal");
    assert!(!folder.join("new.key").exists());
    portal.kill();
    let before = wait(opened(folder, "portal.key")).unwrap();
    assert_eq!(before.len(), 17);

    assert_eq!(done(folder, &CHANGE, ""), "");
    assert_eq!(wait(opened(folder, "new.key")).unwrap(), before);
    assert!(wait(opened(folder, "portal.key")).unwrap_err().contains("does not fit this database"));
    assert_eq!(fs::metadata(folder.join("new.key")).unwrap().permissions().mode() & 0o777, 0o600);
    refuses(folder, &CHANGE, "", "does not fit this database");
    refuses(folder, &[&CHANGE[..], &["--key-file", "new.key"]].concat(), "", "new.key holds the key that is in use");

    // As the guide says: the new file takes the place of the old one.
    fs::rename(folder.join("new.key"), folder.join("portal.key")).unwrap();
    drop(Running::start(folder));
    assert_eq!(wait(opened(folder, "portal.key")).unwrap(), before);
}

#[test]
fn what_does_not_open_stops_it_before_anything_is_changed() {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    Running::start(folder).kill();
    let before = wait(async {
        let database = database::open(&folder.join("portal.db")).await.unwrap();
        let damage = "UPDATE credentials SET sealed = X'00' WHERE account_id = 2 AND app_id = 'payroll'";
        sqlx::query(damage).execute(&database).await.unwrap();
        refuses(folder, &CHANGE, "", "is in use");
        sealed(folder).await
    });
    refuses(folder, &CHANGE, "", "what the person with the number 2 stored for the app payroll does not open");
    fs::write(folder.join("short.key"), "short").unwrap();
    fs::set_permissions(folder.join("short.key"), fs::Permissions::from_mode(0o600)).unwrap();
    refuses(folder, &["key", "change", "--new-key-file", "short.key"], "", "short.key must hold 32 bytes");
    refuses(folder, &[&CHANGE[..], &["--database", "missing.db"]].concat(), "", "There is no database missing.db");
    assert_eq!(wait(sealed(folder)), before);
}

/// Who has the file alone lets nobody in.
#[test]
fn nobody_opens_a_database_that_gets_another_key() {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = tempfile::tempdir().unwrap();
    std::fs::File::create(folder.path().join("portal.db")).unwrap();
    let alone = my_apps_portal::lock::Lock::alone(&folder.path().join("portal.db")).unwrap();
    refuses(folder.path(), &["serve", "--listen", "127.0.0.1:0"], "", "portal.db is being restored, or gets another key");
    refuses(folder.path(), &["user", "list"], "", "portal.db is being restored, or gets another key");
    drop(alone);
    done(folder.path(), &["user", "list"], "");
}

#[test]
fn another_key_and_a_restored_backup_are_lines_of_the_trail() {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let told = || {
        wait(async {
            let database = database::open(&folder.join("portal.db")).await.unwrap();
            let lines = read(&database, &Filter::default(), None, 100).await.unwrap();
            lines.into_iter().map(|line| (line.account_id, line.outcome.as_str())).collect::<Vec<_>>()
        })
    };
    done(folder, &["user", "add", "kim", "--name", "Kim", "--password-stdin"], "a-password\n");
    done(folder, &["backup", "--to", "copy.db"], "");
    done(folder, &CHANGE, "");
    assert_eq!(told(), [(NOBODY, "key-changed"), (1, "person-added")]);
    done(folder, &["restore", "--from", "copy.db"], "");
    assert_eq!(told(), [(NOBODY, "backup-restored"), (1, "person-added")]);
}
