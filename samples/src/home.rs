//! The apps' first pages: what a signed-in person sees, and the pages of apps that need no sign-in.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::CookieJar;
use serde::Deserialize;

use crate::{
    contents::{self, Contents},
    page, session,
    site::Site,
    state::Samples,
};

type Lines = &'static [(&'static str, &'static str)];

#[derive(Template)]
#[template(path = "signed_in.html")]
struct SignedIn {
    site: Site,
    username: String,
    heading: &'static str,
    lines: Lines,
}

#[derive(Template)]
#[template(path = "landing.html")]
struct Landing {
    site: Site,
    heading: &'static str,
    lead: &'static str,
    lines: Lines,
}

pub(crate) async fn show(site: Site, State(samples): State<Arc<Samples>>, cookies: CookieJar) -> Response {
    let Contents { heading, lead, lines } = contents::of(site);
    match session::person(site, &samples, &cookies) {
        Some(username) => page::render(StatusCode::OK, &SignedIn { site, username, heading, lines }),
        None if lead.is_empty() => Redirect::to("/login").into_response(),
        None => page::render(StatusCode::OK, &Landing { site, heading, lead, lines }),
    }
}

/// What the search page is opened with.
#[derive(Deserialize)]
pub(crate) struct Wanted {
    q: Option<String>,
}

pub(crate) async fn search(site: Site, Query(wanted): Query<Wanted>) -> Response {
    let wanted = wanted.q.unwrap_or_default();
    let lines = contents::of(site).lines;
    let found = lines.iter().filter(|(title, _)| title.to_lowercase().contains(&wanted.to_lowercase())).count();
    let found = if wanted.is_empty() { 0 } else { found };
    page::message(StatusCode::OK, site, (site.words().search, &(site.words().found)(found, &wanted)))
}

pub(crate) async fn forgot(site: Site) -> Response {
    page::message(StatusCode::OK, site, site.words().forgot)
}
