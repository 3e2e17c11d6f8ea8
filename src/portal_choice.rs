//! Which portal is the one in use: chosen in the icon's menu or typed on the options page, and kept if it is one.

use crate::Millis;
use crate::effect::{Effect, Purpose};
use crate::memory::{PendingNotice, Standing};
use crate::options::Choice;
use crate::portal_url::{PortalUrl, PortalUrlError};
use crate::provider::{Exchange, NetworkError, PortalError, discovery};
use crate::sign_in::{self, SignIn};
use crate::state::State;

/// A portal was chosen, in the menu or on the options page: ask it first whether it is one.
pub fn choose(state: &mut State, now: Millis, portal: PortalUrl, effects: &mut Vec<Effect>) {
    if !matches!(state.memory.standing(now), Standing::SignedOut) || state.memory.policy.fixed.portal.is_some() {
        set_choice(state, Choice::SignedIn);
        return;
    }
    state.memory.notice = None;
    // Only the last choice counts: answers to earlier ones, and to a sign-in at the portal before, will be dropped.
    sign_in::cancel(&mut state.memory, effects);
    if portal == state.memory.settings.portal || portal.is_entra() {
        keep(state, portal);
        return;
    }
    set_choice(state, Choice::Checking(portal.clone()));
    let request = discovery::request(&portal);
    effects.push(Effect::Ask { purpose: Purpose::ChoosePortal(portal), epoch: state.memory.epoch, request });
}

/// A portal was typed, and what the browser's own parser makes of it.
pub fn typed(state: &mut State, now: Millis, typed: &str, canonical: Option<&str>, effects: &mut Vec<Effect>) {
    let portal = canonical.filter(|_| !typed.trim().is_empty()).ok_or(PortalUrlError::NotUrl).and_then(PortalUrl::new);
    match portal {
        Ok(portal) => choose(state, now, portal.with_tenant_of(canonical.unwrap_or_default()), effects),
        Err(error) => set_choice(state, Choice::NotUrl(error)),
    }
}

/// What is at the address answered, or did not.
pub fn answered(state: &mut State, now: Millis, portal: PortalUrl, exchange: Exchange, effects: &mut Vec<Effect>) {
    // Only the last choice counts, and only while nobody has signed in.
    let awaited = state.options().is_none_or(|options| options.is_checking(&portal));
    if !awaited {
        return;
    }
    if !matches!(state.memory.standing(now), Standing::SignedOut) {
        stop_checking(state, &portal);
        return;
    }
    let found = discovery::read(&portal, state.environment.version, exchange);
    // People paste the address of a page of the portal's: it is described where the portal begins. Who chose a portal in the menu
    // meant that one.
    if let Err(PortalError::NotAPortal | PortalError::Network(NetworkError::NotForUs)) = found
        && state.options().is_some()
        && let Some(origin) = portal.begins()
    {
        return choose(state, now, origin, effects);
    }
    match found {
        Ok(_) => keep(state, portal),
        Err(error) => {
            set_choice(state, Choice::Problem(portal.clone(), error));
            if state.options().is_some() {
                return;
            }
            state.memory.notice = Some(PendingNotice::PortalProblem { portal, error });
            effects.push(Effect::OpenPopup);
        }
    }
}

fn keep(state: &mut State, portal: PortalUrl) {
    if portal != state.memory.settings.portal {
        state.memory.change_portal(portal);
    }
    state.memory.sign_in = SignIn::Idle;
    set_choice(state, Choice::Saved);
}

/// The answer is not waited for any more.
pub fn stop_checking(state: &mut State, portal: &PortalUrl) {
    if let Some(options) = state.options().filter(|options| options.is_checking(portal)) {
        options.choice = Choice::None;
    }
}

fn set_choice(state: &mut State, choice: Choice) {
    if let Some(options) = state.options() {
        options.choice = choice;
    }
}
