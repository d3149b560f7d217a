//! Local Moran's I: cells that are like their neighbours (clusters), and cells that are unlike them (outliers), which Gi* does not tell.
//!
//! I_i = (z_i / m₂) Σ_j w_ij z_j, with z = x − x̄, m₂ = Σz²/n, and weights 1/k for the k neighbours other than the cell itself
//! (Anselin 1995, Geographical Analysis 27, 93–115). Expectation and variance are those under conditional randomisation (Sokal,
//! Oden & Thomson 1998, Geographical Analysis 30, 331–354), as spdep's `localmoran` has them. esda's I is (n − 1)/n of this one.

use super::gi_star::{CountsError, Moments};
use super::neighbours::Neighbours;

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

#[cfg(test)]
#[path = "local_moran_tests.rs"]
mod tests;
