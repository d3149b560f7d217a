//! The report filters as query parameters.

use geo_types::MultiPolygon;
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::json;

use super::Server;
use super::extract::Parameters;
use super::form::one_of;
use super::problem::{Kind, Problem};
use crate::app::query::{Part, ReportQuery};
use crate::domain::actor::Actor;
use crate::domain::codes::{Bits, Category, Feeling, Group, Light, Perspective, Status, TimeBand, TravelMode};
use crate::domain::ids::{FocusAreaId, MunicipalityCode};
use crate::domain::invalid::Fault;
use crate::domain::permission::Act;
use crate::domain::time;
use crate::geo::grid::Grid;
use crate::geo::outline::polygon_from_geojson;
use crate::geo::shape::Shape;

/// Most vertices of a polygon somebody draws.
pub(super) const POLYGON_VERTICES: usize = 2_000;

/// No id of a cell is longer.
const CELL_LONGEST: usize = 64;

/// Takes every report filter but `polygon`, whose reading costs: see [`polygon`].
pub(super) fn report_query(parameters: &mut Parameters) -> ReportQuery {
    ReportQuery {
        municipality: parameters.parsed("municipality", |text| MunicipalityCode::parse(text).ok_or(Fault::UnknownMunicipality)),
        bbox: parameters.parsed("bbox", bbox),
        groups: parameters.list("group", 12, |text| one_of(text, Group::ALL, Group::as_str)),
        categories: parameters.list("category", 64, |text| one_of(text, Category::ALL, Category::as_str)),
        feeling: parameters.parsed("feeling", |text| one_of(text, Feeling::ALL, Feeling::as_str)),
        from: parameters.parsed("from", instant),
        to: parameters.parsed("to", instant),
        hours: numbers(parameters, "hour", 0, 23),
        weekdays: numbers(parameters, "weekday", 1, 7),
        months: numbers(parameters, "month", 1, 12),
        light: codes(parameters, "light", Light::ALL, Light::as_str),
        time_bands: codes(parameters, "time_band", TimeBand::ALL, TimeBand::as_str),
        travel_modes: codes(parameters, "travel_mode", TravelMode::ALL, TravelMode::as_str),
        perspectives: codes(parameters, "perspective", Perspective::ALL, Perspective::as_str),
        insecurity_min: parameters.parsed("insecurity_min", |text| number(text, 0, 3)),
        focus_areas: parameters.list("focus_area", 64, |text| FocusAreaId::parse(text).ok_or(Fault::Unreadable)),
        polygon: None,
        cell: parameters.parsed("cell", cell),
        statuses: codes(parameters, "status", Status::ALL, Status::as_str),
        sources: parameters.list("source", 64, |text| if text.len() <= 200 { Ok(text.to_owned()) } else { Err(Fault::TooLong(200)) }),
        since: parameters.parsed("since", |text| text.parse().map_err(|_| Fault::Unreadable)),
    }
}

/// Grid and cell, `square250-3520006860000`; whether the kommun has such a cell is seen later.
fn cell(text: &str) -> Result<(Grid, String), Fault> {
    Grid::named(text).filter(|(_, id)| id.len() <= CELL_LONGEST).map(|(grid, id)| (grid, id.to_owned())).ok_or(Fault::UnknownCell)
}

/// `west,south,east,north`.
pub(super) fn bbox(text: &str) -> Result<[f64; 4], Fault> {
    let numbers: Vec<f64> =
        text.split(',').map(|part| part.trim().parse::<f64>()).collect::<Result<_, _>>().map_err(|_| Fault::Unreadable)?;
    match numbers[..] {
        [west, south, east, north]
            if [west, east].iter().all(|lon| lon.abs() <= 180.0) && [south, north].iter().all(|lat| lat.abs() <= 90.0) =>
        {
            if west <= east && south <= north { Ok([west, south, east, north]) } else { Err(Fault::Unreadable) }
        }
        [west, _, east, _] if [west, east].iter().all(|lon| lon.abs() <= 180.0) => Err(Fault::OutOfRange(-90.0, 90.0)),
        [_, _, _, _] => Err(Fault::OutOfRange(-180.0, 180.0)),
        _ => Err(Fault::Unreadable),
    }
}

/// An instant, or the local midnight at which a date begins; microseconds UTC.
pub(super) fn instant(text: &str) -> Result<i64, Fault> {
    if let (10, Ok(date)) = (text.len(), text.parse::<Date>()) {
        return time::start_of_day(date).map(Timestamp::as_microsecond).ok_or(Fault::NotATime);
    }
    text.parse::<Timestamp>().map(Timestamp::as_microsecond).map_err(|_| Fault::NotATime)
}

/// A number in a range.
pub(super) fn decimal(text: &str, low: f64, high: f64) -> Result<f64, Fault> {
    match text.parse::<f64>() {
        Ok(value) if (low..=high).contains(&value) => Ok(value),
        Ok(_) => Err(Fault::OutOfRange(low, high)),
        Err(_) => Err(Fault::Unreadable),
    }
}

