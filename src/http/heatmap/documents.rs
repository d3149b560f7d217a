//! The heatmap and the numbers beside it, as they are written.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::openapi::{OneOfBuilder, RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::change::ChangeCells;
use super::density::{DensityBands, DensityCells};
use super::hotspots::HotspotMap;
use super::moran::AssociationKind;
use super::moran::MoranMap;
use super::rates::NoRate;
use super::rates::RateCells;
use crate::analysis::heatmap::Statistic;
use crate::analysis::summary::summary;
use crate::app::query::Part;
use crate::domain::codes::{Category, Feeling, Group, Light, Perspective, Status, TimeBand, TravelMode};
use crate::geo::grid::Grid;
use crate::http::geojson::{FeatureCollection, Members, Polygon, Subject};
use crate::http::municipalities::{Bilingual, Release};
use crate::http::openapi::codes;

/// What planners see.
pub(super) type LiveHeatmap = FeatureCollection<CellProperties, LiveMembers>;
/// What everybody sees.
pub(super) type PublicHeatmap<'a> = FeatureCollection<CellProperties, PublicMembers<'a>>;

/// One cell.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CellProperties {
    /// Its id: for squares of 250 and 1000 m as SCB writes them.
    pub cell: String,
    /// What was counted; `null` when something is published in the larger square, but too little here.
    #[schema(required)]
    pub count: Option<u32>,
    /// Only there, and `true`, when the count is held back.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub suppressed: bool,
}

/// What planners see: live and exact.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct LiveMembers {
    pub grid: GridKind,
    /// Side in metres; not for `h3`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub size_m: Option<f64>,
    /// Only for `h3`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 7, maximum = 11)]
    pub resolution: Option<u8>,
    /// Name and version of the method.
    pub method: &'static str,
    pub statistic: StatisticKind,
    /// Version of the kommun, or the sum of several.
    pub version: i64,
    /// Reports that answer the filters and are placed.
    pub total: u64,
    /// Always 0: nothing is held back from planners.
    pub suppressed: u64,
}

/// What everybody sees: the sum of the kommun's releases.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PublicMembers<'a> {
    pub grid: GridKind,
    /// Side in metres.
    pub size_m: u16,
    /// Name and version of the method.
    pub method: &'static str,
    /// The quarters that are summed, newest first; empty when there are none.
    pub version: String,
    /// Sum of the published numbers.
    pub total: u64,
    /// Cells whose number is held back.
    pub suppressed: u64,
    /// Fewest persons and fewest reports behind a published number.
    pub k: u32,
    #[schema(pattern = "^[0-9]{4}$")]
    pub municipality: String,
    /// The newest that is summed; `null` when there is none.
    #[schema(required)]
    pub release: Option<Release<'a>>,
    /// All that are summed.
    pub releases: Vec<Release<'a>>,
    /// Only when no release is summed: why. Either there is none yet, or none of the time that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub message: Option<Bilingual<'static>>,
}

/// The shape of cells.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(in crate::http) enum GridKind {
    Square,
    Hex,
    H3,
}

/// What is counted.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(in crate::http) enum StatisticKind {
    Count,
    Reporters,
}

/// Said until there is a release.
pub(super) const NONE_YET: Bilingual<'static> = Bilingual {
    sv: "Kommunen har inte gett ut någon karta än. Den första kommer när ett kvartal är slut.",
    en: "The municipality has not released a map yet. The first comes when a quarter is over.",
};

/// Said of a span that no release lies in.
pub(super) const NONE_THEN: Bilingual<'static> = Bilingual {
    sv: "Kommunen har inte gett ut någon karta över den tiden. Välj en period som har en.",
    en: "The municipality has not released a map of that time. Choose a period that has one.",
};

/// Any heatmap.
#[derive(Debug)]
pub(super) struct Heatmaps;

impl PartialSchema for Heatmaps {
    fn schema() -> RefOr<Schema> {
        let either = [
            LiveHeatmap::name(),
            HotspotMap::name(),
            MoranMap::name(),
            RateCells::name(),
            DensityCells::name(),
            DensityBands::name(),
            ChangeCells::name(),
            PublicHeatmap::name(),
        ]
        .map(|name| crate::http::openapi::named(&name));
        either
            .into_iter()
            .fold(OneOfBuilder::new(), OneOfBuilder::item)
            .description(Some(
                "Live for planners, as counts, hotspots, local Moran's I, rates, density or change; the release for everybody.",
            ))
            .into()
    }
}

