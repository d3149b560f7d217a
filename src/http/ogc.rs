//! OGC API – Features 1.0 (17-069r4: core, GeoJSON, HTML, OpenAPI 3.0) with Part 2, coordinate reference systems (18-058): what GIS
//! programs read without knowing Lykta.
//!
//! A collection is a file of its own here, named in [`Collection`]; everything else is the same for all of them. Pages are counted by
//! keys (kommun, cell, id), so that nothing is skipped or repeated while others write.

mod areas;
mod asked;
mod collection;
mod description;
mod documents;
mod heatmap;
mod html;
mod links;
mod reports;
mod written;

use axum::extract::{FromRequestParts, RawPathParams, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) use self::asked::LIMIT;
use self::asked::{Asked, reference_system};
use self::collection::Collection;
use self::documents::{Collections, Conformance, Document, Landing};
use self::documents::{FeatureDocument, FeaturePage};
use self::links::{Format, Here};
pub(super) use self::reports::Counts;
use self::written::Shown;
use super::Server;
use super::extract::{Caller, Parameters};
use super::openapi::answers::{Asks, Finds, Knows, Reads};
use super::openapi::parameters::{IfNoneMatch, ItemParameters, ItemsParameters, OgcParameters};
use super::problem::{Kind, Problem};
use crate::domain::actor::Actor;
use crate::domain::permission::Act;

/// The routes of this file, at the root.
pub(super) fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::default()
        .routes(routes!(get_ogc_root))
        .routes(routes!(get_ogc_landing))
        .routes(routes!(get_ogc_conformance))
        .routes(routes!(get_ogc_description))
        .routes(routes!(list_ogc_collections))
        .routes(routes!(get_ogc_collection))
        .routes(routes!(list_ogc_items))
        .routes(routes!(get_ogc_item))
}

/// The variable parts of a path, in order. One that is not text names nothing.
struct Named<const N: usize>([String; N]);

impl<S: Send + Sync, const N: usize> FromRequestParts<S> for Named<N> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let path = RawPathParams::from_request_parts(parts, state).await.map_err(|_| Problem::new(Kind::NotFound))?;
        let named: Vec<String> = path.iter().map(|(_, part)| part.to_owned()).collect();
        named.try_into().map(Self).map_err(|_| Problem::new(Kind::NotFound))
    }
}

/// The landing page, under the path without a slash.
#[utoipa::path(
    get, path = "/ogc", tag = "ogc",
    params(OgcParameters, IfNoneMatch),
    responses((status = 200, description = "What there is.", content((Landing = "application/json"), (String = "text/html")), headers(("ETag" = String))), (status = 304, description = "As the `ETag` one has."), Asks, Knows),
    security((), ("bearer" = []), ("session" = [])),
)]
async fn get_ogc_root(here: Here, caller: Caller, parameters: Parameters, headers: HeaderMap) -> Result<Response, Problem> {
    landing(&here, &caller, parameters, &headers).await
}

/// The landing page.
///
/// For GIS programs: this is the address to give them. Every document is JSON or, for people, HTML (`f`, or `Accept`).
#[utoipa::path(
    get, path = "/ogc/", tag = "ogc",
    params(OgcParameters, IfNoneMatch),
    responses((status = 200, description = "What there is.", content((Landing = "application/json"), (String = "text/html")), headers(("ETag" = String))), (status = 304, description = "As the `ETag` one has."), Asks, Knows),
    security((), ("bearer" = []), ("session" = [])),
)]
async fn get_ogc_landing(here: Here, caller: Caller, parameters: Parameters, headers: HeaderMap) -> Result<Response, Problem> {
    landing(&here, &caller, parameters, &headers).await
}

async fn landing(here: &Here, Caller(actor): &Caller, mut parameters: Parameters, headers: &HeaderMap) -> Result<Response, Problem> {
    let format = here.format(&mut parameters);
    parameters.finish()?;
    plain(here, headers, actor, &Landing::of(here, format), format).await
}

/// What of the standard is kept.
#[utoipa::path(
    get, path = "/ogc/conformance", tag = "ogc",
    params(OgcParameters, IfNoneMatch),
    responses((status = 200, description = "Conformance classes.", content((Conformance = "application/json"), (String = "text/html")), headers(("ETag" = String))), (status = 304, description = "As the `ETag` one has."), Asks, Knows),
    security((), ("bearer" = []), ("session" = [])),
)]
async fn get_ogc_conformance(
    here: Here,
    Caller(actor): Caller,
    mut parameters: Parameters,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let format = here.format(&mut parameters);
    parameters.finish()?;
    plain(&here, &headers, &actor, &Conformance::of(), format).await
}

/// The description for GIS programs.
///
/// OpenAPI 3.0, of the collections that the caller may see, each with its own parameters.
#[utoipa::path(
    get, path = "/ogc/api", tag = "ogc",
    params(OgcParameters, IfNoneMatch),
    responses((status = 200, description = "OpenAPI 3.0.", content((Object = "application/vnd.oai.openapi+json"), (String = "text/html")), headers(("ETag" = String))), (status = 304, description = "As the `ETag` one has."), Asks, Knows),
    security((), ("bearer" = []), ("session" = [])),
)]
async fn get_ogc_description(
    here: Here,
    Caller(actor): Caller,
    mut parameters: Parameters,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let format = here.format(&mut parameters);
    parameters.finish()?;
    plain(&here, &headers, &actor, &description::Description(description::of(&here, &actor)), format).await
}

