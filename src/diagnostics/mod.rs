//! The page that finds out what is wrong: the usual questions, asked live, each with the one thing to do about it.
//!
//! Nothing on it names a person or a page, so that the whole of it can be copied into a message to an administrator.

mod check;
mod fills;

pub use check::{Check, Level, checks};
pub use fills::{Line, lines, remark};

use crate::Millis;
use crate::effect::Effect;
use crate::json::Named;
use crate::provider::protocol::Protocol;
use crate::provider::{Exchange, PortalError};
use crate::state::{Screen, State};

/// What the browser says about itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// Its name.
    pub browser: String,
    /// The first number of its version; 0 if it does not tell.
    pub version: u32,
    /// The first number of the oldest version that will do.
    pub minimum: u32,
    /// Whether the icon is on the toolbar, where the browser tells.
    pub is_on_toolbar: Option<bool>,
    /// How many bytes are kept.
    pub bytes: u32,
    /// How many may be kept; 0 if there is no limit.
    pub most_bytes: u32,
}

/// What only this page knows.
#[derive(Debug, Clone, Default)]
pub struct Diagnostics {
    /// See [`Facts`].
    pub facts: Facts,
    /// What the portal answered; none while it is asked.
    pub portal: Option<Result<(), PortalError>>,
    /// By how many seconds the portal's clock is ahead of ours, if it tells.
    pub skew: Option<i64>,
    /// Whether the portal's cookies and site data were cleared here; none if nobody asked.
    pub cleared: Option<bool>,
}

/// What can be done on this page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Ask everything again.
    Again,
    /// Clear the cookies and the site data of the portal.
    ClearSiteData,
    /// Open the portal, so that the browser says what is wrong with it.
    OpenPortal,
    /// Turn automatic sign-in on everywhere.
    TurnOn,
}

impl Named for Act {
    const NAMES: &'static [(&'static str, Self)] =
        &[("again", Act::Again), ("clear-site", Act::ClearSiteData), ("open", Act::OpenPortal), ("turn-on", Act::TurnOn)];
}

fn page(state: &mut State) -> Option<&mut Diagnostics> {
    match &mut state.screen {
        Screen::Diagnostics(page) => Some(page),
        _ => None,
    }
}

/// The page opened, or everything is to be asked again.
pub fn opened(state: &mut State, facts: Facts, effects: &mut Vec<Effect>) {
    let portal = &state.memory.settings.portal;
    let request = Protocol::of(portal).discovery_request(portal, &state.memory.registration());
    if let Some(page) = page(state) {
        *page = Diagnostics { facts, cleared: page.cleared, ..Diagnostics::default() };
        effects.push(Effect::AskWhetherPortal { request });
    }
}

/// The portal answered, or did not; `date` is when, by its own clock.
pub fn answered(state: &mut State, now: Millis, exchange: Exchange, date: Option<Millis>) {
    let portal = &state.memory.settings.portal;
    let registration = state.memory.registration();
    let result = Protocol::of(portal).discovery(portal, &registration, state.environment.version, exchange).map(drop);
    if let Some(page) = page(state) {
        page.portal = Some(result);
        page.skew = date.and_then(|date| Some((i64::try_from(date).ok()? - i64::try_from(now).ok()?) / 1000));
    }
}

/// Does what was decided.
pub fn decided(state: &mut State, act: Act, effects: &mut Vec<Effect>) {
    let portal = state.memory.settings.portal.as_str().to_owned();
    match act {
        Act::Again => {
            let facts = page(state).map(|page| page.facts.clone()).unwrap_or_default();
            opened(state, facts, effects);
        }
        Act::ClearSiteData => effects.push(Effect::ClearSiteData { origin: portal }),
        Act::OpenPortal => effects.push(Effect::OpenTab { url: portal }),
        Act::TurnOn => effects.push(Effect::RequestHostAccess { patterns: state.missing_hosts() }),
    }
}

/// The browser cleared the portal's data, or the person did not want it to.
pub fn cleared(state: &mut State, done: bool) {
    if let Some(page) = page(state) {
        page.cleared = Some(done);
    }
}
