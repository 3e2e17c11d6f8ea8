//! The address that answers inside the company's network only: a page to set it.

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};

use super::{
    Portal, Shared,
    page::{Failed, Frame, render},
    posted::Posted,
    same_origin,
    visitor::Administrator,
};
use crate::{
    address::as_browsers_write,
    clock::now,
    link_change::{Change, NotChanged},
    link_map,
    oauth::parameters::Parameters,
    session::Session,
};

#[derive(Template)]
#[template(path = "address_probe.html")]
struct ProbePage {
    frame: Frame,
    /// As it is kept.
    seen: String,
    /// As it was typed.
    typed: String,
    /// Whether it was typed before the last sign-in.
    unsaved: bool,
    wrong: Option<String>,
}

pub(crate) async fn show(State(portal): Shared, Administrator(session): Administrator) -> Result<Response, Failed> {
    let seen = link_map::find(&portal.database).await?.map.probe.unwrap_or_default();
    let page = ProbePage { frame: Frame::new(&portal, Some(session)), typed: seen.clone(), seen, unsaved: false, wrong: None };
    Ok(render(StatusCode::OK, &page))
}

pub(crate) async fn save(State(portal): Shared, Administrator(session): Administrator, Posted(form): Posted) -> Result<Response, Failed> {
    if !same_origin::is_own_form(&session, form.get("form_token").unwrap_or_default()) {
        return Ok(unsaved(&portal, session, &form, StatusCode::FORBIDDEN));
    }
    let typed = form.get("probe").unwrap_or_default().trim().to_owned();
    let seen = form.get("seen").unwrap_or_default().to_owned();
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let change = Change::Probe { seen: some(&seen), probe: some(&as_browsers_write(&typed)) };
    let (status, seen, wrong) = match link_map::change(&portal.database, &change, session.account.id, now()).await? {
        Ok(()) => return Ok(Redirect::to("/addresses?done=probe").into_response()),
        Err(NotChanged::Map(_)) => {
            let sentence = "Not saved: it must be an address that begins with https://, such as https://inside.corp.contoso/.";
            (StatusCode::BAD_REQUEST, seen, sentence.to_owned())
        }
        Err(_) => {
            let current = link_map::find(&portal.database).await?.map.probe.unwrap_or_default();
            let now = if current.is_empty() { "there is none now".to_owned() } else { format!("it is {current} now") };
            let sentence =
                format!("Somebody else has changed this address meanwhile: {now}. Yours was not saved; saving again replaces theirs.");
            (StatusCode::CONFLICT, current, sentence)
        }
    };
    let page = ProbePage { frame: Frame::new(&portal, Some(session)), seen, typed, unsaved: false, wrong: Some(wrong) };
    Ok(render(status, &page))
}

/// The page with what was typed before the last sign-in.
pub(crate) fn unsaved(portal: &Portal, session: Session, form: &Parameters, status: StatusCode) -> Response {
    let text = |name| form.get(name).unwrap_or_default().to_owned();
    let frame = Frame::new(portal, Some(session));
    render(status, &ProbePage { frame, seen: text("seen"), typed: text("probe"), unsaved: true, wrong: None })
}
