//! Whether an entry is in force, and if not, why.

use super::document::Off;
use super::link::Link;
use super::network::Network;
use crate::host_access::HostAccess;
use crate::json::Named;

/// How an entry stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// In force.
    On,
    /// The person switched it off, by itself or with all others.
    Off,
    /// The browser gives no access to the internal host.
    NoAccess,
    /// The person is in the company's network, where the internal address needs no help.
    Inside,
    /// The external address does not answer.
    Unreachable,
}

impl Named for Standing {
    const NAMES: &'static [(&'static str, Self)] = &[
        ("on", Standing::On),
        ("off", Standing::Off),
        ("no-access", Standing::NoAccess),
        ("inside", Standing::Inside),
        ("unreachable", Standing::Unreachable),
    ];
}

/// How an entry stands now.
pub fn of(link: &Link, off: &Off, network: &Network, granted: &HostAccess) -> Standing {
    if off.is_off(link) {
        Standing::Off
    } else if !granted.covers(&link.internal.match_pattern()) {
        Standing::NoAccess
    } else if network.is_inside {
        Standing::Inside
    } else if network.down.contains(&link.external.origin.text()) {
        Standing::Unreachable
    } else {
        Standing::On
    }
}
