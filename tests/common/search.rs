//! The search, as the shell asks it: the list is given once, however many questions there are about it.

use my_apps_sign_in::finding::List;
use my_apps_sign_in::search::Finder;

/// A finder, and the list that it has.
#[derive(Default)]
pub(crate) struct Search {
    finder: Finder,
    prepared: Option<List>,
}

impl Search {
    /// What the finder answers to [`my_apps_sign_in::effect::Effect::Find`].
    pub(crate) fn find(&mut self, list: List, typed: &str, most: usize) -> String {
        if self.prepared.as_ref() != Some(&list) {
            self.finder = Finder::new(list.write());
            self.prepared = Some(list);
        }
        self.finder.find(typed, most)
    }
}
