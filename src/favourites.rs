//! Favourites: the apps that a person keeps at the top of the menu, in the order they were put there. Of one account.

use crate::json::{self, Read, Value};

/// More than anybody keeps; a list of favourites that is as long as that of all apps makes no shorter way.
const MOST: usize = 100;

/// Ids of the apps, no repeats.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Favourites(Vec<String>);

impl Favourites {
    /// Makes an app a favourite, the last of them, or an ordinary app again.
    pub fn toggle(&mut self, id: &str) {
        match self.0.iter().position(|other| other == id) {
            Some(place) => drop(self.0.remove(place)),
            None if self.0.len() < MOST => self.0.push(id.to_owned()),
            None => {}
        }
    }

    /// Whether the app is one.
    pub fn contains(&self, id: &str) -> bool {
        self.0.iter().any(|other| other == id)
    }

    /// The ids, in order.
    pub fn ids(&self) -> &[String] {
        &self.0
    }

    /// As JSON.
    pub fn write(&self) -> String {
        json::texts(&self.0)
    }
}

impl Read for Favourites {
    fn read(&mut self, value: &Value) -> bool {
        let mut ids: Vec<String> = Vec::new();
        let is_read = ids.read(value);
        for id in ids {
            if !self.contains(&id) {
                self.toggle(&id);
            }
        }
        is_read
    }
}
