//! What the browser shows or does for us outside of our pages, brought to what the core describes. The worker's alone.

use js_sys::Array;
use wasm_bindgen::prelude::*;

use super::chrome::{self, Details};
use super::effects::{Outcome, quietly};
use super::wait::Promised;
use super::{lock, menu};
use my_apps_sign_in::Millis;
use my_apps_sign_in::event::Event;
use my_apps_sign_in::outside::Outside;
use my_apps_sign_in::sign_on::SignOnRule;

/// The name of the alarm that the core sets; `extension/links.js` has another one.
const ALARM: &str = "token-ends";
/// The id of the arrival script.
const ARRIVAL_SCRIPT: &str = "arrival";

/// Shows it. What was asked for before is done first, so that what is asked for last stays.
pub(crate) fn show(browser: JsValue, number: u32, outside: Outside) -> Outcome {
    Box::pin(async move {
        lock::with(
            lock::OUTSIDE,
            Box::pin(async move {
                menu::paint(&outside.menu);
                quietly(set_alarm(outside.alarm).await);
                light_on(&browser, &outside.lights).await;
                register_arrivals(outside.arrivals).await;
            }),
        )
        .await;
        Some(Event::OutsideShown(number))
    })
}

fn set_alarm(moment: Option<Millis>) -> Promised {
    match moment {
        // A moment in milliseconds is exact as a floating-point number.
        Some(moment) => chrome::call("chrome.alarms.create", [ALARM.into(), Details::new().number("when", moment as f64).into()]),
        None => chrome::call("chrome.alarms.clear", [ALARM.into()]),
    }
}

async fn light_on(browser: &JsValue, rules: &[SignOnRule]) {
    let pages: Array = rules.iter().map(page).collect();
    // Where the icon cannot be lit, a click still fills.
    if Promised::new(chrome::invoke(browser, "light", [pages.into()])).await.is_err() {
        chrome::log_error("My Apps: the browser refused the icon.");
    }
}

fn page(rule: &SignOnRule) -> JsValue {
    let origin = rule.origin();
    let page = Details::new().text("scheme", origin.scheme.as_str()).text("host", &origin.host);
    page.number("port", origin.port.into()).text("path", rule.path()).into()
}

async fn register_arrivals(patterns: Vec<String>) {
    if patterns.is_empty() {
        // Fails when there is none, which is as good.
        let filter = Details::new().texts("ids", [ARRIVAL_SCRIPT]);
        quietly(chrome::call("chrome.scripting.unregisterContentScripts", [filter.into()]).await);
        return;
    }
    let script = Details::new()
        .text("id", ARRIVAL_SCRIPT)
        .texts("js", ["/page/arrival.js"])
        .texts("matches", patterns)
        .text("runAt", "document_idle");
    let scripts = Array::of1(&script.into());
    // Never taken away to be registered anew: a worker that ends in between would leave none.
    if chrome::call("chrome.scripting.updateContentScripts", [scripts.clone().into()]).await.is_err()
        && chrome::call("chrome.scripting.registerContentScripts", [scripts.into()]).await.is_err()
    {
        chrome::log_error("My Apps: the browser refused the pages.");
    }
}
