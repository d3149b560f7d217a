//! The spatial scan over the API: the digits of the function, the place where it is, and honest where there is nothing to look for.

use std::process::Command;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use lykta::analysis::scan::{Parameters, scan};
use lykta::app::demo::agreements::agreements;
use lykta::domain::ids::MunicipalityCode;
use lykta::geo::grid::{CellKey, Grid};
use lykta::geo::sweref::MetricCrs;
use serde_json::{Value, json};

use crate::app::{TOKEN, TestApp, a_report};
use crate::hotspots::{SPOT, cells, filled, same};

const SCAN: &str = "/api/v1/scan?municipality=1060&size_m=500";

/// Cells and counts of a heatmap, in order of key.
pub(crate) async fn counts(app: &TestApp, grid: Grid, more: &str) -> Vec<(CellKey, u32)> {
    let map = app.plan(&format!("/api/v1/heatmap?municipality=1060&{more}")).await.json();
    let mut counts: Vec<(CellKey, u32)> = cells(&map)
        .iter()
        .map(|(id, cell)| (grid.parse_id(id, MetricCrs::Sweref99Tm).unwrap(), cell["count"].as_u64().unwrap() as u32))
        .collect();
    counts.sort_unstable();
    counts
}

both! {
    async fn what_is_told_more_in_one_place_is_found_there_with_the_digits_of_the_function(app) {
        filled(&app).await;
        let grid = Grid::square(500.0).unwrap();
        let map = app.plan(&format!("{SCAN}&category=litter_decay&seed=7&radius_share=0.4&max_radius_m=2500")).await.json();
        assert_eq!((&map["method"], &map["against"], &map["of"], &map["permutations"], &map["seed"]), (&json!("lykta-scan/1"), &json!("reports"), &json!("reporters"), &json!(999), &json!(7)));
        let all = counts(&app, grid, "size_m=500&statistic=reporters").await;
        let told = counts(&app, grid, "size_m=500&statistic=reporters&category=litter_decay").await;
        let cases: Vec<u32> = all.iter().map(|(cell, _)| told.iter().find(|(other, _)| other == cell).map_or(0, |(_, count)| *count)).collect();
        let expected: Vec<f64> = all.iter().map(|(_, count)| f64::from(*count)).collect();
        let centres: Vec<[f64; 2]> = all.iter().map(|(cell, _)| {
            let (column, row) = grid.column_and_row(*cell).unwrap();
            [f64::from(column) * 500.0 + 250.0, f64::from(row) * 500.0 + 250.0]
        }).collect();
        let key = scan(&centres, &cases, &expected, &Parameters { max_share: 0.4, max_radius_m: 2500.0, seed: 7, ..Parameters::default() }).unwrap();
        assert_eq!((map["cases"].as_u64(), map["zones"].as_u64(), map["cells"].as_u64()), (Some(key.cases), Some(key.zones as u64), Some(all.len() as u64)));
        let features = map["features"].as_array().unwrap();
        assert_eq!(features.len(), key.clusters.len());
        for (at, (feature, cluster)) in features.iter().zip(&key.clusters).enumerate() {
            let said = |name: &str| feature["properties"][name].as_f64();
            assert_eq!((said("rank"), said("cases"), said("cells")), (Some(at as f64 + 1.0), Some(cluster.observed as f64), Some(cluster.cells.len() as f64)));
            assert!(same(
                [said("expected"), said("relative_risk"), said("llr"), said("p"), said("p_gumbel"), said("radius_m")],
                [Some(cluster.expected), cluster.relative_risk, Some(cluster.llr), Some(cluster.p), cluster.p_gumbel, Some(cluster.radius_m)],
            ), "{feature}");
        }
        // The most likely cluster holds the spot, and its circle is one of the metric plane.
        let (first, crs) = (&features[0], MetricCrs::Sweref99Tm);
        assert!(first["properties"]["p"] == 0.001 && first["properties"]["relative_risk"].as_f64().unwrap() > 1.5, "{first}");
        let metres = |at: &Value| crs.forward(at[0].as_f64().unwrap(), at[1].as_f64().unwrap()).unwrap();
        let (x, y) = metres(&first["properties"]["centre"]);
        let radius = first["properties"]["radius_m"].as_f64().unwrap();
        let (spot_x, spot_y) = crs.forward(SPOT[0], SPOT[1]).unwrap();
        assert!((spot_x - x).hypot(spot_y - y) <= radius + 360.0 && radius > 0.0);
        let ring = first["geometry"]["coordinates"][0].as_array().unwrap();
        assert_eq!((ring.len(), ring.first()), (65, ring.last()));
        assert!(ring.iter().map(metres).all(|(east, north)| ((east - x).hypot(north - y) - radius).abs() < 0.05));
        // Another seed, other chances, the same circles.
        let other = app.plan(&format!("{SCAN}&category=litter_decay&seed=8&radius_share=0.4&max_radius_m=2500")).await.json();
        assert_eq!(other["features"][0]["properties"]["llr"], first["properties"]["llr"]);
        assert_ne!(other["features"][0]["properties"]["p_gumbel"], first["properties"]["p_gumbel"]);
    }

    async fn the_filters_on_the_place_choose_also_what_it_is_held_against(app) {
        filled(&app).await;
        let part = app.plan(&format!("{SCAN}&size_m=250&category=litter_decay&bbox=14.55,56.29,14.61,56.33").replace("&size_m=500", "")).await.json();
        let whole = app.plan(&format!("{SCAN}&category=litter_decay")).await.json();
        assert!(part["cells"].as_u64() < whole["cells"].as_u64() && part["cases"].as_u64() <= whole["cases"].as_u64());
        // A place filter alone leaves nothing out of what is told there.
        let same = app.plan("/api/v1/scan?municipality=1060&bbox=14.2,56.0,14.9,56.6").await.json();
        assert!(same["message"]["sv"].as_str().unwrap().starts_with("Allt som berättas"), "{same}");
        assert_eq!(same["features"], json!([]));
        // One cell alone is drawn as the circle within it.
        let one = app.plan(&format!("{SCAN}&category=litter_decay&max_radius_m=1")).await.json();
        let first = &one["features"][0];
        assert_eq!((&first["properties"]["radius_m"], &first["properties"]["cells"]), (&json!(0.0), &json!(1)));
        let metres = |at: &Value| MetricCrs::Sweref99Tm.forward(at[0].as_f64().unwrap(), at[1].as_f64().unwrap()).unwrap();
        let ((x, y), (east, north)) = (metres(&first["properties"]["centre"]), metres(&first["geometry"]["coordinates"][0][9]));
        assert!(((east - x).hypot(north - y) - 250.0).abs() < 0.05);
    }

    async fn the_command_line_finds_the_same_in_the_cells(app) {
        filled(&app).await;
        let path = format!("{SCAN}&category=litter_decay&radius_share=0.4&max_radius_m=2500&seed=7");
        let request = Request::get(&path).header("authorization", format!("Bearer {TOKEN}")).header("accept", "text/csv");
        let answer = app.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, "text/csv; charset=utf-8"));
        let file = app.path("cells.csv");
        std::fs::write(&file, &answer.bytes).unwrap();
        let run = Command::new(env!("CARGO_BIN_EXE_lykta")).args(["analyse", "scan", "--radius-share", "0.4", "--max-radius-m", "2500", "--seed", "7"]).arg(&file).output().unwrap();
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        assert!(String::from_utf8_lossy(&run.stderr).starts_with("lykta-scan/1: "));
        let map = app.plan(&path).await.json();
        let names = ["rank", "radius_m", "cells", "cases", "expected", "relative_risk", "llr", "p", "p_gumbel"];
        let said: Vec<[Option<f64>; 9]> = map["features"].as_array().unwrap().iter().map(|feature| names.map(|name| feature["properties"][name].as_f64())).collect();
        let mut reader = csv::Reader::from_reader(run.stdout.as_slice());
        let at = names.map(|name| reader.headers().unwrap().iter().position(|header| header == name).unwrap());
        let found: Vec<[Option<f64>; 9]> = reader.records().map(|row| at.map(|at| row.as_ref().unwrap()[at].parse().ok())).collect();
        assert!(found.len() == said.len() && !found.is_empty());
        assert!(found.into_iter().zip(said).all(|(verb, api)| same(api, verb)));
    }

    async fn too_little_is_said(app) {
        app.activate("1060").await;
        for who in 0..20 {
            app.report(a_report(json!({"reporter": format!("{who:032x}")}))).await;
        }
        app.report(a_report(json!({"category": "litter_decay"}))).await;
        let map = app.plan(&format!("{SCAN}&category=dark")).await.json();
        assert!(map["message"]["sv"].as_str().unwrap().starts_with("För få data"));
        assert_eq!((&map["features"], &map["zones"], &map["cases"]), (&json!([]), &json!(0), &json!(20)));
    }

    async fn parameters_have_bounds_and_the_answer_belongs_to_planners(app) {
        app.activate("1060").await;
        assert_eq!(app.get(SCAN).await.status, StatusCode::UNAUTHORIZED);
        for (more, pointer, code) in [
            ("&permutations=98", "?permutations", "out_of_range"), ("&permutations=10000", "?permutations", "out_of_range"), ("&seed=x", "?seed", "unreadable"),
            ("&radius_share=0.6", "?radius_share", "out_of_range"), ("&max_radius_m=0", "?max_radius_m", "out_of_range"), ("&against=cars", "?against", "not_allowed"),
            ("&resolution=9", "?resolution", "needs"), ("&rings=1", "?rings", "unknown_parameter"),
        ] {
            let answer = app.plan(&format!("{SCAN}{more}")).await;
            assert_eq!((answer.status, answer.faults()), (StatusCode::BAD_REQUEST, vec![(pointer.to_owned(), code.to_owned())]), "{more}");
        }
        assert_eq!(app.plan("/api/v1/scan").await.faults(), [("?municipality".to_owned(), "missing".to_owned())]);
    }

    async fn what_costs_too_much_is_refused_at_once(app) {
        let code = MunicipalityCode::parse("1060").unwrap();
        let kommun = agreements().unwrap().into_iter().find(|kommun| kommun.municipality == "1060").unwrap();
        app.app.install_agreement(code, &kommun).await.unwrap();
        app.app.install_reports(code, &kommun, 3_000).await.unwrap();
        let costly = app.plan("/api/v1/scan?municipality=1060&size_m=62.5&permutations=9999&radius_share=0.5&max_radius_m=1000000&group=light").await;
        assert_eq!((costly.status, costly.faults()), (StatusCode::BAD_REQUEST, vec![("?permutations".to_owned(), "too_much_work".to_owned())]));
    }
}
