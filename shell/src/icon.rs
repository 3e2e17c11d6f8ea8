//! One tab's icon, shown by `extension/browser.js`.

use wasm_bindgen::prelude::*;

use super::chrome;
use super::text;
use my_apps_sign_in::text::Text;

/// Shows on one tab that a password is available, or puts its icon back. Nobody waits for it.
pub(crate) fn show_available(browser: &JsValue, tab: i32, title: Option<&Text>) {
    let title = title.map_or_else(String::new, text::resolve);
    drop(chrome::invoke(browser, "show", [tab.into(), title.into()]));
}
