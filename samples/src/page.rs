//! What all pages share: rendering, the style sheet, the apps' scripts, and "not found".

use askama::Template;
use axum::{
    extract::Path,
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

pub(crate) fn message(status: StatusCode, site: Site, (title, sentence): (&str, &str)) -> Response {
    render(status, &Message { site, title, sentence })
}

#[derive(Template)]
#[template(path = "no_such_app.html")]
struct NoSuchApp;

pub(crate) fn no_such_app() -> Response {
    render(StatusCode::NOT_FOUND, &NoSuchApp)
}

pub(crate) async fn not_found(site: Site) -> Response {
    message(StatusCode::NOT_FOUND, site, site.words().not_found)
}

pub(crate) async fn style() -> Response {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], include_str!("../assets/samples.css")).into_response()
}

pub(crate) async fn script(Path(name): Path<String>) -> Response {
    let script = match name.as_str() {
        "expenses.js" => include_str!("../assets/scripts/expenses.js"),
        "inventory.js" => include_str!("../assets/scripts/inventory.js"),
        "orders.js" => include_str!("../assets/scripts/orders.js"),
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], script).into_response()
}
