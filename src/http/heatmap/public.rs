//! What everybody sees of the heatmap: frozen releases, in their own views.

use axum::http::HeaderMap;
use axum::response::Response;
use jiff::Timestamp;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::cells::DEFAULT_GRID;
use super::documents::{GridKind, NONE_THEN, NONE_YET, PublicMembers};
use super::features::{Form, Pieces, Said, Values};
use super::question::Asked;
use super::tile::Tag;
use crate::analysis::heatmap::Statistic;
use crate::analysis::release::{self, Category as PublicCategory};
use crate::app::keys::hex;
use crate::app::query::ReportQuery;
use crate::app::releases::{K, PublicView};
use crate::domain::codes::{Feeling, Group};
use crate::domain::ids::MunicipalityCode;
use crate::domain::invalid::{Fault, FieldFault};
use crate::domain::time::Quarter;
use crate::geo::grid::{CellKey, Grid};
use crate::geo::sweref::MetricCrs;
use crate::geo::tile::mvt::{Key, Layer, Value};
use crate::http::Server;
use crate::http::bodies::Audience;
use crate::http::municipalities::Release;
use crate::http::problem::{Kind, Problem};

/// What everybody may ask: a frozen release in one of its own views. Anything finer is refused, whatever the answer would be.
pub(super) async fn public_heatmap(
    server: &Server,
    headers: &HeaderMap,
    form: Form,
    question: Result<PublicQuestion, Problem>,
    query: &ReportQuery,
) -> Result<Response, Problem> {
    let code = match (query.municipality, query.bbox) {
        (Some(code), _) => code,
        (None, Some(bbox)) => kommun_of_box(server, bbox)?,
        (None, None) => return Err(Problem::parameters(vec![FieldFault::at("?municipality", Fault::Missing)])),
    };
    let kommun = server.app.registry().kommun(code).cloned();
    let kommun = kommun.ok_or_else(|| Problem::parameters(vec![FieldFault::at("?municipality", Fault::UnknownMunicipality)]))?;
    let (view, name) = question?.view(server, code).await?;
    let etag = release_etag(&format!("{name}-{:?}", query.bbox));
    let (pieces, crs, bbox) = (std::sync::Arc::clone(&server.pieces), kommun.crs, query.bbox);
    let make = move || written(code, crs, &view, bbox, form, &pieces);
    server.bodies.answer(headers, Audience::Everybody, form.tag(&etag), form.kind(), make).await
}

/// The tag of an answer that depends on releases alone.
pub(in crate::http) fn release_etag(name: &str) -> String {
    format!("release-{}", hex(&Sha256::digest(name.as_bytes())[..16]))
}

/// The one kommun that a box lies in, by its centre; each kommun has releases of its own, and several would need one answer each.
fn kommun_of_box(server: &Server, [west, south, east, north]: [f64; 4]) -> Result<MunicipalityCode, Problem> {
    let registry = server.app.registry();
    let (lon, lat) = (f64::midpoint(west, east), f64::midpoint(south, north));
    let located = registry.locator.locate(lon, lat);
    located.map(|located| located.code).ok_or_else(|| Problem::parameters(vec![FieldFault::at("?municipality", Fault::Missing)]))
}

/// A question that a release may answer.
#[derive(Clone, Copy, Debug)]
pub(in crate::http) struct PublicQuestion {
    pub(in crate::http) size_m: u16,
    pub(in crate::http) category: PublicCategory,
    /// Instants, half-open.
    pub(in crate::http) span: Option<(i64, i64)>,
}

impl PublicQuestion {
    /// Its squares.
    pub(in crate::http) fn grid(self) -> Grid {
        Grid::square(f64::from(self.size_m)).unwrap_or(DEFAULT_GRID)
    }

    /// What a kommun has released of it, and a name for exactly that.
    pub(in crate::http) async fn view(self, server: &Server, code: MunicipalityCode) -> Result<(PublicView, String), Problem> {
        let view = server.app.public_view(code, self.size_m, self.category, self.span).await?;
        let releases: Vec<String> = view.releases.iter().map(|head| format!("{}@{}", head.period, head.made_at)).collect();
        let name = format!("{code}-{}-{}-{}-{}", view.any, releases.join("."), self.size_m, self.category.index());
        Ok((view, name))
    }
}

