//! The heatmap as features, cell by cell and kommun by kommun: the frozen releases for everybody, live with the right.
//!
//! A cell's id says its kommun, its grid and its name there (`1060-square250-3520006860000`), so that it is found by itself.

use geo_types::{LineString, MultiPolygon, Polygon};
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::asked::{Asked, Span, known};
use super::written::{self, Features, Keep, Question};
use crate::analysis::heatmap::{Statistic, heatmap};
use crate::analysis::release::Category;
use crate::app::keys::hex;
use crate::app::query::ReportQuery;
use crate::app::registry::Registry;
use crate::app::releases::PublicView;
use crate::domain::actor::Actor;
use crate::domain::ids::MunicipalityCode;
use crate::domain::permission::Act;
use crate::domain::time::Quarter;
use crate::geo::axes::{Axes, Extent};
use crate::geo::grid::{CellKey, Grid, Window};
use crate::geo::sweref::MetricCrs;
use crate::http::Server;
use crate::http::extract::Parameters;
use crate::http::form::one_of;
use crate::http::heatmap::{Asked as Said, DEFAULT_GRID, PublicQuestion, grid, public_question, versions};
use crate::http::problem::{Kind, Problem};
use crate::http::query::report_query;

/// What may be counted in a cell.
pub(super) const STATISTICS: [Statistic; 2] = [Statistic::Count, Statistic::Reporters];
/// The public squares, unless asked.
const PUBLIC_GRID: Grid = Grid::Square(crate::geo::grid::SquareSize::M1000);

/// The cells of a kommun, in order of key; `None` marks a number that is held back.
struct Counted {
    code: MunicipalityCode,
    crs: MetricCrs,
    cells: Vec<(CellKey, Option<u32>)>,
    /// First and last instant of what is counted, where it is frozen.
    period: Option<(i64, i64)>,
}

/// How cells are written.
#[derive(Clone, Copy)]
struct Style {
    grid: Grid,
    statistic: Statistic,
    axes: Axes,
}

/// A page of cells.
pub(super) async fn items(server: &Server, actor: &Actor, mut parameters: Parameters, asked: Asked) -> Result<Question, Problem> {
    let grid = grid(&mut parameters);
    let statistic = parameters.parsed("statistic", |text| one_of(text, &STATISTICS, Statistic::as_str)).unwrap_or(Statistic::Count);
    let public = parameters.parsed("public", |text| one_of(text, &[true], |_| "true")).is_some();
    let mut query = report_query(&mut parameters);
    let after = asked.begin(&mut parameters, cursor);
    parameters.finish()?;
    let (limit, extent) = (asked.limit, asked.extent);
    if public || !actor.sees_live(query.municipality) {
        (query.from, query.to) = quarters(asked.time).within(query.from, query.to);
        known(server, query.municipality)?;
        let PublicQuestion { size_m, category, span } = public_question(grid, Some(Said::Of(statistic)), false, &query)?;
        let views = server.app.public_views(query.municipality, size_m, category, span).await?;
        let style = Style { grid: grid.unwrap_or(PUBLIC_GRID), statistic, axes: asked.axes };
        let etag = format!("{}-{category:?}", named_releases(&views));
        let registry = server.app.registry();
        let make = move || Ok(page(frozen(&registry, &views), style, extent.as_ref(), limit, after));
        return Ok(Question { etag, keep: Keep::Public, make: Box::new(make) });
    }
    (query.from, query.to) = asked.time.within(query.from, query.to);
    let style = Style { grid: grid.unwrap_or(DEFAULT_GRID), statistic, axes: asked.axes };
    let parts = server.app.resolve_anywhere(actor, Act::SeeLive, &query)?;
    let etag = versions(&parts);
    let make = move || {
        let count = |part: &crate::app::query::Part| {
            let window = extent.as_ref().and_then(Extent::around).map(|bbox| Window::new(style.grid, part.kommun.crs, bbox));
            let cells = heatmap(&part.snapshot, style.grid, style.statistic, &part.filter, window.as_ref()).cells;
            let cells = cells.into_iter().map(|(key, count)| (key, Some(count))).collect();
            Counted { code: part.kommun.municipality.code, crs: part.kommun.crs, cells, period: None }
        };
        Ok(page(parts.iter().map(count).collect(), style, extent.as_ref(), limit, after))
    };
    Ok(Question { etag, keep: Keep::Private, make: Box::new(make) })
}

