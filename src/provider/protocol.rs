//! What is spoken at the other end: the portal protocol (docs/portal-api.md), or Microsoft's. The one place where the two part.

use super::api::Account;
use super::discovery::{self, Description, Discovery};
use super::entra::{self, Cloud, Registration};
use super::oauth::Prompt;
use super::{Exchange, PortalError, Request, api};
use crate::portal_url::PortalUrl;
use crate::query::Query;
use crate::secret::Secret;

/// One of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    /// The portal protocol: the portal describes itself, lists the apps at once, and keeps their passwords.
    Portal,
    /// Microsoft's: it lists the apps page by page, and gives no password to anybody.
    Entra(&'static Cloud),
}

impl Protocol {
    /// What the portal at this address speaks.
    pub fn of(portal: &PortalUrl) -> Protocol {
        Cloud::of(portal).map_or(Protocol::Portal, Protocol::Entra)
    }

    /// Whether apps' passwords are kept there.
    pub fn keeps_passwords(self) -> bool {
        self == Protocol::Portal
    }

    /// Whether the list of apps comes in one answer, and says whether it changed.
    pub fn lists_at_once(self) -> bool {
        self == Protocol::Portal
    }

    /// The request that a sign-in begins with.
    pub fn discovery_request(self, portal: &PortalUrl, registration: &Registration) -> Request {
        match self {
            Protocol::Portal => discovery::request(portal),
            Protocol::Entra(cloud) => entra::request(cloud, portal, registration),
        }
    }

    /// Where everything is.
    ///
    /// # Errors
    /// [`PortalError`].
    pub fn discovery(
        self,
        portal: &PortalUrl,
        registration: &Registration,
        version: &str,
        exchange: Exchange,
    ) -> Result<Discovery, PortalError> {
        match self {
            Protocol::Portal => discovery::read(portal, version, exchange),
            Protocol::Entra(cloud) => entra::describe(cloud, portal, registration, exchange),
        }
    }

    /// Adds to a sign-in's address who is meant, and how much may be shown.
    pub fn with_prompt(self, query: Query, prompt: Prompt, known: Option<&Account>) -> Query {
        let hint = known.filter(|_| !self.keeps_passwords()).and_then(|known| entra::login_hint(&known.username));
        let query = if let Some(hint) = hint { query.with("login_hint", hint) } else { query };
        match prompt {
            Prompt::Silent => query.with("prompt", "none"),
            // Otherwise Microsoft takes whoever is signed in already.
            Prompt::Interactive if !self.keeps_passwords() && hint.is_none() => query.with("prompt", "select_account"),
            Prompt::Interactive => query,
        }
    }

    /// Whether the sign-in page's answer may be this portal's, by what it says of its issuer (RFC 9207). Microsoft's says nothing,
    /// and need not: its code is sent to Microsoft and nowhere else.
    pub fn is_issuer(self, discovery: &Description, issuer: Option<&str>) -> bool {
        match self {
            Protocol::Portal => issuer == Some(discovery.issuer()),
            Protocol::Entra(cloud) => issuer.is_none_or(|issuer| issuer.starts_with(cloud.login)),
        }
    }

    /// Asks who is signed in.
    pub fn account_request(self, discovery: &Discovery, token: &Secret) -> Request {
        match self {
            Protocol::Portal => api::account_request(discovery, token),
            Protocol::Entra(_) => entra::account_request(discovery, token),
        }
    }

    /// Reads who is signed in.
    ///
    /// # Errors
    /// [`PortalError`].
    pub fn read_account(self, exchange: Exchange) -> Result<Account, PortalError> {
        match self {
            Protocol::Portal => api::read_account(exchange),
            Protocol::Entra(_) => entra::read_account(exchange),
        }
    }
}
