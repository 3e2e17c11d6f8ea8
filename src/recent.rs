//! Recently Used: the last three different apps of one account, newest first.

use crate::json::{self, Read, Value};

/// How many are kept and shown.
pub const RECENT_APPS: usize = 3;

/// Ids of the apps used last, newest first, no repeats, at most [`RECENT_APPS`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recent(Vec<String>);

impl Recent {
    /// Puts an app first.
    pub fn used(&mut self, id: &str) {
        self.0.retain(|other| other != id);
        self.0.insert(0, id.to_owned());
        self.0.truncate(RECENT_APPS);
    }

    /// The ids, newest first.
    pub fn ids(&self) -> &[String] {
        &self.0
    }
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
    fn read(value: &Value) -> Option<Recent> {
        Vec::read(value).map(Recent::from)
    }
}

impl Recent {
    /// As JSON.
    pub fn write(&self) -> String {
        json::texts(&self.0)
    }
}
