//! What a page offers to somebody who describes its form: the controls that can have a part, where the description so far
//! finds its own, and what seems to be what. Handed as JSON from the module that judges to the one that teaches.

use super::plan::survey;
use super::scenario::Scenario;
use super::snapshot::{Control, Kind, Snapshot};
use crate::json::{self, Fields, Named, Object, Read, Value};

/// Put into a field that takes digits alone.
const DIGITS: &str = "1234";
/// Put into every other field.
const LETTERS: &str = "test";

/// A page that is being described.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Examination {
    /// What can have a part.
    pub offers: Vec<Offer>,
    /// For every list of locators in the request, the control that it found.
    pub located: Vec<Option<u32>>,
    /// What seems to be what.
    pub proposal: Proposal,
}

/// A control that can have a part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offer {
    /// Its place in the snapshot.
    pub index: u32,
    /// What must be unchanged when it is written.
    pub fingerprint: String,
    /// What it is in HTML.
    pub kind: Kind,
    /// Whether a value may be written into it.
    pub writable: bool,
    /// What the page says about it; its name in the source if it says nothing.
    pub label: String,
    /// A made-up value that it takes.
    pub sample: String,
    /// Selectors that find it and nothing else, best first.
    pub selectors: Vec<String>,
}

/// What a page asks a person for, as far as it can be told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Proposal {
    /// The field for the user name.
    pub user: Option<u32>,
    /// The field for the password.
    pub password: Option<u32>,
    /// The control that sends it.
    pub button: Option<u32>,
}

impl Examination {
    /// Examines a page. What can't be found again can't be described, and is left out.
    pub fn of(snapshot: &Snapshot) -> Examination {
        let snapshot = &snapshot.clone().checked();
        let is_offered = |control: &&Control| {
            let is_usable = control.is_writable() || (control.kind() == Kind::Button && control.visible);
            (is_usable || snapshot.located.contains(&Some(control.index))) && !control.selectors.is_empty()
        };
        Examination {
            offers: snapshot.controls.iter().filter(is_offered).map(Offer::of).collect(),
            located: snapshot.located.clone(),
            proposal: Proposal::of(snapshot),
        }
    }

    /// As JSON.
    pub fn write(&self) -> String {
        let located = self.located.iter().map(|at| at.map_or_else(|| "null".to_owned(), |at| crate::decimal::decimal(at.into())));
        Object::default()
            .json("offers", &json::list(self.offers.iter().map(Offer::write)))
            .json("located", &json::list(located))
            .json("proposal", &self.proposal.write())
            .done()
    }
}

impl Offer {
    fn of(control: &Control) -> Offer {
        let said = [&control.label, &control.text, &control.placeholder, &control.near, &control.name, &control.id];
        let sample = if control.r#type == "number" { DIGITS } else { LETTERS };
        let longest = control.max_length.map_or(sample.len(), |length| length as usize);
        Offer {
            index: control.index,
            fingerprint: control.fingerprint.clone(),
            kind: control.kind(),
            writable: control.is_writable(),
            label: said.into_iter().find(|said| !said.is_empty()).cloned().unwrap_or_default(),
            sample: sample.get(..longest).unwrap_or(sample).to_owned(),
            selectors: control.selectors.clone(),
        }
    }

    fn write(&self) -> String {
        Object::default()
            .number("index", self.index.into())
            .text("fingerprint", &self.fingerprint)
            .text("kind", self.kind.name())
            .flag("writable", self.writable)
            .text("label", &self.label)
            .text("sample", &self.sample)
            .json("selectors", &json::texts(&self.selectors))
            .done()
    }
}

impl Proposal {
    /// The fields of the group that looks most like a sign-in form, even if nothing would be filled into it.
    fn of(snapshot: &Snapshot) -> Proposal {
        let mut best = None;
        let mut proposal = Proposal::default();
        survey(snapshot, &mut |_, _, judged| {
            for (_, judged) in judged {
                let worth = (judged.scenario.takes_password() || judged.scenario == Scenario::UserNameStep, judged.score);
                if judged.user.or(judged.password).is_some() && best.is_none_or(|known| worth > known) {
                    best = Some(worth);
                    proposal = Proposal { user: judged.user, password: judged.password, button: judged.button };
                }
            }
        });
        proposal
    }

    fn write(self) -> String {
        let mut proposal = Object::default();
        for (name, at) in [("user", self.user), ("password", self.password), ("button", self.button)] {
            if let Some(at) = at {
                proposal = proposal.number(name, at.into());
            }
        }
        proposal.done()
    }
}

impl Read for Examination {
    fn read(&mut self, value: &Value) -> bool {
        let mut fields = Fields::of(value);
        fields.required("offers", &mut self.offers);
        fields.required("located", &mut self.located);
        fields.required("proposal", &mut self.proposal);
        fields.are_read()
    }
}

impl Read for Offer {
    fn read(&mut self, value: &Value) -> bool {
        let mut fields = Fields::of(value);
        fields.required("index", &mut self.index);
        fields.required("fingerprint", &mut self.fingerprint);
        fields.required("kind", &mut self.kind);
        fields.required("writable", &mut self.writable);
        fields.required("label", &mut self.label);
        fields.required("sample", &mut self.sample);
        fields.required("selectors", &mut self.selectors);
        fields.are_read()
    }
}

impl Read for Proposal {
    fn read(&mut self, value: &Value) -> bool {
        let mut fields = Fields::of(value);
        fields.if_any("user", &mut self.user);
        fields.if_any("password", &mut self.password);
        fields.if_any("button", &mut self.button);
        fields.are_read()
    }
}

impl Named for Kind {
    const NAMES: &'static [(&'static str, Self)] = &[
        ("text", Kind::Text),
        ("password", Kind::Password),
        ("select", Kind::Select),
        ("tick", Kind::Tick),
        ("button", Kind::Button),
        ("link", Kind::Link),
        ("other", Kind::Other),
    ];
}
