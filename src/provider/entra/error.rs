//! What Microsoft says when it refuses: a code that administrators know and can look up. Microsoft asks that no decision
//! depends on it, so it only chooses the sentence; what happens next follows from OAuth's own word for the error.

use crate::decimal::number;

/// The first code in a text, `AADSTS65001: …`.
pub fn code(text: &str) -> Option<u32> {
    let place = text.as_bytes().windows(MARK.len()).position(|window| window == MARK.as_bytes())?;
    let rest = text.get(place + MARK.len()..)?;
    let digits = rest.split(|letter: char| !letter.is_ascii_digit()).next()?;
    u32::try_from(number(digits)?).ok()
}

const MARK: &str = "AADSTS";

/// The sentence for a code; its value is the code.
pub const fn sentence(code: u32) -> &'static str {
    match code {
        // Nobody consented, somebody declined, or only an administrator may.
        65001 | 65004 | 90093..=90095 => "entraConsent",
        // Access is limited to people the app is assigned to.
        50105 => "entraNotAssigned",
        // Conditional access: device, place, or a policy.
        53000..=53011 | 50097 | 50131 => "entraBlocked",
        // Unknown app, redirect address of another kind, or not for this directory.
        700_016 | 50011 | 500_113 | 650_056 | 700_025 | 7_000_218 | 9_002_326 | 9_002_327 | 90023 | 50194 => "entraRegistration",
        // A guest, a stranger, or somebody who may not sign in any more.
        50020 | 50034 | 50057 | 51004 | 90072 => "entraAccount",
        _ => "entraRefused",
    }
}
