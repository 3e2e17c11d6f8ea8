//! What was decided where nobody could see it, in the words of the popup.

use crate::memory::{Memory, PendingNotice};
use crate::popup::{Button, Notice, Tone};
use crate::sign_in::{SignIn, SignInProblem};
use crate::text::Text;

/// What was decided elsewhere and has to be said here.
pub fn remembered(memory: &Memory) -> Option<Notice> {
    let warning = |text, button| Some(Notice { tone: Tone::Warning, text, button });
    match &memory.notice {
        Some(PendingNotice::PortalProblem { portal, error }) => {
            return warning(Text::of_portal_error(*error, portal.as_str()), Some(Button::OpenAddress(portal.as_str().to_owned())));
        }
        Some(PendingNotice::NewerVersion) => return warning(Text::plain("newerVersion"), None),
        Some(PendingNotice::NotStored) => return warning(Text::plain("notStored"), None),
        Some(PendingNotice::FormSaved(name)) => {
            return Some(Notice { tone: Tone::Success, text: Text::with("teachSaved", name), button: None });
        }
        Some(PendingNotice::SignedOutHereOnly { portal }) => {
            return warning(Text::with("signedOutHereOnly", portal.as_str()), Some(Button::OpenAddress(portal.as_str().to_owned())));
        }
        None => {}
    }
    let SignIn::Failed(problem) = &memory.sign_in else { return None };
    let portal = memory.settings.portal.as_str();
    match problem {
        // Whatever it is, the portal itself may say more.
        SignInProblem::Portal(error) => warning(Text::of_portal_error(*error, portal), Some(Button::OpenAddress(portal.to_owned()))),
        SignInProblem::Authorize(error) => warning(Text::of_authorize_error(*error), None),
    }
}
