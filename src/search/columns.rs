//! Which apps have which letters in their names, as a set of apps for each letter: what was typed is looked for only in names
//! that have its letters, and one after the other.

use super::fold::{ALONE, Letter, PART};
use super::query::Part;
use super::set::Set;

/// As many sets of letters as there are: one for each of `a` to `z`, and those that all others share.
const LETTERS: usize = 64;
/// As many sets of two letters that follow one another, shared by all pairs there are.
const PAIRS: usize = 256;

/// Sets of apps: for each letter those that have it in a name, then those in which it begins a word or a part of one, then for
/// each pair those in which one follows the other.
#[derive(Debug, Clone, Default)]
pub(crate) struct Columns {
    sets: Vec<Set>,
    none: Set,
}

impl Columns {
    /// Adds a name of an app.
    pub(crate) fn add(&mut self, name: &[Letter], app: usize) {
        self.sets.resize(2 * LETTERS + PAIRS, Set::default());
        for (place, &letter) in name.iter().enumerate() {
            let column = column(letter);
            let begins = if letter & PART != 0 { LETTERS + column } else { column };
            let follows = name.get(place + 1).map_or(column, |after| column_of_pair(letter, *after));
            for column in [column, begins, follows] {
                if let Some(set) = self.sets.get_mut(column) {
                    set.add(app);
                }
            }
        }
    }

    /// After the last of so many apps.
    pub(crate) fn finish(&mut self, apps: usize) {
        self.sets.iter_mut().chain([&mut self.none]).for_each(|set| set.make_room(apps));
    }

    /// The apps that have all letters.
    pub(crate) fn all(&self, part: &Part) -> Set {
        let mut letters = part.letters.iter().map(|letter| self.letters(*letter));
        let mut all = letters.next().unwrap_or(&self.none).clone();
        letters.for_each(|letters| all.keep(letters));
        all
    }

    /// Leaves the apps in which the first two letters follow one another, or each begins a piece.
    pub(crate) fn keep_first_pair(&self, part: &Part, apps: &mut Set) {
        if let [first, second, ..] = part.letters.as_slice() {
            let mut initials = self.beginnings(*first).clone();
            initials.keep(self.beginnings(*second));
            apps.keep_either(self.pairs(*first, *second), &initials);
        }
    }

    /// Leaves the apps in which every letter follows the one before, or begins a piece. None that fits without mistakes is left out.
    pub(crate) fn keep_pairs(&self, part: &Part, apps: &mut Set) {
        for pair in part.letters.windows(2) {
            if let [before, letter] = pair {
                apps.keep_either(self.pairs(*before, *letter), self.beginnings(*letter));
            }
        }
    }

    /// The apps in whose names a word or a part of one begins with the letter.
    pub(crate) fn beginnings(&self, letter: Letter) -> &Set {
        self.set(LETTERS + column(letter))
    }

    fn letters(&self, letter: Letter) -> &Set {
        self.set(column(letter))
    }

    fn pairs(&self, first: Letter, second: Letter) -> &Set {
        self.set(column_of_pair(first, second))
    }

    fn set(&self, column: usize) -> &Set {
        self.sets.get(column).unwrap_or(&self.none)
    }
}

fn column(letter: Letter) -> usize {
    let letter = letter & ALONE;
    match letter.wrapping_sub('a'.into()) {
        place @ 0..26 => place as usize,
        _ => 26 + letter as usize % (LETTERS - 26),
    }
}

fn column_of_pair(first: Letter, second: Letter) -> usize {
    2 * LETTERS + ((first & ALONE) as usize * 31 + (second & ALONE) as usize) % PAIRS
}
