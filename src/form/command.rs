//! What the shell tells `extension/page/form.js` and what that answers. Values are not part of these types: the shell
//! adds `value` to every field of a [`FillCommand`] in the moment of injecting it.

use serde::{Serialize, Serializer};

use super::judgement::Judgement;
use super::plan::{FillPlan, Submit};
use crate::json::{Fields, Named, Read, Value};

/// The document that was probed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its origin.
    pub origin: String,
    /// Its address.
    pub href: String,
    /// Where a form may be sent.
    pub origins: Vec<String>,
    /// The locators of the probe, so that indexes agree.
    pub locators: Vec<Vec<String>>,
    /// Whether it is the document of a frame.
    pub framed: bool,
}

/// A control by its place and by what it looked like.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Target {
    /// Its place in the snapshot.
    pub index: u32,
    /// What must be unchanged.
    pub fingerprint: String,
}

/// A field to write; the shell adds `value`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldCommand {
    /// Its place in the snapshot.
    pub index: u32,
    /// What must be unchanged.
    pub fingerprint: String,
    /// Only a password field may take it.
    pub secret: bool,
    /// The field of the credential whose value belongs here.
    pub field: String,
}

/// How a form is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SubmitTarget {
    /// By pressing this control.
    Button(Target),
    /// By asking the form element.
    Request,
    /// By the Enter key.
    Enter,
    /// Not at all.
    None,
}

/// Looks at the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProbeCommand<'a> {
    /// The origin of the frame to look into; empty for the page itself.
    pub frame: &'a str,
    /// An administrator's locators to resolve in the page.
    pub locators: &'a [Vec<String>],
}

/// Writes fields and sends the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FillCommand {
    /// The document that was probed.
    pub place: Place,
    /// The fields, the password last.
    pub fields: Vec<FieldCommand>,
    /// How the form is sent.
    pub submit: SubmitTarget,
}

/// Sends a form that was filled before, when the page has enabled its button.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubmitCommand {
    /// The document that was probed.
    pub place: Place,
    /// The fields that must still be filled.
    pub fields: Vec<Target>,
    /// How the form is sent.
    pub submit: SubmitTarget,
}

/// What became of a command.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Outcome {
    /// The form was filled and sent.
    Submitted,
    /// It was filled; its button is not enabled yet. Follow with a [`SubmitCommand`].
    Waiting,
    /// It was filled and not sent; [`Report::reason`] says why.
    Filled,
    /// What was written is cleared.
    Cleared,
    /// The document has another address than when it was probed.
    Moved,
    /// The document is in a frame, sandboxed or not shown.
    Refused,
    /// A control is not what it was.
    Changed,
    /// A person can't see a field any more.
    Hidden,
    /// A value is longer than its field takes; nothing was written.
    TooLong,
    /// A list has no such choice; nothing was written.
    NoOption,
    /// The page did not keep what was written; it is cleared.
    NotKept,
    /// Something broke; what was written is cleared.
    #[default]
    Failed,
}

/// Why a form was filled and not sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reason {
    /// It was not to be sent.
    #[default]
    NotAsked,
    /// It would be sent to another site.
    ForeignAction,
    /// Another field is required or wrong.
    Incomplete,
    /// The button is gone.
    NoButton,
}

/// What the page function answers to everything but a probe.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// What became of it.
    pub outcome: Outcome,
    /// Why it was not sent, or was cleared.
    pub reason: Option<Reason>,
}

// Written as a tree of values: the browser's serializer brings a copy of its code for every other type that it is given.

impl Place {
    fn entries(&self) -> Vec<(String, Value)> {
        vec![
            entry("origin", text(&self.origin)),
            entry("href", text(&self.href)),
            entry("origins", texts(&self.origins)),
            entry("locators", locators(&self.locators)),
            entry("framed", Value::Flag(self.framed)),
        ]
    }
}

impl SubmitTarget {
    fn value(&self) -> Value {
        match self {
            SubmitTarget::Button(target) => {
                Value::Object(vec![entry("button", Value::Object(target_entries(target.index, &target.fingerprint)))])
            }
            SubmitTarget::Request => text("request"),
            SubmitTarget::Enter => text("enter"),
            SubmitTarget::None => text("none"),
        }
    }
}

impl Serialize for ProbeCommand<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Value::Object(vec![entry("frame", text(self.frame)), entry("locators", locators(self.locators))]).serialize(serializer)
    }
}

