//! The heatmap and the numbers beside it: live and exact with the right, the frozen release for everybody else.

mod change;
mod density;
mod documents;
mod features;
mod hotspots;
mod moran;
mod rates;

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use jiff::Timestamp;
use serde::Serialize;
use sha2::{Digest, Sha256};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use self::change::ChangeQuestion;
use self::density::DensityQuestion;
use self::documents::{CellProperties, Heatmaps, LiveMembers, NONE_THEN, NONE_YET, PublicHeatmap, PublicMembers, Summary};
use self::features::Said;
use self::hotspots::HotspotQuestion;
use self::moran::MoranQuestion;
use self::rates::RateQuestion;
use super::extract::{Caller, Parameters};
use super::form::one_of;
use super::geojson::{Feature, FeatureCollection, Polygon};
use super::municipalities::Release;
use super::openapi::answers::{Asks, Knows, NeedsRight, Reads};
use super::openapi::parameters::{GridParameters, IfNoneMatch, ReportFilters};
use super::problem::{Kind, Problem, ProblemDocument};
use super::query::{bbox, one_kommun, polygon, report_query, within};
use super::{Server, answer, csv::wants_csv};
use crate::analysis::density::DensityError;
use crate::analysis::heatmap::{Heatmap, Statistic, heatmap};
use crate::analysis::release::{self, Category as PublicCategory};
use crate::analysis::scan::{self, ScanError};
use crate::app::hotspots::{STUDY_MAX, StudyError};
use crate::app::keys::hex;
use crate::app::population::GRID;
use crate::app::query::{Part, ReportQuery};
use crate::app::releases::{K, PublicView};
use crate::domain::codes::{Feeling, Group};
use crate::domain::ids::MunicipalityCode;
use crate::domain::invalid::{Fault, FieldFault};
use crate::domain::time::Quarter;
use crate::geo::grid::{Grid, Window};
use crate::geo::sweref::MetricCrs;

/// Most cells in one answer, some 20 MB: the smallest squares of a large town, not of a country.
const CELLS_MAX: usize = 50_000;
/// Name and version of the live count.
const LIVE_METHOD: &str = "lykta-count/1";

pub(super) use self::change::name as against_name;
pub(super) use self::documents::{GridKind, StatisticKind};
pub(super) use self::features::Pieces;
pub(super) use self::hotspots::{PERMUTATIONS_MOST, RINGS, TOO_LITTLE};
pub(super) use self::rates::{DEFAULT_PER, EbKind, NO_POPULATION, PER, only_kilometres};

/// The routes of this file.
pub(super) fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::default().routes(routes!(get_heatmap)).routes(routes!(get_summary))
}

