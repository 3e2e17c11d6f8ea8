//! The portal's API: who am I, which apps with which icons, one credential, one report, the form that an app was taught, the map
//! of internal addresses, the end of the session.

use super::discovery::Discovery;
use super::{Body, Exchange, Method, PortalError, Request, successful};
use crate::json::{self, Fields, Object, Read, Value};
use crate::query::Query;
use crate::secret::Secret;

/// The person who is signed in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Account {
    /// The portal's id of the person; everything remembered belongs to it.
    pub id: String,
    /// As the person is called.
    pub name: String,
    /// As the person signs in.
    pub username: String,
    /// Whether they may teach apps' forms.
    pub administrator: bool,
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
#[derive(Clone, Default)]
pub struct Credential(Vec<(String, Secret)>);

impl std::fmt::Debug for Credential {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Credential")
    }
}

impl Credential {
    /// Values that are nobody's, to try a form with.
    pub fn made_up(values: Vec<(String, Secret)>) -> Credential {
        Credential(values)
    }

    /// The value of a field.
    pub fn field(&self, id: &str) -> Option<&Secret> {
        self.0.iter().rev().find(|(field, _)| field == id).map(|(_, value)| value)
    }
}

/// What became of a fill, for the portal's audit trail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Filled and sent.
    Submitted,
    /// Filled; the person sends it.
    Filled,
    /// Not filled.
    Refused,
}

impl Outcome {
    const fn as_str(self) -> &'static str {
        match self {
            Outcome::Submitted => "submitted",
            Outcome::Filled => "filled",
            Outcome::Refused => "refused",
        }
    }
}

impl Read for Account {
    fn read(&mut self, value: &Value) -> bool {
        let mut fields = Fields::of(value);
        fields.required("id", &mut self.id);
        fields.required("name", &mut self.name);
        fields.required("username", &mut self.username);
        fields.if_any("administrator", &mut self.administrator);
        fields.are_read()
    }
}

impl Account {
    /// As JSON, for the storage.
    pub fn write(&self) -> String {
        Object::default()
            .text("id", &self.id)
            .text("name", &self.name)
            .text("username", &self.username)
            .flag("administrator", self.administrator)
            .done()
    }
}

impl Read for Credential {
    fn read(&mut self, value: &Value) -> bool {
        let Some(Value::Object(fields)) = value.get("fields") else { return false };
        for (id, value) in fields {
            let Some(value) = value.read() else { return false };
            self.0.push((id.clone(), value));
        }
        true
    }
}

/// Asks who is signed in.
pub fn account_request(discovery: &Discovery, token: &Secret) -> Request {
    Request::get([&discovery.api_url, "me"].concat()).with_token(token)
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
    let mut request = Request::get([&discovery.api_url, "apps"].concat()).with_token(token);
    request.header = etag.map(|etag| ("If-None-Match", etag.to_owned()));
    request
}

/// Asks for the map of internal addresses.
pub fn links_request(discovery: &Discovery, token: &Secret) -> Request {
    Request::get([&discovery.api_url, "links"].concat()).with_token(token)
}

/// Asks for their icons.
pub fn icons_request(discovery: &Discovery, token: &Secret) -> Request {
    Request::get([&discovery.api_url, "icons"].concat()).with_token(token)
}

/// Reads the document with them, for [`crate::icons::read`].
///
/// # Errors
/// [`PortalError`].
pub fn read_icons(exchange: Exchange) -> Result<String, PortalError> {
    successful(exchange).map(|answer| answer.body.reveal().to_owned())
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

/// Asks for the credential of one app. A person waits for it, so the token is in the body (RFC 6750, section 2.2): with a header
/// of its own, browsers ask the portal before every fill whether they may send it, as they keep nothing of requests without cache.
pub fn credential_request(discovery: &Discovery, token: &Secret, app: &str) -> Request {
    let body = Query::default().with("access_token", token.reveal()).done();
    Request::post([&discovery.api_url, "apps/", app, "/credential"].concat(), Body::Form(Secret::new(body)))
}

/// Reads a credential.
///
/// # Errors
/// [`PortalError`]; a 404 is told apart by its problem type.
pub fn read_credential(exchange: Exchange) -> Result<Credential, PortalError> {
    if let Ok(answer) = &exchange
        && answer.status == 404
    {
        let problem = json::parse(answer.body.reveal());
        let kind = problem.as_ref().and_then(|problem| problem.get("type")?.as_text());
        return Err(match kind {
            Some(kind) if kind.ends_with("/no-credential") => PortalError::NoCredential,
            Some(_) => PortalError::NotAssigned,
            // Not the portal's words: its API is somewhere else by now, or something stands before it.
            None => PortalError::Failed(404),
        });
    }
    let answer = successful(exchange)?;
    json::read(answer.body.reveal()).ok_or(PortalError::Malformed)
}

/// Gives the portal the form of one app, for everybody.
pub fn form_request(discovery: &Discovery, token: &Secret, app: &str, form: String) -> Request {
    let mut request = Request::post([&discovery.api_url, "apps/", app, "/form"].concat(), Body::Json(form)).with_token(token);
    request.method = Method::Put;
    request
}

/// Reads whether the portal took it.
///
/// # Errors
/// [`PortalError`].
pub fn read_saved(exchange: Exchange) -> Result<(), PortalError> {
    successful(exchange).map(drop)
}

/// Reports what became of a fill.
pub fn outcome_request(discovery: &Discovery, token: &Secret, app: &str, outcome: Outcome, reason: Option<&str>, host: &str) -> Request {
    let body = Object::default().text("outcome", outcome.as_str()).optional_text("reason", reason).text("host", host).done();
    Request::post([&discovery.api_url, "apps/", app, "/outcome"].concat(), Body::Json(body)).with_token(token)
}

/// Ends the portal's own session and every token that came from it.
pub fn end_session_request(discovery: &Discovery, token: &Secret) -> Request {
    let mut request = Request::get([&discovery.api_url, "session"].concat()).with_token(token);
    request.method = Method::Delete;
    request
}
