//! What people send with a page: the query of its address, or a posted form.

use std::convert::Infallible;

use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Request, rejection::BytesRejection},
    http::{HeaderMap, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};

use crate::oauth::parameters::Parameters;

/// The form a page of the portal posted.
pub(crate) struct Posted(pub(crate) Parameters);

impl<S: Send + Sync> FromRequest<S> for Posted {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let headers = request.headers().clone();
        let body = Bytes::from_request(request, state).await;
        // The page that says so is made of the status.
        let refusal = body.as_ref().err().map_or(StatusCode::BAD_REQUEST, BytesRejection::status);
        parse(&headers, body).map(Self).ok_or_else(|| refusal.into_response())
    }
}

/// The query of a page's address. Whatever stands there, the page opens.
pub(crate) struct Asked(pub(crate) Parameters);

impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        Ok(Self(Parameters::parse(parts.uri.query().unwrap_or_default().as_bytes())))
    }
}

/// The parameters of a form body; `None` when it is no form or too large.
pub(crate) fn parse(headers: &HeaderMap, body: Result<Bytes, BytesRejection>) -> Option<Parameters> {
    form(headers, body).map(|body| Parameters::parse(&body))
}

/// The same, as it came.
pub(crate) fn form(headers: &HeaderMap, body: Result<Bytes, BytesRejection>) -> Option<Bytes> {
    let kind = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    let kind = kind.split(';').next().unwrap_or_default().trim();
    let is_form = kind.eq_ignore_ascii_case("application/x-www-form-urlencoded");
    body.ok().filter(|_| is_form)
}
