//! How well one name fits one query. Every letter of the name is looked at once; what the query could have become by then is
//! kept as bits, one for each of its beginnings.
//!
//! The ways to fit, best first, with what each protects: see the constants.

use super::fold::{Letter, PART, WORD};
use super::query::Part;

/// How well an app fits; smaller is better. Above [`FINE`] bits the rank: between hits of one rank it counts first what was
/// used lately. Below, what of the name is left over.
pub(crate) type Fit = u32;
/// Bits of a fit below its rank.
pub(crate) const FINE: u32 = 12;

/// The name, whole.
pub(crate) const EXACT: Fit = 0;
/// The name's first words, whole: `zoom` is Zoom Phone rather than ZoomInfo.
pub(crate) const FIRST_WORDS: Fit = 1 << FINE;
/// Two letters are the initials, or a whole word: `gm` is Google Maps rather than Gmail, if neither was used lately.
pub(crate) const INITIALS_OF_TWO: Fit = 2 << FINE;
/// The name begins so, or words of it are whole: `word` is Microsoft Word rather than WordPress. Of one rank with the former.
pub(crate) const BEGINNING: Fit = INITIALS_OF_TWO + (1 << (FINE - 1));
/// Words of the name begin so.
pub(crate) const WORD_BEGINNING: Fit = 3 << FINE;
/// A keyword, whole.
pub(crate) const KEYWORD: Fit = 4 << FINE;
/// The initials of all words and parts of words: `vsc` is Visual Studio Code.
pub(crate) const INITIALS: Fit = 5 << FINE;
/// The whole name with one mistake.
pub(crate) const MISTAKEN_NAME: Fit = 6 << FINE;
/// Beginnings of all words and parts of words: `gmaps` is Google Maps.
pub(crate) const ALL_PIECES: Fit = 7 << FINE;
/// As before, but for words at the end.
pub(crate) const FIRST_PIECES: Fit = ALL_PIECES + (1 << (FINE - 1));
/// The name has it somewhere inside.
pub(crate) const INSIDE: Fit = 8 << FINE;
/// A keyword, a label of the host or a word of the description begins so.
pub(crate) const ELSEWHERE: Fit = 9 << FINE;
/// One mistake; one rank more when a word is not at its end yet, one more inside of the name. A second mistake costs four.
pub(crate) const MISTAKE: Fit = 10 << FINE;
/// Beginnings of some words and parts of words.
pub(crate) const PIECES: Fit = 11 << FINE;
/// The letters occur in this order, the first at the name's beginning.
pub(crate) const SCATTERED: Fit = 12 << FINE;
/// As before, at the beginning of a word; or, one rank more, anywhere.
pub(crate) const SCATTERED_INSIDE: Fit = 14 << FINE;
/// Nothing fits.
pub(crate) const NOTHING: Fit = u32::MAX;

/// What a word that stands before the first one that was meant weighs, in letters left over: Microsoft Word is nearer to
/// `word` than WordPress, Postman nearer to `post` than Österreichische Post.
const WORD_BEFORE: usize = 4;

/// The rank alone.
pub(crate) fn rank_of(fit: Fit) -> Fit {
    fit >> FINE << FINE
}

/// A rank with what is left over.
fn fit(rank: Fit, left: usize) -> Fit {
    rank + left.min((1 << (FINE - 1)) - 1) as u32
}

