//! Where there are more cases than expected: Kulldorff's spatial scan statistic, Poisson model.
//!
//! Kulldorff, "A spatial scan statistic" (*Communications in Statistics: Theory and Methods* 26, 1997). Circles around every
//! cell's centroid are tried, each with all cells whose centroids it holds. With `C` cases in all, `c` in the circle and `E`
//! expected there (`ΣE = C`), a circle's log likelihood ratio is
//! `c ln(c/E) + (C−c) ln((C−c)/(C−E))` where more than expected lies inside (`c > E`), else 0. The greatest is the most
//! likely cluster; further ones are the greatest of the circles that share no cell with those before.
//!
//! Chance is simulated: the `C` cases are dealt to the cells anew in proportion to what is expected (multinomial), all
//! circles tried again, and the greatest ratio kept. `p = (1 + number at least as great)/(R + 1)` answers for the whole map at once:
//! no further correction for many cells is due. For a secondary cluster it is conservative. Below what `R` can resolve,
//! `p_gumbel` is the tail of a Gumbel distribution with mean and variance of the simulated maxima (Abrams, Kleinman and
//! Kulldorff, "Gumbel based p-value approximations for spatial scan statistics", *International Journal of Health
//! Geographics* 9:61, 2010).
//!
//! The answer is only as good as what is expected: a wrong denominator (residents at night for a square full of visitors) is
//! found as a cluster. A cluster's outline is not established, only that the ratio is too great for chance; long streets
//! are found as circles. One person who reports ten times is ten cases: cases must be counted so that they are independent.

use thiserror::Error;

use super::philox::Philox;

mod multinomial;
mod zones;

use multinomial::Multinomial;
use zones::Zones;

/// Name and version of the method, for the answer's own record.
pub const METHOD: &str = "lykta-scan/1";
/// Cells at most.
pub const MAX_CELLS: usize = 50_000;
/// Cases at most.
pub const MAX_CASES: u64 = 5_000_000;
/// The share of all expected cases that a circle may be allowed to hold.
pub const MAX_SHARE: (f64, f64) = (0.001, 0.5);
/// The radii that may be allowed, in metres.
pub const MAX_RADIUS_M: (f64, f64) = (1.0, 1_000_000.0);
/// The numbers of simulations that may be asked for.
pub const PERMUTATIONS: (u32, u32) = (99, 99_999);
/// Clusters reported at most.
pub const MAX_CLUSTERS: usize = 20;
/// Cells summed over all circles and simulations, and cases dealt, at most: some tens of seconds of one core.
pub const MAX_WORK: u64 = 20_000_000_000;

/// Metres: no coordinate of the metric plane is further out.
const MAX_METRES: f64 = 2.0e7;
/// Euler's constant: the mean of the standard Gumbel distribution.
const EULER: f64 = 0.577_215_664_901_532_9;

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parameters {
    /// The greatest share of all expected cases in a circle, within [`MAX_SHARE`].
    pub max_share: f64,
    /// The greatest radius in metres, within [`MAX_RADIUS_M`].
    pub max_radius_m: f64,
    /// Simulations, within [`PERMUTATIONS`].
    pub permutations: u32,
    /// The same seed gives the same answer.
    pub seed: u64,
    /// Clusters to report, 1 to [`MAX_CLUSTERS`].
    pub max_clusters: usize,
    /// Cells summed over all circles and simulations, and cases dealt, at most; never more than [`MAX_WORK`].
    pub max_work: u64,
}

impl Default for Parameters {
    /// At most a tenth of all and 1 km: a place one can walk to and do something about.
    fn default() -> Self {
        Self { max_share: 0.1, max_radius_m: 1000.0, permutations: 999, seed: 0, max_clusters: 10, max_work: MAX_WORK }
    }
}

/// A circle with more cases than expected.
#[derive(Clone, Debug, PartialEq)]
pub struct ScanCluster {
    /// Its cells, rising.
    pub cells: Vec<usize>,
    /// The cell at whose centroid it has its centre.
    pub centre: usize,
    /// Metres to the centroid furthest away; 0 for one cell alone.
    pub radius_m: f64,
    /// Cases inside.
    pub observed: u64,
    /// Cases expected inside.
    pub expected: f64,
    /// `(c/E) / ((C−c)/(C−E))`: how many times the risk outside. None where no case is outside.
    pub relative_risk: Option<f64>,
    /// The log likelihood ratio.
    pub llr: f64,
    /// By simulation, for the whole map.
    pub p: f64,
    /// The same by the Gumbel approximation; none where all simulations gave the same.
    pub p_gumbel: Option<f64>,
}

