//! The versions of an app's form: every one that an administrator taught is kept, and any of them can be used again.

use sqlx::SqliteExecutor;

use crate::{
    app::Form,
    database::{Database, StoreError},
    outcome::{self, Outcome, Report},
};

/// So many versions are shown; all are kept.
const SHOWN: i64 = 100;

/// One version of an app's form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Counts from 1, which is what the app was set up with.
    pub number: i64,
    /// Seconds since 1970; none of the first.
    pub saved_at: Option<i64>,
    /// Who taught it; none of the first.
    pub account_id: Option<i64>,
    /// Their name; none of a person who is no longer there.
    pub person: Option<String>,
    /// None where the extension is to find the form by itself.
    pub form: Option<Form>,
}

/// A form that was taught, for the list of apps.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Latest {
    /// The app.
    pub app_id: String,
    /// The version's number.
    pub number: i64,
    /// When.
    pub saved_at: Option<i64>,
}

type Row = (i64, Option<i64>, Option<i64>, Option<String>, Option<String>);

/// Makes `form` the app's own, as a new version unless it is the current one already, and writes that into the audit trail.
/// Gives the number of the version in use; none if there is no such app.
pub async fn save(
    database: &Database,
    app_id: &str,
    form: Option<&Form>,
    account_id: i64,
    outcome: Outcome,
    now: i64,
) -> Result<Option<i64>, StoreError> {
    let mut transaction = database.begin().await?;
    // First something that writes: from then on nobody else does. Keeps what the app was set up with, the first time.
    sqlx::query(
        "INSERT INTO form_versions (app_id, number, form)
         SELECT id, 1, form FROM apps WHERE id = $1 AND NOT EXISTS (SELECT number FROM form_versions WHERE app_id = $1)",
    )
    .bind(app_id)
    .execute(&mut *transaction)
    .await?;
    let current: Option<(i64, Option<String>)> =
        sqlx::query_as("SELECT number, form FROM form_versions WHERE app_id = $1 ORDER BY number DESC LIMIT 1")
            .bind(app_id)
            .fetch_optional(&mut *transaction)
            .await?;
    let Some((current, known)) = current else { return Ok(None) };
    if read(known)?.as_ref() == form {
        transaction.commit().await?;
        return Ok(Some(current));
    }
    let written = form.map(serde_json::to_string).transpose().map_err(|_| StoreError::Unreadable("form"))?;
    let number = current + 1;
    sqlx::query("INSERT INTO form_versions (app_id, number, saved_at, account_id, form) VALUES ($1, $2, $3, $4, $5)")
        .bind(app_id)
        .bind(number)
        .bind(now)
        .bind(account_id)
        .bind(&written)
        .execute(&mut *transaction)
        .await?;
    sqlx::query("UPDATE apps SET form = $1 WHERE id = $2").bind(&written).bind(app_id).execute(&mut *transaction).await?;
    outcome::record(&mut *transaction, account_id, app_id, &Report::of_portal(outcome), now).await?;
    transaction.commit().await?;
    Ok(Some(number))
}

/// The newest versions of an app's form, newest first.
pub async fn list(executor: impl SqliteExecutor<'_>, app_id: &str) -> Result<Vec<Version>, StoreError> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT number, saved_at, account_id, accounts.name, form
         FROM form_versions LEFT JOIN accounts ON accounts.id = account_id
         WHERE app_id = $1 ORDER BY number DESC LIMIT $2",
    )
    .bind(app_id)
    .bind(SHOWN)
    .fetch_all(executor)
    .await?;
    rows.into_iter().map(version).collect()
}

/// One version of an app's form.
pub async fn find(executor: impl SqliteExecutor<'_>, app_id: &str, number: i64) -> Result<Option<Version>, StoreError> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT number, saved_at, account_id, accounts.name, form
         FROM form_versions LEFT JOIN accounts ON accounts.id = account_id
         WHERE app_id = $1 AND number = $2",
    )
    .bind(app_id)
    .bind(number)
    .fetch_optional(executor)
    .await?;
    row.map(version).transpose()
}

/// The newest version of every app that was ever taught.
pub async fn latest(executor: impl SqliteExecutor<'_>) -> Result<Vec<Latest>, StoreError> {
    Ok(sqlx::query_as(
        "SELECT app_id, number, saved_at FROM form_versions AS one
         WHERE number = (SELECT MAX(number) FROM form_versions WHERE app_id = one.app_id)",
    )
    .fetch_all(executor)
    .await?)
}

fn version((number, saved_at, account_id, person, form): Row) -> Result<Version, StoreError> {
    Ok(Version { number, saved_at, account_id, person, form: read(form)? })
}

fn read(form: Option<String>) -> Result<Option<Form>, StoreError> {
    form.map(|form| serde_json::from_str(&form)).transpose().map_err(|_| StoreError::Unreadable("form"))
}