/// Counts per cell.
///
/// With the right: live and exact, under every filter, up to 50,000 cells. For everybody else, or with `public=true`: the sum of the kommun's releases, in squares of
/// 250, 500 or 1000 m, with at most one `group`, `feeling`, and `from`/`to` on whole quarters. `bbox` gives whole frozen cells. Any
/// other question is refused, whatever its answer would be. `statistic=gi_star` finds hotspots over a kommun, or over the part of it that the filters name, and
/// as `text/csv` gives every cell of the study area; `statistic=local_moran` tells clusters from outliers; `statistic=rate` counts per inhabitant of squares of 1 km; `statistic=density` smooths over squares, or draws `bands`;
/// `statistic=change` compares `from`/`to` with `before_from`/`before_to`. Before the first release, and of a time
/// without one: no cells, `release: null` and a `message`.
#[utoipa::path(
    get, path = "/heatmap", tag = "heatmap",
    params(GridParameters, ReportFilters, IfNoneMatch),
    responses(
        (status = 200, description = "Cells with what was counted in them.", content((Heatmaps = "application/geo+json"), (String = "text/csv")), headers(("ETag" = String))),
        (status = 304, description = "As the `ETag` one has."),
        (status = 403, description = "Only the frozen release is public (`/problems/not-public`).", body = ProblemDocument, content_type = "application/problem+json"),
        Asks, Knows, Reads,
    ),
    security((), ("bearer" = []), ("session" = [])),
)]
async fn get_heatmap(
    State(server): State<Server>,
    Caller(actor): Caller,
    headers: HeaderMap,
    uri: axum::http::Uri,
    mut parameters: Parameters,
) -> Result<Response, Problem> {
    let grid = grid(&mut parameters);
    let statistic = parameters.parsed("statistic", |text| one_of(text, &Asked::ALL, Asked::as_str));
    let view = parameters.parsed("view", bbox);
    let mut query = report_query(&mut parameters);
    // The public map asks for what everybody sees, whoever is logged in beside it.
    let public = parameters.parsed("public", |text| one_of(text, &[true], |_| "true")).is_some();
    if public || !actor.may_plan_everywhere() {
        let drawn = parameters.take("polygon").is_some();
        parameters.finish()?;
        query.bbox = query.bbox.or(view);
        return public_heatmap(&server, &headers, grid, statistic, drawn, &query).await;
    }
    query.polygon = polygon(&mut parameters).await;
    let statistic = statistic.unwrap_or(Asked::Of(Statistic::Count));
    let grid = grid.unwrap_or(if statistic == Asked::Rate { GRID } else { DEFAULT_GRID });
    let study = !matches!(statistic, Asked::Of(_));
    only_with(&mut parameters, &["of"], study, "statistic=gi_star, local_moran, rate, density, change");
    let of = parameters.parsed("of", |text| one_of(text, &COUNTED, Statistic::as_str)).unwrap_or(Statistic::Reporters);
    let rings = hotspots::rings(&mut parameters, matches!(statistic, Asked::GiStar | Asked::LocalMoran | Asked::Rate));
    let hotspots = HotspotQuestion::take(&mut parameters, grid, of, rings, statistic == Asked::GiStar);
    let rate = RateQuestion::take(&mut parameters, grid, of, rings, statistic == Asked::Rate);
    let density = DensityQuestion::take(&mut parameters, grid, of, statistic == Asked::Density);
    let change = ChangeQuestion::take(&mut parameters, grid, of, &query, statistic == Asked::Change);
    if study {
        // The study area is the kommun's, not the screen's.
        if view.is_some() {
            parameters.fault("view", Fault::Conflicts(statistic.as_str()));
        }
        if query.municipality.is_none() {
            parameters.fault("municipality", Fault::Missing);
        }
    }
    parameters.finish()?;
    let mut parts = server.app.resolve(&actor, &query)?;
    let etag = live_etag(&parts, &uri);
    let pieces = Arc::clone(&server.pieces);
    // Counting a large kommun takes milliseconds of pure computing, which does not happen on the threads that serve everybody else.
    if let Asked::Of(statistic) = statistic {
        return server.bodies.answer(&headers, etag, GEOJSON, move || live_heatmap(&pieces, &parts, grid, statistic, view)).await;
    }
    let part = parts.pop().ok_or_else(|| Problem::new(Kind::Internal))?;
    if statistic == Asked::GiStar && wants_csv(&headers) {
        return server.bodies.answer(&headers, format!("{etag}-csv"), "text/csv; charset=utf-8", move || hotspots.csv(&part)).await;
    }
    let written = move || match statistic {
        Asked::Density => density.geojson(&pieces, &part),
        Asked::Change => change.geojson(&pieces, &part),
        Asked::Rate => rate.geojson(&pieces, &part),
        Asked::LocalMoran => MoranQuestion { grid, of, rings }.geojson(&pieces, &part),
        Asked::GiStar | Asked::Of(_) => hotspots.geojson(&pieces, &part),
    };
    server.bodies.answer(&headers, etag, GEOJSON, written).await
}

/// Parameters that only make sense beside another one are faults without it.
fn only_with(parameters: &mut Parameters, names: &[&str], asked: bool, other: &'static str) {
    for name in names.iter().filter(|_| !asked) {
        if parameters.take(name).is_some() {
            parameters.fault(name, Fault::Needs(other));
        }
    }
}

