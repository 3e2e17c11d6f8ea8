//! Text that people hand in, in files and on the standard input.

/// A text without the mark that some programs on Windows put before one in UTF-8: nobody typed it, nobody sees it, and in a password
/// it would be a letter.
pub fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}
