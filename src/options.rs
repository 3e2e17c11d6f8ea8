//! The options page: choose a portal, say how one likes it, see where one stands.

use crate::Millis;
use crate::effect::Effect;
use crate::json::{self, Named};
use crate::memory::{Memory, PendingNotice, Standing};
use crate::notice;
use crate::portal_url::{DEFAULT_PORTAL, PortalUrl, PortalUrlError};
use crate::provider::PortalError;
use crate::recent::Recent;
use crate::settings::MOST_RECENTS;
use crate::setup::{self, Setup};
use crate::sign_in;
use crate::sign_out::end_sessions;
use crate::sites::{self, Site};
use crate::state::State;
use crate::text::Text;

/// What only this page knows.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// How the last choice of a portal went.
    pub choice: Choice,
    /// Whether what was typed last is no application id.
    pub client_id_refused: bool,
    /// The keyboard shortcut that opens the popup; empty if there is none.
    pub shortcut: String,
    /// The host patterns of internal addresses, in order: access to them is of another list than that of the apps' sites.
    pub internal: Vec<String>,
    /// How far the person is with clearing everything.
    pub clearing: Clearing,
}

impl Options {
    /// Whether the page waits to hear if there is a portal at this address.
    pub fn is_checking(&self, portal: &PortalUrl) -> bool {
        matches!(&self.choice, Choice::Checking(checked) if checked == portal)
    }
}

/// How the choice of a portal stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Choice {
    /// Nothing was chosen yet.
    #[default]
    None,
    /// Asking whether there is a portal at this address.
    Checking(PortalUrl),
    /// The text is no portal's address.
    NotUrl(PortalUrlError),
    /// Somebody is signed in, or the company decided; the portal stays.
    SignedIn,
    /// The portal could not be used.
    Problem(PortalUrl, PortalError),
    /// Chosen and kept.
    Saved,
}

/// Clearing everything takes a question.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Clearing {
    /// Not asked for.
    #[default]
    No,
    /// The person is asked whether they mean it.
    Asked,
    /// Everything is gone.
    Done,
}

/// What the person decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// To do that.
    Act(Act),
    /// How many apps Recently Used shows.
    Recents(u32),
    /// Whether a filled form is sent as well.
    Submits(bool),
    /// Whether a site signs in by itself.
    Site {
        /// The match pattern of the site.
        pattern: String,
        /// On or off.
        on: bool,
    },
}

/// What can be done by a button.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Take back access to all sites.
    TurnAllOff,
    /// Change the keyboard shortcut.
    ChangeShortcut,
    /// Clear everything, but ask first.
    Clear,
    /// Yes, clear it.
    ConfirmClear,
    /// No, keep it.
    KeepAll,
}

impl Named for Act {
    const NAMES: &'static [(&'static str, Self)] = &[
        ("turn-off", Act::TurnAllOff),
        ("shortcut", Act::ChangeShortcut),
        ("clear", Act::Clear),
        ("confirm-clear", Act::ConfirmClear),
        ("keep", Act::KeepAll),
    ];
}

/// The page opened, or is looked at again.
pub fn opened(state: &mut State, shortcut: String, links: &str) {
    let internal = json::parse(links).and_then(|report| report.get("hosts")?.read()).unwrap_or_default();
    if let Some(options) = state.options() {
        options.shortcut = shortcut;
        options.internal = internal;
    }
}

/// Does what was decided.
pub fn decided(state: &mut State, now: Millis, decision: Decision, effects: &mut Vec<Effect>) {
    // What was not kept was the decision before.
    state.memory.notice.take_if(|notice| *notice == PendingNotice::NotStored);
    match decision {
        Decision::Recents(count) => {
            state.memory.settings.recents = count.min(MOST_RECENTS);
            if count == 0 {
                state.memory.recent = Recent::default();
            }
        }
        Decision::Submits(submits) => state.memory.settings.submits = submits,
        Decision::Site { pattern, on } => sites::switch(pattern, on, effects),
        Decision::Act(Act::TurnAllOff) => sites::turn_all_off(state, effects),
        Decision::Act(Act::ChangeShortcut) => effects.push(Effect::OpenShortcuts),
        Decision::Act(Act::Clear) => set_clearing(state, Clearing::Asked),
        Decision::Act(Act::KeepAll) => set_clearing(state, Clearing::No),
        Decision::Act(Act::ConfirmClear) => clear(state, now, effects),
    }
}

/// As on the first day. The portal is told too, so that nobody is signed in by it without being asked.
fn clear(state: &mut State, now: Millis, effects: &mut Vec<Effect>) {
    let notice = end_sessions(&state.memory, now, effects);
    sign_in::cancel(&mut state.memory, effects);
    let policy = std::mem::take(&mut state.memory.policy);
    state.memory = Memory { epoch: state.memory.epoch, notice, ..Memory::default() };
    // What the company decided is not the person's to clear.
    state.memory.chosen = policy.fixed.replace(&mut state.memory.settings);
    state.memory.policy = policy;
    effects.push(Effect::ClearStorage);
    set_clearing(state, Clearing::Done);
}

