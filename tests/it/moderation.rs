//! What moderators decide and what becomes of it: nothing is public before, everything can be taken back, and a place is put together and
//! taken apart without loss.

use axum::http::{Method, StatusCode};
use lykta::domain::codes::{Category, PublicationClass};
use lykta::domain::ids::MunicipalityCode;
use lykta::domain::moderation::Moderation;
use lykta::domain::party::PartyKind;
use lykta::domain::permission::Role;
use lykta::domain::time::Quarter;
use serde_json::{Value, json};

use crate::app::{Answer, TestApp, a_report};

const PLACE: [f64; 2] = [14.5315, 56.2765];

fn point(lon: f64) -> Value {
    json!({"type": "Point", "coordinates": [lon, PLACE[1]]})
}

async fn sent(app: &TestApp, more: Value) -> (String, String) {
    let answer = app.report(a_report(more)).await;
    (answer["id"].as_str().unwrap().to_owned(), answer["receipt"].as_str().unwrap().to_owned())
}

async fn public(app: &TestApp, more: &str) -> Vec<Value> {
    let answer = app.get(&format!("/api/v1/reports?municipality=1060{more}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.json());
    answer.json()["features"].as_array().unwrap().clone()
}

/// A moderator of 1060 and their session.
async fn moderator(app: &TestApp) -> String {
    let party = app.party(PartyKind::Municipality, &["1060"]).await;
    app.member(Role::Moderator, &party).await.1
}

async fn queue(app: &TestApp, cookie: &str, state: &str) -> Value {
    app.as_holder(Method::GET, cookie, &format!("/api/v1/moderation?municipality=1060&state={state}"), None).await.json()
}

/// Decides as the queue's page does: from the version it showed.
async fn decide(app: &TestApp, cookie: &str, id: &str, body: Value) -> Answer {
    let detail = app.as_holder(Method::GET, cookie, &format!("/api/v1/reports/{id}"), None).await;
    let tag = detail.header("etag").to_owned();
    let headers = [("cookie", cookie), ("sec-fetch-site", "same-origin"), ("if-match", tag.as_str())];
    app.call(Method::PUT, &format!("/api/v1/reports/{id}/moderation"), Some(body), &headers).await
}

async fn by_receipt(app: &TestApp, receipt: &str) -> Value {
    app.post("/api/v1/receipts", json!({"receipt": receipt})).await.json()
}

async fn release(app: &TestApp, quarter: &str) -> lykta::app::releases::Made {
    let quarter = Quarter::parse(quarter).unwrap();
    app.app.make_release(MunicipalityCode::parse("1060").unwrap(), quarter, app.app.now()).await.unwrap()
}

both! {
    /// A lamp is on the public map when a moderator says so, with the words the moderator approves, and not a moment before.
    async fn a_thing_is_public_once_a_moderator_says_so(app) {
        app.activate("1060").await;
        let cookie = moderator(&app).await;
        let (id, receipt) = sent(&app, json!({"category": "lighting_broken", "note": "Lampan blinkar vid bron."})).await;
        assert_eq!(public(&app, "").await, Vec::<Value>::new());
        assert_eq!(by_receipt(&app, &receipt).await["public"]["moderation"], "waiting");
        let waiting = queue(&app, &cookie, "waiting").await;
        assert_eq!((waiting["reports"][0]["report"]["id"].as_str(), waiting["counts"][0]["count"].as_i64()), (Some(id.as_str()), Some(1)));

        let decided = decide(&app, &cookie, &id, json!({"state": "shown", "words": "Lampan blinkar."})).await;
        assert_eq!(decided.status, StatusCode::OK, "{}", decided.json());
        let seen = public(&app, "").await;
        assert_eq!(seen.len(), 1);
        assert_eq!((&seen[0]["geometry"]["coordinates"], &seen[0]["properties"]["words"]), (&json!(PLACE), &json!("Lampan blinkar.")));
        let told = seen[0]["properties"].as_object().unwrap();
        assert!(["received_at", "reference", "note", "insecurity", "perspectives"].iter().all(|field| !told.contains_key(*field)), "{told:?}");
        assert_eq!(told["period"], "2026-Q4");
        let outcome = by_receipt(&app, &receipt).await["public"].clone();
        assert_eq!((&outcome["moderation"], &outcome["shown"], &outcome["words"]), (&json!("shown"), &json!(true), &json!("Lampan blinkar.")));

        // Taken back: what was public is not, at once, in every process.
        assert_eq!(decide(&app, &cookie, &id, json!({"state": "waiting"})).await.status, StatusCode::OK);
        assert_eq!(public(&app, "").await, Vec::<Value>::new());
        assert_eq!(app.another().await.get("/api/v1/reports?municipality=1060").await.json()["features"], json!([]));
        assert_eq!(queue(&app, &cookie, "waiting").await["reports"].as_array().unwrap().len(), 1);
    }

    /// Whoever watches the public side learns nothing from what happens before a decision, nor from the decisions that do not show.
    async fn nothing_public_moves_before_a_decision(app) {
        app.activate("1060").await;
        let paths = ["/api/v1/reports?municipality=1060", "/api/v1/similar?lon=14.5315&lat=56.2765&category=lighting_broken"];
        let mut before = Vec::new();
        for path in paths { before.push(app.get(path).await.bytes); }
        let (id, _) = sent(&app, json!({"category": "lighting_broken"})).await;
        let still = async |what: &str| for (path, bytes) in paths.iter().zip(&before) {
            assert_eq!(app.get(path).await.bytes, *bytes, "{path} {what}");
        };
        still("after a report").await;
        for state in [Moderation::Held, Moderation::Counted, Moderation::Rejected, Moderation::Waiting] {
            app.moderate(&id, state).await;
            still(state.as_str()).await;
        }
        app.moderate(&id, Moderation::Shown).await;
        for (path, bytes) in paths.iter().zip(&before) {
            assert_ne!(app.get(path).await.bytes, *bytes, "the control: shown is seen");
        }
    }

    /// Every category, shown: a thing at its place, what was felt not before enough people have told of its square, the rest never.
    async fn each_category_is_seen_as_its_class_allows(app) {
        app.activate("1060").await;
        for category in Category::ALL {
            let body = json!({"category": category.as_str(), "feeling": category.feeling().as_str(), "note": "Vid bron."});
            let (id, _) = sent(&app, body).await;
            app.moderate(&id, Moderation::Shown).await;
        }
        let seen = public(&app, "&limit=1000").await;
        let points = Category::ALL.iter().filter(|category| category.publication_class() == PublicationClass::Point).count();
        assert_eq!(seen.len(), points);
        assert!(seen.iter().all(|report| report["properties"]["class"] == "point"));
    }

    /// A square of what was felt opens with the release, when enough people have told of it; a lone report stays inside.
    async fn a_square_opens_when_enough_have_told_of_it(app) {
        app.activate("1060").await;
        for at in 0..8 {
            let (id, _) = sent(&app, json!({"category": "deserted", "reporter": format!("{at:032x}")})).await;
            app.moderate(&id, Moderation::Shown).await;
        }
        let (lone, _) = sent(&app, json!({"category": "deserted", "location": point(14.60), "reporter": format!("{:032x}", 99)})).await;
        app.moderate(&lone, Moderation::Shown).await;
        let (harassed, _) = sent(&app, json!({"category": "harassment_place", "reporter": format!("{:032x}", 98)})).await;
        app.moderate(&harassed, Moderation::Shown).await;
        assert_eq!(public(&app, "").await.len(), 0, "before the release");
        app.advance(jiff::SignedDuration::from_hours(60 * 24));
        assert_eq!(release(&app, "2026-Q4").await.reports, 10);
        let seen = public(&app, "").await;
        assert_eq!(seen.len(), 8);
        assert!(seen.iter().all(|report| report["geometry"]["type"] == "Polygon" && report["properties"]["category"] == "deserted"));
        // No filter acts on the place behind the square: a box beside the point, and inside the square, finds all eight.
        let ring: Vec<[f64; 2]> = serde_json::from_value(seen[0]["geometry"]["coordinates"][0].clone()).unwrap();
        let corner = ring[0];
        let bbox = format!("&bbox={},{},{},{}", corner[0] + 1e-6, corner[1] + 1e-6, corner[0] + 2e-6, corner[1] + 2e-6);
        assert_eq!(public(&app, &bbox).await.len(), 8);
    }

    /// Only what a moderator has looked at is counted, and late is not lost: it is in the next release.
    async fn a_release_counts_what_was_looked_at_and_the_next_what_was_late(app) {
        app.activate("1060").await;
        let mut late = Vec::new();
        for at in 0..10 {
            let (id, _) = sent(&app, json!({"reporter": format!("{at:032x}")})).await;
            match at {
                0..4 => app.moderate(&id, Moderation::Counted).await,
                4 => app.moderate(&id, Moderation::Rejected).await,
                5 => app.moderate(&id, Moderation::Held).await,
                _ => late.push(id),
            }
        }
        app.advance(jiff::SignedDuration::from_hours(60 * 24));
        assert_eq!(release(&app, "2026-Q4").await.reports, 4);
        for id in &late {
            app.moderate(id, Moderation::Counted).await;
        }
        app.advance(jiff::SignedDuration::from_hours(95 * 24));
        assert_eq!(release(&app, "2027-Q1").await.reports, 4, "those that were late");
        app.advance(jiff::SignedDuration::from_hours(95 * 24));
        // Whatever is decided again, a report is in one release.
        for id in &late {
            app.moderate(id, Moderation::Waiting).await;
            app.moderate(id, Moderation::Counted).await;
        }
        assert_eq!(release(&app, "2027-Q2").await.reports, 0);
    }

    /// What is held or rejected is in no count and no list of the planners, and comes back when the decision is taken back.
    async fn what_is_held_or_rejected_counts_nowhere(app) {
        app.activate("1060").await;
        let (id, _) = sent(&app, json!({})).await;
        let listed = async || app.plan("/api/v1/reports?municipality=1060").await.json()["total"].as_u64().unwrap();
        for state in [Moderation::Held, Moderation::Rejected] {
            assert_eq!((app.total("1060").await, listed().await), (1, 1));
            app.moderate(&id, state).await;
            assert_eq!((app.total("1060").await, listed().await), (0, 0), "{state}");
            assert_eq!(app.another().await.total("1060").await, 0, "after a start");
            assert_eq!(app.plan(&format!("/api/v1/reports/{id}")).await.status, StatusCode::OK, "by its id it is there");
            app.moderate(&id, Moderation::Waiting).await;
        }
    }

    /// A decision needs its version, its reason and clean words; a refused one leaves no trace.
    async fn a_decision_that_breaks_a_rule_leaves_no_trace(app) {
        app.activate("1060").await;
        let cookie = moderator(&app).await;
        let (id, _) = sent(&app, json!({"category": "lighting_broken"})).await;
        for (body, pointer, code) in [
            (json!({}), "/state", "missing"), (json!({"state": "rejected"}), "/reason", "reason_needed"),
            (json!({"state": "shown", "reason": "spam"}), "/reason", "reason_needed"), (json!({"state": "counted", "words": "x"}), "/words", "needs"),
            (json!({"state": "shown", "words": "Ring 070-174 06 58"}), "/words", "personal_data"), (json!({"state": "gone"}), "/state", "not_allowed"),
        ] {
            let answer = decide(&app, &cookie, &id, body.clone()).await;
            assert_eq!((answer.status, answer.faults()), (StatusCode::UNPROCESSABLE_ENTITY, vec![(pointer.to_owned(), code.to_owned())]), "{body}");
        }
        let path = format!("/api/v1/reports/{id}/moderation");
        let mine = [("cookie", cookie.as_str()), ("sec-fetch-site", "same-origin")];
        assert_eq!(app.call(Method::PUT, &path, Some(json!({"state": "shown"})), &mine).await.status, StatusCode::PRECONDITION_REQUIRED);
        let old = [mine[0], mine[1], ("if-match", "\"1060-1\"")];
        app.moderate(&id, Moderation::Counted).await;
        assert_eq!(app.call(Method::PUT, &path, Some(json!({"state": "shown"})), &old).await.status, StatusCode::PRECONDITION_FAILED);
        let detail = app.plan(&format!("/api/v1/reports/{id}")).await.json();
        assert_eq!(detail["properties"]["moderation"], "counted");
        let kinds: Vec<&str> = detail["properties"]["history"].as_array().unwrap().iter().map(|change| change["kind"].as_str().unwrap()).collect();
        assert_eq!(kinds, ["created", "moderated"]);
    }

    /// "Me too" is for what one can see.
    async fn support_is_for_what_is_public(app) {
        app.activate("1060").await;
        let (id, _) = sent(&app, json!({"category": "lighting_broken"})).await;
        let path = format!("/api/v1/reports/{id}/support");
        let me = json!({"reporter": "0f1e2d3c4b5a69788796a5b4c3d2e1f0"});
        let unseen = app.post(&path, me.clone()).await;
        let absent = app.post(&format!("/api/v1/reports/{}/support", crate::app::new_id()), me.clone()).await;
        assert_eq!((unseen.status, unseen.json()["title"].clone()), (StatusCode::NOT_FOUND, absent.json()["title"].clone()));
        app.moderate(&id, Moderation::Shown).await;
        let near = app.get("/api/v1/similar?lon=14.5320&lat=56.2765&category=lighting_broken").await.json();
        assert_eq!(near["similar"][0]["id"].as_str(), Some(id.as_str()));
        let metres = near["similar"][0]["distance_m"].as_f64().unwrap();
        assert!((25.0..40.0).contains(&metres), "{metres}");
        assert_eq!(app.post(&path, me).await.status, StatusCode::NO_CONTENT);
        let next = app.report(a_report(json!({"category": "lighting_broken"}))).await;
        assert_eq!(next["similar"][0]["id"].as_str(), Some(id.as_str()), "the sender hears of what is public near it");
    }

    /// Put together and taken apart: supporters, answers and states are as they were, and both reporters hear the answer meanwhile.
    async fn a_place_is_merged_and_unmerged_without_loss(app) {
        app.activate("1060").await;
        let party = app.party(PartyKind::Municipality, &["1060"]).await;
        let (_, cookie) = app.member(Role::Coordinator, &party).await;
        let mut ids = Vec::new();
        for at in 0..3 {
            let (id, receipt) = sent(&app, json!({"category": "lighting_broken", "reporter": format!("{at:032x}")})).await;
            app.moderate(&id, Moderation::Shown).await;
            // Number 10 says "me too" to all of them, and each has one of its own.
            for who in [10, 20 + at] {
                app.post(&format!("/api/v1/reports/{id}/support"), json!({"reporter": format!("{who:032x}")})).await;
            }
            ids.push((id, receipt));
        }
        let as_one = async |method, id: &str, body| app.as_holder(method, &cookie, &format!("/api/v1/reports/{id}/place"), body).await;
        let told = async |id: &str| {
            let detail = app.plan(&format!("/api/v1/reports/{id}")).await.json()["properties"].clone();
            (detail["supporters"].clone(), detail["place"].clone())
        };
        let merged = as_one(Method::PUT, &ids[0].0, Some(json!({"with": ids[1].0}))).await;
        assert_eq!((merged.status, &merged.json()["people"]), (StatusCode::OK, &json!(5)), "two senders, two of their own, and number 10 once");
        let again = as_one(Method::PUT, &ids[1].0, Some(json!({"with": ids[0].0}))).await.json();
        assert_eq!(again, merged.json(), "saying it twice changes nothing");
        assert_eq!(as_one(Method::PUT, &ids[2].0, Some(json!({"with": ids[1].0}))).await.json()["people"], 7);
        assert_eq!(told(&ids[2].0).await.0, 2, "each keeps its own");

        let answer = app.plan(&format!("/api/v1/reports/{}", ids[0].0)).await;
        app.patch(&ids[0].0, Some(answer.header("etag")), json!({"answer": "Lampan är bytt."})).await;
        for (_, receipt) in &ids {
            assert_eq!(by_receipt(&app, receipt).await["answers"][0]["text"], "Lampan är bytt.");
        }
        assert_eq!(as_one(Method::DELETE, &ids[2].0, None).await.status, StatusCode::NO_CONTENT);
        assert_eq!(told(&ids[2].0).await, (json!(2), Value::Null));
        assert_eq!(by_receipt(&app, &ids[2].1).await["answers"], json!([]));
        assert_eq!(told(&ids[0].0).await.1["people"], 5);
        assert_eq!(as_one(Method::DELETE, &ids[0].0, None).await.status, StatusCode::NO_CONTENT);
        assert_eq!(told(&ids[1].0).await.1, Value::Null, "a place of which one report is left is none");
        assert_eq!(told(&ids[1].0).await.0, 2);
    }

    /// A place does not tell of reports that its reader may not read, and reports of two kommuner are never one place.
    async fn a_place_is_no_way_around_a_wall(app) {
        app.activate("1060").await;
        app.activate("1862").await;
        let party = app.party(PartyKind::Municipality, &["1060"]).await;
        let ((_, coordinator), (_, planner)) = (app.member(Role::Coordinator, &party).await, app.member(Role::Planner, &party).await);
        let (open, _) = sent(&app, json!({"reporter": format!("{:032x}", 1)})).await;
        let (closed, _) = sent(&app, json!({"reporter": format!("{:032x}", 2)})).await;
        let (beyond, _) = sent(&app, json!({"location": {"type": "Point", "coordinates": [14.4390, 59.2360]}})).await;
        let put = async |cookie: &str, with: &str| app.as_holder(Method::PUT, cookie, &format!("/api/v1/reports/{open}/place"), Some(json!({"with": with}))).await;
        assert_eq!(put(&coordinator, &closed).await.status, StatusCode::OK);
        assert_eq!(put(&coordinator, &beyond).await.status, StatusCode::NOT_FOUND);
        let detail = app.plan(&format!("/api/v1/reports/{closed}")).await;
        let headers = [("cookie", coordinator.as_str()), ("sec-fetch-site", "same-origin"), ("if-match", detail.header("etag"))];
        let answer = app.call(Method::PATCH, &format!("/api/v1/reports/{closed}"), Some(json!({"secrecy": "restricted"})), &headers).await;
        assert_eq!(answer.status, StatusCode::OK);
        let seen = app.as_holder(Method::GET, &planner, &format!("/api/v1/reports/{open}"), None).await;
        assert!(!String::from_utf8_lossy(&seen.bytes).contains(&closed), "{}", seen.json());
        assert_eq!(seen.json()["properties"]["place"], Value::Null);
    }

    /// A flood is held with its reason, counts nowhere, and does not stop anybody else.
    async fn a_flood_is_held_until_somebody_has_looked(app) {
        app.activate("1060").await;
        let app = app.with_brake().await;
        for at in 0..100 {
            sent(&app, json!({"reporter": format!("{at:032x}")})).await;
        }
        assert_eq!(app.total("1060").await, 20);
        let cookie = moderator(&app).await;
        let held = queue(&app, &cookie, "held").await;
        let counts: Vec<(&str, i64)> = held["counts"].as_array().unwrap().iter().map(|count| (count["state"].as_str().unwrap(), count["count"].as_i64().unwrap())).collect();
        assert_eq!(&counts[..2], [("waiting", 20), ("held", 80)]);
        assert_eq!(held["reports"][0]["report"]["properties"]["moderation_reason"], "burst");
        // Its sender hears nothing that would help to find the limit; a neighbour's report is taken as ever.
        let (id, receipt) = sent(&app, json!({})).await;
        assert_eq!(by_receipt(&app, &receipt).await["public"]["moderation"], "waiting");
        assert_eq!(app.plan(&format!("/api/v1/reports/{id}")).await.json()["properties"]["moderation"], "held");
        sent(&app, json!({"location": point(14.60)})).await;
        assert_eq!(app.total("1060").await, 21);
        // A moderator lets them in.
        app.moderate(&id, Moderation::Counted).await;
        assert_eq!(app.total("1060").await, 22);
    }
}
