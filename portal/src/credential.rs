//! What a person stored for an app: field names and values, sealed for exactly that person and app.

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};
use sqlx::{SqliteConnection, SqliteExecutor};
use zeroize::Zeroizing;

use crate::{
    database::StoreError,
    vault::{Sealed, Vault},
};

/// In characters. Longer values are no passwords.
pub const LONGEST_VALUE: usize = 1024;

/// Field names and values. Values are wiped from memory when dropped and never appear in `Debug`.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Fields(pub BTreeMap<String, Zeroizing<String>>);

impl fmt::Debug for Fields {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_set().entries(self.0.keys()).finish()
    }
}

impl Fields {
    /// The fields as JSON. The buffer is big enough from the start: one that grew would leave copies behind.
    pub(crate) fn to_json(&self) -> Result<Zeroizing<Vec<u8>>, StoreError> {
        // Each character may become an escape of six.
        let size: usize = self.0.iter().map(|(name, value)| 6 * (name.len() + value.len()) + 8).sum();
        let mut json = Zeroizing::new(Vec::with_capacity(size + 2));
        serde_json::to_writer(&mut *json, self).map_err(|_| StoreError::Unreadable("credential"))?;
        Ok(json)
    }
}

/// Seals and stores a credential in place of an earlier one.
pub async fn store(
    executor: impl SqliteExecutor<'_>,
    vault: &Vault,
    account_id: i64,
    app_id: &str,
    fields: &Fields,
    now: i64,
) -> Result<(), StoreError> {
    let sealed = vault.seal(&owner(account_id, app_id), &fields.to_json()?)?;
    sqlx::query(
        "INSERT INTO credentials (account_id, app_id, nonce, sealed, changed_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (account_id, app_id) DO UPDATE SET nonce = excluded.nonce, sealed = excluded.sealed,
             changed_at = excluded.changed_at",
    )
    .bind(account_id)
    .bind(app_id)
    .bind(sealed.nonce)
    .bind(sealed.sealed)
    .bind(now)
    .execute(executor)
    .await?;
    Ok(())
}

/// Opens a stored credential.
pub async fn fetch(executor: impl SqliteExecutor<'_>, vault: &Vault, account_id: i64, app_id: &str) -> Result<Option<Fields>, StoreError> {
    let row: Option<(Vec<u8>, Vec<u8>)> = sqlx::query_as("SELECT nonce, sealed FROM credentials WHERE account_id = $1 AND app_id = $2")
        .bind(account_id)
        .bind(app_id)
        .fetch_optional(executor)
        .await?;
    let Some((nonce, sealed)) = row else {
        return Ok(None);
    };
    let unreadable = StoreError::Unreadable("credential");
    let Ok(json) = vault.open(&owner(account_id, app_id), &Sealed { nonce, sealed }) else {
        return Err(unreadable);
    };
    serde_json::from_slice(&json).map(Some).map_err(|_| unreadable)
}

/// Removes a stored credential, and says whether there was one.
pub async fn remove(executor: impl SqliteExecutor<'_>, account_id: i64, app_id: &str) -> Result<bool, StoreError> {
    let statement = sqlx::query("DELETE FROM credentials WHERE account_id = $1 AND app_id = $2").bind(account_id).bind(app_id);
    Ok(statement.execute(executor).await?.rows_affected() > 0)
}

/// Seals everything anew with another key. Gives the person and the app of one that does not open, if there is one; nothing is
/// to be kept of it all, then.
pub async fn reseal(connection: &mut SqliteConnection, before: &Vault, after: &Vault) -> Result<Option<(i64, String)>, StoreError> {
    let rows: Vec<(i64, String, Vec<u8>, Vec<u8>)> =
        sqlx::query_as("SELECT account_id, app_id, nonce, sealed FROM credentials").fetch_all(&mut *connection).await?;
    for (account_id, app_id, nonce, sealed) in rows {
        let owner = owner(account_id, &app_id);
        let Ok(fields) = before.open(&owner, &Sealed { nonce, sealed }) else { return Ok(Some((account_id, app_id))) };
        let sealed = after.seal(&owner, &fields)?;
        sqlx::query("UPDATE credentials SET nonce = $1, sealed = $2 WHERE account_id = $3 AND app_id = $4")
            .bind(sealed.nonce)
            .bind(sealed.sealed)
            .bind(account_id)
            .bind(app_id)
            .execute(&mut *connection)
            .await?;
    }
    Ok(None)
}

/// The associated data: the id has a fixed width, so no two owners are written alike.
fn owner(account_id: i64, app_id: &str) -> Vec<u8> {
    [b"my-apps credential 1".as_slice(), &account_id.to_be_bytes(), app_id.as_bytes()].concat()
}
