//! Everything one context knows: what is remembered (shared with the others) and what is on its own screen.

use crate::diagnostics::Diagnostics;
use crate::fill::Fill;
use crate::host_access::HostAccess;
use crate::listing::Listing;
use crate::memory::Memory;
use crate::omnibox::Omnibox;
use crate::options::Options;
use crate::popup::Popup;
use crate::teach::Teaching;

/// What the browser says about itself once and for all.
#[derive(Debug, Clone)]
pub struct Environment {
    /// Where the portal's sign-in ends.
    pub redirect_uri: String,
    /// The extension's version.
    pub version: &'static str,
}

/// Which of our contexts this is.
#[derive(Debug, Clone)]
#[allow(clippy::large_enum_variant, reason = "a context has one of it, and moves it with the rest of its state")]
pub enum Screen {
    /// The worker (Firefox: event page); nothing to see.
    Worker,
    /// The popup under the icon.
    Popup(Popup),
    /// The options page.
    Options(Options),
    /// The page that finds out what is wrong.
    Diagnostics(Diagnostics),
    /// The popup, while a form is being taught.
    Teaching(Box<Teaching>),
}

/// The state of one context.
#[derive(Debug, Clone)]
pub struct State {
    /// Constant.
    pub environment: Environment,
    /// Shared, read before every event and written after it.
    pub memory: Memory,
    /// Match patterns of the hosts we may touch without a click.
    pub granted: HostAccess,
    /// Our own screen.
    pub screen: Screen,
    /// What is typed in the address bar; the worker's.
    pub omnibox: Omnibox,
    /// What this context has asked to be shown last, as [`crate::outside::key`].
    pub showing: String,
    /// How often it has asked the browser to show something.
    pub shows: u32,
    /// How often a fill of its has asked the browser for something.
    pub questions: u32,
    /// Fills this context is driving, at most one for each tab.
    pub fills: Vec<Fill>,
    /// The list of apps that this context is fetching page by page.
    pub listing: Option<Listing>,
}

impl State {
    /// The popup, if this is one.
    pub fn popup(&mut self) -> Option<&mut Popup> {
        match &mut self.screen {
            Screen::Popup(popup) => Some(popup),
            _ => None,
        }
    }

    /// The options page, if this is one.
    pub fn options(&mut self) -> Option<&mut Options> {
        match &mut self.screen {
            Screen::Options(options) => Some(options),
            _ => None,
        }
    }

    /// The page where a form is taught, if this is one.
    pub fn teaching(&mut self) -> Option<&mut Teaching> {
        match &mut self.screen {
            Screen::Teaching(teaching) => Some(teaching),
            _ => None,
        }
    }

    /// Host patterns of the person's password apps that were not granted yet.
    pub fn missing_hosts(&self) -> Vec<String> {
        self.memory.catalogue.host_patterns().into_iter().filter(|pattern| !self.granted.covers(pattern)).collect()
    }
}