/// What a visitor asks of the releases, or everything in it that none of them answers.
pub(in crate::http) fn public_question(
    grid: Option<Grid>,
    statistic: Option<Asked>,
    drawn: bool,
    query: &ReportQuery,
) -> Result<PublicQuestion, Problem> {
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
        ("?cell", query.cell.is_some()),
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

fn written(
    code: MunicipalityCode,
    crs: MetricCrs,
    view: &PublicView,
    bbox: Option<[f64; 4]>,
    form: Form,
    pieces: &Pieces,
) -> Result<Vec<u8>, Problem> {
    let (grid, mut cells) = cells(view, crs);
    // Whole frozen cells: a box decides which are shown, never what they say.
    cells.retain(|(crs, key, _)| grid.ring(*key, *crs).is_some_and(|ring| bbox.is_none_or(|bbox| meets(&ring, bbox))));
    let members = PublicMembers {
        grid: GridKind::Square,
        size_m: view.size_m,
        method: release::METHOD,
        version: view.releases.iter().map(|head| head.period.as_str()).collect::<Vec<_>>().join(","),
        total: cells.iter().filter_map(|(.., cell)| cell.count).map(u64::from).sum(),
        suppressed: cells.iter().filter(|(.., cell)| cell.suppressed).count() as u64,
        k: K,
        municipality: code.to_string(),
        release: view.releases.first().map(Release::of),
        releases: view.releases.iter().map(Release::of).collect(),
        message: view.releases.is_empty().then_some(if view.any { NONE_THEN } else { NONE_YET }),
    };
    pieces.written(form, grid, members, &cells)
}

/// The squares of a view and what is published of each.
pub(in crate::http) fn cells(view: &PublicView, crs: MetricCrs) -> (Grid, Vec<Said<Published>>) {
    let grid = Grid::square(f64::from(view.size_m)).unwrap_or(DEFAULT_GRID);
    let cell = |((e, n), count): ((i64, i64), Option<u32>)| {
        let key = CellKey::pack(i32::try_from(e).ok()?, i32::try_from(n).ok()?);
        Some((crs, key, Published::new(count)))
    };
    (grid, view.cells().into_iter().filter_map(cell).collect())
}

/// What is published of a cell.
#[derive(Clone, Copy, Debug, Serialize)]
pub(in crate::http) struct Published {
    /// `null` when something is published in the larger square, but too little here.
    count: Option<u32>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    suppressed: bool,
}

impl Published {
    const fn new(count: Option<u32>) -> Self {
        Self { count, suppressed: count.is_none() }
    }

    /// The sum of what two kommuner have published of the same cell.
    const fn and(self, other: Self) -> Self {
        match (self.count, other.count) {
            (Some(one), Some(other)) => Self::new(Some(one + other)),
            (None, _) => other,
            (Some(_), None) => self,
        }
    }
}

/// Cells of several kommuner, the same cell once.
pub(in crate::http) fn summed(mut cells: Vec<Said<Published>>) -> Vec<Said<Published>> {
    cells.sort_by_key(|(crs, key, _)| (crs.epsg(), *key));
    cells.dedup_by(|next, cell| {
        let same = (next.0, next.1) == (cell.0, cell.1);
        if same {
            cell.2 = cell.2.and(next.2);
        }
        same
    });
    cells
}

impl Values for Published {
    const FIELDS: &'static [(&'static str, &'static str)] = &[
        ("count", "Number; not there when suppressed"),
        ("suppressed", "Boolean: true when something is published in the larger square, but too little here"),
    ];

    fn tags(&self, layer: &mut Layer, keys: &[Key], tags: &mut Vec<(Key, Value)>) {
        let values = [self.count.tag(layer), self.suppressed.then(|| layer.yes())];
        tags.extend(keys.iter().zip(values).filter_map(|(key, value)| Some((*key, value?))));
    }

    fn columns(cells: &[&Self], text: &mut Vec<u8>) -> serde_json::Result<()> {
        // A count that is `null` is suppressed.
        text.extend_from_slice(b",\"count\":");
        serde_json::to_writer(text, &cells.iter().map(|cell| cell.count).collect::<Vec<_>>())
    }
}

fn meets(ring: &[[f64; 2]], [west, south, east, north]: [f64; 4]) -> bool {
    let (mut low, mut high) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
    for [lon, lat] in ring {
        low = [low[0].min(*lon), low[1].min(*lat)];
        high = [high[0].max(*lon), high[1].max(*lat)];
    }
    low[0] <= east && high[0] >= west && low[1] <= north && high[1] >= south
}
