//! What an administrator does with people, on the database of a portal that may be running: each is one transaction that
//! nobody else writes beside, and what cannot be done changes nothing.
//!
//! Sessions, tokens, known browsers, stored passwords and assignments go with a person, because the tables say so.

use sqlx::{Sqlite, SqliteConnection, SqliteExecutor, Transaction};

use crate::{
    account::{self, password_change},
    act::Act,
    database::{Database, StoreError},
    outcome::Outcome,
};

/// Why nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum AdministrationError {
    /// Nobody has the user name.
    #[error("There is no person with the user name {0}; “user list” shows everybody.")]
    NoSuchPerson(String),
    /// Somebody has it already.
    #[error("There is already a person with this user name.")]
    UsernameTaken,
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

/// Somebody to be added.
#[derive(Debug, Clone, Copy)]
pub struct Newcomer<'a> {
    /// In lower case.
    pub username: &'a str,
    /// As shown.
    pub name: &'a str,
    /// Of the password that they are given.
    pub password_hash: &'a str,
    /// Whether they administrate.
    pub administrator: bool,
    /// Whether the password is for the first sign-in only.
    pub must_change_password: bool,
}

/// Adds a person.
pub async fn add(database: &Database, act: &Act, newcomer: Newcomer<'_>) -> Result<(), AdministrationError> {
    let Newcomer { username, name, password_hash, administrator, must_change_password } = newcomer;
    let mut transaction = begin(database).await?;
    let added = account::add(&mut *transaction, username, name, password_hash, administrator, must_change_password, act.at()).await?;
    let id = added.ok_or(AdministrationError::UsernameTaken)?;
    act.record(&mut *transaction, id, "", Outcome::PersonAdded).await?;
    if administrator {
        act.record(&mut *transaction, id, "", Outcome::AdministratorAdded).await?;
    }
    Ok(transaction.commit().await?)
}

/// Gives a person another password, and says whether it is for the next sign-in only.
pub async fn set_password(
    database: &Database,
    act: &Act,
    username: &str,
    password_hash: &str,
    must_change: bool,
) -> Result<(), AdministrationError> {
    let mut transaction = begin(database).await?;
    let person = find(&mut transaction, username).await?;
    password_change::replace(&mut transaction, person.id, username, password_hash, must_change).await?;
    act.record(&mut *transaction, person.id, "", Outcome::PortalPasswordChanged).await?;
    Ok(transaction.commit().await?)
}

/// Makes a person an administrator, or one no longer; who is that already stays so, and the trail says nothing.
pub async fn set_administrator(database: &Database, act: &Act, username: &str, administrator: bool) -> Result<(), AdministrationError> {
    let mut transaction = begin(database).await?;
    let person = find(&mut transaction, username).await?;
    if person.administrator == administrator {
        return Ok(());
    }
    if !administrator {
        check_another(&mut transaction, &person).await?;
    }
    sqlx::query("UPDATE accounts SET administrator = $1 WHERE id = $2")
        .bind(i64::from(administrator))
        .bind(person.id)
        .execute(&mut *transaction)
        .await?;
    let outcome = if administrator { Outcome::AdministratorAdded } else { Outcome::AdministratorRemoved };
    act.record(&mut *transaction, person.id, "", outcome).await?;
    Ok(transaction.commit().await?)
}

/// Removes a person with all that is theirs. Gives the id by which the audit trail still knows them.
pub async fn remove(database: &Database, act: &Act, username: &str) -> Result<i64, AdministrationError> {
    let mut transaction = begin(database).await?;
    let person = find(&mut transaction, username).await?;
    check_another(&mut transaction, &person).await?;
    sqlx::query("DELETE FROM accounts WHERE id = $1").bind(person.id).execute(&mut *transaction).await?;
    act.record(&mut *transaction, person.id, "", Outcome::PersonRemoved).await?;
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
