//! Theme: kept in `localStorage`, which is read at once, so that a page never flashes in the wrong colours: by
//! `extension/style/theme.js`, before anything is painted. Kept as a plain word: through the storage's own `get` and `set` a
//! second JSON library would come along. It belongs to the person at this browser, not to an account; sign-out leaves it alone.

use gloo_storage::{LocalStorage, Storage};

use crate::dom;

const THEME: &str = "data-theme";

/// The theme that the page wears.
pub(crate) fn current() -> String {
    dom::document().document_element().and_then(|root| root.get_attribute(THEME)).unwrap_or_default()
}

/// Keeps a theme and dresses the page in it.
pub(crate) fn choose(theme: &str) {
    // A full or forbidden storage leaves the theme for this page only.
    drop(LocalStorage::raw().set_item("theme", theme));
    wear(theme);
}

/// Forgets the theme.
pub(crate) fn forget() {
    LocalStorage::clear();
    wear("system");
}

fn wear(theme: &str) {
    if let Some(root) = dom::document().document_element() {
        dom::set(&root, THEME, theme);
    }
}
