//! The portal's API: who am I, which apps, one credential, one report, the end of the session.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::discovery::Discovery;
use super::{Body, Exchange, Method, PortalError, Request, successful};
use crate::json;
use crate::secret::Secret;

/// The person who is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// The portal's id of the person; everything remembered belongs to it.
    pub id: String,
    /// As the person is called.
    pub name: String,
    /// As the person signs in.
    pub username: String,
}

/// The list of apps, or the news that it has not changed.
#[derive(Debug, Clone)]
pub enum Apps {
    /// What is known still holds.
    Unchanged,
    /// A new list, as the portal wrote it.
    New {
        /// To ask for changes only, next time.
        etag: Option<String>,
        /// The document, for [`crate::catalogue::Catalogue::read`].
        body: String,
    },
}

/// The values for one app's form, by field id. Lives for one fill.
#[derive(Clone)]
pub struct Credential(BTreeMap<String, Secret>);

impl std::fmt::Debug for Credential {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Credential")
    }
}

impl Credential {
    /// The value of a field.
    pub fn field(&self, id: &str) -> Option<&Secret> {
        self.0.get(id)
    }
}

/// What became of a fill, for the portal's audit trail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Filled and sent.
    Submitted,
    /// Filled; the person sends it.
    Filled,
    /// Not filled.
    Refused,
}

#[derive(Serialize)]
struct Report<'a> {
    outcome: Outcome,
    reason: Option<&'a str>,
    host: &'a str,
}

#[derive(Deserialize)]
struct CredentialDocument {
    fields: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct Problem {
    #[serde(default, rename = "type")]
    kind: String,
}

/// Asks who is signed in.
pub fn account_request(discovery: &Discovery, token: &Secret) -> Request {
    Request::get(format!("{}me", discovery.api_url)).with_token(token)
}

/// Reads who is signed in.
///
/// # Errors
/// [`PortalError`].
pub fn read_account(exchange: Exchange) -> Result<Account, PortalError> {
    let answer = successful(exchange)?;
    json::read(answer.body.reveal()).ok_or(PortalError::Malformed)
}

/// Asks for the apps, unless they are still those of `etag`.
pub fn apps_request(discovery: &Discovery, token: &Secret, etag: Option<&str>) -> Request {
    let mut request = Request::get(format!("{}apps", discovery.api_url)).with_token(token);
    request.if_none_match = etag.map(str::to_owned);
    request
}

/// Reads the answer to [`apps_request`].
///
/// # Errors
/// [`PortalError`].
pub fn read_apps(exchange: Exchange) -> Result<Apps, PortalError> {
    let answer = successful(exchange)?;
    if answer.status == 304 {
        return Ok(Apps::Unchanged);
    }
    Ok(Apps::New { etag: answer.etag, body: answer.body.reveal().to_owned() })
}

/// Asks for the credential of one app.
pub fn credential_request(discovery: &Discovery, token: &Secret, app: &str) -> Request {
    Request::post(format!("{}apps/{app}/credential", discovery.api_url), Body::None).with_token(token)
}

/// Reads a credential.
///
/// # Errors
/// [`PortalError`]; a 404 is told apart by its problem type.
pub fn read_credential(exchange: Exchange) -> Result<Credential, PortalError> {
    if let Ok(answer) = &exchange {
        if answer.status == 404 {
            let problem: Option<Problem> = json::read(answer.body.reveal());
            let no_credential = problem.is_some_and(|problem| problem.kind.ends_with("/no-credential"));
            return Err(if no_credential { PortalError::NoCredential } else { PortalError::NotAssigned });
        }
    }
    let answer = successful(exchange)?;
    let document: CredentialDocument = json::read(answer.body.reveal()).ok_or(PortalError::Malformed)?;
    Ok(Credential(document.fields.into_iter().map(|(id, value)| (id, Secret::new(value))).collect()))
}

/// Reports what became of a fill.
pub fn outcome_request(discovery: &Discovery, token: &Secret, app: &str, outcome: Outcome, reason: Option<&str>, host: &str) -> Request {
    let body = json::write(&Report { outcome, reason, host });
    Request::post(format!("{}apps/{app}/outcome", discovery.api_url), Body::Json(body)).with_token(token)
}

/// Ends the portal's own session and every token that came from it.
pub fn end_session_request(discovery: &Discovery, token: &Secret) -> Request {
    let mut request = Request::get(format!("{}session", discovery.api_url)).with_token(token);
    request.method = Method::Delete;
    request
}
