//! What must go is gone: from the row to the last file, by a person's wish and by the plan; and stays gone when an old backup comes back
//! (T13, T14).

use axum::http::StatusCode;
use jiff::SignedDuration;
use lykta::domain::ids::ReportId;
use lykta::domain::moderation::Moderation;
use lykta::domain::party::PartyKind;
use lykta::domain::permission::Role;
use serde_json::json;

use crate::app::{TestApp, a_report};

const SECRET: &str = "hemlighetenundergranen";
const ANSWER: &str = "svaretsomskullebort";

/// Files below a folder that hold some bytes.
fn holding(folder: &std::path::Path, bytes: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(holding(&path, bytes));
        } else if std::fs::read(&path).unwrap().windows(bytes.len()).any(|window| window == bytes) {
            found.push(path.file_name().unwrap().to_string_lossy().into_owned());
        }
    }
    found
}

/// Sends a report that says the secret wherever words can be, and is answered and shown.
async fn planted(app: &TestApp) -> (String, String) {
    let sent = app
        .report(a_report(json!({
            "category": "lighting_broken", "note": format!("Mörkt {SECRET}"), "place_text": format!("Vid {SECRET}"),
            "reporter": "00112233445566778899aabbccddeeff",
        })))
        .await;
    let (id, receipt) = (sent["id"].as_str().unwrap().to_owned(), sent["receipt"].as_str().unwrap().to_owned());
    let detail = app.plan(&format!("/api/v1/reports/{id}")).await;
    let tag = detail.header("etag").to_owned();
    let decision = json!({"state": "shown", "words": format!("Ord {SECRET}")});
    let auth = format!("Bearer {}", crate::app::TOKEN);
    let headers = [("authorization", auth.as_str()), ("if-match", tag.as_str())];
    let shown = app.call(axum::http::Method::PUT, &format!("/api/v1/reports/{id}/moderation"), Some(decision), &headers).await;
    assert_eq!(shown.status, StatusCode::OK, "{}", shown.json());
    let tag = shown.header("etag").to_owned();
    assert_eq!(app.patch(&id, Some(&tag), json!({"status": "done", "reason": "fixed", "answer": ANSWER})).await.status, StatusCode::OK);
    app.post(&format!("/api/v1/reports/{id}/support"), json!({"reporter": "ffeeddccbbaa99887766554433221100"})).await;
    (id, receipt)
}

async fn exported(app: &TestApp) -> String {
    let auth = format!("Bearer {}", crate::app::TOKEN);
    let headers = [("authorization", auth.as_str()), ("accept", "text/csv")];
    let csv = app.call(axum::http::Method::GET, "/api/v1/reports?municipality=1060", None, &headers).await;
    let mut all = String::from_utf8_lossy(&csv.bytes).into_owned();
    for path in ["/api/v1/reports?municipality=1060", "/ogc/collections/reports/items?f=json"] {
        all += &String::from_utf8_lossy(&app.plan(path).await.bytes);
    }
    all + &String::from_utf8_lossy(&app.get("/api/v1/reports?municipality=1060").await.bytes)
}