/// One cell.
pub(super) async fn item(server: &Server, actor: &Actor, id: &str, axes: Axes) -> Result<Question, Problem> {
    let nothing = || Problem::new(Kind::NotFound);
    let (code, grid, cell) = named(id).ok_or_else(nothing)?;
    let kommun = server.app.registry().kommun(code).cloned().ok_or_else(nothing)?;
    let key = grid.parse_id(cell, kommun.crs).ok_or_else(nothing)?;
    let style = Style { grid, statistic: Statistic::Count, axes };
    let only = move |mut cells: Vec<Counted>| {
        for of_kommun in &mut cells {
            of_kommun.cells.retain(|(other, _)| *other == key);
        }
        page(cells, style, None, 1, None)
    };
    if !actor.sees_live(Some(code)) {
        let size_m = grid.size_m();
        let released = matches!(grid, Grid::Square(_)) && [250.0, 500.0, 1_000.0].contains(&size_m);
        let size_m = if released { size_m as u16 } else { return Err(nothing()) };
        let views = server.app.public_views(Some(code), size_m, Category::All, None).await?;
        let (etag, registry) = (named_releases(&views), server.app.registry());
        return Ok(Question { etag, keep: Keep::Public, make: Box::new(move || Ok(only(frozen(&registry, &views)))) });
    }
    let query = ReportQuery { municipality: Some(code), ..ReportQuery::default() };
    let parts = server.app.resolve_anywhere(actor, Act::SeeLive, &query)?;
    let etag = versions(&parts);
    let make = move || {
        let around = grid.centre(key, kommun.crs).map(|(lon, lat)| Window::new(grid, kommun.crs, [lon, lat, lon, lat]));
        let count = |part: &crate::app::query::Part| {
            let cells = heatmap(&part.snapshot, grid, Statistic::Count, &part.filter, around.as_ref()).cells;
            Counted { code, crs: kommun.crs, cells: cells.into_iter().map(|(key, count)| (key, Some(count))).collect(), period: None }
        };
        Ok(only(parts.iter().map(count).collect()))
    };
    Ok(Question { etag, keep: Keep::Private, make: Box::new(make) })
}

type Views = Vec<(MunicipalityCode, PublicView)>;

/// Which releases these are, by name.
fn named_releases(views: &Views) -> String {
    let heads = views.iter().flat_map(|(code, view)| view.releases.iter().map(move |head| (code, head)));
    let name: Vec<String> = heads.map(|(code, head)| format!("{code}:{}@{}", head.period, head.made_at)).collect();
    hex(&Sha256::digest(name.join(",").as_bytes())[..16])
}

/// What was released.
fn frozen(registry: &Registry, views: &Views) -> Vec<Counted> {
    let of_kommun = |(code, view): &(MunicipalityCode, PublicView)| {
        let crs = registry.kommun(*code)?.crs;
        let first = view.releases.iter().map(|head| head.from_at).min()?;
        let last = view.releases.iter().map(|head| head.to_at).max()?;
        let cells = view.cells().into_iter();
        let cells = cells.filter_map(|((e, n), count)| Some((CellKey::pack(i32::try_from(e).ok()?, i32::try_from(n).ok()?), count)));
        Some(Counted { code: *code, crs, cells: cells.collect(), period: Some((first, last)) })
    };
    views.iter().filter_map(of_kommun).collect()
}

/// The whole quarters that a span meets: what is released is of whole quarters.
fn quarters(time: Span) -> Span {
    let (Some(first), Some(last)) = (Quarter::parse("2000-Q1"), Quarter::parse("2999-Q4")) else { return time };
    if time == Span::default() {
        return time;
    }
    // Nothing is released of other millennia, and the last years that a date can name have no quarter after them.
    let (low, high) = (first.start().as_microsecond(), last.end().as_microsecond() - 1);
    let quarter = |at: i64| Timestamp::from_microsecond(at.clamp(low, high)).map_or(first, Quarter::of);
    let (from, to) = (time.from.map_or(first, quarter), time.to.map_or(last, |to| quarter(to - 1)));
    Span { from: Some(from.start().as_microsecond()), to: Some(to.end().as_microsecond()) }
}

type Cursor = (MunicipalityCode, CellKey);

fn cursor(text: &str) -> Option<Cursor> {
    let (code, key) = text.split_once('_')?;
    Some((MunicipalityCode::parse(code)?, CellKey(u64::from_str_radix(key, 16).ok()?)))
}

