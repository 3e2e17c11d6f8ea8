//! The audit trail: what became of a fill, in words from closed lists and never in free text.

use serde::{Deserialize, Serialize};
use sqlx::SqliteExecutor;

use crate::database::StoreError;

/// What became of a fill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Filled and submitted.
    Submitted,
    /// Filled, and left to the person to submit.
    Filled,
    /// Not filled.
    Refused,
}

/// Why a fill was refused or not submitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// The form is not the one that was looked at.
    FormChanged,
    /// No sign-in form on the page.
    NoForm,
    /// More than one form could be meant.
    AmbiguousForm,
    /// The form opens an account.
    SignUp,
    /// The form changes a password.
    ChangePassword,
    /// The form asks for a new password.
    ResetPassword,
    /// The page wants a code that works once.
    OneTimeCode,
    /// A field can't be seen by the person.
    HiddenField,
    /// A described field was not found.
    FieldNotFound,
    /// Nothing that submits was found, or it is disabled.
    NoSubmit,
    /// The form sends to another origin.
    OtherOrigin,
    /// The page is sandboxed, a frame, or still being prerendered.
    UnsafePage,
    /// The page went away or moved on.
    PageChanged,
    /// The page is not one the app's rules name.
    NoRule,
    /// The browser does not let the extension into the page.
    NoAccess,
    /// The fill was already done on this page.
    AlreadyFilled,
    /// No credential is stored.
    NoCredential,
    /// The person may not use the app.
    NotAssigned,
    /// The portal did not answer in time.
    PortalUnreachable,
    /// It took too long.
    TimedOut,
    /// The person stopped it.
    Cancelled,
}

/// One line of the trail, as the extension reports it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// What became of it.
    pub outcome: Outcome,
    /// Why.
    #[serde(default)]
    pub reason: Option<Reason>,
    /// The host of the page.
    pub host: String,
}

impl Report {
    /// Whether the host is written as one: nothing else may get into the trail through it.
    pub fn has_plain_host(&self) -> bool {
        (1..=253).contains(&self.host.len())
            && self.host.bytes().all(|byte| {
                byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-_".contains(&byte)
            })
    }
}

/// Writes the line.
pub async fn record(
    executor: impl SqliteExecutor<'_>,
    account_id: i64,
    app_id: &str,
    report: &Report,
    now: i64,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO outcomes (recorded_at, account_id, app_id, outcome, reason, host) VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(now)
    .bind(account_id)
    .bind(app_id)
    .bind(report.outcome.as_str())
    .bind(report.reason.map(word).transpose()?)
    .bind(&report.host)
    .execute(executor)
    .await?;
    Ok(())
}

impl Outcome {
    fn as_str(self) -> &'static str {
        match self {
            Self::Submitted => "submitted",
            Self::Filled => "filled",
            Self::Refused => "refused",
        }
    }
}

/// The reason's word on the wire, which is also the one in the trail.
fn word(reason: Reason) -> Result<String, StoreError> {
    match serde_json::to_value(reason) {
        Ok(serde_json::Value::String(word)) => Ok(word),
        _ => Err(StoreError::Unreadable("reason")),
    }
}
