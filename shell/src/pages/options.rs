//! The options page, painted.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlInputElement, HtmlSelectElement};

use super::{appearance, button, setup};
use crate::context::Context;
use crate::dom::{self, Build};
use crate::text;
use my_apps_sign_in::Millis;
use my_apps_sign_in::decimal::decimal;
use my_apps_sign_in::event::Event;
use my_apps_sign_in::options::{View, view};
use my_apps_sign_in::popup::Button;
use my_apps_sign_in::portal_url::PortalUrl;
use my_apps_sign_in::state::{Screen, State};
use my_apps_sign_in::text::Text;

/// Paints the view when it changed.
pub(crate) fn painter() -> impl Fn(&State, Millis) {
    let last: RefCell<Option<View>> = RefCell::new(None);
    move |state, now| {
        let Screen::Options(options) = &state.screen else { return };
        let view = view(state, options, now);
        let before = last.take();
        if before.as_ref() != Some(&view) {
            paint(before.as_ref(), &view);
        }
        last.replace(Some(view));
    }
}

fn paint(before: Option<&View>, view: &View) {
    if before.map(|before| (&before.portal, &before.known)) != Some((&view.portal, &view.known)) {
        if let Some(input) = portal_input() {
            input.set_value(&view.portal);
        }
        let known = view.known.iter().map(|portal| dom::element("option").with("value", portal));
        dom::fill(&dom::by_id("known-portals"), known);
    }
    let locked = dom::by_id("portal-locked");
    dom::show(&locked, view.locked.is_some());
    locked.set_text_content(view.locked.as_ref().map(text::resolve).as_deref());
    disable(&dom::by_id("portal"), view.locked.is_some());
    disable(&dom::by_id("save-portal"), view.locked.is_some() || view.checking);
    dom::show(&dom::by_id("checking"), view.checking);
    paint_result(view);
    dom::by_id("automatic-state").set_text_content(Some(&text::resolve(&automatic(view.automatic))));
    let can_turn_on = view.automatic.is_some_and(|(on, all)| on < all);
    dom::fill(&dom::by_id("automatic-action"), can_turn_on.then(|| button(&Button::TurnOnAutomatic, "secondary")));
    if before.map(|before| (&before.setup, &before.decided, &before.idle)) != Some((&view.setup, &view.decided, &view.idle)) {
        setup::paint(view.setup.as_ref());
        setup::paint_decided(view);
    }
    if let Some(root) = dom::document().document_element() {
        dom::set(&root, "data-ready", if view.checking { "checking" } else { "still" });
    }
}

fn paint_result(view: &View) {
    let place = dom::by_id("portal-result");
    let Some((good, sentence)) = &view.result else {
        place.set_text_content(None);
        return;
    };
    let paragraph = dom::element("p").text(&text::resolve(sentence));
    let open = view.open.iter().map(|address| button(&Button::OpenAddress(address.clone()), "secondary"));
    let style = if *good { "notice success" } else { "notice warning" };
    dom::fill(&place, [dom::element("div").with("class", style).children([paragraph]).children(open)]);
    if let Some(input) = portal_input() {
        dom::set(&input, "aria-invalid", if *good { "false" } else { "true" });
    }
}

fn automatic(state: Option<(usize, usize)>) -> Text {
    match state {
        None => Text::plain("automaticSignedOut"),
        Some((_, 0)) => Text::plain("automaticNoApps"),
        Some((on, all)) => Text::with_two("automaticApps_other", &decimal(all as u64), &decimal(on as u64)),
    }
}

fn portal_input() -> Option<HtmlInputElement> {
    dom::by_id("portal").dyn_into().ok()
}

pub(super) fn disable(element: &Element, disabled: bool) {
    if disabled {
        dom::set(element, "disabled", "");
    } else {
        // Removing an attribute that is not there is no failure.
        let _ = element.remove_attribute("disabled");
    }
}

/// Listens to the person.
pub(crate) fn listen(context: &Rc<Context>) {
    let document = dom::document();
    let to = Rc::clone(context);
    dom::listen(&document, "submit", move |event: web_sys::Event| {
        event.prevent_default();
        let form = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if setup::submitted(&to, form.as_ref()) {
            return;
        }
        let Some(input) = portal_input() else { return };
        let typed = input.value();
        // The browser's own parser has the last word on what an address is.
        let canonical = web_sys::Url::new(&PortalUrl::complete(&typed)).ok().map(|url| url.href());
        to.send(Event::PortalTyped { typed, canonical });
    });
    let to = Rc::clone(context);
    dom::listen(&document, "click", move |event: web_sys::Event| {
        let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
        setup::pressed(&target);
        if let Some(button) = super::pressed(&target) {
            to.send(Event::Pressed(button));
        }
    });
    if let Ok(select) = dom::by_id("theme").dyn_into::<HtmlSelectElement>() {
        select.set_value(appearance::current());
    }
    dom::listen(&dom::by_id("theme"), "change", |event: web_sys::Event| {
        if let Some(select) = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok()) {
            appearance::choose(&select.value());
        }
    });
}
