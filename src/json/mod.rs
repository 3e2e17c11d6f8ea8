//! JSON in and out: what a portal answers, what a page reports, and what is kept in the browser's storage.
//!
//! Of our own because of its size, which everybody who opens the popup waits for: `serde_json` with derived readers made up
//! 70 KB of the module, this and the readers written by hand are less than 15. It reads what `serde_json` reads (the oracle
//! of its tests); numbers are whole, because none of our documents has another kind.

mod fields;
mod parse;
mod value;
mod write;

pub use fields::Fields;
pub use parse::parse;
pub use value::{Named, Read, Value};
pub use write::{Object, list, quoted, tagged, texts};

/// Reads a document; none if it is not JSON or not of this shape.
pub fn read<T: Read + Default>(text: &str) -> Option<T> {
    parse(text)?.read()
}
