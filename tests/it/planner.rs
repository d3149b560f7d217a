//! The planner's desk: filters, lists, sessions, and the numbers that must agree.

use std::io::Read;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::{Value, json};

use crate::app::{TOKEN, a_report};

fn unpacked_zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::stream::decode_all(bytes).unwrap()
}

fn unpacked_gzip(bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    flate2::read::GzDecoder::new(bytes).read_to_end(&mut plain).unwrap();
    plain
}

both! {
    /// A map's edge cuts no cell: `view` gives whole ones, `bbox` counts what lies in it.
    async fn a_view_gives_whole_cells_and_a_box_what_lies_in_it(app) {
        app.activate("1060").await;
        for at in [[14.5310, 56.2765], [14.5312, 56.2766], [14.56, 56.2765]] {
            app.report(a_report(json!({"location": {"type": "Point", "coordinates": at}}))).await;
        }
        let edge = "14.5,56.2,14.5311,56.3";
        for grid in ["grid=square&size_m=250", "grid=hex&size_m=200", "grid=h3&resolution=9"] {
            let total = async |what: &str| app.plan(&format!("/api/v1/heatmap?municipality=1060&{grid}&{what}={edge}")).await.json()["total"].clone();
            assert_eq!((total("view").await, total("bbox").await), (json!(2), json!(1)), "{grid}");
        }
        assert_eq!(app.get(&format!("/api/v1/heatmap?municipality=1060&view={edge}")).await.status, StatusCode::OK);
        assert_eq!(app.plan("/api/v1/heatmap?municipality=1060&view=1,2,3").await.faults(), [("?view".to_owned(), "unreadable".to_owned())]);
    }

    /// Every number on the desk is the same number.
    async fn the_map_the_list_and_the_summary_agree_under_every_filter(app) {
        app.activate("1060").await;
        for (at, category, hour, more) in [
            (14.5310, "dark", "20:30", json!({"travel_mode": "walking", "perspectives": ["woman"], "insecurity": 3})),
            (14.5320, "dark", "08:15", json!({"travel_mode": "bicycle", "insecurity": 1})),
            (14.5400, "speeding", "16:40", json!({"travel_mode": "car", "risk": 3})),
            (14.5500, "lively", "12:00", json!({"feeling": "safe", "perspectives": ["man", "visitor"]})),
        ] {
            let mut body = a_report(json!({"location": {"type": "Point", "coordinates": [at, 56.2765]}, "category": category, "occurred_at": format!("2026-11-20T{hour}:00+01:00")}));
            for (name, value) in more.as_object().unwrap() {
                body[name] = value.clone();
            }
            app.report(body).await;
        }
        for (filter, expected) in [
            ("", 4), ("&category=dark", 2), ("&group=light,traffic_speed", 3), ("&feeling=safe", 1), ("&hour=20,21", 1), ("&weekday=5", 4),
            ("&month=11", 4), ("&month=10", 0), ("&light=dark", 2), ("&time_band=morning", 1), ("&travel_mode=walking,bicycle", 2),
            ("&perspective=woman,visitor", 2), ("&insecurity_min=2", 1), ("&from=2026-11-20&to=2026-11-21", 4), ("&to=2026-11-20", 0),
            ("&status=received", 4), ("&status=done", 0), ("&source=resident", 4), ("&source=nobody", 0), ("&since=3", 2),
            ("&bbox=14.530,56.27,14.545,56.28", 3), ("&polygon=14.53 56.27,14.545 56.27,14.545 56.28,14.53 56.28", 3),
            ("&group=light,traffic_speed&category=dark,lively", 2), ("&group=traffic_speed&category=dark", 0),
            ("&group=light&hour=20&polygon=14.53 56.27,14.545 56.28,14.53 56.28", 1),
        ] {
            let query = format!("municipality=1060{}", filter.replace(' ', "%20"));
            let list = app.plan(&format!("/api/v1/reports?{query}")).await.json();
            let heatmap = app.plan(&format!("/api/v1/heatmap?{query}")).await.json();
            let summary = app.plan(&format!("/api/v1/summary?{query}")).await.json();
            let cells: u64 = heatmap["features"].as_array().unwrap().iter().map(|cell| cell["properties"]["count"].as_u64().unwrap()).sum();
            assert_eq!((list["total"].as_u64(), heatmap["total"].as_u64(), cells, summary["total"].as_u64()), (Some(expected), Some(expected), expected, Some(expected)), "{filter}");
        }
    }

    /// The week by the hour holds each report whose hour is known once, and the filters hold for it.
    async fn the_hours_of_the_week_hold_what_has_a_known_hour(app) {
        app.activate("1060").await;
        for when in ["2026-11-20T20:30:00+01:00", "2026-11-20T20:59:00+01:00", "2026-11-16T00:05:00+01:00", "2026-11-22T23:59:00+01:00"] {
            app.report(a_report(json!({"occurred_at": when}))).await;
        }
        app.report(a_report(json!({"occurred_on": "2026-11-20", "time_band": "evening"}))).await;
        for (filter, expected) in [("", vec![(0, 1), (4 * 24 + 20, 2), (6 * 24 + 23, 1)]), ("&weekday=7", vec![(6 * 24 + 23, 1)]), ("&hour=20", vec![(4 * 24 + 20, 2)])] {
            let summary = app.plan(&format!("/api/v1/summary?municipality=1060{filter}")).await.json();
            let week: Vec<u64> = summary["hour_of_week"].as_array().unwrap().iter().map(|count| count.as_u64().unwrap()).collect();
            let counted: Vec<(usize, u64)> = week.iter().copied().enumerate().filter(|(_, count)| *count > 0).collect();
            assert_eq!((week.len(), counted), (168, expected), "{filter}");
        }
    }

    /// Nothing is skipped and nothing shown twice, also when reports arrive between two pages.
    async fn pages_follow_each_other_while_reports_arrive(app) {
        app.activate("1060").await;
        for _ in 0..7 {
            app.report(a_report(json!({}))).await;
            app.advance(jiff::SignedDuration::from_secs(1));
        }
        let first = app.plan("/api/v1/reports?municipality=1060&limit=3").await.json();
        app.report(a_report(json!({}))).await;
        let mut seen: Vec<Value> = first["features"].as_array().unwrap().iter().map(|feature| feature["id"].clone()).collect();
        let mut next = first["next"].clone();
        while let Some(link) = next.as_str() {
            let page = app.plan(link).await.json();
            seen.extend(page["features"].as_array().unwrap().iter().map(|feature| feature["id"].clone()));
            next = page["next"].clone();
        }
        let mut distinct: Vec<String> = seen.iter().map(ToString::to_string).collect();
        distinct.sort();
        distinct.dedup();
        assert_eq!((seen.len(), distinct.len()), (7, 7));
    }

    /// A spreadsheet gets the same rows, and runs none of them.
    async fn csv_holds_the_same_rows_and_no_formulas(app) {
        app.activate("1060").await;
        app.report(a_report(json!({"note": "=HYPERLINK(\"x\")"}))).await;
        let request = Request::get("/api/v1/reports?municipality=1060").header("authorization", format!("Bearer {TOKEN}")).header("accept", "text/csv");
        let answer = app.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8");
        let text = String::from_utf8(answer.bytes).unwrap();
        assert!(text.starts_with('\u{feff}'));
        let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let note = reader.headers().unwrap().iter().position(|name| name == "note").unwrap();
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert_eq!((rows.len(), &rows[0][note]), (1, "'=HYPERLINK(\"x\")"));
    }

    /// What has not changed is not sent again.
    async fn an_unchanged_heatmap_answers_304_until_a_report_arrives(app) {
        app.activate("1060").await;
        let path = "/api/v1/heatmap?municipality=1060";
        let etag = app.plan(path).await.header("etag").to_owned();
        let again = |etag: String| {
            let request = Request::get(path).header("authorization", format!("Bearer {TOKEN}")).header("if-none-match", etag);
            request.body(Body::empty()).unwrap()
        };
        assert_eq!(app.send(again(etag.clone())).await.status, StatusCode::NOT_MODIFIED);
        app.report(a_report(json!({}))).await;
        assert_eq!(app.send(again(etag)).await.status, StatusCode::OK);
    }

    /// Compressed or not, kept or just made, it is the same map; each way of writing it has its own strong tag.
    async fn a_heatmap_is_the_same_in_every_coding(app) {
        app.activate("1060").await;
        for at in 0..40 {
            let place = json!({"type": "Point", "coordinates": [14.50 + f64::from(at) * 0.003, 56.2765]});
            app.post("/api/v1/reports", a_report(json!({"location": place}))).await;
        }
        let ask = async |coding: &str, known: &str| {
            let request = Request::get("/api/v1/heatmap?municipality=1060").header("authorization", format!("Bearer {TOKEN}"));
            let request = request.header("accept-encoding", coding).header("if-none-match", known).body(Body::empty()).unwrap();
            app.send(request).await
        };
        let plain = ask("identity", "").await;
        for (coding, unpack) in [("zstd", unpacked_zstd as fn(&[u8]) -> Vec<u8>), ("gzip", unpacked_gzip)] {
            let (first, again) = (ask(coding, "").await, ask(coding, "").await);
            assert_eq!((first.header("content-encoding"), first.header("vary")), (coding, "accept, accept-encoding"));
            assert_eq!(unpack(&first.bytes), plain.bytes);
            assert_eq!((first.header("etag"), &first.bytes), (again.header("etag"), &again.bytes));
            assert_ne!(first.header("etag"), plain.header("etag"));
            assert_eq!(ask("identity", first.header("etag")).await.status, StatusCode::NOT_MODIFIED);
        }
        let known = plain.header("etag").to_owned();
        app.report(a_report(json!({}))).await;
        let total = |bytes: &[u8]| serde_json::from_slice::<Value>(bytes).unwrap()["total"].as_u64().unwrap();
        assert_eq!(total(&unpacked_zstd(&ask("zstd", &known).await.bytes)), total(&plain.bytes) + 1);
    }

    /// The token is shown once; afterwards only a cookie that no script can read, and no other site can use.
    async fn a_session_replaces_the_token_and_ends(app) {
        app.activate("1060").await;
        let wrong = app.post("/api/v1/session", json!({"token": "planner-token-in-testz"})).await;
        assert_eq!(wrong.status, StatusCode::UNAUTHORIZED);
        let answer = app.post("/api/v1/session", json!({"token": TOKEN})).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT);
        let cookie = answer.header("set-cookie").to_owned();
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
        let pair = cookie.split(';').next().unwrap().to_owned();
        let request = |method: &str, site: Option<&str>| {
            let mut request = Request::builder().method(method).uri("/api/v1/summary?municipality=1060").header("cookie", &pair);
            if let Some(site) = site {
                request = request.header("sec-fetch-site", site);
            }
            request.body(Body::empty()).unwrap()
        };
        assert_eq!(app.send(request("GET", None)).await.status, StatusCode::OK);
        let id = app.report(a_report(json!({}))).await["id"].as_str().unwrap().to_owned();
        let patch = |site: Option<&str>| {
            let mut request = Request::patch(format!("/api/v1/reports/{id}")).header("cookie", &pair).header("content-type", "application/json").header("if-match", "\"0\"");
            if let Some(site) = site {
                request = request.header("sec-fetch-site", site);
            }
            request.body(Body::from("{}")).unwrap()
        };
        assert_eq!(app.send(patch(Some("cross-site"))).await.status, StatusCode::FORBIDDEN);
        assert_eq!(app.send(patch(None)).await.status, StatusCode::FORBIDDEN, "a browser always tells");
        assert_eq!(app.send(patch(Some("same-origin"))).await.status, StatusCode::PRECONDITION_FAILED);
        app.advance(jiff::SignedDuration::from_hours(13));
        assert_eq!(app.send(request("GET", None)).await.status, StatusCode::UNAUTHORIZED);
    }

    /// Logging out ends the session itself, not only the browser's memory of it; two log-ins are two sessions.
    async fn a_cookie_that_was_copied_is_dead_after_logging_out(app) {
        app.activate("1060").await;
        let login = || async { app.post("/api/v1/session", json!({"token": TOKEN})).await.header("set-cookie").split(';').next().unwrap().to_owned() };
        let (kept, copied) = (login().await, login().await);
        assert_ne!(kept, copied, "of the same second");
        let role = |cookie: String| {
            let app = app.clone();
            async move { app.send(Request::get("/api/v1/session").header("cookie", cookie).body(Body::empty()).unwrap()).await.json()["role"].clone() }
        };
        assert_eq!((role(kept.clone()).await, role(copied.clone()).await), (json!("operator"), json!("operator")));
        let elsewhere = app.another().await;
        let out = Request::delete("/api/v1/session").header("cookie", &copied).body(Body::empty()).unwrap();
        assert_eq!(elsewhere.send(out).await.status, StatusCode::NO_CONTENT);
        assert_eq!((role(kept.clone()).await, role(copied).await), (json!("operator"), Value::Null), "in every process");
        let again = Request::post("/api/v1/session").header("cookie", &kept).header("content-type", "application/json").body(Body::from(json!({"token": TOKEN}).to_string()));
        assert_eq!(app.send(again.unwrap()).await.status, StatusCode::NO_CONTENT);
        assert_eq!(role(kept).await, Value::Null, "a session from before the log-in is not taken over");
    }

    /// What planners read is not left on their disks; counts may be, under their tag.
    async fn true_points_are_never_kept_by_a_browser(app) {
        app.activate("1060").await;
        let id = app.report(a_report(json!({}))).await["id"].as_str().unwrap().to_owned();
        for (path, cache) in [
            ("reports?municipality=1060", "no-store"), (&format!("reports/{id}"), "no-store"), ("session", "no-store"),
            ("heatmap?municipality=1060", "private, no-cache"), ("summary?municipality=1060", "private, no-cache"),
        ] {
            assert_eq!(app.plan(&format!("/api/v1/{path}")).await.header("cache-control"), cache, "{path}");
        }
    }

    /// Without the right nothing of a question is read, also not a polygon that takes long.
    async fn a_stranger_is_refused_before_the_question_is_read(app) {
        app.activate("1060").await;
        let broken = "municipality=1060&polygon=0&hour=99";
        assert_eq!(app.get(&format!("/api/v1/summary?{broken}")).await.status, StatusCode::UNAUTHORIZED);
        let list = app.get("/api/v1/reports?municipality=1060&polygon=0&since=1").await;
        let named = ["?polygon", "?since"].map(|name| (name.to_owned(), "not_released".to_owned()));
        assert_eq!((list.status, list.faults()), (StatusCode::FORBIDDEN, named.to_vec()));
        let map = app.get("/api/v1/heatmap?municipality=1060&polygon=0").await;
        assert_eq!(map.faults(), [("?polygon".to_owned(), "not_released".to_owned())]);
        assert_eq!(app.plan("/api/v1/heatmap?municipality=1060&polygon=0").await.faults(), [("?polygon".to_owned(), "unreadable".to_owned())]);
    }

    /// Without the right there is nothing to list.
    async fn lists_and_numbers_are_for_planners(app) {
        app.activate("1060").await;
        assert_eq!(app.get("/api/v1/summary?municipality=1060").await.status, StatusCode::UNAUTHORIZED);
        app.report(a_report(json!({}))).await;
        assert_eq!(app.get("/api/v1/reports?municipality=1060").await.json()["features"], json!([]), "nothing that nobody has shown");
        assert_eq!(app.plan("/api/v1/reports?municipality=4711").await.faults(), [("?municipality".to_owned(), "unknown_municipality".to_owned())]);
        assert_eq!(app.plan("/api/v1/reports").await.faults(), [("?municipality".to_owned(), "missing".to_owned())]);
        assert_eq!(app.plan("/api/v1/reports?municipality=1060&colour=red").await.faults(), [("?colour".to_owned(), "unknown_parameter".to_owned())]);
    }
}