/// What a study area can be too large for; the other faults cannot come of what a caller may ask.
pub(super) fn study_problem(grid: Grid, error: &StudyError) -> Problem {
    match error {
        StudyError::TooManyCells | StudyError::Neighbours(_) | StudyError::Density(DensityError::Work(_)) => {
            too_many_cells(grid, STUDY_MAX)
        }
        StudyError::Scan(ScanError::Cells(_)) => too_many_cells(grid, scan::MAX_CELLS),
        StudyError::Scan(ScanError::Cases(_)) => {
            Problem::parameters(vec![FieldFault::at("?from", Fault::TooManyReports(scan::MAX_CASES as usize))])
        }
        StudyError::Scan(ScanError::Work) => Problem::parameters(vec![FieldFault::at("?permutations", Fault::TooMuchWork)]),
        StudyError::Scan(_)
        | StudyError::Rates(_)
        | StudyError::Counts(_)
        | StudyError::Hotspots(_)
        | StudyError::Density(_)
        | StudyError::Change(_) => {
            tracing::error!(%error, "a study failed");
            Problem::new(Kind::Internal)
        }
    }
}

/// What hotspots and densities may be of.
pub(super) const COUNTED: [Statistic; 2] = [Statistic::Reporters, Statistic::Count];

const GEOJSON: &str = "application/geo+json";

/// What a cell may say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    Of(Statistic),
    GiStar,
    LocalMoran,
    Rate,
    Density,
    Change,
}

impl Asked {
    /// In the order of the description.
    pub(super) const ALL: [Self; 7] = [
        Self::Of(Statistic::Count),
        Self::Of(Statistic::Reporters),
        Self::GiStar,
        Self::LocalMoran,
        Self::Rate,
        Self::Density,
        Self::Change,
    ];

    /// The code in the API.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Of(statistic) => statistic.as_str(),
            Self::GiStar => "gi_star",
            Self::LocalMoran => "local_moran",
            Self::Rate => "rate",
            Self::Density => "density",
            Self::Change => "change",
        }
    }
}

/// 250 m squares.
pub(super) const DEFAULT_GRID: Grid = Grid::Square(crate::geo::grid::SquareSize::M250);

/// `grid`, `size_m`, `resolution`; `None` when none is given.
pub(super) fn grid(parameters: &mut Parameters) -> Option<Grid> {
    let kind = parameters.parsed("grid", |text| one_of(text, &["square", "h3", "hex"], |name| name));
    let size = parameters.parsed("size_m", |text| text.parse::<f64>().map_err(|_| Fault::Unreadable));
    let resolution = parameters.parsed("resolution", |text| text.parse::<u8>().map_err(|_| Fault::Unreadable));
    if kind == Some("h3") {
        if size.is_some() {
            parameters.fault("size_m", Fault::Conflicts("grid=h3"));
        }
        let grid = Grid::h3(resolution.unwrap_or(9));
        if grid.is_none() {
            parameters.fault("resolution", Fault::OutOfRange(7.0, 11.0));
        }
        return grid;
    }
    if resolution.is_some() {
        parameters.fault("resolution", Fault::Needs("grid=h3"));
    }
    let (grid, allowed) = match kind {
        Some("hex") => (Grid::hex(size.unwrap_or(200.0)), vec!["50", "100", "200", "400"]),
        _ if kind.is_none() && size.is_none() => return None,
        _ => (Grid::square(size.unwrap_or(250.0)), vec!["62.5", "125", "250", "500", "1000"]),
    };
    if grid.is_none() {
        parameters.fault("size_m", Fault::NotAllowed(allowed));
    }
    grid
}

/// A name for what kommuner are asked, and the versions of them that answer.
pub(super) fn live_etag(parts: &[Part], uri: &axum::http::Uri) -> String {
    let versions: Vec<String> = parts.iter().map(|part| format!("{}.{}", part.kommun.municipality.code, part.snapshot.version())).collect();
    let query = hex(&Sha256::digest(uri.query().unwrap_or_default().as_bytes())[..8]);
    if versions.len() <= 4 {
        format!("{}-{query}", versions.join("-"))
    } else {
        format!("{}-{query}", hex(&Sha256::digest(versions.join("-").as_bytes())[..16]))
    }
}

