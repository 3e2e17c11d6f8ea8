//! A sentence of the core, in the person's language; `extension/language.js` knows which that is.

use super::chrome;
use my_apps_sign_in::text::Text;

/// The sentence with its values put in.
pub(crate) fn resolve(text: &Text) -> String {
    message(text.key, &text.values)
}

/// The message under a key. Where the key is one of a family, its first value decides which message that is.
pub(crate) fn message(key: &str, values: &[String]) -> String {
    chrome::call_text("sentence", [key.into(), chrome::texts(values).into()])
}

/// The letter as a capital, by the browser's tables; those of the standard library would add 10 KB to the module.
pub(crate) fn capital(letter: &str) -> String {
    chrome::call_text("String.prototype.toUpperCase.call", [letter.into()])
}

/// A sentence without values.
pub(crate) fn plain(key: &'static str) -> String {
    resolve(&Text::plain(key))
}
