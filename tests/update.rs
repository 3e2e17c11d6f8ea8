//! Whole stories from the first event to the last: what the person does, what the browser reports, and what follows.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that can not go on fails")]

mod common;

use common::{EIGHT_HOURS, NOON, World, check, expired, signed_in, signed_out, through_storage, traces};
use my_apps_sign_in::memory::{Memory, Standing};
use my_apps_sign_in::state::Screen;

const CRM: &str = "https://crm.test/login";

// ---- the popup ----------------------------------------------------------------------------------------------------------

#[test]
fn a_click_on_a_sign_on_page_fills_it() {
    let world = check(
        World::popup(signed_in("anna")),
        "popup https://crm.test/login > see d1 https://crm.test/login login > credential ok > written submitted > apps 304",
        "look 1, ask apps > ask credential crm > write 1 d1 username+password > report submitted crm, no badge, wait > -",
    );
    assert_eq!(world.state.memory.recent.ids(), ["crm"]);
}

#[test]
fn a_click_elsewhere_shows_the_menu_and_looks_at_nothing() {
    for page in [
        "https://evil.test/login",
        "https://crm.test/",
        "https://hr.test/start",
        "about:blank",
        "chrome://settings",
        "file:///etc/passwd",
        "view-source:https://crm.test/login",
        "",
    ] {
        let world = check(World::popup(signed_in("anna")), &format!("popup {page}"), "ask apps");
        assert_eq!(world.said(), "", "{page}");
    }
    for (page, said) in [
        ("https://payroll.test/login", "appNotAssigned"),
        ("https://crm.test:8443/login", "otherOrigin"),
        ("https://crm.test/login-help", "otherPath"),
        ("https://crm.test.evil.test/login", "lookAlike"),
    ] {
        assert_eq!(check(World::popup(signed_in("anna")), &format!("popup {page}"), "ask apps").said(), said);
    }
}

#[test]
fn two_accounts_on_one_page_are_asked_about() {
    let world = check(
        World::popup(signed_in("anna")),
        "popup https://mail.test/sign-in > select team > see d1 https://mail.test/sign-in login",
        "ask apps > look 1 > ask credential team",
    );
    assert_eq!(world.said(), "");
    assert_eq!(check(World::popup(signed_in("anna")), "popup https://mail.test/sign-in", "ask apps").said(), "choice mail team");
    // The menu after it begins at its first row: Enter opens nothing that nobody chose.
    for way in ["press Back", "select team"] {
        let mut world = World::popup(signed_in("anna"));
        world.tell(&format!("popup https://mail.test/sign-in > down > {way}"));
        let Screen::Popup(popup) = &world.state.screen else { panic!("a popup") };
        assert_eq!(popup.selected, 0, "{way}");
    }
    // Another app than the ones in question is opened, not filled.
    check(World::popup(signed_in("anna")), "popup https://mail.test/sign-in > select crm", "ask apps > launch crm");
    // A launch says which one is meant.
    let mut launched = signed_in("anna");
    launched.launches.promise(1, "team", NOON);
    check(
        World::popup(launched),
        "popup https://mail.test/sign-in > see d1 https://mail.test/sign-in login",
        "look 1, ask apps > ask credential team",
    );
}

#[test]
fn a_private_window_is_left_alone() {
    let world = check(World::popup(signed_in("anna")), "popup-private https://crm.test/login > changed", "- > -");
    assert_eq!(world.said(), "privateWindow");
}

#[test]
fn the_first_list_is_followed_by_a_look_at_the_page() {
    let mut memory = signed_in("anna");
    memory.catalogue = Default::default();
    memory.catalogue_tag = Default::default();
    check(World::popup(memory), "popup https://crm.test/login > apps ok", "ask apps > look 1, ask worker for icons, lights 4");
}

#[test]
fn a_list_that_cannot_be_had_leaves_the_old_one() {
    for (answer, said) in
        [("500", "portalFailed [Refresh]"), ("unreachable", "portalUnreachable [Refresh]"), ("garbage", "portalMalformed [Refresh]")]
    {
        let world = check(World::popup(signed_in("anna")), &format!("popup https://evil.test/ > apps {answer}"), "ask apps > -");
        assert_eq!((world.said().as_str(), world.state.memory.catalogue.apps.len()), (said, 6));
    }
    let world = check(World::popup(signed_in("anna")), "popup https://evil.test/ > apps 500 > press Refresh", "ask apps > - > ask apps");
    assert_eq!(world.said(), "");
}

