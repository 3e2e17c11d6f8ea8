//! The key that seals credentials: read from the environment or from a file, made at the first start.
//!
//! It is 32 bytes in base64. Losing it loses every stored credential; the database alone can't give them away.

use std::{
    fmt, io,
    io::Write,
    path::{Path, PathBuf},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use zeroize::Zeroizing;

/// The environment variable that carries the key instead of a file.
pub const KEY_VARIABLE: &str = "MY_APPS_PORTAL_KEY";

/// What the variable holds. An empty one is none: so compose files write what is not set.
pub fn variable() -> Option<String> {
    std::env::var(KEY_VARIABLE).ok().filter(|text| !text.is_empty())
}

/// Why there is no usable key.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The variable does not hold a key.
    #[error("{KEY_VARIABLE} must hold 32 bytes in base64 (make one with: openssl rand -base64 32).")]
    Variable,
    /// The file can't be read or written.
    #[error("The key file {0} can't be used: {1}.")]
    File(PathBuf, io::Error),
    /// Others can read the file.
    #[error("The key file {0} can be read by other users of this computer; run: chmod 600 {0}")]
    Permissions(PathBuf),
    /// The file does not hold a key.
    #[error("The key file {0} must hold 32 bytes in base64 and nothing else.")]
    Contents(PathBuf),
    /// No file, but credentials were sealed before.
    #[error("The key file {0} is missing, but this database was made with one; restore it from your backup.")]
    Missing(PathBuf),
    /// The key is not the database's.
    #[error("The key does not fit this database; start with the key the database was made with.")]
    Mismatch,
    /// No random numbers for a new key.
    #[error("A new key can't be made, because the operating system gave no random numbers.")]
    Random,
}

/// The vault's key.
pub struct Key(Zeroizing<[u8; 32]>);

impl Key {
    /// Reads the key from base64 text, as the environment carries it.
    pub fn from_variable(text: &str) -> Result<Self, KeyError> {
        decode(text).ok_or(KeyError::Variable)
    }

    /// Reads the key file. When there is none, makes one, unless the database already `has_key`.
    pub fn from_file(path: &Path, has_key: bool) -> Result<Self, KeyError> {
        match read_private(path) {
            Err(KeyError::File(_, error)) if error.kind() == io::ErrorKind::NotFound => {
                if has_key {
                    return Err(KeyError::Missing(path.to_owned()));
                }
                create(path)
            }
            read => decode(&read?).ok_or_else(|| KeyError::Contents(path.to_owned())),
        }
    }

    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Key(…)")
    }
}

fn decode(text: &str) -> Option<Key> {
    let bytes = Zeroizing::new(STANDARD.decode(text.trim()).ok()?);
    let mut key = Zeroizing::new([0_u8; 32]);
    if bytes.len() != key.len() {
        return None;
    }
    key.copy_from_slice(&bytes);
    Some(Key(key))
}

fn read_private(path: &Path) -> Result<Zeroizing<String>, KeyError> {
    let failed = |error| KeyError::File(path.to_owned(), error);
    let metadata = std::fs::metadata(path).map_err(failed)?;
    #[cfg(unix)]
    if std::os::unix::fs::PermissionsExt::mode(&metadata.permissions()) & 0o077 != 0 {
        return Err(KeyError::Permissions(path.to_owned()));
    }
    #[cfg(not(unix))]
    let _ = metadata;
    match std::fs::read_to_string(path) {
        Err(error) if error.kind() == io::ErrorKind::InvalidData => Err(KeyError::Contents(path.to_owned())),
        read => read.map(Zeroizing::new).map_err(failed),
    }
}

fn create(path: &Path) -> Result<Key, KeyError> {
    let mut key = Zeroizing::new([0_u8; 32]);
    getrandom::fill(&mut *key).map_err(|_| KeyError::Random)?;
    let text = Zeroizing::new(format!("{}\n", STANDARD.encode(&key[..])));
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let write = || -> io::Result<()> {
        let mut file = options.open(path)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()
    };
    write().map_err(|error| KeyError::File(path.to_owned(), error))?;
    Ok(Key(key))
}
