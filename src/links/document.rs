//! Where the map comes from and what is kept of it: the portal's document by its tag, and what the person switched off.

use super::link::Link;
use crate::Millis;
use crate::effect::Effect;
use crate::json::{self, Fields, Object, Read, Value};
use crate::memory::{Memory, Standing};
use crate::provider::{Exchange, PortalError, api};
use crate::state::State;

/// The portal is asked for changes of its map once in an hour.
const FRESH_FOR: Millis = 60 * 60_000;

/// Which map of the portal is kept. Key `links_tag`; the map itself, as the portal sent it, is the key `links`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tag {
    /// Whose.
    pub account: String,
    /// When the portal was asked last.
    pub asked: Millis,
    /// To ask for changes only.
    pub etag: Option<String>,
}

/// What the person switched off. Key `links_off`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Off {
    /// Everything.
    pub all: bool,
    /// Single entries, by their internal address.
    pub links: Vec<String>,
}

impl Read for Tag {
    fn read(&mut self, value: &Value) -> bool {
        let mut fields = Fields::of(value);
        fields.required("account", &mut self.account);
        fields.required("asked", &mut self.asked);
        fields.if_any("etag", &mut self.etag);
        fields.are_read()
    }
}

impl Tag {
    /// As JSON.
    pub fn write(&self) -> String {
        Object::default().text("account", &self.account).moment("asked", self.asked).optional_text("etag", self.etag.as_deref()).done()
    }
}

impl Read for Off {
    fn read(&mut self, value: &Value) -> bool {
        let mut fields = Fields::of(value);
        fields.if_any("all", &mut self.all);
        fields.if_any("links", &mut self.links);
        fields.are_read()
    }
}

impl Off {
    /// As JSON.
    pub fn write(&self) -> String {
        Object::default().flag("all", self.all).json("links", &json::texts(&self.links)).done()
    }

    /// Whether this entry is switched off.
    pub fn is_off(&self, link: &Link) -> bool {
        self.all || self.links.contains(&link.internal.text())
    }
}

/// Whose map it is: the portal's and the person's.
pub fn account(memory: &Memory) -> String {
    memory.account.as_ref().map_or_else(String::new, |known| [known.portal.as_str(), " ", &known.account.id].concat())
}

/// The rules are to be looked after: who is signed in, the policy, the access or the network may be another now.
pub fn due(state: &State, now: Millis, is_network_new: bool, effects: &mut Vec<Effect>) {
    let request = match state.memory.standing(now) {
        // Microsoft has no such map that a person may read.
        Standing::SignedIn(_, session) if session.discovery.protocol().lists_at_once() && !session.is_patient(now) => {
            Some(api::links_request(&session.discovery, &session.access_token))
        }
        _ => None,
    };
    effects.push(Effect::KeepLinks { account: account(&state.memory), request, is_network_new });
}

/// Whether the portal is to be asked now.
pub fn is_due(tag: &Tag, now: Millis) -> bool {
    now < tag.asked || now - tag.asked >= FRESH_FOR
}

/// What the portal said, and the new map if it sent one. Whatever went wrong leaves the map that is known; a portal that has no
/// map says so with 404.
pub fn answered(tag: &Tag, exchange: Exchange, now: Millis) -> (Tag, Option<String>) {
    let tag = Tag { asked: now, ..tag.clone() };
    match api::read_apps(exchange) {
        Err(PortalError::Failed(404)) => (Tag { etag: None, ..tag }, Some(String::new())),
        Ok(api::Apps::New { etag, body }) if json::parse(&body).is_some() => (Tag { etag, ..tag }, Some(body)),
        _ => (tag, None),
    }
}
