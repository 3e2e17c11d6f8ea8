//! One entry of the map of internal addresses: a page to add it, to change it and to remove it.

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use my_apps_sign_in::links::Refusal;

use super::{
    Portal, Shared,
    link_view::View,
    page::{self, Failed, Frame, render},
    posted::{Asked, Posted},
    same_origin,
    visitor::Administrator,
};
use crate::{
    clock::now,
    link_change::{Change, NotChanged},
    link_map::{self, Pair},
    oauth::parameters::Parameters,
    session::Session,
};

#[derive(Template)]
#[template(path = "address_entry.html")]
struct EntryPage {
    frame: Frame,
    /// The entry as it is kept; none if it is a new one.
    seen: Option<Pair>,
    /// As it was typed.
    typed: Pair,
    /// Whether it was typed before the last sign-in.
    unsaved: bool,
    /// What is wrong with what was typed.
    internal_wrong: Option<String>,
    external_wrong: Option<String>,
    /// What somebody else did meanwhile.
    meanwhile: Option<&'static str>,
    /// Where the list was, as hidden fields and as an address.
    parts: Vec<(&'static str, String)>,
    back: String,
}

pub(crate) async fn show(State(portal): Shared, Administrator(session): Administrator, Asked(query): Asked) -> Result<Response, Failed> {
    let Some(seen) = pair(&query, "seen_internal", "seen_external") else {
        return Ok(page(&portal, session, &query, StatusCode::OK, |_| ()));
    };
    let map = link_map::find(&portal.database).await?.map;
    // The list it was opened from may be old.
    let Some(seen) = map.links.iter().find(|pair| **pair == seen).or_else(|| map.links.iter().find(|pair| pair.internal == seen.internal))
    else {
        let sentence = "There is no such entry. Somebody may have removed or changed it meanwhile: look for it in the list.";
        return Ok(page::message(&portal, StatusCode::NOT_FOUND, "No such entry", sentence));
    };
    let refusal = map.links.iter().zip(map.verdicts()).find_map(|(pair, verdict)| verdict.filter(|_| pair == seen));
    Ok(page(&portal, session, &query, StatusCode::OK, |page| {
        page.typed = seen.clone();
        page.seen = Some(seen.clone());
        page.refuse(refusal, "Not followed");
    }))
}

pub(crate) async fn save(State(portal): Shared, Administrator(session): Administrator, Posted(form): Posted) -> Result<Response, Failed> {
    if !same_origin::is_own_form(&session, form.get("form_token").unwrap_or_default()) {
        return Ok(unsaved(&portal, session, &form, StatusCode::FORBIDDEN));
    }
    let typed = entered(&form);
    let entry = typed.as_browsers_write();
    let seen = pair(&form, "seen_internal", "seen_external");
    let change = Change::Entry { seen: seen.clone(), entry: entry.clone() };
    let refused = match link_map::change(&portal.database, &change, session.account.id, now()).await? {
        Ok(()) => {
            let more = [("done", "saved"), ("entry", entry.internal.as_str())];
            return Ok(Redirect::to(&View::of(&form).address("/addresses", &more)).into_response());
        }
        Err(refused) => refused,
    };
    if refused == NotChanged::Meanwhile {
        return meanwhile(&portal, session, &form, seen, Some(typed)).await;
    }
    Ok(page(&portal, session, &form, StatusCode::BAD_REQUEST, |page| {
        page.typed = typed;
        page.seen = seen;
        match refused {
            NotChanged::Entry(refusal) => page.refuse(Some(refusal), "Not saved"),
            NotChanged::Other(other) => {
                page.internal_wrong =
                    Some(format!("Not saved: {} leads to an address of this entry, so that nobody would arrive.", other.internal));
            }
            NotChanged::Map(error) => page.internal_wrong = Some(error.to_string()),
            NotChanged::Meanwhile => {}
        }
    }))
}

pub(crate) async fn remove(State(portal): Shared, Administrator(session): Administrator, Posted(form): Posted) -> Result<Response, Failed> {
    if !same_origin::is_own_form(&session, form.get("form_token").unwrap_or_default()) {
        return Ok(page::forged(&portal));
    }
    let seen = pair(&form, "seen_internal", "seen_external").unwrap_or_else(|| Pair { internal: String::new(), external: String::new() });
    let change = Change::Removal(seen.clone());
    match link_map::change(&portal.database, &change, session.account.id, now()).await? {
        Ok(()) => Ok(Redirect::to(&View::of(&form).address("/addresses", &[("done", "removed")])).into_response()),
        Err(_) => meanwhile(&portal, session, &form, Some(seen), None).await,
    }
}

/// Somebody else was faster: what stands there now is shown beside what was typed, and another press takes its place.
async fn meanwhile(
    portal: &Portal,
    session: Session,
    form: &Parameters,
    seen: Option<Pair>,
    typed: Option<Pair>,
) -> Result<Response, Failed> {
    let map = link_map::find(&portal.database).await?.map;
    let current = map.links.into_iter().find(|pair| seen.as_ref().is_some_and(|seen| seen.internal == pair.internal));
    Ok(page(portal, session, form, StatusCode::CONFLICT, |page| {
        page.meanwhile = Some(match (&current, &typed) {
            (Some(_), Some(_)) => {
                "Somebody else has changed this entry meanwhile. Nothing of yours was saved: what is typed below would replace theirs."
            }
            (Some(_), None) => "Somebody else has changed this entry meanwhile, so it was not removed. This is what it is now.",
            (None, Some(_)) => {
                "Somebody else has removed this entry meanwhile, or given it another internal address. Nothing of yours was saved: what is typed below would be a new entry."
            }
            (None, None) => "Somebody else has removed this entry meanwhile, or given it another internal address.",
        });
        page.typed = typed.or_else(|| current.clone()).or(seen).unwrap_or_else(|| page.typed.clone());
        page.seen = current;
    }))
}

/// The page with what was typed before the last sign-in.
pub(crate) fn unsaved(portal: &Portal, session: Session, form: &Parameters, status: StatusCode) -> Response {
    page(portal, session, form, status, |page| {
        page.typed = entered(form);
        page.seen = pair(form, "seen_internal", "seen_external");
        page.unsaved = true;
    })
}

fn entered(form: &Parameters) -> Pair {
    let typed = |name| form.get(name).unwrap_or_default().trim().to_owned();
    Pair { internal: typed("internal"), external: typed("external") }
}

fn page(portal: &Portal, session: Session, parameters: &Parameters, status: StatusCode, fill: impl FnOnce(&mut EntryPage)) -> Response {
    let view = View::of(parameters);
    let mut page = EntryPage {
        frame: Frame::new(portal, Some(session)),
        seen: None,
        typed: Pair { internal: String::new(), external: String::new() },
        unsaved: false,
        internal_wrong: None,
        external_wrong: None,
        meanwhile: None,
        parts: view.parts(),
        back: view.address("/addresses", &[]),
    };
    fill(&mut page);
    render(status, &page)
}

fn pair(parameters: &Parameters, internal: &str, external: &str) -> Option<Pair> {
    Some(Pair { internal: parameters.get(internal)?.to_owned(), external: parameters.get(external)?.to_owned() })
}

impl EntryPage {
    /// Says what is wrong at the field where it can be put right.
    fn refuse(&mut self, refusal: Option<Refusal>, what: &str) {
        let sentence = refusal.map(|refusal| format!("{what}: {}.", link_map::reason(refusal)));
        match refusal {
            Some(Refusal::External | Refusal::ExternalTooLong | Refusal::NotHttps | Refusal::Same | Refusal::Loop) => {
                self.external_wrong = sentence
            }
            Some(Refusal::Wildcard) if self.typed.external.contains('*') => self.external_wrong = sentence,
            _ => self.internal_wrong = sentence,
        }
    }
}
