//! OGC API – Features: the abstract tests of 17-069r4 (annex A) and 18-058, ported, and what Lykta promises beside them.

mod questions;

use std::collections::{BTreeMap, BTreeSet};

use axum::body::Body;
use axum::http::{Request, StatusCode};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use lykta::domain::ids::MunicipalityCode;
use lykta::domain::time::Quarter;
use serde_json::{Value, json};

use crate::app::{Answer, TOKEN, TestApp, a_report};

const REPORTS: &str = "/ogc/collections/reports/items";

async fn ask(app: &TestApp, path: &str, headers: &[(&str, &str)]) -> Answer {
    let request = headers.iter().fold(Request::get(path), |request, (name, value)| request.header(*name, *value));
    app.send(request.body(Body::empty()).unwrap()).await
}

fn features(page: &Value) -> Vec<Value> {
    page["features"].as_array().unwrap_or_else(|| panic!("{page}")).clone()
}

fn link<'a>(document: &'a Value, rel: &str) -> Option<&'a str> {
    document["links"].as_array().unwrap().iter().find(|link| link["rel"] == rel).map(|link| link["href"].as_str().unwrap())
}

fn ids(features: &[Value]) -> Vec<String> {
    features.iter().map(|feature| feature["id"].as_str().unwrap().to_owned()).collect()
}

/// Every page of a collection, each held against the numbers that it gives.
async fn all(app: &TestApp, path: &str, planner: bool) -> Vec<Value> {
    let (mut found, mut next, mut matched) = (Vec::new(), Some(path.to_owned()), Value::Null);
    while let Some(path) = next {
        let answer = if planner { app.plan(&path).await } else { app.get(&path).await };
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", String::from_utf8_lossy(&answer.bytes));
        let page = answer.json();
        let own = features(&page);
        assert_eq!(page["numberReturned"], own.len());
        matched = page["numberMatched"].clone();
        next = link(&page, "next").map(str::to_owned);
        assert!(!own.is_empty() || next.is_none());
        found.extend(own);
    }
    assert_eq!(matched, found.len(), "{path}");
    assert_eq!(ids(&found).into_iter().collect::<BTreeSet<_>>().len(), found.len(), "{path}: an id twice");
    found
}

/// Sixty reports in two kommuner, here and there, now and then, and three that came in words.
async fn filled(app: &TestApp) {
    app.activate("1060").await;
    app.activate("0780").await;
    let categories = ["dark", "hidden", "speeding", "well_lit", "deserted"];
    for at in 0..60 {
        let step = f64::from(at);
        let base = if at % 3 == 0 { [14.80, 56.87] } else { [14.52, 56.27] };
        let category = categories[at as usize % categories.len()];
        app.report(a_report(json!({
            "location": {"type": "Point", "coordinates": [base[0] + step * 0.0011, base[1] + (step * 7.0) % 13.0 * 0.001]},
            "category": category, "feeling": if category == "well_lit" { "safe" } else { "unsafe" }, "insecurity": at % 4,
            "occurred_at": format!("2026-11-{:02}T{:02}:30:00Z", at % 20 + 1, at % 24), "travel_mode": "walking", "perspectives": ["woman", "night_worker"],
        })))
        .await;
    }
    for words in ["Bakom kyrkan", "Vid bron", "Torget"] {
        app.report(a_report(json!({"location": null, "place_text": words, "municipality": "1060", "time_band": "night"}))).await;
    }
}

async fn released(app: &TestApp) {
    app.activate("1060").await;
    for at in 0..60 {
        let lon = [14.5315, 14.5600, 14.5900][at % 3];
        let body = a_report(json!({"location": {"type": "Point", "coordinates": [lon, 56.2765]}, "reporter": format!("{at:032x}")}));
        app.report(body).await;
    }
    app.advance(jiff::SignedDuration::from_hours(60 * 24));
    app.count_all("1060").await;
    let made = app.app.make_release(MunicipalityCode::parse("1060").unwrap(), Quarter::parse("2026-Q4").unwrap(), app.app.now()).await;
    assert!(made.unwrap().cells > 0);
}

