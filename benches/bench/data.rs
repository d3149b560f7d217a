//! The database the bench runs on, made by the generator of the demo.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use lykta::app::demo::agreements::agreements;
use lykta::app::{App, Settings, SystemClock};
use lykta::domain::ids::MunicipalityCode;

use crate::harness::reports::KOMMUN;

/// Opens the app on a folder.
pub(crate) async fn open(folder: &Path) -> App {
    let settings = Settings {
        database_url: format!("sqlite://{}", folder.join("lykta.db").display()),
        keys: folder.join("lykta.keys.json"),
        operator_token: None,
        basemap: "none".to_owned(),
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
