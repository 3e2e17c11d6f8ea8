//! Text as search sees it: letters without case, diacritics and width, one after the other, each knowing whether a word
//! begins with it. It compares nothing.
//!
//! What some write in one way and some in another becomes the same: `ß` and `ss`, `æ` and `ae`, `&` and `and`, hiragana and
//! katakana, a Hangul syllable and the keys it is typed with.

use crate::letter::{is_part_of_word, plain, small};

/// A folded letter; the three highest bits say what begins with it. No character needs more than 21.
pub(crate) type Letter = u32;
/// A word begins here, after a space or another sign.
pub(crate) const WORD: Letter = 1 << 31;
/// A part of a word begins here: `Point` of SharePoint, `365` of Office365, a kanji after a kana.
pub(crate) const PART: Letter = 1 << 30;
/// A text of its own begins here: a keyword, the host, the description.
pub(crate) const FIELD: Letter = 1 << 29;
/// The letter alone.
pub(crate) const ALONE: Letter = FIELD - 1;

/// Katakana from `ｦ` to `ﾝ` in half width, as the full-width ones that they are folded to, counted from `゠`: small ones large, `ッ` as `ツ`.
#[rustfmt::skip]
const HALF_WIDTH: [u8; 56] = [
    82, 2, 4, 6, 8, 10, 68, 70, 72, 36, 92,
    2, 4, 6, 8, 10, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31, 33, 36, 38, 40,
    42, 43, 44, 45, 46, 47, 50, 53, 56, 59, 62, 63, 64, 65, 66, 68, 70, 72, 73, 74, 75, 76, 77, 79, 83,
];
/// The consonants that begin a Hangul syllable, and those that end it, by how far they are from `ㄱ`; both as keys are typed.
const FIRST: [u8; 19] = [0, 1, 3, 6, 7, 8, 16, 17, 18, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29];
const LAST: [u8; 27] = [0, 1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 19, 20, 21, 22, 23, 25, 26, 27, 28, 29];

/// What stood before a letter, as far as it matters for where words begin.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Nothing,
    Small,
    Capital,
    Digit,
    Kana,
    /// A character that stands for a syllable or more, each of which may begin a part.
    Syllable,
}

/// Where in a text a folded letter comes from: the byte its character begins at.
pub(crate) type Place = usize;

/// Folds a text, and calls back with every letter and where it stood.
pub(crate) fn fold(text: &str, take: &mut dyn FnMut(Letter, Place)) {
    let mut before = Kind::Nothing;
    let mut word = true;
    for (place, character) in text.char_indices() {
        // Most letters only go on with a word.
        if character.is_ascii_lowercase() && !word && matches!(before, Kind::Small | Kind::Capital) {
            take(character.into(), place);
            before = Kind::Small;
            continue;
        }
        if is_silent(character) {
            continue;
        }
        // `&` is a word, `C#` and `C++` are words of their own.
        let sign = matches!(character, '&' | '＆');
        if !sign && !matches!(character, '#' | '+' | '＃' | '＋') && !is_part_of_word(character) {
            // What an apostrophe joins stays one word: Moody's, l'office.
            word |= !matches!(character, '\'' | '’');
            before = Kind::Nothing;
            continue;
        }
        let kind = kind(character);
        // After one capital letter, small ones go on with the part that it began.
        let part = kind == Kind::Syllable || (kind != before && (before, kind) != (Kind::Capital, Kind::Small));
        // `and` is left out of initials: HS is Health & Safety.
        let mut flags = if sign {
            WORD
        } else if word {
            WORD | PART
        } else if part {
            PART
        } else {
            0
        };
        let mut letter = |letter: char| {
            take(u32::from(letter) | flags, place);
            flags = 0;
        };
        spell(character, &mut letter);
        word = sign;
        before = kind;
    }
}

