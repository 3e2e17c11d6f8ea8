//! The icon's right-click menu, taken down and put up again as the core describes it.

use wasm_bindgen::prelude::*;

use super::effects::quietly;
use super::{chrome, text};
use my_apps_sign_in::event::Event;
use my_apps_sign_in::menu::Menu;
use my_apps_sign_in::portal_url::PortalUrl;

const PARENT: &str = "portal";
const OTHER: &str = "other";
/// Before the address of a portal, in the id of its radio item.
const RADIO: &str = "portal:";

/// Makes the menu look like this. All calls go out in one turn, in order and without waiting: a popup that closes meanwhile
/// must not leave half a menu behind.
pub(crate) fn paint(menu: &Menu) {
    quietly(chrome::call_now("chrome.contextMenus.removeAll", &[]));
    let contexts = || ("contexts", chrome::texts(["action"]).into());
    let parent = || ("parentId", JsValue::from_str(PARENT));
    create([
        ("id", PARENT.into()),
        ("title", text::resolve(&menu.title).into()),
        ("enabled", menu.enabled.into()),
        contexts(),
    ]);
    for portal in &menu.portals {
        create([
            ("id", format!("{RADIO}{}", portal.as_str()).into()),
            parent(),
            contexts(),
            ("type", "radio".into()),
            ("title", portal.as_str().into()),
            ("checked", (*portal == menu.checked).into()),
        ]);
    }
    create([("id", "line".into()), parent(), contexts(), ("type", "separator".into())]);
    create([
        ("id", OTHER.into()),
        parent(),
        contexts(),
        ("title", text::plain("menuOther").into()),
    ]);
}

fn create<const N: usize>(item: [(&str, JsValue); N]) {
    quietly(chrome::call_now("chrome.contextMenus.create", &[chrome::object(item).into()]));
}

/// What choosing the item with this id means.
pub(crate) fn chosen(id: &str) -> Option<Event> {
    if id == OTHER {
        return Some(Event::OtherPortalChosen);
    }
    PortalUrl::new(id.strip_prefix(RADIO)?).ok().map(Event::PortalChosen)
}
