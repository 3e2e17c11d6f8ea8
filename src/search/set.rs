//! Sets of apps, a bit for each: what most apps are dismissed by is asked of sixty-four of them at once.
//!
//! What goes over whole sets is kept out of line: a module built for speed would unroll it wherever it is called, for 1.1 KB more
//! to download and no time less.

/// Some of the apps of a list, by their places in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Set {
    bits: Vec<u64>,
}

impl Set {
    /// None of so many apps.
    #[inline(never)]
    pub(crate) fn none(apps: usize) -> Set {
        Set { bits: vec![0; apps.div_ceil(64)] }
    }

    /// Gives room to so many apps.
    #[inline(never)]
    pub(crate) fn make_room(&mut self, apps: usize) {
        self.bits.resize(apps.div_ceil(64), 0);
    }

    /// Adds an app.
    pub(crate) fn add(&mut self, app: usize) {
        if self.bits.len() <= app / 64 {
            self.make_room(app + 1);
        }
        if let Some(bits) = self.bits.get_mut(app / 64) {
            *bits |= 1 << (app % 64);
        }
    }

    /// Whether the app is in it.
    pub(crate) fn has(&self, app: usize) -> bool {
        self.bits.get(app / 64).is_some_and(|bits| bits >> (app % 64) & 1 != 0)
    }

    /// Adds what is in the other.
    #[inline(never)]
    pub(crate) fn add_all(&mut self, other: &Set) {
        self.bits.iter_mut().zip(&other.bits).for_each(|(bits, other)| *bits |= other);
    }

    /// Leaves what is in the other, too.
    #[inline(never)]
    pub(crate) fn keep(&mut self, other: &Set) {
        self.bits.iter_mut().zip(&other.bits).for_each(|(bits, other)| *bits &= other);
    }

    /// Leaves what is in one of the two others, too.
    #[inline(never)]
    pub(crate) fn keep_either(&mut self, one: &Set, other: &Set) {
        self.bits.iter_mut().zip(&one.bits).zip(&other.bits).for_each(|((bits, one), other)| *bits &= one | other);
    }

    /// Takes out what is in the other.
    #[inline(never)]
    pub(crate) fn remove_all(&mut self, other: &Set) {
        self.bits.iter_mut().zip(&other.bits).for_each(|(bits, other)| *bits &= !other);
    }

    /// The apps, in the order of the list.
    pub(crate) fn iter(&self) -> impl Iterator<Item = usize> {
        self.bits.iter().enumerate().flat_map(|(place, bits)| {
            let mut left = *bits;
            std::iter::from_fn(move || {
                let next = left.trailing_zeros() as usize;
                left &= left.wrapping_sub(1);
                (next < 64).then_some(64 * place + next)
            })
        })
    }
}
