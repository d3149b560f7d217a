//! Map tiles: reports, the heatmap and focus areas as Mapbox Vector Tiles, with the filters and rights of the same answers as GeoJSON, and
//! TileJSON that says where they are.
//!
//! A tile with nothing in it is a 200 without bytes: an empty tile is a valid one, and it has a tag like any other.

mod json;
mod layers;
mod path;

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use self::json::{TileJson, describe};
use self::layers::{AREAS, Described, REPORTS};
use self::path::TilePath;
use super::Server;
use super::bodies::Audience;
use super::extract::{Caller, Parameters};
use super::form::one_of;
use super::heatmap::{Asked, Form, HEATMAP, LiveQuestion, MVT, PublicQuestion, Published, Values};
use super::heatmap::{grid, live_etag, public_cells, public_question, release_etag, summed};
use super::openapi::answers::{Asks, Finds, Knows, NeedsRight, Reads};
use super::openapi::parameters::{CellParameters, IfNoneMatch, ReportFilters, TileMunicipality, TileParameters};
use super::problem::{Problem, ProblemDocument};
use super::query::{polygon, report_query};
use crate::analysis::tiles::reports;
use crate::app::query::{BESIDE, ReportQuery};
use crate::app::registry::Kommun;
use crate::domain::actor::Actor;
use crate::domain::ids::MunicipalityCode;
use crate::domain::invalid::{Fault, FieldFault};
use crate::domain::permission::Act;

/// The routes of this file, at the root.
pub(super) fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::default()
        .routes(routes!(get_reports_tile))
        .routes(routes!(get_heatmap_tile))
        .routes(routes!(get_focus_areas_tile))
        .routes(routes!(describe_reports_tiles))
        .routes(routes!(describe_heatmap_tiles))
        .routes(routes!(describe_focus_areas_tiles))
}

/// A tile of reports.
///
/// From zoom 14 a point for each, up to 10,000 in a tile; before it, and where there are more, sums (`cluster`, `point_count`). Whatever
/// the zoom, its tiles hold every placed report that answers the filters exactly once.
#[utoipa::path(
    get, path = "/tiles/reports/{z}/{x}/{y}", tag = "tiles",
    params(TileParameters, ReportFilters, IfNoneMatch),
    responses(
        (status = 200, description = "The layer `reports`; no bytes when nothing is there.", body = [u8], content_type = "application/vnd.mapbox-vector-tile", headers(("ETag" = String))),
        (status = 304, description = "As the `ETag` one has."),
        Asks, NeedsRight, Finds,
    ),
    security(("bearer" = []), ("session" = [])),
)]
async fn get_reports_tile(
    State(server): State<Server>,
    caller: Caller,
    path: TilePath,
    headers: HeaderMap,
    uri: Uri,
    mut parameters: Parameters,
) -> Result<Response, Problem> {
    let actor = caller.who_may(Act::SeeLive)?;
    let query = reports_query(&mut parameters).await;
    parameters.finish()?;
    let tile = path.tile(0)?;
    let parts = server.app.resolve_near(&actor, Act::SeeLive, &query, tile.bounds())?;
    server.app.note_places(&actor, &parts).await?;
    let etag = format!("{}-{}", path.name(REPORTS), live_etag(&parts, &uri));
    let make = move || Ok(layers::reports(&reports(parts.iter().map(|part| (&*part.snapshot, &part.filter)), tile)));
    server.bodies.answer(&headers, Audience::Caller, etag, MVT, make).await
}

