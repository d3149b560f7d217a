//! What everybody can see: a frozen release, and nothing that moves when a report arrives (T06, T07 of the acceptance table).

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::app::{Answer, TestApp, a_report};
use lykta::domain::ids::MunicipalityCode;
use lykta::domain::time::Quarter;

const PUBLIC: [&str; 27] = [
    "/api/v1/reports?municipality=1060",
    "/api/v1/similar?lon=14.5315&lat=56.2765&category=dark",
    "/api/v1/heatmap?municipality=1060",
    "/api/v1/heatmap?municipality=1060&grid=square&size_m=250",
    "/api/v1/heatmap?municipality=1060&grid=square&size_m=500&group=light",
    "/api/v1/heatmap?municipality=1060&feeling=unsafe",
    "/api/v1/heatmap?municipality=1060&bbox=14.5,56.2,14.6,56.3",
    "/api/v1/heatmap?municipality=1060&from=2026-10-01&to=2027-01-01",
    "/api/v1/municipalities",
    "/api/v1/municipalities?active=true",
    "/api/v1/municipalities/1060",
    "/api/v1/municipalities/1060/focus-areas",
    "/api/v1/municipalities/1060/releases",
    "/api/v1/places?q=olof",
    "/api/openapi.json",
    "/healthz",
    "/readyz",
    "/api/v1/session",
    "/basemap/config.json",
    "/ogc/",
    "/ogc/api",
    "/ogc/collections",
    "/ogc/collections/heatmap",
    "/ogc/collections/heatmap/items",
    "/ogc/collections/heatmap/items?size_m=250&f=html",
    "/ogc/collections/heatmap/items?bbox=14.5,56.2,14.6,56.3&limit=1",
    "/ogc/collections/focus-areas/items",
];

async fn everything_public(app: &TestApp) -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    for path in PUBLIC {
        let answer = app.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", String::from_utf8_lossy(&answer.bytes));
        let headers: Vec<String> =
            answer.headers.iter().map(|(name, value)| format!("{name}: {}", value.to_str().unwrap_or_default())).collect();
        all.push((format!("{path} {headers:?}"), answer.bytes));
    }
    for path in [
        "/api/v1/heatmap?municipality=1060&category=dark",
        "/api/v1/summary?municipality=1060",
        "/tiles/reports/13/4426/2539.mvt?municipality=1060",
    ] {
        let answer = app.get(path).await;
        assert!(answer.status.is_client_error(), "{path}");
        all.push((format!("{path} {}", answer.status), answer.bytes));
    }
    all
}

/// Enough people in two squares for something to be published.
async fn a_busy_quarter(app: &TestApp) {
    app.activate("1060").await;
    for at in 0..40 {
        let lon = if at % 2 == 0 { 14.5315 } else { 14.5600 };
        let body = a_report(json!({"location": {"type": "Point", "coordinates": [lon, 56.2765]}, "reporter": format!("{at:032x}")}));
        app.report(body).await;
    }
}

async fn release(app: &TestApp) {
    app.advance(jiff::SignedDuration::from_hours(60 * 24));
    let quarter = Quarter::parse("2026-Q4").expect("a quarter");
    app.count_all("1060").await;
    let made = app.app.make_release(MunicipalityCode::parse("1060").expect("a code"), quarter, app.app.now()).await.expect("made");
    assert!(made.new && made.cells > 0, "{made:?}");
}

fn shown(answer: &Answer) -> Vec<Value> {
    answer.json()["features"].as_array().expect("features").clone()
}

