//! How an administrator described a form: it is looked for as described, and the portal hears when it is not there any more.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that can not go on fails")]

mod common;

use std::rc::Rc;

use common::{World, judged, signed_in, snapshot};
use my_apps_sign_in::effect::Effect;
use my_apps_sign_in::event::Event;
use my_apps_sign_in::form::Descriptor;
use my_apps_sign_in::memory::Memory;

const OPEN: &str = "popup https://crm.test/login";

#[test]
fn a_description_says_where_to_look() {
    let form: Descriptor = {
        let apps = r##"{"apps": [{"id": "crm", "name": "crm", "mode": "password", "launch_url": "https://crm.test/login", "sign_on_rules": [{"url": "https://crm.test/login"}],
            "form": {"steps": [{"fields": [{"field_id": "username", "label": "User", "type": "text", "locators": ["#user"]}], "submit": ["#next"]}]}}]}"##;
        let catalogue = my_apps_sign_in::catalogue::Catalogue::read(apps).unwrap();
        let form = catalogue.apps[0].form.clone().unwrap();
        let mut world = World::popup(Memory { catalogue: Rc::new(catalogue), ..signed_in("anna") });
        let effects = world.send(Event::PopupOpened {
            tab: Some(my_apps_sign_in::event::Tab { id: 1, url: Some("https://crm.test/login".into()), private: false }),
            is_back: false,
        });
        let [Effect::Probe { locators, .. }, ..] = &effects[..] else { panic!("{effects:?}") };
        assert_eq!(*locators, [["#user"], ["#next"]]);
        form
    };
    assert_eq!(form.steps.len(), 1);
}

#[test]
fn a_description_that_does_not_fit_is_told_to_the_portal() {
    let apps = r##"{"apps": [{"id": "crm", "name": "crm", "mode": "password", "launch_url": "https://crm.test/login", "sign_on_rules": [{"url": "https://crm.test/login"}],
        "form": {"steps": [{"fields": [{"field_id": "username", "label": "User", "type": "text", "locators": ["#gone"]}], "submit": []}]}}]}"##;
    let catalogue = Rc::new(my_apps_sign_in::catalogue::Catalogue::read(apps).unwrap());
    for (located, report) in [([None, None], " form-changed"), ([Some(0), None], "")] {
        let mut world = World::popup(Memory { catalogue: Rc::clone(&catalogue), ..signed_in("anna") });
        world.tell(OPEN);
        // One step describes the user name only, so that a form which fits it is filled with that alone.
        let mut seen = snapshot("https://crm.test/login", "login");
        seen.located = located.to_vec();
        let sight = judged("d1", &seen, &world.description);
        world.send(Event::Probed { tab: 1, number: world.question(1), sight: Ok(sight) });
        let effects = world.tell("credential ok > written filled");
        assert!(effects.ends_with(&format!("report filled crm{report}, no badge")), "{effects}");
    }
}
