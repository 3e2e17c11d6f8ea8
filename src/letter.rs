//! Letters of the alphabets that people name their apps in: the small one to a capital one, the plain one to one with diacritics,
//! and what belongs to a word at all.
//!
//! The standard library knows 1,400 capital letters, down to Deseret and Cherokee, and brings 11 KB of tables for them. Here
//! are the ranges of Latin, Greek, Cyrillic, Armenian, Georgian and the full-width forms of East Asia; all of them agree
//! with the standard library. A capital of another alphabet is found only as it is written.

/// First and last letter, how far apart the capitals stand, and how far the small letter is.
const RANGES: [(u16, u16, u16, i16); 35] = [
    (at('A'), at('Z'), 1, 32),
    (at('À'), at('Ö'), 1, 32),
    (at('Ø'), at('Þ'), 1, 32),
    (at('Ā'), at('Į'), 2, 1),
    (at('İ'), at('İ'), 1, -199),
    (at('Ĳ'), at('Ķ'), 2, 1),
    (at('Ĺ'), at('Ň'), 2, 1),
    (at('Ŋ'), at('Ŷ'), 2, 1),
    (at('Ÿ'), at('Ÿ'), 1, -121),
    (at('Ź'), at('Ž'), 2, 1),
    (at('Ơ'), at('Ƥ'), 2, 1),
    (at('Ư'), at('Ư'), 1, 1),
    (at('Ǎ'), at('Ǜ'), 2, 1),
    (at('Ǟ'), at('Ǯ'), 2, 1),
    (at('Ǹ'), at('Ȟ'), 2, 1),
    (at('Ȣ'), at('Ȳ'), 2, 1),
    (at('Ά'), at('Ά'), 1, 38),
    (at('Έ'), at('Ί'), 1, 37),
    (at('Ό'), at('Ό'), 1, 64),
    (at('Ύ'), at('Ώ'), 1, 63),
    (at('Α'), at('Ρ'), 1, 32),
    (at('Σ'), at('Ϋ'), 1, 32),
    (at('Ѐ'), at('Џ'), 1, 80),
    (at('А'), at('Я'), 1, 32),
    (at('Ѡ'), at('Ҁ'), 2, 1),
    (at('Ҋ'), at('Ҿ'), 2, 1),
    (at('Ӂ'), at('Ӎ'), 2, 1),
    (at('Ӏ'), at('Ӏ'), 1, 15),
    (at('Ӑ'), at('Ԯ'), 2, 1),
    (at('Ա'), at('Ֆ'), 1, 48),
    (at('Ა'), at('Ჺ'), 1, -3008),
    (at('Ḁ'), at('Ẕ'), 2, 1),
    (at('ẞ'), at('ẞ'), 1, -7615),
    (at('Ạ'), at('Ỿ'), 2, 1),
    (at('Ａ'), at('Ｚ'), 1, 32),
];

/// First and last small letter, and the letter under their diacritics. The capitals between them need no entry.
const BASES: [(u16, u16, char); 54] = [
    (at('à'), at('å'), 'a'),
    (at('ā'), at('ą'), 'a'),
    (at('ạ'), at('ặ'), 'a'),
    (at('ç'), at('ç'), 'c'),
    (at('ć'), at('č'), 'c'),
    (at('ď'), at('đ'), 'd'),
    (at('ð'), at('ð'), 'd'),
    (at('è'), at('ë'), 'e'),
    (at('ē'), at('ě'), 'e'),
    (at('ẹ'), at('ệ'), 'e'),
    (at('ĝ'), at('ģ'), 'g'),
    (at('ĥ'), at('ħ'), 'h'),
    (at('ì'), at('ï'), 'i'),
    (at('ĩ'), at('ı'), 'i'),
    (at('ỉ'), at('ị'), 'i'),
    (at('ĵ'), at('ĵ'), 'j'),
    (at('ķ'), at('ķ'), 'k'),
    (at('ĺ'), at('ł'), 'l'),
    (at('ñ'), at('ñ'), 'n'),
    (at('ń'), at('ň'), 'n'),
    (at('ò'), at('ö'), 'o'),
    (at('ø'), at('ø'), 'o'),
    (at('ō'), at('ő'), 'o'),
    (at('ơ'), at('ơ'), 'o'),
    (at('ọ'), at('ợ'), 'o'),
    (at('ŕ'), at('ř'), 'r'),
    (at('ś'), at('š'), 's'),
    (at('ș'), at('ș'), 's'),
    (at('ß'), at('ß'), 's'),
    (at('ţ'), at('ŧ'), 't'),
    (at('ț'), at('ț'), 't'),
    (at('ù'), at('ü'), 'u'),
    (at('ũ'), at('ų'), 'u'),
    (at('ư'), at('ư'), 'u'),
    (at('ụ'), at('ự'), 'u'),
    (at('ŵ'), at('ŵ'), 'w'),
    (at('ý'), at('ý'), 'y'),
    (at('ÿ'), at('ÿ'), 'y'),
    (at('ŷ'), at('ŷ'), 'y'),
    (at('ỳ'), at('ỹ'), 'y'),
    (at('ź'), at('ž'), 'z'),
    (at('ά'), at('ά'), 'α'),
    (at('έ'), at('έ'), 'ε'),
    (at('ή'), at('ή'), 'η'),
    (at('ί'), at('ί'), 'ι'),
    (at('ϊ'), at('ϊ'), 'ι'),
    (at('ό'), at('ό'), 'ο'),
    (at('ύ'), at('ύ'), 'υ'),
    (at('ϋ'), at('ϋ'), 'υ'),
    (at('ώ'), at('ώ'), 'ω'),
    (at('ς'), at('ς'), 'σ'),
    (at('ё'), at('ё'), 'е'),
    (at('آ'), at('أ'), 'ا'),
    (at('إ'), at('إ'), 'ا'),
];

