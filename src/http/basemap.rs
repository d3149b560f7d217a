//! The base map: what it is, and the `.pmtiles` file by byte ranges.

use std::io::SeekFrom;
use std::time::UNIX_EPOCH;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use tokio::fs::File;
use tokio::io::{AsyncReadExt, AsyncSeekExt};
use tokio_util::io::ReaderStream;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::openapi::answers::Finds;
use super::openapi::parameters::RangeHeaders;
use super::problem::{Kind, Problem, ProblemDocument};
use super::{Server, answer};
use crate::app::basemap::Basemap;

/// Most bytes in one answer: directories and tiles are far smaller.
const RANGE_MAX: u64 = 16 * 1024 * 1024;

/// What the map is drawn on.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum BasemapConfig<'a> {
    /// Nothing but what Lykta knows itself.
    None,
    /// A `.pmtiles` file that Lykta serves.
    Pmtiles {
        /// Where.
        url: &'a str,
        /// To be shown on the map.
        attribution: &'a str,
    },
    /// A style on another host.
    Style {
        /// Where.
        url: &'a str,
    },
}

/// The routes of this file, at the root.
pub(super) fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::default().routes(routes!(get_basemap_config)).routes(routes!(get_basemap_tiles))
}

/// What the map is drawn on.
#[utoipa::path(get, path = "/basemap/config.json", tag = "service", responses((status = 200, description = "The base map.", body = BasemapConfig)))]
async fn get_basemap_config(State(server): State<Server>) -> Response {
    answer::public_json(&match server.app.basemap() {
        Basemap::None => BasemapConfig::None,
        Basemap::Pmtiles { .. } => BasemapConfig::Pmtiles { url: "/basemap/tiles.pmtiles", attribution: "© OpenStreetMap contributors" },
        Basemap::Style { url, .. } => BasemapConfig::Style { url },
    })
}

/// The base map's tiles, by byte ranges.
#[utoipa::path(
    get, path = "/basemap/tiles.pmtiles", tag = "service",
    params(RangeHeaders),
    responses(
        (status = 200, description = "The whole file.", body = [u8], content_type = "application/vnd.pmtiles", headers(("ETag" = String), ("Accept-Ranges" = String))),
        (status = 206, description = "The range, at most 16 MiB of it.", body = [u8], content_type = "application/vnd.pmtiles", headers(("ETag" = String), ("Content-Range" = String))),
        (status = 416, description = "Nothing of the range is in the file (`/problems/range`).", body = ProblemDocument, content_type = "application/problem+json", headers(("Content-Range" = String))),
        (status = 503, description = "The file cannot be read (`/problems/unavailable`).", body = ProblemDocument, content_type = "application/problem+json"),
        Finds,
    ),
)]
async fn get_basemap_tiles(State(server): State<Server>, headers: HeaderMap) -> Result<Response, Problem> {
    let Basemap::Pmtiles { file } = server.app.basemap() else { return Err(Problem::new(Kind::NotFound)) };
    // The file may have been replaced since the start: what is opened here is what is described and sent.
    let file = File::open(file).await.map_err(broken)?;
    let metadata = file.metadata().await.map_err(broken)?;
    let length = metadata.len();
    if length == 0 {
        return Err(broken(std::io::ErrorKind::UnexpectedEof.into()));
    }
    let modified = metadata.modified().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
    let etag = format!("\"{length:x}-{:x}\"", modified.as_nanos());
    let text = |name: header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    // A range of another version of the file would be a wrong tile: then the whole is meant (RFC 9110 § 13.1.5).
    let range = match (text(header::RANGE), text(header::IF_RANGE)) {
        (Some(range), None) => Some(range),
        (Some(range), Some(tag)) if tag == etag => Some(range),
        _ => None,
    };
    let span = match range {
        None => None,
        Some(range) => match parse_range(range, length) {
            Range::Whole => None,
            Range::Span(first, last) => Some((first, last)),
            Range::Unsatisfiable => return Ok(unsatisfiable(length)),
        },
    };
    let (first, count) = span.map_or((0, length), |(first, last)| (first, last - first + 1));
    let mut response = send(file, first, count).await?;
    let out = response.headers_mut();
    out.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/vnd.pmtiles"));
    out.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=86400"));
    out.insert(header::ETAG, HeaderValue::from_str(&etag).map_err(|_| Problem::new(Kind::Internal))?);
    if let Some((first, last)) = span {
        let value = HeaderValue::from_str(&format!("bytes {first}-{last}/{length}")).map_err(|_| Problem::new(Kind::Internal))?;
        out.insert(header::CONTENT_RANGE, value);
        *response.status_mut() = StatusCode::PARTIAL_CONTENT;
    }
    Ok(response)
}