impl ToSchema for Heatmaps {
    fn name() -> std::borrow::Cow<'static, str> {
        "Heatmap".into()
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push((LiveHeatmap::name().into_owned(), LiveHeatmap::schema()));
        LiveHeatmap::schemas(schemas);
        schemas.push((HotspotMap::name().into_owned(), HotspotMap::schema()));
        HotspotMap::schemas(schemas);
        schemas.push((MoranMap::name().into_owned(), MoranMap::schema()));
        MoranMap::schemas(schemas);
        schemas.push((RateCells::name().into_owned(), RateCells::schema()));
        RateCells::schemas(schemas);
        schemas.push((DensityCells::name().into_owned(), DensityCells::schema()));
        DensityCells::schemas(schemas);
        schemas.push((DensityBands::name().into_owned(), DensityBands::schema()));
        DensityBands::schemas(schemas);
        schemas.push((ChangeCells::name().into_owned(), ChangeCells::schema()));
        ChangeCells::schemas(schemas);
        schemas.push((PublicHeatmap::name().into_owned(), PublicHeatmap::schema()));
        PublicHeatmap::schemas(schemas);
    }
}

/// A heatmap without polygons: the members of the same answer as GeoJSON, and a list for each property. All lists are of one length; only
/// those that the statistic has are there.
#[derive(Debug, ToSchema)]
#[schema(as = HeatmapColumns)]
#[expect(dead_code, reason = "what `Pieces::written` writes, as a description")]
pub(super) struct ColumnHeatmap {
    /// Name and version of the method.
    method: String,
    grid: GridKind,
    columns: CellColumns,
}

/// What is said of each cell.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "what `Pieces::written` writes, as a description")]
pub(super) struct CellColumns {
    /// Ids.
    cell: Vec<String>,
    /// Longitude and latitude of the centre, to six decimals.
    #[schema(value_type = Vec<Vec<f64>>)]
    centre: Vec<[f64; 2]>,
    /// What was counted; of a release, `null` where it is suppressed.
    #[schema(nullable = false)]
    count: Option<Vec<Option<u32>>>,
    #[schema(nullable = false)]
    gi_star: Option<Vec<Option<f64>>>,
    #[schema(nullable = false)]
    p: Option<Vec<Option<f64>>>,
    #[schema(nullable = false)]
    q: Option<Vec<Option<f64>>>,
    #[schema(nullable = false)]
    class: Option<Vec<i8>>,
    #[schema(nullable = false)]
    density: Option<Vec<f64>>,
    #[schema(nullable = false)]
    before: Option<Vec<u32>>,
    #[schema(nullable = false)]
    after: Option<Vec<u32>>,
    #[schema(nullable = false)]
    ratio: Option<Vec<Option<f64>>>,
    #[schema(nullable = false)]
    low: Option<Vec<Option<f64>>>,
    #[schema(nullable = false)]
    high: Option<Vec<Option<f64>>>,
    #[schema(nullable = false)]
    local_moran: Option<Vec<Option<f64>>>,
    #[schema(nullable = false)]
    expected: Option<Vec<Option<f64>>>,
    #[schema(nullable = false)]
    variance: Option<Vec<Option<f64>>>,
    #[schema(nullable = false)]
    z: Option<Vec<Option<f64>>>,
    #[schema(nullable = false)]
    cluster: Option<Vec<Option<AssociationKind>>>,
    #[schema(nullable = false)]
    population: Option<Vec<u32>>,
    #[schema(nullable = false)]
    rate: Option<Vec<Option<f64>>>,
    #[schema(nullable = false)]
    eb: Option<Vec<Option<f64>>>,
    #[schema(nullable = false)]
    reason: Option<Vec<Option<NoRate>>>,
}

impl Subject for CellProperties {
    const FEATURE: &'static str = "CellFeature";
    type Geometry = Polygon;
}

impl Members for LiveMembers {
    const COLLECTION: &'static str = "LiveHeatmap";
}

impl Members for PublicMembers<'_> {
    const COLLECTION: &'static str = "PublicHeatmap";
}

impl From<Statistic> for StatisticKind {
    fn from(statistic: Statistic) -> Self {
        match statistic {
            Statistic::Count => Self::Count,
            Statistic::Reporters => Self::Reporters,
        }
    }
}

impl GridKind {
    /// How a grid is told: its kind, the side in metres of squares and hexagons, the resolution of H3.
    pub(in crate::http) fn of(grid: Grid) -> (Self, Option<f64>, Option<u8>) {
        match grid {
            Grid::Square(_) => (Self::Square, Some(grid.size_m()), None),
            Grid::Hex(_) => (Self::Hex, Some(grid.size_m()), None),
            Grid::H3(resolution) => (Self::H3, None, Some(u8::from(resolution))),
        }
    }
}

