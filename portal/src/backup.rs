//! A copy of the database, and the way back from one.
//!
//! Both go through SQLite or replace all of its files: beside the database lies a log of the newest writes, so a copy of the
//! one file may lack them, and one that is put in its place by hand is overwritten by a log that was left there.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use sqlx::{ConnectOptions, Connection, sqlite::SqliteConnectOptions};

use crate::{
    act::{Act, NOBODY},
    database::{self, Database, OpenError, StoreError, beside, open_private},
    lock::Lock,
    outcome::Outcome,
};

/// Why there is no backup, or why it was not restored; the database is as it was, then.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// It would go over something else.
    #[error("The file {0} is there already; choose another name for the backup.")]
    Exists(PathBuf),
    /// It can't be read or written.
    #[error("The file {0} can't be used: {1}.")]
    File(PathBuf, io::Error),
    /// It can't be read, or there is no room for it beside the database.
    #[error("The file {0} can't be copied to {1}: {2}. Nothing was restored.")]
    Copy(PathBuf, PathBuf, io::Error),
    /// It is something else, or damaged.
    #[error("The file {0} is no database of a portal, or it is damaged; nothing was restored.")]
    NoPortal(PathBuf),
    /// The database is in use, or the backup is from a newer portal.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The database failed.
    #[error("The backup was not made: {0}.")]
    Store(#[from] StoreError),
    /// The copy of the backup failed, as on a full disk.
    #[error("Nothing was restored: {0}.")]
    NotRestored(StoreError),
}

/// Writes a copy of the database as it is at this moment, readable by its owner only. The portal may run.
pub async fn make(database: &Database, to: &Path) -> Result<(), BackupError> {
    let failed = |error| BackupError::File(to.to_owned(), error);
    if to.exists() {
        return Err(BackupError::Exists(to.to_owned()));
    }
    let name = to.to_str().ok_or_else(|| failed(io::ErrorKind::InvalidFilename.into()))?;
    // SQLite fills a file that is there and empty; one that it made itself, others could read.
    let file = open_private(to).map_err(failed)?;
    if let Err(error) = sqlx::query("VACUUM INTO $1").bind(name).execute(database).await {
        fs::remove_file(to).map_err(failed)?;
        return Err(StoreError::from(error).into());
    }
    file.sync_all().map_err(failed)
}

/// Puts a backup in the place of the database and of everything that belongs to it. The backup itself stays as it is.
///
/// The copy is brought up to date and read from end to end before anything of the database is touched.
pub async fn restore(database: &Path, act: &Act, from: &Path) -> Result<(), BackupError> {
    let lock = Lock::alone(database)?;
    let copy = beside(database, "-restoring");
    let restored = replace(database, act, from, &copy, &lock).await;
    if restored.is_err() {
        // What went wrong is told; that something is left over as well would say less.
        let _left_over = remove_with_log(&copy);
    }
    restored
}

async fn replace(database: &Path, act: &Act, from: &Path, copy: &Path, lock: &Lock) -> Result<(), BackupError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        |error| BackupError::File(path, error)
    };
    remove_with_log(copy).map_err(failed(copy))?;
    copy_private(from, copy)?;
    // Copied by hand, a database that was in use has its log beside it.
    let log = beside(from, "-wal");
    if log.exists() {
        copy_private(&log, &beside(copy, "-wal"))?;
    }
    if !is_sound(copy).await.map_err(|error| BackupError::NotRestored(error.into()))? {
        return Err(BackupError::NoPortal(from.to_owned()));
    }
    // With the last connection, the log becomes part of the file.
    let opened = database::connect(copy, lock.clone()).await?;
    let recorded = act.record(&opened, NOBODY, "", Outcome::BackupRestored).await;
    opened.close().await;
    recorded.map_err(BackupError::NotRestored)?;
    if beside(copy, "-wal").exists() {
        return Err(failed(copy)(io::Error::other("its log could not be written into it (is the disk full?)")));
    }
    File::open(copy).and_then(|file| file.sync_all()).map_err(failed(copy))?;
    // First the log, and that for good: it must never lie beside the file that comes.
    LOG.iter().try_for_each(|ending| remove(&beside(database, ending))).and_then(|()| sync_folder(database)).map_err(failed(database))?;
    fs::rename(copy, database).and_then(|()| sync_folder(database)).map_err(failed(database))
}

/// What SQLite keeps beside a database.
const LOG: [&str; 2] = ["-wal", "-shm"];

/// Whether it is a portal's database of which every page can be read. An empty file would be one after the first migration.
///
/// # Errors
/// Fails where that can't be found out, as on a full disk: SQLite writes also for whoever only reads.
async fn is_sound(file: &Path) -> Result<bool, sqlx::Error> {
    let check = async {
        let mut connection = SqliteConnectOptions::new().filename(file).connect().await?;
        let people: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM accounts").fetch_one(&mut connection).await?;
        let verdict: String = sqlx::query_scalar("PRAGMA integrity_check(1)").fetch_one(&mut connection).await?;
        connection.close().await?;
        Ok::<_, sqlx::Error>(people >= 0 && verdict == "ok")
    };
    check.await.or_else(|error| {
        tracing::debug!(%error, "a backup can't be read");
        if database::is_unusable(&error) { Err(error) } else { Ok(false) }
    })
}

fn copy_private(from: &Path, to: &Path) -> Result<(), BackupError> {
    let mut source = File::open(from).map_err(|error| BackupError::File(from.to_owned(), error))?;
    let copied = open_private(to).and_then(|mut file| io::copy(&mut source, &mut file));
    copied.map(drop).map_err(|error| BackupError::Copy(from.to_owned(), to.to_owned(), error))
}

/// What was renamed or removed beside a file stays so, even without power.
fn sync_folder(file: &Path) -> io::Result<()> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

fn remove_with_log(file: &Path) -> io::Result<()> {
    remove(file)?;
    LOG.iter().try_for_each(|ending| remove(&beside(file, ending)))
}

fn remove(file: &Path) -> io::Result<()> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
