//! A report from the phone to the planner's desk, and back by receipt.

use axum::http::StatusCode;
use lykta::app::municipalities::Profile;
use lykta::domain::actor::Actor;
use lykta::domain::codes::{Bits, Category, Feeling};
use lykta::domain::ids::{MunicipalityCode, ReportId};
use lykta::domain::moderation::Moderation;
use lykta::domain::municipality::Contacts;
use lykta::domain::position::Position;
use lykta::domain::report::{NewReport, Place, ReporterToken, When};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use sqlx::{Connection, PgConnection, SqliteConnection};

use crate::app::{a_report, new_id};

both! {
    /// The spine in one test.
    async fn a_report_lands_in_its_kommun_and_is_counted_at_once(app) {
        app.activate("1060").await;
        let body = a_report(json!({"occurred_at": "2026-11-22T20:30:00Z", "insecurity": 3, "note": "Lampan är trasig vid tunneln"}));
        let receipt = app.report(body.clone()).await;
        assert_eq!(receipt["municipality"], json!({"code": "1060", "name": "Olofström", "certain": true}));
        assert_eq!(receipt["light"], "dark", "half past nine on a November evening");
        assert_eq!(receipt["published"]["type"], "Polygon");
        assert_eq!(receipt["similar"], json!([]), "nothing individual is public");
        assert_eq!(app.total("1060").await, 1);
        let heatmap = app.plan("/api/v1/heatmap?municipality=1060&grid=square&size_m=250").await.json();
        assert_eq!((heatmap["total"].as_u64(), heatmap["features"][0]["properties"]["count"].as_u64()), (Some(1), Some(1)));
        assert_eq!(heatmap["features"][0]["geometry"], receipt["published"], "the square it counts in is the one it was told");
        for grid in ["grid=hex&size_m=100", "grid=h3&resolution=9", "size_m=62.5", "grid=square&size_m=1000"] {
            let heatmap = app.plan(&format!("/api/v1/heatmap?municipality=1060&{grid}")).await.json();
            assert_eq!(heatmap["total"], 1, "{grid}");
        }
    }

    /// A phone that does not know whether its first try arrived may try again.
    async fn a_repeat_is_the_same_report_and_another_content_is_refused(app) {
        app.activate("1060").await;
        let body = a_report(json!({"insecurity": 2}));
        let first = app.report(body.clone()).await;
        let again = app.post("/api/v1/reports", body.clone()).await;
        assert_eq!(again.status, StatusCode::OK);
        assert_eq!(again.json(), first);
        let other = app.post("/api/v1/reports", a_report(json!({"id": body["id"], "insecurity": 3}))).await;
        assert_eq!((other.status, other.json()["type"].clone()), (StatusCode::CONFLICT, json!("/problems/id-reused")));
        assert_eq!(app.total("1060").await, 1);
    }

    /// A phone that never heard its 201 gets its receipt, although the kommun takes no more reports.
    async fn a_repeat_is_answered_whatever_became_of_the_kommun(app) {
        app.activate("1060").await;
        let body = a_report(json!({"reporter": "00112233445566778899aabbccddeeff"}));
        let first = app.report(body.clone()).await;
        let withdrawn = a_report(json!({}));
        let receipt = app.report(withdrawn.clone()).await;
        assert_eq!(app.delete("/api/v1/receipts", json!({"receipt": receipt["receipt"]})).await.status, StatusCode::NO_CONTENT);
        let asleep = Profile { active: false, fault_report_url: None, contacts: Contacts::default() };
        app.app.set_profile(&Actor::System, MunicipalityCode::parse("1060").unwrap(), asleep).await.unwrap();
        let again = app.post("/api/v1/reports", body.clone()).await;
        assert_eq!((again.status, again.json()), (StatusCode::OK, first));
        let mut other = body;
        other["insecurity"] = json!(3);
        assert_eq!(app.post("/api/v1/reports", other).await.status, StatusCode::CONFLICT);
        assert_eq!(app.post("/api/v1/reports", withdrawn).await.status, StatusCode::GONE);
        let new = app.post("/api/v1/reports", a_report(json!({}))).await;
        assert_eq!((new.status, new.json()["type"].clone()), (StatusCode::UNPROCESSABLE_ENTITY, json!("/problems/inactive")));
    }

    /// Words have no marker that could be moved.
    async fn words_in_a_kommun_that_is_none_are_a_fault_of_that_field(app) {
        let words = a_report(json!({"location": null, "place_text": "Gångtunneln vid stationen", "municipality": "4711"}));
        let answer = app.post("/api/v1/reports", words).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(answer.faults(), [("/municipality".to_owned(), "unknown_municipality".to_owned())]);
    }

    /// Whoever steals the database cannot try out tokens against what it remembers of a report's content.
    async fn what_is_remembered_of_the_content_is_keyed(app) {
        app.activate("1060").await;
        let new = NewReport {
            id: ReportId::parse(&new_id()).unwrap(),
            place: Place::Point { at: Position::new(14.5315, 56.2765).unwrap(), accuracy_m: None, text: None },
            feeling: Feeling::Unsafe,
            category: Category::Dark,
            insecurity: None,
            risk: None,
            travel_mode: None,
            when: When::Unknown,
            perspectives: Bits::default(),
            avoids: None,
            note: None,
            reporter: Some(ReporterToken([7; 16])),
        };
        let guess = Sha256::digest(new.canonical().to_string());
        app.app.submit_report(&Actor::Resident, new).await.unwrap();
        let url = &app.settings.database_url;
        let stored: Vec<u8> = if url.starts_with("sqlite") {
            sqlx::query_scalar("SELECT content_hash FROM report").fetch_one(&mut SqliteConnection::connect(url).await.unwrap()).await.unwrap()
        } else {
            sqlx::query_scalar("SELECT content_hash FROM report").fetch_one(&mut PgConnection::connect(url).await.unwrap()).await.unwrap()
        };
        assert_ne!(stored, guess.to_vec());
    }

    /// The resident has the last word about what was said.
    async fn a_receipt_shows_answers_and_withdraws_for_good(app) {
        app.activate("1060").await;
        let body = a_report(json!({"note": "Hemligheten"}));
        let receipt = app.report(body.clone()).await;
        let code = receipt["receipt"].clone();
        let sloppy = code.as_str().unwrap().to_lowercase().replace('-', " ");
        let shown = app.post("/api/v1/receipts", json!({"receipt": sloppy})).await.json();
        assert_eq!((shown["status"].clone(), shown["answers"].clone()), (json!("received"), json!([])));
        assert_eq!(app.delete("/api/v1/receipts", json!({"receipt": code})).await.status, StatusCode::NO_CONTENT);
        assert_eq!(app.post("/api/v1/receipts", json!({"receipt": code})).await.status, StatusCode::NOT_FOUND);
        assert_eq!(app.post("/api/v1/reports", body).await.status, StatusCode::GONE);
        assert_eq!(app.total("1060").await, 0);
        let counts = app.app.check().await.unwrap();
        assert!(counts.is_sound(), "{counts:?}");
    }

    /// Whatever does not read as a receipt is simply not there.
    async fn a_guessed_receipt_finds_nothing(app) {
        for guess in ["", "0000-0000-0000-0000", "not a receipt", "ÅÄÖ", &"A".repeat(10_000)] {
            let answer = app.post("/api/v1/receipts", json!({"receipt": guess})).await;
            assert_eq!((answer.status, answer.json()["type"].clone()), (StatusCode::NOT_FOUND, json!("/problems/not-found")), "{guess:.30}");
        }
    }

    /// Two planners, one report.
    async fn an_answer_reaches_the_resident_and_a_stale_one_nobody(app) {
        app.activate("1060").await;
        let receipt = app.report(a_report(json!({}))).await;
        let id = receipt["id"].as_str().unwrap();
        let detail = app.plan(&format!("/api/v1/reports/{id}")).await;
        let etag = detail.header("etag").to_owned();
        assert_eq!(app.patch(id, None, json!({"answer": "Tack"})).await.status, StatusCode::PRECONDITION_REQUIRED);
        let bad = app.patch(id, Some(&etag), json!({"status": "done"})).await;
        assert_eq!(bad.faults(), [("/reason".to_owned(), "reason_needed".to_owned())]);
        let done = app.patch(id, Some(&etag), json!({"status": "done", "reason": "fixed", "answer": "Lampan lyser igen."})).await;
        assert_eq!(done.status, StatusCode::OK, "{}", String::from_utf8_lossy(&done.bytes));
        assert_eq!(app.patch(id, Some(&etag), json!({"status": "acknowledged"})).await.status, StatusCode::PRECONDITION_FAILED);
        let now = done.header("etag").trim_matches('"').to_owned();
        let version = now.split_once('-').unwrap().1;
        for not_it in [version.to_owned(), format!("\"{version}\""), format!("W/\"{now}\""), now.clone(), format!("\"0780-{version}\""), format!("\"1060-+{version}\"")] {
            let answer = app.patch(id, Some(&not_it), json!({"answer": "Tack"})).await;
            assert_eq!(answer.status, StatusCode::PRECONDITION_FAILED, "{not_it}");
        }
        assert_eq!(app.patch(id, Some("*"), json!({"answer": "Tack"})).await.status, StatusCode::PRECONDITION_REQUIRED, "names no version");
        let nothing = app.patch(id, Some(done.header("etag")), json!({})).await;
        assert_eq!(nothing.faults(), [(String::new(), "nothing_to_change".to_owned())]);
        let shown = app.post("/api/v1/receipts", json!({"receipt": receipt["receipt"]})).await.json();
        assert_eq!((shown["status"].clone(), shown["answers"][0]["text"].clone()), (json!("done"), json!("Lampan lyser igen.")));
        let kinds: Vec<Value> = done.json()["properties"]["history"].as_array().unwrap().iter().map(|change| change["kind"].clone()).collect();
        assert_eq!(kinds, [json!("created"), json!("changed")]);
        let closed = app.patch(id, Some(done.header("etag")), json!({"status": "planned"})).await;
        assert_eq!(closed.faults(), [("/status".to_owned(), "transition".to_owned())]);
        let mut etag = format!("{etag}, {}", done.header("etag"));
        for taken_back in [json!({"answer": null}), json!({"answer": " "})] {
            let answered = app.patch(id, Some(&etag), json!({"answer": "Tack."})).await;
            assert_eq!(answered.status, StatusCode::OK, "one of several tags");
            let without = app.patch(id, Some(answered.header("etag")), taken_back).await;
            etag = without.header("etag").to_owned();
            let properties = without.json()["properties"].clone();
            assert_eq!((without.status, &properties["answer"], &properties["answered_at"]), (StatusCode::OK, &Value::Null, &Value::Null));
            let shown = app.post("/api/v1/receipts", json!({"receipt": receipt["receipt"]})).await.json();
            assert_eq!(shown["answers"], json!([]));
        }
        let history = app.plan(&format!("/api/v1/reports/{id}")).await.json()["properties"]["history"].clone();
        assert_eq!((&history[2]["facts"], &history[3]["facts"]), (&json!({"answer": "set"}), &json!({"answer": "removed"})));
    }

    /// The point is the sender's.
    async fn a_planner_places_words_and_moves_no_point(app) {
        app.activate("1060").await;
        let at = |lon: f64| json!({"location": {"type": "Point", "coordinates": [lon, 56.2765]}});
        for (body, movable) in [(json!({}), false), (json!({"place_text": "Vid tunneln"}), false), (json!({"location": null, "place_text": "Vid tunneln", "municipality": "1060"}), true)] {
            let id = app.report(a_report(body)).await["id"].as_str().unwrap().to_owned();
            for lon in [14.5320, 14.5330] {
                let before = app.plan(&format!("/api/v1/reports/{id}")).await;
                let moved = app.patch(&id, Some(before.header("etag")), at(lon)).await;
                if movable {
                    assert_eq!((moved.status, &moved.json()["geometry"]["coordinates"][0]), (StatusCode::OK, &json!(lon)), "a placing may be corrected");
                } else {
                    assert_eq!(moved.faults(), [("/location".to_owned(), "has_point".to_owned())]);
                    assert_eq!(app.plan(&format!("/api/v1/reports/{id}")).await.json(), before.json());
                }
            }
        }
    }

    /// The map is never the only way.
    async fn words_wait_for_a_place_and_then_count(app) {
        app.activate("1060").await;
        let words = a_report(json!({"location": null, "place_text": "Gångtunneln vid stationen", "municipality": "1060"}));
        let receipt = app.report(words).await;
        assert_eq!((app.total("1060").await, receipt["published"].clone()), (0, Value::Null));
        let summary = app.plan("/api/v1/summary?municipality=1060").await.json();
        assert_eq!(summary["unplaced"], 1);
        let id = receipt["id"].as_str().unwrap();
        let etag = app.plan(&format!("/api/v1/reports/{id}")).await.header("etag").to_owned();
        let elsewhere = app.patch(id, Some(&etag), json!({"location": {"type": "Point", "coordinates": [14.8, 56.88]}})).await;
        assert_eq!(elsewhere.status, StatusCode::UNPROCESSABLE_ENTITY, "Växjö is another kommun");
        let placed = app.patch(id, Some(&etag), json!({"location": {"type": "Point", "coordinates": [14.5315, 56.2765]}})).await;
        assert_eq!(placed.status, StatusCode::OK);
        assert_eq!(app.total("1060").await, 1);
    }

    /// "Me too" counts people, not clicks.
    async fn support_counts_each_reporter_once_and_never_the_author(app) {
        app.activate("1060").await;
        let author = "00112233445566778899aabbccddeeff";
        let receipt = app.report(a_report(json!({"category": "lighting_broken", "reporter": author}))).await;
        app.moderate(receipt["id"].as_str().unwrap(), Moderation::Shown).await;
        let path = format!("/api/v1/reports/{}/support", receipt["id"].as_str().unwrap());
        for reporter in [author, "ffeeddccbbaa99887766554433221100", "ffeeddccbbaa99887766554433221100"] {
            assert_eq!(app.post(&path, json!({"reporter": reporter})).await.status, StatusCode::NO_CONTENT);
        }
        let detail = app.plan(&format!("/api/v1/reports/{}", receipt["id"].as_str().unwrap())).await.json();
        assert_eq!(detail["properties"]["supporters"], 1);
        let unknown = format!("/api/v1/reports/{}/support", new_id());
        assert_eq!(app.post(&unknown, json!({"reporter": author})).await.status, StatusCode::NOT_FOUND);
    }

    /// "Me too" that crosses a withdrawal leaves nothing behind.
    async fn support_that_crosses_a_withdrawal_leaves_nothing(app) {
        app.activate("1060").await;
        for _ in 0..30 {
            let receipt = app.report(a_report(json!({"category": "lighting_broken"}))).await;
            app.moderate(receipt["id"].as_str().unwrap(), Moderation::Shown).await;
            let path = format!("/api/v1/reports/{}/support", receipt["id"].as_str().unwrap());
            let withdrawal = app.delete("/api/v1/receipts", json!({"receipt": receipt["receipt"]}));
            let support = app.post(&path, json!({"reporter": "ffeeddccbbaa99887766554433221100"}));
            let (withdrawn, supported) = tokio::join!(withdrawal, support);
            assert_eq!(withdrawn.status, StatusCode::NO_CONTENT);
            assert!([StatusCode::NO_CONTENT, StatusCode::NOT_FOUND].contains(&supported.status), "{}", supported.status);
        }
        let rows = lykta::db::Db::open(&app.settings.database_url).await.unwrap().row_counts().await.unwrap();
        assert!(rows.contains(&("support", 0)), "{rows:?}");
    }

    /// A place nobody serves is told so, with where to turn.
    async fn a_place_outside_and_an_inactive_kommun_are_told_apart(app) {
        let at = |lon: f64, lat: f64| a_report(json!({"location": {"type": "Point", "coordinates": [lon, lat]}}));
        let sea = app.post("/api/v1/reports", at(19.5, 57.0)).await;
        assert_eq!((sea.status, sea.json()["type"].clone()), (StatusCode::UNPROCESSABLE_ENTITY, json!("/problems/outside")));
        let asleep = app.post("/api/v1/reports", at(14.5315, 56.2765)).await;
        assert_eq!((asleep.json()["type"].clone(), asleep.json()["municipality"]["name"].clone()), (json!("/problems/inactive"), json!("Olofström")));
        assert!(asleep.json()["detail"].as_str().unwrap().contains("114 14"));
    }

    /// Personal data is found again on the server, and points at itself.
    async fn personal_data_is_refused_with_its_spans(app) {
        app.activate("1060").await;
        let answer = app.post("/api/v1/reports", a_report(json!({"note": "Ring mig på 070-174 06 35 eller anna@example.se"}))).await;
        assert_eq!((answer.status, answer.json()["type"].clone()), (StatusCode::UNPROCESSABLE_ENTITY, json!("/problems/personal-data")));
        let spans = answer.json()["errors"][0]["spans"].clone();
        assert_eq!(spans.as_array().map(Vec::len), Some(2), "{spans}");
        assert_eq!(spans[0]["kind"], "phone");
        assert_eq!(app.total("1060").await, 0);
    }

    /// Somebody who is pointed out and accused is turned to the police, and nothing of it is stored; a signal about a place is taken.
    async fn a_suspicion_is_turned_to_the_police(app) {
        app.activate("1060").await;
        for note in ["Min granne i lägenhet 1203 säljer droger.", "Johan Berg langar vid bänkarna", "Bilen ABC 123 kör rattfull, ring 070-174 06 35"] {
            let answer = app.post("/api/v1/reports", a_report(json!({"note": note}))).await;
            assert_eq!((answer.status, answer.json()["type"].clone()), (StatusCode::UNPROCESSABLE_ENTITY, json!("/problems/suspicion")), "{note}");
            let body = answer.json();
            let error = body["errors"].as_array().into_iter().flatten().find(|error| error["pointer"] == "/note").cloned().unwrap_or_default();
            assert_eq!((error["code"].clone(), error["spans"][0]["kind"].clone()), (json!("suspicion"), json!("suspicion")), "{body}");
            assert!(["112", "114 14"].iter().all(|number| body["detail"].as_str().unwrap().contains(number)), "{body}");
            assert!(!body.to_string().contains("Johan"), "the words are not repeated: {body}");
        }
        let place = app.post("/api/v1/reports", a_report(json!({"note": "Folk säljer droger vid bänkarna på kvällarna."}))).await;
        assert_eq!(place.status, StatusCode::CREATED);
        assert_eq!(app.total("1060").await, 1);
    }

    /// One language per reader, all faults at once.
    async fn faults_come_together_in_the_readers_language(app) {
        let body = json!({"id": "x", "category": "dark", "feeling": "safe", "colour": "red"});
        let request = axum::http::Request::post("/api/v1/reports")
            .header("content-type", "application/json")
            .header("accept-language", "en-GB")
            .body(axum::body::Body::from(body.to_string()))
            .unwrap();
        let english = app.send(request).await;
        let swedish = app.post("/api/v1/reports", body).await;
        assert_eq!(english.faults(), swedish.faults());
        assert_eq!(english.faults().len(), 4, "{:?}", english.faults());
        assert_eq!((english.header("content-language"), swedish.header("content-language")), ("en", "sv"));
        assert_ne!(english.json()["title"], swedish.json()["title"]);
    }

    /// Similar reports are for those with the right: for anybody else they would be a way to find single reports.
    async fn similar_reports_that_nobody_has_shown_are_for_planners_only(app) {
        app.activate("1060").await;
        app.report(a_report(json!({}))).await;
        let near = a_report(json!({"location": {"type": "Point", "coordinates": [14.5325, 56.2768]}}));
        assert_eq!(app.report(near.clone()).await["similar"], json!([]));
        let detail = app.plan(&format!("/api/v1/reports/{}", near["id"].as_str().unwrap())).await.json();
        let similar = &detail["properties"]["similar"];
        assert_eq!(similar.as_array().map(Vec::len), Some(1));
        assert!(similar[0]["distance_m"].as_f64().is_some_and(|metres| (60.0..80.0).contains(&metres)), "{similar}");
        let unknown = app.get(&format!("/api/v1/reports/{}", new_id())).await;
        let hidden = app.get(&format!("/api/v1/reports/{}", near["id"].as_str().unwrap())).await;
        assert_eq!((hidden.status, &hidden.bytes), (unknown.status, &unknown.bytes), "not allowed reads like not there");
        assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    }
}
