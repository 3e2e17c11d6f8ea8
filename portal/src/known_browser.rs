//! Browsers in which a person has signed in before. They may go on when strangers' guesses have used up the tries for
//! that person ("device cookies", as OWASP calls them). A secret in a cookie names the browser; it opens nothing.

use crate::{
    database::{Database, StoreError},
    token::{SecretToken, derive, digest},
};

/// How long a browser is remembered after a sign-in, in seconds.
pub const LIFETIME: i64 = 365 * 86400;

/// The name of a browser for counting, when this person has signed in there.
pub async fn name(database: &Database, presented: &str, username: &str, now: i64) -> Result<Option<String>, StoreError> {
    let known: Option<i64> = sqlx::query_scalar(
        "SELECT accounts.id FROM known_browsers JOIN accounts ON accounts.id = known_browsers.account_id
         WHERE token_hash = $1 AND username = $2 AND expires_at > $3",
    )
    .bind(digest(presented))
    .bind(username)
    .bind(now)
    .fetch_optional(database)
    .await?;
    Ok(known.map(|_| derive("my-apps known browser", presented)))
}

/// Remembers that a person has signed in there. The secret is a new one each time, so that one planted in the browser
/// before is worthless; what is known of other people in this browser goes over to it.
pub async fn remember(database: &Database, presented: Option<&str>, account_id: i64, now: i64) -> Result<SecretToken, StoreError> {
    let token = SecretToken::random()?;
    let mut transaction = database.begin().await?;
    sqlx::query("UPDATE known_browsers SET token_hash = $1 WHERE token_hash = $2")
        .bind(token.digest())
        .bind(presented.map(digest).unwrap_or_default())
        .execute(&mut *transaction)
        .await?;
    sqlx::query(
        "INSERT INTO known_browsers (token_hash, account_id, expires_at) VALUES ($1, $2, $3)
         ON CONFLICT (token_hash, account_id) DO UPDATE SET expires_at = excluded.expires_at",
    )
    .bind(token.digest())
    .bind(account_id)
    .bind(now + LIFETIME)
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(token)
}
