//! The API the extension calls, after the bearer is known.

use std::collections::BTreeMap;

use axum::{
    Json,
    body::Bytes,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::Serialize;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::{
    Portal, Shared,
    app_view::{AppList, AppView},
    bearer::Bearer,
    problem::{AppId, JsonBody, Kind, Problem},
};
use crate::{
    app::Mode,
    catalogue::{self, Entry},
    clock::now,
    credential, icon,
    oauth::grant::{self, Caller},
    outcome::{self, Report},
};

/// How many letters the icons of one person have together at most: enough for some hundred of the usual size, and little
/// beside what an extension may keep.
const ICONS: usize = 1024 * 1024;

pub(crate) async fn me(Bearer(caller): Bearer) -> Response {
    let account = &caller.account;
    let id = account.id.to_string();
    Json(json!({ "id": id, "name": account.name, "username": account.username, "administrator": caller.administrator })).into_response()
}

pub(crate) async fn apps(State(portal): Shared, Bearer(caller): Bearer, headers: HeaderMap) -> Result<Response, Problem> {
    let entries = catalogue::list(&portal.database, caller.account.id).await?;
    let list = AppList { apps: entries.iter().filter_map(AppView::of).collect() };
    tagged(&caller, &headers, &list)
}

/// The icons of the apps, as many as fit: of those that come last, the letters stand.
pub(crate) async fn icons(State(portal): Shared, Bearer(caller): Bearer, headers: HeaderMap) -> Result<Response, Problem> {
    let mut room = ICONS;
    let mut icons = icon::list(&portal.database, caller.account.id).await?;
    icons.retain(|(_, url)| room.checked_sub(url.len()).map(|left| room = left).is_some());
    tagged(&caller, &headers, &json!({ "icons": icons.into_iter().collect::<BTreeMap<_, _>>() }))
}

/// A document that is sent again only if it has changed.
fn tagged(caller: &Caller, headers: &HeaderMap, document: &impl Serialize) -> Result<Response, Problem> {
    let body = serde_json::to_vec(document).map_err(|_| Problem::internal())?;
    // A hash of the very bytes is a strong validator. The person is hashed in, so that no two people share a tag.
    let mut hasher = Sha256::new();
    hasher.update(caller.account.id.to_be_bytes());
    hasher.update(&body);
    let tag = format!("\"{}\"", URL_SAFE_NO_PAD.encode(hasher.finalize()));
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

pub(crate) async fn credential(State(portal): Shared, Bearer(caller): Bearer, AppId(id): AppId) -> Result<Response, Problem> {
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
    let body = [br#"{"fields":"#.as_slice(), &fields.to_json()?, b"}"].concat();
    Ok(([(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")], Bytes::from(body)).into_response())
}

pub(crate) async fn outcome(
    State(portal): Shared,
    Bearer(caller): Bearer,
    AppId(id): AppId,
    JsonBody(report): JsonBody<Report>,
) -> Result<StatusCode, Problem> {
    if !report.has_plain_host() {
        return Err(Problem::new(Kind::InvalidRequest, "The host must be a host name in lower case, without a port."));
    }
    // Also for apps that are not the person's: that a fill was refused for it belongs in the trail.
    if catalogue::find(&portal.database, caller.account.id, &id).await?.is_none() {
        return Err(no_such_app());
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
