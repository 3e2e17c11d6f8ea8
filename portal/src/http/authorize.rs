//! The authorization endpoint: a browser window of the extension, answered with a code or by signing in first.

use axum::{
    extract::{RawQuery, State},
    http::{HeaderMap, header},
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};

use super::{Portal, Shared, account_password, cookies, onward::Onward, page, page::Failed, sign_in, visitor::session_of};
use crate::{
    clock::now,
    oauth::{
        grant,
        request::{self, AuthorizationError, AuthorizationRequest, Prompt, Refusal, ReturnAddress},
    },
};

pub(crate) async fn authorize(State(portal): Shared, headers: HeaderMap, RawQuery(query): RawQuery) -> Result<Response, Failed> {
    let query = query.unwrap_or_default();
    let request = match request::parse(&query, &portal.settings) {
        Ok(request) => request,
        Err(refusal) => return Ok(refuse(&portal, &refusal)),
    };
    let session = session_of(&portal, &headers).await?;
    match (request.prompt, session) {
        (Prompt::None, session) if session.as_ref().is_none_or(|session| session.must_change_password) => {
            Ok(send_error(&portal, &request.back, AuthorizationError::LoginRequired))
        }
        (Prompt::IfNeeded, Some(session)) if session.must_change_password => {
            Ok(account_password::ask(&portal, session, Onward::to_extension(query, request)))
        }
        (Prompt::IfNeeded | Prompt::None, Some(session)) => send_code(&portal, session.id, &request).await,
        (_, session) => {
            let username = session.map(|session| session.account.username).unwrap_or_default();
            Ok(sign_in::for_extension(&portal, Onward::to_extension(query, request), username))
        }
    }
}

/// Tells why a request was refused, to whom it may be told.
pub(crate) fn refuse(portal: &Portal, refusal: &Refusal) -> Response {
    match refusal {
        Refusal::UnknownClient => page::unknown_client(portal),
        Refusal::UnknownRedirectUri(uri) => page::unknown_redirect_uri(portal, uri.as_deref()),
        Refusal::Redirect(back, error) => send_error(portal, back, *error),
    }
}

/// Grants a request from a signed-in browser.
pub(crate) async fn send_code(portal: &Portal, session_id: i64, request: &AuthorizationRequest) -> Result<Response, Failed> {
    let code = grant::give_code(&portal.database, session_id, request, now()).await?;
    let url = request.back.with_code(code.reveal(), portal.settings.public_url.as_str()).ok_or(Failed)?;
    let seen = [(header::SET_COOKIE, cookies::keep_extension_seen(portal))];
    Ok((AppendHeaders(seen), Redirect::to(url.as_str())).into_response())
}

/// The address that tells the client the person pressed Cancel.
pub(crate) fn cancel_address(portal: &Portal, request: &AuthorizationRequest) -> Option<String> {
    let url = request.back.with_error(AuthorizationError::AccessDenied, portal.settings.public_url.as_str());
    url.map(String::from)
}

fn send_error(portal: &Portal, back: &ReturnAddress, error: AuthorizationError) -> Response {
    match back.with_error(error, portal.settings.public_url.as_str()) {
        Some(url) => Redirect::to(url.as_str()).into_response(),
        None => Failed.into_response(),
    }
}
