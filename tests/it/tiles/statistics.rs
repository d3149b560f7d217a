//! Studies of a kommun on tiles: the cells of the GeoJSON, each with the same properties.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::StatusCode;
use mvt_reader::feature::Value as Read;
use serde_json::{Map, Value, json};

use super::{features, number};
use crate::app::TestApp;
use crate::hotspots::{filled, same};
use crate::rates::settled;

/// The tiles of a zoom that a box meets.
fn within(bounds: &Value, z: u8) -> Vec<String> {
    let n = f64::from(1_u32 << z);
    let [west, south, east, north] = [0, 1, 2, 3].map(|at| bounds[at].as_f64().unwrap());
    let row = |lat: f64| ((1.0 - lat.to_radians().tan().asinh() / std::f64::consts::PI) / 2.0 * n) as u32;
    let column = |lon: f64| ((lon + 180.0) / 360.0 * n) as u32;
    let rows = row(north)..=row(south);
    (column(west)..=column(east)).flat_map(|x| rows.clone().map(move |y| format!("{z}/{x}/{y}"))).collect()
}

/// The cells of all tiles of a zoom by their ids, with what is said of them, from where TileJSON says that they are.
async fn drawn(app: &TestApp, described: &Value, z: u8) -> BTreeMap<String, Map<String, Value>> {
    let mut all = BTreeMap::new();
    for tile in within(&described["bounds"], z) {
        let path = described["tiles"][0].as_str().unwrap().replace("{z}/{x}/{y}", &tile);
        for feature in features(&app.plan(&path).await, "heatmap") {
            let json = |value: Read| match value {
                Read::String(text) => json!(text),
                Read::Double(number) => json!(number),
                Read::UInt(number) => json!(number),
                Read::SInt(number) => json!(number),
                other => panic!("{other:?}"),
            };
            let mut said: Map<String, Value> = feature.properties.unwrap().into_iter().map(|(name, value)| (name, json(value))).collect();
            let Some(Value::String(cell)) = said.remove("cell") else { panic!("a cell without a name in {tile}") };
            assert_eq!(all.entry(cell).or_insert_with(|| said.clone()), &said, "a cell is whole in every tile");
        }
    }
    all
}

/// Whole numbers and words alike; numbers with decimals but for the last digit.
fn alike(drawn: &Map<String, Value>, told: &Map<String, Value>) -> bool {
    let told: Map<String, Value> =
        told.iter().filter(|(_, value)| !value.is_null()).map(|(name, value)| (name.clone(), value.clone())).collect();
    drawn.keys().eq(told.keys())
        && drawn.values().zip(told.values()).all(|(a, b)| if a.is_f64() { b.is_f64() && same([a.as_f64()], [b.as_f64()]) } else { a == b })
}

