//! What a page says to what was sent: nothing yet, that it goes on, that it asks again, or that it wants more.

use std::rc::Rc;

use super::consider;
use super::{Course, End, Fill, PATIENCE, Progress, REPLY_PATIENCE, Starter, Target, page_of};
use crate::Millis;
use crate::catalogue::App;
use crate::effect::Effect;
use crate::event::{InjectionError, Sight};
use crate::form::{FieldId, FillPlan, Refusal};
use crate::sent::{PasswordStatus, Sent};
use crate::state::State;
use crate::text::Text;

/// What is seen after something was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reply {
    /// Nothing that says anything.
    None,
    /// Another page than one to sign in at.
    Accepted,
    /// A form for what was not sent yet.
    Next,
    /// A form for what was sent.
    AskedAgain,
    /// The same in the document that it was sent from: so it looks while the answer is under way, and so it stays when what
    /// was sent was wrong.
    StillThere,
    /// Something that only the person has or knows.
    Wants(Refusal),
}

/// What follows from it for the fill.
pub(super) enum Heard {
    /// The page is to be considered: there is a step to fill.
    Next,
    /// Not much yet; how it ends if it stays so.
    Little(End),
    /// All there is to hear; how it ends.
    Over(End),
}

/// Reads the reply to a password.
fn read(sight: &Sight, app: &App, sent: &Sent) -> Reply {
    let is_here = page_of(app, sight.address()).is_some();
    match &sight.page.plan {
        // Apps ask for codes at addresses of all kinds.
        Err(refusal @ (Refusal::OneTimeCode | Refusal::ChooseAccount)) => Reply::Wants(*refusal),
        Err(Refusal::Document) => Reply::None,
        _ if !is_here => Reply::Accepted,
        Err(refusal @ (Refusal::ChangePassword | Refusal::Reset)) => Reply::Wants(*refusal),
        Err(_) => Reply::None,
        Ok(plan) => to_plan(&sight.document, plan, sent),
    }
}

/// The same for a page of the app that shows a form to sign in with.
pub(super) fn to_plan(document: &str, plan: &FillPlan, sent: &Sent) -> Reply {
    if sent.leads_to(plan) {
        return Reply::Next;
    }
    // After a password, a field for a name alone may be there for something else.
    if sent.has_secret() && !plan.is_secret() && plan.doubt.is_some() {
        return Reply::None;
    }
    if document != sent.document {
        return Reply::AskedAgain;
    }
    // A form is emptied when a password is on its way; the secret is the last field.
    let is_empty = plan.fields.last().is_some_and(|field| !field.filled);
    if is_empty || !sent.has_secret() { Reply::StillThere } else { Reply::None }
}

/// A step is sent. Before the password, the next one is looked for: its form is in the next document, or this one turns into it.
/// With the password the work is done, as far as it goes; for a moment it is looked at what the page says, and whether the
/// app's description goes on there.
pub(super) fn sent(state: &mut State, now: Millis, mut fill: Fill, target: &Target, effects: &mut Vec<Effect>) -> Progress {
    let memory = &mut state.memory;
    memory.sent.add(fill.tab, &fill.app, &target.document, &target.plan, now);
    let steps = memory.catalogue.app(&fill.app).and_then(|app| app.form.as_ref()).map(|form| &form.steps[..]).unwrap_or_default();
    let sent = memory.sent.to(fill.tab, &fill.app);
    let is_secret_due = sent.is_none_or(|sent| !sent.has_secret());
    let is_step_due =
        sent.is_some_and(|sent| steps.iter().any(|step| !sent.is_done(step)) || is_secret_due && sent.has(FieldId::USER_NAME));
    fill.insistence = fill.insistence.in_the_next_form();
    let mut progress = Progress::Waiting;
    if is_secret_due && is_step_due {
        fill.course = Course::Next;
    } else {
        if fill.course != Course::Reply {
            progress = super::end_with(state, now, &fill, End::Submitted, effects);
        }
        fill.course = Course::Reply;
    }
    fill.deadline = now.saturating_add(if is_step_due { PATIENCE } else { REPLY_PATIENCE });
    super::look_later(state, fill, 0, effects);
    progress
}

/// Looks what a page of this tab says to the password that was sent a moment ago. Nothing will be filled.
pub fn watch(state: &mut State, now: Millis, tab: i32, starter: Starter, effects: &mut Vec<Effect>) {
    super::drop_strangers(state);
    let sent = state.memory.sent.last_in(tab, now).filter(|sent| sent.status == PasswordStatus::Unknown && sent.has_secret());
    let Some(app) = sent.map(|sent| sent.app.clone()) else { return };
    let Some(fill) = super::new(state, now, tab, &app, starter) else { return };
    super::look(state, Fill { course: Course::Watch, ..fill }, effects);
}

/// What the page that was looked at says, to a fill that has sent its password.
pub(super) fn probed(state: &mut State, fill: &Fill, sight: &Result<Sight, InjectionError>) -> Heard {
    let catalogue = Rc::clone(&state.memory.catalogue);
    let Some((app, sent)) = catalogue.app(&fill.app).zip(state.memory.sent.of(fill.tab)) else { return Heard::Over(End::Quiet) };
    let seen = match sight {
        Ok(seen) => seen,
        Err(InjectionError::Gone) => return Heard::Little(End::Quiet),
        // Where the browser does not let us look, nothing is known.
        Err(InjectionError::NoAccess) => return Heard::Over(End::Quiet),
    };
    let reply = read(seen, app, sent);
    let end = match (reply, &seen.page.plan) {
        (Reply::Next, _) if fill.course == Course::Reply => return Heard::Next,
        (Reply::AskedAgain | Reply::StillThere, Ok(plan)) => consider::asked_again(app, plan, sent),
        (Reply::Wants(refusal), _) => End::Refused(Text::of_refusal(refusal, &app.name), None),
        _ => End::Quiet,
    };
    if reply == Reply::Accepted {
        sent.status = PasswordStatus::Accepted;
    }
    if matches!(reply, Reply::None | Reply::StillThere) { Heard::Little(end) } else { Heard::Over(end) }
}
