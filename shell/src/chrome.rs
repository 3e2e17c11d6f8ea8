//! The browser's functions, called by their path: `chrome.storage.local.get` and so on. Both browsers answer to the name
//! `chrome` and return promises.
//!
//! One generic call instead of a declared import for each function: an import costs 300 bytes of glue and 500 of Wasm, and
//! there are fifty. A function that a browser lacks is an error when it is called.

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::prelude::*;

use super::wait::Promised;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = globalThis)]
    static GLOBAL: JsValue;
}

/// The global object.
pub(crate) fn global() -> JsValue {
    GLOBAL.with(JsValue::clone)
}

/// Calls a function of the global object; the answer is what it promises, or that it threw.
pub(crate) fn call(path: &str, arguments: impl AsRef<[JsValue]>) -> Promised {
    Promised::new(apply(&global(), path, arguments.as_ref()))
}

/// Calls a function of the global object.
pub(crate) fn call_now(path: &str, arguments: impl AsRef<[JsValue]>) -> Result<JsValue, JsValue> {
    apply(&global(), path, arguments.as_ref())
}

/// Calls a method, by its path from `value`.
pub(crate) fn invoke(value: &JsValue, path: &str, arguments: impl AsRef<[JsValue]>) -> Result<JsValue, JsValue> {
    apply(value, path, arguments.as_ref())
}

fn apply(value: &JsValue, path: &str, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
    let (owner, name) = match path.rsplit_once(['.']) {
        Some((owner, name)) => (resolve(value, owner), name),
        None => (value.clone(), path),
    };
    let function: Function = get(&owner, name).dyn_into()?;
    function.apply(&owner, &list(arguments))
}

fn list(values: &[JsValue]) -> Array {
    let list = Array::new();
    for value in values {
        list.push(value);
    }
    list
}

fn resolve(value: &JsValue, path: &str) -> JsValue {
    path.split(['.']).fold(value.clone(), |owner, name| get(&owner, name))
}

/// The address of one of our own files.
pub(crate) fn url_of(path: &str) -> String {
    call_text("chrome.runtime.getURL", [path.into()])
}

/// Calls a function that returns a text at once.
pub(crate) fn call_text(path: &str, arguments: impl AsRef<[JsValue]>) -> String {
    call_now(path, arguments).ok().and_then(|text| text.as_string()).unwrap_or_default()
}

/// Tells whoever looks at the extension's console; never anything that belongs to a person or a page.
pub(crate) fn log_error(text: &str) {
    // There is nobody left to tell.
    let _ = call_now("console.error", [text.into()]);
}

/// An object for a function of the browser, built field by field.
pub(crate) struct Details(Object);

impl Details {
    /// An empty one.
    pub(crate) fn new() -> Details {
        Details(Object::new())
    }

    /// With a text.
    pub(crate) fn text(self, key: &str, text: &str) -> Details {
        self.value(key, text.into())
    }

    /// With `true` or `false`.
    pub(crate) fn flag(self, key: &str, flag: bool) -> Details {
        self.value(key, flag.into())
    }

    /// With a number.
    pub(crate) fn number(self, key: &str, number: f64) -> Details {
        self.value(key, number.into())
    }

    /// With a list of texts.
    pub(crate) fn texts<T: AsRef<str>>(self, key: &str, items: impl IntoIterator<Item = T>) -> Details {
        self.value(key, texts(items).into())
    }

    /// With anything.
    pub(crate) fn value(self, key: &str, value: JsValue) -> Details {
        set(&self.0, key, &value);
        self
    }
}

impl From<Details> for JsValue {
    fn from(details: Details) -> JsValue {
        details.0.into()
    }
}

/// Sets a property of a plain object, which cannot fail.
pub(crate) fn set(object: &JsValue, key: &str, value: &JsValue) {
    let _ = Reflect::set(object, &key.into(), value);
}

/// A property of a value, or `undefined`.
pub(crate) fn get(value: &JsValue, key: &str) -> JsValue {
    Reflect::get(value, &key.into()).unwrap_or(JsValue::UNDEFINED)
}

/// A text property of a value.
pub(crate) fn get_text(value: &JsValue, key: &str) -> Option<String> {
    get(value, key).as_string()
}

/// A JavaScript array of texts.
pub(crate) fn texts<T: AsRef<str>>(items: impl IntoIterator<Item = T>) -> Array {
    items.into_iter().map(|item| JsValue::from_str(item.as_ref())).collect()
}
