//! The one address that is configured: the portal's. Everything else is discovered from it.

use crate::address::Address;
use crate::json::{Read, Value};
use crate::provider::entra::{is_tenant, tenant as tenant_in_path};
use crate::provider::protocol::Protocol;
use crate::query;

/// Where people sign in unless they chose another portal.
pub const DEFAULT_PORTAL: &str = "https://myapps.microsoft.com";

/// A portal's address: canonical, secure, without query, fragment or trailing slash.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PortalUrl(String);

/// Why a text cannot be a portal's address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum PortalUrlError {
    /// Not an address of a web site.
    NotUrl,
    /// `http` beyond this computer.
    NotHttps,
}

impl PortalUrl {
    /// Reads an address as the browser prints it.
    ///
    /// # Errors
    /// See [`PortalUrlError`].
    pub fn new(url: &str) -> Result<PortalUrl, PortalUrlError> {
        let address = Address::parse(url).or_else(|_| Address::parse(&[url, "/"].concat())).map_err(|_| PortalUrlError::NotUrl)?;
        if !address.origin.is_secure() {
            return Err(PortalUrlError::NotHttps);
        }
        Ok(PortalUrl(address.without_suffix().trim_end_matches(['/']).to_owned()))
    }

    /// Microsoft's portals name the directory in the path or, as people know it, in `?tenantId=` of `url`; here it is the path.
    #[must_use]
    pub fn with_tenant_of(self, url: &str) -> PortalUrl {
        let query = url.split_once(['?']).map_or("", |(_, query)| query);
        let tenant = query::value(query, "tenantId").or_else(|| query::value(query, "tenantid")).filter(|tenant| is_tenant(tenant));
        match tenant.filter(|_| self.is_entra() && tenant_in_path(&self).is_none()) {
            Some(tenant) => PortalUrl([&self.0, "/", &tenant].concat()),
            None => self,
        }
    }

    /// What a person typed, made ready for the browser's parser: trimmed, and a scheme in front if none was given; `http` on this
    /// computer, where hardly anything answers to `https`.
    pub fn complete(typed: &str) -> String {
        let typed = typed.trim();
        let head = typed.split_once([':']).filter(|(_, rest)| rest.starts_with("//")).map_or("", |(head, _)| head);
        let begins = |scheme: &str| typed.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme));
        // A browser repairs `https:/portal` and `https:\\portal`, but not with another scheme in front.
        let has_scheme = !head.is_empty() && head.bytes().all(|byte| byte.is_ascii_alphanumeric()) || begins("https:") || begins("http:");
        if has_scheme || typed.is_empty() {
            return typed.to_owned();
        }
        let host = typed.split([':', '/', '?', '#']).next().unwrap_or_default();
        let is_here = host == "127.0.0.1" || host.rsplit(['.']).next() == Some("localhost");
        [if is_here { "http://" } else { "https://" }, typed].concat()
    }

    /// The address, without a trailing slash.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its address without a path, if it has one.
    pub fn begins(&self) -> Option<PortalUrl> {
        let origin = Address::parse(&[&self.0, "/"].concat()).ok()?.origin.text();
        (origin != self.0).then_some(PortalUrl(origin))
    }

    /// Where the portal describes itself.
    pub fn discovery_url(&self) -> String {
        [&self.0, "/.well-known/my-apps"].concat()
    }

    /// Whether this is one of Microsoft's portals.
    pub fn is_entra(&self) -> bool {
        Protocol::of(self) != Protocol::Portal
    }
}

impl Default for PortalUrl {
    fn default() -> Self {
        PortalUrl(DEFAULT_PORTAL.to_owned())
    }
}

impl Read for PortalUrl {
    fn read(&mut self, value: &Value) -> bool {
        let Some(url) = value.as_text() else { return false };
        let Ok(portal) = PortalUrl::new(url) else { return false };
        *self = portal.with_tenant_of(url);
        true
    }
}
