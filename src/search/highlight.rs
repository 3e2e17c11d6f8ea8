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
            run.first().is_some_and(|first| first & flag == flag)
                && run.iter().zip(&typed.letters).all(|(letter, typed)| letter & ALONE == *typed)
        })
    };
    if let Some(first) = stands_at(WORD).or_else(|| stands_at(PART)).or_else(|| stands_at(0)) {
        return (first..first + typed.len()).collect();
    }
    let width = name.len() + 1;
    // For every beginning of both: twice what it is worth at best, and one more if its last letters stand for one another.
    let mut cells = vec![0_u32; width * (typed.len() + 1)];
    let at = |cells: &[u32], place: usize| cells.get(place).copied().unwrap_or_default();
    for (row, &wanted) in typed.letters.iter().enumerate() {
        for (column, &letter) in name.iter().enumerate() {
            let place = (row + 1) * width + column + 1;
            let corner = at(&cells, place - width - 1);
            let mut value = (at(&cells, place - width) >> 1).max(at(&cells, place - 1) >> 1) << 1;
            if letter & ALONE == wanted {
                let run = (corner & 1) * RUN;
                let begins = if letter & WORD != 0 {
                    BEGINS_WORD
                } else if letter & PART != 0 {
                    BEGINS_PART
                } else {
                    0
                };
                value = value.max((((corner >> 1) + MET + run.max(begins)) << 1) | 1);
            }
            if let Some(cell) = cells.get_mut(place) {
                *cell = value;
            }
        }
    }
    let mut met = Vec::new();
    let (mut row, mut column) = (typed.len(), name.len());
    while row > 0 && column > 0 {
        let place = row * width + column;
        if at(&cells, place) & 1 != 0 {
            (row, column) = (row - 1, column - 1);
            met.push(column);
        } else if at(&cells, place - width) >> 1 >= at(&cells, place - 1) >> 1 {
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
