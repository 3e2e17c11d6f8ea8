//! One arm for each effect; nothing is decided here.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use wasm_bindgen::prelude::*;

use super::chrome::Details;
use super::context::Context;
use super::wait::{self, Promised};
use super::{chrome, entropy, http, icon, lock, page};
use my_apps_sign_in::effect::Effect;
use my_apps_sign_in::event::{Event, InjectionError};
use my_apps_sign_in::opening::Opening;
use my_apps_sign_in::provider::oauth::{AuthorizeError, Prompt};
use my_apps_sign_in::secret::Secret;

/// What is still to come, and the event it ends with. Each kind of work has a box of its own: in one function with all of
/// them every wait would carry what the others need.
pub(crate) type Outcome = Pin<Box<dyn Future<Output = Option<Event>>>>;

/// Does it, without waiting for the end.
pub(crate) fn perform(context: &Rc<Context>, effect: Effect) {
    let context = Rc::clone(context);
    let outcome = begin(&context, effect);
    wait::start(Box::pin(async move {
        if let Some(event) = outcome.await {
            context.send(event);
        }
    }));
}

fn begin(context: &Rc<Context>, effect: Effect) -> Outcome {
    match effect {
        Effect::Ask { purpose, epoch, request } => {
            let browser = context.browser.clone();
            Box::pin(async move {
                let exchange = http::exchange(&browser, &request).await;
                Some(Event::Answered { purpose, epoch, exchange })
            })
        }
        #[cfg(not(feature = "desk"))]
        Effect::DrawProof { epoch } => Box::pin(async move { entropy::proof().await.map(|proof| Event::ProofDrawn { epoch, proof }) }),
        #[cfg(not(feature = "desk"))]
        Effect::Authorize { epoch, url, prompt } => {
            let details = Details::new().text("url", &url).flag("interactive", prompt == Prompt::Interactive);
            #[cfg(feature = "worker")]
            let flow = Promised::new(chrome::invoke(&context.browser, "authorize", [details.into()]));
            #[cfg(not(feature = "worker"))]
            let flow = chrome::call("chrome.identity.launchWebAuthFlow", [details.into()]);
            Box::pin(async move { Some(Event::Authorized { epoch, redirect: redirect(flow.await, prompt) }) })
        }
        // The worker hears no message of its own.
        #[cfg(feature = "worker")]
        Effect::AskWorker(job) => Box::pin(std::future::ready(super::worker::asked(job.as_str()))),
        #[cfg(not(feature = "worker"))]
        Effect::AskWorker(errand) => begun(chrome::call("chrome.runtime.sendMessage", [errand.as_str().into()])),
        #[cfg(feature = "worker")]
        Effect::CloseSignInWindow => begun(Promised::new(chrome::invoke(&context.browser, "closeWindow", []))),
        #[cfg(not(feature = "worker"))]
        Effect::CloseSignInWindow => nothing_more(),
        #[cfg(not(feature = "desk"))]
        Effect::WaitToList(milliseconds) => waited(milliseconds, Event::ListRequested),
        #[cfg(not(feature = "desk"))]
        Effect::Probe { tab, number, frame, locators, description } => {
            let look = page::look(&context.browser, tab, "probe", &frame, &locators, &description);
            Box::pin(async move { Some(Event::Probed { tab, number, sight: page::sight(look).await.map(|(sight, _)| sight) }) })
        }
        #[cfg(feature = "desk")]
        Effect::Look { tab, frame, locators } => {
            let look = page::look(&context.browser, tab, "teach", &frame, &locators, "");
            Box::pin(async move { Some(Event::Seen { tab, seen: page::sight(look).await }) })
        }
        Effect::Write { tab, number, document, command, credential } => {
            written(tab, number, page::write(&context.browser, tab, &document, &command, &credential))
        }
        #[cfg(not(feature = "desk"))]
        Effect::Submit { tab, number, document, command } => written(tab, number, page::submit(&context.browser, tab, &document, &command)),
        Effect::Find { list, typed, most, number } => {
            let context = Rc::clone(context);
            let finder = Promised::new(chrome::invoke(&context.browser, "finder", []));
            Box::pin(async move {
                let finder = finder.await.unwrap_or_default();
                if context.prepared.borrow().as_ref() != Some(&list) {
                    let prepared = chrome::invoke(&finder, "prepare", [list.write().into()]);
                    context.prepared.replace(prepared.is_ok().then_some(list));
                }
                let answer = chrome::invoke(&finder, "find", [typed.as_str().into(), most.into()]);
                Some(Event::Found { number, answer: answer.ok().and_then(|answer| answer.as_string()).unwrap_or_default() })
            })
        }
        #[cfg(not(feature = "desk"))]
        Effect::Select(app, opening) => Box::pin(std::future::ready(Some(Event::AppSelected(app, opening)))),
        #[cfg(feature = "worker")]
        Effect::Suggest(rows) => {
            super::omnibox::suggest(&context.suggest.borrow(), &rows);
            nothing_more()
        }
        #[cfg(not(feature = "worker"))]
        Effect::Suggest(_) => nothing_more(),
        #[cfg(not(feature = "desk"))]
        Effect::Wait { tab, number, milliseconds } => waited(milliseconds, Event::Waited { tab, number }),
        #[cfg(not(feature = "desk"))]
        Effect::CloseSoon(milliseconds) => then_close(pause(milliseconds)),
        #[cfg(not(feature = "desk"))]
        Effect::Launch { app, url, opening } => {
            let worker = Rc::clone(context);
            Box::pin(async move {
                // Whoever hears of the new tab's arrival waits for this lock, so the promise is there first.
                lock::with(lock::LAUNCH, Box::pin(launch(worker, app, url, opening))).await;
                if opening != Opening::Background {
                    close_popup();
                }
                None
            })
        }
        Effect::OpenTab { url } => then_close(chrome::call("chrome.tabs.create", [Details::new().text("url", &url).into()])),
        Effect::OpenOptions => then_close(chrome::call("chrome.runtime.openOptionsPage", [])),
        #[cfg(feature = "popup")]
        Effect::OpenPage(path) => then_close(Promised::new(chrome::invoke(&context.browser, "openPage", [path.into()]))),
        #[cfg(not(feature = "popup"))]
        Effect::OpenPage(_) => nothing_more(),
        Effect::Show(page) => {
            quietly(chrome::call_now("location.replace", [page.into()]));
            nothing_more()
        }
        Effect::OpenPopup => begun(chrome::call("chrome.action.openPopup", [])),
        // The browser wants the prompt in the same turn as the person's click.
        Effect::RequestHostAccess { patterns } => {
            let answer = chrome::call("chrome.permissions.request", [Details::new().texts("origins", patterns).into()]);
            Box::pin(async move {
                // What follows a grant is the worker's, who hears of it as well: in Chromium the prompt closes the popup.
                quietly(answer.await);
                Some(Event::MemoryChanged)
            })
        }
        #[cfg(feature = "desk")]
        Effect::GiveUpHostAccess { patterns } => {
            let give_up =
                |patterns: &[String]| chrome::call("chrome.permissions.remove", [Details::new().texts("origins", patterns).into()]);
            let answer = give_up(&patterns);
            Box::pin(async move {
                // One that a company's own build was installed with can't be given up, and holds up all that are named with it.
                if answer.await.is_err() {
                    for pattern in patterns.chunks(1) {
                        quietly(give_up(pattern).await);
                    }
                }
                Some(Event::MemoryChanged)
            })
        }
        #[cfg(feature = "desk")]
        Effect::OpenShortcuts => {
            open_shortcuts();
            nothing_more()
        }
        #[cfg(feature = "desk")]
        Effect::ClearStorage => {
            super::pages::appearance::forget();
            begun(chrome::call("chrome.storage.local.clear", []))
        }
        #[cfg(feature = "desk")]
        Effect::AskWhetherPortal { request } => {
            let browser = context.browser.clone();
            Box::pin(async move {
                let (exchange, date) = http::dated_exchange(&browser, &request).await;
                Some(Event::PortalChecked { exchange, date })
            })
        }
        #[cfg(feature = "desk")]
        Effect::ClearSiteData { origin } => super::site_data::clear(origin),
        // They neither sign in, nor open apps, nor fill what is theirs.
        #[cfg(feature = "desk")]
        Effect::DrawProof { .. }
        | Effect::Authorize { .. }
        | Effect::WaitToList(_)
        | Effect::Probe { .. }
        | Effect::Submit { .. }
        | Effect::Select(..)
        | Effect::Wait { .. }
        | Effect::CloseSoon(_)
        | Effect::Launch { .. } => nothing_more(),
        // What the pages alone ask for that are opened now and then.
        #[cfg(not(feature = "desk"))]
        Effect::AskWhetherPortal { .. } | Effect::ClearSiteData { .. } => nothing_more(),
        #[cfg(not(feature = "desk"))]
        Effect::Look { .. } | Effect::GiveUpHostAccess { .. } | Effect::OpenShortcuts | Effect::ClearStorage => nothing_more(),
        #[cfg(feature = "worker")]
        Effect::ShowOutside { number, outside } => super::outside::show(context.browser.clone(), number, *outside),
        #[cfg(not(feature = "worker"))]
        Effect::ShowOutside { .. } => nothing_more(),
        Effect::ShowAvailable { tab, title } => {
            icon::show_available(&context.browser, tab, title.as_ref());
            nothing_more()
        }
        #[cfg(feature = "worker")]
        Effect::KeepLinks { account, request, is_network_new } => super::links::keep(context, &account, request, is_network_new),
        #[cfg(not(feature = "worker"))]
        Effect::KeepLinks { .. } => nothing_more(),
    }
}

