//! How to talk to a portal: requests as data on the way out, documents checked on the way in (docs/portal-api.md).
//!
//! Nothing here sends anything. The shell performs a [`Request`] and brings back an [`Answer`] or a [`NetworkError`].

pub mod api;
pub mod discovery;
pub mod entra;
pub mod oauth;
pub mod protocol;

use crate::decimal::{decimal, number};
use crate::json::{self, Named, Value};
use crate::secret::Secret;

/// How many seconds a portal is left alone that does not say for how long.
const PATIENCE: u64 = 60;
/// A portal is asked again after so many seconds, whatever it says: its slip must not lock a person out for a day.
pub const MOST_PATIENCE: u64 = 15 * 60;

/// The HTTP methods the protocol uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Asks for a token, a credential, or reports.
    Post,
    /// Puts a form in the place of another.
    Put,
    /// Ends the session.
    Delete,
}

impl Method {
    /// As HTTP spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Post => "POST",
            Method::Put => "PUT",
            Method::Delete => "DELETE",
        }
    }
}

/// What follows the headers.
#[derive(Debug, Clone)]
pub enum Body {
    /// Nothing.
    None,
    /// `application/x-www-form-urlencoded`; may hold a token or an authorization code, therefore secret.
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
    /// One more header, where the call needs it.
    pub header: Option<(&'static str, String)>,
}

impl Request {
    fn get(url: String) -> Request {
        Request { method: Method::Get, url, body: Body::None, bearer: None, header: None }
    }

    fn post(url: String, body: Body) -> Request {
        Request { method: Method::Post, url, body, bearer: None, header: None }
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
    /// `Retry-After` header.
    pub retry_after: Option<String>,
    /// The document.
    pub body: Secret,
}

impl Answer {
    /// For how many seconds the portal asks to be left alone, if it does. A date instead of a number counts as none.
    pub fn patience(&self) -> Option<u64> {
        let asked = self.retry_after.as_deref().and_then(number);
        let refused = self.status == 429 || (self.status == 503 && asked.is_some());
        refused.then(|| asked.unwrap_or(PATIENCE).min(MOST_PATIENCE))
    }
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
    /// It broke off in the middle, or had more bytes than any portal document.
    Unreadable,
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

/// Those that carry no number.
impl Named for PortalError {
    const NAMES: &'static [(&'static str, Self)] = &[
        ("Unreachable", PortalError::Network(NetworkError::Unreachable)),
        ("NotForUs", PortalError::Network(NetworkError::NotForUs)),
        ("Timeout", PortalError::Network(NetworkError::Timeout)),
        ("Unreadable", PortalError::Network(NetworkError::Unreadable)),
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
            ("Failed", Value::Number(Some(status))) => u16::try_from(*status).ok().map(PortalError::Failed),
            _ => PortalError::of(value),
        }
    }

    /// As JSON.
    pub fn write(self) -> String {
        match self {
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
    if answer.patience().is_some() {
        return Err(PortalError::TooManyRequests);
    }
    match answer.status {
        200..=299 | 304 => Ok(answer),
        401 => Err(PortalError::SignedOut),
        403 => Err(PortalError::NotAssigned),
        status => Err(PortalError::Failed(status)),
    }
}
