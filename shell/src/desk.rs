//! The pages that are opened now and then.

use std::rc::Rc;

use wasm_bindgen::prelude::*;

use super::context::Context;
use super::wait::Work;
use super::{chrome, dom, follow_memory, page, pages, wait};
use my_apps_sign_in::desk::update;
use my_apps_sign_in::diagnostics::Diagnostics;
use my_apps_sign_in::event::Event;
use my_apps_sign_in::options::Options;
use my_apps_sign_in::state::Screen;

/// Where `extension/links.js` keeps what the pages show of internal addresses.
const LINKS_REPORT: &str = "links_report";

/// Opens the options page.
#[wasm_bindgen]
pub fn open_options(browser: JsValue) -> JsValue {
    pages::translate();
    let context = Context::new(Screen::Options(Options::default()), browser, update, Box::new(pages::options::painter()));
    pages::options::listen(&context);
    follow_memory(&context);
    // The shortcut is changed on a page of the browser, which a person comes back from.
    if let Some(window) = web_sys::window() {
        let to = Rc::clone(&context);
        dom::listen(&window, "focus", move |_: web_sys::Event| wait::start(opened(&to)));
    }
    wait::promise(opened(&context))
}

fn opened(context: &Rc<Context>) -> Work {
    let context = Rc::clone(context);
    let asked = chrome::call("chrome.commands.getAll", []);
    let links = chrome::call("chrome.storage.session.get", [LINKS_REPORT.into()]);
    Box::pin(async move {
        let commands = asked.await.unwrap_or_default();
        // The one command there is opens the popup.
        let shortcut = chrome::get_text(&js_sys::Array::from(&commands).get(0), "shortcut").unwrap_or_default();
        let links = chrome::get_text(&links.await.unwrap_or_default(), LINKS_REPORT).unwrap_or_default();
        context.handle(Event::OptionsOpened { shortcut, links }).await;
    })
}

/// Opens the page that finds out what is wrong.
#[wasm_bindgen]
pub fn open_diagnostics(browser: JsValue) -> JsValue {
    pages::translate();
    let screen = Screen::Diagnostics(Diagnostics::default());
    let context = Context::new(screen, browser, update, Box::new(pages::diagnostics::painter()));
    pages::diagnostics::listen(&context);
    follow_memory(&context);
    wait::promise(Box::pin(async move {
        let facts = pages::diagnostics::facts().await;
        context.handle(Event::DiagnosticsOpened { facts }).await;
    }))
}

/// Opens the page where a form is taught, in the popup.
#[wasm_bindgen]
pub fn open_teaching(browser: JsValue) -> JsValue {
    pages::translate();
    let context = Context::new(Screen::Teaching(Box::default()), browser, update, Box::new(pages::teaching::painter()));
    pages::teaching::listen(&context);
    follow_memory(&context);
    wait::promise(Box::pin(async move {
        let tab = page::active_tab().await;
        context.handle(Event::TeachingOpened { tab }).await;
    }))
}
