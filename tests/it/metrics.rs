//! What monitoring is told, and what it is not.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use lykta::http::{HttpSettings, Server, metrics, router::router};
use serde_json::json;
use tower::ServiceExt;

use crate::app::{TestApp, a_report};

async fn ask(router: &Router, method: &str, path: &str, body: String) -> (StatusCode, String) {
    let request = Request::builder().method(method).uri(path).header("content-type", "application/json").body(Body::from(body)).unwrap();
    let answer = router.clone().oneshot(request).await.unwrap();
    let status = answer.status();
    (status, String::from_utf8(to_bytes(answer.into_body(), 1 << 20).await.unwrap().to_vec()).unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn monitoring_hears_how_much_and_how_fast_but_not_what() {
    let app = TestApp::sqlite().await;
    app.activate("1060").await;
    let server = Server::new(Arc::clone(&app.app), HttpSettings::default()).unwrap();
    let (public, own) = (router(server.clone()), metrics::router(server));
    let body = a_report(json!({"note": "Mörkt vid bron"}));
    let id = body["id"].as_str().unwrap();
    for (status, body) in [(StatusCode::CREATED, &body), (StatusCode::OK, &body), (StatusCode::UNPROCESSABLE_ENTITY, &json!({"id": id}))] {
        assert_eq!(ask(&public, "POST", "/api/v1/reports", body.to_string()).await.0, status);
    }
    ask(&public, "GET", &format!("/api/v1/reports/{id}?secret=1"), String::new()).await;
    ask(&public, "GET", "/wp-admin", String::new()).await;
    for invented in ["BREW", "SIP"] {
        ask(&public, invented, "/api/v1/reports", String::new()).await;
    }
    assert_eq!(ask(&public, "GET", "/metrics", String::new()).await.0, StatusCode::NOT_FOUND, "not where the public is");

    let (status, text) = ask(&own, "GET", "/metrics", String::new()).await;
    assert_eq!(status, StatusCode::OK);
    for line in [
        "lykta_reports_total{outcome=\"stored\"} 1",
        "lykta_reports_total{outcome=\"repeated\"} 1",
        "lykta_reports_total{outcome=\"refused\"} 1",
        "lykta_http_request_duration_seconds_count{route=\"/api/v1/reports/{id}\",method=\"GET\",status=\"4xx\"} 1",
        "lykta_http_request_duration_seconds_count{route=\"/api/v1/reports\",method=\"other\",status=\"4xx\"} 2",
        "lykta_http_request_duration_seconds_count{route=\"-\",method=\"GET\",status=\"4xx\"} 2",
        "lykta_writes_waiting 0",
        "lykta_index_behind 0",
        "# EOF",
    ] {
        assert!(text.lines().any(|known| known == line), "{line} is not in\n{text}");
    }
    assert!(
        text.lines()
            .any(|line| line.strip_prefix("process_resident_memory_bytes ").is_some_and(|bytes| bytes.parse::<i64>().unwrap() > 1_000_000))
    );
    for told in [id, "secret", "bron", "wp-admin", "BREW", "14.5"] {
        assert!(!text.contains(told), "{told} is in\n{text}");
    }
}
