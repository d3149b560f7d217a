//! Logging in by another's service, against a real one (`oidc-provider`) whose tokens are spoilt one way after another.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use axum::http::{Method, Request, StatusCode, header};
use lykta::app::Settings;
use lykta::app::outbound::Outbound;
use lykta::domain::actor::Actor;
use lykta::domain::ids::PersonId;
use lykta::domain::party::PartyKind;
use lykta::domain::permission::Role;
use serde_json::{Value, json};

use crate::app::{Answer, TestApp};

const PATH: &str = "/api/v1/session/oidc/kommun";
const SECRET: &str = "a-secret-that-both-sides-know-0123456789";

/// The running provider; killed with this.
struct Provider {
    child: Child,
    issuer: String,
}

impl Drop for Provider {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Provider {
    fn start() -> Self {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/web/e2e/oidc.mjs");
        let back = format!("http://localhost{PATH}/callback");
        let mut child =
            Command::new("node").args([script, &back]).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("node is installed");
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let issuer = lines.map_while(Result::ok).find(|line| line.starts_with("http://localhost:"));
        let issuer = issuer.expect("the provider of web/e2e/oidc.mjs starts: npm --prefix web ci installs it");
        Self { child, issuer }
    }

    /// Says who comes next, and how the token about them is spoilt.
    async fn lets_in(&self, account: Value, acr: &str, spoil: Option<&str>) {
        let body = json!({"account": account, "acr": acr, "spoil": spoil}).to_string().into_bytes();
        let request = Request::post(format!("{}/__as", self.issuer)).body(body).unwrap();
        assert_eq!(Outbound::new(true, None).unwrap().ask(request).await.unwrap().status(), StatusCode::OK);
    }
}

/// An app that trusts the provider; a group makes planners for a party of Olofström.
async fn trusting(app: &TestApp, provider: &Provider, more: &str) -> TestApp {
    // What the provider's clock shows is what ours shows.
    let asked = Request::get(format!("{}/.well-known/openid-configuration", provider.issuer)).body(Vec::new()).unwrap();
    let answer = Outbound::new(true, None).unwrap().ask(asked).await.unwrap();
    let date = jiff::fmt::rfc2822::parse(answer.headers()[header::DATE].to_str().unwrap()).unwrap();
    app.advance(date.timestamp().duration_since(app.app.now()));
    app.activate("1060").await;
    let party = app.party(PartyKind::Municipality, &["1060"]).await;
    let (file, secret) = (app.path("oidc.toml"), app.path("oidc.secret"));
    std::fs::write(&secret, format!("{SECRET}\n")).unwrap();
    let text = format!(
        "[[provider]]\nid = \"kommun\"\nname = \"Kommunens inloggning\"\nissuer = \"{}\"\nclient_id = \"lykta\"\nclient_secret_file = \"{}\"\n\
         private_network = true\nacr_values = [\"loa2\", \"loa3\"]\n{more}\n[[provider.roles]]\ngroup = \"lykta-planerare\"\nrole = \"planner\"\nparty = \"{}\"\n",
        provider.issuer,
        secret.display(),
        party.id
    );
    std::fs::write(&file, text).unwrap();
    app.with_settings(Settings { oidc: Some(file), ..app.settings.clone() }).await
}

/// A browser at the provider: follows from where it was sent until it is sent back, with the cookies of the provider.
async fn at_provider(location: &str) -> String {
    let outbound = Outbound::new(true, None).unwrap();
    let mut cookies: std::collections::BTreeMap<String, String> = std::collections::BTreeMap::new();
    let mut location = url::Url::parse(location).unwrap();
    for _ in 0..12 {
        if location.port().is_none() {
            return format!("{}?{}", location.path(), location.query().unwrap_or_default());
        }
        let held: Vec<String> = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = Request::get(location.as_str()).header(header::COOKIE, held.join("; ")).body(Vec::new()).unwrap();
        let answer = outbound.ask(request).await.unwrap();
        for cookie in answer.headers().get_all(header::SET_COOKIE) {
            let (name, value) = cookie.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            cookies.insert(name.to_owned(), value.to_owned());
        }
        let next =
            answer.headers().get(header::LOCATION).unwrap_or_else(|| panic!("{location}: {}", String::from_utf8_lossy(answer.body())));
        location = location.join(next.to_str().unwrap()).unwrap();
    }
    panic!("sent about without end");
}

struct Trip {
    /// What binds the log-in to the browser.
    cookie: String,
    /// Where the provider sends the browser.
    back: String,
}

async fn go(app: &TestApp) -> Trip {
    let patient = app.serving(lykta::http::HttpSettings::default());
    let sent = patient.get(&format!("{PATH}?next=plan")).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", String::from_utf8_lossy(&sent.bytes));
    let cookie = sent.header("set-cookie").split(';').next().unwrap().to_owned();
    let location = sent.header("location").to_owned();
    for part in ["response_type=code", "code_challenge_method=S256", "code_challenge=", "nonce=", "state=", "acr_values=loa2+loa3"] {
        assert!(location.contains(part), "{part} is not in {location}");
    }
    Trip { cookie, back: at_provider(&location).await }
}

async fn come_back(app: &TestApp, cookie: &str, path: &str) -> Answer {
    app.serving(lykta::http::HttpSettings::default()).call(Method::GET, path, None, &[("cookie", cookie)]).await
}

/// The session of somebody who was logged in; what kept them out else.
fn session(answer: &Answer) -> Result<String, String> {
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let set: Vec<&str> = answer.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap()).collect();
    match answer.header("location") {
        "/plan" => Ok(set.iter().find(|cookie| cookie.starts_with("lykta=")).unwrap().split(';').next().unwrap().to_owned()),
        elsewhere => {
            assert!(!set.iter().any(|cookie| cookie.starts_with("lykta=")), "kept out, but with a session");
            Err(elsewhere.strip_prefix("/konto#inloggning=").unwrap().to_owned())
        }
    }
}

