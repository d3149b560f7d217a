//! The description of the API: kept as a file, whole, and true of what the service does.

mod conforms;

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::{Value, json};

use lykta::app::parties::NewParty;
use lykta::domain::actor::Actor;
use lykta::domain::ids::{PartyId, PersonId};
use lykta::domain::party::{Party, PartyKind};
use lykta::domain::permission::Role;
use lykta::domain::person::Scope;

use lykta::app::session::Proven;
use uuid::Uuid;

use crate::app::{Answer, TOKEN, TestApp, a_report, new_id};
use crate::authenticator::Authenticator;
use crate::factors;
use crate::photos;

fn document() -> Value {
    serde_json::from_str(&lykta::http::openapi::json()).expect("JSON")
}

/// Path, method and operation.
fn operations(document: &Value) -> Vec<(String, String, Value)> {
    let paths = document["paths"].as_object().expect("paths");
    let of_path = |(path, item): (&String, &Value)| {
        let methods = item
            .as_object()
            .expect("operations")
            .iter()
            .map(|(method, operation)| (path.clone(), method.to_uppercase(), operation.clone()));
        methods.collect::<Vec<_>>()
    };
    paths.iter().flat_map(of_path).collect()
}

/// The schema of an operation's JSON body.
fn body_schema(operation: &Value) -> Option<&Value> {
    operation.pointer("/requestBody/content/application~1json/schema")
}

/// Somebody with an account, for what the operator token is not for: an administrator of everything.
struct Account {
    id: PersonId,
    cookie: String,
    party: Party,
}

impl Account {
    async fn of(app: &TestApp) -> Self {
        let root = app.app.root().await.unwrap();
        let (id, cookie) = app.member(Role::Administrator, &root).await;
        let party = app.party(PartyKind::Municipality, &["1060"]).await;
        Self { id, cookie, party }
    }

