//! What one may ask of a collection: where, when, under which filter, in which reference system.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{REPORTS, all, features, filled, ids};
use crate::app::{TestApp, a_report};

const CRS84: &str = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";
const EPSG4326: &str = "http://www.opengis.net/def/crs/EPSG/0/4326";
const EPSG3006: &str = "http://www.opengis.net/def/crs/EPSG/0/3006";

fn within(feature: &Value, [west, south, east, north]: [f64; 4]) -> bool {
    let at = |axis: usize| feature["geometry"]["coordinates"][axis].as_f64();
    at(0).zip(at(1)).is_some_and(|(lon, lat)| lon >= west && lon <= east && lat >= south && lat <= north)
}

/// A.2.7.2 (/conf/core/fc-bbox) and 18-058 A.2 (bbox-crs): the same box in every reference system, against a look at every report.
#[tokio::test]
async fn a_box_selects_what_lies_in_it_in_every_reference_system() {
    let app = TestApp::sqlite().await;
    filled(&app).await;
    let whole = all(&app, REPORTS, true).await;
    let degrees = [14.5305, 56.2725, 14.5605, 56.2815];
    let expected: Vec<String> = ids(&whole.iter().filter(|one| within(one, degrees)).cloned().collect::<Vec<_>>());
    assert!((3..30).contains(&expected.len()), "{}", expected.len());
    for bbox in [
        "14.5305,56.2725,14.5605,56.2815".to_owned(),
        "14.5305,56.2725,-5,14.5605,56.2815,900".to_owned(),
        format!("14.5305,56.2725,14.5605,56.2815&bbox-crs={CRS84}"),
        format!("56.2725,14.5305,56.2815,14.5605&bbox-crs={EPSG4326}"),
    ] {
        assert_eq!(ids(&all(&app, &format!("{REPORTS}?limit=4&bbox={bbox}"), true).await), expected, "{bbox}");
    }
    // A metric box: northing, easting.
    let metric = all(&app, &format!("{REPORTS}?crs={EPSG3006}"), true).await;
    let (low, high) = ([6_236_500.0, 470_500.0], [6_238_000.0, 473_500.0]);
    let inside = |one: &&Value| {
        [0, 1].iter().all(|axis| one["geometry"]["coordinates"][*axis].as_f64().is_some_and(|m| m >= low[*axis] && m <= high[*axis]))
    };
    let expected = ids(&metric.iter().filter(inside).cloned().collect::<Vec<_>>());
    assert!((3..30).contains(&expected.len()), "{}", expected.len());
    let bbox = format!("{},{},{},{}", low[0], low[1], high[0], high[1]);
    assert_eq!(ids(&all(&app, &format!("{REPORTS}?limit=4&bbox={bbox}&bbox-crs={EPSG3006}"), true).await), expected);
    // Over the antimeridian: from 14.5305° E eastwards to 170° W, and a box on the other side of the globe.
    let east = all(&app, &format!("{REPORTS}?bbox=14.5305,-90,-170,90"), true).await;
    assert_eq!(ids(&east), ids(&whole.iter().filter(|one| within(one, [14.5305, -90.0, 180.0, 90.0])).cloned().collect::<Vec<_>>()));
    assert!(all(&app, &format!("{REPORTS}?bbox=170,-90,-170,90"), true).await.is_empty());
    for (broken, code) in
        [("14,56,15", "unreadable"), ("14,57,15,56", "unreadable"), ("14,56,15,91", "out_of_range"), ("a,b,c,d", "unreadable")]
    {
        assert_eq!(app.plan(&format!("{REPORTS}?bbox={broken}")).await.faults(), [("?bbox".to_owned(), code.to_owned())], "{broken}");
    }
}

