//! Where a person stores, changes and removes their password for an app. What is stored is never shown again, except
//! for text fields such as the user name.

use askama::Template;
use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
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
    pace,
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
    /// What is wrong with what was typed.
    wrong: Option<String>,
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
    let stored = stored(&portal, &session, &id).await?;
    // The address can be opened at any time: a notice that does not fit what is stored would be a lie.
    let notice = match (query.get("done"), &stored) {
        (Some("saved"), Stored::Fields(_)) => Some(Notice::Saved),
        (Some("removed"), Stored::Nothing) => Some(Notice::Removed),
        _ => None,
    };
    let inputs = inputs(&app, |name| stored.fields().and_then(|fields| fields.0.get(name)).map(|value| value.as_str()));
    let lost = "What you stored here can no longer be read, so it can’t be filled in for you. Store it anew, or remove it.";
    let sentence = matches!(stored, Stored::Unreadable).then(|| lost.to_owned());
    let stored = stored.is_there();
    let page = AppPasswordPage { frame: Frame::new(&portal, Some(session)), app, inputs, stored, notice, sentence };
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
    let typed = typed_fields(&app, &form);
    let wait = if typed.is_ok() { pause(&portal, &session) } else { None };
    let mut inputs = inputs(&app, |name| form.get(&input_name(name)));
    let (status, sentence) = match (typed, wait) {
        (Ok(fields), None) => {
            keep(&portal, session.account.id, &id, &fields).await?;
            return Ok(Redirect::to(&format!("/apps/{id}/password?done=saved")).into_response());
        }
        (Ok(_), Some(seconds)) => (StatusCode::TOO_MANY_REQUESTS, Some(format!("Nothing was saved. {}", too_often(seconds)))),
        (Err((name, sentence)), _) => {
            inputs.iter_mut().filter(|input| input.name == input_name(name)).for_each(|input| input.wrong = Some(sentence.clone()));
            (StatusCode::BAD_REQUEST, None)
        }
    };
    let stored = stored(&portal, &session, &id).await?.is_there();
    let frame = Frame::new(&portal, Some(session));
    let mut answer = render(status, &AppPasswordPage { frame, app, inputs, stored, notice: None, sentence });
    if let Some(seconds) = wait {
        answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    Ok(answer)
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
    if let Some(seconds) = pause(&portal, &session) {
        return Ok(page::message(&portal, StatusCode::TOO_MANY_REQUESTS, "Nothing was removed", &too_often(seconds)));
    }
    forget(&portal, session.account.id, &id).await?;
    Ok(Redirect::to(&format!("/apps/{id}/password?done=removed")).into_response())
}

/// What a person stored for an app.
enum Stored {
    Nothing,
    Fields(Fields),
    /// It does not open: the person must be able to store it anew or to remove it all the same.
    Unreadable,
}

impl Stored {
    fn fields(&self) -> Option<&Fields> {
        if let Self::Fields(fields) = self { Some(fields) } else { None }
    }

    fn is_there(&self) -> bool {
        !matches!(self, Self::Nothing)
    }
}

async fn stored(portal: &Portal, session: &Session, app_id: &str) -> Result<Stored, StoreError> {
    match credential::fetch(&portal.database, &portal.vault, session.account.id, app_id).await {
        Err(error @ StoreError::Unreadable(_)) => {
            tracing::error!(%error, person = session.account.id, app = app_id, "a page shows none of it");
            Ok(Stored::Unreadable)
        }
        fetched => Ok(fetched?.map_or(Stored::Nothing, Stored::Fields)),
    }
}

/// Each change is a line of the audit trail, with which nobody may fill the disk: they are counted together with what the
/// extension reports in this session. Gives how many seconds to wait.
fn pause(portal: &Portal, session: &Session) -> Option<i64> {
    portal.paces.outcomes.admit(&session.id.to_string(), now())
}

fn too_often(seconds: i64) -> String {
    format!("Very many passwords were changed within a minute. {}", pace::try_again(seconds))
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
            wrong: None,
        })
        .collect()
}

/// What was typed, or the first field that is wrong, and why.
fn typed_fields<'a>(app: &'a App, form: &Parameters) -> Result<Fields, (&'a str, String)> {
    let mut fields = Fields::default();
    for (name, label, kind) in app.credential_fields() {
        let typed = form.get(&input_name(name)).unwrap_or_default();
        let typed = if kind == FieldKind::Text { typed.trim() } else { typed };
        if typed.is_empty() {
            return Err((name, format!("Nothing was saved: “{label}” is empty.")));
        }
        if typed.chars().count() > LONGEST_VALUE {
            return Err((name, format!("Nothing was saved: “{label}” is longer than {LONGEST_VALUE} characters.")));
        }
        fields.0.insert(name.to_owned(), Zeroizing::new(typed.to_owned()));
    }
    Ok(fields)
}
