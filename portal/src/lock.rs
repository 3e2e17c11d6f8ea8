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
        let path = beside(database, "-lock");
        let failed = |error: io::Error| match error.kind() {
            // There is no such folder, and no database in it.
            io::ErrorKind::NotFound => OpenError::File(database.to_owned(), error),
            _ => OpenError::Lock(path.clone(), error),
        };
        let file = open_private(&path).map_err(failed)?;
        give_to_owner_of(database, &file);
        match take(&file) {
            Ok(()) => Ok(Self(Arc::new(file))),
            Err(TryLockError::WouldBlock) => Err(taken),
            Err(TryLockError::Error(error)) => Err(failed(error)),
        }
    }
}

/// Whoever does something as root must not leave a lock that the portal can't take. SQLite does the same with its own files.
fn give_to_owner_of(database: &Path, lock: &File) {
    #[cfg(unix)]
    if let Ok(database) = database.metadata() {
        use std::os::unix::fs::{MetadataExt, fchown};
        // Nobody but root can, and nobody else has to.
        let _not_root = fchown(lock, Some(database.uid()), Some(database.gid()));
    }
    #[cfg(not(unix))]
    let _ = (database, lock);
}
