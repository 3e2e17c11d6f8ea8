//! The people who may sign in to the portal.

pub mod administration;
pub mod password_change;

use std::collections::HashMap;

use sqlx::SqliteExecutor;

use crate::database::StoreError;

/// A person, without their password hash.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Account {
    /// Never reused.
    pub id: i64,
    /// In lower case.
    pub username: String,
    /// As shown.
    pub name: String,
}

/// Longer user names are refused at the sign-in, before any work is done for them.
pub const LONGEST_USERNAME: usize = 256;
/// The longest name that is shown, in characters, as for apps.
const LONGEST_NAME: usize = 200;

/// Why nobody may be called like this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// There must be something to sign in with, and something to show.
    #[error("The user name and the name must not be empty.")]
    Empty,
    /// Nobody could sign in with it.
    #[error("The user name must not be longer than {LONGEST_USERNAME} bytes, and the name not longer than {LONGEST_NAME} characters.")]
    Length,
    /// Nobody could type it.
    #[error("The user name and the name must be one line, without tabs or other control characters.")]
    Control,
}

/// Whether a person may have a canonical user name, and a name.
///
/// # Errors
/// Refuses those with which nobody could sign in, and names that no page has room for.
pub fn check_names(username: &str, name: &str) -> Result<(), NameError> {
    if username.is_empty() || name.is_empty() {
        return Err(NameError::Empty);
    }
    if username.len() > LONGEST_USERNAME || name.chars().count() > LONGEST_NAME {
        return Err(NameError::Length);
    }
    if [username, name].iter().any(|text| text.contains(char::is_control)) { Err(NameError::Control) } else { Ok(()) }
}

/// User names are compared without regard to case and surrounding space.
pub fn canonical_username(typed: &str) -> String {
    typed.trim().to_lowercase()
}

/// Adds a person; `None` when the user name is taken.
pub async fn add(
    executor: impl SqliteExecutor<'_>,
    username: &str,
    name: &str,
    password_hash: &str,
    administrator: bool,
    must_change_password: bool,
    now: i64,
) -> Result<Option<i64>, StoreError> {
    Ok(sqlx::query_scalar(
        "INSERT INTO accounts (username, name, password_hash, administrator, must_change_password, created_at)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (username) DO NOTHING RETURNING id",
    )
    .bind(username)
    .bind(name)
    .bind(password_hash)
    .bind(i64::from(administrator))
    .bind(i64::from(must_change_password))
    .bind(now)
    .fetch_optional(executor)
    .await?)
}

/// Makes a person an administrator when nobody is one yet.
pub async fn ensure_administrator(executor: impl SqliteExecutor<'_>, username: &str) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE accounts SET administrator = 1
         WHERE username = $1 AND NOT EXISTS (SELECT id FROM accounts WHERE administrator <> 0)",
    )
    .bind(username)
    .execute(executor)
    .await?;
    Ok(())
}

/// Who has a canonical user name, and what their password is judged by.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct SignInRecord {
    /// Never reused.
    pub id: i64,
    /// Of the password of this moment.
    pub password_hash: String,
}

/// The record that belongs to a canonical user name.
pub async fn sign_in_record(executor: impl SqliteExecutor<'_>, username: &str) -> Result<Option<SignInRecord>, StoreError> {
    Ok(sqlx::query_as("SELECT id, password_hash FROM accounts WHERE username = $1").bind(username).fetch_optional(executor).await?)
}

/// The same by the person's id.
pub async fn sign_in_record_of(executor: impl SqliteExecutor<'_>, id: i64) -> Result<Option<SignInRecord>, StoreError> {
    Ok(sqlx::query_as("SELECT id, password_hash FROM accounts WHERE id = $1").bind(id).fetch_optional(executor).await?)
}

/// The id that belongs to a canonical user name.
pub async fn id_of(executor: impl SqliteExecutor<'_>, username: &str) -> Result<Option<i64>, StoreError> {
    Ok(sign_in_record(executor, username).await?.map(|record| record.id))
}

/// The ids of all, by their canonical user names.
pub async fn ids(executor: impl SqliteExecutor<'_>) -> Result<HashMap<String, i64>, StoreError> {
    let rows: Vec<(String, i64)> = sqlx::query_as("SELECT username, id FROM accounts").fetch_all(executor).await?;
    Ok(rows.into_iter().collect())
}
