//! The audit trail: what became of a fill, what the vault was asked to do, and what was changed by administrators and at the
//! command line, in words from closed lists and never in free text.

use std::time::Instant;

use serde::{Deserialize, Serialize};
use sqlx::SqliteExecutor;

use crate::database::{Database, StoreError};

/// So many lines are removed at once, so that nobody waits for long meanwhile.
const SWEPT_AT_ONCE: i64 = 10_000;

/// What became of a fill, or what else was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Filled and submitted.
    Submitted,
    /// Filled, and left to the person to submit.
    Filled,
    /// Not filled.
    Refused,
    /// No fill: an administrator taught the app's form. The portal writes it, nobody reports it.
    #[serde(skip_deserializing)]
    FormTaught,
    /// No fill: an administrator went back to an earlier form.
    #[serde(skip_deserializing)]
    FormRestored,
    /// No fill: an administrator, or somebody at the command line, changed the map of internal addresses.
    #[serde(skip_deserializing)]
    LinksChanged,
    /// The vault gave a password out. What the extension reports afterwards is its own account; this is the portal's.
    #[serde(skip_deserializing)]
    PasswordGivenOut,
    /// A person stored a password, or another one in its place.
    #[serde(skip_deserializing)]
    PasswordStored,
    /// A person removed a password.
    #[serde(skip_deserializing)]
    PasswordRemoved,
    /// A person changed the password that they sign in to the portal with, or was given another one at the command line.
    #[serde(skip_deserializing)]
    PortalPasswordChanged,
    /// Somebody who was signed in wanted to, and did not know the current one.
    #[serde(skip_deserializing)]
    PortalPasswordRefused,
    /// Somebody at the command line added a person.
    #[serde(skip_deserializing)]
    PersonAdded,
    /// Somebody at the command line removed a person.
    #[serde(skip_deserializing)]
    PersonRemoved,
    /// Somebody at the command line made a person an administrator.
    #[serde(skip_deserializing)]
    AdministratorAdded,
    /// Somebody at the command line made an administrator one no longer.
    #[serde(skip_deserializing)]
    AdministratorRemoved,
    /// An app came from a file that was imported.
    #[serde(skip_deserializing)]
    AppAdded,
    /// An app is described otherwise by a file that was imported.
    #[serde(skip_deserializing)]
    AppChanged,
    /// Somebody at the command line removed an app.
    #[serde(skip_deserializing)]
    AppRemoved,
    /// A person may use an app since a file was imported.
    #[serde(skip_deserializing)]
    AppAssigned,
    /// A person may use an app no longer since a file was imported.
    #[serde(skip_deserializing)]
    AppUnassigned,
    /// Everything is sealed with another key.
    #[serde(skip_deserializing)]
    KeyChanged,
    /// A backup took the place of the database; the trail is the backup's from there back.
    #[serde(skip_deserializing)]
    BackupRestored,
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
    /// The form changes a password, or asks for a new one.
    ChangePassword,
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
    /// No credential is stored, or not all of it.
    NoCredential,
    /// The person may not use the app.
    NotAssigned,
    /// The portal did not answer in time.
    PortalUnreachable,
    /// It took too long.
    TimedOut,
    /// The person stopped it.
    Cancelled,
    /// The app asked for the password again.
    WrongPassword,
    /// The app asked for the user name again.
    WrongUsername,
    /// The app asked for another described field again.
    WrongValue,
    /// The page wants one of several accounts to be chosen.
    ChooseAccount,
    /// A stored value is too long, or none of a list.
    ValueDoesNotFit,
    /// The form is in a frame that nobody allowed.
    ForeignFrame,
}

/// One line of the trail, as the extension reports it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// What became of it.
    pub outcome: Outcome,
    /// Why.
    #[serde(default)]
    pub reason: Option<Reason>,
    /// The host of the page, or of the internal address that was changed.
    pub host: String,
    /// The host that this internal address had before, if it was another one. The portal writes it, nobody reports it.
    #[serde(skip)]
    pub former_host: Option<String>,
}

impl Report {
    /// A line the portal itself writes, about no page.
    pub fn of_portal(outcome: Outcome) -> Self {
        Self { outcome, reason: None, host: String::new(), former_host: None }
    }
}

