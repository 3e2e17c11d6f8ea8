//! The index of the list that is on the screen: made at the first letter that is typed, not before, and anew when the list is
//! another one.

use std::cell::RefCell;
use std::rc::Rc;

use super::{Index, Searched};
use crate::catalogue::Catalogue;

/// An index and the list it was made of.
#[derive(Debug, Clone, Default)]
pub struct Prepared(RefCell<Option<(Rc<Catalogue>, Rc<Index>)>>);

impl Prepared {
    /// The index of this list.
    pub fn of(&self, catalogue: &Rc<Catalogue>) -> Rc<Index> {
        let mut kept = self.0.borrow_mut();
        match &*kept {
            Some((of, index)) if Rc::ptr_eq(of, catalogue) => Rc::clone(index),
            _ => {
                let index = Rc::new(Index::new(catalogue.apps.iter().map(Searched::of)));
                *kept = Some((Rc::clone(catalogue), Rc::clone(&index)));
                index
            }
        }
    }
}
