//! Browser sessions: who is signed in to the portal's pages, and what access tokens hang on.
//!
//! A session lives in the database, so it survives a restart, and ends as a whole: its tokens and codes go with it.

use sqlx::SqliteExecutor;

use crate::{
    account::{self, Account, SignInRecord},
    database::{Database, StoreError},
    token::{SecretToken, derive, digest},
};

/// A live session.
#[derive(Debug, Clone)]
pub struct Session {
    /// The session's id, which is no secret.
    pub id: i64,
    /// Who is signed in.
    pub account: Account,
    /// Whether they may read the audit trail and look after the apps' forms.
    pub administrator: bool,
    /// Whether they must change their password before anything else.
    pub must_change_password: bool,
    /// Whether the browser keeps it when it is closed.
    pub stays: bool,
    /// What the portal's own forms must carry; it changes with every sign-in.
    pub form_token: String,
}

/// Begins a session after a right password.
///
/// A session this browser already had is replaced: the same person keeps its tokens, under a new secret so that one
/// planted before is worthless; another person's ends. None begins when the person was removed or got another password
/// while the one of the record was judged.
pub async fn begin(
    database: &Database,
    record: &SignInRecord,
    previous: Option<&str>,
    stays: bool,
    expires_at: i64,
) -> Result<Option<SecretToken>, StoreError> {
    let token = SecretToken::random()?;
    let previous = previous.map(digest).unwrap_or_default();
    let mut transaction = database.begin_with("BEGIN IMMEDIATE").await?;
    if account::sign_in_record_of(&mut *transaction, record.id).await?.as_ref() != Some(record) {
        return Ok(None);
    }
    let renewed = sqlx::query("UPDATE sessions SET token_hash = $1, stays = $2, expires_at = $3 WHERE token_hash = $4 AND account_id = $5")
        .bind(token.digest())
        .bind(i64::from(stays))
        .bind(expires_at)
        .bind(&previous)
        .bind(record.id)
        .execute(&mut *transaction)
        .await?;
    if renewed.rows_affected() == 0 {
        sqlx::query("DELETE FROM sessions WHERE token_hash = $1").bind(&previous).execute(&mut *transaction).await?;
        add(&mut *transaction, &token, record.id, stays, expires_at).await?;
    }
    transaction.commit().await?;
    Ok(Some(token))
}

/// Adds a session that takes no other one's place.
pub(crate) async fn add(
    executor: impl SqliteExecutor<'_>,
    token: &SecretToken,
    account_id: i64,
    stays: bool,
    expires_at: i64,
) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO sessions (token_hash, account_id, stays, expires_at) VALUES ($1, $2, $3, $4)")
        .bind(token.digest())
        .bind(account_id)
        .bind(i64::from(stays))
        .bind(expires_at)
        .execute(executor)
        .await?;
    Ok(())
}

/// The live session a browser's cookie names.
pub async fn find(database: &Database, presented: &str, now: i64) -> Result<Option<Session>, StoreError> {
    let row: Option<(i64, bool, i64, String, String, bool, bool)> = sqlx::query_as(
        "SELECT sessions.id, stays, accounts.id, username, name, administrator, must_change_password
         FROM sessions JOIN accounts ON accounts.id = sessions.account_id
         WHERE sessions.token_hash = $1 AND sessions.expires_at > $2",
    )
    .bind(digest(presented))
    .bind(now)
    .fetch_optional(database)
    .await?;
    Ok(row.map(|(id, stays, account_id, username, name, administrator, must_change_password)| Session {
        id,
        administrator,
        must_change_password,
        stays,
        account: Account { id: account_id, username, name },
        form_token: derive("my-apps form token", presented),
    }))
}

/// Ends a session and everything that was issued from it.
pub async fn end(executor: impl SqliteExecutor<'_>, id: i64) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM sessions WHERE id = $1").bind(id).execute(executor).await?;
    Ok(())
}
