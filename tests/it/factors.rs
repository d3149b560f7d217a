//! Logging in beside or instead of a password: passkeys, authenticator apps, recovery codes.

use axum::http::{Method, StatusCode};
use jiff::SignedDuration;
use lykta::domain::actor::Actor;
use lykta::domain::ids::PersonId;
use lykta::domain::party::PartyKind;
use lykta::domain::permission::Role;
use serde_json::{Value, json};
use totp_rs::{Builder, Secret};

use crate::app::{Answer, TestApp};
use crate::authenticator::Authenticator;

const PASSWORD: &str = "lampan över bron blinkar";

/// Somebody with a password: id, login, cookie of a session.
async fn somebody(app: &TestApp) -> (PersonId, String, String) {
    app.activate("1060").await;
    let party = app.party(PartyKind::Municipality, &["1060"]).await;
    let (id, _) = app.member(Role::Coordinator, &party).await;
    let link = app.app.invite_again(&Actor::System, id).await.unwrap();
    app.app.accept(&link.key, PASSWORD, None).await.unwrap();
    let login = app.app.account(id).await.unwrap().unwrap().person.login;
    let cookie = cookie(&log_in(app, &login).await);
    (id, login, cookie)
}

/// The same service with nothing counted yet: how often one may try is shown elsewhere.
fn patient(app: &TestApp) -> TestApp {
    app.serving(lykta::http::HttpSettings::default())
}

async fn log_in(app: &TestApp, login: &str) -> Answer {
    patient(app).post("/api/v1/session", json!({"login": login, "password": PASSWORD})).await
}

fn cookie(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", String::from_utf8_lossy(&answer.bytes));
    answer.header("set-cookie").split(';').next().unwrap().to_owned()
}

async fn awaited(app: &TestApp, login: &str) -> Value {
    let answer = log_in(app, login).await;
    assert_eq!((answer.status, answer.header("set-cookie")), (StatusCode::ACCEPTED, ""), "no session yet");
    answer.json()
}

async fn ask(app: &TestApp, cookie: &str, method: Method, path: &str, body: Option<Value>) -> Answer {
    app.as_holder(method, cookie, &format!("/api/v1/account/{path}"), body).await
}

async fn prove(app: &TestApp, ceremony: &Value, more: Value) -> Answer {
    let mut body = more;
    body["ceremony"] = ceremony["ceremony"].clone();
    patient(app).post("/api/v1/session/proof", body).await
}

async fn role(app: &TestApp, cookie: &str) -> Value {
    app.as_holder(Method::GET, cookie, "/api/v1/session", None).await.json()["role"].clone()
}

/// What an authenticator app with this secret shows now.
pub(crate) fn code(app: &TestApp, secret: &str) -> String {
    let bytes = base32::decode(base32::Alphabet::Rfc4648 { padding: false }, secret).unwrap();
    let shown = Builder::new().with_secret(Secret::new_stack(bytes.try_into().unwrap())).build().unwrap();
    shown.generate(app.app.now().as_second() as u64).to_string()
}

async fn add_totp(app: &TestApp, cookie: &str) -> (String, Value) {
    let asked = ask(app, cookie, Method::POST, "totp", None).await.json();
    let secret = asked["secret"].as_str().unwrap().to_owned();
    assert!(asked["uri"].as_str().unwrap().starts_with("otpauth://totp/Lykta:") && asked["uri"].as_str().unwrap().contains(&secret));
    let added = ask(app, cookie, Method::PUT, "totp", Some(json!({"ceremony": asked["ceremony"], "code": code(app, &secret)}))).await;
    assert_eq!(added.status, StatusCode::OK, "{}", String::from_utf8_lossy(&added.bytes));
    (secret, added.json()["recovery_codes"].clone())
}

