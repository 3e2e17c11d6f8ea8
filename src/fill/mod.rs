//! One fill, from looking at the page to the last button: look → ask the portal → write → press → perhaps the next step, as
//! often as the app's form has steps.
//!
//! The order is the safety: nothing is asked of the portal before a page of this very app shows a form that may be filled,
//! and what was asked for is written into the document that was looked at or into none. It does not decide which app is
//! meant; that is the popup's or the launch's business.

mod consider;
mod course;
mod insistence;
mod reply;
mod report;
mod stage;

use consider::Verdict;
use course::Course;
pub use insistence::Insistence;
use reply::Heard;
pub use reply::watch;
use stage::{Stage, Target};

use crate::address::Address;
use crate::catalogue::App;
use crate::effect::{Effect, Purpose};
use crate::event::{InjectionError, Sight};
use crate::fill_log::is_good;
use crate::form::{self, Descriptor, FillPlan, Outcome as Effected, Report};
use crate::memory::Memory;
use crate::popup::Button;
use crate::provider::{Exchange, PortalError, api};
use crate::sent::PasswordStatus;
use crate::state::State;
use crate::text::Text;
use crate::{Millis, lasts};

/// How long a form may take to appear, for each step.
pub const PATIENCE: Millis = 8_000;
/// How long we look for the page's reply to a password. Who is let in is elsewhere by then; who is not reads the page.
pub const REPLY_PATIENCE: Millis = 3_000;
/// How often we look while it has not appeared. Ten looks a second would cost the page more than a person gains.
const LOOK_AGAIN: u32 = 250;
/// After a look the page has so many times as long for itself: a fiftieth of its time is the most that waiting takes.
const REST: u32 = 50;
/// A form that has come is not left longer than this.
const LONGEST_REST: u32 = 1_000;
/// How long a framework gets to enable the button it kept disabled; frames, not seconds.
const BUTTON_PAUSE: u32 = 60;
/// After this many pauses a button that stays disabled is the person's to look at.
const BUTTON_TRIES: u8 = 20;
/// The sentence about an app that the portal has no password for.
const NOT_STORED: &str = "noPasswordStored";

/// Who wanted it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Starter {
    /// The person clicked the icon on this page.
    Click,
    /// The person launched the app and the page arrived.
    Launch,
}

/// A fill under way.
#[derive(Debug, Clone)]
pub struct Fill {
    /// Where.
    pub tab: i32,
    /// Which app.
    pub app: String,
    /// Whose app; a fill does not outlive its person.
    account: String,
    /// Who wanted it.
    pub starter: Starter,
    insistence: Insistence,
    course: Course,
    /// When waiting for a form or a reply ends.
    deadline: Millis,
    /// How often there was no form.
    misses: u32,
    /// The host of the page, once it was seen to be the app's.
    host: String,
    /// The administrator's description did not fit the form that was filled.
    form_changed: bool,
    /// What it asked the browser last, which tells the answer from one to a fill of that tab that is over.
    question: u32,
    stage: Stage,
}

/// How a fill ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// Filled and sent.
    Submitted,
    /// Filled; the person presses the button.
    Filled,
    /// Not filled, and why; perhaps with something to do about it.
    Refused(Text, Option<Button>),
    /// The portal no longer accepts the token.
    Expired,
    /// There is nothing more to say.
    Quiet,
}

/// What a step of the fill led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// Goes on, or was none of ours.
    Waiting,
    /// The app with this id got its password; the reply is still to come.
    Sent(String),
    /// Over; the app's id and how.
    Ended(String, End),
}

impl Fill {
    /// Whether a form was looked for in vain, so that the person should not be kept from the menu.
    pub fn is_in_doubt(&self) -> bool {
        self.misses > 0 && self.course == Course::First && matches!(self.stage, Stage::Looking | Stage::Pausing)
    }

    /// Whether the menu has to wait for it.
    pub fn is_in_the_way(&self) -> bool {
        self.course.is_due() && !self.is_in_doubt()
    }

    /// Whether something was or is being written.
    pub fn is_writing(&self) -> bool {
        matches!(self.stage, Stage::Writing(_) | Stage::Pressing(..))
    }
}

