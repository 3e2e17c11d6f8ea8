//! A whole map of internal addresses in the place of the one before, from a text that was pasted or a file that was read.

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};

use super::{
    Shared, links,
    page::{self, Failed, Frame, render},
    posted::Posted,
    same_origin,
    visitor::Administrator,
};
use crate::{
    clock::now,
    link_change::{Change, NotChanged},
    link_map::{self, LinkMap, LinkMapError},
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
    let typed = form.get("map").unwrap_or_default();
    let seen = form.get("seen").unwrap_or_default().to_owned();
    let read = read(typed);
    let refused = match &read {
        Ok(map) => {
            let change = Change::Whole { seen: seen.clone(), map: map.clone() };
            match link_map::change(&portal.database, &change, session.account.id, now()).await? {
                Ok(()) => return Ok(Redirect::to("/addresses?done=replaced").into_response()),
                Err(refused) => Some(refused),
            }
        }
        Err(_) => None,
    };
    let current = link_map::find(&portal.database).await?.map;
    let mut page = ImportPage { typed: typed.to_owned(), ..ImportPage::of(Frame::new(&portal, Some(session)), &current) };
    let status = match (refused, read) {
        (Some(NotChanged::Meanwhile), _) => {
            page.wrong = Some(
                "Nothing was replaced: somebody else has changed the map since you opened this page. Look at the list first; \
                 pressing the button again replaces what they did."
                    .to_owned(),
            );
            StatusCode::CONFLICT
        }
        (Some(NotChanged::Map(LinkMapError::Entry(..))), Ok(map)) => {
            page.version = seen;
            page.refuse(&map);
            StatusCode::BAD_REQUEST
        }
        (refused, read) => {
            page.version = seen;
            let probe = matches!(refused, Some(NotChanged::Map(_))).then(|| LinkMapError::Probe.to_string());
            page.wrong = probe.or(read.err()).map(|sentence| format!("Nothing was replaced. {sentence}"));
            StatusCode::BAD_REQUEST
        }
    };
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

    fn refuse(&mut self, map: &LinkMap) {
        let verdicts = map.verdicts();
        let refused = map.links.iter().zip(verdicts).zip(1..).filter_map(|((pair, verdict), number)| Some((number, pair, verdict?)));
        let refused: Vec<String> =
            refused.map(|(number, pair, refusal)| format!("Entry {number}, {}: {}.", pair.internal, link_map::reason(refusal))).collect();
        let count = match refused.len() {
            1 => "one entry".to_owned(),
            many => format!("{many} entries"),
        };
        self.wrong = Some(format!("Nothing was replaced: {count} of {} would not be followed.", map.links.len()));
        self.more = refused.len().saturating_sub(TOLD);
        self.refused = refused.into_iter().take(TOLD).collect();
    }
}
