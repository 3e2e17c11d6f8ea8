//! The popup, painted: only what differs from the view before.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlInputElement, KeyboardEvent};

use super::{button, rows};
use crate::context::Context;
use crate::dom::{self, Build};
use crate::{chrome, text};
use my_apps_sign_in::Millis;
use my_apps_sign_in::decimal::{decimal, number};
use my_apps_sign_in::event::{Event, Move};
use my_apps_sign_in::opening::Opening;
use my_apps_sign_in::popup::{Body, Button, Menu, Notice, Section, Tone, View, view};
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
    if !unchanged(|one, other| (&one.heading, &one.person, &one.account) == (&other.heading, &other.person, &other.account)) {
        paint_header(view);
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
        (_, body) => paint_body(body, before.is_none()),
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

fn paint_header(view: &View) {
    let name = view.heading.clone().unwrap_or_else(|| text::plain("extensionName"));
    dom::write("heading", &name);
    dom::show(&dom::by_id("account"), !view.account.is_empty());
    let (name, username) = match &view.person {
        Some(person) => (person.name.clone(), person.username.as_str()),
        None => (text::plain("accountNobody"), ""),
    };
    dom::write("name", &name);
    dom::write("username", username);
    dom::write("where", &view.portal);
    let items = view.account.iter().map(|item| button(item, "item").with("role", "menuitem").with("tabindex", "-1"));
    dom::fill(&dom::by_id("account-menu").with("aria-label", &name), items);
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

fn paint_body(body: &Body, is_first: bool) {
    let main = dom::by_id("main");
    match body {
        // `extension/popup/first.js` has painted its first rows; what was typed meanwhile stays.
        Body::Menu(menu) if is_first && dom::document().get_element_by_id("search").is_some() => update_menu(None, menu),
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
            rows::paint(&list, &[], &[Section { title: title.clone(), rows: apps.clone() }], apps.len());
            dom::fill(&main, [list.clone(), button(&Button::Back, "quiet")]);
            rows::select(&list, &list, Some(*selected));
            dom::focus(&list);
        }
        Body::Menu(menu) => {
            dom::fill(&main, [dom::copy("menu")]);
            dom::set(&dom::by_id("list"), "aria-label", &text::plain("allApps"));
            dom::write("keys", &text::plain("menuKeys"));
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
    let mut is_new = false;
    if before.map(|before| &before.sections) != Some(&menu.sections) {
        is_new = rows::paint(&list, before.map_or(&[], |before| &before.sections), &menu.sections, menu.count);
        let is_shown = !menu.sections.is_empty();
        dom::show(&list, is_shown);
        dom::set(&input, "aria-expanded", if is_shown { "true" } else { "false" });
    }
    // Who scrolls down is not taken back to the selected row by the rows that come.
    if is_new || before.is_some_and(|before| before.selected != menu.selected) {
        rows::select(&list, &input, menu.selected);
    }
    if before.map(|before| &before.empty) != Some(&menu.empty) {
        let empty = dom::by_id("empty");
        dom::show(&empty, menu.empty.is_some());
        empty.set_text_content(menu.empty.as_ref().map(text::resolve).as_deref());
        if let Some(elsewhere) = &menu.elsewhere {
            dom::append(&empty, &button(elsewhere, "secondary"));
        }
    }
    let Some(before) = before else { return };
    // People who do not see the list hear how long it is, but not before they typed.
    let found = Text::with("appsFound_other", &decimal(menu.count as u64));
    let said = if before.answered != menu.answered { Some(&found) } else { menu.said.as_ref().filter(|_| before.said != menu.said) };
    if let Some(said) = said {
        dom::write("said", &text::resolve(said));
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
            to.send(if rows::is_star(&target) { Event::FavouriteToggled(app) } else { Event::AppSelected(app, opening(&event)) });
        }
    });
    // A press on a row leaves the focus in the search, where the keys are heard.
    dom::listen(&document, "mousedown", |event: web_sys::Event| {
        if event.target().and_then(|target| target.dyn_into::<Element>().ok()).is_some_and(|target| rows::app_at(&target).is_some()) {
            event.prevent_default();
        }
    });
    // The middle button opens links behind the page, everywhere.
    let to = Rc::clone(context);
    dom::listen(&document, "auxclick", move |event: web_sys::Event| {
        let app = event.target().and_then(|target| target.dyn_into::<Element>().ok()).and_then(|target| rows::app_at(&target));
        if let Some(app) = app.filter(|_| chrome::get(&event, "button").as_f64() == Some(1.0)) {
            to.send(Event::AppSelected(app, Opening::Background));
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
    dom::listen(&document, "keyup", |event: KeyboardEvent| number_rows(&event));
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
    if event.is_composing() || chrome::get(event, "defaultPrevented").is_truthy() {
        return;
    }
    number_rows(event);
    let list = dom::by_id("list");
    if let Some(event) = with_modifier(event, &list) {
        return context.send(event);
    }
    if is_modified(event) && event.key() != "Enter" {
        return;
    }
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
                context.send(Event::AppSelected(app, opening(event)));
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

/// Control on most keyboards, Command on a Mac; and Alt.
fn is_modified(event: &KeyboardEvent) -> bool {
    event.ctrl_key() || event.meta_key() || event.alt_key()
}

/// While such a key is held, the first rows show the digits that open them.
fn number_rows(event: &KeyboardEvent) {
    if let Some(root) = dom::document().document_element() {
        dom::set(&root, "data-held", if is_modified(event) { "yes" } else { "no" });
    }
}

/// A digit opens the row of that number, and D keeps the selected one at the top.
fn with_modifier(event: &KeyboardEvent, list: &Element) -> Option<Event> {
    let code = event.code();
    let meant = match code.strip_prefix("Digit").and_then(number) {
        _ if !is_modified(event) || event.shift_key() => None,
        Some(digit) => rows::at(usize::try_from(digit).ok()?.checked_sub(1)?).map(|app| Event::AppSelected(app, Opening::Tab)),
        None if code == "KeyD" && !event.alt_key() => rows::selected(list).map(Event::FavouriteToggled),
        None => None,
    };
    if meant.is_some() {
        event.prevent_default();
    }
    meant
}

/// Where the keys that are held say that an app is to be opened.
fn opening(event: &JsValue) -> Opening {
    let held = |key| chrome::get(event, key).as_bool().unwrap_or(false);
    Opening::of(held("ctrlKey") || held("metaKey"), held("shiftKey"))
}
