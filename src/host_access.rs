//! The hosts that the browser lets us reach without a click.

use crate::distinct::distinct;
use crate::find::split_once;

/// Host match patterns that were granted. A person may have ten thousand apps and as many hosts, and every one of the one is
/// looked for among the other: so they are kept in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HostAccess {
    patterns: Vec<String>,
    /// Those of them that stand for more than one scheme and host. We ask for none; browsers and companies write them.
    wide: Vec<String>,
}

impl HostAccess {
    /// As the browser tells, in any order.
    pub fn new(patterns: Vec<String>) -> HostAccess {
        let patterns = distinct(patterns);
        let wide = patterns.iter().filter(|pattern| pattern.strip_suffix("/*").unwrap_or(pattern).contains(['*', '<'])).cloned().collect();
        HostAccess { patterns, wide }
    }

    /// All patterns, in order.
    pub fn patterns(&self) -> &[String] {
        &self.patterns
    }

    /// Whether this very pattern was granted.
    pub fn names(&self, pattern: &str) -> bool {
        self.patterns.binary_search_by(|granted| granted.as_str().cmp(pattern)).is_ok()
    }

    /// Whether a host pattern, with its scheme, was granted, by itself or with others.
    pub fn covers(&self, pattern: &str) -> bool {
        self.names(pattern) || self.wide.iter().any(|wide| includes(wide, pattern))
    }
}

/// Whether a match pattern stands for this one too, which is of one scheme and host. A wildcard at the beginning of a host stands
/// for the host behind it as well (developer.chrome.com, "Match patterns").
fn includes(wide: &str, pattern: &str) -> bool {
    let (Some((schemes, hosts)), Some((scheme, host))) = (split_once(wide, "://"), split_once(pattern, "://")) else {
        return wide == "<all_urls>";
    };
    let parent = hosts.strip_prefix("*.").unwrap_or(hosts);
    let is_below = || parent != hosts && host.strip_suffix(parent).is_some_and(|below| below.ends_with(['.']));
    ["*", scheme].contains(&schemes) && (hosts == "*/*" || host == parent || is_below())
}
