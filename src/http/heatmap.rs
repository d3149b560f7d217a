//! The heatmap and the numbers beside it: live and exact with the right, the frozen release for everybody else.

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::extract::{Caller, Parameters};
use super::form::one_of;
use super::geojson::{Feature, FeatureCollection, Geometry};
use super::problem::{Kind, Problem};
use super::query::report_query;
use super::{Server, answer};
use crate::analysis::heatmap::{Heatmap, Statistic, heatmap};
use crate::analysis::release::{self, Category as PublicCategory};
use crate::analysis::summary::summary;
use crate::app::keys::hex;
use crate::app::query::{Part, ReportQuery};
use crate::app::releases::{K, PublicView};
use crate::domain::codes::{Category, Feeling, Group, Light, Perspective, Status, TimeBand, TravelMode};
use crate::domain::ids::MunicipalityCode;
use crate::domain::invalid::{Fault, FieldFault};
use crate::domain::time::Quarter;
use crate::geo::grid::{CellKey, Grid};
use crate::geo::sweref::MetricCrs;

/// Name and version of the live count.
const LIVE_METHOD: &str = "lykta-count/1";

/// The routes of this file.
pub fn routes() -> Router<Server> {
    Router::new().route("/heatmap", get(get_heatmap)).route("/summary", get(get_summary))
}

#[derive(Debug, Serialize)]
struct CellProperties {
    cell: String,
    count: Option<u32>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    suppressed: bool,
}

async fn get_heatmap(
    State(server): State<Server>,
    Caller(actor): Caller,
    headers: HeaderMap,
    uri: axum::http::Uri,
    mut parameters: Parameters,
) -> Result<Response, Problem> {
    let grid = grid(&mut parameters);
    let statistic = parameters.parsed("statistic", |text| one_of(text, &[Statistic::Count, Statistic::Reporters], Statistic::as_str));
    let query = report_query(&mut parameters);
    // The public map asks for what everybody sees, whoever is logged in beside it.
    let public = parameters.parsed("public", |text| one_of(text, &[true], |_| "true")).is_some();
    parameters.finish()?;
    if public || !actor.may_plan_everywhere() {
        return public_heatmap(&server, &headers, grid, statistic, &query).await;
    }
    let grid = grid.unwrap_or(DEFAULT_GRID);
    let statistic = statistic.unwrap_or(Statistic::Count);
    let parts = server.app.resolve(&query).map_err(|fault| Problem::parameters(vec![fault]))?;
    let etag = live_etag(&parts, &uri);
    answer::tagged(&headers, &etag, async move || {
        // Counting a large kommun takes milliseconds of pure computing: not on the threads that serve everybody else.
        let counted = tokio::task::spawn_blocking(move || live_heatmap(&parts, grid, statistic)).await;
        Ok(answer::private_geojson(&counted.map_err(|_| Problem::new(Kind::Internal))?))
    })
    .await
}

/// 250 m squares.
const DEFAULT_GRID: Grid = Grid::Square(crate::geo::grid::SquareSize::M250);

