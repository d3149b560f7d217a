//! Reports, or people who report, per inhabitant of a kommun's squares.

use super::hotspots::{Study, StudyError};
use super::population::GRID;
use super::query::Part;
use crate::analysis::heatmap::Statistic;
use crate::analysis::neighbours::Neighbours;
use crate::analysis::rates::{Rate, empirical_bayes, empirical_bayes_local, rate};

/// What empirical Bayes rates are drawn towards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Towards {
    /// The rate of all squares.
    Global,
    /// The rate of a square and its neighbours at most so many steps away.
    Local(u8),
}

/// What is counted per inhabitant, square by square.
#[derive(Clone, Debug, PartialEq)]
pub struct RateMap {
    /// The squares and their counts.
    pub study: Study,
    /// Inhabitants, by square.
    pub population: Vec<u32>,
    /// Rates with their limits, by square; `None` where too few live.
    pub rates: Vec<Option<Rate>>,
    /// Empirical Bayes rates, by square; `None` likewise.
    pub smoothed: Vec<Option<f64>>,
}

impl RateMap {
    /// Counts a question's answers per `per` inhabitants over its study area.
    pub fn of(part: &Part, statistic: Statistic, per: f64, towards: Towards) -> Result<Self, StudyError> {
        let known = &part.kommun.population;
        let study = Study::of(part, GRID, statistic)?;
        let population: Vec<u32> = study.cells.iter().map(|cell| known.people(*cell)).collect();
        let rates = study.counts.iter().zip(&population).map(|(count, people)| rate(*count, *people, per)).collect();
        let smoothed = match towards {
            Towards::Global => empirical_bayes(&study.counts, &population)?,
            Towards::Local(rings) => {
                empirical_bayes_local(&study.counts, &population, &Neighbours::contiguous(GRID, &study.cells, rings)?)?
            }
        };
        let smoothed = smoothed.into_iter().map(|each| each.map(|each| each * per)).collect();
        Ok(Self { study, population, rates, smoothed })
    }
}
