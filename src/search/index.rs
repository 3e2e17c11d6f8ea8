//! All apps of a list, folded, and which of them fit what was typed.

use super::Searched;
use super::beginnings::{Beginnings, MISTAKEN};
use super::best::{best, hit, is_exact, place_of};
use super::elsewhere::Elsewhere;
use super::fold::{ALONE, FIELD, Letter, PART, WORD, fold};
use super::keyboard;
use super::matching::{BEGINNING, FINE, Fit, INSIDE, KEYWORD, MISTAKE, NOTHING, WORD_BEGINNING, clean, mistaken, rank_of, scattered};
use super::query::{Part, Query, bit, bit_of};
use crate::address::Address;

/// With so many clean hits nobody looks for what was mistyped, and a list of what else it could be is noise.
const ENOUGH: usize = 10;

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// Places in the list the index was made of, best first, as many as were asked for.
    pub apps: Vec<usize>,
    /// How many there are.
    pub count: usize,
}

/// Where the letters of an app's names stand.
#[derive(Debug, Clone, Copy)]
struct Entry {
    start: usize,
    name: usize,
    alias: usize,
    /// With which letters words and parts of words begin, and which letters follow one another.
    capitals: u64,
    pairs: u64,
}

/// All apps of a list, folded.
#[derive(Debug, Clone, Default)]
pub struct Index {
    /// Of names and aliases, each ended by 0.
    letters: Vec<Letter>,
    /// Which letters each app's names have; apart from the rest, because most apps are dismissed by it.
    masks: Vec<u64>,
    entries: Vec<Entry>,
    beginnings: Beginnings,
    elsewhere: Elsewhere,
    /// Of which alphabets there are names.
    blocks: u64,
}

/// The whole query or a word of it, with what is known about it before any name is read.
struct Wanted<'a> {
    part: &'a Part,
    /// For each app the rank at which it fits beside its names, 0 if it does not; and [`MISTAKEN`], if one of its words may
    /// have been mistaken for it.
    beside: Vec<u8>,
}

/// An app while it is compared.
#[derive(Clone, Copy)]
struct Candidate<'a> {
    index: &'a Index,
    entry: &'a Entry,
    mask: u64,
    place: usize,
}

impl Index {
    /// Adds the next app of a list.
    pub fn add(&mut self, app: &Searched) {
        let start = self.letters.len();
        let name = self.add_name(app.name);
        let alias = if app.alias.is_empty() { name } else { self.add_name(app.alias) };
        let (mut mask, mut capitals, mut pairs) = (0, 0, 0);
        let mut letters = self.letters.get(start..).unwrap_or_default().iter().zip(start..).peekable();
        while let Some((&letter, place)) = letters.next() {
            if letter == 0 {
                continue;
            }
            mask |= bit(letter);
            pairs |= bit_of(letter, letters.peek().map_or(0, |(after, _)| **after));
            if letter & PART != 0 {
                capitals |= bit(letter);
                self.blocks |= block(letter);
            }
            if letter & WORD != 0 {
                self.beginnings.add(&self.letters, place, self.entries.len());
            }
        }
        let host = Address::parse(app.address).map(|address| address.origin.host).unwrap_or_default();
        self.elsewhere.add(app.keywords, [host.strip_prefix("www.").unwrap_or(&host), app.description]);
        self.entries.push(Entry { start, name, alias, capitals, pairs });
        self.masks.push(mask);
    }

    /// Prepares the list for being searched, after the last app.
    pub fn sort(&mut self) {
        self.beginnings.sort(&self.letters);
        self.elsewhere.sort();
    }

    /// Adds a name, and says where it ends.
    fn add_name(&mut self, name: &str) -> usize {
        let start = self.letters.len();
        fold(name, &mut |letter, _| self.letters.push(letter));
        if let Some(first) = self.letters.get_mut(start) {
            *first |= FIELD | WORD | PART;
        }
        self.letters.push(0);
        self.letters.len() - 1
    }

    /// The best `most` apps for what was typed. `frecency` has a number for every app, the greater the likelier; it decides
    /// between those that fit equally well, then the order of the list does. Nothing typed finds all, in their order.
    pub fn search(&self, typed: &str, frecency: &[u32], most: usize) -> Found {
        let query = Query::new(typed);
        if query.whole.len() == 0 {
            let count = if typed.trim().is_empty() { self.entries.len() } else { 0 };
            return Found { apps: (0..count.min(most)).collect(), count };
        }
        let mut hits = Vec::new();
        self.collect(&query, false, frecency, &mut hits);
        if hits.is_empty() {
            // Nothing has it: perhaps the keyboard was set to another alphabet.
            for other in keyboard::others(typed) {
                let other = Query::new(&other);
                let is_known = other.whole.letters.first().is_some_and(|first| self.blocks & block(*first) != 0);
                if is_known && hits.is_empty() {
                    self.collect(&other, false, frecency, &mut hits);
                }
            }
        }
        // Who typed a whole name made no mistake.
        if hits.len() < ENOUGH && !hits.iter().any(|hit| is_exact(*hit)) {
            self.collect(&query, true, frecency, &mut hits);
        }
        best(hits, most)
    }

