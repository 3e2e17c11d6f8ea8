//! Teaching an app: an administrator says in the popup what the controls of a page are for, tries it with made-up values
//! and gives the description to the portal, for everybody.
//!
//! While something is being taught, a click on the icon goes on with it and fills nothing: otherwise nobody could describe
//! a form that is filled wrongly. What was taught of earlier pages is in [`Draft`], which outlives the page; what is in the
//! tab now is in [`Lesson`]. Neither holds a value of any field.

mod draft;
mod lesson;
mod view;

pub use draft::Draft;
pub use lesson::{Change, Entry, Lesson, Part};
pub(crate) use view::{MOST_APPS, is_taught};
pub use view::{Row, View, view};

use std::rc::Rc;

use crate::Millis;
use crate::address::Address;
use crate::catalogue::Catalogue;
use crate::decimal::decimal;
use crate::effect::{Effect, POPUP, Purpose};
use crate::event::{InjectionError, Sight, Tab};
use crate::finding::Finding;
use crate::form::{self, Descriptor, Examination, FieldCommand, FillCommand, Kind, Outcome, Place, Report, SubmitTarget};
use crate::json::{self, Named};
use crate::memory::{PendingNotice, Standing};
use crate::provider::api::{self, Credential};
use crate::provider::{Exchange, PortalError};
use crate::secret::Secret;
use crate::state::{Screen, State};
use crate::text::Text;

/// The page where a form is taught.
#[derive(Debug, Clone, Default)]
pub struct Teaching {
    /// The tab it opened over.
    pub tab: Option<Tab>,
    /// What was taught so far.
    pub draft: Draft,
    /// What is in the tab.
    pub lesson: Lesson,
    /// What was typed to find an app, and what was found.
    pub finding: Finding,
    /// What there is to say about the last attempt.
    pub said: Option<Text>,
}

/// What can be done with a form that is being taught.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
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
        &[("try", Act::Try), ("save", Act::Save), ("restart", Act::Restart), ("stop", Act::Stop)];
}

/// What the person decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// To do that.
    Act(Act),
    /// That something is so.
    Change(Change),
    /// To look for an app of that name.
    Search(String),
}

/// The page opened: looks at what is in the tab, for the app that is being taught or, if it is a page of another one, for that.
pub fn opened(state: &mut State, now: Millis, tab: Option<Tab>, effects: &mut Vec<Effect>) {
    let Some(Tab { url: Some(url), private: false, .. }) = &tab else { return effects.push(Effect::Show(POPUP)) };
    let Some(known) = state.memory.account.as_ref().filter(|_| state.memory.is_administrator(now)) else {
        return send_back(state, effects);
    };
    let catalogue = &state.memory.catalogue;
    let here = Address::parse(url).map(|page| catalogue.at(&page)).unwrap_or_default();
    let is_here = |draft: &Draft| here.iter().any(|app| app.id == draft.app);
    let account = known.account.id.clone();
    let fits = |draft: &Draft| draft.account == account && (draft.app.is_empty() || here.is_empty() || is_here(draft));
    let before = state.memory.draft.as_deref().and_then(json::read::<Draft>).filter(fits);
    // Begun on another page, where there was nothing to teach, it begins here.
    let again = before.as_ref().is_some_and(|draft| !draft.is_empty());
    let mut draft = before.unwrap_or_else(|| Draft { account, ..Draft::default() });
    if draft.app.is_empty()
        && let [app] = here.as_slice()
    {
        draft.app.clone_from(&app.id);
        if !again {
            draft.form = app.form.clone().unwrap_or_default();
        }
    }
    state.screen = Screen::Teaching(Box::new(Teaching { tab, draft, lesson: Lesson::new(again), ..Teaching::default() }));
    keep(state);
    look(state, effects);
}

/// Ends it where nobody may teach any more.
pub fn go_on(state: &mut State, now: Millis, effects: &mut Vec<Effect>) {
    if state.teaching().is_some() && !state.memory.is_administrator(now) {
        send_back(state, effects);
    }
}

