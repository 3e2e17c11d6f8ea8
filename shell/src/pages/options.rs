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
use my_apps_sign_in::decimal::{decimal, number};
use my_apps_sign_in::event::Event;
use my_apps_sign_in::json::Named;
use my_apps_sign_in::options::{Act, Clearing, Decision, View, view};
use my_apps_sign_in::popup::Button;
use my_apps_sign_in::portal_url::PortalUrl;
use my_apps_sign_in::settings::MOST_RECENTS;
use my_apps_sign_in::sites::Site;
use my_apps_sign_in::state::{Screen, State};
use my_apps_sign_in::text::Text;

/// The attribute that names the site of a switch.
const SITE: &str = "data-site";

/// Paints the view.
pub(crate) fn painter() -> impl Fn(&State, Millis) {
    let last: RefCell<Option<View>> = RefCell::new(None);
    move |state, now| {
        let Screen::Options(options) = &state.screen else { return };
        let view = view(state, options, now);
        let before = last.take();
        if before.as_ref() != Some(&view) {
            paint(before.as_ref(), &view);
        }
        // What the browser refused is not on, whatever the switch was moved to.
        paint_switches(&view);
        last.replace(Some(view));
    }
}

fn paint(before: Option<&View>, view: &View) {
    if before.map(|before| (&before.portal.value, &before.known)) != Some((&view.portal.value, &view.known)) {
        if let Some(input) = input("portal") {
            input.set_value(&view.portal.value);
        }
        dom::fill(&dom::by_id("known-portals"), view.known.iter().map(|portal| dom::element("option").with("value", portal)));
    }
    for (id, reason) in [
        ("portal", &view.portal.fixed),
        ("sites", &view.sites.fixed),
        ("submits", &view.submits.fixed),
        ("recents", &view.recents.fixed),
        ("theme", &view.theme.fixed),
    ] {
        fix(id, reason.as_ref());
    }
    disable(&dom::by_id("save-portal"), view.portal.fixed.is_some() || view.checking);
    dom::show(&dom::by_id("checking"), view.checking);
    paint_result(view);
    if before.map(|before| (&before.setup, &before.decided, &before.idle)) != Some((&view.setup, &view.decided, &view.idle)) {
        setup::paint(view.setup.as_ref());
        setup::paint_decided(view);
    }
    let changed = |same: fn(&View, &View) -> bool| before.is_none_or(|before| !same(before, view));
    if changed(|one, other| one.sites == other.sites) {
        paint_sites(before, view);
    }
    if before.is_none() {
        dom::fill(&dom::by_id("recents"), (0..=MOST_RECENTS).map(recents_choice));
    }
    choose("recents", &decimal(view.recents.value.into()));
    choose("theme", &appearance::current());
    dom::write("shortcut", &text::resolve(&view.shortcut));
    if changed(|one, other| one.clearing == other.clearing) {
        paint_clearing(before.is_some(), view.clearing);
    }
    if let Some(root) = dom::document().document_element() {
        dom::set(&root, "data-ready", if view.checking { "checking" } else { "still" });
    }
}

/// Says why a setting can't be changed here, beside it.
fn fix(id: &str, reason: Option<&Text>) {
    let place = dom::by_id(&[id, "-fixed"].concat());
    dom::show(&place, reason.is_some());
    place.set_text_content(reason.map(text::resolve).as_deref());
    disable(&dom::by_id(id), reason.is_some());
}

fn paint_result(view: &View) {
    let place = dom::by_id("portal-result");
    let Some((good, sentence)) = &view.result else {
        place.set_text_content(None);
        return;
    };
    let open = view.open.iter().map(|address| button(&Button::OpenAddress(address.clone()), "secondary"));
    dom::fill(&place, [notice(*good, sentence).children(open)]);
    if let Some(input) = input("portal") {
        dom::set(&input, "aria-invalid", if *good { "false" } else { "true" });
    }
}

fn notice(good: bool, sentence: &Text) -> Element {
    let style = if good { "notice success" } else { "notice warning" };
    dom::element("div").with("class", style).children([dom::element("p").text(&text::resolve(sentence))])
}

