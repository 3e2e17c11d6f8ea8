//! What the pages do that are opened now and then: the options page, the page that finds out what is wrong, and the popup while a
//! form is being taught. It stands beside [`crate::update`] and is a module of its own in the extension, so that no popup has to
//! load it.

use crate::Millis;
use crate::diagnostics;
use crate::effect::{Effect, Purpose};
use crate::event::Event;
use crate::finding;
use crate::memory::PendingNotice;
use crate::notice;
use crate::options::{self, Choice};
use crate::outside;
use crate::popup::Button;
use crate::portal_choice;
use crate::provider::Exchange;
use crate::setup;
use crate::sign_out;
use crate::state::State;
use crate::teach;
use crate::turn::settle;

/// Handles one event at one moment, in one of these pages.
pub fn update(state: State, now: Millis, event: Event) -> (State, Vec<Effect>) {
    settle(state, now, event, handle, outside::ask)
}

fn handle(state: &mut State, now: Millis, event: Event, effects: &mut Vec<Effect>) {
    match event {
        Event::PortalTyped { typed, canonical } => portal_choice::typed(state, now, &typed, canonical.as_deref(), effects),
        Event::ClientIdTyped(typed) => setup::client_id_typed(state, &typed),
        Event::OptionsOpened { shortcut, links } => options::opened(state, shortcut, &links),
        Event::DiagnosticsOpened { facts } => diagnostics::opened(state, facts, effects),
        Event::PortalChecked { exchange, date } => diagnostics::answered(state, now, exchange, date),
        Event::Diagnosed(act) => diagnostics::decided(state, act, effects),
        Event::SiteDataCleared(done) => diagnostics::cleared(state, done),
        Event::Chosen(decision) => options::decided(state, now, decision, effects),
        Event::Pressed(Button::TurnOnAutomatic) => effects.push(Effect::RequestHostAccess { patterns: state.missing_hosts() }),
        Event::Pressed(Button::OpenAddress(url)) => effects.push(Effect::OpenTab { url }),
        Event::TeachingOpened { tab } => teach::opened(state, now, tab, effects),
        Event::Taught(decision) => teach::decided(state, now, decision, effects),
        Event::Found { number, answer } => finding::answered(state, number, &answer, effects),
        Event::Seen { tab, seen } => teach::seen(state, tab, seen, effects),
        Event::Written { tab, result, .. } => teach::tried(state, tab, &result),
        // Somebody may have signed out meanwhile.
        Event::MemoryChanged => teach::go_on(state, now, effects),
        Event::Answered { purpose, epoch, exchange } => answered(state, now, purpose, epoch, exchange, effects),
        Event::NotStored => refused(state, PendingNotice::NotStored),
        Event::NotRead => refused(state, PendingNotice::NotRead),
        _ => {}
    }
}

/// The browser refused its storage.
fn refused(state: &mut State, notice: PendingNotice) {
    state.memory.notice = Some(notice);
    let said = notice::refused(&state.memory);
    if let Some(teaching) = state.teaching() {
        teaching.said = said;
    }
    // It was not, and is not said to be once somebody else has said this.
    if let Some(options) = state.options().filter(|options| options.choice == Choice::Saved) {
        options.choice = Choice::None;
    }
}

fn answered(state: &mut State, now: Millis, purpose: Purpose, epoch: u32, exchange: Exchange, effects: &mut Vec<Effect>) {
    let is_current = epoch == state.memory.epoch;
    match purpose {
        Purpose::ChoosePortal(portal) if is_current => portal_choice::answered(state, now, portal, exchange, effects),
        // Another context chose or signed in meanwhile; the page shows what holds now.
        Purpose::ChoosePortal(portal) => portal_choice::stop_checking(state, &portal),
        Purpose::SaveForm if is_current => {
            state.memory.be_patient(now, &exchange, &Purpose::SaveForm);
            teach::saved(state, exchange, effects)
        }
        Purpose::EndSession(portal) => sign_out::told(state, now, portal, exchange),
        _ => {}
    }
}
