//! Text of a portal's or a person's, made harmless for a list.

/// The text without control and direction-changing characters, its white space collapsed, cut after so many characters.
pub(crate) fn plain_text(text: &str, longest: usize) -> String {
    let mut plain = String::new();
    let (mut length, mut is_apart) = (0, false);
    for letter in text.chars() {
        if is_hidden(letter) && (is_apart || !joins(letter, &plain)) {
            continue;
        }
        if letter.is_whitespace() {
            is_apart = length > 0;
            continue;
        }
        length += 1 + usize::from(is_apart);
        if length > longest {
            break;
        }
        if is_apart {
            plain.push(' ');
        }
        plain.push(letter);
        is_apart = false;
    }
    plain
}

/// Whether it says how what is before it goes together with what follows: in scripts from Hebrew on, and in pictures of several.
fn joins(letter: char, before: &str) -> bool {
    matches!(letter, '\u{200c}' | '\u{200d}') && before.ends_with(|before| before >= '\u{590}' && !is_hidden(before))
}

/// Unicode's bidirectional controls, characters without width, and controls that are no white space.
fn is_hidden(letter: char) -> bool {
    (letter.is_control() && !letter.is_whitespace())
        || matches!(letter, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}
