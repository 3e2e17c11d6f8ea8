//! The names that a person gives to apps, where the portal's are not theirs. They stand in the place of the portal's wherever
//! an app is shown or said, and both are found. `extension/popup/rename.js` writes them; what counts as a name is decided here.

use crate::json::{self, Read, Value};

/// So many are kept: each is looked up in the whole list of apps.
const MOST: usize = 200;

/// The names of one account's apps, each as one line: the app's id, a space, and its name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names(Vec<String>);

impl Names {
    /// The ids and their names.
    pub fn entries(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().filter_map(|line| line.split_once([' ']))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// As JSON.
    pub fn write(&self) -> String {
        json::texts(&self.0)
    }
}

impl Read for Names {
    fn read(&mut self, value: &Value) -> bool {
        let is_read = self.0.read(value);
        self.0.truncate(MOST);
        is_read
    }
}
