//! The portal's database: an SQLite file, its migrations, and what can go wrong with it.
//!
//! Queries use `$1` parameters and standard SQL, so that another database needs other migrations and no other queries.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions};

/// Connections to the database.
pub type Database = sqlx::SqlitePool;

/// Why the database could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The file can't be created or read.
    #[error("The database {0} can't be opened: {1}.")]
    File(PathBuf, std::io::Error),
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
    create_private(path).map_err(|error| OpenError::File(path.to_owned(), error))?;
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(false)
        .foreign_keys(true)
        .journal_mode(SqliteJournalMode::Wal)
        .busy_timeout(Duration::from_secs(5));
    let refused = |why| OpenError::Refused(path.to_owned(), why);
    let database = SqlitePoolOptions::new().max_connections(8).connect_with(options).await.map_err(|error| {
        tracing::debug!(%error, "opening the database failed");
        refused("it is no SQLite database, or it is locked or read-only")
    })?;
    sqlx::migrate!().run(&database).await.map_err(|error| {
        tracing::debug!(%error, "migrating the database failed");
        refused("its tables can't be brought up to date (is it from a newer portal, or no portal database?)")
    })?;
    Ok(database)
}

fn create_private(path: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.read(true).append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
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
        // A used code must stay known for as long as a token it gave can live; its session outlives both.
        "DELETE FROM authorization_codes WHERE expires_at <= $1 AND used_at IS NULL",
        "DELETE FROM sign_in_failures WHERE failed_at <= $1 - 3600",
        "DELETE FROM known_browsers WHERE expires_at <= $1",
    ] {
        sqlx::query(statement).bind(now).execute(database).await?;
    }
    Ok(())
}
