//! All apps of a list, folded, and which of them fit what was typed.

use super::Searched;
use super::beginnings::Beginnings;
use super::best::{best, hit, is_exact, place_of};
use super::columns::Columns;
use super::elsewhere::Elsewhere;
use super::fold::{ALONE, FIELD, Letter, PART, WORD, fold};
use super::keyboard;
use super::matching::{BEGINNING, FINE, Fit, INSIDE, KEYWORD, MISTAKE, NOTHING, WORD_BEGINNING, clean, mistaken, rank_of, scattered};
use super::query::{Part, Query};
use super::set::Set;
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
}

/// All apps of a list, folded.
#[derive(Debug, Clone, Default)]
pub struct Index {
    /// Of names and aliases, each ended by 0.
    letters: Vec<Letter>,
    entries: Vec<Entry>,
    /// Which letters the names have; apart from the rest, because most apps are dismissed by it.
    columns: Columns,
    beginnings: Beginnings,
    elsewhere: Elsewhere,
    /// Of which alphabets there are names.
    blocks: u64,
}

/// The whole query or a word of it, with what is known about it before any name is read.
struct Wanted<'a> {
    part: &'a Part,
    /// For each app the rank at which it fits beside its names, 0 if it does not; and which these are.
    ranks: Vec<u8>,
    elsewhere: Set,
    /// Whose names it may fit without mistakes; have all its letters; and have a word that may have been mistaken for it.
    clean: Set,
    scattered: Set,
    mistaken: Set,
}

/// What is looked for: the whole query; or else all of its words, in the apps that these may fit together.
#[derive(Clone, Copy)]
struct Wish<'a> {
    whole: &'a Wanted<'a>,
    words: &'a [Wanted<'a>],
    together: &'a Set,
    /// With the mistakes that are forgiven.
    forgiving: bool,
}

/// An app while it is compared.
#[derive(Clone, Copy)]
struct Candidate<'a> {
    index: &'a Index,
    entry: &'a Entry,
    place: usize,
}

impl Index {
    /// Adds the next app of a list.
    pub fn add(&mut self, app: &Searched) {
        let start = self.letters.len();
        let name = self.add_name(app.name);
        let alias = if app.alias.is_empty() { name } else { self.add_name(app.alias) };
        let host = Address::parse(app.address).map(|address| address.origin.host).unwrap_or_default();
        self.elsewhere.add(app.keywords, [host.strip_prefix("www.").unwrap_or(&host), app.description]);
        self.entries.push(Entry { start, name, alias });
    }

    /// Prepares the list for being searched, after the last app.
    pub fn sort(&mut self) {
        self.columns.finish(self.entries.len());
        self.beginnings.sort(&self.letters);
        self.elsewhere.sort();
    }

    /// Adds a name, and says where it ends.
    fn add_name(&mut self, text: &str) -> usize {
        let (start, app) = (self.letters.len(), self.entries.len());
        fold(text, &mut |letter, _| self.letters.push(letter));
        if let Some(first) = self.letters.get_mut(start) {
            *first |= FIELD | WORD | PART;
        }
        let end = self.letters.len();
        self.letters.push(0);
        let name = self.letters.get(start..end).unwrap_or_default();
        self.columns.add(name, app);
        for (&letter, place) in name.iter().zip(start..) {
            if letter & PART != 0 {
                self.blocks |= block(letter);
            }
            if letter & WORD != 0 {
                self.beginnings.add(&self.letters, place, app);
            }
        }
        end
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
        let (mut whole, mut words) = self.collect(&query, frecency, &mut hits);
        if hits.is_empty() {
            // Nothing has it: perhaps the keyboard was set to another alphabet.
            for other in keyboard::others(typed) {
                let other = Query::new(&other);
                let is_known = other.whole.letters.first().is_some_and(|first| self.blocks & block(*first) != 0);
                if is_known && hits.is_empty() {
                    self.collect(&other, frecency, &mut hits);
                }
            }
        }
        // Who typed a whole name made no mistake.
        if hits.len() < ENOUGH && !hits.iter().any(|hit| is_exact(*hit)) {
            self.collect_mistaken(&mut whole, &mut words, frecency, &mut hits);
        }
        best(&hits, most)
    }

