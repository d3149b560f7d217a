//! Rates per inhabitant as they are asked for and written.

use serde::Serialize;
use utoipa::ToSchema;

use super::documents::StatisticKind;
use super::features::{Form, Pieces, Said, said};
use super::tile::Tag;
use crate::analysis::heatmap::Statistic;
use crate::analysis::rates::METHOD;
use crate::app::population::GRID;
use crate::app::query::Part;
use crate::app::rates::{RateMap, Towards};
use crate::domain::invalid::Fault;
use crate::geo::grid::Grid;
use crate::geo::tile::mvt::{Layer, Value};
use crate::http::extract::Parameters;
use crate::http::geojson::{FeatureCollection, Members, Polygon, Subject};
use crate::http::municipalities::Bilingual;
use crate::http::problem::Problem;

/// What planners see of rates.
pub(super) type RateCells = FeatureCollection<RateProperties, RateMembers>;

/// How many inhabitants a rate may be of, and is unless somebody asks for other.
pub(in crate::http) const PER: (u32, u32) = (1, 100_000);
pub(in crate::http) const DEFAULT_PER: u32 = 1_000;

/// One square of a rate map.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct RateProperties {
    /// Its id, as SCB writes it.
    cell: String,
    /// Reports, or people who report, in it.
    count: u32,
    /// Inhabitants; 0 where none are known.
    population: u32,
    /// Count per `per` inhabitants; `null` where there is a `reason`.
    #[schema(required)]
    rate: Option<f64>,
    /// The exact 95 % limits of the rate, the population taken as known.
    #[schema(required)]
    low: Option<f64>,
    #[schema(required)]
    high: Option<f64>,
    /// The rate drawn towards that of all squares, or of the neighbours, the more the fewer live in it.
    #[schema(required)]
    eb: Option<f64>,
    /// Why there is no rate: nobody lives there, or fewer than 50.
    #[schema(required)]
    reason: Option<NoRate>,
}

said! {
    /// What is said of a square after its name: the rest of [`RateProperties`].
    Rated {
        count: u32 = "Number of reports, or people who report",
        population: u32 = "Number of inhabitants",
        rate: Option<f64> = "Number: count per so many inhabitants; not there where there is a reason",
        low: Option<f64> = "Number: the lower 95 % limit of the rate",
        high: Option<f64> = "Number: the upper 95 % limit of the rate",
        eb: Option<f64> = "Number: the empirical Bayes rate",
        reason: Option<NoRate> = "String: nobody or few_people, where there is no rate",
    }
}

/// Why a square has no rate.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum NoRate {
    Nobody,
    FewPeople,
}

impl NoRate {
    const fn as_str(&self) -> &'static str {
        match self {
            Self::Nobody => "nobody",
            Self::FewPeople => "few_people",
        }
    }
}

impl Tag for NoRate {
    fn tag(&self, layer: &mut Layer) -> Option<Value> {
        Some(layer.text(self.as_str()))
    }
}

/// What belongs to rates so that they can be repeated.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct RateMembers {
    grid: KilometreKind,
    /// Side of a square in metres.
    size_m: f64,
    /// Name and version of the method.
    method: &'static str,
    statistic: RateKind,
    /// What was counted.
    of: StatisticKind,
    /// Inhabitants that a rate is of.
    per: u32,
    /// What `eb` is drawn towards.
    eb: EbKind,
    /// Steps to a neighbour; only with `eb=local`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    rings: Option<u8>,
    /// Version of the kommun.
    version: i64,
    /// Reports that answer the filters and are placed.
    total: u64,
    /// Always 0: nothing is held back from planners.
    suppressed: u64,
    /// Squares of the study area; one where nobody lives and nothing is told is not among the features.
    cells: usize,
    /// Where the inhabitants come from.
    source: Vec<String>,
    /// The years they are of, where the file told.
    year: Vec<i64>,
    /// Inhabitants of the study area.
    population_total: u64,
    /// Only when nothing is known of the kommun's inhabitants: what to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    message: Option<Bilingual<'static>>,
}

/// Inhabitants are known in squares.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum KilometreKind {
    Square,
}

/// The statistic.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum RateKind {
    Rate,
}

/// What empirical Bayes rates are drawn towards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(in crate::http) enum EbKind {
    Global,
    Local,
}

