//! A request of the core, sent by `extension/browser.js`, within a time and a size.

use wasm_bindgen::prelude::*;

use super::chrome::{self, Details};
use super::wait::Promised;
#[cfg(feature = "desk")]
use my_apps_sign_in::Millis;
use my_apps_sign_in::provider::{Answer, Body, Exchange, NetworkError, Request};
use my_apps_sign_in::secret::Secret;

/// A portal that has not answered completely by then is treated as not answering, in milliseconds. Half of the 30 seconds
/// after which Chromium ends a worker that waits.
const TIME_LIMIT: f64 = 10_000.0;
/// No portal document has more letters; a list of 50,000 apps has 10 million.
const LARGEST_BODY: f64 = (32 * 1024 * 1024) as f64;

/// Sends the request and reads the whole answer.
pub(crate) async fn exchange(browser: &JsValue, request: &Request) -> Exchange {
    read(&send(browser, request).await?)
}

/// The same, with the moment that the portal's own clock showed, if it tells.
#[cfg(feature = "desk")]
pub(crate) async fn dated_exchange(browser: &JsValue, request: &Request) -> (Exchange, Option<Millis>) {
    match send(browser, request).await {
        Err(error) => (Err(error), None),
        // No number stands for no date; a moment in milliseconds is a whole number.
        Ok(answer) => (read(&answer), chrome::get(&answer, "date").as_f64().filter(|date| *date > 0.0).map(|date| date as Millis)),
    }
}

async fn send(browser: &JsValue, request: &Request) -> Result<JsValue, NetworkError> {
    let sent = Promised::new(chrome::invoke(browser, "send", [details(request)]));
    sent.await.map_err(|_| NetworkError::Unreachable)
}

fn read(answer: &JsValue) -> Exchange {
    match chrome::get_text(answer, "error").as_deref() {
        None => {}
        Some("timeout") => return Err(NetworkError::Timeout),
        Some("unreadable") => return Err(NetworkError::Unreadable),
        Some("not-for-us") => return Err(NetworkError::NotForUs),
        Some(_) => return Err(NetworkError::Unreachable),
    }
    // A status is a whole number between 200 and 599.
    let status = chrome::get(answer, "status").as_f64().map_or(0, |status| status as u16);
    let text = |name| chrome::get_text(answer, name);
    Ok(Answer { status, etag: text("etag"), retry_after: text("retry_after"), body: Secret::new(text("body").unwrap_or_default()) })
}

pub(crate) fn details(request: &Request) -> JsValue {
    let mut headers = Details::new().text("Accept", "application/json");
    if let Some(token) = &request.bearer {
        headers = headers.text("Authorization", &["Bearer ", token.reveal()].concat());
    }
    if let Some((name, value)) = &request.header {
        headers = headers.text(name, value);
    }
    let (kind, body) = match &request.body {
        Body::None => ("", ""),
        Body::Form(form) => ("application/x-www-form-urlencoded", form.reveal()),
        Body::Json(json) => ("application/json", json.as_str()),
    };
    let mut details = Details::new()
        .text("url", &request.url)
        .text("method", request.method.as_str())
        .number("milliseconds", TIME_LIMIT)
        .number("letters", LARGEST_BODY);
    if !kind.is_empty() {
        headers = headers.text("Content-Type", kind);
        details = details.text("body", body);
    }
    details.value("headers", headers.into()).into()
}
