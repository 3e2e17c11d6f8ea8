//! What the company's administrators decided, from the browser's managed storage. What they fixed wins over what a person chose;
//! a value that cannot be read counts as absent, and the options page says so.

use crate::json::{Named, Read, Value};
use crate::links::is_proof;
use crate::portal_url::PortalUrl;
use crate::provider::entra::{Registration, is_tenant};
use crate::settings::{MOST_RECENTS, Settings};

/// The decisions; docs/admin.md has their names and what they mean.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Policy {
    /// What people can't set themselves.
    pub fixed: Fixed,
    /// Portals to choose from in the icon's menu.
    pub portals: Vec<PortalUrl>,
    /// Our registration at the company's directory; empty fields were not decided.
    pub registration: Registration,
    /// The portal that keeps the passwords of Entra's apps.
    pub vault: Option<PortalUrl>,
    /// Hosts of the company's network whose sign-on pages may use `http`, and whose names may be one word.
    pub http_hosts: Vec<String>,
    /// Which fills are written down.
    pub log_level: Option<LogLevel>,
    /// The language of every page, as `_locales` names it; empty if people choose it. The words are `extension/language.js`'s.
    pub language: String,
    /// Names of values that could not be read.
    pub ignored: Vec<&'static str>,
}

/// Settings that administrators fixed; or those of a person in whose place they stand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fixed {
    /// The only portal.
    pub portal: Option<PortalUrl>,
    /// How many apps **Recently Used** shows.
    pub recents: Option<u32>,
    /// Whether a filled form is sent.
    pub submits: Option<bool>,
}

/// Which fills are written down, at this browser only and without any secret, for the page that says what is wrong.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum LogLevel {
    /// None.
    None,
    /// Those that did not end well.
    Problems,
    /// The last ones, whatever came of them. So it is where nothing was decided.
    #[default]
    Fills,
}

impl LogLevel {
    /// Whether a fill that ended well, or did not, is written down.
    pub fn wants(self, is_good: bool) -> bool {
        match self {
            LogLevel::None => false,
            LogLevel::Problems => !is_good,
            LogLevel::Fills => true,
        }
    }
}

impl Named for LogLevel {
    const NAMES: &'static [(&'static str, Self)] =
        &[("none", LogLevel::None), ("problems", LogLevel::Problems), ("fills", LogLevel::Fills)];
}

/// True or false. In the registry they are 1 and 0, and Firefox, which knows no schema, hands them on as they are.
struct Flag<'a>(&'a mut Option<bool>);

impl Read for Flag<'_> {
    fn read(&mut self, value: &Value) -> bool {
        if let Value::Number(Some(number @ 0..=1)) = value {
            *self.0 = Some(*number == 1);
            return true;
        }
        self.0.read(value)
    }
}

/// The address that tells who is inside of the company's network. What it is, `links` alone wants to know.
struct Probe;

impl Read for Probe {
    fn read(&mut self, value: &Value) -> bool {
        value.as_text().is_some_and(is_proof)
    }
}

impl Read for Policy {
    fn read(&mut self, policy: &Value) -> bool {
        let ignored = &mut self.ignored;
        // What is of no use is left as it was, and its name remembered.
        let mut take = |name: &'static str, place: &mut dyn Read| {
            if policy.get(name).is_some_and(|value| !place.read(value)) {
                ignored.push(name);
            }
        };
        take("portalUrl", &mut self.fixed.portal);
        take("portals", &mut self.portals);
        take("clientId", &mut self.registration.client_id);
        take("tenant", &mut self.registration.tenant);
        take("domainHint", &mut self.registration.domain_hint);
        take("vaultUrl", &mut self.vault);
        take("automaticSubmit", &mut Flag(&mut self.fixed.submits));
        take("recentCount", &mut self.fixed.recents);
        take("httpHosts", &mut self.http_hosts);
        take("logLevel", &mut self.log_level);
        take("language", &mut self.language);
        take("linksProbe", &mut Probe);
        let tenant = &mut self.registration.tenant;
        if !tenant.is_empty() && !is_tenant(tenant) {
            tenant.clear();
            self.ignored.push("tenant");
        }
        true
    }
}

impl Policy {
    /// Whether a fill that ended well, or did not, is written down.
    pub fn logs(&self, is_good: bool) -> bool {
        self.log_level.unwrap_or_default().wants(is_good)
    }
}

impl Fixed {
    /// Puts these in the place of others, which are returned: what a person chose is kept for the day when it is theirs again.
    #[must_use]
    pub fn replace(&self, settings: &mut Settings) -> Fixed {
        Fixed {
            portal: self.portal.clone().map(|portal| std::mem::replace(&mut settings.portal, portal)),
            recents: self.recents.map(|recents| std::mem::replace(&mut settings.recents, recents.min(MOST_RECENTS))),
            submits: self.submits.map(|submits| std::mem::replace(&mut settings.submits, submits)),
        }
    }
}
