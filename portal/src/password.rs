//! People's own passwords for the portal: Argon2id, off the async threads, as many at a time as there are processors.

use std::{fmt, num::NonZero, sync::Arc, thread::available_parallelism};

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

/// In characters. Longer passwords are refused before any work is done for them.
pub const LONGEST_PASSWORD: usize = 1024;
/// What NIST SP 800-63B asks of a password that a person chooses.
pub const SHORTEST_PASSWORD: usize = 8;

/// A password that nobody may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must have {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters")]
pub struct LengthError;

/// Whether somebody may have this password, whoever chooses it.
///
/// # Errors
/// Refuses one that is too short or too long.
pub fn check_length(password: &str) -> Result<(), LengthError> {
    if (SHORTEST_PASSWORD..=LONGEST_PASSWORD).contains(&password.chars().count()) { Ok(()) } else { Err(LengthError) }
}

/// A password could not be hashed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a password could not be hashed")]
pub struct HashError;

/// Hashes and verifies passwords. Clones share the bound.
#[derive(Clone)]
pub struct Hasher {
    /// Verified when the user name is unknown, so that the answer takes as long as for a known one.
    nobody: Arc<str>,
    /// Each hash takes 19 MiB: without a bound, many sign-ins at once would take all the memory.
    permits: Arc<Semaphore>,
}

impl Hasher {
    /// Prepares the hash that stands in for unknown users.
    pub fn new() -> Result<Self, HashError> {
        let parallel = available_parallelism().map_or(1, NonZero::get);
        Ok(Self { nobody: hash("nobody has this password")?.into(), permits: Arc::new(Semaphore::new(parallel)) })
    }

    /// Hashes a password with a new salt.
    pub async fn hash(&self, password: Zeroizing<String>) -> Result<String, HashError> {
        self.work(move || hash(&password)).await?
    }

    /// Whether the password is the one that was hashed. `None` is an unknown user: the same work, and never true.
    pub async fn verify(&self, password: Zeroizing<String>, hashed: Option<String>) -> Result<bool, HashError> {
        let known = hashed.is_some();
        let hashed: Arc<str> = hashed.map_or_else(|| self.nobody.clone(), Arc::from);
        let fits = self.work(move || verify(&password, &hashed)).await?;
        Ok(fits && known)
    }

    async fn work<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, HashError> {
        let permit = self.permits.clone().acquire_owned().await.map_err(|_| HashError)?;
        tokio::task::spawn_blocking(move || {
            let _until_done = permit;
            work()
        })
        .await
        .map_err(|_| HashError)
    }
}

impl fmt::Debug for Hasher {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Hasher(…)")
    }
}

fn hash(password: &str) -> Result<String, HashError> {
    let hashed: PasswordHash = Argon2::default().hash_password(password.as_bytes()).map_err(|_| HashError)?;
    Ok(hashed.to_string())
}

fn verify(password: &str, hashed: &str) -> bool {
    PasswordHash::new(hashed).is_ok_and(|hashed| Argon2::default().verify_password(password.as_bytes(), &hashed).is_ok())
}
