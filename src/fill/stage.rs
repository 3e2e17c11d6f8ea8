//! What a fill does about the form at hand, one thing after the other.

use super::Fill;
use crate::form::{FillPlan, Place};

/// From looking to the last button.
#[derive(Debug, Clone)]
pub(super) enum Stage {
    /// Until what is in the page is known.
    Looking,
    /// Until it is looked at again.
    Pausing,
    /// Until the portal has answered.
    Fetching(Box<Target>),
    /// Until what became of writing is known.
    Writing(Box<Target>),
    /// Until the button is pressed; how often it was waited for.
    Pressing(Box<Target>, u8),
}

/// The form that was found, in the document it was found in.
#[derive(Debug, Clone)]
pub(super) struct Target {
    pub(super) document: String,
    pub(super) place: Place,
    pub(super) plan: FillPlan,
}

impl Fill {
    /// The fill and, taken out of it, its target.
    pub(super) fn with_target(mut self) -> Option<(Fill, Box<Target>)> {
        match std::mem::replace(&mut self.stage, Stage::Pausing) {
            Stage::Fetching(target) | Stage::Writing(target) | Stage::Pressing(target, _) => Some((self, target)),
            Stage::Looking | Stage::Pausing => None,
        }
    }

    pub(super) fn target(&self) -> Option<&Target> {
        match &self.stage {
            Stage::Fetching(target) | Stage::Writing(target) | Stage::Pressing(target, _) => Some(target),
            Stage::Looking | Stage::Pausing => None,
        }
    }
}
