//! The hotspots of a grid: Gi*, what chance would give, and what is left when chance has been paid for.

use super::fdr;
use super::gi_star::{CountsError, Moments, gi_star, p_normal};
use super::neighbours::{Neighbours, Rule};
use super::permutation::{Extremes, PermutationError, extremes};

/// Name and version of the method; it changes when any figure does.
pub const METHOD: &str = "lykta-gi-star/2";

/// The permutations to take unless somebody asks for other: the least p is then 2/100,000. With 999 it is 0.002, which in a grid of 11,000
/// cells leaves no q at or below 0.05 unless 440 cells share it.
pub const PERMUTATIONS: u32 = 99_999;

/// Hotspots and what they follow from; vectors are by cell, and `None` where the statistic has no meaning.
#[derive(Clone, Debug, PartialEq)]
pub struct Hotspots {
    /// Gi* as a z.
    pub z: Vec<Option<f64>>,
    /// Two-sided p of the normal distribution: an approximation, poor for few and skewed counts.
    pub p_analytic: Vec<Option<f64>>,
    /// Benjamini–Hochberg q of it.
    pub q_analytic: Vec<Option<f64>>,
    /// What the permutations say, where there were any.
    pub permuted: Option<Permuted>,
    /// −3 to 3, of the permutations' q where there were any, else of the analytic one; see [`fdr::class`]. 0 where z, which counts the cell
    /// itself, and the permutations, which count only what lies around it, point to different sides.
    pub class: Vec<Option<i8>>,
    /// Cells of the study area, those with nothing in them too.
    pub n: usize,
    /// Mean count x̄.
    pub mean: f64,
    /// Population standard deviation S.
    pub sd: f64,
    /// What made cells neighbours.
    pub rule: Rule,
    /// [`METHOD`]
    pub method: &'static str,
}

/// Conditional permutation p, and what gave it.
#[derive(Clone, Debug, PartialEq)]
pub struct Permuted {
    /// Two-sided p.
    pub p: Vec<Option<f64>>,
    /// One-sided p of the side the cell is on, as GeoDa and esda show it.
    pub p_folded: Vec<Option<f64>>,
    /// Benjamini–Hochberg q of the two-sided p.
    pub q: Vec<Option<f64>>,
    /// How many.
    pub permutations: u32,
    /// The seed; the same seed gives the same p.
    pub seed: u64,
}

/// Why there are no hotspots.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HotspotsError {
    /// The counts.
    #[error(transparent)]
    Counts(#[from] CountsError),
    /// The permutations.
    #[error(transparent)]
    Permutations(#[from] PermutationError),
}

/// The hotspots of one count for each cell, in the order of the neighbours; with 0 permutations the analytic p stands alone.
pub fn hotspots(counts: &[u32], neighbours: &Neighbours, permutations: u32, seed: u64) -> Result<Hotspots, HotspotsError> {
    let moments = Moments::of(counts, neighbours)?;
    let z = gi_star(counts, neighbours)?;
    let p_analytic: Vec<Option<f64>> = z.iter().map(|z| z.map(p_normal)).collect();
    let q_analytic = fdr::benjamini_hochberg(&p_analytic);
    let extremes = if permutations == 0 { None } else { Some(extremes(counts, neighbours, permutations, seed)?) };
    let permuted = extremes.as_deref().map(|extremes| permuted(extremes, &z, permutations, seed));
    let q = permuted.as_ref().map_or(&q_analytic, |permuted| &permuted.q);
    let agrees = |cell: usize, z: f64| {
        let side = extremes.as_ref().and_then(|extremes| extremes[cell]);
        side.is_none_or(|side| if z < 0.0 { side.at_most <= side.at_least } else { side.at_least <= side.at_most })
    };
    let class =
        |(cell, (z, q)): (usize, (&Option<f64>, &Option<f64>))| z.zip(*q).map(|(z, q)| if agrees(cell, z) { fdr::class(z, q) } else { 0 });
    let class = z.iter().zip(q).enumerate().map(class).collect();
    Ok(Hotspots {
        class,
        z,
        p_analytic,
        q_analytic,
        permuted,
        n: counts.len(),
        mean: moments.mean(),
        sd: moments.sd(),
        rule: neighbours.rule(),
        method: METHOD,
    })
}

fn permuted(extremes: &[Option<Extremes>], z: &[Option<f64>], permutations: u32, seed: u64) -> Permuted {
    // Where there is no z, as when all counts are equal, there is no p either.
    let defined = || extremes.iter().zip(z).map(|(extremes, z)| z.and(*extremes));
    let p: Vec<Option<f64>> = defined().map(|one| one.map(|one| one.two_sided(permutations))).collect();
    let p_folded = defined().map(|one| one.map(|one| one.folded(permutations))).collect();
    let q = fdr::benjamini_hochberg(&p);
    Permuted { p, p_folded, q, permutations, seed }
}

#[cfg(test)]
#[path = "hotspots_tests.rs"]
mod tests;
