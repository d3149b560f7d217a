//! A Lykta of its own for every test: a temporary database, a clock one can move, and methods that speak the domain.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, StatusCode, header};
use jiff::{SignedDuration, Timestamp};
use lykta::app::directory::Assignment;
use lykta::app::municipalities::Profile;
use lykta::app::parties::NewParty;
use lykta::app::people::NewPerson;
use lykta::app::{App, Settings};
use lykta::domain::actor::Actor;
use lykta::domain::ids::{MunicipalityCode, PartyId, PersonId, ReportId};
use lykta::domain::moderation::{Decision, Moderation};
use lykta::domain::municipality::Contacts;
use lykta::domain::party::{Party, PartyKind};
use lykta::domain::permission::Role;
use lykta::domain::time::Clock;
use lykta::http::{HttpSettings, Server, router::router};
use serde_json::{Value, json};
use sqlx::{Connection, Executor};
use tempfile::TempDir;
use tokio::sync::OnceCell;
use tower::ServiceExt;
use uuid::Uuid;

/// The token of the planner in tests.
pub(crate) const TOKEN: &str = "planner-token-in-tests";
/// The moment at which tests begin.
pub(crate) const NOW: &str = "2026-11-23T12:00:00Z";

/// A clock that stands still until it is moved.
#[derive(Debug)]
pub(crate) struct TestClock(AtomicI64);

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_microsecond(self.0.load(Ordering::SeqCst)).expect("a time")
    }
}

/// A running Lykta without a socket.
#[derive(Clone)]
pub(crate) struct TestApp {
    pub app: Arc<App>,
    pub settings: Settings,
    pub clock: Arc<TestClock>,
    router: axum::Router,
    folder: Arc<TempDir>,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub status: StatusCode,
    pub headers: axum::http::HeaderMap,
    pub bytes: Vec<u8>,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&self.bytes)))
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("text"))
    }

    /// The pointers and codes of a problem's faults.
    pub(crate) fn faults(&self) -> Vec<(String, String)> {
        assert_eq!(self.header("content-type"), "application/problem+json", "{}", String::from_utf8_lossy(&self.bytes));
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        self.json()["errors"].as_array().into_iter().flatten().map(|error| (text(&error["pointer"]), text(&error["code"]))).collect()
    }
}

/// A database with the kommuner in it, made once and copied for every test: seeding 290 kommuner takes longer than most tests.
static SQLITE_TEMPLATE: OnceCell<TempDir> = OnceCell::const_new();
static POSTGRES_TEMPLATE: OnceCell<(String, TempDir)> = OnceCell::const_new();

impl TestApp {
    pub(crate) async fn sqlite() -> Self {
        let template = SQLITE_TEMPLATE
            .get_or_init(|| async {
                let folder = tempfile::tempdir().expect("a folder");
                Self::open_at(sqlite_settings(&folder), folder).await.close_into_folder().await
            })
            .await;
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["lykta.db", "keys.json"] {
            std::fs::copy(template.path().join(name), folder.path().join(name)).expect("copied");
        }
        Self::open_at(sqlite_settings(&folder), folder).await
    }

    /// `None` only when the operator of the tests said that PostgreSQL is left out.
    pub(crate) async fn postgres() -> Option<Self> {
        let Ok(admin) = std::env::var("LYKTA_TEST_POSTGRES") else {
            assert_eq!(
                std::env::var("LYKTA_TEST_DB").as_deref(),
                Ok("sqlite"),
                "PostgreSQL is missing: `make test` starts one; LYKTA_TEST_DB=sqlite leaves it out"
            );
            skipped("PostgreSQL, by LYKTA_TEST_DB=sqlite");
            return None;
        };
        let (template, keys) = POSTGRES_TEMPLATE
            .get_or_init(|| async {
                let folder = tempfile::tempdir().expect("a folder");
                let name = create_database(&admin, "template0").await;
                let app = Self::open_at(postgres_settings(&admin, &name, &folder), folder).await;
                (name, app.close_into_folder().await)
            })
            .await;
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::copy(keys.path().join("keys.json"), folder.path().join("keys.json")).expect("copied");
        let name = create_database(&admin, template).await;
        Some(Self::open_at(postgres_settings(&admin, &name, &folder), folder).await)
    }

