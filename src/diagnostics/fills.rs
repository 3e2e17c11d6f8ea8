//! The last fills in the words that were said when they ended, without what may name a page.

use crate::Millis;
use crate::memory::Memory;
use crate::policy::LogLevel;
use crate::text::Text;

/// Sentences about an app.
const OF_AN_APP: [&str; 23] = [
    "submitted",
    "filledOnly",
    "alreadyFilled",
    "appNotAssignedAnyMore",
    "clickOnceMore",
    "formChanged",
    "formChooseAccount",
    "formDoubtful",
    "formMissing",
    "formNewPassword",
    "formOneTimeCode",
    "formSignUp",
    "formsSeveral",
    "noPasswordStored",
    "pageGone",
    "pageMoved",
    "pageOffLimits",
    "pageSandboxed",
    "passwordAskedAgain",
    "signedOutAgain",
    "userNameNotTaken",
    "valueDoesNotFit",
    "sessionExpired",
];
/// Sentences about an app and something else, which is left out.
const OF_TWO: [&str; 5] = ["fieldNotStored", "fieldNotTaken", "formForeign", "formInFrame", "formInNamedFrame"];
/// Sentences about the portal.
const OF_THE_PORTAL: [&str; 8] = [
    "portalUnreachable",
    "portalTimeout",
    "portalIsNone",
    "portalForbids",
    "portalBusy",
    "portalFailed",
    "portalMalformed",
    "extensionTooOld",
];

/// One fill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// When it ended.
    pub at: Millis,
    /// The app's name.
    pub app: String,
    /// What became of it.
    pub text: Text,
    /// Whether something was filled.
    pub is_good: bool,
}

/// What there is to say about the list as a whole.
pub fn remark(memory: &Memory) -> Option<Text> {
    match memory.policy.log_level.unwrap_or_default() {
        LogLevel::None => Some(Text::plain("diagnoseFillsNone")),
        LogLevel::Problems => Some(Text::plain("diagnoseFillsProblems")),
        LogLevel::Fills => memory.fill_log.is_empty().then(|| Text::plain("diagnoseNoFills")),
    }
}

/// The last fills, newest first.
pub fn lines(memory: &Memory) -> Vec<Line> {
    let mut lines = Vec::new();
    for entry in memory.fill_log.entries() {
        // As the portal calls it: what is copied for the help desk names nobody, and a name of the person's own may.
        let known = memory.catalogue.app(&entry.app);
        let app = known.map(|app| if app.portal_name.is_empty() { &app.name } else { &app.portal_name }).cloned().unwrap_or_default();
        let among = |keys: &[&'static str]| keys.iter().find(|key| **key == entry.key).copied();
        let text = if let Some(key) = among(&OF_AN_APP) {
            Text::with(key, &app)
        } else if let Some(key) = among(&OF_TWO) {
            Text::with_two(key, &app, "…")
        } else if let Some(key) = among(&OF_THE_PORTAL) {
            Text::with_two(key, memory.settings.portal.as_str(), "…")
        } else {
            continue;
        };
        let is_good = entry.is_good();
        lines.push(Line { at: entry.at, app, text, is_good });
    }
    lines
}
