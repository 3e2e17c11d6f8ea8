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

use std::rc::Rc;

use js_sys::Function;
use wasm_bindgen::prelude::*;

use my_apps_sign_in::event::{Event, Tab};
use my_apps_sign_in::options::Options;
use my_apps_sign_in::popup::Popup;
use my_apps_sign_in::state::Screen;
use context::Context;

/// The worker (Firefox: event page).
#[wasm_bindgen]
pub struct Worker(Rc<Context>);

#[wasm_bindgen]
impl Worker {
    /// `page` is the function that is injected into pages.
    #[wasm_bindgen(constructor)]
    pub fn new(page: Function) -> Worker {
        Worker(Context::new(Screen::Worker, page, Box::new(|_, _| {})))
    }

    /// Installed, updated, or the browser started.
    pub async fn started(&self) {
        // Not for the arrival script: what is remembered is for our own pages. Firefox has no such level yet.
        let trusted = chrome::object([("accessLevel", "TRUSTED_CONTEXTS".into())]);
        effects::quietly(chrome::call("chrome.storage.local.setAccessLevel", &[trusted.into()]).await);
        self.0.handle(Event::Started).await;
    }

    /// An item of the icon's menu was chosen.
    pub async fn menu_chosen(&self, id: String) {
        if let Some(event) = menu::chosen(&id) {
            self.0.handle(event).await;
        }
    }

    /// Host access was given or taken.
    pub async fn host_access_changed(&self) {
        self.0.handle(Event::HostAccessChanged).await;
    }

    /// The alarm rang.
    pub async fn alarm_rang(&self) {
        self.0.handle(Event::AlarmRang).await;
    }

    /// A message arrived; who sent it is the browser's word, what it says is checked here.
    pub async fn message(&self, message: JsValue, sender: JsValue) {
        let from_our_page = chrome::get_text(&sender, "url").is_some_and(|url| url.starts_with(&chrome::url_of("")));
        match message.as_string().as_deref() {
            Some(effects::SIGN_IN_MESSAGE) if from_our_page => self.0.handle(Event::SignInRequested).await,
            Some(page::ARRIVED_MESSAGE) if !from_our_page => {
                // Only top documents arrive; a frame says nothing about what the person sees.
                let top = chrome::get(&sender, "frameId").as_f64() == Some(0.0);
                let tab = page::tab(&chrome::get(&sender, "tab")).filter(|_| top);
                let Some(tab) = tab else { return };
                // The address of the document that sent it; the tab may have moved on.
                let tab = Tab { url: chrome::get_text(&sender, "url"), ..tab };
                lock::with(lock::LAUNCH, async {}).await;
                self.0.handle(Event::Arrived { tab }).await;
            }
            _ => {}
        }
    }
}

/// Opens the popup: paints it from what is remembered and looks at the tab under it.
#[wasm_bindgen]
pub async fn open_popup(page: Function) {
    pages::appearance::apply();
    let context = Context::new(Screen::Popup(Popup::new(None)), page, Box::new(pages::popup::painter()));
    pages::popup::listen(&context);
    follow_memory(&context);
    let tab = page::active_tab().await;
    let sign_in_alive = lock::is_held(lock::SIGN_IN).await;
    context.handle(Event::PopupOpened { tab, sign_in_alive }).await;
}

/// Opens the options page.
#[wasm_bindgen]
pub async fn open_options(page: Function) {
    pages::appearance::apply();
    pages::translate();
    let context = Context::new(Screen::Options(Options::default()), page, Box::new(pages::options::painter()));
    pages::options::listen(&context);
    follow_memory(&context);
    context.handle(Event::OptionsOpened).await;
}

/// What another context writes shows here too.
fn follow_memory(context: &Rc<Context>) {
    let context = Rc::clone(context);
    let listener = Closure::<dyn Fn()>::new(move || context.send(Event::MemoryChanged));
    effects::quietly(chrome::call_now("chrome.storage.onChanged.addListener", &[listener.into_js_value()]));
}
