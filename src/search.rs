//! What was typed → the apps that are meant, best first.
//!
//! Ranking, best first: the name begins with it; a word of the name begins with it; the initials are it; the name contains
//! it; a keyword, then the description contains it; its letters occur in the name in this order. Equal ranks keep the
//! portal's order. Case and diacritics do not count.

use crate::catalogue::App;
use crate::find::contains;
use crate::letter::{is_mark, is_part_of_word, plain};

/// How well an app fits; smaller is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rank {
    NamePrefix,
    WordPrefix,
    Initials,
    NameContains,
    KeywordContains,
    DescriptionContains,
    NameSubsequence,
}

impl Rank {
    /// Best first.
    const ALL: [Rank; 7] = [
        Rank::NamePrefix,
        Rank::WordPrefix,
        Rank::Initials,
        Rank::NameContains,
        Rank::KeywordContains,
        Rank::DescriptionContains,
        Rank::NameSubsequence,
    ];
}

/// Indices into `apps`, best first. An empty query gives all apps in their order.
pub fn search(apps: &[App], query: &str) -> Vec<usize> {
    let query = fold(query.trim());
    if query.is_empty() {
        return (0..apps.len()).collect();
    }
    // One stable pass for each rank: cheaper to ship than a sort, and there are few ranks.
    let ranks: Vec<Option<Rank>> = apps.iter().map(|app| rank(app, &query)).collect();
    let mut found = Vec::new();
    for wanted in Rank::ALL {
        for (index, rank) in ranks.iter().enumerate() {
            if *rank == Some(wanted) {
                found.push(index);
            }
        }
    }
    found
}

fn rank(app: &App, query: &str) -> Option<Rank> {
    let name = fold(&app.name);
    if name.starts_with(query) {
        return Some(Rank::NamePrefix);
    }
    let mut words = name.split(|letter: char| !is_part_of_word(letter)).filter(|word| !word.is_empty());
    // "contoso crm" and "crm contoso" both find Contoso CRM: every word typed begins a word of the name.
    let every_word_begins_one = query.split_whitespace().all(|typed| words.clone().any(|word| word.starts_with(typed)));
    if every_word_begins_one {
        return Some(Rank::WordPrefix);
    }
    let initials: String = words.by_ref().filter_map(|word| word.chars().next()).collect();
    if query.chars().count() > 1 && initials.starts_with(query) {
        return Some(Rank::Initials);
    }
    if contains(&name, query) {
        return Some(Rank::NameContains);
    }
    if app.keywords.iter().any(|word| contains(&fold(word), query)) {
        return Some(Rank::KeywordContains);
    }
    if contains(&fold(&app.description), query) {
        return Some(Rank::DescriptionContains);
    }
    is_subsequence(query, &name).then_some(Rank::NameSubsequence)
}

fn is_subsequence(query: &str, name: &str) -> bool {
    let mut letters = name.chars();
    query.chars().filter(|letter| !letter.is_whitespace()).all(|typed| letters.any(|letter| letter == typed))
}

/// Small letters without diacritics.
fn fold(text: &str) -> String {
    text.chars().filter(|letter| !is_mark(*letter)).map(plain).collect()
}
