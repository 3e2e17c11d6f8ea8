//! Who looks at a page.

use std::sync::Arc;

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, Method, request::Parts},
    response::{IntoResponse, Redirect, Response},
};

use super::{
    Portal, account_password, cookies,
    page::{self, Failed},
    sign_in,
};
use crate::{
    clock::now,
    database::StoreError,
    session::{self, Session},
};

/// Forms that end the session in which they are sent: of a second press, nobody can say that nothing was changed.
const ENDS_SESSION: [&str; 2] = ["/sign-out", account_password::PATH];

/// Who is signed in, even if they must change their password before anything else; anyone else is sent to the sign-in page and
/// comes back afterwards.
pub(crate) struct SignedIn(pub(crate) Session);

impl FromRequestParts<Arc<Portal>> for SignedIn {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, portal: &Arc<Portal>) -> Result<Self, Response> {
        match session_of(portal, &parts.headers).await {
            Ok(Some(session)) => Ok(Self(session)),
            Ok(None) if is_asked_for(parts) || ENDS_SESSION.contains(&parts.uri.path()) => Err(first(parts, "/sign-in")),
            Ok(None) => Err(sign_in::nothing_was_done(parts.uri.path())),
            Err(error) => Err(Failed::from(error).into_response()),
        }
    }
}

/// A signed-in visitor. Who must change their password is sent there, and comes back afterwards.
pub(crate) struct Visitor(pub(crate) Session);

impl FromRequestParts<Arc<Portal>> for Visitor {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, portal: &Arc<Portal>) -> Result<Self, Response> {
        let SignedIn(session) = SignedIn::from_request_parts(parts, portal).await?;
        if session.must_change_password { Err(first(parts, account_password::PATH)) } else { Ok(Self(session)) }
    }
}

/// A signed-in administrator. Whoever is signed in and is none learns no more than that there is no such page; whoever is not
/// may be one whose session has ended.
pub(crate) struct Administrator(pub(crate) Session);

impl FromRequestParts<Arc<Portal>> for Administrator {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, portal: &Arc<Portal>) -> Result<Self, Response> {
        let Visitor(session) = Visitor::from_request_parts(parts, portal).await?;
        if session.administrator { Ok(Self(session)) } else { Err(page::not_found(portal)) }
    }
}

/// Whether it is a page that was asked for, and nothing was sent that would be lost.
fn is_asked_for(parts: &Parts) -> bool {
    matches!(parts.method, Method::GET | Method::HEAD)
}

/// A page that comes first, and leads back to what was asked for. What was posted can't be repeated: that leads to the apps.
fn first(parts: &Parts, page: &str) -> Response {
    let next = parts.uri.path_and_query().filter(|_| is_asked_for(parts));
    let next = next.map(|next| url::form_urlencoded::byte_serialize(next.as_str().as_bytes()).collect::<String>());
    let address = next.map_or_else(|| page.to_owned(), |next| format!("{page}?next={next}"));
    Redirect::to(&address).into_response()
}

/// The live session of a browser, if it has one.
pub(crate) async fn session_of(portal: &Portal, headers: &HeaderMap) -> Result<Option<Session>, StoreError> {
    match cookies::session(portal, headers) {
        Some(secret) => session::find(&portal.database, &secret, now()).await,
        None => Ok(None),
    }
}
