//! A list of apps that comes page by page. The worker fetches it, one page after the other, for whoever asks: so it is asked
//! for once, and a popup that closes does not end it. Only the whole list counts.

use std::rc::Rc;

use crate::catalogue::{Catalogue, MOST_APPS};
use crate::effect::{Effect, Purpose};
use crate::icons;
use crate::json;
use crate::memory::{Memory, PendingNotice, Standing};
use crate::provider::entra::{self, Page};
use crate::provider::{Exchange, PortalError, api};
use crate::refresh;
use crate::session::expire;
use crate::state::State;
use crate::{Millis, lasts};

/// For so many milliseconds the list is not asked for again by itself: it costs a request for every thousand apps, and new ones are
/// rare.
const FRESH_FOR: Millis = 15 * 60_000;

/// So long the worker waits when it is asked to; browsers end one that waits for half a minute.
const LONGEST_WAIT: Millis = 20_000;

/// So long nobody but a person who wants it asks for the list anew after the companion failed: each time it costs all of
/// Microsoft's requests, and a popup opens often.
const COMPANION_PAUSE: Millis = 60_000;

/// So many pages in a row may have no app: Microsoft's may be empty and not the last, and of a large company's apps a whole page may
/// be hidden from the person (learn.microsoft.com/graph/paging).
const MOST_EMPTY: u32 = 20;

