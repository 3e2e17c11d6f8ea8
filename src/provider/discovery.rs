//! The document with which a portal introduces itself.

use std::ops::Deref;
use std::rc::Rc;

use super::protocol::Protocol;
use super::{Exchange, NetworkError, PortalError, Request};
use crate::address::Address;
use crate::decimal::number;
use crate::find::replaced;
use crate::json::{self, Fields, Object, Read, Value};
use crate::portal_url::PortalUrl;

/// The version of the portal protocol this extension speaks.
pub(super) const PROTOCOL_VERSION: u32 = 1;

/// What a portal says about itself. Shared, because every step of a sign-in hands it on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Discovery(Rc<Description>);

/// Where everything of a portal is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Description {
    pub(super) my_apps: u32,
    pub(super) issuer: String,
    /// What the company calls its portal.
    pub product_name: String,
    pub(super) minimum_extension_version: Option<String>,
    /// Ends in `/`; the API's calls are relative to it.
    pub api_url: String,
    /// OAuth: where a person signs in.
    pub authorization_endpoint: String,
    /// OAuth: where a code becomes a token.
    pub token_endpoint: String,
    /// OAuth: our name at this portal.
    pub client_id: String,
    /// OAuth: what we ask for.
    pub scope: String,
    /// Pages of the portal a person may want.
    pub links: Links,
}

/// Pages of the portal; each may be missing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Links {
    /// The portal itself.
    pub home: Option<String>,
    /// Where the password of an app is entered and changed; `{id}` stands for the app's id.
    pub app_password: Option<String>,
    /// What launches an app that says nothing about it; `{id}` stands for the app's id.
    pub launch: Option<String>,
    /// See [`Description::sign_out_page`].
    pub sign_out: Option<String>,
    /// What a person may want to do about their account, in the order of [`Link::ALL`].
    pub account: [Option<String>; 4],
}

/// What a person may want to do about their account, at the portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    /// Ask for another app.
    AddApp,
    /// See and change their groups.
    Groups,
    /// Set a new password for the portal.
    ResetPassword,
    /// Leave what a new password can be set with.
    RegisterForReset,
}

impl Link {
    /// All, with their names in the document.
    pub const ALL: [(Link, &str); 4] = [
        (Link::AddApp, "add_app"),
        (Link::Groups, "groups"),
        (Link::ResetPassword, "reset_password"),
        (Link::RegisterForReset, "register_for_reset"),
    ];
}

/// The request for a portal's description.
pub fn request(portal: &PortalUrl) -> Request {
    Request::get(portal.discovery_url())
}

/// Checks that what answered is the portal that was asked for.
///
/// # Errors
/// [`PortalError::NotAPortal`] for everything that is no such document, [`PortalError::Network`] if nothing answered.
pub fn read(portal: &PortalUrl, our_version: &str, exchange: Exchange) -> Result<Discovery, PortalError> {
    let answer = exchange.map_err(|error| match error {
        NetworkError::NotForUs => PortalError::NotAPortal,
        other => PortalError::Network(other),
    })?;
    if answer.patience().is_some() {
        return Err(PortalError::TooManyRequests);
    }
    match answer.status {
        200 => {}
        status @ 500..=599 => return Err(PortalError::Failed(status)),
        _ => return Err(PortalError::NotAPortal),
    }
    let discovery: Discovery = json::read(answer.body.reveal()).ok_or(PortalError::NotAPortal)?;
    let endpoints = [&discovery.api_url, &discovery.authorization_endpoint, &discovery.token_endpoint];
    let ours = discovery.my_apps == PROTOCOL_VERSION
        && discovery.issuer == portal.as_str()
        && discovery.api_url.ends_with('/')
        && endpoints.iter().all(|url| is_secure(url));
    if !ours {
        return Err(PortalError::NotAPortal);
    }
    let minimum = discovery.minimum_extension_version.as_deref().unwrap_or_default();
    if version_numbers(our_version) < version_numbers(minimum) {
        return Err(PortalError::ExtensionTooOld);
    }
    Ok(discovery)
}

impl Deref for Discovery {
    type Target = Description;

    fn deref(&self) -> &Description {
        &self.0
    }
}

impl From<Description> for Discovery {
    fn from(description: Description) -> Discovery {
        Discovery(Rc::new(description))
    }
}

