//! The icon's right-click menu, taken down and put up again as the core describes it.

use super::chrome::Details;
use super::effects::quietly;
use super::{chrome, text};
use my_apps_sign_in::event::Event;
use my_apps_sign_in::menu::Menu;
use my_apps_sign_in::portal_url::PortalUrl;

const PARENT: &str = "portal";
const OTHER: &str = "other";
/// Before the address of a portal, in the id of its radio item.
const RADIO: &str = "portal:";

/// Makes the menu look like this. All calls go out in one turn, in order and without waiting: a worker that ends meanwhile must
/// not leave half a menu behind.
pub(crate) fn paint(menu: &Menu) {
    quietly(chrome::call_now("chrome.contextMenus.removeAll", []));
    create(item(PARENT, &text::resolve(&menu.title)).flag("enabled", menu.enabled));
    for portal in &menu.portals {
        let radio = below(item(&[RADIO, portal.as_str()].concat(), portal.as_str()));
        create(radio.text("type", "radio").flag("checked", *portal == menu.checked));
    }
    create(below(Details::new().text("id", "line")).texts("contexts", ["action"]).text("type", "separator"));
    create(below(item(OTHER, &text::plain("menuOther"))));
}

fn item(id: &str, title: &str) -> Details {
    Details::new().text("id", id).text("title", title).texts("contexts", ["action"])
}

fn below(item: Details) -> Details {
    item.text("parentId", PARENT)
}

fn create(item: Details) {
    quietly(chrome::call_now("chrome.contextMenus.create", [item.into()]));
}

/// What choosing the item with this id means.
pub(crate) fn chosen(id: &str) -> Option<Event> {
    if id == OTHER {
        return Some(Event::OtherPortalChosen);
    }
    PortalUrl::new(id.strip_prefix(RADIO)?).ok().map(Event::PortalChosen)
}
