//! Searching place names.

use axum::extract::State;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::extract::Parameters;
use super::geojson::Point;
use super::openapi::answers::Asks;
use super::openapi::parameters::PlaceParameters;
use super::problem::Problem;
use super::{Server, answer};
use crate::app::places::{ALL_MAX, Found, SEARCH_MAX};
use crate::domain::ids::MunicipalityCode;
use crate::domain::invalid::Fault;

/// Names that were found.
#[derive(Debug, Serialize, ToSchema)]
struct Places<'a> {
    /// Best first.
    places: Vec<NamedPlace<'a>>,
    /// Where the names come from, to be shown with them.
    source: String,
}

/// A name with its position.
#[derive(Debug, Serialize, ToSchema)]
struct NamedPlace<'a> {
    /// The name.
    name: &'a str,
    /// What it names, such as `locality`.
    kind: &'a str,
    /// The kommun it lies in.
    municipality: PlaceMunicipality<'a>,
    /// Where.
    location: Point,
}

/// The kommun of a name.
#[derive(Debug, Serialize, ToSchema)]
struct PlaceMunicipality<'a> {
    /// Four digits.
    #[schema(pattern = "^[0-9]{4}$")]
    code: &'a str,
    /// Its name.
    name: &'a str,
    /// Whether it takes reports here.
    active: bool,
}

impl<'a> NamedPlace<'a> {
    fn of(found: &'a Found) -> Self {
        let municipality = &found.kommun.municipality;
        Self {
            name: &found.place.name,
            kind: &found.place.kind,
            municipality: PlaceMunicipality { code: municipality.code.as_str(), name: &municipality.name, active: municipality.active },
            location: Point::new(found.place.lon, found.place.lat),
        }
    }
}

/// The routes of this file.
pub(super) fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::default().routes(routes!(search_places))
}

/// Names to find a place by.
///
/// Those that begin with `q`; without `q`, all names of the kommun.
#[utoipa::path(
    get, path = "/places", tag = "places",
    params(PlaceParameters),
    responses((status = 200, description = "Names, best first.", body = Places), Asks),
)]
async fn search_places(State(server): State<Server>, mut parameters: Parameters) -> Result<Response, Problem> {
    let words = parameters.parsed("q", |text| if text.chars().count() <= 100 { Ok(text.to_owned()) } else { Err(Fault::TooLong(100)) });
    let municipality = parameters.parsed("municipality", |text| MunicipalityCode::parse(text).ok_or(Fault::UnknownMunicipality));
    let most = if words.is_some() { SEARCH_MAX } else { ALL_MAX };
    let limit = parameters.parsed("limit", |text| match text.parse::<usize>() {
        Ok(limit) if (1..=ALL_MAX).contains(&limit) => Ok(limit.min(most)),
        _ => Err(Fault::OutOfRange(1.0, ALL_MAX as f64)),
    });
    if words.is_none() && municipality.is_none() {
        parameters.fault("q", Fault::Missing);
    }
    parameters.finish()?;
    let found = server.app.search_places(words.as_deref().unwrap_or_default(), municipality, limit.unwrap_or(most));
    let mut sources: Vec<&str> = found.iter().map(|found| found.place.source.as_str()).collect();
    sources.sort_unstable();
    sources.dedup();
    let places = found.iter().map(NamedPlace::of).collect();
    Ok(answer::public_json(&Places { places, source: sources.join("; ") }))
}
