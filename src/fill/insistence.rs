//! What a person was told of a form and wants filled all the same. A yes counts for what was asked, and for nothing worse.

use crate::text::Text;

/// The question about a form that leads to another site; its second value is the origin.
pub(super) const FOREIGN: &str = "formForeign";

/// What the person insists on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Insistence {
    /// Nothing yet.
    #[default]
    None,
    /// To fill what was filled before.
    Again,
    /// That, and to fill a form that is in doubt; or that leads to this origin, which is the worst of it.
    Anyway(String),
}

impl Insistence {
    /// Of a person who says yes to this question.
    pub fn on(question: &Text) -> Insistence {
        let origin = question.values.get(1).filter(|_| question.key == FOREIGN);
        Insistence::Anyway(origin.cloned().unwrap_or_default())
    }

    /// The origin that the person was told of, empty if it was another question.
    pub(super) fn told(&self) -> Option<&str> {
        if let Insistence::Anyway(origin) = self { Some(origin) } else { None }
    }

    /// What was said of one form says nothing of the next.
    pub(super) fn in_the_next_form(&self) -> Insistence {
        if *self == Insistence::None { Insistence::None } else { Insistence::Again }
    }
}
