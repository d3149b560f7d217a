//! Logging in and staying out: passwords, sessions, invitations, tokens, and what becomes of them.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use jiff::SignedDuration;
use lykta::app::people::PersonPatch;
use lykta::domain::actor::Actor;
use lykta::domain::ids::PersonId;
use lykta::domain::party::{Party, PartyKind};
use lykta::domain::permission::Role;
use serde_json::{Value, json};

use crate::app::{Answer, TestApp, a_report, new_id};

const PASSWORD: &str = "lampan över bron blinkar";
const ANOTHER: &str = "cykeln står vid ån i regn";

/// A coordinator of Olofström with a password; their login.
async fn coordinator(app: &TestApp) -> (PersonId, String, Party) {
    app.activate("1060").await;
    let party = app.party(PartyKind::Municipality, &["1060"]).await;
    let (id, _) = app.member(Role::Coordinator, &party).await;
    let link = app.app.invite_again(&Actor::System, id).await.unwrap();
    app.app.accept(&link.key, PASSWORD, None).await.unwrap();
    let login = app.app.account(id).await.unwrap().unwrap().person.login;
    (id, login, party)
}

async fn log_in(app: &TestApp, login: &str, password: &str) -> Answer {
    app.post("/api/v1/session", json!({"login": login, "password": password})).await
}

fn cookie(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", String::from_utf8_lossy(&answer.bytes));
    answer.header("set-cookie").split(';').next().unwrap().to_owned()
}

async fn role(app: &TestApp, cookie: &str) -> Value {
    app.as_holder(Method::GET, cookie, "/api/v1/session", None).await.json()["role"].clone()
}

