//! The same backup into the other engine and back (T39), where a PostgreSQL server is at hand: `LYKTA_TEST_POSTGRES` is the URL of a
//! database whose user may create others.

use sqlx::{AssertSqlSafe, Connection, PgConnection};
use tempfile::tempdir;

use crate::alone;
use crate::harness::reports::{random, report};
use crate::harness::server::{Server, check, fresh, lykta, run};
use crate::rows::{assert_same, content_at, heads};
use crate::senders::{Sent, send_all};

fn administer(admin: &str, sql: String) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let mut connection = PgConnection::connect(admin).await.expect("PostgreSQL answers");
        sqlx::query(AssertSqlSafe(sql)).execute(&mut connection).await.expect("done");
    });
}

#[test]
fn a_backup_goes_into_postgresql_and_back() {
    let _turn = alone();
    let Ok(admin) = std::env::var("LYKTA_TEST_POSTGRES") else {
        println!("SKIPPED: LYKTA_TEST_POSTGRES is not set (the URL of a PostgreSQL database whose user may create others)");
        return;
    };
    let name = format!("lykta_stress_{:016x}", random());
    let (base, parameters) = admin.split_once('?').map_or((admin.as_str(), String::new()), |(base, rest)| (base, format!("?{rest}")));
    let server_part = base.rsplit_once('/').map_or(base, |(server, _)| server);
    let url = format!("{server_part}/{name}{parameters}");
    administer(&admin, format!("CREATE DATABASE {name}"));

    let (folder, place, other, back) = (fresh(), tempdir().expect("a folder"), tempdir().expect("a folder"), tempdir().expect("a folder"));
    let server = Server::start(folder.path());
    let mut sent: Vec<Sent> = (0..100).map(|_| Sent::new(report())).collect();
    send_all(&server.client(), 4, &mut sent, usize::MAX, || {});
    server.stop();
    let path = |name: &str| place.path().join(name).display().to_string();
    assert!(run(folder.path(), &["backup", &path("first")]).status.success());

    let keys = other.path().join("lykta.keys.json").display().to_string();
    let on_postgres = |arguments: &[&str]| {
        let output =
            lykta(other.path()).env("LYKTA_DATABASE_URL", &url).env("LYKTA_KEYS", &keys).args(arguments).output().expect("it runs");
        assert!(
            output.status.success(),
            "{arguments:?}: {}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
    };
    on_postgres(&["restore", &path("first")]);
    on_postgres(&["check"]);
    on_postgres(&["backup", &path("second")]);
    let restored = run(back.path(), &["restore", &path("second")]);
    assert!(restored.status.success(), "{}", String::from_utf8_lossy(&restored.stderr));
    let (ours, theirs) = (folder.path().join("lykta.db"), back.path().join("lykta.db"));
    let (cut, their_cut) = (heads(&ours), heads(&theirs));
    assert_eq!(cut, their_cut);
    assert_same(&content_at(&ours, &cut), &content_at(&theirs, &cut));
    assert!(check(back.path()).0);
    let refused =
        lykta(other.path()).env("LYKTA_DATABASE_URL", &url).env("LYKTA_KEYS", path("keys")).args(["restore", &path("first")]).output();
    assert!(!refused.expect("it runs").status.success(), "a restore goes into an empty database only");
    let changes: i64 = cut.iter().map(|(_, version)| version).sum();
    println!("backup: SQLite → PostgreSQL → SQLite, {changes} log rows and all tables equal");
    administer(&admin, format!("DROP DATABASE {name} WITH (FORCE)"));
}
