//! The options page: choose a portal, see where one stands.

use crate::Millis;
use crate::memory::Standing;
use crate::portal_url::{DEFAULT_PORTAL, PortalUrl, PortalUrlError};
use crate::provider::PortalError;
use crate::setup::{Setup, decided, idle};
use crate::state::State;
use crate::text::Text;

/// What only this page knows.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// How the last choice went.
    pub choice: Choice,
    /// Whether what was typed last is no application id.
    pub client_id_refused: bool,
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

/// What the page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// The portal in use.
    pub portal: String,
    /// Portals to choose from, the one in use included.
    pub known: Vec<String>,
    /// Why the portal cannot be changed now.
    pub locked: Option<Text>,
    /// Whether a check is under way.
    pub checking: bool,
    /// What became of the last choice: good news or not, and the sentence.
    pub result: Option<(bool, Text)>,
    /// An address to open, so that the browser says what is wrong with it.
    pub open: Option<String>,
    /// Password apps that sign in by themselves, of how many; none while signed out.
    pub automatic: Option<(usize, usize)>,
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
    let menu = crate::menu::Menu::of(memory, now);
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
    let automatic = matches!(memory.standing(now), Standing::SignedIn(..)).then(|| {
        let all = memory.catalogue.password_apps().count();
        let on = memory
            .catalogue
            .password_apps()
            .filter(|app| app.sign_on_rules.iter().all(|rule| state.granted.covers(&rule.origin().match_pattern())))
            .count();
        (on, all)
    });
    View {
        portal: memory.settings.portal.as_str().to_owned(),
        known: menu.portals.iter().map(|portal| portal.as_str().to_owned()).collect(),
        locked: match memory.policy.portal {
            Some(_) => Some(Text::plain("fixedByCompany")),
            None => (!menu.enabled).then(|| Text::plain("portalLocked")),
        },
        checking: matches!(options.choice, Choice::Checking(_)),
        result,
        open,
        automatic,
        setup: Setup::of(memory, &state.environment, options.client_id_refused),
        decided: decided(&memory.policy),
        idle: idle(memory),
    }
}
