//! What the popup shows until it has read the list of apps: a short list, with the apps of the menu's first rows, kept in a
//! small key of its own. Reading ten thousand apps takes a hundred times as long.
//!
//! It is derived from the state after every event, so it is never older than what is remembered. It only shows: whatever the
//! person does is done with the whole list.

use std::rc::Rc;

use crate::Millis;
use crate::address::Address;
use crate::catalogue::Catalogue;
use crate::event::Tab;
use crate::find::contains;
use crate::json::{self, Named, Object};
use crate::memory::{CatalogueTag, Standing};
use crate::popup::{at_top, offer};
use crate::state::State;

/// As many rows as are seen at once, and a few more.
const ROWS: usize = 12;

/// The apps of the first rows, as a portal would list them; and, to be looked for in the text, the hosts of all sign-on pages.
/// None while there is nothing to show or something to offer above it, which the whole list is needed for.
pub fn write(state: &State) -> Option<String> {
    let memory = &state.memory;
    if memory.catalogue.apps.is_empty() || offer(state).is_some() {
        return None;
    }
    let mut apps = Vec::new();
    for (index, app) in memory.catalogue.apps.iter().enumerate() {
        if index < ROWS || memory.recent.ids().contains(&app.id) || memory.favourites.contains(&app.id) {
            let app = Object::default()
                .text("id", &app.id)
                .text("name", &app.name)
                .text("description", &app.description)
                .text("mode", app.mode.name())
                .text("credential", app.credential.name())
                .text("launch_url", &app.launch_url);
            apps.push(app.done());
        }
    }
    let hosts = json::texts(&memory.catalogue.host_patterns());
    Some(Object::default().json("hosts", &hosts).json("apps", &json::list(apps)).done())
}

/// Puts the short list in the place of the whole one. False when the menu may not be what is due on this tab.
pub fn show(state: &mut State, tab: Option<&Tab>, now: Millis) -> bool {
    let Some(glimpse) = state.memory.glimpse.take().filter(|_| state.memory.draft.is_none()) else { return false };
    let Some(Tab { url: Some(url), private: false, .. }) = tab else { return false };
    let signed_in = matches!(state.memory.standing(now), Standing::SignedIn(..)) && !state.memory.sign_in.is_under_way();
    let of_an_app = Address::parse(url).is_ok_and(|address| contains(&glimpse, &address.origin.match_pattern()));
    match Catalogue::read(&glimpse) {
        Ok(catalogue) if signed_in && !of_an_app => state.memory.catalogue = Rc::new(catalogue),
        _ => return false,
    }
    // It is not the list, and nothing is looked for in it.
    state.memory.catalogue_tag = CatalogueTag::default();
    let rows = ROWS + at_top(&state.memory).iter().map(|(_, rows)| rows.len()).sum::<usize>();
    if let Some(popup) = state.popup() {
        popup.rows = rows;
    }
    true
}
