//! The spatial scan as it is asked for and written.

use std::f64::consts::TAU;

use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Server;
use super::bodies::Audience;
use super::csv::wants_csv;
use super::extract::{Caller, Parameters};
use super::form::one_of;
use super::geojson::{Feature, FeatureCollection, Members, Polygon, Subject, rounded};
use super::heatmap::{
    COUNTED, DEFAULT_GRID, GridKind, NO_POPULATION, StatisticKind, TOO_LITTLE, grid, live_etag, only_kilometres, study_problem,
};
use super::municipalities::Bilingual;
use super::openapi::answers::{Asks, NeedsRight};
use super::openapi::parameters::{IfNoneMatch, ReportFilters, ScanParameters};
use super::problem::{Kind, Problem};
use super::query::{decimal, one_kommun, within};
use crate::analysis::heatmap::Statistic;
use crate::analysis::scan::{MAX_RADIUS_M, MAX_SHARE, METHOD, Parameters as ScanQuestion, ScanCluster};
use crate::app::population::GRID;
use crate::app::query::Part;
use crate::app::scan::{Nothing, ScanMap};
use crate::domain::permission::Act;
use crate::geo::grid::Grid;

/// How many simulations may be asked for: enough for a p of one in ten thousand.
pub(super) const PERMUTATIONS: (u32, u32) = (99, 9_999);
/// Steps over circles and simulations: some seconds of one core.
const WORK: u64 = 2_000_000_000;
/// Corners of a circle.
const CORNERS: u32 = 64;
/// A circle may reach at least so many cells from its centre unless somebody asks for other.
const REACH: f64 = 3.0;

type Scans = FeatureCollection<ScanProperties, ScanMembers>;

/// One circle with more cases than expected.
#[derive(Debug, Serialize, ToSchema)]
struct ScanProperties {
    /// 1 is the most likely cluster; no two share a cell.
    rank: usize,
    /// Reports, or people in each cell, inside.
    cases: u64,
    /// What would be expected inside, if the same share were told everywhere.
    expected: f64,
    /// How many times the risk outside; `null` where no case is outside.
    #[schema(required)]
    relative_risk: Option<f64>,
    /// The log likelihood ratio.
    llr: f64,
    /// By simulation, for the whole map: no further correction is due.
    p: f64,
    /// The same by the Gumbel approximation, for a p below what the simulations resolve.
    #[schema(required)]
    p_gumbel: Option<f64>,
    /// Metres from the centre to that of the furthest cell inside; 0 for one cell alone, which is drawn as the circle within it.
    radius_m: f64,
    /// Cells inside, by their centres.
    cells: usize,
    /// Longitude and latitude.
    #[schema(value_type = Vec<f64>, min_items = 2, max_items = 2)]
    centre: [f64; 2],
}

/// What belongs to a scan so that it can be repeated.
#[derive(Debug, Serialize, ToSchema)]
struct ScanMembers {
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
    /// What was counted.
    of: StatisticKind,
    /// What is expected is in proportion to this.
    against: ExpectationKind,
    /// Version of the kommun.
    version: i64,
    /// Reports that answer the filters and are placed.
    total: u64,
    /// Cases in the cells that were scanned.
    cases: u64,
    /// Cases in cells where nothing is expected, which are not scanned: where nobody lives.
    left_out: u64,
    /// Cells that were scanned: those where something is expected.
    cells: usize,
    /// Circles that were tried.
    zones: usize,
    /// The greatest share of all that is expected in one circle.
    radius_share: f64,
    /// The greatest radius in metres.
    max_radius_m: f64,
    permutations: u32,
    seed: u64,
    /// Only when there was nothing to look for, or nothing found.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    message: Option<Bilingual<'static>>,
}

/// What a scan is held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum ExpectationKind {
    Reports,
    Population,
}

impl ExpectationKind {
    /// In the order of the description.
    pub(super) const ALL: [Self; 2] = [Self::Reports, Self::Population];

    /// The code in the API.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Reports => "reports",
            Self::Population => "population",
        }
    }
}

impl Subject for ScanProperties {
    const FEATURE: &'static str = "ScanFeature";
    type Geometry = Polygon;
}