fn nothing_more() -> Outcome {
    Box::pin(std::future::ready(None))
}

/// For calls whose end nobody waits for.
fn begun(call: Promised) -> Outcome {
    drop(call);
    nothing_more()
}

fn waited(milliseconds: u32, event: Event) -> Outcome {
    let pause = pause(milliseconds);
    Box::pin(async move {
        quietly(pause.await);
        Some(event)
    })
}

/// Firefox opens its page for shortcuts itself; the others let it be opened by its address.
#[cfg(feature = "desk")]
fn open_shortcuts() {
    if chrome::call_now("chrome.commands.openShortcutSettings", []).is_err() {
        drop(chrome::call("chrome.tabs.create", [Details::new().text("url", "chrome://extensions/shortcuts").into()]));
    }
}

fn written(tab: i32, number: u32, change: Result<Promised, InjectionError>) -> Outcome {
    Box::pin(async move { Some(Event::Written { tab, number, result: page::report(change).await }) })
}

fn then_close(call: Promised) -> Outcome {
    Box::pin(async move {
        quietly(call.await);
        close_popup();
        None
    })
}

/// For calls whose failure changes nothing: the tab is gone, the window has no focus, the browser lacks the function.
pub(crate) fn quietly<T>(result: Result<T, JsValue>) {
    drop(result);
}

