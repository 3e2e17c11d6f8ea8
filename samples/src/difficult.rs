//! Difficult pages: where a careless filler would type a password, and where it must not.

use std::sync::Arc;

use askama::Template;
use axum::{
    Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};

use crate::{
    page,
    site::Site,
    state::{Attempts, Samples},
    words::Words,
};

#[derive(Template)]
#[template(path = "signup.html")]
struct SignupForm {
    site: Site,
}

#[derive(Template)]
#[template(path = "newsletter.html")]
struct NewsletterForm {
    site: Site,
}

#[derive(Template)]
#[template(path = "login_help.html")]
struct LoginHelp {
    site: Site,
    words: &'static Words,
    received: u32,
}

/// The forms that are no sign-in forms although they stand at `/login`.
pub(crate) fn show(site: Site) -> Response {
    match site {
        Site::Newsletter => page::render(StatusCode::OK, &NewsletterForm { site }),
        _ => page::render(StatusCode::OK, &SignupForm { site }),
    }
}

/// Something was submitted to one of them: counted, not kept.
pub(crate) fn submitted(site: Site, samples: &Samples) -> Response {
    samples.count(site, false);
    page::message(StatusCode::OK, site, ("Thank you", "What you sent was counted and not kept: this is a sample."))
}

pub(crate) async fn attempts(site: Site, State(samples): State<Arc<Samples>>) -> Json<Attempts> {
    Json(samples.attempts(site))
}

pub(crate) async fn no_form(site: Site) -> Response {
    page::message(StatusCode::OK, site, site.words().down)
}

pub(crate) async fn login_help(site: Site, State(samples): State<Arc<Samples>>) -> Response {
    page::render(StatusCode::OK, &LoginHelp { site, words: site.words(), received: samples.received(site) })
}

pub(crate) async fn receive(site: Site, State(samples): State<Arc<Samples>>) -> Response {
    samples.receive(site);
    Redirect::to("/login-help").into_response()
}