/// Without mistakes and gaps, but for those that begin words and parts of words.
pub(crate) fn clean(name: &[Letter], typed: &Part) -> Fit {
    let length = typed.len();
    let Some(end) = length.checked_sub(1) else { return NOTHING };
    let mut best = NOTHING;
    // Bit n: the letters before this one end with the first n + 1 of the query; those may have begun anywhere, or be pieces.
    let (mut run, mut pieces) = (0_u64, 0_u64);
    // Pieces that were complete somewhere before; how many words, and with parts of them, began; and how many were used.
    let mut reached = 0_u64;
    let (mut words, mut begun, mut used) = (0, 0, 0);
    for (place, &letter) in name.iter().enumerate() {
        let places = typed.places(letter);
        let begins = letter & PART != 0;
        run = ((run << 1) | 1) & places;
        let next = if begins { (pieces << 1) | (reached << 1) | 1 } else { pieces << 1 };
        pieces = next & places;
        reached |= pieces;
        if begins {
            words += usize::from(letter & WORD != 0);
            begun += 1;
            used += usize::from(pieces != 0);
        }
        let done = place + 1;
        if run >> end & 1 != 0 {
            let first = name.get(place - end.min(place)).copied().unwrap_or_default();
            let is_whole = name.get(done).is_none_or(|after| after & WORD != 0);
            let rank = match (place == end, first & WORD != 0) {
                (true, _) if done == name.len() => EXACT,
                (true, _) if is_whole => FIRST_WORDS,
                (true, _) => BEGINNING,
                // A whole word of two letters is as likely meant as initials are.
                (_, true) if is_whole && end == 1 => INITIALS_OF_TWO,
                (_, true) if is_whole && end > 1 => BEGINNING,
                (_, true) => WORD_BEGINNING,
                _ if first & PART != 0 && end > 0 => ALL_PIECES,
                _ => INSIDE,
            };
            // Nothing is better than a beginning, but for two letters.
            if place == end && length > 2 {
                return fit(rank, name.len() - done);
            }
            let before = if place == end { 0 } else { words.max(2) - 1 };
            best = best.min(fit(rank, WORD_BEFORE * before + name.len() - done));
        }
        if pieces >> end & 1 != 0 {
            let is_all = name.get(done..).unwrap_or_default().iter().all(|letter| letter & PART == 0);
            let rank = match (begun == used, is_all, length == used) {
                (true, true, true) if length == 2 => INITIALS_OF_TWO,
                (true, true, true) => INITIALS,
                (true, true, _) => ALL_PIECES,
                (true, ..) => FIRST_PIECES,
                _ => PIECES,
            };
            best = best.min(fit(rank, name.len() - length));
        }
    }
    best
}

/// With as many mistakes as are forgiven: a letter too many, one missing, another one, or two that changed places.
pub(crate) fn mistaken(name: &[Letter], typed: &Part) -> Fit {
    let length = typed.len();
    let all = 1_u64 << length;
    let mut best = NOTHING;
    // For 0, 1 and 2 mistakes, bit n: the first n letters of the query were met so, from the beginning of some word on. And
    // the same before the last letter, for two that changed places.
    let [mut none, mut one, mut two] = [0_u64; 3];
    let [mut none_before, mut one_before] = [0_u64; 2];
    let mut places_before = 0;
    for (place, &letter) in name.iter().enumerate() {
        if letter & WORD != 0 {
            none |= 1;
            one |= 0b11;
            two |= 0b111;
        } else if (if typed.mistakes == 1 { one } else { two }) == 0 {
            // Nothing is left of what began before: on to the next word.
            (none_before, one_before) = (0, 0);
            continue;
        }
        let places = typed.places(letter) << 1;
        let swapped = (places << 1) & places_before;
        let next_none = (none << 1) & places;
        let next_one = ((one << 1) & places) | none | (none << 1) | (next_none << 1) | ((none_before << 2) & swapped);
        let next_two = ((two << 1) & places) | one | (one << 1) | (next_one << 1) | ((one_before << 2) & swapped);
        (none_before, one_before) = (none, one);
        (none, one, two) = (next_none, next_one, next_two);
        places_before = places;
        let mistakes = if one & all != 0 {
            1
        } else if two & all != 0 {
            2
        } else {
            continue;
        };
        if mistakes > typed.mistakes {
            continue;
        }
        let is_whole = name.get(place + 1).is_none_or(|after| after & WORD != 0);
        // Three letters with a mistake are the beginning of too much.
        if length == 3 && !is_whole {
            continue;
        }
        let is_inside = place + 1 > length + mistakes as usize;
        let rank = if mistakes == 1 && place + 1 == name.len() && !is_inside {
            MISTAKEN_NAME
        } else {
            MISTAKE + ((4 * (mistakes - 1) + u32::from(!is_whole) + u32::from(is_inside)) << FINE)
        };
        best = best.min(fit(rank, name.len().abs_diff(length)));
    }
    best
}

/// The letters in their order, others between them.
pub(crate) fn scattered(name: &[Letter], typed: &Part) -> Fit {
    let mut wanted = typed.letters.iter();
    let Some(mut next) = wanted.next() else { return NOTHING };
    let mut rank = NOTHING;
    for (place, letter) in name.iter().enumerate() {
        if letter & super::fold::ALONE != *next {
            continue;
        }
        if rank == NOTHING {
            rank = if place == 0 { SCATTERED } else { SCATTERED_INSIDE + (u32::from(letter & PART == 0) << FINE) };
        }
        match wanted.next() {
            Some(letter) => next = letter,
            None => return fit(rank, place - typed.len().min(place)),
        }
    }
    NOTHING
}
