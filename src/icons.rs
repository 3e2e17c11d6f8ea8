//! The apps' icons: one document beside their list, which `extension/popup/icons.js` draws over the apps' letters; they stand where
//! there is none. A portal of our protocol sends the pictures themselves, and the worker asks for them whenever the list is a new
//! one. Microsoft's list says where each app's logo is ([`crate::provider::entra::Page`]), and that address is kept instead.

use crate::effect::{Effect, Purpose};
use crate::json::{self, Object, Value};
use crate::provider::{Exchange, PortalError, api};
use crate::state::State;

/// The most letters of one icon: what a portal may send, 32 KB, in base64.
const LARGEST: usize = 44 * 1024;
/// The most letters of all of them: a tenth of what an extension may keep. The portal sends no more, either.
const MOST: usize = 1024 * 1024;
/// How an icon begins. Pictures alone, and none that could hold a script.
const KINDS: [&str; 4] = ["png", "jpeg", "webp", "gif"];

/// A new list of apps is there.
pub(crate) fn ask(state: &State, effects: &mut Vec<Effect>) {
    let Some(session) = state.memory.session.as_ref().filter(|session| session.discovery.protocol().lists_at_once()) else { return };
    let request = api::icons_request(&session.discovery, &session.access_token);
    effects.push(Effect::Ask { purpose: Purpose::Icons, epoch: state.memory.epoch, request });
}

/// The portal answered, or did not: then what there was before stays.
pub(crate) fn answered(state: &mut State, exchange: Exchange) {
    match api::read_icons(exchange) {
        Ok(document) => state.memory.fresh_icons = read(&document),
        // A portal without icons.
        Err(PortalError::Failed(404) | PortalError::Malformed) => {}
        // The next popup gets the whole list once more, and the icons are asked for again.
        Err(_) => state.memory.catalogue_tag.etag = None,
    }
}

/// What of the portal's document can be drawn: icons by the apps' ids, as JSON. None if it is no such document.
pub fn read(document: &str) -> Option<String> {
    let document = json::parse(document)?;
    let Some(Value::Object(icons)) = document.get("icons") else { return None };
    Some(write(&mut icons.iter().filter_map(|(app, icon)| Some((app.as_str(), icon.as_text().filter(|icon| is_icon(icon))?)))))
}

/// Icons by the apps' ids, as JSON: as many as there is room for. Of addresses those are some four thousand.
pub(crate) fn write<'a>(icons: &mut dyn Iterator<Item = (&'a str, &'a str)>) -> String {
    let mut kept = Object::default();
    let mut room = MOST;
    for (app, icon) in icons {
        if let Some(left) = room.checked_sub(app.len() + icon.len()) {
            room = left;
            kept = kept.text(app, icon);
        }
    }
    kept.done()
}

fn is_icon(url: &str) -> bool {
    let Some((kind, picture)) = url.strip_prefix("data:image/").and_then(|rest| rest.split_once(";base64,")) else { return false };
    let is_base64 = |byte: u8| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte);
    url.len() <= LARGEST && KINDS.contains(&kind) && picture.bytes().all(is_base64)
}
