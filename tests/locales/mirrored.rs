//! Where people write from right to left, our pages are mirrored: nothing in the style sheets knows left from right.

use super::{check, texts};

/// A declaration's value that has four sides, of which the second is right and the fourth left.
fn has_sides(property: &str, value: &str) -> bool {
    let sided = ["margin", "padding", "inset", "border-width", "border-color", "border-style", "border-radius"].contains(&property);
    let sides: Vec<&str> = value.split_whitespace().collect();
    let corners = property == "border-radius" && sides.len() > 1;
    sided && (corners || (sides.len() == 4 && sides[1] != sides[3]))
}

#[test]
fn style_sheets_know_no_left_and_no_right() {
    let mut wrong = Vec::new();
    for (place, text) in texts("extension", ".css") {
        let mut bare = String::new();
        for piece in text.split("*/") {
            bare.push_str(piece.split("/*").next().unwrap_or_default());
        }
        for declaration in bare.split(['{', '}', ';']) {
            let words = || declaration.split(|letter: char| !letter.is_alphanumeric());
            let physical = words().any(|word| ["left", "right", "translateX", "scaleX", "skewX"].contains(&word));
            let (property, value) = declaration.split_once(':').unwrap_or_default();
            if physical || has_sides(property.trim(), value) {
                wrong.push(format!("{place}: {}", declaration.trim()));
            }
        }
    }
    check(&wrong);
}
