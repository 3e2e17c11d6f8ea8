//! The index of the list that is on the screen: made at the first letter that is typed, not before, and anew when the list is
//! another one.

use std::cell::RefCell;
use std::rc::Rc;

use super::{Found, Index, Searched};
use crate::Millis;
use crate::catalogue::Catalogue;
use crate::frecency::Frecency;

/// An index, if one was needed so far.
#[derive(Debug, Clone, Default)]
pub struct Prepared(RefCell<Option<Box<Known>>>);

#[derive(Debug, Clone)]
struct Known {
    list: Rc<Catalogue>,
    index: Index,
    /// How much each app was used.
    scores: Vec<u32>,
}

impl Prepared {
    /// Searches this list. What was used counts as it was when the first letter was typed.
    pub fn search(&self, catalogue: &Rc<Catalogue>, frecency: &Frecency, now: Millis, typed: &str, most: usize) -> Found {
        let mut kept = self.0.borrow_mut();
        if kept.as_ref().is_none_or(|known| !Rc::ptr_eq(&known.list, catalogue)) {
            let index = Index::new(catalogue.apps.iter().map(Searched::of));
            let scores = frecency.scores(&catalogue.apps, now);
            *kept = Some(Box::new(Known { list: Rc::clone(catalogue), index, scores }));
        }
        kept.as_ref().map(|known| known.index.search(typed, &known.scores, most)).unwrap_or_default()
    }
}