/// Kommun, grid and cell of an id.
fn named(id: &str) -> Option<(MunicipalityCode, Grid, &str)> {
    let (code, cell) = id.split_once('-')?;
    let (grid, cell) = Grid::named(cell)?;
    Some((MunicipalityCode::parse(code)?, grid, cell))
}

fn page(mut kommuner: Vec<Counted>, style: Style, extent: Option<&Extent>, limit: usize, after: Option<Cursor>) -> Features {
    if let Some(extent) = extent {
        for Counted { crs, cells, .. } in &mut kommuner {
            cells.retain(|(key, _)| style.grid.ring(*key, *crs).is_some_and(|ring| extent.meets(&shape(ring))));
        }
    }
    let mut features = Features::new(kommuner.iter().map(|of| of.cells.len() as u64).sum(), 0);
    for of_kommun in &kommuner {
        let begin = match after {
            Some((code, _)) if of_kommun.code < code => continue,
            Some((code, key)) if of_kommun.code == code => of_kommun.cells.partition_point(|(other, _)| *other <= key),
            Some(_) | None => 0,
        };
        for (key, count) in &of_kommun.cells[begin..] {
            if features.returned == limit {
                return features;
            }
            feature(&mut features, of_kommun, *key, *count, style);
            features.next = Some(format!("{}_{:016x}", of_kommun.code, key.0));
        }
    }
    // All is said: no page follows.
    features.next = None;
    features
}

fn shape(ring: Vec<[f64; 2]>) -> MultiPolygon<f64> {
    MultiPolygon(vec![Polygon::new(LineString::from(ring), Vec::new())])
}

fn feature(features: &mut Features, of: &Counted, key: CellKey, count: Option<u32>, style: Style) {
    let text = &mut features.text;
    if features.returned > 0 {
        text.push(b',');
    }
    features.returned += 1;
    let (code, cell, grid) = (of.code, style.grid.id(key, of.crs), style.grid.name());
    text.extend_from_slice(format!(r#"{{"type":"Feature","id":"{code}-{grid}-{cell}","geometry":"#).as_bytes());
    written::polygon(text, style.axes, &style.grid.ring(key, of.crs).unwrap_or_default());
    let (statistic, suppressed) = (style.statistic.as_str(), count.is_none());
    text.extend_from_slice(
        format!(r#","properties":{{"municipality":"{code}","grid":"{grid}","cell":"{cell}","statistic":"{statistic}","count":"#).as_bytes(),
    );
    written::json(text, &count);
    text.extend_from_slice(format!(r#","suppressed":{suppressed},"period_from":"#).as_bytes());
    let (from, to) = of.period.unzip();
    for (end, next) in [(from, &br#","period_to":"#[..]), (to, &b"}}"[..])] {
        match end {
            Some(at) => written::instant(text, at),
            None => text.extend_from_slice(b"null"),
        }
        text.extend_from_slice(next);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_says_kommun_grid_and_cell() {
        let code = MunicipalityCode::parse("1060").expect("a code");
        for grid in Grid::ALL {
            let crs = MetricCrs::Sweref99Tm;
            let (x, y) = crs.forward(14.53, 56.27).expect("in the domain");
            let key = grid.cell(x, y, 14.53, 56.27);
            let id = format!("1060-{}-{}", grid.name(), grid.id(key, crs));
            let (of, found, cell) = named(&id).expect("an id");
            assert_eq!((of, found, found.parse_id(cell, crs)), (code, grid, Some(key)), "{id}");
        }
        assert!(["", "1060", "1060-square250", "106-square250-1", "1060-square1-1"].iter().all(|id| named(id).is_none()));
    }

    #[test]
    fn a_span_is_widened_to_whole_quarters() {
        let at = |text: &str| text.parse::<Timestamp>().expect("a time").as_microsecond();
        let q3 = Quarter::parse("2026-Q3").expect("a quarter");
        let inside = Span { from: Some(at("2026-08-01T00:00:00Z")), to: Some(at("2026-08-02T00:00:00Z")) };
        let whole = Span { from: Some(q3.start().as_microsecond()), to: Some(q3.end().as_microsecond()) };
        assert_eq!((quarters(inside), quarters(whole)), (whole, whole));
        assert_eq!(quarters(Span::default()), Span::default());
        assert_eq!(quarters(Span { to: None, ..inside }).from, whole.from);
    }
}
