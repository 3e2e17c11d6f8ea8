//! Sealing what is stored: XChaCha20-Poly1305 with a random nonce for every write.
//!
//! The extended nonce is 24 bytes, so random ones never meet. What a sealed value belongs to is bound in as associated
//! data: a row copied to another person or app does not open.

use std::fmt;

use chacha20poly1305::{
    XChaCha20Poly1305, XNonce,
    aead::{Aead, KeyInit, Payload},
};
use sqlx::SqliteExecutor;
use zeroize::Zeroizing;

use crate::{
    database::{Database, StoreError},
    key::{Key, KeyError},
    token::RandomError,
};

const NONCE_LENGTH: usize = 24;
const KEY_CHECK: &[u8] = b"my-apps key check 1";

/// Why a value was not sealed or opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// No random numbers for a nonce.
    #[error(transparent)]
    Random(#[from] RandomError),
    /// Longer than the cipher allows.
    #[error("a value is too long to be sealed")]
    TooLong,
    /// Another key, another owner, or changed bytes.
    #[error("a sealed value does not open")]
    DoesNotOpen,
}

/// A value as the database keeps it.
pub struct Sealed {
    /// Drawn anew for every write.
    pub nonce: Vec<u8>,
    /// Ciphertext and authentication tag.
    pub sealed: Vec<u8>,
}

/// Seals and opens with the portal's key.
pub struct Vault(XChaCha20Poly1305);

impl Vault {
    /// A vault with this key.
    pub fn new(key: &Key) -> Self {
        Self(XChaCha20Poly1305::new(key.bytes().into()))
    }

    /// Seals a value for an owner.
    pub fn seal(&self, owner: &[u8], value: &[u8]) -> Result<Sealed, SealError> {
        let mut nonce = [0_u8; NONCE_LENGTH];
        getrandom::fill(&mut nonce).map_err(|_| RandomError)?;
        let sealed = self.0.encrypt(&XNonce::from(nonce), Payload { msg: value, aad: owner }).map_err(|_| SealError::TooLong)?;
        Ok(Sealed { nonce: nonce.to_vec(), sealed })
    }

    /// Opens a value that was sealed for this owner.
    pub fn open(&self, owner: &[u8], value: &Sealed) -> Result<Zeroizing<Vec<u8>>, SealError> {
        let nonce: [u8; NONCE_LENGTH] = value.nonce.as_slice().try_into().map_err(|_| SealError::DoesNotOpen)?;
        self.0
            .decrypt(&XNonce::from(nonce), Payload { msg: &value.sealed, aad: owner })
            .map(Zeroizing::new)
            .map_err(|_| SealError::DoesNotOpen)
    }
}

impl fmt::Debug for Vault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Vault(…)")
    }
}

/// Whether a key has been used with this database before.
pub async fn has_key(database: &Database) -> Result<bool, StoreError> {
    Ok(read_check(database).await?.is_some())
}

/// Opens the database's key check with the key, or leaves one when there is none yet.
pub async fn check_key(database: &Database, vault: &Vault) -> Result<Result<(), KeyError>, StoreError> {
    if read_check(database).await?.is_none() {
        let check = vault.seal(KEY_CHECK, KEY_CHECK)?;
        // Two portals may start at once: the first one's check stays.
        sqlx::query("INSERT INTO key_check (id, nonce, sealed) VALUES (1, $1, $2) ON CONFLICT (id) DO NOTHING")
            .bind(check.nonce)
            .bind(check.sealed)
            .execute(database)
            .await?;
    }
    let fits = match read_check(database).await? {
        Some(check) => vault.open(KEY_CHECK, &check).is_ok(),
        None => false,
    };
    Ok(if fits { Ok(()) } else { Err(KeyError::Mismatch) })
}

/// From now on the database is this vault's.
pub async fn change_check(executor: impl SqliteExecutor<'_>, vault: &Vault) -> Result<(), StoreError> {
    let check = vault.seal(KEY_CHECK, KEY_CHECK)?;
    sqlx::query("UPDATE key_check SET nonce = $1, sealed = $2 WHERE id = 1").bind(check.nonce).bind(check.sealed).execute(executor).await?;
    Ok(())
}

async fn read_check(database: &Database) -> Result<Option<Sealed>, StoreError> {
    let row: Option<(Vec<u8>, Vec<u8>)> =
        sqlx::query_as("SELECT nonce, sealed FROM key_check WHERE id = 1").fetch_optional(database).await?;
    Ok(row.map(|(nonce, sealed)| Sealed { nonce, sealed }))
}
