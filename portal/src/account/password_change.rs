//! Another password for a person, and what ends with the one before.

use sqlx::SqliteConnection;

use super::{SignInRecord, sign_in_record_of};
use crate::{
    database::{Database, StoreError},
    outcome::{self, Outcome, Reason, Report},
    session::{self, Session},
    throttle,
    token::SecretToken,
};

/// Puts a password in the place of the one before. Whoever knew that one is signed out everywhere, and has no browser with tries
/// of its own any more; wrong tries are forgotten, so that the person gets in.
pub(super) async fn replace(
    connection: &mut SqliteConnection,
    account_id: i64,
    username: &str,
    password_hash: &str,
    must_change: bool,
) -> Result<(), StoreError> {
    for statement in ["DELETE FROM sessions WHERE account_id = $1", "DELETE FROM known_browsers WHERE account_id = $1"] {
        sqlx::query(statement).bind(account_id).execute(&mut *connection).await?;
    }
    sqlx::query("UPDATE accounts SET password_hash = $1, must_change_password = $2 WHERE id = $3")
        .bind(password_hash)
        .bind(i64::from(must_change))
        .bind(account_id)
        .execute(&mut *connection)
        .await?;
    throttle::forget_person(connection, username).await
}

/// Changes a person's own password, with its line in the audit trail. The session in which they did it ends like all others of
/// theirs, and a new one takes its place, which lives until `expires_at`, in seconds since 1970. None begins, and nothing is
/// changed, when the person was removed or got another password while the current one was judged.
pub async fn change_own(
    database: &Database,
    session: &Session,
    record: &SignInRecord,
    password_hash: &str,
    expires_at: i64,
    now: i64,
) -> Result<Option<SecretToken>, StoreError> {
    let token = SecretToken::random()?;
    let mut transaction = database.begin_with("BEGIN IMMEDIATE").await?;
    if sign_in_record_of(&mut *transaction, record.id).await?.as_ref() != Some(record) {
        return Ok(None);
    }
    replace(&mut transaction, record.id, &session.account.username, password_hash, false).await?;
    session::add(&mut *transaction, &token, record.id, session.stays, expires_at).await?;
    outcome::record(&mut *transaction, record.id, "", &Report::of_portal(Outcome::PortalPasswordChanged), now).await?;
    transaction.commit().await?;
    Ok(Some(token))
}

/// Writes into the audit trail that somebody in a person's session did not know their password.
pub async fn record_refusal(database: &Database, account_id: i64, now: i64) -> Result<(), StoreError> {
    let report = Report { reason: Some(Reason::WrongPassword), ..Report::of_portal(Outcome::PortalPasswordRefused) };
    outcome::record(database, account_id, "", &report, now).await
}
