//! Judging a password that was typed into the sign-in page, or the page that changes it: slowly enough that guessing does not pay.

use axum::http::HeaderMap;
use zeroize::Zeroizing;

use super::{Portal, cookies, page::Failed};
use crate::{
    account::{LONGEST_USERNAME, SignInRecord, canonical_username, sign_in_record},
    clock::now,
    known_browser, pace,
    password::LONGEST_PASSWORD,
    throttle::{self, Origin},
};

/// Why nobody was signed in.
pub(crate) enum Refused {
    Empty,
    Wrong,
    /// Too many wrong passwords; so many seconds to wait.
    Wait(i64),
}

impl Refused {
    pub(crate) fn sentence(&self) -> String {
        match self {
            Self::Empty => "Enter your user name and your password.".to_owned(),
            Self::Wrong => "The user name or the password is wrong.".to_owned(),
            Self::Wait(seconds) => {
                format!("Too many wrong passwords. {}", pace::try_again(*seconds))
            }
        }
    }
}

/// The record of the person that user name and password belong to.
pub(crate) async fn check(
    portal: &Portal,
    typed: &str,
    password: Zeroizing<String>,
    address: String,
    headers: &HeaderMap,
) -> Result<Result<SignInRecord, Refused>, Failed> {
    let username = canonical_username(typed);
    if username.is_empty() || password.is_empty() {
        return Ok(Err(Refused::Empty));
    }
    if username.len() > LONGEST_USERNAME || password.chars().count() > LONGEST_PASSWORD {
        return Ok(Err(Refused::Wrong));
    }
    let database = &portal.database;
    let known = match cookies::known_browser(portal, headers) {
        Some(secret) => known_browser::name(database, &secret, &username, now()).await?,
        None => None,
    };
    let origin = known.map_or_else(|| Origin::Address(address.clone()), Origin::KnownBrowser);
    let from_known_browser = matches!(origin, Origin::KnownBrowser(_));
    if let Some(seconds) = throttle::admit(database, &username, &origin, now()).await? {
        tracing::warn!(%address, from_known_browser, seconds, "a sign-in must wait: too many wrong passwords");
        return Ok(Err(Refused::Wait(seconds)));
    }
    let record = sign_in_record(database, &username).await?;
    let hashed = record.as_ref().map(|record| record.password_hash.clone());
    let fits = portal.hasher.verify(password, hashed).await?;
    match record.filter(|_| fits) {
        Some(record) => {
            throttle::forget(database, &username, &origin).await?;
            Ok(Ok(record))
        }
        None => {
            // Who guesses is told apart by the address. Never the name: people type passwords into the wrong field.
            tracing::warn!(%address, from_known_browser, "a sign-in was refused: wrong user name or password");
            Ok(Err(Refused::Wrong))
        }
    }
}
