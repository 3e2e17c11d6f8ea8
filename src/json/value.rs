//! A document as a tree, and the smallest things that are read from one.

use serde::{Serialize, Serializer};

/// One value of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// `null`.
    Null,
    /// `true` or `false`.
    Flag(bool),
    /// A whole number, at most as large as it can be here; none if it is not whole.
    Number(Option<i64>),
    /// A text.
    Text(String),
    /// Values in order.
    List(Vec<Value>),
    /// Names with their values. A list rather than a map, because documents have few names and a map costs 5 KB of code.
    Object(Vec<(String, Value)>),
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Null | Value::Number(None) => serializer.serialize_none(),
            Value::Flag(flag) => serializer.serialize_bool(*flag),
            // Whole numbers of ours are small, and a browser's numbers are floating-point.
            Value::Number(Some(number)) => serializer.serialize_i32(i32::try_from(*number).unwrap_or(i32::MAX)),
            Value::Text(text) => serializer.serialize_str(text),
            Value::List(items) => serializer.collect_seq(items),
            Value::Object(entries) => serializer.collect_map(entries.iter().map(|(name, value)| (name, value))),
        }
    }
}

/// What can be read from a document.
pub trait Read {
    /// Becomes what the value says. False if the value has another shape; then this is of no use any more.
    fn read(&mut self, value: &Value) -> bool;
}

/// A choice that a document names.
pub trait Named: Copy + PartialEq + 'static {
    /// Every choice with its name.
    const NAMES: &'static [(&'static str, Self)];

    /// The choice of this name.
    fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|(_, choice)| *choice)
    }

    /// The choice whose name the value is.
    fn of(value: &Value) -> Option<Self> {
        Self::named(value.as_text()?)
    }

    /// Its name.
    fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, choice)| *choice == self).map_or("", |(name, _)| name)
    }
}

impl Value {
    /// What is read from it; none if it has another shape.
    pub fn read<T: Read + Default>(&self) -> Option<T> {
        let mut read = T::default();
        read.read(self).then_some(read)
    }

    /// The value under a name. Of several the last one counts, as in JavaScript.
    pub fn get(&self, name: &str) -> Option<&Value> {
        let Value::Object(entries) = self else { return None };
        entries.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// The text, if it is one.
    pub fn as_text(&self) -> Option<&str> {
        if let Value::Text(text) = self { Some(text) } else { None }
    }

    /// The values of a list; none if it is not a list.
    pub fn as_list(&self) -> Option<&[Value]> {
        if let Value::List(items) = self { Some(items) } else { None }
    }

    /// A choice with what belongs to it: `"Name"` or `{"Name": content}`.
    pub fn as_choice(&self) -> Option<(&str, &Value)> {
        match self {
            Value::Text(name) => Some((name, &Value::Null)),
            Value::Object(entries) => match entries.as_slice() {
                [(name, content)] => Some((name, content)),
                _ => None,
            },
            _ => None,
        }
    }
}

/// Keeps what was read, if anything was.
fn keep<T>(place: &mut T, read: Option<T>) -> bool {
    let is_read = read.is_some();
    if let Some(read) = read {
        *place = read;
    }
    is_read
}

impl Read for String {
    fn read(&mut self, value: &Value) -> bool {
        keep(self, value.as_text().map(str::to_owned))
    }
}

impl Read for bool {
    fn read(&mut self, value: &Value) -> bool {
        keep(self, if let Value::Flag(flag) = value { Some(*flag) } else { None })
    }
}

/// Whole numbers, in the range of each.
macro_rules! numbers {
    ($($number:ty)*) => { $(
        impl Read for $number {
            fn read(&mut self, value: &Value) -> bool {
                keep(self, if let Value::Number(Some(number)) = value { <$number>::try_from(*number).ok() } else { None })
            }
        }
    )* };
}

numbers! { i32 u32 u64 }

/// May be `null`, which is none.
impl<T: Read + Default> Read for Option<T> {
    fn read(&mut self, value: &Value) -> bool {
        *self = value.read();
        self.is_some() || matches!(value, Value::Null)
    }
}

impl<T: Read + Default> Read for Vec<T> {
    fn read(&mut self, value: &Value) -> bool {
        let Some(items) = value.as_list() else { return false };
        for item in items {
            let Some(item) = item.read() else {
                // Half of a list is none.
                self.clear();
                return false;
            };
            self.push(item);
        }
        true
    }
}

impl<T: Named> Read for T {
    fn read(&mut self, value: &Value) -> bool {
        keep(self, T::of(value))
    }
}
