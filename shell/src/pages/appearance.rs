//! Theme: kept in `localStorage`, which is read at once, so that a page never flashes in the wrong colours.
//! Kept as a plain word: through the storage's own `get` and `set` a second JSON library would come along.
//! It belongs to the person at this browser, not to an account; sign-out leaves it alone.

use gloo_storage::{LocalStorage, Storage};

use crate::dom;

const THEME: &str = "theme";

/// The themes one can choose; the first follows the system.
pub(crate) const THEMES: [&str; 3] = ["system", "light", "dark"];

/// Dresses the page.
pub(crate) fn apply() {
    if let Some(root) = dom::document().document_element() {
        dom::set(&root, "data-theme", current());
    }
}

/// The theme in use.
pub(crate) fn current() -> &'static str {
    let kept = LocalStorage::raw().get_item(THEME).ok().flatten();
    THEMES.into_iter().find(|theme| kept.as_deref() == Some(theme)).unwrap_or("system")
}

/// Keeps a theme and dresses the page in it.
pub(crate) fn choose(theme: &str) {
    // A full or forbidden storage leaves the theme for this page only.
    if LocalStorage::raw().set_item(THEME, theme).is_ok() {
        apply();
    }
}
