//! Which letters of a name were meant: for the eye, and only for the rows that are seen. It ranks nothing.

use super::fold::{ALONE, Letter, PART, WORD, fold};
use super::grapheme::belong_together;
use super::query::{Part, Query};

/// Places in a name, by byte: where a mark begins and ends.
pub type Marks = Vec<(usize, usize)>;

/// Marks what was typed in one name after the other.
#[derive(Default)]
pub struct Highlighter(Query);

impl Highlighter {
    /// For what was typed.
    pub fn new(typed: &str) -> Highlighter {
        Highlighter(Query::new(typed))
    }

    /// The parts of the name to mark, from left to right, none touching another. They begin and end where a text may be cut
    /// without parting a letter from its diacritics.
    pub fn marks(&self, name: &str) -> Marks {
        let mut letters = Vec::new();
        let mut places = Vec::new();
        fold(name, &mut |letter, place| {
            letters.push(letter);
            places.push(place);
        });
        let mut met = align(&letters, &self.0.whole);
        if met.len() < self.0.whole.len() && !self.0.words.is_empty() {
            met.clear();
            for word in &self.0.words {
                met.extend(align(&letters, word));
            }
        }
        let bytes: Vec<usize> = met.iter().filter_map(|letter| places.get(*letter).copied()).collect();
        clusters(name, &bytes)
    }
}

/// The parts of the name with a letter that stands at one of these bytes, extended to where it may be cut.
fn clusters(name: &str, met: &[usize]) -> Marks {
    let mut marks: Marks = Vec::new();
    let mut cluster = 0;
    let mut is_marked = false;
    let mut before = None;
    let mut close = |from: usize, to: usize, is_marked: bool| {
        if let (true, Some((_, end))) = (is_marked, marks.last_mut().filter(|(_, end)| *end == from)) {
            *end = to;
        } else if is_marked {
            marks.push((from, to));
        }
    };
    for (byte, letter) in name.char_indices() {
        if before.is_some_and(|before| !belong_together(before, letter)) {
            close(cluster, byte, is_marked);
            (cluster, is_marked) = (byte, false);
        }
        is_marked |= met.contains(&byte);
        before = Some(letter);
    }
    close(cluster, name.len(), is_marked);
    marks
}

/// What following the letter before is worth, beginning a word, beginning a part of one, and being met at all.
const RUN: u32 = 4;
const BEGINS_WORD: u32 = 3;
const BEGINS_PART: u32 = 2;
const MET: u32 = 8;

/// Which letters of the name stand for letters of the query: most of them, in its order, rather together than apart and rather
/// where words begin. None if more are left over than mistakes are forgiven.
fn align(name: &[Letter], typed: &Part) -> Vec<usize> {
    if typed.letters.is_empty() {
        return Vec::new();
    }
    let stands_at = |flag: Letter| {
        name.windows(typed.len()).position(|run| {
            run.first().is_some_and(|first| first & flag == flag) && run.iter().zip(&typed.letters).all(|(letter, typed)| letter & ALONE == *typed)
        })
    };
    if let Some(first) = stands_at(WORD).or_else(|| stands_at(PART)).or_else(|| stands_at(0)) {
        return (first..first + typed.len()).collect();
    }
    let width = name.len() + 1;
    // For every beginning of both: what it is worth at best, and whether its last letters stand for one another.
    let mut worth = vec![0_u32; width * (typed.len() + 1)];
    let mut is_met = vec![false; worth.len()];
    let at = |worth: &[u32], place: usize| worth.get(place).copied().unwrap_or_default();
    for (row, &wanted) in typed.letters.iter().enumerate() {
        for (column, &letter) in name.iter().enumerate() {
            let place = (row + 1) * width + column + 1;
            let (above, left, corner) = (place - width, place - 1, place - width - 1);
            let skipped = at(&worth, above).max(at(&worth, left));
            let mut value = skipped;
            if letter & ALONE == wanted {
                let run = if is_met.get(corner) == Some(&true) { RUN } else { 0 };
                let begins = if letter & WORD != 0 { BEGINS_WORD } else if letter & PART != 0 { BEGINS_PART } else { 0 };
                value = at(&worth, corner) + MET + run.max(begins);
            }
            if let (true, Some(is_met)) = (value > skipped, is_met.get_mut(place)) {
                *is_met = true;
            }
            if let Some(worth) = worth.get_mut(place) {
                *worth = value.max(skipped);
            }
        }
    }
    let mut met = Vec::new();
    let (mut row, mut column) = (typed.len(), name.len());
    while row > 0 && column > 0 {
        let place = row * width + column;
        if is_met.get(place) == Some(&true) {
            (row, column) = (row - 1, column - 1);
            met.push(column);
        } else if at(&worth, place - width) >= at(&worth, place - 1) {
            row -= 1;
        } else {
            column -= 1;
        }
    }
    if met.len() + (typed.mistakes as usize) < typed.len() {
        met.clear();
    }
    met
}
