//! The pages that are opened now and then.

use wasm_bindgen::prelude::*;

use super::context::Context;
use super::{follow_memory, page, pages, wait};
use my_apps_sign_in::desk::update;
use my_apps_sign_in::event::Event;
use my_apps_sign_in::options::Options;
use my_apps_sign_in::state::Screen;

/// Opens the options page.
#[wasm_bindgen]
pub fn open_options(browser: JsValue) -> JsValue {
    pages::appearance::apply();
    pages::translate();
    let context = Context::new(Screen::Options(Options::default()), browser, update, Box::new(pages::options::painter()));
    pages::options::listen(&context);
    follow_memory(&context);
    wait::promise(context.handle(Event::OptionsOpened))
}

/// Opens the page where a form is taught, in the popup.
#[wasm_bindgen]
pub fn open_teaching(browser: JsValue) -> JsValue {
    pages::appearance::apply();
    pages::translate();
    let context = Context::new(Screen::Teaching(Box::default()), browser, update, Box::new(pages::teaching::painter()));
    pages::teaching::listen(&context);
    follow_memory(&context);
    wait::promise(Box::pin(async move {
        let tab = page::active_tab().await;
        context.handle(Event::TeachingOpened { tab }).await;
    }))
}