#[expect(clippy::needless_pass_by_value, reason = "as map_err gives it")]
fn broken(error: std::io::Error) -> Problem {
    tracing::error!(%error, "the base map cannot be read");
    Problem::new(Kind::Unavailable)
}

async fn send(mut file: File, first: u64, length: u64) -> Result<Response, Problem> {
    file.seek(SeekFrom::Start(first)).await.map_err(broken)?;
    let mut response = Body::from_stream(ReaderStream::new(file.take(length))).into_response();
    response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    Ok(response)
}

fn unsatisfiable(length: u64) -> Response {
    let mut response = Problem::new(Kind::Range).into_response();
    if let Ok(value) = HeaderValue::from_str(&format!("bytes */{length}")) {
        response.headers_mut().insert(header::CONTENT_RANGE, value);
    }
    response
}

/// What a Range header asks of a file.
#[derive(Debug, PartialEq, Eq)]
enum Range {
    /// Not a range that is understood, or several: the whole file is a right answer.
    Whole,
    /// First and last byte.
    Span(u64, u64),
    /// Nothing of it is in the file.
    Unsatisfiable,
}

fn parse_range(text: &str, length: u64) -> Range {
    let Some((first, last)) = text.strip_prefix("bytes=").filter(|set| !set.contains(',')).and_then(|set| set.split_once('-')) else {
        return Range::Whole;
    };
    let number = |text: &str| if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) { text.parse::<u64>().ok() } else { None };
    let span = match (number(first), number(last)) {
        (Some(first), Some(last)) if first <= last => (first, last.min(length.saturating_sub(1))),
        (Some(first), None) if last.is_empty() => (first, length.saturating_sub(1)),
        (None, Some(0)) if first.is_empty() => return Range::Unsatisfiable,
        (None, Some(suffix)) if first.is_empty() => (length.saturating_sub(suffix), length.saturating_sub(1)),
        _ => return Range::Whole,
    };
    if span.0 >= length { Range::Unsatisfiable } else { Range::Span(span.0, span.1.min(span.0 + RANGE_MAX - 1)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_as_the_standard_says() {
        assert_eq!(parse_range("bytes=0-126", 1_000), Range::Span(0, 126));
        assert_eq!(parse_range("bytes=990-2000", 1_000), Range::Span(990, 999));
        assert_eq!(parse_range("bytes=-10", 1_000), Range::Span(990, 999));
        assert_eq!(parse_range("bytes=5-", 1_000), Range::Span(5, 999));
        assert_eq!(parse_range("bytes=1000-", 1_000), Range::Unsatisfiable);
        assert_eq!(parse_range("bytes=-0", 1_000), Range::Unsatisfiable);
        for whole in ["bytes=9-3", "bytes=0-1,5-6", "lines=1-2", "bytes=a-b", "bytes=", "bytes=--1", "bytes=99999999999999999999-"] {
            assert_eq!(parse_range(whole, 1_000), Range::Whole, "{whole}");
        }
        assert_eq!(parse_range(&format!("bytes=0-{}", u64::MAX), u64::MAX), Range::Span(0, RANGE_MAX - 1));
    }
}