#[test]
fn apps_are_opened_and_remembered() {
    let world = check(
        World::popup(signed_in("anna")),
        "popup https://evil.test/ > select crm > select hr > select nobody > select wiki > select crm > select bank",
        "ask apps > launch crm > launch hr > - > launch wiki > launch crm > launch bank",
    );
    assert_eq!(world.state.memory.recent.ids(), ["bank", "crm", "wiki", "hr"]);
    check(World::popup(expired("anna")), "select crm", "-");
    check(World::popup(signed_out()), "select crm", "-");
}

#[test]
fn buttons_lead_where_they_say() {
    let buttons = |memory: Memory, press: &str, effects: &str| {
        check(World::popup(memory), &format!("press {press}"), effects);
    };
    buttons(signed_out(), "SignIn", "ask worker");
    buttons(signed_out(), "ChangePortal", "open options");
    buttons(signed_out(), "OpenPortal", "open https://portal.test");
    buttons(signed_out(), "EnterPassword crm", "-");
    buttons(signed_in("anna"), "OpenPortal", "open https://portal.test/");
    check(World::popup(signed_in("anna")), "type über & out > press SearchPortal", "- > open https://portal.test/?q=%C3%BCber+%26+out");
    buttons(signed_in("anna"), "EnterPassword crm", "open https://portal.test/apps/crm/password");
    buttons(signed_in("anna"), "OpenAddress https://portal.test", "open https://portal.test");
    buttons(signed_in("anna"), "TurnOnAutomatic", "request 4");
    let world = check(World::popup(signed_in("anna")), "press DeclineAutomatic", "-");
    assert_eq!(world.state.memory.settings.declined_hosts.len(), 4);
}

// ---- signing out, and the end of a token --------------------------------------------------------------------------------

#[test]
fn signing_out_forgets_the_person() {
    let mut memory = signed_in("anna");
    memory.recent.used("crm");
    memory.launches.promise(1, "crm", NOON);
    memory.filled.add("document-of-anna");
    memory.settings.declined_hosts.push("https://crm.test/*".into());
    let world =
        check(World::popup(memory), "popup https://evil.test/ > press SignOut", "ask apps > end session, menu on, lights 0, no alarm");
    let traces = traces(&world.state.memory);
    for trace in ["anna", "crm", "token", "e1", "session"] {
        assert!(!traces.contains(trace), "{trace} is left in {traces}");
    }
    assert_eq!((world.state.fills.len(), world.state.memory.settings.portal.as_str()), (0, "https://portal.test"));
}

#[test]
fn nothing_comes_back_after_signing_out() {
    for before in ["", " > see d1 https://crm.test/login login", " > see d1 https://crm.test/login login > credential ok"] {
        let mut world = World::popup(signed_in("anna"));
        world.tell(&format!("popup {CRM}{before} > press SignOut"));
        let memory = traces(&world.state.memory);
        for late in [
            "apps ok",
            "credential ok",
            "see d1 https://crm.test/login login",
            "written submitted",
            "waited",
            "launched crm",
            "arrive https://crm.test/login",
        ] {
            if world.open.iter().any(|(words, ..)| words.contains(late.split(' ').next().unwrap())) || !late.contains("ok") {
                let told = world.tell(late);
                assert!(["-", "no badge"].contains(&told.as_str()), "{before} > SignOut > {late}: {told}");
            }
        }
        assert_eq!(traces(&world.state.memory), memory);
    }
}

#[test]
fn a_sign_out_elsewhere_is_final_here_too() {
    // Another window's popup signed the person out while this one was looking.
    for step in ["see d1 https://crm.test/login login", "no-access", "waited"] {
        let mut world = World::popup(signed_in("anna"));
        world.tell(&format!("popup {CRM}"));
        let epoch = world.state.memory.epoch + 1;
        world.state.memory = Memory { epoch, ..signed_out() };
        let told = world.tell(step);
        assert!(!told.contains("discovery"), "{step} signs in again: {told}");
        assert!(matches!(world.state.memory.standing(world.now), Standing::SignedOut));
    }
}

