//! Cookies and site data of one origin, cleared with a permission that is asked for only then and given back at once.

use js_sys::Array;
use wasm_bindgen::prelude::*;

use super::chrome::{self, Details};
use super::effects::{Outcome, quietly};
use my_apps_sign_in::address::Address;
use my_apps_sign_in::event::Event;

/// Asks, in the same turn as the person's click, and clears.
pub(crate) fn clear(origin: String) -> Outcome {
    let asked = chrome::call("chrome.permissions.request", [permission()]);
    Box::pin(async move {
        let mut done = asked.await.is_ok_and(|granted| granted.is_truthy());
        if done {
            // Chromium goes by origins, Firefox by host names; each refuses what it does not know.
            let host = Address::parse(&[&origin, "/"].concat()).map(|address| address.origin.host).unwrap_or_default();
            let by_origin = chrome::call("chrome.browsingData.remove", [only("origins", &origin), kinds(&["cacheStorage"])]);
            done = match by_origin.await {
                Ok(_) => true,
                Err(_) => chrome::call("chrome.browsingData.remove", [only("hostnames", &host), kinds(&[])]).await.is_ok(),
            };
            quietly(chrome::call("chrome.permissions.remove", [permission()]).await);
        }
        Some(Event::SiteDataCleared(done))
    })
}

fn permission() -> JsValue {
    Details::new().texts("permissions", ["browsingData"]).into()
}

fn only(key: &str, value: &str) -> JsValue {
    Details::new().value(key, Array::of1(&value.into()).into()).into()
}

fn kinds(more: &[&str]) -> JsValue {
    let all = ["cookies", "indexedDB", "localStorage", "serviceWorkers"];
    all.iter().chain(more).fold(Details::new(), |kinds, kind| kinds.flag(kind, true)).into()
}
