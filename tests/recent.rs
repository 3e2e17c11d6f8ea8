//! Recently Used: the last nine different apps, newest first.

use my_apps_sign_in::json;
use my_apps_sign_in::recent::{RECENT_APPS, Recent};
use proptest::prelude::*;

#[track_caller]
fn check(used: &str, expected: &str) {
    let mut recent = Recent::default();
    used.split_whitespace().for_each(|id| recent.used(id));
    assert_eq!(recent.ids().join(" "), expected, "{used}");
}

#[test]
fn a_tenth_pushes_the_oldest_out_and_a_repeat_pushes_nobody() {
    check("", "");
    check("a a a", "a");
    check("a b c", "c b a");
    check("a b c a", "a c b");
    check("a b c b b", "b c a");
    check("a b c d e f g h i", "i h g f e d c b a");
    check("a b c d e f g h i j", "j i h g f e d c b");
    check("a b c d e f g h i a", "a i h g f e d c b");
}

#[test]
fn a_stored_list_is_made_to_fit() {
    let read = |text: &str| json::read::<Recent>(text).map(|recent| recent.ids().join(" "));
    assert_eq!(read("7"), None);
    assert_eq!(read("[7]"), None);
    assert_eq!(read("{}"), None);
    assert_eq!(read(r#"["a", "a", "b", "a", "c", "d"]"#).as_deref(), Some("a b c d"));
    assert_eq!(read(r#"["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]"#).as_deref(), Some("1 2 3 4 5 6 7 8 9"));
    assert_eq!(read("[]").as_deref(), Some(""));
}

proptest! {
    #[test]
    fn at_most_nine_no_repeats_newest_first(used in prop::collection::vec("[a-m]", 0..40)) {
        let mut recent = Recent::default();
        for id in &used {
            recent.used(id);
        }
        let mut expected: Vec<String> = Vec::new();
        for id in used.iter().rev() {
            if !expected.contains(id) {
                expected.push(id.clone());
            }
        }
        expected.truncate(RECENT_APPS);
        prop_assert_eq!(recent.ids(), expected);
        prop_assert_eq!(json::read::<Recent>(&recent.write()), Some(recent));
    }
}
