//! What is searched beside names: keywords, hosts and descriptions, in which only the beginnings of words are found. Where
//! they stand is known by their first three letters, so that nobody reads ten thousand descriptions at a keystroke.

use super::fold::{ALONE, FIELD, Letter, WORD, fold};
use super::matching::{self, FINE};
use super::query::Part;
use super::set::Set;

/// As many letters of a description as are searched; the first sentences say what an app is.
const LONGEST: usize = 400;
/// The ranks of what is found here.
const KEYWORD: u8 = (matching::KEYWORD >> FINE) as u8;
const ELSEWHERE: u8 = (matching::ELSEWHERE >> FINE) as u8;
/// As many groups of beginnings as there are: five bits of each of three letters.
const GROUPS: usize = 1 << 15;

/// Where a word begins, and in which app's texts.
#[derive(Debug, Clone, Copy, Default)]
struct Beginning {
    place: u32,
    app: u32,
}

/// Where the texts of an app end.
#[derive(Debug, Clone, Copy)]
struct Ends {
    keywords: usize,
    all: usize,
}

/// The texts of all apps.
#[derive(Debug, Clone, Default)]
pub(crate) struct Elsewhere {
    letters: Vec<Letter>,
    ends: Vec<Ends>,
    /// Sorted by their group.
    beginnings: Vec<Beginning>,
    /// Where each group ends.
    groups: Vec<u32>,
}

impl Elsewhere {
    /// Adds the texts of the next app.
    pub(crate) fn add<'a>(&mut self, keywords: &[&str], others: impl IntoIterator<Item = &'a str>) {
        keywords.iter().for_each(|keyword| self.add_text(keyword));
        let keywords = self.letters.len();
        others.into_iter().for_each(|text| self.add_text(text));
        self.ends.push(Ends { keywords, all: self.letters.len() });
    }

    fn add_text(&mut self, text: &str) {
        let start = self.letters.len();
        fold(text, &mut |letter, _| {
            if self.letters.len() < start + LONGEST {
                self.letters.push(letter);
            }
        });
        if let Some(first) = self.letters.get_mut(start) {
            *first |= FIELD | WORD;
        }
    }

    /// After the last app: sorts what was added.
    pub(crate) fn sort(&mut self) {
        let mut groups = vec![0_u32; GROUPS];
        let mut found = Vec::new();
        let mut start = 0;
        for (app, ends) in self.ends.iter().enumerate() {
            let text = self.letters.get(start..ends.all).unwrap_or_default();
            for (place, letter) in text.iter().enumerate().filter(|(_, letter)| **letter & WORD != 0) {
                let after = |distance: usize| text.get(place + distance).copied().unwrap_or_default();
                let group = group(*letter, after(1), after(2));
                found.push((group, Beginning { place: (start + place) as u32, app: app as u32 }));
                if let Some(count) = groups.get_mut(group) {
                    *count += 1;
                }
            }
            start = ends.all;
        }
        let mut sum = 0;
        for group in &mut groups {
            sum += std::mem::replace(group, sum);
        }
        // Every group is filled from where it begins, and so ends up as where it ends.
        self.beginnings = vec![Beginning::default(); found.len()];
        for (group, beginning) in found {
            if let Some(next) = groups.get_mut(group)
                && let Some(free) = self.beginnings.get_mut(*next as usize)
            {
                *free = beginning;
                *next += 1;
            }
        }
        self.groups = groups;
    }

    /// Gives every app that fits here its rank, and adds it to the others.
    pub(crate) fn find(&self, part: &Part, ranks: &mut [u8], apps: &mut Set) {
        let (first, last) = match part.letters.as_slice() {
            // A letter begins words everywhere.
            [] | [_] => return,
            [first, second] => (group(*first, *second, 0), group(*first, *second, ALONE)),
            [first, second, third, ..] => (group(*first, *second, *third), group(*first, *second, *third)),
        };
        let end_of = |group: usize| self.groups.get(group).copied().unwrap_or_default() as usize;
        let start = first.checked_sub(1).map_or(0, end_of);
        for beginning in self.beginnings.get(start..end_of(last)).unwrap_or_default() {
            let app = beginning.app as usize;
            let (Some(rank), Some(ends)) = (ranks.get_mut(app), self.ends.get(app)) else { continue };
            if *rank != KEYWORD
                && let Some(better) = self.rank(beginning.place as usize, *ends, part)
            {
                *rank = better;
                apps.add(app);
            }
        }
    }

    fn rank(&self, start: usize, ends: Ends, part: &Part) -> Option<u8> {
        let text = self.letters.get(start..ends.all).unwrap_or_default();
        let end = part.len();
        if text.len() < end || !text.iter().zip(&part.letters).all(|(letter, typed)| letter & ALONE == *typed) {
            return None;
        }
        let is_first = text.first().is_some_and(|first| first & FIELD != 0);
        let is_last = text.get(end).is_none_or(|after| after & FIELD != 0);
        Some(if is_first && is_last && start + end <= ends.keywords { KEYWORD } else { ELSEWHERE })
    }
}

/// The group of words that begin so.
fn group(first: Letter, second: Letter, third: Letter) -> usize {
    ((first & 31) << 10 | (second & 31) << 5 | third & 31) as usize
}
