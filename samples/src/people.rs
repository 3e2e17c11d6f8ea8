//! The people app: the user name on one page, the password on the next.

use std::sync::Arc;

use askama::Template;
use axum::{
    body::Bytes,
    extract::State,
    http::{StatusCode, header},
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};
use axum_extra::extract::CookieJar;
use serde::Deserialize;

use crate::{page, session, site::Site, state::Samples};

/// The user name typed on the first page, until the password is right.
const IDENTIFIER: &str = "identifier";

#[derive(Template)]
#[template(path = "people.html")]
struct NameForm {
    site: Site,
}

#[derive(Template)]
#[template(path = "people_password.html")]
struct PasswordForm<'a> {
    site: Site,
    refused: bool,
    username: &'a str,
}

#[derive(Deserialize)]
struct Name {
    identifier: String,
}

#[derive(Deserialize)]
struct Password {
    password: String,
}

pub(crate) fn show(site: Site) -> Response {
    page::render(StatusCode::OK, &NameForm { site })
}

pub(crate) fn submit(body: &[u8]) -> Response {
    let name = serde_urlencoded::from_bytes::<Name>(body).ok();
    match name.and_then(|form| cookie_value(&form.identifier)) {
        Some(identifier) => {
            let cookie = format!("{IDENTIFIER}={identifier}; Path=/login; HttpOnly; SameSite=Lax");
            session::enter(cookie, "/login/password")
        }
        None => Redirect::to("/login").into_response(),
    }
}

pub(crate) async fn show_password(site: Site, cookies: CookieJar) -> Response {
    match identifier(site, &cookies) {
        Some(username) => page::render(StatusCode::OK, &PasswordForm { site, refused: false, username }),
        None => Redirect::to("/login").into_response(),
    }
}

pub(crate) async fn submit_password(site: Site, State(samples): State<Arc<Samples>>, cookies: CookieJar, body: Bytes) -> Response {
    let password = serde_urlencoded::from_bytes::<Password>(&body).ok();
    let Some((username, form)) = identifier(site, &cookies).zip(password) else {
        return Redirect::to("/login").into_response();
    };
    match session::try_password(&samples, site, username, &form.password) {
        Some(secret) => {
            let forget = format!("{IDENTIFIER}=; Path=/login; Max-Age=0");
            (AppendHeaders([(header::SET_COOKIE, forget)]), session::enter(session::cookie(&secret, ""), "/")).into_response()
        }
        None => page::render(StatusCode::FORBIDDEN, &PasswordForm { site, refused: true, username }),
    }
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
