//! Hotspots over the API: found where they are, repeatable to the digit, and silent where there is too little.

use std::collections::BTreeMap;
use std::process::Command;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use lykta::app::demo::agreements::agreements;
use lykta::domain::ids::MunicipalityCode;
use lykta::geo::grid::Grid;
use lykta::geo::sweref::MetricCrs;
use serde_json::{Value, json};

use crate::app::{TOKEN, TestApp, a_report};

const MAP: &str = "/api/v1/heatmap?municipality=1060&statistic=gi_star&size_m=500";

pub(crate) const SPOT: [f64; 2] = [14.5805, 56.3105];

/// A kommun with reports here and there, and many around one spot, each by somebody else.
pub(crate) async fn filled(app: &TestApp) {
    let code = MunicipalityCode::parse("1060").unwrap();
    let kommun = agreements().unwrap().into_iter().find(|kommun| kommun.municipality == "1060").unwrap();
    app.app.install_agreement(code, &kommun).await.unwrap();
    app.app.install_reports(code, &kommun, 400).await.unwrap();
    for who in 0..192 {
        // Twelve in each of 4 × 4 squares of 500 m.
        let (column, row) = (f64::from(who % 4) - 1.5, f64::from(who / 4 % 4) - 1.5);
        let place = json!({"type": "Point", "coordinates": [SPOT[0] + column * 0.0081, SPOT[1] + row * 0.0045]});
        app.report(a_report(json!({"location": place, "reporter": format!("{who:032x}"), "category": "litter_decay"}))).await;
    }
}

/// Cells by their ids.
pub(crate) fn cells(map: &Value) -> BTreeMap<String, Value> {
    let features = map["features"].as_array().unwrap();
    features.iter().map(|feature| (feature["id"].as_str().unwrap().to_owned(), feature["properties"].clone())).collect()
}

/// Whether numbers are the same but for the last digit, which this reader of JSON may lose.
pub(crate) fn same<const N: usize>(ours: [Option<f64>; N], key: [Option<f64>; N]) -> bool {
    ours.into_iter().zip(key).all(|(a, b)| match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() <= 1.0e-15 * b.abs(),
        (a, b) => a.is_none() && b.is_none(),
    })
}