    /// Settings for a PostgreSQL database with nothing in it.
    pub(crate) async fn empty_postgres() -> Option<Settings> {
        let Ok(admin) = std::env::var("LYKTA_TEST_POSTGRES") else {
            skipped("restoring into PostgreSQL, by LYKTA_TEST_DB=sqlite");
            return None;
        };
        let name = create_database(&admin, "template0").await;
        // The keys file of a database that is only there for one test is left to the system's clean-up of temporary folders.
        let folder = tempfile::tempdir().expect("a folder").keep();
        let (server, _) = admin.rsplit_once('/').expect("a URL with a database");
        Some(Settings {
            database_url: format!("{server}/{name}"),
            keys: folder.join("keys.json"),
            operator_token: Some(TOKEN.to_owned()),
            basemap: "none".to_owned(),
            brake: false,
            origin: "http://localhost".to_owned(),
            oidc: None,
            retention: None,
        })
    }

    async fn open_at(settings: Settings, folder: TempDir) -> Self {
        let clock = Arc::new(TestClock(AtomicI64::new(NOW.parse::<Timestamp>().expect("a time").as_microsecond())));
        Self::open(settings, clock, Arc::new(folder)).await
    }

    async fn open(settings: Settings, clock: Arc<TestClock>, folder: Arc<TempDir>) -> Self {
        let app = Arc::new(App::open(&settings, Arc::clone(&clock) as Arc<dyn Clock>).await.expect("opened"));
        let server = Server::new(Arc::clone(&app), HttpSettings::default()).expect("a server");
        Self { app, settings, clock, router: router(server), folder }
    }

    /// The same Lykta as its operator may set it.
    pub(crate) fn serving(&self, settings: HttpSettings) -> Self {
        let server = Server::new(Arc::clone(&self.app), settings).expect("a server");
        Self { router: router(server), ..self.clone() }
    }

    /// A second process that shows a base map.
    pub(crate) async fn with_basemap(&self, basemap: &std::path::Path) -> Self {
        self.with_settings(Settings { basemap: basemap.display().to_string(), ..self.settings.clone() }).await
    }

    /// A second process on the same database.
    pub(crate) async fn another(&self) -> Self {
        self.with_settings(self.settings.clone()).await
    }

    async fn close_into_folder(self) -> TempDir {
        self.app.close().await;
        Arc::into_inner(self.folder).expect("the only user of the folder")
    }

    /// The keys file of some other Lykta.
    pub(crate) async fn with_fresh_keys() -> PathBuf {
        let folder = tempfile::tempdir().expect("a folder").keep();
        let settings = Settings {
            database_url: format!("sqlite://{}", folder.join("other.db").display()),
            keys: folder.join("keys.json"),
            operator_token: None,
            basemap: "none".to_owned(),
            brake: false,
            origin: "http://localhost".to_owned(),
            oidc: None,
            retention: None,
        };
        let clock = Arc::new(TestClock(AtomicI64::new(0)));
        App::open(&settings, clock).await.expect("opened").close().await;
        settings.keys
    }

    /// A path in this Lykta's own folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Does to the database what the program would not.
    pub(crate) async fn sql(&self, statement: &'static str) {
        let url = &self.settings.database_url;
        if url.starts_with("sqlite") {
            sqlx::SqliteConnection::connect(url).await.expect("connected").execute(statement).await.expect("done");
        } else {
            sqlx::PgConnection::connect(url).await.expect("connected").execute(statement).await.expect("done");
        }
    }

    /// A column of bytes of the database.
    pub(crate) async fn bytes(&self, query: &'static str) -> Vec<Vec<u8>> {
        let url = &self.settings.database_url;
        if url.starts_with("sqlite") {
            let mut connection = sqlx::SqliteConnection::connect(url).await.expect("connected");
            sqlx::query_scalar(query).fetch_all(&mut connection).await.expect("read")
        } else {
            let mut connection = sqlx::PgConnection::connect(url).await.expect("connected");
            sqlx::query_scalar(query).fetch_all(&mut connection).await.expect("read")
        }
    }

    /// Moves the clock.
    pub(crate) fn advance(&self, by: SignedDuration) {
        self.clock.0.fetch_add(by.as_micros() as i64, Ordering::SeqCst);
    }

