//! A whole map of internal addresses in the place of the one before, from a text that was pasted or a file.

use askama::Template;
use axum::{
    extract::{
        Multipart, State,
        multipart::{MultipartError, MultipartRejection},
    },
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};

use super::{
    Portal, Shared, links,
    page::{self, Failed, Frame, render},
    same_origin,
    uploaded::{NoText, Uploaded},
    visitor::Administrator,
};
use crate::{
    clock::now,
    link_change::{Change, NotChanged},
    link_map::{self, LinkMap, LinkMapError},
    session::Session,
};

/// So much is listened to, of which a map may be [`links::LARGEST`]: whoever chooses a wrong file is told what is wrong with it.
pub(crate) const LARGEST: usize = 32 * 1024 * 1024;

/// What the form has.
pub(crate) const FIELDS: [&str; 4] = ["form_token", "seen", "file", "map"];

/// So many entries that would not count are told at once.
const TOLD: usize = 20;

#[derive(Template)]
#[template(path = "address_import.html")]
struct ImportPage {
    frame: Frame,
    /// Of the map that is there.
    total: usize,
    version: String,
    /// As it was pasted, or stands in the file.
    typed: String,
    /// Whether it was typed before the last sign-in.
    unsaved: bool,
    wrong: Option<String>,
    /// Whether it is the file that is wrong, and not what was typed.
    is_file_wrong: bool,
    /// Each entry that would not count, in words.
    refused: Vec<String>,
    more: usize,
}

pub(crate) async fn show(State(portal): Shared, Administrator(session): Administrator) -> Result<Response, Failed> {
    let map = link_map::find(&portal.database).await?.map;
    let frame = Frame::new(&portal, Some(session));
    Ok(render(StatusCode::OK, &ImportPage::of(frame, &map)))
}

pub(crate) async fn save(
    State(portal): Shared,
    Administrator(session): Administrator,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Response, Failed> {
    // The portal's own pages always send such a form; of anything else the status says enough.
    let Ok(form) = form else { return Ok(StatusCode::BAD_REQUEST.into_response()) };
    let form = match Uploaded::read(form, &FIELDS, links::LARGEST).await {
        Ok(form) => form,
        Err(error) => return Ok(unread(&portal, &error)),
    };
    if !same_origin::is_own_form(&session, form.text("form_token").unwrap_or_default()) {
        let (seen, typed) = (form.text("seen").unwrap_or_default(), given_text(&form).unwrap_or_default());
        return unsaved(&portal, session, seen, typed, StatusCode::FORBIDDEN).await;
    }
    let map = match read(&form) {
        Ok(map) => map,
        Err(sentence) => return again(&portal, session, &form, StatusCode::BAD_REQUEST, |page| page.wrong = Some(sentence)).await,
    };
    let seen = form.text("seen").unwrap_or_default().to_owned();
    let change = Change::Whole { seen, map: map.clone() };
    match link_map::change(&portal.database, &change, session.account.id, now()).await? {
        Ok(()) => Ok(Redirect::to("/addresses?done=replaced").into_response()),
        Err(NotChanged::Meanwhile) => {
            let sentence = "Somebody else has changed the map since you opened this page. Look at the list first; pressing the button \
                            again replaces what they did.";
            again(&portal, session, &form, StatusCode::CONFLICT, |page| page.wrong = Some(sentence.to_owned())).await
        }
        Err(_) => again(&portal, session, &form, StatusCode::BAD_REQUEST, |page| page.refuse(&map)).await,
    }
}

fn unread(portal: &Portal, error: &MultipartError) -> Response {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => {
            page::message(portal, StatusCode::PAYLOAD_TOO_LARGE, "Nothing was replaced", &too_large("The file"))
        }
        _ => StatusCode::BAD_REQUEST.into_response(),
    }
}

