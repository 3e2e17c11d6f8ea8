//! The expenses app: its script draws the form and sends JSON.

use askama::Template;
use axum::{
    Json,
    http::{StatusCode, header},
    response::{AppendHeaders, IntoResponse, Response},
};
use serde::Deserialize;
use serde_json::json;

use crate::{page, session, site::Site, state::Samples};

#[derive(Template)]
#[template(path = "expenses.html")]
struct Root {
    site: Site,
}

/// What the script sends.
#[derive(Deserialize)]
struct Sent {
    username: String,
    password: String,
}

pub(crate) fn show(site: Site) -> Response {
    page::render(StatusCode::OK, &Root { site })
}

pub(crate) fn submit(site: Site, samples: &Samples, body: &[u8]) -> Response {
    let Ok(sent) = serde_json::from_slice::<Sent>(body) else { return StatusCode::BAD_REQUEST.into_response() };
    match session::try_password(samples, site, &sent.username, &sent.password) {
        Some(secret) => {
            let cookie = session::cookie(&secret, "");
            (AppendHeaders([(header::SET_COOKIE, cookie)]), Json(json!({ "name": sent.username }))).into_response()
        }
        None => (StatusCode::FORBIDDEN, Json(json!({ "error": "wrong" }))).into_response(),
    }
}
