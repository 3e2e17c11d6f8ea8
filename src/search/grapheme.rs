//! Where a text may be cut so that no letter loses its diacritics and no picture a part. Rather too few places than a wrong
//! one: in alphabets that are rare here, whole words stay together.

/// Whether a cut between these two characters may part what is seen as one.
pub(crate) fn belong_together(before: char, after: char) -> bool {
    match (before, after) {
        ('\r', '\n') => true,
        // Marks above, below and around; joiners, variants, skin tones and tags.
        (_, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5c7}' | '\u{600}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}')
        | (_, '\u{200c}' | '\u{200d}' | '\u{20d0}'..='\u{20ff}' | '\u{3099}' | '\u{309a}' | '\u{ff9e}' | '\u{ff9f}')
        | (_, '\u{302a}'..='\u{302f}' | '\u{2cef}'..='\u{2d7f}' | '\u{2de0}'..='\u{2dff}' | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}' | '\u{fb1e}')
        | (_, '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0000}'..='\u{e0fff}')
        // What joins with the next.
        | ('\u{200d}' | '\u{600}'..='\u{605}' | '\u{6dd}' | '\u{70f}' | '\u{890}' | '\u{891}' | '\u{8e2}' | '\u{d4e}' | '\u{11000}'..='\u{11fff}', _)
        // Flags are pairs of letters of their own.
        | ('\u{1f1e6}'..='\u{1f1ff}', '\u{1f1e6}'..='\u{1f1ff}') => true,
        (before, after) => is_woven(after) && (!is_plain_indic(after) || (is_woven(before) && !is_plain_indic(before))),
    }
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
