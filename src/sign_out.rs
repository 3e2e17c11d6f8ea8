//! Signing out: here at once, and at the portals as far as they can be told.

use crate::Millis;
use crate::effect::{Effect, Purpose};
use crate::memory::{PendingNotice, Session, Standing};
use crate::popup::Popup;
use crate::portal_url::PortalUrl;
use crate::provider::api;
use crate::state::State;

/// Forgets everything of the person here, and ends their sessions at the portal and at its companion.
pub fn sign_out(state: &mut State, now: Millis, effects: &mut Vec<Effect>) {
    let memory = &state.memory;
    let mut notice = None;
    match memory.standing(now) {
        Standing::SignedIn(known, session) => effects.push(goodbye(&known.portal, session)),
        Standing::Expired(known) => {
            // Without a token the portal cannot be told to end its own session.
            notice = Some(PendingNotice::SignedOutHereOnly { portal: known.portal.clone() });
        }
        Standing::SignedOut => return,
    }
    effects.extend(memory.vault.as_ref().zip(memory.policy.vault.as_ref()).map(|(session, vault)| goodbye(vault, session)));
    state.memory.forget_account();
    state.memory.notice = notice;
    state.fills.clear();
    if let Some(popup) = state.popup() {
        *popup = Popup::new(popup.tab.take());
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
