//! Clusters of reports over the API: the labels of the function, hulls of every shape, and people counted once.

use axum::http::StatusCode;
use lykta::analysis::clusters::{Parameters, dbscan};
use lykta::geo::sweref::MetricCrs;
use serde_json::{Value, json};

use crate::app::a_report;
use crate::hotspots::filled;

const CLUSTERS: &str = "/api/v1/clusters?municipality=1060";

both! {
    async fn hulls_are_of_every_shape_and_people_are_counted_once(app) {
        app.activate("1060").await;
        let report = async |lon: f64, lat: f64, who: u32| {
            let place = json!({"type": "Point", "coordinates": [lon, lat]});
            app.report(a_report(json!({"location": place, "reporter": format!("{who:032x}")}))).await;
        };
        // Fifteen people on one spot; twelve along a street; thirty reports of two people on a square of 24 m; three apart.
        for at in 0..15 {
            report(14.531, 56.2765, at).await;
        }
        for at in 0..12 {
            report(14.55 + f64::from(at) * 0.000_08, 56.28, 100 + at).await;
        }
        for at in 0..30 {
            report(14.58 + f64::from(at % 6) * 0.000_08, 56.29 + f64::from(at / 6) * 0.000_05, 200 + at % 2).await;
        }
        for at in 0..3 {
            report(14.50 + f64::from(at) * 0.01, 56.26, 0).await;
        }
        let map = app.plan(CLUSTERS).await.json();
        assert_eq!((&map["method"], &map["eps_m"], &map["min_points"]), (&json!("lykta-dbscan/1"), &json!(50.0), &json!(10)));
        assert_eq!((&map["total"], &map["noise"], map.get("message")), (&json!(60), &json!(3), None));
        let features = map["features"].as_array().unwrap();
        let of = |field: &str| features.iter().map(|feature| feature["properties"][field].as_u64().unwrap()).collect::<Vec<_>>();
        assert_eq!((of("cluster"), of("points"), of("core"), of("reporters")), (vec![1, 2, 3], vec![15, 12, 30], vec![15, 12, 30], vec![15, 12, 2]));
        assert_eq!(features.iter().map(|feature| feature["geometry"]["type"].as_str().unwrap()).collect::<Vec<_>>(), ["Point", "LineString", "Polygon"]);
        assert_eq!((&features[0]["geometry"]["coordinates"], &features[0]["properties"]["centre"]), (&json!([14.531, 56.2765]), &json!([14.531, 56.2765])));
        assert_eq!(features[1]["geometry"]["coordinates"], json!([[14.55, 56.28], [14.55088, 56.28]]));
        let ring = features[2]["geometry"]["coordinates"][0].as_array().unwrap();
        assert!(ring.len() >= 5 && ring.first() == ring.last());
        // Fewer neighbours are asked for than three reports apart have: all the same. More: nothing is left, and that is said.
        let none = app.plan(&format!("{CLUSTERS}&min_points=31")).await.json();
        assert_eq!((&none["features"], &none["noise"]), (&json!([]), &json!(60)));
        assert!(none["message"]["sv"].as_str().unwrap().starts_with("Inga kluster"));
        // The filters choose the reports.
        let few = app.plan(&format!("{CLUSTERS}&bbox=14.57,56.2,14.6,56.3")).await.json();
        assert_eq!((&few["total"], few["features"].as_array().unwrap().len()), (&json!(30), 1));
        let other = app.plan(&format!("{CLUSTERS}&category=litter_decay")).await.json();
        assert_eq!((&other["total"], &other["features"]), (&json!(0), &json!([])));
    }

    async fn the_labels_are_those_of_the_function(app) {
        filled(&app).await;
        let reports = app.plan("/api/v1/reports?municipality=1060&limit=1000").await.json();
        let mut points: Vec<(String, [f64; 2])> = reports["features"].as_array().unwrap().iter()
            .filter(|report| !report["geometry"].is_null())
            .map(|report| {
                let at = |axis: usize| report["geometry"]["coordinates"][axis].as_f64().unwrap();
                let (x, y) = MetricCrs::Sweref99Tm.forward(at(0), at(1)).unwrap();
                (report["id"].as_str().unwrap().to_owned(), [x, y])
            })
            .collect();
        points.sort_by(|a, b| a.0.cmp(&b.0));
        let points: Vec<[f64; 2]> = points.into_iter().map(|(_, at)| at).collect();
        for (eps_m, min_points) in [(50.0, 10), (400.0, 5)] {
            let map = app.plan(&format!("{CLUSTERS}&eps_m={eps_m}&min_points={min_points}")).await.json();
            let expected = dbscan(&points, &Parameters { eps_m, min_points }).unwrap();
            let mut sizes: Vec<(u64, u64)> = expected.clusters.iter().map(|cluster| (cluster.points as u64, cluster.core as u64)).collect();
            let features = map["features"].as_array().unwrap();
            let number = |feature: &Value, name: &str| feature["properties"][name].as_u64().unwrap();
            let mut found: Vec<(u64, u64)> = features.iter().map(|feature| (number(feature, "points"), number(feature, "core"))).collect();
            let people: Vec<u64> = features.iter().map(|feature| number(feature, "reporters")).collect();
            assert!(people.is_sorted_by(|a, b| a >= b) && people[0] >= 12, "{people:?}");
            sizes.sort_unstable();
            found.sort_unstable();
            assert_eq!(found, sizes);
            assert_eq!(map["noise"], expected.labels.iter().filter(|label| label.is_none()).count());
            assert_eq!(map["total"], points.len());
        }
    }

    async fn an_answer_has_a_tag_and_belongs_to_planners(app) {
        app.activate("1060").await;
        let first = app.plan(CLUSTERS).await;
        assert_eq!((first.status, first.header("content-type"), first.header("cache-control")), (StatusCode::OK, "application/geo+json", "private, no-cache"));
        assert!(!first.header("etag").is_empty());
        app.report(a_report(json!({}))).await;
        assert_ne!(app.plan(CLUSTERS).await.header("etag"), first.header("etag"));
        assert_eq!(app.get(CLUSTERS).await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(app.get("/api/v1/clusters?municipality=1060&eps_m=nonsense").await.status, StatusCode::UNAUTHORIZED, "before anything is read");
        for (more, faults) in [
            ("?eps_m=50", vec![("?municipality", "missing")]), ("?municipality=1060&eps_m=0.5", vec![("?eps_m", "out_of_range")]),
            ("?municipality=1060&eps_m=NaN&min_points=0", vec![("?eps_m", "out_of_range"), ("?min_points", "out_of_range")]),
            ("?municipality=1060&min_points=1001", vec![("?min_points", "out_of_range")]), ("?municipality=1060&min_points=1.5", vec![("?min_points", "unreadable")]),
            ("?municipality=1060&grid=hex", vec![("?grid", "unknown_parameter")]), ("?municipality=9999", vec![("?municipality", "unknown_municipality")]),
        ] {
            let answer = app.plan(&format!("/api/v1/clusters{more}")).await;
            let faults: Vec<(String, String)> = faults.into_iter().map(|(pointer, code)| (pointer.to_owned(), code.to_owned())).collect();
            assert_eq!((answer.status, answer.faults()), (StatusCode::BAD_REQUEST, faults), "{more}");
        }
    }
}
