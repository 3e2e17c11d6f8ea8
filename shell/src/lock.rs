//! The browser's locks, by which our contexts take turns. A lock ends with the context that holds it, so none is ever stuck.

use js_sys::Array;
use wasm_bindgen::prelude::*;

use super::chrome;
use super::wait::{self, Work};

const REQUEST: &str = "navigator.locks.request";

/// Held while the memory is read, changed and written.
pub(crate) const MEMORY: &str = "memory";
/// Held while a launched tab exists but its promise is not written yet.
pub(crate) const LAUNCH: &str = "launch";
/// Held while what the browser shows outside of our pages is brought up to date.
#[cfg(feature = "worker")]
pub(crate) const OUTSIDE: &str = "outside";
/// Held by the context that drives a sign-in, for as long as it does.
pub(crate) const SIGN_IN: &str = "sign-in";

/// Does the work while holding the lock. Boxed, because everything that waits for a lock would bring a copy of the waiting.
pub(crate) fn with(name: &str, work: Work) -> Work {
    let callback = Closure::once_into_js(move || wait::promise(work));
    let turn = chrome::call(REQUEST, [name.into(), callback]);
    Box::pin(async move {
        if turn.await.is_err() {
            chrome::log_error("My Apps: the browser refused a lock.");
        }
    })
}

/// A lock held until it is dropped.
pub(crate) struct Held(JsValue);

impl Held {
    /// Asks for the lock and does not wait for it.
    pub(crate) fn acquire(name: &'static str) -> Held {
        let (promise, release) = wait::open_promise();
        let callback = Closure::once_into_js(move || promise);
        // Resolves when the lock is released; there is nothing to do then.
        drop(chrome::call(REQUEST, [name.into(), callback]));
        Held(release)
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        wait::kept(&self.0);
    }
}

/// Whether any of our contexts holds the lock, at the moment of the call.
pub(crate) fn is_held(name: &str) -> impl Future<Output = bool> {
    let snapshot = chrome::call("navigator.locks.query", []);
    async move {
        let held = chrome::get(&snapshot.await.unwrap_or_default(), "held");
        held.is_array() && Array::from(&held).iter().any(|lock| chrome::get_text(&lock, "name").as_deref() == Some(name))
    }
}
