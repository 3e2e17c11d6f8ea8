//! The popup.

use wasm_bindgen::prelude::*;

use super::context::Context;
use super::wait::Promised;
use super::{chrome, follow_memory, page, pages, wait};
use my_apps_sign_in::event::Event;
use my_apps_sign_in::popup::Popup;
use my_apps_sign_in::state::Screen;
use my_apps_sign_in::update::update;

/// Opens the popup: paints it from what is remembered and looks at the tab under it. `asked` is a promise of the tab
/// under it, which the browser was asked for while this module was on its way. Gives a promise that is kept when the popup is painted.
#[wasm_bindgen]
pub fn open_popup(browser: JsValue, asked: JsValue) -> JsValue {
    let context = Context::new(Screen::Popup(Popup::new(None)), browser, update, Box::new(pages::popup::painter()));
    pages::popup::listen(&context);
    follow_memory(&context);
    wait::promise(Box::pin(async move {
        let tab = page::tab(&Promised::new(Ok(asked)).await.unwrap_or_default());
        let is_back = chrome::get_text(&chrome::get(&chrome::global(), "location"), "search").is_some_and(|search| !search.is_empty());
        context.handle(Event::PopupOpened { tab, is_back }).await;
    }))
}
