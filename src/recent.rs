//! Recently Used: the last different apps of one account, newest first. How many are shown is a setting.

use crate::json::{self, Read, Value};
use crate::settings::MOST_RECENTS;

/// How many are kept: as many as can be asked for.
pub const RECENT_APPS: usize = MOST_RECENTS as usize;

/// Ids of the apps used last, newest first, no repeats, at most [`RECENT_APPS`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recent(Vec<String>);

impl Recent {
    /// Puts an app first.
    pub fn used(&mut self, id: &str) {
        put_first(&mut self.0, id, RECENT_APPS);
    }

    /// The ids, newest first.
    pub fn ids(&self) -> &[String] {
        &self.0
    }
}

/// Puts an id first in a list of ids without repeats, and keeps so many.
pub(crate) fn put_first(ids: &mut Vec<String>, id: &str, most: usize) {
    ids.retain(|other| other != id);
    ids.insert(0, id.to_owned());
    ids.truncate(most);
}

impl From<Vec<String>> for Recent {
    fn from(ids: Vec<String>) -> Recent {
        let mut recent = Recent::default();
        for id in ids.iter().rev() {
            recent.used(id);
        }
        recent
    }
}

impl Read for Recent {
    fn read(&mut self, value: &Value) -> bool {
        let mut ids = Vec::new();
        let is_read = ids.read(value);
        *self = Recent::from(ids);
        is_read
    }
}

impl Recent {
    /// As JSON.
    pub fn write(&self) -> String {
        json::texts(&self.0)
    }
}
