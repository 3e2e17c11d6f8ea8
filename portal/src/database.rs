//! The portal's database: an SQLite file, its migrations, and what can go wrong with it.
//!
//! Queries and transactions are SQLite's own (`BEGIN IMMEDIATE`, upserts, temporary tables): one program with one file is what the
//! portal promises, and what its backup and its locks are made for.

use std::{
    fs::File,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use sqlx::{
    migrate::MigrateError,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions},
};

use crate::lock::Lock;

/// Connections to the database.
pub type Database = sqlx::SqlitePool;

/// So long a program waits for others that write.
const BUSY: Duration = Duration::from_secs(5);
/// After so long it looks again, where SQLite itself does not wait.
const AGAIN: Duration = Duration::from_millis(20);

/// Why the database could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The file can't be created or read.
    #[error("The database {0} can't be opened: {1}.")]
    File(PathBuf, std::io::Error),
    /// What says who has it in use can't be made or written.
    #[error("The file {0} can't be used: {1}. It must belong to the user that runs the portal.")]
    Lock(PathBuf, std::io::Error),
    /// There is none.
    #[error("There is no database {0}; name it with --database.")]
    Missing(PathBuf),
    /// Somebody else has it in use, and it is wanted alone.
    #[error("The database {0} is in use; stop the portal and whatever else has it open, and try again.")]
    InUse(PathBuf),
    /// Somebody else has it alone.
    #[error("The database {0} is being restored, or gets another key; try again when that is done.")]
    Reserved(PathBuf),
    /// SQLite refused it.
    #[error("The database {0} can't be used: {1}.")]
    Refused(PathBuf, &'static str),
}

/// Why a query gave no answer.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database failed.
    #[error("the database did not answer: {0}")]
    Database(#[from] sqlx::Error),
    /// A stored value can't be read back.
    #[error("a stored {0} can't be read")]
    Unreadable(&'static str),
    /// No random numbers.
    #[error(transparent)]
    Random(#[from] crate::token::RandomError),
    /// A value could not be sealed.
    #[error(transparent)]
    Seal(#[from] crate::vault::SealError),
}

/// Opens the file, creates it when missing (readable by its owner only) and brings its tables up to date.
pub async fn open(path: &Path) -> Result<Database, OpenError> {
    connect(path, Lock::shared(path)?).await
}

/// Opens a file that must be there, for what is of no use on one that was just made: whoever mistypes its name must not believe
/// that somebody is no longer among its people, or that a copy of it is a backup.
pub async fn open_existing(path: &Path) -> Result<Database, OpenError> {
    if !path.exists() {
        return Err(OpenError::Missing(path.to_owned()));
    }
    open(path).await
}

/// The same as [`open`] under a lock that is held already. Its connections keep it for as long as there may be any.
pub async fn connect(path: &Path, lock: Lock) -> Result<Database, OpenError> {
    open_private(path).map_err(|error| OpenError::File(path.to_owned(), error))?;
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(false)
        .foreign_keys(true)
        .journal_mode(SqliteJournalMode::Wal)
        // What is removed is overwritten: otherwise it stays in the file until something else needs the room.
        .pragma("secure_delete", "ON")
        .busy_timeout(BUSY);
    let refused = |error: Option<&sqlx::Error>, why| {
        let why = if error.is_some_and(is_unusable) { "nothing can be written where it is (is the disk full?)" } else { why };
        OpenError::Refused(path.to_owned(), why)
    };
    let pool = SqlitePoolOptions::new().max_connections(8).after_connect(move |_, _| {
        let _held = &lock;
        Box::pin(async { Ok(()) })
    });
    let database = first_connection(pool, options).await.map_err(|error| {
        tracing::debug!(%error, "opening the database failed");
        refused(Some(&error), "it is no SQLite database, or it is locked or read-only")
    })?;
    migrate(&database).await.map_err(|error| {
        tracing::debug!(%error, "migrating the database failed");
        let cause = match &error {
            MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => Some(error),
            _ => None,
        };
        refused(cause, "its tables can't be brought up to date (is it from a newer portal, or no portal database?)")
    })?;
    Ok(database)
}

/// Whoever comes first switches a new database to its log, and SQLite has nobody else wait for that: they have to come again.
async fn first_connection(pool: SqlitePoolOptions, options: SqliteConnectOptions) -> Result<Database, sqlx::Error> {
    let begun = Instant::now();
    loop {
        match pool.clone().connect_with(options.clone()).await {
            Err(error) if is_busy(&error) && begun.elapsed() < BUSY => tokio::time::sleep(AGAIN).await,
            done => return done,
        }
    }
}

/// SQLite's code for it is 5.
fn is_busy(error: &sqlx::Error) -> bool {
    code(error) == Some(5)
}

/// Whether it is the place of the file that fails, and not what stands in it: SQLite could not read or write there (10), has no room
/// (13), or can't make what lies beside the file (14).
pub(crate) fn is_unusable(error: &sqlx::Error) -> bool {
    matches!(code(error), Some(10 | 13 | 14))
}

/// SQLite's code. What it adds to it says why.
fn code(error: &sqlx::Error) -> Option<i32> {
    error.as_database_error()?.code()?.parse::<i32>().ok().map(|code| code & 0xff)
}

/// Brings the tables up to date, all of it at once. Of several programs that open a new database at the same moment, one does it
/// and the others wait for that; where nothing is to be done, nobody waits.
async fn migrate(database: &Database) -> Result<(), MigrateError> {
    let migrator = sqlx::migrate!();
    let newest: Result<Option<i64>, _> = sqlx::query_scalar("SELECT MAX(version) FROM _sqlx_migrations").fetch_one(database).await;
    if newest.ok().flatten() == migrator.iter().map(|migration| migration.version).max() {
        return migrator.run(database).await;
    }
    let mut transaction = database.begin_with("BEGIN IMMEDIATE").await?;
    migrator.run(&mut *transaction).await?;
    Ok(transaction.commit().await?)
}

/// Opens a file to write at its end, and makes it when missing, readable by its owner only.
pub(crate) fn open_private(path: &Path) -> std::io::Result<File> {
    let mut options = File::options();
    options.read(true).append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// The file beside another one that has its name and this ending.
pub(crate) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// Whether the database answers.
pub async fn answers(database: &Database) -> bool {
    sqlx::query_scalar::<_, i64>("SELECT COUNT(*) FROM key_check").fetch_one(database).await.is_ok()
}

/// Removes what has expired. Nothing depends on it: every query checks times by itself.
pub async fn sweep(database: &Database, now: i64) -> Result<(), StoreError> {
    for statement in [
        "DELETE FROM sessions WHERE expires_at <= $1",
        "DELETE FROM access_tokens WHERE expires_at <= $1",
        // A used code must stay known for as long as the token that it gave: if it comes again, it takes that one back.
        "DELETE FROM authorization_codes WHERE expires_at <= $1
             AND NOT EXISTS (SELECT 1 FROM access_tokens WHERE access_tokens.code_hash = authorization_codes.code_hash)",
        "DELETE FROM sign_in_failures WHERE failed_at <= $1 - 3600",
        "DELETE FROM known_browsers WHERE expires_at <= $1",
    ] {
        sqlx::query(statement).bind(now).execute(database).await?;
    }
    Ok(())
}
