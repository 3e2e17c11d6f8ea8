//! What was typed into a form whose session had ended when the button was pressed.
//!
//! Nobody is signed in then to whom it could belong, so the portal keeps none of it: the sign-in page carries it, and after the
//! sign-in it stands in its form again. Nothing is saved by that: a person looks at it and presses the button once more. The
//! forms are those of administrators with long texts; no password is ever carried.

use axum::{
    body::Bytes,
    extract::{FromRequest, Multipart, Request, State},
    http::{Method, StatusCode},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};

use super::{
    Portal, Shared, account_password, link_entry, link_import, link_probe,
    onward::Onward,
    page::{self, Failed},
    posted, sign_in,
    uploaded::Uploaded,
    visitor::session_of,
};
use crate::{oauth::parameters::Parameters, session::Session};

pub(crate) const ENTRY: &str = "/addresses/entry";
pub(crate) const PROBE: &str = "/addresses/probe";
pub(crate) const IMPORT: &str = "/addresses/import";

/// So many bytes are carried at most. The longest map that browsers follow has fewer.
const LARGEST: usize = 1024 * 1024;
/// A form that carries it: in the worst case, three letters stand for each byte.
pub(crate) const LARGEST_FORM: usize = 4 * LARGEST;

/// A form and what was typed into it, written like an address: path and query.
pub(crate) struct Typed(String);

impl Typed {
    /// What a page carried; nothing if it is for none of the forms, or longer than what a page carries: that is made up.
    pub(crate) fn read(carried: &str) -> Option<Self> {
        let (path, query) = carried.split_once('?')?;
        ([ENTRY, PROBE, IMPORT].contains(&path) && query.len() <= LARGEST).then(|| Self(carried.to_owned()))
    }

    /// Nothing if it is too long.
    fn of<N: AsRef<str>, V: AsRef<str>>(path: &str, fields: impl IntoIterator<Item = (N, V)>) -> Option<Self> {
        let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        (query.len() <= LARGEST).then(|| Self(format!("{path}?{query}")))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// The form with what was typed, for an administrator; whoever else has signed in finds no such page.
    pub(crate) async fn show(&self, portal: &Portal, session: Session) -> Result<Response, Failed> {
        if !session.administrator {
            return Ok(page::not_found(portal));
        }
        let (path, query) = self.0.split_once('?').unwrap_or_default();
        let form = Parameters::parse(query.as_bytes());
        match path {
            ENTRY => Ok(link_entry::unsaved(portal, session, &form, StatusCode::OK)),
            PROBE => Ok(link_probe::unsaved(portal, session, &form, StatusCode::OK)),
            _ => {
                let text = |name| form.get(name).unwrap_or_default();
                link_import::unsaved(portal, session, text("seen"), text("map"), StatusCode::OK).await
            }
        }
    }
}

/// On the routes of these forms: what is posted without a session asks to sign in, and carries what was typed.
pub(crate) async fn keep(State(portal): Shared, request: Request, next: Next) -> Result<Response, Failed> {
    let session = session_of(&portal, request.headers()).await?;
    let may_go_on = session.as_ref().is_some_and(|session| !session.must_change_password);
    if may_go_on || request.method() != Method::POST {
        return Ok(next.run(request).await);
    }
    let path = request.uri().path().to_owned();
    let typed = if path == IMPORT { pasted(request).await } else { entered(&path, request).await };
    let Some(typed) = typed else {
        return Ok(Redirect::to("/sign-in").into_response());
    };
    let (is_too_long, onward) = typed.map_or_else(|| (true, Onward::to_page(path)), |typed| (false, Onward::to_typed(typed)));
    Ok(match session {
        Some(session) => account_password::ask(&portal, session, onward),
        None => sign_in::after_the_session(&portal, onward, is_too_long),
    })
}

/// What a form carried. None if it was no form at all, and none inside if it was too long.
async fn entered(path: &str, request: Request) -> Option<Option<Typed>> {
    let headers = request.headers().clone();
    let body = posted::form(&headers, Bytes::from_request(request, &()).await)?;
    Some(Typed::of(path, url::form_urlencoded::parse(&body).filter(|(name, _)| name != "form_token")))
}

/// The same of a form with a file.
async fn pasted(request: Request) -> Option<Option<Typed>> {
    let form = Multipart::from_request(request, &()).await.ok()?;
    let form = Uploaded::read(form, &link_import::FIELDS, LARGEST).await.ok()?;
    let text = link_import::given_text(&form).ok();
    Some(text.and_then(|text| Typed::of(IMPORT, [("seen", form.text("seen").unwrap_or_default()), ("map", text)])))
}
