//! Backups: taken while others write, verified, and restored somewhere else (T39).

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use lykta::app::backup::{BackupError, Manifest, restore, verify};
use lykta::app::keys::hex;
use lykta::db::backup::TABLES;
use serde_json::json;
use sha2::{Digest, Sha256};
use sqlx::{AssertSqlSafe, Connection, Row, SqliteConnection};

use crate::app::{TestApp, a_report};

/// Every row of every table of a backup, as text.
async fn contents(folder: &Path) -> BTreeMap<&'static str, Vec<String>> {
    let copy = folder.with_extension("read");
    std::fs::copy(folder.join("lykta.db"), &copy).unwrap();
    let mut connection = SqliteConnection::connect(&format!("sqlite://{}", copy.display())).await.unwrap();
    let mut tables = BTreeMap::new();
    for table in TABLES {
        let columns: Vec<String> = table.columns.iter().map(|column| format!("quote({column})")).collect();
        let select = format!("SELECT {} FROM {}", columns.join(" || ' ' || "), table.name);
        let rows = sqlx::query(AssertSqlSafe(select)).fetch_all(&mut connection).await.unwrap();
        let mut rows: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
        rows.sort();
        tables.insert(table.name, rows);
    }
    tables
}

/// Changes a backup's manifest as only its maker could: with the seal that belongs to it.
fn reseal(folder: &Path, change: impl FnOnce(&mut Manifest)) {
    let path = folder.join("manifest.json");
    let mut manifest: Manifest = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    change(&mut manifest);
    manifest.seal = String::new();
    manifest.seal = hex(&Sha256::digest(serde_json::to_vec(&manifest).unwrap()));
    std::fs::write(&path, serde_json::to_vec(&manifest).unwrap()).unwrap();
}

both! {
    /// Everything that was answered before the cut is in the copy, also its receipts.
    async fn a_backup_under_load_restores_with_its_receipts(app) {
        app.activate("1060").await;
        let mut receipts = Vec::new();
        for _ in 0..5 {
            receipts.push(app.report(a_report(json!({}))).await["receipt"].clone());
        }
        let busy = { let app = app.clone(); tokio::spawn(async move { for _ in 0..20 { app.report(a_report(json!({}))).await; } }) };
        let folder = app.path("backup");
        let manifest = app.app.backup(&folder).await.unwrap();
        busy.await.unwrap();
        assert!(manifest.rows["report"] >= 5 && manifest.rows["municipality"] == 290);
        assert!(app.app.backup(&folder).await.is_err(), "a backup is never written over another");
        let mode = |path: &Path| std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(path).unwrap().permissions()) & 0o777;
        assert_eq!(mode(&folder), 0o700);
        for name in ["lykta.db", "keys.json", "manifest.json"] {
            assert_eq!(mode(&folder.join(name)), 0o600, "{name}");
        }

        let fresh = TestApp::sqlite().await;
        let (url, keys) = (format!("sqlite://{}", fresh.path("restored.db").display()), fresh.path("restored.keys.json"));
        restore(&folder, &url, &keys).await.unwrap();
        assert!(restore(&folder, &url, &keys).await.is_err(), "never over what is there");
        let settings = lykta::app::Settings { database_url: url, keys, ..fresh.settings.clone() };
        let restored = lykta::app::App::open(&settings, fresh.clock.clone()).await.unwrap();
        assert!(restored.check().await.unwrap().is_sound());
        for receipt in &receipts {
            assert!(restored.report_of_receipt(receipt.as_str().unwrap()).await.is_ok());
        }
    }

    /// One flipped bit anywhere in it is found.
    async fn a_flipped_bit_in_a_backup_is_found(app) {
        app.activate("1060").await;
        app.report(a_report(json!({}))).await;
        let folder = app.path("backup");
        app.app.backup(&folder).await.unwrap();
        for name in ["lykta.db", "keys.json", "manifest.json"] {
            let path = folder.join(name);
            let whole = std::fs::read(&path).unwrap();
            for part in 0..4 {
                let mut flipped = whole.clone();
                let place = flipped.len() * part / 4 + part;
                flipped[place] ^= 1;
                std::fs::write(&path, flipped).unwrap();
                assert!(verify(&folder).await.is_err(), "byte {place} of {name}");
            }
            std::fs::write(&path, whole).unwrap();
        }
        assert!(verify(&folder).await.is_ok());
    }

    /// A backup of either engine fits into either.
    async fn a_backup_of_either_engine_restores_into_the_other(app) {
        app.activate("1060").await;
        app.report(a_report(json!({"note": "åäö 🏮", "occurred_on": "2026-11-20", "time_band": "evening"}))).await;
        let folder = app.path("backup");
        app.app.backup(&folder).await.unwrap();
        let Some(mut fresh) = TestApp::empty_postgres().await else { return };
        let other = TestApp::with_fresh_keys().await;
        assert!(restore(&folder, &fresh.database_url, &other).await.is_err_and(|error| matches!(error, BackupError::Exists(_))));
        // As when one moves house in place: the keys file is there already.
        fresh.keys.clone_from(&app.settings.keys);
        restore(&folder, &fresh.database_url, &fresh.keys).await.unwrap();
        let clock = app.clock.clone();
        let restored = lykta::app::App::open(&fresh, clock).await.unwrap();
        assert!(restored.check().await.unwrap().is_sound());
        let back = app.path("back");
        restored.backup(&back).await.unwrap();
        assert_eq!(contents(&back).await, contents(&folder).await);
    }

    /// What the next table adds does not make yesterday's backups worthless; what the manifest names has to be there.
    async fn an_older_backup_without_a_newer_table_is_sound(app) {
        let folder = app.path("backup");
        app.app.backup(&folder).await.unwrap();
        reseal(&folder, |manifest| assert!(manifest.rows.remove("pledge").is_some()));
        verify(&folder).await.unwrap();
        reseal(&folder, |manifest| assert!(manifest.rows.insert("walk".to_owned(), 0).is_none()));
        assert!(verify(&folder).await.is_err());
    }
}

/// SQLite plays a log that it finds beside a file over it: what a restore put there would not be what was backed up.
#[tokio::test]
async fn a_restore_beside_a_leftover_log_is_refused() {
    let app = TestApp::sqlite().await;
    let folder = app.path("backup");
    app.app.backup(&folder).await.unwrap();
    let target = app.path("target.db");
    let (url, keys) = (format!("sqlite://{}", target.display()), app.path("target.keys.json"));
    for ending in ["-wal", "-shm"] {
        let log = PathBuf::from(format!("{}{ending}", target.display()));
        std::fs::write(&log, "left over").unwrap();
        assert!(restore(&folder, &url, &keys).await.is_err_and(|error| matches!(error, BackupError::NotEmpty)), "{ending}");
        assert!(!target.exists() && !keys.exists(), "nothing was put there");
        std::fs::remove_file(log).unwrap();
    }
    restore(&folder, &url, &keys).await.unwrap();
}
