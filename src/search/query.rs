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
    /// Which letters there are, as [`bit`] has them.
    pub(crate) mask: u64,
    /// The bits of the first two letters alone, and of both together; none if there are fewer.
    pub(crate) initials: u64,
    pub(crate) pair: u64,
    /// The bit of every letter but the last with the one after it.
    pub(crate) pairs: Vec<u64>,
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
            part.mask |= bit(*letter);
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
        if let [first, second, ..] = letters.as_slice() {
            part.initials = bit(*first) | bit(*second);
            part.pair = bit_of(*first, *second);
        }
        part.pairs = letters.windows(2).map(|pair| bit_of(pair.first().copied().unwrap_or(0), pair.last().copied().unwrap_or(0))).collect();
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

/// The bit that stands for a letter among the letters of a text: one of its own for `a` to `z`, a shared one for others.
pub(crate) fn bit(letter: Letter) -> u64 {
    let letter = letter & ALONE;
    match letter.wrapping_sub('a'.into()) {
        place @ 0..26 => 1 << place,
        _ => 1 << (26 + letter % 38),
    }
}

/// The bit that stands for two letters that follow one another.
pub(crate) fn bit_of(first: Letter, second: Letter) -> u64 {
    1 << (((first & ALONE) * 31 + (second & ALONE)) % 64)
}
