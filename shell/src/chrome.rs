//! The browser's functions, called by their path: `chrome.storage.local.get` and so on. Both browsers answer to the name
//! `chrome` and return promises.
//!
//! One generic call instead of a declared import for each function: an import costs 300 bytes of glue and 500 of Wasm, and
//! there are fifty. A function that a browser lacks is an error when it is called: see [`has`].

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// Calls a function of the global object and waits for what it promises.
pub(crate) async fn call(path: &str, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
    JsFuture::from(Promise::resolve(&call_now(path, arguments)?)).await
}

/// Calls a function of the global object.
pub(crate) fn call_now(path: &str, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
    invoke(&js_sys::global(), path, arguments)
}

/// Calls a method, by its path from `value`.
pub(crate) fn invoke(value: &JsValue, path: &str, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
    let (owner, name) = match path.rsplit_once('.') {
        Some((owner, name)) => (resolve(value, owner), name),
        None => (value.clone(), path),
    };
    let function: Function = get(&owner, name).dyn_into()?;
    function.apply(&owner, &arguments.iter().collect())
}

/// Constructs an object of the global class at `path`.
pub(crate) fn construct(path: &str, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
    let class: Function = resolve(&js_sys::global(), path).dyn_into()?;
    Reflect::construct(&class, &arguments.iter().collect())
}

fn resolve(value: &JsValue, path: &str) -> JsValue {
    path.split('.').fold(value.clone(), |owner, name| get(&owner, name))
}

/// Whether this browser has `chrome.<namespace>`.
pub(crate) fn has(namespace: &str) -> bool {
    !get(&get(&js_sys::global(), "chrome"), namespace).is_undefined()
}

/// The address of one of our own files.
pub(crate) fn url_of(path: &str) -> String {
    call_text("chrome.runtime.getURL", &[path.into()])
}

/// Calls a function that returns a text at once.
pub(crate) fn call_text(path: &str, arguments: &[JsValue]) -> String {
    call_now(path, arguments).ok().and_then(|text| text.as_string()).unwrap_or_default()
}

/// Tells whoever looks at the extension's console; never anything that belongs to a person or a page.
pub(crate) fn log_error(text: &str) {
    // There is nobody left to tell.
    let _ = call_now("console.error", &[text.into()]);
}

/// A JavaScript object from pairs.
pub(crate) fn object<const N: usize>(pairs: [(&str, JsValue); N]) -> Object {
    let object = Object::new();
    for (key, value) in pairs {
        set(&object, key, &value);
    }
    object
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
