//! A request of the core, sent: without cookies, without cache, refusing redirects, within a time.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;

use super::chrome::{self, Details};
use super::effects::{pause, quietly};
use super::wait::{self, Promised};
use my_apps_sign_in::provider::{Answer, Body, Exchange, Method, NetworkError, Request};
use my_apps_sign_in::secret::Secret;

/// A portal that has not answered completely by then is treated as not answering. Half of the 30 seconds after which
/// Chromium ends a worker that waits.
const TIME_LIMIT: u32 = 10_000;
/// No portal document is larger; a list of 50,000 apps has 10 MB.
const LARGEST_BODY: usize = 32 * 1024 * 1024;

/// Sends the request and reads the whole answer.
pub(crate) async fn exchange(request: &Request) -> Exchange {
    let timed_out = Rc::new(Cell::new(false));
    let controller = chrome::construct("AbortController", []).map_err(|_| NetworkError::Unreachable)?;
    let signal = chrome::get(&controller, "signal");
    let expired = Rc::clone(&timed_out);
    wait::start(Box::pin(async move {
        quietly(pause(TIME_LIMIT).await);
        expired.set(true);
        quietly(chrome::invoke(&controller, "abort", []));
    }));
    match fetch_text(&request.url, init(request, &signal)).await {
        Ok(answer) => Ok(answer),
        Err(_) if timed_out.get() => Err(NetworkError::Timeout),
        Err(Some(error)) => Err(error),
        Err(None) => Err(diagnose(request, &signal).await),
    }
}

fn init(request: &Request, signal: &JsValue) -> JsValue {
    let mut headers = Details::new().text("Accept", "application/json");
    if let Some(token) = &request.bearer {
        headers = headers.text("Authorization", &["Bearer ", token.reveal()].concat());
    }
    if let Some(etag) = &request.if_none_match {
        headers = headers.text("If-None-Match", etag);
    }
    let (kind, body) = match &request.body {
        Body::None => ("", ""),
        Body::Form(form) => ("application/x-www-form-urlencoded", form.reveal()),
        Body::Json(json) => ("application/json", json.as_str()),
    };
    let mut init = Details::new()
        .text("method", request.method.as_str())
        .text("mode", "cors")
        .text("credentials", "omit")
        .text("cache", "no-store")
        .text("redirect", "error")
        .text("referrerPolicy", "no-referrer")
        .value("signal", signal.clone())
        // A popup may be gone before a report or a sign-out has been sent.
        .flag("keepalive", request.method != Method::Get);
    if !kind.is_empty() {
        headers = headers.text("Content-Type", kind);
        init = init.text("body", body);
    }
    init.value("headers", headers.into()).into()
}

/// `Err(None)` is the browser's one error for everything that went wrong on the way.
async fn fetch_text(url: &str, init: JsValue) -> Result<Answer, Option<NetworkError>> {
    let response = chrome::call("fetch", [url.into(), init]).await.map_err(|_| None)?;
    let header = |name: &str| chrome::invoke(&response, "headers.get", [name.into()]).ok()?.as_string();
    let mut body = String::new();
    // An answer like 304 has none. The size is counted while it comes: what the sender says about it may be wrong, and says
    // nothing once it is compressed. What is not read is not fetched either.
    let decoder = chrome::construct("TextDecoderStream", []).unwrap_or_default();
    let parts = chrome::invoke(&response, "body.pipeThrough", [decoder]);
    if let Ok(reader) = parts.and_then(|parts| chrome::invoke(&parts, "getReader", [])) {
        loop {
            let read = Promised::new(chrome::invoke(&reader, "read", [])).await.map_err(|_| Some(NetworkError::Unreadable))?;
            let Some(part) = chrome::get_text(&read, "value") else { break };
            body.push_str(&part);
            if body.len() > LARGEST_BODY {
                return Err(Some(NetworkError::Unreadable));
            }
        }
    }
    // A status is a whole number between 200 and 599.
    let status = chrome::get(&response, "status").as_f64().map_or(0, |status| status as u16);
    Ok(Answer { status, etag: header("etag"), retry_after: header("retry-after"), body: Secret::new(body) })
}

/// A request without CORS tells only whether something answers at all. Asked for reading requests alone: nothing may happen
/// twice.
async fn diagnose(request: &Request, signal: &JsValue) -> NetworkError {
    if request.method != Method::Get {
        return NetworkError::Unreachable;
    }
    let init = Details::new().text("mode", "no-cors").text("credentials", "omit").text("cache", "no-store").value("signal", signal.clone());
    match chrome::call("fetch", [request.url.as_str().into(), init.into()]).await {
        Ok(_) => NetworkError::NotForUs,
        Err(_) => NetworkError::Unreachable,
    }
}