    /// Lets a kommun take reports.
    pub(crate) async fn activate(&self, code: &str) {
        let profile =
            Profile { active: true, fault_report_url: Some("https://kommun.example/fel".to_owned()), contacts: Contacts::default() };
        let code = MunicipalityCode::parse(code).expect("a code");
        self.app.set_profile(&Actor::System, code, profile).await.expect("activated");
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.expect("answered");
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, 64 * 1024 * 1024).await.expect("read").to_vec();
        Answer { status: parts.status, headers: parts.headers, bytes }
    }

    pub(crate) async fn call(&self, method: Method, path: &str, body: Option<Value>, headers: &[(&str, &str)]) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let body = match body {
            Some(value) => {
                request = request.header(header::CONTENT_TYPE, "application/json");
                Body::from(value.to_string())
            }
            None => Body::empty(),
        };
        self.send(request.body(body).expect("a request")).await
    }

    /// As anybody.
    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.call(Method::GET, path, None, &[]).await
    }

    /// As anybody.
    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        self.call(Method::POST, path, Some(body), &[]).await
    }

    /// As anybody.
    pub(crate) async fn delete(&self, path: &str, body: Value) -> Answer {
        self.call(Method::DELETE, path, Some(body), &[]).await
    }

    /// As the planner.
    pub(crate) async fn plan(&self, path: &str) -> Answer {
        self.call(Method::GET, path, None, &[("authorization", &format!("Bearer {TOKEN}"))]).await
    }

    /// As the planner, from a version.
    pub(crate) async fn patch(&self, id: &str, etag: Option<&str>, body: Value) -> Answer {
        let authorization = format!("Bearer {TOKEN}");
        let mut headers = vec![("authorization", authorization.as_str())];
        headers.extend(etag.map(|etag| ("if-match", etag)));
        self.call(Method::PATCH, &format!("/api/v1/reports/{id}"), Some(body), &headers).await
    }

    /// As whoever holds a session (its cookie).
    pub(crate) async fn as_holder(&self, method: Method, cookie: &str, path: &str, body: Option<Value>) -> Answer {
        self.call(method, path, body, &[("cookie", cookie), ("sec-fetch-site", "same-origin")]).await
    }

    /// A party of a kind in some kommuner, below the root.
    pub(crate) async fn party(&self, kind: PartyKind, codes: &[&str]) -> Party {
        let root = self.app.root().await.expect("a root");
        let municipalities = codes.iter().map(|code| MunicipalityCode::parse(code).expect("a code")).collect();
        let new = |kind, parent, valid_until| NewParty {
            id: PartyId(new_id().parse().expect("an id")),
            parent,
            kind,
            name: format!("{kind} {}", codes.join(" ")),
            municipalities: Some(municipalities),
            valid_until,
        };
        if root.kind.below().contains(&kind) {
            return self.app.add_party(&Actor::System, new(kind, root.id, None)).await.expect("added").0;
        }
        let above = Box::pin(self.party(PartyKind::Municipality, codes)).await;
        let term = kind.roles().contains(&Role::Guest).then(|| self.app.today().tomorrow().expect("a day"));
        self.app.add_party(&Actor::System, new(kind, above.id, term)).await.expect("added").0
    }

    /// Somebody with one role for a party, and the cookie of a session of theirs.
    pub(crate) async fn member(&self, role: Role, party: &Party) -> (PersonId, String) {
        let id = PersonId(new_id().parse().expect("an id"));
        let until = (role == Role::Guest).then(|| self.app.today().tomorrow().expect("a day"));
        let assignments = vec![Assignment { party: party.id, role, until }];
        let login = format!("{role}.{}@kommun.example", &id.to_string()[..8]);
        let new = NewPerson { id, login, name: format!("A {role}"), assignments };
        self.app.invite(&Actor::System, new).await.expect("invited");
        let session = self.app.begin_session(Some(id)).await.expect("begun");
        (id, format!("lykta={session}"))
    }

    /// The same folder and clock with other settings.
    pub(crate) async fn with_settings(&self, settings: Settings) -> Self {
        Self::open(settings, Arc::clone(&self.clock), Arc::clone(&self.folder)).await
    }

    /// The same Lykta with the brake on.
    pub(crate) async fn with_brake(&self) -> Self {
        self.with_settings(Settings { brake: true, ..self.settings.clone() }).await
    }

    /// Decides on a report as a moderator would.
    pub(crate) async fn moderate(&self, id: &str, state: Moderation) {
        let id = ReportId::parse(id).expect("an id");
        let report = self.app.report_detail(&Actor::System, id).await.expect("a report").report;
        let reason = state.reasons().first().copied();
        let read = [(report.municipality, report.version)];
        self.app.moderate_report(&Actor::System, id, &read, Decision { state, reason, words: None }).await.expect("moderated");
    }

    /// A moderator looks at everything that waits in a kommun, and lets it be counted.
    pub(crate) async fn count_all(&self, code: &str) {
        let code = MunicipalityCode::parse(code).expect("a code");
        loop {
            let queue = self.app.moderation_queue(&Actor::System, code, Moderation::Waiting, None, 100).await.expect("a queue");
            if queue.reports.is_empty() {
                return;
            }
            for one in &queue.reports {
                self.moderate(&one.report.id.to_string(), Moderation::Counted).await;
            }
        }
    }

    /// Sends a report and expects it to be new.
    pub(crate) async fn report(&self, body: Value) -> Value {
        let answer = self.post("/api/v1/reports", body).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", String::from_utf8_lossy(&answer.bytes));
        answer.json()
    }

    /// The planner's count of a kommun.
    pub(crate) async fn total(&self, code: &str) -> u64 {
        self.plan(&format!("/api/v1/summary?municipality={code}")).await.json()["total"].as_u64().expect("a number")
    }
}