async fn launch(context: Rc<Context>, app: String, url: String, opening: Opening) {
    let place = if opening == Opening::Here {
        page::active_tab().await.map(|tab| tab.id)
    } else {
        let details = Details::new().text("url", &url).flag("active", false);
        chrome::call("chrome.tabs.create", [details.into()]).await.ok().as_ref().and_then(page::tab_id)
    };
    let Some(id) = place else { return };
    context.handle(Event::Launched { app, tab: id }).await;
    // Only now: showing the tab takes the focus from the popup, and with it the popup.
    let shown = match opening {
        Opening::Tab => chrome::call("chrome.tabs.update", [id.into(), Details::new().flag("active", true).into()]),
        Opening::Here => chrome::call("chrome.tabs.update", [id.into(), Details::new().text("url", &url).into()]),
        Opening::Window => chrome::call("chrome.windows.create", [Details::new().number("tabId", id.into()).into()]),
        Opening::Background => return,
    };
    quietly(shown.await);
}

fn redirect(answer: Result<JsValue, JsValue>, prompt: Prompt) -> Result<Secret, AuthorizeError> {
    match answer {
        Ok(redirect) => redirect.as_string().map(Secret::new).ok_or(AuthorizeError::Refused),
        // Browsers say in words of their own that the window was closed or could not go on without one.
        Err(_) if prompt == Prompt::Silent => Err(AuthorizeError::LoginRequired),
        Err(_) => Err(AuthorizeError::Cancelled),
    }
}

/// Lets time pass.
pub(crate) fn pause(milliseconds: u32) -> Promised {
    let (promise, keep) = wait::open_promise();
    quietly(chrome::call_now("setTimeout", [keep, milliseconds.into()]));
    Promised::new(Ok(promise))
}

/// Closes the popup; the options page stays, and the worker has no window.
fn close_popup() {
    let is_popup =
        chrome::get(&chrome::get(&chrome::global(), "location"), "pathname").as_string().is_some_and(|path| path.starts_with("/popup/"));
    if is_popup {
        quietly(chrome::call_now("close", []));
    }
}
