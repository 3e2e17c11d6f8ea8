//! What a page says to a password that was sent: nothing yet, that it goes on, that it asks again, or that it wants more.

use std::rc::Rc;

use super::consider::{self, Verdict};
use super::{End, Fill, Progress, REPLY_PATIENCE, Starter, Target, page_of};
use crate::Millis;
use crate::catalogue::App;
use crate::effect::Effect;
use crate::event::{InjectionError, Sight};
use crate::form::{FillPlan, Refusal};
use crate::sent::Known;
use crate::state::State;
use crate::text::Text;

/// What is seen after a password was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reply {
    /// Nothing that says anything.
    None,
    /// Another page than one to sign in at.
    Accepted,
    /// The sign-in form, and nothing in it.
    AskedAgain,
    /// The form in the document that it was sent from, emptied: so it looks while the answer is under way, and so it stays
    /// when the password was wrong.
    Emptied,
    /// Something that only the person has or knows.
    Wants(Refusal),
}

/// Reads the reply. `sender` is the document that the password was sent from.
fn read(sight: &Sight, app: &App, sender: &str) -> Reply {
    let is_here = page_of(app, sight.address()).is_some();
    match &sight.page.plan {
        // Apps ask for codes at addresses of all kinds.
        Err(refusal @ (Refusal::OneTimeCode | Refusal::ChooseAccount)) => Reply::Wants(*refusal),
        Err(Refusal::Document) => Reply::None,
        _ if !is_here => Reply::Accepted,
        Err(refusal @ (Refusal::ChangePassword | Refusal::Reset)) => Reply::Wants(*refusal),
        Err(_) => Reply::None,
        Ok(plan) => to_plan(sight, plan, sender),
    }
}

/// The same for a page of the app that shows a form to sign in with.
pub(super) fn to_plan(sight: &Sight, plan: &FillPlan, sender: &str) -> Reply {
    let password = plan.fields.iter().find(|field| field.secret);
    if sight.document != sender {
        // A field for a name alone may be there for something else.
        return if password.is_some() || plan.doubt.is_none() { Reply::AskedAgain } else { Reply::None };
    }
    if password.is_some_and(|field| !field.filled) { Reply::Emptied } else { Reply::None }
}

/// The password is sent: as far as it goes, the work is done. What the page says to it is looked at for a moment.
pub(super) fn expect(state: &mut State, now: Millis, mut fill: Fill, target: &Target, effects: &mut Vec<Effect>) -> Progress {
    state.memory.sent.add(fill.tab, &fill.app, &target.document, now);
    let progress = super::end_with(state, now, &fill, End::Submitted, effects);
    fill.sent_from = Some(target.document.clone());
    fill.deadline = now.saturating_add(REPLY_PATIENCE);
    super::look_later(state, fill, 0, effects);
    progress
}

/// Looks what a page of this tab says to the password that was sent a moment ago. Nothing will be filled.
pub fn watch(state: &mut State, now: Millis, tab: i32, starter: Starter, effects: &mut Vec<Effect>) {
    super::drop_strangers(state);
    let Some(sent) = state.memory.sent.last_in(tab, now).filter(|sent| sent.known == Known::Unknown).cloned() else { return };
    let Some(fill) = super::new(state, now, tab, &sent.app, starter) else { return };
    let fill = Fill { sent_from: Some(sent.document), ..fill };
    super::look(state, &fill, effects);
    state.fills.push(fill);
}

/// What the page that was looked at says.
///
/// # Errors
/// How the fill ends.
pub(super) fn probed(state: &mut State, fill: &Fill, sender: &str, sight: Result<Sight, InjectionError>) -> Result<Verdict, End> {
    let catalogue = Rc::clone(&state.memory.catalogue);
    let Some((app, sent)) = catalogue.app(&fill.app).zip(state.memory.sent.of(fill.tab)) else { return Err(End::Quiet) };
    let reply = match &sight {
        Ok(sight) => read(sight, app, sender),
        Err(InjectionError::Gone) => Reply::None,
        // Where the browser does not let us look, nothing is known.
        Err(InjectionError::NoAccess) => return Err(End::Quiet),
    };
    match reply {
        Reply::None => Ok(Verdict::LookAgain(End::Quiet)),
        Reply::Emptied => Ok(Verdict::LookAgain(consider::asked_again(app, false))),
        Reply::AskedAgain => Err(consider::asked_again(app, false)),
        Reply::Wants(refusal) => Err(End::Refused(Text::of_refusal(refusal, &app.name), None)),
        Reply::Accepted => {
            sent.known = Known::Accepted;
            Err(End::Quiet)
        }
    }
}
