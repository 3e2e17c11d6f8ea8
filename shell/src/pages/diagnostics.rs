//! The page that finds out what is wrong, painted.

use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::Element;

use crate::context::Context;
use crate::dom::{self, Build};
use crate::{chrome, text};
use my_apps_sign_in::Millis;
use my_apps_sign_in::decimal::decimal;
use my_apps_sign_in::diagnostics::{Act, Check, Diagnostics, Facts, Level, Line, checks, lines, remark};
use my_apps_sign_in::event::Event;
use my_apps_sign_in::json::Named;
use my_apps_sign_in::memory::Memory;
use my_apps_sign_in::state::{Screen, State};

/// Paints what was found out.
pub(crate) fn painter() -> impl Fn(&State, Millis) {
    |state, now| {
        if let Screen::Diagnostics(page) = &state.screen {
            paint(&checks(state, page, now), page, &state.memory);
        }
    }
}

fn paint(checks: &[Check], page: &Diagnostics, memory: &Memory) {
    // In place, so that a button that was pressed keeps the focus.
    let list = dom::by_id("checks");
    // Where there is less to ask than before, no row may stay that nobody asks for.
    if chrome::get(&list, "childElementCount").as_f64() > Some(checks.len() as f64) {
        list.set_text_content(None);
    }
    for (place, check) in checks.iter().enumerate() {
        let id = ["check-", &decimal(place as u64)].concat();
        let row = dom::document().get_element_by_id(&id).unwrap_or_else(|| {
            let row = dom::copy("check").with("id", &id);
            dom::append(&list, &row);
            row
        });
        paint_check(&row, check);
    }
    let fills = lines(memory);
    let remark = remark(memory);
    dom::show(&dom::by_id("fills-remark"), remark.is_some());
    dom::write("fills-remark", &remark.as_ref().map(text::resolve).unwrap_or_default());
    dom::fill(&dom::by_id("fills"), fills.iter().map(fill_element));
    if let Some(root) = dom::document().document_element() {
        dom::set(&root, "data-ready", if page.portal.is_none() { "checking" } else { "still" });
    }
}

fn paint_check(row: &Element, check: &Check) {
    let (level, word) = match check.level {
        Level::Good => ("good", "levelGood"),
        Level::Warning => ("warning", "levelWarning"),
        Level::Bad => ("bad", "levelBad"),
        Level::Unknown => ("unknown", "levelUnknown"),
    };
    dom::set(row, "data-level", level);
    let finding = text::resolve(&check.finding);
    let said = [level, &finding].concat();
    // What is written once more is read out once more.
    if row.get_attribute("data-said").as_ref() != Some(&said) {
        dom::set(row, "data-said", &said);
        dom::put(row, ".level", &text::message(word, &[]));
        dom::put(row, ".name", &text::resolve(&check.title));
        dom::put(row, ".finding", &finding);
    }
    if let Ok(Some(button)) = row.query_selector("button") {
        dom::show(&button, check.act.is_some());
        if let Some(act) = check.act {
            button.with("data-act", act.name()).set_text_content(Some(&text::message(label(act), &[])));
        }
    }
}

const fn label(act: Act) -> &'static str {
    match act {
        Act::Again => "buttonTryAgain",
        Act::ClearSiteData => "buttonClearSiteData",
        Act::OpenPortal => "buttonOpenAddress",
        Act::TurnOn => "buttonTurnAllOn",
    }
}

fn fill_element(line: &Line) -> Element {
    let row = dom::copy("fill").with("data-level", if line.is_good { "good" } else { "warning" });
    let date = js_sys::Date::new(&(line.at as f64).into());
    dom::put(&row, ".name", &line.app);
    dom::put(&row, ".when", &chrome::invoke(&date, "toLocaleString", []).ok().and_then(|date| date.as_string()).unwrap_or_default());
    dom::put(&row, ".finding", &text::resolve(&line.text));
    row
}

/// Listens to the person.
pub(crate) fn listen(context: &Rc<Context>) {
    let to = Rc::clone(context);
    dom::listen(&dom::document(), "click", move |event: web_sys::Event| {
        let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
        if let Some(act) = target.get_attribute("data-act").as_deref().and_then(Act::named) {
            to.send(Event::Diagnosed(act));
        }
    });
}

/// What the browser says about itself.
pub(crate) async fn facts() -> Facts {
    let bytes = chrome::call("chrome.storage.local.getBytesInUse", []);
    let icon = chrome::call("chrome.action.getUserSettings", []);
    let whole = |value: &JsValue| value.as_f64().map_or(0, |number| number as u32);
    let manifest = chrome::call_now("chrome.runtime.getManifest", []).unwrap_or_default();
    let gecko = chrome::get(&chrome::get(&manifest, "browser_specific_settings"), "gecko");
    let minimum = chrome::get_text(&manifest, "minimum_chrome_version").or_else(|| chrome::get_text(&gecko, "strict_min_version"));
    let agent = chrome::get_text(&chrome::get(&chrome::global(), "navigator"), "userAgent").unwrap_or_default();
    // The last one that is there: Edge calls itself Chrome as well.
    let names = [("Chrome", "Chrome/"), ("Edge", "Edg/"), ("Firefox", "Firefox/")];
    let known = names.iter().rev().find_map(|(name, mark)| Some((*name, agent.split_once(mark)?.1)));
    let (browser, version) = known.map_or(("", 0), |(name, version)| (name, first_number(version)));
    Facts {
        browser: browser.to_owned(),
        version,
        minimum: minimum.as_deref().map_or(0, first_number),
        is_on_toolbar: chrome::get(&icon.await.unwrap_or_default(), "isOnToolbar").as_bool(),
        bytes: whole(&bytes.await.unwrap_or_default()),
        most_bytes: whole(
            &["chrome", "storage", "local", "QUOTA_BYTES"].iter().fold(chrome::global(), |value, key| chrome::get(&value, key)),
        ),
    }
}

fn first_number(version: &str) -> u32 {
    let first = version.split(['.', ' ']).next().unwrap_or_default();
    my_apps_sign_in::decimal::number(first).and_then(|number| u32::try_from(number).ok()).unwrap_or(0)
}