both! {
    /// A.2.2 to A.2.7 (/conf/core: root, api-definition, conformance, collections, items, item; /conf/html): every document links to the
    /// others, and what is linked is there, in the form that the link says.
    async fn every_link_leads_to_what_it_says(app) {
        filled(&app).await;
        for planner in [false, true] {
            let (mut open, mut seen) = (vec![("/ogc/".to_owned(), "application/json".to_owned())], BTreeSet::new());
            let mut rels = BTreeSet::new();
            while let Some((path, kind)) = open.pop() {
                if !seen.insert((path.clone(), kind.clone())) || seen.len() > 200 { continue }
                let answer = if planner { app.plan(&path).await } else { app.get(&path).await };
                assert_eq!(answer.status, StatusCode::OK, "{path}");
                let found = answer.header("content-type").to_owned();
                assert!(found.starts_with(&kind), "{path}: {found}, not {kind}");
                if found.starts_with("text/html") { continue }
                let document = answer.json();
                let below = document["collections"].as_array().cloned().unwrap_or_default();
                for link in std::iter::once(&document).chain(&below).flat_map(|one| one["links"].as_array().cloned().unwrap_or_default()) {
                    rels.insert(link["rel"].as_str().unwrap().to_owned());
                    open.push((link["href"].as_str().unwrap().to_owned(), link["type"].as_str().unwrap().to_owned()));
                }
                for feature in document["features"].as_array().into_iter().flatten().take(2) {
                    let path = path.split('?').next().unwrap();
                    open.push((format!("{path}/{}", feature["id"].as_str().unwrap()), "application/geo+json".to_owned()));
                }
            }
            for rel in ["self", "alternate", "service-desc", "service-doc", "conformance", "data", "items", "collection"] {
                assert!(rels.contains(rel), "{rel}");
            }
            assert_eq!(seen.iter().any(|(path, _)| path.contains("reports")), planner);
        }
    }

    /// A.2.7.4 (/conf/core/fc-limit) and /rec/core/fc-next: the pages hold every report once, in an order that stays.
    async fn pages_hold_every_report_once_and_words_come_last(app) {
        filled(&app).await;
        let whole = all(&app, &format!("{REPORTS}?limit=10000"), true).await;
        assert_eq!(whole.len(), 63);
        for limit in [1, 7, 62, 63, 64] {
            assert_eq!(all(&app, &format!("{REPORTS}?limit={limit}"), true).await, whole, "limit={limit}");
        }
        let of = |code: &str| whole.iter().filter(|one| one["properties"]["municipality"] == code).cloned().collect::<Vec<_>>();
        assert_eq!([of("0780"), of("1060")].concat(), whole, "kommun after kommun");
        let placed: Vec<bool> = of("1060").iter().map(|one| !one["geometry"].is_null()).collect();
        assert_eq!(placed.iter().filter(|placed| !**placed).count(), 3);
        assert!(placed.is_sorted_by(|a, b| a >= b), "what came in words comes last");
        let more = app.plan(&format!("{REPORTS}?limit=1000000")).await;
        assert_eq!((more.status, more.json()["numberReturned"].clone()), (StatusCode::OK, json!(63)), "more than the most is the most");
        for broken in ["0", "-1", "ten", "1.5"] {
            assert_eq!(app.plan(&format!("{REPORTS}?limit={broken}")).await.faults(), [("?limit".to_owned(), "out_of_range".to_owned())]);
        }
    }

    /// Whatever comes and goes between two pages: what is there all the time is read once.
    async fn pages_are_stable_while_others_write(app) {
        filled(&app).await;
        let before = ids(&all(&app, &format!("{REPORTS}?limit=1000"), true).await);
        let (mut read, mut next, mut gone) = (Vec::new(), Some(format!("{REPORTS}?limit=5")), BTreeSet::new());
        let mut receipts = Vec::new();
        for at in 0..12 {
            let place = json!({"type": "Point", "coordinates": [14.52 + f64::from(at) * 0.004, 56.272]});
            receipts.push(app.report(a_report(json!({"location": place}))).await);
        }
        let mut turn = 0;
        while let Some(path) = next {
            let page = app.plan(&path).await.json();
            assert_eq!(page["numberMatched"], before.len() + 12 + 2 * turn - turn.min(12), "as many as there are now");
            read.extend(ids(&features(&page)));
            next = link(&page, "next").map(str::to_owned);
            // A report before, one after, and one of the new ones withdrawn.
            for lon in [14.50, 14.62] {
                app.report(a_report(json!({"location": {"type": "Point", "coordinates": [lon, 56.28]}}))).await;
            }
            if let Some(report) = receipts.get(turn) {
                gone.insert(report["id"].as_str().unwrap().to_owned());
                app.delete("/api/v1/receipts", json!({"receipt": report["receipt"]})).await;
            }
            turn += 1;
        }
        assert!(turn > 12);
        let once: BTreeSet<&String> = read.iter().collect();
        assert_eq!(once.len(), read.len(), "none twice");
        assert!(before.iter().all(|id| once.contains(id)), "none of those that were there is missing");
    }

    /// What everybody sees is the frozen release, cell by cell as the map has it; reports do not exist for them.
    async fn the_public_sees_the_release_and_no_reports(app) {
        released(&app).await;
        for (asked, size) in [("", 1_000), ("&size_m=250", 250), ("&size_m=500&group=light", 500)] {
            let map = app.get(&format!("/api/v1/heatmap?municipality=1060&size_m={size}{}", asked.replace("&size_m=250", "").replace("&size_m=500", ""))).await.json();
            let shown: BTreeMap<String, Value> = features(&map).iter().map(|cell| (cell["id"].as_str().unwrap().to_owned(), cell["properties"]["count"].clone())).collect();
            let found = all(&app, &format!("/ogc/collections/heatmap/items?limit=2{asked}"), false).await;
            let told: BTreeMap<String, Value> =
                found.iter().map(|cell| (cell["properties"]["cell"].as_str().unwrap().to_owned(), cell["properties"]["count"].clone())).collect();
            assert_eq!(told, shown, "{asked}");
            assert!(!told.is_empty());
            let one = &found[0];
            let alone = app.get(&format!("/ogc/collections/heatmap/items/{}", one["id"].as_str().unwrap())).await;
            if !asked.contains("group") {
                assert_eq!(alone.json()["properties"], one["properties"]);
            }
        }
        // A time is answered by the whole quarters that it meets, and by nothing where there are none.
        let november = all(&app, "/ogc/collections/heatmap/items?datetime=2026-11-01T00:00:00Z/2026-11-02T00:00:00Z", false).await;
        assert_eq!(november, all(&app, "/ogc/collections/heatmap/items", false).await);
        assert!(all(&app, "/ogc/collections/heatmap/items?datetime=2020-01-01T00:00:00Z", false).await.is_empty());
        // Reports: as a collection that there never was.
        for path in ["/ogc/collections/reports", REPORTS, "/ogc/collections/reports/items/6f2c1f0a-3c1b-4a55-9d1e-0a4f7b8c9d10"] {
            let (hidden, absent) = (app.get(path).await, app.get(&path.replace("reports", "nothing")).await);
            assert_eq!((hidden.status, &hidden.bytes), (StatusCode::NOT_FOUND, &absent.bytes), "{path}");
        }
        for finer in ["category=dark", "hour=20", "statistic=reporters", "grid=h3", "size_m=125", "since=1"] {
            let refused = app.get(&format!("/ogc/collections/heatmap/items?{finer}")).await;
            assert_eq!((refused.status, refused.faults().len()), (StatusCode::FORBIDDEN, 1), "{finer}");
        }
        let fine = all(&app, "/ogc/collections/heatmap/items?size_m=125", true).await;
        assert!(!fine.is_empty());
        let id = fine[0]["id"].as_str().unwrap();
        assert_eq!(app.get(&format!("/ogc/collections/heatmap/items/{id}")).await.status, StatusCode::NOT_FOUND);
    }

    /// GIS programs log in with a password; a wrong one is refused and counted like any other wrong token.
    async fn the_token_is_a_password(app) {
        filled(&app).await;
        let basic = |password: &str| format!("Basic {}", BASE64_STANDARD.encode(format!("qgis:{password}")));
        let answer = ask(&app, REPORTS, &[("authorization", &basic(TOKEN))]).await;
        assert_eq!((answer.status, answer.json()["numberMatched"].clone()), (StatusCode::OK, json!(63)));
        assert_eq!(ask(&app, "/api/v1/summary?municipality=1060", &[("authorization", &basic(TOKEN))]).await.status, StatusCode::OK);
        // A browser would send a password from any site: it reads, and changes nothing.
        let id = ids(&features(&answer.json()))[0].clone();
        let change = Request::patch(format!("/api/v1/reports/{id}")).header("authorization", basic(TOKEN)).header("if-match", "\"1060-1\"");
        let change = app.send(change.header("content-type", "application/json").body(Body::from("{\"status\":\"acknowledged\"}")).unwrap()).await;
        assert_eq!(change.status, StatusCode::UNAUTHORIZED);
        for broken in ["Basic", "Basic ???", "Basic cWdpcw==", "Digest x", &basic("wrong")] {
            assert_eq!(ask(&app, REPORTS, &[("authorization", broken)]).await.status, StatusCode::UNAUTHORIZED, "{broken}");
        }
        for _ in 0..20 {
            ask(&app, REPORTS, &[("authorization", &basic("a-wrong-password-again"))]).await;
        }
        assert_eq!(ask(&app, REPORTS, &[("authorization", &basic("a-wrong-password-again"))]).await.status, StatusCode::TOO_MANY_REQUESTS);
        // Another project behind the same address, with a token that holds, goes on.
        assert_eq!(ask(&app, REPORTS, &[("authorization", &basic(TOKEN))]).await.status, StatusCode::OK);
    }
}

