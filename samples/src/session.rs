//! Who is signed in to an app: checking a password, the session that a right one begins, and its cookie.

use axum::{
    http::header,
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};
use axum_extra::extract::CookieJar;

use crate::{accounts, site::Site, state::Samples};

/// Each app has its own host, so one name serves all.
const SESSION: &str = "session";

/// Who is signed in to the app in this browser.
pub(crate) fn person(site: Site, samples: &Samples, cookies: &CookieJar) -> Option<String> {
    cookies.get(SESSION).and_then(|cookie| samples.signed_in(site, cookie.value()))
}

/// Checks and counts a password; a right one begins a session, whose secret this is.
pub(crate) fn try_password(samples: &Samples, site: Site, username: &str, password: &str) -> Option<String> {
    let right = accounts::check(site, username.trim(), password);
    samples.count(site, right);
    if right { samples.begin_session(site, username.trim()) } else { None }
}

/// The header that gives the browser the session, for as long as it runs or for `lifetime`.
pub(crate) fn cookie(secret: &str, lifetime: &str) -> String {
    format!("{SESSION}={secret}; Path=/; HttpOnly; SameSite=Lax{lifetime}")
}

/// Answers with the session's cookie and a way on.
pub(crate) fn enter(cookie: String, to: &str) -> Response {
    (AppendHeaders([(header::SET_COOKIE, cookie)]), Redirect::to(to)).into_response()
}

/// Ends the session, if there is one.
pub(crate) fn leave(samples: &Samples, cookies: &CookieJar, to: &str) -> Response {
    if let Some(cookie) = cookies.get(SESSION) {
        samples.end_session(cookie.value());
    }
    enter(format!("{SESSION}=; Path=/; Max-Age=0"), to)
}
