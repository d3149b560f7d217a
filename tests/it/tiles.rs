//! Map tiles: who sees what on them, and that they say what the GeoJSON says.

mod statistics;

use std::collections::BTreeMap;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use mvt_reader::Reader;
use mvt_reader::feature::{Feature, Value as Read};
use serde_json::{Value, json};

use crate::app::{Answer, TOKEN, TestApp, a_report};
use lykta::domain::ids::MunicipalityCode;
use lykta::domain::time::Quarter;

/// The features of a tile's one layer.
pub(crate) fn features(answer: &Answer, layer: &str) -> Vec<Feature<f32>> {
    assert_eq!(answer.status, StatusCode::OK, "{}", String::from_utf8_lossy(&answer.bytes));
    assert_eq!(answer.header("content-type"), "application/vnd.mapbox-vector-tile");
    if answer.bytes.is_empty() {
        return Vec::new();
    }
    let reader = Reader::new(answer.bytes.clone()).expect("a tile");
    assert_eq!(reader.get_layer_names().expect("names"), [layer]);
    reader.get_features(0).expect("features")
}

pub(crate) fn number(feature: &Feature<f32>, name: &str) -> Option<u64> {
    match feature.properties.as_ref()?.get(name)? {
        Read::UInt(number) => Some(*number),
        other => panic!("{name}: {other:?}"),
    }
}

fn words(feature: &Feature<f32>, name: &str) -> Option<String> {
    match feature.properties.as_ref()?.get(name)? {
        Read::String(text) => Some(text.clone()),
        other => panic!("{name}: {other:?}"),
    }
}

/// Every tile of a zoom around the reports of these tests.
fn tiles(z: u8) -> Vec<String> {
    let n = f64::from(1_u32 << z);
    let at = |lon: f64, lat: f64| {
        let y = (1.0 - lat.to_radians().tan().asinh() / std::f64::consts::PI) / 2.0;
        [((lon + 180.0) / 360.0 * n) as u32, (y * n) as u32]
    };
    // The sums of the first zooms stand up to 64 km away.
    let aside = if z < 10 { 1.5 } else { 0.03 };
    let ([west, north], [east, south]) = (at(14.50 - aside, 56.30 + aside), at(14.60 + aside, 56.25 - aside));
    (west..=east).flat_map(|x| (north..=south).map(move |y| format!("{z}/{x}/{y}.mvt"))).collect()
}

async fn a_town(app: &TestApp) {
    app.activate("1060").await;
    for at in 0..40 {
        let place = [14.5315 + f64::from(at % 7) * 0.004, 56.2765 - f64::from(at % 5) * 0.003];
        let (category, feeling) = if at % 4 == 0 { ("lively", "safe") } else { ("dark", "unsafe") };
        let body = json!({"location": {"type": "Point", "coordinates": place}, "category": category, "feeling": feeling, "reporter": format!("{at:032x}")});
        app.report(a_report(body)).await;
    }
}

async fn release(app: &TestApp) {
    app.advance(jiff::SignedDuration::from_hours(60 * 24));
    let quarter = Quarter::parse("2026-Q4").expect("a quarter");
    app.count_all("1060").await;
    let made = app.app.make_release(MunicipalityCode::parse("1060").expect("a code"), quarter, app.app.now()).await.expect("made");
    assert!(made.new && made.cells > 0, "{made:?}");
}

/// The cells of all tiles of a zoom: each the same in every tile that it meets.
async fn cells(app: &TestApp, z: u8, query: &str, planner: bool) -> BTreeMap<String, (Option<u64>, Option<u64>)> {
    let mut all = BTreeMap::new();
    for tile in tiles(z) {
        let path = format!("/tiles/heatmap/{tile}?{query}");
        let answer = if planner { app.plan(&path).await } else { app.get(&path).await };
        let mut here = std::collections::BTreeSet::new();
        for feature in features(&answer, "heatmap") {
            let cell = words(&feature, "cell").expect("a cell");
            assert!(here.insert(cell.clone()), "{cell} is twice in {tile}");
            let said = (number(&feature, "count"), feature.id);
            assert_eq!(*all.entry(cell).or_insert(said), said, "a cell is whole in every tile");
        }
    }
    all
}

/// The same of a GeoJSON answer.
fn counts(collection: &Value) -> BTreeMap<String, Option<u64>> {
    let cell = |cell: &Value| (cell["properties"]["cell"].as_str().expect("a cell").to_owned(), cell["properties"]["count"].as_u64());
    collection["features"].as_array().expect("features").iter().map(cell).collect()
}