/// A.2.1, A.2.7 (/conf/core: http, query-param-unknown, query-param-invalid): every failure is a problem document that names the parameter.
#[tokio::test]
async fn what_is_unknown_or_broken_is_named() {
    let app = TestApp::sqlite().await;
    filled(&app).await;
    for path in [
        "/ogc",
        "/ogc/",
        "/ogc/conformance",
        "/ogc/api",
        "/ogc/collections",
        "/ogc/collections/reports",
        REPORTS,
        "/ogc/collections/heatmap/items",
        "/ogc/collections/focus-areas/items",
    ] {
        let answer = app.plan(&format!("{path}?stranger=1&f=xml")).await;
        let named: BTreeSet<(String, String)> = answer.faults().into_iter().collect();
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path}");
        assert_eq!(
            named,
            BTreeSet::from([("?f".to_owned(), "not_allowed".to_owned()), ("?stranger".to_owned(), "unknown_parameter".to_owned())])
        );
    }
    for collection in ["reports", "heatmap", "focus-areas"] {
        for after in ["1", "1060", "1060_zz", "abcd_0000000000000000", "1060_0_0_0"] {
            let answer = app.plan(&format!("/ogc/collections/{collection}/items?after={after}")).await;
            assert_eq!(answer.faults(), [("?after".to_owned(), "unreadable".to_owned())], "{collection} {after}");
        }
        for nothing in
            ["1", "6f2c1f0a-3c1b-4a55-9d1e-0a4f7b8c9d10", "1060-square250-1", "1060-square250-3520006860000", "%FF", "9999-h3r8-881f2"]
        {
            let answer = app.plan(&format!("/ogc/collections/{collection}/items/{nothing}")).await;
            assert_eq!(
                (answer.status, answer.header("content-type")),
                (StatusCode::NOT_FOUND, "application/problem+json"),
                "{collection} {nothing}"
            );
        }
    }
    for path in
        [REPORTS, "/ogc/collections/heatmap/items", "/ogc/collections/heatmap/items?public=true", "/ogc/collections/focus-areas/items"]
    {
        let and = if path.contains('?') { '&' } else { '?' };
        let answer = app.plan(&format!("{path}{and}municipality=9999")).await;
        assert_eq!(answer.faults(), [("?municipality".to_owned(), "unknown_municipality".to_owned())], "{path}");
    }
    assert_eq!(app.post(REPORTS, json!({})).await.status, StatusCode::METHOD_NOT_ALLOWED);
}

