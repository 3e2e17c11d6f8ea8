//! The fields of an object, read one after the other.

use super::value::{Read, Value};

/// An object while it is read. What is not as asked for is remembered and an empty value given in its place, so that a
/// reader is one plain expression with one way out; ways out after every field were two thirds of the code for reading.
pub struct Fields<'a> {
    object: &'a Value,
    failed: bool,
}

impl<'a> Fields<'a> {
    /// The fields of a value, which fail if it is no object.
    pub fn of(object: &'a Value) -> Fields<'a> {
        Fields { object, failed: !matches!(object, Value::Object(_)) }
    }

    /// What was read, if every field was as asked for.
    pub fn done<T>(self, read: T) -> Option<T> {
        if self.failed { None } else { Some(read) }
    }

    /// A text that must be there.
    pub fn text(&mut self, name: &str) -> String {
        self.required(name)
    }

    /// A text that may be missing, and is empty then.
    pub fn text_if_any(&mut self, name: &str) -> String {
        self.if_any(name)
    }

    /// A text that may be missing or `null`.
    pub fn optional_text(&mut self, name: &str) -> Option<String> {
        self.optional(name)
    }

    /// `true` or `false`; `otherwise` if it is missing.
    pub fn flag(&mut self, name: &str, otherwise: bool) -> bool {
        match self.object.get(name) {
            None => otherwise,
            Some(Value::Flag(flag)) => *flag,
            Some(_) => self.fail(),
        }
    }

    /// A whole number; `otherwise` if it is missing.
    pub fn number_or<T: TryFrom<i64> + Default>(&mut self, name: &str, otherwise: T) -> T {
        match self.object.get(name) {
            None => otherwise,
            Some(_) => self.number(name),
        }
    }

    /// A whole number that must be there and in range.
    pub fn number<T: TryFrom<i64> + Default>(&mut self, name: &str) -> T {
        let number = self.whole(name);
        T::try_from(number).unwrap_or_else(|_| self.fail())
    }

    /// A whole number that may be missing or `null`.
    pub fn optional_number<T: TryFrom<i64> + Default>(&mut self, name: &str) -> Option<T> {
        match self.object.get(name) {
            None | Some(Value::Null) => None,
            Some(_) => Some(self.number(name)),
        }
    }

    /// Whole numbers that may be missing.
    pub fn numbers<T: TryFrom<i64> + Default>(&mut self, name: &str) -> Vec<T> {
        self.optional_numbers(name).into_iter().map(|number| number.unwrap_or_else(|| self.fail())).collect()
    }

    /// Whole numbers, of which each may be `null`, and all may be missing.
    pub fn optional_numbers<T: TryFrom<i64> + Default>(&mut self, name: &str) -> Vec<Option<T>> {
        let Some(value) = self.object.get(name) else { return Vec::new() };
        let Some(items) = value.as_list() else { return self.fail() };
        let number = |item: &Value| match item {
            Value::Null => None,
            Value::Number(Some(number)) => Some(T::try_from(*number).unwrap_or_else(|_| self.fail())),
            _ => self.fail(),
        };
        items.iter().map(number).collect()
    }

    /// Something that must be there.
    pub fn required<T: Read + Default>(&mut self, name: &str) -> T {
        self.object.get(name).and_then(T::read).unwrap_or_else(|| self.fail())
    }

    /// Something that may be missing, and is empty then.
    pub fn if_any<T: Read + Default>(&mut self, name: &str) -> T {
        match self.object.get(name) {
            None => T::default(),
            Some(value) => T::read(value).unwrap_or_else(|| self.fail()),
        }
    }

    /// Something that may be missing or `null`.
    pub fn optional<T: Read>(&mut self, name: &str) -> Option<T> {
        match self.object.get(name) {
            None | Some(Value::Null) => None,
            Some(value) => {
                let read = T::read(value);
                self.failed |= read.is_none();
                read
            }
        }
    }

    fn whole(&mut self, name: &str) -> i64 {
        match self.object.get(name) {
            Some(Value::Number(Some(number))) => *number,
            _ => self.fail(),
        }
    }

    fn fail<T: Default>(&mut self) -> T {
        self.failed = true;
        T::default()
    }
}