/// All that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Scan {
    /// Cases in all.
    pub cases: u64,
    /// Circles tried.
    pub zones: usize,
    /// The most likely cluster first. Empty where no circle holds more than expected. They are not filtered by `p`.
    pub clusters: Vec<ScanCluster>,
}

/// Why there is no answer.
#[derive(Clone, Debug, Error, PartialEq)]
pub enum ScanError {
    /// A parameter is out of bounds.
    #[error("{name} is {given}; it must be from {least} to {most}")]
    Parameter {
        /// Which.
        name: &'static str,
        /// What was asked for.
        given: f64,
        /// The least allowed.
        least: f64,
        /// The most allowed.
        most: f64,
    },
    /// Too many cells.
    #[error("{0} cells; at most {MAX_CELLS} can be taken")]
    Cells(usize),
    /// The lists do not belong together.
    #[error("{what} has {given} entries where {expected} belong")]
    Length {
        /// Which list.
        what: &'static str,
        /// Its length.
        given: usize,
        /// The length it should have.
        expected: usize,
    },
    /// A centroid is nowhere.
    #[error("the centroid of cell {0} has no finite coordinates within 20000 km of the origin")]
    Centroid(usize),
    /// No number of cases can be expected from it.
    #[error("what is expected in cell {0} must be a finite number from 0")]
    Expected(usize),
    /// The model gives such a cell no chance of any case: leave it out, or expect something there.
    #[error("cell {0} has cases but none are expected")]
    Unexpected(usize),
    /// No cases, or too many.
    #[error("{0} cases; there must be from 1 to {MAX_CASES}")]
    Cases(u64),
    /// It would take too long.
    #[error("too many circles for so many simulations: choose a smaller radius or share, larger cells or fewer simulations")]
    Work,
}

/// Scans cells: their centroids (metres east, metres north), the cases counted in each, and what is expected in each (residents,
/// or cases of a control group, in any unit: only proportions count).
pub fn scan(centroids: &[[f64; 2]], cases: &[u32], expected: &[f64], parameters: &Parameters) -> Result<Scan, ScanError> {
    check(centroids, cases, expected, parameters)?;
    let total: u64 = cases.iter().map(|cases| u64::from(*cases)).sum();
    if total == 0 || total > MAX_CASES {
        return Err(ScanError::Cases(total));
    }
    let sum: f64 = expected.iter().sum();
    let scale = total as f64 / sum;
    // All cases are where some are expected, so the sum is above 0; it may still be too great or too small a number.
    if !scale.is_normal() {
        return Err(ScanError::Expected(0));
    }
    let expected: Vec<f64> = expected.iter().map(|expected| expected * scale).collect();
    let rounds = u64::from(parameters.permutations) + 1;
    let work_left = parameters.max_work.min(MAX_WORK).checked_sub(total * rounds).ok_or(ScanError::Work)?;
    let zones = Zones::new(centroids, &expected, total as u32, parameters, work_left / rounds).ok_or(ScanError::Work)?;

    let mut taken = vec![false; cases.len()];
    let mut found = Vec::new();
    while found.len() < parameters.max_clusters {
        let Some(best) = zones.best(cases, |cell| taken[cell as usize]) else { break };
        let mut cells: Vec<usize> = zones.cells(&best).iter().map(|cell| *cell as usize).collect();
        cells.sort_unstable();
        for cell in &cells {
            taken[*cell] = true;
        }
        found.push((best.centre, cells));
    }

    let dealer = Multinomial::new(&expected);
    let mut dealt = vec![0; cases.len()];
    let mut simulate = |round| {
        dealer.deal(total, &mut Philox::new(parameters.seed, round), &mut dealt);
        zones.best(&dealt, |_| false).map_or(0.0, |best| best.llr)
    };
    let mut maxima: Vec<f64> =
        if found.is_empty() { Vec::new() } else { (0..u64::from(parameters.permutations)).map(&mut simulate).collect() };
    maxima.sort_unstable_by(f64::total_cmp);
    let describe = |(centre, cells): (usize, Vec<usize>)| {
        let observed: u64 = cells.iter().map(|&cell| u64::from(cases[cell])).sum();
        let inside: f64 = cells.iter().map(|&cell| expected[cell]).sum();
        let llr = log_likelihood_ratio(observed, inside, total);
        let distance = |&cell: &usize| (centroids[cell][0] - centroids[centre][0]).hypot(centroids[cell][1] - centroids[centre][1]);
        let outside = (total - observed) as f64 / (total as f64 - inside);
        ScanCluster {
            radius_m: cells.iter().map(distance).fold(0.0, f64::max),
            relative_risk: (observed < total).then(|| observed as f64 / inside / outside),
            p: p_simulated(llr, &maxima),
            p_gumbel: p_gumbel(llr, &maxima),
            centre,
            cells,
            observed,
            expected: inside,
            llr,
        }
    };
    Ok(Scan { cases: total, zones: zones.count(), clusters: found.into_iter().map(describe).collect() })
}

