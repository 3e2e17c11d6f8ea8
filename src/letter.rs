//! The small letter to a capital one, for the alphabets that people name their apps in.
//!
//! The standard library knows 1,400 capital letters, down to Deseret and Cherokee, and brings 11 KB of tables for them. Here
//! are the ranges of Latin, Greek, Cyrillic, Armenian, Georgian and the full-width forms of East Asia; all of them agree
//! with the standard library. A capital of another alphabet is found only as it is written.

/// First and last letter, how far apart the capitals stand, and how far the small letter is.
const RANGES: [(char, char, u32, i32); 35] = [
    ('A', 'Z', 1, 32),
    ('À', 'Ö', 1, 32),
    ('Ø', 'Þ', 1, 32),
    ('Ā', 'Į', 2, 1),
    ('İ', 'İ', 1, -199),
    ('Ĳ', 'Ķ', 2, 1),
    ('Ĺ', 'Ň', 2, 1),
    ('Ŋ', 'Ŷ', 2, 1),
    ('Ÿ', 'Ÿ', 1, -121),
    ('Ź', 'Ž', 2, 1),
    ('Ơ', 'Ƥ', 2, 1),
    ('Ư', 'Ư', 1, 1),
    ('Ǎ', 'Ǜ', 2, 1),
    ('Ǟ', 'Ǯ', 2, 1),
    ('Ǹ', 'Ȟ', 2, 1),
    ('Ȣ', 'Ȳ', 2, 1),
    ('Ά', 'Ά', 1, 38),
    ('Έ', 'Ί', 1, 37),
    ('Ό', 'Ό', 1, 64),
    ('Ύ', 'Ώ', 1, 63),
    ('Α', 'Ρ', 1, 32),
    ('Σ', 'Ϋ', 1, 32),
    ('Ѐ', 'Џ', 1, 80),
    ('А', 'Я', 1, 32),
    ('Ѡ', 'Ҁ', 2, 1),
    ('Ҋ', 'Ҿ', 2, 1),
    ('Ӂ', 'Ӎ', 2, 1),
    ('Ӏ', 'Ӏ', 1, 15),
    ('Ӑ', 'Ԯ', 2, 1),
    ('Ա', 'Ֆ', 1, 48),
    ('Ა', 'Ჺ', 1, -3008),
    ('Ḁ', 'Ẕ', 2, 1),
    ('ẞ', 'ẞ', 1, -7615),
    ('Ạ', 'Ỿ', 2, 1),
    ('Ａ', 'Ｚ', 1, 32),
];

/// The small letter, or the letter itself.
pub fn small(letter: char) -> char {
    let code = u32::from(letter);
    let range = RANGES.iter().find(|(first, last, step, _)| (*first..=*last).contains(&letter) && (code - u32::from(*first)) % step == 0);
    range.and_then(|(_, _, _, distance)| char::from_u32(code.wrapping_add_signed(*distance))).unwrap_or(letter)
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
