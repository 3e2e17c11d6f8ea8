//! Hits as numbers, and the smallest of them in their order.

use std::collections::BinaryHeap;

use super::index::Found;
use super::matching::{FINE, Fit, rank_of};

/// Greater numbers than this are this.
const MOST_FRECENCY: u32 = 0xff_ffff;

/// A hit as one number, smaller if it is better: rank, what was not used lately, what is left over, place in the list.
pub(crate) fn hit(fit: Fit, frecency: &[u32], place: usize) -> u64 {
    let unused = MOST_FRECENCY - frecency.get(place).copied().unwrap_or_default().min(MOST_FRECENCY);
    let left = fit - rank_of(fit);
    (u64::from(fit >> FINE) << 56) | (u64::from(unused) << 32) | (u64::from(left) << 20) | place as u64
}

/// Which app it is.
pub(crate) fn place_of(hit: u64) -> usize {
    (hit & 0xf_ffff) as usize
}

/// Whether it is the whole name.
pub(crate) fn is_exact(hit: u64) -> bool {
    hit >> 56 == 0
}

/// The smallest hits in their order: of ten thousand only those are put in order that are shown.
pub(crate) fn best(hits: &[u64], most: usize) -> Found {
    let mut best = BinaryHeap::new();
    for &hit in hits {
        if best.len() < most {
            best.push(hit);
        } else if let Some(mut worst) = best.peek_mut()
            && hit < *worst
        {
            *worst = hit;
        }
    }
    Found { apps: best.into_sorted_vec().into_iter().map(place_of).collect(), count: hits.len() }
}
