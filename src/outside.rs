//! What the browser shows or does for us outside our own pages: menu, icon, registrations, alarm. Derived from the state
//! before and after every event, so that no handler has to remember to keep it up to date.

use crate::Millis;
use crate::catalogue::CredentialState;
use crate::distinct::distinct;
use crate::effect::Effect;
use crate::memory::Standing;
use crate::menu::Menu;
use crate::sign_on::SignOnRule;
use crate::state::State;

/// What the browser shows or does for us outside our own pages; a function of the state.
#[derive(PartialEq, Eq)]
pub(crate) struct Outside {
    menu: Menu,
    lights: Vec<SignOnRule>,
    arrivals: Vec<String>,
    alarm: Option<Millis>,
}

impl Outside {
    /// What belongs to a state.
    pub(crate) fn of(state: &State, now: Millis) -> Outside {
        let memory = &state.memory;
        let signed_in = matches!(memory.standing(now), Standing::SignedIn(..));
        let (mut lights, mut arrivals) = (Vec::new(), Vec::new());
        for app in memory.catalogue.apps.iter().filter(|_| signed_in) {
            for rule in &app.sign_on_rules {
                if app.credential == CredentialState::Stored {
                    lights.push(rule.clone());
                }
                if state.is_granted(&rule.origin().match_pattern()) {
                    arrivals.extend(rule.match_patterns());
                }
            }
        }
        // The menu and the icon change by themselves when the token ends.
        let alarm = memory.session.as_ref().filter(|_| signed_in).map(|session| session.expires_at);
        Outside { menu: Menu::of(memory, now), lights, arrivals: distinct(arrivals), alarm }
    }

    /// Asks for what differs from before; for everything if that is not known.
    pub(crate) fn tell_changes(self, before: Option<&Outside>, effects: &mut Vec<Effect>) {
        if before.is_none_or(|before| before.menu != self.menu) {
            effects.push(Effect::PaintMenu(self.menu));
        }
        if before.is_none_or(|before| before.lights != self.lights) {
            effects.push(Effect::LightIcons(self.lights));
        }
        if before.is_none_or(|before| before.arrivals != self.arrivals) {
            effects.push(Effect::RegisterArrivals(self.arrivals));
        }
        if before.is_none_or(|before| before.alarm != self.alarm) {
            effects.push(Effect::SetAlarm(self.alarm));
        }
    }
}
