//! The three fields in which a person changes their password, and what can be told of them without the one that is kept.

use zeroize::Zeroizing;

use crate::{oauth::parameters::Parameters, password::check_length};

/// One of the fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    Current,
    New,
    Again,
}

/// What is wrong, told at the field where it can be put right.
pub(crate) struct Wrong {
    pub(crate) field: Field,
    pub(crate) sentence: String,
}

/// What was typed into them.
pub(crate) struct Passwords {
    pub(crate) current: Zeroizing<String>,
    pub(crate) new: Zeroizing<String>,
    again: Zeroizing<String>,
}

impl Field {
    /// From top to bottom.
    pub(crate) const ALL: [Self; 3] = [Self::Current, Self::New, Self::Again];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::New => "new",
            Self::Again => "again",
        }
    }

    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Current => "Current password",
            Self::New => "New password",
            Self::Again => "New password again",
        }
    }

    /// What a password manager is to do with it.
    pub(crate) fn autocomplete(self) -> &'static str {
        if self == Self::Current { "current-password" } else { "new-password" }
    }
}

impl Passwords {
    pub(crate) fn of(form: &Parameters) -> Self {
        let typed = |field: Field| Zeroizing::new(form.get(field.name()).unwrap_or_default().to_owned());
        Self { current: typed(Field::Current), new: typed(Field::New), again: typed(Field::Again) }
    }

    /// The first thing that is wrong.
    pub(crate) fn wrong(&self) -> Option<Wrong> {
        let wrong = |field, sentence: &str| Some(Wrong { field, sentence: format!("Not changed: {sentence}") });
        if self.current.is_empty() {
            return wrong(Field::Current, "enter your current password.");
        }
        if let Err(error) = check_length(&self.new) {
            return wrong(Field::New, &format!("the new password {error}."));
        }
        if self.new == self.current {
            return wrong(Field::New, "the new password is the one that you have. Choose another one.");
        }
        if self.new != self.again {
            return wrong(Field::Again, "the two new passwords are not the same. Type all three once more, the new one twice.");
        }
        None
    }
}
