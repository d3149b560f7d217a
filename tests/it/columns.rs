//! The heatmap as columns: the same as GeoJSON, without polygons.

use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};

use crate::app::{Answer, TOKEN, TestApp, a_report};
use lykta::domain::ids::MunicipalityCode;
use lykta::domain::time::Quarter;

async fn ask(app: &TestApp, path: &str, accept: &str, planner: bool, known: &str) -> Answer {
    let mut request = Request::get(path).header("accept", accept).header("if-none-match", known);
    if planner {
        request = request.header("authorization", format!("Bearer {TOKEN}"));
    }
    app.send(request.body(Body::empty()).unwrap()).await
}

const COLUMNS: &str = "application/vnd.lykta.columns+json";

/// What columns say, as the GeoJSON says it: the members, and the properties of each cell.
fn as_features(columns: &Value) -> (Value, Vec<Value>) {
    let mut members = columns.clone();
    let lists = members.as_object_mut().unwrap().remove("columns").unwrap();
    let lists = lists.as_object().unwrap();
    let length = lists["cell"].as_array().unwrap().len();
    assert!(lists.values().all(|list| list.as_array().unwrap().len() == length), "all lists are of one length");
    let properties = (0..length).map(|at| {
        lists.iter().filter(|(name, _)| *name != "centre").map(|(name, list)| (name.clone(), list[at].clone())).collect::<Value>()
    });
    (members, properties.collect())
}

/// The middle of a ring lies within a few metres of the centre of its cell.
fn is_centre(centre: &Value, feature: &Value) -> bool {
    let ring = feature["geometry"]["coordinates"][0].as_array().unwrap();
    let middle = |axis: usize| ring[1..].iter().map(|corner| corner[axis].as_f64().unwrap()).sum::<f64>() / (ring.len() - 1) as f64;
    (0..2).all(|axis| (centre[axis].as_f64().unwrap() - middle(axis)).abs() < 5e-5)
}

both! {
    async fn columns_say_what_the_geojson_says(app) {
        app.activate("1060").await;
        for at in 0..120 {
            let place = [14.5 + f64::from(at % 13) * 0.004, 56.27 + f64::from(at % 7) * 0.003];
            let report = json!({"location": {"type": "Point", "coordinates": place}, "reporter": format!("{:032x}", at % 40), "occurred_on": format!("2026-{:02}-10", 1 + at % 10)});
            app.report(a_report(report)).await;
        }
        app.advance(jiff::SignedDuration::from_hours(60 * 24));
        let code = MunicipalityCode::parse("1060").unwrap();
        app.count_all("1060").await;
        assert!(app.app.make_release(code, Quarter::parse("2026-Q4").unwrap(), app.app.now()).await.unwrap().cells > 0);
        let study = "municipality=1060&bbox=14.48,56.26,14.58,56.30";
        let before = "from=2026-06-01&to=2026-11-01&before_from=2026-01-01&before_to=2026-06-01";
        for (query, planner, names) in [
            ("municipality=1060", true, vec!["cell", "count"]), ("municipality=1060&statistic=reporters&grid=h3&resolution=9", true, vec!["cell", "count"]),
            ("municipality=1060&grid=hex&size_m=200", true, vec!["cell", "count"]), ("municipality=1060&hour=3", true, vec![]),
            (&format!("{study}&statistic=gi_star&permutations=99"), true, vec!["cell", "class", "count", "gi_star", "p", "q"]),
            (&format!("{study}&statistic=density"), true, vec!["cell", "density"]),
            (&format!("{study}&statistic=change&{before}"), true, vec!["after", "before", "cell", "high", "low", "p", "q", "ratio"]),
            ("municipality=1060", false, vec!["cell", "count"]), ("municipality=1060&size_m=250&bbox=14.5,56.27,14.52,56.28", false, vec!["cell", "count"]),
        ] {
            let path = format!("/api/v1/heatmap?{query}");
            let (plain, columns) = (ask(&app, &path, "*/*", planner, "").await, ask(&app, &path, COLUMNS, planner, "").await);
            assert_eq!((plain.header("content-type"), columns.header("content-type")), ("application/geo+json", COLUMNS), "{query}");
            assert_eq!((plain.header("vary"), columns.header("vary")), ("accept, accept-encoding", "accept, accept-encoding"), "{query}");
            assert_ne!(plain.header("etag"), columns.header("etag"), "{query}");
            assert_eq!(ask(&app, &path, COLUMNS, planner, columns.header("etag")).await.status, 304, "{query}");
            assert_eq!(ask(&app, &path, COLUMNS, planner, plain.header("etag")).await.status, 200, "{query}");
            let (mut collection, columns) = (plain.json(), columns.json());
            let features = collection.as_object_mut().unwrap().remove("features").unwrap();
            collection.as_object_mut().unwrap().remove("type");
            let (members, properties) = as_features(&columns);
            assert_eq!(members, collection, "{query}");
            let expected: Vec<Value> = features.as_array().unwrap().iter().map(|feature| {
                let mut properties = feature["properties"].clone();
                // A count that is `null` is suppressed.
                assert_eq!(properties["suppressed"] == json!(true), !properties["count"].is_u64() && properties.get("count").is_some());
                properties.as_object_mut().unwrap().remove("suppressed");
                properties
            }).collect();
            assert_eq!(properties, expected, "{query}");
            let centres = columns["columns"]["centre"].as_array().unwrap();
            assert!(centres.iter().zip(features.as_array().unwrap()).all(|(centre, feature)| is_centre(centre, feature)), "{query}");
            assert_eq!(names.is_empty(), expected.is_empty(), "{query}");
            let said: Vec<&str> = expected.first().into_iter().flat_map(|cell| cell.as_object().unwrap().keys()).map(String::as_str).collect();
            assert_eq!(said, names, "{query}");
        }
        let bands = ask(&app, &format!("/api/v1/heatmap?{study}&statistic=density&bands=4"), COLUMNS, true, "").await;
        assert_eq!(bands.header("content-type"), "application/geo+json", "bands are no cells");
        let finer = ask(&app, "/api/v1/heatmap?municipality=1060&hour=3", COLUMNS, false, "").await;
        assert_eq!(finer.status, 403, "no form of it is public");
    }
}
