//! What the options page says about Microsoft's sign-in and about what the company decided.

use crate::address::Address;
use crate::decimal::decimal;
use crate::json::Named;
use crate::memory::Memory;
use crate::policy::Policy;
use crate::portal_url::PortalUrl;
use crate::provider::entra::{Registration, is_tenant};
use crate::state::{Environment, State};
use crate::text::Text;

/// How Microsoft's portals come to know us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setup {
    /// The address that the company's directory has to know, of this browser.
    pub redirect_uri: String,
    /// Our application id there.
    pub client_id: String,
    /// Whether the administrators decided it.
    pub is_fixed: bool,
    /// Whether what was typed is no application id.
    pub is_refused: bool,
}

impl Setup {
    /// None where the portal needs no such thing.
    pub fn of(memory: &Memory, environment: &Environment, is_refused: bool) -> Option<Setup> {
        memory.settings.portal.is_entra().then(|| Setup {
            redirect_uri: environment.redirect_uri.clone(),
            client_id: memory.registration().client_id,
            is_fixed: !memory.policy.registration.client_id.is_empty(),
            is_refused,
        })
    }
}

/// An application id was typed; an empty one takes it back.
pub fn client_id_typed(state: &mut State, typed: &str) {
    let client_id = typed.trim();
    let is_id = client_id.is_empty() || (is_tenant(client_id) && client_id.len() == 36);
    if is_id {
        state.memory.settings.client_id = client_id.to_owned();
    }
    if let Some(options) = state.options() {
        options.client_id_refused = !is_id;
    }
}

/// The languages that we have, as the folders of `extension/_locales`.
pub const LANGUAGES: [&str; 22] = [
    "ar", "cs", "da", "de", "en", "es", "fi", "fr", "he", "hi", "it", "ja", "ko", "nb", "nl", "pl", "pt_BR", "sv", "tr", "uk", "zh_CN",
    "zh_TW",
];

/// What the company decided, by the names that administrators gave it.
pub fn decided(policy: &Policy) -> Vec<(&'static str, String)> {
    let address = |portal: &PortalUrl| portal.as_str().to_owned();
    let mut decided = Vec::new();
    decided.extend(policy.fixed.portal.as_ref().map(|portal| ("portalUrl", address(portal))));
    decided.extend(policy.portals.iter().map(|portal| ("portals", address(portal))));
    let Registration { client_id, tenant, domain_hint } = &policy.registration;
    for (name, value) in [("clientId", client_id), ("tenant", tenant), ("domainHint", domain_hint)] {
        decided.extend((!value.is_empty()).then(|| (name, value.clone())));
    }
    decided.extend(policy.vault.as_ref().map(|vault| ("vaultUrl", address(vault))));
    decided.extend(policy.fixed.submits.map(|on| ("automaticSubmit", if on { "true" } else { "false" }.to_owned())));
    decided.extend(policy.fixed.recents.map(|count| ("recentCount", decimal(count.into()))));
    decided.extend(policy.http_hosts.iter().map(|host| ("httpHosts", host.clone())));
    decided.extend(policy.log_level.map(|level| ("logLevel", level.name().to_owned())));
    decided.extend((!policy.language.is_empty()).then(|| ("language", policy.language.clone())));
    decided
}

/// What cannot be read or is of no effect, and what is meant for another portal than the one in use.
pub fn idle(memory: &Memory) -> Vec<Text> {
    let policy = &memory.policy;
    let mut names = policy.ignored.clone();
    if policy.vault.is_some() && !memory.settings.portal.is_entra() {
        names.push("vaultUrl");
    }
    if !policy.language.is_empty() && !LANGUAGES.contains(&policy.language.replace('-', "_").as_str()) {
        names.push("language");
    }
    // As the browser writes them in addresses: no scheme, no port, no capitals.
    let is_host = |host: &String| Address::parse(&["https://", host, "/"].concat()).is_ok_and(|address| address.origin.host == *host);
    if !policy.http_hosts.iter().all(is_host) {
        names.push("httpHosts");
    }
    names.iter().map(|name| Text::with("policyIgnored", name)).collect()
}
