//! Who looks at a page.

use std::sync::Arc;

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, request::Parts},
    response::{IntoResponse, Redirect, Response},
};

use super::{
    Portal, cookies,
    page::{self, Failed},
};
use crate::{
    clock::now,
    database::StoreError,
    session::{self, Session},
};

/// A signed-in visitor; anyone else is sent to the sign-in page and comes back afterwards.
pub(crate) struct Visitor(pub(crate) Session);

impl FromRequestParts<Arc<Portal>> for Visitor {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, portal: &Arc<Portal>) -> Result<Self, Response> {
        match session_of(portal, &parts.headers).await {
            Ok(Some(session)) => Ok(Self(session)),
            Ok(None) => {
                let next: String = url::form_urlencoded::byte_serialize(parts.uri.path().as_bytes()).collect();
                Err(Redirect::to(&format!("/sign-in?next={next}")).into_response())
            }
            Err(error) => Err(Failed::from(error).into_response()),
        }
    }
}

/// A signed-in administrator. Anyone else learns no more than that there is no such page.
pub(crate) struct Administrator(pub(crate) Session);

impl FromRequestParts<Arc<Portal>> for Administrator {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, portal: &Arc<Portal>) -> Result<Self, Response> {
        match session_of(portal, &parts.headers).await {
            Ok(Some(session)) if session.administrator => Ok(Self(session)),
            Ok(_) => Err(page::not_found(portal)),
            Err(error) => Err(Failed::from(error).into_response()),
        }
    }
}

/// The live session of a browser, if it has one.
pub(crate) async fn session_of(portal: &Portal, headers: &HeaderMap) -> Result<Option<Session>, StoreError> {
    match cookies::session(portal, headers) {
        Some(secret) => session::find(&portal.database, &secret, now()).await,
        None => Ok(None),
    }
}
