//! The apps in the database, and who may use which.

use sqlx::{SqliteConnection, SqliteExecutor};

use crate::{
    act::{Act, NOBODY},
    app::{App, Mode},
    assignment,
    database::{Database, StoreError},
    outcome::Outcome,
};

/// An app as one person sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The app.
    pub app: App,
    /// Whether the person may use it.
    pub assigned: bool,
    /// Whether they have a stored credential for it.
    pub stored: bool,
    /// Which icon it has, if any: [`crate::icon`] has the picture.
    pub icon: Option<String>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    name: String,
    description: String,
    keywords: String,
    mode: String,
    launch_url: String,
    sign_on_rules: String,
    form: Option<String>,
    assigned: i64,
    stored: i64,
    icon: Option<String>,
}

/// What a [`Row`] is read with, up to the choice of apps; `$1` is the person.
macro_rules! entries {
    ($choice:literal) => {
        concat!(
            "SELECT apps.*, app_icons.version AS icon,
                    CASE WHEN assignments.app_id IS NULL THEN 0 ELSE 1 END AS assigned,
                    CASE WHEN credentials.app_id IS NULL THEN 0 ELSE 1 END AS stored
             FROM apps
             LEFT JOIN app_icons ON app_icons.app_id = apps.id
             LEFT JOIN assignments ON assignments.app_id = apps.id AND assignments.account_id = $1
             LEFT JOIN credentials ON credentials.app_id = apps.id AND credentials.account_id = $1 ",
            $choice
        )
    };
}

/// Every app, by name.
pub async fn list(executor: impl SqliteExecutor<'_>, account_id: i64) -> Result<Vec<Entry>, StoreError> {
    let query = sqlx::query_as(entries!("ORDER BY LOWER(apps.name), apps.id")).bind(account_id);
    query.fetch_all(executor).await?.into_iter().map(Row::read).collect()
}

/// One app.
pub async fn find(executor: impl SqliteExecutor<'_>, account_id: i64, app_id: &str) -> Result<Option<Entry>, StoreError> {
    let query = sqlx::query_as(entries!("WHERE apps.id = $2")).bind(account_id).bind(app_id);
    query.fetch_optional(executor).await?.map(Row::read).transpose()
}

/// Adds an app, or describes it anew. A form that an administrator taught stays: whoever sets up apps from a file again
/// must not undo it.
pub async fn put(connection: &mut SqliteConnection, app: &App) -> Result<(), StoreError> {
    let json = |what, value: serde_json::Result<String>| value.map_err(|_| StoreError::Unreadable(what));
    sqlx::query(
        "INSERT INTO apps (id, name, description, keywords, mode, launch_url, sign_on_rules, form)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, description = excluded.description,
             keywords = excluded.keywords, mode = excluded.mode, launch_url = excluded.launch_url,
             sign_on_rules = excluded.sign_on_rules,
             form = CASE WHEN excluded.mode = 'password' AND EXISTS (SELECT 1 FROM form_versions WHERE app_id = excluded.id)
                         THEN apps.form ELSE excluded.form END",
    )
    .bind(&app.id)
    .bind(&app.name)
    .bind(&app.description)
    .bind(json("keywords", serde_json::to_string(&app.keywords))?)
    .bind(app.mode.as_str())
    .bind(&app.launch_url)
    .bind(json("sign-on rules", serde_json::to_string(&app.sign_on_rules))?)
    .bind(app.form.as_ref().map(|form| json("form", serde_json::to_string(form))).transpose()?)
    .execute(connection)
    .await?;
    Ok(())
}

/// Removes an app, with everybody's stored passwords for it and every form it was taught; whether there was one.
pub async fn remove(database: &Database, act: &Act, app_id: &str) -> Result<bool, StoreError> {
    let mut transaction = database.begin_with("BEGIN IMMEDIATE").await?;
    let removed = sqlx::query("DELETE FROM apps WHERE id = $1").bind(app_id).execute(&mut *transaction).await?;
    if removed.rows_affected() == 0 {
        return Ok(false);
    }
    assignment::count_change(&mut *transaction).await?;
    act.record(&mut *transaction, NOBODY, app_id, Outcome::AppRemoved).await?;
    transaction.commit().await?;
    Ok(true)
}

impl Row {
    fn read(self) -> Result<Entry, StoreError> {
        let unreadable = StoreError::Unreadable;
        Ok(Entry {
            assigned: self.assigned != 0,
            stored: self.stored != 0,
            icon: self.icon,
            app: App {
                id: self.id,
                name: self.name,
                description: self.description,
                keywords: serde_json::from_str(&self.keywords).map_err(|_| unreadable("list of keywords"))?,
                mode: Mode::from_name(&self.mode).ok_or(unreadable("mode"))?,
                launch_url: self.launch_url,
                sign_on_rules: serde_json::from_str(&self.sign_on_rules).map_err(|_| unreadable("list of sign-on rules"))?,
                form: self.form.map(|form| serde_json::from_str(&form)).transpose().map_err(|_| unreadable("form"))?,
            },
        })
    }
}
