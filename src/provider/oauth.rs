//! Sign-in: OAuth 2.0 authorization code with PKCE (RFC 6749, 7636), the answer bound to its issuer (RFC 9207).

use super::api::Account;
use super::discovery::Discovery;
use super::entra::error;
use super::{Body, Exchange, PortalError, Request, successful};
use crate::Millis;
use crate::decimal::decimal;
use crate::json::{self, Fields, Named, Object, Read, Value};
use crate::query::{self, Query};
use crate::secret::Secret;

/// The random half of one sign-in. Lives only as long as the sign-in.
#[derive(Clone, Default)]
pub struct Proof {
    /// PKCE's `code_verifier`, shown only to the token endpoint.
    pub verifier: String,
    /// PKCE's `code_challenge`: SHA-256 of the verifier, base64url.
    pub challenge: String,
    /// Echoed by the portal; an answer without it is not to our question.
    pub state: String,
}

impl std::fmt::Debug for Proof {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Proof")
    }
}

/// How much the portal may show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prompt {
    /// A window; the portal asks for what it needs.
    Interactive,
    /// No window: only if the portal still knows the person.
    Silent,
}

/// Why no code came back from the portal's sign-in page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum AuthorizeError {
    /// The window was closed, or **Cancel** was pressed.
    Cancelled,
    /// The portal no longer knows the person (the answer to a silent request).
    LoginRequired,
    /// The answer belongs to another question or another portal.
    Forged,
    /// The portal refused the request itself: it does not know this extension, for instance.
    Refused,
    /// Microsoft refused, with this code.
    Entra(u32),
    /// Somebody else is signed in at the companion portal.
    OtherPerson,
}

/// An access token and how long it lasts, counted from the moment it arrived.
#[derive(Debug, Clone)]
pub struct Token {
    /// Opaque to us.
    pub access_token: Secret,
    /// Lifetime in milliseconds.
    pub lifetime: Millis,
}

#[derive(Default)]
struct TokenDocument {
    access_token: String,
    token_type: String,
    expires_in: u64,
}

impl Read for TokenDocument {
    fn read(&mut self, value: &Value) -> bool {
        let mut fields = Fields::of(value);
        fields.required("access_token", &mut self.access_token);
        fields.required("token_type", &mut self.token_type);
        fields.required("expires_in", &mut self.expires_in);
        fields.are_read()
    }
}

impl Named for Prompt {
    const NAMES: &'static [(&'static str, Self)] = &[("Interactive", Prompt::Interactive), ("Silent", Prompt::Silent)];
}

impl Named for AuthorizeError {
    const NAMES: &'static [(&'static str, Self)] = &[
        ("Cancelled", AuthorizeError::Cancelled),
        ("LoginRequired", AuthorizeError::LoginRequired),
        ("Forged", AuthorizeError::Forged),
        ("Refused", AuthorizeError::Refused),
        ("OtherPerson", AuthorizeError::OtherPerson),
    ];
}

impl AuthorizeError {
    /// Reads what [`AuthorizeError::write`] wrote.
    pub fn read(value: &Value) -> Option<AuthorizeError> {
        match value.as_choice()? {
            ("Entra", Value::Number(Some(code))) => u32::try_from(*code).ok().map(AuthorizeError::Entra),
            _ => AuthorizeError::of(value),
        }
    }

    /// As JSON.
    pub fn write(self) -> String {
        match self {
            AuthorizeError::Entra(code) => json::tagged("Entra", &decimal(code.into())),
            other => json::quoted(other.name()),
        }
    }
}

impl Read for Proof {
    fn read(&mut self, value: &Value) -> bool {
        let mut fields = Fields::of(value);
        fields.required("verifier", &mut self.verifier);
        fields.required("challenge", &mut self.challenge);
        fields.required("state", &mut self.state);
        fields.are_read()
    }
}

impl Proof {
    /// As JSON.
    pub fn write(&self) -> String {
        Object::default().text("verifier", &self.verifier).text("challenge", &self.challenge).text("state", &self.state).done()
    }
}