/// A letter's place; all of these alphabets stand in the first 65,536.
const fn at(letter: char) -> u16 {
    letter as u16
}

/// The small letter, or the letter itself.
pub fn small(letter: char) -> char {
    let Ok(code) = u16::try_from(u32::from(letter)) else { return letter };
    let range = RANGES.iter().find(|(first, last, step, _)| (*first..=*last).contains(&code) && (code - first) % step == 0);
    range.and_then(|(_, _, _, distance)| char::from_u32(code.wrapping_add_signed(*distance).into())).unwrap_or(letter)
}

/// The small letter without its diacritics.
pub fn plain(letter: char) -> char {
    let letter = small(letter);
    let Ok(code) = u16::try_from(u32::from(letter)) else { return letter };
    BASES.iter().find(|(first, last, _)| (*first..=*last).contains(&code)).map_or(letter, |(_, _, base)| *base)
}

/// Whether it is only a diacritic, which some write as a letter of its own.
pub fn is_mark(letter: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&letter)
}

/// Whether a letter, digit or sign belongs to a word, rather than standing between two: everything but spaces, the
/// punctuation and symbols of Latin and of East Asia, and arrows, boxes and pictures.
pub fn is_part_of_word(letter: char) -> bool {
    match letter {
        '\0'..='\x7f' => letter.is_ascii_alphanumeric(),
        '\u{80}'..='\u{bf}' | '×' | '÷' | '\u{2000}'..='\u{206f}' | '\u{20a0}'..='\u{20cf}' | '\u{2190}'..='\u{245f}' => false,
        '\u{2500}'..='\u{2bff}' | '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}' | '・' | '\u{fe10}'..='\u{fe6f}' => false,
        '\u{ff00}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' | '\u{ff3b}'..='\u{ff40}' | '\u{ff5b}'..='\u{ff65}' => false,
        '\u{1f000}'..='\u{1faff}' => false,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::{is_part_of_word, small};

    #[test]
    fn agrees_with_the_standard_library() {
        for letter in '\0'..=char::MAX {
            let known = letter.to_lowercase().next().unwrap();
            let ours = small(letter);
            assert!(ours == known || ours == letter, "{letter}: {ours} instead of {known}");
        }
    }

    /// What the standard library calls a letter or digit is part of a word, but for a few signs that look like letters.
    #[test]
    fn words_are_those_of_the_standard_library() {
        for letter in ('\0'..=char::MAX).filter(|letter| letter.is_alphanumeric() && !is_part_of_word(*letter)) {
            assert!(
                matches!(letter, 'ª' | '²' | '³' | 'µ' | '¹' | 'º' | '¼'..='¾' | 'Ⓐ'..='⓿' | '❶'..='➓' | '\u{1f100}'..='\u{1f189}'),
                "{letter:?}"
            );
        }
        for letter in " -–—_.,:;!?/|\\()[]{}<>«»“”„'’\"&+=*#@§©®€£¥→•…　、。・「」（）！？：🎉📧".chars()
        {
            assert!(!is_part_of_word(letter), "{letter:?}");
        }
    }

    #[test]
    fn knows_the_alphabets_it_promises() {
        for text in ["ABCXYZ", "ÄÖÜẞØÅÆŒŠŽŁŐİŸ", "ĂÂÎȘȚ", "ƠƯẠẢẤỆỘỮỸ", "ΆΈΉΊΌΎΏΑΣΩ", "АБЯЁЇІЄҐЎЂЈЉЊЋЏҚҢӘӨ", "ԱԲՖ", "ᲐᲑᲰ", "ＡＺ"]
        {
            let known: String = text.chars().filter_map(|letter| letter.to_lowercase().next()).collect();
            assert_eq!(text.chars().map(small).collect::<String>(), known);
        }
    }
}