/// A whole number in a range.
pub(super) fn within(text: &str, low: u32, high: u32) -> Result<u32, Fault> {
    match text.parse::<u32>() {
        Ok(value) if (low..=high).contains(&value) => Ok(value),
        Ok(_) => Err(Fault::OutOfRange(f64::from(low), f64::from(high))),
        Err(_) => Err(Fault::Unreadable),
    }
}

/// The same question from another place on.
pub(super) fn next_link(uri: &axum::http::Uri, after: &str) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (name, value) in form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()) {
        if name != "after" {
            query.append_pair(&name, &value);
        }
    }
    query.append_pair("after", after);
    format!("/api/v1{}?{}", uri.path().strip_prefix("/api/v1").unwrap_or(uri.path()), query.finish())
}

/// Ends the reading of a planner's question that one kommun answers: takes the report filters, of which `municipality` is needed.
pub(super) async fn one_kommun(server: &Server, actor: &Actor, mut parameters: Parameters) -> Result<Part, Problem> {
    let mut query = report_query(&mut parameters);
    query.polygon = polygon(&mut parameters).await;
    if query.municipality.is_none() {
        parameters.fault("municipality", Fault::Missing);
    }
    parameters.finish()?;
    let mut parts = server.app.resolve(actor, Act::SeeLive, &query)?;
    parts.pop().ok_or_else(|| Problem::new(Kind::NotFound))
}

fn codes<T: Copy>(parameters: &mut Parameters, name: &str, all: &'static [T], code: fn(T) -> &'static str) -> Option<Bits> {
    let list = parameters.list(name, all.len(), |text| {
        all.iter().position(|value| code(*value) == text).ok_or_else(|| Fault::NotAllowed(all.iter().map(|value| code(*value)).collect()))
    });
    (!list.is_empty()).then(|| list.into_iter().collect())
}

fn numbers(parameters: &mut Parameters, name: &str, min: u8, max: u8) -> Option<Bits> {
    let list = parameters.list(name, 24, |text| number(text, min, max));
    (!list.is_empty()).then(|| list.into_iter().map(usize::from).collect())
}

fn number(text: &str, min: u8, max: u8) -> Result<u8, Fault> {
    let number: u8 = text.trim().parse().map_err(|_| Fault::OutOfRange(f64::from(min), f64::from(max)))?;
    if (min..=max).contains(&number) { Ok(number) } else { Err(Fault::OutOfRange(f64::from(min), f64::from(max))) }
}

/// Takes `polygon`, for a caller with the right: two thousand corners take milliseconds of pure computing, not on the threads that serve
/// everybody else.
pub(super) async fn polygon(parameters: &mut Parameters) -> Option<Shape> {
    let text = parameters.take("polygon")?;
    let shape = move || Shape::new(&ring(&text)?).ok_or(Fault::Unreadable);
    let read = tokio::task::spawn_blocking(shape).await.unwrap_or(Err(Fault::Unreadable));
    read.map_err(|fault| parameters.fault("polygon", fault)).ok()
}

/// `lon lat,lon lat,…`: one ring, closed by itself when it is not.
fn ring(text: &str) -> Result<MultiPolygon<f64>, Fault> {
    let mut corners: Vec<[f64; 2]> = Vec::new();
    for pair in text.split(',').take(POLYGON_VERTICES + 1) {
        let mut numbers = pair.split_whitespace().map(str::parse::<f64>);
        match (numbers.next(), numbers.next(), numbers.next()) {
            (Some(Ok(lon)), Some(Ok(lat)), None) if lon.is_finite() && lat.is_finite() => corners.push([lon, lat]),
            _ => return Err(Fault::Unreadable),
        }
    }
    if corners.first() != corners.last()
        && let Some(first) = corners.first().copied()
    {
        corners.push(first);
    }
    polygon_from_geojson(&json!({"type": "Polygon", "coordinates": [corners]}), POLYGON_VERTICES)
        .map_err(|fault| Fault::Geometry(fault.code()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_and_polygons_read_or_say_why_not() {
        assert_eq!(bbox("14.0,56.0,15.0,57.0"), Ok([14.0, 56.0, 15.0, 57.0]));
        assert!(["", "1,2,3", "15,56,14,57", "NaN,0,1,1", "1e308,0,1e308,1", "14,56,15,91"].iter().all(|text| bbox(text).is_err()));
        assert_eq!(
            (bbox("14,56,15,91"), bbox("14,56,181,57")),
            (Err(Fault::OutOfRange(-90.0, 90.0)), Err(Fault::OutOfRange(-180.0, 180.0)))
        );
        assert!(ring("14 56,15 56,15 57").is_ok(), "closed by itself");
        assert!(ring("14 56,15 57,15 56,14 57").is_err(), "a bow tie");
        assert!(ring(&"14 56,".repeat(3_000)).is_err());
    }

    #[test]
    fn a_date_is_its_local_midnight() {
        assert_eq!(instant("2026-07-01"), instant("2026-06-30T22:00:00Z"));
        assert!(instant("yesterday").is_err() && instant("2026-13-01").is_err());
    }
}