impl Members for ScanMembers {
    const COLLECTION: &'static str = "ScanMap";
}

/// The routes of this file.
pub(super) fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::default().routes(routes!(get_scan))
}

/// Where more is told of something than expected.
///
/// Kulldorff's spatial scan over the cells of one kommun: circles with more cases than expected, the most likely first, none filtered by
/// its p. `against=reports` asks: of what is told here, is this told more? What is expected in a cell is then in proportion to everything
/// told there, whatever its category and time. `against=population`, on squares of 1 km: in proportion to how many live there. As
/// `text/csv` it gives the cells, from which `lykta analyse scan` finds the same.
#[utoipa::path(
    get, path = "/scan", tag = "heatmap",
    params(ScanParameters, ReportFilters, IfNoneMatch),
    responses(
        (status = 200, description = "Circles, the most likely cluster first.", content((Scans = "application/geo+json"), (String = "text/csv")), headers(("ETag" = String))),
        (status = 304, description = "As the `ETag` one has."),
        Asks, NeedsRight,
    ),
    security(("bearer" = []), ("session" = [])),
)]
async fn get_scan(
    State(server): State<Server>,
    caller: Caller,
    headers: HeaderMap,
    uri: Uri,
    mut parameters: Parameters,
) -> Result<Response, Problem> {
    let actor = caller.who_may(Act::SeeLive)?;
    let question = Question::take(&mut parameters);
    let part = one_kommun(&server, &actor, parameters).await?;
    let etag = format!("scan-{}", live_etag(std::slice::from_ref(&part), &uri));
    if wants_csv(&headers) {
        return server
            .bodies
            .answer(&headers, Audience::Caller, format!("{etag}-csv"), "text/csv; charset=utf-8", move || question.csv(&part))
            .await;
    }
    server.bodies.answer(&headers, Audience::Caller, etag, "application/geo+json", move || question.written(&part)).await
}

/// How a scan is asked for.
#[derive(Clone, Copy, Debug)]
struct Question {
    grid: Grid,
    of: Statistic,
    against: ExpectationKind,
    scan: ScanQuestion,
}

impl Question {
    fn take(parameters: &mut Parameters) -> Self {
        let against = parameters.parsed("against", |text| one_of(text, &ExpectationKind::ALL, ExpectationKind::as_str));
        let against = against.unwrap_or(ExpectationKind::Reports);
        let by_people = against == ExpectationKind::Population;
        let grid = grid(parameters).unwrap_or(if by_people { GRID } else { DEFAULT_GRID });
        if by_people {
            only_kilometres(parameters, grid);
        }
        let default = ScanQuestion::default();
        let reach = default.max_radius_m.max(REACH * grid.size_m());
        let scan = ScanQuestion {
            max_share: parameters.parsed("radius_share", |text| decimal(text, MAX_SHARE.0, MAX_SHARE.1)).unwrap_or(default.max_share),
            max_radius_m: parameters.parsed("max_radius_m", |text| decimal(text, MAX_RADIUS_M.0, MAX_RADIUS_M.1)).unwrap_or(reach),
            permutations: parameters
                .parsed("permutations", |text| within(text, PERMUTATIONS.0, PERMUTATIONS.1))
                .unwrap_or(default.permutations),
            seed: parameters.parsed("seed", |text| within(text, 0, u32::MAX)).map_or(1, u64::from),
            max_work: WORK,
            ..default
        };
        let of = parameters.parsed("of", |text| one_of(text, &COUNTED, Statistic::as_str)).unwrap_or(Statistic::Reporters);
        Self { grid, of, against, scan }
    }

    fn map(self, part: &Part) -> Result<ScanMap, Problem> {
        let map = match self.against {
            ExpectationKind::Reports => ScanMap::against_reports(part, self.grid, self.of, &self.scan),
            ExpectationKind::Population => ScanMap::against_population(part, self.of, &self.scan),
        };
        map.map_err(|error| study_problem(self.grid, &error))
    }

