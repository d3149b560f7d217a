//! The change log: gapless, chained, and telling on whoever touched it (T18).

use serde_json::json;

use crate::app::{TestApp, a_report};

both! {
    /// Flip, delete, reorder, truncate: each is found where it is.
    async fn whoever_touches_the_log_is_told_on(app) {
        app.activate("1060").await;
        for _ in 0..6 {
            app.report(a_report(json!({}))).await;
        }
        assert!(app.app.check().await.unwrap().is_sound());
        app.sql("CREATE TABLE aside AS SELECT * FROM change WHERE municipality = '1060'").await;
        for (statement, version) in [
            ("UPDATE change SET facts = '{}' WHERE municipality = '1060' AND version = 3", 3),
            ("UPDATE change SET actor = 'operator' WHERE municipality = '1060' AND version = 7", 7),
            ("UPDATE change SET version = 40 WHERE municipality = '1060' AND version = 4", 4),
            (
                "UPDATE change SET version = -1 WHERE municipality = '1060' AND version = 3;
                 UPDATE change SET version = 3 WHERE municipality = '1060' AND version = 4;
                 UPDATE change SET version = 4 WHERE municipality = '1060' AND version = -1",
                3,
            ),
            ("DELETE FROM change WHERE municipality = '1060' AND version = 5", 5),
            ("DELETE FROM change WHERE municipality = '1060' AND version >= 6", 6),
        ] {
            app.sql(statement).await;
            let report = app.app.check().await.unwrap();
            let broken: Vec<i64> = report.broken.iter().map(|broken| broken.version).collect();
            assert_eq!(broken, [version], "{statement}");
            app.sql("DELETE FROM change WHERE municipality = '1060'; INSERT INTO change SELECT * FROM aside").await;
            assert!(app.app.check().await.unwrap().is_sound(), "undone: {statement}");
        }
    }

    /// Versions are taken in the act's own transaction: many at once leave no gap, and a refused act none at all.
    async fn many_at_once_leave_no_gap_and_a_refusal_no_trace(app) {
        app.activate("1060").await;
        let sends: Vec<_> = (0..40)
            .map(|at| {
                let app = app.clone();
                tokio::spawn(async move {
                    let id = if at % 4 == 0 { json!("6f2c1f0a-3c1b-4a55-9d1e-0a4f7b8c9d10") } else { json!(crate::app::new_id()) };
                    app.post("/api/v1/reports", a_report(json!({"id": id, "insecurity": at % 3}))).await.status.as_u16()
                })
            })
            .collect();
        let mut statuses = Vec::new();
        for send in sends {
            statuses.push(send.await.unwrap());
        }
        let created = statuses.iter().filter(|status| **status == 201).count() as u64;
        assert_eq!(created, 31, "thirty of their own and one of the ten that share an id: {statuses:?}");
        let report = app.app.check().await.unwrap();
        assert!(report.is_sound(), "{report:?}");
        assert_eq!((report.changes, app.total("1060").await), (created + 1, created), "one row for each, and one for the profile");
    }

    /// Keys that are gone are missed at once, instead of being replaced by others that open no receipt.
    async fn a_database_is_never_opened_with_other_keys(app) {
        let settings = app.settings.clone();
        let aside = app.path("aside.json");
        std::fs::rename(&settings.keys, &aside).unwrap();
        let gone = lykta::app::App::open(&settings, app.clock.clone()).await;
        assert!(gone.is_err_and(|error| error.to_string().contains("missing")));
        assert!(!settings.keys.exists(), "nothing was made up");
        let other = TestApp::with_fresh_keys().await;
        std::fs::copy(other, &settings.keys).unwrap();
        let foreign = lykta::app::App::open(&settings, app.clock.clone()).await;
        assert!(foreign.is_err_and(|error| error.to_string().contains("other keys")));
    }

    /// A check beside a server that is being written to compares like with like.
    async fn a_check_beside_a_busy_server_finds_nothing_wrong(app) {
        app.activate("1060").await;
        let server = app.another().await;
        let busy = tokio::spawn(async move {
            for _ in 0..150 {
                server.report(a_report(json!({}))).await;
            }
        });
        while !busy.is_finished() {
            let report = app.app.check().await.unwrap();
            assert!(report.is_sound(), "{report:?}");
        }
        busy.await.unwrap();
    }
}