/// `grid`, `size_m`, `resolution`; `None` when none is given.
fn grid(parameters: &mut Parameters) -> Option<Grid> {
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

fn live_etag(parts: &[Part], uri: &axum::http::Uri) -> String {
    let versions: Vec<String> = parts.iter().map(|part| format!("{}.{}", part.kommun.municipality.code, part.snapshot.version())).collect();
    let query = hex(&Sha256::digest(uri.query().unwrap_or_default().as_bytes())[..8]);
    if versions.len() <= 4 {
        format!("{}-{query}", versions.join("-"))
    } else {
        format!("{}-{query}", hex(&Sha256::digest(versions.join("-").as_bytes())[..16]))
    }
}

fn live_heatmap(parts: &[Part], grid: Grid, statistic: Statistic) -> FeatureCollection<CellProperties, Value> {
    let mut cells: BTreeMap<(u32, CellKey), (u32, MetricCrs)> = BTreeMap::new();
    let (mut total, mut version) = (0, 0);
    for part in parts {
        let Heatmap { cells: counted, total: of_part } = heatmap(&part.snapshot, grid, statistic, &part.filter);
        total += of_part;
        version += part.snapshot.version();
        for (cell, count) in counted {
            // A cell on a border holds reports of two kommuner; people are counted within each, since tokens say nothing across.
            cells.entry((part.kommun.crs.epsg(), cell)).or_insert((0, part.kommun.crs)).0 += count;
        }
    }
    let features = cells
        .into_iter()
        .filter_map(|((_, key), (count, crs))| {
            let id = grid.id(key, crs);
            let ring = grid.ring(key, crs)?;
            Some(Feature::new(
                id.clone(),
                Some(Geometry::polygon(ring)),
                CellProperties { cell: id, count: Some(count), suppressed: false },
            ))
        })
        .collect();
    let mut members = grid_members(grid);
    members.insert("method".to_owned(), json!(LIVE_METHOD));
    members.insert("statistic".to_owned(), json!(statistic.as_str()));
    members.insert("version".to_owned(), json!(version));
    members.insert("total".to_owned(), json!(total));
    members.insert("suppressed".to_owned(), json!(0));
    FeatureCollection::new(Value::Object(members), features)
}

fn grid_members(grid: Grid) -> Map<String, Value> {
    let mut members = Map::new();
    match grid {
        Grid::Square(_) => members.insert("grid".to_owned(), json!("square")),
        Grid::Hex(_) => members.insert("grid".to_owned(), json!("hex")),
        Grid::H3(_) => members.insert("grid".to_owned(), json!("h3")),
    };
    match grid {
        Grid::H3(resolution) => members.insert("resolution".to_owned(), json!(u8::from(resolution))),
        Grid::Square(_) | Grid::Hex(_) => members.insert("size_m".to_owned(), json!(grid.size_m())),
    };
    members
}

/// What everybody may ask: a frozen release in one of its own views. Anything finer is refused, whatever the answer would be.
async fn public_heatmap(
    server: &Server,
    headers: &HeaderMap,
    grid: Option<Grid>,
    statistic: Option<Statistic>,
    query: &ReportQuery,
) -> Result<Response, Problem> {
    let code = match (query.municipality, query.bbox) {
        (Some(code), _) => code,
        (None, Some(bbox)) => kommun_of_box(server, bbox)?,
        (None, None) => return Err(Problem::parameters(vec![FieldFault::at("?municipality", Fault::Missing)])),
    };
    let kommun = server.app.registry().kommun(code).cloned();
    let kommun = kommun.ok_or_else(|| Problem::parameters(vec![FieldFault::at("?municipality", Fault::UnknownMunicipality)]))?;
    let size_m: u16 = match grid {
        None => 1_000,
        Some(grid @ Grid::Square(_)) if [250.0, 500.0, 1_000.0].contains(&grid.size_m()) => grid.size_m() as u16,
        Some(_) => return Err(not_public("?grid")),
    };
    if statistic == Some(Statistic::Reporters) {
        return Err(not_public("?statistic"));
    }
    let category = public_category(query)?;
    let span = public_span(query)?;
    let view = server.app.public_view(code, size_m, category, span).await?;
    let periods: Vec<&str> = view.releases.iter().map(|head| head.period.as_str()).collect();
    let name = format!("{code}-{}-{size_m}-{}-{:?}", periods.join("."), category.index(), query.bbox);
    let etag = format!("release-{}", hex(&Sha256::digest(name.as_bytes())[..16]));
    answer::tagged(headers, &etag, async || Ok(answer::public_geojson(&public_body(code, kommun.crs, &view, query.bbox)))).await
}

fn not_public(parameter: &str) -> Problem {
    Problem { faults: vec![FieldFault::at(parameter, Fault::Conflicts("public"))], ..Problem::new(Kind::NotPublic) }
}

/// The one active kommun a box lies in; several would need one answer each.
fn kommun_of_box(server: &Server, [west, south, east, north]: [f64; 4]) -> Result<MunicipalityCode, Problem> {
    let registry = server.app.registry();
    let (lon, lat) = (f64::midpoint(west, east), f64::midpoint(south, north));
    let located = registry.locator.locate(lon, lat);
    located.map(|located| located.code).ok_or_else(|| Problem::parameters(vec![FieldFault::at("?municipality", Fault::Missing)]))
}

fn public_category(query: &ReportQuery) -> Result<PublicCategory, Problem> {
    let finer = [
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
        ("?polygon", query.polygon.is_some()),
        ("?status", query.statuses.is_some()),
        ("?source", !query.sources.is_empty()),
        ("?since", query.since.is_some()),
        ("?group", query.groups.len() > 1),
    ];
    if let Some((parameter, _)) = finer.iter().find(|(_, asked)| *asked) {
        return Err(not_public(parameter));
    }
    match (query.groups.first(), query.feeling) {
        (None, None) => Ok(PublicCategory::All),
        (None, Some(Feeling::Unsafe)) => Ok(PublicCategory::Unsafe),
        (None, Some(Feeling::Safe)) => Ok(PublicCategory::Group(Group::Safe.index() as u8)),
        (Some(Group::Safe), Some(Feeling::Unsafe)) => Err(not_public("?feeling")),
        (Some(group), Some(Feeling::Safe)) if *group != Group::Safe => Err(not_public("?feeling")),
        (Some(group), _) => Ok(PublicCategory::Group(group.index() as u8)),
    }
}

/// A span of whole quarters in the past.
fn public_span(query: &ReportQuery) -> Result<Option<(i64, i64)>, Problem> {
    let starts_quarter = |at: i64| Timestamp::from_microsecond(at).is_ok_and(|instant| Quarter::of(instant).start() == instant);
    match (query.from, query.to) {
        (None, None) => Ok(None),
        (Some(from), Some(to)) if from < to && starts_quarter(from) && starts_quarter(to) => Ok(Some((from, to))),
        _ => Err(not_public("?from")),
    }
}

fn public_body(
    code: MunicipalityCode,
    crs: MetricCrs,
    view: &PublicView,
    bbox: Option<[f64; 4]>,
) -> FeatureCollection<CellProperties, Value> {
    let mut members = Map::new();
    members.insert("grid".to_owned(), json!("square"));
    members.insert("size_m".to_owned(), json!(view.size_m));
    members.insert("method".to_owned(), json!(release::METHOD));
    members.insert("k".to_owned(), json!(K));
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
        features.push(Feature::new(id, Some(Geometry::polygon(ring)), properties));
    }
    members.insert("total".to_owned(), json!(total));
    members.insert("suppressed".to_owned(), json!(suppressed));
    let releases: Vec<Value> = view.releases.iter().map(super::municipalities::release_document).collect();
    members.insert("version".to_owned(), json!(view.releases.iter().map(|head| head.period.as_str()).collect::<Vec<_>>().join(",")));
    members.insert("municipality".to_owned(), json!(code.as_str()));
    members.insert("release".to_owned(), releases.first().cloned().unwrap_or(Value::Null));
    members.insert("releases".to_owned(), Value::Array(releases));
    if view.releases.is_empty() {
        let message = json!({
            "sv": "Kommunen har inte gett ut någon karta än. Den första kommer när ett kvartal är slut.",
            "en": "The municipality has not released a map yet. The first comes when a quarter is over.",
        });
        members.insert("message".to_owned(), message);
    }
    FeatureCollection::new(Value::Object(members), features)
}

