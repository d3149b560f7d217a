//! Hotspots as they are asked for and written.

use std::sync::Arc;

use quick_cache::Weighter;
use quick_cache::sync::Cache;
use serde::Serialize;
use utoipa::ToSchema;

use super::documents::{GridKind, StatisticKind};
use super::features::{Form, Pieces, Said, said};
use crate::analysis::heatmap::Statistic;
use crate::analysis::hotspots::{Hotspots, METHOD, PERMUTATIONS};
use crate::app::hotspots::Study;
use crate::app::query::Part;
use crate::geo::grid::Grid;
use crate::http::extract::Parameters;
use crate::http::geojson::{FeatureCollection, Members, Polygon, Subject};
use crate::http::municipalities::Bilingual;
use crate::http::problem::{Kind, Problem};

/// What may be asked for: permutations, and steps to a neighbour.
pub(in crate::http) const PERMUTATIONS_MOST: u32 = 99_999;
pub(in crate::http) const RINGS: (u8, u8) = (1, 5);

/// What planners see of hotspots.
pub(super) type HotspotMap = FeatureCollection<HotspotProperties, HotspotMembers>;

/// One cell of a hotspot map.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct HotspotProperties {
    /// Its id.
    cell: String,
    /// Reports, or people, in it.
    count: u32,
    /// Getis-Ord Gi*: standard deviations from what its surroundings would have by chance.
    #[schema(required)]
    gi_star: Option<f64>,
    /// Two-sided, by conditional permutation.
    #[schema(required)]
    p: Option<f64>,
    /// Benjamini–Hochberg false discovery rate of `p` over the study area.
    #[schema(required)]
    q: Option<f64>,
    /// 3, 2, 1 where q is at most 0.01, 0.05, 0.10 and there is more than by chance; negative where there is less; else 0.
    #[schema(minimum = -3, maximum = 3)]
    class: i8,
}

said! {
    /// What is said of a cell after its name: the rest of [`HotspotProperties`].
    Found {
        count: u32 = "Number of reports, or people",
        gi_star: Option<f64> = "Number: Getis-Ord Gi*; not there when the counts are all alike",
        p: Option<f64> = "Number: two-sided p by permutation, where there is one",
        q: Option<f64> = "Number: false discovery rate of p, where there is one",
        class: i8 = "Number: -3 to 3; 3, 2, 1 where q is at most 0.01, 0.05, 0.10, negative where there is less than by chance",
    }
}

/// What belongs to a hotspot map so that it can be repeated.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct HotspotMembers {
    grid: GridKind,
    /// Side in metres; not for `h3`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    size_m: Option<f64>,
    /// Only for `h3`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 7, maximum = 11)]
    resolution: Option<u8>,
    /// Name and version of the method.
    method: &'static str,
    statistic: HotspotKind,
    /// What was counted.
    of: StatisticKind,
    /// Version of the kommun.
    version: i64,
    /// Reports that answer the filters and are placed.
    total: u64,
    /// Always 0: nothing is held back from planners.
    suppressed: u64,
    /// Cells of the study area, empty ones too; a cell with neither reports nor a class is not among the features.
    cells: usize,
    /// Mean count of a cell.
    mean: f64,
    /// Population standard deviation.
    sd: f64,
    /// Steps to a neighbour.
    rings: u8,
    permutations: u32,
    seed: u64,
    /// Only when there is too little to find anything in; no cell has a class then.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    message: Option<Bilingual<'static>>,
}

/// The statistic.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum HotspotKind {
    GiStar,
}

impl Subject for HotspotProperties {
    const FEATURE: &'static str = "HotspotFeature";
    type Geometry = Polygon;
}

impl Members for HotspotMembers {
    const COLLECTION: &'static str = "HotspotMap";
}

/// Takes the steps to a neighbour, of hotspots, of local Moran's I and of local rates.
pub(super) fn rings(parameters: &mut Parameters, asked: bool) -> u8 {
    super::only_with(parameters, &["rings"], asked, "statistic=gi_star, local_moran, rate");
    let (fewest, most) = (u32::from(RINGS.0), u32::from(RINGS.1));
    parameters.parsed("rings", |text| super::within(text, fewest, most)).unwrap_or(fewest) as u8
}

/// A study and what was found in it.
type Known = Arc<(Study, Hotspots)>;

/// Hotspots found lately. All tiles of a view are of one study, which with its 99,999 permutations takes longer than they do to write:
/// of 20 tiles over Växjö 16 ms each at 250 m, 48 ms at 125 m.
#[derive(Debug)]
pub struct Studies(Cache<String, Known, ByCells>);

/// Bytes of studies that are kept at most: one of the largest that there may be, or many of a town.
const KEPT: u64 = 64 << 20;
/// About what a cell takes: its key, its count, and what was found.
const CELL_BYTES: u64 = 128;

#[derive(Clone, Debug)]
struct ByCells;

impl Weighter<String, Known> for ByCells {
    fn weight(&self, question: &String, known: &Known) -> u64 {
        question.len() as u64 + CELL_BYTES * (known.0.cells.len() as u64 + 1)
    }
}

