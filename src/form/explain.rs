//! What a page asks a person for, without deciding anything: for diagnostics, and for describing an app's form.

use super::clue::Weighed;
use super::plan::survey;
use super::scenario::Scenario;
use super::snapshot::Snapshot;

/// What was found in a page and why, for diagnostics and for describing an app's form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// What the group is for.
    pub scenario: Scenario,
    /// The sum of its clues.
    pub score: i32,
    /// What speaks for and against signing in.
    pub clues: Vec<Weighed>,
    /// The controls that stand together.
    pub members: Vec<u32>,
    /// The field for the user name.
    pub user: Option<u32>,
    /// The field for the password.
    pub password: Option<u32>,
    /// The control that sends it.
    pub button: Option<u32>,
}

/// Every group of controls in a page with its purpose and the clues to it.
pub fn explain(snapshot: &Snapshot) -> Vec<Explanation> {
    let mut explained = Vec::new();
    survey(snapshot, &mut |_, _, judged| {
        for (group, judged) in judged {
            explained.push(Explanation {
                scenario: judged.scenario,
                score: judged.score,
                clues: judged.clues.clone(),
                members: group.members.clone(),
                user: judged.user,
                password: judged.password,
                button: judged.button,
            });
        }
    });
    explained
}
