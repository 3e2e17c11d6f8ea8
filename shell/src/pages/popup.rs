//! The popup, painted: only what differs from the view before.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlInputElement, KeyboardEvent};

use super::{button, rows};
use crate::context::Context;
use crate::dom::{self, Build};
use crate::text;
use my_apps_sign_in::Millis;
use my_apps_sign_in::decimal::decimal;
use my_apps_sign_in::event::{Event, Move};
use my_apps_sign_in::popup::{Body, Button, Menu, Notice, Person, Section, Tone, View, view};
use my_apps_sign_in::state::{Screen, State};
use my_apps_sign_in::text::Text;

/// Paints the view when it changed.
pub(crate) fn painter() -> impl Fn(&State, Millis) {
    let last: RefCell<Option<View>> = RefCell::new(None);
    move |state, now| {
        let Screen::Popup(popup) = &state.screen else { return };
        let view = view(state, popup, now);
        let before = last.take();
        paint(before.as_ref(), &view);
        last.replace(Some(view));
    }
}

fn paint(before: Option<&View>, view: &View) {
    if before == Some(view) {
        return;
    }
    // First, because the whole page's layout depends on it, and the focus needs the layout.
    if let Some(root) = dom::document().document_element() {
        dom::set(&root, "data-ready", kind(&view.body));
    }
    let unchanged = |same: fn(&View, &View) -> bool| before.is_some_and(|before| same(before, view));
    if !unchanged(|one, other| one.heading == other.heading && one.person == other.person) {
        paint_header(view.heading.as_deref(), view.person.as_ref());
    }
    if !unchanged(|one, other| one.notice == other.notice) {
        paint_notice(view.notice.as_ref());
    }
    match (before.map(|before| &before.body), &view.body) {
        (Some(old), new) if old == new => {}
        (Some(Body::Menu(old)), Body::Menu(new)) => update_menu(Some(old), new),
        (Some(Body::Choice { rows: old, .. }), Body::Choice { rows: new, selected, .. }) if old == new => {
            let list = dom::by_id("list");
            rows::select(&list, &list, Some(*selected));
        }
        (_, body) => paint_body(body),
    }
}

/// The name of the state on the screen, for the style sheet.
const fn kind(body: &Body) -> &'static str {
    match body {
        Body::Welcome { .. } => "welcome",
        Body::Busy { .. } => "busy",
        Body::Done(_) => "done",
        Body::Choice { .. } => "choice",
        Body::Menu(_) => "menu",
        Body::Nothing => "nothing",
    }
}

fn paint_header(heading: Option<&str>, person: Option<&Person>) {
    let name = heading.map_or_else(|| text::plain("extensionName"), str::to_owned);
    dom::by_id("heading").set_text_content(Some(&name));
    let footer = dom::by_id("account");
    dom::show(&footer, person.is_some());
    let Some(person) = person else { return };
    dom::write("name", &person.name);
    dom::write("username", &person.username);
    let who = dom::by_id("who").with("title", &person.username);
    let teach = person.teaches.then(|| button(&Button::Teach, "quiet"));
    dom::fill(&footer, [who, button(&Button::OpenPortal, "quiet"), button(&Button::SignOut, "quiet")].into_iter().chain(teach));
}

fn paint_notice(notice: Option<&Notice>) {
    let place = dom::by_id("notice");
    let Some(notice) = notice else {
        place.set_text_content(None);
        return;
    };
    let tone = match notice.tone {
        Tone::Information => "information",
        Tone::Success => "success",
        Tone::Warning => "warning",
    };
    let sentence = dom::element("p").text(&text::resolve(&notice.text));
    let action = notice.button.iter().map(|action| button(action, "secondary"));
    dom::fill(&place, [dom::element("div").with("class", &["notice ", tone].concat()).children([sentence]).children(action)]);
}

fn paint_body(body: &Body) {
    let main = dom::by_id("main");
    match body {
        Body::Welcome { title, detail, portal, primary, others } => {
            let primary = button(primary, "primary");
            let others = others.iter().map(|other| button(other, "quiet"));
            dom::fill(&main, [dom::copy("welcome").children([primary.clone()]).children(others)]);
            dom::write("title", &text::resolve(title));
            dom::by_id("explanation").set_text_content(detail.as_ref().map(text::resolve).as_deref());
            dom::write("portal", portal);
            dom::focus(&primary);
        }
        Body::Busy { text, cancel } => paint_sentence(&main, text, cancel.as_ref()),
        Body::Done(text) => paint_sentence(&main, text, None),
        Body::Choice { title, rows: apps, selected } => {
            let list = dom::element("div").with("id", "list").with("role", "listbox").with("tabindex", "0");
            dom::set(&list, "aria-label", &text::resolve(title));
            rows::paint(&list, &[Section { title: title.clone(), rows: apps.clone() }]);
            dom::fill(&main, [list.clone(), button(&Button::Back, "quiet")]);
            rows::select(&list, &list, Some(*selected));
            dom::focus(&list);
        }
        Body::Menu(menu) => {
            dom::fill(&main, [dom::copy("menu")]);
            dom::set(&dom::by_id("list"), "aria-label", &text::plain("allApps"));
            let words = text::plain("searchApps");
            let input = dom::by_id("search").with("placeholder", &words).with("aria-label", &words);
            if let Some(input) = input.dyn_ref::<HtmlInputElement>() {
                input.set_value(&menu.query);
            }
            update_menu(None, menu);
            dom::focus(&input);
        }
        Body::Nothing => main.set_text_content(None),
    }
}