/// The letters a character is folded to.
fn spell(character: char, letter: &mut dyn FnMut(char)) {
    if character.is_ascii() {
        if character == '&' {
            "and".chars().for_each(letter);
        } else {
            letter(character.to_ascii_lowercase());
        }
        return;
    }
    let code = u32::from(character);
    match small(character) {
        'ß' => "ss".chars().for_each(letter),
        'æ' => "ae".chars().for_each(letter),
        'œ' => "oe".chars().for_each(letter),
        'þ' => "th".chars().for_each(letter),
        'ĳ' => "ij".chars().for_each(letter),
        '\u{ff01}'..='\u{ff5e}' => spell(char::from_u32(code - 0xfee0).unwrap_or(character), letter),
        '\u{ff66}'..='\u{ff9d}' => {
            let distance = HALF_WIDTH.get((code - 0xff66) as usize).copied().unwrap_or_default();
            letter(char::from_u32(0x30a0 + u32::from(distance)).unwrap_or_default());
        }
        '가'..='힣' => hangul(code - 0xac00, letter),
        'ぁ'..='ヴ' => letter(kana(code)),
        'й' => letter('и'),
        'ї' => letter('і'),
        'ў' => letter('у'),
        'ґ' => letter('г'),
        'ى' | 'ی' => letter('ي'),
        'ة' => letter('ه'),
        'ک' => letter('ك'),
        // The forms that letters have at the end of a Hebrew word stand before the usual ones.
        'ך' | 'ם' | 'ן' | 'ף' | 'ץ' => letter(char::from_u32(code + 1).unwrap_or(character)),
        small => letter(plain(small)),
    }
}

/// A kana as the katakana of full size without its sound mark, which is a diacritic that many keyboards need a key more for.
fn kana(code: u32) -> char {
    let code = if code < 0x30a0 { code + 0x60 } else { code };
    let code = match code {
        // Small and large vowels take turns, the large one second; so do `カ` and `ガ`, the other way round.
        0x30a1..=0x30aa | 0x30e3..=0x30e8 => code + code % 2,
        0x30ab..=0x30c2 => code - (code + 1) % 2,
        0x30c3..=0x30c5 => 0x30c4,
        0x30c6..=0x30c9 => code - code % 2,
        0x30cf..=0x30dd => code - code % 3,
        0x30f4 => 0x30a6,
        _ => code,
    };
    char::from_u32(code).unwrap_or_default()
}

/// A Hangul syllable as the keys it is typed with, so that its beginning is found while it is being composed.
fn hangul(syllable: u32, letter: &mut dyn FnMut(char)) {
    let key = |distance: u32| char::from_u32(0x3131 + distance).unwrap_or_default();
    let (first, vowel, last) = (syllable / 588, syllable / 28 % 21, syllable % 28);
    let consonant = |keys: &[u8], place: u32| key(keys.get(place as usize).copied().unwrap_or_default().into());
    letter(consonant(&FIRST, first));
    letter(key(30 + vowel));
    if let Some(last) = last.checked_sub(1) {
        letter(consonant(&LAST, last));
    }
}

fn kind(character: char) -> Kind {
    match character {
        '0'..='9' => Kind::Digit,
        '\u{3040}'..='\u{30ff}' | '\u{ff66}'..='\u{ff9d}' => Kind::Kana,
        '\u{3400}'..='\u{9fff}' | '가'..='힣' => Kind::Syllable,
        // Signs that end a word go on with it.
        '#' | '+' => Kind::Small,
        _ if character.is_ascii() => {
            if character.is_ascii_uppercase() {
                Kind::Capital
            } else {
                Kind::Small
            }
        }
        _ if small(character) != character => Kind::Capital,
        _ => Kind::Small,
    }
}

/// Diacritics, vowel points, sound marks and signs without width: some write them, some do not.
fn is_silent(character: char) -> bool {
    matches!(character,
        '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5bd}' | '\u{5bf}'..='\u{5c7}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{640}'
        | '\u{200b}'..='\u{200f}' | '\u{3099}' | '\u{309a}' | '\u{fe00}'..='\u{fe0f}' | '\u{ff9e}' | '\u{ff9f}')
}
