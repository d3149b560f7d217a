//! Who looked at which reports (T17): one row for each look, 200 in an hour are told, a file taken home says whose it was.

use axum::http::Method;
use jiff::SignedDuration;
use lykta::domain::actor::Actor;
use lykta::domain::ids::PersonId;
use lykta::domain::party::PartyKind;
use lykta::domain::permission::Role;
use serde_json::{Value, json};

use crate::app::{TestApp, a_report};

/// Rows of the log, newest first, to a new session of somebody.
async fn log(app: &TestApp, who: PersonId, query: &str) -> Vec<Value> {
    let path = format!("/api/v1/access?municipality=1060{query}");
    let answer = app.as_holder(Method::GET, &session(app, who).await, &path, None).await;
    assert_eq!(answer.status, 200, "{:?}", answer.faults());
    answer.json()["accesses"].as_array().unwrap().clone()
}

async fn session(app: &TestApp, who: PersonId) -> String {
    format!("lykta={}", app.app.begin_session(Some(who)).await.unwrap())
}

async fn look(app: &TestApp, session: &str, path: &str) {
    let answer = app.as_holder(Method::GET, session, path, None).await;
    assert_eq!(answer.status, 200, "{path}");
}

both! {
    /// Each look is a row with who, how, at which and at how many; nothing else makes one.
    async fn each_look_at_exact_places_is_one_row(app) {
        app.activate("1060").await;
        let party = app.party(PartyKind::Municipality, &["1060"]).await;
        let (planner, of_planner) = app.member(Role::Planner, &party).await;
        let (administrator, _) = app.member(Role::Administrator, &party).await;
        let one = app.report(a_report(json!({}))).await["id"].as_str().unwrap().to_owned();
        app.report(a_report(json!({}))).await;

        // Neither sums, nor what everybody sees, nor what was not given.
        look(&app, &of_planner, "/api/v1/summary?municipality=1060").await;
        look(&app, &of_planner, "/api/v1/heatmap?municipality=1060&size_m=250").await;
        assert_eq!(app.get("/api/v1/reports?municipality=1060").await.status, 200);
        assert_eq!(app.as_holder(Method::GET, &of_planner, &format!("/api/v1/reports/{administrator}"), None).await.status, 404);
        assert!(log(&app, administrator, "").await.is_empty());

        let tile = "/tiles/reports/7/69/39.mvt?municipality=1060";
        let looks = [
            ("report", format!("/api/v1/reports/{one}"), json!(one), 1),
            ("list", "/api/v1/reports?municipality=1060".to_owned(), Value::Null, 2),
            ("queue", "/api/v1/moderation?municipality=1060".to_owned(), Value::Null, 2),
            ("report", format!("/ogc/collections/reports/items/{one}?f=json"), json!(one), 1),
            ("places", "/ogc/collections/reports/items?municipality=1060&f=json".to_owned(), Value::Null, 1),
        ];
        for (at, (how, path, report, reports)) in looks.iter().enumerate() {
            app.advance(SignedDuration::from_secs(1));
            look(&app, &of_planner, path).await;
            let rows = log(&app, administrator, "").await;
            assert_eq!(rows.len(), at + 1, "{path}");
            let told = [&rows[0]["look"], &rows[0]["report"], &rows[0]["reports"], &rows[0]["actor"]];
            assert_eq!(told, [&json!(how), report, &json!(reports), &json!(format!("person:{planner}"))]);
        }
        // Places on a map: once an hour, by tile or by page.
        for _ in 0..3 {
            look(&app, &of_planner, tile).await;
        }
        assert_eq!(log(&app, administrator, "").await.len(), looks.len());
        app.advance(SignedDuration::from_hours(1));
        let later = session(&app, planner).await;
        look(&app, &later, tile).await;
        assert_eq!(log(&app, administrator, "").await.len(), looks.len() + 1);

        // By pages, each row once; and for nobody else.
        let first = app.as_holder(Method::GET, &session(&app, administrator).await, "/api/v1/access?municipality=1060&limit=4", None).await.json();
        let rest = app.as_holder(Method::GET, &session(&app, administrator).await, first["next"].as_str().unwrap(), None).await.json();
        let ids = |page: &Value| page["accesses"].as_array().unwrap().iter().map(|row| row["id"].clone()).collect::<Vec<_>>();
        let whole: Vec<Value> = log(&app, administrator, "").await.iter().map(|row| row["id"].clone()).collect();
        assert_eq!((whole, &rest["next"]), ([ids(&first), ids(&rest)].concat(), &Value::Null));
        assert_eq!(app.as_holder(Method::GET, &later, "/api/v1/access?municipality=1060", None).await.status, 403);
        assert_eq!(app.as_holder(Method::GET, &session(&app, administrator).await, "/api/v1/access?municipality=1862", None).await.status, 403);
    }

    /// The 200th look within an hour, and those after it, are marked; the hour before counts no more; another person's are their own.
    async fn two_hundred_looks_in_an_hour_are_told(app) {
        app.activate("1060").await;
        let party = app.party(PartyKind::Municipality, &["1060"]).await;
        let (planner, of_planner) = app.member(Role::Planner, &party).await;
        let (_, of_other) = app.member(Role::Planner, &party).await;
        let (administrator, _) = app.member(Role::Administrator, &party).await;
        let path = format!("/api/v1/reports/{}", app.report(a_report(json!({}))).await["id"].as_str().unwrap());
        for at in 0..199 {
            look(&app, &of_planner, &path).await;
            if at % 4 == 0 {
                look(&app, &of_other, &path).await;
            }
        }
        assert!(log(&app, administrator, "&many=true").await.is_empty());
        look(&app, &of_planner, &path).await;
        look(&app, &of_planner, &path).await;
        let many = log(&app, administrator, "&many=true").await;
        assert!(many.len() == 2 && many.iter().all(|row| row["actor"] == json!(format!("person:{planner}")) && row["many"] == json!(true)));
        app.advance(SignedDuration::from_hours(1));
        look(&app, &session(&app, planner).await, &path).await;
        assert_eq!(log(&app, administrator, "&many=true").await.len(), 2);
    }

    /// Each row of a CSV file names the taking home; the rows go when the plan says so, whoever is erased meanwhile.
    async fn a_file_says_which_taking_home_it_was_and_the_log_ends(app) {
        app.activate("1060").await;
        let party = app.party(PartyKind::Municipality, &["1060"]).await;
        let (planner, of_planner) = app.member(Role::Planner, &party).await;
        let (administrator, _) = app.member(Role::Administrator, &party).await;
        for _ in 0..3 {
            app.report(a_report(json!({}))).await;
        }
        let headers = [("cookie", of_planner.as_str()), ("sec-fetch-site", "same-origin"), ("accept", "text/csv")];
        let mut marks = Vec::new();
        for _ in 0..2 {
            let file = app.call(Method::GET, "/api/v1/reports?municipality=1060", None, &headers).await;
            let mut rows = csv::ReaderBuilder::new().delimiter(b';').from_reader(&file.bytes[3..]);
            let column = rows.headers().unwrap().iter().position(|name| name == "export").unwrap();
            let of_rows: Vec<String> = rows.records().map(|row| row.unwrap()[column].to_owned()).collect();
            assert!(of_rows.len() == 3 && of_rows.iter().all(|mark| *mark == of_rows[0]));
            marks.push(of_rows[0].clone());
            app.advance(SignedDuration::from_secs(1));
        }
        let rows = log(&app, administrator, "").await;
        let told: Vec<_> = rows.iter().rev().map(|row| (row["id"].as_str().unwrap(), row["look"].as_str().unwrap(), row["reports"].as_i64().unwrap())).collect();
        assert_eq!(told, [(marks[0].as_str(), "export", 3), (marks[1].as_str(), "export", 3)]);

        app.app.erase_person(&Actor::System, planner).await.unwrap();
        assert_eq!(log(&app, administrator, "").await.len(), 2);
        app.advance(SignedDuration::from_hours(24 * 729));
        assert_eq!(app.app.retain(true).await.unwrap().classes.iter().find(|class| class.class == "access_log").unwrap().count, 0);
        app.advance(SignedDuration::from_hours(24 * 3));
        let went = app.app.retain(false).await.unwrap();
        assert_eq!(went.classes.iter().find(|class| class.class == "access_log").unwrap().count, 2);
        assert!(log(&app, administrator, "").await.is_empty());
    }
}