/// Goes back to the menu. Of an administrator whose token has ended, what was taught stays for when they are back.
fn send_back(state: &mut State, effects: &mut Vec<Effect>) {
    if !state.memory.account.as_ref().is_some_and(|known| known.account.administrator) {
        state.memory.draft = None;
    }
    effects.push(Effect::Show(POPUP));
}

/// Forgets what was taught and goes back to the menu.
fn leave(state: &mut State, effects: &mut Vec<Effect>) {
    state.memory.draft = None;
    effects.push(Effect::Show(POPUP));
}

/// What was taught outlives the page.
fn keep(state: &mut State) {
    let draft = state.teaching().map(|teaching| teaching.draft.write());
    state.memory.draft = draft;
}

fn look(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(Teaching { tab: Some(tab), draft, .. }) = state.teaching() else { return };
    let frame = draft.form.frame_origin.clone();
    effects.push(Effect::Look { tab: tab.id, frame, locators: form::locators(&draft.form) });
}

/// The page was looked at.
pub fn seen(state: &mut State, tab: i32, seen: Result<(Sight, String), InjectionError>, effects: &mut Vec<Effect>) {
    let Some(Teaching { draft, lesson, said, .. }) = state.teaching().filter(|teaching| teaching.is_over(tab)) else { return };
    let seen = seen.ok().and_then(|(sight, examination)| Some((sight, json::read::<Examination>(&examination)?)));
    let Some((sight, examination)) = seen else {
        *said = Some(Text::plain("teachNoAccess"));
        return;
    };
    let frame = sight.page.frame_origin.clone();
    let in_page = sight.page.top;
    lesson.read(sight, examination, &draft.form);
    draft.keep(lesson);
    let mut is_to_look = false;
    if in_page {
        // Where the page itself has nothing to fill, its largest frame may have; if not even that, the page it is.
        let is_tried = !draft.form.frame_origin.is_empty();
        draft.form.frame_origin = if is_tried || lesson.has_fields() { String::new() } else { frame };
        is_to_look = !draft.form.frame_origin.is_empty();
    }
    keep(state);
    if is_to_look {
        look(state, effects);
    }
}

/// The person decided something.
pub fn decided(state: &mut State, now: Millis, decision: Decision, effects: &mut Vec<Effect>) {
    let catalogue = Rc::clone(&state.memory.catalogue);
    // Where there is nothing to teach, the page is on its way back.
    let Some(teaching) = state.teaching().filter(|teaching| teaching.tab.is_some()) else { return };
    match decision {
        Decision::Search(query) => teaching.finding.typed(query),
        Decision::Change(change) => {
            let is_to_look = teaching.change(change, &catalogue);
            keep(state);
            if is_to_look {
                look(state, effects);
            }
        }
        Decision::Act(act) => {
            teaching.said = None;
            match act {
                Act::Try => teaching.try_out(effects),
                Act::Save => save(state, now, effects),
                Act::Restart => {
                    teaching.draft.form = Descriptor::default();
                    teaching.lesson = Lesson::default();
                    keep(state);
                    look(state, effects);
                }
                Act::Stop => leave(state, effects),
            }
        }
    }
}

impl Teaching {
    fn is_over(&self, tab: i32) -> bool {
        self.tab.as_ref().is_some_and(|under| under.id == tab)
    }

    /// Whether the page has to be looked at anew.
    fn change(&mut self, change: Change, catalogue: &Catalogue) -> bool {
        match change {
            Change::App(app) => {
                // What the portal knows of an app's form is that app's alone, and goes on with what is here.
                let form_of = |id: &str| catalogue.app(id).and_then(|app| app.form.as_ref());
                let (before, known) = (form_of(&self.draft.app), form_of(&app));
                self.draft.app = app;
                if before.is_some() || known.is_some() {
                    self.draft.form = known.cloned().unwrap_or_default();
                    self.lesson = Lesson::new(false);
                    return true;
                }
            }
            Change::Step(step) => {
                self.lesson.wanted = Some(step.min(self.draft.form.steps.len()));
                return true;
            }
            Change::Part(entry, part) => {
                self.lesson.choose(entry, part);
                self.draft.keep(&self.lesson);
            }
            Change::Name(entry, name) => {
                self.lesson.rename(entry, name);
                self.draft.keep(&self.lesson);
            }
        }
        false
    }