/// 18-058 A.1 and A.2: the systems are listed, the default is CRS84, every answer says its own, each in the order of its axes.
#[tokio::test]
async fn geometries_come_in_the_asked_reference_system() {
    let app = TestApp::sqlite().await;
    filled(&app).await;
    let collections = app.plan("/ogc/collections").await.json();
    for collection in collections["collections"].as_array().unwrap() {
        assert_eq!((&collection["crs"], &collection["storageCrs"]), (&json!([CRS84, EPSG4326, EPSG3006]), &json!(CRS84)));
        let id = collection["id"].as_str().unwrap();
        for crs in [CRS84, EPSG4326, EPSG3006] {
            let answer = app.plan(&format!("/ogc/collections/{id}/items?crs={crs}")).await;
            assert_eq!((answer.status, answer.header("content-crs")), (StatusCode::OK, format!("<{crs}>").as_str()), "{id}");
        }
        assert_eq!(app.plan(&format!("/ogc/collections/{id}/items")).await.header("content-crs"), format!("<{CRS84}>"));
        for parameter in ["crs", "bbox-crs"] {
            let refused = app.plan(&format!("/ogc/collections/{id}/items?{parameter}=http://www.opengis.net/def/crs/EPSG/0/3857")).await;
            assert_eq!(refused.faults(), [(format!("?{parameter}"), "not_allowed".to_owned())]);
        }
    }
    app.activate("1082").await;
    let report = app.report(a_report(json!({"location": {"type": "Point", "coordinates": [15.0, 56.2]}}))).await;
    let id = report["id"].as_str().unwrap();
    let at = async |crs: &str| {
        let answer = app.plan(&format!("{REPORTS}/{id}?crs={crs}")).await;
        answer.json()["geometry"]["coordinates"].as_array().unwrap().iter().map(|n| n.as_f64().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!((at(CRS84).await, at(EPSG4326).await), (vec![15.0, 56.2], vec![56.2, 15.0]));
    let metres = at(EPSG3006).await;
    assert!((metres[1] - 500_000.0).abs() < 0.01 && (6_220_000.0..6_240_000.0).contains(&metres[0]), "northing first: {metres:?}");
}

/// A.2.7.3 (/conf/core/fc-time): instants, intervals with their ends, open ends; against a look at every report.
#[tokio::test]
async fn a_time_selects_what_happened_then() {
    let app = TestApp::sqlite().await;
    filled(&app).await;
    let whole = all(&app, REPORTS, true).await;
    let (a, b) = ("2026-11-05T04:30:00Z", "2026-11-12T11:30:00Z");
    let count = |keep: &dyn Fn(&str) -> bool| whole.iter().filter(|one| keep(one["properties"]["happened_at"].as_str().unwrap())).count();
    assert!(count(&|at| at == a) > 0 && count(&|at| at == b) > 0, "the ends are reports");
    for (asked, expected) in [
        (a.to_owned(), count(&|at| at == a)),
        (format!("{a}/{b}"), count(&|at| at >= a && at <= b)),
        (format!("{a}/.."), count(&|at| at >= a)),
        (format!("../{b}"), count(&|at| at <= b)),
        (format!("/{b}"), count(&|at| at <= b)),
        ("../..".to_owned(), whole.len()),
    ] {
        assert_eq!(all(&app, &format!("{REPORTS}?limit=9&datetime={asked}"), true).await.len(), expected, "{asked}");
    }
    for broken in ["yesterday", "2026-13-01", "2026-11-12T11:30:00Z/2026-11-05T04:30:00Z"] {
        assert_eq!(app.plan(&format!("{REPORTS}?datetime={broken}")).await.faults()[0].0, "?datetime", "{broken}");
    }
    // The last days that a date can name, and the first: nothing is released of them.
    for far in ["9999-12-01", "9999-12-30", "../9999-12-29", "0001-01-01/..", "0001-01-01"] {
        let answer = app.get(&format!("/ogc/collections/heatmap/items?datetime={far}")).await;
        assert_eq!(answer.status, 200, "{far}: {}", answer.json());
    }
}

/// A.2.7 (/conf/core/fc-filter): every report filter by its name, as the list of reports has it.
#[tokio::test]
async fn report_filters_filter() {
    let app = TestApp::sqlite().await;
    filled(&app).await;
    let mut fewer = 0;
    for filter in [
        "category=dark,hidden",
        "group=traffic_speed",
        "feeling=safe",
        "hour=1,2,3,4",
        "weekday=6,7",
        "month=11",
        "light=dark",
        "time_band=night",
        "travel_mode=walking",
        "perspective=woman",
        "insecurity_min=2",
        "status=received",
        "status=done",
        "source=resident",
        "source=nobody",
        "from=2026-11-10&to=2026-11-12",
        "since=3",
        "hour=1,2,3,4&category=dark&bbox=14.5,56.2,14.6,56.3",
    ] {
        let expected = app.plan(&format!("/api/v1/reports?municipality=1060&limit=1000&{filter}")).await.json();
        let mut of_list = ids(&features(&expected));
        let mut found = ids(&all(&app, &format!("{REPORTS}?municipality=1060&limit=7&{filter}"), true).await);
        of_list.sort_unstable();
        found.sort_unstable();
        fewer += usize::from(!found.is_empty() && found.len() < 43);
        assert_eq!(found, of_list, "{filter}");
    }
    assert!(fewer >= 10, "the filters do filter: {fewer}");
}

/// With the right the cells are those of the live map; each is found by its id, and a box takes whole cells.
#[tokio::test]
async fn live_cells_are_those_of_the_map() {
    let app = TestApp::sqlite().await;
    filled(&app).await;
    for grid in ["", "grid=h3&resolution=8", "grid=hex&size_m=100", "size_m=62.5", "size_m=500&statistic=reporters&hour=1,2,3"] {
        let map = app.plan(&format!("/api/v1/heatmap?municipality=1060&{grid}")).await.json();
        let count = |cells: &[Value]| -> BTreeMap<String, Value> {
            cells
                .iter()
                .map(|cell| (cell["properties"]["cell"].as_str().unwrap().to_owned(), cell["properties"]["count"].clone()))
                .collect()
        };
        let found = all(&app, &format!("/ogc/collections/heatmap/items?municipality=1060&limit=3&{grid}"), true).await;
        assert_eq!(count(&found), count(&features(&map)), "{grid}");
        let ring = |cell: &Value| cell["geometry"]["coordinates"][0].clone();
        assert!(
            found
                .iter()
                .all(|cell| features(&map).iter().any(|other| other["id"] == cell["properties"]["cell"] && ring(other) == ring(cell)))
        );
        let id = found[0]["id"].as_str().unwrap();
        let alone = app.plan(&format!("/ogc/collections/heatmap/items/{id}")).await.json();
        assert_eq!((&alone["id"], &alone["geometry"]), (&found[0]["id"], &found[0]["geometry"]));
        // A box within one cell takes that cell, whole.
        let corner = |at: usize, axis: usize| ring(&found[0])[at][axis].as_f64().unwrap();
        let middle = [0, 1].map(|axis| f64::midpoint(corner(0, axis), corner(if grid.starts_with("grid=h") { 3 } else { 2 }, axis)));
        let bbox = format!("{},{},{},{}", middle[0], middle[1], middle[0] + 1e-6, middle[1] + 1e-6);
        let boxed = all(&app, &format!("/ogc/collections/heatmap/items?municipality=1060&bbox={bbox}&{grid}"), true).await;
        assert_eq!(boxed, found[..1], "{grid}");
    }
}
