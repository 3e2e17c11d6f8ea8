//! The list of apps: asked for, arrived, or not to be had. A list that cannot be had leaves the one that is known.

use std::rc::Rc;

use crate::catalogue::Catalogue;
use crate::effect::{Effect, Job, Purpose};
use crate::listing;
use crate::memory::Standing;
use crate::popup::{Button, Notice, Tone};
use crate::provider::{Exchange, PortalError, api};
use crate::session::expire;
use crate::state::State;
use crate::text::Text;
use crate::update::consider_page;
use crate::{Millis, lasts};

/// For so many milliseconds it is not written down anew that the list is still the same: a popup that opens writes nothing else.
pub const CONFIRMED_FOR: Millis = 10 * 60_000;

/// Asks for changes of the list, unless the portal wants to be left alone.
pub fn ask(state: &mut State, now: Millis, effects: &mut Vec<Effect>) {
    let Standing::SignedIn(_, session) = state.memory.standing(now) else { return };
    if session.is_patient(now) {
        return missing(state, PortalError::TooManyRequests);
    }
    // A list that comes page by page is the worker's to fetch.
    if !session.discovery.protocol().lists_at_once() {
        if listing::is_due(&state.memory, now) {
            effects.push(Effect::AskWorker(Job::List));
        }
        return;
    }
    let request = api::apps_request(&session.discovery, &session.access_token, state.memory.catalogue_tag.etag.as_deref());
    effects.push(Effect::Ask { purpose: Purpose::Apps, epoch: state.memory.epoch, request });
}

/// The portal answered, or did not.
pub fn answered(state: &mut State, now: Millis, exchange: Exchange, effects: &mut Vec<Effect>) {
    match api::read_apps(exchange) {
        Ok(api::Apps::New { etag, body }) => match Catalogue::read_as(&body, &state.memory.reading()) {
            Ok(catalogue) => keep(state, now, Rc::new(catalogue), etag, body, effects),
            Err(_) => missing(state, PortalError::Malformed),
        },
        // Without a list there is nothing it could be a change of.
        Ok(api::Apps::Unchanged) if state.memory.catalogue_tag.stamp.is_empty() => missing(state, PortalError::Malformed),
        Ok(api::Apps::Unchanged) => {
            let confirmed = &mut state.memory.catalogue_tag.confirmed;
            if !lasts(confirmed.saturating_add(CONFIRMED_FOR), CONFIRMED_FOR, now) {
                *confirmed = now;
            }
        }
        Err(PortalError::SignedOut) => expire(state, now, effects),
        // The portal may have moved its API since the person signed in: a new sign-in, without a window, asks it where.
        Err(PortalError::Failed(404)) if state.popup().is_some_and(|popup| !popup.renewed) => expire(state, now, effects),
        Err(error) => missing(state, error),
    }
}

/// A list is there; the page under the popup may be in it.
pub(crate) fn keep(
    state: &mut State,
    now: Millis,
    catalogue: Rc<Catalogue>,
    etag: Option<String>,
    body: String,
    effects: &mut Vec<Effect>,
) {
    state.memory.set_catalogue(catalogue, etag, body, now);
    consider_page(state, now, effects)
}

fn missing(state: &mut State, error: PortalError) {
    let text = Text::of_portal_error(error, state.memory.settings.portal.as_str());
    let Some(popup) = state.popup() else { return };
    popup.is_stale = true;
    if popup.notice.is_none() {
        popup.notice = Some(Notice { tone: Tone::Warning, text, button: Some(Button::Refresh) });
    }
}