/// The address of the portal's sign-in page for this attempt; `known` is who was signed in before.
pub fn authorize_url(discovery: &Discovery, redirect_uri: &str, proof: &Proof, prompt: Prompt, known: Option<&Account>) -> String {
    let query = Query::default()
        .with("response_type", "code")
        .with("client_id", &discovery.client_id)
        .with("redirect_uri", redirect_uri)
        .with("scope", &discovery.scope)
        .with("state", &proof.state)
        .with("code_challenge", &proof.challenge)
        .with("code_challenge_method", "S256");
    let query = discovery.protocol().with_prompt(query, prompt, known);
    let separator = if discovery.authorization_endpoint.contains(['?']) { "&" } else { "?" };
    [&discovery.authorization_endpoint, separator, &query.done()].concat()
}

/// Reads the address the portal redirected to, and returns the authorization code.
///
/// # Errors
/// See [`AuthorizeError`]; the state is checked before anything else is believed.
pub fn read_redirect(url: &str, redirect_uri: &str, discovery: &Discovery, proof: &Proof) -> Result<Secret, AuthorizeError> {
    let query = url
        .strip_prefix(redirect_uri)
        .and_then(|rest| rest.strip_prefix('?'))
        .map(|rest| rest.split_once(['#']).map_or(rest, |(query, _)| query))
        .ok_or(AuthorizeError::Forged)?;
    let value = |name: &str| query::value(query, name);
    let is_ours =
        value("state").is_some_and(|state| state == proof.state) && discovery.protocol().is_issuer(discovery, value("iss").as_deref());
    if !is_ours {
        return Err(AuthorizeError::Forged);
    }
    match (value("code"), value("error").as_deref()) {
        (Some(code), None) if !code.is_empty() => Ok(Secret::new(code)),
        (_, Some("login_required" | "interaction_required")) => Err(AuthorizeError::LoginRequired),
        (_, refusal) => Err(match value("error_description").as_deref().and_then(error::code) {
            Some(code) => AuthorizeError::Entra(code),
            None if refusal == Some("access_denied") => AuthorizeError::Cancelled,
            None => AuthorizeError::Refused,
        }),
    }
}

/// The request that turns a code into a token.
pub fn token_request(discovery: &Discovery, redirect_uri: &str, proof: &Proof, code: &Secret) -> Request {
    let body = Query::default()
        .with("grant_type", "authorization_code")
        .with("code", code.reveal())
        .with("redirect_uri", redirect_uri)
        .with("client_id", &discovery.client_id)
        .with("code_verifier", &proof.verifier)
        .done();
    Request::post(discovery.token_endpoint.clone(), Body::Form(Secret::new(body)))
}

/// Why a code was not accepted; none if that is not what the answer says. Nobody has signed out of anything.
pub fn refusal(exchange: &Exchange) -> Option<AuthorizeError> {
    let answer = exchange.as_ref().ok().filter(|answer| (400..=499).contains(&answer.status) && answer.patience().is_none())?;
    let document = json::parse(answer.body.reveal());
    let description = document.as_ref().and_then(|document| document.get("error_description")?.as_text());
    Some(description.and_then(error::code).map_or(AuthorizeError::Refused, AuthorizeError::Entra))
}

/// Reads the token.
///
/// # Errors
/// [`PortalError`] by status, or `Malformed` if it is no bearer token.
pub fn read_token(exchange: Exchange) -> Result<Token, PortalError> {
    let answer = successful(exchange)?;
    let document: TokenDocument = json::read(answer.body.reveal()).ok_or(PortalError::Malformed)?;
    let usable = document.token_type.eq_ignore_ascii_case("bearer") && !document.access_token.is_empty();
    // The token goes into a header: anything but visible ASCII could not be sent.
    let sendable = document.access_token.bytes().all(|byte| byte.is_ascii_graphic());
    let access_token = Secret::new(document.access_token);
    if !usable || !sendable {
        return Err(PortalError::Malformed);
    }
    // A day at most, whatever the portal says: a token is renewed without a person noticing.
    let lifetime = document.expires_in.min(24 * 60 * 60) * 1000;
    Ok(Token { access_token, lifetime })
}

/// Base64 with the URL-safe alphabet and without padding (RFC 4648 section 5), as PKCE wants it.
pub fn base64url(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let group = chunk.iter().fold(0_u32, |group, &byte| group << 8 | u32::from(byte)) << (8 * (3 - chunk.len()));
        for place in (0..=chunk.len()).map(|digit| 18 - 6 * digit) {
            let letter = ALPHABET.get((group >> place & 63) as usize).copied().unwrap_or(b'A');
            text.push(char::from(letter));
        }
    }
    text
}
