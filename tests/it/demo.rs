//! The example: what the agreements state, reports that nobody made, and past releases.

use std::time::{Duration, Instant};

use axum::http::StatusCode;
use lykta::app::demo::agreements::agreements;
use lykta::app::erase::ErasedDemo;
use lykta::domain::ids::MunicipalityCode;
use serde_json::{Value, json};

use crate::app::{TestApp, a_report};

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
        let ids: Vec<&str> = csv.trim_end().lines().skip(1).filter_map(|line| line.rsplit(';').nth(1)).filter(|id| id.len() == 36).collect();
        let mut listed: Vec<String> = Vec::new();
        let mut next = Some("/api/v1/reports?municipality=1060&limit=1000".to_owned());
        while let Some(link) = next {
            let page = app.plan(&link).await.json();
            listed.extend(page["features"].as_array().unwrap().iter().map(|feature| feature["id"].as_str().unwrap().to_owned()));
            next = page["next"].as_str().map(str::to_owned);
        }
        assert!(ids.len() >= 3_000 && ids == listed, "{} rows, {} listed", ids.len(), listed.len());

        assert_eq!(app.app.erase_demo().await.unwrap(), ErasedDemo { kommuner: 3, reports: 9_000, left: 0 });
        assert!(app.app.check().await.unwrap().is_sound());
        let map = app.get("/api/v1/heatmap?municipality=1060").await.json();
        assert_eq!((map["release"].clone(), app.total("1060").await), (Value::Null, 0));
        let after = app.post("/api/v1/reports", a_report(json!({}))).await;
        assert_eq!(after.status, StatusCode::UNPROCESSABLE_ENTITY, "an empty kommun is not active");
    }

    /// Erasing an example that never was is no leave to fill in one beside real reports, and a later erasing takes nobody's.
    async fn the_demo_never_mixes_with_what_is_real(app) {
        assert_eq!(app.app.erase_demo().await.unwrap(), ErasedDemo::default());
        app.activate("1060").await;
        assert!(app.app.install_demo(|_| ()).await.is_err(), "a kommun was set up");
        app.report(a_report(json!({}))).await;
        app.app.erase_demo().await.unwrap();
        assert!(app.app.install_demo(|_| ()).await.is_err(), "there is a report");
        assert_eq!(app.app.erase_demo().await.unwrap(), ErasedDemo::default());
        assert_eq!(app.total("1060").await, 1);
    }

    /// A little of it filled and removed, twice; then cut short, filled whole and removed. What others sent meanwhile stays.
    async fn the_demo_can_be_cut_short_and_come_back(app) {
        let kommun = agreements().unwrap().into_iter().find(|kommun| kommun.municipality == "1060").unwrap();
        let code = MunicipalityCode::parse("1060").unwrap();
        for time in ["first", "second"] {
            app.app.install_agreement(code, &kommun).await.unwrap();
            app.app.install_reports(code, &kommun, 300).await.unwrap();
            assert_eq!(app.another().await.total("1060").await, 300, "the {time} time, to a process that starts");
            let watching = app.another().await;
            assert_eq!(app.app.erase_demo().await.unwrap(), ErasedDemo { kommuner: 1, reports: 300, left: 0 }, "the {time} time");
            total_becomes(&watching, 0).await;
        }

        let cut = app.clone();
        let filling = tokio::spawn(async move { cut.app.install_demo(|_| ()).await });
        let started = Instant::now();
        while app.total("1060").await < 100 {
            assert!(started.elapsed().as_secs() < 60, "the demo does not begin");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        filling.abort();
        assert!(filling.await.is_err(), "it was still filling");
        app.app.install_demo(|_| ()).await.unwrap();
        assert_eq!((app.total("1060").await, app.total("0780").await), (3_000, 3_000));

        app.report(a_report(json!({}))).await;
        assert_eq!(app.app.erase_demo().await.unwrap(), ErasedDemo { kommuner: 3, reports: 9_000, left: 1 });
        total_becomes(&app.another().await, 1).await;
        assert!(app.app.check().await.unwrap().is_sound());
        assert!(app.app.install_demo(|_| ()).await.is_err(), "the report that stayed is not to be mixed with an example");
    }
}

/// Waits until a process sees so many reports.
async fn total_becomes(process: &TestApp, expected: u64) {
    let started = Instant::now();
    while process.total("1060").await != expected {
        assert!(started.elapsed().as_secs() < 10, "it still shows {}", process.total("1060").await);
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
