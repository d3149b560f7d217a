//! Small numbers: which rounded counts may stand beside each other in a public table.
//!
//! A reader of a release knows the method. From a published value he knows that the true count lies in a
//! known range, from two published values of nested squares or categories he can subtract, and from all
//! of them together he can solve a linear program. [`protect`] hides published values until no such reader
//! can bound an unpublished count to fewer than `k` whole numbers (complementary suppression).
//!
//! What is hidden is decided from the rounded values alone, never from the true counts: whoever repeats
//! the decision learns nothing from it that the table did not already say.

mod audit;
mod lattice;
mod reader;
mod simplex;
mod targets;

use audit::Audit;
pub(crate) use lattice::{Atoms, CATEGORIES, Lattice, SIZES, square};

/// How counts are rounded: keyed random rounding to a multiple of `base`, and never below `k`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rounding {
    k: u32,
    base: u32,
}

impl Rounding {
    /// The rounding for threshold `k`: base 5, or the next multiple of 5 when `k` itself is above 5, so
    /// that the range a value stands for is never narrower than the threshold promises.
    pub fn new(k: u32) -> Self {
        let k = k.clamp(1, 1_000_000);
        Self { k, base: k.div_ceil(5) * 5 }
    }

    /// The threshold.
    pub fn k(self) -> u32 {
        self.k
    }

    /// Every published value is a multiple of this.
    pub fn base(self) -> u32 {
        self.base
    }

    /// The published value of a count `n` of at least `k`, with `draw` uniform over `0..base`.
    ///
    /// The same as rounding `n + offset` to the nearest multiple with offsets of −2..=2 (base 5), and
    /// unbiased: the expected value is `n`.
    pub fn value(self, n: u32, draw: u32) -> u32 {
        let raised = n.saturating_add(draw % self.base);
        (raised / self.base * self.base).max(self.base)
    }

    /// The true counts a reader must allow for behind a published value, both ends included.
    pub fn bounds(self, value: u32) -> (i64, i64) {
        let (value, base) = (i64::from(value), i64::from(self.base));
        ((value - base + 1).max(i64::from(self.k)), value + base - 1)
    }
}

/// Hides published values (`None`) until every unpublished count stands for at least `k` whole numbers;
/// returns how many were hidden. `values` has one entry per cell of the lattice.
pub(crate) fn protect(lattice: &Lattice, values: &mut [Option<u32>], rounding: Rounding) -> usize {
    let mut hidden = 0;
    // Each round hides one value, and an empty table is safe: this ends.
    while let Some(cell) = Audit::new(lattice, values, rounding).offender() {
        values[cell] = None;
        hidden += 1;
    }
    hidden
}

#[cfg(test)]
#[path = "suppress_tests.rs"]
mod tests;
