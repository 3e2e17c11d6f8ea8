//! The icon's states. Without host access Chromium lights it by rules of its own (`declarativeContent`), which wake nobody;
//! with host access every browser shows badge and title.

use js_sys::{Array, Object, Promise, Uint8ClampedArray};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::{chrome, effects::quietly, text};
use my_apps_sign_in::sign_on::SignOnRule;
use my_apps_sign_in::text::Text;

/// The sizes browsers draw in a toolbar.
const SIZES: [u32; 2] = [16, 32];
/// The blue of the lit icon.
const BADGE_COLOR: &str = "#0b57d0";

/// Makes Chromium light the icon on exactly these pages.
pub(crate) async fn light_on(rules: &[SignOnRule]) {
    if !chrome::has("declarativeContent") {
        return;
    }
    // Where the icon cannot be lit, a click still fills.
    if replace_rules(rules).await.is_err() {
        chrome::log_error("My Apps: the browser refused to light the icon on the apps' sign-in pages.");
    }
}

async fn replace_rules(rules: &[SignOnRule]) -> Result<(), JsValue> {
    let added = Array::new();
    if !rules.is_empty() {
        let images = Object::new();
        for size in SIZES {
            chrome::set(&images, &size.to_string(), &pixels(&format!("icons/lit-{size}.rgba"), size).await?);
        }
        let icon = chrome::object([("imageData", images.into())]);
        let lit = chrome::construct("chrome.declarativeContent.SetIcon", &[icon.into()])?;
        let conditions = Array::new();
        for rule in rules {
            for (key, path) in paths(rule) {
                let page = chrome::object([
                    ("hostEquals", rule.origin().host.as_str().into()),
                    ("schemes", chrome::texts([rule.origin().scheme.as_str()]).into()),
                    ("ports", Array::of1(&rule.origin().port.into()).into()),
                    (key, path.into()),
                ]);
                let condition = chrome::object([("pageUrl", page.into())]);
                conditions.push(&chrome::construct("chrome.declarativeContent.PageStateMatcher", &[condition.into()])?);
            }
        }
        added.push(&chrome::object([("conditions", conditions.into()), ("actions", Array::of1(&lit).into())]));
    }
    settled("chrome.declarativeContent.onPageChanged.removeRules", &JsValue::UNDEFINED).await?;
    settled("chrome.declarativeContent.onPageChanged.addRules", &added).await
}

/// The page itself, and everything below it.
fn paths(rule: &SignOnRule) -> Vec<(&'static str, String)> {
    let path = rule.path();
    if path.ends_with('/') {
        return vec![("pathPrefix", path.to_owned())];
    }
    vec![("pathEquals", path.to_owned()), ("pathPrefix", format!("{path}/"))]
}

/// Waits for a function that takes a callback.
async fn settled(path: &str, argument: &JsValue) -> Result<(), JsValue> {
    let mut failure = Ok(JsValue::UNDEFINED);
    let promise = Promise::new(&mut |resolve, _| failure = chrome::call_now(path, &[argument.clone(), resolve.into()]));
    failure?;
    JsFuture::from(promise).await.map(|_| ())
}

/// One of our pictures as pixels, which is all that `SetIcon` takes. The files are made by scripts/icons.mjs.
async fn pixels(path: &str, size: u32) -> Result<JsValue, JsValue> {
    let response = chrome::call("fetch", &[chrome::url_of(path).into()]).await?;
    let bytes = JsFuture::from(Promise::resolve(&chrome::invoke(&response, "arrayBuffer", &[])?)).await?;
    chrome::construct("ImageData", &[Uint8ClampedArray::new(&bytes).into(), size.into(), size.into()])
}

/// Shows on one tab that a password is available, or puts its icon back.
pub(crate) async fn show_available(tab: i32, title: Option<&Text>) {
    let lit = title.is_some();
    let icons = Object::new();
    for size in SIZES {
        let path = if lit { format!("/icons/lit-{size}.png") } else { format!("/icons/idle-{size}.png") };
        chrome::set(&icons, &size.to_string(), &path.into());
    }
    let title = title.map_or_else(String::new, text::resolve);
    let calls = [
        ("chrome.action.setIcon", "path", icons.into()),
        ("chrome.action.setBadgeBackgroundColor", "color", JsValue::from_str(BADGE_COLOR)),
        ("chrome.action.setBadgeText", "text", if lit { "1".into() } else { "".into() }),
        ("chrome.action.setTitle", "title", title.into()),
    ];
    for (function, key, value) in calls {
        // The tab may be gone by now; then there is no icon either.
        quietly(chrome::call(function, &[chrome::object([("tabId", tab.into()), (key, value)]).into()]).await);
    }
}
