//! What was typed → the apps that are meant, best first; and which letters of a name to mark.
//!
//! An [`Index`] is made once for a list of apps and asked at every keystroke. [`matching`] says how well a name fits; here
//! stands what is compared at all, and in which order it is told. It knows no clock: how often and how lately an app was
//! used is a number given from outside ([`crate::frecency`]).

mod fold;
mod grapheme;
mod highlight;
mod keyboard;
mod matching;
mod prepared;
mod query;

use crate::address::Address;
use crate::catalogue::App;

pub use highlight::{Highlighter, Marks};
pub use prepared::Prepared;

use fold::{FIELD, Letter, PART, WORD, fold};
use matching::{BEGINNING, ELSEWHERE, FINE, Fit, INSIDE, KEYWORD, MISTAKE, NOTHING, WORD_BEGINNING, clean, mistaken, scattered};
use query::{Part, Query, WINDOW, bit, bit_of};

/// With so many clean hits nobody looks for what was mistyped, and a list of what else it could be is noise.
const ENOUGH: usize = 10;
/// As many letters of a description as are searched; the first sentences say what an app is.
const LONGEST: usize = 400;

/// What is known of an app, and may be searched for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Searched<'a> {
    /// The portal's name for it.
    pub name: &'a str,
    /// The person's own name for it, if any.
    pub alias: &'a str,
    /// Other words for it.
    pub keywords: &'a [String],
    /// The address it is launched with; its host is searched.
    pub address: &'a str,
    /// What it is.
    pub description: &'a str,
}

impl<'a> Searched<'a> {
    /// An app that was not renamed.
    pub fn of(app: &'a App) -> Searched<'a> {
        Searched { name: &app.name, alias: "", keywords: &app.keywords, address: &app.launch_url, description: &app.description }
    }
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// Places in the list the index was made of, best first, as many as were asked for.
    pub apps: Vec<usize>,
    /// How many there are.
    pub count: usize,
}

impl Found {
    /// The first apps of a list as long as `count`.
    pub fn first(count: usize, most: usize) -> Found {
        let mut apps = Vec::new();
        while apps.len() < count.min(most) {
            apps.push(apps.len());
        }
        Found { apps, count }
    }
}

/// Where an app's letters end; they stand one after the other.
#[derive(Debug, Clone, Copy)]
struct Entry {
    name: usize,
    alias: usize,
    keywords: usize,
    end: usize,
    /// Where its windows end.
    windows: usize,
    /// Which letters name and alias have.
    mask: u64,
    /// With which letters their words and parts of words begin, and which letters follow one another.
    capitals: u64,
    pairs: u64,
    /// With which two and three letters words begin elsewhere.
    pairs_elsewhere: u64,
    triples_elsewhere: u64,
}

/// All apps of a list, folded.
#[derive(Debug, Clone, Default)]
pub struct Index {
    letters: Vec<Letter>,
    /// Which letters follow where words of names begin: what has too many others cannot begin there, whatever the mistake.
    windows: Vec<u64>,
    /// Of which alphabets there are names.
    blocks: u64,
    entries: Vec<Entry>,
}

/// An app while it is compared: what stands before it is where it begins.
#[derive(Clone, Copy)]
struct Candidate<'a> {
    index: &'a Index,
    entry: &'a Entry,
    start: usize,
    windows: usize,
}