    /// The cells that were scanned, in the columns that `lykta analyse scan` reads.
    fn csv(self, part: &Part) -> Result<Vec<u8>, Problem> {
        let map = self.map(part)?;
        let broken = |error: csv::Error| {
            tracing::error!(%error, "cells could not be written");
            Problem::new(Kind::Internal)
        };
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["cell", "x", "y", "cases", "expected"]).map_err(broken)?;
        for (at, cell) in map.cells.iter().enumerate() {
            let [x, y] = map.centres[at];
            let numbers = [x.to_string(), y.to_string(), map.cases[at].to_string(), map.expected[at].to_string()];
            writer.write_record(std::iter::once(self.grid.id(*cell, part.kommun.crs)).chain(numbers)).map_err(broken)?;
        }
        writer.into_inner().map_err(|error| broken(error.into_error().into()))
    }

    fn written(self, part: &Part) -> Result<Vec<u8>, Problem> {
        let map = self.map(part)?;
        let Self { grid, of, against, scan } = self;
        let clusters = map.found.as_ref().map_or(&[][..], |found| &found.clusters);
        let features: Vec<_> = clusters.iter().enumerate().filter_map(|(at, cluster)| feature(at + 1, cluster, &map, grid, part)).collect();
        let message = match map.found {
            Err(Nothing::TooLittle) => Some(TOO_LITTLE),
            Err(Nothing::Everything) => Some(EVERYTHING),
            Err(Nothing::NoPopulation) => Some(NO_POPULATION),
            Ok(_) => features.is_empty().then_some(NONE),
        };
        let (kind, size_m, resolution) = GridKind::of(grid);
        let members = ScanMembers {
            grid: kind,
            size_m,
            resolution,
            method: METHOD,
            of: of.into(),
            against,
            version: part.snapshot.version(),
            total: map.total,
            cases: map.cases.iter().map(|cases| u64::from(*cases)).sum(),
            left_out: map.left_out,
            cells: map.cells.len(),
            zones: map.found.as_ref().map_or(0, |found| found.zones),
            radius_share: scan.max_share,
            max_radius_m: scan.max_radius_m,
            permutations: scan.permutations,
            seed: scan.seed,
            message,
        };
        serde_json::to_vec(&Scans::new(members, features)).map_err(|_| Problem::new(Kind::Internal))
    }
}

/// A cluster as a circle of the metric plane, in degrees; `None` for one beyond the projection.
fn feature(rank: usize, cluster: &ScanCluster, map: &ScanMap, grid: Grid, part: &Part) -> Option<Feature<ScanProperties>> {
    let crs = part.kommun.crs;
    let [x, y] = map.centres[cluster.centre];
    let drawn = if cluster.radius_m > 0.0 { cluster.radius_m } else { grid.size_m() * 0.5 };
    let corner = |at: u32| {
        let angle = TAU * f64::from(at % CORNERS) / f64::from(CORNERS);
        crs.inverse(x + drawn * angle.cos(), y + drawn * angle.sin()).map(|(lon, lat)| [lon, lat])
    };
    let geometry = Polygon::new((0..=CORNERS).map(corner).collect::<Option<_>>()?);
    let centre = crs.inverse(x, y).map(|(lon, lat)| rounded([lon, lat]))?;
    let properties = ScanProperties {
        rank,
        cases: cluster.observed,
        expected: cluster.expected,
        relative_risk: cluster.relative_risk,
        llr: cluster.llr,
        p: cluster.p,
        p_gumbel: cluster.p_gumbel,
        radius_m: cluster.radius_m,
        cells: cluster.cells.len(),
        centre,
    };
    Some(Feature::new(format!("scan-{rank}"), geometry, properties))
}

/// Said where the question leaves nothing out.
const EVERYTHING: Bilingual<'static> = Bilingual {
    sv: "Allt som berättas jämförs här med sig självt. Välj en kategori, en tid eller något annat filter.",
    en: "Everything that is told is held against itself here. Choose a category, a time or some other filter.",
};

/// Said where no circle holds more than expected.
const NONE: Bilingual<'static> = Bilingual { sv: "Ingen cirkel har fler än väntat.", en: "No circle holds more than expected." };
