//! Which web addresses the portal accepts: its own, redirect URIs, and the addresses of apps.
//!
//! Everything here is a check on text; nothing is fetched or resolved.

use serde::{Deserialize, Serialize};
use url::{Host, Url};

/// Why an address was refused. `Display` continues a sentence that begins with the address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// The text is not an absolute address.
    #[error("is not an absolute web address")]
    NotAnAddress,
    /// Neither `https` nor `http` on this computer.
    #[error("must begin with https:// (http:// works on localhost, *.localhost and 127.0.0.1 only)")]
    NotSecure,
    /// A user name or password in the address.
    #[error("must not contain a user name or password")]
    Credentials,
    /// More than an origin where only an origin is meant.
    #[error("must be an origin only, without path, query or fragment")]
    NotAnOrigin,
    /// A query or fragment where none may be.
    #[error("must not have a query or fragment")]
    QueryOrFragment,
    /// Written differently from how browsers write it.
    #[error("is not written the way browsers write it: the host in lower case, a slash after it, and no spaces around")]
    NotCanonical,
    /// `http` without `allow_http`.
    #[error("is http and needs allow_http")]
    HttpNotAllowed,
    /// An IP address without `allow_ip`, or an IPv6 address.
    #[error("has an IP address as host and needs allow_ip (IPv4 only)")]
    IpNotAllowed,
}

/// The portal's own address: an origin, kept without a trailing slash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl(String);

impl PublicUrl {
    /// Accepts `https` anywhere and `http` on this computer; a single trailing slash is forgiven.
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        let url = secure(text)?;
        if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
            return Err(AddressError::NotAnOrigin);
        }
        Ok(Self(url.origin().ascii_serialization()))
    }

    /// The address without a trailing slash, which is also its origin and the OAuth issuer.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether cookies can be marked `Secure`.
    pub fn is_https(&self) -> bool {
        self.0.starts_with("https:")
    }

    /// The absolute address of a path that begins with a slash.
    pub fn join(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }
}

/// Checks a redirect URI an operator registers, and gives its origin (for the sign-in page's `form-action`). Browsers give
/// extensions theirs in one way of writing, and it is compared to the letter: any other would never be met.
pub fn redirect_origin(text: &str) -> Result<String, AddressError> {
    let url = secure(text)?;
    if url.fragment().is_some() {
        return Err(AddressError::QueryOrFragment);
    }
    if url.as_str() != text {
        return Err(AddressError::NotCanonical);
    }
    Ok(url.origin().ascii_serialization())
}

/// Whether an address is one that browsers give to an extension for its answers, letter by letter: what else somebody writes
/// into a link must not become a part of a command that a page tells an administrator to use.
pub fn is_of_an_extension(text: &str) -> bool {
    let host = text.strip_prefix("https://").and_then(|rest| rest.strip_suffix('/')).unwrap_or_default();
    let id = host.strip_suffix(".chromiumapp.org").or_else(|| host.strip_suffix(".extensions.allizom.org")).unwrap_or_default();
    (1..=63).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
}

/// Checks the address an app is launched at: any web address without a user name in it.
pub fn check_launch_url(text: &str) -> Result<(), AddressError> {
    let url = web(text)?;
    if url.as_str() == text { Ok(()) } else { Err(AddressError::NotCanonical) }
}

/// A web address as browsers write it, whatever blanks stand around it and capitals in its host. What is none stays as it was
/// typed, to be refused by whoever reads it.
pub fn as_browsers_write(text: &str) -> String {
    let text = text.trim();
    let url = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "https" | "http"));
    url.map_or_else(|| text.to_owned(), String::from)
}

/// Whether the text is an origin as browsers write it.
pub fn is_origin(text: &str) -> bool {
    web(text).is_ok_and(|url| url.origin().ascii_serialization() == text)
}

/// A page on which a stored password may be filled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignOnRule {
    /// Canonical, without user name, query or fragment.
    pub url: String,
    /// Permits `http`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub allow_http: bool,
    /// Permits an IPv4 address as host.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub allow_ip: bool,
}

impl SignOnRule {
    /// Checks the rule as the protocol words it.
    pub fn check(&self) -> Result<(), AddressError> {
        let url = web(&self.url)?;
        if url.query().is_some() || url.fragment().is_some() {
            return Err(AddressError::QueryOrFragment);
        }
        if url.as_str() != self.url {
            return Err(AddressError::NotCanonical);
        }
        if url.scheme() == "http" && !self.allow_http {
            return Err(AddressError::HttpNotAllowed);
        }
        match url.host() {
            Some(Host::Domain(_)) => Ok(()),
            Some(Host::Ipv4(_)) if self.allow_ip => Ok(()),
            _ => Err(AddressError::IpNotAllowed),
        }
    }
}

fn web(text: &str) -> Result<Url, AddressError> {
    let url = Url::parse(text).map_err(|_| AddressError::NotAnAddress)?;
    if !matches!(url.scheme(), "https" | "http") {
        return Err(AddressError::NotAnAddress);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(AddressError::Credentials);
    }
    Ok(url)
}

fn secure(text: &str) -> Result<Url, AddressError> {
    let url = web(text)?;
    let on_this_computer = match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.octets() == [127, 0, 0, 1],
        _ => false,
    };
    if url.scheme() == "https" || on_this_computer { Ok(url) } else { Err(AddressError::NotSecure) }
}
