//! Every route as every role, in one's own kommun and in the next, held against the table that `docs/privacy.md` prints; no id, filter,
//! tile or export reads across a wall.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use axum::http::Method;
use lykta::app::reports::Patch;
use lykta::domain::actor::Actor;
use lykta::domain::codes::Secrecy;
use lykta::domain::ids::{MunicipalityCode, ReportId};
use lykta::domain::moderation::Moderation;
use lykta::domain::party::{Party, PartyKind};
use lykta::domain::permission::{Act, READS, Role, TABLE};
use serde_json::{Value, json};

use crate::app::{Answer, TOKEN, TestApp, a_report, new_id};
use crate::authenticator::Authenticator;
use crate::photos;

/// The kommun of those who ask, and the one beside it; a place in each.
const OWN: (&str, [f64; 2]) = ("1060", [14.5315, 56.2765]);
const NEXT: (&str, [f64; 2]) = ("1862", [14.4390, 59.2360]);

/// What an operation of the API needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Need {
    Anybody,
    Account,
    LiveOrPublic,
    An(Act),
}

impl Need {
    fn name(self) -> &'static str {
        match self {
            Self::Anybody => "anybody",
            Self::Account => "account",
            Self::LiveOrPublic => "live or public",
            Self::An(act) => act.as_str(),
        }
    }

    fn parse(text: &str) -> Self {
        let known = [Self::Anybody, Self::Account, Self::LiveOrPublic].into_iter().find(|need| need.name() == text);
        known.unwrap_or_else(|| Self::An(Act::parse(text).unwrap_or_else(|| panic!("{text} is no need"))))
    }
}

/// Each operation and what it needs, as printed.
const ROUTES: &[(Need, &[&str])] = &[
    (
        Need::Anybody,
        &[
            "create_report",
            "support_report",
            "list_similar",
            "read_receipt",
            "withdraw_report",
            "list_municipalities",
            "get_municipality",
            "list_focus_areas",
            "list_releases",
            "search_places",
            "create_session",
            "get_session",
            "delete_session",
            "list_providers",
            "begin_oidc",
            "finish_oidc",
            "put_photo",
            "delete_photo",
            "list_own_photos",
            "list_photos",
            "get_photo",
            "get_thumbnail",
            "ask_passkey",
            "prove_log_in",
            "read_invitation",
            "accept_invitation",
            "list_roles",
            "get_openapi",
            "get_health",
            "get_readiness",
            "get_basemap_config",
            "get_basemap_tiles",
            "describe_focus_areas_tiles",
            "get_focus_areas_tile",
            "describe_heatmap_tiles",
            "get_ogc_landing",
            "get_ogc_description",
            "get_ogc_root",
            "get_ogc_conformance",
            "list_ogc_collections",
            "get_ogc_collection",
        ],
    ),
    (Need::LiveOrPublic, &["list_reports", "get_heatmap", "get_heatmap_tile", "list_ogc_items", "get_ogc_item"]),
    (
        Need::Account,
        &[
            "list_sessions",
            "end_other_sessions",
            "end_session",
            "change_password",
            "list_tokens",
            "create_token",
            "delete_token",
            "list_factors",
            "ask_new_passkey",
            "create_passkey",
            "delete_passkey",
            "ask_new_totp",
            "set_totp",
            "delete_totp",
            "renew_recovery_codes",
        ],
    ),
    (Need::An(Act::SeeLive), &["get_summary", "get_clusters", "get_scan", "get_reports_tile", "describe_reports_tiles"]),
    (Need::An(Act::ReadReports), &["get_report"]),
    (Need::An(Act::HandleReports), &["patch_report"]),
    (Need::An(Act::Moderate), &["list_moderation", "moderate_report", "review_photo"]),
    (Need::An(Act::MergePlaces), &["merge_report", "unmerge_report"]),
    (
        Need::An(Act::ManagePeople),
        &[
            "list_parties",
            "create_party",
            "patch_party",
            "delete_party",
            "list_people",
            "create_person",
            "patch_person",
            "delete_person",
            "invite_person_again",
        ],
    ),
    (Need::An(Act::Audit), &["list_accesses"]),
];

fn table(head: &str, rows: &[(String, Vec<bool>)]) -> String {
    let mut text = format!(
        "| {head} | {} |\n|---|{}\n",
        Role::ALL.iter().map(|role| role.as_str()).collect::<Vec<_>>().join(" | "),
        "---|".repeat(Role::ALL.len())
    );
    for (name, may) in rows {
        let _ = writeln!(text, "| `{name}` | {} |", may.iter().map(|may| if *may { "yes" } else { "–" }).collect::<Vec<_>>().join(" | "));
    }
    text
}

