//! Signing in to the sample apps, each in its own way, and out of them.

use std::sync::Arc;

use askama::Template;
use axum::{
    Json,
    body::Bytes,
    extract::State,
    http::{StatusCode, header},
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};
use axum_extra::extract::CookieJar;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::json;

use crate::{accounts, difficult, page, site::Site, state::Samples};

/// The session cookie. Each app has its own host, so one name serves all.
pub(crate) const SESSION: &str = "session";
/// The user name typed on the first page of the people app, until the password is right.
const IDENTIFIER: &str = "identifier";

#[derive(Template)]
#[template(path = "crm.html")]
struct CrmForm<'a> {
    site: Site,
    refused: bool,
    username: &'a str,
}

#[derive(Template)]
#[template(path = "people.html")]
struct PeopleForm {
    site: Site,
}

#[derive(Template)]
#[template(path = "people_password.html")]
struct PeoplePasswordForm<'a> {
    site: Site,
    refused: bool,
    username: &'a str,
}

#[derive(Template)]
#[template(path = "expenses.html")]
struct ExpensesForm {
    site: Site,
}

#[derive(Template)]
#[template(path = "payroll.html")]
struct PayrollForm {
    site: Site,
    refused: bool,
}

/// The crm app's form.
#[derive(Deserialize)]
struct Plain {
    username: String,
    password: String,
    remember: Option<String>,
}

/// The people app's first form.
#[derive(Deserialize)]
struct Identifier {
    identifier: String,
}

/// The people app's second form.
#[derive(Deserialize)]
struct OnlyPassword {
    password: String,
}

/// What the expenses app's script sends.
#[derive(Deserialize)]
struct Sent {
    username: String,
    password: String,
}

/// The payroll app's form, with the field names of its time.
#[derive(Deserialize)]
struct Old {
    #[serde(rename = "txtUser")]
    user: String,
    #[serde(rename = "txtPass")]
    pass: String,
}

pub(crate) async fn show(site: Site, State(samples): State<Arc<Samples>>, cookies: CookieJar) -> Response {
    if cookies.get(SESSION).is_some_and(|cookie| samples.signed_in(site, cookie.value()).is_some()) {
        return Redirect::to("/").into_response();
    }
    let ok = StatusCode::OK;
    match site {
        Site::Crm => page::render(ok, &CrmForm { site, refused: false, username: "" }),
        Site::People => page::render(ok, &PeopleForm { site }),
        Site::Expenses => page::render(ok, &ExpensesForm { site }),
        Site::Payroll => page::render(ok, &PayrollForm { site, refused: false }),
        Site::Signup | Site::Newsletter => difficult::show(site),
        Site::Wiki | Site::Travel | Site::Helpdesk => page::not_found(site).await,
    }
}

pub(crate) async fn submit(site: Site, State(samples): State<Arc<Samples>>, body: Bytes) -> Response {
    match site {
        Site::Crm => match form::<Plain>(&body) {
            Some(form) => {
                let begun = try_password(&samples, site, &form.username, &form.password);
                let again = CrmForm { site, refused: true, username: &form.username };
                let lifetime = if form.remember.is_some() { "; Max-Age=2592000" } else { "" };
                begun.map_or_else(|| page::render(StatusCode::FORBIDDEN, &again), |secret| enter(&secret, lifetime))
            }
            None => StatusCode::BAD_REQUEST.into_response(),
        },
        Site::People => match form::<Identifier>(&body).and_then(|form| cookie_value(&form.identifier)) {
            Some(identifier) => {
                let cookie = format!("{IDENTIFIER}={identifier}; Path=/login; HttpOnly; SameSite=Lax");
                (AppendHeaders([(header::SET_COOKIE, cookie)]), Redirect::to("/login/password")).into_response()
            }
            None => Redirect::to("/login").into_response(),
        },
        Site::Expenses => match serde_json::from_slice::<Sent>(&body) {
            Ok(sent) => match try_password(&samples, site, &sent.username, &sent.password) {
                Some(secret) => {
                    let cookie = session_cookie(&secret, "");
                    (AppendHeaders([(header::SET_COOKIE, cookie)]), Json(json!({ "name": sent.username }))).into_response()
                }
                None => (StatusCode::FORBIDDEN, Json(json!({ "error": "wrong" }))).into_response(),
            },
            Err(_) => StatusCode::BAD_REQUEST.into_response(),
        },
        Site::Payroll => match form::<Old>(&body) {
            Some(form) => try_password(&samples, site, &form.user, &form.pass)
                .map_or_else(|| page::render(StatusCode::FORBIDDEN, &PayrollForm { site, refused: true }), |secret| enter(&secret, "")),
            None => StatusCode::BAD_REQUEST.into_response(),
        },
        Site::Signup | Site::Newsletter => difficult::submitted(site, &samples),
        Site::Wiki | Site::Travel | Site::Helpdesk => page::not_found(site).await,
    }
}

pub(crate) async fn show_password(site: Site, cookies: CookieJar) -> Response {
    match identifier(site, &cookies) {
        Some(username) => page::render(StatusCode::OK, &PeoplePasswordForm { site, refused: false, username }),
        None => Redirect::to("/login").into_response(),
    }
}

pub(crate) async fn submit_password(site: Site, State(samples): State<Arc<Samples>>, cookies: CookieJar, body: Bytes) -> Response {
    let Some((username, form)) = identifier(site, &cookies).zip(form::<OnlyPassword>(&body)) else {
        return Redirect::to("/login").into_response();
    };
    match try_password(&samples, site, username, &form.password) {
        Some(secret) => {
            let forget = format!("{IDENTIFIER}=; Path=/login; Max-Age=0");
            (AppendHeaders([(header::SET_COOKIE, forget)]), enter(&secret, "")).into_response()
        }
        None => page::render(StatusCode::FORBIDDEN, &PeoplePasswordForm { site, refused: true, username }),
    }
}

pub(crate) async fn sign_out(_site: Site, State(samples): State<Arc<Samples>>, cookies: CookieJar) -> Response {
    if let Some(cookie) = cookies.get(SESSION) {
        samples.end_session(cookie.value());
    }
    let forget = format!("{SESSION}=; Path=/; Max-Age=0");
    (AppendHeaders([(header::SET_COOKIE, forget)]), Redirect::to("/login")).into_response()
}

/// Checks and counts a password; a right one begins a session.
fn try_password(samples: &Samples, site: Site, username: &str, password: &str) -> Option<String> {
    let right = accounts::check(site, username.trim(), password);
    samples.count(site, right);
    if right { samples.begin_session(site, username.trim()) } else { None }
}

fn enter(secret: &str, lifetime: &str) -> Response {
    (AppendHeaders([(header::SET_COOKIE, session_cookie(secret, lifetime))]), Redirect::to("/")).into_response()
}

fn session_cookie(secret: &str, lifetime: &str) -> String {
    format!("{SESSION}={secret}; Path=/; HttpOnly; SameSite=Lax{lifetime}")
}

/// The typed user name, if it can stand in a cookie as it is; every user name here can.
fn cookie_value(identifier: &str) -> Option<String> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-@+".contains(&byte);
    let identifier = identifier.trim();
    ((1..=64).contains(&identifier.len()) && identifier.bytes().all(plain)).then(|| identifier.to_owned())
}

fn identifier(site: Site, cookies: &CookieJar) -> Option<&str> {
    cookies.get(IDENTIFIER).filter(|_| site == Site::People).map(|cookie| cookie.value())
}

fn form<T: DeserializeOwned>(body: &[u8]) -> Option<T> {
    serde_urlencoded::from_bytes(body).ok()
}