#[test]
fn what_the_portal_did_not_hear_is_said() {
    for (answer, said) in [
        ("204", ""),
        ("401", ""),
        ("500", "signedOutHereOnly [OpenAddress(https://portal.test)]"),
        ("unreachable", "signedOutHereOnly [OpenAddress(https://portal.test)]"),
    ] {
        let world = check(
            World::popup(signed_in("anna")),
            &format!("press SignOut > end {answer}"),
            "end session, menu on, lights 0, no alarm > -",
        );
        assert_eq!(world.said(), said, "{answer}");
    }
    // Nothing is said before the portal has answered; but the next popup says it if this one is gone by then.
    let unheard = check(World::popup(signed_in("anna")), "press SignOut", "end session, menu on, lights 0, no alarm");
    assert_eq!(unheard.said(), "");
    let next = check(World::popup(through_storage(&unheard.state.memory)), "popup https://news.test/", "-");
    assert_eq!(next.said(), "signedOutHereOnly [OpenAddress(https://portal.test)]");
    let world = check(World::popup(expired("anna")), "press SignOut", "menu on");
    assert_eq!(world.said(), "signedOutHereOnly [OpenAddress(https://portal.test)]");
    let mut world = World::popup(signed_in("anna"));
    world.tell("press SignOut > choose https://other.test > portal ok > end 500");
    assert_eq!(world.said(), "signedOutHereOnly [OpenAddress(https://portal.test)]", "its session lasts, whichever portal is next");
}

#[test]
fn an_ended_token_is_renewed_silently_once() {
    check(
        World::popup(expired("anna")),
        "popup https://crm.test/login > discovery ok > proof > redirect ok > token ok > account ok",
        "ask discovery > draw proof > authorize silently > ask token > ask account > ask apps, look 1, lights 4, alarm",
    );
    let world = check(
        World::popup(expired("anna")),
        "popup https://crm.test/login > discovery ok > proof > redirect ok > token ok > account ok > apps 401",
        "ask discovery > draw proof > authorize silently > ask token > ask account > ask apps, look 1, lights 4, alarm > lights 0, no alarm",
    );
    assert!(world.state.fills.is_empty() && !traces(&world.state.memory).contains("token-of"));
}

#[test]
fn a_token_ends_by_the_clock() {
    let mut world = World::popup(signed_in("anna"));
    world.now = NOON + EIGHT_HOURS;
    assert_eq!(world.tell("popup https://crm.test/login"), "ask discovery, lights 0, no alarm");
    let mut worker = World::worker(signed_in("anna"));
    worker.now = NOON + EIGHT_HOURS;
    assert_eq!(worker.tell("alarm"), "menu off, lights 0, arrivals 0, no alarm");
    let told = worker.tell("arrive https://crm.test/login > launched crm > arrive https://crm.test/login");
    assert_eq!(told, "- > - > -");
}

#[test]
fn a_sign_in_whose_worker_died_is_tried_silently() {
    let mut worker = World::worker(signed_out());
    worker.tell("ask-sign-in > discovery ok > proof");
    let left = through_storage(&worker.state.memory);
    assert_eq!(check(World::popup(left.clone()), "popup https://crm.test/login", "-").said(), "");
    check(
        World::popup(left.clone()),
        "popup https://crm.test/login > let-go > discovery ok > proof",
        "- > ask discovery > draw proof > authorize silently",
    );
    // It may also die under an open popup.
    check(
        World::popup(left),
        "popup https://crm.test/login > let-go > discovery ok > proof > let-go",
        "- > ask discovery > draw proof > authorize silently > ask discovery",
    );
    // Or before it had the list of apps.
    let mut without_list = signed_in("anna");
    without_list.catalogue_tag = Default::default();
    check(World::popup(without_list), "popup https://evil.test/ > apps 503 > let-go", "ask apps > - > ask apps");
    // Whoever has signed in, or gave up, is left alone.
    check(World::popup(signed_out()), "popup https://crm.test/login > let-go", "- > -");
    check(World::popup(signed_in("anna")), "popup https://evil.test/ > let-go", "ask apps > -");
}

#[test]
fn somebody_who_signed_in_in_the_worker_finds_the_page_filled() {
    let mut world = World::popup(signed_out());
    world.tell(&format!("popup {CRM}"));
    world.state.memory = Memory { epoch: 3, ..signed_in("anna") };
    // The worker may have been stopped before it had shown what belongs to it.
    assert_eq!(world.tell("changed > changed"), "look 1, menu off, lights 4, arrivals 0, alarm > -");
}

