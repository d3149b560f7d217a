//! Index files: a start from a file answers as one from the database, and what is forgotten is in no file.

use std::path::PathBuf;

use lykta::app::demo::agreements::agreements;
use lykta::domain::ids::MunicipalityCode;
use serde_json::{Value, json};

use crate::app::{TestApp, a_report};

const DARK: &str = "/api/v1/heatmap?municipality=1060&grid=h3&resolution=8&statistic=reporters&light=dark";
const ASKED: [&str; 3] = [
    "/api/v1/heatmap?municipality=1060&grid=square&size_m=125",
    "/api/v1/heatmap?municipality=1060&grid=hex&size_m=200&hour=18,19,20,21&group=light",
    DARK,
];

async fn filled(app: &TestApp) {
    let code = MunicipalityCode::parse("1060").unwrap();
    let kommun = agreements().unwrap().into_iter().find(|kommun| kommun.municipality == "1060").unwrap();
    app.app.install_agreement(code, &kommun).await.unwrap();
    app.app.install_reports(code, &kommun, 1_200).await.unwrap();
}

fn file(app: &TestApp) -> PathBuf {
    app.path("keys.json.index").join("1060.index")
}

async fn answers(app: &TestApp) -> Vec<Value> {
    let mut answers = Vec::new();
    for path in ASKED {
        let answer = app.plan(path).await;
        assert_eq!(answer.status, 200, "{path}");
        answers.push(answer.json());
    }
    answers
}

/// Changes every report behind the log's back, so that only a start that reads them all sees it.
async fn daylight(app: &TestApp) {
    app.sql("UPDATE report SET light = 'day' WHERE municipality = '1060'").await;
}

both! {
    async fn a_start_from_the_file_answers_as_before_and_follows_the_log(app) {
        filled(&app).await;
        let before = answers(&app).await;
        app.app.close().await;
        daylight(&app).await;
        let again = app.another().await;
        assert_eq!(answers(&again).await, before);
        again.report(a_report(json!({}))).await;
        assert_eq!(again.total("1060").await, 1_201);
        again.app.close().await;
        assert_eq!(app.another().await.total("1060").await, 1_201);
    }

    async fn a_torn_file_and_one_of_another_history_are_not_used(app) {
        filled(&app).await;
        assert_ne!(app.plan(DARK).await.json()["total"], 0);
        app.app.close().await;
        daylight(&app).await;
        let whole = std::fs::read(file(&app)).unwrap();
        std::fs::write(file(&app), &whole[..whole.len() - 1]).unwrap();
        assert_eq!(app.another().await.plan(DARK).await.json()["total"], 0);
        std::fs::write(file(&app), &whole).unwrap();
        assert_ne!(app.another().await.plan(DARK).await.json()["total"], 0);
        app.sql("UPDATE change SET hash = prev_hash WHERE municipality = '1060'").await;
        assert_eq!(app.another().await.plan(DARK).await.json()["total"], 0);
    }

    async fn what_is_withdrawn_is_in_no_file(app) {
        filled(&app).await;
        let receipt = app.report(a_report(json!({}))).await;
        let id = uuid::Uuid::parse_str(receipt["id"].as_str().unwrap()).unwrap();
        let kept = |app: &TestApp| {
            let bytes = std::fs::read(file(app)).unwrap_or_default();
            (!bytes.is_empty(), bytes.windows(16).any(|window| window == id.as_bytes()))
        };
        app.app.close().await;
        assert_eq!(kept(&app), (true, true));
        let again = app.another().await;
        assert_eq!(again.delete("/api/v1/receipts", json!({"receipt": receipt["receipt"]})).await.status, 204);
        assert_eq!(kept(&again), (false, false), "gone when the answer comes");
        again.app.close().await;
        assert_eq!(kept(&again), (true, false));
        assert_eq!(app.another().await.total("1060").await, 1_200);
    }
}
