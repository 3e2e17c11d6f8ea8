//! The OAuth endpoints the extension calls: token and revocation. Errors are those of RFC 6749, 5.2.

use axum::{
    Json,
    body::Bytes,
    extract::{State, rejection::BytesRejection},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use serde_json::json;

use super::{Shared, client_address::ClientAddress, posted, problem::Problem};
use crate::{
    clock::now,
    oauth::{
        grant::{self, Presented},
        parameters::Parameters,
    },
    settings::{CLIENT_ID, SCOPE},
};

/// The `error` of RFC 6749, 5.2.
#[derive(Debug, Clone, Copy)]
pub(crate) enum TokenError {
    InvalidRequest,
    InvalidClient,
    InvalidGrant,
    UnsupportedGrantType,
}

impl IntoResponse for TokenError {
    fn into_response(self) -> Response {
        let (error, description) = match self {
            Self::InvalidRequest => ("invalid_request", "A parameter is missing, comes twice, or the body is not a form."),
            Self::InvalidClient => ("invalid_client", "The client is not registered."),
            Self::InvalidGrant => ("invalid_grant", "The code is unknown, expired, used, or not this request's."),
            Self::UnsupportedGrantType => ("unsupported_grant_type", "The only grant is authorization_code."),
        };
        (StatusCode::BAD_REQUEST, Json(json!({ "error": error, "error_description": description }))).into_response()
    }
}

pub(crate) async fn token(
    State(portal): Shared,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Response> {
    let parameters = form(&headers, body).map_err(IntoResponse::into_response)?;
    let presented = wanted(&parameters).map_err(IntoResponse::into_response)?;
    let refused = &portal.paces.refused_redemptions;
    let wait = refused.admit(&address, now());
    if let Some(seconds) = wait {
        // Whoever shares the address with somebody who makes up codes has a real one, and must not wait for them.
        let real = grant::is_code(&portal.database, presented.code).await;
        if !real.map_err(|error| Problem::from(error).into_response())? {
            let what = "Too many sign-ins from your network were refused.";
            return Err(Problem::too_many(what, seconds).into_response());
        }
    }
    let issued = grant::redeem(&portal.database, &presented, portal.settings.token_lifetime, now())
        .await
        .map_err(|error| Problem::from(error).into_response())?
        .ok_or_else(|| TokenError::InvalidGrant.into_response())?;
    if wait.is_none() {
        refused.forgive(&address);
    }
    let answer = json!({
        "access_token": issued.token.reveal(),
        "token_type": "Bearer",
        "expires_in": issued.expires_in,
        "scope": SCOPE,
    });
    Ok(Json(answer).into_response())
}

pub(crate) async fn revoke(State(portal): Shared, headers: HeaderMap, body: Result<Bytes, BytesRejection>) -> Result<StatusCode, Response> {
    let parameters = form(&headers, body).map_err(IntoResponse::into_response)?;
    client(&parameters).map_err(IntoResponse::into_response)?;
    let token = parameters.get("token").ok_or_else(|| TokenError::InvalidRequest.into_response())?;
    // An unknown token is as revoked as can be (RFC 7009, 2.2).
    grant::revoke(&portal.database, token).await.map_err(|error| Problem::from(error).into_response())?;
    Ok(StatusCode::OK)
}

fn wanted(parameters: &Parameters) -> Result<Presented<'_>, TokenError> {
    client(parameters)?;
    match parameters.get("grant_type") {
        Some("authorization_code") => {}
        Some(_) => return Err(TokenError::UnsupportedGrantType),
        None => return Err(TokenError::InvalidRequest),
    }
    let value = |name| parameters.get(name).ok_or(TokenError::InvalidRequest);
    Ok(Presented {
        code: value("code")?,
        client_id: value("client_id")?,
        redirect_uri: value("redirect_uri")?,
        code_verifier: value("code_verifier")?,
    })
}

fn client(parameters: &Parameters) -> Result<(), TokenError> {
    if parameters.get("client_id") == Some(CLIENT_ID) { Ok(()) } else { Err(TokenError::InvalidClient) }
}

fn form(headers: &HeaderMap, body: Result<Bytes, BytesRejection>) -> Result<Parameters, TokenError> {
    let parameters = posted::parse(headers, body).ok_or(TokenError::InvalidRequest)?;
    if parameters.any_repeated() { Err(TokenError::InvalidRequest) } else { Ok(parameters) }
}