/// A.3 (/conf/oas30): OpenAPI 3.0 in one piece, with limits inline, whose operations are there.
#[tokio::test]
async fn the_description_is_openapi_3_0_in_one_piece() {
    let app = TestApp::sqlite().await;
    filled(&app).await;
    for planner in [false, true] {
        let answer = if planner { app.plan("/ogc/api").await } else { app.get("/ogc/api").await };
        assert_eq!(answer.header("content-type"), "application/vnd.oai.openapi+json;version=3.0");
        let document = answer.json();
        assert!(document["openapi"].as_str().unwrap().starts_with("3.0.") && !document.to_string().contains("$ref"));
        assert_eq!(document["paths"]["/collections/reports/items"].is_object(), planner);
        for (path, item) in document["paths"].as_object().unwrap() {
            let operation = &item["get"];
            assert!(operation["responses"]["200"].is_object(), "{path}");
            let Some(collection) = path.strip_suffix("/items") else { continue };
            let parameters = operation["parameters"].as_array().unwrap();
            let limit = parameters.iter().find(|one| one["name"] == "limit").unwrap();
            assert_eq!((&limit["schema"]["maximum"], &limit["schema"]["default"]), (&json!(10_000), &json!(100)));
            let names: BTreeSet<&str> = parameters.iter().map(|one| one["name"].as_str().unwrap()).collect();
            assert_eq!(names.len(), parameters.len(), "{path}: a parameter twice");
            assert!(
                parameters.iter().all(|one| one["schema"]["prefixItems"].is_null() && one["schema"]["type"].is_string()),
                "{path}: not of 3.0"
            );
            // Each is known.
            let query: Vec<String> = names.iter().map(|name| format!("{name}=%00")).collect();
            let path = format!("/ogc{collection}/items?{}", query.join("&"));
            let answer = if planner { app.plan(&path).await } else { app.get(&path).await };
            assert!(answer.faults().iter().all(|(_, code)| code != "unknown_parameter"), "{path}: {:?}", answer.faults());
        }
    }
}

