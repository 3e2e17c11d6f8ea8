//! All entries together: the policy's before the portal's, each internal address once, nothing that leads to another entry,
//! and no more than browsers take.

use super::link::{Link, Place, Refusal};
use crate::address::Address;
use crate::decimal::decimal;
use crate::distinct::distinct;
use crate::json::{self, Fields, Named, Read, Value};

/// Browsers keep so many rules for a session.
pub const MOST_LINKS: usize = 5000;
/// And so many of those with a pattern.
pub const MOST_PATTERNS: usize = 1000;

/// Who said so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The company's policy.
    Policy,
    /// The portal.
    Portal,
}

impl Named for Source {
    const NAMES: &'static [(&'static str, Self)] = &[("policy", Source::Policy), ("portal", Source::Portal)];
}

/// One entry as it was written, and what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// As it was written.
    pub internal: String,
    /// As it was written.
    pub external: String,
    /// Who wrote it.
    pub source: Source,
    /// What it means, or why it does not count.
    pub link: Result<Link, Refusal>,
}

/// The whole map.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Map {
    /// Every entry, also those that do not count.
    pub entries: Vec<Entry>,
    /// Addresses that answer inside of the company's network only.
    pub probes: Vec<String>,
}

/// The names of the policy's values, which the worker alone reads.
pub const POLICY: [&str; 2] = ["links", "linksProbe"];

#[derive(Default)]
struct Written {
    internal: String,
    external: String,
}

impl Read for Written {
    fn read(&mut self, value: &Value) -> bool {
        let mut fields = Fields::of(value);
        fields.required("internal", &mut self.internal);
        fields.required("external", &mut self.external);
        fields.are_read()
    }
}

impl Map {
    /// Reads both documents; either may be missing, and what is no entry is left out.
    pub fn read(policy: Option<&str>, portal: Option<&str>) -> Map {
        let mut map = Map::default();
        let [_, probe] = POLICY;
        let documents = [(Source::Policy, policy, probe), (Source::Portal, portal, "probe")];
        for (source, text, probe) in documents {
            let Some(document) = text.and_then(json::parse) else { continue };
            map.add(source, &document, probe);
        }
        map.hold_together();
        map
    }

    fn add(&mut self, source: Source, document: &Value, probe: &str) {
        let probe = document.get(probe).and_then(Value::as_text);
        // Anybody can answer in the name of an address without encryption: every hotel does.
        self.probes.extend(probe.filter(|probe| is_proof(probe)).map(str::to_owned));
        for entry in document.get("links").and_then(Value::as_list).unwrap_or_default() {
            let Some(Written { internal, external }) = entry.read() else { continue };
            let link = Link::read(&internal, &external);
            self.entries.push(Entry { internal, external, source, link });
        }
    }

    /// Refuses what does not go with the rest.
    fn hold_together(&mut self) {
        let names = distinct(self.links().map(|link| link.internal.text()).collect());
        let mut is_free = vec![true; names.len()];
        for entry in &mut self.entries {
            let place = entry.link.as_ref().ok().and_then(|link| names.binary_search(&link.internal.text()).ok());
            let first = place.and_then(|place| is_free.get_mut(place)).is_some_and(std::mem::take);
            if entry.link.is_ok() && !first {
                entry.link = Err(Refusal::Repeated);
            }
        }
        // Whatever is led to may not be led on: neither in a circle nor in a row.
        let places = Places::new(self.links().map(|link| link.internal.clone()).collect());
        let (mut count, mut patterns) = (0, 0);
        for entry in &mut self.entries {
            let Ok(link) = &entry.link else { continue };
            if places.meet(&link.external) {
                entry.link = Err(Refusal::Loop);
                continue;
            }
            let is_pattern = link.is_pattern();
            if count == MOST_LINKS {
                entry.link = Err(Refusal::TooMany);
            } else if is_pattern && patterns == MOST_PATTERNS {
                entry.link = Err(Refusal::TooManyPatterns);
            } else {
                count += 1;
                patterns += usize::from(is_pattern);
            }
        }
    }

    /// The entries that count.
    pub fn links(&self) -> impl Iterator<Item = &Link> {
        self.entries.iter().filter_map(|entry| entry.link.as_ref().ok())
    }
}

/// Whether an answer from this address proves anything: no foreign network can give it.
pub(crate) fn is_proof(probe: &str) -> bool {
    Address::parse(probe).is_ok_and(|address| address.origin.is_secure())
}

/// Places in the order of their keys: a map has thousands, and each is compared with the few that it can meet.
struct Places(Vec<(String, Place)>);

impl Places {
    fn new(places: Vec<Place>) -> Places {
        let mut places: Vec<_> = places.into_iter().map(|place| (key(&place), place)).collect();
        places.sort_by(|(one, _), (other, _)| one.cmp(other));
        Places(places)
    }

    /// Whether one of them meets the other: its host is the same, above or, where names below a host are meant, below.
    fn meet(&self, other: &Place) -> bool {
        let key = key(other);
        let above = key.match_indices('.').filter_map(|(end, _)| key.get(..=end));
        let meets = |(_, place): &(String, Place)| place.meets(other);
        above.into_iter().any(|above| self.from(above).take_while(|(key, _)| key == above).any(meets))
            || other.is_wild && self.from(&key).take_while(|(below, _)| below.starts_with(&key)).any(meets)
    }

    fn from(&self, key: &str) -> impl Iterator<Item = &(String, Place)> {
        let start = self.0.partition_point(|(other, _)| other.as_str() < key);
        self.0.get(start..).unwrap_or_default().iter()
    }
}

/// Scheme, port, and the host from its end: what is below a host begins with its key.
fn key(place: &Place) -> String {
    let origin = &place.origin;
    let mut key = [origin.scheme.as_str(), ":", &decimal(origin.port.into()), " "].concat();
    for label in origin.host.rsplit('.') {
        key.extend([label, "."]);
    }
    key
}
