//! The parts of the options page about Microsoft's sign-in and the company's decisions, painted.

use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlInputElement};

use crate::chrome;
use crate::context::Context;
use crate::dom::{self, Build};
use crate::effects::quietly;
use crate::text;
use my_apps_sign_in::event::Event;
use my_apps_sign_in::options::View;
use my_apps_sign_in::setup::Setup;

/// Paints how Microsoft's sign-in is set up, where it has to be.
pub(crate) fn paint(setup: Option<&Setup>) {
    dom::show(&dom::by_id("setup"), setup.is_some());
    let Some(setup) = setup else { return };
    write("redirect-uri", &setup.redirect_uri);
    if !setup.is_refused {
        write("client-id", &setup.client_id);
    }
    super::options::disable(&dom::by_id("client-id"), setup.is_fixed);
    super::options::disable(&dom::by_id("save-client-id"), setup.is_fixed);
    dom::show(&dom::by_id("client-id-fixed"), setup.is_fixed);
    dom::show(&dom::by_id("client-id-refused"), setup.is_refused);
    // A description counts although it is hidden.
    let describing = if setup.is_refused { "client-id-refused" } else { "client-id-fixed" };
    dom::set(&dom::by_id("client-id"), "aria-describedby", if setup.is_fixed || setup.is_refused { describing } else { "" });
    dom::set(&dom::by_id("client-id"), "aria-invalid", if setup.is_refused { "true" } else { "false" });
}

/// Paints what the company decided, and what of it has no effect.
pub(crate) fn paint_decided(view: &View) {
    dom::show(&dom::by_id("decided"), !view.decided.is_empty() || !view.idle.is_empty());
    let code = |text: &str| dom::element("code").with("dir", "ltr").text(text);
    let values = view.decided.iter().map(|(name, value)| {
        let between = dom::element("span").text(" ");
        dom::element("li").children([code(name), between, code(value)])
    });
    let idle = view.idle.iter().map(|sentence| dom::element("li").text(&text::resolve(sentence)));
    dom::fill(&dom::by_id("decided-list"), values.chain(idle));
}

/// Whether the form is this part's; then it is sent.
pub(crate) fn submitted(context: &Rc<Context>, form: Option<&Element>) -> bool {
    let is_ours = form.is_some_and(|form| is(form, "client-id-form"));
    if let Some(input) = input("client-id").filter(|_| is_ours) {
        context.send(Event::ClientIdTyped(input.value()));
    }
    is_ours
}

/// Copies the address when its button is pressed.
pub(crate) fn pressed(target: &Element) {
    if let Some(input) = input("redirect-uri").filter(|_| is(target, "copy-redirect-uri")) {
        quietly(chrome::invoke(&input, "select", []));
        // Where the browser refuses, it is selected.
        quietly(chrome::call_now("navigator.clipboard.writeText", [input.value().into()]));
    }
}

fn is(element: &Element, id: &str) -> bool {
    element.get_attribute("id").as_deref() == Some(id)
}

fn write(id: &str, value: &str) {
    if let Some(input) = input(id) {
        input.set_value(value);
    }
}

fn input(id: &str) -> Option<HtmlInputElement> {
    dom::by_id(id).dyn_into().ok()
}