fn of<T: Copy>(rows: &[(T, &[Role])], name: fn(T) -> &'static str) -> Vec<(String, Vec<bool>)> {
    rows.iter().map(|(code, roles)| (name(*code).to_owned(), Role::ALL.iter().map(|role| roles.contains(role)).collect())).collect()
}

fn routes_table() -> String {
    let mut text = "| needs | operations |\n|---|---|\n".to_owned();
    for (need, operations) in ROUTES {
        let named: Vec<String> = operations.iter().map(|operation| format!("`{operation}`")).collect();
        let _ = writeln!(text, "| {} | {} |", need.name(), named.join(" "));
    }
    text
}

/// The plan that Lykta brings.
fn retention_table() -> String {
    let plan: Value = serde_json::from_str(include_str!("../../src/data/retention.json")).unwrap();
    let mut text = "| class | what | action | after | counted from |\n|---|---|---|---|---|\n".to_owned();
    for rule in plan.as_array().unwrap() {
        let [class, what, action, trigger] = ["class", "en", "action", "trigger"].map(|field| rule[field].as_str().unwrap());
        let after = rule["months"].as_u64().map_or("–".to_owned(), |months| format!("{months} months"));
        let _ = writeln!(text, "| `{class}` | {what} | {action} | {after} | {trigger} |");
    }
    text
}

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/privacy.md");

fn printed(page: &str, name: &str) -> String {
    let (begin, end) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let from = page.find(&begin).unwrap_or_else(|| panic!("no {name} in the page")) + begin.len();
    page[from..from + page[from..].find(&end).expect("an end")].to_owned()
}

/// Rows of a printed table: the first cell, and the others.
fn rows(text: &str) -> Vec<(String, Vec<String>)> {
    let cells = |line: &str| line.trim_matches('|').split('|').map(|cell| cell.trim().trim_matches('`').to_owned()).collect::<Vec<_>>();
    text.lines().skip(2).map(|line| (cells(line)[0].clone(), cells(line)[1..].to_vec())).collect()
}

/// `LYKTA_BLESS=1` writes the tables of the page anew.
#[test]
fn the_page_prints_the_table() {
    let made = [
        ("acts", table("act", &of(TABLE, Act::as_str))),
        ("reads", table("class", &of(READS, Secrecy::as_str))),
        ("routes", routes_table()),
        ("retention", retention_table()),
    ];
    let mut page = std::fs::read_to_string(PAGE).expect("docs/privacy.md");
    if std::env::var_os("LYKTA_BLESS").is_some() {
        for (name, table) in &made {
            let old = format!("<!-- {name} -->\n{}<!-- /{name} -->", printed(&page, name));
            page = page.replace(&old, &format!("<!-- {name} -->\n{table}<!-- /{name} -->"));
        }
        std::fs::write(PAGE, &page).expect("written");
    }
    for (name, table) in made {
        assert_eq!(printed(&page, name), table, "docs/privacy.md: {name}; LYKTA_BLESS=1 writes it anew");
    }
}

/// What a role may, as the page prints it.
struct Printed {
    acts: BTreeMap<(String, String), bool>,
    routes: BTreeMap<String, Need>,
}

impl Printed {
    fn read() -> Self {
        let page = std::fs::read_to_string(PAGE).expect("docs/privacy.md");
        let mut acts = BTreeMap::new();
        for (act, cells) in rows(&printed(&page, "acts")) {
            for (role, cell) in Role::ALL.iter().zip(cells) {
                acts.insert((act.clone(), role.to_string()), cell == "yes");
            }
        }
        let mut routes = BTreeMap::new();
        for (need, cells) in rows(&printed(&page, "routes")) {
            routes.extend(cells[0].split(' ').map(|operation| (operation.trim_matches('`').to_owned(), Need::parse(&need))));
        }
        Self { acts, routes }
    }

    fn may(&self, role: &str, act: Act) -> bool {
        self.acts.get(&(act.to_string(), role.to_owned())).copied().unwrap_or(false)
    }
}

