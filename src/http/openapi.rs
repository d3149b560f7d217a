//! The description of the API.

use axum::Router;
use axum::routing::get;

use super::{Server, answer};

/// The routes of this file, at the root.
pub fn routes() -> Router<Server> {
    Router::new().route(
        "/api/openapi.json",
        get(async || {
            answer::public_json(
                &serde_json::json!({"openapi": "3.1.0", "info": {"title": "Lykta", "version": env!("CARGO_PKG_VERSION")}, "paths": {}}),
            )
        }),
    )
}