impl Index {
    /// Prepares a list of apps.
    pub fn new<'a>(apps: impl Iterator<Item = Searched<'a>>) -> Index {
        let mut index = Index::default();
        for app in apps {
            index.add(&app);
        }
        index
    }

    fn add(&mut self, app: &Searched) {
        let start = self.letters.len();
        let name = self.add_text(app.name);
        let alias = self.add_text(app.alias);
        let names = self.letters.get(start..).unwrap_or_default();
        let (mut mask, mut capitals, mut pairs) = (0, 0, 0);
        for (place, &letter) in names.iter().enumerate() {
            mask |= bit(letter);
            pairs |= bit_of(letter, names.get(place + 1).copied().unwrap_or_default());
            if letter & PART != 0 {
                capitals |= bit(letter);
                self.blocks |= block(letter);
            }
            if letter & WORD != 0 {
                self.windows.push(names.iter().skip(place).take(WINDOW).fold(0, |mask, letter| mask | bit(*letter)));
            }
        }
        let mut keywords = alias;
        for keyword in app.keywords {
            keywords = self.add_text(keyword);
        }
        if let Ok(address) = Address::parse(app.address) {
            self.add_text(address.origin.host.strip_prefix("www.").unwrap_or(&address.origin.host));
        }
        let end = self.add_text(app.description);
        let elsewhere = self.letters.get(alias..).unwrap_or_default();
        let (mut pairs_elsewhere, mut triples_elsewhere) = (0, 0);
        for (place, &letter) in elsewhere.iter().enumerate().filter(|(_, letter)| **letter & WORD != 0) {
            let after = |distance: usize| elsewhere.get(place + distance).copied().unwrap_or_default();
            let pair = bit_of(letter, after(1));
            pairs_elsewhere |= pair;
            triples_elsewhere |= bit_of(pair.trailing_zeros(), after(2));
        }
        self.entries.push(Entry {
            name,
            alias,
            keywords,
            end,
            windows: self.windows.len(),
            mask,
            capitals,
            pairs,
            pairs_elsewhere,
            triples_elsewhere,
        });
    }

    /// Adds a text, and says where it ends.
    fn add_text(&mut self, text: &str) -> usize {
        let start = self.letters.len();
        fold(text, &mut |letter, _| {
            if self.letters.len() < start + LONGEST {
                self.letters.push(letter);
            }
        });
        if let Some(first) = self.letters.get_mut(start) {
            *first |= FIELD | WORD | PART;
        }
        self.letters.len()
    }

    /// The best `most` apps for what was typed. `frecency` has a number for every app, the greater the likelier; it decides
    /// between those that fit equally well, then the order of the list does. Nothing typed finds all, in their order.
    pub fn search(&self, typed: &str, frecency: &[u32], most: usize) -> Found {
        let query = Query::new(typed);
        if query.whole.len() == 0 {
            return Found::first(if typed.trim().is_empty() { self.entries.len() } else { 0 }, most);
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
        if hits.len() < ENOUGH && !hits.iter().any(|hit| *hit >> 56 == 0) {
            self.collect(&query, true, frecency, &mut hits);
        }
        best(hits, most)
    }

    /// Adds what fits and is not among the hits, which are in the order of the list.
    fn collect(&self, query: &Query, forgiving: bool, frecency: &[u32], hits: &mut Vec<u64>) {
        let known = std::mem::take(hits);
        let mut next = known.iter().map(|hit| place_of(*hit)).peekable();
        for (place, candidate) in self.candidates().enumerate() {
            if next.next_if_eq(&place).is_some() {
                continue;
            }
            let fit = candidate.fit(query, forgiving);
            if fit != NOTHING {
                hits.push(hit(fit, frecency, place));
            }
        }
        hits.extend(known);
    }

    fn candidates(&self) -> impl Iterator<Item = Candidate<'_>> {
        let (mut start, mut windows) = (0, 0);
        self.entries.iter().map(move |entry| {
            let candidate = Candidate { index: self, entry, start, windows };
            (start, windows) = (entry.end, entry.windows);
            candidate
        })
    }
}

