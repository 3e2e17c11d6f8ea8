//! No document is filled twice by itself, whichever context did it; where nothing was left, the next click fills.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that can not go on fails")]

mod common;

use common::{World, signed_in, through_storage};

const OPEN: &str = "popup https://crm.test/login";
const SEE: &str = "see d1 https://crm.test/login login";

#[test]
fn what_is_filled_already_is_not_filled_by_itself() {
    let mut first = World::popup(signed_in("anna"));
    first.tell(&format!("{OPEN} > {SEE} > credential ok"));
    // The context dies before it hears what became of it.
    let mut second = World::popup(through_storage(&first.state.memory));
    second.tell(&format!("{OPEN} > {SEE}"));
    assert_eq!(second.said(), "alreadyFilled [FillAgain(crm)]");
    assert_eq!(
        second.tell(&format!("press FillAgain crm > {SEE} > credential ok")),
        "look 1 > ask credential crm > write 1 d1 username+password"
    );
    let mut third = World::popup(second.state.memory.clone());
    assert_eq!(
        third.tell(&format!("{OPEN} > see d2 https://crm.test/login login")),
        "look 1, ask apps > ask credential crm",
        "another document is another page"
    );
}

#[test]
fn where_nothing_was_left_the_next_click_fills() {
    for (outcome, next) in [
        // It was written, and holds it while its button was waited for.
        ("waiting > waited > written no-access", "no badge"),
        ("changed", "ask credential crm"),
        ("moved", "ask credential crm"),
        ("no-access", "ask credential crm"),
        ("too-long", "ask credential crm"),
        // The person's to send; or it may have been sent.
        ("filled", "no badge"),
        ("gone", "no badge"),
    ] {
        let mut first = World::popup(signed_in("anna"));
        first.tell(&format!("{OPEN} > {SEE} > credential ok > written {outcome}"));
        let mut second = World::popup(through_storage(&first.state.memory));
        second.tell(OPEN);
        assert_eq!(second.tell(SEE), next, "{outcome}");
    }
}

#[test]
fn two_contexts_fill_a_document_once() {
    // The launch's worker and the popup both asked before either wrote.
    let mut memory = signed_in("anna");
    memory.launches.promise(1, "crm", common::NOON);
    let mut worker = World::worker(memory.clone());
    worker.tell(&format!("arrive https://crm.test/login > {SEE}"));
    let mut popup = World::popup(memory);
    popup.tell(&format!("{OPEN} > {SEE}"));
    assert_eq!(worker.tell("credential ok"), "write 1 d1 username+password");
    popup.state.memory = through_storage(&worker.state.memory);
    let told = popup.tell("credential ok");
    assert!(!told.contains("write"), "{told}");
    assert_eq!(popup.said(), "alreadyFilled [FillAgain(crm)]");
}
