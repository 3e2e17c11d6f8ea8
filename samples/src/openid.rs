//! Signing in elsewhere, as with OpenID Connect: the projects app sends the browser to the accounts site, which asks for the
//! password once and sends the browser back with a code.
//!
//! One program serves both, so the app redeems the code by a call where others ask over the network.

use std::{sync::Arc, time::Instant};

use axum::{
    body::Bytes,
    extract::{Query, State},
    http::{StatusCode, header},
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};
use axum_extra::extract::CookieJar;
use serde::Deserialize;
use subtle::ConstantTimeEq;

use crate::{
    code::Grant,
    one_page, page, session,
    site::{Neighbours, Site},
    state::{Samples, secret},
};

/// The only app the accounts site knows.
const CLIENT: &str = "projects";
/// Binds a sign-in to the browser it was begun in.
const PENDING: &str = "pending";

/// What an app asks the accounts site for. What is absent is empty, and refused as such.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Request {
    response_type: String,
    client_id: String,
    redirect_uri: String,
    scope: String,
    state: String,
    nonce: String,
}

/// What the accounts site sends the browser back with.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Returned {
    code: String,
    state: String,
}

/// Where an app wants the browser after it was signed out.
#[derive(Deserialize)]
pub(crate) struct AfterSignOut {
    post_logout_redirect_uri: Option<String>,
}

/// The app begins: a state and a nonce that only this browser knows, and on to the accounts site.
pub(crate) fn begin(neighbours: &Neighbours) -> Response {
    let Some((state, nonce)) = secret().zip(secret()) else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let pending = format!("{PENDING}={state}.{nonce}; Path=/callback; HttpOnly; SameSite=Lax; Max-Age=600");
    let request = [
        ("response_type", "code"),
        ("client_id", CLIENT),
        ("redirect_uri", &callback_of(neighbours)),
        ("scope", "openid"),
        ("state", &state),
        ("nonce", &nonce),
    ];
    let authorize = format!("{}/authorize", neighbours.origin(Site::Accounts));
    session::enter(pending, &with_query(&authorize, &request))
}

/// The accounts site asks for the password, unless it knows who this is.
pub(crate) async fn authorize(
    site: Site,
    neighbours: Neighbours,
    State(samples): State<Arc<Samples>>,
    cookies: CookieJar,
    Query(request): Query<Request>,
) -> Response {
    if let Some(refusal) = request.refusal(site, &neighbours).await {
        return refusal;
    }
    match session::person(site, &samples, &cookies) {
        Some(username) => Redirect::to(&request.granted(&samples, &username)).into_response(),
        None => one_page::show(site).await,
    }
}

/// The password came to the accounts site, at the address of the request.
pub(crate) async fn submit(
    site: Site,
    neighbours: Neighbours,
    State(samples): State<Arc<Samples>>,
    Query(request): Query<Request>,
    body: Bytes,
) -> Response {
    match request.refusal(site, &neighbours).await {
        Some(refusal) => refusal,
        None => one_page::submit(site, &samples, &body, |username| request.granted(&samples, username)).await,
    }
}

impl Request {
    /// Why it gets no code. Nobody is sent to an address that is not the app's own.
    async fn refusal(&self, site: Site, neighbours: &Neighbours) -> Option<Response> {
        if site != Site::Accounts {
            return Some(page::not_found(site).await);
        }
        if self.client_id != CLIENT || self.redirect_uri != callback_of(neighbours) {
            let words = ("This app is not known here", "Nobody was signed in. Open the app again from where you usually do.");
            return Some(page::message(StatusCode::BAD_REQUEST, site, words));
        }
        let error = if self.response_type != "code" {
            "unsupported_response_type"
        } else if !self.scope.split(' ').any(|scope| scope == "openid") {
            "invalid_scope"
        } else if self.state.is_empty() || self.nonce.is_empty() {
            "invalid_request"
        } else {
            return None;
        };
        Some(Redirect::to(&with_query(&self.redirect_uri, &[("error", error), ("state", &self.state)])).into_response())
    }

    /// Where the browser takes its code.
    fn granted(&self, samples: &Samples, username: &str) -> String {
        let grant = Grant {
            client_id: self.client_id.clone(),
            redirect_uri: self.redirect_uri.clone(),
            nonce: self.nonce.clone(),
            username: username.to_owned(),
        };
        match samples.codes.issue(Instant::now(), grant) {
            Some(code) => with_query(&self.redirect_uri, &[("code", &code), ("state", &self.state)]),
            None => with_query(&self.redirect_uri, &[("error", "server_error"), ("state", &self.state)]),
        }
    }
}

/// The browser is back at the app.
pub(crate) async fn callback(
    site: Site,
    neighbours: Neighbours,
    State(samples): State<Arc<Samples>>,
    cookies: CookieJar,
    Query(returned): Query<Returned>,
) -> Response {
    if site != Site::Projects {
        return page::not_found(site).await;
    }
    let forget = AppendHeaders([(header::SET_COOKIE, format!("{PENDING}=; Path=/callback; Max-Age=0"))]);
    let username = signed_in(&neighbours, &samples, &cookies, &returned);
    match username.and_then(|username| samples.begin_session(site, &username)) {
        Some(session) => (forget, session::enter(session::cookie(&session, ""), "/")).into_response(),
        None => {
            let words = ("You are not signed in", "The sign-in was not begun in this browser, or it is over. Go back and begin again.");
            (forget, page::message(StatusCode::FORBIDDEN, site, words)).into_response()
        }
    }
}

/// Who signed in, if this browser began it and the code answers what it began with.
fn signed_in(neighbours: &Neighbours, samples: &Samples, cookies: &CookieJar, returned: &Returned) -> Option<String> {
    let (state, nonce) = cookies.get(PENDING)?.value().split_once('.')?;
    let begun_here = bool::from(state.as_bytes().ct_eq(returned.state.as_bytes()));
    let grant = samples.codes.redeem(Instant::now(), &returned.code, CLIENT, &callback_of(neighbours))?;
    (begun_here && grant.nonce == nonce).then_some(grant.username)
}

/// Leaving the app leaves the account as well, else nobody could sign in as somebody else.
pub(crate) fn sign_out_at_accounts(neighbours: &Neighbours) -> String {
    let accounts = format!("{}/logout", neighbours.origin(Site::Accounts));
    with_query(&accounts, &[("post_logout_redirect_uri", &signed_out_of(neighbours))])
}

/// Where the accounts site sends a browser after signing it out: back to its app and nowhere else.
pub(crate) fn after_sign_out(neighbours: &Neighbours, after: &AfterSignOut) -> Option<String> {
    after.post_logout_redirect_uri.clone().filter(|wanted| *wanted == signed_out_of(neighbours))
}

fn callback_of(neighbours: &Neighbours) -> String {
    format!("{}/callback", neighbours.origin(Site::Projects))
}

fn signed_out_of(neighbours: &Neighbours) -> String {
    format!("{}/login", neighbours.origin(Site::Projects))
}

fn with_query(address: &str, query: &[(&str, &str)]) -> String {
    // Pairs of text can always be written.
    format!("{address}?{}", serde_urlencoded::to_string(query).unwrap_or_default())
}