impl Description {
    /// What is spoken there.
    pub fn protocol(&self) -> Protocol {
        PortalUrl::new(&self.issuer).map_or(Protocol::Portal, |portal| Protocol::of(&portal))
    }

    /// What launches the app with this id. Ids need no encoding: their letters are those of a path segment.
    pub fn launch(&self, id: &str) -> Option<String> {
        self.links.launch.as_ref().map(|template| replaced(template, "{id}", id))
    }

    /// The page that ends the portal's own session, where no request can.
    pub fn sign_out_page(&self) -> Option<&String> {
        self.links.sign_out.as_ref().filter(|_| !self.protocol().keeps_passwords())
    }

    /// The portal this document belongs to, without a trailing slash.
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// The portal's start page.
    pub fn home(&self) -> &str {
        self.links.home.as_deref().filter(|url| is_secure(url)).unwrap_or(&self.issuer)
    }

    /// The address of a page, if the portal names it.
    pub fn link(&self, link: Link) -> Option<&str> {
        self.links.account.get(link as usize)?.as_deref().filter(|url| is_secure(url))
    }

    /// Where a person enters the password of an app. Ids need no encoding: their letters are those of a path segment.
    pub fn app_password(&self, id: &str) -> String {
        let template = self.links.app_password.as_deref().filter(|url| is_secure(&replaced(url, "{id}", "id")));
        template.map_or_else(|| self.home().to_owned(), |template| replaced(template, "{id}", id))
    }
}

impl Read for Discovery {
    fn read(&mut self, value: &Value) -> bool {
        let mut description = Description::default();
        let is_read = description.read(value);
        self.0 = Rc::new(description);
        is_read
    }
}

impl Read for Description {
    fn read(&mut self, value: &Value) -> bool {
        let mut fields = Fields::of(value);
        fields.required("my_apps", &mut self.my_apps);
        fields.required("issuer", &mut self.issuer);
        fields.required("product_name", &mut self.product_name);
        fields.if_any("minimum_extension_version", &mut self.minimum_extension_version);
        fields.required("api_url", &mut self.api_url);
        fields.required("authorization_endpoint", &mut self.authorization_endpoint);
        fields.required("token_endpoint", &mut self.token_endpoint);
        fields.required("client_id", &mut self.client_id);
        fields.required("scope", &mut self.scope);
        fields.if_any("links", &mut self.links);
        fields.are_read()
    }
}

impl Read for Links {
    fn read(&mut self, value: &Value) -> bool {
        let mut fields = Fields::of(value);
        fields.if_any("home", &mut self.home);
        fields.if_any("app_password", &mut self.app_password);
        fields.if_any("launch", &mut self.launch);
        fields.if_any("sign_out", &mut self.sign_out);
        for ((_, name), place) in Link::ALL.iter().zip(&mut self.account) {
            fields.if_any(name, place);
        }
        fields.are_read()
    }
}

impl Description {
    /// As JSON, for the storage.
    pub fn write(&self) -> String {
        let mut links = Object::default()
            .optional_text("home", self.links.home.as_deref())
            .optional_text("app_password", self.links.app_password.as_deref())
            .optional_text("launch", self.links.launch.as_deref())
            .optional_text("sign_out", self.links.sign_out.as_deref());
        for ((_, name), url) in Link::ALL.iter().zip(&self.links.account) {
            links = links.optional_text(name, url.as_deref());
        }
        Object::default()
            .number("my_apps", self.my_apps.into())
            .text("issuer", &self.issuer)
            .text("product_name", &self.product_name)
            .optional_text("minimum_extension_version", self.minimum_extension_version.as_deref())
            .text("api_url", &self.api_url)
            .text("authorization_endpoint", &self.authorization_endpoint)
            .text("token_endpoint", &self.token_endpoint)
            .text("client_id", &self.client_id)
            .text("scope", &self.scope)
            .json("links", &links.done())
            .done()
    }
}

fn is_secure(url: &str) -> bool {
    Address::parse(url).is_ok_and(|address| address.origin.is_secure())
}

/// `1.10.2.0` → `[1, 10, 2]`; what is no number counts as 0, so that a strange minimum never locks anybody out.
fn version_numbers(version: &str) -> Vec<u32> {
    let mut numbers: Vec<u32> =
        version.split(['.']).map(|part| number(part).and_then(|part| u32::try_from(part).ok()).unwrap_or(0)).collect();
    while numbers.pop_if(|last| *last == 0).is_some() {}
    numbers
}