both! {
    /// Whatever the zoom and the filter, the tiles of it hold what the list has, once.
    async fn the_tiles_of_a_zoom_hold_what_the_list_has(app) {
        a_town(&app).await;
        for query in ["municipality=1060", "municipality=1060&feeling=safe", "municipality=1060&bbox=14.5,56.2,14.54,56.3", "hour=0,1,2", ""] {
            let whole = if query.contains("municipality") { query.to_owned() } else { format!("municipality=1060&{query}") };
            let total = app.plan(&format!("/api/v1/reports?{whole}")).await.json()["total"].as_u64().expect("a number");
            for z in [0, 5, 8, 11, 13, 14, 16] {
                let (mut points, mut safe) = (0, 0);
                for tile in tiles(z) {
                    for feature in features(&app.plan(&format!("/tiles/reports/{tile}?{query}")).await, "reports") {
                        let count = number(&feature, "point_count");
                        assert_eq!(count.is_none(), z >= 14);
                        points += count.unwrap_or(1);
                        let (bad, good) = (number(&feature, "unsafe"), number(&feature, "safe"));
                        assert_eq!(count, bad.zip(good).map(|(bad, good)| bad + good));
                        safe += good.unwrap_or_else(|| u64::from(words(&feature, "feeling").as_deref() == Some("safe")));
                    }
                }
                assert_eq!(points, total, "{query} {z}");
                assert_eq!(safe, if query.contains("hour") { 0 } else if total == 40 || query.contains("safe") { 10 } else { safe }, "{query} {z}");
            }
        }
    }

    /// A point says what the report says.
    async fn a_point_is_the_report(app) {
        app.activate("1060").await;
        let sent = a_report(json!({"occurred_at": "2026-11-22T20:30:00Z"}));
        app.report(sent.clone()).await;
        let listed = app.plan("/api/v1/reports?municipality=1060").await.json()["features"][0].clone();
        let mut found = Vec::new();
        for tile in tiles(14) {
            found.extend(features(&app.plan(&format!("/tiles/reports/{tile}?municipality=1060")).await, "reports"));
        }
        let [point] = found.as_slice() else { panic!("{found:?}") };
        for name in ["category", "group", "feeling", "status", "light"] {
            assert_eq!(words(point, name).as_deref(), listed["properties"][name].as_str(), "{name}");
        }
        assert_eq!((words(point, "id").as_deref(), number(point, "time")), (sent["id"].as_str(), Some(1_795_379_400)));
    }

    /// The heatmap on tiles is the heatmap, cell by cell, on every grid and of people too.
    async fn the_heatmap_on_tiles_is_the_heatmap(app) {
        a_town(&app).await;
        for (grid, zooms) in [
            // Of one kommun from the first zoom on, where a cell is a hundredth of a unit.
            ("grid=square&size_m=250", [0, 9, 12, 15]), ("grid=square&size_m=62.5", [0, 3, 14, 16]), ("grid=square&size_m=1000", [2, 4, 7, 14]),
            ("grid=hex&size_m=200", [1, 5, 8, 14]), ("grid=h3&resolution=9", [0, 6, 8, 14]), ("grid=square&size_m=250&statistic=reporters&feeling=unsafe", [4, 9, 13, 14]),
        ] {
            let query = format!("municipality=1060&{grid}");
            let map = counts(&app.plan(&format!("/api/v1/heatmap?{query}")).await.json());
            assert!(map.len() > 3);
            for z in zooms {
                let found = cells(&app, z, &query, true).await;
                let ids: std::collections::BTreeSet<_> = found.values().map(|(_, id)| id.expect("a number")).collect();
                assert_eq!(ids.len(), found.len(), "a number is a cell's own");
                assert!(ids.iter().all(|id| *id < 1 << 53), "a script holds it");
                assert_eq!(found.into_iter().map(|(cell, (count, _))| (cell, count)).collect::<BTreeMap<_, _>>(), map, "{grid} {z}");
            }
        }
    }

    /// What is drawn lies where the cell lies.
    async fn a_cell_is_drawn_where_it_lies(app) {
        app.activate("1060").await;
        app.report(a_report(json!({}))).await;
        let cell = app.plan("/api/v1/heatmap?municipality=1060&size_m=250").await.json()["features"][0].clone();
        // The tile that holds 14.5315, 56.2765.
        let drawn = features(&app.plan("/tiles/heatmap/13/4426/2539.mvt?municipality=1060&size_m=250").await, "heatmap");
        let [feature] = drawn.as_slice() else { panic!("{drawn:?}") };
        let polygon = match feature.get_geometry() {
            geo_types::Geometry::Polygon(polygon) => polygon.clone(),
            geo_types::Geometry::MultiPolygon(polygons) => polygons.0[0].clone(),
            other => panic!("{other:?}"),
        };
        let degrees = |units: &geo_types::Coord<f32>| {
            let (x, y) = ((4426.0 + f64::from(units.x) / 4096.0) / 8192.0, (2539.0 + f64::from(units.y) / 4096.0) / 8192.0);
            [x * 360.0 - 180.0, (std::f64::consts::PI * (1.0 - 2.0 * y)).sinh().atan().to_degrees()]
        };
        let corners: Vec<[f64; 2]> = polygon.exterior().coords().map(degrees).collect();
        for corner in cell["geometry"]["coordinates"][0].as_array().expect("a ring") {
            let [lon, lat] = [0, 1].map(|axis| corner[axis].as_f64().expect("degrees"));
            // A unit is 0.000011° wide.
            assert!(corners.iter().any(|drawn| (drawn[0] - lon).abs() < 1.2e-5 && (drawn[1] - lat).abs() < 1.2e-5), "{corner} {corners:?}");
        }
    }

    /// Without the right: no reports, and of the heatmap the frozen cells alone.
    async fn the_public_sees_the_release_alone(app) {
        a_town(&app).await;
        release(&app).await;
        let tile = "13/4426/2539.mvt";
        let reports = app.get(&format!("/tiles/reports/{tile}?municipality=1060")).await;
        assert_eq!(reports.json()["type"], "/problems/unauthorized");
        assert_eq!((reports.status, app.get("/tiles/reports.json").await.status), (StatusCode::UNAUTHORIZED, StatusCode::UNAUTHORIZED));

        for (size, z) in [("250", 0), ("250", 9), ("250", 14), ("500", 12), ("1000", 5), ("1000", 7), ("1000", 14)] {
            let map = counts(&app.get(&format!("/api/v1/heatmap?municipality=1060&size_m={size}")).await.json());
            assert!(!map.is_empty());
            for (query, planner) in [("municipality=1060", false), ("municipality=1060&public=true", true), ("public=true", true), ("", false)] {
                if z < 7 && !query.contains("municipality") {
                    continue;
                }
                let found = cells(&app, z, &format!("{query}&size_m={size}"), planner).await;
                assert_eq!(found.into_iter().map(|(cell, (count, _))| (cell, count)).collect::<BTreeMap<_, _>>(), map, "{size} {z} {query}");
            }
        }
        for finer in ["category=dark", "statistic=reporters", "grid=h3", "size_m=125", "hour=20", "status=received", "group=light,sight", "polygon=14%2056,15%2056,15%2057"] {
            for path in [format!("/tiles/heatmap/{tile}"), "/tiles/heatmap.json".to_owned()] {
                let answer = app.get(&format!("{path}?municipality=1060&{finer}")).await;
                assert_eq!((answer.status, answer.json()["type"].clone()), (StatusCode::FORBIDDEN, json!("/problems/not-public")), "{path} {finer}");
            }
        }
    }

    /// Nobody who watches the public tiles learns that a report came.
    async fn not_one_public_byte_changes_when_a_report_arrives(app) {
        a_town(&app).await;
        release(&app).await;
        let paths = [
            "/tiles/heatmap/13/4426/2539.mvt?municipality=1060&size_m=250", "/tiles/heatmap/7/69/39.mvt", "/tiles/heatmap/12/2213/1269.mvt?size_m=500&feeling=unsafe",
            "/tiles/heatmap/14/0/0.mvt?municipality=1060", "/tiles/heatmap.json?municipality=1060", "/tiles/focus-areas/13/4426/2539.mvt", "/tiles/focus-areas.json",
        ];
        let seen = async || {
            let mut all = Vec::new();
            for path in paths {
                let answer = app.get(path).await;
                assert_eq!(answer.status, StatusCode::OK, "{path}: {}", String::from_utf8_lossy(&answer.bytes));
                all.push((path, format!("{:?}", answer.headers), answer.bytes));
            }
            all
        };
        let before = seen().await;
        assert!(before[0].2.len() > 50 && before[0].1.contains("public, no-cache"), "{}", before[0].1);
        let live = "/tiles/heatmap/13/4426/2539.mvt?municipality=1060&size_m=250";
        let control = app.plan(live).await.bytes;
        app.report(a_report(json!({"reporter": "ffffffffffffffffffffffffffffffff"}))).await;
        app.advance(jiff::SignedDuration::from_hours(24 * 7));
        assert_eq!(seen().await, before);
        assert_ne!(app.plan(live).await.bytes, control, "control run: the live tile does change");
        let elsewhere = app.another().await;
        assert_eq!(elsewhere.get(paths[0]).await.header("etag"), app.get(paths[0]).await.header("etag"));
    }

    /// What has not changed is not sent again; what has is.
    async fn an_unchanged_tile_answers_304_until_a_report_arrives(app) {
        a_town(&app).await;
        for path in ["/tiles/heatmap/13/4426/2539.mvt?municipality=1060", "/tiles/reports/13/4426/2539.mvt", "/tiles/reports/14/0/0.mvt?municipality=1060"] {
            let ask = async |etag: &str| {
                let request = Request::get(path).header("authorization", format!("Bearer {TOKEN}")).header("if-none-match", etag).header("accept-encoding", "gzip");
                app.send(request.body(Body::empty()).unwrap()).await
            };
            let first = ask("").await;
            let etag = first.header("etag").to_owned();
            assert_eq!((ask(&etag).await.status, first.header("cache-control")), (StatusCode::NOT_MODIFIED, "private, no-cache"), "{path}");
            app.report(a_report(json!({}))).await;
            assert_eq!(ask(&etag).await.status, StatusCode::OK, "{path}");
        }
        let tags: std::collections::BTreeSet<String> = [
            app.plan("/tiles/heatmap/13/4426/2539.mvt?municipality=1060").await, app.plan("/tiles/heatmap/13/4426/2540.mvt?municipality=1060").await,
            app.plan("/tiles/heatmap/12/2213/1269.mvt?municipality=1060").await, app.plan("/tiles/reports/13/4426/2539.mvt?municipality=1060").await,
            app.plan("/tiles/heatmap/13/4426/2539.mvt?municipality=1060&public=true").await,
        ].iter().map(|answer| answer.header("etag").to_owned()).collect();
        assert_eq!(tags.len(), 5);
    }

    /// A tile that there is not, and a parameter that there is not, are told with their name.
    async fn tiles_that_are_not_there_are_told(app) {
        app.activate("1060").await;
        for (path, status, named) in [
            ("reports/23/0/0.mvt", 400, vec!["z"]), ("reports/3/8/0.mvt", 400, vec!["x"]), ("reports/3/8/9.mvt", 400, vec!["x", "y"]),
            ("heatmap/8/0/0.mvt?size_m=250", 400, vec!["z"]), ("heatmap/8/0/0.mvt?size_m=250&public=true", 400, vec!["z"]), ("heatmap/9/0/0.mvt?size_m=250&colour=red", 400, vec!["?colour"]),
            ("heatmap/9/0/0.mvt?statistic=gi_star", 400, vec!["?municipality"]), ("heatmap/9/0/0.mvt?view=14,56,15,57", 400, vec!["?view"]),
            ("reports/14/0/0.mvt?limit=5", 400, vec!["?limit"]), ("reports/14/0/0.mvt?municipality=9999", 400, vec!["?municipality"]),
            ("focus-areas/14/0/0.mvt?municipality=9999", 400, vec!["?municipality"]), ("focus-areas/14/0/0.mvt?feeling=safe", 400, vec!["?feeling"]),
        ] {
            let answer = app.plan(&format!("/tiles/{path}")).await;
            let faults: Vec<String> = answer.faults().into_iter().map(|(pointer, _)| pointer).collect();
            assert_eq!((answer.status.as_u16(), faults), (status, named.into_iter().map(str::to_owned).collect()), "{path}");
        }
        for path in ["reports/14/0/0", "reports/14/0/0.pbf", "reports/a/0/0.mvt", "reports/-1/0/0.mvt", "reports/01/0/0.mvt", "reports/14/0/0.0.mvt", "reports/14/%2b1/0.mvt", "walks/14/0/0.mvt", "walks.json", "reports/99999999999/0/0.mvt"] {
            assert_eq!(app.plan(&format!("/tiles/{path}")).await.status, StatusCode::NOT_FOUND, "{path}");
        }
    }

    /// TileJSON says where the tiles of the same question are.
    async fn tilejson_leads_to_the_tiles(app) {
        a_town(&app).await;
        let ask = async |path: &str| {
            let request = Request::get(path).header("authorization", format!("Bearer {TOKEN}")).header("host", "lykta.example:8080");
            app.send(request.body(Body::empty()).unwrap()).await
        };
        let described = ask("/tiles/heatmap.json?municipality=1060&size_m=125&group=light,sight").await.json();
        assert_eq!(described["tiles"], json!(["http://lykta.example:8080/tiles/heatmap/{z}/{x}/{y}.mvt?municipality=1060&size_m=125&group=light,sight"]));
        assert_eq!((&described["tilejson"], &described["minzoom"], &described["vector_layers"][0]["id"]), (&json!("3.0.0"), &json!(0), &json!("heatmap")));
        assert_eq!(ask("/tiles/heatmap.json?size_m=125").await.json()["minzoom"], json!(10));
        let url = described["tiles"][0].as_str().unwrap().replace("http://lykta.example:8080", "").replace("{z}/{x}/{y}", "13/4426/2539");
        let drawn = features(&app.plan(&url).await, "heatmap");
        let fields = described["vector_layers"][0]["fields"].as_object().unwrap();
        assert!(!drawn.is_empty() && drawn.iter().all(|feature| feature.properties.as_ref().unwrap().keys().all(|name| fields.contains_key(name))));
        let [west, south, east, north] = [0, 1, 2, 3].map(|at| described["bounds"][at].as_f64().unwrap());
        assert!(west < 14.5 && east > 14.6 && south < 56.25 && north > 56.3 && east - west < 2.0, "{described}");
        assert_eq!(ask("/tiles/reports.json?municipality=1060&colour=red").await.faults(), [("?colour".to_owned(), "unknown_parameter".to_owned())]);
        let elsewhere = lykta::http::HttpSettings { base_url: "https://trygg.example/lykta".to_owned(), ..Default::default() };
        let described = app.serving(elsewhere).get("/tiles/focus-areas.json").await.json();
        assert_eq!(described["tiles"], json!(["https://trygg.example/lykta/tiles/focus-areas/{z}/{x}/{y}.mvt"]));
        let strange = Request::get("/tiles/focus-areas.json").header("host", "evil.example/?\"").body(Body::empty()).unwrap();
        // A host that is no name gets into no answer.
        assert_eq!(app.send(strange).await.json()["tiles"], json!(["/tiles/focus-areas/{z}/{x}/{y}.mvt"]));
    }
}

