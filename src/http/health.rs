//! Whether the service lives, and whether it can take a report.

use axum::Router;
use axum::extract::State;
use axum::routing::get;

use super::Server;
use super::problem::Problem;

/// The routes of this file, at the root.
pub fn routes() -> Router<Server> {
    Router::new().route("/healthz", get(async || "ok\n")).route("/readyz", get(ready))
}

async fn ready(State(server): State<Server>) -> Result<&'static str, Problem> {
    server.app.ready().await?;
    Ok("ready\n")
}
