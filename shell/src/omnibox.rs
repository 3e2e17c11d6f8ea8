//! Suggestions below the address bar.

use js_sys::{Array, Function};
use wasm_bindgen::prelude::*;

use super::chrome::{self, Details};
use super::effects::quietly;
use my_apps_sign_in::omnibox::marked;
use my_apps_sign_in::row::Row;

/// Hands them to the browser: the best as what Enter does, the others below it. Chromium wants markup, Firefox plain text; and
/// Firefox shows what Enter does one letter late, so there the best stands below it as well.
pub(crate) fn suggest(take: &JsValue, rows: &[Row]) {
    let is_markup = chrome::url_of("").starts_with("chrome");
    let describe = |row: &Row| Details::new().text("description", &if is_markup { marked(row) } else { row.name.clone() });
    let others = match rows.split_first() {
        Some((best, others)) if is_markup => {
            quietly(chrome::call_now("chrome.omnibox.setDefaultSuggestion", [describe(best).into()]));
            others
        }
        _ => rows,
    };
    let others: Array = others.iter().map(|row| JsValue::from(describe(row).text("content", &row.name))).collect();
    if let Some(take) = take.dyn_ref::<Function>() {
        quietly(take.call1(&JsValue::UNDEFINED, &others));
    }
}
