//! How the extension finds an app's sign-in form: taught through the API, looked after on pages. For administrators.

use askama::Template;
use axum::{
    Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde_json::{Value, json};

use super::{
    Portal, Shared,
    bearer::Bearer,
    page::{self, Failed, Frame, render},
    posted::{Asked, Posted},
    problem::{AppId, JsonBody, Kind, Problem},
    same_origin,
    visitor::Administrator,
};
use crate::{
    app::{App, Form, Mode},
    catalogue,
    clock::{self, now},
    form_version::{self, Version},
    outcome::Outcome,
    session::Session,
};

/// No form that was described with care is larger.
pub(crate) const LARGEST: usize = 64 * 1024;

/// What a body must look like, for one that does not.
const SHAPE: &str = "The body must be a form: \"steps\", each with \"fields\" (\"field_id\", \"label\", \"type\", \"locators\") and \
                     \"submit\", and perhaps a \"frame_origin\".";

/// Takes a form that an administrator taught the extension.
pub(crate) async fn put(
    State(portal): Shared,
    Bearer(caller): Bearer,
    AppId(id): AppId,
    JsonBody(body): JsonBody<Value>,
) -> Result<Response, Problem> {
    if !caller.administrator {
        return Err(Problem::new(Kind::NotAdministrator, "Only administrators describe how an app's form is filled."));
    }
    let form: Form = serde_json::from_value(body).map_err(|_| Problem::new(Kind::InvalidRequest, SHAPE))?;
    form.check().map_err(|error| Problem::new(Kind::InvalidRequest, format!("The form {error}.")))?;
    let no_such_app = || Problem::new(Kind::NoSuchApp, "The portal has no app with this id.");
    let entry = catalogue::find(&portal.database, caller.account.id, &id).await?.ok_or_else(no_such_app)?;
    if entry.app.mode != Mode::Password {
        return Err(Problem::new(Kind::NoPasswordApp, "This app does not sign in with a stored password."));
    }
    let saved = form_version::save(&portal.database, &id, Some(&form), caller.account.id, Outcome::FormTaught, now()).await?;
    let version = saved.ok_or_else(no_such_app)?;
    Ok(Json(json!({ "version": version })).into_response())
}

#[derive(Template)]
#[template(path = "forms.html")]
struct FormsPage {
    frame: Frame,
    apps: Vec<ShownApp>,
}

struct ShownApp {
    id: String,
    name: String,
    state: String,
}

/// Every password app, and whether its form is described.
pub(crate) async fn list(State(portal): Shared, Administrator(session): Administrator) -> Result<Response, Failed> {
    let latest = form_version::latest(&portal.database).await?;
    let entries = catalogue::list(&portal.database, session.account.id).await?;
    let apps = entries.into_iter().map(|entry| entry.app).filter(|app| app.mode == Mode::Password).map(|app| {
        let taught = latest.iter().find(|latest| latest.app_id == app.id);
        let what = if app.form.is_some() { "Described" } else { "Found by the extension itself" };
        let state = match taught.and_then(|latest| Some((latest.number, latest.saved_at?))) {
            Some((number, time)) => format!("{what}, version {number} of {}", day(time)),
            None => what.to_owned(),
        };
        ShownApp { id: app.id, name: app.name, state }
    });
    let page = FormsPage { apps: apps.collect(), frame: Frame::new(&portal, Some(session)) };
    Ok(render(StatusCode::OK, &page))
}

#[derive(Template)]
#[template(path = "app_form.html")]
struct AppFormPage {
    frame: Frame,
    app: App,
    versions: Vec<ShownVersion>,
    restored: bool,
}

struct ShownVersion {
    number: i64,
    is_current: bool,
    when: String,
    who: String,
    changes: Vec<String>,
    /// As it is, for whoever wants to know exactly.
    source: String,
}

/// The versions of an app's form.
pub(crate) async fn show(
    State(portal): Shared,
    Administrator(session): Administrator,
    AppId(id): AppId,
    Asked(query): Asked,
) -> Result<Response, Failed> {
    let app = match password_app(&portal, &session, &id).await? {
        Ok(app) => app,
        Err(refused) => return Ok(refused),
    };
    let mut versions = form_version::list(&portal.database, &id).await?;
    if versions.is_empty() {
        versions.push(Version { number: 1, saved_at: None, account_id: None, person: None, form: app.form.clone() });
    }
    let shown = versions.iter().enumerate().map(|(place, version)| {
        let before = versions.get(place + 1);
        ShownVersion::of(version, before, place == 0)
    });
    let restored = query.get("done") == Some("restored");
    let page = AppFormPage { versions: shown.collect(), frame: Frame::new(&portal, Some(session)), app, restored };
    Ok(render(StatusCode::OK, &page))
}

/// Makes a version the current one again, as a new version.
pub(crate) async fn restore(
    State(portal): Shared,
    Administrator(session): Administrator,
    AppId(id): AppId,
    Posted(form): Posted,
) -> Result<Response, Failed> {
    if !same_origin::is_own_form(&session, form.get("form_token").unwrap_or_default()) {
        return Ok(page::forged(&portal));
    }
    if let Err(refused) = password_app(&portal, &session, &id).await? {
        return Ok(refused);
    }
    let number = form.get("version").and_then(|number| number.parse().ok()).unwrap_or(0);
    let Some(version) = form_version::find(&portal.database, &id, number).await? else {
        return Ok(page::message(&portal, StatusCode::NOT_FOUND, "No such version", "This form has no version of this number."));
    };
    form_version::save(&portal.database, &id, version.form.as_ref(), session.account.id, Outcome::FormRestored, now()).await?;
    Ok(Redirect::to(&format!("/apps/{id}/form?done=restored")).into_response())
}

/// The app, when it can have a form; else the page that says why not.
async fn password_app(portal: &Portal, session: &Session, id: &str) -> Result<Result<App, Response>, Failed> {
    let entry = catalogue::find(&portal.database, session.account.id, id).await?;
    Ok(entry.map(|entry| entry.app).filter(|app| app.mode == Mode::Password).ok_or_else(|| {
        let sentence = "This portal has no app with a sign-in form at this address.";
        page::message(portal, StatusCode::NOT_FOUND, "No such app", sentence)
    }))
}

fn day(time: i64) -> String {
    let time = clock::utc(time);
    time.split_once('T').map_or_else(String::new, |(day, _)| day.to_owned())
}

impl ShownVersion {
    fn of(version: &Version, before: Option<&Version>, is_current: bool) -> Self {
        let removed = || version.account_id.map(|id| format!("Person {id} (removed)"));
        Self {
            number: version.number,
            is_current,
            when: version.saved_at.map(|time| clock::utc(time).replace('T', " ").replace('Z', "")).unwrap_or_default(),
            who: version.person.clone().or_else(removed).unwrap_or_else(|| "Set up with the app".to_owned()),
            changes: Form::changes(before.and_then(|version| version.form.as_ref()), version.form.as_ref()),
            source: version.form.as_ref().and_then(|form| serde_json::to_string_pretty(form).ok()).unwrap_or_default(),
        }
    }
}
