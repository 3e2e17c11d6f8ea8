//! A turn: what every context does with an event, and what follows from it. What only a popup does is in [`crate::update`], what
//! only the worker does in [`crate::worker`].

use std::rc::Rc;

use crate::Millis;
use crate::catalogue::Mode;
use crate::effect::{Effect, Purpose};
use crate::event::Event;
use crate::fill::{self, End, Insistence, Starter};
use crate::finding;
use crate::glimpse;
use crate::memory::{PendingNotice, Standing};
use crate::opening::Opening;
use crate::outside::Follow;
use crate::popup::{Button, Dialog, Notice, Tone};
use crate::provider::Exchange;
use crate::refresh;
use crate::sent::Sent;
use crate::session::{renew, signing_in};
use crate::sign_in;
use crate::sign_out;
use crate::state::State;
use crate::text::Text;

/// What one context does about an event.
pub(crate) type Handler = fn(&mut State, Millis, Event, &mut Vec<Effect>);

/// Handles an event and follows up what changed by it.
pub(crate) fn settle(mut state: State, now: Millis, event: Event, handle: Handler, follow: Follow) -> (State, Vec<Effect>) {
    let mut effects = Vec::new();
    let is_of_the_screen = event.is_of_the_screen();
    handle(&mut state, now, event, &mut effects);
    finding::ask(&mut state, now, &mut effects);
    // Who types or scrolls changes nothing anywhere else.
    if !is_of_the_screen {
        state.memory.glimpse = glimpse::write(&state, now);
        follow(&mut state, now, &mut effects);
    }
    (state, effects)
}

/// What the worker and a popup do alike: both search, launch, sign in and fill.
pub(crate) fn common(state: &mut State, now: Millis, event: Event, effects: &mut Vec<Effect>) {
    match event {
        Event::NotStored => state.memory.notice = Some(PendingNotice::NotStored),
        Event::NotRead => {
            state.memory.notice = Some(PendingNotice::NotRead);
            // One of them would wait for ever for what is lost.
            state.fills.clear();
            state.listing = None;
        }
        Event::Found { number, answer } => finding::answered(state, number, &answer, effects),
        Event::AppSelected(id, opening) => app_selected(state, now, &id, opening, effects),
        Event::Answered { purpose, epoch, exchange } => answered(state, now, purpose, epoch, exchange, effects),
        Event::ProofDrawn { epoch, proof } if epoch == state.memory.epoch => {
            let step = sign_in::proof_drawn(&mut state.memory, &state.environment, proof, effects);
            signing_in(state, now, step, effects)
        }
        Event::Authorized { epoch, redirect } if epoch == state.memory.epoch => {
            let step = sign_in::authorized(&mut state.memory, &state.environment, redirect, effects);
            signing_in(state, now, step, effects)
        }
        Event::Probed { tab, number, sight } => {
            let step = fill::probed(state, now, tab, number, sight, effects);
            filling(state, now, tab, step, effects)
        }
        Event::Written { tab, number, result } => {
            let step = fill::written(state, now, tab, number, result, effects);
            filling(state, now, tab, step, effects)
        }
        Event::Waited { tab, number } => fill::waited(state, tab, number, effects),
        Event::Launched { app, tab } => {
            // Somebody may have signed out while the tab was opened.
            let is_filled = state.memory.catalogue.app(&app).is_some_and(|app| app.mode == Mode::Password);
            if is_filled && matches!(state.memory.standing(now), Standing::SignedIn(..)) {
                state.memory.launches.promise(tab, &app, now);
                // What begins anew in this tab is no step that comes back; what got its password is.
                state.memory.sent.retain(tab, now, &Sent::has_secret);
            }
        }
        // What is of no use here changes nothing.
        _ => {}
    }
}

/// An app was selected: opened, or filled where the page is of several.
fn app_selected(state: &mut State, now: Millis, id: &str, opening: Opening, effects: &mut Vec<Effect>) {
    let catalogue = Rc::clone(&state.memory.catalogue);
    let Some(app) = catalogue.app(id) else { return };
    if !matches!(state.memory.standing(now), Standing::SignedIn(..)) {
        return;
    }
    let choosing = state.popup().is_some_and(|popup| matches!(&popup.dialog, Dialog::Choice(ids) if ids.iter().any(|other| other == id)));
    if choosing {
        let tab = state.popup().and_then(|popup| popup.tab.as_ref()).map(|tab| tab.id);
        if let Some(popup) = state.popup() {
            popup.back_to_menu();
        }
        if let Some(tab) = tab {
            fill::start(state, now, tab, id, Starter::Click, Insistence::Again, effects);
        }
        return;
    }
    state.memory.used(id, now);
    if let Some(popup) = state.popup() {
        popup.said = Some(Text::with("openedApp", &app.name));
    }
    effects.push(Effect::Launch { app: app.id.clone(), url: app.launch_url.clone(), opening });
}

