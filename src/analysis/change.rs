//! What changed between two periods, cell by cell.
//!
//! The counts a and b of two periods of lengths s and t are Poisson; given a + b, b is binomial with the chance t/(s + t) if the
//! rate is the same: the conditional or C-test of Przyborowski & Wilenski (1940, Biometrika 31, 313–323). It is exact for counts
//! however small. Its two-sided p is that of `scipy.stats.binomtest`: all outcomes that are no likelier.

use super::exact::{binomial_odds_low, binomial_two_sided};
use super::fdr::benjamini_hochberg;

/// Name and version of the method; it changes when any figure does.
pub const METHOD: &str = "lykta-change/2";

/// One period may be at most so many times as long as the other.
const MOST_APART: f64 = 1.0e6;

/// The most counts in all: exact tails take a time that grows with their square root.
const MOST_COUNTS: u64 = 1 << 32;

/// What a cell is held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Against {
    /// Itself in the first period: did the rate here change?
    Before,
    /// The change of all cells together, taken as known: did it change more here than in all? A general rise is then no change. The
    /// cell is itself in the total, which makes the test cautious where one cell is a large part of it.
    Total,
}

/// The change of one rate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// The second rate over the first; `None` if the first is 0.
    pub ratio: Option<f64>,
    /// The exact 95 % limits of the ratio (Clopper–Pearson); no upper one if the first count is 0.
    pub low: f64,
    /// See `low`.
    pub high: Option<f64>,
    /// Two-sided.
    pub p: f64,
}

/// The changes of all cells.
#[derive(Clone, Debug, PartialEq)]
pub struct Changes {
    /// Of all cells together, over time; `None` without any count.
    pub total: Option<Change>,
    /// By cell; `None` where both counts are 0, or where a total that was or became 0 leaves nothing to hold them against.
    pub cells: Vec<Option<Change>>,
    /// Benjamini–Hochberg q over the cells that have a p.
    pub q: Vec<Option<f64>>,
}

/// Why there is no comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChangeError {
    /// Not one count of each period for each cell.
    #[error("there is not one count of each period for each cell")]
    Length,
    /// The lengths are not positive numbers, or too far apart.
    #[error("the lengths of the periods are not positive numbers within a factor of {MOST_APART}")]
    Periods,
    /// The counts of both periods add up to more than 2^32.
    #[error("the counts add up to more than {MOST_COUNTS}")]
    Total,
}

/// Compares the counts of two periods. `lengths` are of the first and the second, in one unit.
pub fn changes(before: &[u32], after: &[u32], lengths: (f64, f64), against: Against) -> Result<Changes, ChangeError> {
    if before.len() != after.len() {
        return Err(ChangeError::Length);
    }
    let longer = lengths.1 / lengths.0;
    if !(lengths.0 > 0.0 && (1.0 / MOST_APART..=MOST_APART).contains(&longer)) {
        return Err(ChangeError::Periods);
    }
    let sum = |counts: &[u32]| counts.iter().map(|&x| u64::from(x)).sum::<u64>();
    let (first, second) = (sum(before), sum(after));
    if first + second > MOST_COUNTS {
        return Err(ChangeError::Total);
    }
    let expected = match against {
        Against::Before => Some(longer),
        Against::Total => (first > 0 && second > 0).then(|| second as f64 / first as f64),
    };
    let of = |(&a, &b): (&u32, &u32)| change(a.into(), b.into(), expected?);
    let cells: Vec<Option<Change>> = before.iter().zip(after).map(of).collect();
    let p: Vec<Option<f64>> = cells.iter().map(|cell| cell.map(|change| change.p)).collect();
    Ok(Changes { total: change(first, second, longer), q: benjamini_hochberg(&p), cells })
}

/// The change from `before` to `after`, where `expected` is their ratio if nothing changed; `None` if both are 0.
fn change(before: u64, after: u64, expected: f64) -> Option<Change> {
    let all = before + after;
    let over = |from: u64| (from > 0).then(|| 1.0 / expected / binomial_odds_low(from, all));
    (all > 0).then(|| Change {
        ratio: (before > 0).then(|| after as f64 / before as f64 / expected),
        low: binomial_odds_low(after, all) / expected,
        high: over(before),
        p: binomial_two_sided(after, all, expected / (1.0 + expected)),
    })
}

#[cfg(test)]
#[path = "change_tests.rs"]
mod tests;
