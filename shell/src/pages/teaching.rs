//! A form while it is taught: for every control of the page a list of what it can be for. The browser's own lists and text
//! fields, so that keys and screen readers find what they know.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlSelectElement};

use super::translate;
use crate::context::Context;
use crate::dom::{self, Build};
use crate::text;
use my_apps_sign_in::Millis;
use my_apps_sign_in::decimal::decimal;
use my_apps_sign_in::event::Event;
use my_apps_sign_in::json::Named;
use my_apps_sign_in::state::{Screen, State};
use my_apps_sign_in::teach::{Act, Change, Decision, Row, View, view};
use my_apps_sign_in::text::Text;

/// Paints the view when it changed.
pub(crate) fn painter() -> impl Fn(&State, Millis) {
    let last: RefCell<Option<View>> = RefCell::new(None);
    move |state, _| {
        let Screen::Teaching(teaching) = &state.screen else { return };
        let view = view(state, teaching);
        let before = last.take();
        if before.as_ref() != Some(&view) {
            paint(before.as_ref(), &view);
        }
        last.replace(Some(view));
    }
}

fn paint(before: Option<&View>, view: &View) {
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
    dom::by_id("teach-hint").set_text_content(view.hint.as_ref().map(text::resolve).as_deref());
    choose(&apps, &view.app);
    choose(&steps, &decimal(view.step as u64));
    for (place, row) in view.rows.iter().enumerate() {
        choose(&dom::by_id(&id_of("p", place)), row.part.name());
    }
    if before.map(|before| &before.said) != Some(&view.said) {
        let said = view.said.as_ref().map(|said| dom::element("p").with("class", "notice information").text(&text::resolve(said)));
        dom::fill(&dom::by_id("notice"), said);
    }
    if before.is_none()
        && let Some(root) = dom::document().document_element()
    {
        dom::set(&root, "data-ready", "teach");
        dom::focus(&if view.app.is_empty() { dom::by_id("search") } else { apps });
    }
}

/// Listens to the person.
pub(crate) fn listen(context: &Rc<Context>) {
    let document = dom::document();
    let to = Rc::clone(context);
    dom::listen(&document, "click", move |event: web_sys::Event| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if let Some(act) = target.and_then(|target| target.get_attribute("data-act")).as_deref().and_then(Act::named) {
            to.send(Event::Taught(Decision::Act(act)));
        }
    });
    let to = Rc::clone(context);
    dom::listen(&document, "input", move |event: web_sys::Event| {
        if let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) {
            let value = input.value();
            let is_search = input.get_attribute("type").is_some();
            decide(&to, if is_search { Some(Decision::Search(value)) } else { change(&input, value) });
        }
    });
    let to = Rc::clone(context);
    dom::listen(&document, "change", move |event: web_sys::Event| {
        if let Some(select) = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok()) {
            decide(&to, change(&select, select.value()));
        }
    });
}

fn change(element: &Element, value: String) -> Option<Decision> {
    Change::read(&element.get_attribute("id")?, value).map(Decision::Change)
}

fn decide(context: &Rc<Context>, decision: Option<Decision>) {
    if let Some(decision) = decision {
        context.send(Event::Taught(decision));
    }
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
