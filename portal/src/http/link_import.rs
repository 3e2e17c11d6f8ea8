//! A whole map of internal addresses in the place of the one before, from a text that was pasted or a file that was read.

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};

use super::{
    Portal, Shared, links,
    page::{self, Failed, Frame, render},
    posted::Posted,
    same_origin,
    visitor::Administrator,
};
use crate::{
    clock::now,
    link_change::{Change, NotChanged},
    link_map::{self, LinkMap, LinkMapError},
    oauth::parameters::Parameters,
    session::Session,
};

/// What a form may weigh whose text is as large as may be: most of the signs of JSON take three bytes each.
pub(crate) const LARGEST: usize = 3 * links::LARGEST;

/// So many entries that would not count are told at once.
const TOLD: usize = 20;

#[derive(Template)]
#[template(path = "address_import.html")]
struct ImportPage {
    frame: Frame,
    /// Of the map that is there.
    total: usize,
    version: String,
    largest: usize,
    /// As it was pasted.
    typed: String,
    wrong: Option<String>,
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
    posted: Result<Posted, Response>,
) -> Result<Response, Failed> {
    let Ok(Posted(form)) = posted else {
        return Ok(page::message(&portal, StatusCode::PAYLOAD_TOO_LARGE, "Nothing was replaced", &too_large()));
    };
    if !same_origin::is_own_form(&session, form.get("form_token").unwrap_or_default()) {
        return Ok(page::forged(&portal));
    }
    let map = match read(form.get("map").unwrap_or_default()) {
        Ok(map) => map,
        Err(sentence) => return again(&portal, session, &form, StatusCode::BAD_REQUEST, |page| page.wrong = Some(sentence)).await,
    };
    let seen = form.get("seen").unwrap_or_default().to_owned();
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

/// The page once more, with what was pasted. Only whoever was told that the map is another one now replaces that one.
async fn again(
    portal: &Portal,
    session: Session,
    form: &Parameters,
    status: StatusCode,
    fill: impl FnOnce(&mut ImportPage),
) -> Result<Response, Failed> {
    let map = link_map::find(&portal.database).await?.map;
    let mut page = ImportPage::of(Frame::new(portal, Some(session)), &map);
    form.get("map").unwrap_or_default().clone_into(&mut page.typed);
    if status != StatusCode::CONFLICT {
        form.get("seen").unwrap_or_default().clone_into(&mut page.version);
    }
    fill(&mut page);
    Ok(render(status, &page))
}

fn too_large() -> String {
    format!("A map is not larger than {} MB.", links::LARGEST / 1024 / 1024)
}

/// The map, or the sentence that says why the text is none.
fn read(text: &str) -> Result<LinkMap, String> {
    if text.trim().is_empty() {
        return Err("Paste a map first.".to_owned());
    }
    if text.len() > links::LARGEST {
        return Err(too_large());
    }
    serde_json::from_str(text).map_err(|error| format!("The text is not a map of internal addresses: {error}."))
}

impl ImportPage {
    fn of(frame: Frame, map: &LinkMap) -> Self {
        let (total, version, largest) = (map.links.len(), map.version(), links::LARGEST);
        Self { frame, total, version, largest, typed: String::new(), wrong: None, refused: Vec::new(), more: 0 }
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