impl EbKind {
    /// In the order of the description.
    pub(in crate::http) const ALL: [Self; 2] = [Self::Global, Self::Local];

    /// The code in the API.
    pub(in crate::http) const fn as_str(self) -> &'static str {
        match self {
            Self::Global => "global",
            Self::Local => "local",
        }
    }
}

impl Subject for RateProperties {
    const FEATURE: &'static str = "RateFeature";
    type Geometry = Polygon;
}

impl Members for RateMembers {
    const COLLECTION: &'static str = "RateMap";
}

/// How rates are asked for.
#[derive(Clone, Copy, Debug)]
pub(in crate::http) struct RateQuestion {
    of: Statistic,
    per: u32,
    eb: EbKind,
    rings: u8,
}

impl RateQuestion {
    /// Takes the parameters of rates; each is a fault where no rate is asked for.
    pub(super) fn take(parameters: &mut Parameters, grid: Grid, of: Statistic, rings: u8, asked: bool) -> Self {
        super::only_with(parameters, &["per", "eb"], asked, "statistic=rate");
        if asked {
            only_kilometres(parameters, grid);
        }
        Self {
            of,
            per: parameters.parsed("per", |text| super::within(text, PER.0, PER.1)).unwrap_or(DEFAULT_PER),
            eb: parameters.parsed("eb", |text| super::one_of(text, &EbKind::ALL, EbKind::as_str)).unwrap_or(EbKind::Global),
            rings,
        }
    }

    /// The map as it is sent.
    pub(super) fn written(self, form: Form, pieces: &Pieces, part: &Part) -> Result<Vec<u8>, Problem> {
        let Self { of, per, eb, rings } = self;
        let towards = match eb {
            EbKind::Global => Towards::Global,
            EbKind::Local => Towards::Local(rings),
        };
        let map = RateMap::of(part, of, f64::from(per), towards).map_err(|error| super::study_problem(GRID, &error))?;
        // Where no inhabitants are known at all, no square can be said to have none.
        let known = !part.kommun.population.is_empty();
        let said = |map: &RateMap| -> Vec<Said<Rated>> {
            let rated = |at: usize| {
                let (rate, population) = (map.rates[at], map.population[at]);
                let reason = if population == 0 { NoRate::Nobody } else { NoRate::FewPeople };
                Rated {
                    count: map.study.counts[at],
                    population,
                    rate: rate.map(|rate| rate.rate),
                    low: rate.map(|rate| rate.low),
                    high: rate.map(|rate| rate.high),
                    eb: map.smoothed[at],
                    reason: rate.is_none().then_some(reason),
                }
            };
            let cells = map.study.cells.iter().enumerate().map(|(at, cell)| (part.kommun.crs, *cell, rated(at)));
            cells.filter(|(.., rated)| rated.count > 0 || rated.population > 0).collect()
        };
        let cells = if known { said(&map) } else { Vec::new() };
        let members = RateMembers {
            grid: KilometreKind::Square,
            size_m: GRID.size_m(),
            method: METHOD,
            statistic: RateKind::Rate,
            of: of.into(),
            per,
            eb,
            rings: (eb == EbKind::Local).then_some(rings),
            version: part.snapshot.version(),
            total: map.study.total,
            suppressed: 0,
            cells: map.study.cells.len(),
            source: part.kommun.population.sources(),
            year: part.kommun.population.years(),
            population_total: map.population.iter().map(|people| u64::from(*people)).sum(),
            message: (!known).then_some(NO_POPULATION),
        };
        pieces.written(form, GRID, members, &cells)
    }
}

/// Inhabitants are known in no other cells.
pub(in crate::http) fn only_kilometres(parameters: &mut Parameters, grid: Grid) {
    if grid != GRID {
        let name = if matches!(grid, Grid::Square(_)) { "size_m" } else { "grid" };
        parameters.fault(name, Fault::PopulationGrid);
    }
}

/// Said where nothing is known of the inhabitants.
pub(in crate::http) const NO_POPULATION: Bilingual<'static> = Bilingual {
    sv: "Ingen befolkning är inläst för kommunen. Den som driver tjänsten läser in SCB:s rutor om 1 km: lykta import population FIL --municipality KOD.",
    en: "No inhabitants are imported for the municipality. Whoever runs the service imports Statistics Sweden's squares of 1 km: lykta import population FILE --municipality CODE.",
};