    /// What an operation is asked with, where its own example does not do: the id in its path, and its body.
    async fn subject(&self, app: &TestApp, operation: &str) -> Option<(String, Option<Value>)> {
        let assignments = json!([{"party": self.party.id.to_string(), "role": "planner"}]);
        let invitation = async || app.app.first_invitation().await.unwrap();
        let person = async || app.member(Role::Planner, &self.party).await.0;
        let below = async || {
            let id = PartyId(new_id().parse().unwrap());
            let (kind, name) = (PartyKind::Administration, "Ny".to_owned());
            let new = NewParty { id, parent: self.party.id, kind, name, municipalities: None, valid_until: None };
            app.app.add_party(&Actor::System, new).await.unwrap().0.id.to_string()
        };
        Some(match operation {
            "end_session" => {
                app.app.begin_session(Some(self.id)).await.unwrap();
                (app.app.own_sessions(self.id).await.unwrap()[0].id.to_string(), None)
            }
            "change_password" => {
                // The account has a password first: by a link.
                let link = app.app.invite_again(&Actor::System, self.id).await.unwrap();
                app.app.accept(&link.key, "lampan över bron blinkar", None).await.unwrap();
                (String::new(), Some(json!({"current": "lampan över bron blinkar", "password": "en annan lampa vid ån"})))
            }
            "create_token" => (String::new(), Some(json!({"name": "GIS", "scope": "read", "expires_on": "2027-06-30"}))),
            "delete_passkey" | "create_passkey" => {
                let asked = app.app.begin_passkey(self.id).await.unwrap();
                // Each call has an authenticator of its own.
                let seed = u8::try_from(app.app.factors(self.id).await.unwrap().passkeys.len()).unwrap() + 20;
                let credential = Authenticator::new(seed).create(&serde_json::to_value(&asked.options).unwrap());
                if operation == "create_passkey" {
                    (String::new(), Some(json!({"ceremony": asked.ceremony, "name": "Telefonen", "credential": credential})))
                } else {
                    let session = Uuid::from_u128(1);
                    let added = app.app.add_passkey(self.id, session, &asked.ceremony, "x".to_owned(), credential).await.unwrap();
                    (added.0.id.to_string(), None)
                }
            }
            "set_totp" => {
                let asked = app.app.begin_totp(self.id).await.unwrap();
                (String::new(), Some(json!({"ceremony": asked.ceremony, "code": factors::code(app, &asked.secret)})))
            }
            "prove_log_in" => {
                let person = person().await;
                let asked = app.app.begin_totp(person).await.unwrap();
                app.app.add_totp(person, Uuid::from_u128(1), &asked.ceremony, &factors::code(app, &asked.secret)).await.unwrap();
                let codes = app.app.renew_recovery_codes(person).await.unwrap();
                let awaited = app.app.second_factor(&Proven { id: person, password: None }).await.unwrap().unwrap();
                (String::new(), Some(json!({"ceremony": awaited.ceremony, "code": codes[0]})))
            }
            "delete_totp" | "renew_recovery_codes" => {
                let asked = app.app.begin_totp(self.id).await.unwrap();
                app.app.add_totp(self.id, Uuid::from_u128(1), &asked.ceremony, &factors::code(app, &asked.secret)).await.unwrap();
                (String::new(), None)
            }
            "delete_token" => {
                let end = app.app.now() + jiff::SignedDuration::from_hours(24);
                (app.app.make_token(self.id, "x".to_owned(), Scope::Read, end).await.unwrap().0.id.to_string(), None)
            }
            "read_invitation" | "accept_invitation" => {
                assert!(invitation().await.is_none(), "there is somebody already");
                let id = person().await;
                let key = app.app.invite_again(&Actor::System, id).await.unwrap().key;
                let mut body = json!({"key": key});
                if operation == "accept_invitation" {
                    body["password"] = json!("lampan över bron blinkar");
                }
                (String::new(), Some(body))
            }
            "create_party" => {
                let parent = self.party.id.to_string();
                (
                    String::new(),
                    Some(json!({"id": new_id(), "parent": parent, "kind": "association", "name": "Ny", "valid_until": "2027-01-01"})),
                )
            }
            "patch_party" => (below().await, Some(json!({"name": "Annat namn"}))),
            "delete_party" => (below().await, None),
            "create_person" => {
                (String::new(), Some(json!({"id": new_id(), "login": "ny@kommun.example", "name": "Ny", "assignments": assignments})))
            }
            "patch_person" => (person().await.to_string(), Some(json!({"name": "Annat namn"}))),
            "delete_person" | "invite_person_again" => (person().await.to_string(), None),
            _ => return None,
        })
    }
}

/// Whether an operation is asked by somebody with an account.
fn needs_account(operation: &Value) -> bool {
    ["account", "people"].contains(&operation["tags"][0].as_str().unwrap())
}

fn described_as(operation: &(String, String, Value), id: &str) -> bool {
    operation.2["operationId"] == id
}

/// The answer to an operation with its own example as body, everything in its path filled in, as whoever may.
async fn call(
    app: &TestApp,
    account: &Account,
    (path, method, operation): &(String, String, Value),
    id: &str,
    headers: &[(&str, &str)],
) -> Answer {
    let subject = account.subject(app, operation["operationId"].as_str().unwrap()).await;
    let (id, own_body) = subject.as_ref().map_or((id, None), |(id, body)| (id.as_str(), body.as_ref()));
    // Some operations end sessions.
    let cookie = format!("lykta={}", app.app.begin_session(Some(account.id)).await.unwrap());
    let path = path
        .replace("{id}", id)
        .replace("{code}", "1060")
        .replace("{z}/{x}/{y}", "7/69/39.mvt")
        .replace("{collection}", "reports")
        .replace("{feature}", id);
    let query = match operation["operationId"].as_str() {
        Some("list_reports" | "get_heatmap" | "get_summary" | "list_moderation" | "list_accesses") => "?municipality=1060",
        Some("get_heatmap_tile") => "?municipality=1060&size_m=1000",
        Some("get_clusters") => "?municipality=1060&eps_m=2000&min_points=3",
        Some("get_scan") => "?municipality=1060&group=light&size_m=500",
        Some("search_places") => "?q=Olof",
        Some("list_similar") => "?lon=14.5315&lat=56.2765&category=dark",
        _ => "",
    };
    let mut request = Request::builder().method(method.as_str()).uri(format!("{path}{query}"));
    request = if needs_account(operation) {
        request.header(header::COOKIE, &cookie).header("sec-fetch-site", "same-origin")
    } else {
        request.header(header::AUTHORIZATION, format!("Bearer {TOKEN}"))
    };
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let body = match own_body.or_else(|| operation.pointer("/requestBody/content/application~1json/example")) {
        Some(example) => {
            request = request.header(header::CONTENT_TYPE, "application/json");
            Body::from(example.to_string())
        }
        None => Body::empty(),
    };
    app.send(request.body(body).expect("a request")).await
}

