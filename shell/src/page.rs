//! The page in front of the person: looked at, written into, and told to say when it is reached.

use js_sys::Array;
use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::chrome::{self, Details};
use super::effects::quietly;
use super::wait::Promised;
use my_apps_sign_in::event::{InjectionError, Sight, Tab};
use my_apps_sign_in::find::contains;
use my_apps_sign_in::form::{FillCommand, ProbeCommand, Report, Snapshot, SubmitCommand, Vocabulary};
use my_apps_sign_in::json::{self, Read};
use my_apps_sign_in::provider::api::Credential;

/// What the arrival script says; nothing else about a page is ever sent.
pub(crate) const ARRIVED_MESSAGE: &str = "arrived";
const ARRIVAL_SCRIPT: &str = "arrival";

/// A browser's tab as the core sees it.
pub(crate) fn tab(tab: &JsValue) -> Option<Tab> {
    let private = chrome::get(tab, "incognito").as_bool().unwrap_or(false);
    Some(Tab { id: tab_id(tab)?, url: chrome::get_text(tab, "url"), private })
}

/// The number of a browser's tab.
pub(crate) fn tab_id(tab: &JsValue) -> Option<i32> {
    // The browser counts tabs in whole numbers; -1 stands for a window that is no tab.
    chrome::get(tab, "id").as_f64().map(|id| id as i32).filter(|id| *id >= 0)
}

/// Looks at the forms of the top document; [`sight`] waits for what is there.
pub(crate) fn probe(page: &JsValue, tab: i32, locators: &[Vec<String>]) -> Result<Promised, InjectionError> {
    Ok(inject(page, tab, None, Details::new().value("probe", to_js(&ProbeCommand { locators })?)))
}

/// What a probe saw.
pub(crate) async fn sight(probe: Result<Promised, InjectionError>) -> Result<Sight, InjectionError> {
    // The words by which forms are told apart are fetched the first time, while the page is looked at.
    let words = (!Vocabulary::is_taught()).then(|| chrome::call("fetch", [chrome::url_of("words.txt").into()]));
    let (document, result) = result(probe?.await)?;
    // A page function that returns nothing was stopped by the page's end.
    let snapshot: Snapshot = read(&result)?;
    // Without its words no form is judged: a wrong judgement would be worse than none.
    if let Some(words) = words {
        learn(words).await.map_err(|_| InjectionError::Gone)?;
    }
    Ok(Sight { document: document.ok_or(InjectionError::Gone)?, snapshot })
}

async fn learn(words: Promised) -> Result<(), JsValue> {
    let text = Promised::new(chrome::invoke(&words.await?, "text", [])).await?;
    Vocabulary::teach(text.as_string().ok_or(JsValue::UNDEFINED)?);
    Ok(())
}

/// Writes the credential; [`report`] waits for what became of it. This is the one place where values join a command.
pub(crate) fn write(
    page: &JsValue,
    tab: i32,
    document: &str,
    command: &FillCommand,
    credential: &Credential,
) -> Result<Promised, InjectionError> {
    let fill = to_js(command)?;
    let fields = Array::from(&chrome::get(&fill, "fields"));
    for (field, element) in command.fields.iter().zip(fields.iter()) {
        // A field the credential does not have stays as it is: the page reports what is missing.
        let value = credential.field(&field.field).map(|secret| secret.reveal()).unwrap_or_default();
        chrome::set(&element, "value", &value.into());
    }
    Ok(inject(page, tab, Some(document), Details::new().value("fill", fill)))
}

/// Presses the button of a form that was written; [`report`] waits for what became of it.
pub(crate) fn submit(page: &JsValue, tab: i32, document: &str, command: &SubmitCommand) -> Result<Promised, InjectionError> {
    Ok(inject(page, tab, Some(document), Details::new().value("submit", to_js(command)?)))
}

/// The page's word for what became of a command.
pub(crate) async fn report(change: Result<Promised, InjectionError>) -> Result<Report, InjectionError> {
    read(&result(change?.await)?.1)
}

/// What a page returned, read like every other document.
fn read<T: Read>(result: &JsValue) -> Result<T, InjectionError> {
    let text = js_sys::JSON::stringify(result).ok().and_then(|text| text.as_string());
    text.as_deref().and_then(json::read).ok_or(InjectionError::Gone)
}

/// Runs a command in the tab's top document, or in one document and no other: the browser refuses when the tab has moved on.
fn inject(page: &JsValue, tab: i32, document: Option<&str>, command: Details) -> Promised {
    let mut target = Details::new().number("tabId", tab.into());
    if let Some(document) = document {
        target = target.texts("documentIds", [document]);
    }
    let details = Details::new()
        .value("target", target.into())
        .value("func", page.into())
        .value("args", Array::of1(&command.into()).into())
        .flag("injectImmediately", true);
    chrome::call("chrome.scripting.executeScript", [details.into()])
}

/// The document that was reached, and what the page function returned there.
fn result(results: Result<JsValue, JsValue>) -> Result<(Option<String>, JsValue), InjectionError> {
    let first = Array::from(&results.map_err(|error| classify(&error))?).get(0);
    Ok((chrome::get_text(&first, "documentId"), chrome::get(&first, "result")))
}

/// Browsers say only in words why they refused; these are the words of Chromium and Firefox for a missing permission.
fn classify(error: &JsValue) -> InjectionError {
    let message = chrome::get_text(error, "message").unwrap_or_default();
    let refused = ["Cannot access", "permission", "cannot be scripted", "Blocked"].iter().any(|words| contains(&message, words));
    if refused { InjectionError::NoAccess } else { InjectionError::Gone }
}

fn to_js<T: Serialize + ?Sized>(value: &T) -> Result<JsValue, InjectionError> {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    value.serialize(&serializer).map_err(|_| InjectionError::Gone)
}

/// Runs the arrival script on pages of these patterns, and on no others.
pub(crate) async fn register_arrivals(patterns: Vec<String>) {
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
    // Never taken away to be registered anew: a popup that closes in between would leave none.
    if chrome::call("chrome.scripting.updateContentScripts", [scripts.clone().into()]).await.is_err()
        && chrome::call("chrome.scripting.registerContentScripts", [scripts.into()]).await.is_err()
    {
        chrome::log_error("My Apps: the browser refused the pages.");
    }
}
