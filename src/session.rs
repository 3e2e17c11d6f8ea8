//! Signing in and out, as the worker and the popup do it: begun, followed up, resumed after a context died, ended. The steps
//! themselves are [`crate::sign_in`]'s.

use crate::Millis;
use crate::effect::Effect;
use crate::fill;
use crate::memory::Standing;
use crate::popup::Consideration;
use crate::provider::oauth::Prompt;
use crate::refresh;
use crate::sign_in::{self, Progress};
use crate::state::State;
use crate::update::consider_page;

pub(crate) fn start_sign_in(state: &mut State, now: Millis, prompt: Prompt, effects: &mut Vec<Effect>) {
    if state.memory.can_sign_in() {
        sign_in::start(&mut state.memory, now, prompt, effects);
    }
}

/// Whoever drove the sign-in is done or gone; what they left undone is this popup's to do. The portal may have done its part, so it
/// is asked silently.
pub(crate) fn sign_in_let_go(state: &mut State, now: Millis, effects: &mut Vec<Effect>) {
    if state.memory.catalogue_tag.stamp.is_empty() {
        refresh::ask(state, now, effects);
    }
    if !state.memory.sign_in.is_under_way() {
        return;
    }
    sign_in::abandon(&mut state.memory);
    match state.memory.standing(now) {
        // At the companion alone.
        Standing::SignedIn(..) => consider_page(state, now, effects),
        Standing::Expired(_) => expire(state, now, effects),
        Standing::SignedOut => start_sign_in(state, now, Prompt::Silent, effects),
    }
}

/// Follows up a step of the sign-in.
pub(crate) fn signing_in(state: &mut State, now: Millis, progress: Progress, effects: &mut Vec<Effect>) {
    match progress {
        Progress::Waiting => {}
        Progress::SignedIn => {
            // Its companion may know the person, too. The list waits for what it says.
            if state.memory.missing_vault(now).is_some() {
                return start_sign_in(state, now, Prompt::Silent, effects);
            }
            refresh::ask(state, now, effects);
            // What was entered in the address bar is opened instead.
            if state.popup().is_none() && state.omnibox.waiting.is_none() {
                effects.push(Effect::OpenPopup);
            }
            consider_page(state, now, effects);
        }
        // The worker was asked by a popup that is gone; the sentence waits in the memory for the next one.
        Progress::Ended => {
            // At the companion alone: the person is still signed in.
            refresh::ask(state, now, effects);
            consider_page(state, now, effects);
            if state.popup().is_none() {
                effects.push(Effect::OpenPopup);
            }
        }
    }
}

/// The token is of no use any more: the person stays known, and is asked for again.
pub(crate) fn expire(state: &mut State, now: Millis, effects: &mut Vec<Effect>) {
    state.memory.session = None;
    renew(state, now, effects);
}

/// A token is gone: what depended on it ends, and a popup asks for another one, once and without a window.
pub(crate) fn renew(state: &mut State, now: Millis, effects: &mut Vec<Effect>) {
    state.memory.launches = Default::default();
    fill::retain(&mut state.fills, &fill::Fill::is_writing);
    if let Some(popup) = state.popup().filter(|popup| !popup.renewed) {
        popup.renewed = true;
        if popup.consideration == Consideration::Done {
            popup.consideration = Consideration::Due;
        }
        start_sign_in(state, now, Prompt::Silent, effects);
    }
}