fn set_clearing(state: &mut State, clearing: Clearing) {
    if let Some(options) = state.options() {
        options.clearing = clearing;
    }
}

/// One setting as the page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item<T> {
    /// What holds.
    pub value: T,
    /// Why it can't be changed here, if so.
    pub fixed: Option<Text>,
}

/// The settings that may be fixed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Setting {
    Portal,
    Recents,
    Submits,
    Theme,
    Sites,
}

/// Why a setting can't be changed here, if so.
fn fixed(memory: &Memory, now: Millis, setting: Setting) -> Option<Text> {
    let policy = &memory.policy;
    let by_company = match setting {
        Setting::Portal => policy.fixed.portal.is_some(),
        Setting::Recents => policy.fixed.recents.is_some(),
        Setting::Submits => policy.fixed.submits.is_some(),
        Setting::Theme | Setting::Sites => false,
    };
    let signed_out = matches!(memory.standing(now), Standing::SignedOut);
    match setting {
        _ if by_company => Some(Text::plain("fixedByCompany")),
        Setting::Portal if !signed_out => Some(Text::plain("portalLocked")),
        _ => None,
    }
}

/// What the page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// The portal in use.
    pub portal: Item<String>,
    /// Portals to choose from, the one in use included.
    pub known: Vec<String>,
    /// Whether a check is under way.
    pub checking: bool,
    /// What became of the last choice: good news or not, and the sentence.
    pub result: Option<(bool, Text)>,
    /// An address to open, so that the browser says what is wrong with it.
    pub open: Option<String>,
    /// The sites of the person's apps; none while signed out.
    pub sites: Item<Option<Vec<Site>>>,
    /// Password apps that sign in by themselves, of how many; none while signed out.
    pub automatic: Option<(usize, usize)>,
    /// Whether a filled form is sent as well.
    pub submits: Item<bool>,
    /// How many apps Recently Used shows.
    pub recents: Item<u32>,
    /// The page itself knows the theme.
    pub theme: Item<()>,
    /// The keyboard shortcut, or that there is none.
    pub shortcut: Text,
    /// How far the person is with clearing everything.
    pub clearing: Clearing,
    /// How Microsoft's sign-in is set up, where it has to be.
    pub setup: Option<Setup>,
    /// What the company decided, as its policy names it.
    pub decided: Vec<(&'static str, String)>,
    /// What of it has no effect.
    pub idle: Vec<Text>,
}

/// What the options page shows now.
pub fn view(state: &State, options: &Options, now: Millis) -> View {
    let memory = &state.memory;
    let (result, open) = match &options.choice {
        Choice::None | Choice::Checking(_) => (None, None),
        Choice::NotUrl(PortalUrlError::NotUrl) => (Some((false, Text::with("portalNotUrl", DEFAULT_PORTAL))), None),
        Choice::NotUrl(PortalUrlError::NotHttps) => (Some((false, Text::plain("portalNotHttps"))), None),
        Choice::SignedIn => (Some((false, Text::plain("portalLocked"))), None),
        Choice::Problem(portal, error) => (Some((false, Text::of_portal_error(*error, portal.as_str()))), Some(portal.as_str().to_owned())),
        Choice::Saved => {
            let key = if !memory.can_sign_in() { "portalNeedsEntra" } else { "portalSaved" };
            (Some((true, Text::with(key, memory.settings.portal.as_str()))), None)
        }
    };
    // Whatever was chosen is not kept.
    let result = notice::refused(memory).map(|text| (false, text)).or(result);
    let is_signed_in = matches!(memory.standing(now), Standing::SignedIn(..));
    let fixed = |setting| fixed(memory, now, setting);
    View {
        portal: Item { value: memory.settings.portal.as_str().to_owned(), fixed: fixed(Setting::Portal) },
        known: crate::menu::Menu::of(memory, now).portals.iter().map(|portal| portal.as_str().to_owned()).collect(),
        checking: matches!(options.choice, Choice::Checking(_)),
        result,
        open,
        sites: Item { value: is_signed_in.then(|| sites::sites(state)), fixed: fixed(Setting::Sites) },
        automatic: is_signed_in.then(|| sites::automatic(state)),
        submits: Item { value: memory.settings.submits, fixed: fixed(Setting::Submits) },
        recents: Item { value: memory.settings.recents, fixed: fixed(Setting::Recents) },
        theme: Item { value: (), fixed: fixed(Setting::Theme) },
        shortcut: if options.shortcut.is_empty() { Text::plain("shortcutNone") } else { Text::with("shortcutIs", &options.shortcut) },
        clearing: options.clearing,
        setup: Setup::of(memory, &state.environment, options.client_id_refused),
        decided: setup::decided(&memory.policy),
        idle: setup::idle(memory),
    }
}
