//! Several processes on one database.

use std::time::{Duration, Instant};

use serde_json::json;

use lykta::app::App;
use lykta::db::{Db, DbError, Writer};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};

use crate::app::{TestApp, a_report};

both! {
    /// A report to one process is on the other's heatmap within a second.
    async fn a_second_process_sees_a_new_report_within_a_second(app) {
        app.activate("1060").await;
        let other = app.another().await;
        assert_eq!(other.total("1060").await, 0);
        for expected in 1..=5 {
            app.report(a_report(json!({}))).await;
            let sent = Instant::now();
            while other.total("1060").await < expected {
                assert!(sent.elapsed() < Duration::from_secs(1), "the second process does not see report {expected}");
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        }
        let heatmap = other.plan("/api/v1/heatmap?municipality=1060").await.json();
        assert_eq!(heatmap["total"], 5);
    }

    /// Both may write; the log stays one log.
    async fn two_processes_write_one_log(app) {
        app.activate("1060").await;
        app.activate("0780").await;
        let other = app.another().await;
        let sends: Vec<_> = (0..30)
            .map(|at| {
                let (app, other) = (app.clone(), other.clone());
                tokio::spawn(async move {
                    let place = if at % 3 == 0 { json!([14.8059, 56.8777]) } else { json!([14.5315, 56.2765]) };
                    let body = a_report(json!({"location": {"type": "Point", "coordinates": place}}));
                    let process = if at % 2 == 0 { app } else { other };
                    process.report(body).await;
                })
            })
            .collect();
        for send in sends {
            send.await.unwrap();
        }
        let report = app.app.check().await.unwrap();
        assert!(report.is_sound(), "{report:?}");
        assert_eq!(app.total("1060").await + app.total("0780").await, 30);
    }
}

/// Two that start at once on one empty database do not both believe that their keys are its.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_first_process_decides_the_keys() {
    let Some(settings) = TestApp::empty_postgres().await else { return };
    let clock = TestApp::sqlite().await.clock;
    let starts: Vec<_> = (0..6)
        .map(|at| {
            let settings = lykta::app::Settings { keys: settings.keys.with_file_name(format!("{at}.json")), ..settings.clone() };
            let clock = clock.clone();
            tokio::spawn(async move { App::open(&settings, clock).await.map(|app| (app, settings)) })
        })
        .collect();
    let mut opened = Vec::new();
    for start in starts {
        opened.extend(start.await.unwrap());
    }
    assert_eq!(opened.len(), 1, "the others are told that their keys are not this database's");
    for (app, settings) in opened {
        app.close().await;
        App::open(&settings, clock.clone()).await.expect("the keys of the first still fit");
    }
}

/// A verb that only looks finds nothing in an empty database, and leaves it empty.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn looking_at_an_empty_postgresql_makes_no_new_town() {
    let Some(settings) = TestApp::empty_postgres().await else { return };
    let refused = App::open_existing(&settings, TestApp::sqlite().await.clock).await;
    assert!(refused.is_err_and(|error| matches!(error, lykta::app::OpenError::NoDatabase(_))));
    assert!(!settings.keys.exists() && !Db::exists(&settings.database_url).await.unwrap());
}

/// A lock that was waited for too long is "try again", and the connection that waited is sound for whoever has it next.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lock_that_is_not_given_is_unavailable_and_leaves_no_broken_connection() {
    let Some(app) = TestApp::postgres().await else { return };
    app.activate("1060").await;
    let url = &app.settings.database_url;
    let (_, name) = url.rsplit_once('/').unwrap();
    let mut other = PgConnection::connect(url).await.unwrap();
    other.execute(AssertSqlSafe(format!("ALTER DATABASE {name} SET lock_timeout = '100ms'"))).await.unwrap();
    let impatient = app.another().await;
    other.execute("BEGIN; SELECT version FROM municipality WHERE code = '1060' FOR UPDATE").await.unwrap();
    for _ in 0..12 {
        assert_eq!(impatient.post("/api/v1/reports", a_report(json!({}))).await.status, 503);
    }
    other.execute("ROLLBACK").await.unwrap();
    for expected in 1..=12 {
        impatient.report(a_report(json!({}))).await;
        assert_eq!(impatient.total("1060").await, expected);
        assert_eq!(impatient.plan("/api/v1/reports?municipality=1060&limit=1").await.status, 200);
    }
}

both! {
    /// An act that panics is undone and told so; the next one is written.
    async fn a_panic_in_an_act_does_not_end_the_writer(app) {
        let db = Db::open(&app.settings.database_url).await.unwrap();
        let writer = Writer::start(db.clone());
        let panics = writer.write::<(), DbError>(&[], |tx| {
            Box::pin(async move {
                tx.put_setting("test", "lost".to_owned()).await?;
                panic!("as an act may");
            })
        });
        assert!(panics.await.is_err());
        assert_eq!(db.setting("test").await.unwrap(), None);
        writer.write::<_, DbError>(&[], |tx| Box::pin(tx.put_setting("test", "kept".to_owned()))).await.unwrap();
        assert_eq!(db.setting("test").await.unwrap().as_deref(), Some("kept"));
    }

    /// "Ready" means that a report can be taken, not only that the store answers.
    async fn a_store_that_reads_but_does_not_write_is_not_ready(app) {
        assert_eq!(app.get("/readyz").await.status, 200);
        app.sql("ALTER TABLE setting RENAME TO aside").await;
        assert_eq!(app.get("/readyz").await.status, 503);
        app.sql("ALTER TABLE aside RENAME TO setting").await;
        assert_eq!(app.get("/readyz").await.status, 200);
    }
}
