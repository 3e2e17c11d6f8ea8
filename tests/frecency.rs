//! What was launched often and lately, and how that fades.

#![allow(clippy::unwrap_used, reason = "a test that can not go on fails")]

use my_apps_sign_in::Millis;
use my_apps_sign_in::frecency::Frecency;
use my_apps_sign_in::json;
use proptest::prelude::*;

const DAY: Millis = 24 * 60 * 60 * 1000;

/// `app@day` for each launch.
fn told(story: &str) -> Frecency {
    let mut frecency = Frecency::default();
    for launch in story.split_whitespace() {
        let (app, day) = launch.split_once('@').unwrap();
        frecency.launched(app, day.parse::<Millis>().unwrap() * DAY);
    }
    frecency
}

/// Launches, a day, and the scores of `a` and `b` then.
#[track_caller]
fn check(story: &str, day: Millis, expected: (u32, u32)) {
    let frecency = told(story);
    assert_eq!((frecency.score("a", day * DAY), frecency.score("b", day * DAY)), expected, "{story}");
}

#[test]
fn what_was_never_launched_counts_nothing() {
    check("", 0, (0, 0));
    check("c@1", 1, (0, 0));
}

#[test]
fn a_launch_halves_in_ten_days() {
    check("a@0", 0, (1024, 0));
    check("a@0", 5, (768, 0));
    check("a@0", 10, (512, 0));
    check("a@0", 20, (256, 0));
    check("a@0", 200, (0, 0));
    check("a@0", 1_000_000, (0, 0));
}

#[test]
fn often_and_lately_are_weighed() {
    check("a@0 a@0 a@0 b@10", 10, (1536, 1024));
    check("a@0 b@10", 10, (512, 1024));
    check("a@0 a@10", 10, (1536, 0));
}

#[test]
fn a_clock_that_was_set_back_costs_nothing() {
    check("a@100", 1, (1024, 0));
    check("a@100 a@1", 1, (2048, 0));
}

#[test]
fn it_is_bounded() {
    check(&"a@1 ".repeat(1000), 1, (64 * 1024, 0));
    let mut frecency = told("a@1 a@1 b@1");
    for number in 0..400 {
        frecency.launched(&format!("app-{number}"), 2 * DAY);
    }
    assert!(frecency.score("a", 2 * DAY) > 0 && frecency.score("b", 2 * DAY) == 0);
    assert_eq!(json::parse(&frecency.write()).unwrap().as_list().unwrap().len(), 200);
}

#[test]
fn what_cannot_be_read_counts_as_absent() {
    for text in [
        "",
        "{}",
        "[1]",
        r#"[{"app": "a"}]"#,
        r#"[{"app": "b", "score": 1, "at": 1}, {"app": "a", "score": 1, "at": 1}]"#,
        r#"[{"app": "a", "score": -1, "at": 1}]"#,
    ] {
        assert_eq!(json::read::<Frecency>(text), None, "{text}");
    }
    let read = json::read::<Frecency>(r#"[{"app": "a", "score": 4000000000, "at": 0}]"#).unwrap();
    assert_eq!(read.score("a", 0), 64 * 1024);
}

proptest! {
    #[test]
    fn it_is_read_as_it_was_written_and_only_fades(launches in prop::collection::vec(("[a-d]{1,2}", 0_u64..100), 0..40), day in 100_u64..300) {
        let mut frecency = Frecency::default();
        for (app, day) in &launches {
            frecency.launched(app, day * DAY);
        }
        prop_assert_eq!(json::read::<Frecency>(&frecency.write()), Some(frecency.clone()));
        for (app, _) in &launches {
            prop_assert!(frecency.score(app, (day + 1) * DAY) <= frecency.score(app, day * DAY));
        }
    }
}
