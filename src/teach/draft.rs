//! What was taught so far and not given to the portal yet. Key `draft` of `storage.session`.

use super::lesson::Lesson;
use crate::form::{Descriptor, DescriptorStep};
use crate::json::{Fields, Object, Read, Value};

/// An app's form while it is being taught.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// Who teaches; the account's id.
    pub account: String,
    /// The app's id; empty until one is chosen.
    pub app: String,
    /// The steps, among them that of the page in front of the person.
    pub form: Descriptor,
}

impl Draft {
    /// Makes what is chosen on the page one of the steps.
    pub fn keep(&mut self, lesson: &Lesson) {
        let described = lesson.described(&self.form);
        let steps = &mut self.form.steps;
        while steps.len() <= lesson.step {
            steps.push(DescriptorStep::default());
        }
        if let Some(step) = steps.get_mut(lesson.step) {
            *step = described;
        }
    }

    /// The form as the portal takes it: without steps in which nothing is filled.
    pub fn complete(&self) -> Descriptor {
        let mut form = self.form.clone();
        form.steps.retain(|step| !step.fields.is_empty());
        form
    }

    /// Whether nothing is filled in any step.
    pub fn is_empty(&self) -> bool {
        self.form.steps.iter().all(|step| step.fields.is_empty())
    }
}

impl Read for Draft {
    fn read(&mut self, value: &Value) -> bool {
        let mut fields = Fields::of(value);
        fields.required("account", &mut self.account);
        fields.required("app", &mut self.app);
        fields.required("form", &mut self.form);
        fields.are_read()
    }
}

impl Draft {
    /// As JSON.
    pub fn write(&self) -> String {
        Object::default().text("account", &self.account).text("app", &self.app).json("form", &self.form.write()).done()
    }
}
