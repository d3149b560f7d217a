//! Getis-Ord Gi*: where neighbours together have more, or fewer, than the mean of all cells would give them.
//!
//! Getis & Ord 1992 (Geographical Analysis 24, 189–206), standardised as in Ord & Getis 1995 (27, 286–306), with binary
//! weights that include the cell itself:
//!
//! z_i = (Σ_j w_ij x_j − x̄ W_i) / (S √[(n W_i − W_i²)/(n − 1)]),  x̄ = Σx/n,  S² = Σx²/n − x̄²,  W_i = Σ_j w_ij
//!
//! over all n cells of the study area, those with nothing in them too.

use super::neighbours::{MAX_CELLS, Neighbours};

/// The largest sum of all counts, so that n times it stays a whole number of 64 bits.
const MAX_TOTAL: u64 = 1 << 40;

/// Why there is no statistic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CountsError {
    /// Not one count for each cell.
    #[error("there is not one count for each cell")]
    Length,
    /// The counts add up to more than 2^40.
    #[error("the counts add up to more than {MAX_TOTAL}")]
    Total,
}

/// Sums over all cells, as whole numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moments {
    /// Cells.
    pub(super) n: u64,
    /// Σx
    pub(super) total: u64,
    /// n Σx² − (Σx)², which is n² S² without rounding.
    pub(super) spread: u128,
}

impl Moments {
    /// Of one count for each cell.
    pub fn of(counts: &[u32], neighbours: &Neighbours) -> Result<Self, CountsError> {
        // Neighbours hold no more than MAX_CELLS.
        if counts.len() != neighbours.cells() || counts.len() > MAX_CELLS {
            return Err(CountsError::Length);
        }
        let total = counts.iter().map(|&x| u64::from(x)).sum();
        if total > MAX_TOTAL {
            return Err(CountsError::Total);
        }
        let n = counts.len() as u64;
        let squares: u128 = counts.iter().map(|&x| u128::from(u64::from(x) * u64::from(x))).sum();
        Ok(Self { n, total, spread: u128::from(n) * squares - u128::from(total) * u128::from(total) })
    }

    /// The mean x̄; 0 without cells.
    pub fn mean(&self) -> f64 {
        if self.n == 0 { 0.0 } else { self.total as f64 / self.n as f64 }
    }

    /// The population standard deviation S.
    pub fn sd(&self) -> f64 {
        if self.n == 0 { 0.0 } else { (self.spread as f64).sqrt() / self.n as f64 }
    }
}

/// z of every cell. `None` where the statistic has no meaning: all counts are equal, or a cell has all cells beside it.
pub fn gi_star(counts: &[u32], neighbours: &Neighbours) -> Result<Vec<Option<f64>>, CountsError> {
    let moments = Moments::of(counts, neighbours)?;
    let (n, total) = (moments.n as i64, moments.total as i64);
    // Most cells have as many neighbours as the one before.
    let (mut last, mut scale) = (0, None);
    let z = |row: &[u32]| {
        if row.len() != last {
            (last, scale) = (row.len(), scale_of(&moments, row.len() as u64));
        }
        let sum: u64 = row.iter().map(|&other| u64::from(counts[other as usize])).sum();
        // n (Σ w x − x̄ W): within 2^62, for n ≤ 2^22 and the total ≤ 2^40.
        let above = n * sum as i64 - row.len() as i64 * total;
        scale.map(|scale| above as f64 * scale)
    };
    Ok(neighbours.rows().map(z).collect())
}

/// 1 / (n S √[(n W − W²)/(n − 1)])
fn scale_of(moments: &Moments, weight: u64) -> Option<f64> {
    let n = moments.n;
    let free = n.checked_sub(weight).filter(|&free| free > 0 && weight > 0)?;
    (moments.spread > 0).then(|| ((n - 1) as f64 / (moments.spread as f64 * (weight * free) as f64)).sqrt())
}

/// The chance under the normal distribution of a z at least as far from 0: erfc(|z|/√2).
///
/// An approximation: sums of a few skewed counts are far from normal, see [`permutation`](super::permutation).
pub fn p_normal(z: f64) -> f64 {
    libm::erfc(z.abs() * std::f64::consts::FRAC_1_SQRT_2)
}

#[cfg(test)]
#[path = "gi_star_tests.rs"]
mod tests;
