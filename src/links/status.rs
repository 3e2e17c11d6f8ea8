//! Whether an entry is in force, and if not, why.

use super::document::Off;
use super::link::Link;
use super::network::Network;
use crate::host_access::HostAccess;
use crate::json::Named;

/// How an entry stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
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

impl Named for Status {
    const NAMES: &'static [(&'static str, Self)] = &[
        ("on", Status::On),
        ("off", Status::Off),
        ("no-access", Status::NoAccess),
        ("inside", Status::Inside),
        ("unreachable", Status::Unreachable),
    ];
}

/// How an entry stands now.
pub fn of(link: &Link, off: &Off, network: &Network, granted: &HostAccess) -> Status {
    if off.is_off(link) {
        Status::Off
    } else if !granted.covers(&link.internal.match_pattern()) {
        Status::NoAccess
    } else if network.is_inside {
        Status::Inside
    } else if network.down.contains(&link.external.origin.text()) {
        Status::Unreachable
    } else {
        Status::On
    }
}
