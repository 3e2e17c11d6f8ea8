//! Every sentence a person can read, as a key of `extension/_locales` with what is put into it.
//!
//! The core never writes a sentence itself: it names one, and the browser's own translation does the rest.

use crate::decimal::decimal;
use crate::form::Refusal;
use crate::provider::entra::error;
use crate::provider::oauth::AuthorizeError;
use crate::provider::{NetworkError, PortalError};

/// One sentence: the key of a message, and the values of its placeholders in order. A key that ends in `_other` names a
/// family: its values are whole numbers, and the first decides which of the family the language takes for so many. The value of
/// one that ends in `_moment` is a moment, in milliseconds since 1970.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// Key in `messages.json`.
    pub key: &'static str,
    /// `$1`, `$2`, … of the message.
    pub values: Vec<String>,
}

impl Text {
    /// A sentence without placeholders.
    pub const fn plain(key: &'static str) -> Text {
        Text { key, values: Vec::new() }
    }

    /// A sentence with one placeholder.
    pub fn with(key: &'static str, value: &str) -> Text {
        Text { key, values: vec![value.to_owned()] }
    }

    /// A sentence with two placeholders.
    pub fn with_two(key: &'static str, first: &str, second: &str) -> Text {
        Text { key, values: vec![first.to_owned(), second.to_owned()] }
    }

    /// What to say when the portal could not be used. `portal` is its address.
    pub fn of_portal_error(error: PortalError, portal: &str) -> Text {
        match error {
            PortalError::Network(NetworkError::Unreachable) => Text::with("portalUnreachable", portal),
            PortalError::Network(NetworkError::Timeout) => Text::with("portalTimeout", portal),
            PortalError::Network(NetworkError::NotForUs) | PortalError::NotAPortal => Text::with("portalIsNone", portal),
            PortalError::ExtensionTooOld => Text::plain("extensionTooOld"),
            PortalError::SignedOut => Text::plain("sessionExpired"),
            PortalError::NotAssigned => Text::with("portalForbids", portal),
            PortalError::TooManyRequests => Text::with("portalBusy", portal),
            PortalError::Failed(status) => Text::with_two("portalFailed", portal, &decimal(status.into())),
            // Where no credential was asked for, this is no answer.
            PortalError::Network(_) | PortalError::Malformed | PortalError::NoCredential => Text::with("portalMalformed", portal),
        }
    }

    /// What to say when the sign-in window brought no code.
    pub fn of_authorize_error(error: AuthorizeError) -> Text {
        match error {
            AuthorizeError::Cancelled => Text::plain("signInCancelled"),
            AuthorizeError::LoginRequired => Text::plain("sessionExpired"),
            AuthorizeError::Forged => Text::plain("signInForged"),
            AuthorizeError::Refused => Text::plain("signInRefused"),
            AuthorizeError::Entra(code) => Text::with(error::sentence(code), &decimal(code.into())),
            AuthorizeError::OtherPerson => Text::plain("vaultOtherPerson"),
        }
    }

    /// What to say when a page has no form that may be filled. `app` is the app's name.
    pub fn of_refusal(refusal: Refusal, app: &str) -> Text {
        let key = match refusal {
            Refusal::NoForm | Refusal::Hidden => "formMissing",
            Refusal::SignUp => "formSignUp",
            Refusal::ChangePassword | Refusal::Reset => "formNewPassword",
            Refusal::OneTimeCode => "formOneTimeCode",
            Refusal::ChooseAccount => "formChooseAccount",
            Refusal::Document => "pageSandboxed",
        };
        Text::with(key, app)
    }
}
