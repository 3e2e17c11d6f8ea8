//! The core's one function: `State × Event → State × Effects`, here as a popup has it.
//!
//! Total and deterministic: no clock (the time comes with the event), no randomness, no input or output. An event that does
//! not fit the state changes nothing. What all contexts have in common is in [`crate::turn`]; the others are the worker,
//! [`crate::worker`], and the pages that are opened now and then, [`crate::desk`].

use std::rc::Rc;

use crate::Millis;
use crate::address::Address;
use crate::catalogue::PageKind;
use crate::effect::{DIAGNOSTICS, Effect, Job, TEACHING};
use crate::event::{Event, Tab};
use crate::fill::{self, Insistence, Starter};
use crate::finding::{self, portal_page};
use crate::memory::{PendingNotice, Standing};
use crate::notice;
use crate::outside;
use crate::popup::{self, Button, Consideration, Dialog, Notice, Popup, Tone};
use crate::refresh;
use crate::sent::PasswordStatus;
use crate::session::{expire, renew, sign_in_let_go};
use crate::sign_in;
use crate::sign_out::sign_out;
use crate::state::{Screen, State};
use crate::text::Text;
use crate::turn::{common, settle};

/// Handles one event at one moment, in a popup.
pub fn update(state: State, now: Millis, event: Event) -> (State, Vec<Effect>) {
    settle(state, now, event, handle, outside::ask)
}

/// What a popup does; whatever is the same in the worker does [`common`].
fn handle(state: &mut State, now: Millis, event: Event, effects: &mut Vec<Effect>) {
    match event {
        // Somebody may have signed in meanwhile.
        Event::MemoryChanged => consider_page(state, now, effects),
        Event::SignInLetGo => sign_in_let_go(state, now, effects),
        Event::PopupOpened { tab, is_back } => {
            // Only a click on the icon is one for the page.
            let consideration = if is_back { Consideration::Unasked } else { Consideration::Due };
            state.screen = Screen::Popup(Popup { consideration, ..Popup::new(tab) });
            look_around(state, now, effects)
        }
        Event::Typed(query) => {
            give_up_waiting(state);
            if let Some(popup) = state.popup() {
                popup.typed(query);
            }
        }
        Event::Entered => finding::entered(state),
        Event::Moved(step) => {
            let count = popup::row_count(state);
            if let Some(popup) = state.popup() {
                popup.moved(step, count);
            }
        }
        Event::ScrolledToEnd => {
            if let Some(popup) = state.popup() {
                popup.rows += popup::ROWS;
            }
        }
        Event::FavouriteToggled(id) => popup::toggle_favourite(state, &id),
        Event::Pressed(button) => pressed(state, now, button, effects),
        other => {
            common(state, now, other, effects);
            if state.memory.fresh_catalogue.is_some() {
                effects.push(Effect::AskWorker(Job::Icons));
            }
        }
    }
}

/// What is due when the popup opens: a token, the page under it, changes of the list, and what was left to say.
fn look_around(state: &mut State, now: Millis, effects: &mut Vec<Effect>) {
    if state.popup().is_some_and(|popup| popup.tab.as_ref().is_some_and(|tab| tab.private)) {
        return;
    }
    let is_signing_in = state.memory.sign_in.is_under_way();
    match state.memory.standing(now) {
        // Nothing can be filled before its companion knows the person again.
        Standing::SignedIn(..) if state.memory.vault.is_some() && state.memory.missing_vault(now).is_some() => {
            if !is_signing_in {
                renew(state, now, effects);
            }
        }
        Standing::SignedIn(..) => {
            consider_page(state, now, effects);
            refresh::ask(state, now, effects);
        }
        Standing::Expired(_) if !is_signing_in => expire(state, now, effects),
        Standing::Expired(_) | Standing::SignedOut => {}
    }
    // Said once: there may be room again, and what was saved is not news twice.
    if matches!(state.memory.notice, Some(PendingNotice::NotStored | PendingNotice::FormSaved(_))) {
        let said = notice::remembered(&state.memory, now);
        state.memory.notice = None;
        if let Some(popup) = state.popup() {
            popup.notice = said;
        }
    }
}

