//! A launch is a promise: one app, one tab, one minute, once.

use my_apps_sign_in::Millis;
use my_apps_sign_in::launch::{LAUNCH_LIFETIME, Launches};
use proptest::prelude::*;

const NOON: Millis = 1_800_000_000_000;

/// Launches `app` in tab 1 at noon; which app is promised to `tab` that much later?
#[track_caller]
fn check(tab: i32, later: Millis, expected: Option<&str>) {
    let mut launches = Launches::default();
    launches.promise(1, "crm", NOON);
    assert_eq!(launches.app_in(tab, NOON + later), expected);
}

#[test]
fn the_promise_ends_after_a_minute_and_is_for_one_tab() {
    check(2, 0, None);
    check(1, 60_000, None);
    check(1, 24 * 60 * 60 * 1000, None);
    check(1, 59_999, Some("crm"));
    check(1, 0, Some("crm"));
}

#[test]
fn the_promise_is_kept_once() {
    let mut launches = Launches::default();
    launches.promise(1, "crm", NOON);
    launches.promise(2, "wiki", NOON);
    for (tab, app, left) in [(1, "wiki", Some("crm")), (1, "crm", None)] {
        launches.fulfil(tab, app);
        assert_eq!((launches.app_in(1, NOON), launches.app_in(2, NOON)), (left, Some("wiki")), "{app}");
    }
    launches.cancel(2);
    assert_eq!(launches, Launches::default());
}

#[test]
fn a_second_launch_in_a_tab_replaces_the_first() {
    let mut launches = Launches::default();
    launches.promise(1, "crm", NOON);
    launches.promise(1, "wiki", NOON);
    assert_eq!(launches.app_in(1, NOON), Some("wiki"));
}

#[test]
fn a_clock_that_is_set_back_does_not_make_it_last() {
    let mut launches = Launches::default();
    launches.promise(1, "crm", NOON);
    let yesterday = NOON - 24 * 60 * 60 * 1000;
    assert_eq!(launches.app_in(1, yesterday), None, "the promise is from the future");
    launches.promise(2, "wiki", yesterday);
    assert_eq!((launches.app_in(1, NOON), launches.app_in(2, yesterday)), (None, Some("wiki")));
}

#[test]
fn the_end_of_time_is_no_problem() {
    let mut launches = Launches::default();
    launches.promise(1, "crm", Millis::MAX);
    assert_eq!(launches.app_in(2, Millis::MAX), None);
}

proptest! {
    #[test]
    fn only_the_last_promise_of_a_tab_holds_and_for_a_minute(steps in prop::collection::vec((0_i32..3, "[abc]", 0_u64..90_000, any::<bool>()), 0..30), asked in 0_u64..200_000) {
        let mut launches = Launches::default();
        let mut now = NOON;
        let mut last: [Option<(String, Millis)>; 3] = Default::default();
        for (tab, app, pause, cancelled) in steps {
            now += pause;
            let place = usize::try_from(tab).unwrap();
            if cancelled {
                launches.cancel(tab);
                last[place] = None;
            } else {
                launches.promise(tab, &app, now);
                last[place] = Some((app, now));
            }
        }
        for (tab, promised) in (0_i32..).zip(&last) {
            let expected = promised.as_ref().filter(|(_, since)| now + asked < since + LAUNCH_LIFETIME).map(|(app, _)| app.as_str());
            prop_assert_eq!(launches.app_in(tab, now + asked), expected);
        }
    }
}
