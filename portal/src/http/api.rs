//! The API the extension calls, after the bearer is known.

use std::collections::BTreeMap;

use axum::{
    Json,
    body::Bytes,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use serde_json::json;

use super::{
    Portal, Shared,
    app_view::{AppList, AppView},
    bearer::{Bearer, PostedBearer},
    problem::{AppId, JsonBody, Kind, Problem},
};
use crate::{
    app::Mode,
    catalogue::{self, Entry},
    clock::now,
    credential, icon,
    oauth::grant::{self, Caller},
    outcome::{self, Outcome, Report, is_plain_host},
    token,
};

/// How many letters the icons of one person have together at most: enough for some hundred of the usual size, and little
/// beside what an extension may keep.
const ICONS: i64 = 1024 * 1024;

pub(crate) async fn me(Bearer(caller): Bearer) -> Response {
    let account = &caller.account;
    let id = account.id.to_string();
    Json(json!({ "id": id, "name": account.name, "username": account.username, "administrator": caller.administrator })).into_response()
}

pub(crate) async fn apps(State(portal): Shared, Bearer(caller): Bearer, headers: HeaderMap) -> Result<Response, Problem> {
    let entries = catalogue::list(&portal.database, caller.account.id).await?;
    let list = AppList { apps: entries.iter().filter_map(AppView::of).collect() };
    // The person is hashed in, so that no two people share a tag.
    tagged(&headers, &caller.account.id.to_be_bytes(), json(&list)?)
}

/// The icons of the apps, as many as fit: of those that come last, the letters stand.
pub(crate) async fn icons(State(portal): Shared, Bearer(caller): Bearer, headers: HeaderMap) -> Result<Response, Problem> {
    let icons = icon::list(&portal.database, caller.account.id, ICONS).await?;
    let document = json!({ "icons": icons.into_iter().collect::<BTreeMap<_, _>>() });
    tagged(&headers, &caller.account.id.to_be_bytes(), json(&document)?)
}

fn json(document: &impl Serialize) -> Result<Vec<u8>, Problem> {
    serde_json::to_vec(document).map_err(|_| Problem::internal())
}

/// A document that is sent again only if it has changed. A hash of the very bytes is a strong validator.
pub(crate) fn tagged(headers: &HeaderMap, salt: &[u8], body: Vec<u8>) -> Result<Response, Problem> {
    let tag = format!("\"{}\"", token::tag(&[salt, &body].concat()));
    let mut response = if is_known(headers, &tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        ([(header::CONTENT_TYPE, "application/json")], body).into_response()
    };
    let answer = response.headers_mut();
    answer.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    answer.insert(header::VARY, HeaderValue::from_static("Authorization"));
    answer.insert(header::ETAG, HeaderValue::from_str(&tag).map_err(|_| Problem::internal())?);
    Ok(response)
}

/// `If-None-Match` compares weakly (RFC 9110, 13.1.2): a proxy that compresses may have weakened our tag.
fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let known = headers.get_all(header::IF_NONE_MATCH).into_iter().filter_map(|value| value.to_str().ok());
    known.flat_map(|value| value.split(',')).map(str::trim).any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
}

pub(crate) async fn credential(State(portal): Shared, AppId(id): AppId, PostedBearer(caller): PostedBearer) -> Result<Response, Problem> {
    let entry = assigned(&portal, &caller, &id).await?;
    if entry.app.mode != Mode::Password {
        return Err(Problem::new(Kind::NoPasswordApp, "This app does not sign in with a stored password."));
    }
    let session = caller.session_id.to_string();
    if let Some(seconds) = portal.paces.credentials.admit(&session, now()) {
        let what = "Very many passwords were asked for within a minute.";
        return Err(Problem::too_many(what, seconds));
    }
    let fields = credential::fetch(&portal.database, &portal.vault, caller.account.id, &id).await?;
    let Some(fields) = fields else {
        return Err(Problem::new(
            Kind::NoCredential,
            "You have not stored a password for this app yet. Store one on the portal's page for the app.",
        ));
    };
    // Before it is given out, or it is not: nobody has a password of which the trail says nothing.
    outcome::record(&portal.database, caller.account.id, &id, &Report::of_portal(Outcome::PasswordGivenOut), now()).await?;
    let body = [br#"{"fields":"#.as_slice(), &fields.to_json()?, b"}"].concat();
    Ok(([(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")], Bytes::from(body)).into_response())
}

pub(crate) async fn outcome(
    State(portal): Shared,
    Bearer(caller): Bearer,
    AppId(id): AppId,
    JsonBody(report): JsonBody<Report>,
) -> Result<StatusCode, Problem> {
    if !is_plain_host(&report.host) {
        return Err(Problem::new(Kind::InvalidRequest, "The host must be a host name in lower case, without a port."));
    }
    if let Some(seconds) = portal.paces.outcomes.admit(&caller.session_id.to_string(), now()) {
        return Err(Problem::too_many("Very many outcomes were reported within a minute.", seconds));
    }
    if report.outcome == Outcome::Refused {
        // Also for apps that are not the person's: that nothing was filled there belongs in the trail.
        catalogue::find(&portal.database, caller.account.id, &id).await?.ok_or_else(no_such_app)?;
    } else {
        assigned(&portal, &caller, &id).await?;
    }
    outcome::record(&portal.database, caller.account.id, &id, &report, now()).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn end_session(State(portal): Shared, Bearer(caller): Bearer) -> Result<StatusCode, Problem> {
    grant::end_session(&portal.database, &caller).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn assigned(portal: &Portal, caller: &Caller, app_id: &str) -> Result<Entry, Problem> {
    let entry = catalogue::find(&portal.database, caller.account.id, app_id).await?.ok_or_else(no_such_app)?;
    if entry.assigned {
        Ok(entry)
    } else {
        Err(Problem::new(Kind::NotAssigned, "This app is not assigned to you. Ask your administrator for it."))
    }
}

fn no_such_app() -> Problem {
    Problem::new(Kind::NoSuchApp, "The portal has no app with this id.")
}
