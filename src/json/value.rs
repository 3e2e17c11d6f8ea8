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
pub trait Read: Sized {
    /// Reads it; none if the value has another shape.
    fn read(value: &Value) -> Option<Self>;
}

/// A choice that a document names.
pub trait Named: Copy + PartialEq + 'static {
    /// Every choice with its name.
    const NAMES: &'static [(&'static str, Self)];

    /// The choice of this name.
    fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|(_, choice)| *choice)
    }

    /// Its name.
    fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, choice)| *choice == self).map_or("", |(name, _)| name)
    }
}

impl Value {
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

impl Read for String {
    fn read(value: &Value) -> Option<String> {
        value.as_text().map(str::to_owned)
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(value: &Value) -> Option<Vec<T>> {
        let items = value.as_list()?;
        let mut list = Vec::with_capacity(items.len());
        for item in items {
            list.push(T::read(item)?);
        }
        Some(list)
    }
}

impl<T: Named> Read for T {
    fn read(value: &Value) -> Option<T> {
        T::named(value.as_text()?)
    }
}