/// A list while it comes.
#[derive(Debug, Clone)]
pub struct Listing {
    epoch: u32,
    source: Source,
    apps: Vec<String>,
    logos: Vec<(String, String)>,
    /// How many pages in a row had no app.
    empty: u32,
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

/// Whether the list is due: none is known, or what is known is no longer fresh.
pub fn is_due(memory: &Memory, now: Millis) -> bool {
    let is_fresh = memory.session.as_ref().is_none_or(|session| lasts(session.fresh_until, FRESH_FOR, now));
    memory.catalogue_tag.stamp.is_empty() || !is_fresh
}

/// Fetches the list, unless it is fresh or on its way. Not while the companion wants to be left alone: half of it is none.
pub(crate) fn fetch(state: &mut State, now: Millis, effects: &mut Vec<Effect>) {
    let memory = &state.memory;
    let Standing::SignedIn(_, session) = memory.standing(now) else { return };
    let is_patient = [Some(session), memory.vault.as_ref()].into_iter().flatten().any(|session| session.is_patient(now));
    if is_patient || session.discovery.protocol().lists_at_once() || !is_due(memory, now) {
        return;
    }
    let epoch = memory.epoch;
    if state.listing.as_ref().is_none_or(|listing| listing.epoch != epoch) {
        let source = Source::Resources(entra::resources_url(&session.discovery));
        state.listing = Some(Listing { epoch, source, apps: Vec::new(), logos: Vec::new(), empty: 0, is_waiting: true });
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
pub(crate) fn answered(state: &mut State, now: Millis, exchange: Exchange, effects: &mut Vec<Effect>) {
    let Some(mut listing) = state.listing.take() else { return };
    let memory = &mut state.memory;
    let asked = if listing.source == Source::Vault { &mut memory.vault } else { &mut memory.session };
    let Some(session) = asked else { return };
    session.be_patient(now, &exchange);
    if listing.source == Source::Vault {
        return match read_passwords(exchange) {
            Ok(passwords) => complete(state, listing, Some(&passwords), now, effects),
            Err(error) => failed(state, listing, error, now, effects),
        };
    }
    let mut page = match Page::read(&session.discovery, exchange) {
        Ok(page) => page,
        Err(PortalError::SignedOut) => return expire(state, now, effects),
        Err(PortalError::NotAssigned | PortalError::Failed(400..=499)) if matches!(listing.source, Source::Resources(_)) => {
            listing.source = Source::Names(entra::names_url(&session.discovery));
            listing.apps.clear();
            listing.logos.clear();
            return go_on(state, listing, effects);
        }
        Err(error) => return failed(state, listing, error, now, effects),
    };
    // A list without an end has one here.
    listing.empty = if page.apps.is_empty() { listing.empty + 1 } else { 0 };
    let is_growing = listing.empty <= MOST_EMPTY && listing.apps.len() < MOST_APPS;
    listing.apps.append(&mut page.apps);
    listing.logos.append(&mut page.logos);
    if let (Source::Resources(url) | Source::Names(url), Some(next)) = (&mut listing.source, page.next.filter(|_| is_growing)) {
        *url = next;
        return go_on(state, listing, effects);
    }
    let Some(vault) = &memory.vault else {
        return complete(state, listing, None, now, effects);
    };
    listing.source = Source::Vault;
    if now >= vault.expires_at {
        return failed(state, listing, PortalError::SignedOut, now, effects);
    }
    // A fill may have asked too much of it meanwhile.
    if vault.is_patient(now) { failed(state, listing, PortalError::TooManyRequests, now, effects) } else { go_on(state, listing, effects) }
}

/// The companion's list, as it wrote it.
fn read_passwords(exchange: Exchange) -> Result<String, PortalError> {
    match api::read_apps(exchange)? {
        api::Apps::New { body, .. } if Catalogue::read(&body).is_ok() => Ok(body),
        _ => Err(PortalError::Malformed),
    }
}

/// A part is not to be had: the list that is known stays, and whoever asks next begins anew; after a companion's failure, in a minute.
fn failed(state: &mut State, mut listing: Listing, error: PortalError, now: Millis, effects: &mut Vec<Effect>) {
    let memory = &mut state.memory;
    let companion = memory.policy.vault.as_ref().filter(|_| listing.source == Source::Vault).cloned();
    let asked = if companion.is_some() { &mut memory.vault } else { &mut memory.session };
    let Some(session) = asked else { return };
    let wait = session.not_before.saturating_sub(now);
    if error == PortalError::TooManyRequests && wait <= LONGEST_WAIT {
        listing.is_waiting = true;
        state.listing = Some(listing);
        return effects.push(Effect::WaitToList(u32::try_from(wait).unwrap_or(u32::MAX)));
    }
    let is_closed = companion.is_some() && error == PortalError::SignedOut;
    if is_closed {
        // The next popup asks for another token, and offers to sign in if there is none.
        session.expires_at = 0;
    }
    if companion.is_some() && memory.catalogue_tag.stamp.is_empty() {
        // Without the companion's word the apps can still be opened.
        keep(state, listing, None, now, effects);
    }
    if !is_closed {
        if companion.is_some()
            && let Some(session) = &mut state.memory.session
        {
            session.fresh_until = now.saturating_add(COMPANION_PAUSE);
        }
        let portal = companion.unwrap_or_else(|| state.memory.settings.portal.clone());
        state.memory.notice = Some(PendingNotice::PortalProblem { portal, error });
    }
}

/// Everything is there, for a while.
fn complete(state: &mut State, listing: Listing, passwords: Option<&str>, now: Millis, effects: &mut Vec<Effect>) {
    if matches!(state.memory.notice, Some(PendingNotice::PortalProblem { .. })) {
        state.memory.notice = None;
    }
    if let Some(session) = &mut state.memory.session {
        session.fresh_until = now.saturating_add(FRESH_FOR);
    }
    keep(state, listing, passwords, now, effects);
}

/// Keeps the list as a portal would have written it, and the addresses of logos as its icons.
fn keep(state: &mut State, listing: Listing, passwords: Option<&str>, now: Millis, effects: &mut Vec<Effect>) {
    let mut list = json::Object::default().json("apps", &json::list(listing.apps));
    if let Some(passwords) = passwords {
        list = list.json("vault", passwords);
    }
    let body = list.done();
    let Ok(catalogue) = Catalogue::read_as(&body, &state.memory.reading()) else { return };
    state.memory.fresh_icons = Some(icons::write(&mut listing.logos.iter().map(|(app, logo)| (app.as_str(), logo.as_str()))));
    refresh::keep(state, now, Rc::new(catalogue), None, body, effects);
}