/// A tile of the heatmap.
///
/// The cells that meet the tile, each whole: with the right live, under every filter, as counts or distinct people or, of one kommun, with
/// any `statistic` of `/api/v1/heatmap`, their properties those of its GeoJSON (`null` left out); for everybody else, or with
/// `public=true`, as the kommuner's releases say. `cell` and the feature's number name a cell in every tile that it meets.
#[utoipa::path(
    get, path = "/tiles/heatmap/{z}/{x}/{y}", tag = "tiles",
    params(TileParameters, CellParameters, ReportFilters, IfNoneMatch),
    responses(
        (status = 200, description = "The layer `heatmap`; no bytes when nothing is there.", body = [u8], content_type = "application/vnd.mapbox-vector-tile", headers(("ETag" = String))),
        (status = 304, description = "As the `ETag` one has."),
        (status = 403, description = "Only the frozen release is public (`/problems/not-public`).", body = ProblemDocument, content_type = "application/problem+json"),
        Asks, Knows, Reads, Finds,
    ),
    security((), ("bearer" = []), ("session" = [])),
)]
async fn get_heatmap_tile(
    State(server): State<Server>,
    Caller(actor): Caller,
    path: TilePath,
    headers: HeaderMap,
    uri: Uri,
    mut parameters: Parameters,
) -> Result<Response, Problem> {
    let question = HeatmapQuestion::take(&actor, &mut parameters).await;
    parameters.finish()?;
    let question = question?;
    let tile = path.tile(question.zoom_from())?;
    match question {
        HeatmapQuestion::Live { query, question } => {
            let parts = server.app.resolve_near(&actor, Act::SeeLive, &query, tile.bounds())?;
            // All tiles of a view are of the same question, whose name this is.
            let name = live_etag(&parts, &uri);
            let (etag, bodies) = (format!("{}-{name}", path.name(HEATMAP)), Arc::clone(&server.bodies));
            let make = move || question.written(Form::Tile(tile), &server, &name, &parts, Some(tile.bounds()));
            bodies.answer(&headers, Audience::Caller, etag, MVT, make).await
        }
        HeatmapQuestion::Public { question, municipality } => {
            let (mut cells, mut name) = (Vec::new(), path.name(HEATMAP));
            for kommun in kommuner(&server, municipality, tile.bounds())? {
                let (view, of_kommun) = question.view(&server, kommun.municipality.code).await?;
                name.extend(["-", &of_kommun]);
                cells.push((kommun.crs, view));
            }
            let pieces = Arc::clone(&server.pieces);
            let make = move || {
                let cells = cells.iter().flat_map(|(crs, view)| public_cells(view, *crs).1).collect();
                pieces.tile(question.grid(), &summed(cells), tile)
            };
            server.bodies.answer(&headers, Audience::Everybody, release_etag(&name), MVT, make).await
        }
    }
}

/// A tile of focus areas.
///
/// The place areas that meet the tile; themes have no place.
#[utoipa::path(
    get, path = "/tiles/focus-areas/{z}/{x}/{y}", tag = "tiles",
    params(TileParameters, TileMunicipality, IfNoneMatch),
    responses(
        (status = 200, description = "The layer `focus-areas`; no bytes when nothing is there.", body = [u8], content_type = "application/vnd.mapbox-vector-tile", headers(("ETag" = String))),
        (status = 304, description = "As the `ETag` one has."),
        Asks, Finds,
    ),
)]
async fn get_focus_areas_tile(
    State(server): State<Server>,
    path: TilePath,
    headers: HeaderMap,
    mut parameters: Parameters,
) -> Result<Response, Problem> {
    let municipality = municipality(&mut parameters);
    parameters.finish()?;
    let tile = path.tile(0)?;
    let mut kommuner = near(&server, municipality, tile.bounds())?;
    kommuner.retain(|kommun| kommun.areas.iter().next().is_some());
    let tags = kommuner.iter().map(|kommun| format!("{}.{:x}", kommun.municipality.code, kommun.areas_tag));
    let etag = release_etag(&tags.fold(path.name(AREAS), |name, tag| name + "-" + &tag));
    server.bodies.answer(&headers, Audience::Everybody, etag, MVT, move || Ok(layers::areas(&kommuner, tile))).await
}

/// Where the tiles of reports are.
///
/// With the filters of the question.
#[utoipa::path(
    get, path = "/tiles/reports.json", tag = "tiles",
    params(ReportFilters),
    responses((status = 200, description = "TileJSON 3.0.0.", body = TileJson), Asks, NeedsRight),
    security(("bearer" = []), ("session" = [])),
)]
async fn describe_reports_tiles(
    State(server): State<Server>,
    caller: Caller,
    headers: HeaderMap,
    uri: Uri,
    mut parameters: Parameters,
) -> Result<Response, Problem> {
    caller.who_may(Act::SeeLive)?;
    let query = reports_query(&mut parameters).await;
    parameters.finish()?;
    describe(&server, &headers, &uri, &layers::REPORTS_LAYER, query.municipality, 0)
}

/// Where the tiles of the heatmap are.
///
/// With the grid, the statistic and the filters of the question.
#[utoipa::path(
    get, path = "/tiles/heatmap.json", tag = "tiles",
    params(CellParameters, ReportFilters),
    responses(
        (status = 200, description = "TileJSON 3.0.0.", body = TileJson),
        (status = 403, description = "Only the frozen release is public (`/problems/not-public`).", body = ProblemDocument, content_type = "application/problem+json"),
        Asks, Knows,
    ),
    security((), ("bearer" = []), ("session" = [])),
)]
async fn describe_heatmap_tiles(
    State(server): State<Server>,
    Caller(actor): Caller,
    headers: HeaderMap,
    uri: Uri,
    mut parameters: Parameters,
) -> Result<Response, Problem> {
    let question = HeatmapQuestion::take(&actor, &mut parameters).await;
    parameters.finish()?;
    let question = question?;
    let fields = [layers::HEATMAP_LAYER.fields, question.fields()].concat();
    let layer = Described { fields: &fields, ..layers::HEATMAP_LAYER };
    describe(&server, &headers, &uri, &layer, question.municipality(), question.zoom_from())
}