fn live_heatmap(pieces: &Pieces, parts: &[Part], grid: Grid, statistic: Statistic, view: Option<[f64; 4]>) -> Result<Vec<u8>, Problem> {
    let mut cells: Vec<Said<Counted>> = Vec::new();
    let (mut total, mut version) = (0, 0);
    for part in parts {
        let crs = part.kommun.crs;
        let window = view.map(|bbox| Window::new(grid, crs, bbox));
        let Heatmap { cells: counted, total: of_part } = heatmap(&part.snapshot, grid, statistic, &part.filter, window.as_ref());
        total += of_part;
        version += part.snapshot.version();
        cells.extend(counted.into_iter().map(|(cell, count)| (crs, cell, Counted { count })));
    }
    if parts.len() > 1 {
        // A cell on a border holds reports of two kommuner; people are counted within each, since tokens say nothing across.
        cells.sort_by_key(|(crs, cell, _)| (crs.epsg(), *cell));
        cells.dedup_by(|next, cell| {
            let same = (next.0, next.1) == (cell.0, cell.1);
            cell.2.count += if same { next.2.count } else { 0 };
            same
        });
    }
    bounded(cells.len(), grid)?;
    let (kind, size_m, resolution) = GridKind::of(grid);
    let statistic = statistic.into();
    let members = LiveMembers { grid: kind, size_m, resolution, method: LIVE_METHOD, statistic, version, total, suppressed: 0 };
    pieces.collection(grid, members, &cells)
}

/// What is said of a cell with reports in it.
#[derive(Debug, Serialize)]
struct Counted {
    count: u32,
}

/// Refuses what no map shows and no browser holds.
fn bounded(cells: usize, grid: Grid) -> Result<(), Problem> {
    if cells <= CELLS_MAX { Ok(()) } else { Err(too_many_cells(grid, CELLS_MAX)) }
}

pub(super) fn too_many_cells(grid: Grid, most: usize) -> Problem {
    let parameter = if matches!(grid, Grid::H3(_)) { "?resolution" } else { "?size_m" };
    Problem::parameters(vec![FieldFault::at(parameter, Fault::TooManyCells(most))])
}

/// What everybody may ask: a frozen release in one of its own views. Anything finer is refused, whatever the answer would be.
async fn public_heatmap(
    server: &Server,
    headers: &HeaderMap,
    grid: Option<Grid>,
    statistic: Option<Asked>,
    drawn: bool,
    query: &ReportQuery,
) -> Result<Response, Problem> {
    let code = match (query.municipality, query.bbox) {
        (Some(code), _) => code,
        (None, Some(bbox)) => kommun_of_box(server, bbox)?,
        (None, None) => return Err(Problem::parameters(vec![FieldFault::at("?municipality", Fault::Missing)])),
    };
    let kommun = server.app.registry().kommun(code).cloned();
    let kommun = kommun.ok_or_else(|| Problem::parameters(vec![FieldFault::at("?municipality", Fault::UnknownMunicipality)]))?;
    let PublicQuestion { size_m, category, span } = public_question(grid, statistic, drawn, query)?;
    let view = server.app.public_view(code, size_m, category, span).await?;
    let releases: Vec<String> = view.releases.iter().map(|head| format!("{}@{}", head.period, head.made_at)).collect();
    let name = format!("{code}-{}-{}-{size_m}-{}-{:?}", view.any, releases.join("."), category.index(), query.bbox);
    let etag = format!("release-{}", hex(&Sha256::digest(name.as_bytes())[..16]));
    answer::tagged(headers, &etag, async || Ok(answer::public_geojson(&public_body(code, kommun.crs, &view, query.bbox)))).await
}