// ---- the portal's answers ------------------------------------------------------------------------------------------------

fn answered(state: &mut State, now: Millis, purpose: Purpose, epoch: u32, exchange: Exchange, effects: &mut Vec<Effect>) {
    if let Purpose::EndSession(portal) = purpose {
        return sign_out::told(state, now, portal, exchange);
    }
    if epoch != state.memory.epoch {
        if let Purpose::Credential { tab, .. } = purpose {
            fill::give_up(state, tab);
            effects.push(Effect::ShowAvailable { tab, title: None });
        }
        return;
    }
    state.memory.be_patient(now, &exchange, &purpose);
    match purpose {
        Purpose::SignInDiscovery => {
            let step = sign_in::discovered(&mut state.memory, &state.environment, exchange, effects);
            signing_in(state, now, step, effects)
        }
        Purpose::Token => {
            let step = sign_in::redeemed(&mut state.memory, now, exchange, effects);
            signing_in(state, now, step, effects)
        }
        Purpose::Account => {
            let step = sign_in::greeted(&mut state.memory, exchange);
            signing_in(state, now, step, effects)
        }
        Purpose::Apps => refresh::answered(state, now, exchange, effects),
        Purpose::Credential { tab, app } => {
            let step = fill::answered(state, now, tab, &app, exchange, effects);
            filling(state, now, tab, step, effects)
        }
        // A portal is chosen in the icon's menu, or on the options page.
        Purpose::Icons | Purpose::Report | Purpose::SaveForm | Purpose::ChoosePortal(_) | Purpose::EndSession(_) => {}
    }
}

// ---- filling ------------------------------------------------------------------------------------------------------------

/// How long a success stays readable before the popup closes by itself.
const READING_TIME: u32 = 1_200;

/// Follows up a step of a fill.
fn filling(state: &mut State, now: Millis, tab: i32, progress: fill::Progress, effects: &mut Vec<Effect>) {
    let (app, end) = match progress {
        fill::Progress::Waiting => return mention_doubt(state, tab),
        fill::Progress::Sent(app) => {
            let text = Text::with("submitted", &state.memory.catalogue.name_of(&app));
            if let Some(popup) = state.popup() {
                popup.dialog = Dialog::Done(text, now);
            }
            return;
        }
        fill::Progress::Ended(_, End::Expired) => {
            state.memory.end_password_session();
            return renew(state, now, effects);
        }
        fill::Progress::Ended(app, end) => (app, end),
    };
    let name = state.memory.catalogue.name_of(&app);
    let teach = state.memory.is_administrator(now).then_some(Button::Teach);
    let Some(popup) = state.popup() else { return };
    let notice = match end {
        End::Filled => Notice { tone: Tone::Success, text: Text::with("filledOnly", &name), button: None },
        End::Refused(text, button) => Notice { tone: Tone::Warning, text, button: button.or(teach) },
        End::Submitted | End::Expired | End::Quiet => {
            // What the page says to the password is known, or will not be.
            if let Dialog::Done(_, since) = popup.dialog {
                let read = now.saturating_sub(since);
                effects.push(Effect::CloseSoon(READING_TIME.saturating_sub(u32::try_from(read).unwrap_or(u32::MAX))));
            }
            return;
        }
    };
    popup.dialog = Dialog::Menu;
    popup.notice = Some(notice);
}

/// While a form is looked for in vain, and no longer, the menu shows, and one line says what is being waited for.
fn mention_doubt(state: &mut State, tab: i32) {
    let Some(fill) = state.fills.iter().find(|fill| fill.tab == tab) else { return };
    let text = fill.is_in_doubt().then(|| Text::with("formMissing", &state.memory.catalogue.name_of(&fill.app)));
    // Of what the menu says by itself, this is all that is for information only.
    let Some(popup) = state.popup().filter(|popup| popup.notice.as_ref().is_none_or(|notice| notice.tone == Tone::Information)) else {
        return;
    };
    popup.notice = text.map(|text| Notice { tone: Tone::Information, text, button: None });
}