/// `LYKTA_BLESS=1 cargo test --test it openapi` writes the file anew.
#[test]
fn the_description_in_the_repository_is_the_one_that_is_served() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/openapi.json");
    let made = format!("{}\n", lykta::http::openapi::json());
    if std::env::var_os("LYKTA_BLESS").is_some() {
        std::fs::write(path, &made).expect("written");
    }
    let kept = std::fs::read_to_string(path).expect("docs/openapi.json");
    let differs = kept.lines().zip(made.lines()).position(|(kept, made)| kept != made).map_or(kept.lines().count(), |line| line + 1);
    assert!(kept == made, "docs/openapi.json differs from line {differs}; LYKTA_BLESS=1 writes it anew");
}

#[test]
fn the_description_is_whole() {
    let document = document();
    assert_eq!(document["openapi"], "3.1.0");
    let tags: BTreeSet<&str> = document["tags"].as_array().unwrap().iter().map(|tag| tag["name"].as_str().unwrap()).collect();
    let mut ids = BTreeSet::new();
    for (path, method, operation) in operations(&document) {
        let what = format!("{method} {path}");
        let id = operation["operationId"].as_str().unwrap().to_owned();
        assert!(id.contains('_') && id.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'), "{id} is no verb_noun");
        assert!(ids.insert(id), "{what}: its id is taken");
        assert_eq!(operation["tags"].as_array().map(Vec::len), Some(1), "{what}");
        assert!(tags.contains(operation["tags"][0].as_str().unwrap()), "{what}");
        assert!(operation["summary"].as_str().is_some_and(|summary| summary.len() < 60), "{what}");
        for (status, answer) in operation["responses"].as_object().unwrap() {
            assert!(answer["description"].as_str().is_some_and(|text| !text.is_empty()), "{what} {status}");
            let problem = &answer["content"]["application/problem+json"]["schema"]["$ref"];
            assert_eq!(status.as_str() >= "400", problem == "#/components/schemas/Problem", "{what} {status}");
        }
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            assert!(
                parameter["description"].as_str().is_some_and(|text| !text.is_empty()) && parameter["schema"].is_object(),
                "{what}: {parameter}"
            );
        }
    }
    let text = document.to_string();
    for reference in text.split("\"$ref\":\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        assert!(reference.starts_with("#/") && document.pointer(&reference[1..]).is_some(), "{reference}");
    }
}

/// A route that is added beside the description would be served and not described: pages are, and what monitoring asks elsewhere.
#[test]
fn only_pages_are_routed_without_a_description() {
    let folder = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src/http"));
    let mut routed = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().flatten().filter(|entry| entry.path().is_file()) {
        let text = std::fs::read_to_string(entry.path()).unwrap();
        if text.contains(".route(") || text.contains(".route_service(") || text.contains(".nest_service(") {
            routed.push(entry.file_name().into_string().unwrap());
        }
    }
    routed.sort();
    assert_eq!(routed, ["assets.rs", "metrics.rs"]);
}

#[tokio::test]
async fn it_is_served_to_everybody_and_asked_about_by_its_tag() {
    let app = TestApp::sqlite().await;
    let served = app.get("/api/openapi.json").await;
    assert_eq!((served.status, served.header("cache-control")), (StatusCode::OK, "public, no-cache"));
    assert_eq!(served.json(), document());
    let request = Request::get("/api/openapi.json").header(header::IF_NONE_MATCH, served.header("etag")).body(Body::empty()).unwrap();
    assert_eq!(app.send(request).await.status, StatusCode::NOT_MODIFIED);
}