both! {
    async fn a_study_on_tiles_has_the_cells_and_numbers_of_the_geojson(app) {
        filled(&app).await;
        settled(&app).await;
        let before = "&from=2026-07-01&to=2026-12-01&before_from=2026-01-01&before_to=2026-07-01";
        let mut nothing = BTreeSet::new();
        for (asked, zooms) in [
            ("statistic=gi_star&size_m=500&permutations=999", vec![0, 3, 9, 12]),
            ("statistic=gi_star&grid=h3&resolution=8&rings=2&of=count&seed=7&permutations=99", vec![0, 8, 11]),
            ("statistic=gi_star&grid=hex&size_m=400&permutations=99&bbox=14.5,56.2,14.7,56.4", vec![1, 10]),
            // Too little to find anything in: every class is 0.
            ("statistic=gi_star&size_m=1000&permutations=99&category=speeding", vec![6]),
            ("statistic=local_moran&size_m=1000", vec![2, 10]),
            ("statistic=rate&eb=local&rings=2&of=count&per=100", vec![4, 10]),
            ("statistic=density&size_m=500&bandwidth_m=900&edge_correction=true&of=count", vec![5, 11]),
            (&format!("statistic=change&against=total{before}"), vec![0, 7, 11]),
            ("statistic=reporters&size_m=125", vec![0, 5, 12]),
        ] {
            let query = format!("municipality=1060&{asked}");
            let answer = app.plan(&format!("/api/v1/heatmap?{query}")).await.json();
            let told: BTreeMap<String, Map<String, Value>> = answer["features"].as_array().unwrap().iter().map(|cell| {
                let mut said = cell["properties"].as_object().unwrap().clone();
                said.remove("cell");
                (cell["id"].as_str().unwrap().to_owned(), said)
            }).collect();
            assert!(told.len() > 4, "{asked}");
            nothing.extend(told.values().flatten().filter(|(_, value)| value.is_null()).map(|(name, _)| name.clone()));
            let described = app.plan(&format!("/tiles/heatmap.json?{query}")).await.json();
            assert_eq!((&described["minzoom"], &described["vector_layers"][0]["minzoom"]), (&json!(0), &json!(0)));
            let fields = described["vector_layers"][0]["fields"].as_object().unwrap();
            assert!(fields.keys().filter(|name| *name != "cell").eq(told.values().next().unwrap().keys()), "{asked}: {fields:?}");
            assert!(fields.values().all(|holds| ["Number", "String"].iter().any(|kind| holds.as_str().unwrap().starts_with(kind))));
            for z in zooms {
                let drawn = drawn(&app, &described, z).await;
                assert!(drawn.keys().eq(told.keys()), "{asked} {z}");
                for (cell, said) in &drawn {
                    assert!(alike(said, &told[cell]), "{asked} {z} {cell}: {said:?} {:?}", told[cell]);
                }
            }
        }
        let absent = ["cluster", "eb", "high", "low", "rate", "ratio", "reason"];
        assert!(absent.iter().all(|name| nothing.contains(*name)), "what may be absent was, somewhere: {nothing:?}");
    }

    /// As the GeoJSON asks and is asked: one kommun, its own parameters, the right. Bands and views are not of tiles.
    async fn a_study_on_tiles_is_asked_for_as_the_geojson_is(app) {
        app.activate("1060").await;
        for (asked, named) in [
            ("statistic=gi_star", vec!["?municipality"]), ("statistic=change&municipality=1060", vec!["?before_from", "?before_to", "?from", "?to"]),
            ("statistic=density&municipality=1060&grid=h3", vec!["?grid"]), ("statistic=rate&municipality=1060&size_m=250", vec!["?size_m"]),
            ("statistic=count&municipality=1060&rings=2&seed=1", vec!["?rings", "?seed"]), ("statistic=gi_star&municipality=1060&permutations=5", vec!["?permutations"]),
            ("statistic=density&municipality=1060&bandwidth_m=10", vec!["?bandwidth_m"]), ("statistic=warmth", vec!["?statistic"]),
        ] {
            let list = app.plan(&format!("/api/v1/heatmap?{asked}")).await.faults();
            assert_eq!(list.iter().map(|(pointer, _)| pointer.as_str()).collect::<Vec<_>>(), named, "{asked}");
            for path in ["/tiles/heatmap/9/276/158.mvt", "/tiles/heatmap.json"] {
                let tile = app.plan(&format!("{path}?{asked}")).await;
                assert_eq!((tile.status, tile.faults()), (StatusCode::BAD_REQUEST, list.clone()), "{path} {asked}");
            }
        }
        let unknown = |name: &str| vec![(name.to_owned(), "unknown_parameter".to_owned())];
        for path in ["/tiles/heatmap/9/276/158.mvt", "/tiles/heatmap.json"] {
            assert_eq!(app.plan(&format!("{path}?municipality=1060&statistic=density&bands=4")).await.faults(), unknown("?bands"));
            assert_eq!(app.plan(&format!("{path}?municipality=1060&statistic=gi_star&view=14,56,15,57")).await.faults(), unknown("?view"));
            for (statistic, right) in [("gi_star", false), ("change", false), ("density", true)] {
                let path = format!("{path}?municipality=1060&statistic={statistic}{}", if right { "&public=true" } else { "" });
                let answer = if right { app.plan(&path).await } else { app.get(&path).await };
                assert_eq!((answer.status, answer.faults()), (StatusCode::FORBIDDEN, vec![("?statistic".to_owned(), "not_released".to_owned())]));
            }
        }
        let etag = async |asked: &str| {
            let answer = app.plan(&format!("/tiles/heatmap/9/276/158.mvt?municipality=1060&statistic={asked}")).await;
            answer.header("etag").to_owned()
        };
        let tags = BTreeSet::from([etag("gi_star").await, etag("gi_star&seed=2").await, etag("density").await, etag("count").await]);
        assert_eq!(tags.len(), 4, "a tag names the question");
        let known = etag("gi_star").await;
        app.report(crate::app::a_report(json!({}))).await;
        assert_ne!(etag("gi_star").await, known, "and the version");
        let counted = async || {
            let tile = features(&app.plan("/tiles/heatmap/0/0/0.mvt?municipality=1060&statistic=gi_star").await, "heatmap");
            tile.iter().filter_map(|cell| number(cell, "count")).sum::<u64>()
        };
        // Without a token everybody is one.
        assert_eq!(counted().await, 1);
        app.report(crate::app::a_report(json!({"reporter": "00000000000000000000000000000001"}))).await;
        app.report(crate::app::a_report(json!({"reporter": "00000000000000000000000000000002"}))).await;
        assert_eq!(counted().await, 2, "a study that is kept is of its version alone");
    }
}