/// Whether a host is written as one: nothing else may get into the trail through it.
pub fn is_plain_host(host: &str) -> bool {
    (1..=253).contains(&host.len()) && host.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-_".contains(&byte))
}

/// Writes the line.
pub async fn record(executor: impl SqliteExecutor<'_>, account_id: i64, app_id: &str, report: &Report, now: i64) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO outcomes (recorded_at, account_id, app_id, outcome, reason, host, former_host) VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(now)
    .bind(account_id)
    .bind(app_id)
    .bind(report.outcome.as_str())
    .bind(report.reason.map(Reason::as_str))
    .bind(&report.host)
    .bind(&report.former_host)
    .execute(executor)
    .await?;
    Ok(())
}

/// Removes the lines from before a time, and says how many there were. Half of the time belongs to everybody else: where a portal is
/// told to keep them for less long than before, there are millions.
pub async fn sweep(database: &Database, before: i64) -> Result<u64, StoreError> {
    let mut removed = 0;
    loop {
        let begun = Instant::now();
        let done = sqlx::query("DELETE FROM outcomes WHERE id IN (SELECT id FROM outcomes WHERE recorded_at < $1 LIMIT $2)")
            .bind(before)
            .bind(SWEPT_AT_ONCE)
            .execute(database)
            .await?
            .rows_affected();
        removed += done;
        if done == 0 {
            return Ok(removed);
        }
        tokio::time::sleep(begun.elapsed()).await;
    }
}

impl Outcome {
    /// Those of a fill, which the extension reports.
    pub const REPORTED: [Self; 3] = [Self::Submitted, Self::Filled, Self::Refused];
    /// All of them.
    pub const ALL: [Self; 22] = [
        Self::Submitted,
        Self::Filled,
        Self::Refused,
        Self::PasswordGivenOut,
        Self::PasswordStored,
        Self::PasswordRemoved,
        Self::PortalPasswordChanged,
        Self::PortalPasswordRefused,
        Self::FormTaught,
        Self::FormRestored,
        Self::LinksChanged,
        Self::PersonAdded,
        Self::PersonRemoved,
        Self::AdministratorAdded,
        Self::AdministratorRemoved,
        Self::AppAdded,
        Self::AppChanged,
        Self::AppRemoved,
        Self::AppAssigned,
        Self::AppUnassigned,
        Self::KeyChanged,
        Self::BackupRestored,
    ];

    /// The word on the wire and in the trail.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Submitted => "submitted",
            Self::Filled => "filled",
            Self::Refused => "refused",
            Self::FormTaught => "form-taught",
            Self::FormRestored => "form-restored",
            Self::LinksChanged => "links-changed",
            Self::PasswordGivenOut => "password-given-out",
            Self::PasswordStored => "password-stored",
            Self::PasswordRemoved => "password-removed",
            Self::PortalPasswordChanged => "portal-password-changed",
            Self::PortalPasswordRefused => "portal-password-refused",
            Self::PersonAdded => "person-added",
            Self::PersonRemoved => "person-removed",
            Self::AdministratorAdded => "administrator-added",
            Self::AdministratorRemoved => "administrator-removed",
            Self::AppAdded => "app-added",
            Self::AppChanged => "app-changed",
            Self::AppRemoved => "app-removed",
            Self::AppAssigned => "app-assigned",
            Self::AppUnassigned => "app-unassigned",
            Self::KeyChanged => "key-changed",
            Self::BackupRestored => "backup-restored",
        }
    }

    /// The outcome of that word.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == name)
    }

    /// As people read it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Submitted => "Filled and submitted",
            Self::Filled => "Filled",
            Self::Refused => "Not filled",
            Self::FormTaught => "Form taught",
            Self::FormRestored => "Earlier form restored",
            Self::LinksChanged => "Internal addresses changed",
            Self::PasswordGivenOut => "Password given out",
            Self::PasswordStored => "Password stored",
            Self::PasswordRemoved => "Password removed",
            Self::PortalPasswordChanged => "Portal password changed",
            Self::PortalPasswordRefused => "Portal password not changed",
            Self::PersonAdded => "Person added",
            Self::PersonRemoved => "Person removed",
            Self::AdministratorAdded => "Administrator added",
            Self::AdministratorRemoved => "Administrator removed",
            Self::AppAdded => "App added",
            Self::AppChanged => "App changed",
            Self::AppRemoved => "App removed",
            Self::AppAssigned => "App assigned",
            Self::AppUnassigned => "App taken away",
            Self::KeyChanged => "Key changed",
            Self::BackupRestored => "Backup restored",
        }
    }
}

