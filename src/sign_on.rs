//! Does this page belong to this app? Exact scheme, host and port; path by whole segments.
//!
//! There is deliberately no wildcard, no registrable domain and no regular expression here: `other.sharepoint.com` is not
//! `contoso.sharepoint.com`, and `/login-help` is not `/login`.

use crate::address::{Address, Origin, Scheme};
use crate::find::{contains, replaced};

/// One sign-on address of an app, as its portal lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignOnRule {
    origin: Origin,
    path: String,
}

/// Why a rule of the portal is not used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignOnRuleError {
    /// Not a canonical address.
    Address,
    /// Carries a query or fragment, which would look as if it took part.
    Suffix,
    /// `http` without `allow_http`, on a host that no policy vouches for.
    Http,
    /// An IPv4 address without `allow_ip`.
    Ip,
    /// An encoded slash or backslash, which servers and browsers read differently.
    EncodedSlash,
    /// A host of one label (`com`, `intranet`) other than `localhost`, that no policy vouches for.
    SingleLabel,
}

impl SignOnRule {
    /// Reads a rule. `intranet` are the hosts that the company's policy vouches for: there a page may use `http`, and the name
    /// may be one word.
    ///
    /// # Errors
    /// Refuses rules that are ambiguous or too wide; see [`SignOnRuleError`].
    pub fn new(url: &str, allow_http: bool, allow_ip: bool, intranet: &[String]) -> Result<SignOnRule, SignOnRuleError> {
        let address = Address::parse(url).map_err(|_| SignOnRuleError::Address)?;
        let origin = address.origin;
        let is_intranet = intranet.contains(&origin.host);
        if address.has_suffix {
            return Err(SignOnRuleError::Suffix);
        }
        if origin.scheme == Scheme::Http && !allow_http && !is_intranet {
            return Err(SignOnRuleError::Http);
        }
        if origin.is_ip() && !allow_ip && !origin.is_loopback() {
            return Err(SignOnRuleError::Ip);
        }
        if !origin.host.contains(['.']) && origin.host != "localhost" && !is_intranet {
            return Err(SignOnRuleError::SingleLabel);
        }
        let lower = address.path.to_ascii_lowercase();
        if contains(&lower, "%2f") || contains(&lower, "%5c") {
            return Err(SignOnRuleError::EncodedSlash);
        }
        Ok(SignOnRule { origin, path: address.path })
    }

    /// The origin it speaks of.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// The path at and below which it holds; begins with `/`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Whether the page at `address` is a sign-on page under this rule.
    pub fn matches(&self, address: &Address) -> bool {
        self.origin == address.origin && is_at_or_below(&address.path, &self.path)
    }

    /// Whether the page is on the right origin and its path merely begins with the same letters: `/login-help` for `/login`.
    pub fn shares_prefix_only(&self, address: &Address) -> bool {
        self.origin == address.origin
            && !self.matches(address)
            && address.path.starts_with(self.path.trim_end_matches(['/']))
            && self.path != "/"
    }

    /// The match patterns (no port, see [`Origin::match_pattern`]) of the pages this rule holds for. A `*` in the path stands
    /// for anything there, so they may hold a few pages more; each arrival is judged by [`SignOnRule::matches`].
    pub fn match_patterns(&self) -> Vec<String> {
        let base = [self.origin.scheme.as_str(), "://", &self.origin.host, &self.path].concat();
        if self.path.ends_with('/') {
            return vec![base + "*"];
        }
        vec![base.clone(), base.clone() + "?*", base + "/*"]
    }
}

fn is_at_or_below(path: &str, prefix: &str) -> bool {
    path.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || prefix.ends_with('/') || rest.starts_with('/'))
}

/// Whether `host` is dressed up as `real` without being it: the address a phisher would register.
///
/// Siblings (`crm1.contoso.com` for `crm2.contoso.com`) are left alone: whoever owns one owns the other.
pub fn looks_alike(host: &str, real: &str) -> bool {
    if host == real {
        return false;
    }
    let (dotted, real_dotted) = (replaced(host, "-", "."), replaced(real, "-", "."));
    // A name of one word, inside of a company's network, begins many addresses: `intranet.contoso.com` is none in disguise.
    let is_full = real.contains(['.']);
    let in_disguise = is_full && dotted == real_dotted;
    let as_subdomain = is_full && host.strip_prefix(real).is_some_and(|rest| rest.starts_with('.') || rest.starts_with('-'));
    let as_words = is_full && dotted.strip_prefix(&real_dotted).is_some_and(|rest| rest.starts_with('.'));
    // With three labels and more, `mycrm.contoso.com` is a sibling of `crm.contoso.com`.
    // And a short name ends many others by chance: `dropbox.com` is not `box.com` in disguise, `login-box.com` is.
    let name = real.split_once(['.']).filter(|(_, rest)| !rest.contains(['.'])).map(|(name, _)| name);
    let glued = name.zip(host.strip_suffix(real)).is_some_and(|(name, head)| head.ends_with('-') || name.len() > 4 && !head.ends_with('.'));
    in_disguise || as_subdomain || as_words || glued || skeleton(host) == skeleton(real) || differs_in_punycode_only(host, real)
}

/// The host with letters that look alike made equal (`rn` and `m`, `0` and `o`, …); compare skeletons, never show them.
fn skeleton(host: &str) -> String {
    replaced(&replaced(&replaced(host, "rn", "m"), "vv", "w"), "cl", "d")
        .chars()
        .map(|letter| match letter {
            '0' => 'o',
            '1' | 'i' => 'l',
            '5' => 's',
            '_' => '-',
            other => other,
        })
        .collect()
}

/// `xn--…` where the real host has a plain label, and everything else the same: a foreign letter in one place. The letters
/// that are not foreign stand before the last hyphen; they come in the real label in the same order.
fn differs_in_punycode_only(host: &str, real: &str) -> bool {
    host.split(['.']).count() == real.split(['.']).count()
        && host.split(['.']).zip(real.split(['.'])).all(|(label, real)| {
            let written = label.strip_prefix("xn--").filter(|_| !real.starts_with("xn--"));
            let letters = written.map(|written| written.rsplit_once('-').map_or("", |(letters, _)| letters));
            let mut rest = real.bytes();
            label == real || letters.is_some_and(|letters| letters.bytes().all(|letter| rest.any(|other| other == letter)))
        })
}
