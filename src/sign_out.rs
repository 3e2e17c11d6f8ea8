//! Signing out: here at once, and at the portals as far as they can be told.

use crate::Millis;
use crate::effect::{Effect, Purpose};
use crate::memory::{Memory, PendingNotice, Session, Standing};
use crate::popup::Popup;
use crate::portal_url::PortalUrl;
use crate::provider::{Exchange, api};
use crate::state::State;

/// Forgets everything of the person here, and ends their sessions at the portal and at its companion.
pub fn sign_out(state: &mut State, now: Millis, effects: &mut Vec<Effect>) {
    let notice = match state.memory.standing(now) {
        // Without a token the portal cannot be told to end its own session.
        Standing::Expired(known) => Some(PendingNotice::SignedOutHereOnly { portal: known.portal.clone() }),
        Standing::SignedIn(..) | Standing::SignedOut => None,
    };
    end_sessions(&state.memory, now, effects);
    if state.memory.account.is_some() {
        state.memory.forget_account();
        state.memory.notice = notice;
    }
    state.fills.clear();
    if let Some(popup) = state.popup() {
        *popup = Popup::new(popup.tab.take());
    }
}

/// Ends the sessions at the portal and at its companion, as far as there is a token for it.
pub fn end_sessions(memory: &Memory, now: Millis, effects: &mut Vec<Effect>) {
    if let Standing::SignedIn(known, session) = memory.standing(now) {
        effects.push(goodbye(&known.portal, session));
    }
    if let (Some(session), Some(vault)) = (&memory.vault, &memory.policy.vault) {
        effects.push(goodbye(vault, session));
    }
}

/// A portal heard of the sign-out, or did not. Then its own session lasts, whichever portal is in use by now.
pub(crate) fn told(state: &mut State, now: Millis, portal: PortalUrl, exchange: Exchange) {
    // Any other answer is somebody else's: that of a network which wants to be signed in to, for instance.
    let ended = exchange.is_ok_and(|answer| matches!(answer.status, 204 | 401));
    if !ended && matches!(state.memory.standing(now), Standing::SignedOut) {
        state.memory.notice = Some(PendingNotice::SignedOutHereOnly { portal });
    }
}

/// What ends the session of a portal there. The answer counts whenever it comes.
fn goodbye(portal: &PortalUrl, session: &Session) -> Effect {
    match session.discovery.sign_out_page() {
        Some(page) => Effect::OpenTab { url: page.clone() },
        None => {
            let request = api::end_session_request(&session.discovery, &session.access_token);
            Effect::Ask { purpose: Purpose::EndSession(portal.clone()), epoch: 0, request }
        }
    }
}
