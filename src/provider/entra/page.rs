//! The apps of a person as Microsoft Graph lists them, page by page, and as a portal would.
//!
//! `appRoleAssignedResources` knows everything but is not available everywhere; `appRoleAssignments` knows the names, and then
//! an app is launched from the portal's own page.
//!
//! Of a logo the address is kept and nobody fetches it: the popup draws it, row by row, as pages do. Fetching every logo beforehand
//! would be a request for each app, ten thousand in a large company, and whether Microsoft lets a script read the answer (CORS) is
//! written nowhere.

use super::cloud::is_logo;
use crate::catalogue::{CredentialState, is_launchable};
use crate::json::{self, Named, Object, Value};
use crate::provider::discovery::Description;
use crate::provider::{Exchange, PortalError, Request, successful};
use crate::secret::Secret;

/// One page, read.
#[derive(Debug, Default)]
pub struct Page {
    /// The apps, each as a portal would write it.
    pub apps: Vec<String>,
    /// Where their logos are, by the apps' ids.
    pub logos: Vec<(String, String)>,
    /// Where the next page is.
    pub next: Option<String>,
}

/// Where the first page of the apps is.
pub fn resources_url(discovery: &Description) -> String {
    let select =
        "?$count=true&$top=999&$select=appId,displayName,description,homepage,loginUrl,preferredSingleSignOnMode,tags,accountEnabled,info";
    [&discovery.api_url, "beta/me/appRoleAssignedResources", select].concat()
}

/// Where the first page of the names is.
pub fn names_url(discovery: &Description) -> String {
    [&discovery.api_url, "v1.0/me/appRoleAssignments?$top=999"].concat()
}

/// Asks for the page at this address.
pub fn page_request(url: String, token: &Secret) -> Request {
    let mut request = Request::get(url).with_token(token);
    // Without it Graph does not know the apps; it does no harm to the names.
    request.header = Some(("ConsistencyLevel", String::from("eventual")));
    request
}

impl Page {
    /// Reads a page.
    ///
    /// # Errors
    /// [`PortalError`]; `Malformed` also if the next one is somewhere else than at Graph: the token goes there.
    pub fn read(discovery: &Description, exchange: Exchange) -> Result<Page, PortalError> {
        let answer = successful(exchange)?;
        let document = json::parse(answer.body.reveal()).ok_or(PortalError::Malformed)?;
        let entries = document.get("value").and_then(Value::as_list).ok_or(PortalError::Malformed)?;
        let next = document.get("@odata.nextLink").and_then(Value::as_text).map(str::to_owned);
        if next.as_ref().is_some_and(|next| !next.starts_with(&discovery.api_url)) {
            return Err(PortalError::Malformed);
        }
        let mut page = Page { next, ..Page::default() };
        for entry in entries {
            let Some((id, app)) = app(discovery, entry) else { continue };
            page.apps.push(app);
            let logo = entry.get("info").and_then(|info| info.get("logoUrl")).and_then(Value::as_text);
            page.logos.extend(logo.filter(|url| is_logo(&discovery.api_url, url)).map(|url| (id.to_owned(), url.to_owned())));
        }
        Ok(page)
    }
}

/// An app's id, and the app as a portal would write it; none if nobody is meant to see it.
fn app<'a>(discovery: &Description, entry: &'a Value) -> Option<(&'a str, String)> {
    let text = |name| entry.get(name).and_then(Value::as_text).filter(|text| !text.is_empty());
    let is_hidden = entry.get("tags").and_then(Value::as_list).is_some_and(|tags| tags.iter().any(|tag| tag.as_text() == Some("HideApp")));
    if is_hidden || entry.get("accountEnabled") == Some(&Value::Flag(false)) {
        return None;
    }
    let app_id = text("appId");
    let id = app_id.or_else(|| text("resourceId"))?;
    let mode = text("preferredSingleSignOnMode").filter(|mode| matches!(*mode, "password" | "saml" | "oidc")).unwrap_or("linked");
    let address = |name| text(name).filter(|url| is_launchable(url));
    // Microsoft's link to a password app leads to where Microsoft's own extension is asked for.
    let own_page = address("loginUrl").or_else(|| address("homepage")).filter(|_| mode == "password").map(str::to_owned);
    let launch = own_page.or_else(|| app_id.and_then(|id| discovery.launch(id))).unwrap_or_else(|| discovery.home().to_owned());
    let app = Object::default()
        .text("id", id)
        .text("name", text("displayName").or_else(|| text("resourceDisplayName"))?)
        .optional_text("description", text("description"))
        .text("mode", mode)
        .text("credential", CredentialState::Elsewhere.name())
        .text("launch_url", &launch);
    Some((id, app.done()))
}
