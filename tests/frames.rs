//! Frames: the page's own form, unless an administrator named one frame; then that one, in a page of the app, and no other.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that can not go on fails")]

mod common;

use std::rc::Rc;

use common::{World, signed_in};
use my_apps_sign_in::catalogue::Catalogue;
use my_apps_sign_in::host_access::HostAccess;
use my_apps_sign_in::memory::Memory;

const OPEN: &str = "popup https://crm.test/login";
const FRAME: &str = "https://sso.test";

/// Anna's app crm, whose form is in a frame of `frame`.
fn framed(frame: &str) -> Memory {
    let apps = format!(
        r#"{{"apps": [{{"id": "crm", "name": "crm", "mode": "password", "credential": "stored", "launch_url": "https://crm.test/login",
        "sign_on_rules": [{{"url": "https://crm.test/login"}}], "form": {{"frame_origin": "{frame}"}}}}]}}"#
    );
    Memory { catalogue: Rc::new(Catalogue::read(&apps).unwrap()), ..signed_in("anna") }
}

/// Tells the story after the popup opened over the app's page.
#[track_caller]
fn check(memory: Memory, story: &str, effects: &str, said: &str) {
    let mut world = World::popup(memory);
    world.tell(OPEN);
    assert_eq!((world.tell(story).as_str(), world.said().as_str()), (effects, said), "{story}");
}

#[test]
fn a_frame_that_nobody_named_gets_nothing() {
    // A form in a frame alone: the sentence says where it is.
    check(
        signed_in("anna"),
        "see d1 https://crm.test/login frame > after 8000 > waited > see d1 https://crm.test/login frame",
        "wait > - > look 1 > report refused crm foreign-frame, no badge",
        "formInFrame",
    );
    check(
        signed_in("anna"),
        "see-framed f1 https://crm.test/login https://sso.test/form framed",
        "report refused crm unsafe-page, no badge",
        "pageSandboxed",
    );
    check(
        signed_in("anna"),
        "see-framed f1 https://crm.test/login https://crm.test/login framed",
        "report refused crm unsafe-page, no badge",
        "pageSandboxed",
    );
}

#[test]
fn a_frame_of_another_origin_than_the_named_one_gets_nothing() {
    for frame in [
        "https://sso.test.evil.test/form",
        "https://sso.test:8443/form",
        "http://sso.test/form",
        "https://evil.test/form",
        "https://crm.test/login",
    ] {
        check(
            framed(FRAME),
            &format!("see-framed f1 https://crm.test/login {frame} framed"),
            "report refused crm unsafe-page, no badge",
            "pageSandboxed",
        );
    }
    check(
        framed("http://sso.test"),
        "see-framed f1 https://crm.test/login http://sso.test/form framed",
        "report refused crm unsafe-page, no badge",
        "pageSandboxed",
    );
    for nonsense in ["https://sso.test/", "*", "null", "sso.test", "https://*.sso.test"] {
        check(
            framed(nonsense),
            "see-framed f1 https://crm.test/login https://sso.test/form framed",
            "report refused crm unsafe-page, no badge",
            "pageSandboxed",
        );
    }
}

#[test]
fn the_named_frame_in_somebody_elses_page_gets_nothing() {
    for page in [
        "https://evil.test/login",
        "https://crm.test.evil.test/login",
        "http://crm.test/login",
        "https://crm.test/other",
        "https://sso.test/form",
    ] {
        check(framed(FRAME), &format!("see-framed f1 {page} https://sso.test/form framed"), "no badge", "pageMoved");
    }
}

#[test]
fn the_page_around_the_named_frame_gets_nothing() {
    // Without access to it, waiting for it would not help.
    check(framed(FRAME), "see d1 https://crm.test/login login", "no badge", "formInNamedFrame [TurnOnAutomatic]");
    let mut world = World::popup(framed(FRAME));
    world.state.granted = HostAccess::new(vec!["https://sso.test/*".into()]);
    world.tell(OPEN);
    let story = "see d1 https://crm.test/login login > after 8000 > waited > see d1 https://crm.test/login login";
    assert_eq!(world.tell(story), "wait > - > look 1 in https://sso.test > no badge");
    assert_eq!(world.said(), "formInNamedFrame [TurnOnAutomatic]");
}

#[test]
fn the_named_frame_is_filled_in_the_document_that_was_looked_at() {
    check(
        framed(FRAME),
        "see-framed f1 https://crm.test/login https://sso.test/form framed > credential ok > written submitted",
        "ask credential crm > write 1 f1 username+password > report submitted crm, no badge, wait",
        "done submitted",
    );
}

#[test]
fn access_is_asked_for_to_the_named_frame_too() {
    assert_eq!(framed(FRAME).catalogue.host_patterns(), ["https://crm.test/*", "https://sso.test/*"]);
    assert_eq!(framed("").catalogue.host_patterns(), ["https://crm.test/*"]);
    assert_eq!(framed("nonsense").catalogue.host_patterns(), ["https://crm.test/*"]);
}
