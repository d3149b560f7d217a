//! Outlines from a file.

use lykta::app::import::{Kind, Request};
use serde_json::{Value, json};

use super::{SQUARE, Town, code, request, shared, texts};

fn square(properties: &Value, [west, south, east, north]: [f64; 4]) -> Value {
    let ring = [[west, south], [east, south], [east, north], [west, north], [west, south]];
    json!({"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": [ring]}})
}

fn collection(features: &[Value]) -> String {
    json!({"type": "FeatureCollection", "features": features}).to_string()
}

both! {
    async fn an_exact_outline_takes_the_place_of_the_generalised_one(app) {
        let town = Town::new(app).await;
        let square = square(&json!({"kommun_kod": "1281", "kommun": "LUND"}), [13.0, 55.5, 13.6, 55.9]);
        let request = town.request(Kind::Boundaries, "lund.geojson", square.to_string());
        let account = town.import(&request).await;
        assert_eq!((account.loaded, account.replaced), (1, 1), "{account:?}");
        let registry = town.app.registry();
        let lund = registry.kommun(code("1281").expect("a code")).expect("Lund").clone();
        assert_eq!((lund.municipality.uncertainty_m, lund.municipality.epsg, lund.municipality.name.as_str()), (0.0, 3006, "Lund"));
        assert!(!lund.municipality.active, "nobody asked for that");
        assert!(registry.locator.locate(13.001, 55.501).is_some_and(|located| located.certain && located.code == lund.municipality.code));
        let before = town.changes().await;
        let account = town.import(&request).await;
        assert_eq!((account.loaded, account.known), (0, 1));
        assert_eq!(town.changes().await, before);
        let account = town.import(&Request { activate: true, map: texts(&["name=kommun"]), ..request }).await;
        assert_eq!(account.loaded, 1);
        let lund = town.app.registry().kommun(code("1281").expect("a code")).expect("Lund").clone();
        assert_eq!((lund.municipality.active, lund.municipality.name.as_str()), (true, "LUND"), "now it was asked for");
    }

    async fn several_features_of_one_kommun_become_one_outline_or_none(app) {
        let town = Town::new(app).await;
        let of = |west: f64| square(&json!({"code": "9001", "name": "Provköping"}), [west, 56.0, west + 0.5, 56.5]);
        let other = square(&json!({"code": "9002", "name": "Grannby"}), [20.0, 56.0, 20.5, 56.5]);
        let mut broken = of(14.5);
        broken["geometry"]["coordinates"] = json!([[[14.5, 56.0], [15.0, 56.5], [15.0, 56.0], [14.5, 56.5], [14.5, 56.0]]]);
        let account = town.import(&town.request(Kind::Boundaries, "half.geojson", collection(&[of(14.0), broken, other.clone()]))).await;
        let reasons: Vec<_> = account.reasons.iter().map(|(code, count)| (*code, *count)).collect();
        assert_eq!((account.loaded, reasons), (1, vec![("geometry", 1), ("incomplete", 1)]), "{account:?}");
        assert!(town.app.registry().kommun(code("9001").expect("a code")).is_none(), "half an outline is worse than none");
        let account = town.import(&town.request(Kind::Boundaries, "whole.geojson", collection(&[of(14.0), of(14.5), other]))).await;
        assert_eq!((account.loaded, account.known, account.rejected), (2, 1, 0), "{account:?}");
        let kommun = town.app.registry().kommun(code("9001").expect("a code")).expect("made").clone();
        assert_eq!(kommun.municipality.outline.0.len(), 1, "the line between the halves is gone");
    }

    async fn reports_outside_a_changed_outline_stay_and_are_told(app) {
        let town = Town::with_kommun(app).await;
        let csv = "category,lon,lat\ndark,13.2,55.7\ndark,13.8,55.7\ndark,13.9,55.7\n";
        assert_eq!(town.import(&town.request(Kind::Reports, "a.csv", csv)).await.loaded, 3);
        let smaller = square(&json!({"code": "9001"}), [13.0, 55.5, 13.5, 56.5]);
        let account = town.import(&town.request(Kind::Boundaries, "smaller.geojson", smaller.to_string())).await;
        assert!(account.notes.iter().any(|note| note.contains("2 of 3 reports now lie outside")), "{:?}", account.notes);
        assert_eq!(town.reports("9001").await.len(), 3);
    }

    async fn what_cannot_be_an_outline_is_refused(app) {
        let town = Town::new(app).await;
        let place = [13.0, 55.5, 14.0, 56.5];
        let cases = [
            (square(&json!({"code": "0870", "name": "Slip of the pen"}), place), "unknown_municipality"),
            (square(&json!({"code": "Lund", "name": "x"}), place), "unknown_municipality"),
            (square(&json!({"name": "x", "code": null}), place), "missing"),
            (square(&json!({"code": "9001"}), place), "missing"),
            (square(&json!({"code": "9001", "name": "World"}), [-170.0, -80.0, 170.0, 80.0]), "geometry"),
            (square(&json!({"code": "9001", "name": "Pole"}), [10.0, 80.0, 20.0, 90.0]), "geometry"),
            (json!({"type": "Feature", "properties": {"code": "9001", "name": "x"}, "geometry": null}), "geometry"),
            (
                json!({"type": "Feature", "properties": {"code": "9001", "name": "x"}, "geometry": {"type": "Point", "coordinates": [13, 55]}}),
                "geometry",
            ),
        ];
        for (feature, reason) in cases {
            let account = town.import(&town.request(Kind::Boundaries, "one.geojson", collection(&[feature]))).await;
            assert_eq!((account.rejected, account.reasons.get(reason)), (1, Some(&1)), "{account:?}");
        }
        assert_eq!(town.changes().await, 0);
        let two = collection(&[square(&json!({"code": "9001", "name": "a"}), place), square(&json!({"code": "9002", "name": "b"}), place)]);
        let account = town.import(&Request { municipality: code("9002"), ..town.request(Kind::Boundaries, "two.geojson", two) }).await;
        assert_eq!((account.loaded, account.reasons.get("unknown_municipality")), (1, Some(&1)), "only the one that was asked for");
    }

    async fn a_feature_without_a_code_is_the_kommun_that_is_named(app) {
        let town = Town::new(app).await;
        let feature = SQUARE.replace(r#""code":"9001","name":"Provköping""#, r#""shape":"square""#);
        let plain = town.request(Kind::Boundaries, "sf.geojson", feature);
        let request = Request { municipality: code("9007"), map: texts(&["name==San Francisco"]), ..plain };
        assert_eq!(town.import(&request).await.loaded, 1);
        let kommun = town.app.registry().kommun(code("9007").expect("a code")).expect("made").clone();
        assert_eq!((kommun.municipality.name.as_str(), kommun.municipality.active), ("San Francisco", false));
    }

    async fn fifteen_exact_kommuner_of_dalarna(app) {
        let Some(path) = shared("se-scb-dalarna/kommuner_dalarna_dissolved.geojson") else { return };
        let town = Town::new(app).await;
        let request = request(Kind::Boundaries, path);
        let account = town.import(&request).await;
        assert_eq!((account.rows, account.loaded, account.rejected), (15, 15, 0), "{account:?}");
        let registry = town.app.registry();
        let town_hall = registry.locator.locate(15.4333, 60.4844);
        assert!(town_hall.is_some_and(|located| located.certain && located.code.as_str() == "2081"), "Borlänge");
        assert_eq!(town.import(&request).await.known, 15);
    }
}
