//! Internal addresses that lead to external ones: handed on to `extension/links.js`, which drives a module of its own.

use std::rc::Rc;

use wasm_bindgen::JsValue;

use super::context::Context;
use super::effects::{Outcome, quietly};
use super::wait::Promised;
use super::{chrome, http};
use my_apps_sign_in::links::Duty;

/// Keeps the rules.
pub(crate) fn keep(context: &Rc<Context>, duty: Duty) -> Outcome {
    let request = duty.request.map_or(JsValue::NULL, |request| http::details(&request));
    let arguments = [duty.account.as_str().into(), chrome::texts(duty.granted.patterns()).into(), request];
    let kept = Promised::new(chrome::invoke(&context.browser, "keepLinks", arguments));
    Box::pin(async move {
        quietly(kept.await);
        None
    })
}
