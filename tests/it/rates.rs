//! Rates per inhabitant over the API, and the scan held against inhabitants: the digits of the functions, and silent where too few live.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use lykta::analysis::neighbours::Neighbours;
use lykta::analysis::rates::{empirical_bayes, empirical_bayes_local, rate};
use lykta::analysis::scan::{Parameters, scan};
use lykta::app::import::{Account, Kind, Request as Import};
use lykta::app::population::GRID;
use lykta::domain::ids::MunicipalityCode;
use lykta::geo::grid::CellKey;
use lykta::geo::sweref::MetricCrs;
use serde_json::{Value, json};

use crate::app::{TOKEN, TestApp};
use crate::hotspots::{cells, filled, same};
use crate::scan::counts;

const MAP: &str = "/api/v1/heatmap?municipality=1060&statistic=rate";
const CRS: MetricCrs = MetricCrs::Sweref99Tm;

/// Squares of the kommun in order, with how many live there.
pub(crate) async fn settled(app: &TestApp) -> Vec<(CellKey, u32)> {
    let request = Request::get("/api/v1/heatmap?municipality=1060&statistic=gi_star&permutations=99&size_m=1000");
    let request = request.header("authorization", format!("Bearer {TOKEN}")).header("accept", "text/csv");
    let csv = app.send(request.body(Body::empty()).unwrap()).await;
    let mut cells: Vec<CellKey> =
        csv::Reader::from_reader(csv.bytes.as_slice()).records().map(|row| GRID.parse_id(&row.unwrap()[0], CRS).unwrap()).collect();
    cells.sort_unstable();
    // Every fifth is empty, and some have fewer than fifty.
    let people = |at: usize| if at.is_multiple_of(5) { 0 } else { ((at * 7_919) % 613) as u32 };
    let settled: Vec<(CellKey, u32)> = cells.into_iter().enumerate().map(|(at, cell)| (cell, people(at))).collect();
    let rows = settled.iter().map(|(cell, people)| format!("{},{people},2025", GRID.id(*cell, CRS))).collect::<Vec<_>>().join("\n");
    let file = app.path("befolkning.csv");
    std::fs::write(&file, format!("cell,people,year\n{rows}")).unwrap();
    let import = Import {
        kind: Kind::Population,
        file,
        municipality: MunicipalityCode::parse("1060"),
        map: Vec::new(),
        values: Vec::new(),
        source: Some("SCB".to_owned()),
        activate: false,
        valid: (None, None),
        dry_run: false,
        report: None,
    };
    let mut account = Account::default();
    app.app.import(&import, &mut account, &mut |_, _| {}).await.unwrap();
    assert_eq!(account.loaded, settled.len() as u64);
    settled
}

