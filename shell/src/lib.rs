//! The Wasm shell: the only part of the extension that has seen a browser. It turns callbacks into events and effects into
//! calls, and decides nothing.
//!
//! Built twice, with one of two features: `front` for the worker and the popup, which every click loads; `desk` for the pages
//! that are opened now and then. Each has an entry point for each of its contexts; their JavaScript registers listeners, loads
//! the module and forwards.

#![cfg(target_arch = "wasm32")]

mod chrome;
mod context;
#[cfg(feature = "desk")]
mod desk;
mod dom;
mod effects;
mod entropy;
#[cfg(feature = "front")]
mod front;
mod http;
mod icon;
mod lock;
mod menu;
#[cfg(feature = "front")]
mod omnibox;
mod page;
mod pages;
#[cfg(feature = "desk")]
mod site_data;
mod storage;
mod text;
mod wait;

use std::rc::Rc;

use wasm_bindgen::prelude::*;

use context::Context;
use my_apps_sign_in::event::Event;

/// Finds room for everything.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// What another context writes shows here too.
fn follow_memory(context: &Rc<Context>) {
    let context = Rc::clone(context);
    let listener = Closure::<dyn Fn()>::new(move || context.send(Event::MemoryChanged));
    effects::quietly(chrome::call_now("chrome.storage.onChanged.addListener", [listener.into_js_value()]));
}