/// The one kommun that a box lies in, by its centre; each kommun has releases of its own, and several would need one answer each.
fn kommun_of_box(server: &Server, [west, south, east, north]: [f64; 4]) -> Result<MunicipalityCode, Problem> {
    let registry = server.app.registry();
    let (lon, lat) = (f64::midpoint(west, east), f64::midpoint(south, north));
    let located = registry.locator.locate(lon, lat);
    located.map(|located| located.code).ok_or_else(|| Problem::parameters(vec![FieldFault::at("?municipality", Fault::Missing)]))
}

/// A question that a release may answer.
struct PublicQuestion {
    size_m: u16,
    category: PublicCategory,
    /// Instants, half-open.
    span: Option<(i64, i64)>,
}

/// What a visitor asks of the releases, or everything in it that none of them answers.
fn public_question(grid: Option<Grid>, statistic: Option<Asked>, drawn: bool, query: &ReportQuery) -> Result<PublicQuestion, Problem> {
    let (size_m, category, span) = (public_size(grid), public_category(query), public_span(query));
    let asked = [
        ("?statistic", statistic.is_some_and(|asked| asked != Asked::Of(Statistic::Count))),
        ("?category", !query.categories.is_empty()),
        ("?hour", query.hours.is_some()),
        ("?weekday", query.weekdays.is_some()),
        ("?month", query.months.is_some()),
        ("?light", query.light.is_some()),
        ("?time_band", query.time_bands.is_some()),
        ("?travel_mode", query.travel_modes.is_some()),
        ("?perspective", query.perspectives.is_some()),
        ("?insecurity_min", query.insecurity_min.is_some()),
        ("?focus_area", !query.focus_areas.is_empty()),
        ("?polygon", drawn),
        ("?status", query.statuses.is_some()),
        ("?source", !query.sources.is_empty()),
        ("?since", query.since.is_some()),
        ("?group", query.groups.len() > 1),
    ];
    let asked = asked.into_iter().filter(|(_, asked)| *asked).map(|(parameter, _)| parameter);
    let finer = size_m.err().into_iter().chain(asked).chain(category.err()).chain(span.err());
    let finer: Vec<FieldFault> = finer.map(|parameter| FieldFault::at(parameter, Fault::NotReleased)).collect();
    match (size_m, category, span) {
        (Ok(size_m), Ok(category), Ok(span)) if finer.is_empty() => Ok(PublicQuestion { size_m, category, span }),
        _ => Err(Problem { faults: finer, ..Problem::new(Kind::NotPublic) }),
    }
}

// Each says which parameter asks for more than there is.

fn public_size(grid: Option<Grid>) -> Result<u16, &'static str> {
    match grid {
        None => Ok(1_000),
        Some(grid @ Grid::Square(_)) if [250.0, 500.0, 1_000.0].contains(&grid.size_m()) => Ok(grid.size_m() as u16),
        Some(Grid::Square(_)) => Err("?size_m"),
        Some(_) => Err("?grid"),
    }
}

fn public_category(query: &ReportQuery) -> Result<PublicCategory, &'static str> {
    match (query.groups.first(), query.feeling) {
        (None, None) => Ok(PublicCategory::All),
        (None, Some(Feeling::Unsafe)) => Ok(PublicCategory::Unsafe),
        (None, Some(Feeling::Safe)) => Ok(PublicCategory::Group(Group::Safe.index() as u8)),
        (Some(Group::Safe), Some(Feeling::Unsafe)) => Err("?feeling"),
        (Some(group), Some(Feeling::Safe)) if *group != Group::Safe => Err("?feeling"),
        (Some(group), _) => Ok(PublicCategory::Group(group.index() as u8)),
    }
}

fn public_span(query: &ReportQuery) -> Result<Option<(i64, i64)>, &'static str> {
    let starts_quarter = |at: i64| Timestamp::from_microsecond(at).is_ok_and(|instant| Quarter::of(instant).start() == instant);
    match (query.from, query.to) {
        (None, None) => Ok(None),
        (Some(from), Some(to)) if from < to && starts_quarter(from) && starts_quarter(to) => Ok(Some((from, to))),
        (Some(_), _) => Err("?from"),
        (None, _) => Err("?to"),
    }
}

