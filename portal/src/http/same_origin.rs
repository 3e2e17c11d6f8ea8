//! Forged form posts: a state-changing request must come from the portal's own pages.
//!
//! Browsers say where a request comes from in `Sec-Fetch-Site`; `Origin` alone is not enough, because pages with
//! `Referrer-Policy: no-referrer` send `Origin: null`. Forms of a signed-in person carry the session's token as well.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, Method, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use subtle::ConstantTimeEq;

use super::{Shared, page};
use crate::session::Session;

/// Refuses what comes from elsewhere.
pub(crate) async fn require(State(portal): Shared, request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if reads || is_same_origin(request.headers(), portal.settings.public_url.as_str()) {
        next.run(request).await
    } else {
        page::forged(&portal).into_response()
    }
}

fn is_same_origin(headers: &HeaderMap, own: &str) -> bool {
    let value = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("unreadable"));
    let origin = value(header::ORIGIN.as_str());
    match value("sec-fetch-site") {
        Some(site) => site == "same-origin",
        None => origin == Some(own),
    }
}

/// Whether a form carries the session's token.
pub(crate) fn is_own_form(session: &Session, presented: &str) -> bool {
    session.form_token.as_bytes().ct_eq(presented.as_bytes()).into()
}
