//! Pages: what all of them share, and the plain ones that only say something.

use askama::Template;
use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

use super::{Portal, Shared, assets, headers};
use crate::{address::is_of_an_extension, database::StoreError, password::HashError, session::Session};

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

/// A program asked to sign in that nobody knows: told here, because its address is not to be trusted.
pub(crate) fn unknown_client(portal: &Portal) -> Response {
    let sentence = "The program that asked to sign in is not registered with this portal.";
    render(StatusCode::BAD_REQUEST, &Message { frame: Frame::new(portal, None), title: "Can’t sign in from here", sentence, home: false })
}

/// What an operator must do to let an extension sign in.
#[derive(Template)]
#[template(path = "unknown_redirect_uri.html")]
struct UnknownRedirectUri<'a> {
    frame: Frame,
    uri: &'a str,
    /// Whether the address can be a browser's for an extension, so that it is worth an option to copy.
    is_of_an_extension: bool,
}

/// An extension asked to sign in whose address is not registered: said to the person in words that their administrator can use,
/// and to the log as far as nobody can have made it up.
pub(crate) fn unknown_redirect_uri(portal: &Portal, uri: Option<&str>) -> Response {
    let uri = uri.unwrap_or_default();
    let is_of_an_extension = is_of_an_extension(uri);
    if is_of_an_extension {
        tracing::warn!("a sign-in was refused, because no --redirect-uri is {uri}");
    }
    render(StatusCode::BAD_REQUEST, &UnknownRedirectUri { frame: Frame::new(portal, None), uri, is_of_an_extension })
}

/// A page in the window in which the extension's sign-in happens: Chromium closes it at once when a page answers with an error
/// status, and the person would never read the sentence. A wrong method is no page of that window.
pub(crate) async fn in_sign_in_window(mut response: Response) -> Response {
    let status = response.status();
    let is_error = status.is_client_error() || status.is_server_error();
    let is_page = response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if is_error && is_page && status != StatusCode::METHOD_NOT_ALLOWED {
        *response.status_mut() = StatusCode::OK;
    }
    response
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
    headers::with_page_headers(&portal, message(&portal, StatusCode::METHOD_NOT_ALLOWED, "Page not found", sentence))
}

/// Whether an answer refuses something and does not say why.
pub(crate) fn is_wordless(response: &Response) -> bool {
    let status = response.status();
    (status.is_client_error() || status.is_server_error()) && !response.headers().contains_key(header::CONTENT_TYPE)
}

/// What was refused without a word, as what reads requests does: the same status, in words.
pub(crate) async fn in_words(State(portal): Shared, response: Response) -> Response {
    if !is_wordless(&response) {
        return response;
    }
    let (title, sentence) = match response.status() {
        StatusCode::REQUEST_TIMEOUT => {
            ("That took too long", "The portal could not answer in time. Try again in a minute; if it stays so, tell your administrator.")
        }
        StatusCode::PAYLOAD_TOO_LARGE => (
            "Too large",
            "Nothing was changed, because what was sent is larger than this page takes. Go back in your browser and shorten it.",
        ),
        status if status.is_server_error() => {
            ("Something went wrong", "The portal could not answer. Try again in a minute; if it stays so, tell your administrator.")
        }
        _ => (
            "Request refused",
            "Nothing was changed, because the portal can’t read what was sent. Open the page again and repeat what you did.",
        ),
    };
    message(&portal, response.status(), title, sentence)
}

/// The portal could not answer; the log says why.
pub(crate) struct Failed;

impl From<StoreError> for Failed {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "a page failed");
        Self
    }
}

impl From<HashError> for Failed {
    fn from(error: HashError) -> Self {
        tracing::error!(%error, "a page failed");
        Self
    }
}

impl IntoResponse for Failed {
    /// Without a word: [`in_words`], which stands around every page, says it under the portal's own name.
    fn into_response(self) -> Response {
        StatusCode::INTERNAL_SERVER_ERROR.into_response()
    }
}
