//! Pages: what all of them share, and the plain ones that only say something.

use askama::Template;
use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

use super::{Portal, Shared, assets};
use crate::{database::StoreError, session::Session};

/// What stands around every page.
pub(crate) struct Frame {
    pub(crate) product_name: String,
    pub(crate) version: &'static str,
    pub(crate) visitor: Option<Session>,
}

impl Frame {
    pub(crate) fn new(portal: &Portal, visitor: Option<Session>) -> Self {
        Self { product_name: portal.settings.product_name.clone(), version: &assets::VERSION, visitor }
    }
}

/// Renders a page.
pub(crate) fn render(status: StatusCode, template: &impl Template) -> Response {
    match template.render() {
        Ok(html) => (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response(),
        Err(error) => {
            tracing::error!(%error, "a page could not be rendered");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// A page that says one thing.
#[derive(Template)]
#[template(path = "message.html")]
struct Message<'a> {
    frame: Frame,
    title: &'a str,
    sentence: &'a str,
    home: bool,
}

/// A page that says one thing, with a way back to the apps.
pub(crate) fn message(portal: &Portal, status: StatusCode, title: &str, sentence: &str) -> Response {
    render(status, &Message { frame: Frame::new(portal, None), title, sentence, home: true })
}

/// The request to sign in can't be answered anywhere but here.
pub(crate) fn bad_authorization(portal: &Portal, sentence: &str) -> Response {
    let title = "Can’t sign in from here";
    render(StatusCode::BAD_REQUEST, &Message { frame: Frame::new(portal, None), title, sentence, home: false })
}

/// No such page.
pub(crate) fn not_found(portal: &Portal) -> Response {
    message(portal, StatusCode::NOT_FOUND, "Page not found", "There is no page at this address.")
}

/// A form post that did not come from the portal's own page, or from one shown before a new sign-in.
pub(crate) fn forged(portal: &Portal) -> Response {
    let sentence = "Nothing was changed, because the request did not come from a current page of this portal. \
                    Open the page again and repeat what you did.";
    message(portal, StatusCode::FORBIDDEN, "Request refused", sentence)
}

/// A page that has other methods.
pub(crate) async fn wrong_method(State(portal): Shared) -> Response {
    let sentence = "This address can’t be opened like that.";
    message(&portal, StatusCode::METHOD_NOT_ALLOWED, "Page not found", sentence)
}

/// The portal could not answer; the log says why.
pub(crate) struct Failed;

impl From<StoreError> for Failed {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "a page failed");
        Self
    }
}

impl IntoResponse for Failed {
    fn into_response(self) -> Response {
        let frame = Frame { product_name: "My Apps".to_owned(), version: &assets::VERSION, visitor: None };
        let sentence = "The portal could not answer. Try again in a minute; if it stays so, tell your administrator.";
        render(StatusCode::INTERNAL_SERVER_ERROR, &Message { frame, title: "Something went wrong", sentence, home: true })
    }
}
