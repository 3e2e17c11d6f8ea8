//! What is known of a page once it was judged: where it is, and what may be written into it. Small enough to be handed as
//! JSON from the module that judges to the one that fills; what else stands in the page stays behind.

use super::command::Target;
use super::descriptor::Descriptor;
use super::plan::{Doubt, FieldId, FieldPlan, FillPlan, Refusal, Submit, plan};
use super::snapshot::Snapshot;
use crate::json::{self, Fields, Named, Object, Read, Value};

/// A page that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// The document's origin, `null` when it is sandboxed.
    pub origin: String,
    /// The document's address.
    pub href: String,
    /// False in a frame.
    pub top: bool,
    /// The document has an opaque origin.
    pub sandboxed: bool,
    /// The document is being prepared and is not shown yet.
    pub prerendering: bool,
    /// The origin of the largest frame that a person can see; empty if there is none.
    pub frame_origin: String,
    /// How many milliseconds of the page's time the look took.
    pub took: u32,
    /// What may be written into it, or why nothing may.
    pub plan: Result<FillPlan, Refusal>,
}

impl Judgement {
    /// Judges a page. The descriptor is what an administrator said about the app's form.
    pub fn of(snapshot: &Snapshot, descriptor: Option<&Descriptor>) -> Judgement {
        Judgement {
            origin: snapshot.origin.clone(),
            href: snapshot.href.clone(),
            top: snapshot.top,
            sandboxed: snapshot.sandboxed,
            prerendering: snapshot.prerendering,
            frame_origin: snapshot.frame_origin.clone(),
            took: snapshot.took,
            plan: plan(snapshot, descriptor),
        }
    }

    /// As JSON.
    pub fn write(&self) -> String {
        let document = Object::default()
            .text("origin", &self.origin)
            .text("href", &self.href)
            .flag("top", self.top)
            .flag("sandboxed", self.sandboxed)
            .flag("prerendering", self.prerendering)
            .text("frame_origin", &self.frame_origin)
            .number("took", self.took.into());
        match &self.plan {
            Ok(plan) => document.json("plan", &plan.write()).done(),
            Err(refusal) => document.text("refusal", refusal.name()).done(),
        }
    }
}

impl Default for Judgement {
    fn default() -> Self {
        Judgement {
            origin: String::new(),
            href: String::new(),
            top: false,
            sandboxed: false,
            prerendering: false,
            frame_origin: String::new(),
            took: 0,
            plan: Err(Refusal::NoForm),
        }
    }
}

impl Read for Judgement {
    fn read(&mut self, value: &Value) -> bool {
        let mut fields = Fields::of(value);
        let (mut plan, mut refusal) = (None, Refusal::NoForm);
        fields.required("origin", &mut self.origin);
        fields.required("href", &mut self.href);
        fields.required("top", &mut self.top);
        fields.required("sandboxed", &mut self.sandboxed);
        fields.required("prerendering", &mut self.prerendering);
        fields.required("frame_origin", &mut self.frame_origin);
        fields.if_any("took", &mut self.took);
        fields.if_any("plan", &mut plan);
        fields.if_any("refusal", &mut refusal);
        self.plan = plan.ok_or(refusal);
        fields.are_read()
    }
}

impl FillPlan {
    fn write(&self) -> String {
        let fields = self.fields.iter().map(|field| {
            target(field.index, &field.fingerprint)
                .text("value", field.value.as_str())
                .text("label", &field.label)
                .flag("secret", field.secret)
                .flag("filled", field.filled)
                .done()
        });
        let plan = Object::default()
            .json("fields", &json::list(fields))
            .text("action_origin", &self.action_origin)
            .flag("form_changed", self.form_changed);
        let plan = match &self.submit {
            Submit::Button { index, fingerprint } => plan.json("button", &target(*index, fingerprint).done()),
            Submit::Request => plan.flag("request", true),
            Submit::Enter => plan.flag("request", false),
        };
        match self.doubt {
            Some(doubt) => plan.text("doubt", doubt.name()).done(),
            None => plan.done(),
        }
    }
}

fn target(index: u32, fingerprint: &str) -> Object {
    Object::default().number("index", index.into()).text("fingerprint", fingerprint)
}

impl Read for FillPlan {
    fn read(&mut self, value: &Value) -> bool {
        let mut fields = Fields::of(value);
        let (mut button, mut request) = (None::<Target>, false);
        fields.required("fields", &mut self.fields);
        fields.required("action_origin", &mut self.action_origin);
        fields.required("form_changed", &mut self.form_changed);
        fields.if_any("button", &mut button);
        fields.if_any("request", &mut request);
        fields.if_any("doubt", &mut self.doubt);
        self.submit = match button {
            Some(Target { index, fingerprint }) => Submit::Button { index, fingerprint },
            None if request => Submit::Request,
            None => Submit::Enter,
        };
        fields.are_read()
    }
}

impl Read for FieldPlan {
    fn read(&mut self, value: &Value) -> bool {
        let mut fields = Fields::of(value);
        let mut name = String::new();
        fields.required("index", &mut self.index);
        fields.required("fingerprint", &mut self.fingerprint);
        fields.required("value", &mut name);
        fields.required("label", &mut self.label);
        fields.required("secret", &mut self.secret);
        fields.required("filled", &mut self.filled);
        self.value = FieldId::new(&name);
        fields.are_read()
    }
}

impl Read for Target {
    fn read(&mut self, value: &Value) -> bool {
        let mut fields = Fields::of(value);
        fields.required("index", &mut self.index);
        fields.required("fingerprint", &mut self.fingerprint);
        fields.are_read()
    }
}

impl Named for Doubt {
    const NAMES: &'static [(&'static str, Self)] =
        &[("several-forms", Doubt::SeveralForms), ("covered", Doubt::Covered), ("weak", Doubt::Weak), ("purpose", Doubt::Purpose)];
}

impl Named for Refusal {
    const NAMES: &'static [(&'static str, Self)] = &[
        ("document", Refusal::Document),
        ("no-form", Refusal::NoForm),
        ("hidden", Refusal::Hidden),
        ("sign-up", Refusal::SignUp),
        ("change-password", Refusal::ChangePassword),
        ("reset", Refusal::Reset),
        ("one-time-code", Refusal::OneTimeCode),
        ("choose-account", Refusal::ChooseAccount),
    ];
}
