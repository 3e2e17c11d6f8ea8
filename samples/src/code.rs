//! Authorization codes: each works once, soon, and for the app and address it was made for.

use std::{
    collections::HashMap,
    sync::Mutex,
    time::{Duration, Instant},
};

use crate::state::{held, secret};

/// A browser takes its code to the app at once.
pub const LIFETIME: Duration = Duration::from_secs(60);

/// What a code stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// The app that asked.
    pub client_id: String,
    /// Where the code was sent.
    pub redirect_uri: String,
    /// What the app made the request with.
    pub nonce: String,
    /// Who signed in.
    pub username: String,
}

/// The codes that nobody brought yet.
#[derive(Debug, Default)]
pub struct Codes(Mutex<HashMap<String, (Instant, Grant)>>);

impl Codes {
    /// Makes a code; `None` when the operating system has no random numbers.
    pub fn issue(&self, now: Instant, grant: Grant) -> Option<String> {
        let code = secret()?;
        let mut codes = held(&self.0);
        codes.retain(|_, (issued, _)| is_fresh(now, *issued));
        codes.insert(code.clone(), (now, grant));
        Some(code)
    }

    /// What the code stands for. Whoever brings it uses it up, even if it was not for them.
    pub fn redeem(&self, now: Instant, code: &str, client_id: &str, redirect_uri: &str) -> Option<Grant> {
        let (issued, grant) = held(&self.0).remove(code)?;
        (is_fresh(now, issued) && grant.client_id == client_id && grant.redirect_uri == redirect_uri).then_some(grant)
    }
}

fn is_fresh(now: Instant, issued: Instant) -> bool {
    now.saturating_duration_since(issued) < LIFETIME
}
