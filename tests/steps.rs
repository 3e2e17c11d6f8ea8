//! Forms that are described in several steps, in any order and on any number of pages: each step is filled once, what comes
//! back is said for what it is, and a password is never blamed for another field.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that can not go on fails")]

mod common;

use std::rc::Rc;

use common::{NOON, World, described_apps_document, signed_in, through_storage};
use my_apps_sign_in::catalogue::Catalogue;
use my_apps_sign_in::memory::Memory;

const OPEN: &str = "popup https://crm.test/login";
const FIRST: &str = "see d1 https://crm.test/login company > credential ok > written submitted > waited";
/// The second page, by the name of its form.
fn then(document: &str, form: &str) -> String {
    format!("see {document} https://crm.test/login/2 {form}")
}
const DONE: &str = "credential ok > written submitted";

/// Anna, whose CRM has a form of these steps.
fn described(steps: &str) -> Memory {
    let catalogue = Catalogue::read(&described_apps_document("anna", "crm", steps)).unwrap();
    Memory { catalogue: Rc::new(catalogue), ..signed_in("anna") }
}

/// The company's page, then the one for user name and password.
fn company_first() -> Memory {
    described("company-id user-name+password")
}

/// What follows in a popup over the sign-on page, and what it says in the end.
#[track_caller]
fn check(memory: Memory, story: &str, effects: &str, said: &str) -> Memory {
    let mut world = World::popup(memory);
    assert_eq!(world.tell(OPEN), "look 1, ask apps");
    assert_eq!((world.tell(story).as_str(), world.said().as_str()), (effects, said), "{story}");
    world.state.memory
}

/// The same in the worker, after a launch.
#[track_caller]
fn launched(memory: Memory, story: &str, effects: &str) -> Memory {
    let mut world = World::worker(memory);
    assert_eq!(world.tell("launched crm > arrive https://crm.test/login"), "- > badge passwordAvailable, look 1");
    assert_eq!(world.tell(story), effects, "{story}");
    world.state.memory
}

const COMPANY: &str = "ask credential crm > write 1 d1 company-id > wait > look 1";

#[test]
fn a_step_that_comes_back_is_not_sent_again_and_no_password_is_blamed() {
    let back = then("d2", "company");
    let told = format!("{COMPANY} > report refused crm wrong-value, no badge");
    let memory = check(company_first(), &format!("{FIRST} > {back}"), &told, "fieldNotTaken");
    launched(company_first(), &format!("{FIRST} > {back}"), &told);
    // The person knows now, and gets what they click for.
    check(through_storage(&memory), &back, "ask credential crm", "");
    // In the same document, it may still become the next one for a while.
    let same = "see d1 https://crm.test/login company";
    let waits = format!("{FIRST} > {same} > after 8000 > waited > {same}");
    check(company_first(), &waits, &format!("{COMPANY} > wait > - > look 1 > report refused crm wrong-value, no badge"), "fieldNotTaken");
}

#[test]
fn a_click_once_more_knows_what_was_sent_by_the_one_before() {
    let first = check(company_first(), &format!("{FIRST} > no-access"), &format!("{COMPANY} > no badge"), "clickOnceMore");
    let memory = through_storage(&first);
    check(memory.clone(), &then("d2", "company"), "report refused crm wrong-value, no badge", "fieldNotTaken");
    check(
        memory,
        &format!("{} > {DONE}", then("d2", "login")),
        "ask credential crm > write 1 d2 username+password > report submitted crm, no badge, wait",
        "done submitted",
    );
}

#[test]
fn what_a_later_step_needs_and_nobody_stored_is_said() {
    let story = |form: &str| format!("see d1 https://crm.test/login {form} > credential password-only");
    let refused = "ask credential crm > report refused crm no-credential, no badge";
    check(company_first(), &story("company"), refused, "fieldNotStored [EnterPassword(crm)]");
    check(company_first(), &story("login"), refused, "fieldNotStored [EnterPassword(crm)]");
    // Where nobody described a field, it is the user name or the password.
    check(signed_in("anna"), &story("login"), refused, "noPasswordStored [EnterPassword(crm)]");
}

#[test]
fn a_step_after_the_password_that_comes_back_is_not_the_passwords_fault() {
    let memory = described("user-name+password branch");
    let login = "see d1 https://crm.test/login login > credential ok > written submitted > waited";
    let sent = "ask credential crm > write 1 d1 username+password > report submitted crm, no badge, wait > look 1";
    let on = format!("{login} > {} > {DONE} > waited", then("d2", "branch"));
    let gone_on = format!("{sent} > ask credential crm > write 1 d2 branch > wait > look 1");
    let back = check(
        memory.clone(),
        &format!("{on} > {}", then("d3", "branch")),
        &format!("{gone_on} > report refused crm wrong-value"),
        "fieldNotTaken",
    );
    check(through_storage(&back), &then("d3", "branch"), "ask credential crm", "");
    // The first form is there again instead.
    let told = format!("{gone_on} > report refused crm wrong-password");
    check(memory.clone(), &format!("{on} > {}", then("d3", "login")), &told, "passwordAskedAgain [EnterPassword(crm)]");
    let asked = format!("{sent} > report refused crm wrong-password");
    check(memory, &format!("{login} > {}", then("d2", "login")), &asked, "passwordAskedAgain [EnterPassword(crm)]");
}

#[test]
fn a_page_with_something_new_beside_a_password_that_was_sent_gets_neither() {
    let login = "see d1 https://crm.test/login login > credential ok > written submitted > waited";
    check(
        described("branch+password user-name+password"),
        &format!("{login} > {}", then("d2", "branch-password")),
        "ask credential crm > write 1 d1 username+password > report submitted crm, no badge, wait > look 1 > report refused crm wrong-password",
        "passwordAskedAgain [EnterPassword(crm)]",
    );
}

