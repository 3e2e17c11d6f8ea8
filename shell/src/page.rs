//! The page in front of the person: looked at, and written into.

use js_sys::Array;
use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::chrome::{self, Details};
use super::wait::Promised;
use my_apps_sign_in::event::{InjectionError, Sight, Tab};
use my_apps_sign_in::find::contains;
use my_apps_sign_in::form::{FillCommand, Judgement, ProbeCommand, Report, SubmitCommand};
use my_apps_sign_in::json::{self, Read};
use my_apps_sign_in::provider::api::Credential;

/// What the arrival script says; nothing else about a page is ever sent.
pub(crate) const ARRIVED_MESSAGE: &str = "arrived";

/// The tab that a person looks at.
pub(crate) async fn active_tab() -> Option<Tab> {
    let query = Details::new().flag("active", true).flag("currentWindow", true);
    tab(&Array::from(&chrome::call("chrome.tabs.query", [query.into()]).await.ok()?).get(0))
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

/// Looks at the forms of the top document, and at those in frames of that origin, to `probe` or to `teach` them, and has them
/// judged; [`sight`] waits for what is there.
pub(crate) fn look(
    browser: &JsValue,
    tab: i32,
    what_for: &str,
    frame: &str,
    locators: &[Vec<String>],
    description: &str,
) -> Result<Promised, InjectionError> {
    let command = Details::new().value(what_for, to_js(&ProbeCommand { frame, locators })?);
    let target = Details::new().number("tabId", tab.into());
    // What this runs in is for the browser to say: the frames that we have access to. All others answer nothing.
    let details = injection(if frame.is_empty() { target } else { target.flag("allFrames", true) }, command);
    Ok(Promised::new(chrome::invoke(browser, "look", [details.into(), description.into()])))
}

/// What was seen, of the page or of the only frame that answered, and what it offers to be taught.
pub(crate) async fn sight(looked: Result<Promised, InjectionError>) -> Result<(Sight, String), InjectionError> {
    let results = looked?.await.map_err(|error| classify(&error))?;
    let (mut top, mut framed, mut frames) = (None, None, 0);
    for result in Array::from(&results).iter() {
        let judged = chrome::get_text(&result, "judgement");
        let Some(judged) = judged.as_deref().and_then(json::read::<Judgement>) else { continue };
        let Some(document) = chrome::get_text(&result, "document") else { continue };
        // Of no use but to teach.
        let examined = if cfg!(feature = "desk") { chrome::get_text(&result, "examination").unwrap_or_default() } else { String::new() };
        let sight = Sight { document, page: judged, above: None };
        if sight.page.top {
            top = Some((sight, examined));
        } else {
            frames += 1;
            framed = Some((sight, examined));
        }
    }
    let top = top.ok_or(InjectionError::Gone)?;
    match framed {
        Some((framed, examined)) if frames == 1 => Ok((Sight { above: Some(top.0.page.href), ..framed }, examined)),
        _ => Ok(top),
    }
}

/// Writes the credential; [`report`] waits for what became of it. This is the one place where values join a command.
pub(crate) fn write(
    browser: &JsValue,
    tab: i32,
    document: &str,
    command: &FillCommand,
    credential: &Credential,
) -> Result<Promised, InjectionError> {
    let fill = to_js(command)?;
    let fields = Array::from(&chrome::get(&fill, "fields"));
    for (field, element) in command.fields.iter().zip(fields.iter()) {
        // The core writes nothing that the credential lacks.
        let value = credential.field(&field.field).map(|secret| secret.reveal()).unwrap_or_default();
        chrome::set(&element, "value", &value.into());
    }
    Ok(inject(browser, only(tab, document), Details::new().value("fill", fill)))
}

/// Presses the button of a form that was written; [`report`] waits for what became of it.
pub(crate) fn submit(browser: &JsValue, tab: i32, document: &str, command: &SubmitCommand) -> Result<Promised, InjectionError> {
    Ok(inject(browser, only(tab, document), Details::new().value("submit", to_js(command)?)))
}

/// The page's word for what became of a command.
pub(crate) async fn report(change: Result<Promised, InjectionError>) -> Result<Report, InjectionError> {
    let results = change?.await.map_err(|error| classify(&error))?;
    read(&chrome::get(&Array::from(&results).get(0), "result"))
}

/// What a page returned, read like every other document.
fn read<T: Read + Default>(result: &JsValue) -> Result<T, InjectionError> {
    let text = js_sys::JSON::stringify(result).ok().and_then(|text| text.as_string());
    text.as_deref().and_then(json::read).ok_or(InjectionError::Gone)
}

/// One document and no other: the browser refuses when the tab has moved on.
fn only(tab: i32, document: &str) -> Details {
    Details::new().number("tabId", tab.into()).texts("documentIds", [document])
}

/// Runs a command where `target` says.
fn inject(browser: &JsValue, target: Details, command: Details) -> Promised {
    Promised::new(chrome::invoke(browser, "run", [injection(target, command).into()]))
}

fn injection(target: Details, command: Details) -> Details {
    Details::new().value("target", target.into()).value("args", Array::of1(&command.into()).into())
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
