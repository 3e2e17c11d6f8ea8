//! A text that must not be seen: wiped when dropped, and without any way to be printed, compared or stored by accident.

use zeroize::Zeroizing;

use crate::json::{Read, Value};

/// A password, user name or token on its way.
#[derive(Clone, Default)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes ownership of the text, so that no second copy stays behind.
    pub fn new(text: String) -> Secret {
        Secret(Zeroizing::new(text))
    }

    /// The text itself. Every call is a place to look at in a review.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl Read for Secret {
    fn read(&mut self, value: &Value) -> bool {
        let mut text = String::new();
        let is_read = text.read(value);
        *self = Secret::new(text);
        is_read
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Secret")
    }
}
