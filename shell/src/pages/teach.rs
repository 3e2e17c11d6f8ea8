//! A form while it is taught: for every control of the page a list of what it can be for. The browser's own lists and text
//! fields, so that keys and screen readers find what they know.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlSelectElement};

use super::{button, translate};
use crate::dom::{self, Build};
use crate::text;
use my_apps_sign_in::decimal::decimal;
use my_apps_sign_in::event::Event;
use my_apps_sign_in::json::Named;
use my_apps_sign_in::popup::Button;
use my_apps_sign_in::teach::{Act, Row, View};
use my_apps_sign_in::text::Text;

/// Paints it anew.
pub(crate) fn paint(main: &Element, view: &View) {
    let acts = [(Act::Save, "primary"), (Act::Try, "secondary"), (Act::Restart, "quiet"), (Act::Stop, "quiet")];
    dom::fill(main, [dom::copy("teach")]);
    dom::fill(&dom::by_id("teach-acts"), acts.map(|(act, style)| button(&Button::Teach(act), style)));
    update(None, view);
    dom::focus(&dom::by_id(if view.app.is_empty() { "search" } else { "a" }));
}

/// Paints what has changed.
pub(crate) fn update(before: Option<&View>, view: &View) {
    let (apps, steps) = (dom::by_id("a"), dom::by_id("o"));
    if before.map(|before| &before.apps) != Some(&view.apps) {
        let none = view.app.is_empty().then(|| option("", &text::plain("teachChooseApp")));
        dom::fill(&apps, none.into_iter().chain(view.apps.iter().map(|(id, name)| option(id, name))));
    }
    if before.map(|before| before.steps) != Some(view.steps) {
        let step = |step: usize| option(&decimal(step as u64), &text::resolve(&Text::with("teachStep", &decimal(step as u64 + 1))));
        dom::fill(&steps, (0..view.steps).map(step));
    }
    // What is typed into a row stays as long as the row is of the same control.
    let same = |before: &View| before.document == view.document && before.step == view.step && before.rows.len() == view.rows.len();
    if !before.is_some_and(same) {
        dom::fill(&dom::by_id("teach-rows"), view.rows.iter().enumerate().map(|(place, row)| row_element(place, row)));
        translate();
    }
    let hint = dom::by_id("teach-hint");
    hint.set_text_content(view.hint.as_ref().map(text::resolve).as_deref());
    choose(&apps, &view.app);
    choose(&steps, &decimal(view.step as u64));
    for (place, row) in view.rows.iter().enumerate() {
        choose(&dom::by_id(&id_of("p", place)), row.part.name());
    }
}

/// What the person decided at an element.
pub(crate) fn decided(element: &Element, value: String) -> Event {
    Event::Taught { element: element.get_attribute("id").unwrap_or_default(), value }
}

fn row_element(place: usize, row: &Row) -> Element {
    let element = dom::copy(row.kind);
    dom::put(&element, ".name", &row.label);
    if let Ok(Some(select)) = element.query_selector("select") {
        dom::set(&select, "id", &id_of("p", place));
    }
    if let Ok(Some(input)) = element.query_selector("input") {
        let words = text::plain("teachFieldName");
        input.with("id", &id_of("n", place)).with("value", &row.name).with("placeholder", &row.label).with("aria-label", &words);
    }
    element
}

fn id_of(letter: &str, place: usize) -> String {
    [letter, &decimal(place as u64)].concat()
}

fn option(value: &str, words: &str) -> Element {
    dom::element("option").with("value", value).text(words)
}

fn choose(element: &Element, value: &str) {
    if let Some(select) = element.dyn_ref::<HtmlSelectElement>() {
        select.set_value(value);
    }
}