impl Default for Studies {
    fn default() -> Self {
        Self(Cache::with_weighter(16, KEPT, ByCells))
    }
}

/// How hotspots are asked for.
#[derive(Clone, Copy, Debug)]
pub(in crate::http) struct HotspotQuestion {
    pub(super) grid: Grid,
    of: Statistic,
    rings: u8,
    permutations: u32,
    seed: u64,
}

impl HotspotQuestion {
    /// Takes the parameters of hotspots; each is a fault where hotspots are not asked for.
    pub(super) fn take(parameters: &mut Parameters, grid: Grid, of: Statistic, rings: u8, asked: bool) -> Self {
        super::only_with(parameters, &["permutations", "seed"], asked, "statistic=gi_star");
        Self {
            grid,
            of,
            rings,
            permutations: parameters.parsed("permutations", |text| super::within(text, 99, PERMUTATIONS_MOST)).unwrap_or(PERMUTATIONS),
            seed: parameters.parsed("seed", |text| super::within(text, 0, u32::MAX)).map_or(1, u64::from),
        }
    }

    /// The map.
    pub(super) fn written(self, form: Form, pieces: &Pieces, part: &Part, known: &Known) -> Result<Vec<u8>, Problem> {
        let (study, found) = &**known;
        let too_little = study.is_too_little();
        let cells: Vec<Said<Found>> = study
            .cells
            .iter()
            .enumerate()
            .map(|(at, cell)| (part.kommun.crs, *cell, Found::of(study, found, at, too_little)))
            .filter(|(.., cell)| cell.count > 0 || cell.class != 0)
            .collect();
        let (kind, size_m, resolution) = GridKind::of(self.grid);
        let members = HotspotMembers {
            grid: kind,
            size_m,
            resolution,
            method: METHOD,
            statistic: HotspotKind::GiStar,
            of: self.of.into(),
            version: part.snapshot.version(),
            total: study.total,
            suppressed: 0,
            cells: found.n,
            mean: found.mean,
            sd: found.sd,
            rings: self.rings,
            permutations: self.permutations,
            seed: self.seed,
            message: too_little.then_some(TOO_LITTLE),
        };
        pieces.written(form, self.grid, members, &cells)
    }

    /// Every cell of the study area as CSV, in the columns that `lykta analyse gi-star` reads.
    pub(super) fn csv(self, part: &Part, known: &Known) -> Result<Vec<u8>, Problem> {
        let (study, found) = &**known;
        let too_little = study.is_too_little();
        let broken = |error: csv::Error| {
            tracing::error!(%error, "hotspots could not be written");
            Problem::new(Kind::Internal)
        };
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["cell", "col", "row", "count", "gi_star", "p", "q", "class"]).map_err(broken)?;
        let text = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
        for (at, cell) in study.cells.iter().enumerate() {
            let Found { count, gi_star, p, q, class } = Found::of(study, found, at, too_little);
            let (column, row) =
                self.grid.column_and_row(*cell).map_or_else(Default::default, |(column, row)| (column.to_string(), row.to_string()));
            let id = self.grid.id(*cell, part.kommun.crs);
            writer
                .write_record([id, column, row, count.to_string(), text(gi_star), text(p), text(q), class.to_string()])
                .map_err(broken)?;
        }
        writer.into_inner().map_err(|error| broken(error.into_error().into()))
    }

    /// What is found, computed once however many ask at the same time. `name` names the whole question and the version that answers it.
    pub(super) fn known(self, studies: &Studies, name: &str, part: &Part) -> Result<Known, Problem> {
        let failed = |error| super::study_problem(self.grid, &error);
        studies.0.get_or_insert_with(name, || {
            let study = Study::of(part, self.grid, self.of).map_err(failed)?;
            let found = study.hotspots(self.grid, self.rings, self.permutations, self.seed).map_err(failed)?;
            Ok(Arc::new((study, found)))
        })
    }
}

impl Found {
    fn of(study: &Study, found: &Hotspots, at: usize, too_little: bool) -> Self {
        let permuted = |values: fn(&crate::analysis::hotspots::Permuted) -> &Vec<Option<f64>>| {
            found.permuted.as_ref().and_then(|permuted| values(permuted)[at])
        };
        Self {
            count: study.counts[at],
            gi_star: found.z[at],
            p: permuted(|permuted| &permuted.p),
            q: permuted(|permuted| &permuted.q),
            class: if too_little { 0 } else { found.class[at].unwrap_or(0) },
        }
    }
}

/// Said where a test would find nothing, or anything.
pub(in crate::http) const TOO_LITTLE: Bilingual<'static> = Bilingual {
    sv: "För få data: det behövs minst 30 rutor och 30 rapporter för att skilja ett mönster från slumpen. Välj en längre tid, fler kategorier eller ett större område.",
    en: "Too little data: at least 30 cells and 30 reports are needed to tell a pattern from chance. Choose a longer time, more categories or a larger area.",
};