async fn log_in(app: &TestApp) -> Result<String, String> {
    let trip = go(app).await;
    session(&come_back(app, &trip.cookie, &trip.back).await)
}

fn anna(groups: &[&str]) -> Value {
    json!({"sub": "anna-1", "email": "Anna.Berg@olofstrom.example", "email_verified": true, "name": "Anna Berg", "groups": groups})
}

async fn me(app: &TestApp, cookie: &str) -> Value {
    app.as_holder(Method::GET, cookie, "/api/v1/session", None).await.json()
}

both! {
    /// An account comes of a group, changes with it, and goes with it.
    async fn groups_give_and_take(app) {
        let provider = Provider::start();
        let app = trusting(&app, &provider, "").await;
        let listed = app.get("/api/v1/session/providers").await.json();
        assert_eq!(listed["providers"], json!([{"id": "kommun", "name": "Kommunens inloggning"}]));
        provider.lets_in(anna(&["other"]), "loa2", None).await;
        assert_eq!(log_in(&app).await, Err("no-account".to_owned()), "no group that gives anything");
        assert!(app.bytes("SELECT subject AS b FROM identity").await.is_empty(), "and nothing is remembered of her");

        provider.lets_in(anna(&["other", "lykta-planerare"]), "loa2", None).await;
        let cookie = log_in(&app).await.unwrap();
        let session = me(&app, &cookie).await;
        assert_eq!((session["person"]["login"].clone(), session["person"]["name"].clone()), (json!("anna.berg@olofstrom.example"), json!("Anna Berg")));
        assert_eq!(session["rights"][0]["roles"][0]["role"], "planner");
        let id = PersonId(session["person"]["id"].as_str().unwrap().parse().unwrap());
        for password in ["", "!", "lampan över bron blinkar"] {
            let tried = app.post("/api/v1/session", json!({"login": "anna.berg@olofstrom.example", "password": password})).await;
            assert_eq!(tried.status, StatusCode::UNAUTHORIZED, "there is no password");
        }
        let again = log_in(&app).await.unwrap();
        assert_eq!(me(&app, &again).await["person"]["id"], session["person"]["id"], "the same account");

        provider.lets_in(anna(&[]), "loa2", None).await;
        assert_eq!(log_in(&app).await, Err("no-account".to_owned()));
        assert_eq!(me(&app, &again).await["role"], Value::Null, "the sessions end with the role");
        provider.lets_in(anna(&["lykta-planerare"]), "loa2", None).await;
        let back = log_in(&app).await.unwrap();
        assert_eq!(me(&app, &back).await["person"]["id"], session["person"]["id"]);
        app.app.erase_person(&Actor::System, id).await.unwrap();
        assert!(app.bytes("SELECT subject AS b FROM identity").await.is_empty());
    }

    /// An invited account is taken by its address only where the operator says so, and only when the provider has made sure of it.
    async fn an_invited_account_is_not_taken_by_its_address_alone(app) {
        let provider = Provider::start();
        let linking = trusting(&app, &provider, "link_by_login = true").await;
        let party = app.party(PartyKind::Municipality, &["1060"]).await;
        let (id, _) = app.member(Role::Coordinator, &party).await;
        let login = app.app.account(id).await.unwrap().unwrap().person.login;
        let account = |sub: &str, verified: bool| json!({"sub": sub, "email": login, "email_verified": verified, "name": "X", "groups": ["lykta-planerare"]});
        provider.lets_in(account("mallory", false), "loa2", None).await;
        assert_eq!(log_in(&linking).await, Err("no-account".to_owned()), "not verified, and the address is somebody's");
        provider.lets_in(account("anna-2", true), "loa2", None).await;
        let cookie = log_in(&linking).await.unwrap();
        assert_eq!(me(&linking, &cookie).await["person"]["id"], json!(id.to_string()));
        let roles = me(&linking, &cookie).await["rights"][0]["roles"].as_array().unwrap().len();
        assert_eq!(roles, 2, "what was given by hand stays beside what the group gives");
    }

    /// Whatever is wrong with a token or an answer, nobody is logged in by it; the right one passes.
    async fn spoilt_tokens_and_answers_are_refused(app) {
        let provider = Provider::start();
        let app = trusting(&app, &provider, "").await;
        let somebody = anna(&["lykta-planerare"]);
        provider.lets_in(somebody.clone(), "loa3", Some("nothing")).await;
        log_in(&app).await.expect("the control: signed again as it was, it passes");
        let mut refused = 0;
        for how in [
            "nonce", "no nonce", "audience", "more audiences", "issuer", "expired", "old", "future", "level", "no level", "access token", "subject",
            "key", "kid", "unsigned", "secret", "no token", "called off",
        ] {
            provider.lets_in(somebody.clone(), "loa3", Some(how)).await;
            assert_eq!(log_in(&app).await, Err("refused".to_owned()), "{how}");
            refused += 1;
        }
        provider.lets_in(somebody.clone(), "loa3", None).await;
        let (first, second) = (go(&app).await, go(&app).await);
        let swapped = |trip: &Trip, name: &str, value: &str| {
            let url = url::Url::parse(&format!("http://localhost{}", trip.back)).unwrap();
            let pairs = url.query_pairs().filter(|(known, _)| known != name).map(|(k, v)| (k.into_owned(), v.into_owned()));
            let query: String = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs.chain([(name.to_owned(), value.to_owned())])).finish();
            format!("{}?{query}", url.path())
        };
        for (cookie, back, why, what) in [
            ("", first.back.clone(), "over", "in a browser that began nothing"),
            (second.cookie.as_str(), first.back.clone(), "over", "in another's browser"),
            (first.cookie.as_str(), swapped(&first, "state", "guessed"), "over", "with a guessed state"),
            (first.cookie.as_str(), swapped(&first, "iss", "https://id.example.com"), "refused", "by another issuer"),
            (first.cookie.as_str(), first.back.clone(), "over", "after that: an answer holds once"),
            (second.cookie.as_str(), swapped(&second, "code", "made-up"), "refused", "with a made-up code"),
        ] {
            assert_eq!(session(&come_back(&app, cookie, &back).await), Err(why.to_owned()), "{what}");
            refused += 1;
        }
        let third = go(&app).await;
        session(&come_back(&app, &third.cookie, &third.back).await).expect("the control");
        assert_eq!(session(&come_back(&app, &third.cookie, &third.back).await), Err("over".to_owned()), "replayed");
        println!("OIDC: {} spoilt answers refused, 2 controls passed", refused + 1);
        assert_eq!(app.get("/api/v1/session/oidc/another").await.status, StatusCode::NOT_FOUND);

        // The service is down: people with a password, and the operator, still come in.
        drop(provider);
        let patient = app.serving(lykta::http::HttpSettings::default());
        assert_eq!(patient.get(PATH).await.header("location"), "/konto#inloggning=unreached");
        assert_eq!(patient.post("/api/v1/session", json!({"token": crate::app::TOKEN})).await.status, StatusCode::NO_CONTENT);
    }
}
