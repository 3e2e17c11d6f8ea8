//! One look at everything, step by step: what is kept, what the portal says, where the person is, and what follows for the browser.
//! Whoever drives it asks and tells in this order, and does nothing else.

use super::document::{Off, Tag, answered, is_due};
use super::map::Map;
use super::network::Network;
use super::report;
use crate::Millis;
use crate::host_access::HostAccess;
use crate::json::{self, Object, Read};
use crate::provider::Answer;
use crate::secret::Secret;

/// What is there to begin with.
#[derive(Debug, Clone, Default)]
pub struct Keeper {
    account: String,
    granted: HostAccess,
    now: Millis,
    tag: Tag,
    body: String,
    off: Off,
    /// Whether something of it was forgotten here.
    is_off_new: bool,
    network: Network,
    policy: String,
    map: Map,
}

/// What cannot be read counts as absent.
fn document<T: Read + Default>(text: &str) -> T {
    json::read(text).unwrap_or_default()
}

impl Keeper {
    /// For this account, empty if nobody is signed in, with the hosts that the browser gives access to.
    pub fn new(account: String, granted: Vec<String>, now: Millis) -> Keeper {
        Keeper { account, granted: HostAccess::new(granted), now, ..Keeper::default() }
    }

    /// Takes what one key holds, or the policy.
    pub fn found(&mut self, key: &str, text: String) {
        match key {
            "links_tag" => self.tag = document(&text),
            "links_off" => self.off = document(&text),
            "links_network" => self.network = document(&text),
            "links" => self.body = text,
            "policy" => self.policy = text,
            _ => {}
        }
    }

    /// The browser has a network again: what was found out about the one before says nothing.
    pub fn came_online(&mut self) {
        self.network.checked = 0;
    }

    /// Whether the portal is to be asked; then by which tag, which may be empty.
    pub fn question(&mut self) -> Option<String> {
        let is_of_another = !self.tag.account.is_empty() && self.tag.account != self.account;
        if self.tag.account != self.account {
            self.tag = Tag { account: self.account.clone(), ..Tag::default() };
            self.body.clear();
        }
        if is_of_another || self.account.is_empty() {
            // What a person set for everything stays, and for what the policy says; the portal's addresses do not.
            let policy = Map::read(Some(&self.policy), None);
            let before = self.off.links.len();
            self.off.links.retain(|off| policy.links().any(|link| link.internal.text() == *off));
            self.is_off_new = self.off.links.len() < before;
        }
        if self.account.is_empty() {
            return None;
        }
        is_due(&self.tag, self.now).then(|| self.tag.etag.clone().unwrap_or_default())
    }

    /// The portal answered; a status of 0 says that it did not. Who has no map yet is asked again at the next occasion.
    pub fn answered(&mut self, status: u16, etag: Option<String>, body: String) {
        if status == 0 && self.body.is_empty() {
            return;
        }
        let (tag, text) = answered(&self.tag, Ok(Answer { status, etag, retry_after: None, body: Secret::new(body) }), self.now);
        self.tag = tag;
        if let Some(text) = text {
            self.body = text;
        }
    }

    /// What is to be kept: keys with their texts, as JSON; a key with an empty text goes. What the person switched off is not among
    /// them if nothing of it was forgotten: they may have switched something else meanwhile.
    pub fn kept(&self) -> String {
        let tag = if self.account.is_empty() { String::new() } else { self.tag.write() };
        let kept = Object::default().text("links", &self.body).text("links_tag", &tag);
        if !self.is_off_new {
            return kept.done();
        }
        kept.text("links_off", &if self.off == Off::default() { String::new() } else { self.off.write() }).done()
    }

    /// The addresses that are to be asked whether they answer, as a JSON list.
    pub fn addresses(&mut self) -> String {
        self.map = Map::read(Some(&self.policy), Some(&self.body));
        json::texts(&self.network.questions(&self.map, self.now))
    }

    /// Which of them answered.
    pub fn learned(&mut self, answers: &[bool]) {
        let questions = self.network.questions(&self.map, self.now);
        if !questions.is_empty() {
            self.network.learned(&self.map, &questions, answers, self.now);
        }
    }

    /// What was found out about the network, to be kept until the browser ends.
    pub fn network(&self) -> String {
        self.network.write()
    }

    /// The rules that the browser is to follow, as JSON.
    pub fn rules(&self) -> String {
        report::rules(&self.map, &self.off, &self.network, &self.granted)
    }

    /// What our pages show; empty where there is no map. `unusable` are numbers of rules that the browser did not take.
    pub fn report(&self, unusable: &[u32]) -> String {
        report::report(&self.map, &self.off, &self.network, &self.granted, unusable)
    }
}