    /// Fills the page with made-up values, and sends nothing.
    fn try_out(&mut self, effects: &mut Vec<Effect>) {
        let (Some(tab), Some(sight)) = (&self.tab, &self.lesson.sight) else { return };
        let (mut fields, mut values) = (Vec::new(), Vec::new());
        // What a list offers is not known here.
        for Entry { offer, .. } in self.lesson.entries.iter().filter(|entry| entry.part.is_field() && entry.offer.kind != Kind::Select) {
            let field = decimal(offer.index.into());
            values.push((field.clone(), Secret::new(offer.sample.clone())));
            let secret = offer.kind == Kind::Password;
            fields.push(FieldCommand { index: offer.index, fingerprint: offer.fingerprint.clone(), secret, field });
        }
        if fields.is_empty() {
            self.said = Some(Text::plain("teachNothing"));
            return;
        }
        effects.push(Effect::Write {
            tab: tab.id,
            number: 0,
            document: sight.document.clone(),
            command: FillCommand { place: Place::new(&sight.page, Vec::new(), Vec::new()), fields, submit: SubmitTarget::None },
            credential: Credential::made_up(values),
        });
        self.lesson.trying = true;
    }
}

/// The page's word for what became of the made-up values.
pub fn tried(state: &mut State, tab: i32, result: &Result<Report, InjectionError>) {
    let Some(teaching) = state.teaching().filter(|teaching| teaching.is_over(tab) && teaching.lesson.trying) else { return };
    teaching.lesson.trying = false;
    let filled = matches!(result, Ok(report) if report.outcome == Outcome::Filled);
    teaching.said = Some(Text::plain(if filled { "teachTried" } else { "teachNotTried" }));
}

fn save(state: &mut State, now: Millis, effects: &mut Vec<Effect>) {
    let Screen::Teaching(teaching) = &mut state.screen else { return };
    let Standing::SignedIn(_, session) = state.memory.standing(now) else { return };
    let draft = &teaching.draft;
    if session.is_patient(now) {
        teaching.said = Some(Text::of_portal_error(PortalError::TooManyRequests, state.memory.settings.portal.as_str()));
        return;
    }
    teaching.said = match (state.memory.catalogue.app(&draft.app), draft.is_empty()) {
        (None, _) => Some(Text::plain("teachNoApp")),
        (_, true) => Some(Text::plain("teachNothing")),
        (Some(app), false) => {
            let request = api::form_request(&session.discovery, &session.access_token, &app.id, draft.complete().write());
            effects.push(Effect::Ask { purpose: Purpose::SaveForm, epoch: state.memory.epoch, request });
            None
        }
    };
}

/// The portal took the form, or did not.
pub fn saved(state: &mut State, exchange: Exchange, effects: &mut Vec<Effect>) {
    let said = match api::read_saved(exchange) {
        Ok(()) => {
            let app = state.teaching().map(|teaching| teaching.draft.app.clone()).unwrap_or_default();
            state.memory.notice = Some(PendingNotice::FormSaved(state.memory.catalogue.name_of(&app)));
            return leave(state, effects);
        }
        Err(PortalError::SignedOut) => {
            // The person stays known.
            state.memory.session = None;
            return send_back(state, effects);
        }
        Err(error) => Text::of_portal_error(error, state.memory.settings.portal.as_str()),
    };
    if let Some(teaching) = state.teaching() {
        teaching.said = Some(said);
    }
}
