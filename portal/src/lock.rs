//! Who has a database in use. Every open database holds its lock together with the others; what needs the file for itself,
//! because a running portal would notice too late, takes it alone.
//!
//! The lock is on a file of its own: SQLite locks the database's in ways that others must not disturb. It ends with the
//! process, however that ends, and its file stays.

use std::{
    fs::{File, TryLockError},
    io,
    path::Path,
    sync::Arc,
};

use crate::database::{OpenError, beside, open_private};

/// A lock that is held for as long as one of its clones is there.
#[derive(Debug, Clone)]
pub struct Lock(#[expect(dead_code, reason = "it is held, and nothing is ever asked of it")] Arc<File>);

impl Lock {
    /// Together with everybody else who has the database in use.
    pub fn shared(database: &Path) -> Result<Self, OpenError> {
        Self::take(database, File::try_lock_shared, OpenError::Reserved(database.to_owned()))
    }

    /// Alone.
    pub fn alone(database: &Path) -> Result<Self, OpenError> {
        Self::take(database, File::try_lock, OpenError::InUse(database.to_owned()))
    }

    fn take(database: &Path, take: impl Fn(&File) -> Result<(), TryLockError>, taken: OpenError) -> Result<Self, OpenError> {
        let failed = |error: io::Error| OpenError::File(database.to_owned(), error);
        let file = open_private(&beside(database, "-lock")).map_err(failed)?;
        match take(&file) {
            Ok(()) => Ok(Self(Arc::new(file))),
            Err(TryLockError::WouldBlock) => Err(taken),
            Err(TryLockError::Error(error)) => Err(failed(error)),
        }
    }
}