/// Focus areas are on the tiles that they meet, with what is told of them.
#[tokio::test]
async fn focus_areas_are_on_the_tiles_that_they_meet() {
    let app = TestApp::sqlite().await;
    app.app.install_demo(|_| ()).await.unwrap();
    let listed = app.get("/api/v1/municipalities/0780/focus-areas").await.json();
    let places: Vec<&Value> = listed["features"].as_array().unwrap().iter().filter(|area| !area["geometry"].is_null()).collect();
    assert!(!places.is_empty());
    let area = places[0];
    let corner = area["geometry"]["coordinates"][0][0][0].clone();
    let [lon, lat] = [0, 1].map(|axis| corner[axis].as_f64().unwrap());
    for z in [0_u8, 9, 14, 22] {
        let n = f64::from(1_u32 << z);
        let y = (1.0 - lat.to_radians().tan().asinh() / std::f64::consts::PI) / 2.0 * n;
        let path = format!("/tiles/focus-areas/{z}/{}/{}.mvt", ((lon + 180.0) / 360.0 * n) as u32, y as u32);
        let drawn = features(&app.get(&path).await, "focus-areas");
        let found = drawn.iter().find(|feature| words(feature, "id").as_deref() == area["id"].as_str());
        if z < 9 {
            // A few hundred metres are less than a unit of the whole world.
            assert!(found.is_none(), "{path}");
            continue;
        }
        let found = found.unwrap_or_else(|| panic!("{path}: {drawn:?}"));
        let properties = &area["properties"];
        assert_eq!(
            (words(found, "title_sv").as_deref(), words(found, "valid_to").as_deref(), words(found, "municipality").as_deref()),
            (properties["title"]["sv"].as_str(), properties["valid_to"].as_str(), Some("0780"))
        );
    }
    assert!(features(&app.get("/tiles/focus-areas/14/0/0.mvt").await, "focus-areas").is_empty());
    assert!(features(&app.get("/tiles/focus-areas/5/17/9.mvt?municipality=1060").await, "focus-areas").is_empty());
}
