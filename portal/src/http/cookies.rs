//! The portal's three cookies: the browser session, "the extension has signed in from this browser", and the secret of a
//! browser in which people have signed in.

use axum::http::HeaderMap;
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};

use super::Portal;
use crate::known_browser;

/// Browsers keep no cookie longer than 400 days.
const LONG: i64 = 365 * 86400;
const EXTENSION: &str = "my_apps_extension";

fn session_name(portal: &Portal) -> &'static str {
    // The prefix makes browsers refuse the cookie from other hosts and over http; it needs https itself.
    if portal.settings.public_url.is_https() { "__Host-my_apps_session" } else { "my_apps_session" }
}

fn cookie(portal: &Portal, name: &'static str, value: String) -> Cookie<'static> {
    Cookie::build((name, value)).path("/").http_only(true).same_site(SameSite::Lax).secure(portal.settings.public_url.is_https()).build()
}

/// Written by hand, because the cookie crate wants a duration of its own date library.
fn lasting(cookie: Cookie<'static>, seconds: i64) -> String {
    format!("{cookie}; Max-Age={seconds}")
}

/// The session secret a browser sent.
pub(crate) fn session(portal: &Portal, headers: &HeaderMap) -> Option<String> {
    CookieJar::from_headers(headers).get(session_name(portal)).map(|cookie| cookie.value().to_owned())
}

/// Keeps a session: until the browser closes, or for the session's whole life.
pub(crate) fn keep_session(portal: &Portal, secret: &str, stay: bool) -> String {
    let cookie = cookie(portal, session_name(portal), secret.to_owned());
    if stay { lasting(cookie, portal.settings.session_lifetime) } else { cookie.to_string() }
}

/// Drops the session.
pub(crate) fn drop_session(portal: &Portal) -> String {
    lasting(cookie(portal, session_name(portal), String::new()), 0)
}

fn known_browser_name(portal: &Portal) -> &'static str {
    if portal.settings.public_url.is_https() { "__Host-my_apps_known" } else { "my_apps_known" }
}

/// The secret of a browser in which somebody has signed in before.
pub(crate) fn known_browser(portal: &Portal, headers: &HeaderMap) -> Option<String> {
    CookieJar::from_headers(headers).get(known_browser_name(portal)).map(|cookie| cookie.value().to_owned())
}

/// Keeps that secret, also after the sign-out.
pub(crate) fn keep_known_browser(portal: &Portal, secret: &str) -> String {
    let cookie = cookie(portal, known_browser_name(portal), secret.to_owned());
    lasting(cookie, known_browser::LIFETIME)
}

/// Whether the extension has signed in from this browser.
pub(crate) fn extension_seen(headers: &HeaderMap) -> bool {
    CookieJar::from_headers(headers).get(EXTENSION).is_some()
}

/// Notes that the extension signs in from this browser.
pub(crate) fn keep_extension_seen(portal: &Portal) -> String {
    lasting(cookie(portal, EXTENSION, "1".to_owned()), LONG)
}
