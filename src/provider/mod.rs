//! How to talk to a portal: requests as data on the way out, documents checked on the way in (docs/portal-api.md).
//!
//! Nothing here sends anything. The shell performs a [`Request`] and brings back an [`Answer`] or a [`NetworkError`].

pub mod api;
pub mod discovery;
pub mod oauth;

use crate::decimal::decimal;
use crate::json::{self, Named, Read, Value};
use crate::secret::Secret;

/// The HTTP methods the protocol uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Asks for a token, a credential, or reports.
    Post,
    /// Ends the session.
    Delete,
}

impl Method {
    /// As HTTP spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Post => "POST",
            Method::Delete => "DELETE",
        }
    }
}

/// What follows the headers.
#[derive(Debug, Clone)]
pub enum Body {
    /// Nothing.
    None,
    /// `application/x-www-form-urlencoded`; may hold an authorization code, therefore secret.
    Form(Secret),
    /// `application/json`.
    Json(String),
}

/// One request to the portal. Always without cookies, without cache, and refusing redirects.
#[derive(Debug, Clone)]
pub struct Request {
    /// How.
    pub method: Method,
    /// Where.
    pub url: String,
    /// What.
    pub body: Body,
    /// The access token.
    pub bearer: Option<Secret>,
    /// The `ETag` of what is known already.
    pub if_none_match: Option<String>,
}

impl Request {
    fn get(url: String) -> Request {
        Request { method: Method::Get, url, body: Body::None, bearer: None, if_none_match: None }
    }

    fn post(url: String, body: Body) -> Request {
        Request { method: Method::Post, url, body, bearer: None, if_none_match: None }
    }

    fn with_token(mut self, token: &Secret) -> Request {
        self.bearer = Some(token.clone());
        self
    }
}

/// What came back. The body may be a credential, therefore secret.
#[derive(Debug, Clone)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// `ETag` header.
    pub etag: Option<String>,
    /// The document.
    pub body: Secret,
}

/// Why nothing came back. A browser tells no more than this to a script.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum NetworkError {
    /// Name, network or certificate: nothing answered.
    Unreachable,
    /// Something answered, but not to us: no CORS headers, or a redirect.
    NotForUs,
    /// No complete answer in time.
    Timeout,
    /// More bytes than any portal document has.
    TooLarge,
}

/// Why the portal's answer is of no use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum PortalError {
    /// It could not be had at all.
    Network(NetworkError),
    /// Answers, but is no portal of this protocol.
    NotAPortal,
    /// The portal wants a newer extension.
    ExtensionTooOld,
    /// The token is no longer accepted.
    SignedOut,
    /// Not for this person.
    NotAssigned,
    /// No password is stored.
    NoCredential,
    /// The portal asks for patience.
    TooManyRequests,
    /// The portal failed, with this status.
    Failed(u16),
    /// A document that does not say what it should.
    Malformed,
}

impl Named for NetworkError {
    const NAMES: &'static [(&'static str, Self)] = &[
        ("Unreachable", NetworkError::Unreachable),
        ("NotForUs", NetworkError::NotForUs),
        ("Timeout", NetworkError::Timeout),
        ("TooLarge", NetworkError::TooLarge),
    ];
}

/// Those that carry nothing.
impl Named for PortalError {
    const NAMES: &'static [(&'static str, Self)] = &[
        ("NotAPortal", PortalError::NotAPortal),
        ("ExtensionTooOld", PortalError::ExtensionTooOld),
        ("SignedOut", PortalError::SignedOut),
        ("NotAssigned", PortalError::NotAssigned),
        ("NoCredential", PortalError::NoCredential),
        ("TooManyRequests", PortalError::TooManyRequests),
        ("Malformed", PortalError::Malformed),
    ];
}

impl PortalError {
    /// Reads what [`PortalError::write`] wrote.
    pub fn read(value: &Value) -> Option<PortalError> {
        match value.as_choice()? {
            ("Network", error) => NetworkError::read(error).map(PortalError::Network),
            ("Failed", Value::Number(Some(status))) => u16::try_from(*status).ok().map(PortalError::Failed),
            _ => Read::read(value),
        }
    }

    /// As JSON.
    pub fn write(self) -> String {
        match self {
            PortalError::Network(error) => json::tagged("Network", &json::quoted(error.name())),
            PortalError::Failed(status) => json::tagged("Failed", &decimal(status.into())),
            other => json::quoted(other.name()),
        }
    }
}

/// The outcome of one exchange with the portal.
pub type Exchange = Result<Answer, NetworkError>;

/// Reads the body of a successful answer, or says what went wrong.
///
/// # Errors
/// By HTTP status; 404 depends on the call, so it is left to the caller as [`PortalError::Failed`].
fn successful(exchange: Exchange) -> Result<Answer, PortalError> {
    let answer = exchange.map_err(PortalError::Network)?;
    match answer.status {
        200..=299 | 304 => Ok(answer),
        401 => Err(PortalError::SignedOut),
        403 => Err(PortalError::NotAssigned),
        429 => Err(PortalError::TooManyRequests),
        status => Err(PortalError::Failed(status)),
    }
}
