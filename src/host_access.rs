//! The hosts that the browser lets us reach without a click.

use crate::distinct::distinct;

/// Host match patterns that were granted. A person may have ten thousand apps and as many hosts, and every one of the one is
/// looked for among the other: so they are kept in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HostAccess(Vec<String>);

impl HostAccess {
    /// As the browser tells, in any order.
    pub fn new(patterns: Vec<String>) -> HostAccess {
        HostAccess(distinct(patterns))
    }

    /// All patterns, in order.
    pub fn patterns(&self) -> &[String] {
        &self.0
    }

    /// Whether this very pattern was granted.
    pub fn names(&self, pattern: &str) -> bool {
        self.0.binary_search_by(|granted| granted.as_str().cmp(pattern)).is_ok()
    }

    /// Whether a host pattern, with its scheme, was granted, by itself or with all others.
    pub fn covers(&self, pattern: &str) -> bool {
        let every = if pattern.starts_with("https:") { "https://*/*" } else { "http://*/*" };
        [pattern, every, "*://*/*", "<all_urls>"].iter().any(|wanted| self.names(wanted))
    }
}