/// Every operation is there, takes its own example, and answers what it says it answers.
#[tokio::test]
async fn every_operation_answers_as_it_is_described() {
    let app = TestApp::sqlite().await;
    app.app.install_demo(|_| ()).await.unwrap();
    let account = Account::of(&app).await;
    let document = document();
    let mut seen = BTreeSet::new();
    for operation in &operations(&document) {
        // Each has a report of its own: one of them withdraws it.
        let report = app.report(a_report(json!({"occurred_at": "2026-11-22T20:30:00Z", "note": "Mörkt", "place_text": "Vid bron"}))).await;
        let id = report["id"].as_str().unwrap();
        let etag = app.plan(&format!("/api/v1/reports/{id}")).await.header("etag").to_owned();
        let mut operation = operation.clone();
        if described_as(&operation, "create_session") {
            operation.2["requestBody"]["content"]["application/json"]["example"] = json!({"token": TOKEN});
        }
        if described_as(&operation, "merge_report") {
            operation.2["requestBody"]["content"]["application/json"]["example"] =
                json!({"with": app.report(a_report(json!({}))).await["id"]});
        }
        if let Some(example) = operation.2.pointer_mut("/requestBody/content/application~1json/example/receipt") {
            *example = report["receipt"].clone();
        }
        let receipt = report["receipt"].as_str().unwrap();
        let photo = new_id();
        let is_photo = operation.2["tags"][0] == "photos";
        let sent = if is_photo { Some(photos::send(&app, receipt, &photo, "image/png", photos::noise(64, 64)).await) } else { None };
        let answer = match sent {
            Some(sent) if described_as(&operation, "put_photo") => sent,
            _ => {
                let id = if is_photo && !described_as(&operation, "list_photos") { &photo } else { id };
                call(&app, &account, &operation, id, &[("if-match", &etag), ("lykta-receipt", receipt)]).await
            }
        };
        let (path, method, described) = &operation;
        let what =
            format!("{method} {path}: {} {}", answer.status, String::from_utf8_lossy(&answer.bytes).chars().take(300).collect::<String>());
        let no_basemap = path == "/basemap/tiles.pmtiles" && answer.status == StatusCode::NOT_FOUND;
        // What a log-in service does is shown against a real one.
        let no_provider = path.contains("/session/oidc/") && answer.status == StatusCode::NOT_FOUND;
        assert!(answer.status.is_success() || no_basemap || no_provider, "{what}");
        let says = &described["responses"][answer.status.as_str()];
        assert!(says.is_object(), "{what}: not described");
        for name in says["headers"].as_object().into_iter().flat_map(serde_json::Map::keys) {
            assert!(answer.headers.contains_key(name.as_str()), "{what}: no {name}");
        }
        let kind = answer.header("content-type").split(';').next().unwrap_or_default();
        match says["content"][kind]["schema"].as_object() {
            Some(schema) if kind.ends_with("json") => {
                let (schema, value) = (Value::Object(schema.clone()), answer.json());
                let faults = conforms::faults(&document, &schema, &value);
                assert!(faults.is_empty(), "{what}\n{}", faults[..faults.len().min(10)].join("\n"));
                let unnamed = conforms::unnamed(&document, &schema, &value);
                assert!(unnamed.is_empty() || path == "/api/openapi.json", "{what}\nnot described: {unnamed:?}");
            }
            Some(_) => assert!(!answer.bytes.is_empty(), "{what}"),
            None => assert!(answer.bytes.is_empty() && says["content"].is_null(), "{what}: {kind}"),
        }
        seen.insert(described["operationId"].as_str().unwrap().to_owned());
    }
    assert_eq!(seen.len(), operations(&document).len());
}

