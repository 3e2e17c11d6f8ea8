//! Who calls the API: the bearer of an access token, and nobody by cookie.

use std::sync::Arc;

use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Request},
    http::{header, request::Parts},
};

use super::{
    Portal, posted,
    problem::{Kind, Problem},
};
use crate::{
    clock::now,
    oauth::grant::{self, Caller},
};

/// How many bytes a body with a token may have; ours have a hundred.
pub(crate) const LARGEST_FORM: usize = 8 * 1024;

/// The caller of an API route.
pub(crate) struct Bearer(pub(crate) Caller);

impl FromRequestParts<Arc<Portal>> for Bearer {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, portal: &Arc<Portal>) -> Result<Self, Problem> {
        let header = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let token = match header.split_once(' ') {
            Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => token.trim(),
            _ => "",
        };
        Self::of(token, portal).await
    }
}

impl Bearer {
    async fn of(token: &str, portal: &Portal) -> Result<Self, Problem> {
        let caller = grant::caller(&portal.database, token, now()).await?;
        caller.map(Self).ok_or_else(|| Problem::new(Kind::InvalidToken, "Your sign-in has ended. Sign in again."))
    }
}

/// The caller of a route that is posted to with nothing else: the token may be the form in the body (RFC 6750, section 2.2), which
/// browsers send to another origin without asking first. A header counts before it.
pub(crate) struct PostedBearer(pub(crate) Caller);

impl FromRequest<Arc<Portal>> for PostedBearer {
    type Rejection = Problem;

    async fn from_request(request: Request, portal: &Arc<Portal>) -> Result<Self, Problem> {
        let (mut parts, body) = request.into_parts();
        let Bearer(caller) = if parts.headers.contains_key(header::AUTHORIZATION) {
            Bearer::from_request_parts(&mut parts, portal).await?
        } else {
            let headers = parts.headers.clone();
            let body = Bytes::from_request(Request::from_parts(parts, body), portal).await;
            let parameters = posted::parse(&headers, body);
            let token = parameters.as_ref().and_then(|parameters| parameters.get("access_token"));
            Bearer::of(token.unwrap_or_default(), portal).await?
        };
        Ok(Self(caller))
    }
}
