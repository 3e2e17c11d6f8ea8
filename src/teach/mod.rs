//! Teaching an app: an administrator says in the popup what the controls of a page are for, tries it with made-up values
//! and gives the description to the portal, for everybody.
//!
//! While something is being taught, a click on the icon goes on with it and fills nothing: otherwise nobody could describe
//! a form that is filled wrongly. What was taught of earlier pages is in [`Draft`], which outlives the popup; what is on the
//! page now is in [`Lesson`]. Neither holds a value of any field.

mod draft;
mod lesson;
mod view;

pub use draft::Draft;
pub use lesson::{Change, Entry, Lesson, Part};
pub use view::{Row, View, view};

use crate::Millis;
use crate::address::Address;
use crate::catalogue::Page;
use crate::decimal::decimal;
use crate::effect::{Effect, Purpose};
use crate::event::{InjectionError, Sight, Tab};
use crate::fill;
use crate::form::{self, Descriptor, Examination, FieldCommand, FillCommand, Kind, Outcome, Place, Report, SubmitTarget};
use crate::json::Named;
use crate::memory::{Memory, Standing};
use crate::popup::{Notice, Tone};
use crate::provider::api::{self, Credential};
use crate::provider::{Exchange, PortalError};
use crate::refresh;
use crate::secret::Secret;
use crate::state::State;
use crate::text::Text;
use crate::update::expire;

/// What can be done with a form that is being taught.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Begin, or go on.
    Start,
    /// Fill the page with made-up values.
    Try,
    /// Give it to the portal.
    Save,
    /// Forget all steps, and begin again with this page.
    Restart,
    /// Forget everything.
    Stop,
}

impl Named for Act {
    const NAMES: &'static [(&'static str, Self)] =
        &[("", Act::Start), ("t", Act::Try), ("s", Act::Save), ("r", Act::Restart), ("x", Act::Stop)];
}

/// Whether somebody is signed in who may teach.
pub fn is_allowed(memory: &Memory, now: Millis) -> bool {
    matches!(memory.standing(now), Standing::SignedIn(known, _) if known.account.administrator)
}

/// Something was pressed.
pub fn act(state: &mut State, now: Millis, act: Act, effects: &mut Vec<Effect>) {
    if !is_allowed(&state.memory, now) {
        return;
    }
    if let Some(popup) = state.popup() {
        popup.notice = None;
    }
    match act {
        Act::Start => start(state, effects),
        Act::Try => try_out(state, effects),
        Act::Save => save(state, now, effects),
        Act::Restart => {
            if let (Some(draft), Some(popup)) = (&mut state.memory.draft, popup_of(&mut state.screen)) {
                draft.form = Descriptor::default();
                popup.lesson = Some(Box::default());
            }
            look(state, effects);
        }
        Act::Stop => stop(state),
    }
}

/// Looks at the page under the popup, for the app that is being taught or, if it is a page of another one, for that.
fn start(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(Tab { id: tab, url: Some(url), private: false }) = state.popup().and_then(|popup| popup.tab.clone()) else { return };
    let Some(known) = &state.memory.account else { return };
    let catalogue = &state.memory.catalogue;
    let page = Address::parse(&url).map_or(Page::Elsewhere, |address| catalogue.judge(&address));
    let here = if let Page::SignOn(here) = page { here } else { Vec::new() };
    let is_here = |draft: &Draft| here.iter().any(|&at| catalogue.apps.get(at).is_some_and(|app| app.id == draft.app));
    let fits = |draft: &Draft| draft.app.is_empty() || here.is_empty() || is_here(draft);
    let before = state.memory.draft.take().filter(fits);
    // Begun on another page, where there was nothing to teach, it begins here.
    let again = before.as_ref().is_some_and(|draft| !draft.is_empty());
    let mut draft = before.unwrap_or_else(|| Draft { account: known.account.id.clone(), ..Draft::default() });
    if draft.app.is_empty()
        && let [at] = here.as_slice()
        && let Some(app) = catalogue.apps.get(*at)
    {
        draft.app.clone_from(&app.id);
        if !again {
            draft.form = app.form.clone().unwrap_or_default();
        }
    }
    state.memory.draft = Some(draft);
    fill::give_up(state, tab);
    if let Some(popup) = state.popup() {
        popup.query.clear();
        popup.lesson = Some(Box::new(Lesson::new(again)));
    }
    look(state, effects);
}

fn look(state: &mut State, effects: &mut Vec<Effect>) {
    let (Some(draft), Some(popup)) = (&state.memory.draft, popup_of(&mut state.screen)) else { return };
    if let (Some(_), Some(tab)) = (&popup.lesson, &popup.tab) {
        let frame = draft.form.frame_origin.clone();
        effects.push(Effect::Look { tab: tab.id, frame, locators: form::locators(&draft.form) });
    }
}

