//! Kommuner, their agreements, focus areas and releases: all of it public.

mod documents;
mod written;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) use self::documents::{Bilingual, Release};
use self::documents::{FocusAreas, Municipalities, MunicipalityDetailFeature, Releases};
use self::written::List;
pub(super) use self::written::Written;
use super::extract::{Parameters, PathPart};
use super::form::one_of;
use super::openapi::answers::{Asks, Finds, Reads};
use super::openapi::parameters::{ActiveParameter, IfNoneMatch, MunicipalityPath};
use super::problem::{Kind, Problem};
use super::{Server, answer};
use crate::app::registry::Kommun;
use crate::domain::ids::MunicipalityCode;
use crate::domain::time;

/// The routes of this file.
pub(super) fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::default()
        .routes(routes!(list_municipalities))
        .routes(routes!(get_municipality))
        .routes(routes!(list_focus_areas))
        .routes(routes!(list_releases))
}

fn kommun(server: &Server, code: &str) -> Result<std::sync::Arc<Kommun>, Problem> {
    let code = MunicipalityCode::parse(code).ok_or_else(|| Problem::new(Kind::NotFound))?;
    server.app.registry().kommun(code).cloned().ok_or_else(|| Problem::new(Kind::NotFound))
}

/// Kommuner with their outlines.
#[utoipa::path(
    get, path = "/municipalities", tag = "municipalities",
    params(ActiveParameter, IfNoneMatch),
    responses(
        (status = 200, description = "Kommuner by code.", body = Municipalities, content_type = "application/geo+json", headers(("ETag" = String))),
        (status = 304, description = "As the `ETag` one has."),
        Asks,
    ),
)]
async fn list_municipalities(State(server): State<Server>, headers: HeaderMap, mut parameters: Parameters) -> Result<Response, Problem> {
    let active = parameters.parsed("active", |text| one_of(text, &[true, false], |yes| if yes { "true" } else { "false" }));
    parameters.finish()?;
    let List { body, etag } = server.municipalities.list(&server.app.registry(), active).map_err(|_| Problem::new(Kind::Internal))?;
    answer::tagged(&headers, &etag, async || Ok(answer::public_geojson_bytes(body))).await
}

/// A kommun with its agreements and whom to turn to.
#[utoipa::path(
    get, path = "/municipalities/{code}", tag = "municipalities",
    params(MunicipalityPath),
    responses((status = 200, description = "The kommun.", body = MunicipalityDetailFeature, content_type = "application/geo+json"), Asks, Finds),
)]
async fn get_municipality(State(server): State<Server>, PathPart(code): PathPart, parameters: Parameters) -> Result<Response, Problem> {
    parameters.finish()?;
    let kommun = kommun(&server, &code)?;
    Ok(answer::public_geojson(&documents::municipality_detail(&kommun, time::local_date(server.app.now()))))
}

/// The focus areas of a kommun's agreements.
///
/// A place has a shape; a theme has `geometry: null` and covers its categories anywhere in the kommun.
#[utoipa::path(
    get, path = "/municipalities/{code}/focus-areas", tag = "municipalities",
    params(MunicipalityPath),
    responses((status = 200, description = "Focus areas.", body = FocusAreas, content_type = "application/geo+json"), Asks, Finds),
)]
async fn list_focus_areas(State(server): State<Server>, PathPart(code): PathPart, parameters: Parameters) -> Result<Response, Problem> {
    parameters.finish()?;
    let kommun = kommun(&server, &code)?;
    Ok(answer::public_geojson(&documents::focus_areas(&kommun, time::local_date(server.app.now()))))
}

/// The public releases of a kommun.
#[utoipa::path(
    get, path = "/municipalities/{code}/releases", tag = "municipalities",
    params(MunicipalityPath),
    responses((status = 200, description = "Releases, newest first.", body = Releases), Asks, Finds, Reads),
)]
async fn list_releases(State(server): State<Server>, PathPart(code): PathPart, parameters: Parameters) -> Result<Response, Problem> {
    parameters.finish()?;
    let kommun = kommun(&server, &code)?;
    let releases = server.app.releases(kommun.municipality.code).await?;
    Ok(answer::public_json(&Releases {
        municipality: kommun.municipality.code.as_str(),
        releases: releases.iter().map(Release::of).collect(),
    }))
}
