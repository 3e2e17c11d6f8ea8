//! The Wasm shell: the only part of the extension that has seen a browser. It turns callbacks into events and effects into
//! calls, and decides nothing.
//!
//! Three entry points, one for each of our contexts; their JavaScript registers listeners, loads this module and forwards.

#![cfg(target_arch = "wasm32")]

mod chrome;
mod context;
mod dom;
mod effects;
mod entropy;
mod http;
mod icon;
mod lock;
mod menu;
mod page;
mod pages;
mod storage;
mod text;
mod wait;

use std::rc::Rc;

use wasm_bindgen::prelude::*;

use context::Context;
use my_apps_sign_in::event::{Event, Tab};
use my_apps_sign_in::options::Options;
use my_apps_sign_in::popup::Popup;
use my_apps_sign_in::state::Screen;
use wait::Promised;

/// Finds room for everything.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// The worker (Firefox: event page).
#[wasm_bindgen]
pub struct Worker(Rc<Context>);

#[wasm_bindgen]
impl Worker {
    /// `page` is the function that is injected into pages.
    #[wasm_bindgen(constructor)]
    pub fn new(page: JsValue) -> Worker {
        Worker(Context::new(Screen::Worker, page, Box::new(|_, _| {})))
    }

    /// Installed, updated, or the browser started.
    pub fn started(&self) -> JsValue {
        // Not for the arrival script: what is remembered is for our own pages. Firefox has no such level yet.
        let trusted = chrome::Details::new().text("accessLevel", "TRUSTED_CONTEXTS");
        let level = chrome::call("chrome.storage.local.setAccessLevel", [trusted.into()]);
        let handled = self.0.handle(Event::Started);
        wait::promise(Box::pin(async move {
            effects::quietly(level.await);
            handled.await;
        }))
    }

    /// An item of the icon's menu was chosen.
    pub fn menu_chosen(&self, id: &str) -> JsValue {
        self.tell(menu::chosen(id))
    }

    /// Host access was given or taken.
    pub fn host_access_changed(&self) -> JsValue {
        self.tell(Some(Event::HostAccessChanged))
    }

    /// The alarm rang.
    pub fn alarm_rang(&self) -> JsValue {
        self.tell(Some(Event::AlarmRang))
    }

    /// A message arrived; who sent it is the browser's word, what it says is checked here.
    pub fn message(&self, message: &JsValue, sender: &JsValue) -> JsValue {
        let from_our_page = chrome::get_text(sender, "url").is_some_and(|url| url.starts_with(&chrome::url_of("")));
        match message.as_string().as_deref() {
            Some(effects::SIGN_IN_MESSAGE) if from_our_page => self.tell(Some(Event::SignInRequested)),
            Some(page::ARRIVED_MESSAGE) if !from_our_page => {
                // Only top documents arrive; a frame says nothing about what the person sees.
                let top = chrome::get(sender, "frameId").as_f64() == Some(0.0);
                let tab = page::tab(&chrome::get(sender, "tab")).filter(|_| top);
                // The address of the document that sent it; the tab may have moved on.
                let Some(tab) = tab.map(|tab| Tab { url: chrome::get_text(sender, "url"), ..tab }) else { return self.tell(None) };
                let handled = self.0.handle(Event::Arrived { tab });
                wait::promise(Box::pin(async move {
                    lock::with(lock::LAUNCH, Box::pin(async {})).await;
                    handled.await;
                }))
            }
            _ => self.tell(None),
        }
    }

    fn tell(&self, event: Option<Event>) -> JsValue {
        match event {
            Some(event) => wait::promise(self.0.handle(event)),
            None => JsValue::UNDEFINED,
        }
    }
}

/// Opens the popup: paints it from what is remembered and looks at the tab under it. Both are promises: of the function for
/// pages; and of what the browser was asked for while this module was on its way, `{tab, local, session}`: the tab under the
/// popup and the small keys of both storage areas.
#[wasm_bindgen]
pub fn open_popup(page: JsValue, asked: JsValue) -> JsValue {
    pages::appearance::apply();
    let context = Context::new(Screen::Popup(Popup::new(None)), JsValue::UNDEFINED, Box::new(pages::popup::painter()));
    pages::popup::listen(&context);
    follow_memory(&context);
    wait::promise(Box::pin(async move {
        let sign_in_alive = lock::is_held(lock::SIGN_IN);
        let found = Promised::new(Ok(asked)).await.unwrap_or_default();
        let tab = context.glimpse(&found);
        let sign_in_alive = sign_in_alive.await;
        context.page.replace(Promised::new(Ok(page)).await.unwrap_or_default());
        context.handle(Event::PopupOpened { tab, sign_in_alive }).await;
    }))
}

/// Opens the options page.
#[wasm_bindgen]
pub fn open_options(page: JsValue) -> JsValue {
    pages::appearance::apply();
    pages::translate();
    let context = Context::new(Screen::Options(Options::default()), page, Box::new(pages::options::painter()));
    pages::options::listen(&context);
    follow_memory(&context);
    wait::promise(context.handle(Event::OptionsOpened))
}

/// What another context writes shows here too.
fn follow_memory(context: &Rc<Context>) {
    let context = Rc::clone(context);
    let listener = Closure::<dyn Fn()>::new(move || context.send(Event::MemoryChanged));
    effects::quietly(chrome::call_now("chrome.storage.onChanged.addListener", [listener.into_js_value()]));
}
