//! What the sample apps remember while they run: who is signed in, and counts.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::Serialize;

use crate::{code::Codes, site::Site};

/// How often somebody tried to sign in to an app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Attempts {
    /// Passwords that came.
    pub attempts: u32,
    /// Passwords that were right.
    pub succeeded: u32,
}

/// The memory of all sample apps.
#[derive(Debug, Default)]
pub struct Samples {
    sessions: Mutex<HashMap<String, (Site, String)>>,
    attempts: Mutex<HashMap<Site, Attempts>>,
    received: Mutex<HashMap<Site, u32>>,
    /// What the accounts site gave out.
    pub codes: Codes,
}

impl Samples {
    /// Begins a session and gives its secret; `None` when the operating system has no random numbers.
    pub fn begin_session(&self, site: Site, username: &str) -> Option<String> {
        let secret = secret()?;
        held(&self.sessions).insert(secret.clone(), (site, username.to_owned()));
        Some(secret)
    }

    /// Who is signed in to the app with this secret.
    pub fn signed_in(&self, site: Site, secret: &str) -> Option<String> {
        held(&self.sessions).get(secret).filter(|(of, _)| *of == site).map(|(_, username)| username.clone())
    }

    /// Ends a session.
    pub fn end_session(&self, secret: &str) {
        held(&self.sessions).remove(secret);
    }

    /// Counts a password that came.
    pub fn count(&self, site: Site, succeeded: bool) {
        let mut all = held(&self.attempts);
        let counts = all.entry(site).or_default();
        counts.attempts += 1;
        counts.succeeded += u32::from(succeeded);
    }

    /// The counts of an app.
    pub fn attempts(&self, site: Site) -> Attempts {
        held(&self.attempts).get(&site).copied().unwrap_or_default()
    }

    /// Counts something posted where nothing should be.
    pub fn receive(&self, site: Site) {
        *held(&self.received).entry(site).or_default() += 1;
    }

    /// How often something was.
    pub fn received(&self, site: Site) -> u32 {
        held(&self.received).get(&site).copied().unwrap_or_default()
    }
}

/// What nobody can guess; `None` when the operating system has no random numbers.
pub(crate) fn secret() -> Option<String> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).ok()?;
    Some(URL_SAFE_NO_PAD.encode(bytes))
}

/// A map is whole after every statement, so one that a panic left behind can still be used.
pub(crate) fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
