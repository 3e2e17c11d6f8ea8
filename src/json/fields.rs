//! The fields of an object, read one after the other.

use super::value::{Read, Value};

/// An object while it is read, each field to where it belongs. What is not as asked for is remembered, so that a reader has
/// one way out; ways out after every field, and values moved from hand to hand, were two thirds of the code for reading.
pub struct Fields<'a> {
    object: &'a Value,
    failed: bool,
}

impl<'a> Fields<'a> {
    /// The fields of a value, which fail if it is no object.
    pub fn of(object: &'a Value) -> Fields<'a> {
        Fields { object, failed: !matches!(object, Value::Object(_)) }
    }

    /// Reads a field that must be there.
    pub fn required(&mut self, name: &str, place: &mut dyn Read) {
        self.failed |= !self.object.get(name).is_some_and(|value| place.read(value));
    }

    /// Reads a field that may be missing; what stands in its place then stays.
    pub fn if_any(&mut self, name: &str, place: &mut dyn Read) {
        self.failed |= !self.object.get(name).is_none_or(|value| place.read(value));
    }

    /// Whether every field was as asked for.
    pub fn are_read(self) -> bool {
        !self.failed
    }
}
