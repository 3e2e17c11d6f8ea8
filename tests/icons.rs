//! The apps' icons: when they are asked for, and which of them are kept.

#![allow(clippy::unwrap_used, reason = "a test that can not go on fails")]

mod common;

use common::{World, check, signed_in, signed_out};
use my_apps_sign_in::icons;
use proptest::prelude::*;

#[track_caller]
fn kept(icons: &str, expected: &str) {
    assert_eq!(icons::read(&format!(r#"{{"icons": {icons}}}"#)).unwrap(), expected, "{icons}");
}

#[test]
fn what_is_no_small_picture_is_left_out() {
    for url in [
        "7",
        "null",
        r#""""#,
        r#""https://tracker.test/pixel.png""#,
        // Only Microsoft's own list may say where a logo is.
        r#""https://aadcdn.msftauthimages.net/logo""#,
        r#""javascript:alert(1)""#,
        r#""data:image/svg+xml;base64,PHN2Zz4=""#,
        r#""data:text/html;base64,PGI+""#,
        r#""data:image/png,<svg>""#,
        r#""data:image/png;base64,a\" onerror=alert(1)""#,
        r#"" data:image/png;base64,iVBOR""#,
    ] {
        kept(&format!(r#"{{"crm": {url}}}"#), "{}");
    }
    let large = format!(r#"{{"crm": "data:image/png;base64,{}"}}"#, "A".repeat(44 * 1024));
    kept(&large, "{}");
    kept(r#"{"crm": "data:image/png;base64,iVBORw0KGgo=", "a": 7}"#, r#"{"crm":"data:image/png;base64,iVBORw0KGgo="}"#);
    kept(r#"{"crm": "data:image/webp;base64,UklGRg=="}"#, r#"{"crm":"data:image/webp;base64,UklGRg=="}"#);
}

#[test]
fn what_is_no_document_changes_nothing() {
    for document in ["", "[]", "{}", r#"{"icons": []}"#, r#"{"icons": null}"#, r#"{"apps": {}}"#] {
        assert_eq!(icons::read(document), None, "{document}");
    }
}

#[test]
fn they_come_with_a_new_list_to_the_worker() {
    check(World::popup(signed_in("anna")), "popup https://news.test/ > apps ok", "ask apps > ask worker for icons");
    check(World::popup(signed_in("anna")), "popup https://news.test/ > apps 304", "ask apps > -");
    check(World::worker(signed_in("anna")), "ask-icons", "ask icons");
    check(World::worker(signed_out()), "ask-icons", "-");
}

#[test]
fn what_did_not_come_is_asked_for_again_with_the_next_list() {
    for (answer, etag) in [
        ("unreachable", None),
        ("timeout", None),
        ("404", Some("e1")),
        ("500", None),
        ("429-after-120", None),
        ("401", None),
        ("ok", Some("e1")),
        ("garbage", Some("e1")),
    ] {
        let world = check(World::worker(signed_in("anna")), &format!("ask-icons > icons {answer}"), "ask icons > -");
        assert_eq!(world.state.memory.catalogue_tag.etag.as_deref(), etag, "{answer}");
        let session = world.state.memory.session.as_ref().unwrap();
        assert_eq!(session.is_patient(world.now), answer.starts_with("429"), "{answer}: the portal is left alone when it asks for it");
    }
}

proptest! {
    // Each has megabytes.
    #![proptest_config(ProptestConfig::with_cases(16))]
    #[test]
    fn never_more_than_there_is_room_for(sizes in prop::collection::vec(0_usize..44_000, 0..60)) {
        let icons: Vec<String> = sizes.iter().enumerate().map(|(app, size)| format!(r#""{app}":"data:image/png;base64,{}""#, "A".repeat(*size))).collect();
        let kept = icons::read(&format!(r#"{{"icons":{{{}}}}}"#, icons.join(","))).unwrap();
        prop_assert!(kept.len() <= 1024 * 1024 + 8 * sizes.len());
        prop_assert!(kept.len() + 44_100 >= icons.join(",").len().min(1024 * 1024));
    }
}

proptest! {
    #[test]
    fn nothing_makes_it_panic(document in ".{0,200}") {
        icons::read(&document);
    }
}
