//! From what stands in a page to what may be written into it: controls → roles → scenario → plan.
//!
//! Pure: a [`Snapshot`] comes in, a [`FillPlan`] or a [`Refusal`] comes out. Nothing here holds or sees a password;
//! a plan names the credential's fields and the shell attaches their values in the moment of writing. The bar for
//! filling is higher than for recognising: whatever may be a form for a *new* password is refused.

mod clue;
mod command;
mod descriptor;
mod examination;
mod explain;
mod group;
mod judgement;
mod plan;
mod role;
mod scenario;
mod snapshot;
mod submit;
mod text;
mod words;

pub use clue::{Clue, Weighed};
pub use command::{FieldCommand, FillCommand, Outcome, Place, ProbeCommand, Reason, Report, SubmitCommand, SubmitTarget, Target};
pub use descriptor::{Descriptor, DescriptorField, DescriptorStep, ValueType, locators};
pub use examination::{Examination, Offer, Proposal};
pub use explain::{Explanation, explain};
pub use judgement::Judgement;
pub use plan::{Doubt, FieldId, FieldPlan, FillPlan, Refusal, Submit, plan};
pub use role::{Evidence, Role, roles};
pub use scenario::Scenario;
pub use snapshot::{Control, Form, Heading, Kind, Snapshot};
pub use text::{Concepts, Vocabulary, fold};
pub use words::Concept;
