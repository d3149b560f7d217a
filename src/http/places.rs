//! Searching place names.

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use serde_json::{Value, json};

use super::extract::Parameters;
use super::problem::Problem;
use super::{Server, answer};
use crate::app::places::{ALL_MAX, SEARCH_MAX};
use crate::domain::ids::MunicipalityCode;
use crate::domain::invalid::Fault;

/// The routes of this file.
pub fn routes() -> Router<Server> {
    Router::new().route("/places", get(search_places))
}

/// Names that begin with `q`; without `q`, all names of the kommun.
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
    let places: Vec<Value> = found
        .iter()
        .map(|found| {
            let m = &found.kommun.municipality;
            json!({
                "name": found.place.name, "kind": found.place.kind,
                "municipality": {"code": m.code.as_str(), "name": m.name, "active": m.active},
                "location": {"type": "Point", "coordinates": [found.place.lon, found.place.lat]},
            })
        })
        .collect();
    Ok(answer::public_json(&json!({"places": places, "source": sources.join("; ")})))
}
