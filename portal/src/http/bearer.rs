//! Who calls the API: the bearer of an access token, and nobody by cookie.

use std::sync::Arc;

use axum::{
    extract::FromRequestParts,
    http::{header, request::Parts},
};

use super::{
    Portal,
    problem::{Kind, Problem},
};
use crate::{
    clock::now,
    oauth::grant::{self, Caller},
};

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
        let caller = grant::caller(&portal.database, token, now()).await?;
        caller.map(Self).ok_or_else(|| Problem::new(Kind::InvalidToken, "Your sign-in has ended. Sign in again."))
    }
}
