//! How an administrator described an app's sign-in form: steps with fields, each with CSS selectors, best first. The
//! page resolves the selectors; this module asks for them and reads the answer.

use crate::json::{self, Fields, Named, Object, Read, Value};

/// A sign-in form as described in the portal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Descriptor {
    /// What follows one another, usually one step or two.
    pub steps: Vec<DescriptorStep>,
    /// The origin of the frame that the form is in; empty if it is in the page itself.
    pub frame_origin: String,
}

/// Fields that are filled together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DescriptorStep {
    /// The fields, in the order of filling.
    pub fields: Vec<DescriptorField>,
    /// Selectors of the control that sends the step; empty to find it.
    pub submit: Vec<String>,
}

/// One field of a step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DescriptorField {
    /// The credential's field.
    pub field_id: String,
    /// What people call it.
    pub label: String,
    /// What may be written into it.
    pub r#type: ValueType,
    /// Selectors of the control.
    pub locators: Vec<String>,
}

/// What kind of value a field takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ValueType {
    /// Text that may be seen, or a choice.
    #[default]
    Text,
    /// A secret; only a password field takes it.
    Password,
}

impl Read for Descriptor {
    fn read(&mut self, value: &Value) -> bool {
        let mut fields = Fields::of(value);
        fields.if_any("steps", &mut self.steps);
        fields.if_any("frame_origin", &mut self.frame_origin);
        fields.are_read()
    }
}

impl Read for DescriptorStep {
    fn read(&mut self, value: &Value) -> bool {
        let mut fields = Fields::of(value);
        fields.if_any("fields", &mut self.fields);
        fields.if_any("submit", &mut self.submit);
        fields.are_read()
    }
}

impl Read for DescriptorField {
    fn read(&mut self, value: &Value) -> bool {
        let mut fields = Fields::of(value);
        fields.if_any("field_id", &mut self.field_id);
        fields.if_any("label", &mut self.label);
        fields.if_any("type", &mut self.r#type);
        fields.if_any("locators", &mut self.locators);
        fields.are_read()
    }
}

impl Named for ValueType {
    const NAMES: &'static [(&'static str, Self)] = &[("text", ValueType::Text), ("password", ValueType::Password)];
}

impl Descriptor {
    /// As JSON, as the portal has it.
    pub fn write(&self) -> String {
        let steps = self.steps.iter().map(|step| {
            let fields = step.fields.iter().map(|field| {
                Object::default()
                    .text("field_id", &field.field_id)
                    .text("label", &field.label)
                    .text("type", field.r#type.name())
                    .json("locators", &json::texts(&field.locators))
                    .done()
            });
            Object::default().json("fields", &json::list(fields)).json("submit", &json::texts(&step.submit)).done()
        });
        let form = Object::default().json("steps", &json::list(steps));
        if self.frame_origin.is_empty() { form.done() } else { form.text("frame_origin", &self.frame_origin).done() }
    }
}

/// The lists of selectors to put into a probe: for every step its fields in order, then its submit control. The answer
/// in [`super::Snapshot::located`] has the same order.
pub fn locators(descriptor: &Descriptor) -> Vec<Vec<String>> {
    let mut locators = Vec::new();
    for step in &descriptor.steps {
        for field in &step.fields {
            locators.push(field.locators.clone());
        }
        locators.push(step.submit.clone());
    }
    locators
}
