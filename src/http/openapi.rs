//! The description of the API (OpenAPI 3.1): gathered from the same routes that are served, so that the two cannot part.

pub mod answers;
pub mod bodies;
mod build;
pub mod codes;
mod geojson;
pub mod parameters;

use std::sync::LazyLock;

use axum::http::HeaderMap;
use axum::response::Response;
use sha2::{Digest, Sha256};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::tag::TagBuilder;
use utoipa::openapi::{Components, Info, InfoBuilder, License, OpenApi};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use self::answers::Asks;
pub use self::build::named;
use self::parameters::IfNoneMatch;
use super::extract::Parameters;
use super::problem::Problem;
use super::{Server, answer, router};
use crate::app::keys::hex;

const DESCRIPTION: &str = "\
Where people feel unsafe, and what was done about it.

Coordinates are GeoJSON (RFC 7946): longitude, then latitude, WGS 84. Times are RFC 3339. A kommun is its four-digit code. List parameters \
are comma-separated. An unknown parameter is a 400, an unknown field a 422; both name it. An \
empty parameter reads as absent.

Every failure is a problem document (RFC 9457) in the language of `Accept-Language` (`sv`, the default, or `en`). Its `errors` hold every \
fault at once, each with a JSON pointer into the body, or `?name` for a parameter. An id one may not see answers exactly like one that does \
not exist.

Whoever works here has rights by roles, each for a party in its kommuner (`GET /roles`), and shows who they are by a session cookie or a \
bearer token; everybody else sees what has been released.";

const TAGS: &[(&str, &str)] = &[
    ("reports", "Sending, listing and answering reports."),
    ("moderation", "What of reports is counted and seen by everybody."),
    ("receipts", "What became of one's own report, and taking it back."),
    ("heatmap", "Counts per cell and the numbers beside them: live for planners, the current release for everybody."),
    ("tiles", "Reports, the heatmap and focus areas as vector tiles for a map."),
    ("municipalities", "Kommuner, their agreements, focus areas and releases."),
    ("places", "Names to find a place by."),
    ("ogc", "OGC API – Features, for GIS programs."),
    ("session", "Logging in with a browser, and who one is here."),
    ("photos", "Photos of a report: sent with its receipt, reviewed, shown."),
    ("account", "One's own account: password, sessions, tokens for machines; accepting an invitation."),
    ("people", "Parties and people, for those who look after them; the table of roles."),
    ("service", "The service itself: its health, its base map and this description."),
];

/// The routes of this file, at the root.
pub fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::default().routes(routes!(get_openapi))
}

/// The document and its tag, made when somebody first asks.
static DOCUMENT: LazyLock<(String, String)> = LazyLock::new(|| {
    let text = json();
    let etag = hex(&Sha256::digest(text.as_bytes())[..16]);
    (text, etag)
});

/// The description as it is served and as `docs/openapi.json` holds it.
pub fn json() -> String {
    let mut document = router::described().into_openapi();
    introduce(&mut document);
    // Nothing in it can fail to be written; an empty text would fail the snapshot test.
    document.to_pretty_json().unwrap_or_default()
}

fn introduce(document: &mut OpenApi) {
    document.info = info();
    document.tags = Some(TAGS.iter().map(|(name, what)| TagBuilder::new().name(*name).description(Some(*what)).build()).collect());
    let components = document.components.get_or_insert_with(Components::new);
    let bearer = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .description(Some("The operator token, or a token that somebody with an account has made."))
        .build();
    components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
    let session = "Made by `POST /api/v1/session`; called `lykta` where the service is reached by plain http.";
    let session = ApiKey::Cookie(ApiKeyValue::with_description("__Host-lykta", session));
    components.add_security_scheme("session", SecurityScheme::ApiKey(session));
}

fn info() -> Info {
    let mut license = License::new("EUPL-1.2");
    license.identifier = Some("EUPL-1.2".to_owned());
    InfoBuilder::new().title("Lykta").version(env!("CARGO_PKG_VERSION")).description(Some(DESCRIPTION)).license(Some(license)).build()
}

/// This description.
#[utoipa::path(
    get, path = "/api/openapi.json", tag = "service",
    params(IfNoneMatch),
    responses(
        (status = 200, description = "OpenAPI 3.1.", body = Object, content_type = "application/json", headers(("ETag" = String))),
        (status = 304, description = "As the `ETag` one has."),
        Asks,
    ),
)]
async fn get_openapi(headers: HeaderMap, parameters: Parameters) -> Result<Response, Problem> {
    parameters.finish()?;
    let (text, etag) = &*DOCUMENT;
    answer::tagged(&headers, etag, async || Ok(answer::public_json_text(text))).await
}