/// Kulldorff's ratio for `cases` where `expected` are expected, of `total`.
fn log_likelihood_ratio(cases: u64, expected: f64, total: u64) -> f64 {
    let (c, all) = (cases as f64, total as f64);
    if c <= expected {
        return 0.0;
    }
    let outside = if cases < total { (all - c) * ((all - c) / (all - expected)).ln() } else { 0.0 };
    c * (c / expected).ln() + outside
}

/// The share of maxima (rising) at least as great, this one counted among them. Equal ones may differ in their last digits.
fn p_simulated(llr: f64, maxima: &[f64]) -> f64 {
    let reach = llr - 1.0e-8 * (1.0 + llr);
    let as_great = maxima.len() - maxima.partition_point(|maximum| *maximum < reach);
    (1 + as_great) as f64 / (maxima.len() + 1) as f64
}

/// The upper tail of the Gumbel distribution that has the maxima's mean and variance.
fn p_gumbel(llr: f64, maxima: &[f64]) -> Option<f64> {
    let n = maxima.len() as f64;
    let mean = maxima.iter().sum::<f64>() / n;
    let variance = maxima.iter().map(|maximum| (maximum - mean).powi(2)).sum::<f64>() / (n - 1.0);
    let scale = (6.0 * variance).sqrt() / std::f64::consts::PI;
    let location = mean - EULER * scale;
    (scale > 0.0).then(|| -(-(-(llr - location) / scale).exp()).exp_m1())
}

fn check(centroids: &[[f64; 2]], cases: &[u32], expected: &[f64], parameters: &Parameters) -> Result<(), ScanError> {
    let bounds = [
        ("max_share", parameters.max_share, MAX_SHARE),
        ("max_radius_m", parameters.max_radius_m, MAX_RADIUS_M),
        ("permutations", f64::from(parameters.permutations), (f64::from(PERMUTATIONS.0), f64::from(PERMUTATIONS.1))),
        ("max_clusters", parameters.max_clusters as f64, (1.0, MAX_CLUSTERS as f64)),
    ];
    if let Some((name, given, (least, most))) = bounds.into_iter().find(|(_, given, (least, most))| !(least..=most).contains(&given)) {
        return Err(ScanError::Parameter { name, given, least, most });
    }
    let cells = centroids.len();
    if cells > MAX_CELLS {
        return Err(ScanError::Cells(cells));
    }
    for (what, given) in [("cases", cases.len()), ("expected", expected.len())] {
        if given != cells {
            return Err(ScanError::Length { what, given, expected: cells });
        }
    }
    if let Some(cell) = centroids.iter().position(|centroid| !centroid.iter().all(|metres| metres.abs() <= MAX_METRES)) {
        return Err(ScanError::Centroid(cell));
    }
    if let Some(cell) = expected.iter().position(|expected| !(expected.is_finite() && *expected >= 0.0)) {
        return Err(ScanError::Expected(cell));
    }
    let unexpected = cases.iter().zip(expected).position(|(cases, expected)| *cases > 0 && *expected <= 0.0);
    unexpected.map_or(Ok(()), |cell| Err(ScanError::Unexpected(cell)))
}

#[cfg(test)]
#[path = "scan_tests.rs"]
mod tests;
