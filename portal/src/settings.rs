//! What an operator decides: addresses, lifetimes and links. Checked once, before the portal starts.

use serde::Serialize;

use crate::address::{AddressError, PublicUrl, redirect_origin};

/// The extension's OAuth client id.
pub const CLIENT_ID: &str = "my-apps-extension";
/// The one scope there is.
pub const SCOPE: &str = "apps";

/// Where the browsers hand the answer of a sign-in to the extension, for its development ids: Chrome and Edge, Firefox.
pub const DEFAULT_REDIRECT_URIS: [&str; 2] = [
    "https://bgnbokhkffgobgapaaedoojiloflbndl.chromiumapp.org/",
    "https://39a448a9fafbc57ef683bc3243204cebe6edfc42.extensions.allizom.org/",
];

/// The portal's settings.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where people and the extension reach the portal.
    pub public_url: PublicUrl,
    /// The name on every page.
    pub product_name: String,
    /// Where sign-in answers may go; compared exactly.
    pub redirect_uris: Vec<String>,
    /// How long an access token lives, in seconds.
    pub token_lifetime: i64,
    /// How long a browser stays signed in, in seconds.
    pub session_lifetime: i64,
    /// Links of the organization.
    pub links: Links,
    /// Where the extension is to be had.
    pub stores: Stores,
    /// Whether requests come through a proxy, which says from whom.
    pub behind_proxy: bool,
    /// How long a line of the audit trail is kept, in seconds.
    pub audit_lifetime: i64,
}

/// Pages of the organization that the extension can link to.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Links {
    /// Where a forgotten portal password is reset.
    pub reset_password: Option<String>,
    /// Where people register for that.
    pub register_for_reset: Option<String>,
    /// Where people ask for another app.
    pub add_app: Option<String>,
    /// Where people manage their groups.
    pub groups: Option<String>,
}

/// The extension's pages in the browsers' stores.
#[derive(Debug, Clone, Default)]
pub struct Stores {
    /// For Chrome.
    pub chrome: Option<String>,
    /// For Edge.
    pub edge: Option<String>,
    /// For Firefox.
    pub firefox: Option<String>,
}

impl Settings {
    /// Settings with the defaults: the development redirect URIs, tokens for 8 hours, sessions for 7 days, the audit trail for a
    /// year.
    pub fn new(public_url: PublicUrl) -> Self {
        Self {
            public_url,
            product_name: "My Apps".to_owned(),
            redirect_uris: DEFAULT_REDIRECT_URIS.map(str::to_owned).to_vec(),
            token_lifetime: 8 * 3600,
            session_lifetime: 7 * 86400,
            links: Links::default(),
            stores: Stores::default(),
            behind_proxy: false,
            audit_lifetime: 365 * 86400,
        }
    }

    /// Registers another redirect URI.
    pub fn add_redirect_uri(&mut self, uri: &str) -> Result<(), AddressError> {
        redirect_origin(uri)?;
        self.redirect_uris.push(uri.to_owned());
        Ok(())
    }

    /// The origins sign-in answers go to. A browser's content security policy applies to what a form post redirects to.
    pub fn redirect_origins(&self) -> Vec<String> {
        self.redirect_uris.iter().filter_map(|uri| redirect_origin(uri).ok()).collect()
    }

    /// The links that the extension offers. Where the organization names no page of its own to set a new portal password, it is
    /// the portal's, where whoever is signed in changes it.
    pub fn offered_links(&self) -> Links {
        let own = || self.public_url.join("/account/password");
        Links { reset_password: self.links.reset_password.clone().or_else(|| Some(own())), ..self.links.clone() }
    }

    /// The page on which a person stores a password, with `{id}` for the app's id.
    pub fn app_password_url(&self) -> String {
        self.public_url.join("/apps/{id}/password")
    }
}