async fn add_passkey(app: &TestApp, cookie: &str, authenticator: &mut Authenticator) -> Answer {
    let asked = ask(app, cookie, Method::POST, "passkeys/options", None).await.json();
    let credential = authenticator.create(&asked["options"]);
    let body = json!({"ceremony": asked["ceremony"], "name": "Telefonen", "credential": credential});
    ask(app, cookie, Method::POST, "passkeys", Some(body)).await
}

both! {
    /// With an authenticator app a password alone logs nobody in; a code holds once; recovery codes stand in.
    async fn an_app_and_its_recovery_codes(app) {
        let (id, login, session) = somebody(&app).await;
        let other = cookie(&log_in(&app, &login).await);
        let asked = ask(&app, &session, Method::POST, "totp", None).await.json();
        let wrong = ask(&app, &session, Method::PUT, "totp", Some(json!({"ceremony": asked["ceremony"], "code": "000000"}))).await;
        assert_eq!(wrong.faults(), [("/code".to_owned(), "wrong_code".to_owned())]);
        assert_eq!(log_in(&app, &login).await.status, StatusCode::NO_CONTENT, "nothing was added");

        let (secret, codes) = add_totp(&app, &session).await;
        assert_eq!(codes.as_array().map(Vec::len), Some(10));
        assert_eq!((role(&app, &session).await, role(&app, &other).await), (json!("person"), Value::Null), "the other sessions end");
        let stored = app.bytes("SELECT secret AS b FROM totp").await.concat();
        let plain = base32::decode(base32::Alphabet::Rfc4648 { padding: false }, &secret).unwrap();
        assert!(stored.len() > 20 && !stored.windows(20).any(|window| window == plain), "sealed");

        // The code that added it was used by that.
        let waiting = awaited(&app, &login).await;
        assert_eq!(waiting["factors"], json!(["totp", "recovery_code"]));
        assert_eq!(prove(&app, &waiting, json!({"code": code(&app, &secret)})).await.status, StatusCode::UNAUTHORIZED);
        app.advance(SignedDuration::from_secs(30));
        let shown = code(&app, &secret);
        let spaced = format!("{} {}", &shown[..3], &shown[3..]);
        let session = cookie(&prove(&app, &waiting, json!({"code": spaced})).await);
        assert_eq!(role(&app, &session).await, "person");
        assert_eq!(prove(&app, &waiting, json!({"code": shown})).await.status, StatusCode::UNAUTHORIZED, "the log-in is over");
        let again = awaited(&app, &login).await;
        assert_eq!(prove(&app, &again, json!({"code": shown})).await.status, StatusCode::UNAUTHORIZED, "a code holds once");

        let written = codes[0].as_str().unwrap().to_lowercase().replace('-', " ");
        cookie(&prove(&app, &again, json!({"code": written})).await);
        let again = awaited(&app, &login).await;
        assert_eq!(prove(&app, &again, json!({"code": codes[0]})).await.status, StatusCode::UNAUTHORIZED, "a recovery code too");
        cookie(&prove(&app, &again, json!({"code": codes[1]})).await);
        let listed = ask(&app, &session, Method::GET, "factors", None).await.json();
        assert_eq!((listed["recovery_codes"].clone(), listed["passkeys"].clone()), (json!(8), json!([])));
        assert!(listed["totp_since"].is_string());

        let new = ask(&app, &session, Method::POST, "recovery-codes", None).await.json();
        let again = awaited(&app, &login).await;
        assert_eq!(prove(&app, &again, json!({"code": codes[2]})).await.status, StatusCode::UNAUTHORIZED, "those before hold no longer");
        cookie(&prove(&app, &again, json!({"code": new["recovery_codes"][0]})).await);

        assert_eq!(ask(&app, &session, Method::DELETE, "totp", None).await.status, StatusCode::NO_CONTENT);
        assert_eq!(log_in(&app, &login).await.status, StatusCode::NO_CONTENT, "the password alone again");
        assert_eq!(app.app.factors(id).await.unwrap().recovery_codes, 0);
        assert_eq!(ask(&app, &session, Method::DELETE, "totp", None).await.status, StatusCode::NOT_FOUND);
        assert_eq!(ask(&app, &session, Method::POST, "recovery-codes", None).await.status, StatusCode::NOT_FOUND, "codes for nothing");
    }

    /// Five answers, five minutes, one person: what waits is not guessed.
    async fn a_second_factor_is_not_guessed(app) {
        let (_, login, session) = somebody(&app).await;
        let (secret, codes) = add_totp(&app, &session).await;
        app.advance(SignedDuration::from_secs(60));
        let waiting = awaited(&app, &login).await;
        for _ in 0..5 {
            assert_eq!(prove(&app, &waiting, json!({"code": "000000"})).await.status, StatusCode::UNAUTHORIZED);
        }
        assert_eq!(prove(&app, &waiting, json!({"code": code(&app, &secret)})).await.status, StatusCode::UNAUTHORIZED, "the sixth is not heard");
        let waiting = awaited(&app, &login).await;
        app.advance(SignedDuration::from_mins(5));
        assert_eq!(prove(&app, &waiting, json!({"code": code(&app, &secret)})).await.status, StatusCode::UNAUTHORIZED, "too late");
        assert_eq!(prove(&app, &json!({"ceremony": "made up"}), json!({"code": codes[0]})).await.status, StatusCode::UNAUTHORIZED);
        // What was begun for something else is nothing here.
        let adding = ask(&app, &session, Method::POST, "totp", None).await.json();
        assert_eq!(prove(&app, &adding, json!({"code": codes[0]})).await.status, StatusCode::UNAUTHORIZED);
        // The password changes while the second factor is awaited.
        let waiting = awaited(&app, &login).await;
        let change = json!({"current": PASSWORD, "password": "cykeln står vid ån i regn"});
        assert_eq!(ask(&app, &session, Method::POST, "password", Some(change)).await.status, StatusCode::NO_CONTENT);
        assert_eq!(prove(&app, &waiting, json!({"code": code(&app, &secret)})).await.status, StatusCode::UNAUTHORIZED, "the password held no longer");
        let faults = app.post("/api/v1/session/proof", json!({"ceremony": "x"})).await.faults();
        assert_eq!(faults, [("/code".to_owned(), "missing".to_owned())]);
    }

    /// A passkey logs in alone or beside the password; nothing else that looks like it does.
    async fn a_passkey(app) {
        let (id, login, session) = somebody(&app).await;
        let mut phone = Authenticator::new(7);
        let added = add_passkey(&app, &session, &mut phone).await;
        assert_eq!(added.status, StatusCode::CREATED, "{}", String::from_utf8_lossy(&added.bytes));
        assert_eq!(added.json()["recovery_codes"].as_array().map(Vec::len), Some(10));
        let twice = add_passkey(&app, &session, &mut phone.clone()).await;
        assert_eq!(twice.faults(), [("/credential".to_owned(), "passkey_refused".to_owned())], "the same authenticator twice");
        let mut elsewhere = Authenticator { origin: "http://lykta.example".to_owned(), ..Authenticator::new(8) };
        assert_eq!(add_passkey(&app, &session, &mut elsewhere).await.faults(), [("/credential".to_owned(), "passkey_refused".to_owned())]);

        let alone = async || patient(&app).post("/api/v1/session/passkey", json!({})).await.json();
        let asked = alone().await;
        assert!(asked["options"]["publicKey"]["allowCredentials"].as_array().is_none_or(Vec::is_empty), "whose there are is not told");
        let answer = phone.get(&asked["options"]);
        let first = cookie(&prove(&app, &asked, json!({"credential": answer})).await);
        assert_eq!(app.as_holder(Method::GET, &first, "/api/v1/session", None).await.json()["person"]["login"], json!(login));
        assert_eq!(prove(&app, &asked, json!({"credential": answer})).await.status, StatusCode::UNAUTHORIZED, "replayed");
        assert_eq!(prove(&app, &alone().await, json!({"credential": answer})).await.status, StatusCode::UNAUTHORIZED, "another's challenge");

        let refused = async |authenticator: &mut Authenticator| {
            let asked = alone().await;
            let answer = authenticator.get(&asked["options"]);
            prove(&app, &asked, json!({"credential": answer})).await.status
        };
        assert_eq!(refused(&mut Authenticator { counter: 0, ..phone.clone() }).await, StatusCode::UNAUTHORIZED, "a counter that goes back: cloned");
        assert_eq!(refused(&mut Authenticator { origin: "http://lykta.example".to_owned(), ..phone.clone() }).await, StatusCode::UNAUTHORIZED, "another page");
        assert_eq!(refused(&mut Authenticator { flags: 0x01, ..phone.clone() }).await, StatusCode::UNAUTHORIZED, "nobody was verified");
        let stranger = Authenticator { user: phone.user.clone(), ..Authenticator::new(9) };
        assert_eq!(refused(&mut stranger.clone()).await, StatusCode::UNAUTHORIZED, "a key that nobody added");
        phone.counter += 9;
        assert_eq!(refused(&mut phone).await, StatusCode::NO_CONTENT, "the control: the right one passes");

        let waiting = awaited(&app, &login).await;
        assert_eq!(waiting["factors"], json!(["passkey", "recovery_code"]));
        let answer = phone.get(&waiting["options"]);
        cookie(&prove(&app, &waiting, json!({"credential": answer})).await);

        // A quarter of an hour later it takes a fresh log-in to change anything of this.
        app.advance(SignedDuration::from_mins(16));
        let key = app.app.factors(id).await.unwrap().passkeys[0].id;
        let stale = ask(&app, &first, Method::DELETE, &format!("passkeys/{key}"), None).await;
        assert_eq!((stale.status, stale.json()["type"].clone()), (StatusCode::FORBIDDEN, json!("/problems/log-in-again")));
        let token = json!({"name": "x", "scope": "read", "expires_on": "2026-12-24"});
        assert_eq!(ask(&app, &first, Method::POST, "tokens", Some(token.clone())).await.status, StatusCode::FORBIDDEN);
        let asked = alone().await;
        let answer = phone.get(&asked["options"]);
        let fresh = cookie(&prove(&app, &asked, json!({"credential": answer})).await);
        assert_eq!(ask(&app, &fresh, Method::POST, "tokens", Some(token)).await.status, StatusCode::CREATED);
        assert_eq!(ask(&app, &fresh, Method::DELETE, &format!("passkeys/{key}"), None).await.status, StatusCode::NO_CONTENT);
        assert_eq!(refused(&mut phone).await, StatusCode::UNAUTHORIZED, "removed");
    }

    /// A new link begins anew; an erased account leaves none of it.
    async fn what_was_lost_or_erased_logs_nobody_in(app) {
        let (id, login, session) = somebody(&app).await;
        let mut phone = Authenticator::new(11);
        assert_eq!(add_passkey(&app, &session, &mut phone).await.status, StatusCode::CREATED);
        add_totp(&app, &session).await;
        awaited(&app, &login).await;
        let link = app.app.invite_again(&Actor::System, id).await.unwrap();
        let asked = patient(&app).post("/api/v1/session/passkey", json!({})).await.json();
        let answer = phone.get(&asked["options"]);
        assert_eq!(prove(&app, &asked, json!({"credential": answer})).await.status, StatusCode::UNAUTHORIZED);
        app.app.accept(&link.key, PASSWORD, None).await.unwrap();
        let session = cookie(&log_in(&app, &login).await);
        add_totp(&app, &session).await;
        awaited(&app, &login).await;
        app.app.erase_person(&Actor::System, id).await.unwrap();
        for table in ["SELECT credential AS b FROM passkey", "SELECT secret AS b FROM totp", "SELECT hash AS b FROM recovery_code", "SELECT hash AS b FROM ceremony WHERE person IS NOT NULL"] {
            assert!(app.bytes(table).await.is_empty(), "{table}");
        }
    }
}
