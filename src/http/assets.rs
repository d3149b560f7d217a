//! The web app inside the binary: pages by their Swedish paths, hashed files for a year, and never a page under a file's name.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Router, response::Redirect};
use rust_embed::RustEmbed;

use super::Server;
use super::extract::PathPart;
use super::problem::{Kind, Problem};

#[derive(RustEmbed)]
#[folder = "web/dist/"]
#[allow_missing = true]
struct Dist;

/// Public paths of the pages and the files behind them.
const PAGES: &[(&str, &str)] = &[
    ("/", "index.html"),
    ("/kvitto", "kvitto.html"),
    ("/karta", "karta.html"),
    ("/plan", "plan.html"),
    ("/konto", "konto.html"),
    ("/personer", "personer.html"),
    ("/granska", "granska.html"),
    ("/integritet", "integritet.html"),
    ("/tillganglighet", "tillganglighet.html"),
    ("/api/docs", "docs.html"),
];

/// The routes of this file.
pub(super) fn routes() -> Router<Server> {
    let pages =
        PAGES.iter().fold(Router::new(), |router, (path, file)| router.route(path, get(async |headers: HeaderMap| page(&headers, file))));
    pages.route("/assets/{*path}", get(asset)).fallback(other)
}

/// A page; before the web app is built, the front page says how.
fn page(headers: &HeaderMap, file: &str) -> Response {
    file_response(headers, file, "no-cache").unwrap_or_else(|| {
        let text = "The web app is not built. Run `make web`, then start Lykta again.\n";
        (StatusCode::SERVICE_UNAVAILABLE, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
    })
}

async fn asset(headers: HeaderMap, PathPart(path): PathPart) -> Response {
    file_response(&headers, &format!("assets/{path}"), "public, max-age=31536000, immutable")
        .unwrap_or_else(|| Problem::new(Kind::NotFound).into_response())
}

/// Files at the root (service worker, manifest, icons); a page's `.html` name leads to its path.
async fn other(method: Method, headers: HeaderMap, uri: Uri) -> Response {
    let found = at_the_root(&headers, uri.path());
    if found.is_some() && !matches!(method, Method::GET | Method::HEAD) {
        return (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, HEAD")]).into_response();
    }
    found.or_else(|| nowhere(&headers, uri.path())).unwrap_or_else(|| Problem::new(Kind::NotFound).into_response())
}

/// For a browser that follows a broken link: a page with ways on, in place of a problem document.
fn nowhere(headers: &HeaderMap, path: &str) -> Option<Response> {
    let accepted = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if path.starts_with("/api/") || !accepted.contains("text/html") {
        return None;
    }
    let mut response = file_response(&HeaderMap::new(), "404.html", "no-store")?;
    *response.status_mut() = StatusCode::NOT_FOUND;
    Some(response)
}

fn at_the_root(headers: &HeaderMap, path: &str) -> Option<Response> {
    if let Some((page, _)) = PAGES.iter().find(|(_, file)| path.strip_prefix('/') == Some(file)) {
        return Some(Redirect::permanent(page).into_response());
    }
    let name = path.trim_start_matches('/');
    if matches!(name.rsplit('.').next(), Some("html" | "br" | "gz")) {
        return None;
    }
    file_response(headers, name, "no-cache")
}

fn file_response(headers: &HeaderMap, name: &str, cache: &'static str) -> Option<Response> {
    // rust-embed reads a folder in development: a name must never leave it.
    if name.split('/').any(|part| part.is_empty() || part.starts_with('.')) {
        return None;
    }
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let coded = [("br", "br"), ("gzip", "gz")]
        .into_iter()
        .filter(|(coding, _)| accepts(accepted, coding))
        .find_map(|(coding, ending)| Dist::get(&format!("{name}.{ending}")).map(|file| (Some(coding), file)));
    let (coding, file) = match coded {
        Some(found) => found,
        None => (None, Dist::get(name)?),
    };
    let etag = format!("\"{}\"", crate::app::keys::hex(&file.metadata.sha256_hash()[..16]));
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let mut response = if known == Some(etag.as_str()) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        Body::from(file.data.into_owned()).into_response()
    };
    let out = response.headers_mut();
    out.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type(name)));
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    out.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    out.insert(header::ETAG, HeaderValue::from_str(&etag).ok()?);
    if let Some(coding) = coding {
        out.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    Some(response)
}

/// Whether an `Accept-Encoding` takes a coding; `q=0` says that it does not.
fn accepts(accepted: &str, coding: &str) -> bool {
    accepted.split(',').any(|part| {
        let mut pieces = part.split(';').map(str::trim);
        pieces.next() == Some(coding) && !pieces.any(|piece| piece.strip_prefix("q=").is_some_and(|q| q.parse() == Ok(0.0_f32)))
    })
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json" | "map") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("txt") => "text/plain; charset=utf-8",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[test]
    fn a_coding_of_quality_zero_is_not_taken() {
        assert!(accepts("gzip, br", "br") && accepts("br;q=0.1", "br"));
        assert!(!accepts("gzip, br;q=0", "br") && !accepts("br; q=0.000", "br") && !accepts("brotli", "br"));
    }
}
