//! What was typed while the keyboard was set to another alphabet: `ыдфсл` is slack, `jngecrf` is отпуска.

/// The keys from `q` to `/`, row by row, as each layout has them; a key without a letter there is a space.
const KEYS: &str = "qwertyuiop[]asdfghjkl;'zxcvbnm,.";
const LAYOUTS: [&str; 5] = [
    "йцукенгшщзхъфывапролджэячсмитьбю",
    "йцукенгшщзхїфівапролджєячсмитьбю",
    " ςερτυθιοπ  ασδφγηξκλ  ζχψωβνμ  ",
    "  קראטוןםפ  שדגכעיחלךף זסבהנמצתץ",
    "ضصثقفغعهخحجدشسيبلاتنمكطئءؤر ىةوز",
];

/// What the same keys mean on the other layouts: in Latin letters, or else in each of the other alphabets.
pub(crate) fn others(typed: &str) -> impl Iterator<Item = String> {
    let typed: Vec<char> = typed.trim().chars().map(crate::letter::plain).collect();
    let is_latin = typed.iter().all(char::is_ascii);
    LAYOUTS.into_iter().filter_map(move |layout| {
        let (from, to) = if is_latin { (KEYS, layout) } else { (layout, KEYS) };
        // Every letter has to be a key of this layout, or it was another.
        typed.iter().map(|letter| translate(*letter, from, to)).collect()
    })
}

fn translate(letter: char, from: &str, to: &str) -> Option<char> {
    if letter == ' ' || letter.is_ascii_digit() {
        return Some(letter);
    }
    // `σ` has a key, and `ς` has another; the alphabets' diacritics have none.
    let key = |plain: fn(char) -> char| from.chars().zip(to.chars()).find(|(key, _)| plain(*key) == letter);
    key(|key| key).or_else(|| key(crate::letter::plain)).map(|(_, other)| other).filter(|other| *other != ' ')
}