type Counts = BTreeMap<&'static str, u64>;

/// How many reports answer the filters, by everything one may filter by.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Summary {
    /// Version of the kommun.
    version: i64,
    /// Reports.
    total: u64,
    /// Distinct people behind them.
    reporters: u64,
    /// Reports that are not on the map yet.
    unplaced: u64,
    /// By local hour, from 0.
    #[schema(value_type = Vec<u64>, min_items = 24, max_items = 24)]
    hour: Vec<u64>,
    /// By local weekday, from Monday.
    #[schema(value_type = Vec<u64>, min_items = 7, max_items = 7)]
    weekday: Vec<u64>,
    /// By local hour of the week, 24 to a day from Monday on: of the reports whose hour is known.
    #[schema(value_type = Vec<u64>, min_items = 168, max_items = 168)]
    hour_of_week: Vec<u64>,
    /// By local month, in order.
    month: Vec<MonthCount>,
    #[schema(value_type = BTreeMap<codes::Category, u64>)]
    category: Counts,
    #[schema(value_type = BTreeMap<codes::Group, u64>)]
    group: Counts,
    #[schema(value_type = BTreeMap<codes::Feeling, u64>)]
    feeling: Counts,
    #[schema(value_type = BTreeMap<codes::Light, u64>)]
    light: Counts,
    #[schema(value_type = BTreeMap<codes::Status, u64>)]
    status: Counts,
    #[schema(value_type = BTreeMap<codes::TimeBand, u64>)]
    time_band: Counts,
    #[schema(value_type = BTreeMap<codes::TravelMode, u64>)]
    travel_mode: Counts,
    #[schema(value_type = BTreeMap<codes::Perspective, u64>)]
    perspective: Counts,
    /// By name of the source.
    source: BTreeMap<String, u64>,
    /// By id of the focus area; a report may count in several.
    focus_area: BTreeMap<String, u64>,
}

/// A month and its number.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct MonthCount {
    #[schema(pattern = "^[0-9]{4}-[0-9]{2}$")]
    month: String,
    count: u64,
}

impl Summary {
    /// The numbers of one kommun's part of a question.
    pub(super) fn of(part: &Part) -> Self {
        fn named<T: Copy>(all: &[T], name: fn(T) -> &'static str, counts: &[u64]) -> Counts {
            all.iter().zip(counts).map(|(code, count)| (name(*code), *count)).collect()
        }
        let areas = part.kommun.areas.conditions();
        let sum = summary(&part.snapshot, &part.filter, &areas);
        let of_categories = |counts: &dyn Fn(Category) -> bool| -> u64 {
            Category::ALL.iter().filter(|category| counts(**category)).map(|category| sum.category[category.index()]).sum()
        };
        Self {
            version: part.snapshot.version(),
            total: sum.total,
            reporters: sum.reporters,
            unplaced: sum.unplaced,
            hour: sum.hour.to_vec(),
            weekday: sum.weekday.to_vec(),
            hour_of_week: sum.hour_of_week.to_vec(),
            month: sum
                .month
                .iter()
                .map(|((year, month), count)| MonthCount { month: format!("{year:04}-{month:02}"), count: *count })
                .collect(),
            category: named(Category::ALL, Category::as_str, &sum.category),
            group: Group::ALL.iter().map(|group| (group.as_str(), of_categories(&|category| category.group() == *group))).collect(),
            feeling: Feeling::ALL
                .iter()
                .map(|feeling| (feeling.as_str(), of_categories(&|category| category.feeling() == *feeling)))
                .collect(),
            light: named(Light::ALL, Light::as_str, &sum.light),
            status: named(Status::ALL, Status::as_str, &sum.status),
            time_band: named(TimeBand::ALL, TimeBand::as_str, &sum.time_band),
            travel_mode: named(TravelMode::ALL, TravelMode::as_str, &sum.travel_mode),
            perspective: named(Perspective::ALL, Perspective::as_str, &sum.perspective),
            source: sources(part, &sum.source),
            focus_area: part.kommun.areas.iter().map(|area| area.id.to_string()).zip(sum.areas.iter().copied()).collect(),
        }
    }
}

/// Counts by source, of what whoever asks may read: that a source is there at all is told of nothing else.
fn sources(part: &Part, counts: &[u64]) -> BTreeMap<String, u64> {
    let mut by_name = BTreeMap::new();
    for (of, count) in part.sources.iter().zip(counts).filter(|(of, _)| part.readable.holds(of.secrecy)) {
        *by_name.entry(of.source.clone()).or_default() += count;
    }
    by_name
}