/// Starts looking at the page. A fill of the same app in this tab that is already under way is left alone: a double click fills once.
/// One of another app, or one that only reads a reply, was of the page before.
pub fn start(state: &mut State, now: Millis, tab: i32, app: &str, starter: Starter, insistence: Insistence, effects: &mut Vec<Effect>) {
    drop_strangers(state);
    retain(&mut state.fills, &|fill| fill.tab != tab || fill.is_writing() || fill.app == app && fill.course.is_due());
    let Some(fill) = new(state, now, tab, app, starter) else { return };
    // Who was told of what came back, and clicks, begins anew.
    state.memory.sent.retain(tab, now, &|sent| sent.status != PasswordStatus::Told || starter == Starter::Launch);
    let fill = Fill { insistence, deadline: now.saturating_add(PATIENCE), ..fill };
    look(state, fill, effects);
}

/// A fill of that tab, unless one is under way.
fn new(state: &mut State, now: Millis, tab: i32, app: &str, starter: Starter) -> Option<Fill> {
    let account = state.memory.account.as_ref()?.account.id.clone();
    // One that waits for an answer that never came must not stand in the way for ever.
    retain(&mut state.fills, &|fill| fill.tab != tab || lasts(fill.deadline, PATIENCE, now));
    if state.fills.iter().any(|fill| fill.tab == tab) {
        return None;
    }
    Some(Fill {
        tab,
        app: app.to_owned(),
        account,
        starter,
        insistence: Insistence::None,
        course: Course::First,
        deadline: now.saturating_add(REPLY_PATIENCE),
        misses: 0,
        host: String::new(),
        form_changed: false,
        question: 0,
        stage: Stage::Pausing,
    })
}

/// Gives up all fills but these. One function for all conditions: each would bring a copy of it.
pub fn retain(fills: &mut Vec<Fill>, kept: &dyn Fn(&Fill) -> bool) {
    fills.retain(kept);
}

/// Gives up the fill of a tab unless it is writing.
pub fn give_up(state: &mut State, tab: i32) {
    retain(&mut state.fills, &|fill| fill.tab != tab || fill.is_writing());
}

fn look(state: &mut State, mut fill: Fill, effects: &mut Vec<Effect>) {
    fill.stage = Stage::Looking;
    let app = state.memory.catalogue.app(&fill.app);
    let frame = app.map(App::frame_origin).unwrap_or_default().to_owned();
    let description = app.and_then(|app| app.form.as_ref()).map(Descriptor::write).unwrap_or_default();
    let locators = app.map(locators).unwrap_or_default();
    let number = fill.ask(&mut state.questions);
    effects.push(Effect::Probe { tab: fill.tab, number, locators, frame, description });
    state.fills.push(fill);
}

fn locators(app: &App) -> Vec<Vec<String>> {
    app.form.as_ref().map(form::locators).unwrap_or_default()
}

/// Another context may have signed the person out, or somebody else in.
fn drop_strangers(state: &mut State) {
    let account = state.memory.account.as_ref().map(|known| known.account.id.as_str());
    retain(&mut state.fills, &|fill| account == Some(&fill.account));
}

/// Takes the fill of a tab out of the list, if it is where it should be for what happened; else nothing happened to it.
fn take(state: &mut State, tab: i32, fits: &dyn Fn(&Fill) -> bool) -> Option<Fill> {
    drop_strangers(state);
    let index = state.fills.iter().position(|fill| fill.tab == tab && fits(fill))?;
    Some(state.fills.swap_remove(index))
}

/// The page was looked at.
pub fn probed(
    state: &mut State,
    now: Millis,
    tab: i32,
    number: u32,
    sight: Result<Sight, InjectionError>,
    effects: &mut Vec<Effect>,
) -> Progress {
    let is_awaited = |fill: &Fill| fill.question == number && matches!(fill.stage, Stage::Looking);
    let Some(mut fill) = take(state, tab, &is_awaited) else { return Progress::Waiting };
    let took = sight.as_ref().map_or(0, |sight| sight.page.took);
    let page = sight.as_ref().ok().zip(state.memory.catalogue.app(&fill.app)).and_then(|(sight, app)| page_of(app, sight.address()));
    if let Some(page) = page {
        fill.host = page.origin.host;
    }
    let verdict = match if fill.course.is_due() { Heard::Next } else { reply::probed(state, &fill, &sight) } {
        Heard::Next => consider::consider(state, &fill, sight, now),
        Heard::Little(end) => Ok(Verdict::LookAgain(end)),
        Heard::Over(end) => Err(end),
    };
    match verdict {
        Ok(Verdict::Go(target, request)) => {
            let purpose = Purpose::Credential { tab, app: fill.app.clone() };
            fill.form_changed = target.plan.form_changed;
            fill.stage = Stage::Fetching(target);
            state.fills.push(fill);
            effects.push(Effect::Ask { purpose, epoch: state.memory.epoch, request });
            Progress::Waiting
        }
        Ok(Verdict::LookAgain(_)) if lasts(fill.deadline, PATIENCE, now) => {
            fill.misses += 1;
            look_later(state, fill, took, effects);
            Progress::Waiting
        }
        Ok(Verdict::LookAgain(end)) | Err(end) => end_with(state, now, &fill, end, effects),
    }
}