/// The collections.
#[utoipa::path(
    get, path = "/ogc/collections", tag = "ogc",
    params(OgcParameters, IfNoneMatch),
    responses((status = 200, description = "Those that the caller may see.", content((Collections = "application/json"), (String = "text/html")), headers(("ETag" = String))), (status = 304, description = "As the `ETag` one has."), Asks, Knows),
    security((), ("bearer" = []), ("session" = [])),
)]
async fn list_ogc_collections(
    State(server): State<Server>,
    here: Here,
    Caller(actor): Caller,
    mut parameters: Parameters,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let format = here.format(&mut parameters);
    parameters.finish()?;
    plain(&here, &headers, &actor, &Collections::of(&here, format, &server.app.registry(), &actor), format).await
}

/// A collection.
#[utoipa::path(
    get, path = "/ogc/collections/{collection}", tag = "ogc",
    params(("collection" = String, Path, description = "`focus-areas`, `heatmap` or, with the right, `reports`."), OgcParameters, IfNoneMatch),
    responses((status = 200, description = "What it is and where it lies.", content((documents::Collection = "application/json"), (String = "text/html")), headers(("ETag" = String))), (status = 304, description = "As the `ETag` one has."), Asks, Finds, Knows),
    security((), ("bearer" = []), ("session" = [])),
)]
async fn get_ogc_collection(
    State(server): State<Server>,
    here: Here,
    Caller(actor): Caller,
    named: Named<1>,
    mut parameters: Parameters,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let Named([name]) = named;
    let collection = Collection::find(&name, &actor)?;
    let format = here.format(&mut parameters);
    parameters.finish()?;
    plain(&here, &headers, &actor, &documents::Collection::of(collection, &here, format, &server.app.registry()), format).await
}

/// The features of a collection.
///
/// Page by page, by `next`: whatever is written meanwhile, a feature that is there all the time comes once. `reports` takes every report
/// filter but `polygon`, as does `heatmap` with the right; without it, and for `focus-areas`, `/ogc/api` says what there is. More than the most of `limit` reads as the most.
#[utoipa::path(
    get, path = "/ogc/collections/{collection}/items", tag = "ogc",
    params(("collection" = String, Path, description = "`focus-areas`, `heatmap` or, with the right, `reports`."), ItemsParameters, IfNoneMatch),
    responses(
        (status = 200, description = "A page of features.", content((FeaturePage = "application/geo+json"), (String = "text/html")), headers(("ETag" = String), ("Content-Crs" = String))),
        (status = 304, description = "As the `ETag` one has."),
        (status = 403, description = "Only the frozen release is public (`/problems/not-public`).", body = crate::http::problem::ProblemDocument, content_type = "application/problem+json"),
        Asks, Finds, Knows, Reads,
    ),
    security((), ("bearer" = []), ("session" = [])),
)]
async fn list_ogc_items(
    State(server): State<Server>,
    here: Here,
    Caller(actor): Caller,
    named: Named<1>,
    mut parameters: Parameters,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let Named([name]) = named;
    let collection = Collection::find(&name, &actor)?;
    let format = here.format(&mut parameters);
    let asked = Asked::take(&mut parameters);
    let axes = asked.axes;
    let question = match collection {
        Collection::FocusAreas => areas::items(&server, parameters, &asked)?,
        Collection::Heatmap => heatmap::items(&server, &actor, parameters, asked).await?,
        Collection::Reports => reports::items(&server, &actor, parameters, asked).await?,
    };
    written::answer(&server, &headers, here, format, Shown { collection, question, axes, is_page: true }).await
}

/// A feature.
#[utoipa::path(
    get, path = "/ogc/collections/{collection}/items/{feature}", tag = "ogc",
    params(("collection" = String, Path, description = "`focus-areas`, `heatmap` or, with the right, `reports`."), ("feature" = String, Path, description = "Its `id`."), ItemParameters, IfNoneMatch),
    responses(
        (status = 200, description = "The feature.", content((FeatureDocument = "application/geo+json"), (String = "text/html")), headers(("ETag" = String), ("Content-Crs" = String))),
        (status = 304, description = "As the `ETag` one has."),
        Asks, Finds, Knows, Reads,
    ),
    security((), ("bearer" = []), ("session" = [])),
)]
async fn get_ogc_item(
    State(server): State<Server>,
    here: Here,
    Caller(actor): Caller,
    named: Named<2>,
    mut parameters: Parameters,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let Named([name, feature]) = named;
    let collection = Collection::find(&name, &actor)?;
    let format = here.format(&mut parameters);
    let axes = reference_system(&mut parameters, "crs");
    parameters.finish()?;
    let question = match collection {
        Collection::FocusAreas => areas::item(&server, &feature, axes)?,
        Collection::Heatmap => heatmap::item(&server, &actor, &feature, axes).await?,
        Collection::Reports => reports::item(&server, &actor, &feature, axes).await?,
    };
    written::answer(&server, &headers, here, format, Shown { collection, question, axes, is_page: false }).await
}

/// A document that is no feature: small, tagged by its own bytes.
async fn plain(here: &Here, headers: &HeaderMap, actor: &Actor, document: &impl Document, format: Format) -> Result<Response, Problem> {
    let bytes = match format {
        Format::Json => serde_json::to_vec(document).map_err(written::failed)?,
        Format::Html => document.page(here)?.into_bytes(),
    };
    let kind = if format == Format::Html { html::CONTENT_TYPE } else { document.content_type() };
    // Planners see one collection more.
    let keep = if actor.may_somewhere(Act::SeeLive) { "private, no-cache" } else { "public, no-cache" };
    let etag = crate::app::keys::hex(&<sha2::Sha256 as sha2::Digest>::digest(&bytes)[..16]);
    let mut response = super::answer::tagged(headers, &etag, async || {
        Ok(axum::response::IntoResponse::into_response(([(header::CONTENT_TYPE, kind)], bytes)))
    })
    .await?;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    written::depends(&mut response, here);
    Ok(response)
}
