//! The icon's right-click menu: **My Apps URL** with the portals one can choose.

use crate::Millis;
use crate::distinct::distinct;
use crate::memory::{Memory, Standing};
use crate::portal_url::{DEFAULT_PORTAL, PortalUrl};
use crate::text::Text;

/// What the menu shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Menu {
    /// The one item on the first level.
    pub title: Text,
    /// Only someone signed out may change the portal, and only where the company left the choice.
    pub enabled: bool,
    /// Radio items in order; the default portal first.
    pub portals: Vec<PortalUrl>,
    /// The one that is checked.
    pub checked: PortalUrl,
}

impl Menu {
    /// The menu that belongs to what is remembered.
    pub fn of(memory: &Memory, now: Millis) -> Menu {
        let signed_out = matches!(memory.standing(now), Standing::SignedOut);
        let is_fixed = memory.policy.fixed.portal.is_some();
        // In the order of their addresses, so that choosing one does not move the others under the mouse.
        let mut known = vec![memory.settings.portal.as_str().to_owned()];
        known.extend(memory.settings.used_portals.iter().map(|portal| portal.as_str().to_owned()));
        known.extend(memory.policy.portals.iter().map(|portal| portal.as_str().to_owned()));
        let mut portals = vec![PortalUrl::default()];
        for portal in distinct(known) {
            if portal != DEFAULT_PORTAL
                && let Ok(portal) = PortalUrl::new(&portal)
            {
                portals.push(portal);
            }
        }
        Menu {
            title: Text::plain(if signed_out { "menuPortal" } else { "menuPortalSignedIn" }),
            enabled: signed_out && !is_fixed,
            portals,
            checked: memory.settings.portal.clone(),
        }
    }
}
