//! The discovery document: everything the extension needs to know, from one address.

use axum::{Json, extract::State};
use serde::Serialize;

use super::Shared;
use crate::settings::{CLIENT_ID, Links, SCOPE};

/// The version of the protocol.
const PROTOCOL: u8 = 1;
/// The oldest extension that speaks it.
const MINIMUM_EXTENSION_VERSION: &str = "0.1.0";

#[derive(Serialize)]
pub(crate) struct Discovery {
    my_apps: u8,
    issuer: String,
    product_name: String,
    minimum_extension_version: &'static str,
    api_url: String,
    authorization_endpoint: String,
    token_endpoint: String,
    revocation_endpoint: String,
    client_id: &'static str,
    scope: &'static str,
    links: AllLinks,
}

#[derive(Serialize)]
struct AllLinks {
    home: String,
    app_password: String,
    #[serde(flatten)]
    organization: Links,
}

pub(crate) async fn show(State(portal): Shared) -> Json<Discovery> {
    let settings = &portal.settings;
    let url = &settings.public_url;
    Json(Discovery {
        my_apps: PROTOCOL,
        issuer: url.as_str().to_owned(),
        product_name: settings.product_name.clone(),
        minimum_extension_version: MINIMUM_EXTENSION_VERSION,
        api_url: url.join("/api/v1/"),
        authorization_endpoint: url.join("/oauth/authorize"),
        token_endpoint: url.join("/oauth/token"),
        revocation_endpoint: url.join("/oauth/revoke"),
        client_id: CLIENT_ID,
        scope: SCOPE,
        links: AllLinks { home: url.join("/"), app_password: settings.app_password_url(), organization: settings.offered_links() },
    })
}
