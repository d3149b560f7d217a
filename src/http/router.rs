//! Every route, and what wraps them all: read it aloud from top to bottom.

use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::Response;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};
use tower_http::timeout::TimeoutLayer;
use tracing::Instrument as _;
use utoipa_axum::router::OpenApiRouter;

use super::problem::{Kind, Language, Problem, RequestId};
use super::{
    Server, access, account, assets, basemap, clusters, factors, health, heatmap, invitations, municipalities, ogc, oidc, openapi, parties,
    people, photos, places, proofs, reports, scan, session, tiles,
};
use crate::app::basemap::Basemap;
use crate::app::keys::hex;

/// How long a request may take, its body included.
const REQUEST: Duration = Duration::from_secs(30);

/// Every operation of the API, with its description.
pub fn described() -> OpenApiRouter<Server> {
    let api = OpenApiRouter::default()
        .merge(reports::routes())
        .merge(heatmap::routes())
        .merge(clusters::routes())
        .merge(scan::routes())
        .merge(municipalities::routes())
        .merge(places::routes())
        .merge(session::routes())
        .merge(account::routes())
        .merge(factors::routes())
        .merge(proofs::routes())
        .merge(oidc::routes())
        .merge(photos::routes())
        .merge(invitations::routes())
        .merge(parties::routes())
        .merge(people::routes())
        .merge(access::routes())
        .fallback(async || Problem::new(Kind::NotFound));
    OpenApiRouter::default()
        .nest("/api/v1", api)
        .merge(openapi::routes())
        .merge(health::routes())
        .merge(basemap::routes())
        .merge(tiles::routes())
        .merge(ogc::routes())
}

/// The whole service.
pub fn router(server: Server) -> Router {
    let (api, _) = described().split_for_parts();
    // Map tiles are compressed already, and their ranges would no longer be the file's.
    let compression =
        CompressionLayer::new().compress_when(SizeAbove::new(1_024).and(NotForContentType::const_new("application/vnd.pmtiles")));
    api.merge(assets::routes())
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, REQUEST))
        .layer(CatchPanicLayer::custom(|_| panicked()))
        .layer(from_fn(problems))
        .layer(compression)
        .layer(from_fn_with_state(server.clone(), headers))
        .layer(from_fn_with_state(server.clone(), log))
        .layer(from_fn(identify))
        .with_state(server)
}

fn panicked() -> Response<http_body_util::Full<bytes::Bytes>> {
    // The hook has logged where; the reader gets the ordinary document from the layer outside.
    let mut response = Response::new(http_body_util::Full::default());
    *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
    response
}

/// Renders problems in the reader's language, also those that layers and the router made without a document.
async fn problems(request: Request, next: Next) -> Response {
    let language = Language::from_header(request.headers().get(header::ACCEPT_LANGUAGE));
    let id = request.extensions().get::<RequestId>().cloned();
    let mut response = next.run(request).await;
    if let Some(problem) = response.extensions_mut().remove::<Problem>() {
        let mut rendered = problem.render(language, id.as_ref());
        if let Some(range) = response.headers().get(header::CONTENT_RANGE) {
            rendered.headers_mut().insert(header::CONTENT_RANGE, range.clone());
        }
        return rendered;
    }
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() || response.headers().contains_key(header::CONTENT_TYPE) {
        return response;
    }
    let kind = match status {
        StatusCode::NOT_FOUND => Kind::NotFound,
        StatusCode::METHOD_NOT_ALLOWED => Kind::MethodNotAllowed,
        StatusCode::REQUEST_TIMEOUT => Kind::Timeout,
        StatusCode::PAYLOAD_TOO_LARGE => Kind::TooLarge,
        _ if status.is_server_error() => Kind::Internal,
        _ => Kind::Malformed,
    };
    let mut rendered = Problem::new(kind).render(language, id.as_ref());
    if let Some(allow) = response.headers().get(header::ALLOW) {
        rendered.headers_mut().insert(header::ALLOW, allow.clone());
    }
    rendered
}

/// Headers on every answer: what a page may load and do, and that nothing is told to other sites.
async fn headers(State(server): State<Server>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let out = response.headers_mut();
    // An answer that asks for a stricter one, as a picture does, keeps it.
    out.entry(header::CONTENT_SECURITY_POLICY).or_insert_with(|| server.policy.clone());
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (HeaderName::from_static("permissions-policy"), "geolocation=(self), camera=(), microphone=(), interest-cohort=()"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ] {
        out.insert(name, HeaderValue::from_static(value));
    }
    if server.settings.https {
        out.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    response
}

/// The Content-Security-Policy; a style on another host opens exactly that host.
pub fn policy(basemap: &Basemap) -> Result<HeaderValue, axum::http::header::InvalidHeaderValue> {
    let host = match basemap {
        Basemap::Style { origin, .. } => format!(" {origin}"),
        Basemap::None | Basemap::Pmtiles { .. } => String::new(),
    };
    HeaderValue::from_str(&format!(
        "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self' data: blob:{host}; connect-src 'self'{host}; \
         font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ))
}

/// A name of the request on every line of the log that it caused, and in the answer when it failed: what a person who saw it can tell the
/// operator. Public answers are the same bytes at every request.
async fn identify(mut request: Request, next: Next) -> Response<Body> {
    let mut bytes = [0; 8];
    // Without random numbers all requests share a name; the service goes on.
    let _ = getrandom::fill(&mut bytes);
    let id = RequestId(hex(&bytes));
    let span = tracing::info_span!("request", id = %id.0);
    let header = HeaderValue::from_str(&id.0);
    request.extensions_mut().insert(id);
    let mut response = next.run(request).instrument(span).await;
    if let (true, Ok(header)) = (response.status().is_client_error() || response.status().is_server_error(), header) {
        response.headers_mut().insert(HeaderName::from_static("x-request-id"), header);
    }
    response
}

/// One line per request: the route's pattern, never the path (it holds ids), the query (it holds places) or the visitor.
async fn log(State(server): State<Server>, request: Request, next: Next) -> Response<Body> {
    let started = std::time::Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<axum::extract::MatchedPath>().map(|path| path.as_str().to_owned());
    let response = next.run(request).await;
    let (route, status, took) = (route.as_deref().unwrap_or("-"), response.status(), started.elapsed());
    server.metrics.count(route, &method, status, took);
    tracing::info!(%method, route, status = status.as_u16(), ms = took.as_millis(), "request");
    response
}
