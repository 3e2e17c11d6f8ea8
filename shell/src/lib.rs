//! The Wasm shell: the only part of the extension that has seen a browser. It turns callbacks into events and effects into
//! calls, and decides nothing.
//!
//! Built three times, with one of three features: `worker`, `popup`, and `desk` for the pages that are opened now and then. Each
//! has an entry point for each of its contexts; their JavaScript registers listeners, loads the module and forwards.

#![cfg(target_arch = "wasm32")]

mod chrome;
mod context;
#[cfg(feature = "desk")]
mod desk;
mod dom;
mod effects;
mod entropy;
mod http;
mod icon;
#[cfg(feature = "worker")]
mod links;
mod lock;
#[cfg(feature = "worker")]
mod menu;
#[cfg(feature = "worker")]
mod omnibox;
#[cfg(feature = "worker")]
mod outside;
mod page;
mod pages;
#[cfg(feature = "popup")]
mod popup;
#[cfg(feature = "desk")]
mod site_data;
mod storage;
mod text;
mod wait;
#[cfg(feature = "worker")]
mod worker;

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
    let browser = context.browser.clone();
    let listener = Closure::<dyn Fn()>::new(move || context.send(Event::MemoryChanged));
    effects::quietly(chrome::invoke(&browser, "follow", [listener.into_js_value()]));
}
