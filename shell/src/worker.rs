//! The worker.

use std::rc::Rc;

use wasm_bindgen::prelude::*;

use super::context::Context;
use super::{chrome, effects, lock, menu, page, wait};
use my_apps_sign_in::event::{Event, Tab};
use my_apps_sign_in::opening::Opening;
use my_apps_sign_in::state::Screen;
use my_apps_sign_in::worker::update;

/// The worker (Firefox: event page).
#[wasm_bindgen]
pub struct Worker(Rc<Context>);

#[wasm_bindgen]
impl Worker {
    /// `browser` is what `extension/browser.js` exports, with the way into pages from `extension/pages.js`.
    #[wasm_bindgen(constructor)]
    pub fn new(browser: JsValue) -> Worker {
        Worker(Context::new(Screen::Worker, browser, update, Box::new(|_, _| {})))
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

    /// The company's administrators decided otherwise.
    pub fn policy_changed(&self) -> JsValue {
        self.tell(Some(Event::PolicyChanged))
    }

    /// Letters were typed into the address bar after our keyword; `suggest` takes what is found.
    pub fn address_typed(&self, typed: String, suggest: JsValue) -> JsValue {
        self.0.suggest.replace(suggest);
        self.tell(Some(Event::AddressTyped(typed)))
    }

    /// Enter was pressed there; where it is to open is the browser's word.
    pub fn address_entered(&self, typed: String, disposition: &str) -> JsValue {
        let opening = match disposition {
            "newForegroundTab" => Opening::Tab,
            "newBackgroundTab" => Opening::Background,
            _ => Opening::Here,
        };
        self.tell(Some(Event::AddressEntered(typed, opening)))
    }

    /// An alarm rang, by its name.
    pub fn alarm_rang(&self, name: &str) -> JsValue {
        self.tell(Some(asked(name).unwrap_or(Event::AlarmRang)))
    }

    /// The browser has a network again.
    pub fn came_online(&self) -> JsValue {
        self.tell(Some(Event::CameOnline))
    }

    /// A message arrived; who sent it is the browser's word, what it says is checked here.
    pub fn message(&self, message: &JsValue, sender: &JsValue) -> JsValue {
        let from_our_page = chrome::get_text(sender, "url").is_some_and(|url| url.starts_with(&chrome::url_of("")));
        match message.as_string().as_deref() {
            Some(job) if from_our_page => self.tell(asked(job)),
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

/// What the worker is asked for: a job of the core, by its name.
pub(crate) fn asked(job: &str) -> Option<Event> {
    match job {
        "sign-in" => Some(Event::SignInRequested),
        "cancel" => Some(Event::SignInCancelled),
        "list" => Some(Event::ListRequested),
        "icons" => Some(Event::IconsRequested),
        "links" => Some(Event::LinksDue),
        "outside" => Some(Event::OutsideDue),
        "language" => Some(Event::LanguageChanged),
        _ => None,
    }
}
