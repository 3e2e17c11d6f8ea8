//! What Microsoft says when it refuses: a code that administrators know and can look up. Microsoft asks that no decision
//! depends on it, so it only chooses the sentence; what happens next follows from OAuth's own word for the error.

use crate::decimal::number;

/// The code that a description begins with, `AADSTS65001: …`.
pub fn code(description: &str) -> Option<u32> {
    let (code, _) = description.strip_prefix("AADSTS")?.split_once([':'])?;
    u32::try_from(number(code)?).ok()
}

/// Ranges of codes, first and last, and the sentence for them.
const SENTENCES: [(u32, u32, &str); 14] = [
    // Nobody consented, somebody declined, or only an administrator may.
    (65001, 65004, "entraConsent"),
    (90093, 90095, "entraConsent"),
    // Access is limited to people the app is assigned to.
    (50105, 50105, "entraNotAssigned"),
    // Conditional access: device, place, or a policy.
    (53000, 53011, "entraBlocked"),
    (50097, 50097, "entraBlocked"),
    (50131, 50131, "entraBlocked"),
    // Unknown app, redirect address of another kind, or not for this directory.
    (700_016, 700_025, "entraRegistration"),
    (50011, 50011, "entraRegistration"),
    (50194, 50194, "entraRegistration"),
    (500_113, 500_113, "entraRegistration"),
    (650_056, 650_056, "entraRegistration"),
    (7_000_218, 7_000_218, "entraRegistration"),
    (9_002_326, 9_002_327, "entraRegistration"),
    (90023, 90023, "entraRegistration"),
];

/// The sentence for a code; its value is the code.
pub fn sentence(code: u32) -> &'static str {
    SENTENCES.iter().find(|(first, last, _)| (*first..=*last).contains(&code)).map_or("entraRefused", |(_, _, sentence)| sentence)
}
