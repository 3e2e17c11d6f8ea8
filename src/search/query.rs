//! What was typed, prepared to be compared with ten thousand names: every letter knows the places it was typed at.

use super::fold::{ALONE, Letter, WORD, fold};

/// Longer queries are cut, so that the places of a letter fit into one number. Nobody types so much to find an app.
const MOST_LETTERS: usize = 60;
/// The letters whose places stand in a table; those of others are looked for one by one.
const TABLE: usize = 128;

/// The whole query, or a word of it.
#[derive(Default)]
pub(crate) struct Part {
    /// Its letters, without flags.
    pub(crate) letters: Vec<Letter>,
    /// How many mistakes it may hold.
    pub(crate) mistakes: u32,
    /// For each letter of the table, a bit for every place it stands at.
    table: Vec<u64>,
}

/// Everything that was typed.
#[derive(Default)]
pub(crate) struct Query {
    /// Without the spaces, which some forget and some type too many of.
    pub(crate) whole: Part,
    /// The words, if there are several.
    pub(crate) words: Vec<Part>,
}

impl Query {
    pub(crate) fn new(text: &str) -> Query {
        let mut whole: Vec<Letter> = Vec::new();
        fold(text, &mut |letter, _| {
            if whole.len() < MOST_LETTERS {
                whole.push(letter);
            }
        });
        let mut words = Vec::new();
        let mut word = Vec::new();
        for &letter in &whole {
            if letter & WORD != 0 && !word.is_empty() {
                words.push(Part::new(std::mem::take(&mut word)));
            }
            word.push(letter);
        }
        if !words.is_empty() {
            words.push(Part::new(word));
        }
        Query { whole: Part::new(whole), words }
    }
}

impl Part {
    fn new(mut letters: Vec<Letter>) -> Part {
        let mut part = Part { table: vec![0; TABLE], ..Part::default() };
        for (place, letter) in letters.iter_mut().enumerate() {
            *letter &= ALONE;
            if let Some(places) = part.table.get_mut(*letter as usize) {
                *places |= 1 << place;
            }
        }
        // One or two letters with a mistake are other letters; from six on, people make two.
        part.mistakes = match letters.len() {
            0..=2 => 0,
            3..=5 => 1,
            _ => 2,
        };
        part.letters = letters;
        part
    }

    /// How many letters.
    pub(crate) fn len(&self) -> usize {
        self.letters.len()
    }

    /// A bit for every place the letter was typed at.
    pub(crate) fn places(&self, letter: Letter) -> u64 {
        let letter = letter & ALONE;
        if let Some(places) = self.table.get(letter as usize) {
            return *places;
        }
        let mut places = 0;
        for (place, &typed) in self.letters.iter().enumerate() {
            places |= u64::from(typed == letter) << place;
        }
        places
    }
}
