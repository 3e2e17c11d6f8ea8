//! Where the person is, as far as it matters: inside of the company's network, where internal addresses need nobody's help; and
//! which external addresses do not answer, so that nobody is led from a page that works to one that does not.
//!
//! Asking is cheap and says nothing about the person: a few requests at a time, to addresses that the company named, without
//! cookies and without a word about what is opened; an answer of any kind counts, and nobody waits for one longer than seconds.

use super::map::Map;
use crate::Millis;
use crate::distinct::distinct;
use crate::json::{self, Fields, Object, Read, Value};

/// What was found out holds for so long; the alarm that asks again comes later.
const FRESH_FOR: Millis = 10 * 60_000;
/// So many external addresses are asked at a time; the others have their turn the next time.
const MOST_ASKED: usize = 20;

/// What was found out. Key `links_network` of `storage.session`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Network {
    /// Whether a probe answered.
    pub is_inside: bool,
    /// External origins that did not answer.
    pub down: Vec<String>,
    /// When it was found out.
    pub checked: Millis,
    /// The external origin that was asked last.
    pub last: String,
    /// What was asked inside for; another map asks anew.
    pub probes: Vec<String>,
}

impl Read for Network {
    fn read(&mut self, value: &Value) -> bool {
        let mut fields = Fields::of(value);
        fields.required("inside", &mut self.is_inside);
        fields.required("down", &mut self.down);
        fields.required("checked", &mut self.checked);
        fields.required("last", &mut self.last);
        fields.required("probes", &mut self.probes);
        fields.are_read()
    }
}

impl Network {
    /// As JSON.
    pub fn write(&self) -> String {
        Object::default()
            .flag("inside", self.is_inside)
            .json("down", &json::texts(&self.down))
            .moment("checked", self.checked)
            .text("last", &self.last)
            .json("probes", &json::texts(&self.probes))
            .done()
    }

    /// What is to be asked now: the probes, then external origins. Nothing if it was asked a moment ago.
    pub fn questions(&self, map: &Map, now: Millis) -> Vec<String> {
        let is_fresh = self.probes == map.probes && self.checked <= now && now - self.checked < FRESH_FOR;
        if is_fresh || map.links().next().is_none() {
            return Vec::new();
        }
        let origins = distinct(map.links().filter(|link| !link.external.is_wild).map(|link| link.external.origin.text()).collect());
        // Those that were down first, so that none stays off for longer than it has to; then on from where it ended. Half of the
        // questions are for others: whether anybody answers is how one knows that one is online.
        let after = origins.partition_point(|origin| *origin <= self.last);
        let (before, after) = origins.split_at_checked(after).unwrap_or_default();
        let others = after.iter().chain(before).filter(|origin| !self.down.contains(origin));
        let asked = self.down.iter().filter(|origin| origins.contains(origin)).take(MOST_ASKED / 2).chain(others);
        map.probes.iter().cloned().chain(asked.take(MOST_ASKED).map(|origin| [origin, "/"].concat())).collect()
    }

    /// What answered of what was asked.
    pub fn learned(&mut self, map: &Map, questions: &[String], answers: &[bool], now: Millis) {
        let (probes, others) = answers.split_at_checked(map.probes.len()).unwrap_or_default();
        self.is_inside = probes.contains(&true);
        // Who is offline learns nothing about anybody else, and not where that was.
        if !self.is_inside && !others.contains(&true) {
            self.checked = 0;
            return;
        }
        for (question, answers) in questions.iter().skip(probes.len()).zip(others) {
            let origin = question.trim_end_matches(['/']);
            self.down.retain(|down| down != origin);
            if !answers {
                self.down.push(origin.to_owned());
            }
            self.last = origin.to_owned();
        }
        self.checked = now;
        self.probes.clone_from(&map.probes);
    }
}
