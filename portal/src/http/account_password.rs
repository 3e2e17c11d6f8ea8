//! Where a person changes the password that they sign in to the portal with. Who was given one for the first sign-in comes here
//! first, in the extension's window as well, and goes on from here.

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
    password_fields::{Field, Passwords, Wrong},
    posted::{Asked, Posted},
    same_origin,
    visitor::SignedIn,
};
use crate::{
    account::{self, SignInRecord, password_change},
    clock::now,
    known_browser,
    password::{LONGEST_PASSWORD, SHORTEST_PASSWORD},
    session::{self, Session},
    token::{SecretToken, derive},
};

pub(crate) const PATH: &str = "/account/password";

#[derive(Template)]
#[template(path = "account_password.html")]
struct AccountPasswordPage {
    frame: Frame,
    form_token: String,
    /// So that a password manager knows which one it is to change.
    username: String,
    /// Whether nothing else can be done before.
    is_due: bool,
    is_changed: bool,
    wrong: Option<Wrong>,
    onward: Onward,
    cancel: Option<String>,
    reset_password: Option<String>,
}

pub(crate) async fn show(
    State(portal): Shared,
    SignedIn(session): SignedIn,
    headers: HeaderMap,
    Asked(query): Asked,
) -> Result<Response, Failed> {
    // The address can be opened at any time: only in the session that began with the change, it was done.
    let mark = cookies::session(&portal, &headers).map(|secret| mark(&secret));
    let is_changed = mark.is_some() && query.get("done") == mark.as_deref();
    Ok(page(&portal, session, Onward::asked(&query), StatusCode::OK, |page| page.is_changed = is_changed))
}

/// The page at the address of another one, which comes afterwards.
pub(crate) fn ask(portal: &Portal, session: Session, onward: Onward) -> Response {
    page(portal, session, onward, StatusCode::OK, |_| ())
}

pub(crate) async fn change(
    State(portal): Shared,
    SignedIn(session): SignedIn,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
    Posted(form): Posted,
) -> Result<Response, Failed> {
    let onward = match Onward::posted(&form, &portal.settings) {
        Ok(onward) => onward,
        Err(refusal) => return Ok(authorize::refuse(&portal, &refusal)),
    };
    if !same_origin::is_own_form(&session, form.get("form_token").unwrap_or_default()) {
        return Ok(page::forged(&portal));
    }
    let typed = Passwords::of(&form);
    if let Some(wrong) = typed.wrong() {
        return Ok(page(&portal, session, onward, StatusCode::BAD_REQUEST, |page| page.wrong = Some(wrong)));
    }
    let changed = match check(&portal, &session.account.username, typed.current, address, &headers).await? {
        Ok(record) => begin(&portal, &session, &record, typed.new).await?.ok_or(Refused::Wrong),
        Err(refused) => Err(refused),
    };
    match changed {
        Ok(secret) => go_on(&portal, &session, &secret, &headers, onward).await,
        Err(refused) => refuse(&portal, session, &refused, onward).await,
    }
}

/// The session that begins with the new password. Whoever presses the button twice has changed it with the first press, whose
/// answer their browser threw away: the second one finds what it was to do done, and goes on.
async fn begin(portal: &Portal, session: &Session, record: &SignInRecord, new: Zeroizing<String>) -> Result<Option<SecretToken>, Failed> {
    let hashed = portal.hasher.hash(new.clone()).await?;
    let expires_at = now() + portal.settings.session_lifetime;
    let begun = password_change::change_own(&portal.database, session, record, &hashed, expires_at, now()).await?;
    if begun.is_some() {
        return Ok(begun);
    }
    let Some(record) = account::sign_in_record_of(&portal.database, record.id).await? else { return Ok(None) };
    if !portal.hasher.verify(new, Some(record.password_hash.clone())).await? {
        return Ok(None);
    }
    Ok(session::begin(&portal.database, &record, None, session.stays, expires_at).await?)
}

async fn go_on(portal: &Portal, session: &Session, secret: &SecretToken, headers: &HeaderMap, onward: Onward) -> Result<Response, Failed> {
    let known = cookies::known_browser(portal, headers);
    let known = known_browser::remember(&portal.database, known.as_deref(), session.account.id, now()).await?;
    let kept = [
        (header::SET_COOKIE, cookies::keep_session(portal, secret.reveal(), session.stays)),
        (header::SET_COOKIE, cookies::keep_known_browser(portal, known.reveal())),
    ];
    let answer = if onward.is_anywhere() {
        onward.go(portal, secret).await?
    } else {
        Redirect::to(&format!("{PATH}?done={}", mark(secret.reveal()))).into_response()
    };
    Ok((AppendHeaders(kept), answer).into_response())
}

async fn refuse(portal: &Portal, session: Session, refused: &Refused, onward: Onward) -> Result<Response, Failed> {
    let sentence = match refused {
        Refused::Wrong => {
            password_change::record_refusal(&portal.database, session.account.id, now()).await?;
            "Not changed: this is not your current password.".to_owned()
        }
        Refused::Empty | Refused::Wait(_) => refused.sentence(),
    };
    let wrong = Wrong { field: Field::Current, sentence };
    let mut answer = page(portal, session, onward, StatusCode::BAD_REQUEST, |page| page.wrong = Some(wrong));
    if let Refused::Wait(seconds) = refused {
        answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(*seconds));
    }
    Ok(answer)
}

/// What tells the session that began with a change from all others. It stands in an address, and opens nothing.
fn mark(secret: &str) -> String {
    derive("my-apps password change", secret)
}

fn page(portal: &Portal, session: Session, onward: Onward, status: StatusCode, fill: impl FnOnce(&mut AccountPasswordPage)) -> Response {
    let (form_token, username, is_due) = (session.form_token.clone(), session.account.username.clone(), session.must_change_password);
    // What stands around a page leads nowhere as long as the password must be changed, or in the extension's window.
    let around = Some(session).filter(|_| !is_due && !onward.is_to_extension());
    let mut page = AccountPasswordPage {
        frame: Frame::new(portal, around),
        form_token,
        username,
        is_due,
        is_changed: false,
        wrong: None,
        cancel: onward.cancel_address(portal),
        onward,
        reset_password: portal.settings.links.reset_password.clone(),
    };
    fill(&mut page);
    render(status, &page)
}

impl AccountPasswordPage {
    fn is_wrong(&self, field: &Field) -> bool {
        self.wrong.as_ref().is_some_and(|wrong| wrong.field == *field)
    }

    /// The ids of what a screen reader says of a field.
    fn described_by(&self, field: &Field) -> Option<&'static str> {
        match (*field == Field::New, self.is_wrong(field)) {
            (true, true) => Some("hint wrong"),
            (true, false) => Some("hint"),
            (false, true) => Some("wrong"),
            (false, false) => None,
        }
    }
}
