//! Slowing down guesses: so many wrong passwords for one user name from one address, then a pause.

use crate::database::{Database, StoreError};

/// Wrong passwords before the pause.
pub const MOST_FAILURES: i64 = 10;
/// How long a failure counts, in seconds.
pub const WINDOW: i64 = 15 * 60;

/// How many seconds this person must wait before the next try; `None` when they need not.
pub async fn wait(
    database: &Database,
    username: &str,
    address: &str,
    now: i64,
) -> Result<Option<i64>, StoreError> {
    let recent: Vec<i64> = sqlx::query_scalar(
        "SELECT failed_at FROM sign_in_failures WHERE username = $1 AND address = $2 AND failed_at > $3
         ORDER BY failed_at DESC LIMIT $4",
    )
    .bind(username)
    .bind(address)
    .bind(now - WINDOW)
    .bind(MOST_FAILURES)
    .fetch_all(database)
    .await?;
    // The oldest of the ten newest failures is the one whose going makes room for a try.
    let full = i64::try_from(recent.len()).is_ok_and(|count| count >= MOST_FAILURES);
    Ok(recent
        .last()
        .filter(|_| full)
        .map(|oldest| (oldest + WINDOW - now).max(1)))
}

/// Notes a try before it is judged, so that tries made at the same moment all count.
pub async fn note(
    database: &Database,
    username: &str,
    address: &str,
    now: i64,
) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO sign_in_failures (username, address, failed_at) VALUES ($1, $2, $3)")
        .bind(username)
        .bind(address)
        .bind(now)
        .execute(database)
        .await?;
    Ok(())
}

/// Forgets the failures after a right password.
pub async fn forget(database: &Database, username: &str, address: &str) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM sign_in_failures WHERE username = $1 AND address = $2")
        .bind(username)
        .bind(address)
        .execute(database)
        .await?;
    Ok(())
}