impl Reason {
    /// All of them.
    pub const ALL: [Self; 26] = [
        Self::FormChanged,
        Self::NoForm,
        Self::AmbiguousForm,
        Self::SignUp,
        Self::ChangePassword,
        Self::OneTimeCode,
        Self::HiddenField,
        Self::FieldNotFound,
        Self::NoSubmit,
        Self::OtherOrigin,
        Self::UnsafePage,
        Self::PageChanged,
        Self::NoRule,
        Self::NoAccess,
        Self::AlreadyFilled,
        Self::NoCredential,
        Self::NotAssigned,
        Self::PortalUnreachable,
        Self::TimedOut,
        Self::Cancelled,
        Self::WrongPassword,
        Self::WrongUsername,
        Self::WrongValue,
        Self::ChooseAccount,
        Self::ValueDoesNotFit,
        Self::ForeignFrame,
    ];

    /// The word on the wire and in the trail.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::FormChanged => "form-changed",
            Self::NoForm => "no-form",
            Self::AmbiguousForm => "ambiguous-form",
            Self::SignUp => "sign-up",
            Self::ChangePassword => "change-password",
            Self::OneTimeCode => "one-time-code",
            Self::HiddenField => "hidden-field",
            Self::FieldNotFound => "field-not-found",
            Self::NoSubmit => "no-submit",
            Self::OtherOrigin => "other-origin",
            Self::UnsafePage => "unsafe-page",
            Self::PageChanged => "page-changed",
            Self::NoRule => "no-rule",
            Self::NoAccess => "no-access",
            Self::AlreadyFilled => "already-filled",
            Self::NoCredential => "no-credential",
            Self::NotAssigned => "not-assigned",
            Self::PortalUnreachable => "portal-unreachable",
            Self::TimedOut => "timed-out",
            Self::Cancelled => "cancelled",
            Self::WrongPassword => "wrong-password",
            Self::WrongUsername => "wrong-username",
            Self::WrongValue => "wrong-value",
            Self::ChooseAccount => "choose-account",
            Self::ValueDoesNotFit => "value-does-not-fit",
            Self::ForeignFrame => "foreign-frame",
        }
    }

    /// The reason of that word.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == name)
    }

    /// As people read it.
    pub fn label(self) -> &'static str {
        match self {
            Self::FormChanged => "The form had changed",
            Self::NoForm => "No sign-in form",
            Self::AmbiguousForm => "More than one form",
            Self::SignUp => "Opens an account",
            Self::ChangePassword => "Asks for a new password",
            Self::OneTimeCode => "Wants a one-time code",
            Self::HiddenField => "A field is hidden",
            Self::FieldNotFound => "A described field is missing",
            Self::NoSubmit => "Nothing to submit with",
            Self::OtherOrigin => "Sends to another site",
            Self::UnsafePage => "Sandboxed, framed or not yet shown",
            Self::PageChanged => "The page moved on",
            Self::NoRule => "Not a page of the app",
            Self::NoAccess => "The browser allowed no access",
            Self::AlreadyFilled => "Already filled",
            Self::NoCredential => "Not stored, or not all of it",
            Self::NotAssigned => "App not assigned",
            Self::PortalUnreachable => "The portal did not answer",
            Self::TimedOut => "Took too long",
            Self::Cancelled => "Stopped by the person",
            Self::WrongPassword => "Asked for the password again",
            Self::WrongUsername => "Asked for the user name again",
            Self::WrongValue => "Asked for another field again",
            Self::ChooseAccount => "Wants an account to be chosen",
            Self::ValueDoesNotFit => "A stored value does not fit",
            Self::ForeignFrame => "The form is in a frame",
        }
    }
}