impl Serialize for FillCommand {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = Vec::new();
        for field in &self.fields {
            let mut entries = target_entries(field.index, &field.fingerprint);
            entries.push(entry("secret", Value::Flag(field.secret)));
            entries.push(entry("field", text(&field.field)));
            fields.push(Value::Object(entries));
        }
        let mut entries = self.place.entries();
        entries.push(entry("fields", Value::List(fields)));
        entries.push(entry("submit", self.submit.value()));
        Value::Object(entries).serialize(serializer)
    }
}

impl Serialize for SubmitCommand {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut entries = self.place.entries();
        entries.push(entry("fields", targets(&self.fields)));
        entries.push(entry("submit", self.submit.value()));
        Value::Object(entries).serialize(serializer)
    }
}

fn targets(targets: &[Target]) -> Value {
    Value::List(targets.iter().map(|target| Value::Object(target_entries(target.index, &target.fingerprint))).collect())
}

fn target_entries(index: u32, fingerprint: &str) -> Vec<(String, Value)> {
    vec![entry("index", Value::Number(Some(index.into()))), entry("fingerprint", text(fingerprint))]
}

fn entry(name: &str, value: Value) -> (String, Value) {
    (name.to_owned(), value)
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn texts(texts: &[String]) -> Value {
    Value::List(texts.iter().map(|item| text(item)).collect())
}

fn locators(locators: &[Vec<String>]) -> Value {
    Value::List(locators.iter().map(|selectors| texts(selectors)).collect())
}

impl Named for Outcome {
    const NAMES: &'static [(&'static str, Self)] = &[
        ("submitted", Outcome::Submitted),
        ("waiting", Outcome::Waiting),
        ("filled", Outcome::Filled),
        ("cleared", Outcome::Cleared),
        ("moved", Outcome::Moved),
        ("refused", Outcome::Refused),
        ("changed", Outcome::Changed),
        ("hidden", Outcome::Hidden),
        ("too-long", Outcome::TooLong),
        ("no-option", Outcome::NoOption),
        ("not-kept", Outcome::NotKept),
        ("failed", Outcome::Failed),
    ];
}

impl Named for Reason {
    const NAMES: &'static [(&'static str, Self)] = &[
        ("not-asked", Reason::NotAsked),
        ("foreign-action", Reason::ForeignAction),
        ("incomplete", Reason::Incomplete),
        ("no-button", Reason::NoButton),
    ];
}

impl Read for Report {
    fn read(&mut self, value: &Value) -> bool {
        let mut fields = Fields::of(value);
        fields.required("outcome", &mut self.outcome);
        fields.if_any("reason", &mut self.reason);
        fields.are_read()
    }
}

impl Place {
    /// The document that was judged, with the origins that its form may be sent to.
    pub fn new(page: &Judgement, origins: Vec<String>, locators: Vec<Vec<String>>) -> Self {
        Place { origin: page.origin.clone(), href: page.href.clone(), origins, locators, framed: !page.top }
    }
}

impl FillPlan {
    /// The command that carries it out; with `send` false the form is filled and left for the person to send.
    pub fn command(&self, place: Place, send: bool) -> FillCommand {
        let fields = self.fields.iter().map(|field| FieldCommand {
            index: field.index,
            fingerprint: field.fingerprint.clone(),
            secret: field.secret,
            field: field.value.as_str().to_owned(),
        });
        FillCommand { place, fields: fields.collect(), submit: if send { self.submit_target() } else { SubmitTarget::None } }
    }

    /// Whether a secret is written.
    pub fn is_secret(&self) -> bool {
        self.fields.iter().any(|field| field.secret)
    }

    /// The command that sends the form after [`Outcome::Waiting`].
    pub fn submit_command(&self, place: Place) -> SubmitCommand {
        SubmitCommand { place, fields: self.targets(), submit: self.submit_target() }
    }

    fn targets(&self) -> Vec<Target> {
        self.fields.iter().map(|field| Target { index: field.index, fingerprint: field.fingerprint.clone() }).collect()
    }

    fn submit_target(&self) -> SubmitTarget {
        match &self.submit {
            Submit::Button { index, fingerprint } => SubmitTarget::Button(Target { index: *index, fingerprint: fingerprint.clone() }),
            Submit::Request => SubmitTarget::Request,
            Submit::Enter => SubmitTarget::Enter,
        }
    }
}
