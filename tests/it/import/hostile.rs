//! Files made to break importers: each is accounted for or refused, and what is stored holds.

use std::f64::consts::TAU;

use lykta::app::import::{Kind, Request};
use serde_json::{Value, json};

use super::{Town, code, request, shared, texts};

#[tokio::test(flavor = "multi_thread")]
async fn the_naughty_strings_as_words_and_names() {
    let Some(path) = shared("naughty-strings/blns.json") else { return };
    let strings: Vec<String> = serde_json::from_slice(&std::fs::read(path).expect("read")).expect("strings");
    assert_eq!(strings.len(), 515);
    let town = Town::sqlite_with_kommun().await;
    let features = |of: &dyn Fn(&str) -> Value| {
        let list: Vec<Value> = strings
            .iter()
            .map(|text| json!({"type": "Feature", "properties": of(text), "geometry": {"type": "Point", "coordinates": [13.2, 55.7]}}))
            .collect();
        json!({"type": "FeatureCollection", "features": list}).to_string()
    };
    let geojson = features(&|text| json!({"category": "dark", "note": text, "place_text": text, "reporter": text}));
    let account = town.import(&town.request(Kind::Reports, "notes.geojson", geojson)).await;
    assert_eq!((account.rows, account.loaded), (515, 515), "{account:?}");
    assert_eq!(town.reports("9001").await.len(), 515);
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record(["category", "lon", "lat", "note", "id", "travel_mode"]).expect("written");
    for text in &strings {
        csv.write_record(["dark", "13.2", "55.7", text, text, ""]).expect("written");
        csv.write_record([text, text, text, "", "", text]).expect("written");
    }
    let account = town.import(&town.request(Kind::Reports, "notes.csv", csv.into_inner().expect("bytes"))).await;
    assert_eq!(account.rows, 1_030);
    assert_eq!(account.loaded + account.known, 515, "codes and coordinates are none of the strings: {account:?}");
    let places = town.request(Kind::Places, "names.geojson", features(&|text| json!({"name": text})));
    let account = town.import(&places).await;
    assert_eq!((account.rows, account.loaded > 400), (515, true), "{account:?}");
    let themes = features(&|text| json!({"title": text, "kind": "theme"})).replace(r#"{"coordinates":[13.2,55.7],"type":"Point"}"#, "null");
    let day = "2026-01-01".parse().ok();
    let themes = Request {
        municipality: code("9001"),
        map: texts(&["agreement==<script>alert(1)</script>"]),
        valid: (day, day),
        ..town.request(Kind::FocusAreas, "titles.geojson", themes)
    };
    let account = town.import(&themes).await;
    assert_eq!((account.rows, account.loaded > 400), (515, true), "{account:?}");
    town.assert_sound().await;
}

/// Every file of the suite through every importer: never a panic; refused whole with nothing stored, or every row accounted for.
#[tokio::test(flavor = "multi_thread")]
async fn the_geojson_suite_through_every_importer() {
    let Some(folder) = shared("geojson-suite/chrieke") else { return };
    let town = Town::sqlite_with_kommun().await;
    let day = "2026-01-01".parse().ok();
    let (mut files, mut refused_whole, mut accounted) = (0, 0, 0);
    for class in std::fs::read_dir(folder).expect("read").filter_map(Result::ok).filter(|entry| entry.path().is_dir()) {
        for file in std::fs::read_dir(class.path()).expect("read").filter_map(Result::ok) {
            files += 1;
            for (kind, map) in [
                (Kind::Boundaries, "code==9005,name==Prov"),
                (Kind::FocusAreas, "title==Område,agreement==Prov"),
                (Kind::Reports, "category==dark"),
                (Kind::Places, "name==Plats"),
            ] {
                let municipality = (kind == Kind::FocusAreas).then(|| code("9001")).flatten();
                let valid = if kind == Kind::FocusAreas { (day, day) } else { (None, None) };
                let wanted = Request { map: texts(&[map]), municipality, valid, ..request(kind, file.path()) };
                let before = town.changes().await;
                let (account, done) = town.try_import(&wanted).await;
                let stored = town.changes().await - before;
                match done {
                    Ok(()) => accounted += 1,
                    Err(error) => {
                        refused_whole += 1;
                        assert!(account.rows == 0 && stored == 0 && error.to_string().len() > 20, "{}: {error}", file.path().display());
                    }
                }
                assert!(account.loaded > 0 || stored == 0, "{}: {account:?}", file.path().display());
                let name = file.file_name().to_string_lossy().into_owned();
                if name.starts_with("invalid_less")
                    || name.starts_with("invalid_unclosed")
                    || name.starts_with("problematic_self_intersection")
                {
                    assert_eq!(account.loaded, 0, "{name} as {kind:?}");
                }
            }
        }
    }
    println!("geojson-suite: {files} files through 4 importers: {refused_whole} refused whole, {accounted} accounted for row by row");
    assert_eq!(files, 74);
    town.assert_sound().await;
}

fn star(points: usize, step: usize) -> Value {
    let corner = |at: usize| {
        let angle = TAU * ((at * step) % points) as f64 / points as f64;
        let radius = if step == 1 && at % 2 == 1 { 0.2 } else { 0.4 };
        [13.5 + radius * angle.cos(), 56.0 + radius * angle.sin()]
    };
    let mut ring: Vec<[f64; 2]> = (0..points).map(corner).collect();
    ring.push(ring[0]);
    json!({"type": "Polygon", "coordinates": [ring]})
}

#[tokio::test(flavor = "multi_thread")]
async fn polygon_bombs_are_taken_when_valid_and_refused_when_not() {
    let town = Town::sqlite_with_kommun().await;
    let started = std::time::Instant::now();
    for (name, geometry, fine) in [
        ("a star of 10,000 corners", star(10_000, 1), true),
        ("a star whose rays cross", star(10_001, 5_000), false),
        ("too many corners", star(200_002, 1), false),
        ("no corners", json!({"type": "Polygon", "coordinates": []}), false),
        (
            "a thousand shells in one place",
            json!({"type": "MultiPolygon", "coordinates": vec![star(4, 1)["coordinates"].clone(); 1_000]}),
            false,
        ),
        (
            "numbers at the edge",
            json!({"type": "Polygon", "coordinates": [[[1e308, -1e308], [-1e308, 1e308], [0, 0], [1e308, -1e308]]]}),
            false,
        ),
    ] {
        let feature = json!({"type": "Feature", "properties": {"code": "9006", "name": "Stjärna"}, "geometry": geometry});
        let account = town.import(&town.request(Kind::Boundaries, "bomb.geojson", feature.to_string())).await;
        assert_eq!(account.loaded == 1, fine, "{name}: {account:?}");
    }
    assert!(started.elapsed().as_secs() < 30, "{:?}", started.elapsed());
}
