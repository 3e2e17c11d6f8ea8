//! What the worker does: it hears the browser, signs in, keeps the list, and fills what was launched. What it has in common
//! with a popup is in [`crate::turn`].

use std::rc::Rc;

use crate::Millis;
use crate::address::Address;
use crate::catalogue::CredentialState;
use crate::effect::{Effect, Purpose};
use crate::event::{Event, Tab};
use crate::fill::{self, Insistence, Starter};
use crate::icons;
use crate::links;
use crate::listing;
use crate::memory::Standing;
use crate::omnibox;
use crate::outside;
use crate::portal_choice;
use crate::provider::oauth::Prompt;
use crate::session::start_sign_in;
use crate::state::State;
use crate::text::Text;
use crate::turn::{common, settle};

/// Handles one event at one moment, in the worker.
pub fn update(state: State, now: Millis, event: Event) -> (State, Vec<Effect>) {
    settle(state, now, event, handle, outside::show)
}

fn handle(state: &mut State, now: Millis, event: Event, effects: &mut Vec<Effect>) {
    if may_show_otherwise(&event) {
        outside::forget(state);
    }
    match event {
        Event::SignInRequested => start_sign_in(state, now, Prompt::Interactive, effects),
        Event::SignInCancelled => effects.push(Effect::CloseSignInWindow),
        Event::ListRequested => listing::fetch(state, now, effects),
        Event::Answered { purpose: Purpose::Apps, epoch, exchange } if listing::is_awaited(state, epoch) => {
            listing::answered(state, now, exchange, effects)
        }
        Event::OutsideShown(number) => outside::shown(state, number),
        // Perhaps it was the portal itself that is another one now.
        Event::PolicyChanged => state.memory.sign_in.forget_failure(),
        Event::LinksDue => links::due(state, now, false, effects),
        Event::CameOnline => links::due(state, now, true, effects),
        Event::PortalChosen(portal) => portal_choice::choose(state, now, portal, effects),
        Event::Answered { purpose: Purpose::ChoosePortal(portal), epoch, exchange } if epoch == state.memory.epoch => {
            portal_choice::answered(state, now, portal, exchange, effects)
        }
        Event::IconsRequested => icons::ask(state, effects),
        Event::Answered { purpose: Purpose::Icons, epoch, exchange } if epoch == state.memory.epoch => {
            state.memory.be_patient(now, &exchange, &Purpose::Icons);
            icons::answered(state, exchange)
        }
        Event::OtherPortalChosen => effects.push(Effect::OpenOptions),
        Event::Arrived { tab } => arrived(state, now, &tab, effects),
        Event::AddressTyped(typed) => omnibox::typed(state, now, typed, effects),
        Event::AddressEntered(typed, opening) => omnibox::entered(state, now, typed, opening, effects),
        other => {
            common(state, now, other, effects);
            omnibox::go_on(state, now, effects);
            if state.memory.fresh_catalogue.is_some() {
                icons::ask(state, effects);
            }
        }
    }
}

/// Whether what the browser shows may have become something else by it, or should, without anybody of ours having done it. The menu,
/// for one, moves its radio by itself when a portal is chosen, before it is known to be one.
const fn may_show_otherwise(event: &Event) -> bool {
    matches!(
        event,
        Event::Started
            | Event::PolicyChanged
            | Event::LanguageChanged
            | Event::HostAccessChanged
            | Event::AlarmRang
            | Event::PortalChosen(_)
    )
}

/// A page of a host with granted access was reached: say that a password is available, and keep a launch's promise.
fn arrived(state: &mut State, now: Millis, tab: &Tab, effects: &mut Vec<Effect>) {
    if tab.private || !matches!(state.memory.standing(now), Standing::SignedIn(..)) {
        return;
    }
    let catalogue = Rc::clone(&state.memory.catalogue);
    let page = tab.url.as_deref().and_then(|url| Address::parse(url).ok());
    let apps = page.map(|page| catalogue.at(&page)).unwrap_or_default();
    let launched = state.memory.launches.app_in(tab.id, now).and_then(|id| apps.iter().find(|app| app.id == id));
    if launched.is_none() {
        // The launched tab went somewhere else, perhaps to another app's sign-on page: the promise was for the first page.
        state.memory.launches.cancel(tab.id);
    }
    if apps.is_empty() {
        return;
    }
    if let Some(app) = apps.iter().find(|app| app.credential == CredentialState::Stored) {
        let title = if apps.len() == 1 { Text::with("passwordAvailable", &app.name) } else { Text::plain("passwordsAvailable") };
        effects.push(Effect::ShowAvailable { tab: tab.id, title: Some(title) });
    }
    match launched {
        Some(app) => fill::start(state, now, tab.id, &app.id, Starter::Launch, Insistence::None, effects),
        // Nobody clicked; but the portal wants to know of a password that is wrong.
        None => fill::watch(state, now, tab.id, Starter::Launch, effects),
    }
}
