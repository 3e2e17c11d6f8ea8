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

#[cfg(test)]
mod tests {
    use super::small;

    #[test]
    fn agrees_with_the_standard_library() {
        for letter in '\0'..=char::MAX {
            let known = letter.to_lowercase().next().unwrap();
            let ours = small(letter);
            assert!(ours == known || ours == letter, "{letter}: {ours} instead of {known}");
        }
    }

    #[test]
    fn knows_the_alphabets_it_promises() {
        for text in ["ABCXYZ", "ÄÖÜẞØÅÆŒŠŽŁŐİŸ", "ĂÂÎȘȚ", "ƠƯẠẢẤỆỘỮỸ", "ΆΈΉΊΌΎΏΑΣΩ", "АБЯЁЇІЄҐЎЂЈЉЊЋЏҚҢӘӨ", "ԱԲՖ", "ᲐᲑᲰ", "ＡＺ"] {
            let known: String = text.chars().filter_map(|letter| letter.to_lowercase().next()).collect();
            assert_eq!(text.chars().map(small).collect::<String>(), known);
        }
    }
}