    /// Adds what fits without mistakes, in the order of the list.
    fn collect<'a>(&self, query: &'a Query, frecency: &[u32], hits: &mut Vec<u64>) -> (Wanted<'a>, Vec<Wanted<'a>>) {
        let whole = self.wanted(&query.whole);
        let words: Vec<Wanted> = query.words.iter().map(|word| self.wanted(word)).collect();
        let together = all_of(words.iter().map(Wanted::may_be_clean));
        let mut candidates = whole.may_be_clean();
        candidates.add_all(&together);
        self.compare(&candidates, Wish { whole: &whole, words: &words, together: &together, forgiving: false }, frecency, hits);
        (whole, words)
    }

    /// Adds what fits with mistakes, and is not among the hits.
    fn collect_mistaken(&self, whole: &mut Wanted, words: &mut [Wanted], frecency: &[u32], hits: &mut Vec<u64>) {
        self.forgive(whole);
        words.iter_mut().for_each(|word| self.forgive(word));
        let mut candidates = whole.scattered.clone();
        candidates.add_all(&whole.mistaken);
        let together = all_of(words.iter().map(|word| self.may_be_mistaken(word)));
        candidates.add_all(&together);
        let mut known = Set::none(self.entries.len());
        hits.iter().for_each(|hit| known.add(place_of(*hit)));
        candidates.remove_all(&known);
        self.compare(&candidates, Wish { whole, words, together: &together, forgiving: true }, frecency, hits);
    }

    fn compare(&self, candidates: &Set, wish: Wish, frecency: &[u32], hits: &mut Vec<u64>) {
        for place in candidates.iter() {
            let Some(entry) = self.entries.get(place) else { continue };
            let fit = Candidate { index: self, entry, place }.fit(wish);
            if fit != NOTHING {
                hits.push(hit(fit, frecency, place));
            }
        }
    }

    fn wanted<'a>(&self, part: &'a Part) -> Wanted<'a> {
        let apps = self.entries.len();
        let (mut ranks, mut elsewhere) = (vec![0; apps], Set::none(apps));
        self.elsewhere.find(part, &mut ranks, &mut elsewhere);
        let mut clean = self.columns.all(part);
        self.columns.keep_first_pair(part, &mut clean);
        self.columns.keep_pairs(part, &mut clean);
        Wanted { part, ranks, elsewhere, clean, scattered: Set::default(), mistaken: Set::default() }
    }

    fn forgive(&self, wanted: &mut Wanted) {
        wanted.scattered = self.columns.all(wanted.part);
        wanted.mistaken = Set::none(self.entries.len());
        self.beginnings.find(&self.letters, wanted.part, &mut wanted.mistaken);
    }

    /// What a word may fit, with mistakes or without.
    fn may_be_mistaken(&self, word: &Wanted) -> Set {
        let mut apps = word.scattered.clone();
        self.columns.keep_first_pair(word.part, &mut apps);
        apps.add_all(&word.elsewhere);
        apps.add_all(&word.mistaken);
        apps
    }
}

/// What is in each of the sets.
fn all_of(mut sets: impl Iterator<Item = Set>) -> Set {
    let mut all = sets.next().unwrap_or_default();
    sets.for_each(|set| all.keep(&set));
    all
}

impl Candidate<'_> {
    /// How well it fits: without mistakes, or else with those that are forgiven.
    fn fit(self, Wish { whole, words, together, forgiving }: Wish) -> Fit {
        let fit = if forgiving { self.mistaken_fit_of(whole) } else { self.clean_fit_of(whole) };
        if fit < BEGINNING || !together.has(self.place) {
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
        if wanted.clean.has(self.place) {
            let name = self.name();
            fit = match part.letters.as_slice() {
                // Half of all names have a letter; there is no need to look where.
                [letter] if ('a'.into()..='z'.into()).contains(letter) && name.first().is_some_and(|first| first & ALONE != *letter) => {
                    let begins = self.index.columns.beginnings(*letter).has(self.place);
                    (if begins { WORD_BEGINNING } else { INSIDE }) + name.len() as Fit
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
        let (may_be_scattered, may_be_mistaken) = (wanted.scattered.has(self.place), wanted.mistaken.has(self.place));
        let mut fit = NOTHING;
        for text in [self.name(), self.alias()] {
            if may_be_mistaken {
                fit = fit.min(mistaken(text, part));
            }
            if may_be_scattered {
                fit = fit.min(scattered(text, part));
            }
        }
        fit
    }

    fn name(&self) -> &[Letter] {
        self.index.letters.get(self.entry.start..self.entry.name).unwrap_or_default()
    }

    fn alias(&self) -> &[Letter] {
        self.index.letters.get(self.entry.name + 1..self.entry.alias).unwrap_or_default()
    }
}

impl Wanted<'_> {
    fn may_be_clean(&self) -> Set {
        let mut apps = self.clean.clone();
        apps.add_all(&self.elsewhere);
        apps
    }

    fn elsewhere(&self, place: usize) -> Fit {
        match self.ranks.get(place) {
            None | Some(0) => NOTHING,
            Some(rank) => Fit::from(*rank) << FINE,
        }
    }
}

/// A bit that stands for the alphabet of a letter.
fn block(letter: Letter) -> u64 {
    1 << ((letter & ALONE) / 128 % 64)
}
