//! Answers: JSON that only the caller may keep, JSON that everybody may, and the 304 that saves both.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::problem::{Kind, Problem};
use crate::app::keys::hex;

fn json(value: &impl Serialize, kind: &'static str, cache: &'static str) -> Response {
    match serde_json::to_vec(value) {
        Ok(bytes) => {
            let headers = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, cache)];
            (headers, Body::from(bytes)).into_response()
        }
        Err(error) => {
            tracing::error!(%error, "an answer could not be written");
            Problem::new(Kind::Internal).into_response()
        }
    }
}

/// JSON for this caller alone; nothing of it stays on a disk.
pub fn private_json(value: &impl Serialize) -> Response {
    json(value, "application/json", "no-store")
}

/// GeoJSON for this caller alone; no true point stays on a disk after the session.
pub fn private_geojson(value: &impl Serialize) -> Response {
    json(value, "application/geo+json", "no-store")
}

/// JSON for everybody; kept, and asked about again.
pub fn public_json(value: &impl Serialize) -> Response {
    json(value, "application/json", "public, no-cache")
}

/// GeoJSON for everybody; kept, and asked about again.
pub fn public_geojson(value: &impl Serialize) -> Response {
    json(value, "application/geo+json", "public, no-cache")
}

/// JSON that is already written, for everybody.
pub fn public_json_text(text: &'static str) -> Response {
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "public, no-cache")];
    (headers, Body::from(text)).into_response()
}

/// GeoJSON for everybody, under a tag of what it says.
pub fn public_geojson_tagged(headers: &HeaderMap, value: &impl Serialize) -> Result<Response, Problem> {
    let bytes = serde_json::to_vec(value).map_err(|_| Problem::new(Kind::Internal))?;
    let etag = hex(&Sha256::digest(&bytes)[..16]);
    let mut response = match known_tag(headers, &etag) {
        Some(_) => StatusCode::NOT_MODIFIED.into_response(),
        None => public_geojson_bytes(bytes.into()),
    };
    if let Ok(tag) = HeaderValue::from_str(&format!("\"{etag}\"")) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    Ok(response)
}

/// GeoJSON that is already written, for everybody.
pub fn public_geojson_bytes(bytes: Bytes) -> Response {
    let headers = [(header::CONTENT_TYPE, "application/geo+json"), (header::CACHE_CONTROL, "public, no-cache")];
    (headers, Body::from(bytes)).into_response()
}

/// The tag by which the caller already has the answer, as it names it; a star means any.
pub(super) fn known_tag(headers: &HeaderMap, etag: &str) -> Option<String> {
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    // A proxy that compresses may have weakened the tag, and `bodies` names the coding after a plus; the content is the same.
    let mut tags = known.split(',').map(|known| known.trim().trim_start_matches("W/").trim_matches('"'));
    let known = tags.find(|known| known.split_once('+').map_or(*known, |(plain, _)| plain) == etag || *known == "*")?;
    Some(if known == "*" { etag } else { known }.to_owned())
}

/// The answer under its strong ETag: 304 when the caller has it already, made only when not.
pub async fn tagged(headers: &HeaderMap, etag: &str, make: impl AsyncFnOnce() -> Result<Response, Problem>) -> Result<Response, Problem> {
    let Ok(tag) = HeaderValue::from_str(&format!("\"{etag}\"")) else { return make().await };
    let mut response = if known_tag(headers, etag).is_some() { StatusCode::NOT_MODIFIED.into_response() } else { make().await? };
    response.headers_mut().insert(header::ETAG, tag);
    Ok(response)
}
