//! Values as text. Everything is written straight into a text: none of our values needs a tree first.

use crate::Millis;
use crate::decimal::decimal;

/// An object while it is written.
pub struct Object(String);

impl Default for Object {
    fn default() -> Object {
        Object(String::from("{"))
    }
}

impl Object {
    /// Adds a field with a value that is JSON already.
    pub fn json(mut self, name: &str, value: &str) -> Object {
        if self.0.len() > 1 {
            self.0.push(',');
        }
        quote(&mut self.0, name);
        self.0.push(':');
        self.0.push_str(value);
        self
    }

    /// Adds a text.
    pub fn text(self, name: &str, text: &str) -> Object {
        self.json(name, &quoted(text))
    }

    /// Adds a text or `null`.
    pub fn optional_text(self, name: &str, text: Option<&str>) -> Object {
        self.json(name, &text.map_or_else(|| String::from("null"), quoted))
    }

    /// Adds a whole number.
    pub fn number(self, name: &str, number: i64) -> Object {
        let sign = if number < 0 { "-" } else { "" };
        self.json(name, &[sign, &decimal(number.unsigned_abs())].concat())
    }

    /// Adds a moment.
    pub fn moment(self, name: &str, moment: Millis) -> Object {
        self.number(name, i64::try_from(moment).unwrap_or(i64::MAX))
    }

    /// Adds `true` or `false`.
    pub fn flag(self, name: &str, flag: bool) -> Object {
        self.json(name, if flag { "true" } else { "false" })
    }

    /// The object.
    pub fn done(mut self) -> String {
        self.0.push('}');
        self.0
    }
}

/// A text in quotes.
pub fn quoted(text: &str) -> String {
    let mut json = String::new();
    quote(&mut json, text);
    json
}

/// A list of values that are JSON already.
pub fn list(items: impl IntoIterator<Item = String>) -> String {
    let mut json = String::from("[");
    for item in items {
        if json.len() > 1 {
            json.push(',');
        }
        json.push_str(&item);
    }
    json.push(']');
    json
}

/// A list of texts.
pub fn texts(texts: &[String]) -> String {
    list(texts.iter().map(|text| quoted(text)))
}

/// A choice with what belongs to it, which is JSON already.
pub fn tagged(name: &str, content: &str) -> String {
    Object::default().json(name, content).done()
}

fn quote(json: &mut String, text: &str) {
    json.push('"');
    for letter in text.chars() {
        match letter {
            '"' | '\\' => {
                json.push('\\');
                json.push(letter);
            }
            '\0'..='\x1f' => {
                json.push_str(if letter < '\x10' { "\\u000" } else { "\\u001" });
                json.push(char::from_digit(u32::from(letter) & 15, 16).unwrap_or('0'));
            }
            _ => json.push(letter),
        }
    }
    json.push('"');
}
