//! What wraps every answer: headers, languages, missing files.

use axum::http::StatusCode;

both! {
    /// Whoever saw it fail can tell the operator which line of the log it was.
    async fn a_failure_has_a_name(app) {
        let names = [app.get("/api/v1/nothing").await, app.get("/api/v1/nothing").await].map(|answer| answer.header("x-request-id").to_owned());
        assert!(names[0] != names[1] && names.iter().all(|name| name.len() == 16), "{names:?}");
        app.app.close().await;
        let broken = app.plan("/api/v1/reports?municipality=1060&limit=1").await;
        let unready = app.get("/readyz").await;
        for failure in [broken, unready].iter().filter(|answer| answer.status.is_server_error()) {
            assert_eq!(failure.json()["request_id"], failure.header("x-request-id"));
        }
        assert!(app.get("/readyz").await.status.is_server_error());
    }

    /// A file takes no other verb.
    async fn a_page_is_read_and_nothing_else(app) {
        for (path, found) in [("/kvitto.html", StatusCode::METHOD_NOT_ALLOWED), ("/nothing.js", StatusCode::NOT_FOUND)] {
            let request = axum::http::Request::delete(path).body(axum::body::Body::empty()).unwrap();
            let answer = app.send(request).await;
            assert_eq!((answer.status, answer.header("content-type")), (found, "application/problem+json"), "{path}");
            assert_eq!(answer.header("allow"), if found == StatusCode::NOT_FOUND { "" } else { "GET, HEAD" });
        }
    }

    /// A page under a file's name gets cached for a year; a missing file must say so.
    async fn a_missing_asset_is_missing_and_every_answer_is_guarded(app) {
        let missing = app.get("/assets/index-00000000.js").await;
        assert_eq!((missing.status, missing.header("cache-control")), (StatusCode::NOT_FOUND, "no-store"));
        for path in ["/api/v1/municipalities/1060", "/assets/nothing.js", "/healthz"] {
            let answer = app.get(path).await;
            let policy = answer.header("content-security-policy");
            assert!(policy.starts_with("default-src 'none'; script-src 'self'") && !policy.contains("unsafe") && !policy.contains("http"), "{path}: {policy}");
            assert_eq!((answer.header("x-content-type-options"), answer.header("referrer-policy")), ("nosniff", "no-referrer"), "{path}");
        }
    }
}