/// What everybody sees is described as well as what planners see, and the rarer answers as well as the common ones.
#[tokio::test]
async fn other_answers_are_what_they_are_described_to_be() {
    let app = TestApp::sqlite().await;
    app.app.install_demo(|_| ()).await.unwrap();
    let document = document();
    let words =
        app.report(a_report(json!({"location": null, "place_text": "Bakom kyrkan", "municipality": "1060", "time_band": "night"}))).await;
    let id = words["id"].as_str().unwrap();
    let etag = app.plan(&format!("/api/v1/reports/{id}")).await.header("etag").to_owned();
    let done =
        json!({"status": "done", "reason": "fixed", "answer": "Klart.", "location": {"type": "Point", "coordinates": [14.5315, 56.2765]}});
    for (name, answer) in [
        ("PublicHeatmap", app.get("/api/v1/heatmap?municipality=1060&size_m=1000").await),
        ("PublicHeatmap", app.get("/api/v1/heatmap?municipality=0114").await),
        ("LiveHeatmap", app.plan("/api/v1/heatmap?municipality=1060&grid=h3&resolution=8&statistic=reporters").await),
        ("LiveHeatmap", app.plan("/api/v1/heatmap?municipality=1060&grid=hex&size_m=400").await),
        ("LocalMoranMap", app.plan("/api/v1/heatmap?municipality=1060&size_m=500&statistic=local_moran").await),
        ("BandMap", app.plan("/api/v1/heatmap?municipality=1060&size_m=500&statistic=density&bandwidth_m=1000&bands=3").await),
        ("RateMap", app.plan("/api/v1/heatmap?municipality=1060&statistic=rate").await),
        ("ClusterMap", app.plan("/api/v1/clusters?municipality=1060&min_points=1000").await),
        ("ScanMap", app.plan("/api/v1/scan?municipality=1060").await),
        ("ReportPage", app.plan("/api/v1/reports?municipality=1060&limit=1000").await),
        ("PublicReportPage", app.get("/api/v1/reports?municipality=1060&limit=1000").await),
        ("SimilarReports", app.get("/api/v1/similar?lon=14.5315&lat=56.2765&category=lighting_broken").await),
        ("FocusAreas", app.get("/api/v1/municipalities/0780/focus-areas").await),
        ("Municipalities", app.get("/api/v1/municipalities?active=true").await),
        ("Session", app.get("/api/v1/session").await),
        ("ReportDetailFeature", app.patch(id, Some(&etag), done).await),
        ("ReceiptView", app.post("/api/v1/receipts", json!({"receipt": words["receipt"]})).await),
        ("Problem", app.post("/api/v1/reports", json!({"note": "Ring 070-123 45 67", "x": 1})).await),
        ("Problem", app.post("/api/v1/reports", a_report(json!({"location": {"type": "Point", "coordinates": [18.07, 59.33]}}))).await),
        ("Problem", app.get("/api/v1/nothing").await),
    ] {
        assert!(answer.status.is_success() || name == "Problem", "{name}: {}", answer.status);
        let schema = json!({"$ref": format!("#/components/schemas/{name}")});
        let mut faults = conforms::faults(&document, &schema, &answer.json());
        faults.extend(conforms::unnamed(&document, &schema, &answer.json()));
        assert!(faults.is_empty(), "{name}: {}", faults[..faults.len().min(10)].join("\n"));
    }
}

