//! Inhabitants by square: every row accounted for, twice changes nothing, a new year takes the old one's place.

use lykta::app::import::{Kind, Request};
use lykta::app::population::GRID;
use lykta::geo::sweref::MetricCrs;

use super::{Town, code, shared, texts};

const SQUARES: &str = "rutid,befolkning,year,note\n\
    4700006238000,68,2025,a\n\
    4710006238000,0,2025,b\n\
    4700006238000,9,2025,a square that was told before\n\
    470000623800,9,2025,a digit short\n\
    4700506238000,9,2025,between two squares\n\
    4720006238000,1.5,2025,half a person\n\
    4730006238000,-1,2025,\n\
    4740006238000,,2025,\n\
    4750006238000,7,25,\n\
    1000007600000,7,2025,in the sea\n";

/// How many live in a square of a kommun.
fn people(town: &Town, municipality: &str, id: &str) -> Option<u32> {
    let registry = town.app.registry();
    let kommun = registry.kommun(code(municipality).unwrap()).unwrap();
    kommun.population.square(GRID.parse_id(id, MetricCrs::Sweref99Tm).unwrap()).map(|square| square.people)
}

both! {
    async fn every_row_is_accounted_for_and_twice_changes_nothing(app) {
        let town = Town::new(app).await;
        let request = Request { source: Some("SCB 2025".to_owned()), ..town.request(Kind::Population, "rutor.csv", SQUARES) };
        let dry = town.import(&Request { dry_run: true, ..request.clone() }).await;
        assert_eq!((dry.loaded, town.changes().await), (2, 0));
        let account = town.import(&request).await;
        assert_eq!((account.rows, account.loaded, account.known, account.rejected), (10, 2, 0, 8), "{account:?}");
        let reasons: Vec<(&str, u64)> = account.reasons.iter().map(|(code, n)| (*code, *n)).collect();
        assert_eq!(reasons, [("duplicate", 1), ("missing", 1), ("out_of_range", 2), ("outside", 1), ("unreadable", 2), ("wrong_type", 1)]);
        // Both lie in Olofström, by their middle.
        assert_eq!((people(&town, "1060", "4700006238000"), people(&town, "1060", "4710006238000"), people(&town, "1060", "4720006238000")), (Some(68), Some(0), None));
        let changes = town.changes().await;
        assert_eq!(changes, 1, "one act, one change");
        let again = town.import(&request).await;
        assert_eq!((again.loaded, again.known, again.rejected), (0, 2, 8));
        assert_eq!(town.changes().await, changes);
        // The next year replaces what it has, and says what it has not.
        let next = Request { source: Some("SCB 2026".to_owned()), ..town.request(Kind::Population, "nya.csv", "cell;people;year\n4700006238000;70;2026\n") };
        let account = town.import(&next).await;
        assert_eq!((account.loaded, account.replaced, people(&town, "1060", "4700006238000")), (1, 1, Some(70)));
        assert!(account.notes.iter().any(|note| note.contains("1 squares are not in this file")), "{:?}", account.notes);
        let kommun = town.app.registry().kommun(code("1060").unwrap()).unwrap().clone();
        assert_eq!((kommun.population.sources(), kommun.population.years()), (vec!["import:SCB 2025".to_owned(), "import:SCB 2026".to_owned()], vec![2025, 2026]));
        town.assert_sound().await;
        // Another process reads the same, and so does a backup.
        let other = town.lykta.another().await;
        assert_eq!(other.app.registry().kommun(code("1060").unwrap()).unwrap().population, kommun.population);
        let manifest = town.app.backup(&town.lykta.path("backup")).await.unwrap();
        assert_eq!(manifest.rows["population"], 2);
    }

    async fn the_kommun_comes_from_the_flag_a_column_or_the_place(app) {
        let town = Town::new(app).await;
        let csv = "cell,people,kommunkod\n4700006238000,5,1060\n4800006238000,6,1082\n4810006238000,6,4711\n";
        let account = town.import(&town.request(Kind::Population, "a.csv", csv)).await;
        assert_eq!((account.loaded, account.reasons.get("unknown_municipality")), (2, Some(&1)));
        // The column's word counts, and with the flag only its own rows are taken.
        assert_eq!((people(&town, "1060", "4700006238000"), people(&town, "1082", "4800006238000")), (Some(5), Some(6)));
        let account = town.import(&Request { municipality: code("1060"), ..town.request(Kind::Population, "a.csv", csv) }).await;
        assert_eq!((account.known, account.reasons.get("unknown_municipality")), (1, Some(&2)));
        let flagged = Request { municipality: code("1082"), ..town.request(Kind::Population, "b.csv", "cell,people\n4700006238000,8\n") };
        assert_eq!((town.import(&flagged).await.loaded, people(&town, "1082", "4700006238000")), (1, Some(8)));
        for wrong in [
            Request { municipality: code("4711"), ..flagged.clone() },
            town.request(Kind::Population, "c.csv", "cell,name\n4700006238000,8\n"),
            town.request(Kind::Population, "d.csv", "people\n8\n"),
        ] {
            assert!(town.try_import(&wrong).await.1.is_err());
        }
    }

    /// Squares as polygons of WGS 84 with six decimals; what is no square is refused.
    async fn a_square_may_be_told_by_its_polygon(app) {
        let town = Town::new(app).await;
        let square = |east: f64, side: f64| {
            let corner = |x: f64, y: f64| {
                let (lon, lat) = MetricCrs::Sweref99Tm.inverse(x, y).unwrap();
                serde_json::json!([(lon * 1e6).round() / 1e6, (lat * 1e6).round() / 1e6])
            };
            let (west, south) = (east, 6_238_000.0);
            serde_json::json!([[corner(west, south), corner(west + side, south), corner(west + side, south + side), corner(west, south + side), corner(west, south)]])
        };
        let feature = |coordinates: serde_json::Value, people: u32| {
            serde_json::json!({"type": "Feature", "properties": {"befolkning": people}, "geometry": {"type": "Polygon", "coordinates": coordinates}})
        };
        let file = serde_json::json!({"type": "FeatureCollection", "features": [
            feature(square(470_000.0, 1_000.0), 12), feature(square(471_500.0, 1_000.0), 5), feature(square(473_000.0, 250.0), 5), feature(square(474_000.0, 2_000.0), 5),
            {"type": "Feature", "properties": {"befolkning": 3}, "geometry": null},
        ]});
        let account = town.import(&town.request(Kind::Population, "rutor.geojson", file.to_string())).await;
        assert_eq!((account.loaded, account.reasons.get("not_a_square"), account.reasons.get("missing")), (1, Some(&3), Some(&1)), "{account:?}");
        assert_eq!(people(&town, "1060", "4700006238000"), Some(12));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_squares_of_dalarna() {
    let Some(path) = shared("se-scb-dalarna/befolkning_1km_2025_dalarna.csv") else { return };
    let Some(polygons) = shared("se-scb-dalarna/grid1km_borlange_falun.geojson") else { return };
    let town = Town::sqlite().await;
    let map = texts(&["people=befolkning_2025,year==2025"]);
    let request = Request { map: map.clone(), source: Some("SCB 2025".to_owned()), ..super::request(Kind::Population, path) };
    let account = town.import(&request).await;
    assert_eq!((account.rows, account.loaded), (4_004, 4_004), "{:?}", account.reasons);
    let registry = town.app.registry();
    let people = |code: &str| {
        registry.kommun(super::code(code).unwrap()).unwrap().population.iter().map(|(_, square)| u64::from(square.people)).sum::<u64>()
    };
    assert_eq!(registry.kommuner.keys().map(|code| people(code.as_str())).sum::<u64>(), 285_587, "the file's own total");
    assert!((50_000..55_000).contains(&people("2081")), "{}", people("2081"));
    let again = town.import(&request).await;
    assert_eq!((again.loaded, again.known), (0, 4_004));
    // The same squares as polygons, without their ids: known again by their shape.
    let shapes = Request {
        map: texts(&["people=befolkning_2025,year==2025,cell==,municipality=kommunkod"]),
        source: Some("SCB 2025".to_owned()),
        ..super::request(Kind::Population, polygons)
    };
    let account = town.import(&shapes).await;
    assert_eq!((account.rows, account.known, account.loaded, account.rejected), (822, 822, 0, 0), "{:?}", account.reasons);
}
