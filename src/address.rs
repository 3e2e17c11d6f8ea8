//! A web address, taken apart once and only if it is written canonically.
//!
//! Browsers accept many spellings of one address (`https:\\host`, full-width dots, tabs inside the host). Here only the
//! spelling a browser itself would print is accepted, so equal addresses are equal strings and nothing is guessed.
//! What a person types goes through the browser's own `URL` first. It does not know names (punycode stays punycode),
//! registrable domains or IPv6: an address with one of the latter is refused.

use crate::decimal::{decimal, number};
use crate::find::replaced;

/// The two schemes that ever matter here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scheme {
    /// Encrypted.
    Https,
    /// Not encrypted; allowed on this computer's own names, or where a rule says so.
    Http,
}

impl Scheme {
    /// As it is written before `://`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Scheme::Https => "https",
            Scheme::Http => "http",
        }
    }

    const fn default_port(self) -> u16 {
        match self {
            Scheme::Https => 443,
            Scheme::Http => 80,
        }
    }
}

/// Scheme, host and effective port: what the browser isolates pages by.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Origin {
    /// `https` or `http`.
    pub scheme: Scheme,
    /// Lower-case ASCII, no trailing dot.
    pub host: String,
    /// The port in use, the scheme's own included.
    pub port: u16,
}

impl Origin {
    /// As a browser writes it: the port only if it is not the scheme's own.
    pub fn text(&self) -> String {
        let mut text = [self.scheme.as_str(), "://", &self.host].concat();
        if self.port != self.scheme.default_port() {
            text.push(':');
            text.push_str(&decimal(self.port.into()));
        }
        text
    }

    /// Whether this is a name of the person's own computer, where `http` never leaves it.
    /// The list is the one browsers treat as potentially trustworthy, less IPv6.
    pub fn is_loopback(&self) -> bool {
        self.host == "localhost" || self.host.ends_with(".localhost") || self.host == "127.0.0.1"
    }

    /// Whether secrets may travel there without anybody's special permission.
    pub fn is_secure(&self) -> bool {
        self.scheme == Scheme::Https || self.is_loopback()
    }

    /// Whether the host is an IPv4 address rather than a name.
    pub fn is_ip(&self) -> bool {
        // A name cannot end in a number: browsers read such a host as an IPv4 address.
        last_label(&self.host).bytes().all(|byte| byte.is_ascii_digit())
    }

    /// The match pattern that asks the browser for access to this host. Patterns carry no port: Firefox accepts one
    /// and then never matches. The sign-on rule, not the permission, decides about ports.
    pub fn match_pattern(&self) -> String {
        [self.scheme.as_str(), "://", &self.host, "/*"].concat()
    }
}

/// A canonical address.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Address {
    /// Where it points.
    pub origin: Origin,
    /// Begins with `/`; percent-encoding is kept as written.
    pub path: String,
    /// Whether a query or fragment followed; they take no part in any decision.
    pub has_suffix: bool,
}

/// Why a text is no address for us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum AddressError {
    /// Neither `https://` nor `http://`.
    Scheme,
    /// A user name or password stands before the host.
    UserInfo,
    /// The host is empty, not canonical, or IPv6.
    Host,
    /// The port is not a number, is zero, or is the scheme's own and should be left out.
    Port,
    /// The path holds something a browser would have rewritten.
    Path,
}

impl Address {
    /// Takes a canonical address apart.
    ///
    /// # Errors
    /// Refuses everything a browser would write differently; see [`AddressError`].
    pub fn parse(text: &str) -> Result<Address, AddressError> {
        let (scheme, rest) = if let Some(rest) = text.strip_prefix("https://") {
            (Scheme::Https, rest)
        } else if let Some(rest) = text.strip_prefix("http://") {
            (Scheme::Http, rest)
        } else {
            return Err(AddressError::Scheme);
        };
        // A browser always writes the slash after the authority.
        let (authority, rest) = rest.split_once(['/']).ok_or(AddressError::Path)?;
        if authority.contains(['@']) {
            return Err(AddressError::UserInfo);
        }
        let (host, port) = match authority.split_once([':']) {
            Some((host, port)) => (host, read_port(port, scheme)?),
            None => (authority, scheme.default_port()),
        };
        if !is_canonical_host(host) {
            return Err(AddressError::Host);
        }
        let end = rest.find(['?', '#']);
        let path = end.and_then(|end| rest.get(..end)).unwrap_or(rest);
        if !is_canonical_path(path) {
            return Err(AddressError::Path);
        }
        Ok(Address { origin: Origin { scheme, host: host.to_owned(), port }, path: ["/", path].concat(), has_suffix: end.is_some() })
    }

    /// The address without query and fragment.
    pub fn without_suffix(&self) -> String {
        [self.origin.text(), self.path.clone()].concat()
    }
}

fn read_port(text: &str, scheme: Scheme) -> Result<u16, AddressError> {
    let port = number(text).and_then(|port| u16::try_from(port).ok()).ok_or(AddressError::Port)?;
    // "080" and the default port are spellings a browser does not print.
    let canonical = port != 0 && port != scheme.default_port() && !text.starts_with('0');
    if canonical { Ok(port) } else { Err(AddressError::Port) }
}

/// Labels of `a–z 0–9 - _`, 1 to 63 long, 253 in all; an IPv4 address only in its four-number form.
fn is_canonical_host(host: &str) -> bool {
    let labels_fit = !host.is_empty()
        && host.len() <= 253
        && host.split(['.']).all(|label| {
            (1..=63).contains(&label.len())
                && label.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_'))
        });
    let ends_in_number = last_label(host).bytes().all(|byte| byte.is_ascii_digit()) || is_hexadecimal_number(last_label(host));
    labels_fit && (!ends_in_number || is_dotted_quad(host))
}

/// What stands behind the last dot; everything if there is none.
fn last_label(host: &str) -> &str {
    host.rsplit_once(['.']).map_or(host, |(_, last)| last)
}

fn is_hexadecimal_number(label: &str) -> bool {
    label.strip_prefix("0x").is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

fn is_dotted_quad(host: &str) -> bool {
    host.split(['.']).count() == 4
        && host.split(['.']).all(|part| number(part).is_some_and(|number| number <= 255) && (part == "0" || !part.starts_with('0')))
}

/// Printable ASCII less what browsers encode in a path, and no dot segments in any spelling.
fn is_canonical_path(path: &str) -> bool {
    path.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'}'))
        && path.split(['/']).all(|segment| {
            let plain = replaced(&replaced(segment, "%2e", "."), "%2E", ".");
            plain != "." && plain != ".."
        })
}