// ---- launches and arrivals ----------------------------------------------------------------------------------------------

#[test]
fn a_launch_is_filled_when_its_page_arrives() {
    check(
        World::worker(signed_in("anna")),
        "launched@7 crm > arrive@7 https://crm.test/login > see@7 d1 https://crm.test/login login > credential ok > written@7 submitted > arrive@7 https://crm.test/login",
        "- > badge passwordAvailable, look 7 > ask credential crm > write 7 d1 username+password > report submitted crm, no badge, wait > badge passwordAvailable",
    );
}

#[test]
fn an_arrival_without_a_launch_only_lights_the_icon() {
    check(World::worker(signed_in("anna")), "arrive https://crm.test/login", "badge passwordAvailable");
    check(World::worker(signed_in("anna")), "arrive https://mail.test/sign-in", "badge passwordsAvailable");
    check(World::worker(signed_in("anna")), "arrive https://bank.test/login", "-");
    check(World::worker(signed_in("anna")), "arrive https://evil.test/login", "-");
    check(World::worker(signed_in("anna")), "arrive https://crm.test/help", "-");
    check(World::worker(signed_in("anna")), "arrive https://payroll.test/login", "-");
    check(World::worker(signed_in("anna")), "arrive", "-");
    check(World::worker(signed_in("anna")), "launched crm > arrive-private https://crm.test/login", "- > -");
    check(World::worker(signed_out()), "arrive https://crm.test/login", "-");
    check(World::worker(expired("anna")), "arrive https://crm.test/login", "-");
}

#[test]
fn a_launch_is_for_its_tab_its_app_and_its_first_page() {
    let only_badge = |story: &str| {
        let told = World::worker(signed_in("anna")).tell(story);
        assert!(!told.contains("look"), "{story}: {told}");
    };
    // B3, B5, B6: another tab, later, once.
    only_badge("launched@7 crm > arrive@8 https://crm.test/login");
    only_badge("launched@7 crm > after 60000 > arrive@7 https://crm.test/login");
    only_badge("launched@7 crm > launched@7 wiki > arrive@7 https://crm.test/login");
    // B4: the promise ends at the first page that is another one.
    only_badge("launched@7 crm > arrive@7 https://evil.test/ > arrive@7 https://crm.test/login");
    only_badge("launched@7 crm > arrive@7 https://crm.test/help > arrive@7 https://crm.test/login");
    only_badge("launched@7 crm > arrive@7 https://wiki.test/login > arrive@7 https://crm.test/login");
    only_badge("launched@7 nobody > arrive@7 https://crm.test/login");
    // B15: which of two accounts was launched decides.
    check(
        World::worker(signed_in("anna")),
        "launched@7 team > arrive@7 https://mail.test/sign-in > see@7 d1 https://mail.test/sign-in login",
        "- > badge passwordsAvailable, look 7 > ask credential team",
    );
}

#[test]
fn a_worker_that_died_while_writing_does_not_write_again() {
    let mut first = World::worker(signed_in("anna"));
    first.tell("launched crm > arrive https://crm.test/login > see d1 https://crm.test/login login > credential ok");
    // The page was sent and came back: the password may be wrong.
    let mut second = World::worker(through_storage(&first.state.memory));
    assert_eq!(second.tell("arrive https://crm.test/login"), "badge passwordAvailable");
}

#[test]
fn a_worker_that_died_between_the_steps_keeps_the_promise() {
    let mut first = World::worker(signed_in("anna"));
    first.tell("launched crm > arrive https://crm.test/login > see d1 https://crm.test/login user > credential ok > written submitted");
    let mut second = World::worker(through_storage(&first.state.memory));
    assert_eq!(
        second.tell("arrive https://crm.test/login/2 > see d2 https://crm.test/login/2 password > credential ok"),
        "badge passwordAvailable, look 1 > ask credential crm > write 1 d2 password"
    );
    let mut other = World::worker(through_storage(&first.state.memory));
    assert_eq!(
        other.tell("arrive https://crm.test/login > see d2 https://crm.test/login user"),
        "badge passwordAvailable, look 1 > report refused crm wrong-username, no badge",
        "asked for the user name again: not a third time"
    );
}