both! {
    /// The first start: a link that holds once makes the first administrator, who invites the next.
    async fn a_one_time_link_makes_the_first_administrator(app) {
        let link = app.app.first_invitation().await.unwrap().expect("nobody has an account");
        let read = app.post("/api/v1/invitations", json!({"key": link.key})).await.json();
        assert_eq!((read["purpose"].clone(), read["login"].clone()), (json!("first_administrator"), Value::Null));
        let accept = async |body: Value| app.post("/api/v1/invitations/accept", body).await;
        assert_eq!(accept(json!({"key": link.key, "password": PASSWORD})).await.faults(), [("/login".to_owned(), "missing".to_owned())]);
        assert_eq!(accept(json!({"key": link.key, "password": "password1234", "name": "Ada", "login": "ada@kommun.example"})).await.faults(), [("/password".to_owned(), "weak_password".to_owned())]);
        let admin = cookie(&accept(json!({"key": link.key, "password": PASSWORD, "name": "Ada", "login": "Ada@Kommun.Example"})).await);
        assert_eq!(accept(json!({"key": link.key, "password": ANOTHER, "name": "Eva", "login": "eva@kommun.example"})).await.status, 404, "once");
        assert!(app.app.first_invitation().await.unwrap().is_none(), "there is somebody");
        let session = app.as_holder(Method::GET, &admin, "/api/v1/session", None).await.json();
        assert_eq!((session["person"]["login"].clone(), session["everywhere"].clone()), (json!("ada@kommun.example"), json!(["manage_people", "audit"])));

        let ask = async |method: Method, path: &str, body: Value| app.as_holder(method, &admin, path, Some(body)).await;
        let root = app.as_holder(Method::GET, &admin, "/api/v1/parties", None).await.json()["parties"][0]["id"].clone();
        let kommun = json!({"id": new_id(), "parent": root, "kind": "municipality", "name": "Olofströms kommun", "municipalities": ["1060"]});
        assert_eq!(ask(Method::POST, "/api/v1/parties", kommun.clone()).await.status, 201);
        assert_eq!(ask(Method::POST, "/api/v1/parties", kommun.clone()).await.status, 200, "a repeat");
        let mut other = kommun.clone();
        other["name"] = json!("En annan");
        assert_eq!(ask(Method::POST, "/api/v1/parties", other).await.status, 409);
        let person = json!({"id": new_id(), "login": "bo@kommun.example", "name": "Bo", "assignments": [{"party": kommun["id"], "role": "planner"}]});
        let invited = ask(Method::POST, "/api/v1/people", person.clone()).await;
        assert_eq!((invited.status.as_u16(), invited.json()["state"].clone()), (201, json!("invited")));
        let key = invited.json()["invitation"]["link"].as_str().unwrap().split_once("/konto#inbjudan=").unwrap().1.to_owned();
        let bo = cookie(&accept(json!({"key": key, "password": ANOTHER})).await);
        assert_eq!(role(&app, &bo).await, "person");
        for (fault, body) in [
            (("/login", "taken"), json!({"id": new_id(), "login": "BO@kommun.example", "name": "Bo", "assignments": [{"party": kommun["id"], "role": "planner"}]})),
            (("/assignments/0/role", "does_not_fit"), json!({"id": new_id(), "login": "x@kommun.example", "name": "X", "assignments": [{"party": kommun["id"], "role": "kommunpolis"}]})),
            (("/assignments/0/role", "does_not_fit"), json!({"id": new_id(), "login": "x@kommun.example", "name": "X", "assignments": [{"party": kommun["id"], "role": "guest"}]})),
            (("/assignments", "missing"), json!({"id": new_id(), "login": "x@kommun.example", "name": "X", "assignments": []})),
            (("/assignments/0/until", "term_needed"), json!({"id": new_id(), "login": "x@kommun.example", "name": "X", "assignments": [{"party": kommun["id"], "role": "planner", "until": "2020-01-01"}]})),
            (("/assignments/1/role", "taken"), json!({"id": new_id(), "login": "x@kommun.example", "name": "X", "assignments": [{"party": kommun["id"], "role": "planner"}, {"party": kommun["id"], "role": "planner"}]})),
        ] {
            assert_eq!(ask(Method::POST, "/api/v1/people", body).await.faults(), [(fault.0.to_owned(), fault.1.to_owned())]);
        }
        for (fault, body) in [
            (("/kind", "does_not_fit"), json!({"id": new_id(), "parent": kommun["id"], "kind": "police_district", "name": "X"})),
            (("/valid_until", "term_needed"), json!({"id": new_id(), "parent": kommun["id"], "kind": "association", "name": "X"})),
            (("/municipalities", "beyond_parent"), json!({"id": new_id(), "parent": kommun["id"], "kind": "company", "name": "X", "municipalities": ["1862"]})),
            (("/municipalities", "missing"), json!({"id": new_id(), "parent": root, "kind": "municipality", "name": "X"})),
        ] {
            assert_eq!(ask(Method::POST, "/api/v1/parties", body).await.faults(), [(fault.0.to_owned(), fault.1.to_owned())]);
        }
        let path = format!("/api/v1/parties/{}", kommun["id"].as_str().unwrap());
        assert_eq!(ask(Method::DELETE, &path, json!(null)).await.status, 409, "Bo is there");
    }

    /// T29: what one holds before, beside or after a log-in is worth nothing.
    async fn a_session_cannot_be_fixed_stolen_from_the_store_or_outlive_its_end(app) {
        let (id, login, party) = coordinator(&app).await;
        // Fixation: what somebody put into the browser is not taken over.
        let planted = "lykta=p-00000000000000000000000000000000000000000000000000000000000000aa";
        let with = async |cookie: &str| {
            let body = json!({"login": login, "password": PASSWORD}).to_string();
            let request = Request::post("/api/v1/session").header("cookie", cookie).header("content-type", "application/json").body(Body::from(body));
            app.send(request.unwrap()).await
        };
        let first = cookie(&with(planted).await);
        assert_ne!(first, planted);
        assert_eq!((role(&app, planted).await, role(&app, &first).await), (Value::Null, json!("person")));
        let second = cookie(&with(&first).await);
        assert_eq!((role(&app, &first).await, role(&app, &second).await), (Value::Null, json!("person")), "a log-in rotates");
        // Theft: what the store holds opens nothing.
        let stored = app.bytes("SELECT hash FROM session").await;
        assert!(!stored.is_empty());
        for hash in stored {
            for stolen in [lykta::app::keys::hex(&hash), format!("p-{}", lykta::app::keys::hex(&hash))] {
                assert_eq!(role(&app, &format!("lykta={stolen}")).await, Value::Null);
            }
        }
        // A session ends after half an hour without use, and after twelve hours with it.
        app.advance(SignedDuration::from_mins(29));
        assert_eq!(role(&app, &second).await, "person");
        app.advance(SignedDuration::from_mins(31));
        assert_eq!(role(&app, &second).await, Value::Null, "nobody used it");
        let third = cookie(&log_in(&app, &login, PASSWORD).await);
        for _ in 0..35 {
            app.advance(SignedDuration::from_mins(20));
            assert_eq!(role(&app, &third).await, "person");
        }
        app.advance(SignedDuration::from_mins(21));
        assert_eq!(role(&app, &third).await, Value::Null, "twelve hours");
        // One's own sessions, listed and ended.
        let (a, b) = (cookie(&log_in(&app, &login, PASSWORD).await), cookie(&log_in(&app, &login, PASSWORD).await));
        let list = app.as_holder(Method::GET, &a, "/api/v1/account/sessions", None).await.json()["sessions"].clone();
        assert_eq!(list.as_array().unwrap().len(), 2);
        let other = list.as_array().unwrap().iter().find(|session| session["current"] == false).unwrap()["id"].as_str().unwrap().to_owned();
        assert_eq!(app.as_holder(Method::DELETE, &a, &format!("/api/v1/account/sessions/{other}"), None).await.status, 204);
        assert_eq!((role(&app, &a).await, role(&app, &b).await), (json!("person"), Value::Null));
        let c = cookie(&log_in(&app, &login, PASSWORD).await);
        assert_eq!(app.as_holder(Method::DELETE, &a, "/api/v1/account/sessions", None).await.status, 204);
        assert_eq!((role(&app, &a).await, role(&app, &c).await), (json!("person"), Value::Null));
        // A changed password ends the others, a changed role or a closed account all.
        let d = cookie(&log_in(&app, &login, PASSWORD).await);
        let change = async |current: &str, password: &str| app.as_holder(Method::POST, &a, "/api/v1/account/password", Some(json!({"current": current, "password": password}))).await;
        assert_eq!(change("fel lösenord", ANOTHER).await.faults(), [("/current".to_owned(), "wrong_password".to_owned())]);
        assert_eq!(change(PASSWORD, "kort").await.faults(), [("/password".to_owned(), "too_short".to_owned())]);
        let made = json!({"name": "QGIS", "scope": "read", "expires_on": "2026-12-24"});
        assert_eq!(app.as_holder(Method::POST, &a, "/api/v1/account/tokens", Some(made)).await.status, 201);
        assert_eq!(change(PASSWORD, ANOTHER).await.status, 204);
        let left = app.as_holder(Method::GET, &a, "/api/v1/account/tokens", None).await.json();
        assert_eq!(left["tokens"], json!([]), "a thief's tokens end with the password");
        assert_eq!((role(&app, &a).await, role(&app, &d).await), (json!("person"), Value::Null));
        assert_eq!(log_in(&app, &login, PASSWORD).await.status, 401);
        let roles = vec![lykta::app::directory::Assignment { party: party.id, role: Role::Moderator, until: None }];
        app.app.change_person(&Actor::System, id, PersonPatch { assignments: Some(roles), ..PersonPatch::default() }).await.unwrap();
        assert_eq!(role(&app, &a).await, Value::Null);
        let e = cookie(&log_in(&app, &login, ANOTHER).await);
        app.app.change_person(&Actor::System, id, PersonPatch { closed: Some(true), ..PersonPatch::default() }).await.unwrap();
        assert_eq!((role(&app, &e).await, log_in(&app, &login, ANOTHER).await.status.as_u16()), (Value::Null, 401));
    }

    /// A role ends with its day; a guest's with the day of the party.
    async fn a_role_ends_after_its_last_day(app) {
        app.activate("1060").await;
        let party = app.party(PartyKind::HousingCompany, &["1060"]).await;
        let (id, _) = app.member(Role::Guest, &party).await;
        let sees = async || {
            let session = format!("lykta={}", app.app.begin_session(Some(id)).await.unwrap());
            app.as_holder(Method::GET, &session, "/api/v1/summary?municipality=1060", None).await.status.as_u16()
        };
        assert_eq!(app.app.today().to_string(), "2026-11-23");
        assert_eq!(party.valid_until.unwrap().to_string(), "2026-11-24");
        app.advance(SignedDuration::from_hours(34));
        assert_eq!(sees().await, 200, "the evening of the last day");
        app.advance(SignedDuration::from_hours(2));
        assert_eq!((app.app.today().to_string().as_str(), sees().await), ("2026-11-25", 403));
    }

    /// T30: nothing that another site's page sends does anything, log-in and log-out included.
    async fn another_sites_page_does_nothing(app) {
        let (_, login, _) = coordinator(&app).await;
        let session = cookie(&log_in(&app, &login, PASSWORD).await);
        let report = app.report(a_report(json!({}))).await["id"].as_str().unwrap().to_owned();
        let document: Value = serde_json::from_str(&lykta::http::openapi::json()).unwrap();
        let mut tried = 0;
        for (path, item) in document["paths"].as_object().unwrap() {
            for (method, _) in item.as_object().unwrap().iter().filter(|(method, _)| *method != "get") {
                for (name, value) in [("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site"), ("origin", "https://evil.example"), ("origin", "null")] {
                    let path = path.replace("{id}", &report);
                    let request = Request::builder().method(method.to_uppercase().as_str()).uri(&path).header("cookie", &session).header(name, value);
                    let request = request.header("content-type", "application/json").header("host", "lykta.example").body(Body::from("{}")).unwrap();
                    let answer = app.send(request).await;
                    // What needs nobody's rights takes no cookie into account: it is refused for what it says.
                    let harmless = path.ends_with("/receipts") && answer.status == 422 || path.ends_with(&format!("/photos/{report}")) && answer.status == 404;
                    assert!(answer.status == 403 || harmless, "{method} {path} {name}: {value}: {}", answer.status);
                    assert!(answer.headers.get("access-control-allow-origin").is_none());
                    tried += 1;
                }
            }
        }
        assert!(tried > 80, "{tried}");
        assert_eq!(role(&app, &session).await, "person", "still logged in");
        // The control: the same from Lykta's own page is heard.
        assert_eq!(app.as_holder(Method::POST, &session, "/api/v1/account/tokens", Some(json!({"name": "x", "scope": "read", "expires_on": "2026-12-01"}))).await.status, 201);
    }

    /// T32: guessing is limited for the visitor and for the login, and says nothing of who there is.
    async fn guessing_passwords_is_limited_and_tells_nothing(app) {
        let (_, login, _) = coordinator(&app).await;
        let limited = app.serving(lykta::http::HttpSettings { trusted_proxies: vec!["0.0.0.0/0".parse().unwrap()], ..Default::default() });
        let from = async |visitor: &str, login: &str, password: &str| {
            let body = json!({"login": login, "password": password}).to_string();
            let request = Request::post("/api/v1/session").header("x-forwarded-for", visitor).header("content-type", "application/json");
            limited.send(request.body(Body::from(body)).unwrap()).await
        };
        let (known, unknown) = (from("203.0.113.1", &login, "fel fel fel fel").await, from("203.0.113.1", "ingen@kommun.example", "fel fel fel fel").await);
        assert_eq!((known.status, &known.bytes), (unknown.status, &unknown.bytes));
        assert_eq!(from("203.0.113.1", "not an address", "x").await.bytes, known.bytes);
        // Ten wrong ones from one visitor, and that one is heard no longer, right or wrong; another is.
        for _ in 0..9 {
            from("203.0.113.1", "ingen@kommun.example", "x").await;
        }
        assert_eq!(from("203.0.113.1", &login, PASSWORD).await.status, 429);
        assert_eq!(from("203.0.113.2", &login, PASSWORD).await.status, 204);
        // A login is heard twenty times in twenty minutes from one visitor (here: ten a minute), whether somebody has it or not, and two hundred
        // times from everywhere: so a few addresses keep nobody out.
        for name in [login.as_str(), "anna@kommun.example"] {
            let mut heard = 0;
            for at in 0..40 {
                heard += usize::from(from(&format!("198.51.100.{at}"), name, "fel fel fel fel").await.status == 401);
            }
            assert_eq!(heard, 40, "{name}");
        }
        assert_eq!(from("203.0.113.9", &login, PASSWORD).await.status, 204, "nobody keeps somebody else out");
    }

    /// Of many guesses at once no more are heard than of as many after each other.
    async fn many_guesses_at_once_are_no_more_than_ten(app) {
        let (_, login, _) = coordinator(&app).await;
        let guesses = (0..60).map(|at| {
            let (app, login) = (app.clone(), login.clone());
            tokio::spawn(async move { log_in(&app, if at % 2 == 0 { &login } else { "ingen@kommun.example" }, "fel fel fel fel").await.status })
        });
        let mut heard = 0;
        for guess in guesses.collect::<Vec<_>>() {
            heard += usize::from(guess.await.unwrap() == StatusCode::UNAUTHORIZED);
        }
        assert!((1..=10).contains(&heard), "{heard}");
    }

    /// A token that was removed, shown again and again, shuts out nobody behind the same address.
    async fn a_dead_token_shuts_out_nobody(app) {
        let (_, login, _) = coordinator(&app).await;
        let by = async |token: &str| app.call(Method::GET, "/api/v1/summary?municipality=1060", None, &[("authorization", &format!("Bearer {token}"))]).await.status;
        let mut heard = 0;
        for _ in 0..30 {
            heard += usize::from(by("lykta_0000000000000000000000000000000000000000").await == 401);
        }
        assert_eq!(heard, 10, "and is told to wait itself");
        assert_eq!(by(crate::app::TOKEN).await, StatusCode::OK);
        assert_eq!(log_in(&app, &login, PASSWORD).await.status, StatusCode::NO_CONTENT);
        assert_eq!(app.post("/api/v1/invitations", json!({"key": "x"})).await.status, 429, "guessing links counts with it");
    }

    /// A password that held when it was looked at opens nothing once it was reset, or the account closed.
    async fn a_reset_ends_also_what_was_on_its_way_in(app) {
        let (id, login, _) = coordinator(&app).await;
        let on_its_way = app.app.log_in(&login, PASSWORD.to_owned()).await.unwrap().expect("it holds");
        app.app.invite_again(&Actor::System, id).await.unwrap();
        assert!(app.app.begin_proven(Some(on_its_way)).await.unwrap().is_none());
        let link = app.app.invite_again(&Actor::System, id).await.unwrap();
        app.app.accept(&link.key, ANOTHER, None).await.unwrap();
        let on_its_way = app.app.log_in(&login, ANOTHER.to_owned()).await.unwrap().expect("it holds");
        app.app.change_person(&Actor::System, id, PersonPatch { closed: Some(true), ..PersonPatch::default() }).await.unwrap();
        assert!(app.app.begin_proven(Some(on_its_way)).await.unwrap().is_none());
    }

    /// Two changes at once: neither takes back what the other did.
    async fn a_change_writes_only_what_it_was_asked(app) {
        let (id, _, _) = coordinator(&app).await;
        for at in 0..10 {
            let close = app.app.change_person(&Actor::System, id, PersonPatch { closed: Some(true), ..PersonPatch::default() });
            let name = app.app.change_person(&Actor::System, id, PersonPatch { name: Some(format!("Namn {at}")), ..PersonPatch::default() });
            let (closed, named) = tokio::join!(close, name);
            assert!(closed.is_ok() && named.is_ok());
            let row = app.app.account(id).await.unwrap().unwrap().person;
            assert!(row.closed && row.name == format!("Namn {at}"), "{row:?}");
            app.app.change_person(&Actor::System, id, PersonPatch { closed: Some(false), ..PersonPatch::default() }).await.unwrap();
        }
    }

    /// What a kommun may ends, for those below it too.
    async fn a_term_ends_for_those_below_too(app) {
        let (_, _, kommun) = coordinator(&app).await;
        let below = lykta::app::parties::NewParty {
            id: lykta::domain::ids::PartyId(new_id().parse().unwrap()),
            parent: kommun.id,
            kind: PartyKind::Administration,
            name: "Tekniska".to_owned(),
            municipalities: None,
            valid_until: None,
        };
        let administration = app.app.add_party(&Actor::System, below).await.unwrap();
        let (_, planner) = app.member(Role::Planner, &administration.0).await;
        let ask = async || app.as_holder(Method::GET, &planner, "/api/v1/summary?municipality=1060", None).await.status;
        assert_eq!(ask().await, StatusCode::OK);
        app.sql("UPDATE party SET valid_until = '2026-11-22' WHERE kind = 'municipality'").await;
        assert_eq!(ask().await, StatusCode::FORBIDDEN);
    }

    /// The logs name an id for ever: nobody else gets it.
    async fn the_id_of_somebody_erased_is_nobody_elses(app) {
        let (id, _, party) = coordinator(&app).await;
        app.app.erase_person(&Actor::System, id).await.unwrap();
        let assignments = vec![lykta::app::directory::Assignment { party: party.id, role: Role::Planner, until: None }];
        let new = lykta::app::people::NewPerson { id, login: "ny@kommun.example".to_owned(), name: "Ny".to_owned(), assignments };
        assert!(app.app.invite(&Actor::System, new).await.is_err());
    }

    /// Whoever works here and tells of a place does so as a resident: the log does not say who.
    async fn ones_own_report_does_not_say_who(app) {
        let (id, login, _) = coordinator(&app).await;
        let session = cookie(&log_in(&app, &login, PASSWORD).await);
        let sent = app.as_holder(Method::POST, &session, "/api/v1/reports", Some(a_report(json!({})))).await;
        let path = format!("/api/v1/reports/{}", sent.json()["id"].as_str().unwrap());
        let detail = app.as_holder(Method::GET, &session, &path, None).await;
        assert_eq!(detail.json()["properties"]["history"][0]["actor"], "resident");
        assert!(!String::from_utf8_lossy(&detail.bytes).contains(&id.to_string()));
    }

    /// A token does what its owner may at that moment, reads only where it is to, and is nothing for the account itself.
    async fn a_token_is_for_machines(app) {
        let (id, login, _) = coordinator(&app).await;
        let session = cookie(&log_in(&app, &login, PASSWORD).await);
        let report = app.report(a_report(json!({}))).await["id"].as_str().unwrap().to_owned();
        let make = async |scope: &str| {
            let body = json!({"name": "GIS", "scope": scope, "expires_on": "2026-11-25"});
            app.as_holder(Method::POST, &session, "/api/v1/account/tokens", Some(body)).await.json()
        };
        let (read, write) = (make("read").await, make("read_write").await);
        let by = async |token: &Value, method: Method, path: &str, body: Option<Value>, etag: &str| {
            let bearer = format!("Bearer {}", token["token"].as_str().unwrap());
            app.call(method, path, body, &[("authorization", &bearer), ("if-match", etag)]).await
        };
        let path = format!("/api/v1/reports/{report}");
        let seen = by(&read, Method::GET, &path, None, "").await;
        assert_eq!(seen.status, 200);
        let answer = || Some(json!({"answer": "Lampan är lagad."}));
        assert_eq!(by(&read, Method::PATCH, &path, answer(), seen.header("etag")).await.status, 403);
        assert_eq!(by(&write, Method::PATCH, &path, answer(), seen.header("etag")).await.status, 200);
        for token in [&read, &write] {
            assert_eq!(by(token, Method::GET, "/api/v1/account/tokens", None, "").await.status, 403, "nothing of the account");
            assert_eq!(app.post("/api/v1/session", json!({"token": token["token"]})).await.status, 401, "no session of it");
        }
        let listed = app.as_holder(Method::GET, &session, "/api/v1/account/tokens", None).await;
        assert!(!String::from_utf8_lossy(&listed.bytes).contains("lykta_"), "told once");
        assert_eq!(app.as_holder(Method::DELETE, &session, &format!("/api/v1/account/tokens/{}", write["id"].as_str().unwrap()), None).await.status, 204);
        assert_eq!(by(&write, Method::GET, &path, None, "").await.status, 401);
        app.advance(SignedDuration::from_hours(72));
        assert_eq!(by(&read, Method::GET, &path, None, "").await.status, 401, "over");
        let end = app.app.now() + SignedDuration::from_hours(24);
        for _ in 0..lykta::app::session::TOKENS_MAX {
            app.app.make_token(id, "x".to_owned(), lykta::domain::person::Scope::Read, end).await.unwrap();
        }
        assert!(app.app.make_token(id, "x".to_owned(), lykta::domain::person::Scope::Read, end).await.is_err(), "as many as there may be");
    }

    /// Whoever looks after people cannot give themselves anything, nor reach beyond their own parties.
    async fn an_administrator_reaches_no_further_than_the_party(app) {
        let kommun = app.party(PartyKind::Municipality, &["1060"]).await;
        let district = app.party(PartyKind::PoliceDistrict, &["1060", "0780"]).await;
        let (own, admin) = app.member(Role::Administrator, &kommun).await;
        let (police, _) = app.member(Role::Kommunpolis, &district).await;
        let ask = async |method: Method, path: String, body: Option<Value>| app.as_holder(method, &admin, &path, body).await;
        let roles = json!({"assignments": [{"party": kommun.id.to_string(), "role": "coordinator"}]});
        for (path, body) in [(format!("/api/v1/people/{own}"), roles.clone()), (format!("/api/v1/people/{own}"), json!({"closed": true})), (format!("/api/v1/parties/{}", kommun.id), json!({"municipalities": ["1060", "0780"]}))] {
            let refused = ask(Method::PATCH, path, Some(body)).await;
            assert_eq!((refused.status.as_u16(), refused.json()["type"].clone()), (403, json!("/problems/own-rights")));
        }
        assert_eq!(ask(Method::DELETE, format!("/api/v1/people/{own}"), None).await.status, 403);
        assert_eq!(ask(Method::PATCH, format!("/api/v1/people/{police}"), Some(roles)).await.status, 404);
        // Somebody who is also something elsewhere: one changes what they are here, not the account.
        let here = lykta::app::directory::Assignment { party: kommun.id, role: Role::Planner, until: None };
        let there = lykta::app::directory::Assignment { party: district.id, role: Role::Kommunpolis, until: None };
        app.app.change_person(&Actor::System, police, PersonPatch { assignments: Some(vec![here, there]), ..PersonPatch::default() }).await.unwrap();
        let path = format!("/api/v1/people/{police}");
        assert_eq!(ask(Method::PATCH, path.clone(), Some(json!({"closed": true}))).await.status, 403);
        assert_eq!(ask(Method::POST, format!("{path}/invitation"), None).await.status, 403, "a new link would be a way in elsewhere");
        assert_eq!(ask(Method::DELETE, path.clone(), None).await.status, 403);
        let moderator = json!({"assignments": [{"party": kommun.id.to_string(), "role": "moderator"}]});
        let changed = ask(Method::PATCH, path, Some(moderator)).await.json();
        assert_eq!(changed["assignments"].as_array().unwrap().len(), 1, "of the district nothing is seen");
        let held = app.app.held_by(police).await.unwrap();
        assert_eq!(held.len(), 2, "and nothing was lost: {held:?}");
    }

    /// What is done with people stands in the log of each kommun that it concerns, without a name; an erased account leaves nothing else.
    async fn an_erased_account_leaves_an_id(app) {
        let (id, login, _) = coordinator(&app).await;
        let session = cookie(&log_in(&app, &login, PASSWORD).await);
        let report = app.report(a_report(json!({}))).await["id"].as_str().unwrap().to_owned();
        let etag = app.as_holder(Method::GET, &session, &format!("/api/v1/reports/{report}"), None).await.header("etag").to_owned();
        let headers = [("cookie", session.as_str()), ("sec-fetch-site", "same-origin"), ("if-match", &etag)];
        assert_eq!(app.call(Method::PATCH, &format!("/api/v1/reports/{report}"), Some(json!({"answer": "Klart."})), &headers).await.status, 200);
        app.app.erase_person(&Actor::System, id).await.unwrap();
        assert_eq!((role(&app, &session).await, log_in(&app, &login, PASSWORD).await.status.as_u16()), (Value::Null, 401));
        let detail = app.plan(&format!("/api/v1/reports/{report}")).await.json().to_string();
        assert!(detail.contains(&format!("person:{id}")), "who answered is an id: {detail}");
        let folder = tempfile::tempdir().unwrap();
        app.app.backup(&folder.path().join("kopia")).await.unwrap();
        let bytes = std::fs::read(folder.path().join("kopia/lykta.db")).unwrap();
        for secret in [login.as_str(), "A coordinator"] {
            assert!(!bytes.windows(secret.len()).any(|window| window == secret.as_bytes()), "{secret} is in a fresh backup");
        }
        assert!(bytes.windows(36).any(|window| window == id.to_string().as_bytes()), "the control: the log keeps the id");
    }
}
