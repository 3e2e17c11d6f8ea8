//! The page in front of the person: looked at, written into, and told to say when it is reached.

use js_sys::{Array, Function, Object};
use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::chrome;
use super::effects::quietly;
use my_apps_sign_in::event::{InjectionError, Sight, Tab};
use my_apps_sign_in::form::{FillCommand, Report, Snapshot, SubmitCommand};
use my_apps_sign_in::json::{self, Read};
use my_apps_sign_in::provider::api::Credential;

/// What the arrival script says; nothing else about a page is ever sent.
pub(crate) const ARRIVED_MESSAGE: &str = "arrived";
const ARRIVAL_SCRIPT: &str = "arrival";

/// The tab under the popup.
pub(crate) async fn active_tab() -> Option<Tab> {
    let query = chrome::object([("active", true.into()), ("currentWindow", true.into())]);
    let tabs = chrome::call("chrome.tabs.query", &[query.into()]).await.ok()?;
    tab(&Array::from(&tabs).get(0))
}

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

/// Looks at the forms of the top document.
pub(crate) async fn probe(page: &Function, tab: i32, locators: &[Vec<String>]) -> Result<Sight, InjectionError> {
    let target = chrome::object([("tabId", tab.into())]);
    let locators = to_js(locators)?;
    let command = chrome::object([("probe", chrome::object([("locators", locators)]).into())]);
    let (document, result) = inject(page, target, &command).await?;
    // A page function that returns nothing was stopped by the page's end.
    let snapshot: Snapshot = read(&result)?;
    Ok(Sight { document: document.ok_or(InjectionError::Gone)?, snapshot })
}

/// Writes the credential. This is the one place where values join a command.
pub(crate) async fn write(page: &Function, tab: i32, document: &str, command: &FillCommand, credential: &Credential) -> Result<Report, InjectionError> {
    let fill = to_js(command)?;
    let fields = Array::from(&chrome::get(&fill, "fields"));
    for (field, element) in command.fields.iter().zip(fields.iter()) {
        // A field the credential does not have stays as it is: the page reports what is missing.
        let value = credential.field(&field.field).map(|secret| secret.reveal()).unwrap_or_default();
        chrome::set(&element, "value", &value.into());
    }
    let command = chrome::object([("fill", fill)]);
    report(inject(page, in_document(tab, document), &command).await?.1)
}

/// Presses the button of a form that was written.
pub(crate) async fn submit(page: &Function, tab: i32, document: &str, command: &SubmitCommand) -> Result<Report, InjectionError> {
    let command = chrome::object([("submit", to_js(command)?)]);
    report(inject(page, in_document(tab, document), &command).await?.1)
}

fn report(result: JsValue) -> Result<Report, InjectionError> {
    read(&result)
}

/// What a page returned, read like every other document.
fn read<T: Read>(result: &JsValue) -> Result<T, InjectionError> {
    let text = js_sys::JSON::stringify(result).ok().and_then(|text| text.as_string());
    text.as_deref().and_then(json::read).ok_or(InjectionError::Gone)
}

/// One document and no other: the browser refuses when the tab has moved on.
fn in_document(tab: i32, document: &str) -> Object {
    chrome::object([("tabId", tab.into()), ("documentIds", chrome::texts([document]).into())])
}

async fn inject(page: &Function, target: Object, command: &Object) -> Result<(Option<String>, JsValue), InjectionError> {
    let details = chrome::object([
        ("target", target.into()),
        ("func", page.into()),
        ("args", Array::of1(command).into()),
        ("injectImmediately", true.into()),
    ]);
    let results = chrome::call("chrome.scripting.executeScript", &[details.into()]).await.map_err(|error| classify(&error))?;
    let first = Array::from(&results).get(0);
    Ok((chrome::get_text(&first, "documentId"), chrome::get(&first, "result")))
}

/// Browsers say only in words why they refused; these are the words of Chromium and Firefox for a missing permission.
fn classify(error: &JsValue) -> InjectionError {
    let message = chrome::get_text(error, "message").unwrap_or_default();
    let refused = ["Cannot access", "permission", "cannot be scripted", "Blocked"].iter().any(|words| message.contains(words));
    if refused { InjectionError::NoAccess } else { InjectionError::Gone }
}

fn to_js<T: Serialize + ?Sized>(value: &T) -> Result<JsValue, InjectionError> {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    value.serialize(&serializer).map_err(|_| InjectionError::Gone)
}

/// Runs the arrival script on pages of these patterns, and on no others.
pub(crate) async fn register_arrivals(patterns: &[String]) {
    let filter = chrome::object([("ids", chrome::texts([ARRIVAL_SCRIPT]).into())]);
    // Fails when there is none, which is as good.
    quietly(chrome::call("chrome.scripting.unregisterContentScripts", &[filter.into()]).await);
    if patterns.is_empty() {
        return;
    }
    let script = chrome::object([
        ("id", ARRIVAL_SCRIPT.into()),
        // From the root: Firefox reads it relative to the page that registers.
        ("js", chrome::texts(["/page/arrival.js"]).into()),
        ("matches", chrome::texts(patterns).into()),
        ("runAt", "document_idle".into()),
    ]);
    if chrome::call("chrome.scripting.registerContentScripts", &[Array::of1(&script).into()]).await.is_err() {
        chrome::log_error("My Apps: the browser refused to watch the apps' sign-in pages.");
    }
}