/// Looks again after a pause. `took` is what the last look cost the page.
fn look_later(state: &mut State, mut fill: Fill, took: u32, effects: &mut Vec<Effect>) {
    fill.stage = Stage::Pausing;
    wait(state, fill, took.saturating_mul(REST).clamp(LOOK_AGAIN, LONGEST_REST), effects);
}

fn wait(state: &mut State, mut fill: Fill, milliseconds: u32, effects: &mut Vec<Effect>) {
    effects.push(Effect::Wait { tab: fill.tab, number: fill.ask(&mut state.questions), milliseconds });
    state.fills.push(fill);
}

/// The page at this address, if it is one of the app's.
fn page_of(app: &App, href: &str) -> Option<Address> {
    Address::parse(href).ok().filter(|page| app.sign_on_rules.iter().any(|rule| rule.matches(page)))
}

fn refused(key: &'static str, name: &str) -> End {
    End::Refused(Text::with(key, name), None)
}

/// The pause is over.
pub fn waited(state: &mut State, tab: i32, number: u32, effects: &mut Vec<Effect>) {
    let Some(fill) = take(state, tab, &|fill| fill.question == number) else { return };
    match &fill.stage {
        Stage::Pausing => return look(state, fill, effects),
        Stage::Pressing(target, _) => {
            let (document, command) = (target.document.clone(), target.plan.submit_command(target.place.clone()));
            effects.push(Effect::Submit { tab, number, document, command });
        }
        Stage::Looking | Stage::Fetching(_) | Stage::Writing(_) => {}
    }
    state.fills.push(fill);
}

/// The portal answered with the credential of `app`, or did not.
pub fn answered(state: &mut State, now: Millis, tab: i32, app: &str, exchange: Exchange, effects: &mut Vec<Effect>) -> Progress {
    let asked = take(state, tab, &|fill| fill.app == app && matches!(fill.stage, Stage::Fetching(_)));
    let Some((mut fill, target)) = asked.and_then(Fill::with_target) else { return Progress::Waiting };
    let name = state.memory.catalogue.name_of(app);
    let end = match api::read_credential(exchange) {
        // Another context was faster.
        Ok(_) if fill.is_done_in(&target.document, Some(&target.plan), &state.memory) => consider::already_filled(&fill, &name),
        Ok(credential) => {
            if let Some(field) = target.plan.fields.iter().find(|field| credential.field(field.value.as_str()).is_none()) {
                // It was stored before the administrator described another field; an empty one would be sent in its place.
                not_stored(app, consider::about(&name, field, "fieldNotStored", NOT_STORED))
            } else {
                let submits = state.memory.settings.submits;
                let (document, command) = (target.document.clone(), target.plan.command(target.place.clone(), submits));
                fill.deadline = now.saturating_add(PATIENCE);
                effects.push(Effect::Write { tab, number: fill.ask(&mut state.questions), document, command, credential });
                // Remembered before it happens: should this context die now, nothing is filled twice. Who sends a step before the
                // password themselves clicks again for the next one, perhaps in this very document.
                let is_secret = target.plan.is_secret();
                if submits || is_secret {
                    state.memory.filled.add(&target.document);
                }
                if is_secret {
                    state.memory.launches.fulfil(tab, app);
                }
                fill.stage = Stage::Writing(target);
                state.fills.push(fill);
                return Progress::Waiting;
            }
        }
        Err(PortalError::SignedOut) => End::Expired,
        Err(PortalError::NoCredential) => not_stored(app, Text::with(NOT_STORED, &name)),
        Err(PortalError::NotAssigned) => End::Refused(Text::with("appNotAssignedAnyMore", &name), None),
        Err(error) => consider::portal_failed(&state.memory, &fill, error),
    };
    fill.stage = Stage::Fetching(target);
    end_with(state, now, &fill, end, effects)
}

fn not_stored(app: &str, text: Text) -> End {
    End::Refused(text, Some(Button::EnterPassword(app.to_owned())))
}

