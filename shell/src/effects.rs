//! One arm for each effect; nothing is decided here.

use std::rc::Rc;

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::context::Context;
use super::chrome::Details;
use super::{chrome, entropy, http, icon, lock, menu, page};
use my_apps_sign_in::effect::Effect;
use my_apps_sign_in::event::Event;
use my_apps_sign_in::provider::oauth::{AuthorizeError, Prompt};

/// The name of our one alarm.
const ALARM: &str = "token-ends";
/// How long a success stays readable before the popup closes by itself.
const READING_TIME: u32 = 1_200;
/// What the popup tells the worker.
pub(crate) const SIGN_IN_MESSAGE: &str = "sign-in";

/// Does it, without waiting for the end.
pub(crate) fn perform(context: &Rc<Context>, effect: Effect) {
    // The browser wants the prompt in the same turn as the person's click.
    if let Effect::RequestHostAccess { patterns } = &effect {
        request_host_access(context, patterns);
        return;
    }
    let context = Rc::clone(context);
    spawn_local(async move {
        let event = perform_slowly(&context, effect).await;
        if let Some(event) = event {
            context.handle(event).await;
        }
    });
}

async fn perform_slowly(context: &Rc<Context>, effect: Effect) -> Option<Event> {
    match effect {
        Effect::Ask { purpose, epoch, request } => {
            let exchange = http::exchange(&request).await;
            return Some(Event::Answered { purpose, epoch, exchange });
        }
        Effect::DrawProof { epoch } => return entropy::proof().await.map(|proof| Event::ProofDrawn { epoch, proof }),
        Effect::Authorize { epoch, url, prompt } => return Some(Event::Authorized { epoch, redirect: authorize(&url, prompt).await }),
        Effect::AskWorkerToSignIn => quietly(chrome::call("chrome.runtime.sendMessage", [SIGN_IN_MESSAGE.into()]).await),
        Effect::Probe { tab, locators } => {
            return Some(Event::Probed { tab, sight: page::probe(&context.page, tab, &locators).await });
        }
        Effect::Write { tab, document, command, credential } => {
            return Some(Event::Written { tab, result: page::write(&context.page, tab, &document, &command, &credential).await });
        }
        Effect::Submit { tab, document, command } => {
            return Some(Event::Written { tab, result: page::submit(&context.page, tab, &document, &command).await });
        }
        Effect::Wait { tab, milliseconds } => {
            pause(milliseconds).await;
            return Some(Event::Waited { tab });
        }
        Effect::CloseSoon => {
            pause(READING_TIME).await;
            close_popup();
        }
        Effect::Launch { app, url } => {
            let worker = Rc::clone(context);
            // Whoever hears of the new tab's arrival waits for this lock, so the promise is there first.
            lock::with(lock::LAUNCH, Box::pin(async move { launch(&worker, app, &url).await })).await;
            close_popup();
        }
        Effect::OpenTab { url } => {
            quietly(chrome::call("chrome.tabs.create", [Details::new().text("url", &url).into()]).await);
            close_popup();
        }
        Effect::OpenOptions => {
            quietly(chrome::call("chrome.runtime.openOptionsPage", []).await);
            close_popup();
        }
        Effect::OpenPopup => quietly(chrome::call("chrome.action.openPopup", []).await),
        Effect::RequestHostAccess { .. } => {}
        Effect::PaintMenu(model) => menu::paint(&model),
        Effect::LightIcons(rules) => icon::light_on(&rules).await,
        Effect::RegisterArrivals(patterns) => {
            // After a grant, the popup and the worker both get here.
            lock::with(lock::ARRIVALS, Box::pin(async move { page::register_arrivals(&patterns).await })).await;
        }
        Effect::ShowAvailable { tab, title } => icon::show_available(tab, title.as_ref()),
        Effect::SetAlarm(Some(moment)) => {
            // A moment in milliseconds is exact as a floating-point number.
            let when = Details::new().number("when", moment as f64);
            quietly(chrome::call("chrome.alarms.create", [ALARM.into(), when.into()]).await);
        }
        Effect::SetAlarm(None) => quietly(chrome::call("chrome.alarms.clear", [ALARM.into()]).await),
    }
    None
}

/// For calls whose failure changes nothing: the tab is gone, the window has no focus, the browser lacks the function.
pub(crate) fn quietly<T>(result: Result<T, JsValue>) {
    drop(result);
}

async fn launch(context: &Rc<Context>, app: String, url: &str) {
    let details = Details::new().text("url", url).flag("active", false);
    let Ok(tab) = chrome::call("chrome.tabs.create", [details.into()]).await else { return };
    let Some(id) = page::tab_id(&tab) else { return };
    context.handle(Event::Launched { app, tab: id }).await;
    // Only now: showing the tab takes the focus from the popup, and with it the popup.
    quietly(chrome::call("chrome.tabs.update", [id.into(), Details::new().flag("active", true).into()]).await);
}

async fn authorize(url: &str, prompt: Prompt) -> Result<String, AuthorizeError> {
    let details = Details::new().text("url", url).flag("interactive", prompt == Prompt::Interactive);
    match chrome::call("chrome.identity.launchWebAuthFlow", [details.into()]).await {
        Ok(redirect) => redirect.as_string().ok_or(AuthorizeError::Refused),
        // Browsers say in words of their own that the window was closed or could not go on without one.
        Err(_) if prompt == Prompt::Silent => Err(AuthorizeError::LoginRequired),
        Err(_) => Err(AuthorizeError::Cancelled),
    }
}

fn request_host_access(context: &Rc<Context>, patterns: &[String]) {
    let answer = chrome::call("chrome.permissions.request", [Details::new().texts("origins", patterns).into()]);
    let context = Rc::clone(context);
    spawn_local(async move {
        // In Chromium the prompt closes the popup, so what follows a grant also happens in the worker.
        quietly(answer.await);
        context.handle(Event::HostAccessChanged).await;
    });
}

/// Lets time pass.
pub(crate) async fn pause(milliseconds: u32) {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        quietly(chrome::call_now("setTimeout", [resolve.into(), milliseconds.into()]));
    });
    quietly(JsFuture::from(promise).await);
}

/// Closes the popup; the options page stays, and the worker has no window.
fn close_popup() {
    let global = js_sys::global();
    let is_popup = chrome::get(&chrome::get(&global, "location"), "pathname").as_string().is_some_and(|path| path.starts_with("/popup/"));
    if is_popup {
        quietly(chrome::call_now("close", []));
    }
}
