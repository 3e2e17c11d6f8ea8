//! What the company's administrators decided, from the browser's managed storage. What they fixed wins over what a person chose;
//! a value that cannot be read counts as absent, and the options page says so.

use crate::json::{Read, Value};
use crate::memory::Settings;
use crate::portal_url::PortalUrl;
use crate::provider::entra::{Registration, is_tenant};

/// The decisions; docs/admin.md has their names and what they mean.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Policy {
    /// The only portal.
    pub portal: Option<PortalUrl>,
    /// Portals to choose from in the icon's menu.
    pub portals: Vec<PortalUrl>,
    /// Our registration at the company's directory; empty fields were not decided.
    pub registration: Registration,
    /// The portal that keeps the passwords of Entra's apps.
    pub vault: Option<PortalUrl>,
    /// Whether a filled form is sent.
    pub automatic_submit: Option<bool>,
    /// How many apps **Recently used** shows.
    pub recent_count: Option<u32>,
    /// Names of values that could not be read.
    pub ignored: Vec<&'static str>,
}

/// Reads one value, if it is there, and remembers its name if it is of no use.
fn value<T: Read + Default>(policy: &Value, name: &'static str, ignored: &mut Vec<&'static str>) -> Option<T> {
    let found = policy.get(name)?;
    let read = found.read();
    if read.is_none() {
        ignored.push(name);
    }
    read
}

/// The name or the id of a directory.
#[derive(Default)]
struct Tenant(String);

impl Read for Tenant {
    fn read(&mut self, value: &Value) -> bool {
        self.0.read(value) && is_tenant(&self.0)
    }
}

impl Read for Policy {
    fn read(&mut self, policy: &Value) -> bool {
        let ignored = &mut self.ignored;
        self.portal = value(policy, "portalUrl", ignored);
        self.portals = value(policy, "portals", ignored).unwrap_or_default();
        self.registration.client_id = value(policy, "clientId", ignored).unwrap_or_default();
        let tenant: Option<Tenant> = value(policy, "tenant", ignored);
        self.registration.tenant = tenant.map(|tenant| tenant.0);
        self.registration.domain_hint = value(policy, "domainHint", ignored);
        self.vault = value(policy, "vaultUrl", ignored);
        self.automatic_submit = value(policy, "automaticSubmit", ignored);
        self.recent_count = value(policy, "recentCount", ignored);
        true
    }
}

impl Policy {
    /// Puts what is fixed in the place of what was chosen.
    pub fn apply(&self, settings: &mut Settings) {
        if let Some(portal) = &self.portal {
            settings.portal = portal.clone();
        }
    }
}
