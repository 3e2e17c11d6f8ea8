//! A text inside of a text, looked for place by place. The standard library is quicker in long texts; ours are names and
//! addresses, and its searcher would add 2 KB to the module.

/// Whether the part stands anywhere in the text.
pub fn contains(text: &str, part: &str) -> bool {
    part.is_empty() || text.as_bytes().windows(part.len()).any(|window| window == part.as_bytes())
}

/// What stands before the first such part, and behind it.
pub fn split_once<'a>(text: &'a str, part: &str) -> Option<(&'a str, &'a str)> {
    let at = text.as_bytes().windows(part.len().max(1)).position(|window| window == part.as_bytes())?;
    Some((text.get(..at)?, text.get(at + part.len()..)?))
}

/// The text with every such part replaced, from the left.
pub fn replaced(text: &str, part: &str, by: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        match rest.strip_prefix(part) {
            Some(after) if !part.is_empty() => {
                result.push_str(by);
                rest = after;
            }
            _ => {
                result.push(letter);
                rest = rest.get(letter.len_utf8()..).unwrap_or_default();
            }
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::{contains, replaced, split_once};

    #[test]
    fn agrees_with_the_standard_library() {
        let texts = ["", "a", "rn", "corn", "rnrn", "rrn", "%2f%2F", "näher", "äöü", "aaa", "{id}{id", "日本語"];
        for text in texts {
            for part in texts {
                assert_eq!(contains(text, part), text.contains(part), "{text} {part}");
                if !part.is_empty() {
                    assert_eq!(split_once(text, part), text.split_once(part), "{text} {part}");
                    assert_eq!(replaced(text, part, "ö"), text.replace(part, "ö"), "{text} {part}");
                }
            }
        }
    }
}
