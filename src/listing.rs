//! A list of apps that comes page by page. The worker fetches it, one page after the other, for whoever asks: so it is asked
//! for once, and a popup that closes does not end it. Only the whole list counts.

use std::rc::Rc;

use crate::Millis;
use crate::catalogue::{Catalogue, MOST_APPS};
use crate::effect::{Effect, Purpose};
use crate::icons;
use crate::json;
use crate::memory::{PendingNotice, Standing};
use crate::provider::entra::{self, Page};
use crate::provider::{Exchange, PortalError, api};
use crate::refresh;
use crate::session::expire;
use crate::state::State;

/// For so long a list is not asked for again: it costs a request for every thousand apps, and new ones are rare.
const FRESH: Millis = 15 * 60_000;
/// So long the worker waits when it is asked to; browsers end one that waits for half a minute.
const LONGEST_WAIT: Millis = 20_000;

/// A list while it comes.
#[derive(Debug, Clone)]
pub struct Listing {
    epoch: u32,
    source: Source,
    apps: Vec<String>,
    logos: Vec<(String, String)>,
    is_waiting: bool,
}

/// Where the next part of the list comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Source {
    /// Everything about the apps: a page, by its address.
    Resources(String),
    /// Their names, where the other is not available.
    Names(String),
    /// Which of them the companion portal has passwords for.
    Vault,
}

/// Fetches the list, unless it is fresh or on its way.
pub(crate) fn fetch(state: &mut State, now: Millis, effects: &mut Vec<Effect>) {
    let Standing::SignedIn(_, session) = state.memory.standing(now) else { return };
    if session.is_patient(now) || session.discovery.protocol().lists_at_once() || !state.memory.wants_list(now) {
        return;
    }
    let epoch = state.memory.epoch;
    if state.listing.as_ref().is_none_or(|listing| listing.epoch != epoch) {
        let source = Source::Resources(entra::resources_url(&session.discovery));
        state.listing = Some(Listing { epoch, source, apps: Vec::new(), logos: Vec::new(), is_waiting: true });
    }
    if let Some(listing) = state.listing.take_if(|listing| listing.is_waiting) {
        go_on(state, listing, effects);
    }
}

fn go_on(state: &mut State, mut listing: Listing, effects: &mut Vec<Effect>) {
    let memory = &state.memory;
    let request = match (&listing.source, &memory.session, &memory.vault) {
        (Source::Resources(url) | Source::Names(url), Some(session), _) => entra::page_request(url.clone(), &session.access_token),
        (Source::Vault, _, Some(vault)) => api::apps_request(&vault.discovery, &vault.access_token, None),
        _ => return,
    };
    effects.push(Effect::Ask { purpose: Purpose::Apps, epoch: listing.epoch, request });
    listing.is_waiting = false;
    state.listing = Some(listing);
}

/// Whether an answer to a question of that epoch is a part of the list that comes: not one that was begun for somebody else.
pub(crate) fn is_awaited(state: &State, epoch: u32) -> bool {
    epoch == state.memory.epoch && state.listing.as_ref().is_some_and(|listing| listing.epoch == epoch)
}

/// A part arrived, or did not.
pub(crate) fn arrived(state: &mut State, now: Millis, exchange: Exchange, effects: &mut Vec<Effect>) {
    let Some(mut listing) = state.listing.take() else { return };
    state.memory.be_patient(now, &exchange, &Purpose::Apps);
    if listing.source == Source::Vault {
        // Without the companion's word the apps can still be opened.
        let passwords = match api::read_apps(exchange) {
            Ok(api::Apps::New { body, .. }) if Catalogue::read(&body).is_ok() => body,
            _ => String::from("{\"apps\":[]}"),
        };
        return keep(state, listing, Some(&passwords), now, effects);
    }
    let Some(session) = &state.memory.session else { return };
    let mut page = match Page::read(&session.discovery, exchange) {
        Ok(page) => page,
        Err(PortalError::SignedOut) => return expire(state, now, effects),
        Err(PortalError::NotAssigned | PortalError::Failed(400..=499)) if matches!(listing.source, Source::Resources(_)) => {
            listing.source = Source::Names(entra::names_url(&session.discovery));
            listing.apps.clear();
            listing.logos.clear();
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
    listing.logos.append(&mut page.logos);
    match (&mut listing.source, page.next.filter(|_| is_growing)) {
        (Source::Resources(url) | Source::Names(url), Some(next)) => *url = next,
        _ if state.memory.vault.as_ref().is_some_and(|vault| now < vault.expires_at) => listing.source = Source::Vault,
        _ => return keep(state, listing, None, now, effects),
    }
    go_on(state, listing, effects);
}

/// The list is complete: it is kept as a portal would have written it, and the addresses of logos as its icons.
fn keep(state: &mut State, listing: Listing, passwords: Option<&str>, now: Millis, effects: &mut Vec<Effect>) {
    let mut list = json::Object::default().json("apps", &json::list(listing.apps));
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
    let Ok(catalogue) = Catalogue::read_as(&body, &state.memory.reading()) else { return };
    state.memory.fresh_icons = Some(icons::write(&mut listing.logos.iter().map(|(app, logo)| (app.as_str(), logo.as_str()))));
    refresh::keep(state, now, Rc::new(catalogue), None, body, effects);
}
