//! What all pages share: rendering, the style sheet, the script of the expenses app, and "not found".

use askama::Template;
use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

use crate::site::Site;

/// Renders a page. Nothing is cached, so that going back after signing out shows the truth.
pub(crate) fn render(status: StatusCode, template: &impl Template) -> Response {
    match template.render() {
        Ok(html) => {
            let headers = [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
            (status, headers, html).into_response()
        }
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// A page that says one thing.
#[derive(Template)]
#[template(path = "message.html")]
struct Message<'a> {
    site: Site,
    title: &'a str,
    sentence: &'a str,
}

pub(crate) fn message(site: Site, title: &str, sentence: &str) -> Response {
    render(StatusCode::OK, &Message { site, title, sentence })
}

#[derive(Template)]
#[template(path = "no_such_app.html")]
struct NoSuchApp;

pub(crate) fn no_such_app() -> Response {
    render(StatusCode::NOT_FOUND, &NoSuchApp)
}

pub(crate) async fn not_found(site: Site) -> Response {
    let sentence = "There is no page at this address.";
    render(StatusCode::NOT_FOUND, &Message { site, title: "Page not found", sentence })
}

pub(crate) async fn style() -> Response {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], include_str!("../assets/samples.css")).into_response()
}

pub(crate) async fn script() -> Response {
    ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], include_str!("../assets/expenses.js")).into_response()
}
