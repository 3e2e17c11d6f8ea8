//! Elements without ceremony. Text goes in as text only: nothing here can make markup from a string.

use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, HtmlElement};

use super::chrome;

/// Our page's document. Only called in pages.
pub(crate) fn document() -> Document {
    web_sys::window()
        .and_then(|window| window.document())
        .unwrap_or_else(|| Document::new().unwrap_or_else(|_| JsValue::NULL.unchecked_into()))
}

/// The element with this id; a page without it is painted into an element nobody sees.
pub(crate) fn by_id(id: &str) -> Element {
    document().get_element_by_id(id).unwrap_or_else(|| element("div"))
}

/// A new element.
pub(crate) fn element(tag: &str) -> Element {
    // A tag name of ours is always a valid one.
    document().create_element(tag).unwrap_or_else(|_| JsValue::NULL.unchecked_into())
}

/// A copy of what the page's template with this id holds.
pub(crate) fn copy(template: &str) -> Element {
    let original = chrome::get(&chrome::get(&by_id(template), "content"), "firstElementChild");
    let copy = chrome::invoke(&original, "cloneNode", [true.into()]).ok().and_then(|copy| copy.dyn_into().ok());
    copy.unwrap_or_else(|| element("div"))
}

/// Writes into the part of a copy that the selector names.
pub(crate) fn put(element: &Element, selector: &str, words: &str) {
    if let Ok(Some(place)) = element.query_selector(selector) {
        place.set_text_content(Some(words));
    }
}

/// Writes into the element with this id.
pub(crate) fn write(id: &str, words: &str) {
    by_id(id).set_text_content(Some(words));
}

/// Building, in one expression.
pub(crate) trait Build: Sized {
    /// Sets an attribute.
    fn with(self, name: &str, value: &str) -> Self;
    /// Adds a text.
    fn text(self, text: &str) -> Self;
    /// Adds children.
    fn children(self, children: impl IntoIterator<Item = Element>) -> Self;
}

impl Build for Element {
    fn with(self, name: &str, value: &str) -> Self {
        set(&self, name, value);
        self
    }

    fn text(self, text: &str) -> Self {
        self.set_text_content(Some(text));
        self
    }

    fn children(self, children: impl IntoIterator<Item = Element>) -> Self {
        for child in children {
            append(&self, &child);
        }
        self
    }
}

/// Sets an attribute.
pub(crate) fn set(element: &Element, name: &str, value: &str) {
    // Fails only for names that are no names; ours are.
    let _ = element.set_attribute(name, value);
}

/// Adds a child at the end.
pub(crate) fn append(parent: &Element, child: &Element) {
    // Fails only for a child that contains its parent.
    let _ = parent.append_child(child);
}

/// Replaces all children.
pub(crate) fn fill(parent: &Element, children: impl IntoIterator<Item = Element>) {
    parent.set_text_content(None);
    for child in children {
        append(parent, &child);
    }
}

/// Shows or hides.
pub(crate) fn show(element: &Element, shown: bool) {
    if shown {
        // Removing an attribute that is not there is no failure.
        let _ = element.remove_attribute("hidden");
    } else {
        set(element, "hidden", "");
    }
}

/// Puts the focus there.
pub(crate) fn focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _ = element.focus();
    }
}

/// Calls `handler` for every event of this name that reaches `target`, for as long as the page lives.
pub(crate) fn listen<E: JsCast + 'static>(target: &web_sys::EventTarget, name: &str, handler: impl Fn(E) + 'static) {
    let closure = Closure::<dyn Fn(web_sys::Event)>::new(move |event: web_sys::Event| {
        if let Ok(event) = event.dyn_into::<E>() {
            handler(event);
        }
    });
    let _ = target.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref());
    closure.forget();
}
