//! Signing out: here at once, and at the portals as far as they can be told.

use crate::Millis;
use crate::effect::{Effect, Purpose};
use crate::memory::{Memory, PendingNotice, Session, Standing};
use crate::popup::Popup;
use crate::portal_url::PortalUrl;
use crate::provider::{Exchange, api};
use crate::sign_in;
use crate::state::State;

/// Forgets everything of the person here, and ends their sessions at the portal and at its companion.
pub fn sign_out(state: &mut State, now: Millis, effects: &mut Vec<Effect>) {
    let untold = end_sessions(&state.memory, now, effects);
    let is_asked = effects.iter().any(|effect| matches!(effect, Effect::Ask { .. }));
    if state.memory.account.is_some() {
        sign_in::cancel(&mut state.memory, effects);
        state.memory.forget_account();
        state.memory.notice = untold;
    }
    state.fills.clear();
    if let Some(popup) = state.popup() {
        *popup = Popup { is_leaving: is_asked, ..Popup::new(popup.tab.take()) };
    }
}

/// Ends the sessions at the portal and at its companion, as far as there is a token for it. What is to be said unless a portal
/// answers that it heard of it: whoever waits for that may be gone before.
pub fn end_sessions(memory: &Memory, now: Millis, effects: &mut Vec<Effect>) -> Option<PendingNotice> {
    if let (Some(session), Some(vault)) = (&memory.vault, &memory.policy.vault) {
        // Before the page of Microsoft's that closes the popup; its answer is said if it comes in time.
        goodbye(vault, session, effects);
    }
    match memory.standing(now) {
        Standing::SignedIn(known, session) => goodbye(&known.portal, session, effects),
        // Without a token the portal cannot be told to end its own session.
        Standing::Expired(known) => Some(PendingNotice::SignedOutHereOnly { portal: known.portal.clone() }),
        Standing::SignedOut => None,
    }
}

/// A portal heard of the sign-out, or did not. Then its own session lasts, whichever portal is in use by now.
pub(crate) fn told(state: &mut State, now: Millis, portal: PortalUrl, exchange: Exchange) {
    if let Some(popup) = state.popup() {
        popup.is_leaving = false;
    }
    // Any other answer is somebody else's: that of a network which wants to be signed in to, for instance.
    let ended = exchange.is_ok_and(|answer| matches!(answer.status, 204 | 401));
    let notice = Some(PendingNotice::SignedOutHereOnly { portal });
    if ended {
        state.memory.notice.take_if(|said| Some(&*said) == notice.as_ref());
    } else if matches!(state.memory.standing(now), Standing::SignedOut) {
        state.memory.notice = notice;
    }
}

/// What ends the session of a portal there. The answer counts whenever it comes; a page of the portal's own says it itself.
fn goodbye(portal: &PortalUrl, session: &Session, effects: &mut Vec<Effect>) -> Option<PendingNotice> {
    if let Some(page) = session.discovery.sign_out_page() {
        effects.push(Effect::OpenTab { url: page.clone() });
        return None;
    }
    let request = api::end_session_request(&session.discovery, &session.access_token);
    effects.push(Effect::Ask { purpose: Purpose::EndSession(portal.clone()), epoch: 0, request });
    Some(PendingNotice::SignedOutHereOnly { portal: portal.clone() })
}
