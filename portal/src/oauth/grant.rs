//! Codes and access tokens: given, redeemed once, looked up, revoked.

use sqlx::SqliteExecutor;

use super::{pkce, request::AuthorizationRequest};
use crate::{
    account::Account,
    database::{Database, StoreError},
    session,
    settings::CLIENT_ID,
    token::{SecretToken, digest},
};

/// How long a code can be redeemed, in seconds.
pub const CODE_LIFETIME: i64 = 60;

/// Who an access token speaks for.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The person.
    pub account: Account,
    /// The browser session the token was issued from.
    pub session_id: i64,
    /// Whether they may teach the portal forms.
    pub administrator: bool,
}

/// A token just issued.
#[derive(Debug)]
pub struct Issued {
    /// The token.
    pub token: SecretToken,
    /// Seconds it will live.
    pub expires_in: i64,
}

/// What a client presents for a code.
pub struct Presented<'a> {
    /// The code.
    pub code: &'a str,
    /// The client.
    pub client_id: &'a str,
    /// The redirect URI of the authorization request.
    pub redirect_uri: &'a str,
    /// The PKCE verifier.
    pub code_verifier: &'a str,
}

/// Gives a code for a request that was granted.
pub async fn give_code(database: &Database, session_id: i64, request: &AuthorizationRequest, now: i64) -> Result<SecretToken, StoreError> {
    let code = SecretToken::random()?;
    sqlx::query(
        "INSERT INTO authorization_codes (code_hash, session_id, client_id, redirect_uri, code_challenge, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(code.digest())
    .bind(session_id)
    .bind(CLIENT_ID)
    .bind(&request.back.redirect_uri)
    .bind(&request.code_challenge)
    .bind(now + CODE_LIFETIME)
    .execute(database)
    .await?;
    Ok(code)
}

/// Redeems a code for a token; `None` is an invalid grant.
///
/// Whatever is wrong with the rest of the request, the code is spent: whoever presents it wrongly may have stolen it.
/// A code that comes again takes the token back that it gave (RFC 6749, 4.1.2).
pub async fn redeem(database: &Database, presented: &Presented<'_>, token_lifetime: i64, now: i64) -> Result<Option<Issued>, StoreError> {
    let code_hash = digest(presented.code);
    let mut transaction = database.begin().await?;
    let spent = sqlx::query("UPDATE authorization_codes SET used_at = $1 WHERE code_hash = $2 AND used_at IS NULL")
        .bind(now)
        .bind(&code_hash)
        .execute(&mut *transaction)
        .await?;
    if spent.rows_affected() == 0 {
        sqlx::query("DELETE FROM access_tokens WHERE code_hash = $1").bind(&code_hash).execute(&mut *transaction).await?;
        transaction.commit().await?;
        return Ok(None);
    }
    let (session_id, client_id, redirect_uri, challenge, code_expires, session_expires): (i64, String, String, String, i64, i64) =
        sqlx::query_as(
            "SELECT sessions.id, client_id, redirect_uri, code_challenge, authorization_codes.expires_at, sessions.expires_at
             FROM authorization_codes JOIN sessions ON sessions.id = authorization_codes.session_id
             WHERE code_hash = $1",
        )
        .bind(&code_hash)
        .fetch_one(&mut *transaction)
        .await?;
    // A token does not outlive the sign-in that it stands for.
    let expires_at = (now + token_lifetime).min(session_expires);
    let granted = code_expires > now
        && expires_at > now
        && client_id == presented.client_id
        && redirect_uri == presented.redirect_uri
        && pkce::fits(&challenge, presented.code_verifier);
    let issued = if granted {
        let token = SecretToken::random()?;
        sqlx::query("INSERT INTO access_tokens (token_hash, code_hash, session_id, expires_at) VALUES ($1, $2, $3, $4)")
            .bind(token.digest())
            .bind(&code_hash)
            .bind(session_id)
            .bind(expires_at)
            .execute(&mut *transaction)
            .await?;
        Some(Issued { token, expires_in: expires_at - now })
    } else {
        None
    };
    transaction.commit().await?;
    Ok(issued)
}

/// Whether a code was ever given, and the session it belongs to has not ended. It changes nothing.
pub async fn is_code(executor: impl SqliteExecutor<'_>, presented: &str) -> Result<bool, StoreError> {
    let found: Option<i64> = sqlx::query_scalar("SELECT session_id FROM authorization_codes WHERE code_hash = $1")
        .bind(digest(presented))
        .fetch_optional(executor)
        .await?;
    Ok(found.is_some())
}

/// Who a presented access token speaks for; `None` when it is unknown, revoked or expired.
pub async fn caller(executor: impl SqliteExecutor<'_>, presented: &str, now: i64) -> Result<Option<Caller>, StoreError> {
    let row: Option<(i64, i64, String, String, i64)> = sqlx::query_as(
        "SELECT sessions.id, accounts.id, accounts.username, accounts.name, accounts.administrator
         FROM access_tokens
         JOIN sessions ON sessions.id = access_tokens.session_id
         JOIN accounts ON accounts.id = sessions.account_id
         WHERE access_tokens.token_hash = $1 AND access_tokens.expires_at > $2 AND sessions.expires_at > $2",
    )
    .bind(digest(presented))
    .bind(now)
    .fetch_optional(executor)
    .await?;
    Ok(row.map(|(session_id, id, username, name, administrator)| Caller {
        session_id,
        administrator: administrator != 0,
        account: Account { id, username, name },
    }))
}

/// Revokes a token, if it is one.
pub async fn revoke(executor: impl SqliteExecutor<'_>, presented: &str) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM access_tokens WHERE token_hash = $1").bind(digest(presented)).execute(executor).await?;
    Ok(())
}

/// Ends the browser session a token was issued from, with every token of it.
pub async fn end_session(executor: impl SqliteExecutor<'_>, caller: &Caller) -> Result<(), StoreError> {
    session::end(executor, caller.session_id).await
}
