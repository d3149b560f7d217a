//! What the operator's monitoring asks, on a listener of its own. Labels are patterns and classes: no words, places, addresses or ids.

use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;
use tokio::net::TcpListener;

use super::Server;
use super::problem::{Kind, Problem};
use crate::app::Figures;

/// Upper bounds in seconds: from an answer out of memory to the longest a request may take.
const SECONDS: [f64; 11] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0, 30.0];

type Request = [(&'static str, String); 3];
type Outcome = [(&'static str, &'static str); 1];

/// What has been counted since the start.
#[derive(Debug)]
pub struct Metrics {
    requests: Family<Request, Histogram, fn() -> Histogram>,
    reports: Family<Outcome, Counter>,
}

impl Default for Metrics {
    fn default() -> Self {
        Self { requests: Family::new_with_constructor(|| Histogram::new(SECONDS)), reports: Family::default() }
    }
}

impl Metrics {
    /// Counts a request; `route` is its pattern.
    pub(super) fn count(&self, route: &str, method: &Method, status: StatusCode, took: Duration) {
        // A method can be any word: whoever invents some must not fill the memory.
        let known = [Method::GET, Method::HEAD, Method::POST, Method::PATCH, Method::DELETE].contains(method);
        let class = format!("{}xx", status.as_u16() / 100);
        let labels = [("route", route.to_owned()), ("method", if known { method.as_str() } else { "other" }.to_owned()), ("status", class)];
        self.requests.get_or_create(&labels).observe(took.as_secs_f64());
        if route == "/api/v1/reports" && method == Method::POST {
            let outcome = match status {
                StatusCode::CREATED => "stored",
                StatusCode::OK => "repeated",
                _ => "refused",
            };
            self.reports.get_or_create(&[("outcome", outcome)]).inc();
        }
    }

    /// Everything in the OpenMetrics format.
    fn text(&self, now: &Figures) -> Result<String, std::fmt::Error> {
        let mut registry = Registry::default();
        registry.register("lykta_http_request_duration_seconds", "Requests and how long they took", self.requests.clone());
        registry.register("lykta_reports", "Reports that were sent, by what became of them", self.reports.clone());
        for (name, help, value) in [
            ("lykta_writes_waiting", "Acts that wait for the writer", now.writes_waiting),
            ("lykta_index_behind", "Versions of the change logs that the indexes have not applied", now.index_behind),
            ("process_resident_memory_bytes", "Memory of the process", resident_memory()),
        ] {
            let gauge: Gauge = Gauge::default();
            gauge.set(value);
            registry.register(name, help, gauge);
        }
        let mut text = String::new();
        encode(&mut text, &registry)?;
        Ok(text)
    }
}

/// Bytes, as Linux states them; 0 elsewhere.
fn resident_memory() -> i64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib = line.and_then(|line| line.split_whitespace().next()).and_then(|kib| kib.parse::<i64>().ok());
    kib.map_or(0, |kib| kib * 1_024)
}

/// The only route of the listener: `GET /metrics`.
pub fn router(server: Server) -> Router {
    Router::new().route("/metrics", get(metrics)).with_state(server)
}

/// Serves until the task is dropped.
pub async fn serve(listener: TcpListener, server: Server) -> std::io::Result<()> {
    axum::serve(listener, router(server)).await
}

async fn metrics(State(server): State<Server>) -> Result<Response, Problem> {
    let text = server.metrics.text(&server.app.figures().await?).map_err(|_| Problem::new(Kind::Internal))?;
    Ok(([(header::CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8")], text).into_response())
}