/// What is this page to us? Asked once for each popup, when it opens or as soon as somebody is signed in.
pub(crate) fn consider_page(state: &mut State, now: Millis, effects: &mut Vec<Effect>) {
    let memory = &state.memory;
    // While a companion is asked who the person is, nothing can be filled yet.
    let is_ready = matches!(memory.standing(now), Standing::SignedIn(..)) && !memory.sign_in.is_under_way();
    if !is_ready || memory.catalogue_tag.stamp.is_empty() {
        return;
    }
    let catalogue = Rc::clone(&state.memory.catalogue);
    let here = state.popup().and_then(|popup| popup.tab.as_ref()).map(|tab| tab.id);
    let launched = here.and_then(|tab| state.memory.launches.app_in(tab, now)).map(str::to_owned);
    // What the page says next is most likely said to the password that it was sent.
    let sent = here
        .and_then(|tab| state.memory.sent.last_in(tab, now))
        .filter(|sent| sent.status != PasswordStatus::Told)
        .map(|sent| sent.app.clone());
    let is_teaching = state.memory.draft.is_some() && state.memory.is_administrator(now);
    let Some(popup) = state.popup().filter(|popup| popup.consideration == Consideration::Due) else { return };
    popup.consideration = Consideration::Done;
    let Some(Tab { id: tab, url: Some(url), private: false }) = popup.tab.clone() else { return };
    // A form that is being taught goes on here, and nothing is filled.
    if is_teaching {
        return effects.push(Effect::Show(TEACHING));
    }
    let Ok(address) = Address::parse(&url) else { return };
    let page = catalogue.judge(&address);
    let PageKind::SignOn(ids) = page else {
        popup.notice = notice_about(page);
        return fill::watch(state, now, tab, Starter::Click, effects);
    };
    let meant = launched.or(sent).filter(|app| ids.contains(app)).or_else(|| if ids.len() == 1 { ids.first().cloned() } else { None });
    match meant {
        Some(app) => fill::start(state, now, tab, &app, Starter::Click, Insistence::None, effects),
        None => popup.dialog = Dialog::Choice(ids),
    }
}

fn notice_about(page: PageKind) -> Option<Notice> {
    let text = match page {
        PageKind::NotAssigned { name } => Text::with("appNotAssigned", &name),
        PageKind::LookAlike { name, real, host } => Text { key: "lookAlike", values: vec![name, real, host] },
        PageKind::OtherOrigin { name, real } => Text::with_two("otherOrigin", &name, &real),
        PageKind::OtherPath { name, real } => Text::with_two("otherPath", &name, &real),
        PageKind::SignOn(_) | PageKind::Elsewhere => return None,
    };
    Some(Notice { tone: Tone::Warning, text, button: None })
}

fn give_up_waiting(state: &mut State) {
    fill::retain(&mut state.fills, &|fill| !fill.is_in_doubt());
}

fn pressed(state: &mut State, now: Millis, button: Button, effects: &mut Vec<Effect>) {
    match button {
        Button::SignIn => {
            if let Some(popup) = state.popup() {
                *popup = Popup::new(popup.tab.take());
            }
            effects.push(Effect::AskWorker(Job::SignIn));
        }
        Button::CancelSignIn => sign_in::cancel(&mut state.memory, effects),
        Button::SignOut => sign_out(state, now, effects),
        Button::ChangePortal | Button::Settings => effects.push(Effect::OpenOptions),
        Button::Help => effects.push(Effect::OpenPage(DIAGNOSTICS)),
        Button::Open(link) => {
            let url = state.memory.session.as_ref().and_then(|session| session.discovery.link(link)).map(str::to_owned);
            effects.extend(url.map(|url| Effect::OpenTab { url }));
        }
        Button::OpenPortal | Button::SearchPortal => {
            let typed = state.popup().filter(|_| matches!(button, Button::SearchPortal)).map(|popup| popup.finding.typed.clone());
            effects.push(Effect::OpenTab { url: portal_page(&state.memory, &typed.unwrap_or_default()) });
        }
        Button::TurnOnAutomatic => effects.push(Effect::RequestHostAccess { patterns: state.missing_hosts() }),
        Button::DeclineAutomatic => {
            state.memory.settings.declined_hosts = state.memory.catalogue.host_patterns();
        }
        Button::EnterPassword(app) => {
            if let Some(session) = state.memory.password_session() {
                effects.push(Effect::OpenTab { url: session.discovery.app_password(&app) });
            }
        }
        Button::FillAgain(ref app) | Button::FillAnyway(ref app) => {
            let Some(popup) = state.popup() else { return };
            let said = popup.notice.take().map(|notice| notice.text).filter(|_| matches!(button, Button::FillAnyway(_)));
            let insistence = said.as_ref().map_or(Insistence::Again, Insistence::on);
            let Some(tab) = popup.tab.as_ref().map(|tab| tab.id) else { return };
            fill::start(state, now, tab, app, Starter::Click, insistence, effects)
        }
        Button::OpenAddress(url) => effects.push(Effect::OpenTab { url }),
        Button::Refresh => {
            if let Some(popup) = state.popup() {
                popup.notice = None;
                popup.is_stale = false;
            }
            if let Some(session) = &mut state.memory.session {
                session.fresh_until = 0;
            }
            refresh::ask(state, now, effects)
        }
        Button::Teach => {
            if let Some(tab) = state.popup().and_then(|popup| popup.tab.as_ref()).filter(|tab| !tab.private).map(|tab| tab.id)
                && state.memory.is_administrator(now)
            {
                fill::give_up(state, tab);
                effects.push(Effect::Show(TEACHING))
            }
        }
        Button::Back => {
            if let Some(popup) = state.popup() {
                popup.back_to_menu();
                if let Some(tab) = popup.tab.as_ref().map(|tab| tab.id) {
                    fill::give_up(state, tab);
                }
            }
        }
    }
}