/// The page's word for what became of writing or pressing.
pub fn written(
    state: &mut State,
    now: Millis,
    tab: i32,
    number: u32,
    result: Result<Report, InjectionError>,
    effects: &mut Vec<Effect>,
) -> Progress {
    let is_awaited = |fill: &Fill| fill.question == number && fill.is_writing();
    let Some(written) = take(state, tab, &is_awaited) else { return Progress::Waiting };
    let tries = if let Stage::Pressing(_, tries) = written.stage { tries } else { 0 };
    let Some((mut fill, target)) = written.with_target() else { return Progress::Waiting };
    let name = state.memory.catalogue.name_of(&fill.app);
    let refused = |key: &'static str| End::Refused(Text::with(key, &name), None);
    let again = |key: &'static str| End::Refused(Text::with(key, &name), Some(Button::FillAgain(fill.app.clone())));
    let result = match result.map(|report| report.outcome) {
        // A document that went away while its button was pressed was sent.
        Err(InjectionError::Gone) if tries > 0 => Ok(Effected::Submitted),
        result => result,
    };
    let may_hold_it = result.as_ref().is_err_and(|error| tries > 0 || *error == InjectionError::Gone);
    let end = match result {
        Ok(Effected::Submitted) => return reply::sent(state, now, fill, &target, effects),
        Ok(Effected::Waiting) if tries < BUTTON_TRIES => {
            fill.stage = Stage::Pressing(target, tries + 1);
            wait(state, fill, BUTTON_PAUSE, effects);
            return Progress::Waiting;
        }
        Ok(Effected::Filled | Effected::Waiting) => End::Filled,
        // It was accessible when it was looked at: the browser withdraws a click's permission with the document.
        Ok(Effected::Moved) | Err(InjectionError::Gone | InjectionError::NoAccess) => again("pageMoved"),
        Ok(Effected::TooLong | Effected::NoOption) => refused("valueDoesNotFit"),
        Ok(Effected::Changed | Effected::Hidden | Effected::NotKept | Effected::Failed | Effected::Cleared | Effected::Refused) => {
            again("formChanged")
        }
    };
    // A document that is gone may have been sent, and one that was written holds what we can't clear any more. Of any other we
    // know that nothing was left in it.
    if !may_hold_it && matches!(end, End::Refused(..)) {
        state.memory.filled.forget(&target.document);
    }
    fill.stage = Stage::Writing(target);
    end_with(state, now, &fill, end, effects)
}

/// Ends a fill: the launch is used up, the app counts as used, the portal is told.
fn end_with(state: &mut State, now: Millis, fill: &Fill, end: End, effects: &mut Vec<Effect>) -> Progress {
    state.memory.launches.fulfil(fill.tab, &fill.app);
    let is_filled = matches!(end, End::Submitted | End::Filled);
    if is_filled && fill.starter == Starter::Click {
        state.memory.used(&fill.app, now);
    }
    let is_reader = state.popup().is_some();
    let mut is_news = true;
    if let (End::Refused(text, _), Some(sent)) = (&end, state.memory.sent.of(fill.tab))
        && consider::COME_BACK.contains(&text.key)
    {
        is_news = sent.status == PasswordStatus::Unknown;
        sent.status = if is_reader || sent.status == PasswordStatus::Told { PasswordStatus::Told } else { PasswordStatus::AskedAgain };
    }
    if is_news {
        let said = report::said(&end);
        if !said.is_empty() && state.memory.policy.logs(is_good(said)) {
            state.memory.fill_log.add(now, said, &fill.app);
        }
        report::end(&state.memory, fill, &end, effects);
    }
    if fill.course.is_due() {
        effects.push(Effect::ShowAvailable { tab: fill.tab, title: None });
    }
    if end == End::Submitted { Progress::Sent(fill.app.clone()) } else { Progress::Ended(fill.app.clone(), end) }
}

impl Fill {
    /// The number of what it asks now; `questions` is how many there were.
    fn ask(&mut self, questions: &mut u32) -> u32 {
        *questions = questions.wrapping_add(1);
        self.question = *questions;
        *questions
    }

    /// Whether the document holds our fill already, nobody asked for another, and it is not the next step of what was sent from it.
    fn is_done_in(&self, document: &str, plan: Option<&FillPlan>, memory: &Memory) -> bool {
        let sent = memory.sent.to(self.tab, &self.app).filter(|sent| sent.document == document);
        let goes_on = sent.is_some_and(|sent| plan.map_or(self.course != Course::First, |plan| sent.leads_to(plan)));
        memory.filled.contains(document) && self.insistence == Insistence::None && !goes_on
    }
}
