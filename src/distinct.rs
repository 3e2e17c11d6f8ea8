//! Texts in order and without repetition. One function for all of them, because each type that is sorted and each kind of
//! tree brings its own copy of the code: 1 to 5 KB a piece.

/// The texts, sorted, each once.
pub fn distinct(mut texts: Vec<String>) -> Vec<String> {
    texts.sort_unstable();
    texts.dedup();
    texts
}
