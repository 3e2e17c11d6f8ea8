//! One entry of the map: an internal address with everything below it, and the external address that stands for it.

use crate::address::{Address, Origin};
use crate::find::{contains, split_once};
use crate::json::Named;

/// In letters, with the slashes at both ends: nobody writes a longer path by hand, and browsers have room for patterns of a
/// certain length only.
pub const LONGEST_PATH: usize = 200;

/// Why an entry does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// The internal address is none: not canonical, or with a query.
    Internal,
    /// It begins neither with `http://` nor with `https://`.
    InternalScheme,
    /// Its path is longer than [`LONGEST_PATH`].
    InternalTooLong,
    /// The external address is none.
    External,
    /// Its path is longer than [`LONGEST_PATH`].
    ExternalTooLong,
    /// The external address is not encrypted.
    NotHttps,
    /// A wildcard for more than the names below one name of a company, or outside of which there is nothing to carry over.
    Wildcard,
    /// Both are the same.
    Same,
    /// The external address is an internal one, too.
    Loop,
    /// The internal address stands in the map twice.
    Repeated,
    /// More entries than browsers take.
    TooMany,
    /// More entries with a wildcard or another path than browsers take.
    TooManyPatterns,
}

impl Named for Refusal {
    const NAMES: &'static [(&'static str, Self)] = &[
        ("internal", Refusal::Internal),
        ("internal-scheme", Refusal::InternalScheme),
        ("internal-too-long", Refusal::InternalTooLong),
        ("external", Refusal::External),
        ("external-too-long", Refusal::ExternalTooLong),
        ("not-https", Refusal::NotHttps),
        ("wildcard", Refusal::Wildcard),
        ("same", Refusal::Same),
        ("loop", Refusal::Loop),
        ("repeated", Refusal::Repeated),
        ("too-many", Refusal::TooMany),
        ("too-many-patterns", Refusal::TooManyPatterns),
    ];
}

/// Why a text is no place.
enum Unread {
    Scheme,
    TooLong,
    /// Not as a browser would write it, or with more than a place has.
    Other,
}

/// A place: an origin, or all names below its host, and a path with everything below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Scheme, host and port.
    pub origin: Origin,
    /// Whether the names below the host are meant, and not the host itself.
    pub is_wild: bool,
    /// Without a slash at its end; empty for everything.
    pub path: String,
}

impl Place {
    /// `https://host`, `http://*.host:8080/path`, `http://host/path/*`; nothing that a browser would write differently.
    fn read(text: &str) -> Result<Place, Unread> {
        let (scheme, rest) = split_once(text, "://").unwrap_or_default();
        if !["http", "https"].iter().any(|web| scheme.eq_ignore_ascii_case(web)) {
            return Err(Unread::Scheme);
        }
        let is_wild = rest.starts_with("*.");
        let rest = rest.strip_prefix("*.").unwrap_or(rest);
        let rest = rest.strip_suffix("/*").unwrap_or(rest);
        let slash = if contains(rest, "/") { "" } else { "/" };
        let address = Address::parse(&[scheme, "://", rest, slash].concat()).map_err(|_| Unread::Other)?;
        // These letters mean something else in the browsers' rules.
        if address.has_suffix || address.path.contains(['*', '|']) {
            return Err(Unread::Other);
        }
        if address.path.len() > LONGEST_PATH {
            return Err(Unread::TooLong);
        }
        let path = address.path.trim_end_matches(['/']).to_owned();
        Ok(Place { origin: address.origin, is_wild, path })
    }

    /// As it is shown, and told apart from others.
    pub fn text(&self) -> String {
        let text = self.origin.text();
        let (scheme, rest) = split_once(&text, "://").unwrap_or_default();
        [scheme, "://", if self.is_wild { "*." } else { "" }, rest, &self.path, "/"].concat()
    }

    /// The pattern that the browser's access is asked for by.
    pub fn match_pattern(&self) -> String {
        let host = &self.origin.host;
        [self.origin.scheme.as_str(), "://", if self.is_wild { "*." } else { "" }, host, "/*"].concat()
    }

    /// Whether some address is at both places. Paths are compared as rules do it, without regard to upper and lower case.
    pub fn meets(&self, other: &Place) -> bool {
        let (one, two) = (&self.origin, &other.origin);
        let hosts_meet = match (self.is_wild, other.is_wild) {
            (false, false) => one.host == two.host,
            (true, false) => is_below(&two.host, &one.host),
            (false, true) => is_below(&one.host, &two.host),
            (true, true) => one.host == two.host || is_below(&one.host, &two.host) || is_below(&two.host, &one.host),
        };
        hosts_meet && one.scheme == two.scheme && one.port == two.port && paths_meet(&self.path, &other.path)
    }
}

fn is_below(host: &str, parent: &str) -> bool {
    host.strip_suffix(parent).is_some_and(|rest| rest.ends_with('.'))
}

fn paths_meet(one: &str, other: &str) -> bool {
    let (shorter, longer) = if one.len() < other.len() { (one, other) } else { (other, one) };
    let head = longer.get(..shorter.len()).is_some_and(|head| head.eq_ignore_ascii_case(shorter));
    // What follows is told apart by the browsers' `^`: anything but a letter, a digit or `_-.%`.
    let next = longer.as_bytes().get(shorter.len());
    head && next.is_none_or(|next| !(next.is_ascii_alphanumeric() || matches!(next, b'_' | b'-' | b'.' | b'%')))
}

/// One entry that may count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What people type and find in links.
    pub internal: Place,
    /// Where it is reached from outside. Its wildcard stands for what the internal one stood for.
    pub external: Place,
}

impl Link {
    /// Reads an entry.
    ///
    /// # Errors
    /// Refuses what is ambiguous, too wide or would lead in a circle; see [`Refusal`].
    pub fn read(internal: &str, external: &str) -> Result<Link, Refusal> {
        let internal = Place::read(internal).map_err(|unread| match unread {
            Unread::Scheme => Refusal::InternalScheme,
            Unread::TooLong => Refusal::InternalTooLong,
            Unread::Other => Refusal::Internal,
        })?;
        let external = Place::read(external).map_err(|unread| match unread {
            Unread::Scheme => Refusal::NotHttps,
            Unread::TooLong => Refusal::ExternalTooLong,
            Unread::Other => Refusal::External,
        })?;
        if !external.origin.is_secure() {
            return Err(Refusal::NotHttps);
        }
        // `*.com` would be half the world, and an address of numbers has nothing below it.
        let is_narrow = |place: &Place| !place.is_wild || (place.origin.host.contains(['.']) && !place.origin.is_ip());
        if !is_narrow(&internal) || !is_narrow(&external) || (external.is_wild && !internal.is_wild) {
            return Err(Refusal::Wildcard);
        }
        if internal == external {
            return Err(Refusal::Same);
        }
        if internal.meets(&external) {
            return Err(Refusal::Loop);
        }
        Ok(Link { internal, external })
    }

    /// Whether the browser needs a pattern for it: then there may be fewer of them.
    pub fn is_pattern(&self) -> bool {
        self.internal.is_wild || !self.internal.path.eq_ignore_ascii_case(&self.external.path)
    }
}
