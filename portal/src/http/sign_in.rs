//! Signing in and out with the portal's own pages.

use askama::Template;
use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};
use zeroize::Zeroizing;

use super::{
    Portal, Shared, authorize,
    client_address::ClientAddress,
    cookies,
    page::{self, Failed, Frame, render},
    password_check::{LONGEST_USERNAME, Refused, check},
    posted::{Asked, Posted},
    same_origin,
    visitor::{Visitor, session_of},
};
use crate::{
    clock::now,
    known_browser,
    oauth::request::{self, AuthorizationRequest},
    session,
};

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInPage {
    frame: Frame,
    username: String,
    sentence: Option<String>,
    signed_out: bool,
    /// Where to go afterwards: an authorization request of the extension, else a page of the portal.
    request: Option<String>,
    cancel: Option<String>,
    next: Option<String>,
    reset_password: Option<String>,
}

pub(crate) async fn show(State(portal): Shared, headers: HeaderMap, Asked(query): Asked) -> Result<Response, Failed> {
    let next = query.get("next").filter(|next| is_own_path(next));
    if session_of(&portal, &headers).await?.is_some() {
        return Ok(Redirect::to(next.unwrap_or("/")).into_response());
    }
    let page = SignInPage { next: next.map(str::to_owned), signed_out: query.get("signed-out").is_some(), ..SignInPage::new(&portal) };
    Ok(render(StatusCode::OK, &page))
}

/// The sign-in page in the extension's window; the request comes back with the form.
pub(crate) fn for_extension(portal: &Portal, request: &AuthorizationRequest, query: String, username: String) -> Response {
    let cancel = authorize::cancel_address(portal, request);
    render(StatusCode::OK, &SignInPage { username, request: Some(query), cancel, ..SignInPage::new(portal) })
}

pub(crate) async fn submit(
    State(portal): Shared,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
    Posted(form): Posted,
) -> Result<Response, Failed> {
    let query = form.get("request");
    // The request is read again: it has been in the page's hands.
    let request = match query.map(|query| request::parse(query, &portal.settings)).transpose() {
        Ok(request) => request,
        Err(refusal) => return Ok(authorize::refuse(&portal, &refusal)),
    };
    let next = form.get("next").filter(|next| is_own_path(next));
    let typed = form.get("username").unwrap_or_default();
    let password = Zeroizing::new(form.get("password").unwrap_or_default().to_owned());
    let begun = match check(&portal, typed, password, address, &headers).await? {
        Ok(record) => {
            let previous = cookies::session(&portal, &headers);
            let expires_at = now() + portal.settings.session_lifetime;
            let secret = session::begin(&portal.database, &record, previous.as_deref(), expires_at).await?;
            secret.map(|secret| (record.id, secret)).ok_or(Refused::Wrong)
        }
        Err(refused) => Err(refused),
    };
    match begun {
        Ok((account_id, secret)) => {
            let kept = cookies::keep_session(&portal, secret.reveal(), form.get("stay").is_some());
            let known = cookies::known_browser(&portal, &headers);
            let known = known_browser::remember(&portal.database, known.as_deref(), account_id, now()).await?;
            let known = cookies::keep_known_browser(&portal, known.reveal());
            let onward = match request {
                Some(request) => {
                    let session = session::find(&portal.database, secret.reveal(), now()).await?.ok_or(Failed)?;
                    authorize::send_code(&portal, session.id, &request).await?
                }
                None => Redirect::to(next.unwrap_or("/")).into_response(),
            };
            let cookies = AppendHeaders([(header::SET_COOKIE, kept), (header::SET_COOKIE, known)]);
            Ok((cookies, onward).into_response())
        }
        Err(refused) => {
            let page = SignInPage {
                username: typed.chars().take(LONGEST_USERNAME).collect(),
                sentence: Some(refused.sentence()),
                cancel: request.as_ref().and_then(|request| authorize::cancel_address(&portal, request)),
                request: query.map(str::to_owned),
                next: next.map(str::to_owned),
                ..SignInPage::new(&portal)
            };
            // 200, although it is a refusal: see `page::in_sign_in_window`.
            let mut response = render(StatusCode::OK, &page);
            if let Refused::Wait(seconds) = refused {
                response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
            }
            Ok(response)
        }
    }
}

pub(crate) async fn sign_out(State(portal): Shared, Visitor(session): Visitor, Posted(form): Posted) -> Result<Response, Failed> {
    if !same_origin::is_own_form(&session, form.get("form_token").unwrap_or_default()) {
        return Ok(page::forged(&portal));
    }
    session::end(&portal.database, session.id).await?;
    let dropped = [(header::SET_COOKIE, cookies::drop_session(&portal))];
    Ok((AppendHeaders(dropped), Redirect::to("/sign-in?signed-out=1")).into_response())
}

impl SignInPage {
    fn new(portal: &Portal) -> Self {
        Self {
            frame: Frame::new(portal, None),
            username: String::new(),
            sentence: None,
            signed_out: false,
            request: None,
            cancel: None,
            next: None,
            reset_password: portal.settings.links.reset_password.clone(),
        }
    }
}

/// Whether a path leads to a page of this portal and nowhere else: browsers read `//host` and `/\host` as other hosts.
fn is_own_path(path: &str) -> bool {
    path.starts_with('/') && !path.starts_with("//") && !path.chars().any(|character| character == '\\' || character.is_control())
}