/// The planted secret, in every file that there is: database, its log, index file, a fresh backup and fresh exports.
#[tokio::test]
async fn an_erased_secret_is_in_no_file() {
    let app = TestApp::sqlite().await;
    app.activate("1060").await;
    // Enough others for an index file, and for the row to lie in the midst of a page.
    for _ in 0..30 {
        app.report(a_report(json!({"note": "Lampan är släckt vid bron."}))).await;
    }
    let (id, receipt) = planted(&app).await;
    let photo = crate::app::new_id();
    assert_eq!(super::photos::send(&app, &receipt, &photo, "image/png", super::photos::noise(500, 400)).await.status, StatusCode::CREATED);
    for _ in 0..30 {
        app.report(a_report(json!({"note": "Lampan är släckt vid bron."}))).await;
    }
    let folder = app.path("");
    // A piece out of the midst of the picture, and one of the small picture.
    let mut pieces = Vec::new();
    for size in ["", "/thumbnail"] {
        let answer = app.plan(&format!("/api/v1/photos/{photo}{size}")).await;
        assert_eq!(answer.status, StatusCode::OK);
        pieces.push(answer.bytes[answer.bytes.len() / 2..][..24].to_vec());
    }
    // The control: it is in the database or its log, in a backup and in the exports.
    app.app.backup(&app.path("before")).await.unwrap();
    let before = holding(&folder, SECRET.as_bytes());
    assert!(before.len() >= 2, "{before:?}");
    assert!(exported(&app).await.contains(SECRET) && exported(&app).await.contains(ANSWER));
    for piece in &pieces {
        assert_eq!(holding(&folder, piece).len(), 2, "in the folder and in the backup");
    }
    std::fs::remove_dir_all(app.path("before")).unwrap();

    assert_eq!(app.delete("/api/v1/receipts", json!({"receipt": receipt})).await.status, StatusCode::NO_CONTENT);
    app.app.scrub().await.unwrap();
    app.app.backup(&app.path("after")).await.unwrap();
    let raw = ReportId::parse(&id).unwrap().0;
    for secret in [SECRET, ANSWER] {
        assert_eq!(holding(&folder, secret.as_bytes()), Vec::<String>::new(), "{secret}");
        assert!(!exported(&app).await.contains(secret));
    }
    for piece in &pieces {
        assert_eq!(holding(&folder, piece), Vec::<String>::new(), "a picture");
    }
    // Only that there was one remains: its random id, in the log of changes and among what was withdrawn.
    assert!(!exported(&app).await.contains(&id));
    assert_eq!(app.plan(&format!("/api/v1/reports/{id}")).await.status, StatusCode::NOT_FOUND);
    assert!(!holding(&folder, raw.as_bytes()).is_empty());
    assert!(app.app.check().await.unwrap().is_sound());
}