/// A.4 (/conf/html) and A.5 (/conf/geojson): a page for a browser, in its language, with nothing that a policy would stop.
#[tokio::test]
async fn people_get_pages_and_programs_get_json() {
    let app = TestApp::sqlite().await;
    app.app.install_demo(|_| ()).await.unwrap();
    let browser = ("accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");
    let planner = format!("Bearer {TOKEN}");
    for path in [
        "/ogc/",
        "/ogc/conformance",
        "/ogc/api",
        "/ogc/collections",
        "/ogc/collections/heatmap",
        "/ogc/collections/heatmap/items",
        "/ogc/collections/focus-areas/items",
        REPORTS,
    ] {
        let right = ("authorization", planner.as_str());
        for (language, words) in [("sv", "lang=\"sv\""), ("en-GB,en;q=0.9", "lang=\"en\"")] {
            let answer = ask(&app, path, &[browser, right, ("accept-language", language)]).await;
            let text = String::from_utf8(answer.bytes.clone()).unwrap();
            assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, "text/html; charset=utf-8"), "{path}");
            assert!(
                text.starts_with("<!doctype html>") && text.contains(words) && text.contains("<h1>") && text.contains("<main>"),
                "{path}"
            );
            assert!(!text.contains("<script") && !text.contains("style") && !text.contains("onclick"), "{path}");
            assert!(answer.header("vary").contains("accept-language"), "{path}");
        }
        let data = ask(&app, path, &[("accept", "application/geo+json, application/json"), right]).await;
        assert!(data.header("content-type").starts_with("application/") && data.json().is_object(), "{path}");
        assert_eq!(ask(&app, &format!("{path}?f=json"), &[browser, right]).await.bytes[0], b'{', "f decides");
    }
    let areas = all(&app, "/ogc/collections/focus-areas/items?limit=3", false).await;
    let towns: BTreeSet<&str> = areas.iter().map(|area| area["properties"]["municipality"].as_str().unwrap()).collect();
    assert!(towns.len() == 3 && areas.iter().any(|area| area["geometry"]["type"] == "MultiPolygon"));
    let place = areas.iter().find(|area| !area["geometry"].is_null()).unwrap();
    let at = &place["geometry"]["coordinates"][0][0][0];
    let near = format!("{0},{1},{0},{1}", at[0], at[1]);
    assert_eq!(ids(&all(&app, &format!("/ogc/collections/focus-areas/items?bbox={near}"), false).await), ids(std::slice::from_ref(place)));
    let own = all(&app, "/ogc/collections/focus-areas/items?municipality=0780", false).await;
    assert!(!own.is_empty() && own.iter().all(|area| area["properties"]["municipality"] == "0780"));
    let then = all(&app, "/ogc/collections/focus-areas/items?datetime=1990-01-01T00:00:00Z", false).await;
    assert!(then.is_empty(), "no agreement was valid then");
}