both! {
    /// A stalker who watches the public side learns nothing from the moment a victim reports; with the planner's view he would.
    async fn not_one_public_byte_changes_when_a_report_arrives(app) {
        a_busy_quarter(&app).await;
        release(&app).await;
        let before = everything_public(&app).await;
        let live = "/api/v1/heatmap?municipality=1060&grid=square&size_m=250";
        let control = app.plan(live).await.bytes;
        app.report(a_report(json!({"note": "Här är det mörkt", "reporter": "ffffffffffffffffffffffffffffffff"}))).await;
        for hours in [0, 1, 23, 24 * 7] {
            app.advance(jiff::SignedDuration::from_hours(hours));
            assert_eq!(everything_public(&app).await, before, "{hours} h later");
        }
        assert_ne!(app.plan(live).await.bytes, control, "control run: the live view does change");
    }

    /// The same question always has the same answer, in every process.
    async fn a_release_is_frozen(app) {
        a_busy_quarter(&app).await;
        release(&app).await;
        let path = "/api/v1/heatmap?municipality=1060&grid=square&size_m=250";
        let first = app.get(path).await;
        assert!(!shown(&first).is_empty());
        assert!(shown(&first).iter().all(|cell| cell["properties"]["count"].as_u64().is_none_or(|count| count % 5 == 0)));
        let again = app.app.make_release(MunicipalityCode::parse("1060").unwrap(), Quarter::parse("2026-Q4").unwrap(), app.app.now()).await.unwrap();
        assert!(!again.new);
        let elsewhere = app.another().await;
        for _ in 0..20 {
            assert_eq!(elsewhere.get(path).await.bytes, first.bytes);
        }
        assert_eq!(elsewhere.get(path).await.header("etag"), first.header("etag"));
    }

    /// A box shows whole frozen squares: making it smaller never cuts one open.
    async fn shrinking_the_box_finds_nothing_below_a_square(app) {
        a_busy_quarter(&app).await;
        release(&app).await;
        let all = shown(&app.get("/api/v1/heatmap?municipality=1060&grid=square&size_m=250").await);
        let live = |bbox: String| { let app = app.clone(); async move { app.plan(&format!("/api/v1/summary?municipality=1060&bbox={bbox}")).await.json()["total"].as_u64().unwrap() } };
        let (mut west, mut east) = (14.50, 14.56);
        let mut totals = Vec::new();
        for _ in 0..12 {
            let middle = f64::midpoint(west, east);
            let bbox = format!("{west},56.27,{middle},56.28");
            for cell in shown(&app.get(&format!("/api/v1/heatmap?municipality=1060&grid=square&size_m=250&bbox={bbox}")).await) {
                assert!(all.contains(&cell), "a square is shown as it was frozen, or not at all");
            }
            totals.push(live(bbox).await);
            if *totals.last().unwrap() > 0 { east = middle } else { west = middle }
        }
        assert!((west - 14.5315).abs() < 0.001 && (east - 14.5315).abs() < 0.001, "control run: bisecting the live view finds the place to {west}..{east}");
    }

    /// Anything finer than a release is refused before it is computed, whatever the answer would have been.
    async fn finer_questions_are_refused_with_the_parameter_that_is_too_fine(app) {
        a_busy_quarter(&app).await;
        for finer in [
            "category=dark", "hour=20", "weekday=1", "month=11", "light=dark", "time_band=night", "travel_mode=walking", "perspective=woman",
            "insecurity_min=1", "status=received", "source=resident", "since=0", "group=light,sight", "grid=h3", "grid=hex", "size_m=125",
            "statistic=reporters", "polygon=14.5%2056.2,14.6%2056.2,14.6%2056.3", "from=2026-07-02&to=2026-10-01", "from=2026-07-01",
            "focus_area=6f2c1f0a-3c1b-4a55-9d1e-0a4f7b8c9d10",
        ] {
            let answer = app.get(&format!("/api/v1/heatmap?municipality=1060&{finer}")).await;
            assert_eq!((answer.status, answer.json()["type"].clone()), (StatusCode::FORBIDDEN, json!("/problems/not-public")), "{finer}");
            assert_eq!(answer.faults().len(), 1, "{finer}");
        }
    }

    /// Any box inside a square, of any size, is answered by the whole square.
    async fn a_small_box_is_answered_by_the_whole_square(app) {
        a_busy_quarter(&app).await;
        release(&app).await;
        for size_m in [1000, 500, 250] {
            let map = format!("/api/v1/heatmap?municipality=1060&grid=square&size_m={size_m}");
            let all = shown(&app.get(&map).await);
            assert!(!all.is_empty());
            for (cell, [x, y, side]) in all.iter().zip([[0.2, 0.3, 0.5], [0.5, 0.5, 1e-4], [0.7, 0.2, 1e-7]].into_iter().cycle()) {
                let ring = cell["geometry"]["coordinates"][0].as_array().expect("a ring");
                let corner = |at: usize, axis: usize| ring[at][axis].as_f64().expect("degrees");
                // From the first corner towards the one across; the squares lean less than a box inside them is away from their edges.
                let [west, south] = [0, 1].map(|axis| corner(0, axis) + (corner(2, axis) - corner(0, axis)) * [x, y][axis]);
                let step = (corner(2, 0) - corner(0, 0)).abs() * side * 0.2;
                let bbox = format!("{west},{south},{},{}", west + step, south + step);
                let answered = shown(&app.get(&format!("{map}&bbox={bbox}")).await);
                assert!(answered.contains(cell), "{size_m} m, {bbox}");
                assert!(answered.iter().all(|cell| all.contains(cell)), "{size_m} m, {bbox}");
            }
        }
    }

    /// Quarters share no report: one that comes in the very first or last microsecond of a quarter is in that one's release only.
    async fn a_report_is_in_the_release_of_one_quarter(app) {
        app.activate("1060").await;
        let quarters = ["2026-Q4", "2027-Q1", "2027-Q2"].map(|text| Quarter::parse(text).expect("a quarter"));
        let micro = jiff::SignedDuration::from_micros(1);
        for quarter in &quarters[1..] {
            for at in [quarter.start() - micro, quarter.start()] {
                app.advance(at.duration_since(app.app.now()));
                app.report(a_report(json!({}))).await;
            }
        }
        app.advance(jiff::SignedDuration::from_hours(24 * 100));
        app.count_all("1060").await;
        let mut reports = Vec::new();
        for quarter in quarters {
            reports.push(app.app.make_release(MunicipalityCode::parse("1060").expect("a code"), quarter, app.app.now()).await.expect("made").reports);
        }
        assert_eq!(reports, [1, 2, 1]);
    }

    /// A span of quarters is the sum of their releases, a span before them is told from a kommun without any.
    async fn a_span_sums_the_releases_in_it(app) {
        a_busy_quarter(&app).await;
        release(&app).await;
        for at in 0..40 {
            app.report(a_report(json!({"reporter": format!("{at:032x}")}))).await;
        }
        app.advance(jiff::SignedDuration::from_hours(24 * 95));
        let second = Quarter::parse("2027-Q1").expect("a quarter");
        app.count_all("1060").await;
        assert!(app.app.make_release(MunicipalityCode::parse("1060").expect("a code"), second, app.app.now()).await.expect("made").cells > 0);
        let of = |span: &'static str| { let app = app.clone(); async move { app.get(&format!("/api/v1/heatmap?municipality=1060{span}")).await.json() } };
        let [both, autumn, winter] = [
            of("&from=2026-10-01&to=2027-04-01").await, of("&from=2026-10-01&to=2027-01-01").await, of("&from=2027-01-01&to=2027-04-01").await,
        ];
        let total = |answer: &Value| answer["total"].as_u64().expect("a number");
        assert!(total(&autumn) >= 35 && total(&winter) >= 35);
        assert_eq!(total(&both), total(&autumn) + total(&winter));
        assert_eq!(both["releases"].as_array().map(Vec::len), Some(2));
        assert_eq!((&of("").await["features"], &of("").await["total"]), (&winter["features"], &winter["total"]), "the newest, when nothing is asked");

        let never = of("&from=2010-01-01&to=2010-04-01").await;
        assert_eq!((&never["release"], &never["features"]), (&Value::Null, &json!([])));
        assert!(never["message"]["sv"].as_str().is_some_and(|text| text.contains("över den tiden")), "{never}");
    }

    /// Example data may be erased and its quarter released again: neither the server's memory nor a browser's goes on with the old one.
    async fn a_release_made_anew_is_seen_as_a_new_one(app) {
        a_busy_quarter(&app).await;
        release(&app).await;
        let path = "/api/v1/heatmap?municipality=1060&grid=square&size_m=1000";
        let first = app.get(path).await;
        app.sql("DELETE FROM public_release_cell").await;
        app.sql("DELETE FROM public_release").await;
        app.sql("DELETE FROM report WHERE lon > 14.54").await;
        app.sql("UPDATE report SET released_in = NULL").await;
        release(&app).await;
        let second = app.get(path).await;
        assert_ne!(first.header("etag"), second.header("etag"));
        assert_ne!(first.json()["total"], second.json()["total"]);
    }

    /// Everything that is too fine is named at once, by the names that were asked.
    async fn every_parameter_that_is_too_fine_is_named(app) {
        a_busy_quarter(&app).await;
        for (finer, named) in [
            ("hour=20&light=dark&grid=h3", vec!["?grid", "?hour", "?light"]), ("size_m=125&statistic=reporters", vec!["?size_m", "?statistic"]),
            ("to=2026-10-01", vec!["?to"]), ("group=safe&feeling=unsafe&polygon=1", vec!["?polygon", "?feeling"]),
        ] {
            let answer = app.get(&format!("/api/v1/heatmap?municipality=1060&{finer}")).await;
            let named: Vec<(String, String)> = named.into_iter().map(|name| (name.to_owned(), "not_released".to_owned())).collect();
            assert_eq!((answer.status, answer.faults()), (StatusCode::FORBIDDEN, named), "{finer}");
        }
    }

    /// Before the first release the map says so, kindly.
    async fn before_the_first_release_the_map_says_so(app) {
        app.activate("1060").await;
        let answer = app.get("/api/v1/heatmap?municipality=1060").await.json();
        assert_eq!((answer["release"].clone(), answer["features"].clone()), (Value::Null, json!([])));
        assert!(answer["message"]["sv"].as_str().is_some_and(|text| !text.is_empty()));
        let early = app.app.make_release(MunicipalityCode::parse("1060").unwrap(), Quarter::parse("2026-Q4").unwrap(), app.app.now()).await;
        assert!(early.is_err(), "a quarter that is not over could still change");
    }

    /// One loud person, or many reports that nobody signed, never make a square.
    async fn a_square_needs_five_people_not_five_reports(app) {
        app.activate("1060").await;
        for at in 0..30 {
            let lon = if at % 2 == 0 { 14.5315 } else { 14.5600 };
            let reporter = if at % 2 == 0 { json!("00000000000000000000000000000001") } else { Value::Null };
            app.report(a_report(json!({"location": {"type": "Point", "coordinates": [lon, 56.2765]}, "reporter": reporter}))).await;
        }
        app.advance(jiff::SignedDuration::from_hours(60 * 24));
        app.count_all("1060").await;
        let made = app.app.make_release(MunicipalityCode::parse("1060").unwrap(), Quarter::parse("2026-Q4").unwrap(), app.app.now()).await.unwrap();
        assert_eq!((made.reports, made.cells), (30, 0));
    }
}
