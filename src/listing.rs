//! A list of apps that comes page by page. The worker fetches it, one page after the other, for whoever asks: so it is asked
//! for once, and a popup that closes does not end it. Only the whole list counts.

use std::rc::Rc;

use crate::Millis;
use crate::catalogue::{Catalogue, MOST_APPS};
use crate::effect::{Effect, Purpose};
use crate::json;
use crate::memory::{PendingNotice, Session};
use crate::provider::entra::{self, Page};
use crate::provider::{Exchange, PortalError, Request, api};
use crate::refresh;
use crate::state::{Screen, State};

/// For so long a list is not asked for again: it costs a request for every thousand apps, and new ones are rare.
const FRESH: Millis = 15 * 60_000;
/// So long the worker waits when it is asked to; browsers end one that waits for half a minute.
const LONGEST_WAIT: Millis = 20_000;

/// A list while it comes.
#[derive(Debug, Clone)]
pub struct Listing {
    epoch: u32,
    request: Request,
    source: Source,
    apps: Vec<String>,
    is_waiting: bool,
}

/// Where the next part of the list comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source {
    /// Everything about the apps.
    Resources,
    /// Their names, where the other is not available.
    Assignments,
    /// Which of them the companion portal has passwords for.
    Vault,
}

/// Asks for the list, unless it is fresh or on its way.
pub fn ask(state: &mut State, session: &Session, now: Millis, effects: &mut Vec<Effect>) {
    if now < session.fresh_until && !state.memory.catalogue_tag.stamp.is_empty() {
        return;
    }
    if !matches!(state.screen, Screen::Worker) {
        return effects.push(Effect::AskWorkerToList);
    }
    let epoch = state.memory.epoch;
    let listing = match state.listing.take().filter(|listing| listing.epoch == epoch) {
        Some(listing) if !listing.is_waiting => {
            state.listing = Some(listing);
            return;
        }
        Some(listing) => Listing { is_waiting: false, ..listing },
        None => {
            let request = entra::resources_request(&session.discovery, &session.access_token);
            Listing { epoch, request, source: Source::Resources, apps: Vec::new(), is_waiting: false }
        }
    };
    go_on(state, listing, effects);
}

fn go_on(state: &mut State, listing: Listing, effects: &mut Vec<Effect>) {
    effects.push(Effect::Ask { purpose: Purpose::Apps, epoch: listing.epoch, request: listing.request.clone() });
    state.listing = Some(listing);
}

/// A part arrived, or did not.
pub fn arrived(state: &mut State, session: &Session, mut listing: Listing, now: Millis, exchange: Exchange, effects: &mut Vec<Effect>) {
    let vault = state.memory.vault.clone().filter(|vault| now < vault.expires_at);
    if listing.source == Source::Vault {
        // Without the companion's word the apps can still be opened.
        let passwords = match api::read_apps(exchange) {
            Ok(api::Apps::New { body, .. }) if Catalogue::read(&body).is_ok() => body,
            _ => String::from("{\"apps\":[]}"),
        };
        return keep(state, listing.apps, Some(&passwords), now, effects);
    }
    let mut page = match Page::read(&session.discovery, exchange) {
        Ok(page) => page,
        Err(PortalError::SignedOut) => return crate::update::expire(state, now, effects),
        Err(PortalError::NotAssigned | PortalError::Failed(400..=499)) if listing.source == Source::Resources => {
            listing.source = Source::Assignments;
            listing.apps.clear();
            listing.request = entra::assignments_request(&session.discovery, &session.access_token);
            return go_on(state, listing, effects);
        }
        Err(error) => {
            let wait = session.not_before.saturating_sub(now);
            if error == PortalError::TooManyRequests && wait <= LONGEST_WAIT {
                listing.is_waiting = true;
                state.listing = Some(listing);
                return effects.push(Effect::WaitToList(u32::try_from(wait).unwrap_or(u32::MAX)));
            }
            let portal = state.memory.settings.portal.clone();
            state.memory.notice = Some(PendingNotice::PortalProblem { portal, error });
            return;
        }
    };
    // A list without an end has one here.
    let is_growing = !page.apps.is_empty() && listing.apps.len() < MOST_APPS;
    listing.apps.append(&mut page.apps);
    match (page.next.filter(|_| is_growing), vault) {
        (Some(next), _) => listing.request = entra::next_request(next, &session.access_token),
        (None, Some(vault)) => {
            listing.source = Source::Vault;
            listing.request = api::apps_request(&vault.discovery, &vault.access_token, None);
        }
        (None, None) => return keep(state, listing.apps, None, now, effects),
    }
    go_on(state, listing, effects);
}

/// The list is complete: it is kept as a portal would have written it.
fn keep(state: &mut State, apps: Vec<String>, passwords: Option<&str>, now: Millis, effects: &mut Vec<Effect>) {
    let mut list = json::Object::default().json("apps", &json::list(apps));
    if let Some(passwords) = passwords {
        list = list.json("vault", passwords);
    }
    let body = list.done();
    if matches!(state.memory.notice, Some(PendingNotice::PortalProblem { .. })) {
        state.memory.notice = None;
    }
    if let Some(session) = &mut state.memory.session {
        session.fresh_until = now.saturating_add(FRESH);
    }
    let Ok(catalogue) = Catalogue::read(&body) else { return };
    refresh::keep(state, now, Rc::new(catalogue), None, body, effects);
}
