//! Input that means harm, or no good: a clear answer, and nothing left behind (T19, T22–T24).

use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::{Value, json};

use crate::app::{TestApp, a_report, shared};

async fn raw(app: &TestApp, body: impl Into<Body>, headers: &[(&str, &str)]) -> (StatusCode, Value) {
    let mut request = Request::post("/api/v1/reports");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let answer = app.send(request.body(body.into()).expect("a request")).await;
    assert_eq!(answer.header("content-type"), "application/problem+json");
    (answer.status, answer.json())
}

const JSON: (&str, &str) = ("content-type", "application/json");

both! {
    /// Whatever is refused is refused as a document, and leaves neither report nor change.
    async fn what_is_refused_leaves_nothing(app) {
        app.activate("1060").await;
        let before = app.app.check().await.unwrap().changes;
        let deep = format!("{}1{}", "[".repeat(50_000), "]".repeat(50_000));
        for (body, status) in [
            (String::new(), 400), ("{".to_owned(), 400), ("[]".to_owned(), 400), ("null".to_owned(), 400), ("NaN".to_owned(), 400), (deep[..60_000].to_owned(), 400),
            (deep, 413), ("{\"id\": 1e999}".to_owned(), 400), ("x".repeat(10 * 1024 * 1024), 413),
            ("{}".to_owned(), 422), (a_report(json!({"id": 7})).to_string(), 422),
            (a_report(json!({"location": {"type": "Point", "coordinates": [1e308, -1e308]}})).to_string(), 422),
            (a_report(json!({"location": {"type": "Point", "coordinates": [0, 0]}})).to_string(), 422),
            (a_report(json!({"location": {"type": "Point", "coordinates": []}})).to_string(), 422),
            (a_report(json!({"location": {"type": "Point", "coordinates": ["14.5", "56.2"]}})).to_string(), 422),
            (a_report(json!({"location": {"type": "Polygon", "coordinates": [[[14.5, 56.2]]]}})).to_string(), 422),
            (a_report(json!({"location": {"type": "Point", "coordinates": [14.5315, 56.2765], "crs": 1}})).to_string(), 422),
            (a_report(json!({"note": "x".repeat(1_001)})).to_string(), 422),
            (a_report(json!({"perspectives": vec!["woman"; 1_000]})).to_string(), 422),
            (a_report(json!({"insecurity": -1})).to_string(), 422), (a_report(json!({"insecurity": 1.5})).to_string(), 422),
            (a_report(json!({"occurred_at": "1826-01-01T00:00:00Z"})).to_string(), 422), (a_report(json!({"occurred_at": "2026-11-24T12:00:00Z"})).to_string(), 422),
            (a_report(json!({"reporter": "zz"})).to_string(), 422), (a_report(json!({"feeling": "safe"})).to_string(), 422),
        ] {
            let what = body.chars().take(80).collect::<String>();
            let (answered, problem) = raw(&app, body, &[JSON]).await;
            assert_eq!(answered.as_u16(), status, "{what}: {problem}");
        }
        assert_eq!(raw(&app, "{}", &[("content-type", "text/plain")]).await.0, StatusCode::UNSUPPORTED_MEDIA_TYPE);
        assert_eq!(raw(&app, "{}", &[JSON, ("content-encoding", "gzip")]).await.0, StatusCode::UNSUPPORTED_MEDIA_TYPE);
        assert_eq!((app.total("1060").await, app.app.check().await.unwrap().changes), (0, before));
    }

    /// Strings that have broken other systems come back as they were written, or are refused with a reason.
    async fn naughty_strings_are_kept_or_refused_whole(app) {
        app.activate("1060").await;
        let Some(path) = shared("naughty-strings/blns.json") else { return };
        let strings: Vec<String> = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let (mut kept, mut refused) = (0, 0);
        for text in &strings {
            let body = a_report(json!({"note": text, "place_text": text.chars().take(100).collect::<String>()}));
            let answer = app.post("/api/v1/reports", body.clone()).await;
            match answer.status {
                StatusCode::CREATED => {
                    kept += 1;
                    let detail = app.plan(&format!("/api/v1/reports/{}", body["id"].as_str().unwrap())).await.json();
                    let stored = detail["properties"]["note"].as_str().unwrap_or_default();
                    let bare = |text: &str| text.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect::<String>();
                    assert!(bare(text).contains(&bare(stored)) || text.contains(['\u{202a}', '\u{200e}', '\u{feff}', '\u{2066}', '\u{202e}']), "{text:?} became {stored:?}");
                }
                StatusCode::UNPROCESSABLE_ENTITY => {
                    refused += 1;
                    assert!(!answer.faults().is_empty(), "{text:?}");
                }
                other => panic!("{other} for {text:?}"),
            }
        }
        assert_eq!((kept + refused, app.total("1060").await), (strings.len(), kept as u64));
        assert!(kept > refused * 3, "{kept} kept, {refused} refused");
    }

    /// Parameters are as hostile a place as bodies.
    async fn hostile_parameters_are_named(app) {
        app.activate("1060").await;
        let bomb: Vec<String> = (0..2_500).map(|at| format!("{}%20{}", 14.0 + f64::from(at % 50) * 0.01, 56.0 + f64::from(at) * 0.0001)).collect();
        for (query, status) in [
            ("bbox=NaN,0,1,1", 400), ("bbox=14,56,15", 400), ("polygon=14%2056", 400), ("limit=0", 400), ("limit=100000", 400), ("after=x", 400),
            ("hour=24", 400), ("category=%00", 400), ("from=never", 400), ("since=9999999999999999999999", 400), ("size_m=250", 400),
            (&format!("polygon={}", bomb.join(",")), 400),
            ("polygon=14%2056,15%2057,15%2056,14%2057", 400),
        ] {
            let answer = app.plan(&format!("/api/v1/reports?municipality=1060&{query}")).await;
            assert_eq!(answer.status.as_u16(), status, "{query:.60}");
            assert_eq!(answer.faults().len(), 1, "{query:.60}: {:?}", answer.faults());
        }
        for path in ["/api/v1/reports/../../etc/passwd", "/api/v1/reports/%00", "/api/v1/nothing", "/assets/../Cargo.toml", "/assets/%2e%2e/Cargo.toml", "/.git/config"] {
            let answer = app.get(path).await;
            assert_eq!((answer.status, answer.header("content-type")), (StatusCode::NOT_FOUND, "application/problem+json"), "{path}");
        }
        let id = crate::app::new_id();
        for path in [
            "/api/v1/reports/%FF", "/api/v1/municipalities/%FF", "/api/v1/municipalities/%FF/focus-areas", "/api/v1/municipalities/%FF/releases",
            "/assets/%FF", "/api/v1/%FF",
        ] {
            let answer = app.get(path).await;
            assert_eq!((answer.status, answer.json()["type"].clone()), (StatusCode::NOT_FOUND, json!("/problems/not-found")), "{path}");
        }
        assert_eq!(app.post("/api/v1/reports/%FF/support", json!({"reporter": id})).await.json()["type"], "/problems/not-found");
        assert_eq!(app.patch("%FF", Some("\"1060-1\""), json!({})).await.json()["type"], "/problems/not-found");
        let odd = app.send(Request::builder().method("TRACE").uri("/api/v1/reports").body(Body::empty()).unwrap()).await;
        assert_eq!((odd.status, odd.header("content-type")), (StatusCode::METHOD_NOT_ALLOWED, "application/problem+json"));
    }
}
