//! The search as a module of its own, so that the popup shows its apps before it is there, and so that it is built for speed
//! to the end: what a popup waits for is built for size.

#![cfg(target_arch = "wasm32")]

use std::cell::RefCell;

use my_apps_sign_in::search::Finder;
use wasm_bindgen::prelude::*;

/// Finds room for everything.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

thread_local! {
    static FINDER: RefCell<Finder> = RefCell::default();
}

/// Takes the list of apps that is searched from now on, as [`my_apps_sign_in::finding::List`] writes it.
#[wasm_bindgen]
pub fn prepare(list: String) {
    FINDER.set(Finder::new(list));
}

/// Finds the best `most` apps for what was typed; the answer is [`Finder::find`]'s.
#[wasm_bindgen]
pub fn find(typed: &str, most: usize) -> String {
    FINDER.with_borrow(|finder| finder.find(typed, most))
}
