//! Internal addresses that lead to external ones: handed on to `extension/links.js`, which drives a module of its own.

use std::rc::Rc;

use wasm_bindgen::JsValue;

use super::context::Context;
use super::effects::{Outcome, quietly};
use super::wait::Promised;
use super::{chrome, http};
use my_apps_sign_in::provider::Request;

/// Keeps the rules.
pub(crate) fn keep(context: &Rc<Context>, account: &str, request: Option<Request>, is_network_new: bool) -> Outcome {
    let request = request.map_or(JsValue::NULL, |request| http::details(&request));
    let arguments = [account.into(), request, is_network_new.into()];
    let kept = Promised::new(chrome::invoke(&context.browser, "keepLinks", arguments));
    Box::pin(async move {
        quietly(kept.await);
        None
    })
}
