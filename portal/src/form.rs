//! A described sign-in form: whether it can be used, and what makes it another one than before.

use std::collections::BTreeMap;

use crate::{
    address::is_origin,
    app::{Field, FieldKind, Form, is_id},
};

/// The most steps, fields of a step, and selectors of a control; real forms have far fewer.
const MOST_STEPS: usize = 10;
const MOST_FIELDS: usize = 20;
const MOST_LOCATORS: usize = 10;
/// The longest label and the longest selector, in characters.
const LONGEST_LABEL: usize = 200;
const LONGEST_LOCATOR: usize = 500;

/// Why a form was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FormError {
    /// The steps.
    #[error("needs 1 to 10 steps, each with 1 to 20 fields")]
    Size,
    /// A field's id.
    #[error("needs field_id values of 1 to 64 characters of A–Z a–z 0–9 . _ -")]
    FieldId,
    /// A field twice.
    #[error("names a field twice in one step")]
    Twice,
    /// A field that is secret in one step and shown in another.
    #[error("gives a field two types; the field “password” must have the type password")]
    Type,
    /// A label.
    #[error("needs labels of at most 200 characters without line breaks")]
    Label,
    /// A selector.
    #[error("needs locators and submit selectors of 1 to 500 characters without line breaks, at most 10 for each control")]
    Locator,
    /// The frame.
    #[error("needs a frame_origin like https://sign-in.contoso.example, without a path")]
    FrameOrigin,
}

impl Form {
    /// Checks what the types can't say.
    ///
    /// # Errors
    /// Says what is wrong first.
    pub fn check(&self) -> Result<(), FormError> {
        let steps = &self.steps;
        if !(1..=MOST_STEPS).contains(&steps.len()) || !steps.iter().all(|step| (1..=MOST_FIELDS).contains(&step.fields.len())) {
            return Err(FormError::Size);
        }
        let mut kinds = BTreeMap::from([("password", FieldKind::Password)]);
        for step in steps {
            let mut ids: Vec<&str> = step.fields.iter().map(|field| field.field_id.as_str()).collect();
            ids.sort_unstable();
            ids.dedup();
            if ids.len() < step.fields.len() {
                return Err(FormError::Twice);
            }
            for field in &step.fields {
                field.check()?;
                if *kinds.entry(&field.field_id).or_insert(field.kind) != field.kind {
                    return Err(FormError::Type);
                }
            }
            check_locators(&step.submit)?;
        }
        match &self.frame_origin {
            Some(origin) if !is_origin(origin) => Err(FormError::FrameOrigin),
            _ => Ok(()),
        }
    }

    /// What is different from the form before, in sentences for the people who administrate.
    pub fn changes(before: Option<&Form>, after: Option<&Form>) -> Vec<String> {
        let (before, after) = match (before, after) {
            (None, None) => return vec!["No description: the extension finds the form by itself".to_owned()],
            (Some(_), None) => return vec!["Description removed: the extension finds the form by itself".to_owned()],
            (None, Some(after)) => return vec![format!("First description: {}", after.outline())],
            (Some(before), Some(after)) => (before, after),
        };
        let mut changes = Vec::new();
        if before.steps.len() != after.steps.len() {
            changes.push(format!("{} instead of {}", steps(after.steps.len()), steps(before.steps.len())));
        }
        let (old, new) = (before.fields(), after.fields());
        for (id, field) in &new {
            match old.get(id) {
                None => changes.push(format!("New field “{}”", field.name())),
                Some(known) if known.locators != field.locators => changes.push(format!("“{}” is found in another way", field.name())),
                Some(known) if known != field => changes.push(format!("“{}” was described anew", field.name())),
                Some(_) => {}
            }
        }
        changes
            .extend(old.iter().filter(|(id, _)| !new.contains_key(*id)).map(|(_, field)| format!("No field “{}” any more", field.name())));
        let submits = |form: &Form| -> Vec<Vec<String>> { form.steps.iter().map(|step| step.submit.clone()).collect() };
        if before.steps.len() == after.steps.len() && submits(before) != submits(after) {
            changes.push("The button is found in another way".to_owned());
        }
        if before.frame_origin != after.frame_origin {
            changes.push("In another frame".to_owned());
        }
        if changes.is_empty() {
            changes.push("The order".to_owned());
        }
        changes
    }

    /// All fields by id; one that several steps have counts where it comes first.
    fn fields(&self) -> BTreeMap<&str, &Field> {
        self.steps.iter().rev().flat_map(|step| &step.fields).map(|field| (field.field_id.as_str(), field)).collect()
    }

    fn outline(&self) -> String {
        let names: Vec<&str> = self.steps.iter().flat_map(|step| &step.fields).map(Field::name).collect();
        format!("{}, {}", steps(self.steps.len()), names.join(", "))
    }
}

impl Field {
    /// What people call it.
    pub fn name(&self) -> &str {
        if self.label.trim().is_empty() { &self.field_id } else { &self.label }
    }

    fn check(&self) -> Result<(), FormError> {
        if !is_id(&self.field_id) {
            return Err(FormError::FieldId);
        }
        if !is_line(&self.label, LONGEST_LABEL) {
            return Err(FormError::Label);
        }
        check_locators(&self.locators)
    }
}

fn steps(count: usize) -> String {
    if count == 1 { "1 step".to_owned() } else { format!("{count} steps") }
}

fn check_locators(locators: &[String]) -> Result<(), FormError> {
    let is_fine = |locator: &String| !locator.trim().is_empty() && is_line(locator, LONGEST_LOCATOR);
    if locators.len() <= MOST_LOCATORS && locators.iter().all(is_fine) { Ok(()) } else { Err(FormError::Locator) }
}

fn is_line(text: &str, longest: usize) -> bool {
    text.chars().count() <= longest && !text.chars().any(char::is_control)
}
