//! Slowing down guesses: so many wrong passwords, then a pause.
//!
//! They are counted in three ways: for one person from one origin; for one person from everywhere, against many
//! computers that share the work; and from one address for everyone, against one password tried on many people. The last
//! two could be misused to keep a person out, so a browser in which the person has signed in before stands outside of
//! them: others' mistakes never hold it up, and its own count for no one else. A try that is refused is not counted,
//! so a pause ends by itself however often somebody knocks.

use sqlx::{SqliteConnection, SqliteExecutor};

use crate::{
    database::{Database, StoreError},
    token::digest,
};

/// So many wrong passwords in so many seconds.
#[derive(Debug, Clone, Copy)]
pub struct Limit {
    /// Wrong passwords before the pause.
    pub most: i64,
    /// How long each counts.
    pub window: i64,
}

/// For one person from one origin.
pub const ONE_PERSON_ONE_ORIGIN: Limit = Limit { most: 10, window: 15 * 60 };
/// For one person from everywhere: 720 guesses a day, however many computers take part.
pub const ONE_PERSON: Limit = Limit { most: 30, window: 60 * 60 };
/// From one address for everyone. An office is one address, too; but there, people get in at last, and a right password
/// takes the person's wrong ones back.
pub const ONE_ADDRESS: Limit = Limit { most: 100, window: 15 * 60 };

/// Where a guess comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// An address, of which nothing else is known.
    Address(String),
    /// A browser in which this person has signed in before, by a name that is no secret.
    KnownBrowser(String),
}

impl Origin {
    fn name(&self) -> &str {
        match self {
            Self::Address(name) | Self::KnownBrowser(name) => name,
        }
    }

    fn is_known(&self) -> bool {
        matches!(self, Self::KnownBrowser(_))
    }
}

/// Notes a guess before it is judged, so that guesses made at the same moment all count. When there have been too many,
/// it is not noted, and the answer is how many seconds it must wait.
pub async fn admit(database: &Database, username: &str, origin: &Origin, now: i64) -> Result<Option<i64>, StoreError> {
    let person = digest(username);
    // From the first look to the note, nobody else may write.
    let mut transaction = database.begin_with("BEGIN IMMEDIATE").await?;
    let mut wait = None;
    for count in Count::of(origin) {
        let seconds = count.wait(&mut transaction, &person, origin, now).await?;
        wait = wait.max(seconds);
    }
    if wait.is_none() {
        sqlx::query("INSERT INTO sign_in_failures (person, origin, known, failed_at) VALUES ($1, $2, $3, $4)")
            .bind(person)
            .bind(origin.name())
            .bind(i64::from(origin.is_known()))
            .bind(now)
            .execute(&mut *transaction)
            .await?;
    }
    transaction.commit().await?;
    Ok(wait)
}

/// Forgets a person's wrong passwords from there after a right one.
pub async fn forget(database: &Database, username: &str, origin: &Origin) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM sign_in_failures WHERE person = $1 AND origin = $2")
        .bind(digest(username))
        .bind(origin.name())
        .execute(database)
        .await?;
    Ok(())
}

/// Forgets a person's wrong passwords from everywhere: they were for a password that is no longer theirs.
pub async fn forget_person(executor: impl SqliteExecutor<'_>, username: &str) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM sign_in_failures WHERE person = $1").bind(digest(username)).execute(executor).await?;
    Ok(())
}

/// One of the three ways to count.
struct Count {
    limit: Limit,
    /// Gives the time of the failure whose going makes room for another try, once the limit is reached.
    statement: &'static str,
}

const COUNTS: [Count; 3] = [
    Count {
        limit: ONE_PERSON_ONE_ORIGIN,
        statement: "SELECT failed_at FROM sign_in_failures WHERE person = $1 AND origin = $2 AND failed_at > $3 AND failed_at <= $5
                    ORDER BY failed_at DESC LIMIT 1 OFFSET $4",
    },
    Count {
        limit: ONE_PERSON,
        statement: "SELECT failed_at FROM sign_in_failures WHERE person = $1 AND known = 0 AND failed_at > $3 AND failed_at <= $5
                    ORDER BY failed_at DESC LIMIT 1 OFFSET $4",
    },
    Count {
        limit: ONE_ADDRESS,
        statement: "SELECT failed_at FROM sign_in_failures WHERE origin = $2 AND known = 0 AND failed_at > $3 AND failed_at <= $5
                    ORDER BY failed_at DESC LIMIT 1 OFFSET $4",
    },
];

impl Count {
    /// The ones that matter for an origin.
    fn of(origin: &Origin) -> impl Iterator<Item = &'static Self> {
        COUNTS.iter().take(if origin.is_known() { 1 } else { 3 })
    }

    async fn wait(&self, connection: &mut SqliteConnection, person: &[u8], origin: &Origin, now: i64) -> Result<Option<i64>, StoreError> {
        let oldest: Option<i64> = sqlx::query_scalar(self.statement)
            .bind(person)
            .bind(origin.name())
            .bind(now - self.limit.window)
            .bind(self.limit.most - 1)
            .bind(now) // what a clock has written that went wrong and was put back must not count for years
            .fetch_optional(connection)
            .await?;
        Ok(oldest.map(|oldest| (oldest + self.limit.window - now).max(1)))
    }
}