fn paint_sites(before: Option<&View>, view: &View) {
    let sites = view.sites.value.as_deref();
    let names = |sites: Option<&[Site]>| sites.map(|sites| sites.iter().map(|site| site.pattern.clone()).collect::<Vec<String>>());
    let list = dom::by_id("sites");
    // A switch that a person has just moved keeps the focus.
    if before.map(|before| names(before.sites.value.as_deref())) != Some(names(sites)) {
        dom::fill(&list, sites.unwrap_or_default().iter().enumerate().map(site_element));
        dom::show(&list, sites.is_some_and(|sites| !sites.is_empty()));
    }
    let (all, on) = sites.map_or((0, 0), |sites| (sites.len(), sites.iter().filter(|site| site.is_on).count()));
    let state = match view.automatic {
        None => Text::plain("automaticSignedOut"),
        Some((_, 0)) => Text::plain("automaticNoApps"),
        Some((on, all)) => Text::with_two("automaticApps_other", &decimal(all as u64), &decimal(on as u64)),
    };
    dom::write("automatic-state", &text::resolve(&state));
    for (act, shown) in [("turn-all-on", on < all), ("turn-all-off", on > 0)] {
        dom::show(&dom::by_id(act), shown && view.sites.fixed.is_none());
    }
}

fn site_element((place, site): (usize, &Site)) -> Element {
    let element = dom::copy("site");
    let id = ["site-", &decimal(place as u64)].concat();
    dom::put(&element, ".name", &site.name);
    let apps = site.apps.iter().map(String::as_str).collect::<Vec<&str>>().join(", ");
    dom::put(&element, ".detail", &if site.is_everywhere { text::resolve(&Text::with("siteEverywhere", &apps)) } else { apps });
    if let (Ok(Some(label)), Ok(Some(switch))) = (element.query_selector("label"), element.query_selector("input")) {
        dom::set(&label, "for", &id);
        switch.with("id", &id).with(SITE, &site.pattern);
    }
    element
}

fn paint_switches(view: &View) {
    set_switch("submits", view.submits.value);
    for (place, site) in view.sites.value.iter().flatten().enumerate() {
        let id = ["site-", &decimal(place as u64)].concat();
        set_switch(&id, site.is_on);
        disable(&dom::by_id(&id), site.is_everywhere || view.sites.fixed.is_some());
    }
}

fn recents_choice(count: u32) -> Element {
    let words = if count == 0 { text::plain("recentsNone") } else { decimal(count.into()) };
    dom::element("option").with("value", &decimal(count.into())).text(&words)
}

/// The question, where the button was; the focus goes with it.
fn paint_clearing(is_change: bool, clearing: Clearing) {
    let asked = clearing == Clearing::Asked;
    dom::show(&dom::by_id("clear-start"), !asked);
    dom::show(&dom::by_id("clear-question"), asked);
    dom::fill(&dom::by_id("clear-result"), (clearing == Clearing::Done).then(|| notice(true, &Text::plain("clearDone"))));
    if is_change {
        dom::focus(&dom::by_id(if asked { "keep" } else { "clear" }));
    }
}

fn input(id: &str) -> Option<HtmlInputElement> {
    dom::by_id(id).dyn_into().ok()
}

fn set_switch(id: &str, on: bool) {
    if let Some(switch) = input(id) {
        switch.set_checked(on);
    }
}

fn choose(id: &str, value: &str) {
    if let Ok(select) = dom::by_id(id).dyn_into::<HtmlSelectElement>() {
        select.set_value(value);
    }
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
        let Some(input) = input("portal") else { return };
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
        } else if let Some(act) = target.get_attribute("data-act").as_deref().and_then(Act::named) {
            to.send(Event::Chosen(Decision::Act(act)));
        }
    });
    let to = Rc::clone(context);
    dom::listen(&document, "change", move |event: web_sys::Event| {
        let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
        if let Some(decision) = decision(&target) {
            to.send(Event::Chosen(decision));
        }
    });
}

fn decision(element: &Element) -> Option<Decision> {
    if let Some(select) = element.dyn_ref::<HtmlSelectElement>() {
        return match element.id().as_str() {
            "recents" => Some(Decision::Recents(u32::try_from(number(&select.value())?).ok()?)),
            "theme" => {
                appearance::choose(&select.value());
                None
            }
            _ => None,
        };
    }
    let switch = element.dyn_ref::<HtmlInputElement>().filter(|input| input.type_() == "checkbox")?;
    let on = switch.checked();
    match element.get_attribute(SITE) {
        Some(pattern) => Some(Decision::Site { pattern, on }),
        // Those of the internal addresses are their own script's.
        None => (element.id() == "submits").then_some(Decision::Submits(on)),
    }
}
