//! Another key for everything that is sealed: at once or not at all, and while nobody else has the database in use. A portal
//! that still ran with the key before would go on sealing with it.

use std::path::{Path, PathBuf};

use crate::{
    act::{Act, NOBODY},
    credential,
    database::{self, OpenError, StoreError},
    key::Key,
    lock::Lock,
    outcome::Outcome,
    serve::{StartError, open_vault},
    vault::{self, Vault},
};

/// Why the key is still the one before.
#[derive(Debug, thiserror::Error)]
pub enum KeyChangeError {
    /// It is the same one.
    #[error("The file {0} holds the key that is in use; name one that is not there, and it is made.")]
    SameKey(PathBuf),
    /// One does not open.
    #[error(
        "The key was not changed: what the person with the number {0} stored for the app {1} does not open. If it is not in a backup, \
         the person must remove it on the app's page first."
    )]
    DoesNotOpen(i64, String),
}

/// Seals every stored credential with the key of another file, which is made when it is missing.
pub async fn change(path: &Path, act: &Act, key_file: &Path, variable: Option<String>, new_key_file: &Path) -> Result<(), StartError> {
    if !path.exists() {
        return Err(OpenError::Missing(path.to_owned()).into());
    }
    let database = database::connect(path, Lock::alone(path)?).await?;
    let before = open_vault(&database, key_file, variable).await?;
    // The new key is on the disk before anything is sealed with it.
    let after = Vault::new(&Key::from_file(new_key_file, false)?);
    if vault::check_key(&database, &after).await?.is_ok() {
        return Err(KeyChangeError::SameKey(new_key_file.to_owned()).into());
    }
    let mut transaction = database.begin_with("BEGIN IMMEDIATE").await.map_err(StoreError::from)?;
    if let Some((account_id, app_id)) = credential::reseal(&mut transaction, &before, &after).await? {
        return Err(KeyChangeError::DoesNotOpen(account_id, app_id).into());
    }
    vault::change_check(&mut *transaction, &after).await?;
    act.record(&mut *transaction, NOBODY, "", Outcome::KeyChanged).await?;
    transaction.commit().await.map_err(StoreError::from)?;
    database.close().await;
    Ok(())
}
