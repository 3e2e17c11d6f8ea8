//! Where the words of names begin, in alphabetical order: what one beginning could have become by a mistake, all others that
//! go on alike could too, and what it could not, none of them could.

use super::fold::{ALONE, Letter};
use super::query::Part;
use super::set::Set;

/// As many letters as are compared; no query is longer with all its mistakes.
const LONGEST: usize = 63;

/// Where a word begins, and in which app's names; and its first letters, by which most are told apart.
#[derive(Debug, Clone, Copy)]
struct Beginning {
    letters: u64,
    place: u32,
    app: u32,
}

/// The beginnings of all words, sorted.
#[derive(Debug, Clone, Default)]
pub(crate) struct Beginnings {
    all: Vec<Beginning>,
    /// How many letters each has in common with the one before.
    shared: Vec<u8>,
    /// For each the next one that has fewer in common: who passes over all that go on alike does it in a few steps.
    fewer: Vec<u32>,
}

/// What the letters so far could be of what was typed, with 0, 1 and 2 mistakes: bit n for its first n letters.
#[derive(Clone, Copy, Default)]
struct Step {
    none: u64,
    one: u64,
    two: u64,
    none_before: u64,
    one_before: u64,
    places: u64,
}

impl Beginnings {
    /// Adds a word of this app; `text` is all letters, each text of them ended by 0, and the word begins at `start`.
    pub(crate) fn add(&mut self, text: &[Letter], start: usize, app: usize) {
        let mut key = 0;
        let mut letters = text.get(start..).unwrap_or_default().iter();
        let mut is_over = false;
        for _ in 0..4 {
            let letter = letters.next().map_or(0, |letter| letter & ALONE);
            is_over |= letter == 0;
            key = key << 16 | if is_over { 0 } else { u64::from(letter & 0xffff) };
        }
        self.all.push(Beginning { letters: key, place: start as u32, app: app as u32 });
    }

    /// After the last one: sorts them.
    pub(crate) fn sort(&mut self, text: &[Letter]) {
        // What stands after the end of a name is compared as well, so that those that end alike are alike altogether.
        let letters = |start: u32| text.get(start as usize..).unwrap_or_default().iter().take(LONGEST).map(|letter| letter & ALONE);
        self.all.sort_unstable_by(|one, other| {
            let first = one.letters.cmp(&other.letters);
            first.then_with(|| letters(one.place).cmp(letters(other.place))).then(one.place.cmp(&other.place))
        });
        let mut before = None;
        for Beginning { place, .. } in &self.all {
            let alike = |before: u32| letters(before).zip(letters(*place)).take_while(|(one, other)| one == other).count();
            self.shared.push(before.map_or(0, alike) as u8);
            before = Some(*place);
        }
        self.fewer = vec![self.all.len() as u32; self.all.len()];
        for place in (0..self.all.len()).rev() {
            let shared = self.shared_at(place);
            let fewer = self.pass(place + 1, shared);
            if let Some(free) = self.fewer.get_mut(place) {
                *free = fewer as u32;
            }
        }
    }

    fn shared_at(&self, place: usize) -> usize {
        self.shared.get(place).copied().unwrap_or_default().into()
    }

    /// The first from here on that has less than so many letters in common with the one before.
    fn pass(&self, mut place: usize, letters: usize) -> usize {
        while let (Some(&shared), Some(&fewer)) = (self.shared.get(place), self.fewer.get(place)) {
            if usize::from(shared) < letters {
                break;
            }
            place = fewer as usize;
        }
        place
    }

    /// Adds every app that has a word which begins like what was typed, with as many mistakes as are forgiven.
    pub(crate) fn find(&self, text: &[Letter], part: &Part, apps: &mut Set) {
        if part.mistakes == 0 {
            return;
        }
        let mut steps = [Step::default(); LONGEST + 1];
        if let Some(first) = steps.first_mut() {
            *first = Step { none: 1, one: 0b11, two: 0b111, ..Step::default() };
        }
        let mut next = 0;
        while let (Some(beginning), Some(&shared)) = (self.all.get(next), self.shared.get(next)) {
            let mut depth = usize::from(shared);
            // After so many letters it is known whether it fits.
            let (decided, fits) = loop {
                let letter = text.get(beginning.place as usize + depth).map_or(0, |letter| letter & ALONE);
                let step = steps.get(depth).filter(|_| letter != 0).map(|step| step.next(part.places(letter), part));
                depth += 1;
                let (Some(step), Some(free)) = (step, steps.get_mut(depth)) else { break (depth, false) };
                *free = step;
                let reached = if part.mistakes == 1 { step.one } else { step.two };
                if reached >> part.len() != 0 {
                    break (depth, true);
                }
                if reached == 0 {
                    break (depth, false);
                }
            };
            let after = self.pass(next + 1, decided);
            if fits {
                for beginning in self.all.get(next..after).unwrap_or_default() {
                    apps.add(beginning.app as usize);
                }
            }
            next = after;
        }
    }
}

impl Step {
    /// After one more letter, which stands at these places of what was typed. See [`super::matching::mistaken`].
    fn next(self, places: u64, part: &Part) -> Step {
        let all = (2 << part.len()) - 1;
        let places = places << 1;
        let swapped = (places << 1) & self.places;
        let Step { none, one, two, none_before, one_before, .. } = self;
        let next_none = (none << 1) & places;
        let next_one = (((one << 1) & places) | none | (none << 1) | (next_none << 1) | ((none_before << 2) & swapped)) & all;
        let next_two = (((two << 1) & places) | one | (one << 1) | (next_one << 1) | ((one_before << 2) & swapped)) & all;
        Step { none: next_none, one: next_one, two: next_two, none_before: none, one_before: one, places }
    }
}