/// The page once more, with what was pasted or stands in the file, so that it can be put right there. Only whoever was told that
/// the map is another one now replaces that one.
async fn again(
    portal: &Portal,
    session: Session,
    form: &Uploaded,
    status: StatusCode,
    fill: impl FnOnce(&mut ImportPage),
) -> Result<Response, Failed> {
    let map = link_map::find(&portal.database).await?.map;
    let mut page = ImportPage::of(Frame::new(portal, Some(session)), &map);
    let (field, _) = given(form);
    let text = given_text(form).unwrap_or_default();
    page.is_file_wrong = field == "file" && text.trim().is_empty();
    let text = if page.is_file_wrong { form.text("map").unwrap_or_default() } else { text };
    text.clone_into(&mut page.typed);
    if status != StatusCode::CONFLICT {
        form.text("seen").unwrap_or_default().clone_into(&mut page.version);
    }
    fill(&mut page);
    Ok(render(status, &page))
}

/// The page with what was pasted, or stood in the file, before the last sign-in.
pub(crate) async fn unsaved(portal: &Portal, session: Session, seen: &str, typed: &str, status: StatusCode) -> Result<Response, Failed> {
    let map = link_map::find(&portal.database).await?.map;
    let frame = Frame::new(portal, Some(session));
    Ok(render(status, &ImportPage { unsaved: true, version: seen.to_owned(), typed: typed.to_owned(), ..ImportPage::of(frame, &map) }))
}

/// The text that counts.
///
/// # Errors
/// Says what it is instead of a text.
pub(crate) fn given_text(form: &Uploaded) -> Result<&str, NoText> {
    form.text(given(form).0)
}

/// The field that counts, and how it is called: a file that was chosen, or what was pasted.
fn given(form: &Uploaded) -> (&'static str, &'static str) {
    if form.has_file("file") { ("file", "The file") } else { ("map", "The text") }
}

fn too_large(what: &str) -> String {
    format!("{what} is too large: a map is not larger than {} MB.", links::LARGEST / 1024 / 1024)
}

/// The map, or the sentence that says why there is none.
fn read(form: &Uploaded) -> Result<LinkMap, String> {
    let (field, what) = given(form);
    let text = given_text(form).map_err(|reason| match reason {
        NoText::TooLarge => too_large(what),
        NoText::NotUtf8 => format!("{what} is not text in UTF-8. Save the map as JSON in that encoding, and choose it again."),
    })?;
    if text.trim().is_empty() {
        let nothing = if field == "file" { "The file is empty." } else { "Choose a file or paste a map first." };
        return Err(nothing.to_owned());
    }
    let map: LinkMap = serde_json::from_str(text).map_err(|error| format!("{what} is not a map of internal addresses: {error}."))?;
    Ok(map.as_browsers_write())
}

impl ImportPage {
    fn of(frame: Frame, map: &LinkMap) -> Self {
        let (total, version) = (map.links.len(), map.version());
        Self {
            frame,
            total,
            version,
            typed: String::new(),
            unsaved: false,
            wrong: None,
            is_file_wrong: false,
            refused: Vec::new(),
            more: 0,
        }
    }

    /// Says which entries would not be followed, or that the probe proves nothing.
    fn refuse(&mut self, map: &LinkMap) {
        let verdicts = map.verdicts();
        let refused = map.links.iter().zip(verdicts).zip(1..).filter_map(|((pair, verdict), number)| Some((number, pair, verdict?)));
        let refused: Vec<String> =
            refused.map(|(number, pair, refusal)| format!("Entry {number}, {}: {}.", pair.internal, link_map::reason(refusal))).collect();
        self.wrong = Some(match refused.len() {
            0 => LinkMapError::Probe.to_string(),
            1 => format!("One entry of {} would not be followed.", map.links.len()),
            many => format!("{many} entries of {} would not be followed.", map.links.len()),
        });
        self.more = refused.len().saturating_sub(TOLD);
        self.refused = refused.into_iter().take(TOLD).collect();
    }
}