/// A report at a point in Olofström, with a fresh id; `more` replaces and adds.
#[expect(clippy::needless_pass_by_value, reason = "a json! literal reads best where it is used")]
pub(crate) fn a_report(more: Value) -> Value {
    let mut body = json!({
        "id": new_id(), "location": {"type": "Point", "coordinates": [14.5315, 56.2765]}, "feeling": "unsafe", "category": "dark",
    });
    let fields = body.as_object_mut().expect("an object");
    for (name, value) in more.as_object().expect("an object") {
        if value.is_null() {
            fields.remove(name);
        } else {
            fields.insert(name.clone(), value.clone());
        }
    }
    body
}

/// A random UUID, as a phone makes it.
pub(crate) fn new_id() -> String {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).expect("random");
    uuid::Builder::from_random_bytes(bytes).into_uuid().to_string()
}

/// Says aloud that something was left out; `make test` counts these lines.
pub(crate) fn skipped(what: &str) {
    use std::io::Write;
    // Past the test harness, which swallows what a passing test prints.
    let _ = writeln!(std::io::stderr().lock(), "SKIPPED: {what}");
}

/// A file of the shared reference data, or `None` (said aloud) where it is absent.
pub(crate) fn shared(path: &str) -> Option<PathBuf> {
    let folder = std::env::var("LYKTA_SHARED").unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../shared").to_owned());
    let full = PathBuf::from(folder).join("data").join(path);
    if full.exists() {
        Some(full)
    } else {
        skipped(&format!("reference data {path}"));
        None
    }
}

fn sqlite_settings(folder: &TempDir) -> Settings {
    settings(format!("sqlite://{}", folder.path().join("lykta.db").display()), folder)
}

fn postgres_settings(admin: &str, name: &str, folder: &TempDir) -> Settings {
    let (server, _) = admin.rsplit_once('/').expect("a URL with a database");
    settings(format!("{server}/{name}"), folder)
}

fn settings(database_url: String, folder: &TempDir) -> Settings {
    Settings {
        database_url,
        keys: folder.path().join("keys.json"),
        operator_token: Some(TOKEN.to_owned()),
        basemap: "none".to_owned(),
        brake: false,
        origin: "http://localhost".to_owned(),
        oidc: None,
        retention: None,
    }
}

async fn create_database(admin: &str, template: &str) -> String {
    use sqlx::{AssertSqlSafe, ConnectOptions, Executor};
    let name = format!("lykta_{}", Uuid::parse_str(&new_id()).expect("an id").simple());
    let options: sqlx::postgres::PgConnectOptions = admin.parse().expect("a URL");
    let mut connection = options.connect().await.expect("LYKTA_TEST_POSTGRES answers");
    let statement = format!("CREATE DATABASE {name} TEMPLATE {template} ENCODING 'UTF8'");
    // Two tests may not copy the same template at once: the server then says that it is in use.
    for attempt in 0.. {
        match connection.execute(AssertSqlSafe(statement.clone())).await {
            Ok(_) => break,
            Err(error) if attempt < 100 && error.to_string().contains("being accessed") => {
                tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            }
            Err(error) => panic!("{error}"),
        }
    }
    name
}
