//! What the browser shows or does for us outside our own pages: menu, icon, registrations, alarm. Derived from the state, so
//! that no handler has to remember to keep it up to date.
//!
//! The worker alone has it shown, and writes down under which [`key`] it was, once it is. Whoever finds another one there after an
//! event, in whatever context, asks for it: so a context that ends in the middle costs no more than the time until the next event.

use crate::Millis;
use crate::catalogue::CredentialState;
use crate::decimal::decimal;
use crate::distinct::distinct;
use crate::effect::{Effect, Job};
use crate::memory::{Memory, Standing};
use crate::menu::Menu;
use crate::sign_on::SignOnRule;
use crate::state::State;

/// What the browser shows or does for us outside our own pages; a function of the state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outside {
    /// The icon's right-click menu.
    pub menu: Menu,
    /// On these pages the icon is lit (Chromium, without host access). If there are none, it is put back on every tab.
    pub lights: Vec<SignOnRule>,
    /// On pages of these match patterns the arrival script runs, and on no others.
    pub arrivals: Vec<String>,
    /// When the worker is woken, because the token ends.
    pub alarm: Option<Millis>,
}

impl Outside {
    /// What belongs to a state.
    pub fn of(state: &State, now: Millis) -> Outside {
        let memory = &state.memory;
        let mut outside = Outside { menu: Menu::of(memory, now), lights: Vec::new(), arrivals: Vec::new(), alarm: None };
        let Standing::SignedIn(_, session) = memory.standing(now) else { return outside };
        // The menu and the icon change by themselves when the token ends.
        outside.alarm = Some(session.expires_at);
        for app in &memory.catalogue.apps {
            for rule in &app.sign_on_rules {
                if app.credential == CredentialState::Stored {
                    outside.lights.push(rule.clone());
                }
                if state.granted.covers(&rule.origin().match_pattern()) {
                    outside.arrivals.extend(rule.match_patterns());
                }
            }
        }
        outside.arrivals = distinct(outside.arrivals);
        outside
    }
}

/// Changes with whatever changes what is shown, but for access, policy and language, of which the worker hears by itself: who is
/// signed in, until when, and with which list.
pub fn key(memory: &Memory, now: Millis) -> String {
    let mut key = decimal(memory.epoch.into());
    if let Standing::SignedIn(_, session) = memory.standing(now) {
        key = [&key, " ", &decimal(session.expires_at), " ", &memory.catalogue_tag.stamp].concat();
    }
    key
}

/// What a context does about it after every event.
pub(crate) type Follow = fn(&mut State, Millis, &mut Vec<Effect>);

/// Has the worker show what is not shown yet; once for each change, because the worker may not start at all.
pub(crate) fn ask(state: &mut State, now: Millis, effects: &mut Vec<Effect>) {
    if is_due(state, now) {
        effects.push(Effect::AskWorker(Job::Outside));
    }
}

/// Shows what is not shown yet, in the worker.
pub(crate) fn show(state: &mut State, now: Millis, effects: &mut Vec<Effect>) {
    if !is_due(state, now) {
        return;
    }
    let outside = Outside::of(state, now);
    if outside.alarm.is_none() {
        // The browser keeps the suggestion of before until it starts again.
        effects.push(Effect::Suggest(Vec::new()));
    }
    state.shows += 1;
    effects.extend([Effect::ShowOutside { number: state.shows, outside: Box::new(outside) }, Effect::AskWorker(Job::Links)]);
}

/// The browser shows what it was asked for by this number. Only the last one counts: of an earlier one nobody knows whether it still is.
pub(crate) fn shown(state: &mut State, number: u32) {
    if number == state.shows {
        state.memory.shown.clone_from(&state.showing);
    }
}

/// What is shown may be something else than what was written down, or belong to something that the key says nothing of.
pub(crate) fn forget(state: &mut State) {
    state.memory.shown.clear();
    state.showing.clear();
}

fn is_due(state: &mut State, now: Millis) -> bool {
    let key = key(&state.memory, now);
    let is_due = state.memory.shown != key && state.showing != key;
    if is_due {
        state.showing = key;
    }
    is_due
}
