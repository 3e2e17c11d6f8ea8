//! How a lesson ends: the portal takes the form, or does not, or nobody may teach any more.

use my_apps_sign_in::effect::{Effect, Purpose};
use my_apps_sign_in::event::Event;
use my_apps_sign_in::provider::{self, Method};
use my_apps_sign_in::teach::{Act, Decision};

use crate::common::{World, through_storage};
use crate::{CRM, administrator, draft, form, lesson, popup, view};

#[test]
fn the_portal_gets_the_form_and_everybody_the_new_list() {
    let mut world = lesson(administrator(), &format!("teach {CRM} > study d1 {CRM} login"));
    let effects = world.send(Event::Taught(Decision::Act(Act::Save)));
    let [Effect::Ask { purpose: Purpose::SaveForm, request, .. }] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!((request.method, request.url.as_str()), (Method::Put, "https://portal.test/api/v1/apps/crm/form"));
    let provider::Body::Json(body) = &request.body else { panic!("JSON") };
    let read: serde_json::Value = serde_json::from_str(body).unwrap();
    assert_eq!(
        read,
        serde_json::json!({"steps": [{"fields": [
            {"field_id": "username", "label": "User name", "type": "text", "locators": ["#control-0"]},
            {"field_id": "password", "label": "Password", "type": "password", "locators": ["#control-1"]}], "submit": ["#control-2"]}]})
    );
    assert_eq!(world.tell("form 200"), "show popup");
    assert!(world.state.memory.draft.is_none());
    let mut world = World::popup(through_storage(&world.state.memory));
    assert_eq!(world.tell(&format!("popup-back {CRM}")), "ask apps", "who comes back from teaching has not clicked: nothing is filled");
    assert_eq!(world.said(), "teachSaved");
    let mut world = World::popup(crate::common::expired("anna"));
    let renewed = world.tell(&format!("popup-back {CRM} > discovery ok > proof > redirect ok > token ok > account ok"));
    assert!(renewed.contains("ask account > ask apps") && !renewed.contains("look"), "{renewed}: not after a renewal, either");
    let mut world = World::popup(through_storage(&world.state.memory));
    world.tell("popup https://elsewhere.test/");
    assert_eq!(world.said(), "", "once");
}

#[test]
fn what_the_portal_does_not_take_is_not_lost() {
    for (how, said) in [
        ("unreachable", "portalUnreachable"),
        ("timeout", "portalTimeout"),
        ("400", "portalFailed"),
        ("403", "portalForbids"),
        ("404", "portalFailed"),
        ("500", "portalFailed"),
        ("429-after-5", "portalBusy"),
    ] {
        let mut world = lesson(administrator(), &format!("teach {CRM} > study d1 {CRM} login > act save"));
        assert_eq!(world.tell(&format!("form {how}")), "-", "{how}");
        assert_eq!(world.said_while_teaching(), said, "{how}");
        assert_eq!(form(&world), "username=#control-0+password=#control-1>#control-2", "{how}");
    }
    let mut world = lesson(administrator(), &format!("teach {CRM} > study d1 {CRM} login > act save"));
    assert!(world.tell("form 401").starts_with("show popup"), "where the sign-in is renewed");
    assert!(world.state.memory.session.is_none() && world.state.memory.draft.is_some());
    let mut world = lesson(administrator(), &format!("teach {CRM} > study d1 {CRM} nothing"));
    assert_eq!(world.tell("act save"), "-", "nothing is no form");
    assert_eq!(world.said_while_teaching(), "teachNothing");
}

#[test]
fn what_was_taught_outlives_the_token() {
    let story = format!("teach {CRM} > study d1 {CRM} login");
    for end in ["after 90000000 > changed", "act save > form 401 > changed"] {
        let mut world = lesson(administrator(), &story);
        assert!(world.tell(end).contains("show popup"), "{end}");
        assert!(!draft(&world.state.memory).unwrap().is_empty(), "{end}");
    }
    let mut expired = lesson(administrator(), &story).state.memory;
    expired.session = None;
    let mut world = World::teaching(expired);
    assert_eq!(world.tell(&format!("teach {CRM}")), "show popup");
    assert!(world.state.memory.draft.is_some());
}

#[test]
fn a_portal_that_wants_to_be_left_alone_is() {
    let mut world = lesson(administrator(), &format!("teach {CRM} > study d1 {CRM} login > act save > form 429-after-5"));
    assert_eq!(world.tell("after 4999 > act save"), "- > -");
    assert_eq!(world.said_while_teaching(), "portalBusy");
    assert_eq!(world.tell("after 1 > act save"), "- > ask form crm");
}

#[test]
fn what_was_begun_anew_stays_so() {
    let world = lesson(administrator(), &format!("teach {CRM} > study d1 {CRM} login > act restart"));
    assert!(draft(&through_storage(&world.state.memory)).unwrap().is_empty(), "before the page was looked at again");
}

#[test]
fn a_draft_is_its_persons_and_ends_with_them() {
    let world = lesson(administrator(), &format!("teach {CRM} > study d1 {CRM} login"));
    let mut of_ben = through_storage(&world.state.memory);
    assert!(of_ben.draft.is_some());
    of_ben.account.as_mut().unwrap().account.id = "8".to_owned();
    assert!(through_storage(&of_ben).draft.is_none());
    let mut signed_out = popup(world.state.memory.clone(), "popup https://elsewhere.test/");
    signed_out.tell("press SignOut");
    assert!(signed_out.state.memory.draft.is_none());
    // Who is no administrator any more is signed in like everybody.
    let mut memory = world.state.memory;
    memory.account.as_mut().unwrap().account.administrator = false;
    let mut world = World::popup(memory);
    assert_eq!(world.tell(&format!("popup {CRM}")), "look 1, ask apps");
}

#[test]
fn what_comes_late_or_from_elsewhere_changes_nothing() {
    for event in ["study@2 d1 https://crm.test/login login", "study-fails@2", "written filled", "decide p0 username", "decide n9 x"] {
        let mut world = lesson(administrator(), &format!("teach {CRM}"));
        assert_eq!(world.tell(event), "-", "{event}");
        assert!(draft(&world.state.memory).unwrap().is_empty() && view(&world).rows.is_empty(), "{event}");
    }
    let mut world = lesson(administrator(), &format!("teach {CRM} > study-fails"));
    assert_eq!(world.said_while_teaching(), "teachNoAccess");
    assert_eq!(world.tell("decide p0 username > decide n0 x > act try"), "- > - > -");
}

#[test]
fn what_the_browser_did_not_store_or_read_is_said() {
    for refused in ["not-stored", "not-read"] {
        assert_eq!(lesson(administrator(), &format!("teach {CRM} > {refused}")).said_while_teaching(), "notStored");
    }
}
