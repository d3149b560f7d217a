//! Local Moran's I over the API: the digits of the function, clusters told from outliers, and silent where there is too little.

use axum::http::StatusCode;
use lykta::analysis::local_moran::{Association, associations};
use lykta::analysis::neighbours::Neighbours;
use lykta::geo::grid::{CellKey, Grid};
use lykta::geo::sweref::MetricCrs;
use serde_json::{Value, json};

use crate::app::{TOKEN, a_report};
use crate::hotspots::{cells, filled, same};

const MAP: &str = "/api/v1/heatmap?municipality=1060&statistic=local_moran";

both! {
    async fn the_map_has_the_digits_of_the_function(app) {
        filled(&app).await;
        for (grid, more) in [(Grid::square(500.0).unwrap(), "&size_m=500"), (Grid::hex(400.0).unwrap(), "&grid=hex&size_m=400&rings=2&of=count")] {
            let map = app.plan(&format!("{MAP}{more}")).await.json();
            assert_eq!((&map["method"], &map["statistic"], &map["p_of"]), (&json!("lykta-local-moran/1"), &json!("local_moran"), &json!("normal_approximation")));
            // Every cell of the same study area, from the hotspots' CSV.
            let request = axum::http::Request::get(format!("/api/v1/heatmap?municipality=1060&statistic=gi_star&permutations=99{more}"));
            let request = request.header("authorization", format!("Bearer {TOKEN}")).header("accept", "text/csv");
            let csv = app.send(request.body(axum::body::Body::empty()).unwrap()).await;
            let mut study: Vec<(CellKey, u32)> = csv::Reader::from_reader(csv.bytes.as_slice())
                .records()
                .map(|row| row.unwrap())
                .map(|row| (grid.parse_id(&row[0], MetricCrs::Sweref99Tm).unwrap(), row[3].parse().unwrap()))
                .collect();
            study.sort_unstable();
            let (keys, counts): (Vec<CellKey>, Vec<u32>) = study.into_iter().unzip();
            let neighbours = Neighbours::contiguous(grid, &keys, map["rings"].as_u64().unwrap() as u8).unwrap();
            let expected = associations(&counts, &neighbours).unwrap();
            assert_eq!(map["cells"].as_u64(), Some(keys.len() as u64));
            assert!(same([map["mean"].as_f64(), map["sd"].as_f64()], [Some(expected.mean), Some(expected.sd)]));
            let found = cells(&map);
            let mut clusters = 0;
            for (at, key) in keys.iter().enumerate() {
                let name = expected.association[at].map(|kind| match kind {
                    Association::HighHigh => "high_high",
                    Association::LowLow => "low_low",
                    Association::HighLow => "high_low",
                    Association::LowHigh => "low_high",
                });
                let Some(cell) = found.get(&grid.id(*key, MetricCrs::Sweref99Tm)) else {
                    assert!(counts[at] == 0 && name.is_none());
                    continue;
                };
                clusters += usize::from(name.is_some());
                let moran = expected.moran[at];
                let numbers = ["local_moran", "expected", "variance", "z", "p", "q"].map(|field| cell[field].as_f64());
                let of = [moran.map(|m| m.i), moran.map(|m| m.expected), moran.map(|m| m.variance), moran.and_then(|m| m.z), expected.p[at], expected.q[at]];
assert_eq!((cell["count"].as_u64(), cell["cluster"].as_str()), (Some(u64::from(counts[at])), name));
                assert!(same(numbers, of), "{cell} for {of:?}");
            }
            assert!(clusters >= 4, "{clusters}");
        }
    }

    async fn too_little_is_said_and_there_are_no_clusters(app) {
        app.activate("1060").await;
        for who in 0..20 {
            app.report(a_report(json!({"reporter": format!("{who:032x}")}))).await;
        }
        let map = app.plan(&format!("{MAP}&size_m=500")).await.json();
        assert!(map["message"]["sv"].as_str().unwrap().starts_with("För få data"));
        assert_eq!(cells(&map).values().map(|cell| (&cell["count"], &cell["cluster"])).collect::<Vec<_>>(), [(&json!(20), &Value::Null)]);
    }

    async fn what_makes_no_sense_beside_it_is_told_and_the_public_has_it_not(app) {
        app.activate("1060").await;
        for (more, pointer, code) in [
            ("&view=14.5,56.2,14.6,56.3", "?view", "conflicts"), ("&rings=0", "?rings", "out_of_range"), ("&permutations=99", "?permutations", "needs"),
            ("&seed=1", "?seed", "needs"), ("&bands=3", "?bands", "needs"), ("&of=people", "?of", "not_allowed"),
        ] {
            let answer = app.plan(&format!("{MAP}{more}")).await;
            assert_eq!((answer.status, answer.faults()), (StatusCode::BAD_REQUEST, vec![(pointer.to_owned(), code.to_owned())]), "{more}");
        }
        assert_eq!(app.get(MAP).await.faults(), [("?statistic".to_owned(), "not_released".to_owned())]);
    }
}