/// Where the tiles of focus areas are.
#[utoipa::path(
    get, path = "/tiles/focus-areas.json", tag = "tiles",
    params(TileMunicipality),
    responses((status = 200, description = "TileJSON 3.0.0.", body = TileJson), Asks),
)]
async fn describe_focus_areas_tiles(
    State(server): State<Server>,
    headers: HeaderMap,
    uri: Uri,
    mut parameters: Parameters,
) -> Result<Response, Problem> {
    let municipality = municipality(&mut parameters);
    parameters.finish()?;
    describe(&server, &headers, &uri, &layers::AREAS_LAYER, municipality, 0)
}

async fn reports_query(parameters: &mut Parameters) -> ReportQuery {
    let mut query = report_query(parameters);
    query.polygon = polygon(parameters).await;
    query
}

fn municipality(parameters: &mut Parameters) -> Option<MunicipalityCode> {
    parameters.parsed("municipality", |text| MunicipalityCode::parse(text).ok_or(Fault::UnknownMunicipality))
}

/// What is asked of the heatmap.
enum HeatmapQuestion {
    Live { query: Box<ReportQuery>, question: LiveQuestion },
    Public { question: PublicQuestion, municipality: Option<MunicipalityCode> },
}

impl HeatmapQuestion {
    /// Takes the parameters. What does not read is noted in them; a question that may not be asked is told when they are all known.
    async fn take(actor: &Actor, parameters: &mut Parameters) -> Result<Self, Problem> {
        let grid = grid(parameters);
        let statistic = Asked::take(parameters);
        let public = parameters.parsed("public", |text| one_of(text, &[true], |_| "true")).is_some();
        let mut query = report_query(parameters);
        if public || !actor.sees_live(query.municipality) {
            let drawn = parameters.take("polygon").is_some();
            // Tiles are boxes already, and whole cells are shown.
            if query.bbox.take().is_some() {
                parameters.fault("bbox", Fault::Conflicts("public"));
            }
            let question = public_question(grid, statistic, drawn, &query)?;
            return Ok(Self::Public { question, municipality: query.municipality });
        }
        query.polygon = polygon(parameters).await;
        let question = LiveQuestion::take(parameters, grid, statistic, &query);
        Ok(Self::Live { query: Box::new(query), question })
    }

    fn municipality(&self) -> Option<MunicipalityCode> {
        match self {
            Self::Live { query, .. } => query.municipality,
            Self::Public { municipality, .. } => *municipality,
        }
    }

    /// The first zoom that there are tiles of. The cells of one kommun are not too many for any; those of a country are.
    fn zoom_from(&self) -> u8 {
        let grid = match self {
            _ if self.municipality().is_some() => return 0,
            Self::Live { question, .. } => question.grid(),
            Self::Public { question, .. } => question.grid(),
        };
        layers::zoom_from(grid)
    }

    /// What is said of a cell.
    fn fields(&self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Live { question, .. } => question.fields(),
            Self::Public { .. } => Published::FIELDS,
        }
    }
}

/// The kommuner whose releases a tile shows: one, or those that take reports and meet it; a tile of the first zoom there is meets some
/// eighty of Sweden's.
fn kommuner(server: &Server, municipality: Option<MunicipalityCode>, bounds: [f64; 4]) -> Result<Vec<Arc<Kommun>>, Problem> {
    let mut kommuner = near(server, municipality, bounds)?;
    if municipality.is_none() {
        kommuner.retain(|kommun| kommun.municipality.active);
    }
    Ok(kommuner)
}

/// One kommun, or those that meet a box.
fn near(server: &Server, municipality: Option<MunicipalityCode>, bounds: [f64; 4]) -> Result<Vec<Arc<Kommun>>, Problem> {
    let registry = server.app.registry();
    if let Some(code) = municipality {
        let kommun = registry.kommun(code).cloned();
        return Ok(vec![kommun.ok_or_else(|| Problem::parameters(vec![FieldFault::at("?municipality", Fault::UnknownMunicipality)]))?]);
    }
    // A cell or an area of the kommun beside may reach into the box.
    let [west, south, east, north] = bounds;
    let near = registry.locator.near([west - BESIDE, south - BESIDE, east + BESIDE, north + BESIDE]);
    Ok(near.into_iter().filter_map(|code| registry.kommun(code).cloned()).collect())
}
