//! The example: what the agreements state, reports that nobody made, and past releases.

use axum::http::StatusCode;
use serde_json::{Value, json};

both! {
    /// Filled once, complete, and removed by one command.
    async fn the_demo_is_whole_and_can_be_removed(app) {
        app.app.install_demo(|_| ()).await.unwrap();
        app.app.install_demo(|_| ()).await.unwrap();
        assert!(app.app.check().await.unwrap().is_sound());
        for (code, areas) in [("1060", 6), ("1862", 7), ("0780", 9)] {
            assert_eq!(app.total(code).await, 3_000, "{code}");
            let kommun = app.get(&format!("/api/v1/municipalities/{code}")).await.json();
            assert_eq!((kommun["properties"]["demo"].clone(), kommun["properties"]["agreements"][0]["expired"].clone()), (json!(true), json!(true)));
            let focus = app.get(&format!("/api/v1/municipalities/{code}/focus-areas")).await.json();
            assert!(focus["features"].as_array().is_some_and(|features| features.len() >= areas), "{code}");
            let releases = app.get(&format!("/api/v1/municipalities/{code}/releases")).await.json();
            assert_eq!(releases["releases"].as_array().map(Vec::len), Some(8));
            let map = app.get(&format!("/api/v1/heatmap?municipality={code}&size_m=1000")).await.json();
            assert!(map["features"].as_array().is_some_and(|cells| cells.len() >= 5), "{code}: {}", map["total"]);
        }
        let araby = app.get("/api/v1/municipalities/0780/focus-areas").await.json();
        let place = araby["features"].as_array().unwrap().iter().find(|area| area["properties"]["kind"] == "place").unwrap().clone();
        let inside = app.plan(&format!("/api/v1/summary?municipality=0780&focus_area={}", place["id"].as_str().unwrap())).await.json();
        assert!(inside["total"].as_u64().is_some_and(|total| total > 100 && total < 1_000), "{}", inside["total"]);

        // One look for all of it: the rows of every piece, in the order of the list, none twice.
        let token = format!("Bearer {}", crate::app::TOKEN);
        let request = axum::http::Request::get("/api/v1/reports?municipality=1060").header("authorization", token).header("accept", "text/csv");
        let csv = String::from_utf8(app.send(request.body(axum::body::Body::empty()).unwrap()).await.bytes).unwrap();
        let ids: Vec<&str> = csv.trim_end().lines().skip(1).filter_map(|line| line.rsplit(';').next()).filter(|id| id.len() == 36).collect();
        let mut listed: Vec<String> = Vec::new();
        let mut next = Some("/api/v1/reports?municipality=1060&limit=1000".to_owned());
        while let Some(link) = next {
            let page = app.plan(&link).await.json();
            listed.extend(page["features"].as_array().unwrap().iter().map(|feature| feature["id"].as_str().unwrap().to_owned()));
            next = page["next"].as_str().map(str::to_owned);
        }
        assert!(ids.len() >= 3_000 && ids == listed, "{} rows, {} listed", ids.len(), listed.len());

        assert_eq!(app.app.erase_demo().await.unwrap(), 9_000);
        assert!(app.app.check().await.unwrap().is_sound());
        let map = app.get("/api/v1/heatmap?municipality=1060").await.json();
        assert_eq!((map["release"].clone(), app.total("1060").await), (Value::Null, 0));
        let after = app.post("/api/v1/reports", crate::app::a_report(json!({}))).await;
        assert_eq!(after.status, StatusCode::UNPROCESSABLE_ENTITY, "an empty kommun is not active");
    }
}