/// Who asks.
struct Asker {
    /// A role, `anybody` or `operator`.
    role: String,
    headers: Vec<(&'static str, String)>,
}

impl Asker {
    fn with(role: &str, headers: &[(&'static str, &str)]) -> Self {
        Self { role: role.to_owned(), headers: headers.iter().map(|(name, value)| (*name, (*value).to_owned())).collect() }
    }

    async fn ask(&self, app: &TestApp, question: &Question) -> Answer {
        let mut headers: Vec<(&str, &str)> = self.headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        headers.extend(question.headers.iter().map(|(name, value)| (*name, value.as_str())));
        app.call(question.method.clone(), &question.path, question.body.clone(), &headers).await
    }
}

/// A request about one kommun.
struct Question {
    method: Method,
    path: String,
    body: Option<Value>,
    headers: Vec<(&'static str, String)>,
}

fn get(path: String) -> Question {
    Question { method: Method::GET, path, body: None, headers: Vec::new() }
}

fn send(method: Method, path: String, body: Option<Value>) -> Question {
    Question { method, path, body, headers: Vec::new() }
}

/// What there is in a kommun to be asked for.
struct Ground {
    code: &'static str,
    at: [f64; 2],
    report: String,
    /// Another report, of the same place.
    beside: String,
    secret: String,
    /// Of the report; nobody has looked at it.
    photo: String,
    party: Party,
}

impl Ground {
    async fn make(app: &TestApp, (code, at): (&'static str, [f64; 2]), party: Party) -> Self {
        app.activate(code).await;
        let secret = format!("hemligt i {code}");
        let place = json!({"type": "Point", "coordinates": at});
        let sent = app.report(a_report(json!({"location": place, "category": "lighting_broken", "note": secret}))).await;
        let (report, photo) = (sent["id"].as_str().unwrap().to_owned(), new_id());
        let taken = photos::send(app, sent["receipt"].as_str().unwrap(), &photo, "image/png", photos::noise(8, 8)).await;
        assert!(taken.status.is_success());
        let beside = app.report(a_report(json!({"location": place}))).await["id"].as_str().unwrap().to_owned();
        // Everybody may see it, and say "me too".
        app.moderate(&report, Moderation::Shown).await;
        // One that guests may see.
        let open = app.report(a_report(json!({"location": place}))).await["id"].as_str().unwrap().to_owned();
        classify(app, &open, Secrecy::Public).await;
        Self { code, at, report, beside, secret, photo, party }
    }

    /// A request of each operation, as somebody would make it who wants something of this kommun.
    async fn question(&self, app: &TestApp, operation: &str) -> Question {
        let Self { code, at: [lon, lat], report, .. } = self;
        let assignments = json!([{"party": self.party.id.to_string(), "role": "coordinator"}]);
        match operation {
            "create_report" => send(
                Method::POST,
                "/api/v1/reports".to_owned(),
                Some(a_report(json!({"location": {"type": "Point", "coordinates": [lon, lat]}}))),
            ),
            "support_report" => send(
                Method::POST,
                format!("/api/v1/reports/{report}/support"),
                Some(json!({"reporter": "0f1e2d3c4b5a69788796a5b4c3d2e1f0"})),
            ),
            "list_reports" => get(format!("/api/v1/reports?municipality={code}")),
            "get_report" => get(format!("/api/v1/reports/{report}")),
            "patch_report" => {
                let tag = format!("\"{code}-{}\"", version(app, report).await);
                let body = json!({"answer": format!("Svar {tag}")});
                Question { headers: vec![("if-match", tag)], ..send(Method::PATCH, format!("/api/v1/reports/{report}"), Some(body)) }
            }
            "list_similar" => get(format!("/api/v1/similar?lon={lon}&lat={lat}&category=dark")),
            "list_accesses" => get(format!("/api/v1/access?municipality={code}")),
            "list_moderation" => get(format!("/api/v1/moderation?municipality={code}")),
            "moderate_report" => {
                let tag = format!("\"{code}-{}\"", version(app, report).await);
                let body = json!({"state": "shown"});
                Question {
                    headers: vec![("if-match", tag)],
                    ..send(Method::PUT, format!("/api/v1/reports/{report}/moderation"), Some(body))
                }
            }
            "review_photo" => send(Method::PUT, format!("/api/v1/photos/{}/review", self.photo), Some(json!({"state": "shown"}))),
            "merge_report" => send(Method::PUT, format!("/api/v1/reports/{report}/place"), Some(json!({"with": self.beside}))),
            "unmerge_report" => send(Method::DELETE, format!("/api/v1/reports/{report}/place"), None),
            "get_heatmap" => get(format!("/api/v1/heatmap?municipality={code}&size_m=250")),
            "get_summary" => get(format!("/api/v1/summary?municipality={code}")),
            "get_clusters" => get(format!("/api/v1/clusters?municipality={code}&eps_m=100&min_points=2")),
            "get_scan" => get(format!("/api/v1/scan?municipality={code}&group=light&size_m=500")),
            "get_heatmap_tile" => get(format!("/tiles/heatmap/10/{}.mvt?municipality={code}", tile(*lon, *lat))),
            "get_reports_tile" => get(format!("/tiles/reports/10/{}.mvt?municipality={code}", tile(*lon, *lat))),
            "describe_reports_tiles" => get(format!("/tiles/reports.json?municipality={code}")),
            "describe_heatmap_tiles" => get(format!("/tiles/heatmap.json?municipality={code}")),
            "list_ogc_items" => get(format!("/ogc/collections/heatmap/items?municipality={code}&size_m=250&f=json")),
            "get_ogc_item" => get(format!("/ogc/collections/reports/items/{report}?f=json")),
            "list_sessions" | "end_other_sessions" => {
                let method = if operation == "list_sessions" { Method::GET } else { Method::DELETE };
                send(method, "/api/v1/account/sessions".to_owned(), None)
            }
            "end_session" => send(Method::DELETE, format!("/api/v1/account/sessions/{}", new_id()), None),
            "change_password" => send(Method::POST, "/api/v1/account/password".to_owned(), Some(json!({"current": "x", "password": "y"}))),
            "list_tokens" => get("/api/v1/account/tokens".to_owned()),
            "create_token" => send(
                Method::POST,
                "/api/v1/account/tokens".to_owned(),
                Some(json!({"name": "x", "scope": "read", "expires_on": "2026-12-24"})),
            ),
            "delete_token" => send(Method::DELETE, format!("/api/v1/account/tokens/{}", new_id()), None),
            "list_factors" => get("/api/v1/account/factors".to_owned()),
            "ask_new_passkey" => send(Method::POST, "/api/v1/account/passkeys/options".to_owned(), None),
            "create_passkey" => {
                send(Method::POST, "/api/v1/account/passkeys".to_owned(), Some(json!({"ceremony": "x", "name": "x", "credential": {}})))
            }
            "delete_passkey" => send(Method::DELETE, format!("/api/v1/account/passkeys/{}", new_id()), None),
            "ask_new_totp" => send(Method::POST, "/api/v1/account/totp".to_owned(), None),
            "set_totp" => send(Method::PUT, "/api/v1/account/totp".to_owned(), Some(json!({"ceremony": "x", "code": "000000"}))),
            "delete_totp" => send(Method::DELETE, "/api/v1/account/totp".to_owned(), None),
            "renew_recovery_codes" => send(Method::POST, "/api/v1/account/recovery-codes".to_owned(), None),
            "list_parties" => get("/api/v1/parties".to_owned()),
            "list_people" => get("/api/v1/people".to_owned()),
            "create_party" => send(
                Method::POST,
                "/api/v1/parties".to_owned(),
                Some(json!({"id": new_id(), "parent": self.party.id.to_string(), "kind": "administration", "name": "Ny"})),
            ),
            "patch_party" => {
                send(Method::PATCH, format!("/api/v1/parties/{}", self.party.id), Some(json!({"name": format!("Ny {}", new_id())})))
            }
            "delete_party" => {
                // Below the party that is looked after.
                let id = new_id();
                let root = Actor::System;
                let new = lykta::app::parties::NewParty {
                    id: lykta::domain::ids::PartyId(id.parse().unwrap()),
                    parent: self.party.id,
                    kind: PartyKind::Administration,
                    name: "Bort".to_owned(),
                    municipalities: None,
                    valid_until: None,
                };
                app.app.add_party(&root, new).await.unwrap();
                send(Method::DELETE, format!("/api/v1/parties/{id}"), None)
            }
            "create_person" => send(
                Method::POST,
                "/api/v1/people".to_owned(),
                Some(json!({"id": new_id(), "login": format!("{}@kommun.example", new_id()), "name": "Ny", "assignments": assignments})),
            ),
            "patch_person" | "delete_person" | "invite_person_again" => {
                let (id, _) = app.member(Role::Planner, &self.party).await;
                match operation {
                    "patch_person" => send(Method::PATCH, format!("/api/v1/people/{id}"), Some(json!({"name": "Annat namn"}))),
                    "delete_person" => send(Method::DELETE, format!("/api/v1/people/{id}"), None),
                    _ => send(Method::POST, format!("/api/v1/people/{id}/invitation"), None),
                }
            }
            "list_municipalities" => get("/api/v1/municipalities".to_owned()),
            "get_municipality" => get(format!("/api/v1/municipalities/{code}")),
            "list_focus_areas" => get(format!("/api/v1/municipalities/{code}/focus-areas")),
            "list_releases" => get(format!("/api/v1/municipalities/{code}/releases")),
            "search_places" => get(format!("/api/v1/places?q=a&municipality={code}")),
            "get_session" => get("/api/v1/session".to_owned()),
            "list_roles" => get("/api/v1/roles".to_owned()),
            other => panic!("{other}: how is it asked?"),
        }
    }
}

/// Operations of no kommun, whose answers are shown elsewhere not to depend on who asks, or which end the session that asks.
const ELSEWHERE: &[&str] = &[
    "read_receipt",
    "withdraw_report",
    "create_session",
    "delete_session",
    "list_providers",
    "begin_oidc",
    "finish_oidc",
    "put_photo",
    "delete_photo",
    "list_own_photos",
    "list_photos",
    "get_photo",
    "get_thumbnail",
    "ask_passkey",
    "prove_log_in",
    "read_invitation",
    "accept_invitation",
    "get_openapi",
    "get_health",
    "get_readiness",
    "get_basemap_config",
    "get_basemap_tiles",
    "describe_focus_areas_tiles",
    "get_focus_areas_tile",
    "get_ogc_landing",
    "get_ogc_description",
    "get_ogc_root",
    "get_ogc_conformance",
    "list_ogc_collections",
    "get_ogc_collection",
];

async fn classify(app: &TestApp, report: &str, secrecy: Secrecy) {
    let id = ReportId::parse(report).unwrap();
    let detail = app.app.report_detail(&Actor::System, id).await.unwrap().report;
    if detail.secrecy != secrecy {
        let patch = Patch { secrecy: Some(secrecy), ..Patch::default() };
        app.app.patch_report(&Actor::System, id, &[(detail.municipality, detail.version)], patch).await.unwrap();
    }
}

async fn version(app: &TestApp, report: &str) -> i64 {
    app.app.report_detail(&Actor::System, ReportId::parse(report).unwrap()).await.unwrap().report.version
}

/// Column and row of the tile of zoom 10 that a place lies on.
fn tile(lon: f64, lat: f64) -> String {
    let sides = 1024.0;
    let row = (1.0 - lat.to_radians().tan().asinh() / std::f64::consts::PI) / 2.0;
    format!("{}/{}", ((lon + 180.0) / 360.0 * sides).floor(), (row * sides).floor())
}

/// The kind of party that gives a role.
fn kind_for(role: Role) -> PartyKind {
    match role {
        Role::Kommunpolis => PartyKind::PoliceDistrict,
        Role::Guest => PartyKind::HousingCompany,
        _ => PartyKind::Municipality,
    }
}

/// Everybody there is to ask: nobody, the operator, and somebody of each role in [`OWN`].
async fn askers(app: &TestApp, own: &Party) -> Vec<Asker> {
    let mut askers = vec![Asker::with("anybody", &[]), Asker::with("operator", &[("authorization", &format!("Bearer {TOKEN}"))])];
    for role in Role::ALL {
        let party = if kind_for(*role) == PartyKind::Municipality { own.clone() } else { app.party(kind_for(*role), &[OWN.0]).await };
        let (_, cookie) = app.member(*role, &party).await;
        askers.push(Asker::with(role.as_str(), &[("cookie", &cookie), ("sec-fetch-site", "same-origin")]));
    }
    askers
}

fn operations() -> Vec<String> {
    let document: Value = serde_json::from_str(&lykta::http::openapi::json()).unwrap();
    let items = document["paths"].as_object().unwrap().values();
    items
        .flat_map(|item| item.as_object().unwrap().values())
        .map(|operation| operation["operationId"].as_str().unwrap().to_owned())
        .collect()
}

both! {
    /// Route × role × kommun: whoever may gets an answer, whoever may not gets none, and nothing of the kommun is in it.
    async fn every_route_answers_every_role_as_the_page_says(app) {
        let printed = Printed::read();
        let (own, next) = (app.party(PartyKind::Municipality, &[OWN.0]).await, app.party(PartyKind::Municipality, &[NEXT.0]).await);
        let grounds = [Ground::make(&app, OWN, own.clone()).await, Ground::make(&app, NEXT, next).await];
        let askers = askers(&app, &own).await;
        let (mut cells, mut differences) = (0, Vec::new());
        for operation in operations() {
            let need = *printed.routes.get(&operation).unwrap_or_else(|| panic!("{operation} is not on the page"));
            if ELSEWHERE.contains(&operation.as_str()) {
                assert_eq!(need, Need::Anybody, "{operation}");
                continue;
            }
            for ground in &grounds {
                let public = askers[0].ask(&app, &ground.question(&app, &operation).await).await;
                for asker in &askers {
                    let answer = asker.ask(&app, &ground.question(&app, &operation).await).await;
                    let (role, status, here) = (asker.role.as_str(), answer.status.as_u16(), ground.code == OWN.0);
                    let may = |act| match role {
                        "anybody" => false,
                        "operator" => printed.may("planner", act),
                        _ => here && printed.may(role, act),
                    };
                    let text = String::from_utf8_lossy(&answer.bytes);
                    let refused = matches!(status, 401 | 403 | 404);
                    let right = match need {
                        Need::Account if role == "anybody" => status == 401,
                        Need::Account if role == "operator" => status == 403,
                        // A session or token that is nobody's is not found, a wrong password is told: the route was heard.
                        Need::Account => status != 401 && status != 403,
                        Need::LiveOrPublic if operation == "get_ogc_item" => answer.status.is_success() == may(Act::Export) && (refused || answer.status.is_success()),
                        Need::LiveOrPublic if operation == "list_reports" => answer.status.is_success() && may(Act::ReadReports) != (answer.bytes == public.bytes),
                        Need::LiveOrPublic => answer.status.is_success() && (may(Act::SeeLive) != (answer.bytes == public.bytes)),
                        // A list of one's own shows nothing of the next kommun.
                        Need::An(act) if operation == "list_parties" || operation == "list_people" => {
                            text.contains(&ground.party.id.to_string()) == may(act) && (answer.status.is_success() || refused)
                        }
                        // Tells how tiles are asked for, and nothing of a kommun.
                        Need::An(act) if operation == "describe_reports_tiles" && !here => {
                            answer.status.is_success() == (role == "operator" || printed.may(role, act))
                        }
                        // A parent that is not one's own is like none.
                        Need::An(act) if !may(act) => refused || (matches!(operation.as_str(), "create_party" | "create_person") && status == 422),
                        Need::Anybody | Need::An(_) => answer.status.is_success(),
                    };
                    let leaks = text.contains(&ground.secret) && !may(Act::ReadReports);
                    cells += 1;
                    if !right || leaks {
                        differences.push(format!("{operation} as {role} in {}: {status} {}", ground.code, text.chars().take(160).collect::<String>()));
                    }
                }
            }
        }
        println!("route × role × kommun: {cells} cells tried, {} differences", differences.len());
        assert!(differences.is_empty(), "{}", differences.join("\n"));
        assert!(cells > 600, "{cells}");
    }

    /// An id of the next kommun answers, byte for byte, like one that does not exist, whatever one asks with it.
    async fn an_id_across_the_wall_is_like_none(app) {
        let (own, next) = (app.party(PartyKind::Municipality, &[OWN.0]).await, app.party(PartyKind::Municipality, &[NEXT.0]).await);
        app.activate(OWN.0).await;
        let there = Ground::make(&app, NEXT, next.clone()).await;
        let (person, theirs) = app.member(Role::Coordinator, &next).await;
        let token = app.as_holder(Method::POST, &theirs, "/api/v1/account/tokens", Some(json!({"name": "x", "scope": "read", "expires_on": "2026-12-24"}))).await.json()["id"].as_str().unwrap().to_owned();
        let asked = app.as_holder(Method::POST, &theirs, "/api/v1/account/passkeys/options", None).await.json();
        let credential = Authenticator::new(7).create(&asked["options"]);
        let made = json!({"ceremony": asked["ceremony"], "name": "x", "credential": credential});
        let passkey = app.as_holder(Method::POST, &theirs, "/api/v1/account/passkeys", Some(made)).await.json()["passkey"]["id"].as_str().unwrap().to_owned();
        let session = app.as_holder(Method::GET, &theirs, "/api/v1/account/sessions", None).await.json()["sessions"][0]["id"].as_str().unwrap().to_owned();
        let tag = format!("\"{}-{}\"", NEXT.0, version(&app, &there.report).await);
        let (mut tried, mut leaks) = (0, Vec::new());
        for asker in askers(&app, &own).await.iter().filter(|asker| asker.role != "operator") {
            for (id, method, path, body) in [
                (there.report.as_str(), Method::GET, "/api/v1/reports/{}", None),
                (&there.report, Method::PATCH, "/api/v1/reports/{}", Some(json!({"answer": "Nej"}))),
                (&there.report, Method::PATCH, "/api/v1/reports/{}", Some(json!({"secrecy": "public"}))),
                (&there.report, Method::PATCH, "/api/v1/reports/{}", Some(json!({"status": "declined"}))),
                (&there.report, Method::GET, "/ogc/collections/reports/items/{}?f=json", None),
                (&there.report, Method::PUT, "/api/v1/reports/{}/moderation", Some(json!({"state": "rejected", "reason": "spam"}))),
                (&there.report, Method::PUT, "/api/v1/reports/{}/place", Some(json!({"with": there.beside}))),
                (&there.report, Method::DELETE, "/api/v1/reports/{}/place", None),
                // Nobody has shown this one: one does not say "me too" to what one cannot see.
                (&there.beside, Method::POST, "/api/v1/reports/{}/support", Some(json!({"reporter": "0f1e2d3c4b5a69788796a5b4c3d2e1f0"}))),
                (&there.photo, Method::GET, "/api/v1/photos/{}", None),
                (&there.photo, Method::GET, "/api/v1/photos/{}/thumbnail", None),
                (&there.photo, Method::PUT, "/api/v1/photos/{}/review", Some(json!({"state": "shown"}))),
                (&there.photo, Method::DELETE, "/api/v1/photos/{}", None),
                (&there.beside, Method::GET, "/api/v1/reports/{}/photos", None),
                (&session, Method::DELETE, "/api/v1/account/sessions/{}", None),
                (&token, Method::DELETE, "/api/v1/account/tokens/{}", None),
                (&passkey, Method::DELETE, "/api/v1/account/passkeys/{}", None),
                (&next.id.to_string(), Method::PATCH, "/api/v1/parties/{}", Some(json!({"name": "Min"}))),
                (&next.id.to_string(), Method::DELETE, "/api/v1/parties/{}", None),
                (&person.to_string(), Method::PATCH, "/api/v1/people/{}", Some(json!({"closed": true}))),
                (&person.to_string(), Method::DELETE, "/api/v1/people/{}", None),
                (&person.to_string(), Method::POST, "/api/v1/people/{}/invitation", None),
            ] {
                let ask = async |id: &str| {
                    let question = Question { headers: vec![("if-match", tag.clone())], ..send(method.clone(), path.replace("{}", id), body.clone()) };
                    let answer = asker.ask(&app, &question).await;
                    let said = String::from_utf8_lossy(&answer.bytes).replace(id, "ID");
                    (answer.status, answer.header("etag").to_owned(), said)
                };
                let (across, none) = (ask(id).await, ask(&new_id()).await);
                tried += 1;
                if across != none || across.0.is_success() {
                    leaks.push(format!("{method} {path} as {}: {across:?} but {none:?}", asker.role));
                }
            }
            // By a body, too.
            for (path, make) in [
                ("/api/v1/parties", json!({"id": "NEW", "parent": "ID", "kind": "administration", "name": "Ny"})),
                ("/api/v1/people", json!({"id": "NEW", "login": "ny@kommun.example", "name": "Ny", "assignments": [{"party": "ID", "role": "planner"}]})),
            ] {
                let ask = async |id: &str| {
                    let body: Value = serde_json::from_str(&make.to_string().replace("ID", id).replace("NEW", &new_id())).unwrap();
                    let answer = asker.ask(&app, &send(Method::POST, path.to_owned(), Some(body))).await;
                    (answer.status, String::from_utf8_lossy(&answer.bytes).replace(id, "ID"))
                };
                let (across, none) = (ask(&next.id.to_string()).await, ask(&new_id()).await);
                tried += 1;
                if across != none || across.0.is_success() {
                    leaks.push(format!("POST {path} as {}: {across:?} but {none:?}", asker.role));
                }
            }
        }
        println!("ids across the wall: {tried} tried, {} leaks", leaks.len());
        assert!(leaks.is_empty(), "{}", leaks.join("\n"));
    }

    /// Class × role: in lists, by id, in counts, on the map, in tiles, exports, GIS and among similar reports.
    async fn a_class_that_one_does_not_read_is_nowhere(app) {
        let own = app.party(PartyKind::Municipality, &[OWN.0]).await;
        app.activate(OWN.0).await;
        let askers = askers(&app, &own).await;
        let beside = app.report(a_report(json!({}))).await["id"].as_str().unwrap().to_owned();
        classify(&app, &beside, Secrecy::Public).await;
        let report = app.report(a_report(json!({"note": "hemlighet"}))).await["id"].as_str().unwrap().to_owned();
        let page = std::fs::read_to_string(PAGE).unwrap();
        let mut tried = 0;
        for (class, cells) in rows(&printed(&page, "reads")) {
            classify(&app, &report, Secrecy::parse(&class).unwrap()).await;
            for asker in &askers[1..] {
                let column = Role::ALL.iter().position(|role| role.as_str() == asker.role).unwrap_or(Role::Planner.index());
                let (role, reads) = (Role::ALL[column], cells[column] == "yes");
                let sees = lykta::domain::permission::allows(role, Act::SeeLive);
                let shown = usize::from(sees) + usize::from(sees && reads);
                let ask = async |path: String| asker.ask(&app, &get(path)).await;
                let what = format!("{class} as {}", asker.role);
                let heatmap = ask("/api/v1/heatmap?municipality=1060&size_m=250".to_owned()).await.json();
                assert_eq!(heatmap["total"].as_u64().unwrap_or(0), shown as u64, "{what}: heatmap");
                let by_box = ask("/api/v1/heatmap?bbox=14.4,56.2,14.6,56.4".to_owned()).await.json();
                assert_eq!(by_box["total"].as_u64().unwrap_or(0), shown as u64, "{what}: by a box");
                if sees {
                    let summary = ask("/api/v1/summary?municipality=1060".to_owned()).await.json();
                    assert_eq!(summary["total"], shown, "{what}: summary");
                    assert_eq!(summary["source"]["resident"], shown, "{what}: by source");
                    let tile = ask(format!("/tiles/reports/14/{}.mvt?municipality=1060", tile_14())).await;
                    let points = mvt_reader::Reader::new(tile.bytes).unwrap().get_features(0).unwrap().len();
                    assert_eq!(points, shown, "{what}: tile");
                }
                let reads_it = reads && lykta::domain::permission::allows(role, Act::ReadReports);
                let one = ask(format!("/api/v1/reports/{report}")).await;
                assert_eq!(one.status.is_success(), reads_it, "{what}: by id");
                if lykta::domain::permission::allows(role, Act::ReadReports) {
                    for filter in ["", "&source=resident", "&category=dark", "&polygon=14.5%2056.2,14.6%2056.2,14.6%2056.4,14.5%2056.4"] {
                        let list = ask(format!("/api/v1/reports?municipality=1060{filter}")).await.json();
                        assert_eq!((list["total"].clone(), list["features"].as_array().unwrap().len()), (json!(shown), shown), "{what}: list {filter}");
                        assert_eq!(list.to_string().contains("hemlighet"), reads, "{what}: list {filter}");
                    }
                    let detail = ask(format!("/api/v1/reports/{beside}")).await.json();
                    assert_eq!(detail.to_string().contains(&report), reads, "{what}: similar");
                }
                if lykta::domain::permission::allows(role, Act::Export) {
                    let csv = app.call(Method::GET, "/api/v1/reports?municipality=1060", None, &[("accept", "text/csv"), (asker.headers[0].0, &asker.headers[0].1)]).await;
                    assert_eq!(String::from_utf8_lossy(&csv.bytes).contains("hemlighet"), reads, "{what}: CSV");
                    let gis = ask("/ogc/collections/reports/items?municipality=1060&f=json".to_owned()).await.json();
                    assert_eq!(gis["numberMatched"], shown, "{what}: GIS");
                    assert_eq!(ask(format!("/ogc/collections/reports/items/{report}?f=json")).await.status.is_success(), reads, "{what}: GIS by id");
                }
                tried += 1;
            }
        }
        println!("class × role: {tried} tried");
        // Nobody moves it to where they would not see it, and not back from there.
        let coordinator = &askers[2];
        assert_eq!(coordinator.role, "coordinator");
        classify(&app, &report, Secrecy::Kommun).await;
        let patch = async |class: &str| {
            let tag = format!("\"1060-{}\"", version(&app, &report).await);
            let question = Question { headers: vec![("if-match", tag)], ..send(Method::PATCH, format!("/api/v1/reports/{report}"), Some(json!({"secrecy": class}))) };
            coordinator.ask(&app, &question).await
        };
        assert_eq!(patch("police").await.faults(), [("/secrecy".to_owned(), "beyond_right".to_owned())]);
        let moved = patch("restricted").await;
        assert_eq!((moved.status.as_u16(), moved.json()["properties"]["secrecy"].clone()), (200, json!("restricted")));
    }

    /// A kommunpolis sees the kommuner of the district side by side, and no other.
    async fn a_kommunpolis_sees_the_district_side_by_side(app) {
        for (code, at) in [OWN, NEXT, ("0780", [14.8059, 56.8777])] {
            app.activate(code).await;
            app.report(a_report(json!({"location": {"type": "Point", "coordinates": at}}))).await;
        }
        let district = app.party(PartyKind::PoliceDistrict, &[OWN.0, "0780"]).await;
        let (_, cookie) = app.member(Role::Kommunpolis, &district).await;
        let ask = async |path: &str| app.as_holder(Method::GET, &cookie, path, None).await;
        let session = ask("/api/v1/session").await.json();
        let codes: Vec<&str> = session["rights"].as_array().unwrap().iter().map(|right| right["municipality"]["code"].as_str().unwrap()).collect();
        assert_eq!(codes, ["0780", "1060"]);
        let all = ask("/api/v1/heatmap?bbox=10,55,20,62").await.json();
        assert_eq!(all["total"], 2, "of a box that all three lie in");
        let list = ask("/api/v1/reports?bbox=10,55,20,62").await.json();
        assert_eq!(list["total"], 2);
        let beyond = format!("/api/v1/reports?municipality={}", NEXT.0);
        assert_eq!(ask(&beyond).await.bytes, app.get(&beyond).await.bytes, "what everybody sees");
        assert_eq!(ask(&beyond).await.json()["total"], 0);
        let gis = ask("/ogc/collections/reports/items?f=json").await.json();
        assert_eq!(gis["numberMatched"], 2);
        assert!(MunicipalityCode::parse(NEXT.0).is_some());
    }
}

fn tile_14() -> String {
    let [lon, lat] = OWN.1;
    let row = (1.0 - lat.to_radians().tan().asinh() / std::f64::consts::PI) / 2.0;
    format!("{}/{}", ((lon + 180.0) / 360.0 * 16_384.0).floor(), (row * 16_384.0).floor())
}
