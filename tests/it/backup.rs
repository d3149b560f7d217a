//! Backups: taken while others write, verified, and restored somewhere else (T39).

use lykta::app::backup::{restore, verify};
use serde_json::json;

use crate::app::{TestApp, a_report};

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
        for name in ["lykta.db", "keys.json"] {
            let path = folder.join(name);
            let whole = std::fs::read(&path).unwrap();
            let mut flipped = whole.clone();
            let middle = flipped.len() / 2;
            flipped[middle] ^= 1;
            std::fs::write(&path, flipped).unwrap();
            assert!(verify(&folder).await.is_err(), "{name}");
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
        let Some(fresh) = TestApp::empty_postgres().await else { return };
        restore(&folder, &fresh.database_url, &fresh.keys).await.unwrap();
        let clock = app.clock.clone();
        let restored = lykta::app::App::open(&fresh, clock).await.unwrap();
        assert!(restored.check().await.unwrap().is_sound());
        let back = app.path("back");
        let manifest = restored.backup(&back).await.unwrap();
        assert_eq!(manifest.rows, verify(&folder).await.unwrap().rows);
    }
}