both! {
    async fn many_people_around_one_spot_are_a_hotspot_and_the_map_can_be_repeated(app) {
        filled(&app).await;
        let map = app.plan(MAP).await.json();
        assert_eq!((&map["statistic"], &map["of"], &map["method"]), (&json!("gi_star"), &json!("reporters"), &json!("lykta-gi-star/2")));
        assert_eq!((&map["permutations"], &map["seed"], &map["total"]), (&json!(99_999), &json!(1), &json!(592)));
        let found = cells(&map);
        let (crs, grid) = (MetricCrs::Sweref99Tm, Grid::square(500.0).unwrap());
        let (x, y) = crs.forward(SPOT[0], SPOT[1]).unwrap();
        let spot = &found[&grid.id(grid.cell(x, y, SPOT[0], SPOT[1]), crs)];
        assert!(spot["class"] == 3 && spot["gi_star"].as_f64().unwrap() > 5.0 && spot["q"].as_f64().unwrap() <= 0.01, "{spot}");
        assert!(found.values().filter(|cell| cell["class"] == 0).count() > 20, "not everything is hot");
        // Olofström has 391 km² of land and some lakes; its schematic outline is within a tenth of that.
        let cells = map["cells"].as_f64().unwrap();
        assert!((1_400.0..1_900.0).contains(&cells), "{cells}");
        assert_eq!(app.plan(MAP).await.json(), map);

        let other = app.plan(&format!("{MAP}&seed=2")).await.json();
        let other = self::cells(&other);
        assert!(found.iter().all(|(id, cell)| other.get(id).is_none_or(|other| other["gi_star"] == cell["gi_star"])));
        assert!(found.iter().any(|(id, cell)| other.get(id).is_some_and(|other| other["p"] != cell["p"])));
    }

    async fn the_command_line_gives_the_same_digits(app) {
        filled(&app).await;
        for (more, flags, key) in [
            ("&size_m=500", &["--permutations", "99999"][..], &["col", "row"][..]),
            ("&grid=hex&size_m=400&rings=2&permutations=999", &["--permutations", "999", "--grid", "hex", "--rings", "2"], &["col", "row"]),
            ("&grid=h3&resolution=8&permutations=999", &["--permutations", "999", "--grid", "h3"], &["cell"]),
        ] {
            let path = format!("/api/v1/heatmap?municipality=1060&statistic=gi_star{more}");
            let request = Request::get(&path).header("authorization", format!("Bearer {TOKEN}")).header("accept", "text/csv");
            let answer = app.send(request.body(Body::empty()).unwrap()).await;
            assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8");
            let file = app.path("grid.csv");
            std::fs::write(&file, &answer.bytes).unwrap();
            let run = Command::new(env!("CARGO_BIN_EXE_lykta")).args(["analyse", "gi-star", "--seed", "1"]).args(flags).arg(&file).output().unwrap();
            assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
            let column = |bytes: &[u8], names: &[&str]| {
                let mut reader = csv::Reader::from_reader(bytes);
                let at: Vec<usize> = key.iter().chain(names).map(|name| reader.headers().unwrap().iter().position(|header| header == *name).unwrap()).collect();
                reader.records().map(|record| at.iter().map(|at| record.as_ref().unwrap()[*at].to_owned()).collect::<Vec<_>>()).collect::<Vec<_>>()
            };
            let of_api = column(&answer.bytes, &["count", "gi_star", "p", "q"]);
            let of_verb = column(&run.stdout, &["count", "gi_star", "p_permutation", "q_permutation"]);
            assert!(of_api.len() > 300 && of_api == of_verb, "{more}: {}", of_api.len());
            let map = app.plan(&path).await.json();
            assert_eq!(map["cells"], of_api.len());
        }
    }

    async fn too_little_is_said_and_nothing_is_hot(app) {
        app.activate("1060").await;
        for who in 0..20 {
            app.report(a_report(json!({"reporter": format!("{who:032x}")}))).await;
        }
        let map = app.plan(MAP).await.json();
        assert!(map["message"]["sv"].as_str().unwrap().starts_with("För få data"));
        assert_eq!(cells(&map).values().map(|cell| (cell["count"].clone(), cell["class"].clone())).collect::<Vec<_>>(), [(json!(20), json!(0))]);
    }

    async fn the_study_area_is_what_the_question_says_of_place(app) {
        filled(&app).await;
        let whole = app.plan(MAP).await.json();
        let ring = "14.55%2056.29,14.61%2056.29,14.61%2056.33,14.55%2056.33";
        let part = app.plan(&format!("{MAP}&polygon={ring}")).await.json();
        // 3.7 × 4.5 km in squares of 500 m.
        assert!((50..90).contains(&part["cells"].as_u64().unwrap()), "{}", part["cells"]);
        let large = app.plan(&format!("{MAP}&bbox=10,55,20,60")).await.json();
        assert_eq!(large["cells"], whole["cells"], "a box around the kommun is the kommun");
        let boxed = app.plan(&format!("{MAP}&bbox=14.55,56.29,14.61,56.33")).await.json();
        assert_eq!((&boxed["cells"], &boxed["mean"], &boxed["total"]), (&part["cells"], &part["mean"], &part["total"]));
        assert!(whole["cells"].as_u64() > part["cells"].as_u64() && part["mean"].as_f64() > whole["mean"].as_f64());
    }

    /// A density over all squares adds up to what it is a density of.
    async fn a_density_adds_up_to_the_reports_or_to_the_people(app) {
        filled(&app).await;
        for again in 0..3 {
            // One person who reports often is still one person.
            let place = json!({"type": "Point", "coordinates": [SPOT[0] + f64::from(again) * 0.002, SPOT[1]]});
            app.report(a_report(json!({"location": place, "reporter": format!("{:032x}", 7)}))).await;
        }
        let sum = async |of: &str| {
            let map = app.plan(&format!("/api/v1/heatmap?municipality=1060&statistic=density&size_m=125&bandwidth_m=1000&of={of}")).await.json();
            assert_eq!((&map["method"], &map["kernel"], &map["total"]), (&json!("lykta-kde/1"), &json!("quartic"), &json!(595)));
            cells(&map).values().map(|cell| cell["density"].as_f64().unwrap()).sum::<f64>() * 0.125 * 0.125
        };
        // What shines beyond the border is lost.
        let reports = sum("count").await;
        assert!((560.0..596.0).contains(&reports), "{reports}");
        let summary = app.plan("/api/v1/summary?municipality=1060").await.json();
        let people = summary["reporters"].as_f64().unwrap();
        let share = sum("reporters").await / people;
        assert!((0.93..1.001).contains(&share) && people < 590.0, "{share} of {people}");
    }

    async fn bands_lie_one_within_the_other_around_where_most_is(app) {
        filled(&app).await;
        let map = app.plan("/api/v1/heatmap?municipality=1060&statistic=density&size_m=250&bandwidth_m=800&bands=4").await.json();
        let levels: Vec<f64> = map["levels"].as_array().unwrap().iter().map(|level| level.as_f64().unwrap()).collect();
        assert!(levels.len() == 4 && levels.is_sorted());
        let bands: geojson::FeatureCollection = serde_json::from_value(map.clone()).unwrap();
        assert_eq!(bands.features.len(), 4);
        for (number, feature) in bands.features.iter().enumerate() {
            assert_eq!(feature.property("low").unwrap().as_f64(), Some(levels[number]));
            assert_eq!(feature.property("high").unwrap().as_f64(), levels.get(number + 1).copied());
        }
        let densest = app.plan("/api/v1/heatmap?municipality=1060&statistic=density&size_m=250&bandwidth_m=800").await.json();
        let densest = densest["features"].as_array().unwrap().iter().max_by(|a, b| {
            let density = |cell: &Value| cell["properties"]["density"].as_f64().unwrap();
            density(a).total_cmp(&density(b))
        });
        let corner = &densest.unwrap()["geometry"]["coordinates"][0];
        let middle = |axis: usize| f64::midpoint(corner[0][axis].as_f64().unwrap(), corner[2][axis].as_f64().unwrap());
        let uppermost: geo_types::MultiPolygon = bands.features[3].geometry.clone().unwrap().try_into().unwrap();
        assert!(lykta::geo::outline::contains(&uppermost, middle(0), middle(1)));
        // Of one square alone there are bands too.
        let cell = densest.unwrap()["properties"]["cell"].as_str().unwrap();
        let alone = app.plan(&format!("/api/v1/heatmap?municipality=1060&statistic=density&size_m=250&bandwidth_m=800&bands=2&cell=square250-{cell}")).await.json();
        assert_eq!((&alone["cells"], alone["features"].as_array().unwrap().len()), (&json!(1), 2), "{alone}");
    }

    /// Twice as many in a month as in the three before: a rate ratio of six here, and no change where nothing did. What lies before the
    /// first report or after the last is not counted as days without any.
    async fn a_change_is_told_with_its_limits_and_its_q(app) {
        app.activate("1060").await;
        let at = async |day: &str, lon: f64, n: u32| {
            for _ in 0..n {
                let place = json!({"type": "Point", "coordinates": [lon, 56.2765]});
                app.report(a_report(json!({"location": place, "occurred_at": format!("{day}T12:00:00+02:00")}))).await;
            }
        };
        at("2026-05-20", 14.531, 10).await;
        at("2026-08-20", 14.531, 20).await;
        at("2026-05-20", 14.551, 9).await;
        at("2026-08-20", 14.551, 3).await;
        let clipped = app.plan("/api/v1/heatmap?municipality=1060&statistic=change&of=count&before_from=2025-05-01&before_to=2026-08-01&from=2026-08-01&to=2027-08-01").await.json();
        assert_eq!((&clipped["days"], &clipped["days_before"], &clipped["total"], &clipped["total_before"]), (&json!(20.0), &json!(73.0), &json!(23), &json!(19)));
        assert_eq!((&clipped["counted_before"]["from"], &clipped["counted"]["to"]), (&json!("2026-05-19T22:00:00Z"), &json!("2026-08-20T22:00:00Z")));
        let wednesdays = app.plan("/api/v1/heatmap?municipality=1060&statistic=change&weekday=3&before_from=2026-05-01&before_to=2026-08-01&from=2026-08-01&to=2026-09-01").await.json();
        assert_eq!((&wednesdays["days_before"], &wednesdays["days"]), (&json!(11.0), &json!(3.0)));
        let nothing = app.plan("/api/v1/heatmap?municipality=1060&statistic=change&before_from=2025-05-01&before_to=2026-05-01&from=2026-05-01&to=2026-09-01").await.json();
        assert_eq!((&nothing["counted_before"], nothing["features"].as_array().unwrap().len(), nothing["message"]["sv"].is_string()), (&Value::Null, 0, true));
        // An hour before the first day, and a moment of it: too little to hold three months against.
        let moment = app.plan("/api/v1/heatmap?municipality=1060&statistic=change&before_from=2026-05-19T21:00:00Z&before_to=2026-05-19T22:00:00.000001Z&from=2026-08-01&to=2026-08-03").await.faults();
        assert_eq!(moment, [("?before_to".to_owned(), "period_too_short".to_owned())]);
        // The same of the later period: a moment of the last counted day, and after it nothing.
        let moment = app.plan("/api/v1/heatmap?municipality=1060&statistic=change&before_from=2026-05-01&before_to=2026-08-01&from=2026-08-20T21:59:59.999999Z&to=2026-10-01").await.faults();
        assert_eq!(moment, [("?to".to_owned(), "period_too_short".to_owned())]);
        // With a report at both ends, the periods are whole.
        at("2026-05-01", 14.6, 1).await;
        at("2026-08-31", 14.6, 1).await;
        let path = "/api/v1/heatmap?municipality=1060&statistic=change&of=count&before_from=2026-05-01&before_to=2026-08-01&from=2026-08-01&to=2026-09-01";
        let map = app.plan(path).await.json();
        assert_eq!((&map["total"], &map["total_before"], &map["days"], &map["days_before"]), (&json!(24), &json!(20), &json!(31.0), &json!(92.0)));
        let found = cells(&map);
        let of = |before: u32| found.values().find(|cell| cell["before"] == before).unwrap();
        let number = |cell: &Value, name: &str| cell[name].as_f64().unwrap();
        let (more, same) = (of(10), of(9));
        assert!((number(more, "ratio") - 2.0 * 92.0 / 31.0).abs() < 1e-12 && number(more, "low") > 2.0 && number(more, "q") < 1e-4, "{more}");
        assert!((number(same, "ratio") - 92.0 / 93.0).abs() < 1e-12 && same["p"] == 1.0, "{same}");
        // Held against all together, the one has risen and the other fallen.
        let map = app.plan(&format!("{path}&against=total")).await.json();
        let found = cells(&map);
        let ratio = |before: u32| number(found.values().find(|cell| cell["before"] == before).unwrap(), "ratio");
        assert!(ratio(10) > 1.0 && ratio(9) < 1.0 && number(&map["all"], "ratio") > 3.0);
    }

    async fn what_makes_no_sense_beside_a_change_is_told(app) {
        app.activate("1060").await;
        let faults = async |more: &str| app.plan(&format!("/api/v1/heatmap?municipality=1060&statistic=change{more}")).await.faults();
        let missing = ["?before_from", "?before_to", "?from", "?to"].map(|pointer| (pointer.to_owned(), "missing".to_owned()));
        assert_eq!(faults("").await, missing);
        let turned = faults("&before_from=2026-05-01&before_to=2026-04-01&from=2026-08-01&to=2026-09-01").await;
        assert_eq!(turned, [("?before_to".to_owned(), "unreadable".to_owned())]);
        let short = faults("&before_from=2016-05-01&before_to=2026-04-01&from=2026-08-01&to=2026-08-02").await;
        assert_eq!(short, [("?to".to_owned(), "period_too_short".to_owned())]);
        let empty = app.plan("/api/v1/heatmap?municipality=1060&statistic=change&before_from=2025-05-01&before_to=2026-04-01&from=2026-08-01&to=2026-08-31").await.json();
        assert_eq!((&empty["all"], empty["features"].as_array().unwrap().len()), (&Value::Null, 0));
        assert_eq!((&empty["days"], empty["message"]["en"].is_string()), (&json!(0.0), true));
    }

    async fn what_makes_no_sense_beside_a_density_is_told(app) {
        app.activate("1060").await;
        let empty = app.plan("/api/v1/heatmap?municipality=1060&statistic=density&bands=3").await.json();
        assert_eq!((empty["features"].as_array().unwrap().len(), &empty["levels"], &empty["bands_method"]), (0, &json!([]), &json!("lykta-isobands/1")));
        for more in ["&bbox=20,65,20.1,65.1", "&bbox=20,65,20.1,65.1&bands=2", "&focus_area=4f3c2b1a-0000-4000-8000-000000000000"] {
            let nowhere = app.plan(&format!("/api/v1/heatmap?municipality=1060&statistic=density{more}")).await;
            assert_eq!((nowhere.status, nowhere.json()["features"].as_array().unwrap().len()), (StatusCode::OK, 0), "{more}");
        }
        for (more, pointer, code) in [
            ("&bands=13", "?bands", "out_of_range"), ("&bandwidth_m=100", "?bandwidth_m", "out_of_range"), ("&bandwidth_m=NaN", "?bandwidth_m", "out_of_range"),
            ("&grid=hex", "?grid", "not_allowed"), ("&grid=h3", "?grid", "not_allowed"), ("&seed=3", "?seed", "needs"), ("&edge_correction=yes", "?edge_correction", "not_allowed"),
        ] {
            let answer = app.plan(&format!("/api/v1/heatmap?municipality=1060&statistic=density{more}")).await;
            assert_eq!((answer.status, answer.faults()), (StatusCode::BAD_REQUEST, vec![(pointer.to_owned(), code.to_owned())]), "{more}");
        }
        assert_eq!(app.get("/api/v1/heatmap?municipality=1060&statistic=density").await.status, StatusCode::FORBIDDEN);
    }

    async fn what_makes_no_sense_beside_hotspots_is_told(app) {
        app.activate("1060").await;
        for (more, pointer, code) in [
            ("&view=14.5,56.2,14.6,56.3", "?view", "conflicts"), ("&rings=6", "?rings", "out_of_range"), ("&permutations=98", "?permutations", "out_of_range"),
            ("&permutations=many", "?permutations", "unreadable"), ("&seed=-1", "?seed", "unreadable"), ("&of=gi_star", "?of", "not_allowed"),
        ] {
            let answer = app.plan(&format!("{MAP}{more}")).await;
            assert_eq!((answer.status, answer.faults()), (StatusCode::BAD_REQUEST, vec![(pointer.to_owned(), code.to_owned())]), "{more}");
        }
        let elsewhere = app.plan("/api/v1/heatmap?bbox=14.5,56.2,14.6,56.3&statistic=gi_star").await;
        assert_eq!(elsewhere.faults(), [("?municipality".to_owned(), "missing".to_owned())]);
        let alone = app.plan("/api/v1/heatmap?municipality=1060&rings=2").await;
        assert_eq!(alone.faults(), [("?rings".to_owned(), "needs".to_owned())]);
        let small = app.plan("/api/v1/heatmap?municipality=1060&statistic=gi_star&grid=hex&size_m=50").await.status;
        assert_eq!(small, StatusCode::OK, "60,000 cells are counted, few are told");
        for asked in ["&statistic=gi_star", "&statistic=gi_star&public=true"] {
            assert_eq!(app.get(&format!("/api/v1/heatmap?municipality=1060{asked}")).await.faults(), [("?statistic".to_owned(), "not_released".to_owned())]);
        }
    }
}
