//! What the browser shows or does for us outside our own pages: menu, icon, registrations, alarm. Derived from the state
//! before and after every event, so that no handler has to remember to keep it up to date.

use std::rc::Rc;

use crate::Millis;
use crate::catalogue::{Catalogue, CredentialState};
use crate::distinct::distinct;
use crate::effect::{Effect, Job};
use crate::host_access::HostAccess;
use crate::memory::Standing;
use crate::menu::Menu;
use crate::sign_on::SignOnRule;
use crate::state::State;

/// What the browser shows or does for us outside our own pages; a function of the state.
pub(crate) struct Outside {
    menu: Menu,
    /// Whose pages are lit and watched. Hardly any event changes the list, so what follows from it is worked out only then.
    apps: Option<Rc<Catalogue>>,
    alarm: Option<Millis>,
    /// With the alarm, who is signed in: whose internal addresses lead to external ones.
    epoch: u32,
}

impl Outside {
    /// What belongs to a state.
    pub(crate) fn of(state: &State, now: Millis) -> Outside {
        let memory = &state.memory;
        let signed_in = matches!(memory.standing(now), Standing::SignedIn(..));
        // The menu and the icon change by themselves when the token ends.
        let alarm = memory.session.as_ref().filter(|_| signed_in).map(|session| session.expires_at);
        Outside { menu: Menu::of(memory, now), apps: signed_in.then(|| Rc::clone(&memory.catalogue)), alarm, epoch: memory.epoch }
    }

    /// Asks for what differs from before; for everything if that is not known. Host access changes between events only.
    pub(crate) fn tell_changes(self, before: Option<&Outside>, granted: &HostAccess, effects: &mut Vec<Effect>) {
        if before.is_none_or(|before| before.menu != self.menu) {
            effects.push(Effect::PaintMenu(self.menu));
        }
        let is_same_list = before.is_some_and(|before| match (&before.apps, &self.apps) {
            (Some(before), Some(after)) => Rc::ptr_eq(before, after),
            (before, after) => before.is_none() && after.is_none(),
        });
        if !is_same_list {
            let (old, new) = (before.map(|before| pages(&before.apps, granted)), pages(&self.apps, granted));
            if old.as_ref().is_none_or(|old| old.0 != new.0) {
                effects.push(Effect::LightIcons(new.0));
            }
            if old.is_none_or(|old| old.1 != new.1) {
                effects.push(Effect::RegisterArrivals(new.1));
            }
        }
        if before.is_none_or(|before| before.alarm != self.alarm) {
            effects.push(Effect::SetAlarm(self.alarm));
        }
        if before.is_none_or(|before| (before.alarm, before.epoch) != (self.alarm, self.epoch)) {
            effects.push(Effect::AskWorker(Job::Links));
        }
    }
}

/// The pages on which the icon is lit, and the patterns of those whose arrival is heard of.
fn pages(apps: &Option<Rc<Catalogue>>, granted: &HostAccess) -> (Vec<SignOnRule>, Vec<String>) {
    let (mut lights, mut arrivals) = (Vec::new(), Vec::new());
    for app in apps.iter().flat_map(|catalogue| &catalogue.apps) {
        for rule in &app.sign_on_rules {
            if app.credential == CredentialState::Stored {
                lights.push(rule.clone());
            }
            if granted.covers(&rule.origin().match_pattern()) {
                arrivals.extend(rule.match_patterns());
            }
        }
    }
    (lights, distinct(arrivals))
}