/// Answers are tagged; true points stay on no disk, and a tag of everybody's says nothing of what arrives.
#[tokio::test]
async fn answers_are_asked_about_by_their_tag() {
    let app = TestApp::sqlite().await;
    released(&app).await;
    let planner = format!("Bearer {TOKEN}");
    for (path, keep, right) in [
        (REPORTS, "no-store", true),
        ("/ogc/collections/heatmap/items", "private, no-cache", true),
        ("/ogc/collections/heatmap/items", "public, no-cache", false),
        ("/ogc/collections/focus-areas/items", "public, no-cache", false),
        ("/ogc/collections", "public, no-cache", false),
    ] {
        let right: Vec<(&str, &str)> = if right { vec![("authorization", planner.as_str())] } else { Vec::new() };
        let first = ask(&app, path, &right).await;
        assert_eq!((first.status, first.header("cache-control")), (StatusCode::OK, keep), "{path}");
        let again = ask(&app, path, &[right.clone(), vec![("if-none-match", first.header("etag"))]].concat()).await;
        assert_eq!((again.status, again.bytes.len()), (StatusCode::NOT_MODIFIED, 0), "{path}");
        app.report(a_report(json!({}))).await;
        let later = ask(&app, path, &right).await;
        let live = !keep.starts_with("public");
        assert_eq!(later.bytes != first.bytes, live, "{path}");
        assert_eq!(later.header("etag") != first.header("etag"), live, "{path}");
    }
}

/// Links begin where the service is reached: as the operator says, else as the request names it.
#[tokio::test]
async fn links_begin_where_the_service_is_reached() {
    let app = TestApp::sqlite().await;
    let first = async |app: &TestApp, host: &str| link(&ask(app, "/ogc/", &[("host", host)]).await.json(), "data").unwrap().to_owned();
    assert_eq!(first(&app, "kommun.example:8080").await, "http://kommun.example:8080/ogc/collections");
    assert_eq!(first(&app, "x\"><b>").await, "/ogc/collections");
    let named =
        app.serving(lykta::http::HttpSettings { base_url: "https://lykta.example/".to_owned(), ..lykta::http::HttpSettings::default() });
    assert_eq!(first(&named, "somebody.else").await, "https://lykta.example/ogc/collections");
}