both! {
    async fn rates_have_the_digits_of_the_functions(app) {
        filled(&app).await;
        let before = app.plan(MAP).await;
        let settled = settled(&app).await;
        assert_ne!(app.plan(MAP).await.header("etag"), before.header("etag"), "an import is seen at once");
        let population: Vec<u32> = settled.iter().map(|(_, people)| *people).collect();
        for (more, of) in [("", "reporters"), ("&of=count&per=500&eb=local&rings=2", "count")] {
            let map = app.plan(&format!("{MAP}{more}")).await.json();
            assert_eq!((&map["method"], &map["of"], &map["source"], &map["year"]), (&json!("lykta-rate/1"), &json!(of), &json!(["import:SCB"]), &json!([2025])));
            let total: u32 = population.iter().sum();
            assert_eq!((&map["population_total"], &map["total"], &map["cells"]), (&json!(total), &json!(592), &json!(settled.len())));
            let per = map["per"].as_f64().unwrap();
            let told = counts(&app, GRID, &format!("size_m=1000&statistic={of}")).await;
            let count: Vec<u32> = settled.iter().map(|(cell, _)| told.iter().find(|(other, _)| other == cell).map_or(0, |(_, count)| *count)).collect();
            let keys: Vec<CellKey> = settled.iter().map(|(cell, _)| *cell).collect();
            let smoothed = if of == "count" {
                assert_eq!((&map["eb"], &map["rings"]), (&json!("local"), &json!(2)));
                empirical_bayes_local(&count, &population, &Neighbours::contiguous(GRID, &keys, 2).unwrap()).unwrap()
            } else {
                assert_eq!((&map["eb"], map.get("rings")), (&json!("global"), None));
                empirical_bayes(&count, &population).unwrap()
            };
            let found = cells(&map);
            let (mut rated, mut few, mut nobody) = (0, 0, 0);
            for at in 0..keys.len() {
                let Some(cell) = found.get(&GRID.id(keys[at], CRS)) else {
                    assert_eq!((count[at], population[at]), (0, 0));
                    continue;
                };
                let key = rate(count[at], population[at], per);
                let said = ["rate", "low", "high", "eb"].map(|name| cell[name].as_f64());
                let expected = [key.map(|rate| rate.rate), key.map(|rate| rate.low), key.map(|rate| rate.high), smoothed[at].map(|each| each * per)];
                assert!(same(said, expected), "{cell} for {expected:?}");
                assert_eq!((cell["count"].as_u64(), cell["population"].as_u64()), (Some(count[at].into()), Some(population[at].into())));
                let reason = match population[at] {
                    0 => json!("nobody"),
                    1..50 => json!("few_people"),
                    _ => Value::Null,
                };
                assert_eq!(cell["reason"], reason);
                rated += u32::from(reason.is_null());
                few += u32::from(reason == "few_people");
                nobody += u32::from(reason == "nobody");
            }
            assert!(rated > 100 && few > 5 && nobody > 0, "{rated} {few} {nobody}");
        }
    }

    async fn without_inhabitants_it_says_what_to_do(app) {
        filled(&app).await;
        let map = app.plan(MAP).await.json();
        assert_eq!((&map["features"], &map["size_m"], &map["total"], &map["population_total"]), (&json!([]), &json!(1_000.0), &json!(592), &json!(0)));
        assert!(map["message"]["sv"].as_str().unwrap().contains("lykta import population"));
        let scan = app.plan("/api/v1/scan?municipality=1060&against=population&category=litter_decay").await.json();
        assert!(scan["message"]["en"].as_str().unwrap().contains("lykta import population"));
        assert_eq!(scan["features"], json!([]));
    }

    async fn the_scan_is_held_against_inhabitants(app) {
        filled(&app).await;
        let settled = settled(&app).await;
        let map = app.plan("/api/v1/scan?municipality=1060&against=population&of=count&seed=3&radius_share=0.3&max_radius_m=4000").await.json();
        let told = counts(&app, GRID, "size_m=1000").await;
        let lived_in: Vec<(CellKey, u32)> = settled.into_iter().filter(|(_, people)| *people > 0).collect();
        let cases: Vec<u32> = lived_in.iter().map(|(cell, _)| told.iter().find(|(other, _)| other == cell).map_or(0, |(_, count)| *count)).collect();
        let people: Vec<f64> = lived_in.iter().map(|(_, people)| f64::from(*people)).collect();
        let centres: Vec<[f64; 2]> = lived_in.iter().map(|(cell, _)| {
            let (column, row) = GRID.column_and_row(*cell).unwrap();
            [f64::from(column) * 1_000.0 + 500.0, f64::from(row) * 1_000.0 + 500.0]
        }).collect();
        let key = scan(&centres, &cases, &people, &Parameters { max_share: 0.3, max_radius_m: 4_000.0, seed: 3, ..Parameters::default() }).unwrap();
        let (told, scanned) = (592, u64::from(cases.iter().sum::<u32>()));
        assert_eq!((&map["cases"], &map["left_out"], &map["cells"], &map["zones"]), (&json!(scanned), &json!(told - scanned), &json!(lived_in.len()), &json!(key.zones)));
        assert!(scanned < told && map["against"] == "population");
        let features = map["features"].as_array().unwrap();
        assert!(features.len() == key.clusters.len() && !features.is_empty());
        for (feature, cluster) in features.iter().zip(&key.clusters) {
            let said = |name: &str| feature["properties"][name].as_f64();
            assert_eq!(said("cases"), Some(cluster.observed as f64));
            assert!(same([said("expected"), said("llr"), said("p"), said("radius_m")], [Some(cluster.expected), Some(cluster.llr), Some(cluster.p), Some(cluster.radius_m)]));
        }
    }

    async fn inhabitants_are_known_in_squares_of_a_kilometre_alone(app) {
        app.activate("1060").await;
        for (path, pointer, code) in [
            (format!("{MAP}&size_m=500"), "?size_m", "population_grid"), (format!("{MAP}&grid=hex"), "?grid", "population_grid"), (format!("{MAP}&grid=h3"), "?grid", "population_grid"),
            (format!("{MAP}&per=0"), "?per", "out_of_range"), (format!("{MAP}&eb=both"), "?eb", "not_allowed"), (format!("{MAP}&bands=2"), "?bands", "needs"),
            (format!("{MAP}&view=14.5,56.2,14.6,56.3"), "?view", "conflicts"), ("/api/v1/heatmap?municipality=1060&per=1000".to_owned(), "?per", "needs"),
            ("/api/v1/scan?municipality=1060&against=population&size_m=250".to_owned(), "?size_m", "population_grid"),
            ("/api/v1/scan?municipality=1060&against=population&grid=hex".to_owned(), "?grid", "population_grid"),
        ] {
            let answer = app.plan(&path).await;
            assert_eq!((answer.status, answer.faults()), (StatusCode::BAD_REQUEST, vec![(pointer.to_owned(), code.to_owned())]), "{path}");
        }
        assert_eq!(app.plan(&format!("{MAP}&grid=square&size_m=1000")).await.status, StatusCode::OK);
        assert_eq!(app.get(MAP).await.faults(), [("?statistic".to_owned(), "not_released".to_owned())]);
    }
}
