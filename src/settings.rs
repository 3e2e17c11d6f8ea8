//! What a person sets. It belongs to the person at this browser: a sign-out leaves it alone.

use crate::json::{self, Fields, Object, Read, Value};
use crate::policy::Fixed;
use crate::portal_url::PortalUrl;

/// The version of the stored shapes. A higher number in the storage was written by a newer extension.
pub const SCHEMA: u32 = 1;

/// Recently Used shows at most so many apps, which is as many as there are digits to launch them by.
pub const MOST_RECENTS: u32 = 9;

/// What the person set. Key `settings`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// See [`SCHEMA`].
    pub schema: u32,
    /// The portal in use.
    pub portal: PortalUrl,
    /// Other portals that were chosen once, newest first.
    pub used_portals: Vec<PortalUrl>,
    /// Host patterns for which automatic sign-in was declined, in order; a pattern that is not among them brings the card back.
    pub declined_hosts: Vec<String>,
    /// The application id of our registration at a company's directory; empty if nobody entered one.
    pub client_id: String,
    /// How many apps Recently Used shows; at most [`MOST_RECENTS`].
    pub recents: u32,
    /// Whether a filled form is sent as well; else the person looks at it and presses the button.
    pub submits: bool,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            schema: SCHEMA,
            portal: PortalUrl::default(),
            used_portals: Vec::new(),
            declined_hosts: Vec::new(),
            client_id: String::new(),
            recents: 3,
            submits: true,
        }
    }
}

impl Read for Settings {
    fn read(&mut self, value: &Value) -> bool {
        let mut fields = Fields::of(value);
        fields.required("schema", &mut self.schema);
        fields.required("portal", &mut self.portal);
        fields.if_any("used_portals", &mut self.used_portals);
        fields.if_any("declined_hosts", &mut self.declined_hosts);
        fields.if_any("client_id", &mut self.client_id);
        fields.if_any("recents", &mut self.recents);
        fields.if_any("submits", &mut self.submits);
        self.recents = self.recents.min(MOST_RECENTS);
        fields.are_read()
    }
}

impl Settings {
    /// As JSON, with what the person chose where a company fixed something.
    pub fn write(&self, chosen: &Fixed) -> String {
        let used_portals = self.used_portals.iter().map(|portal| json::quoted(portal.as_str()));
        Object::default()
            .number("schema", self.schema.into())
            .text("portal", chosen.portal.as_ref().unwrap_or(&self.portal).as_str())
            .json("used_portals", &json::list(used_portals))
            .json("declined_hosts", &json::texts(&self.declined_hosts))
            .text("client_id", &self.client_id)
            .number("recents", chosen.recents.unwrap_or(self.recents).into())
            .flag("submits", chosen.submits.unwrap_or(self.submits))
            .done()
    }
}
