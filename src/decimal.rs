//! Whole numbers as people write them. The standard library writes them through its formatter and reads them once for each
//! type, which is 3 KB of the module.

/// The number in digits.
pub fn decimal(number: u64) -> String {
    let mut text = if number < 10 { String::new() } else { decimal(number / 10) };
    text.extend(char::from_digit((number % 10) as u32, 10));
    text
}

/// The number that the digits write; none if there is anything else, nothing, or too much.
pub fn number(digits: &str) -> Option<u64> {
    let mut number = 0_u64;
    for digit in digits.chars() {
        number = number.checked_mul(10)?.checked_add(digit.to_digit(10)?.into())?;
    }
    (!digits.is_empty()).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::{decimal, number};

    #[test]
    fn agrees_with_the_standard_library() {
        for value in [0, 7, 10, 99, 100, 65_535, 1_763_827_200_000, u64::MAX] {
            assert_eq!(decimal(value), value.to_string());
            assert_eq!(number(&value.to_string()), Some(value));
        }
        for text in ["", "+1", "-1", " 1", "1 ", "1.0", "1e3", "٣", "18446744073709551616", "99999999999999999999"] {
            assert_eq!(number(text), None, "{text}");
        }
    }
}
