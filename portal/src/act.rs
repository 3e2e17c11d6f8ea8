//! What is done at the command line, for the audit trail: by whom, and when.

use sqlx::SqliteExecutor;

use crate::{clock, database::StoreError, outcome::Outcome};

/// The account of a line that is about nobody in particular: accounts are counted from 1.
pub const NOBODY: i64 = 0;

/// Somebody whom the environment does not name.
pub const UNKNOWN: &str = "unknown";

/// The operating system's user, in the order of looking: whoever becomes somebody else with `sudo` is still who they were. It is what
/// the environment says, and no proof: who may run these commands may write into the database's file as well.
const VARIABLES: [&str; 4] = ["SUDO_USER", "USER", "LOGNAME", "USERNAME"];
/// Letters of a user's name; the longest of Windows has 20, of Linux 32.
const LONGEST_NAME: usize = 64;

/// Somebody at the command line, at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    operator: String,
    at: i64,
}

impl Act {
    /// Whoever runs this program, now.
    pub fn now() -> Self {
        Self::by(VARIABLES.into_iter().filter_map(|name| std::env::var(name).ok()), clock::now())
    }

    /// By the first of these that can be a user's name. At a time in seconds since 1970.
    pub fn by(names: impl IntoIterator<Item = String>, at: i64) -> Self {
        let operator = names.into_iter().find(|name| is_name(name)).unwrap_or_else(|| UNKNOWN.to_owned());
        Self { operator, at }
    }

    /// As the trail calls them.
    pub fn operator(&self) -> &str {
        &self.operator
    }

    /// When, in seconds since 1970.
    pub fn at(&self) -> i64 {
        self.at
    }

    /// Writes the line: about a person or [`NOBODY`], and an app or none.
    pub async fn record(
        &self,
        executor: impl SqliteExecutor<'_>,
        account_id: i64,
        app_id: &str,
        outcome: Outcome,
    ) -> Result<(), StoreError> {
        sqlx::query("INSERT INTO outcomes (recorded_at, account_id, app_id, outcome, host, operator) VALUES ($1, $2, $3, $4, '', $5)")
            .bind(self.at)
            .bind(account_id)
            .bind(app_id)
            .bind(outcome.as_str())
            .bind(&self.operator)
            .execute(executor)
            .await?;
        Ok(())
    }
}

/// No free text comes into the trail through it.
fn is_name(name: &str) -> bool {
    (1..=LONGEST_NAME).contains(&name.chars().count()) && name.chars().all(|letter| letter.is_alphanumeric() || "._-@$\\ ".contains(letter))
}