impl Candidate<'_> {
    /// How well it fits: without mistakes, or else with those that are forgiven.
    fn fit(self, query: &Query, forgiving: bool) -> Fit {
        let whole = if forgiving { self.mistaken_fit_of_part(&query.whole) } else { self.fit_of_part(&query.whole) };
        let may_fit = |word| self.may_have(word) || self.may_begin_elsewhere(word) || (forgiving && self.may_be_mistaken(word));
        if whole < BEGINNING || query.words.is_empty() || !query.words.iter().all(may_fit) {
            return whole;
        }
        let mut rank = if forgiving { MISTAKE } else { BEGINNING };
        for word in &query.words {
            let mut fit = self.fit_of_part(word);
            if forgiving && fit > KEYWORD {
                fit = fit.min(self.mistaken_fit_of_part(word));
            }
            // A letter stands inside of every name.
            if fit == NOTHING || (word.len() == 1 && fit >= INSIDE) {
                return whole;
            }
            if fit >> FINE > rank >> FINE {
                rank = rank_of(fit);
            }
        }
        // How much longer the name is than what was typed.
        whole.min(rank + (self.entry.name - self.start).abs_diff(query.whole.len()) as Fit)
    }

    fn fit_of_part(self, part: &Part) -> Fit {
        let Candidate { entry, start, .. } = self;
        let mut fit = NOTHING;
        if self.may_have(part) {
            let name = self.text(start, entry.name);
            fit = match part.letters.as_slice() {
                // Half of all names have a letter; there is no need to look where.
                [letter]
                    if ('a'.into()..='z'.into()).contains(letter) && name.first().is_some_and(|first| first & fold::ALONE != *letter) =>
                {
                    (if entry.capitals & part.mask != 0 { WORD_BEGINNING } else { INSIDE }) + name.len() as Fit
                }
                _ => clean(name, part),
            };
            if entry.alias > entry.name {
                fit = fit.min(clean(self.text(entry.name, entry.alias), part));
            }
        }
        if fit > KEYWORD && self.may_begin_elsewhere(part) {
            fit = fit.min(elsewhere(self.text(entry.alias, entry.end), entry.keywords - entry.alias, part));
        }
        fit
    }

    fn mistaken_fit_of_part(self, part: &Part) -> Fit {
        let mut fit = NOTHING;
        let may_be_scattered = part.mask & !self.entry.mask == 0;
        let may_be_mistaken = self.may_be_mistaken(part);
        if may_be_scattered || may_be_mistaken {
            for text in [self.text(self.start, self.entry.name), self.text(self.entry.name, self.entry.alias)] {
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

    /// Quickly: the first two letters follow one another, or each begins a piece. No name that fits is refused.
    fn may_have(self, part: &Part) -> bool {
        let Entry { mask, capitals, pairs, .. } = self.entry;
        part.mask & !mask == 0 && (part.len() < 2 || part.pair & pairs != 0 || part.initials & !capitals == 0)
    }

    fn may_begin_elsewhere(self, part: &Part) -> bool {
        self.entry.pairs_elsewhere & part.pair != 0 && (part.len() == 2 || self.entry.triples_elsewhere & part.triple != 0)
    }

    /// Quickly: nothing that fits with the mistakes that are forgiven is refused.
    fn may_be_mistaken(self, part: &Part) -> bool {
        let windows = self.index.windows.get(self.windows..self.entry.windows).unwrap_or_default();
        part.mistakes > 0 && windows.iter().any(|window| (part.opening & !window).count_ones() <= part.mistakes)
    }

    fn text(&self, start: usize, end: usize) -> &[Letter] {
        self.index.letters.get(start..end).unwrap_or_default()
    }
}

/// A bit that stands for the alphabet of a letter.
fn block(letter: Letter) -> u64 {
    1 << ((letter & fold::ALONE) / 128 % 64)
}

/// In keywords, up to where they end, and what follows them: only what a word begins with.
fn elsewhere(text: &[Letter], keywords: usize, part: &Part) -> Fit {
    let mut fit = NOTHING;
    let Some(end) = part.len().checked_sub(1) else { return NOTHING };
    let mut run = 0_u64;
    for (place, &letter) in text.iter().enumerate() {
        run = ((run << 1) | u64::from(letter & WORD != 0)) & part.places(letter);
        if run >> end & 1 != 0 {
            let is_first = text.get(place - end.min(place)).is_some_and(|first| first & FIELD != 0);
            let is_last = text.get(place + 1).is_none_or(|after| after & FIELD != 0);
            if place < keywords && is_first && is_last {
                return KEYWORD;
            }
            fit = ELSEWHERE;
        }
    }
    fit
}

/// The rank alone.
fn rank_of(fit: Fit) -> Fit {
    fit >> FINE << FINE
}

/// A hit as one number, smaller if it is better: rank, what was not used lately, what is left over, place in the list.
fn hit(fit: Fit, frecency: &[u32], place: usize) -> u64 {
    let unused = MOST_FRECENCY - frecency.get(place).copied().unwrap_or_default().min(MOST_FRECENCY);
    let left = fit - rank_of(fit);
    (u64::from(fit >> FINE) << 56) | (u64::from(unused) << 32) | (u64::from(left) << 20) | place as u64
}

/// Greater numbers than this are this.
const MOST_FRECENCY: u32 = 0xff_ffff;

fn place_of(hit: u64) -> usize {
    (hit & 0xf_ffff) as usize
}

/// The smallest hits in their order. A heap, because of ten thousand hits only those are put in order that are shown.
fn best(mut hits: Vec<u64>, most: usize) -> Found {
    let count = hits.len();
    for top in (0..count / 2).rev() {
        sift(&mut hits, top);
    }
    let mut apps = Vec::new();
    while apps.len() < most && !hits.is_empty() {
        apps.push(place_of(hits.swap_remove(0)));
        sift(&mut hits, 0);
    }
    Found { apps, count }
}

/// Moves the hit at the top of a part of the heap down to where it belongs.
fn sift(hits: &mut [u64], mut top: usize) {
    loop {
        let child = 2 * top + 1;
        let Some(mut least) = hits.get(child).copied() else { return };
        let mut place = child;
        if let Some(other) = hits.get(child + 1).copied().filter(|other| *other < least) {
            (least, place) = (other, child + 1);
        }
        if hits.get(top).is_none_or(|hit| *hit <= least) {
            return;
        }
        hits.swap(top, place);
        top = place;
    }
}
