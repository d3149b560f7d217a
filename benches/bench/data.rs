//! The database the bench runs on, made by the generator of the demo.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use lykta::app::demo::agreements::agreements;
use lykta::app::{App, Settings, SystemClock};
use lykta::domain::ids::MunicipalityCode;
use sqlx::Connection;

use crate::harness::reports::KOMMUN;

/// Opens the app on a folder.
pub(crate) async fn open(folder: &Path) -> App {
    let settings = Settings {
        database_url: format!("sqlite://{}", folder.join("lykta.db").display()),
        keys: folder.join("lykta.keys.json"),
        operator_token: None,
        basemap: "none".to_owned(),
        brake: false,
        origin: "http://localhost".to_owned(),
        oidc: None,
        retention: None,
    };
    App::open(&settings, Arc::new(SystemClock)).await.expect("the app opens")
}

/// A folder with a closed database of `reports` reports in one kommun; made when it is not there yet.
pub(crate) fn filled(reports: usize) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("bench-{reports}"));
    let whole = folder.join("whole");
    if whole.exists() {
        return folder;
    }
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    println!("Filling a database with {reports} synthetic reports; it is kept for the next run …");
    let started = Instant::now();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let app = open(&folder).await;
        let code = MunicipalityCode::parse(KOMMUN).expect("a code");
        let kommun =
            agreements().expect("the agreements read").into_iter().find(|kommun| kommun.municipality == KOMMUN).expect("of the demo");
        app.install_agreement(code, &kommun).await.expect("stored");
        app.install_reports(code, &kommun, reports).await.expect("stored");
        app.close().await;
    });
    std::fs::write(whole, "").expect("written");
    println!("… filled in {:.0} s.", started.elapsed().as_secs_f64());
    folder
}

/// Writes every report of a closed database another `times - 1` times, each a few steps away, with names of their own. Their changes are
/// not in the log: a start does not read it.
pub(crate) fn multiply(folder: &Path, times: usize) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let url = format!("sqlite://{}", folder.join("lykta.db").display());
        let mut connection = sqlx::SqliteConnection::connect(&url).await.expect("the database opens");
        let indexes: Vec<(String, String)> =
            sqlx::query_as("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'report' AND sql IS NOT NULL")
                .fetch_all(&mut connection)
                .await
                .expect("the indexes");
        let mut steps = vec!["PRAGMA cache_size = -2000000".to_owned(), "PRAGMA synchronous = OFF".to_owned()];
        steps.extend(indexes.iter().map(|(name, _)| format!("DROP INDEX {name}")));
        steps.push("CREATE TEMP TABLE other AS SELECT * FROM report".to_owned());
        for _ in 1..times {
            steps.push(
                "UPDATE other SET id = randomblob(16), receipt_hash = randomblob(32), \
                    lon = lon + random() * 1e-22, lat = lat + random() * 5e-23, happened_at = happened_at + random() / 10000000"
                    .to_owned(),
            );
            steps.push("INSERT INTO report SELECT * FROM other ORDER BY id".to_owned());
        }
        steps.extend(indexes.into_iter().map(|(_, sql)| sql));
        steps.push("PRAGMA wal_checkpoint(TRUNCATE)".to_owned());
        for step in steps {
            sqlx::raw_sql(sqlx::AssertSqlSafe(step)).execute(&mut connection).await.expect("written");
        }
        connection.close().await.expect("closed");
    });
}
