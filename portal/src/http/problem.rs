//! Problem documents (RFC 9457): how the API says no.

use std::{borrow::Cow, convert::Infallible};

use axum::{
    Json,
    extract::{
        FromRequest, FromRequestParts, Path, Request,
        rejection::{JsonRejection, PathRejection},
    },
    http::{HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use serde::de::DeserializeOwned;
use serde_json::json;

use super::page;
use crate::{database::StoreError, pace};

/// A refusal. The detail is a sentence a person can act on and holds nothing that was sent.
#[derive(Debug, Clone)]
pub(crate) struct Problem {
    kind: Kind,
    status: StatusCode,
    detail: Cow<'static, str>,
    /// After how many seconds it may be tried again.
    retry_after: Option<i64>,
}

/// The protocol's problem types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    InvalidToken,
    NotAssigned,
    NotAdministrator,
    NoSuchApp,
    NoCredential,
    NoPasswordApp,
    ChangedMeanwhile,
    InvalidRequest,
    TooManyRequests,
    Internal,
}

impl Kind {
    fn describe(self) -> (&'static str, StatusCode, &'static str) {
        match self {
            Self::InvalidToken => ("invalid-token", StatusCode::UNAUTHORIZED, "Not signed in"),
            Self::NotAssigned => ("not-assigned", StatusCode::FORBIDDEN, "App not assigned"),
            Self::NotAdministrator => ("not-administrator", StatusCode::FORBIDDEN, "Not an administrator"),
            Self::NoSuchApp => ("no-such-app", StatusCode::NOT_FOUND, "No such app"),
            Self::NoCredential => ("no-credential", StatusCode::NOT_FOUND, "No stored password"),
            Self::NoPasswordApp => ("no-password-app", StatusCode::CONFLICT, "Not a password app"),
            Self::ChangedMeanwhile => ("changed-meanwhile", StatusCode::PRECONDITION_FAILED, "Changed meanwhile"),
            Self::InvalidRequest => ("invalid-request", StatusCode::BAD_REQUEST, "Invalid request"),
            Self::TooManyRequests => ("too-many-requests", StatusCode::TOO_MANY_REQUESTS, "Too many requests"),
            Self::Internal => ("internal", StatusCode::INTERNAL_SERVER_ERROR, "Internal error"),
        }
    }
}

impl Problem {
    pub(crate) fn new(kind: Kind, detail: impl Into<Cow<'static, str>>) -> Self {
        Self { kind, status: kind.describe().1, detail: detail.into(), retry_after: None }
    }

    /// Too often; `what` is a sentence that says what there was too much of.
    pub(crate) fn too_many(what: &str, seconds: i64) -> Self {
        let detail = format!("{what} {}", pace::try_again(seconds));
        Self { retry_after: Some(seconds), ..Self::new(Kind::TooManyRequests, detail) }
    }

    pub(crate) fn internal() -> Self {
        Self::new(Kind::Internal, "The portal could not answer. Try again; if it stays so, tell your administrator.")
    }

    fn invalid(status: StatusCode, detail: &'static str) -> Self {
        Self { kind: Kind::InvalidRequest, status, detail: detail.into(), retry_after: None }
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "a request failed");
        Self::internal()
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (name, _, title) = self.kind.describe();
        let body = json!({
            "type": format!("/problems/{name}"),
            "title": title,
            "status": self.status.as_u16(),
            "detail": self.detail,
        });
        let mut response = (self.status, Json(body)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.kind == Kind::InvalidToken {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer error=\"invalid_token\""));
        }
        response
    }
}

const TOO_LARGE: &str = "The body is too large.";

/// A route that has other methods.
pub(crate) async fn wrong_method() -> Problem {
    Problem::invalid(StatusCode::METHOD_NOT_ALLOWED, "This address does not have this method.")
}

/// What was refused without a word, as what reads requests does: the same status, in words.
pub(crate) async fn in_words(response: Response) -> Response {
    if !page::is_wordless(&response) {
        return response;
    }
    let detail = match response.status() {
        StatusCode::REQUEST_TIMEOUT => "The request was not answered in time. Try again in a minute.",
        StatusCode::PAYLOAD_TOO_LARGE => TOO_LARGE,
        status if status.is_server_error() => return Problem::internal().into_response(),
        _ => "The request can’t be read.",
    };
    Problem::invalid(response.status(), detail).into_response()
}

/// An address under the API that is none.
pub(crate) async fn no_such_route() -> Problem {
    Problem::invalid(StatusCode::NOT_FOUND, "The portal's API has no such address.")
}

/// A JSON body; what is wrong with it becomes a problem document.
pub(crate) struct JsonBody<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for JsonBody<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        match Json::from_request(request, state).await {
            Ok(Json(value)) => Ok(Self(value)),
            // The rejections' own texts quote the body.
            Err(JsonRejection::MissingJsonContentType(_)) => {
                Err(Problem::invalid(StatusCode::UNSUPPORTED_MEDIA_TYPE, "The body must be application/json."))
            }
            Err(JsonRejection::JsonSyntaxError(_)) => Err(Problem::invalid(StatusCode::BAD_REQUEST, "The body is not valid JSON.")),
            Err(rejection) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                Err(Problem::invalid(StatusCode::PAYLOAD_TOO_LARGE, TOO_LARGE))
            }
            Err(_) => Err(Problem::invalid(StatusCode::BAD_REQUEST, "The body is not what this call takes.")),
        }
    }
}

/// The app id in a path. One that can't be decoded is no app's, and neither is an empty one: API and pages say so in their own way.
pub(crate) struct AppId(pub(crate) String);

impl<S: Send + Sync> FromRequestParts<S> for AppId {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let path: Result<Path<String>, PathRejection> = Path::from_request_parts(parts, state).await;
        Ok(path.map_or_else(|_| Self(String::new()), |Path(id)| Self(id)))
    }
}