fn public_body(code: MunicipalityCode, crs: MetricCrs, view: &PublicView, bbox: Option<[f64; 4]>) -> PublicHeatmap<'_> {
    let size = f64::from(view.size_m);
    let grid = Grid::square(size).unwrap_or(DEFAULT_GRID);
    let mut features = Vec::new();
    let (mut total, mut suppressed) = (0, 0);
    for ((e, n), count) in &view.cells {
        let (x, y) = ((*e as f64 + 0.5) * size, (*n as f64 + 0.5) * size);
        let Some((lon, lat)) = crs.inverse(x, y) else { continue };
        let key = grid.cell(x, y, lon, lat);
        let Some(ring) = grid.ring(key, crs) else { continue };
        // Whole frozen cells: a box decides which are shown, never what they say.
        if bbox.is_some_and(|bbox| !meets(&ring, bbox)) {
            continue;
        }
        match count {
            Some(count) => total += u64::from(*count),
            None => suppressed += 1,
        }
        let id = grid.id(key, crs);
        let properties = CellProperties { cell: id.clone(), count: *count, suppressed: count.is_none() };
        features.push(Feature::new(id, Polygon::new(ring), properties));
    }
    let members = PublicMembers {
        grid: GridKind::Square,
        size_m: view.size_m,
        method: release::METHOD,
        version: view.releases.iter().map(|head| head.period.as_str()).collect::<Vec<_>>().join(","),
        total,
        suppressed,
        k: K,
        municipality: code.to_string(),
        release: view.releases.first().map(Release::of),
        releases: view.releases.iter().map(Release::of).collect(),
        message: view.releases.is_empty().then_some(if view.any { NONE_THEN } else { NONE_YET }),
    };
    FeatureCollection::new(members, features)
}

fn meets(ring: &[[f64; 2]], [west, south, east, north]: [f64; 4]) -> bool {
    let (mut low, mut high) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
    for [lon, lat] in ring {
        low = [low[0].min(*lon), low[1].min(*lat)];
        high = [high[0].max(*lon), high[1].max(*lat)];
    }
    low[0] <= east && high[0] >= west && low[1] <= north && high[1] >= south
}

/// The numbers beside the map.
///
/// How many reports answer the filters, by hour, weekday, month, category and everything else one may filter by. `municipality` is needed.
#[utoipa::path(
    get, path = "/summary", tag = "heatmap",
    params(ReportFilters, IfNoneMatch),
    responses(
        (status = 200, description = "The numbers.", body = Summary, headers(("ETag" = String))),
        (status = 304, description = "As the `ETag` one has."),
        Asks, NeedsRight,
    ),
    security(("bearer" = []), ("session" = [])),
)]
async fn get_summary(
    State(server): State<Server>,
    caller: Caller,
    headers: HeaderMap,
    uri: axum::http::Uri,
    parameters: Parameters,
) -> Result<Response, Problem> {
    let part = one_kommun(&server, &caller.planner()?, parameters).await?;
    let etag = format!("summary-{}", live_etag(std::slice::from_ref(&part), &uri));
    answer::tagged(&headers, &etag, async move || {
        let body = tokio::task::spawn_blocking(move || Summary::of(&part)).await.map_err(|_| Problem::new(Kind::Internal))?;
        Ok(answer::tagged_json(&body))
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_of_too_many_cells_says_which_parameter_makes_fewer() {
        let named = |cells, grid| bounded(cells, grid).map_err(|problem| problem.faults[0].pointer.clone());
        let h3 = Grid::h3(11).expect("a resolution");
        assert_eq!((named(CELLS_MAX, DEFAULT_GRID), named(CELLS_MAX, h3)), (Ok(()), Ok(())));
        assert_eq!(named(CELLS_MAX + 1, DEFAULT_GRID), Err("?size_m".to_owned()));
        assert_eq!(named(CELLS_MAX + 1, h3), Err("?resolution".to_owned()));
    }
}
