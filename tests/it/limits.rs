//! How often one visitor may do what costs or guesses (T12, T27, T32).

use std::net::SocketAddr;
use std::num::NonZeroU32;

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use lykta::http::HttpSettings;
use serde_json::{Value, json};

use crate::app::{Answer, TOKEN, TestApp, a_report};

/// A Lykta behind a proxy at 10.0.0.1 that takes three reports a minute of each visitor.
async fn limited() -> TestApp {
    let app = TestApp::sqlite().await;
    app.activate("1060").await;
    app.serving(HttpSettings {
        trusted_proxies: vec!["10.0.0.0/8".parse().unwrap()],
        rate_limit: NonZeroU32::new(3),
        ..HttpSettings::default()
    })
}

/// A request from an address, with headers.
async fn from(app: &TestApp, peer: &str, method: Method, path: &str, headers: &[(&str, &str)], body: Option<Value>) -> Answer {
    let mut request = Request::builder().method(method).uri(path).header("content-type", "application/json");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let mut request = request.body(body.map_or(Body::empty(), |body| Body::from(body.to_string()))).unwrap();
    request.extensions_mut().insert(SocketAddr::new(peer.parse().unwrap(), 40_000));
    app.send(request).await
}

async fn report(app: &TestApp, peer: &str, forwarded: &str) -> StatusCode {
    let headers: &[(&str, &str)] = if forwarded.is_empty() { &[] } else { &[("x-forwarded-for", forwarded)] };
    from(app, peer, Method::POST, "/api/v1/reports", headers, Some(a_report(json!({})))).await.status
}

fn assert_limited(answer: &Answer) {
    assert_eq!((answer.status, answer.json()["type"].clone()), (StatusCode::TOO_MANY_REQUESTS, json!("/problems/rate-limited")));
    let wait: u64 = answer.header("retry-after").parse().expect("seconds");
    assert!((1..=60).contains(&wait), "{wait}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_fourth_report_in_a_minute_waits_and_leaves_nothing() {
    let app = limited().await;
    for _ in 0..3 {
        assert_eq!(report(&app, "203.0.113.1", "").await, StatusCode::CREATED);
    }
    let body = a_report(json!({}));
    let refused = from(&app, "203.0.113.1", Method::POST, "/api/v1/reports", &[], Some(body)).await;
    assert_limited(&refused);
    assert_eq!(app.total("1060").await, 3);
    assert_eq!(report(&app, "203.0.113.2", "").await, StatusCode::CREATED, "somebody else");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_forged_x_forwarded_for_makes_nobody_another_visitor() {
    let app = limited().await;
    // Past the proxy: the header is whatever the visitor wrote.
    for at in 0..3 {
        assert_eq!(report(&app, "203.0.113.1", &format!("198.51.100.{at}")).await, StatusCode::CREATED);
    }
    assert_eq!(report(&app, "203.0.113.1", "198.51.100.77").await, StatusCode::TOO_MANY_REQUESTS);
    // Through it: only what the proxy itself added counts, so nobody uses up another's share either.
    for at in 0..3 {
        assert_eq!(report(&app, "10.0.0.1", &format!("198.51.100.{at}, 203.0.113.5")).await, StatusCode::CREATED);
    }
    assert_eq!(report(&app, "10.0.0.1", "198.51.100.77, 203.0.113.5").await, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(report(&app, "10.0.0.1", "198.51.100.77").await, StatusCode::CREATED);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn guessed_receipts_run_out_and_a_hit_then_looks_like_a_miss() {
    let app = limited().await;
    let receipt = app.report(a_report(json!({}))).await["receipt"].clone();
    let ask = |receipt: Value| from(&app, "203.0.113.1", Method::POST, "/api/v1/receipts", &[], Some(json!({"receipt": receipt})));
    let mut misses = 0;
    for at in 0..40 {
        let answer = ask(json!(format!("0000-0000-0000-{at:04}"))).await;
        if answer.status == StatusCode::NOT_FOUND {
            misses += 1;
        } else {
            assert_limited(&answer);
        }
    }
    assert_eq!(misses, 30);
    assert_limited(&ask(receipt.clone()).await);
    let withdrawal = json!({"receipt": receipt});
    assert_limited(&from(&app, "203.0.113.1", Method::DELETE, "/api/v1/receipts", &[], Some(withdrawal.clone())).await);
    let elsewhere = from(&app, "203.0.113.2", Method::POST, "/api/v1/receipts", &[], Some(withdrawal)).await;
    assert_eq!(elsewhere.status, StatusCode::OK, "and one's own receipt may be read as often as one likes elsewhere");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn guessed_tokens_run_out_on_every_path_also_without_a_limit_on_reports() {
    let app = TestApp::sqlite().await;
    app.activate("1060").await;
    let bearer = |path: &'static str, token: &str| {
        let (app, token) = (app.clone(), format!("Bearer {token}"));
        async move { from(&app, "203.0.113.1", Method::GET, path, &[("authorization", token.as_str())], None).await }
    };
    for _ in 0..20 {
        assert_eq!(bearer("/api/v1/summary?municipality=1060", TOKEN).await.status, StatusCode::OK, "a token that holds is never counted");
    }
    for at in 0..10 {
        let path = ["/api/v1/summary?municipality=1060", "/api/v1/session"][at % 2];
        assert_eq!(bearer(path, "planner-token-in-testz").await.status, StatusCode::UNAUTHORIZED);
    }
    assert_limited(&bearer("/api/v1/reports?municipality=1060", "planner-token-in-testz").await);
    assert_limited(
        &from(&app, "203.0.113.1", Method::POST, "/api/v1/session", &[], Some(json!({"token": "planner-token-in-testz"}))).await,
    );
    // One that holds is heard all the same: what others behind the address have tried shuts nobody out.
    assert_eq!(bearer("/api/v1/session", TOKEN).await.status, StatusCode::OK);
    let own = from(&app, "203.0.113.1", Method::POST, "/api/v1/session", &[], Some(json!({"token": TOKEN}))).await;
    assert_eq!(own.status, StatusCode::NO_CONTENT);
}
