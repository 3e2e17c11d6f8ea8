//! The icons of apps: small pictures that are told apart by their bytes, whatever they are called.

use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};
use sqlx::{SqliteConnection, SqliteExecutor};

use crate::database::StoreError;

/// The largest picture, in bytes. One of 64 by 64 pixels is enough on every screen, and takes a tenth of it.
pub const LARGEST: usize = 32 * 1024;

/// How every kind of picture begins that a browser may be given, and its type. None that could hold a script.
const KINDS: [(&[u8], &str); 4] =
    [(b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"), (b"GIF8", "image/gif"), (b"RIFF", "image/webp")];

/// Why a picture was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IconError {
    /// Too many bytes.
    #[error("it has more than {} KB; one of 64 by 64 pixels is enough", LARGEST / 1024)]
    TooLarge,
    /// No picture, or another kind.
    #[error("it is no PNG, JPEG, WebP or GIF picture")]
    Kind,
}

/// An app's icon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Icon {
    version: String,
    url: String,
}

impl Icon {
    /// The icon with these bytes.
    pub fn new(bytes: &[u8]) -> Result<Icon, IconError> {
        if bytes.len() > LARGEST {
            return Err(IconError::TooLarge);
        }
        let (beginning, kind) = KINDS.into_iter().find(|(beginning, _)| bytes.starts_with(beginning)).ok_or(IconError::Kind)?;
        // Sounds and films begin with RIFF as well.
        if beginning == b"RIFF" && bytes.get(8..12) != Some(b"WEBP") {
            return Err(IconError::Kind);
        }
        let digest = Sha256::digest(bytes);
        Ok(Icon {
            version: digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect(),
            url: format!("data:{kind};base64,{}", STANDARD.encode(bytes)),
        })
    }
}

/// Gives an app this icon, or none.
pub async fn put(connection: &mut SqliteConnection, app_id: &str, icon: Option<&Icon>) -> Result<(), StoreError> {
    let Some(icon) = icon else {
        sqlx::query("DELETE FROM app_icons WHERE app_id = $1").bind(app_id).execute(connection).await?;
        return Ok(());
    };
    sqlx::query(
        "INSERT INTO app_icons (app_id, version, url) VALUES ($1, $2, $3)
         ON CONFLICT (app_id) DO UPDATE SET version = excluded.version, url = excluded.url
             WHERE app_icons.version <> excluded.version",
    )
    .bind(app_id)
    .bind(&icon.version)
    .bind(&icon.url)
    .execute(connection)
    .await?;
    Ok(())
}

/// The icons of a person's apps, as ids and `data:` URLs: so many of the first ones, in the order of [`crate::catalogue::list`], as
/// have no more than `most` letters together. Of the others, only the length is looked at: all of them could be more than there
/// is memory.
pub async fn list(executor: impl SqliteExecutor<'_>, account_id: i64, most: i64) -> Result<Vec<(String, String)>, StoreError> {
    let icons = sqlx::query_as(
        "SELECT app_icons.app_id, app_icons.url
         FROM (SELECT apps.id, SUM(LENGTH(app_icons.url)) OVER (ORDER BY LOWER(apps.name), apps.id) AS letters
               FROM app_icons
               JOIN apps ON apps.id = app_icons.app_id
               JOIN assignments ON assignments.app_id = apps.id AND assignments.account_id = $1) AS counted
         JOIN app_icons ON app_icons.app_id = counted.id
         WHERE letters <= $2",
    )
    .bind(account_id)
    .bind(most)
    .fetch_all(executor)
    .await?;
    Ok(icons)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;

    #[test]
    fn only_small_pictures_are_icons() {
        let large = [KINDS[0].0, &vec![0; LARGEST]].concat();
        for (bytes, error) in [
            (&b""[..], IconError::Kind),
            (b"<svg xmlns='http://www.w3.org/2000/svg'/>", IconError::Kind),
            (b"RIFF....WAVEfmt ", IconError::Kind),
            (b"RIFF", IconError::Kind),
            (b"BM", IconError::Kind),
            (&large, IconError::TooLarge),
        ] {
            assert_eq!(Icon::new(bytes), Err(error));
        }
        for (bytes, kind) in
            [(&b"\x89PNG\r\n\x1a\n..."[..], "png"), (b"\xff\xd8\xff\xe0..", "jpeg"), (b"GIF89a..", "gif"), (b"RIFF\0\0\0\0WEBP", "webp")]
        {
            let icon = Icon::new(bytes).unwrap();
            assert_eq!(icon.url, format!("data:image/{kind};base64,{}", STANDARD.encode(bytes)));
            assert_ne!(icon.version, Icon::new(&[bytes, b"!"].concat()).unwrap().version);
        }
    }
}
