//! Filling a portal with apps from a JSON file.

use std::{
    collections::{BTreeMap, HashSet},
    path::{Path, PathBuf},
};

use serde::Deserialize;
use serde_json::value::RawValue;
use sqlx::{Connection, SqliteConnection};

use crate::{
    account::{self, canonical_username},
    act::{Act, NOBODY},
    address::SignOnRule,
    app::{App, AppError, Form, Mode},
    assignment::Plan,
    catalogue::{self, Entry},
    database::{Database, StoreError},
    icon::{self, Icon, IconError},
    outcome::Outcome,
    text::without_mark,
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
    /// An app has a key that is none, has one twice or lacks one, or a value of another kind.
    #[error("The app {0} can't be read: {1} (lines are counted from where the app begins).")]
    Unreadable(String, serde_json::Error),
    /// Two apps have one id.
    #[error("The app “{0}” stands in the file twice.")]
    Twice(String),
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

/// An app as an import file describes it. A key that is none of these is a typing mistake, and one that is missing for nothing
/// may be one, too: who may use the app is always said, also when it is nobody.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ImportedApp {
    id: String,
    name: String,
    #[serde(default)]
    description: String,
    #[serde(default)]
    keywords: Vec<String>,
    mode: Mode,
    launch_url: String,
    #[serde(default)]
    sign_on_rules: Vec<SignOnRule>,
    #[serde(default)]
    form: Option<Form>,
    /// A picture, beside the file or below its folder.
    #[serde(default)]
    icon: Option<PathBuf>,
    assigned_to: Vec<String>,
}

/// An app that is in order, with its picture and the user names of those who may use it.
struct Described {
    app: App,
    icon: Option<Icon>,
    people: Vec<String>,
}

/// Adds the apps of a file, or describes them anew, and assigns them to exactly the people named.
///
/// Everything that can be checked is, before anybody who signs in has to wait for it.
pub async fn import(database: &Database, act: &Act, file: &Path) -> Result<(), ImportError> {
    let described = read(file)?;
    let mut connection = database.acquire().await.map_err(StoreError::from)?;
    let known = account::ids(&mut *connection).await?;
    let mut wanted = Vec::with_capacity(described.len());
    for Described { app, people, .. } in &described {
        let ids = people.iter().map(|username| {
            let id = known.get(&canonical_username(username)).copied();
            id.ok_or_else(|| ImportError::NoSuchPerson(app.id.clone(), username.clone()))
        });
        wanted.push((app.id.as_str(), ids.collect::<Result<Vec<_>, _>>()?));
    }
    let plan = Plan::make(&mut connection, &wanted).await?;
    // Looking first and writing then would fail as soon as somebody else has written in between.
    let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await.map_err(StoreError::from)?;
    let before = apps(&mut transaction).await?;
    for Described { app, icon, .. } in &described {
        catalogue::put(&mut transaction, app).await?;
        icon::put(&mut transaction, &app.id, icon.as_ref()).await?;
    }
    record(&mut transaction, act, &before).await?;
    plan.carry_out(&mut transaction, Some(act)).await?;
    transaction.commit().await.map_err(StoreError::from)?;
    Ok(())
}

/// Every app with its icon, by id.
async fn apps(connection: &mut SqliteConnection) -> Result<BTreeMap<String, Entry>, StoreError> {
    let entries = catalogue::list(connection, NOBODY).await?;
    Ok(entries.into_iter().map(|entry| (entry.app.id.clone(), entry)).collect())
}

/// Writes into the audit trail what is new and what is not as it was before.
async fn record(connection: &mut SqliteConnection, act: &Act, before: &BTreeMap<String, Entry>) -> Result<(), StoreError> {
    for (id, entry) in apps(connection).await? {
        let outcome = match before.get(&id) {
            None => Outcome::AppAdded,
            Some(known) if *known != entry => Outcome::AppChanged,
            Some(_) => continue,
        };
        act.record(&mut *connection, NOBODY, &id, outcome).await?;
    }
    Ok(())
}

fn read(file: &Path) -> Result<Vec<Described>, ImportError> {
    let text = std::fs::read_to_string(file).map_err(|error| ImportError::File(file.to_owned(), error))?;
    let apps: Vec<&RawValue> = serde_json::from_str(without_mark(&text)).map_err(|error| ImportError::Format(file.to_owned(), error))?;
    let mut ids = HashSet::new();
    let mut described = Vec::with_capacity(apps.len());
    for (text, number) in apps.into_iter().zip(1..) {
        let imported: ImportedApp = serde_json::from_str(text.get()).map_err(|error| ImportError::Unreadable(name(text, number), error))?;
        let (app, icon, people) = imported.parts();
        app.check().map_err(|error| ImportError::App(app.id.clone(), error))?;
        if !ids.insert(app.id.clone()) {
            return Err(ImportError::Twice(app.id));
        }
        let icon = icon.map(|icon| read_icon(&app.id, &file.with_file_name(icon))).transpose()?;
        described.push(Described { app, icon, people });
    }
    Ok(described)
}

/// What a person finds an app by in their file that can't be read.
fn name(text: &RawValue, number: usize) -> String {
    #[derive(Deserialize)]
    struct Named {
        id: String,
    }
    serde_json::from_str(text.get()).map_or_else(|_| format!("number {number}"), |Named { id }| format!("“{id}”"))
}

impl ImportedApp {
    fn parts(self) -> (App, Option<PathBuf>, Vec<String>) {
        let Self { id, name, description, keywords, mode, launch_url, sign_on_rules, form, icon, assigned_to } = self;
        (App { id, name, description, keywords, mode, launch_url, sign_on_rules, form }, icon, assigned_to)
    }
}

fn read_icon(app: &str, file: &Path) -> Result<Icon, ImportError> {
    let bytes = std::fs::read(file).map_err(|error| ImportError::File(file.to_owned(), error))?;
    Icon::new(&bytes).map_err(|error| ImportError::Icon(app.to_owned(), error))
}
