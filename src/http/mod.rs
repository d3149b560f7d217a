//! Words ↔ HTTP: no rules, no SQL.
//!
//! The server accepts connections itself because the framework's own loop has no deadline for headers: two thousand silent sockets would
//! take every place there is. Nor has it one for those who do not read what they asked for (`progress`), or a bound on how many connections
//! one visitor holds (`connections`).

mod access;
mod account;
mod address;
pub mod answer;
mod assets;
mod basemap;
mod bodies;
mod clusters;
mod connections;
mod csv;
pub mod extract;
mod factors;
pub mod form;
mod geojson;
mod health;
mod heatmap;
mod invitations;
pub mod limits;
pub mod metrics;
mod municipalities;
mod ogc;
mod oidc;
pub mod openapi;
mod parties;
mod people;
mod photos;
mod places;
pub mod problem;
mod progress;
mod proofs;
mod query;
mod reports;
pub mod router;
mod scan;
mod session;
mod tiles;
mod wording;

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::Request;
use axum::http::HeaderValue;
use hyper::body::Incoming;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use ipnet::IpNet;
use tokio::net::TcpListener;
use tower::ServiceExt as _;

use crate::app::App;
use connections::Connections;
use limits::Limits;
use progress::Progress;

/// How long a client may take over its headers, and a kept connection may rest.
const HEADERS: Duration = Duration::from_secs(10);
/// How long open requests may finish when the service stops.
const GRACE: Duration = Duration::from_secs(10);

/// What the operator decides about HTTP.
#[derive(Clone, Debug, Default)]
pub struct HttpSettings {
    /// Whether visitors come by https (so cookies are `Secure`).
    pub https: bool,
    /// How the service is reached, such as `https://lykta.example.se`; empty when only the request tells.
    pub base_url: String,
    /// Whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// Reports per minute and visitor; `None` is off. Guesses of tokens and receipts are limited all the same.
    pub rate_limit: Option<NonZeroU32>,
}

/// What every handler sees; cheap to clone.
#[derive(Clone, Debug)]
pub struct Server {
    /// The acts.
    pub app: Arc<App>,
    /// The operator's settings.
    pub settings: Arc<HttpSettings>,
    /// Token buckets.
    pub limits: Arc<Limits>,
    /// What is counted for the operator.
    pub metrics: Arc<metrics::Metrics>,
    /// The Content-Security-Policy.
    pub policy: HeaderValue,
    /// The list of kommuner, ready to be sent.
    pub municipalities: Arc<municipalities::Written>,
    /// The cells of heatmaps, ready to be put together.
    pub pieces: Arc<heatmap::Pieces>,
    /// Hotspots that were found lately.
    pub studies: Arc<heatmap::Studies>,
    /// Heatmaps as they were sent.
    pub bodies: Arc<bodies::Bodies>,
    /// How many reports the pages of GIS programs are of.
    pub counts: Arc<ogc::Counts>,
}

impl Server {
    /// A server for an open app.
    pub fn new(app: Arc<App>, settings: HttpSettings) -> std::io::Result<Self> {
        let policy = router::policy(app.basemap()).map_err(std::io::Error::other)?;
        let limits = Arc::new(Limits::new(settings.rate_limit));
        Ok(Self {
            app,
            settings: Arc::new(settings),
            limits,
            metrics: Arc::default(),
            policy,
            municipalities: Arc::default(),
            pieces: Arc::default(),
            studies: Arc::default(),
            bodies: Arc::default(),
            counts: Arc::default(),
        })
    }
}

/// Serves until `stop` resolves, then lets open requests finish.
pub async fn serve(listener: TcpListener, server: Server, stop: impl Future<Output = ()>) -> std::io::Result<()> {
    let limits = Arc::clone(&server.limits);
    let connections = Connections::new(&server.settings.trusted_proxies);
    let router = router::router(server);
    let graceful = GracefulShutdown::new();
    let mut tidy = tokio::time::interval(Duration::from_mins(1));
    tokio::pin!(stop);
    loop {
        let (stream, peer) = tokio::select! {
            () = &mut stop => break,
            _ = tidy.tick() => {
                limits.tidy();
                continue;
            }
            accepted = accept(&listener) => accepted,
        };
        let Some(place) = connections.enter(peer.ip()) else {
            // Refusing at once tells an honest client to come back; holding it would not.
            drop(stream);
            continue;
        };
        let router = router.clone();
        let service = hyper::service::service_fn(move |request: hyper::Request<Incoming>| {
            let mut request: Request = request.map(axum::body::Body::new);
            request.extensions_mut().insert(peer);
            router.clone().oneshot(request)
        });
        let connection = hyper::server::conn::http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEADERS)
            .max_headers(100)
            .max_buf_size(64 * 1024)
            .serve_connection(TokioIo::new(Progress::new(stream)), service);
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            // A connection that breaks is the client's affair; what it sent is stored or not, and it will ask again.
            let _ = connection.await;
            drop(place);
        });
    }
    tracing::info!("stopping: open requests may finish");
    if tokio::time::timeout(GRACE, graceful.shutdown()).await.is_err() {
        tracing::warn!("some requests were cut off");
    }
    Ok(())
}

async fn accept(listener: &TcpListener) -> (tokio::net::TcpStream, SocketAddr) {
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => {
                progress::tune(&stream);
                return (stream, peer);
            }
            Err(error) => {
                // Out of file descriptors, most likely: give connections time to close instead of spinning.
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }
}
