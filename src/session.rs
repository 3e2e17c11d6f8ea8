//! Signing in and out, as the worker and the popup do it: begun, followed up, resumed after a context died, ended. The steps
//! themselves are [`crate::sign_in`]'s.

use crate::Millis;
use crate::effect::{Effect, Purpose};
use crate::fill;
use crate::memory::{PendingNotice, Standing};
use crate::popup::Popup;
use crate::provider::api;
use crate::provider::oauth::Prompt;
use crate::refresh;
use crate::sign_in::{self, Progress};
use crate::state::State;
use crate::update::consider_page;

pub(crate) fn start_sign_in(state: &mut State, prompt: Prompt, effects: &mut Vec<Effect>) {
    // Microsoft's portals do not speak the portal protocol.
    if state.memory.settings.portal.is_entra() {
        return;
    }
    sign_in::start(&mut state.memory, prompt, effects);
}

/// Whoever drove the sign-in is done or gone; what they left undone is this popup's to do.
pub(crate) fn sign_in_let_go(state: &mut State, now: Millis, effects: &mut Vec<Effect>) {
    if state.memory.catalogue_tag.stamp.is_empty() {
        refresh::ask(state, now, effects);
    }
    resume_sign_in(state, now, effects);
}

/// A sign-in whose worker died: the portal may have done its part, so ask silently.
pub(crate) fn resume_sign_in(state: &mut State, now: Millis, effects: &mut Vec<Effect>) {
    if !state.memory.sign_in.is_under_way() {
        return;
    }
    sign_in::cancel(&mut state.memory);
    match state.memory.standing(now) {
        Standing::SignedIn(..) => {}
        Standing::Expired(_) => expire(state, effects),
        Standing::SignedOut => start_sign_in(state, Prompt::Silent, effects),
    }
}

/// Follows up a step of the sign-in.
pub(crate) fn signing_in(state: &mut State, now: Millis, progress: Progress, effects: &mut Vec<Effect>) {
    match progress {
        Progress::Waiting => {}
        Progress::SignedIn => {
            refresh::ask(state, now, effects);
            if state.popup().is_none() {
                effects.push(Effect::OpenPopup);
            }
            consider_page(state, now, effects);
        }
        // The worker was asked by a popup that is gone; the sentence waits in the memory for the next one.
        Progress::Ended => {
            if state.popup().is_none() {
                effects.push(Effect::OpenPopup);
            }
        }
    }
}

pub(crate) fn sign_out(state: &mut State, now: Millis, effects: &mut Vec<Effect>) {
    let goodbye = match state.memory.standing(now) {
        Standing::SignedIn(known, session) => {
            Some((known.portal.clone(), api::end_session_request(&session.discovery, &session.access_token)))
        }
        Standing::Expired(known) => {
            // Without a token the portal cannot be told to end its own session.
            let portal = known.portal.clone();
            state.memory.forget_account();
            state.memory.notice = Some(PendingNotice::SignedOutHereOnly { portal });
            None
        }
        Standing::SignedOut => None,
    };
    if let Some((portal, request)) = goodbye {
        state.memory.forget_account();
        effects.push(Effect::Ask { purpose: Purpose::EndSession(portal), epoch: state.memory.epoch, request });
    }
    state.fills.clear();
    if let Some(popup) = state.popup() {
        *popup = Popup::new(popup.tab.take());
    }
}

/// The token is of no use any more: the person stays known, and is asked for again.
pub(crate) fn expire(state: &mut State, effects: &mut Vec<Effect>) {
    state.memory.session = None;
    state.memory.launches = Default::default();
    fill::keep(&mut state.fills, &fill::Fill::is_writing);
    if let Some(popup) = state.popup().filter(|popup| !popup.renewed) {
        popup.renewed = true;
        popup.considered = false;
        start_sign_in(state, Prompt::Silent, effects);
    }
}
