//! Counts per inhabitant, with what is not known about them, and steadied by what is known about others.

use super::exact::poisson_limits;
use super::neighbours::Neighbours;

/// Name and version of the method; it changes when any figure does.
pub const METHOD: &str = "lykta-rate/1";

/// Fewer inhabitants have no rate: one report more or less would turn it over.
pub const LEAST_POPULATION: u32 = 50;

/// A rate and its exact 95 % limits, which take the population as known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rate {
    /// Count over population, times `per`.
    pub rate: f64,
    /// Lower limit.
    pub low: f64,
    /// Upper limit.
    pub high: f64,
}

/// `count` per `per` inhabitants (1,000, say), with the exact Poisson interval of Garwood (1936, Biometrika 28, 437–442). `None`
/// below [`LEAST_POPULATION`].
pub fn rate(count: u32, population: u32, per: f64) -> Option<Rate> {
    let (low, high) = poisson_limits(count.into());
    let each = per / f64::from(population);
    (population >= LEAST_POPULATION).then(|| Rate { rate: f64::from(count) * each, low: low * each, high: high * each })
}

/// Not one count and one population for each cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is not one count and one population for each cell")]
pub struct LengthError;

/// Empirical Bayes rates (Marshall 1991, Applied Statistics 40, 283–294), each drawn towards the rate of all cells the more, the
/// fewer live there; as spdep's `EBest`. Per inhabitant; `None` below [`LEAST_POPULATION`], though such a cell counts in what the
/// others are drawn to, if anybody lives there.
pub fn empirical_bayes(counts: &[u32], population: &[u32]) -> Result<Vec<Option<f64>>, LengthError> {
    if counts.len() != population.len() {
        return Err(LengthError);
    }
    let cells = || counts.iter().copied().zip(population.iter().copied());
    let prior = Prior::of(cells());
    Ok(cells().map(|cell| prior?.shrink(cell)).collect())
}

/// As [`empirical_bayes`], each drawn towards the rate of its neighbours and itself together; as spdep's `EBlocal` with
/// `geoda = TRUE`.
pub fn empirical_bayes_local(counts: &[u32], population: &[u32], neighbours: &Neighbours) -> Result<Vec<Option<f64>>, LengthError> {
    if counts.len() != population.len() || counts.len() != neighbours.cells() {
        return Err(LengthError);
    }
    let cell = |at: usize| (counts[at], population[at]);
    let near = |row: &[u32]| Prior::of(row.iter().map(|&other| cell(other as usize)));
    Ok(neighbours.rows().enumerate().map(|(at, row)| near(row)?.shrink(cell(at))).collect())
}

/// How the true rates of some cells spread, by moments.
#[derive(Clone, Copy)]
struct Prior {
    mean: f64,
    variance: f64,
}

impl Prior {
    /// `None` if nobody lives there.
    fn of(cells: impl Iterator<Item = (u32, u32)> + Clone) -> Option<Self> {
        let lived_in = cells.filter(|&(_, population)| population > 0).map(|(count, population)| (f64::from(count), f64::from(population)));
        let (n, sum, all) = lived_in.clone().fold((0.0, 0.0, 0.0), |(n, sum, all), (x, pop)| (n + 1.0, sum + x, all + pop));
        let mean = sum / all;
        let spread: f64 = lived_in.map(|(x, pop)| pop * (x / pop - mean).powi(2)).sum();
        // Less the spread that Poisson counts have by themselves.
        let variance = (spread / all - mean / (all / n)).max(0.0);
        (n > 0.0).then_some(Self { mean, variance })
    }

    fn shrink(self, (count, population): (u32, u32)) -> Option<f64> {
        let by_chance = self.mean / f64::from(population);
        let weight = if self.variance > 0.0 { self.variance / (self.variance + by_chance) } else { 0.0 };
        let raw = f64::from(count) / f64::from(population);
        (population >= LEAST_POPULATION).then_some(self.mean + weight * (raw - self.mean))
    }
}

#[cfg(test)]
#[path = "rates_tests.rs"]
mod tests;
