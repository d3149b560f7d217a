//! Local Moran's I: cells that are like their neighbours (clusters), and cells that are unlike them (outliers), which Gi* does not tell.
//!
//! I_i = (z_i / m₂) Σ_j w_ij z_j, with z = x − x̄, m₂ = Σz²/n, and weights 1/k for the k neighbours other than the cell itself
//! (Anselin 1995, Geographical Analysis 27, 93–115). Expectation and variance are those under conditional randomisation (Sokal,
//! Oden & Thomson 1998, Geographical Analysis 30, 331–354), as spdep's `localmoran` has them. esda's I is (n − 1)/n of this one.

use super::fdr::benjamini_hochberg;
use super::gi_star::{CountsError, Moments, p_normal};
use super::neighbours::Neighbours;

/// Name and version of the method; it changes when any figure does.
pub const METHOD: &str = "lykta-local-moran/1";

/// A cell with a q at most this is called a cluster or an outlier.
pub const SIGNIFICANT_Q: f64 = 0.05;

/// Local Moran's I of one cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LocalMoran {
    /// I: above 0 like its neighbours, below 0 unlike them.
    pub i: f64,
    /// What I would be on average, if all other counts were shuffled.
    pub expected: f64,
    /// The variance of I under that.
    pub variance: f64,
    /// (I − expected) / √variance; `None` where I cannot vary: the count is the mean, or all cells are neighbours.
    pub z: Option<f64>,
}

/// Local Moran's I of every cell. `None` for a cell with no neighbour but itself, or where all counts are equal.
pub fn local_moran(counts: &[u32], neighbours: &Neighbours) -> Result<Vec<Option<LocalMoran>>, CountsError> {
    let moments = Moments::of(counts, neighbours)?;
    let (n, total) = (moments.n as f64, moments.total as i64);
    // n (x − x̄): a whole number, like its sums.
    let deviation = |x: u32| moments.n as i64 * i64::from(x) - total;
    let of = |(&own, row): (&u32, &[u32])| {
        let k = row.len() as f64 - 1.0;
        if moments.spread == 0 || k < 1.0 || n < 3.0 {
            return None;
        }
        let all: i128 = row.iter().map(|&other| i128::from(deviation(counts[other as usize]))).sum();
        let around = (all - i128::from(deviation(own))) as f64;
        // Both deviations are n times too large, and n² m₂ is the spread.
        let (z, spread) = (deviation(own) as f64, moments.spread as f64);
        let i = z * around / k / spread;
        let share = z * z / spread;
        let expected = -share / (n - 1.0);
        let variance = share * n / (n - 2.0) * (1.0 / k - 1.0 / (n - 1.0)) * (1.0 - share / (n - 1.0));
        let z = (variance > 0.0).then(|| (i - expected) / variance.sqrt());
        Some(LocalMoran { i, expected, variance, z })
    };
    Ok(counts.iter().zip(neighbours.rows()).map(of).collect())
}

/// What a cell is beside its neighbours (the quadrants of the Moran scatterplot, Anselin 1995).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Association {
    /// Many among many: a cluster.
    HighHigh,
    /// Few among few: a cluster.
    LowLow,
    /// Many among few: an outlier.
    HighLow,
    /// Few among many: an outlier.
    LowHigh,
}

/// Local Moran's I, what chance would give, and what is left of it; vectors are by cell, and `None` where there is no statistic.
#[derive(Clone, Debug, PartialEq)]
pub struct Associations {
    /// I and its moments.
    pub moran: Vec<Option<LocalMoran>>,
    /// Two-sided p of the normal distribution: an approximation, poor for few and skewed counts.
    pub p: Vec<Option<f64>>,
    /// Benjamini–Hochberg q of it.
    pub q: Vec<Option<f64>>,
    /// Of the cells with a q of at most [`SIGNIFICANT_Q`].
    pub association: Vec<Option<Association>>,
    /// Mean count x̄.
    pub mean: f64,
    /// Population standard deviation.
    pub sd: f64,
}

/// Which cells are like their neighbours, and which unlike them, more than by chance.
pub fn associations(counts: &[u32], neighbours: &Neighbours) -> Result<Associations, CountsError> {
    let moments = Moments::of(counts, neighbours)?;
    let moran = local_moran(counts, neighbours)?;
    let p: Vec<Option<f64>> = moran.iter().map(|cell| cell.and_then(|cell| cell.z).map(p_normal)).collect();
    let q = benjamini_hochberg(&p);
    let mean = moments.mean();
    let of = |((&count, moran), q): ((&u32, &Option<LocalMoran>), &Option<f64>)| {
        let i = moran.as_ref()?.i;
        (*q)?.le(&SIGNIFICANT_Q).then_some(())?;
        // I has the sign of the cell's deviation times that of its neighbours.
        match (f64::from(count) > mean, i > 0.0, i < 0.0) {
            (true, true, _) => Some(Association::HighHigh),
            (false, true, _) => Some(Association::LowLow),
            (true, _, true) => Some(Association::HighLow),
            (false, _, true) => Some(Association::LowHigh),
            _ => None,
        }
    };
    let association = counts.iter().zip(&moran).zip(&q).map(of).collect();
    Ok(Associations { association, moran, p, q, mean, sd: moments.sd() })
}

#[cfg(test)]
#[path = "local_moran_tests.rs"]
mod tests;
