//! Suggestions below the address bar.

use js_sys::{Array, Function};
use wasm_bindgen::prelude::*;

use super::chrome::{self, Details};
use super::effects::quietly;
use super::text;
use my_apps_sign_in::omnibox::{marked, plain};
use my_apps_sign_in::row::Row;

/// Hands them to the browser: the best as what Enter does, the others below it. Chromium wants markup, Firefox plain text; and
/// Firefox shows what Enter does one letter late, so there the best stands below it as well. Chromium goes on showing the best of
/// before, so it is told where there is none.
pub(crate) fn suggest(take: &JsValue, rows: &[Row]) {
    let is_markup = chrome::url_of("").starts_with("chrome");
    let describe = |row: &Row| Details::new().text("description", &if is_markup { marked(row) } else { row.name.clone() });
    let others = if is_markup {
        let best = rows.first().map_or_else(|| Details::new().text("description", &plain(&text::plain("searchApps"))), describe);
        quietly(chrome::call_now("chrome.omnibox.setDefaultSuggestion", [best.into()]));
        rows.get(1..).unwrap_or_default()
    } else {
        rows
    };
    let others: Array = others.iter().map(|row| JsValue::from(describe(row).text("content", &row.name))).collect();
    if let Some(take) = take.dyn_ref::<Function>() {
        quietly(take.call1(&JsValue::UNDEFINED, &others));
    }
}
