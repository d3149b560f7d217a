//! What wraps every answer: headers, languages, missing files.

use axum::http::StatusCode;

both! {
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
