//! Whether the service lives, and whether it can take a report.

use axum::extract::State;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Server;
use super::openapi::answers::Reads;
use super::problem::Problem;

/// The routes of this file, at the root.
pub(super) fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::default().routes(routes!(get_health)).routes(routes!(get_readiness))
}

/// Whether the process lives.
#[utoipa::path(get, path = "/healthz", tag = "service", responses((status = 200, description = "It does: `ok`.", body = String)))]
async fn get_health() -> &'static str {
    "ok\n"
}

/// Whether it can take a report.
#[utoipa::path(get, path = "/readyz", tag = "service", responses((status = 200, description = "It can: `ready`.", body = String), Reads))]
async fn get_readiness(State(server): State<Server>) -> Result<&'static str, Problem> {
    server.app.ready().await?;
    Ok("ready\n")
}
