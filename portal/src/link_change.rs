//! What an administrator changes in the map of internal addresses. Every change says what it was made from: what somebody else
//! has changed meanwhile is not undone by it.

use my_apps_sign_in::links::{Link, Refusal};

use crate::{
    link_map::{LinkMap, LinkMapError, Pair},
    outcome::is_plain_host,
};

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// An entry in the place of one that was seen, or a new one.
    Entry {
        /// The entry that it was made from.
        seen: Option<Pair>,
        /// As it is to be.
        entry: Pair,
    },
    /// One entry less.
    Removal(Pair),
    /// Another probe, or none.
    Probe {
        /// The probe that stood there.
        seen: Option<String>,
        /// As it is to be.
        probe: Option<String>,
    },
    /// Another map.
    Whole {
        /// The version that it takes the place of.
        seen: String,
        /// As it is to be.
        map: LinkMap,
    },
}

/// Where an internal address is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hosts {
    /// The host that it has, or had until it was removed; empty if more than one entry was changed, or none.
    pub now: String,
    /// The host that it had before, if that was another one.
    pub before: Option<String>,
}

/// Why nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotChanged {
    /// Somebody else has changed what was seen.
    Meanwhile,
    /// The entry would not count.
    Entry(Refusal),
    /// Another entry would not count any more.
    Other(Pair),
    /// The probe proves nothing, or the whole map has an entry that would not count.
    Map(LinkMapError),
}

impl Change {
    /// The map with this change.
    ///
    /// # Errors
    /// Refuses what was made from something else than this map, and what would leave an entry that counts for nothing. An
    /// entry that counted for nothing before is not held against it.
    pub fn apply(&self, map: &LinkMap) -> Result<LinkMap, NotChanged> {
        let mut changed = map.clone();
        match self {
            Self::Entry { seen, entry } => {
                let place = seen.as_ref().map(|seen| place_of(map, seen)).transpose()?;
                hold_together(map, place, entry)?;
                match place.and_then(|place| changed.links.get_mut(place)) {
                    Some(written) => written.clone_from(entry),
                    None => changed.links.push(entry.clone()),
                }
            }
            Self::Removal(seen) => {
                changed.links.remove(place_of(map, seen)?);
            }
            Self::Probe { seen, probe } => {
                if *seen != map.probe {
                    return Err(NotChanged::Meanwhile);
                }
                LinkMap { links: Vec::new(), probe: probe.clone() }.check().map_err(NotChanged::Map)?;
                changed.probe.clone_from(probe);
            }
            Self::Whole { seen, map: whole } => {
                whole.check().map_err(NotChanged::Map)?;
                if *seen != map.version() {
                    return Err(NotChanged::Meanwhile);
                }
                changed.clone_from(whole);
            }
        }
        Ok(changed)
    }

    /// The hosts of the internal address that is changed, for the audit trail.
    pub fn hosts(&self) -> Hosts {
        let (seen, entry) = match self {
            Self::Entry { seen, entry } => (seen.as_ref(), entry),
            Self::Removal(entry) => (None, entry),
            Self::Probe { .. } | Self::Whole { .. } => return Hosts::default(),
        };
        let now = host_of(entry);
        let before = seen.map(host_of).filter(|before| !before.is_empty() && *before != now);
        Hosts { now, before }
    }
}

fn host_of(pair: &Pair) -> String {
    let host = Link::read(&pair.internal, &pair.external).map(|link| link.internal.origin.host).unwrap_or_default();
    if is_plain_host(&host) { host } else { String::new() }
}

fn place_of(map: &LinkMap, seen: &Pair) -> Result<usize, NotChanged> {
    map.links.iter().position(|pair| pair == seen).ok_or(NotChanged::Meanwhile)
}

/// The entry is looked at as the last one, so that whatever it repeats or is too much for is said about this one.
fn hold_together(map: &LinkMap, place: Option<usize>, entry: &Pair) -> Result<(), NotChanged> {
    let known = map.verdicts();
    let mut others = map.links.clone();
    let mut known: Vec<bool> = known.iter().map(Option::is_some).collect();
    if let Some(place) = place {
        others.remove(place);
        known.remove(place);
    }
    others.push(entry.clone());
    let together = LinkMap { links: others, probe: None };
    let mut verdicts = together.verdicts();
    if let Some(refusal) = verdicts.pop().flatten() {
        return Err(NotChanged::Entry(refusal));
    }
    let worse = verdicts.iter().zip(&known).zip(&together.links).find(|((verdict, known), _)| verdict.is_some() && !**known);
    worse.map_or(Ok(()), |(_, other)| Err(NotChanged::Other(other.clone())))
}
