//! Where a text may be cut so that no letter loses its diacritics and no picture a part. Rather too few places than a wrong
//! one: in alphabets that are rare here, whole words stay together. What stands alone for a text is its first letter, and no more.

/// Whether a cut between these two characters may part what is seen as one.
pub(crate) fn belong_together(before: char, after: char) -> bool {
    match (before, after) {
        ('\r', '\n') => true,
        (_, after) if is_sign(after) => true,
        // What joins with the next.
        ('\u{200d}' | '\u{600}'..='\u{605}' | '\u{6dd}' | '\u{70f}' | '\u{890}' | '\u{891}' | '\u{8e2}' | '\u{d4e}' | '\u{11000}'..='\u{11fff}', _)
        // Flags are pairs of letters of their own.
        | ('\u{1f1e6}'..='\u{1f1ff}', '\u{1f1e6}'..='\u{1f1ff}') => true,
        (before, after) => is_woven(after) && (!is_plain_indic(after) || (is_woven(before) && !is_plain_indic(before))),
    }
}

/// The first letter of a text as it is seen: with its signs, and of a picture all parts. In the alphabets that people here read.
pub(crate) fn first(text: &str) -> &str {
    let mut end = 0;
    let mut before = '\0';
    for (at, letter) in text.char_indices() {
        let belongs = match before {
            '\0' | '\u{200d}' => true,
            // Of several flags, the first.
            '\u{1f1e6}'..='\u{1f1ff}' if at == before.len_utf8() => is_sign(letter) || matches!(letter, '\u{1f1e6}'..='\u{1f1ff}'),
            // A consonant without a vowel of its own grows together with the next.
            '\u{94d}' => matches!(letter, '\u{900}'..='\u{97f}'),
            _ => is_sign(letter) || is_sign_of_india(letter),
        };
        if !belongs {
            break;
        }
        end = at + letter.len_utf8();
        before = letter;
    }
    text.get(..end).unwrap_or_default()
}

/// Marks above, below and around; joiners, variants, vowels and ends of Hangul, skin tones and tags. The first and the last of each.
const SIGNS: [[u32; 2]; 20] = [
    [0x300, 0x36f],
    [0x483, 0x489],
    [0x591, 0x5c7],
    [0x600, 0x61a],
    [0x64b, 0x65f],
    [0x670, 0x670],
    [0x6d6, 0x6ed],
    [0x1160, 0x11ff],
    [0x200c, 0x200d],
    [0x20d0, 0x20ff],
    [0x2cef, 0x2d7f],
    [0x2de0, 0x2dff],
    [0x302a, 0x302f],
    [0x3099, 0x309a],
    [0xfb1e, 0xfb1e],
    [0xfe00, 0xfe0f],
    [0xfe20, 0xfe2f],
    [0xff9e, 0xff9f],
    [0x1f3fb, 0x1f3ff],
    [0xe0000, 0xe0fff],
];

fn is_sign(letter: char) -> bool {
    SIGNS.iter().any(|[first, last]| (*first..=*last).contains(&letter.into()))
}

/// Signs around the letters of India and Thailand.
fn is_sign_of_india(letter: char) -> bool {
    ('\u{900}'..='\u{e4e}').contains(&letter) && !is_plain_indic(letter)
}

/// Alphabets whose letters grow together, and those that are rare.
fn is_woven(letter: char) -> bool {
    matches!(letter,
        '\u{700}'..='\u{109f}' | '\u{1100}'..='\u{11ff}' | '\u{1200}'..='\u{1cff}' | '\u{1dc0}'..='\u{1dff}' | '\u{a000}'..='\u{abff}'
        | '\u{ac00}'..='\u{d7ff}' | '\u{10000}'..='\u{1efff}')
        && !matches!(letter, 'ა'..='ჿ' | 'Ა'..='Ჿ')
}

/// Letters of India and Thailand, and Hangul syllables, that no sign follows or binds.
fn is_plain_indic(letter: char) -> bool {
    match letter {
        '가'..='힣' | 'ก'..='ะ' | 'า' | 'เ'..='ๆ' => true,
        '\u{900}'..='\u{d7f}' => matches!(u32::from(letter) % 128, 4..=0x39 | 0x3d | 0x50 | 0x58..=0x61 | 0x66..=0x70),
        _ => false,
    }
}
