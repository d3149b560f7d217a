//! Kommuner, their agreements, focus areas and releases: all of it public.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use geo::{BoundingRect, Centroid};
use jiff::Timestamp;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::extract::Parameters;
use super::form::one_of;
use super::geojson::{Feature, FeatureCollection, Geometry};
use super::problem::{Kind, Problem};
use super::{Server, answer};
use crate::app::keys::hex;
use crate::app::registry::Kommun;
use crate::db::releases::ReleaseHead;
use crate::domain::agreement::Agreement;
use crate::domain::codes::Category;
use crate::domain::ids::MunicipalityCode;
use crate::domain::time;

/// The routes of this file.
pub fn routes() -> Router<Server> {
    Router::new()
        .route("/municipalities", get(list_municipalities))
        .route("/municipalities/{code}", get(get_municipality))
        .route("/municipalities/{code}/focus-areas", get(list_focus_areas))
        .route("/municipalities/{code}/releases", get(list_releases))
}

fn kommun(server: &Server, code: &str) -> Result<std::sync::Arc<Kommun>, Problem> {
    let code = MunicipalityCode::parse(code).ok_or_else(|| Problem::new(Kind::NotFound))?;
    server.app.registry().kommun(code).cloned().ok_or_else(|| Problem::new(Kind::NotFound))
}

fn feature(kommun: &Kommun) -> Feature<Value> {
    let m = &kommun.municipality;
    let rect = m.outline.bounding_rect();
    let bbox = rect.map(|rect| json!([rect.min().x, rect.min().y, rect.max().x, rect.max().y]));
    let centre = m.outline.centroid().map(|point| json!([point.x(), point.y()]));
    let properties = json!({
        "code": m.code.as_str(), "name": m.name, "active": m.active, "demo": m.demo, "uncertainty_m": m.uncertainty_m,
        "fault_report_url": m.fault_report_url, "center": centre, "bbox": bbox,
    });
    Feature::new(m.code.to_string(), Some(Geometry::Stored(kommun.outline.clone())), properties)
}

async fn list_municipalities(State(server): State<Server>, headers: HeaderMap, mut parameters: Parameters) -> Result<Response, Problem> {
    let active = parameters.parsed("active", |text| one_of(text, &[true, false], |yes| if yes { "true" } else { "false" }));
    parameters.finish()?;
    let registry = server.app.registry();
    let features: Vec<Feature<Value>> = registry
        .kommuner
        .values()
        .filter(|kommun| active.is_none_or(|active| kommun.municipality.active == active))
        .map(|kommun| feature(kommun))
        .collect();
    let body = serde_json::to_vec(&FeatureCollection::new(json!({}), features)).map_err(|_| Problem::new(Kind::Internal))?;
    let etag = hex(&Sha256::digest(&body)[..16]);
    answer::tagged(&headers, &etag, async || Ok(answer::public_geojson_bytes(body))).await
}

async fn get_municipality(State(server): State<Server>, Path(code): Path<String>, parameters: Parameters) -> Result<Response, Problem> {
    parameters.finish()?;
    let kommun = kommun(&server, &code)?;
    let today = time::local_date(server.app.now());
    let agreements: Vec<Value> = kommun.agreements.iter().map(|agreement| agreement_document(&kommun, agreement, today)).collect();
    let mut feature = feature(&kommun);
    feature.properties["epsg"] = json!(kommun.municipality.epsg);
    feature.properties["contacts"] = json!(kommun.municipality.contacts);
    feature.properties["agreements"] = Value::Array(agreements);
    Ok(answer::public_geojson(&feature))
}

fn agreement_document(kommun: &Kommun, agreement: &Agreement, today: jiff::civil::Date) -> Value {
    let pledges: Vec<Value> = kommun
        .pledges
        .iter()
        .filter(|pledge| pledge.agreement == agreement.id)
        .map(|pledge| {
            let area = pledge.focus_area.map(|id| id.to_string());
            json!({"id": pledge.id.to_string(), "text": pledge.text, "promisor": pledge.promisor, "focus_area": area})
        })
        .collect();
    json!({
        "id": agreement.id.to_string(), "title": agreement.title, "kind": agreement.kind, "dnr": agreement.dnr,
        "valid_from": agreement.valid_from.to_string(), "valid_to": agreement.valid_to.to_string(),
        "expired": agreement.expired(today), "parties": agreement.parties, "signers": agreement.signers,
        "purposes": agreement.purposes, "pledges": pledges,
    })
}

async fn list_focus_areas(State(server): State<Server>, Path(code): Path<String>, parameters: Parameters) -> Result<Response, Problem> {
    parameters.finish()?;
    let kommun = kommun(&server, &code)?;
    let today = time::local_date(server.app.now());
    let features = kommun
        .areas
        .iter()
        .map(|area| {
            let geometry = match &area.scope {
                crate::domain::agreement::Scope::Place { polygon, .. } => Some(Geometry::Stored(multi_polygon(polygon))),
                crate::domain::agreement::Scope::Theme { .. } => None,
            };
            let properties = json!({
                "title": area.title, "kind": area.scope.kind(), "description": area.description,
                "categories": area.scope.listed().into_iter().map(Category::as_str).collect::<Vec<_>>(),
                "agreement": area.agreement.to_string(), "position": area.position,
                "expired": today > area.valid_to, "valid_to": area.valid_to.to_string(),
            });
            Feature::new(area.id.to_string(), geometry, properties)
        })
        .collect();
    Ok(answer::public_geojson(&FeatureCollection::new(json!({}), features)))
}

fn multi_polygon(polygon: &geo_types::MultiPolygon<f64>) -> Value {
    let ring = |ring: &geo_types::LineString<f64>| ring.coords().map(|c| json!([c.x, c.y])).collect::<Value>();
    let coordinates: Vec<Value> =
        polygon.iter().map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(ring).collect::<Value>()).collect();
    json!({"type": "MultiPolygon", "coordinates": coordinates})
}

async fn list_releases(State(server): State<Server>, Path(code): Path<String>, parameters: Parameters) -> Result<Response, Problem> {
    parameters.finish()?;
    let kommun = kommun(&server, &code)?;
    let releases: Vec<Value> = server.app.releases(kommun.municipality.code).await?.iter().map(release_document).collect();
    Ok(answer::public_json(&json!({"municipality": kommun.municipality.code.as_str(), "releases": releases})))
}

/// A release as everybody sees it.
pub fn release_document(head: &ReleaseHead) -> Value {
    let instant = |at: i64| Timestamp::from_microsecond(at).map(|at| at.to_string()).ok();
    json!({
        "id": format!("{}-{}", head.municipality, head.period), "period": head.period, "from": instant(head.from_at), "to": instant(head.to_at),
        "made_at": instant(head.made_at), "method": head.method, "k": head.k,
    })
}
