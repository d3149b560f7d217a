//! TileJSON 3.0.0: where the tiles of a question are and what is in them. <https://github.com/mapbox/tilejson-spec/tree/master/3.0.0>

use std::collections::BTreeMap;

use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use geo::BoundingRect;
use serde::Serialize;
use utoipa::ToSchema;

use super::layers::Described;
use super::near;
use crate::domain::ids::MunicipalityCode;
use crate::geo::shape::join;
use crate::geo::tile::ZOOM_MAX;
use crate::http::address::base_url;
use crate::http::problem::Problem;
use crate::http::{Server, answer};

/// Where tiles are.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TileJson {
    /// Its version.
    #[schema(pattern = "^3\\.0\\.0$")]
    tilejson: &'static str,
    name: &'static str,
    scheme: Scheme,
    /// One URL, with the parameters of the question; `{z}`, `{x}` and `{y}` are to be filled in.
    #[schema(min_items = 1)]
    tiles: Vec<String>,
    /// Before this zoom there are no tiles.
    #[schema(maximum = 22)]
    minzoom: u8,
    /// The finest; what is finer is drawn from it.
    #[schema(maximum = 22)]
    maxzoom: u8,
    /// West, south, east, north in degrees: the kommun, or all that there are.
    #[schema(value_type = Vec<f64>, min_items = 4, max_items = 4)]
    bounds: [f64; 4],
    /// Longitude, latitude, zoom.
    #[schema(value_type = Vec<f64>, min_items = 3, max_items = 3)]
    center: [f64; 3],
    vector_layers: [VectorLayer; 1],
}

/// Rows are numbered from the north.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum Scheme {
    Xyz,
}

/// A layer of the tiles.
#[derive(Debug, Serialize, ToSchema)]
struct VectorLayer {
    id: &'static str,
    description: &'static str,
    /// Properties and what they hold.
    fields: BTreeMap<&'static str, &'static str>,
    minzoom: u8,
    maxzoom: u8,
}

/// The whole world on the map.
const WORLD: [f64; 4] = [-180.0, -85.051_129, 180.0, 85.051_129];

/// Describes the tiles that answer the same question.
pub(super) fn describe(
    server: &Server,
    headers: &HeaderMap,
    uri: &Uri,
    layer: &Described<'_>,
    municipality: Option<MunicipalityCode>,
    zoom_from: u8,
) -> Result<Response, Problem> {
    let Described { id, description, fields } = *layer;
    let boxes = near(server, municipality, WORLD)?.into_iter().filter_map(|kommun| {
        let rect = kommun.municipality.outline.bounding_rect()?;
        // As wide as an outline may be off.
        let (up, side) = (kommun.municipality.uncertainty_m / 110_000.0, kommun.municipality.uncertainty_m / 30_000.0);
        Some([rect.min().x - side, rect.min().y - up, rect.max().x + side, rect.max().y + up])
    });
    let joined = boxes.reduce(join).unwrap_or(WORLD);
    let round = |degrees: f64| (degrees * 1e4).round() / 1e4;
    let bounds =
        [round(joined[0].max(WORLD[0])), round(joined[1].max(WORLD[1])), round(joined[2].min(WORLD[2])), round(joined[3].min(WORLD[3]))];
    let query = uri.query().filter(|query| !query.is_empty()).map(|query| format!("?{query}")).unwrap_or_default();
    let zoom = if municipality.is_some() { 11 } else { 5 };
    Ok(answer::private_json(&TileJson {
        tilejson: "3.0.0",
        name: id,
        scheme: Scheme::Xyz,
        tiles: vec![format!("{}/tiles/{id}/{{z}}/{{x}}/{{y}}.mvt{query}", base_url(server, headers))],
        minzoom: zoom_from,
        maxzoom: ZOOM_MAX,
        bounds,
        center: [round(f64::midpoint(bounds[0], bounds[2])), round(f64::midpoint(bounds[1], bounds[3])), f64::from(zoom_from.max(zoom))],
        vector_layers: [VectorLayer { id, description, fields: fields.iter().copied().collect(), minzoom: zoom_from, maxzoom: ZOOM_MAX }],
    }))
}
