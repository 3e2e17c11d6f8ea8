//! The icon's states. Without host access Chromium lights it by rules of its own (`declarativeContent`), which wake nobody;
//! with host access every browser shows badge and title.

use js_sys::{Array, Object, Uint8ClampedArray};
use wasm_bindgen::prelude::*;

use super::chrome::{self, Details};
use super::text;
use super::wait::{Promised, open_promise};
use my_apps_sign_in::decimal::decimal;
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
        chrome::log_error("My Apps: the browser refused the icon.");
    }
}

async fn replace_rules(rules: &[SignOnRule]) -> Result<(), JsValue> {
    let added = Array::new();
    if !rules.is_empty() {
        let images = Object::new();
        for size in SIZES {
            // Our own file can only be missing because this popup is closing.
            let Ok(picture) = pixels(size).await else { return Ok(()) };
            chrome::set(&images, &decimal(size.into()), &picture);
        }
        added.push(&rule(rules, images.into())?);
    }
    settled("chrome.declarativeContent.onPageChanged.removeRules", JsValue::UNDEFINED).await?;
    settled("chrome.declarativeContent.onPageChanged.addRules", added.into()).await?;
    Ok(())
}

fn rule(rules: &[SignOnRule], images: JsValue) -> Result<JsValue, JsValue> {
    let lit = chrome::construct("chrome.declarativeContent.SetIcon", [Details::new().value("imageData", images).into()])?;
    let conditions = Array::new();
    for rule in rules {
        for (key, path) in paths(rule) {
            let page = Details::new()
                .text("hostEquals", &rule.origin().host)
                .texts("schemes", [rule.origin().scheme.as_str()])
                .value("ports", Array::of1(&rule.origin().port.into()).into())
                .text(key, &path);
            let condition = Details::new().value("pageUrl", page.into());
            conditions.push(&chrome::construct("chrome.declarativeContent.PageStateMatcher", [condition.into()])?);
        }
    }
    Ok(Details::new().value("conditions", conditions.into()).value("actions", Array::of1(&lit).into()).into())
}

/// The page itself, and everything below it.
fn paths(rule: &SignOnRule) -> Vec<(&'static str, String)> {
    let path = rule.path();
    if path.ends_with('/') {
        return vec![("pathPrefix", path.to_owned())];
    }
    vec![("pathEquals", path.to_owned()), ("pathPrefix", [path, "/"].concat())]
}

/// Calls a function that takes a callback, and promises that it is called.
fn settled(path: &str, argument: JsValue) -> Promised {
    let (promise, keep) = open_promise();
    Promised::new(chrome::call_now(path, [argument, keep]).map(|_| promise))
}

/// One of our pictures as pixels, which is all that `SetIcon` takes. The files are made by scripts/icons.mjs.
async fn pixels(size: u32) -> Result<JsValue, JsValue> {
    let response = chrome::call("fetch", [chrome::url_of(&["icons/lit-", &decimal(size.into()), ".rgba"].concat()).into()]).await?;
    let bytes = Promised::new(chrome::invoke(&response, "arrayBuffer", [])).await?;
    chrome::construct("ImageData", [Uint8ClampedArray::new(&bytes).into(), size.into(), size.into()])
}

/// Shows on one tab that a password is available, or puts its icon back. Nobody waits for it, and the tab may be gone by
/// now; then there is no icon either.
pub(crate) fn show_available(tab: i32, title: Option<&Text>) {
    let icons = Object::new();
    for size in SIZES {
        let state = if title.is_some() { "lit" } else { "idle" };
        let size = decimal(size.into());
        chrome::set(&icons, &size, &["/icons/", state, "-", &size, ".png"].concat().into());
    }
    let badge = if title.is_some() { "1" } else { "" };
    let title = title.map_or_else(String::new, text::resolve);
    let on_tab = || Details::new().number("tabId", tab.into());
    let call = |path: &str, details: Details| drop(chrome::call(path, [details.into()]));
    call("chrome.action.setIcon", on_tab().value("path", icons.into()));
    call("chrome.action.setBadgeBackgroundColor", on_tab().text("color", BADGE_COLOR));
    call("chrome.action.setBadgeText", on_tab().text("text", badge));
    call("chrome.action.setTitle", on_tab().text("title", &title));
}
