//! Where a person stores, changes and removes their password for an app. What is stored is never shown again, except
//! for text fields such as the user name.

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use zeroize::Zeroizing;

use super::{
    Portal, Shared,
    page::{self, Failed, Frame, render},
    posted::{Asked, Posted},
    problem::AppId,
    same_origin,
    visitor::Visitor,
};
use crate::{
    app::{App, FieldKind, Mode},
    catalogue,
    clock::now,
    credential::{self, Fields, LONGEST_VALUE},
    database::StoreError,
    oauth::parameters::Parameters,
    outcome::{self, Outcome, Report},
    session::Session,
};

#[derive(Template)]
#[template(path = "app_password.html")]
struct AppPasswordPage {
    frame: Frame,
    app: App,
    inputs: Vec<Input>,
    stored: bool,
    notice: Option<Notice>,
    sentence: Option<String>,
}

struct Input {
    /// Prefixed, so that no field can take a name the form itself uses.
    name: String,
    label: String,
    secret: bool,
    value: String,
}

/// What has just been done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Notice {
    Saved,
    Removed,
}

pub(crate) async fn show(
    State(portal): Shared,
    Visitor(session): Visitor,
    AppId(id): AppId,
    Asked(query): Asked,
) -> Result<Response, Failed> {
    let app = match password_app(&portal, &session, &id).await? {
        Ok(app) => app,
        Err(refused) => return Ok(refused),
    };
    let stored = credential::fetch(&portal.database, &portal.vault, session.account.id, &id).await?;
    // The address can be opened at any time: a notice that does not fit what is stored would be a lie.
    let notice = match (query.get("done"), &stored) {
        (Some("saved"), Some(_)) => Some(Notice::Saved),
        (Some("removed"), None) => Some(Notice::Removed),
        _ => None,
    };
    let inputs = inputs(&app, |name| stored.as_ref().and_then(|fields| fields.0.get(name)).map(|value| value.as_str()));
    let stored = stored.is_some();
    let page = AppPasswordPage { frame: Frame::new(&portal, Some(session)), app, inputs, stored, notice, sentence: None };
    Ok(render(StatusCode::OK, &page))
}

pub(crate) async fn store(
    State(portal): Shared,
    Visitor(session): Visitor,
    AppId(id): AppId,
    Posted(form): Posted,
) -> Result<Response, Failed> {
    let app = match allowed(&portal, &session, &id, &form).await? {
        Ok(app) => app,
        Err(refused) => return Ok(refused),
    };
    match typed_fields(&app, &form) {
        Ok(fields) => {
            keep(&portal, session.account.id, &id, &fields).await?;
            Ok(Redirect::to(&format!("/apps/{id}/password?done=saved")).into_response())
        }
        Err(sentence) => {
            let stored = credential::fetch(&portal.database, &portal.vault, session.account.id, &id).await?.is_some();
            let inputs = inputs(&app, |name| form.get(&input_name(name)));
            let frame = Frame::new(&portal, Some(session));
            let page = AppPasswordPage { frame, app, inputs, stored, notice: None, sentence: Some(sentence) };
            Ok(render(StatusCode::BAD_REQUEST, &page))
        }
    }
}

pub(crate) async fn remove(
    State(portal): Shared,
    Visitor(session): Visitor,
    AppId(id): AppId,
    Posted(form): Posted,
) -> Result<Response, Failed> {
    if let Err(refused) = allowed(&portal, &session, &id, &form).await? {
        return Ok(refused);
    }
    forget(&portal, session.account.id, &id).await?;
    Ok(Redirect::to(&format!("/apps/{id}/password?done=removed")).into_response())
}

/// Stores a password together with its line in the audit trail.
async fn keep(portal: &Portal, account_id: i64, app_id: &str, fields: &Fields) -> Result<(), StoreError> {
    let mut transaction = portal.database.begin().await?;
    credential::store(&mut *transaction, &portal.vault, account_id, app_id, fields, now()).await?;
    outcome::record(&mut *transaction, account_id, app_id, &Report::of_portal(Outcome::PasswordStored), now()).await?;
    Ok(transaction.commit().await?)
}

/// The same for one that is removed.
async fn forget(portal: &Portal, account_id: i64, app_id: &str) -> Result<(), StoreError> {
    let mut transaction = portal.database.begin().await?;
    if credential::remove(&mut *transaction, account_id, app_id).await? {
        outcome::record(&mut *transaction, account_id, app_id, &Report::of_portal(Outcome::PasswordRemoved), now()).await?;
    }
    Ok(transaction.commit().await?)
}

async fn allowed(portal: &Portal, session: &Session, id: &str, form: &Parameters) -> Result<Result<App, Response>, Failed> {
    if !same_origin::is_own_form(session, form.get("form_token").unwrap_or_default()) {
        return Ok(Err(page::forged(portal)));
    }
    password_app(portal, session, id).await
}

/// The app, when this person may store a password for it; else the page that says why not.
async fn password_app(portal: &Portal, session: &Session, id: &str) -> Result<Result<App, Response>, Failed> {
    let refused = |status, title, sentence| Ok(Err(page::message(portal, status, title, sentence)));
    let Some(entry) = catalogue::find(&portal.database, session.account.id, id).await? else {
        return refused(StatusCode::NOT_FOUND, "No such app", "This portal has no app at this address.");
    };
    if !entry.assigned {
        let sentence = "This app is not assigned to you. If you need it, ask your administrator.";
        return refused(StatusCode::FORBIDDEN, "Not your app", sentence);
    }
    if entry.app.mode != Mode::Password {
        let sentence = "This app needs no stored password: open it from your apps, and it signs you in by itself.";
        return refused(StatusCode::NOT_FOUND, "No password needed", sentence);
    }
    Ok(Ok(entry.app))
}

fn input_name(field: &str) -> String {
    format!("field.{field}")
}

fn inputs<'a>(app: &App, value: impl Fn(&str) -> Option<&'a str>) -> Vec<Input> {
    let fields = app.credential_fields().into_iter();
    fields
        .map(|(name, label, kind)| Input {
            name: input_name(name),
            label: label.to_owned(),
            secret: kind == FieldKind::Password,
            value: if kind == FieldKind::Text { value(name).unwrap_or_default().to_owned() } else { String::new() },
        })
        .collect()
}

fn typed_fields(app: &App, form: &Parameters) -> Result<Fields, String> {
    let mut fields = Fields::default();
    for (name, label, kind) in app.credential_fields() {
        let typed = form.get(&input_name(name)).unwrap_or_default();
        let typed = if kind == FieldKind::Text { typed.trim() } else { typed };
        if typed.is_empty() {
            return Err(format!("Nothing was saved: “{label}” is empty."));
        }
        if typed.len() > LONGEST_VALUE {
            return Err(format!("Nothing was saved: “{label}” is longer than {LONGEST_VALUE} characters."));
        }
        fields.0.insert(name.to_owned(), Zeroizing::new(typed.to_owned()));
    }
    Ok(fields)
}
