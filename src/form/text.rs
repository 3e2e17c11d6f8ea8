//! Words of many languages in labels and identifiers, folded to one plain spelling and looked up in the vocabulary.
//! Folding covers the scripts of the vocabulary by arithmetic, because the standard tables would double the size of
//! this part of the extension.

use std::sync::OnceLock;

use super::words::{Concept, Entry, Fit, entries};
use crate::letter::{self, is_mark};

/// A set of [`Concept`]s.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Concepts(u64);

impl Concepts {
    /// Whether the concept is in the set.
    pub fn has(self, concept: Concept) -> bool {
        self.0 & Self::bit(concept) != 0
    }

    /// Whether any of these concepts is in the set.
    pub fn any(self, concepts: &[Concept]) -> bool {
        concepts.iter().any(|&concept| self.has(concept))
    }

    /// Both sets together.
    #[must_use]
    pub fn with(self, other: Concepts) -> Concepts {
        Concepts(self.0 | other.0)
    }

    fn bit(concept: Concept) -> u64 {
        1 << (concept as u32)
    }
}

/// The vocabulary, sorted for searching.
pub struct Vocabulary {
    entries: Vec<Entry>,
    /// Where the entries of a shelf begin.
    starts: [u16; SHELVES + 1],
}

/// Words that begin with the same two bytes stand on one shelf; with one byte alone, every letter of a page would be compared
/// with a hundred words.
const SHELVES: usize = 1024;

static VOCABULARY: OnceLock<Vocabulary> = OnceLock::new();

/// In the browser the shell fetches the file and teaches it; everywhere else it is at hand.
const AT_HAND: &str = if cfg!(target_arch = "wasm32") { "" } else { include_str!("../../extension/words.txt") };

impl Vocabulary {
    /// The vocabulary in use.
    pub fn get() -> &'static Self {
        VOCABULARY.get_or_init(|| Self::sorted(entries(AT_HAND)))
    }

    /// Teaches the words of a file, once; they are kept for as long as the context lives.
    pub fn teach(file: String) {
        VOCABULARY.get_or_init(|| Self::sorted(entries(file.leak())));
    }

    /// Every word with its meaning.
    pub fn words(&self) -> impl Iterator<Item = (Concept, &'static str)> {
        self.entries.iter().map(|(word, _, concept)| (*concept, *word))
    }

    fn sorted(entries: Vec<Entry>) -> Self {
        // Sorted by counting: a general sort costs more code than this whole file.
        let mut starts = [0u16; SHELVES + 1];
        for &(word, _, _) in &entries {
            if let Some(count) = starts.get_mut(shelf(word.as_bytes()) + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for count in &mut starts {
            sum += *count;
            *count = sum;
        }
        let mut next = starts;
        let mut sorted = entries.clone();
        for entry in entries {
            if let Some(place) = next.get_mut(shelf(entry.0.as_bytes())) {
                if let Some(slot) = sorted.get_mut(usize::from(*place)) {
                    *slot = entry;
                }
                *place += 1;
            }
        }
        Vocabulary { entries: sorted, starts }
    }

    /// The concepts that a text names. A new password is one to set, in every language.
    pub fn read(&self, text: &str) -> Concepts {
        if text.is_empty() {
            return Concepts::default();
        }
        self.scan(&fold(text))
    }

    fn scan(&self, folded: &str) -> Concepts {
        let mut found = Concepts::default();
        let mut before = b' ';
        for (at, character) in folded.char_indices() {
            let start = before == b' ';
            before = if character == ' ' { b' ' } else { b'x' };
            let Some(rest) = folded.get(at..) else { continue };
            let shelf = shelf(rest.as_bytes());
            let (Some(&from), Some(&to)) = (self.starts.get(shelf), self.starts.get(shelf + 1)) else { continue };
            for &(word, fit, concept) in self.entries.get(usize::from(from)..usize::from(to)).unwrap_or(&[]) {
                let fits = match fit {
                    Fit::Anywhere => true,
                    Fit::Start => start,
                    Fit::Whole => start && rest.as_bytes().get(word.len()).is_none_or(|&next| next == b' '),
                };
                if fits && rest.starts_with(word) {
                    found.0 |= Concepts::bit(concept);
                }
            }
        }
        if found.has(Concept::New) && found.has(Concept::Password) {
            found.0 |= Concepts::bit(Concept::Reset);
        }
        found
    }
}

/// Where a word stands that begins so, be it at the end of a text or before a space.
fn shelf(word: &[u8]) -> usize {
    let byte = |place: usize| word.get(place).filter(|byte| **byte != b' ').map_or(0, |&byte| usize::from(byte));
    (byte(0) * 31 + byte(1)) % SHELVES
}

/// Lower case, no accents, `userName` and `user_name` as `user name`.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len() + 8);
    let mut lower = false;
    for character in text.chars().take(1000).filter(|character| !is_mark(*character)) {
        let plain = plain(character);
        if plain == ' ' {
            if !folded.ends_with(' ') {
                folded.push(' ');
            }
        } else {
            // Chinese and Japanese have no spaces; one between two of their characters is there for the looks.
            let spaced = is_spaceless(plain) && folded.ends_with(' ');
            if spaced && folded.chars().rev().nth(1).is_some_and(is_spaceless) {
                folded.pop();
            }
            if lower && character.is_ascii_uppercase() {
                folded.push(' ');
            }
            folded.push(plain);
            if character == 'ß' {
                folded.push('s');
            }
        }
        lower = character.is_ascii_lowercase() || character.is_ascii_digit();
    }
    folded
}

/// A character of a script that is written without spaces.
fn is_spaceless(character: char) -> bool {
    matches!(character, '\u{3040}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}')
}

/// One letter without case and accent; a space for whatever separates words.
fn plain(character: char) -> char {
    match character {
        'a'..='z' | '0'..='9' => character,
        'A'..='Z' => character.to_ascii_lowercase(),
        '\0'..='\u{7f}' | '\u{a0}'..='\u{bf}' | '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{3003}' | '？' | '！' => ' ',
        _ => letter::plain(character),
    }
}
