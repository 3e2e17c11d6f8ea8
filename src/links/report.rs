//! What the worker did and why, for the pages that show it: written down by the one context that knows.

use super::document::Off;
use super::map::Map;
use super::network::Network;
use super::status::{self, Status};
use crate::distinct::distinct;
use crate::host_access::HostAccess;
use crate::json::{self, Named, Object};

/// Every entry with its state, the access that is asked for and what of it is missing, and where the person is. As JSON; empty where
/// there is no map.
pub fn report(map: &Map, off: &Off, network: &Network, granted: &HostAccess, unusable: &[u32]) -> String {
    if map.entries.is_empty() {
        return String::new();
    }
    let mut hosts = Vec::new();
    let mut missing = Vec::new();
    let mut entries = Vec::new();
    let mut number = 0_u32;
    for entry in &map.entries {
        let (internal, external, state) = match &entry.link {
            Ok(link) => {
                number += 1;
                let status = status::of(link, off, network, granted);
                hosts.push(link.internal.match_pattern());
                if status == Status::NoAccess {
                    missing.push(link.internal.match_pattern());
                }
                let state = if unusable.contains(&number) { "too-long" } else { status.name() };
                (link.internal.text(), link.external.text(), state)
            }
            Err(refusal) => (entry.internal.clone(), entry.external.clone(), refusal.name()),
        };
        let written = Object::default().text("internal", &internal).text("external", &external);
        entries.push(written.text("source", entry.source.name()).text("state", state).flag("counts", entry.link.is_ok()).done());
    }
    Object::default()
        .json("entries", &json::list(entries))
        .json("hosts", &json::texts(&distinct(hosts)))
        .json("missing", &json::texts(&distinct(missing)))
        .flag("off", off.all)
        .flag("inside", network.is_inside)
        .flag("probed", !map.probes.is_empty())
        .done()
}

/// The rules in force, as JSON.
pub fn rules(map: &Map, off: &Off, network: &Network, granted: &HostAccess) -> String {
    let mut rules = Vec::new();
    for (number, link) in (1..).zip(map.links()) {
        if status::of(link, off, network, granted) == Status::On {
            rules.push(super::rule::write(link, number));
        }
    }
    json::list(rules)
}
