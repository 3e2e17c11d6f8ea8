//! The icon's states, shown by `extension/browser.js`.

use js_sys::Array;
use wasm_bindgen::prelude::*;

use super::chrome::{self, Details};
use super::text;
use super::wait::Promised;
use my_apps_sign_in::sign_on::SignOnRule;
use my_apps_sign_in::text::Text;

/// Makes Chromium light the icon on exactly these pages.
pub(crate) async fn light_on(browser: JsValue, rules: Vec<SignOnRule>) {
    let pages: Array = rules.iter().map(page).collect();
    // Where the icon cannot be lit, a click still fills.
    if Promised::new(chrome::invoke(&browser, "light", [pages.into()])).await.is_err() {
        chrome::log_error("My Apps: the browser refused the icon.");
    }
}

fn page(rule: &SignOnRule) -> JsValue {
    let origin = rule.origin();
    let page = Details::new().text("scheme", origin.scheme.as_str()).text("host", &origin.host);
    page.number("port", origin.port.into()).text("path", rule.path()).into()
}

/// Shows on one tab that a password is available, or puts its icon back. Nobody waits for it.
pub(crate) fn show_available(browser: &JsValue, tab: i32, title: Option<&Text>) {
    let title = title.map_or_else(String::new, text::resolve);
    drop(chrome::invoke(browser, "show", [tab.into(), title.into()]));
}