/// The fields of a body and the parameters of a query are read one by one: each that is described is known, and a stranger is named.
#[tokio::test]
async fn every_described_field_and_parameter_is_known() {
    let app = TestApp::sqlite().await;
    app.activate("1060").await;
    let report = app.report(a_report(json!({}))).await;
    let id = report["id"].as_str().unwrap();
    let etag = app.plan(&format!("/api/v1/reports/{id}")).await.header("etag").to_owned();
    let account = Account::of(&app).await;
    let document = document();
    for operation in operations(&document) {
        // Of the collections the heatmap takes the most.
        let path = operation
            .0
            .replace("{id}", id)
            .replace("{code}", "1060")
            .replace("{z}/{x}/{y}", "7/69/39.mvt")
            .replace("{collection}", "heatmap")
            .replace("{feature}", id);
        if let Some(schema) = body_schema(&operation.2) {
            let schema = conforms::resolved(&document, schema);
            let fields = if schema["allOf"].is_array() { &schema["allOf"][0]["properties"] } else { &schema["properties"] };
            let mut body: Value = fields.as_object().unwrap().keys().map(|name| (name.clone(), json!(["nothing"]))).collect();
            body["stranger"] = json!(1);
            let request = Request::builder().method(operation.1.as_str()).uri(&path).header(header::CONTENT_TYPE, "application/json");
            let request = if needs_account(&operation.2) {
                request.header(header::COOKIE, &account.cookie).header("sec-fetch-site", "same-origin")
            } else {
                request.header(header::AUTHORIZATION, format!("Bearer {TOKEN}")).header(header::IF_MATCH, &etag)
            };
            let answer = app.send(request.body(Body::from(body.to_string())).unwrap()).await;
            let unknown: Vec<String> =
                answer.faults().into_iter().filter(|(_, code)| code == "unknown_field").map(|(pointer, _)| pointer).collect();
            assert_eq!(unknown, ["/stranger"], "{} {path}", operation.1);
            let named: BTreeSet<String> =
                answer.faults().into_iter().map(|(pointer, _)| pointer[1..].split('/').next().unwrap().to_owned()).collect();
            let sent: BTreeSet<String> = body.as_object().unwrap().keys().cloned().collect();
            assert_eq!(named, sent, "{} {path}", operation.1);
        }
        let parameters = operation.2["parameters"].as_array().into_iter().flatten();
        let names: Vec<&str> = parameters.filter(|one| one["in"] == "query").map(|one| one["name"].as_str().unwrap()).collect();
        // What a log-in service sends beside what is read is its own business.
        let comes_back = path.ends_with("/callback");
        if operation.1 == "GET" && !names.is_empty() && !comes_back {
            let query: Vec<String> = names.iter().chain(&["stranger"]).map(|name| format!("{name}=%00")).collect();
            let asked = format!("{path}?{}", query.join("&"));
            let answer = if needs_account(&operation.2) {
                app.as_holder(axum::http::Method::GET, &account.cookie, &asked, None).await
            } else {
                app.plan(&asked).await
            };
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path}");
            let unknown: Vec<String> =
                answer.faults().into_iter().filter(|(_, code)| code == "unknown_parameter").map(|(pointer, _)| pointer).collect();
            assert_eq!(unknown, ["?stranger"], "{path}");
        }
    }
}

/// What the description promises to take is taken.
#[tokio::test]
async fn the_example_of_a_report_is_a_report() {
    let app = TestApp::sqlite().await;
    app.activate("1060").await;
    let document = document();
    let example = &document["paths"]["/api/v1/reports"]["post"]["requestBody"]["content"]["application/json"]["example"];
    let schema = json!({"$ref": "#/components/schemas/NewReport"});
    assert!(conforms::faults(&document, &schema, example).is_empty());
    assert_eq!(app.post("/api/v1/reports", example.clone()).await.status, StatusCode::CREATED);
    // And the schema refuses what the service refuses.
    for more in [
        json!({"location": null}),
        json!({"feeling": "odd"}),
        json!({"insecurity": 4}),
        json!({"surprise": 1}),
        json!({"id": "1"}),
        json!({"location": {"type": "Point", "coordinates": [14.5]}}),
        json!({"perspectives": ["nobody"]}),
        json!({"occurred_on": "today"}),
    ] {
        let body = a_report(json!({"id": new_id()}))
            .as_object()
            .unwrap()
            .iter()
            .chain(more.as_object().unwrap())
            .map(|(k, v)| (k.clone(), v.clone()))
            .collect::<Value>();
        let refused = app.post("/api/v1/reports", body.clone()).await.status == StatusCode::UNPROCESSABLE_ENTITY;
        assert!(refused, "{body}");
        let by_pattern = more["id"] == "1";
        assert!(by_pattern || !conforms::faults(&document, &schema, &body).is_empty(), "{body}");
    }
}
