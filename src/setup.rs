//! What the options page says about Microsoft's sign-in and about what the company decided.

use crate::decimal::decimal;
use crate::memory::Memory;
use crate::provider::entra::is_tenant;
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

/// What the company decided, what it means here, and what of it cannot be read.
pub fn decided(memory: &Memory) -> Vec<Text> {
    let policy = &memory.policy;
    let mut said = Vec::new();
    said.extend(policy.portal.as_ref().map(|portal| Text::with("policyPortal", portal.as_str())));
    for portal in &policy.portals {
        said.push(Text::with("policyOffered", portal.as_str()));
    }
    let client_id = &policy.registration.client_id;
    if !client_id.is_empty() {
        said.push(Text::with("policyClient", client_id));
        if !memory.settings.client_id.is_empty() && memory.settings.client_id != *client_id {
            said.push(Text::with("policyClientInstead", &memory.settings.client_id));
        }
    }
    if let Some(vault) = &policy.vault {
        let key = if memory.settings.portal.is_entra() { "policyVault" } else { "policyVaultIdle" };
        said.push(Text::with(key, vault.as_str()));
    }
    said.extend(policy.automatic_submit.map(|on| Text::plain(if on { "policySubmitOn" } else { "policySubmitOff" })));
    said.extend(policy.recent_count.map(|count| Text::with("policyRecent", &decimal(count.into()))));
    said.extend(policy.ignored.iter().map(|name| Text::with("policyIgnored", name)));
    said
}