    /// Adds what fits and is not among the hits, which are in the order of the list.
    fn collect(&self, query: &Query, forgiving: bool, frecency: &[u32], hits: &mut Vec<u64>) {
        let known = std::mem::take(hits);
        let mut next = known.iter().map(|hit| place_of(*hit)).peekable();
        let whole = self.wanted(&query.whole, forgiving);
        let words: Vec<Wanted> = query.words.iter().map(|word| self.wanted(word, forgiving)).collect();
        // What has not all letters in its names, and nothing beside them: most apps are dismissed here.
        let mut beside = whole.beside.clone();
        for word in &words {
            beside.iter_mut().zip(&word.beside).for_each(|(any, beside)| *any |= beside);
        }
        for ((place, &mask), &beside) in self.masks.iter().enumerate().zip(&beside) {
            if (query.whole.mask & !mask != 0) & (beside == 0) {
                continue;
            }
            while next.next_if(|known| *known < place).is_some() {}
            if next.peek() == Some(&place) {
                continue;
            }
            let Some(entry) = self.entries.get(place) else { continue };
            let fit = Candidate { index: self, entry, mask, place }.fit(&whole, &words, forgiving);
            if fit != NOTHING {
                hits.push(hit(fit, frecency, place));
            }
        }
        hits.extend(known);
    }

    fn wanted<'a>(&self, part: &'a Part, forgiving: bool) -> Wanted<'a> {
        let mut beside = vec![0; self.entries.len()];
        self.elsewhere.find(part, &mut beside);
        if forgiving {
            self.beginnings.find(&self.letters, part, &mut beside);
        }
        Wanted { part, beside }
    }
}

impl Candidate<'_> {
    /// How well it fits: without mistakes, or else with those that are forgiven.
    fn fit(self, whole: &Wanted, words: &[Wanted], forgiving: bool) -> Fit {
        let fit = if forgiving { self.mistaken_fit_of(whole) } else { self.clean_fit_of(whole) };
        let may_fit = |word: &Wanted| self.may_have(word.part) || word.beside(self.place) != 0;
        if fit < BEGINNING || words.is_empty() || !words.iter().all(may_fit) {
            return fit;
        }
        let mut rank = if forgiving { MISTAKE } else { BEGINNING };
        let mut typed = 0;
        for word in words {
            let mut fit_of_word = self.clean_fit_of(word);
            if forgiving && fit_of_word > KEYWORD && word.part.len() > 1 {
                fit_of_word = fit_of_word.min(self.mistaken_fit_of(word));
            }
            // A letter stands inside of every name.
            if fit_of_word == NOTHING || (word.part.len() == 1 && fit_of_word >= INSIDE) {
                return fit;
            }
            if fit_of_word >> FINE > rank >> FINE {
                rank = rank_of(fit_of_word);
            }
            typed += word.part.len();
        }
        // How much longer the name is than what was typed.
        fit.min(rank + (self.entry.name - self.entry.start).abs_diff(typed) as Fit)
    }

    fn clean_fit_of(self, wanted: &Wanted) -> Fit {
        let part = wanted.part;
        let mut fit = NOTHING;
        if self.may_be_clean(part) {
            let name = self.name();
            fit = match part.letters.as_slice() {
                // Half of all names have a letter; there is no need to look where.
                [letter] if ('a'.into()..='z'.into()).contains(letter) && name.first().is_some_and(|first| first & ALONE != *letter) => {
                    (if self.entry.capitals & part.mask != 0 { WORD_BEGINNING } else { INSIDE }) + name.len() as Fit
                }
                _ => clean(name, part),
            };
            if self.entry.alias > self.entry.name {
                fit = fit.min(clean(self.alias(), part));
            }
        }
        fit.min(wanted.elsewhere(self.place))
    }

    fn mistaken_fit_of(self, wanted: &Wanted) -> Fit {
        let part = wanted.part;
        let mut fit = NOTHING;
        let may_be_scattered = part.mask & !self.mask == 0;
        let may_be_mistaken = wanted.may_be_mistaken(self.place);
        if may_be_scattered || may_be_mistaken {
            for text in [self.name(), self.alias()] {
                if may_be_mistaken {
                    fit = fit.min(mistaken(text, part));
                }
                if may_be_scattered {
                    fit = fit.min(scattered(text, part));
                }
            }
        }
        fit
    }

    /// Quickly: the first two letters follow one another, or each begins a piece.
    fn may_have(self, part: &Part) -> bool {
        let Entry { capitals, pairs, .. } = self.entry;
        part.mask & !self.mask == 0 && (part.len() < 2 || part.pair & pairs != 0 || part.initials & !capitals == 0)
    }

    /// Quickly: every letter follows the one before, or begins a piece. No name that fits without mistakes is refused.
    fn may_be_clean(self, part: &Part) -> bool {
        let Entry { capitals, pairs, .. } = self.entry;
        let follow = |(pair, letter): (&u64, &Letter)| pair & pairs != 0 || bit(*letter) & capitals != 0;
        self.may_have(part) && part.pairs.iter().zip(part.letters.iter().skip(1)).all(follow)
    }

    fn name(&self) -> &[Letter] {
        self.index.letters.get(self.entry.start..self.entry.name).unwrap_or_default()
    }

    fn alias(&self) -> &[Letter] {
        self.index.letters.get(self.entry.name + 1..self.entry.alias).unwrap_or_default()
    }
}

impl Wanted<'_> {
    fn beside(&self, place: usize) -> u8 {
        self.beside.get(place).copied().unwrap_or_default()
    }

    fn elsewhere(&self, place: usize) -> Fit {
        match self.beside(place) & !MISTAKEN {
            0 => NOTHING,
            rank => Fit::from(rank) << FINE,
        }
    }

    fn may_be_mistaken(&self, place: usize) -> bool {
        self.beside(place) & MISTAKEN != 0
    }
}

/// A bit that stands for the alphabet of a letter.
fn block(letter: Letter) -> u64 {
    1 << ((letter & ALONE) / 128 % 64)
}