fn meets(ring: &[[f64; 2]], [west, south, east, north]: [f64; 4]) -> bool {
    let (mut low, mut high) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
    for [lon, lat] in ring {
        low = [low[0].min(*lon), low[1].min(*lat)];
        high = [high[0].max(*lon), high[1].max(*lat)];
    }
    low[0] <= east && high[0] >= west && low[1] <= north && high[1] >= south
}

async fn get_summary(
    State(server): State<Server>,
    caller: Caller,
    headers: HeaderMap,
    uri: axum::http::Uri,
    mut parameters: Parameters,
) -> Result<Response, Problem> {
    let query = report_query(&mut parameters);
    parameters.finish()?;
    caller.planner()?;
    if query.municipality.is_none() {
        return Err(Problem::parameters(vec![FieldFault::at("?municipality", Fault::Missing)]));
    }
    let mut parts = server.app.resolve(&query).map_err(|fault| Problem::parameters(vec![fault]))?;
    let etag = format!("summary-{}", live_etag(&parts, &uri));
    let part = parts.pop().ok_or_else(|| Problem::new(Kind::NotFound))?;
    answer::tagged(&headers, &etag, async move || {
        let body = tokio::task::spawn_blocking(move || summary_document(&part)).await.map_err(|_| Problem::new(Kind::Internal))?;
        Ok(answer::private_json(&body))
    })
    .await
}

fn summary_document(part: &Part) -> Value {
    let areas = part.kommun.areas.conditions();
    let sum = summary(&part.snapshot, &part.filter, &areas);
    fn named<T: Copy>(all: &[T], name: fn(T) -> &'static str, counts: &[u64]) -> Value {
        all.iter().zip(counts).map(|(code, count)| (name(*code).to_owned(), json!(count))).collect::<Map<_, _>>().into()
    }
    let group: Map<String, Value> = Group::ALL
        .iter()
        .map(|group| (group.as_str().to_owned(), json!(group.categories().map(|c| sum.category[c.index()]).sum::<u64>())))
        .collect();
    let feeling: Map<String, Value> = Feeling::ALL
        .iter()
        .map(|feeling| {
            let count: u64 = Category::ALL.iter().filter(|c| c.feeling() == *feeling).map(|c| sum.category[c.index()]).sum();
            (feeling.as_str().to_owned(), json!(count))
        })
        .collect();
    let month: Vec<Value> =
        sum.month.iter().map(|((year, month), count)| json!({"month": format!("{year:04}-{month:02}"), "count": count})).collect();
    let source: Map<String, Value> = part.sources.iter().zip(&sum.source).map(|(name, count)| (name.clone(), json!(count))).collect();
    let focus: Map<String, Value> =
        part.kommun.areas.iter().zip(&sum.areas).map(|(area, count)| (area.id.to_string(), json!(count))).collect();
    json!({
        "version": part.snapshot.version(),
        "total": sum.total,
        "reporters": sum.reporters,
        "unplaced": sum.unplaced,
        "hour": sum.hour,
        "weekday": sum.weekday,
        "month": month,
        "category": named(Category::ALL, Category::as_str, &sum.category),
        "group": group,
        "feeling": feeling,
        "light": named(Light::ALL, Light::as_str, &sum.light),
        "status": named(Status::ALL, Status::as_str, &sum.status),
        "time_band": named(TimeBand::ALL, TimeBand::as_str, &sum.time_band),
        "travel_mode": named(TravelMode::ALL, TravelMode::as_str, &sum.travel_mode),
        "perspective": named(Perspective::ALL, Perspective::as_str, &sum.perspective),
        "source": source,
        "focus_area": focus,
    })
}