/// The page was looked at.
pub fn seen(state: &mut State, tab: i32, seen: Result<(Sight, Examination), InjectionError>, effects: &mut Vec<Effect>) {
    let (Some(draft), Some(popup)) = (&mut state.memory.draft, popup_of(&mut state.screen)) else { return };
    let Some(lesson) = popup.lesson.as_mut().filter(|_| popup.tab.as_ref().is_some_and(|under| under.id == tab)) else { return };
    match seen {
        Ok((sight, examination)) => {
            let frame = sight.page.frame_origin.clone();
            let in_page = sight.page.top;
            lesson.read(sight, examination, &draft.form);
            draft.keep(lesson);
            if !in_page {
                return;
            }
            // Where the page itself has nothing to fill, its largest frame may have; if not even that, the page it is.
            let is_tried = !draft.form.frame_origin.is_empty();
            draft.form.frame_origin = if is_tried || lesson.has_fields() { String::new() } else { frame };
            if !draft.form.frame_origin.is_empty() {
                look(state, effects);
            }
        }
        Err(_) => say(state, Text::plain("teachNoAccess")),
    }
}

/// The person decided something.
pub fn change(state: &mut State, element: &str, value: String, effects: &mut Vec<Effect>) {
    let Some(change) = Change::read(element, value) else { return };
    let (Some(draft), Some(popup)) = (&mut state.memory.draft, popup_of(&mut state.screen)) else { return };
    let Some(lesson) = &mut popup.lesson else { return };
    match change {
        Change::App(app) => draft.app = app,
        Change::Step(step) => {
            lesson.wanted = Some(step.min(draft.form.steps.len()));
            look(state, effects);
        }
        Change::Part(entry, part) => {
            lesson.choose(entry, part);
            draft.keep(lesson);
        }
        Change::Name(entry, name) => {
            lesson.rename(entry, name);
            draft.keep(lesson);
        }
    }
}

/// Fills the page with made-up values, and sends nothing.
fn try_out(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(popup) = state.popup() else { return };
    let (Some(lesson), Some(tab)) = (&mut popup.lesson, &popup.tab) else { return };
    let Some(sight) = &lesson.sight else { return };
    let (mut fields, mut values) = (Vec::new(), Vec::new());
    for entry in &lesson.entries {
        // What a list offers is not known here.
        let Entry { offer, part, .. } = entry;
        if !part.is_field() || offer.kind == Kind::Select {
            continue;
        }
        let field = decimal(offer.index.into());
        values.push((field.clone(), Secret::new(offer.sample.clone())));
        let secret = offer.kind == Kind::Password;
        fields.push(FieldCommand { index: offer.index, fingerprint: offer.fingerprint.clone(), secret, field });
    }
    if fields.is_empty() {
        return say(state, Text::plain("teachNothing"));
    }
    effects.push(Effect::Write {
        tab: tab.id,
        document: sight.document.clone(),
        command: FillCommand { place: Place::new(&sight.page, Vec::new(), Vec::new()), fields, submit: SubmitTarget::None },
        credential: Credential::made_up(values),
    });
    lesson.trying = true;
}

/// The page's word for what became of the made-up values; false if there were none.
pub fn tried(state: &mut State, tab: i32, result: &Result<Report, InjectionError>) -> bool {
    let Some(popup) = state.popup().filter(|popup| popup.tab.as_ref().is_some_and(|under| under.id == tab)) else { return false };
    let Some(lesson) = popup.lesson.as_mut().filter(|lesson| lesson.trying) else { return false };
    lesson.trying = false;
    let filled = matches!(result, Ok(report) if report.outcome == Outcome::Filled);
    say(state, Text::plain(if filled { "teachTried" } else { "teachNotTried" }));
    true
}

fn save(state: &mut State, now: Millis, effects: &mut Vec<Effect>) {
    let Some(draft) = &state.memory.draft else { return };
    let problem = match (state.memory.catalogue.app(&draft.app), draft.is_empty()) {
        (None, _) => "teachNoApp",
        (_, true) => "teachNothing",
        (Some(app), false) => {
            let Standing::SignedIn(_, session) = state.memory.standing(now) else { return };
            let request = api::form_request(&session.discovery, &session.access_token, &app.id, draft.complete().write());
            effects.push(Effect::Ask { purpose: Purpose::SaveForm, epoch: state.memory.epoch, request });
            return;
        }
    };
    say(state, Text::plain(problem));
}

/// The portal took the form, or did not.
pub fn saved(state: &mut State, now: Millis, exchange: Exchange, effects: &mut Vec<Effect>) {
    match api::read_saved(exchange) {
        Ok(()) => {
            let name = state.memory.draft.as_ref().map(|draft| state.memory.catalogue.name_of(&draft.app)).unwrap_or_default();
            stop(state);
            refresh::ask(state, now, effects);
            say(state, Text::with("teachSaved", &name));
        }
        Err(PortalError::SignedOut) => expire(state, effects),
        Err(error) => say(state, Text::of_portal_error(error, state.memory.settings.portal.as_str())),
    }
}

fn stop(state: &mut State) {
    state.memory.draft = None;
    if let Some(popup) = state.popup() {
        popup.lesson = None;
        popup.query.clear();
    }
}

fn say(state: &mut State, text: Text) {
    if let Some(popup) = state.popup() {
        popup.notice = Some(Notice { tone: Tone::Information, text, button: None });
    }
}

/// The popup, borrowed apart from the memory.
fn popup_of(screen: &mut crate::state::Screen) -> Option<&mut crate::popup::Popup> {
    if let crate::state::Screen::Popup(popup) = screen { Some(popup) } else { None }
}
