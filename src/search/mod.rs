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

pub use highlight::{Marks, highlight};
pub use prepared::Prepared;

use fold::{FIELD, Letter, PART, WORD, fold};
use matching::{BEGINNING, ELSEWHERE, FINE, Fit, INSIDE, KEYWORD, MISTAKE, NOTHING, WORD_BEGINNING, clean, mistaken, scattered};
use query::{Part, Query, bit};

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

/// Where an app's letters end; they stand one after the other.
#[derive(Debug, Clone, Copy)]
struct Entry {
    name: usize,
    alias: usize,
    keywords: usize,
    end: usize,
    /// Which letters name and alias have.
    mask: u64,
    /// With which two letters words begin elsewhere.
    beginnings: u64,
}

/// All apps of a list, folded.
#[derive(Debug, Clone, Default)]
pub struct Index {
    letters: Vec<Letter>,
    entries: Vec<Entry>,
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
        let mask = self.letters.get(start..).unwrap_or_default().iter().fold(0, |mask, letter| mask | bit(*letter));
        let mut keywords = alias;
        for keyword in app.keywords {
            keywords = self.add_text(keyword);
        }
        if let Ok(address) = Address::parse(app.address) {
            self.add_text(address.origin.host.strip_prefix("www.").unwrap_or(&address.origin.host));
        }
        let end = self.add_text(app.description);
        let elsewhere = self.letters.get(alias..).unwrap_or_default();
        let beginnings = elsewhere.windows(2).fold(0, |mask, pair| match pair {
            [first, second] if first & WORD != 0 => mask | beginning(*first, *second),
            _ => mask,
        });
        self.entries.push(Entry { name, alias, keywords, end, mask, beginnings });
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
            let count = if typed.trim().is_empty() { self.entries.len() } else { 0 };
            return Found { apps: (0..count.min(most)).collect(), count };
        }
        let mut hits = self.hits(&query, frecency);
        if hits.is_empty() {
            // Nothing has it: perhaps the keyboard was set to another alphabet.
            for other in keyboard::others(typed) {
                hits = self.hits(&Query::new(&other), frecency);
                if !hits.is_empty() {
                    break;
                }
            }
        }
        if hits.len() < ENOUGH {
            self.add_mistaken(&query, frecency, &mut hits);
        }
        best(hits, most)
    }

    /// What fits without mistakes.
    fn hits(&self, query: &Query, frecency: &[u32]) -> Vec<u64> {
        let mut hits = Vec::new();
        let mut start = 0;
        for (place, entry) in self.entries.iter().enumerate() {
            let fit = self.fit(start, entry, query);
            if fit != NOTHING {
                hits.push(hit(fit, frecency, place));
            }
            start = entry.end;
        }
        hits
    }

    fn fit(&self, start: usize, entry: &Entry, query: &Query) -> Fit {
        let whole = self.fit_of_part(start, entry, &query.whole);
        if whole < BEGINNING || query.words.is_empty() {
            return whole;
        }
        let left = (entry.name - start).abs_diff(query.whole.len()) as Fit;
        let mut words = BEGINNING + left;
        for word in &query.words {
            let fit = self.fit_of_part(start, entry, word);
            // A letter stands inside of every name.
            if fit == NOTHING || (word.len() == 1 && fit >= INSIDE) {
                return whole;
            }
            if fit >> FINE > BEGINNING >> FINE {
                words = words.max(rank_of(fit).max(WORD_BEGINNING) + left);
            }
        }
        whole.min(words)
    }

    fn fit_of_part(&self, start: usize, entry: &Entry, part: &Part) -> Fit {
        let mut fit = NOTHING;
        if part.mask & !entry.mask == 0 {
            fit = clean(self.text(start, entry.name), part);
            if entry.alias > entry.name {
                fit = fit.min(clean(self.text(entry.name, entry.alias), part));
            }
        }
        if fit > KEYWORD
            && let [first, second, ..] = part.letters.as_slice()
            && entry.beginnings & beginning(*first, *second) != 0
        {
            fit = fit.min(elsewhere(self.text(entry.alias, entry.end), entry.keywords - entry.alias, part));
        }
        fit
    }

    /// Adds what fits with mistakes or gaps and is not among the hits.
    fn add_mistaken(&self, query: &Query, frecency: &[u32], hits: &mut Vec<u64>) {
        let clean = std::mem::take(hits);
        let mut known = clean.iter().map(|hit| place_of(*hit)).peekable();
        let mut start = 0;
        for (place, entry) in self.entries.iter().enumerate() {
            if known.next_if_eq(&place).is_none() {
                let fit = self.mistaken_fit(start, entry, query);
                if fit != NOTHING {
                    hits.push(hit(fit, frecency, place));
                }
            }
            start = entry.end;
        }
        hits.extend(clean);
    }

    fn mistaken_fit(&self, start: usize, entry: &Entry, query: &Query) -> Fit {
        let whole = self.mistaken_fit_of_part(start, entry, &query.whole);
        let left = (entry.name - start).abs_diff(query.whole.len()) as Fit;
        let mut words = MISTAKE + left;
        for word in &query.words {
            let fit = self.fit_of_part(start, entry, word).min(self.mistaken_fit_of_part(start, entry, word));
            if fit == NOTHING || (word.len() == 1 && fit >= INSIDE) {
                return whole;
            }
            words = words.max(rank_of(fit) + left);
        }
        if query.words.is_empty() { whole } else { whole.min(words) }
    }

    fn mistaken_fit_of_part(&self, start: usize, entry: &Entry, part: &Part) -> Fit {
        let missing = (part.mask & !entry.mask).count_ones();
        if missing > part.mistakes {
            return NOTHING;
        }
        let mut fit = NOTHING;
        for text in [self.text(start, entry.name), self.text(entry.name, entry.alias)] {
            if part.mistakes > 0 {
                fit = fit.min(mistaken(text, part));
            }
            if missing == 0 {
                fit = fit.min(scattered(text, part));
            }
        }
        fit
    }

    fn text(&self, start: usize, end: usize) -> &[Letter] {
        self.letters.get(start..end).unwrap_or_default()
    }
}

/// A bit that stands for the two letters a word begins with.
fn beginning(first: Letter, second: Letter) -> u64 {
    1 << (((first & fold::ALONE) * 31 + (second & fold::ALONE)) % 64)
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
