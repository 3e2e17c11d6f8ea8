//! The suppliers app: the company id on one page, user name and password on the next.

use std::sync::Arc;

use askama::Template;
use axum::{
    body::Bytes,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::CookieJar;
use serde::Deserialize;

use crate::{accounts::COMPANY, page, session, site::Site, state::Samples};

/// Says that the company was right.
const KNOWN: &str = "company";

#[derive(Template)]
#[template(path = "suppliers.html")]
struct CompanyForm {
    site: Site,
    refused: bool,
}

#[derive(Template)]
#[template(path = "suppliers_person.html")]
struct PersonForm {
    site: Site,
    refused: bool,
}

#[derive(Deserialize)]
struct Company {
    company: String,
}

#[derive(Deserialize)]
struct Person {
    user: String,
    password: String,
}

pub(crate) fn show(site: Site) -> Response {
    page::render(StatusCode::OK, &CompanyForm { site, refused: false })
}

pub(crate) fn submit(site: Site, body: &[u8]) -> Response {
    match serde_urlencoded::from_bytes::<Company>(body) {
        Ok(form) if form.company.trim() == COMPANY => {
            session::enter(format!("{KNOWN}={COMPANY}; Path=/login; HttpOnly; SameSite=Lax"), "/login/person")
        }
        _ => page::render(StatusCode::FORBIDDEN, &CompanyForm { site, refused: true }),
    }
}

pub(crate) async fn show_person(site: Site, cookies: CookieJar) -> Response {
    if !is_known(site, &cookies) {
        return Redirect::to("/login").into_response();
    }
    page::render(StatusCode::OK, &PersonForm { site, refused: false })
}

pub(crate) async fn submit_person(site: Site, State(samples): State<Arc<Samples>>, cookies: CookieJar, body: Bytes) -> Response {
    let Some(form) = serde_urlencoded::from_bytes::<Person>(&body).ok().filter(|_| is_known(site, &cookies)) else {
        return Redirect::to("/login").into_response();
    };
    match session::try_password(&samples, site, &form.user, &form.password) {
        Some(secret) => session::enter(session::cookie(&secret, ""), "/"),
        None => page::render(StatusCode::FORBIDDEN, &PersonForm { site, refused: true }),
    }
}

fn is_known(site: Site, cookies: &CookieJar) -> bool {
    site == Site::Suppliers && cookies.get(KNOWN).is_some_and(|cookie| cookie.value() == COMPANY)
}
