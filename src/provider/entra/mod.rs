//! Microsoft Entra ID, through its sign-in and Microsoft Graph, as far as both are public (docs/entra.md).
//!
//! A portal of Microsoft's describes itself nowhere. Where everything is follows from its address; only which directory that
//! is, is asked for, and with it whether Microsoft can be reached.

mod cloud;
pub mod error;
mod page;

pub use cloud::{Cloud, is_tenant, tenant};
pub use page::{Page, names_url, page_request, resources_url};

use super::api::Account;
use super::discovery::{Description, Discovery, Links, PROTOCOL_VERSION};
use super::{Exchange, PortalError, Request, successful};
use crate::json::{self, Value};
use crate::portal_url::PortalUrl;
use crate::query::Query;
use crate::secret::Secret;

/// What is asked for: who is there, and which apps are theirs. Neither needs an administrator's consent. No `offline_access`:
/// nothing that lasts longer than a token is kept, and `prompt=none` renews it while the person is signed in at Microsoft.
const SCOPE: &str = "openid profile User.ReadBasic.All";

/// Our registration at a company's directory.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Registration {
    /// The application id.
    pub client_id: String,
    /// The directory, where the portal's address does not name it; may be empty.
    pub tenant: String,
    /// Tells Microsoft which company's own sign-in is meant; may be empty.
    pub domain_hint: String,
}

impl Registration {
    /// The directory to sign in to; any company's if nobody named one.
    fn directory<'a>(&'a self, portal: &'a PortalUrl) -> &'a str {
        let named = tenant(portal).unwrap_or(&self.tenant);
        if named.is_empty() { "organizations" } else { named }
    }
}

/// The request that tells which directory this is.
pub fn request(cloud: &Cloud, portal: &PortalUrl, registration: &Registration) -> Request {
    Request::get([cloud.login, registration.directory(portal), "/v2.0/.well-known/openid-configuration"].concat())
}

/// Makes the description of a portal of Microsoft's.
///
/// # Errors
/// [`PortalError`]; a directory that does not exist is no portal.
pub fn describe(cloud: &Cloud, portal: &PortalUrl, registration: &Registration, exchange: Exchange) -> Result<Discovery, PortalError> {
    let answer = match successful(exchange) {
        Err(PortalError::Failed(400..=499)) => return Err(PortalError::NotAPortal),
        other => other?,
    };
    let document = json::parse(answer.body.reveal()).ok_or(PortalError::NotAPortal)?;
    let issuer = document.get("issuer").and_then(Value::as_text).ok_or(PortalError::NotAPortal)?;
    let rest = issuer.strip_prefix(cloud.login).ok_or(PortalError::NotAPortal)?;
    // For any company's directory Microsoft writes `{tenantid}`, which is none.
    let id = rest.split(['/']).next().filter(|id| cloud::is_id(id) && is_tenant(id));
    let endpoint = |name: &str| [cloud.login, registration.directory(portal), "/oauth2/v2.0/", name].concat();
    let mut authorization_endpoint = endpoint("authorize?response_mode=query");
    if !registration.domain_hint.is_empty() {
        authorization_endpoint += &["&", &Query::default().with("domain_hint", &registration.domain_hint).done()].concat();
    }
    let directory = id.map_or_else(String::new, |id| ["?tenantId=", id].concat());
    Ok(Discovery::from(Description {
        my_apps: PROTOCOL_VERSION,
        issuer: portal.as_str().to_owned(),
        // Microsoft does not say what the company calls its portal.
        product_name: String::new(),
        minimum_extension_version: None,
        api_url: cloud.graph.to_owned(),
        authorization_endpoint,
        token_endpoint: endpoint("token"),
        client_id: registration.client_id.clone(),
        scope: SCOPE.to_owned(),
        links: Links {
            home: Some(home(portal)),
            app_password: None,
            account: Default::default(),
            launch: Some([cloud.launcher, "{id}", &directory].concat()),
            sign_out: Some(endpoint("logout")),
        },
    }))
}

/// The portal's page. A directory's id is no part of its path.
fn home(portal: &PortalUrl) -> String {
    match tenant(portal).filter(|tenant| cloud::is_id(tenant)) {
        Some(id) => [portal.as_str().strip_suffix(id).unwrap_or_default(), "?tenantId=", id].concat(),
        None => portal.as_str().to_owned(),
    }
}

/// Asks who is signed in.
pub fn account_request(discovery: &Discovery, token: &Secret) -> Request {
    Request::get([&discovery.api_url, "v1.0/me?$select=id,displayName,userPrincipalName"].concat()).with_token(token)
}

/// Reads who is signed in.
///
/// # Errors
/// [`PortalError`].
pub fn read_account(exchange: Exchange) -> Result<Account, PortalError> {
    let answer = successful(exchange)?;
    let document = json::parse(answer.body.reveal()).ok_or(PortalError::Malformed)?;
    let text = |name| document.get(name).and_then(Value::as_text).filter(|text| !text.is_empty()).map(str::to_owned);
    let (id, username) = text("id").zip(text("userPrincipalName")).ok_or(PortalError::Malformed)?;
    Ok(Account { id, name: text("displayName").unwrap_or_else(|| username.clone()), username, administrator: false })
}

/// The name under which Microsoft recognises who was signed in. A guest's is another one than they sign in with.
pub fn login_hint(username: &str) -> Option<&str> {
    Some(username).filter(|username| !username.contains(['#']))
}
