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
    onward::Onward,
    page::{self, Failed, Frame, render},
    password_check::{Refused, check},
    posted::{Asked, Posted},
    same_origin,
    visitor::{SignedIn, session_of},
};
use crate::{account::LONGEST_USERNAME, clock::now, known_browser, session};

/// In the page's address: that a session had ended.
const ENDED: &str = "ended";

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInPage {
    frame: Frame,
    username: String,
    sentence: Option<String>,
    /// What has happened before.
    notice: Option<&'static str>,
    onward: Onward,
    cancel: Option<String>,
    reset_password: Option<String>,
}

pub(crate) async fn show(State(portal): Shared, headers: HeaderMap, Asked(query): Asked) -> Result<Response, Failed> {
    let onward = Onward::asked(&query);
    if session_of(&portal, &headers).await?.is_some() {
        return Ok(Redirect::to(onward.page()).into_response());
    }
    let ended = "Your session has ended, so nothing was changed. Sign in, and do it once more.";
    let notice = query.get("signed-out").map(|_| "You are signed out.").or(query.get(ENDED).map(|_| ended));
    Ok(render(StatusCode::OK, &SignInPage { notice, ..SignInPage::new(&portal, onward) }))
}

/// Leads to the sign-in page when the session ended before the button of a form was pressed whose contents are carried nowhere, such
/// as a password. It says so, and leads on to the form where the address is one.
pub(crate) fn nothing_was_done(path: &str) -> Response {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair(ENDED, "1");
    if path.ends_with("/password") {
        query.append_pair("next", path);
    }
    Redirect::to(&format!("/sign-in?{}", query.finish())).into_response()
}

/// The sign-in page in the extension's window; the request comes back with the form.
pub(crate) fn for_extension(portal: &Portal, onward: Onward, username: String) -> Response {
    render(StatusCode::OK, &SignInPage { username, ..SignInPage::new(portal, onward) })
}

/// The sign-in page in the place of an answer to a form, when the session ended before the button was pressed.
pub(crate) fn after_the_session(portal: &Portal, onward: Onward, is_too_long: bool) -> Response {
    let too_long = "Your session has ended. What you typed is too long to be kept here: go back in your browser and copy it first.";
    let page = SignInPage::new(portal, onward);
    let notice = if is_too_long { Some(too_long) } else { page.notice };
    render(StatusCode::OK, &SignInPage { notice, ..page })
}

pub(crate) async fn submit(
    State(portal): Shared,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
    Posted(form): Posted,
) -> Result<Response, Failed> {
    let onward = match Onward::posted(&form, &portal.settings) {
        Ok(onward) => onward,
        Err(refusal) => return Ok(authorize::refuse(&portal, &refusal)),
    };
    let stays = form.get("stay").is_some();
    let typed = form.get("username").unwrap_or_default();
    let password = Zeroizing::new(form.get("password").unwrap_or_default().to_owned());
    let begun = match check(&portal, typed, password, address, &headers).await? {
        Ok(record) => {
            let previous = cookies::session(&portal, &headers);
            let expires_at = now() + portal.settings.session_lifetime;
            let secret = session::begin(&portal.database, &record, previous.as_deref(), stays, expires_at).await?;
            secret.map(|secret| (record.id, secret)).ok_or(Refused::Wrong)
        }
        Err(refused) => Err(refused),
    };
    match begun {
        Ok((account_id, secret)) => {
            let kept = cookies::keep_session(&portal, secret.reveal(), stays);
            let known = cookies::known_browser(&portal, &headers);
            let known = known_browser::remember(&portal.database, known.as_deref(), account_id, now()).await?;
            let known = cookies::keep_known_browser(&portal, known.reveal());
            let answer = onward.go(&portal, &secret).await?;
            let cookies = AppendHeaders([(header::SET_COOKIE, kept), (header::SET_COOKIE, known)]);
            Ok((cookies, answer).into_response())
        }
        Err(refused) => {
            let page = SignInPage {
                username: typed.chars().take(LONGEST_USERNAME).collect(),
                sentence: Some(refused.sentence()),
                ..SignInPage::new(&portal, onward)
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

pub(crate) async fn sign_out(State(portal): Shared, SignedIn(session): SignedIn, Posted(form): Posted) -> Result<Response, Failed> {
    if !same_origin::is_own_form(&session, form.get("form_token").unwrap_or_default()) {
        return Ok(page::forged(&portal));
    }
    session::end(&portal.database, session.id).await?;
    let dropped = [(header::SET_COOKIE, cookies::drop_session(&portal))];
    Ok((AppendHeaders(dropped), Redirect::to("/sign-in?signed-out=1")).into_response())
}

impl SignInPage {
    fn new(portal: &Portal, onward: Onward) -> Self {
        let kept = "Your session has ended. What you typed is kept: sign in, and it stands in its form again, not saved yet.";
        Self {
            frame: Frame::new(portal, None),
            username: String::new(),
            sentence: None,
            notice: onward.is_to_typed().then_some(kept),
            cancel: onward.cancel_address(portal),
            onward,
            reset_password: portal.settings.links.reset_password.clone(),
        }
    }
}