#[test]
fn the_companys_page_that_is_there_again_after_the_password_is_not_filled_again() {
    let story = format!("{FIRST} > {} > {DONE} > waited > {}", then("d2", "login"), then("d3", "company"));
    check(
        company_first(),
        &story,
        &format!(
            "{COMPANY} > ask credential crm > write 1 d2 username+password > report submitted crm, no badge, wait > look 1 > report refused crm wrong-password"
        ),
        "passwordAskedAgain [EnterPassword(crm)]",
    );
}

#[test]
fn any_order_on_any_number_of_pages_is_filled_by_one_click_or_launch() {
    // Steps, pages, and the page with which the work is done as far as is known, counted from one.
    for (steps, pages, done) in [
        ("company-id user-name+password", "company login", 2),
        ("company-id user-name password", "company user password", 3),
        ("user-name company-id password", "user company password", 3),
        ("user-name+password branch", "login branch", 1),
        ("company-id user-name+password branch", "company login branch", 2),
        // The description ends, and judgement goes on.
        ("company-id", "company login", 1),
        ("company-id branch", "company branch login", 2),
        ("company-id user-name", "company user password", 3),
    ] {
        let written = |page: &str| {
            match page {
                "company" => "company-id",
                "login" => "username+password",
                "user" => "username",
                other => other,
            }
            .to_owned()
        };
        for documents in [["d1", "d1", "d1"], ["d1", "d2", "d3"]] {
            let (mut story, mut effects) = (Vec::new(), Vec::new());
            for ((page, document), place) in pages.split(' ').zip(documents).zip(1..) {
                story.push(format!("see {document} https://crm.test/login {page} > {DONE} > waited"));
                // What is judged where there is a description is told to the portal.
                let changed = if steps.contains(&page.replace("login", "password")) || page == "company" { "" } else { " form-changed" };
                let told = if place == done { format!("report submitted crm{changed}, no badge, ") } else { String::new() };
                effects.push(format!("ask credential crm > write 1 {document} {} > {told}wait > look 1", written(page)));
            }
            let (story, effects) = (story.join(" > "), effects.join(" > "));
            check(described(steps), &story, &effects, "done submitted");
            launched(described(steps), &story, &effects);
        }
    }
}

#[test]
fn a_step_that_stays_where_it_is_gives_way_to_the_next_under_it() {
    let story = format!("see d1 https://crm.test/login company > {DONE} > waited > see d1 https://crm.test/login company-login > {DONE}");
    let effects = format!("{COMPANY} > ask credential crm > write 1 d1 username+password > report submitted crm, no badge, wait");
    check(company_first(), &story, &effects, "done submitted");
}

#[test]
fn a_secret_of_another_name_before_the_password_is_no_password() {
    let story = format!("see d1 https://crm.test/login company-secret > {DONE} > waited > {} > {DONE} > waited", then("d2", "login"));
    let on = "ask credential crm > write 1 d1 company-secret > report submitted crm, no badge, wait > look 1 > ask credential crm > write 1 d2 username+password > wait > look 1";
    let steps = "company-secret user-name+password";
    check(described(steps), &story, on, "done submitted");
    let back = format!("{story} > {}", then("d3", "company-secret"));
    check(described(steps), &back, &format!("{on} > report refused crm wrong-password"), "passwordAskedAgain [EnterPassword(crm)]");
}

#[test]
fn a_worker_that_died_between_the_steps_goes_on_and_does_not_repeat_one() {
    let first = launched(company_first(), FIRST, COMPANY);
    let second = |page: &str, effects: &str| {
        let mut world = World::worker(through_storage(&first));
        world.now = NOON + 4_000;
        assert_eq!(
            world.tell(&format!("arrive https://crm.test/login/2 > {page}")),
            format!("badge passwordAvailable, look 1 > {effects}")
        );
    };
    second(&then("d2", "company"), "report refused crm wrong-value, no badge");
    second(&format!("{} > credential ok", then("d2", "login")), "ask credential crm > write 1 d2 username+password");
}

#[test]
fn nobody_goes_on_where_nobody_clicked() {
    let memory = described("user-name+password branch");
    let login = "see d1 https://crm.test/login login > credential ok > written submitted";
    let sent =
        check(memory, login, "ask credential crm > write 1 d1 username+password > report submitted crm, no badge, wait", "done submitted");
    // The popup was closed, and the next page arrives.
    let mut worker = World::worker(through_storage(&sent));
    let told = worker.tell(&format!("arrive https://crm.test/login/2 > {}", then("d2", "branch")));
    assert_eq!(told, "badge passwordAvailable, look 1 > -");
    // Of a step without a password there is nothing to hear.
    let company = check(company_first(), FIRST, COMPANY, "");
    assert_eq!(World::worker(through_storage(&company)).tell("arrive https://crm.test/login/2"), "badge passwordAvailable");
    // A click goes on.
    check(through_storage(&sent), &then("d2", "branch"), "ask credential crm", "");
}

#[test]
fn who_launches_once_more_in_the_same_tab_begins_anew() {
    let first = launched(company_first(), FIRST, COMPANY);
    launched(through_storage(&first), "see d2 https://crm.test/login company", "ask credential crm");
}

#[test]
fn who_sends_the_steps_themselves_clicks_for_each() {
    let mut memory = company_first();
    memory.settings.submits = false;
    let first = check(
        memory,
        "see d1 https://crm.test/login company > credential ok > written filled",
        "ask credential crm > write 1 d1 company-id > report filled crm, no badge",
        "filledOnly",
    );
    check(
        through_storage(&first),
        "see d1 https://crm.test/login login > credential ok",
        "ask credential crm > write 1 d1 username+password",
        "",
    );
}
