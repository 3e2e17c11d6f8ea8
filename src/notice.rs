//! What there is to say in a popup above everything else, and what was decided where nobody could see it, in such words.

use crate::Millis;
use crate::button::Button;
use crate::decimal::decimal;
use crate::memory::{Memory, PendingNotice};
use crate::provider::oauth::AuthorizeError;
use crate::sign_in::{SignIn, SignInProblem};
use crate::text::Text;

/// How serious a notice is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Good to know.
    Information,
    /// It worked.
    Success,
    /// Something the person should decide about.
    Warning,
}

/// One sentence and perhaps something to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// How serious.
    pub tone: Tone,
    /// The sentence.
    pub text: Text,
    /// What to do.
    pub button: Option<Button>,
}

/// What the pages say that are opened now and then, where the browser refused its storage. What helps is the same, read or written.
pub fn refused(memory: &Memory) -> Option<Text> {
    matches!(memory.notice, Some(PendingNotice::NotStored | PendingNotice::NotRead)).then(|| Text::plain("notStored"))
}

/// What was decided elsewhere and has to be said here.
pub fn remembered(memory: &Memory, now: Millis) -> Option<Notice> {
    let warning = |text, button| Some(Notice { tone: Tone::Warning, text, button });
    match &memory.notice {
        Some(PendingNotice::PortalProblem { portal, error }) => {
            return warning(Text::of_portal_error(*error, portal.as_str()), Some(Button::OpenAddress(portal.as_str().to_owned())));
        }
        Some(PendingNotice::NewerVersion) => return warning(Text::plain("newerVersion"), None),
        // What helps is the same.
        Some(PendingNotice::NotStored | PendingNotice::NotRead) => return warning(Text::plain("notStored"), None),
        Some(PendingNotice::FormSaved(name)) => {
            return Some(Notice { tone: Tone::Success, text: Text::with("teachSaved", name), button: None });
        }
        Some(PendingNotice::SignedOutHereOnly { portal }) => {
            return warning(Text::with("signedOutHereOnly", portal.as_str()), Some(Button::OpenAddress(portal.as_str().to_owned())));
        }
        None => {}
    }
    let companion = memory.companion(now);
    let SignIn::Failed(problem) = &memory.sign_in else {
        let text = Text::with("vaultOffer", companion.filter(|_| matches!(memory.sign_in, SignIn::Idle))?.as_str());
        return Some(Notice { tone: Tone::Information, text, button: Some(Button::SignIn) });
    };
    // At the person's own portal the welcome has a button for it.
    let retry = companion.map(|_| Button::SignIn);
    let portal = companion.unwrap_or(&memory.settings.portal).as_str();
    match problem {
        // Whatever it is, the portal itself may say more.
        SignInProblem::Portal(error) => {
            warning(Text::of_portal_error(*error, portal), Some(retry.unwrap_or_else(|| Button::OpenAddress(portal.to_owned()))))
        }
        SignInProblem::Authorize(AuthorizeError::Entra(code)) => {
            let explanation = ["https://login.microsoftonline.com/error?code=", &decimal((*code).into())].concat();
            warning(Text::of_authorize_error(AuthorizeError::Entra(*code)), Some(Button::OpenAddress(explanation)))
        }
        SignInProblem::Authorize(error) => warning(Text::of_authorize_error(*error), retry),
    }
}