/// A picture that the style sheet chooses, and a sentence that is also read out.
fn paint_sentence(main: &Element, sentence: &Text, cancel: Option<&Button>) {
    dom::fill(main, [dom::copy("sentence").children(cancel.map(|cancel| button(cancel, "quiet")))]);
    dom::write("sentence-text", &text::resolve(sentence));
}

fn update_menu(before: Option<&Menu>, menu: &Menu) {
    let (list, input) = (dom::by_id("list"), dom::by_id("search"));
    if before.map(|before| &before.offer) != Some(&menu.offer) {
        paint_offer(menu.offer);
    }
    let rows_changed = before.map(|before| &before.sections) != Some(&menu.sections);
    if rows_changed {
        rows::paint(&list, &menu.sections);
        dom::show(&list, !menu.sections.is_empty());
    }
    if rows_changed || before.is_some_and(|before| before.selected != menu.selected) {
        rows::select(&list, &input, menu.selected);
    }
    let empty = dom::by_id("empty");
    dom::show(&empty, menu.empty.is_some());
    empty.set_text_content(menu.empty.as_ref().map(text::resolve).as_deref());
    // People who do not see the list hear how long it is, but not before they typed.
    if before.is_some_and(|before| before.answered != menu.answered) {
        let found = Text::with("appsFound_other", &decimal(menu.count as u64));
        dom::by_id("said").set_text_content(Some(&text::resolve(&found)));
    }
}

fn paint_offer(offer: Option<usize>) {
    let place = dom::by_id("offer");
    let Some(apps) = offer else {
        place.set_text_content(None);
        return;
    };
    let sentence = Text::with("offerApps_other", &decimal(apps as u64));
    dom::fill(&place, [dom::copy("card")]);
    dom::write("offer-title", &text::resolve(&sentence));
    dom::write("offer-detail", &text::plain("offerDetail"));
    dom::fill(&dom::by_id("offer-buttons"), [button(&Button::TurnOnAutomatic, "primary"), button(&Button::DeclineAutomatic, "quiet")]);
}

/// Listens to the person. One listener of each kind for the whole page: what is painted anew needs none of its own.
pub(crate) fn listen(context: &Rc<Context>) {
    let document = dom::document();
    let to = Rc::clone(context);
    dom::listen(&document, "click", move |event: web_sys::Event| {
        let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
        if let Some(button) = super::pressed(&target) {
            to.send(Event::Pressed(button));
        } else if let Some(app) = rows::app_at(&target) {
            to.send(Event::AppSelected(app));
        }
    });
    let to = Rc::clone(context);
    dom::listen(&document, "input", move |event: web_sys::Event| {
        if let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) {
            to.send(Event::Typed(input.value()));
        }
    });
    let to = Rc::clone(context);
    dom::listen(&document, "keydown", move |event: KeyboardEvent| key_pressed(&to, &event));
    let to = Rc::clone(context);
    // Scrolling does not bubble; the list is inside the main part, so listen there while it goes down.
    let scrolled = Closure::<dyn Fn()>::new(move || {
        let list = dom::by_id("list");
        if list.scroll_top() + 2 * list.client_height() > list.scroll_height() {
            to.send(Event::ScrolledToEnd);
        }
    });
    let _ = document.add_event_listener_with_callback_and_bool("scroll", scrolled.as_ref().unchecked_ref(), true);
    scrolled.forget();
}

fn key_pressed(context: &Rc<Context>, event: &KeyboardEvent) {
    // A key that ends the composing of a letter (Japanese, Chinese, …) belongs to the input method.
    if event.is_composing() || event.ctrl_key() || event.alt_key() || event.meta_key() {
        return;
    }
    let list = dom::by_id("list");
    // On a button, Enter presses the button.
    let on_button = dom::document().active_element().is_some_and(|element| element.tag_name() == "BUTTON");
    let step = match event.key().as_str() {
        "ArrowDown" => Move::Down,
        "ArrowUp" => Move::Up,
        "PageUp" => Move::First,
        "PageDown" => Move::Last,
        "Enter" if !on_button => {
            if let Some(app) = rows::selected(&list) {
                event.prevent_default();
                context.send(Event::AppSelected(app));
            } else {
                context.send(Event::Entered);
            }
            return;
        }
        "Escape" => {
            let input = dom::by_id("search").dyn_into::<HtmlInputElement>().ok().filter(|input| !input.value().is_empty());
            if let Some(input) = input {
                // The browser would close the popup; the first Escape only clears.
                event.prevent_default();
                input.set_value("");
                context.send(Event::Typed(String::new()));
            }
            return;
        }
        _ => return,
    };
    event.prevent_default();
    context.send(Event::Moved(step));
}
