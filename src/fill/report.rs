//! What the portal's audit trail is told: what became of a fill, and why, in words from a closed list.

use super::consider::{ASKED_AGAIN, FIELD_NOT_TAKEN, NAME_NOT_TAKEN};
use super::{End, Fill};
use crate::effect::{Effect, Purpose};
use crate::memory::Memory;
use crate::provider::api::{self, Outcome};

/// A sentence for the person, and the word for the portal. What is not here is nothing an administrator could act on.
const REASONS: [(&str, &str); 19] = [
    ("appNotAssignedAnyMore", "not-assigned"),
    (FIELD_NOT_TAKEN, "wrong-value"),
    ("fieldNotStored", "no-credential"),
    ("formChanged", "form-changed"),
    ("formChooseAccount", "choose-account"),
    ("formDoubtful", "ambiguous-form"),
    ("formForeign", "other-origin"),
    ("formInFrame", "foreign-frame"),
    ("formMissing", "no-form"),
    ("formNewPassword", "change-password"),
    ("formOneTimeCode", "one-time-code"),
    ("formSignUp", "sign-up"),
    ("formsSeveral", "ambiguous-form"),
    ("noPasswordStored", "no-credential"),
    ("pageMoved", "page-changed"),
    ("pageSandboxed", "unsafe-page"),
    (ASKED_AGAIN, "wrong-password"),
    (NAME_NOT_TAKEN, "wrong-username"),
    ("valueDoesNotFit", "value-does-not-fit"),
];

/// The key of the sentence that says how a fill ended; empty if there is nothing to say.
pub(super) fn said(end: &End) -> &'static str {
    match end {
        End::Submitted => "submitted",
        End::Filled => "filledOnly",
        End::Refused(text, _) => text.key,
        End::Expired => "sessionExpired",
        End::Quiet => "",
    }
}

/// Tells the portal how a fill ended; a page that was never the app's is nobody's business.
pub(super) fn end(memory: &Memory, fill: &Fill, end: &End, effects: &mut Vec<Effect>) {
    let changed = fill.form_changed.then_some("form-changed");
    let (outcome, reason) = match end {
        End::Submitted => (Outcome::Submitted, changed),
        End::Filled => (Outcome::Filled, changed),
        End::Refused(text, _) => {
            let reason = REASONS.iter().find(|(key, _)| *key == text.key).map(|(_, reason)| *reason);
            (Outcome::Refused, reason)
        }
        End::Expired => (Outcome::Refused, None),
        End::Quiet => return,
    };
    let is_told = outcome != Outcome::Refused || reason.is_some() || fill.target().is_some();
    if let Some(session) = memory.password_session().filter(|_| is_told && !fill.host.is_empty()) {
        let request = api::outcome_request(&session.discovery, &session.access_token, &fill.app, outcome, reason, &fill.host);
        effects.push(Effect::Ask { purpose: Purpose::Report, epoch: memory.epoch, request });
    }
}
