//! The authorization request: what it must say, and how it is answered.
//!
//! Pure: query text in, decision out. An unknown client or redirect URI is told to the person and never redirected.

use url::Url;

use super::{parameters::Parameters, pkce};
use crate::settings::{CLIENT_ID, SCOPE, Settings};

/// A request that may be granted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthorizationRequest {
    /// Where the answer goes.
    pub back: ReturnAddress,
    /// The PKCE challenge.
    pub code_challenge: String,
    /// Whether a page may or must be shown.
    pub prompt: Prompt,
}

/// Where the answer goes, and the state to hand back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnAddress {
    /// One of the registered ones.
    pub redirect_uri: String,
    /// Echoed as it came.
    pub state: Option<String>,
}

/// Whether a page may or must be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prompt {
    /// A sign-in page if need be.
    IfNeeded,
    /// None at all.
    None,
    /// The password, even of a person who is signed in.
    Login,
}

/// Why a request was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Told to the person, because there is no trustworthy address to send it to: a program that nobody knows.
    UnknownClient,
    /// Told to the person for the same reason: an address that is not registered, or none at all.
    UnknownRedirectUri(Option<String>),
    /// Told to the client.
    Redirect(ReturnAddress, AuthorizationError),
}

/// The `error` of RFC 6749, 4.1.2.1 (and OpenID Connect Core, 3.1.2.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuthorizationError {
    /// The person pressed Cancel.
    AccessDenied,
    /// `prompt=none`, and nobody is signed in.
    LoginRequired,
    /// Something is missing, comes twice or is malformed.
    InvalidRequest,
    /// Another `response_type` than `code`.
    UnsupportedResponseType,
    /// Another scope than `apps`.
    InvalidScope,
}

impl AuthorizationError {
    /// The word on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AccessDenied => "access_denied",
            Self::LoginRequired => "login_required",
            Self::InvalidRequest => "invalid_request",
            Self::UnsupportedResponseType => "unsupported_response_type",
            Self::InvalidScope => "invalid_scope",
        }
    }
}

/// Decides whether a query is a request that may be granted.
pub fn parse(query: &str, settings: &Settings) -> Result<AuthorizationRequest, Refusal> {
    let parameters = Parameters::parse(query.as_bytes());
    if parameters.get("client_id") != Some(CLIENT_ID) {
        return Err(Refusal::UnknownClient);
    }
    let presented = parameters.get("redirect_uri");
    let Some(redirect_uri) = presented.filter(|presented| settings.redirect_uris.iter().any(|registered| registered == presented)) else {
        return Err(Refusal::UnknownRedirectUri(presented.map(str::to_owned)));
    };
    let back = ReturnAddress { redirect_uri: redirect_uri.to_owned(), state: parameters.get("state").map(str::to_owned) };
    match grantable(&parameters) {
        Ok((code_challenge, prompt)) => Ok(AuthorizationRequest { back, code_challenge, prompt }),
        Err(error) => Err(Refusal::Redirect(back, error)),
    }
}

fn grantable(parameters: &Parameters) -> Result<(String, Prompt), AuthorizationError> {
    if parameters.any_repeated() {
        return Err(AuthorizationError::InvalidRequest);
    }
    match parameters.get("response_type") {
        Some("code") => {}
        Some(_) => return Err(AuthorizationError::UnsupportedResponseType),
        None => return Err(AuthorizationError::InvalidRequest),
    }
    if parameters.get("scope").is_some_and(|scope| scope != SCOPE) {
        return Err(AuthorizationError::InvalidScope);
    }
    // A missing method means "plain" (RFC 7636, 4.3), which protects nothing.
    let challenge = parameters
        .get("code_challenge")
        .filter(|challenge| pkce::is_challenge(challenge) && parameters.get("code_challenge_method") == Some("S256"))
        .ok_or(AuthorizationError::InvalidRequest)?;
    let prompt = match parameters.get("prompt") {
        None => Prompt::IfNeeded,
        Some("none") => Prompt::None,
        Some("login") => Prompt::Login,
        Some(_) => return Err(AuthorizationError::InvalidRequest),
    };
    Ok((challenge.to_owned(), prompt))
}

impl ReturnAddress {
    /// The redirect that carries a code.
    pub fn with_code(&self, code: &str, issuer: &str) -> Option<Url> {
        self.with("code", code, issuer)
    }

    /// The redirect that carries a refusal.
    pub fn with_error(&self, error: AuthorizationError, issuer: &str) -> Option<Url> {
        self.with("error", error.as_str(), issuer)
    }

    fn with(&self, name: &str, value: &str, issuer: &str) -> Option<Url> {
        let mut url = Url::parse(&self.redirect_uri).ok()?;
        {
            let mut query = url.query_pairs_mut();
            query.append_pair(name, value);
            if let Some(state) = &self.state {
                query.append_pair("state", state);
            }
            query.append_pair("iss", issuer);
        }
        Some(url)
    }
}
