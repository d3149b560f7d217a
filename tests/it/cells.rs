//! One cell of the heatmap as a report filter: it has what the heatmap counts in it, wherever reports are asked for.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use lykta::geo::grid::Grid;
use serde_json::{Value, json};

use crate::app::{TOKEN, TestApp};
use crate::hotspots::{SPOT, cells, filled};

const SUMMARY: &str = "/api/v1/summary?municipality=1060";

/// The busiest cell of a grid, named as the filter wants it, and how many reports it has.
async fn busiest(app: &TestApp, name: &str, grid: &str) -> (String, u64) {
    let map = app.plan(&format!("/api/v1/heatmap?municipality=1060&{grid}")).await.json();
    let count = |cell: &(String, Value)| cell.1["count"].as_u64().unwrap();
    let cell = cells(&map).into_iter().max_by_key(count).unwrap();
    (format!("{name}-{}", cell.0), count(&cell))
}

both! {
    async fn each_cell_has_what_the_heatmap_counts_in_it(app) {
        filled(&app).await;
        for (name, grid, more) in [
            ("square250", "size_m=250", ""), ("square62.5", "size_m=62.5", "&bbox=14.55,56.29,14.62,56.34"), ("hex400", "grid=hex&size_m=400", ""),
            ("h3r8", "grid=h3&resolution=8", "&feeling=unsafe"),
        ] {
            assert!(Grid::ALL.iter().any(|grid| grid.name() == name));
            let map = app.plan(&format!("/api/v1/heatmap?municipality=1060&{grid}{more}")).await.json();
            let (found, mut sum) = (cells(&map), 0);
            assert!(found.len() > 15, "{name}");
            for (cell, said) in &found {
                let summary = app.plan(&format!("{SUMMARY}&cell={name}-{cell}{more}")).await.json();
                assert_eq!((&summary["total"], &summary["unplaced"]), (&said["count"], &json!(0)), "{name}-{cell}");
                sum += summary["total"].as_u64().unwrap();
            }
            assert_eq!(Some(sum), map["total"].as_u64(), "{name}");
        }
    }

    async fn a_cell_is_the_same_filter_wherever_reports_are_asked_for(app) {
        filled(&app).await;
        let code = "municipality=1060";
        for (name, grid) in [("square500", "size_m=500"), ("hex200", "grid=hex&size_m=200"), ("h3r9", "grid=h3&resolution=9")] {
            let (cell, count) = busiest(&app, name, grid).await;
            assert!(count > 5, "{cell}");
            let total = async |path: &str| app.plan(&format!("{path}{code}&cell={cell}")).await.json()["total"].as_u64();
            for path in ["/api/v1/reports?", "/api/v1/heatmap?", "/api/v1/heatmap?grid=h3&resolution=7&", "/api/v1/heatmap?size_m=125&"] {
                assert_eq!(total(path).await, Some(count), "{path} {cell}");
            }
            let clustered = app.plan(&format!("/api/v1/clusters?{code}&cell={cell}&eps_m=2000&min_points=1")).await.json();
            let points: u64 = clustered["features"].as_array().unwrap().iter().map(|cluster| cluster["properties"]["points"].as_u64().unwrap()).sum();
            assert_eq!((points, clustered["noise"].as_u64()), (count, Some(0)), "{cell}");
            let ogc = app.plan(&format!("/ogc/collections/reports/items?{code}&cell={cell}&limit=1000")).await.json();
            assert_eq!((ogc["numberMatched"].as_u64(), ogc["numberReturned"].as_u64()), (Some(count), Some(count)), "{cell}");
            let ogc = app.plan(&format!("/ogc/collections/heatmap/items?{code}&cell={cell}&size_m=1000")).await.json();
            let counted: u64 = ogc["features"].as_array().unwrap().iter().map(|cell| cell["properties"]["count"].as_u64().unwrap()).sum();
            assert_eq!(counted, count, "{cell}");
            // As CSV, one line for each report below the names of the columns.
            let path = format!("/api/v1/reports?{code}&cell={cell}");
            let request = Request::get(path).header("authorization", format!("Bearer {TOKEN}")).header("accept", "text/csv");
            let table = app.send(request.body(Body::empty()).unwrap()).await;
            let mut rows = csv::ReaderBuilder::new().delimiter(b';').from_reader(table.bytes.as_slice());
            assert_eq!(rows.records().map(Result::unwrap).count() as u64, count, "{cell}");
            // The tile of the first zoom holds the whole world.
            let tile = crate::tiles::features(&app.plan(&format!("/tiles/reports/0/0/0.mvt?{code}&cell={cell}")).await, "reports");
            assert_eq!(tile.iter().filter_map(|sum| crate::tiles::number(sum, "point_count")).sum::<u64>(), count, "{cell}");
        }
    }

    /// A study of a cell is of the cells whose centre it holds, and a scan is held against what is told in it.
    async fn a_study_of_a_cell_is_of_what_lies_in_it(app) {
        filled(&app).await;
        let (cell, _) = busiest(&app, "square1000", "size_m=1000").await;
        let studied = async |grid: &str| app.plan(&format!("/api/v1/heatmap?municipality=1060&statistic=gi_star&permutations=99&{grid}&cell={cell}")).await.json();
        let (fine, same, coarse) = (studied("size_m=125").await, studied("size_m=1000").await, studied("size_m=500").await);
        assert_eq!([&fine["cells"], &same["cells"], &coarse["cells"]], [&json!(64), &json!(1), &json!(4)]);
        assert_eq!((&fine["total"], fine["message"].is_null(), same["message"].is_null()), (&same["total"], true, false), "one cell is too little");
        let scan = app.plan(&format!("/api/v1/scan?municipality=1060&size_m=250&cell={cell}&category=litter_decay")).await.json();
        assert_eq!((scan["cells"].as_u64().is_some_and(|cells| cells <= 16), &scan["left_out"]), (true, &json!(0)), "{scan}");
    }

    async fn a_cell_that_there_is_not_is_told(app) {
        filled(&app).await;
        let (cell, _) = busiest(&app, "square250", "size_m=250").await;
        let told = |code: &str| vec![("?cell".to_owned(), code.to_owned())];
        for wrong in [
            "square250", "square200-3520006860000", "square250-", "square250-35200068600", "square250-500-3520006860000", "square500-3520006860000",
            "hex200-hex100:2353:39614", "hex200-hex200:99999999:5", "h3r9-8508aa33fffffff", "h3r12-8c1f1d4894e93ff", "circle-1", "square250-epsg32610-3520006860000",
            // Far beyond what the projection holds: an id, but nowhere.
            "square1000-0000009999000", "square1000-999000_99999000",
        ] {
            for path in ["/api/v1/summary", "/api/v1/reports", "/api/v1/heatmap", "/tiles/reports/9/276/158.mvt", "/tiles/heatmap/9/276/158.mvt", "/ogc/collections/reports/items"] {
                let answer = app.plan(&format!("{path}?municipality=1060&cell={wrong}")).await;
                assert_eq!((answer.status, answer.faults()), (StatusCode::BAD_REQUEST, told("unknown_cell")), "{path} {wrong}");
            }
        }
        for path in [format!("/api/v1/reports?bbox=14,56,15,57&cell={cell}"), format!("/tiles/reports/9/276/158.mvt?cell={cell}"), format!("/ogc/collections/reports/items?cell={cell}")] {
            let answer = app.plan(&path).await;
            assert_eq!((answer.status, answer.faults()), (StatusCode::BAD_REQUEST, told("needs")), "{path}");
        }
        // The public has whole releases; nothing is told of what lies in one cell of them.
        for path in ["/api/v1/heatmap", "/tiles/heatmap/9/276/158.mvt", "/tiles/heatmap.json", "/ogc/collections/heatmap/items"] {
            for (more, planner) in [("", false), ("&public=true", true)] {
                let path = format!("{path}?municipality=1060&cell={cell}{more}");
                let answer = if planner { app.plan(&path).await } else { app.get(&path).await };
                assert_eq!((answer.status, answer.faults()), (StatusCode::FORBIDDEN, told("not_released")), "{path}");
            }
        }
        assert_eq!(app.get(&format!("{SUMMARY}&cell={cell}")).await.status, StatusCode::UNAUTHORIZED);
        // A cell with nothing in it is a cell.
        let beside = format!("square250-{:06}{:07}", 250 * (SPOT[0] as u32 * 130), 6_000_000);
        let nothing = app.plan(&format!("{SUMMARY}&cell={beside}")).await;
        assert_eq!((nothing.status, &nothing.json()["total"]), (StatusCode::OK, &json!(0)), "{beside}");
    }
}
