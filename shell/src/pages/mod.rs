//! Our own pages, painted from plain data.

#[cfg(feature = "desk")]
pub(crate) mod appearance;
#[cfg(feature = "desk")]
pub(crate) mod diagnostics;
#[cfg(feature = "desk")]
pub(crate) mod options;
#[cfg(feature = "popup")]
pub(crate) mod popup;
#[cfg(feature = "popup")]
pub(crate) mod rows;
#[cfg(feature = "desk")]
mod setup;
#[cfg(feature = "desk")]
pub(crate) mod teaching;

use web_sys::Element;

use super::dom::{self, Build};
use super::text;
use my_apps_sign_in::popup::Button;
use my_apps_sign_in::provider::discovery::Link;

/// The attribute that says what a press on an element means.
pub(crate) const BUTTON: &str = "data-button";
/// The attribute that names the app of a row.
pub(crate) const APP: &str = "data-app";

/// A button of ours; `style` is its class.
pub(crate) fn button(button: &Button, style: &str) -> Element {
    dom::element("button").with("type", "button").with("class", style).with(BUTTON, &button.write()).text(&text::plain(label(button)))
}

/// The button that was pressed, if the element is in one.
pub(crate) fn pressed(target: &Element) -> Option<Button> {
    let element = target.closest(&["[", BUTTON, "]"].concat()).ok().flatten()?;
    Button::read(&element.get_attribute(BUTTON)?)
}

const fn label(button: &Button) -> &'static str {
    match button {
        Button::SignIn => "buttonSignIn",
        Button::CancelSignIn => "buttonCancel",
        Button::SignOut => "buttonSignOut",
        Button::ChangePortal => "buttonChangePortal",
        Button::OpenPortal => "buttonOpenPortal",
        Button::SearchPortal => "buttonSearchPortal",
        Button::Open(Link::AddApp) => "buttonAddApp",
        Button::Open(Link::Groups) => "buttonGroups",
        Button::Open(Link::ResetPassword) => "buttonResetPassword",
        Button::Open(Link::RegisterForReset) => "buttonRegisterForReset",
        Button::Settings => "buttonSettings",
        Button::Help => "buttonHelp",
        Button::TurnOnAutomatic => "buttonTurnOn",
        Button::DeclineAutomatic => "buttonNotNow",
        Button::EnterPassword(_) => "buttonEnterPassword",
        Button::FillAgain(_) => "buttonFillAgain",
        Button::FillAnyway(_) => "buttonFillAnyway",
        Button::OpenAddress(_) => "buttonOpenAddress",
        Button::Refresh => "buttonTryAgain",
        Button::Back => "buttonBack",
        Button::Teach => "buttonTeach",
    }
}

/// Fills in the sentences that a page's markup names in `data-text`.
pub(crate) fn translate() {
    let Ok(elements) = dom::document().query_selector_all("[data-text]") else { return };
    for index in 0..elements.length() {
        let Some(element) = elements.get(index).and_then(|node| wasm_bindgen::JsCast::dyn_into::<Element>(node).ok()) else { continue };
        if let Some(key) = element.get_attribute("data-text") {
            element.set_text_content(Some(&text::message(&key, &[])));
        }
    }
}
