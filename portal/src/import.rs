//! Filling a portal with apps from a JSON file.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::{
    account::{canonical_username, id_of},
    app::{App, AppError},
    catalogue,
    database::{Database, StoreError},
    icon::{self, Icon, IconError},
};

/// Why a file was not imported. Nothing of it was, then.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// It can't be read.
    #[error("The file {0} can't be read: {1}.")]
    File(PathBuf, std::io::Error),
    /// It is not an array of apps.
    #[error("The file {0} is not an array of apps: {1}.")]
    Format(PathBuf, serde_json::Error),
    /// An app is wrong.
    #[error("The app “{0}” was refused: {1}.")]
    App(String, AppError),
    /// The icon of an app is none.
    #[error("The icon of the app “{0}” was refused: {1}.")]
    Icon(String, IconError),
    /// Nobody has the user name.
    #[error("The app “{0}” is assigned to {1}, but there is no such person; add them first.")]
    NoSuchPerson(String, String),
    /// The database failed.
    #[error("The apps were not imported: {0}.")]
    Store(#[from] StoreError),
}

/// An app as an import file describes it.
#[derive(Debug, Deserialize)]
struct ImportedApp {
    #[serde(flatten)]
    app: App,
    /// A picture, beside the file or below its folder.
    #[serde(default)]
    icon: Option<PathBuf>,
    #[serde(default)]
    assigned_to: Vec<String>,
}

/// Adds the apps of a file, or describes them anew, and assigns them to exactly the people named.
pub async fn import(database: &Database, file: &Path) -> Result<(), ImportError> {
    let text = std::fs::read_to_string(file).map_err(|error| ImportError::File(file.to_owned(), error))?;
    let apps: Vec<ImportedApp> = serde_json::from_str(&text).map_err(|error| ImportError::Format(file.to_owned(), error))?;
    let mut transaction = database.begin().await.map_err(StoreError::from)?;
    for ImportedApp { app, icon, assigned_to } in apps {
        app.check().map_err(|error| ImportError::App(app.id.clone(), error))?;
        let mut people = Vec::with_capacity(assigned_to.len());
        for username in assigned_to {
            let person = id_of(&mut *transaction, &canonical_username(&username)).await?;
            people.push(person.ok_or_else(|| ImportError::NoSuchPerson(app.id.clone(), username))?);
        }
        let icon = icon.map(|icon| read_icon(&app.id, &file.with_file_name(icon))).transpose()?;
        catalogue::put(&mut transaction, &app).await?;
        icon::put(&mut transaction, &app.id, icon.as_ref()).await?;
        catalogue::assign(&mut transaction, &app.id, &people).await?;
    }
    transaction.commit().await.map_err(StoreError::from)?;
    Ok(())
}

fn read_icon(app: &str, file: &Path) -> Result<Icon, ImportError> {
    let bytes = std::fs::read(file).map_err(|error| ImportError::File(file.to_owned(), error))?;
    Icon::new(&bytes).map_err(|error| ImportError::Icon(app.to_owned(), error))
}