both! {
    /// A backup from before an erasure brings back what it held, but for what was erased since.
    async fn an_old_backup_does_not_bring_back_what_was_erased(app) {
        app.activate("1060").await;
        let (id, receipt) = planted(&app).await;
        let kept = app.report(a_report(json!({"note": "Den här blir kvar."}))).await["id"].as_str().unwrap().to_owned();
        app.app.backup(&app.path("old")).await.unwrap();
        app.delete("/api/v1/receipts", json!({"receipt": receipt})).await;
        let url = format!("sqlite://{}", app.path("again.db").display());
        lykta::app::backup::restore(&app.path("old"), &url, &app.settings.keys).await.unwrap();
        let settings = lykta::app::Settings { database_url: url, ..app.settings.clone() };
        let again = app.with_settings(settings).await;
        assert_eq!(again.plan(&format!("/api/v1/reports/{id}")).await.status, StatusCode::NOT_FOUND);
        assert_eq!(again.plan(&format!("/api/v1/reports/{kept}")).await.status, StatusCode::OK);
        assert_eq!(again.total("1060").await, 1);
        assert!(!exported(&again).await.contains(SECRET));
        // Its id stays taken.
        let sent = again.post("/api/v1/reports", a_report(json!({"id": id}))).await;
        assert_eq!(sent.status, StatusCode::GONE);
    }

    /// The plan with the clock moved: what is due goes, what is not, is held or is the example's stays; a dry run says the same and touches nothing.
    async fn what_is_due_goes_and_nothing_else(app) {
        app.activate("1060").await;
        let (closed, receipt) = planted(&app).await;
        let (held, _) = planted(&app).await;
        app.app.hold_report(ReportId::parse(&held).unwrap(), true).await.unwrap();
        let open = app.report(a_report(json!({"note": "Öppen"}))).await["id"].as_str().unwrap().to_owned();
        let spam = app.report(a_report(json!({"note": "Köp nu"}))).await["id"].as_str().unwrap().to_owned();
        app.moderate(&spam, Moderation::Rejected).await;
        let party = app.party(PartyKind::Municipality, &["1060"]).await;
        let (_, cookie) = app.member(Role::Planner, &party).await;
        let note = async |id: &str| app.plan(&format!("/api/v1/reports/{id}")).await.json()["properties"]["note"].clone();
        let counts = |proof: &lykta::app::retention::Proof| -> Vec<(&'static str, usize)> {
            // The looks of this test are counted in `access`.
            proof.classes.iter().filter(|class| class.count > 0 && class.class != "access_log").map(|class| (class.class, class.count)).collect()
        };

        assert_eq!(app.app.retain(true).await.unwrap().count(), 0, "nothing is due at first");
        app.advance(SignedDuration::from_hours(24 * 100));
        let before = app.app.retain(true).await.unwrap();
        assert_eq!(counts(&before), [("rejected_report", 1), ("link_or_session", 2)]);
        assert_eq!(note(&spam).await, "Köp nu", "a dry run touches nothing");
        let proof = app.app.retain(false).await.unwrap();
        assert_eq!(counts(&proof), counts(&before));
        assert_eq!(proof.classes[0].ids, [spam.as_str()]);
        assert_eq!(app.plan(&format!("/api/v1/reports/{spam}")).await.status, StatusCode::NOT_FOUND);
        assert_eq!(app.as_holder(axum::http::Method::GET, &cookie, "/api/v1/account/sessions", None).await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(app.app.retain(false).await.unwrap().count(), 0, "twice is once");

        app.advance(SignedDuration::from_hours(24 * 640));
        assert_eq!(counts(&app.app.retain(false).await.unwrap()), [("report_words", 1)]);
        let thin = app.plan(&format!("/api/v1/reports/{closed}")).await.json()["properties"].clone();
        for field in ["note", "place_text", "answer", "public_words", "accuracy_m"] {
            assert_eq!(thin[field], serde_json::Value::Null, "{field}");
        }
        assert_eq!((&thin["category"], &thin["status"], &thin["supporters"]), (&json!("lighting_broken"), &json!("done"), &json!(0)));
        assert_eq!(app.post("/api/v1/receipts", json!({"receipt": receipt})).await.json()["answers"], json!([]));
        assert_eq!((note(&open).await, note(&held).await), (json!("Öppen"), json!(format!("Mörkt {SECRET}"))), "neither open nor held ones go");

        app.advance(SignedDuration::from_hours(24 * 366 * 9));
        assert_eq!(counts(&app.app.retain(false).await.unwrap()), [("report", 2)]);
        assert_eq!(app.total("1060").await, 1, "the one that is held");
        app.app.hold_report(ReportId::parse(&held).unwrap(), false).await.unwrap();
        assert_eq!(counts(&app.app.retain(false).await.unwrap()), [("report", 1)]);
        assert_eq!(app.total("1060").await, 0);
        assert!(app.app.check().await.unwrap().is_sound(), "the log needed no rewriting");
    }

    /// The example is nobody's, and what is imported counts from the import.
    async fn the_example_stays_and_imports_count_from_their_import(app) {
        app.activate("1060").await;
        app.report(a_report(json!({}))).await;
        app.sql("UPDATE report SET source = 'demo', received_at = 0, status = 'done'").await;
        app.report(a_report(json!({}))).await;
        app.sql("UPDATE report SET source = 'FixaMinGata', received_at = 0, status = 'done' WHERE source <> 'demo'").await;
        assert_eq!(app.app.retain(true).await.unwrap().count(), 0);
        app.sql("UPDATE report SET moderated_at = 0 WHERE source = 'FixaMinGata'").await;
        assert_eq!(app.app.retain(true).await.unwrap().count(), 2, "its words and the rest");
    }
}
