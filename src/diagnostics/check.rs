//! The questions, and what the answers mean.

use super::{Act, Diagnostics};
use crate::Millis;
use crate::decimal::decimal;
use crate::memory::Standing;
use crate::notice;
use crate::provider::PortalError;
use crate::setup;
use crate::sign_in::SignIn;
use crate::sites;
use crate::state::State;
use crate::text::Text;

/// A clock may be off by so many seconds before it is worth a word, and by so many before sign-ins fail.
const CLOCK_OFF: i64 = 60;
const CLOCK_WRONG: i64 = 300;

/// How an answer is to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// As it should be.
    Good,
    /// Works, but not as well as it could.
    Warning,
    /// Stands in the way.
    Bad,
    /// Not known, or not yet.
    Unknown,
}

/// One question with its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// The question.
    pub title: Text,
    /// How the answer is to be taken.
    pub level: Level,
    /// The answer, and what to do.
    pub finding: Text,
    /// The one thing to do, where it can be done from here.
    pub act: Option<Act>,
}

fn check(title: &'static str, level: Level, finding: Text, act: Option<Act>) -> Check {
    Check { title: Text { key: title, values: Vec::new() }, level, finding, act }
}

/// All questions.
pub fn checks(state: &State, page: &Diagnostics, now: Millis) -> Vec<Check> {
    let mut checks = vec![
        portal(state, page),
        browser(page),
        extension(state, page),
        icon(page),
        sign_in(state, now),
        clock(page),
        cookies(state, page),
        access(state, now),
    ];
    checks.extend(policy(state));
    checks.push(storage(state, page));
    checks
}

fn portal(state: &State, page: &Diagnostics) -> Check {
    let address = state.memory.settings.portal.as_str();
    let (level, finding, act) = match &page.portal {
        _ if !state.memory.can_sign_in() => (Level::Bad, Text::plain("portalNeedsEntra"), None),
        None => (Level::Unknown, Text::plain("optionsChecking"), None),
        Some(Ok(()) | Err(PortalError::ExtensionTooOld)) => (Level::Good, Text::with("diagnosePortalGood", address), None),
        Some(Err(error)) => (Level::Bad, Text::of_portal_error(*error, address), Some(Act::OpenPortal)),
    };
    check("diagnosePortal", level, finding, act)
}

fn browser(page: &Diagnostics) -> Check {
    let facts = &page.facts;
    let is_new = facts.version >= facts.minimum;
    let key = if is_new { "diagnoseBrowserGood" } else { "diagnoseBrowserOld" };
    let finding = Text { key, values: vec![facts.browser.clone(), decimal(facts.version.into()), decimal(facts.minimum.into())] };
    check("diagnoseBrowser", if is_new { Level::Good } else { Level::Bad }, finding, None)
}

fn extension(state: &State, page: &Diagnostics) -> Check {
    let (level, finding) = match page.portal {
        Some(Err(PortalError::ExtensionTooOld)) => (Level::Bad, Text::plain("extensionTooOld")),
        _ => (Level::Good, Text::with("diagnoseExtensionGood", state.environment.version)),
    };
    check("diagnoseExtension", level, finding, None)
}

fn icon(page: &Diagnostics) -> Check {
    let (level, key) = match page.facts.is_on_toolbar {
        Some(true) => (Level::Good, "diagnoseIconGood"),
        Some(false) => (Level::Warning, "pinIcon"),
        None => (Level::Unknown, "diagnoseIconUnknown"),
    };
    check("diagnoseIcon", level, Text { key, values: Vec::new() }, None)
}

fn sign_in(state: &State, now: Millis) -> Check {
    let (level, finding) = match (state.memory.standing(now), &state.memory.sign_in) {
        (Standing::SignedIn(_, session), _) => {
            let minutes = session.expires_at.saturating_sub(now) / 60_000;
            (Level::Good, Text::with_two("diagnoseSignedIn", &decimal(minutes / 60), &decimal(minutes % 60)))
        }
        (_, SignIn::Failed(_)) => (Level::Bad, Text::plain("diagnoseSignInFailed")),
        (Standing::Expired(_), _) => (Level::Warning, Text::plain("diagnoseExpired")),
        (Standing::SignedOut, _) => (Level::Warning, Text::plain("diagnoseSignedOut")),
    };
    check("diagnoseSignIn", level, finding, None)
}

fn clock(page: &Diagnostics) -> Check {
    let (level, finding) = match page.skew.map(i64::saturating_abs) {
        None => (Level::Unknown, Text::plain("diagnoseClockUnknown")),
        Some(seconds) if seconds <= CLOCK_OFF => (Level::Good, Text::plain("diagnoseClockGood")),
        Some(seconds) => {
            let level = if seconds <= CLOCK_WRONG { Level::Warning } else { Level::Bad };
            (level, Text::with("diagnoseClockOff", &decimal(seconds.unsigned_abs().div_ceil(60))))
        }
    };
    check("diagnoseClock", level, finding, None)
}

fn cookies(state: &State, page: &Diagnostics) -> Check {
    let failed = matches!(state.memory.sign_in, SignIn::Failed(_));
    let (level, key) = match page.cleared {
        Some(true) => (Level::Good, "diagnoseCookiesCleared"),
        Some(false) => (Level::Warning, "diagnoseCookiesKept"),
        None if failed => (Level::Warning, "diagnoseCookies"),
        None => (Level::Good, "diagnoseCookies"),
    };
    check("diagnoseCookiesTitle", level, Text { key, values: Vec::new() }, Some(Act::ClearSiteData).filter(|_| page.cleared != Some(true)))
}

fn access(state: &State, now: Millis) -> Check {
    let (on, all) = sites::automatic(state);
    let (level, finding) = match (state.memory.standing(now), all) {
        (Standing::SignedIn(..), 1..) => {
            let level = if on == all { Level::Good } else { Level::Warning };
            (level, Text::with_two("automaticApps_other", &decimal(all as u64), &decimal(on as u64)))
        }
        (Standing::SignedIn(..), _) => (Level::Good, Text::plain("automaticNoApps")),
        _ => (Level::Unknown, Text::plain("automaticSignedOut")),
    };
    check("optionsAutomaticTitle", level, finding, (level == Level::Warning).then_some(Act::TurnOn))
}

/// Everything that has no effect is to be put right, so each is said.
fn policy(state: &State) -> Vec<Check> {
    let idle = setup::idle(&state.memory);
    if !idle.is_empty() {
        return idle.into_iter().map(|finding| check("decidedTitle", Level::Warning, finding, None)).collect();
    }
    let mut names: Vec<&str> = setup::decided(&state.memory.policy).into_iter().map(|(name, _)| name).collect();
    names.dedup();
    let finding = if names.is_empty() { Text::plain("diagnosePolicyNone") } else { Text::with("diagnosePolicyGood", &names.join(", ")) };
    vec![check("decidedTitle", Level::Good, finding, None)]
}

fn storage(state: &State, page: &Diagnostics) -> Check {
    if let Some(refused) = notice::refused(&state.memory) {
        return check("diagnoseStorage", Level::Bad, refused, None);
    }
    let facts = &page.facts;
    let kilobytes = decimal(u64::from(facts.bytes).div_ceil(1024));
    let is_full = facts.most_bytes > 0 && facts.bytes / 4 > facts.most_bytes / 5;
    let (level, key) = if is_full { (Level::Warning, "diagnoseStorageFull") } else { (Level::Good, "diagnoseStorageGood") };
    check("diagnoseStorage", level, Text { key, values: vec![kilobytes] }, None)
}
