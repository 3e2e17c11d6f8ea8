//! What an administrator does with people, on the database of a portal that may be running: each is one transaction that
//! nobody else writes beside, and what cannot be done changes nothing.
//!
//! Sessions, tokens, known browsers, stored passwords and assignments go with a person, because the tables say so.

use sqlx::{Sqlite, SqliteConnection, SqliteExecutor, Transaction};

use crate::{
    account::password_change,
    database::{Database, StoreError},
};

/// Why nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum AdministrationError {
    /// Nobody has the user name.
    #[error("There is no person with the user name {0}; “user list” shows everybody.")]
    NoSuchPerson(String),
    /// Nobody could read the audit trail or describe a form afterwards.
    #[error("{0} is the only administrator; make somebody else one first, with “user administrator”.")]
    LastAdministrator(String),
    /// The database failed.
    #[error("Nothing was changed: {0}.")]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for AdministrationError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

/// A person, for the list of all.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Listed {
    /// What the audit trail calls them once they are removed.
    pub id: i64,
    /// In lower case.
    pub username: String,
    /// As shown.
    pub name: String,
    /// Whether they administrate.
    pub administrator: bool,
}

/// Everybody, by user name.
pub async fn list(executor: impl SqliteExecutor<'_>) -> Result<Vec<Listed>, StoreError> {
    Ok(sqlx::query_as("SELECT id, username, name, administrator FROM accounts ORDER BY username").fetch_all(executor).await?)
}

/// Gives a person another password, and says whether it is for the next sign-in only.
pub async fn set_password(database: &Database, username: &str, password_hash: &str, must_change: bool) -> Result<(), AdministrationError> {
    let mut transaction = begin(database).await?;
    let person = find(&mut transaction, username).await?;
    password_change::replace(&mut transaction, person.id, username, password_hash, must_change).await?;
    Ok(transaction.commit().await?)
}

/// Makes a person an administrator, or one no longer.
pub async fn set_administrator(database: &Database, username: &str, administrator: bool) -> Result<(), AdministrationError> {
    let mut transaction = begin(database).await?;
    let person = find(&mut transaction, username).await?;
    if !administrator {
        check_another(&mut transaction, &person).await?;
    }
    sqlx::query("UPDATE accounts SET administrator = $1 WHERE id = $2")
        .bind(i64::from(administrator))
        .bind(person.id)
        .execute(&mut *transaction)
        .await?;
    Ok(transaction.commit().await?)
}

/// Removes a person with all that is theirs. Gives the id by which the audit trail still knows them.
pub async fn remove(database: &Database, username: &str) -> Result<i64, AdministrationError> {
    let mut transaction = begin(database).await?;
    let person = find(&mut transaction, username).await?;
    check_another(&mut transaction, &person).await?;
    sqlx::query("DELETE FROM accounts WHERE id = $1").bind(person.id).execute(&mut *transaction).await?;
    transaction.commit().await?;
    Ok(person.id)
}

async fn begin(database: &Database) -> Result<Transaction<'static, Sqlite>, StoreError> {
    Ok(database.begin_with("BEGIN IMMEDIATE").await?)
}

async fn find(connection: &mut SqliteConnection, username: &str) -> Result<Listed, AdministrationError> {
    let found: Option<Listed> = sqlx::query_as("SELECT id, username, name, administrator FROM accounts WHERE username = $1")
        .bind(username)
        .fetch_optional(connection)
        .await?;
    found.ok_or_else(|| AdministrationError::NoSuchPerson(username.to_owned()))
}

/// Somebody must administrate after this person.
async fn check_another(connection: &mut SqliteConnection, person: &Listed) -> Result<(), AdministrationError> {
    let others: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM accounts WHERE administrator <> 0 AND id <> $1")
        .bind(person.id)
        .fetch_one(connection)
        .await?;
    if person.administrator && others == 0 {
        return Err(AdministrationError::LastAdministrator(person.username.clone()));
    }
    Ok(())
}
