//! A form with a file, as browsers post it by themselves (multipart/form-data, RFC 7578).

use std::collections::BTreeMap;

use axum::extract::multipart::{Multipart, MultipartError};

use crate::text::without_mark;

/// What was posted, under the names of the fields.
pub(crate) struct Uploaded(BTreeMap<String, Part>);

/// One field.
struct Part {
    /// None if it is too large, or came more than once.
    bytes: Option<Vec<u8>>,
    /// Whether it is a file that was chosen: browsers send one without a name where none was.
    is_file: bool,
}

/// Why a field has no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoText {
    /// It is larger than what is kept.
    TooLarge,
    /// It is something else, or text in another encoding.
    NotUtf8,
}

impl Uploaded {
    /// Reads the form to its end, and keeps the named fields and so many bytes of each at most. A browser that is not listened to before it has sent
    /// everything shows an error of its own instead of our answer.
    ///
    /// # Errors
    /// Fails if it is no such form, or the request is larger than the route allows.
    pub(crate) async fn read(mut form: Multipart, names: &[&str], largest: usize) -> Result<Self, MultipartError> {
        let mut parts = BTreeMap::new();
        while let Some(mut field) = form.next_field().await? {
            let name = field.name().unwrap_or_default().to_owned();
            let is_file = field.file_name().is_some_and(|name| !name.is_empty());
            let is_named = names.contains(&name.as_str());
            let mut bytes = is_named.then(Vec::new);
            while let Some(chunk) = field.chunk().await? {
                bytes = bytes.filter(|kept: &Vec<u8>| kept.len() + chunk.len() <= largest);
                if let Some(kept) = &mut bytes {
                    kept.extend_from_slice(&chunk);
                }
            }
            let bytes = bytes.filter(|_| !parts.contains_key(&name));
            if is_named {
                parts.insert(name, Part { bytes, is_file });
            }
        }
        Ok(Self(parts))
    }

    /// Whether a file was chosen.
    pub(crate) fn has_file(&self, name: &str) -> bool {
        self.0.get(name).is_some_and(|part| part.is_file)
    }

    /// The text of a field or a file, without the mark that some programs put before it; empty if there is none.
    ///
    /// # Errors
    /// Says what it is instead.
    pub(crate) fn text(&self, name: &str) -> Result<&str, NoText> {
        let Some(part) = self.0.get(name) else { return Ok("") };
        let bytes = part.bytes.as_deref().ok_or(NoText::TooLarge)?;
        let text = std::str::from_utf8(bytes).map_err(|_| NoText::NotUtf8)?;
        Ok(without_mark(text))
    }
}
