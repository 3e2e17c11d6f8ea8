//! The last fills and what became of them, for the page that finds out what is wrong. A moment, an app's id and the name of
//! the sentence that was said: no value, no address.

use crate::Millis;
use crate::decimal::{decimal, number};
use crate::json::{self, Read, Value};
use crate::policy::Policy;
use crate::recent::put_first;

/// How many are kept.
const MOST: usize = 10;

/// The last fills of one account, newest first, each as one line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FillLog(Vec<String>);

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// When it ended.
    pub at: Millis,
    /// The key of the sentence that says how.
    pub key: String,
    /// The app's id.
    pub app: String,
}

impl Entry {
    fn read(line: &str) -> Option<Entry> {
        let mut words = line.split([' ']).map(str::to_owned);
        Some(Entry { at: number(&words.next()?)?, key: words.next()?, app: words.next()? })
    }

    /// Whether something was filled.
    pub fn is_good(&self) -> bool {
        is_good(&self.key)
    }
}

/// Whether the sentence of this key says that something was filled.
pub fn is_good(key: &str) -> bool {
    matches!(key, "submitted" | "filledOnly" | "alreadyFilled")
}

impl FillLog {
    /// A fill ended.
    pub fn add(&mut self, now: Millis, key: &str, app: &str) {
        put_first(&mut self.0, &[&decimal(now), " ", key, " ", app].concat(), MOST);
    }

    /// Whether there was none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All that can be understood.
    pub fn entries(&self) -> impl Iterator<Item = Entry> {
        self.0.iter().filter_map(|line| Entry::read(line))
    }

    /// Keeps what the company wants to be written down.
    pub fn retain(&mut self, policy: &Policy) {
        self.0.retain(|line| Entry::read(line).is_some_and(|entry| policy.logs(entry.is_good())));
    }

    /// As JSON.
    pub fn write(&self) -> String {
        json::texts(&self.0)
    }
}

impl Read for FillLog {
    fn read(&mut self, value: &Value) -> bool {
        let is_read = self.0.read(value);
        self.0.truncate(MOST);
        is_read
    }
}
